"""A form that came back: sheets by their names in any language, brought to the content of an edition."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from diaoyan.catalogue import Catalogue
from diaoyan.edition_content import Content, own_tables
from diaoyan.faults import Fault, quoted
from diaoyan.form_columns import bare, form_columns, language_name
from diaoyan.form_sheets import FormSheets
from diaoyan.grids import Grid
from diaoyan.office_values import is_missing, period, plain, tidy
from diaoyan.particulars import Value
from diaoyan.table_intake import TakenIn, take_in
from diaoyan.text_rows import TextRow
from diaoyan.vocabulary import Vocabulary

# Entries that name rows.
NAMING = {"city": "areas", "peers": "areas", "source": "sources"}
BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass
class Intake:
    """The content of a form, and where each thing of it stood: (line) by row, line by entry; with what is wrong."""

    content: Content
    tables: dict[str, TakenIn] = field(default_factory=dict)
    text_sheet: str = ""
    text_lines: list[int] = field(default_factory=list)
    particulars_sheet: str = ""
    particular_lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    # Sheets that nobody asked for, and that were left alone.
    ignored: list[str] = field(default_factory=list)
    # Areas and times of which counties returned a figure.
    returned: set[tuple[str, str]] = field(default_factory=set)

    def with_content(self, content: Content) -> "Intake":
        """The same with another content."""
        return replace(self, content=content)


class FormReader:
    """Reads a form of an edition; what the form does not hold is taken from what is stored.

    The form may be in any language; `language` is the one that faults are told in.
    """

    def __init__(
        self,
        schema: dict,
        particulars: dict[str, dict],
        catalogues: Mapping[str, Catalogue],
        shared: Mapping[str, list[dict]],
        stored: Content,
        language: str,
    ):
        self.schema, self.catalogues, self.stored = schema, catalogues, stored
        self.language, self.words = language, catalogues[language]
        self._particulars, self._shared = particulars, shared
        # The dimension of each unit, and what one of it is in the base unit.
        self.units = {row["unit"]: row["dimension"] for row in shared["units"]}
        self.per_base = {row["unit"]: Decimal(row["per_base"]) for row in shared["units"]}
        self.languages = list(catalogues)
        self.sheets = FormSheets(schema, catalogues, language)

    def read_form(self, grids: list[Grid], file: str) -> Intake:
        """All sheets of a form."""
        wanted = ["edition", *own_tables(self.schema), "texts"]
        sheets = {name: self.sheets.of(grids, name) for name in wanted}
        known = {*wanted, "about", "lists", "shared-texts", *(f"shared-{name}" for name in self._shared)}
        strange = [grid.name for grid in grids if not any(self.sheets.is_titled(grid.name, name) for name in known)]
        intake = self.unchanged()
        intake.faults += self.sheets.missing([name for name in wanted if not sheets[name]], strange, file)
        intake.ignored = strange
        tables = {name: sheets[name] for name in own_tables(self.schema) if sheets[name]}
        # Areas and sources first: the others call them by name.
        self._read_tables(intake, {name: tables.pop(name) for name in ("areas", "sources") if name in tables})
        if sheets["edition"]:
            self._read_particulars(intake, sheets["edition"])
        self._require_city(intake)
        self._read_tables(intake, tables)
        if sheets["texts"]:
            self._read_texts(intake, sheets["texts"])
        return intake

    def unchanged(self) -> Intake:
        """What is stored, of which nothing has been read anew."""
        return Intake(Content(dict(self.stored.particulars), dict(self.stored.tables), list(self.stored.texts)))

    def read_table(self, grids: list[Grid], table: str, file: str) -> Intake:
        """One table: the sheet of that name, or the only one there is."""
        intake = self.unchanged()
        grid = self.sheets.of(grids, table) or (grids[0] if len(grids) == 1 else None)
        if grid is None:
            found = "the sheets " + ", ".join(grid.name for grid in grids)
            intake.faults.append(Fault(file, 0, "", found, f"one called {self.sheets.title(table, self.language)}"))
            return intake
        self._read_tables(intake, {table: grid})
        self._require_city(intake)
        return intake

    def vocabulary(self, own: Mapping[str, list[dict]]) -> Vocabulary:
        """The names of the shared rows and of an edition's own."""
        return Vocabulary(
            self.catalogues, {name: [*self._shared.get(name, []), *own.get(name, [])] for name in self.schema}
        )

    def _read_tables(self, intake: Intake, sheets: dict[str, Grid]) -> None:
        for name, grid in sheets.items():
            columns = form_columns(name, self.schema[name], self.catalogues)
            taken = take_in(grid, columns, self.vocabulary(intake.content.tables), self.units, self.language)
            intake.tables[name] = taken
            intake.faults += taken.faults
            # A table whose head nobody understands is not an empty table.
            if taken.heads:
                # Nor is a column that is gone an empty one.
                for column in columns:
                    held = any(row[column.name] for row in self.stored.tables[name])
                    if held and column.name not in {*taken.heads, *taken.missing}:
                        found = f"no column {quoted(column.bare_head(self.language))}"
                        intake.faults.append(Fault(taken.sheet, 0, "", found, "the column"))
                intake.content.tables[name] = taken.rows

    def _require_city(self, intake: Intake) -> None:
        """A table of areas without the city of the report is one fault; the rest is read with the row as stored."""
        city, areas = self.stored.particulars["city"], intake.tables.get("areas")
        row = next((row for row in self.stored.tables["areas"] if row["area"] == city), None)
        if row is None or areas is None or not areas.heads or city in {each["area"] for each in areas.rows}:
            return
        name = self.vocabulary(self.stored.tables).label("areas", city, self.language)
        if intake.content.particulars.get("city") not in {city, *(row[f"name_{each}"] for each in self.languages)}:
            return
        intake.faults.append(Fault(areas.sheet, 0, "", f"no row of {quoted(name)}", "a row for the city of the report"))
        areas.rows.insert(0, row)
        areas.lines.insert(0, 0)
        intake.content.particulars["city"] = city

    def _read_particulars(self, intake: Intake, grid: Grid) -> None:
        """The entries, each by what its row is called."""
        vocabulary, heads = (
            self.vocabulary(intake.content.tables),
            [bare(head) for head in grid.rows[0]] if grid.rows else [],
        )
        spoken = self._spoken(heads)
        content = self._place(heads, "form.content")
        if content is None or None in spoken.values():
            intake.faults.append(Fault(grid.name, 1, "", "another head", "the head of the form"))
            return
        intake.particulars_sheet = grid.name
        found: dict[str, Value] = {}
        for line, row in enumerate(grid.rows[1:], 2):
            name = next((name for name in self._particulars if self._is_entry(row[0], name)), None)
            if name is None:
                if any(tidy(text) for text in row):
                    intake.faults.append(Fault(grid.name, line, "", quoted(tidy(row[0])), "an entry of the form"))
                continue
            intake.particular_lines[name] = line
            texts = {language: tidy(row[place]) for language, place in spoken.items() if tidy(row[place])}
            value = self._entry(name, row[content], texts, vocabulary)
            if value or (name in self.stored.particulars and not isinstance(self.stored.particulars[name], dict)):
                found[name] = value
        intake.content.particulars.clear()
        intake.content.particulars.update(found)

    def _entry(self, name: str, text: str, texts: dict[str, str], vocabulary: Vocabulary) -> Value:
        entry = self._particulars[name]
        if entry.get("$ref", "").endswith("/words"):
            return texts
        if entry.get("type") == "array":
            if is_missing(text):
                return []
            typed = (vocabulary.keys("areas", text) or re.sub(r"[、;；,，]", " ", plain(text))).split()
            if name == "chapters":
                return [self._code("chapters", each) for each in typed]
            return [vocabulary.key("areas", each) or each for each in typed]
        if name in NAMING:
            return vocabulary.key(NAMING[name], text) or tidy(text)
        if is_missing(text):
            return ""
        return plain(text) if name in ("id", "document_number") else period(text)

    def _read_texts(self, intake: Intake, grid: Grid) -> None:
        """Headings and paragraphs; an empty line within a cell parts two paragraphs."""
        heads = [bare(head) for head in grid.rows[0]] if grid.rows else []
        places = {key: self._place(heads, f"form.{key}") for key in ("chapter", "level", "anchor")}
        spoken = self._spoken(heads)
        if None in places.values() or None in spoken.values():
            intake.faults.append(Fault(grid.name, 1, "", "another head", "the head of the form"))
            return
        intake.text_sheet = grid.name
        intake.content.texts.clear()
        chapter = ""
        for line, row in enumerate(grid.rows[1:], 2):
            words = {language: tidy(row[place]) for language, place in spoken.items() if tidy(row[place])}
            if not words:
                continue
            typed, kind = plain(row[places["chapter"]]), plain(row[places["level"]])
            named, level = self._code("chapters", typed) or chapter, self._code("levels", kind) or "0"
            wrong = []
            if re.fullmatch(r"[a-z_-]+", named):
                chapter = named
            else:
                wrong.append(Fault(grid.name, line, self.words("form.chapter"), quoted(typed), "a chapter of the list"))
            if level not in "0123":
                wrong.append(Fault(grid.name, line, self.words("form.level"), quoted(kind), "a kind of the list"))
            if wrong:
                intake.faults += wrong
                continue
            for part in _parts(words, is_heading=level != "0"):
                intake.content.texts.append(TextRow(chapter, int(level), plain(row[places["anchor"]]), part))
                intake.text_lines.append(line)

    def _code(self, what: str, typed: str) -> str:
        """The code of a chapter or a kind by its word in any language."""
        for words in self.catalogues.values():
            for key, word in words.words.items():
                if key.startswith(f"form.{what}.") and bare(typed) in (bare(word), key.rpartition(".")[2]):
                    return key.rpartition(".")[2]
        return typed

    def _place(self, heads: list[str], key: str) -> int | None:
        names = [bare(words(key)) for words in self.catalogues.values()]
        return next((place for place, head in enumerate(heads) if head in names), None)

    def _spoken(self, heads: list[str]) -> dict[str, int | None]:
        """The place of each language, by what it is called in any."""
        found = {}
        for language in self.catalogues:
            names = {bare(language_name(language, words, self.catalogues)) for words in self.catalogues.values()}
            found[language] = next((place for place, head in enumerate(heads) if head in names), None)
        return found

    def _is_entry(self, head: str, name: str) -> bool:
        return bare(head) in {name, *(bare(words(f"columns.{name}")) for words in self.catalogues.values())}


def _parts(words: dict[str, str], is_heading: bool) -> list[dict[str, str]]:
    """The paragraphs of a cell in every language, the first with the first; a heading is one line."""
    if is_heading:
        return [{language: " ".join(text.split()) for language, text in words.items()}]
    parted = {language: [part.strip() for part in BLANK_LINES.split(text)] for language, text in words.items()}
    return [
        {language: parts[number] for language, parts in parted.items() if number < len(parts)}
        for number in range(max(map(len, parted.values())))
    ]
