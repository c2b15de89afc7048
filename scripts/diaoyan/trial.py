"""A trial of a form: its content checked as an edition, and each fault told where it stands in the form."""

import re
from collections.abc import Iterator
from pathlib import Path

from diaoyan.catalogue import languages
from diaoyan.checking import check
from diaoyan.edition_content import Content, own_tables, rows_on_disk, spoken_schema, text_pieces, write_content
from diaoyan.fault_words import FaultWords
from diaoyan.faults import Fault, Faults, quoted, suggesting
from diaoyan.form_columns import FormColumn, form_columns, language_name
from diaoyan.placeholders import Placeholders
from diaoyan.text_rows import pieces_in
from diaoyan.texts import read_chapter_text
from diaoyan.workbook_intake import NAMING, FormReader, Intake

EDITION_FILE, TEXTS = "edition.yml", "texts"
# Rows at fault are left out of further checks; what then misses a row of this table is no fault of its own.
FOLLOWING = {
    "a period with": "observations",
    "a year with": "observations",
    "a year before the newest": "observations",
    "figures for": "evidence",
    "a heading": TEXTS,
    "the order": TEXTS,
}
A_ROW_OF = re.compile(r"a row of (\w+)")
MOST_ROUNDS = 5
CELLS = re.compile(r"'([^']*)'(.*)")


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
        # Of which tables something was left out.
        self._lacking = {TEXTS} if any(fault.file == intake.text_sheet for fault in intake.faults) else set()
        # The rows of the form that are in the folder, with their lines.
        self._rows = {name: list(zip(each.rows, each.lines, strict=True)) for name, each in intake.tables.items()}

    def faults(self) -> list[Fault]:
        """All of them in the order of the form, in one pass: also those that wait behind others in a check."""
        told = {(each.file, each.row, each.column) for each in self._intake.faults}
        checked = (each for each in self._checked() if (each.file, each.row, each.column) not in told)
        found = [*self._intake.faults, *checked]
        sheets = [each.sheet for each in self._intake.tables.values()]
        order = {name: place for place, name in enumerate([self._intake.particulars_sheet, *sheets])}
        order[self._intake.text_sheet] = len(order) + 1
        return sorted(set(found), key=lambda fault: (order.get(fault.file, len(sheets) + 1), fault))

    def _checked(self) -> list[Fault]:
        faults: list[Fault] = []
        for number in range(MOST_ROUNDS):
            try:
                check(self._edition, self._data)
            except Faults as found:
                news = [each for each in found.faults if not self._follows(each)]
                faults += [self._placed(fault) for fault in news if number == 0 or "names nothing" not in fault.found]
                if not number:
                    faults += [self._placed(fault) for fault in self._text_faults()]
                if self._leave_out(found.faults):
                    continue
            break
        return faults

    def _follows(self, fault: Fault) -> bool:
        """Whether a fault only says that something is missing which was left out, or which has no column."""
        file = fault.file.removeprefix(f"{self._shown}/")
        for name, taken in self._intake.tables.items():
            if file == self._schema[name]["path"] and fault.column in taken.missing:
                return True
        named = A_ROW_OF.match(fault.expected)
        table = next((FOLLOWING[start] for start in FOLLOWING if fault.expected.startswith(start)), None)
        return (named[1] if named else table) in self._lacking

    def _leave_out(self, faults: list[Fault]) -> bool:
        """Takes the rows at fault out of the folder, and particulars at fault back; whether there were any."""
        content, is_changed = self._intake.content, False
        files = {f"{self._shown}/{self._schema[name]['path']}": name for name in self._rows}
        wrong = {(files.get(fault.file), fault.row) for fault in faults}
        tables = dict(content.tables)
        for name, rows in self._rows.items():
            lines = [row.line for row in self._rows_on_disk(name)]
            kept = [row for line, row in zip(lines, rows, strict=False) if (name, line) not in wrong]
            if len(kept) < len(rows):
                self._lacking.add(name)
                is_changed = True
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
            typed, named = CELLS.fullmatch(fault.found), NAMING.get(fault.column)
            if typed and named and self._vocabulary.key(named, typed[1]) is None:
                expected = suggesting(f"a row of {named}", self._similar(named, typed[1]))
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
        head = self._words.either(self._head(table, name) for name in fault.column.split(" or "))
        typed = taken.typed.get((line, fault.column))
        if column and typed and (unknown := self._vocabulary.unknown(column, typed)):
            near = [each for name in unknown for each in self._similar(column.reference, name)]
            expected = suggesting(f"a row of {column.reference}", near)
            typed = self._words("form.list").join(unknown)
        elif column and column.reference and fault.expected == "a text, not empty":
            expected = f"a row of {column.reference}, not empty"
        found = self._named(fault.found, [column] if column else [], table, typed)
        return Fault(taken.sheet, line, head, found, expected)

    def _similar(self, table: str, typed: str) -> list[str]:
        return self._vocabulary.similar(table, typed, self._words.language)

    def _head(self, table: str, name: str) -> str:
        """A column as the form calls it."""
        column = next((each for each in self._columns[table] if each.name == name), None)
        shown = column.bare_head(self._words.language) if column else name
        return self._intake.tables[table].heads.get(name, shown)

    def _named(self, found: str, columns: list[FormColumn], table: str, typed: str | None) -> str:
        """Cells as they were typed, else by the names that the form shows; a key may be of several."""
        written = CELLS.fullmatch(found)
        if not written:
            return self._words.with_places(found, self._place)
        cells = written[1].split(" · ")
        if len(cells) > 1:
            columns = [column for column in self._columns[table] if column.is_key]
        shown = [
            self._vocabulary.shown(column, cell, self._words.language)
            for column, cell in zip(columns, cells, strict=False)
        ]
        text = typed if typed and len(cells) == 1 else " · ".join(shown or cells)
        return found if text == written[1] else f"{quoted(text)}{written[2]}"

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
