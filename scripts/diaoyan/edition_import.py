"""A form brought into its edition's folder: checked as a whole elsewhere, then put in place, or nothing at all."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from diaoyan.catalogue import languages
from diaoyan.checking import check
from diaoyan.county_returns import with_returns
from diaoyan.edition import edition_ids
from diaoyan.edition_content import Content, own_tables, read_content, rows_on_disk, text_pieces, write_content
from diaoyan.fault_words import FaultWords, Said
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.form_columns import form_columns
from diaoyan.grids import read_grids
from diaoyan.placeholders import Placeholders
from diaoyan.tables import read_schema
from diaoyan.text_rows import pieces_in
from diaoyan.texts import read_chapter_text
from diaoyan.workbook_form import load_catalogues, particulars_schema, shared_rows
from diaoyan.workbook_intake import FormReader, Intake

EDITION_FILE = "edition.yml"


@dataclass(frozen=True)
class Imported:
    """What an import did: files changed, below the edition's folder, and what was left out."""

    changed: list[str] = field(default_factory=list)
    without_value: int = 0
    ignored: list[str] = field(default_factory=list)
    # Of counties: how many returned a figure, by time, and how many the city has where all of them are listed.
    returned: dict[str, int] = field(default_factory=dict)
    counties: int = 0


def import_form(edition: str, file: Path, data: Path, language: str, table: str = "") -> Imported:
    """Takes a form in, or one table; raises Faults, the edition unchanged, when anything is wrong."""

    def take(reader: FormReader) -> Intake:
        grids = read_grids(file)
        return reader.read_table(grids, table, file.name) if table else reader.read_form(grids, file.name)

    if table and table not in own_tables(read_schema(data)):
        expected = "one of " + ", ".join(own_tables(read_schema(data)))
        raise Faults([Fault("table", 0, "", quoted(table), expected)])
    return _import(edition, data, language, take)


def import_returns(edition: str, file: Path, data: Path, language: str, indicator: str, source: str = "") -> Imported:
    """Takes in what counties returned of an indicator, as observations; raises Faults, the edition unchanged."""
    return _import(
        edition, data, language, lambda reader: with_returns(reader, read_grids(file), file.name, indicator, source)
    )


def _import(edition: str, data: Path, language: str, take: Callable[[FormReader], Intake]) -> Imported:
    known = edition_ids(data)
    if edition not in known:
        raise Faults([Fault("edition", 0, "", quoted(edition), "one of " + ", ".join(known))])
    catalogues = load_catalogues(data)
    words = FaultWords(catalogues, language)
    folder, schema = data / "editions" / edition, read_schema(data)
    links = [path for path in (folder, *folder.rglob("*")) if path.is_symlink()]
    if links:
        shown = f"data/editions/{links[0].relative_to(data / 'editions').as_posix()}"
        raise Said([words.said(Fault(shown, 0, "", "a link to elsewhere", "a file or folder of the edition itself"))])
    try:
        stored, shared = read_content(data, edition), shared_rows(data, schema)
        reader = FormReader(schema, particulars_schema(data), catalogues, shared, stored)
        intake = take(reader)
    except Faults as found:
        raise Said([words.said(fault) for fault in found.faults]) from None
    # Beside the data, so that the folder can be put in place by renaming.
    with tempfile.TemporaryDirectory(prefix=".diaoyan-import-", dir=data.resolve().parent) as scratch:
        trial = Path(scratch) / "data"
        others = [each for each in known if each != edition]
        shutil.copytree(data, trial, symlinks=False, ignore=_only(data / "editions", others))
        changed = write_content(intake.content, trial, edition)
        faults = [*intake.faults, *_Places(intake, trial, edition, words, reader).faults()]
        if faults:
            raise Said([words.said(fault) for fault in sorted(set(faults))])
        if changed:
            _put_in_place(trial / "editions" / edition, folder, Path(scratch) / "before")
    times = sorted(time for _, time in intake.returned)
    without_value = sum(each.without_value for each in intake.tables.values())
    return Imported(
        changed, without_value, intake.ignored, {time: times.count(time) for time in times}, _counties(stored)
    )


def _counties(content: Content) -> int:
    """How many areas lie directly in the city; none unless all of them are listed."""
    areas, city = content.tables["areas"], content.particulars["city"]
    listed = sum(row["parent"] == city for row in areas)
    return listed if any(row["area"] == city and row["members"] == str(listed) for row in areas) else 0


def _only(editions: Path, others: list[str]) -> Callable[[str, list[str]], list[str]]:
    """What a copy of the data for a trial leaves out: the other editions."""
    return lambda folder, names: [name for name in names if Path(folder) == editions and name in others]


def _put_in_place(made: Path, place: Path, before: Path) -> None:
    """Exchanges a folder for another; where that fails, it is as it was."""
    place.rename(before)
    try:
        made.rename(place)
    except OSError:
        before.rename(place)
        raise


class _Places:
    """The faults of the check of a trial, told where they stand in the form."""

    def __init__(self, intake: Intake, trial: Path, edition: str, words: FaultWords, reader: FormReader):
        self._intake, self._trial, self._edition = intake, trial, edition
        self._words, self._reader = words, reader
        self._shown, self._own = f"data/editions/{edition}", trial / "editions" / edition
        self._schema = own_tables(read_schema(trial))
        self._vocabulary = reader.vocabulary(intake.content.tables)
        self._lines = {name: self._table_lines(name) for name in intake.tables}

    def faults(self) -> list[Fault]:
        """All of them; where the tables are at fault, those of the texts that do not rest on them too."""
        try:
            check(self._edition, self._trial)
        except Faults as found:
            faults = list(found.faults)
            if not any("/text/" in fault.file for fault in faults):
                faults += self._text_faults()
            return [self._placed(fault) for fault in faults]
        return []

    def _text_faults(self) -> list[Fault]:
        """What is wrong with the texts whatever the figures are."""
        faults = []
        # No placeholder is answered here, only its name and its arguments are read.
        names = Placeholders(None, None, [], later=False).vocabulary()
        for language in languages(self._trial):
            for path in sorted((self._own / "text" / language).glob("*.md")):
                try:
                    shown = f"{self._shown}/text/{language}/{path.name}"
                    read_chapter_text(path, shown, names, self._words.catalogues[language].numbers)
                except Faults as found:
                    faults += found.faults
        return faults

    def _placed(self, fault: Fault) -> Fault:
        """The fault at the sheet, row and column that it came from; as it is where the form does not hold the file."""
        expected = self._words.with_places(fault.expected, self._place)
        file = fault.file.removeprefix(f"{self._shown}/")
        table = next((name for name, shape in self._schema.items() if file == shape["path"]), None)
        if table in self._lines:
            taken = self._intake.tables[table]
            line = self._lines[table].get(fault.row, 0)
            columns = form_columns(table, self._schema[table], self._words.catalogues)
            column = next((each for each in columns if each.name == fault.column), None)
            head = taken.heads.get(fault.column) or (column.bare_head(self._words.language) if column else fault.column)
            found = fault.found
            if column and column.reference and (typed := taken.typed.get((line, column.name))):
                unknown = self._vocabulary.key(column.reference, typed) is None
                near = self._vocabulary.similar(column.reference, typed, self._words.language) if unknown else []
                expected = self._words.suggesting(expected, near)
            return Fault(taken.sheet, line, head, found, expected)
        if file == EDITION_FILE and self._intake.particulars_sheet:
            line = self._intake.particular_lines.get(fault.column, 0)
            key = fault.column
            head = self._words(f"columns.{key}") if self._words.has(f"columns.{key}") else key
            return Fault(self._intake.particulars_sheet, line, head, fault.found, expected)
        if file.startswith("text/") and self._intake.text_sheet:
            _, language, name = file.split("/")
            line = self._text_line(language, name.removesuffix(".md"), fault.row)
            head = self._words(f"form.languages.{language}")
            return Fault(self._intake.text_sheet, line, head, fault.found, expected)
        return Fault(fault.file, fault.row, fault.column, fault.found, expected)

    def _place(self, file: str, line: int) -> str | None:
        """Where a line of a file stands in the form, in words."""
        name = file.removeprefix(f"{self._shown}/")
        table = next((each for each in self._lines if self._schema[each]["path"] == name), None)
        if table is None or line not in self._lines[table]:
            return None
        return self._words.place(self._intake.tables[table].sheet, self._lines[table][line], "")

    def _table_lines(self, table: str) -> dict[int, int]:
        """The line in the form by the line in the file, for the rows of a table."""
        try:
            rows = rows_on_disk(self._own, "", self._schema[table])
        except Faults:
            return {}
        return dict(zip((row.line for row in rows), self._intake.tables[table].lines, strict=False))

    def _text_line(self, language: str, chapter: str, row: int) -> int:
        """The line in the form of a line of a text: that of the heading or paragraph it belongs to."""
        pairs = list(zip(self._intake.content.texts, self._intake.text_lines, strict=True))
        own = [line for text, line in pairs if text.chapter == chapter and language in text.words]
        pieces = text_pieces(self._own, "", language, chapter) or []
        if len(pieces) != len(list(pieces_in((text for text, _ in pairs if text.chapter == chapter), language))):
            return own[0] if own else 0
        lines = [line for piece, line in zip(pieces, own, strict=True) if piece.line <= row]
        return lines[-1] if lines and row else 0
