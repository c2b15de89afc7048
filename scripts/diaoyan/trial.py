"""A trial of a form: its content checked as an edition, and each fault told where it stands in the form."""

import re
from collections.abc import Iterator
from pathlib import Path

from diaoyan.catalogue import languages
from diaoyan.checking import check
from diaoyan.edition_content import Content, own_tables, rows_on_disk, spoken_schema, text_pieces, write_content
from diaoyan.fault_words import FaultWords
from diaoyan.faults import Fault, Faults
from diaoyan.form_columns import FormColumn, form_columns, language_name
from diaoyan.placeholders import Placeholders
from diaoyan.text_rows import pieces_in
from diaoyan.texts import read_chapter_text
from diaoyan.workbook_intake import FormReader, Intake

EDITION_FILE = "edition.yml"
# A table whose cells are wrong is checked against others only without these rows; what then misses a row is no fault.
FOLLOWING = (
    "a row",
    "a period with",
    "a year with",
    "a year before the newest",
    "figures for",
    "a heading",
    "the order",
)
MOST_ROUNDS = 5
KEY = re.compile(r"'(.* · .*)'(.*)")


class Trial:
    """The faults of a form that was written into a data folder made for it."""

    def __init__(self, intake: Intake, data: Path, edition: str, words: FaultWords, reader: FormReader):
        self._intake, self._data, self._edition = intake, data, edition
        self._words, self._reader = words, reader
        self._shown, self._own = f"data/editions/{edition}", data / "editions" / edition
        self._schema = own_tables(spoken_schema(data))
        self._vocabulary = reader.vocabulary(intake.content.tables)
        self._columns: dict[str, list[FormColumn]] = {
            name: form_columns(name, self._schema[name], words.catalogues) for name in intake.tables
        }
        # The rows of the form that are in the folder, with their lines.
        self._rows = {name: list(zip(each.rows, each.lines, strict=True)) for name, each in intake.tables.items()}

    def faults(self) -> list[Fault]:
        """All of them in the order of the form, in one pass: also those that wait behind others in a check."""
        found = [*self._intake.faults, *self._checked()]
        sheets = [each.sheet for each in self._intake.tables.values()]
        order = {name: place for place, name in enumerate([self._intake.particulars_sheet, *sheets])}
        return sorted(set(found), key=lambda fault: (order.get(fault.file, len(order)), fault))

    def _checked(self) -> list[Fault]:
        faults: list[Fault] = []
        for number in range(MOST_ROUNDS):
            try:
                check(self._edition, self._data)
            except Faults as found:
                news = [each for each in found.faults if not number or not each.expected.startswith(FOLLOWING)]
                faults += [self._placed(fault) for fault in news if number == 0 or "names nothing" not in fault.found]
                if not number:
                    faults += [self._placed(fault) for fault in self._text_faults()]
                if self._leave_out(found.faults):
                    continue
            break
        return faults

    def _leave_out(self, faults: list[Fault]) -> bool:
        """Takes the rows at fault out of the folder, and particulars at fault back; whether there were any."""
        content, is_changed = self._intake.content, False
        files = {f"{self._shown}/{self._schema[name]['path']}": name for name in self._rows}
        wrong = {(files.get(fault.file), fault.row) for fault in faults}
        tables = dict(content.tables)
        for name, rows in self._rows.items():
            lines = [row.line for row in self._rows_on_disk(name)]
            kept = [row for line, row in zip(lines, rows, strict=False) if (name, line) not in wrong]
            is_changed = is_changed or len(kept) < len(rows)
            self._rows[name], tables[name] = kept, [row for row, _ in kept]
        particulars = content.particulars
        if any(fault.file == f"{self._shown}/{EDITION_FILE}" for fault in faults):
            is_changed = is_changed or particulars != self._reader.stored.particulars
            particulars = self._reader.stored.particulars
        self._intake = self._intake.with_content(Content(particulars, tables, content.texts))
        write_content(self._intake.content, self._data, self._edition)
        return is_changed

    def _text_faults(self) -> Iterator[Fault]:
        """What is wrong with the texts whatever the figures are."""
        # No placeholder is answered here, only its name and its arguments are read.
        names = Placeholders(None, None, [], later=False).vocabulary()
        for language in languages(self._data):
            for path in sorted((self._own / "text" / language).glob("*.md")):
                try:
                    shown = f"{self._shown}/text/{language}/{path.name}"
                    read_chapter_text(path, shown, names, self._words.catalogues[language].numbers)
                except Faults as found:
                    yield from found.faults

    def _placed(self, fault: Fault) -> Fault:
        """The fault at the sheet, row and column that it came from; as it is where the form does not hold the file."""
        expected = self._words.with_places(fault.expected, self._place)
        file = fault.file.removeprefix(f"{self._shown}/")
        table = next((name for name in self._rows if file == self._schema[name]["path"]), None)
        if table:
            return self._placed_in_table(fault, table, expected)
        if file == EDITION_FILE and self._intake.particulars_sheet:
            line = self._intake.particular_lines.get(fault.column, 0)
            head = self._words(f"columns.{fault.column}") if line else fault.column
            return Fault(self._intake.particulars_sheet, line, head, fault.found, expected)
        if file.startswith("text/") and self._intake.text_sheet:
            _, language, name = file.split("/")
            line = self._text_line(language, name.removesuffix(".md"), fault.row)
            head = language_name(language, self._words.catalogues[self._words.language], self._words.catalogues)
            return Fault(self._intake.text_sheet, line, head, fault.found, expected)
        return Fault(fault.file, fault.row, fault.column, fault.found, expected)

    def _placed_in_table(self, fault: Fault, table: str, expected: str) -> Fault:
        taken, line = self._intake.tables[table], self._line(table, fault.row)
        column = next((each for each in self._columns[table] if each.name == fault.column), None)
        head = taken.heads.get(fault.column) or (column and column.bare_head(self._words.language))
        if column and column.reference and (typed := taken.typed.get((line, column.name))):
            is_unknown = self._vocabulary.key(column.reference, typed) is None
            near = self._vocabulary.similar(column.reference, typed, self._words.language) if is_unknown else []
            expected = self._words.suggesting(expected, near)
        return Fault(taken.sheet, line, head or fault.column, self._named(fault.found, table), expected)

    def _named(self, found: str, table: str) -> str:
        """A key of several cells by the names that the form shows."""
        key = KEY.fullmatch(found)
        if not key:
            return found
        columns = [column for column in self._columns[table] if column.is_key]
        shown = [
            self._vocabulary.shown(column, cell, self._words.language)
            for column, cell in zip(columns, key[1].split(" · "), strict=False)
        ]
        return f"'{' · '.join(shown)}'{key[2]}"

    def _place(self, file: str, line: int) -> str | None:
        """Where a line of a file stands in the form, in words."""
        name = file.removeprefix(f"{self._shown}/")
        table = next((each for each in self._rows if self._schema[each]["path"] == name), None)
        place = self._line(table, line) if table else 0
        return self._words.place(self._intake.tables[table].sheet, place, "") if place else None

    def _line(self, table: str, row: int) -> int:
        """The line in the form of a line of the table's file; 0 where it came from elsewhere."""
        lines = zip((each.line for each in self._rows_on_disk(table)), self._rows[table], strict=False)
        return next((line for number, (_, line) in lines if number == row), 0)

    def _rows_on_disk(self, table: str) -> list:
        try:
            return rows_on_disk(self._own, "", self._schema[table])
        except Faults:
            # Said already, of the whole file.
            return []

    def _text_line(self, language: str, chapter: str, row: int) -> int:
        """The line in the form of a line of a text: that of the heading or paragraph it belongs to."""
        pairs = list(zip(self._intake.content.texts, self._intake.text_lines, strict=True))
        own = [line for text, line in pairs if text.chapter == chapter and language in text.words]
        pieces = text_pieces(self._own, "", language, chapter) or []
        if len(pieces) != len(pieces_in((text for text, _ in pairs if text.chapter == chapter), language)):
            return own[0] if own else 0
        lines = [line for piece, line in zip(pieces, own, strict=True) if piece.line <= row]
        return lines[-1] if lines and row else 0
