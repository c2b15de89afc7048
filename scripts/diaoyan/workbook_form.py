"""An edition as an Excel workbook that a clerk fills in: a sheet for each table, one for the texts, one to explain."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from diaoyan.catalogue import Catalogue, load_catalogue
from diaoyan.edition_content import (
    Cells,
    Content,
    asked_indicators,
    load_catalogues,
    own_tables,
    read_content,
    shared_rows,
    shared_texts,
    spoken_schema,
)
from diaoyan.form_cells import KEY_FILL, NOTE_FONT, OPEN, ROOM, choose_from, finish, put_text, put_time, warn_of_years
from diaoyan.form_columns import FormColumn, form_columns, sheet_title
from diaoyan.form_particulars import fill_particulars
from diaoyan.form_texts import fill_texts
from diaoyan.inputs import chapter_names
from diaoyan.vocabulary import Vocabulary
from diaoyan.worksheets import (
    FACE,
    TEXT_FORMAT,
    column_width,
    put,
    put_head,
    sheet_names,
    workbook_bytes,
    wrap,
)

HEAD, EXPLAINED, FIRST = 1, 2, 3
# The width below which no column with an explanation goes.
EXPLANATION_LETTERS = 16
# Lists whose things a clerk may add: what is not on them is only asked about, not refused.
OPEN_LISTS = ("areas", "sources")


def write_form(data: Path, edition: str, language: str, target: Path) -> None:
    """Writes the workbook of a stored edition; the same content gives the same bytes."""
    target.write_bytes(Form(data, edition, language).workbook())


class Form:
    """The workbook of an edition in one language."""

    def __init__(self, data: Path, edition: str, language: str):
        self._data, self._edition, self._language = data, edition, language
        self._schema = spoken_schema(data)
        self._catalogues: Mapping[str, Catalogue] = load_catalogues(data)
        if language not in self._catalogues:
            load_catalogue(data, language)
        self._words = self._catalogues[language]
        self._content: Content = read_content(data, edition)
        self._shared = shared_rows(data, self._schema)
        every = {name: self._shared.get(name, []) + self._content.tables.get(name, []) for name in self._schema}
        self._vocabulary = Vocabulary(self._catalogues, every)
        self._own = own_tables(self._schema)
        references = [f"shared-{name}" for name in (*self._shared, "texts")]
        names = ["about", "edition", *self._own, "texts", *references, "lists"]
        titles = sheet_names([sheet_title(self._words, name) for name in names])
        self._titles = dict(zip(names, titles, strict=True))
        self._workbook = Workbook()
        self._workbook.remove(self._workbook.active)
        self._sheets = {name: self._workbook.create_sheet(title) for name, title in self._titles.items()}

    def workbook(self) -> bytes:
        """The whole workbook."""
        self._describe()
        self._fill_lists()
        rows = {name: [*found, *self._asked_for(name)] for name, found in self._content.tables.items()}
        about = self._content.particulars
        fill_particulars(self._sheets["edition"], self._data, about, self._vocabulary, self._language)
        for name, shape in self._own.items():
            columns = form_columns(name, shape, self._catalogues)
            self._fill_table(self._sheets[name], columns, rows[name], is_own=True)
        for name, texts in (("texts", self._content.texts), ("shared-texts", shared_texts(self._data))):
            fill_texts(self._sheets[name], texts, self._catalogues, self._words, is_own=name == "texts")
        for name, found in self._shared.items():
            columns = form_columns(name, self._schema[name], self._catalogues)
            self._fill_table(self._sheets[f"shared-{name}"], columns, found, is_own=False)
        self._fill_about(self._sheets["about"], {"edition": 1, **{name: len(found) for name, found in rows.items()}})
        self._workbook.active = 0
        return workbook_bytes(self._workbook)

    def _describe(self) -> None:
        properties = self._workbook.properties
        properties.title = self._words("form.title", edition=self._edition)
        properties.creator = properties.lastModifiedBy = "diaoyan"
        properties.created = properties.modified = datetime(2000, 1, 1)

    def _asked_for(self, table: str) -> list[Cells]:
        """Rows without a value for the indicators that charts and cards show and of which there is no figure yet."""
        if table != "observations":
            return []
        tables, about = self._content.tables, self._content.particulars
        there = {row["indicator"] for row in tables["observations"]}
        units = {row["indicator"]: row["unit"] for row in self._shared["indicators"]}
        empty = dict.fromkeys((field["name"] for field in self._schema[table]["fields"]), "")
        return [
            empty
            | {"indicator": name, "area": about["city"], "period": about[year], "unit": units[name]}
            | {"vintage": "first_published", "source": about["source"]}
            for name in asked_indicators(self._content)
            if name in units and name not in there
            for year in ("base_year", "report_year")
        ]

    def _fill_table(self, sheet: Worksheet, columns: list[FormColumn], rows: list[Cells], is_own: bool) -> None:
        """A table below its heads and what they mean; keys and reference sheets are locked."""
        for number, column in enumerate(columns, 1):
            letter = get_column_letter(number)
            shown = [self._vocabulary.shown(column, row[column.name], self._language) for row in rows]
            note = column.explanation(self._language) if is_own else ""
            _put_head(sheet, number, column.head(self._language), note)
            dimension = sheet.column_dimensions[letter]
            dimension.width = letters = column_width([column.head(self._language), *shown, "0" * 14])
            if is_own:
                dimension.protection, dimension.number_format = OPEN, TEXT_FORMAT
            put_value, days = put_time if column.kind == "period" else put_text, []
            for line, value in enumerate(shown, FIRST):
                cell = put_value(sheet, line, number, value)
                if cell.is_date:
                    days.append(cell.coordinate)
                if column.kind in ("number", "integer"):
                    cell.alignment = cell.alignment.copy(horizontal="right")
                if is_own and not column.is_key:
                    cell.protection = OPEN
                elif is_own:
                    cell.fill = KEY_FILL
                if len(value) > letters // 2:
                    wrap(cell, letters)
            if is_own:
                warn_of_years(sheet, days, self._words("form.whole_day"))
                self._offer(sheet, column, letter, FIRST + len(rows) + ROOM)
        finish(sheet, "A3")

    def _fill_lists(self) -> None:
        """What the drop-down lists offer, each list a named column of a hidden sheet."""
        sheet = self._sheets["lists"]
        lists = {
            table: self._vocabulary.labels(table, self._language)
            for table in ("indicators", "units", "areas", "sources")
        }
        lists["chapters"] = [
            self._words(f"form.chapters.{name}") for name in chapter_names() if self._words.has(f"form.chapters.{name}")
        ]
        lists["levels"] = [self._words(f"form.levels.{level}") for level in range(4)]
        for name, shape in self._own.items():
            for column in form_columns(name, shape, self._catalogues):
                if column.allowed:
                    lists[_list_of(column)] = [self._vocabulary.word(each, self._language) for each in column.allowed]
        for number, (name, values) in enumerate(lists.items(), 1):
            put_head(sheet.cell(1, number), name)
            for line, value in enumerate(values, 2):
                put(sheet.cell(line, number), value)
            letter = get_column_letter(number)
            place = f"{quote_sheetname(sheet.title)}!${letter}$2:${letter}${len(values) + 1}"
            self._workbook.defined_names[f"list_{name}"] = DefinedName(f"list_{name}", attr_text=place)
        sheet.protection.enable()
        sheet.sheet_state = "hidden"

    def _offer(self, sheet: Worksheet, column: FormColumn, letter: str, last: int) -> None:
        """A list to choose from, or rules of the kind of cell."""
        cells = f"{letter}{FIRST}:{letter}{last}"
        if column.kind == "code":
            choose_from(sheet, f"list_{_list_of(column)}", cells, column.explanation(self._language))
        elif column.kind == "reference":
            style = "warning" if column.reference in OPEN_LISTS else "stop"
            choose_from(sheet, f"list_{column.reference}", cells, column.explanation(self._language), style)

    def _fill_about(self, sheet: Worksheet, counts: dict[str, int]) -> None:
        """How to fill the workbook in, and what each of its sheets is for."""
        put(sheet.cell(1, 1), self._words("form.title", edition=self._edition)).font = Font(
            name=FACE, bold=True, size=16
        )
        number = 1
        while self._words.has(f"form.instructions.{number}"):
            line = self._words(f"form.instructions.{number}", edition=self._edition)
            cell = put(sheet.cell(number + 2, 1), f"{number}. {line}")
            sheet.merge_cells(start_row=number + 2, end_row=number + 2, start_column=1, end_column=3)
            wrap(cell, 120)
            number += 1
        head = number + 3
        for column, key in enumerate(("sheet", "rows", "meaning"), 1):
            put_head(sheet.cell(head, column), self._words(f"form.{key}"))
        counts = {**counts, "texts": len(self._content.texts)}
        for line, (name, count) in enumerate(counts.items(), head + 1):
            cell = put(sheet.cell(line, 1), self._titles[name])
            cell.hyperlink = f"#{quote_sheetname(self._titles[name])}!A1"
            cell.style = "Hyperlink"
            put(sheet.cell(line, 2), count)
            wrap(put(sheet.cell(line, 3), self._words(f"form.sheets.{name}")), 80)
        for letter, width in {"A": 24, "B": 12, "C": 90}.items():
            sheet.column_dimensions[letter].width = width
        finish(sheet, "")


def _put_head(sheet: Worksheet, number: int, head: str, note: str) -> None:
    """A head, and below it what to write into its column."""
    put_head(sheet.cell(HEAD, number), head)
    cell = put(sheet.cell(EXPLAINED, number), note)
    cell.font, cell.fill = NOTE_FONT, KEY_FILL
    wrap(cell, EXPLANATION_LETTERS)


def _list_of(column: FormColumn) -> str:
    return f"{column.table}_{column.name}"
