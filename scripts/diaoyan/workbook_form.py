"""An edition as an Excel workbook that a clerk fills in: a sheet for each table, one for the texts, one to explain."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import yaml
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from diaoyan.catalogue import Catalogue, load_catalogue
from diaoyan.edition_content import (
    Cells,
    Content,
    is_words,
    load_catalogues,
    own_tables,
    particulars_schema,
    read_content,
    shared_rows,
)
from diaoyan.faults import Fault, Faults
from diaoyan.form_columns import FormColumn, explanation, form_columns
from diaoyan.inputs import chapter_names
from diaoyan.tables import read_schema
from diaoyan.text_rows import TextRow
from diaoyan.vocabulary import Vocabulary
from diaoyan.worksheets import (
    DATE_FORMAT,
    FACE,
    TEXT_FORMAT,
    WRAPPED,
    column_width,
    fit_paper,
    put,
    put_head,
    sheet_names,
    workbook_bytes,
    wrap,
)

# Rows below those there are that have lists to choose from; more can be filled in all the same.
ROOM = 500
HEAD, EXPLAINED, FIRST = 1, 2, 3
# What Excel keeps of a cell; a longer text would come back cut.
LONGEST_CELL = 32767
TEXT_WIDTH, EXPLANATION_WIDTH = 70, 60
# Excel makes no row higher.
HIGHEST_ROW_PT = 409
OPEN, LOCKED = Protection(locked=False), Protection(locked=True)
KEY_FILL, NOTE_FONT = PatternFill("solid", start_color="FFF3F4F6"), Font(name=FACE, italic=True, color="FF5F6B7A")
HEADING_FONT = Font(name=FACE, bold=True)
DAYS = ("as_of", "printed")
# Lists whose things a clerk may add: what is not on them is only asked about, not refused.
OPEN_LISTS = ("areas", "sources")


def write_form(data: Path, edition: str, language: str, target: Path) -> None:
    """Writes the workbook of a stored edition; the same content gives the same bytes."""
    target.write_bytes(Form(data, edition, language).workbook())


class Form:
    """The workbook of an edition in one language."""

    def __init__(self, data: Path, edition: str, language: str):
        self._data, self._edition, self._language = data, edition, language
        self._schema = read_schema(data)
        self._catalogues: Mapping[str, Catalogue] = load_catalogues(data)
        if language not in self._catalogues:
            load_catalogue(data, language)
        self._words = self._catalogues[language]
        self._content: Content = read_content(data, edition)
        self._shared = shared_rows(data, self._schema)
        every = {name: self._shared.get(name, []) + self._content.tables.get(name, []) for name in self._schema}
        self._vocabulary = Vocabulary(self._catalogues, every)
        self._own = own_tables(self._schema)
        titles = {name: self._words(f"tables.{name}") for name in ("edition", *self._own)}
        titles |= {"texts": self._words("form.texts")}
        references = {
            f"shared-{name}": self._words("form.reference", name=self._words(f"tables.{name}")) for name in self._shared
        }
        titles = {"about": self._words("form.about"), **titles, **references, "lists": self._words("form.lists")}
        self._titles = dict(zip(titles, sheet_names(list(titles.values())), strict=True))
        self._workbook = Workbook()
        self._workbook.remove(self._workbook.active)
        self._sheets = {name: self._workbook.create_sheet(title) for name, title in self._titles.items()}

    def workbook(self) -> bytes:
        """The whole workbook."""
        self._describe()
        self._fill_lists()
        rows = {name: [*found, *self._asked_for(name)] for name, found in self._content.tables.items()}
        self._fill_particulars(self._sheets["edition"])
        for name, shape in self._own.items():
            columns = form_columns(name, shape, self._catalogues)
            self._fill_table(self._sheets[name], columns, rows[name], is_own=True)
        self._fill_texts(self._sheets["texts"])
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
        shown = [name for row in tables["charts"] for name in row["indicators"].split()]
        asked = dict.fromkeys([*(row["indicator"] for row in tables["highlights"]), *shown])
        there = {row["indicator"] for row in tables["observations"]}
        units = {row["indicator"]: row["unit"] for row in self._shared["indicators"]}
        empty = dict.fromkeys((field["name"] for field in self._schema[table]["fields"]), "")
        return [
            empty
            | {"indicator": name, "area": about["city"], "period": about[year], "unit": units[name]}
            | {"vintage": "first_published", "source": about["source"]}
            for name in asked
            if name in units and name not in there
            for year in ("base_year", "report_year")
        ]

    def _fill_table(self, sheet: Worksheet, columns: list[FormColumn], rows: list[Cells], is_own: bool) -> None:
        """A table below its heads and what they mean; keys and reference sheets are locked."""
        for number, column in enumerate(columns, 1):
            letter = get_column_letter(number)
            shown = [self._vocabulary.shown(column, row[column.name], self._language) for row in rows]
            note = column.explanation(self._language) if is_own else ""
            self._head(sheet, number, column.head(self._language), note)
            dimension = sheet.column_dimensions[letter]
            dimension.width = letters = column_width([column.head(self._language), *shown, "0" * 14])
            if is_own:
                dimension.protection, dimension.number_format = OPEN, TEXT_FORMAT
            for line, value in enumerate(shown, FIRST):
                cell = self._text(sheet, line, number, value)
                if column.kind in ("number", "integer"):
                    cell.alignment = cell.alignment.copy(horizontal="right")
                if is_own and not column.is_key:
                    cell.protection = OPEN
                elif is_own:
                    cell.fill = KEY_FILL
                if len(value) > letters // 2:
                    wrap(cell, letters)
            if is_own:
                self._offer(sheet, column, letter, FIRST + len(rows) + ROOM)
        self._finish(sheet, "A3")

    def _fill_particulars(self, sheet: Worksheet) -> None:
        """The entries of edition.yml, one to a row: a value, or the same words in every language."""
        spoken = list(self._catalogues)
        heads = [self._words("form.item"), self._words("form.content")]
        heads += [self._words(f"form.languages.{language}") for language in spoken] + [self._words("form.explanation")]
        for number, head in enumerate(heads, 1):
            put_head(sheet.cell(HEAD, number), head)
            width = 24 if number < 3 else 40 if number < len(heads) else EXPLANATION_WIDTH
            sheet.column_dimensions[get_column_letter(number)].width = width
        required = yaml.safe_load((self._data / "edition.schema.yml").read_text(encoding="utf-8"))["required"]
        for line, (name, entry) in enumerate(particulars_schema(self._data).items(), 2):
            head = self._words(f"columns.{name}")
            put_head(sheet.cell(line, 1), self._words("form.required", head=head) if name in required else head)
            value = self._content.particulars.get(name, "")
            if is_words(entry):
                for number, language in enumerate(spoken, 3):
                    cell = self._text(sheet, line, number, (value or {}).get(language, ""))
                    cell.protection, cell.alignment = OPEN, WRAPPED
            else:
                self._particular(sheet, line, name, value)
            note = put(sheet.cell(line, len(heads)), explanation(self._words, "edition", name))
            note.font, note.alignment = NOTE_FONT, WRAPPED
        self._finish(sheet, "B2")

    def _particular(self, sheet: Worksheet, line: int, name: str, value: str | list[str]) -> None:
        """A value of its own: a day as a date, areas and source by their names."""
        cell = sheet.cell(line, 2)
        if name in DAYS:
            cell.number_format = DATE_FORMAT
            if value:
                put(cell, date.fromisoformat(value))
            rule = DataValidation("date", operator="greaterThan", formula1="DATE(1949,1,1)", allow_blank=True)
        elif isinstance(value, list):
            named = (self._vocabulary.label("areas", each, self._language) for each in value)
            self._text(sheet, line, 2, self._words("form.list").join(named))
            rule = None
        else:
            table = {"city": "areas", "source": "sources"}.get(name)
            self._text(sheet, line, 2, self._vocabulary.label(table, value, self._language) if table else value)
            cell.number_format = TEXT_FORMAT
            rule = DataValidation("list", formula1=f"list_{table}", errorStyle="warning") if table else None
        if rule:
            sheet.add_data_validation(rule)
            rule.add(cell.coordinate)
        cell.protection = LOCKED if name == "id" else OPEN
        cell.fill = KEY_FILL if name == "id" else PatternFill()

    def _fill_texts(self, sheet: Worksheet) -> None:
        """Headings and paragraphs, the languages side by side."""
        spoken, words = list(self._catalogues), self._words
        keys = [words("form.chapter"), words("form.level"), words("form.anchor")]
        heads = keys + [words(f"form.languages.{language}") for language in spoken]
        for number, head in enumerate(heads, 1):
            put_head(sheet.cell(HEAD, number), head)
            dimension = sheet.column_dimensions[get_column_letter(number)]
            dimension.width = TEXT_WIDTH if number > len(keys) else 30 if number == len(keys) else 16
            dimension.protection, dimension.number_format = OPEN, TEXT_FORMAT
        for line, row in enumerate(self._content.texts, 2):
            self._text_row(sheet, line, row, spoken)
        last = len(self._content.texts) + ROOM
        for letter, name in (("A", "chapters"), ("B", "levels")):
            self._validate(sheet, f"list_{name}", f"{letter}2:{letter}{last}")
        self._finish(sheet, "D2")

    def _text_row(self, sheet: Worksheet, line: int, row: TextRow, spoken: list[str]) -> None:
        key = f"form.chapters.{row.chapter}"
        cells = [self._words(key) if self._words.has(key) else row.chapter, self._words(f"form.levels.{row.level}")]
        for number, value in enumerate([*cells, row.anchor], 1):
            cell = self._text(sheet, line, number, value)
            # An anchor leads to its section from charts, items and other texts.
            cell.protection, cell.fill = (LOCKED, KEY_FILL) if row.level else (OPEN, PatternFill())
        for number, language in enumerate(spoken, len(cells) + 2):
            cell = self._text(sheet, line, number, row.words.get(language, ""))
            wrap(cell, TEXT_WIDTH)
            cell.protection = OPEN
            if row.level:
                cell.font = HEADING_FONT
        height = sheet.row_dimensions[line].height
        sheet.row_dimensions[line].height = min(height, HIGHEST_ROW_PT) if height else None

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
            self._validate(sheet, f"list_{_list_of(column)}", cells, column.explanation(self._language))
        elif column.kind == "reference":
            style = "warning" if column.reference in OPEN_LISTS else "stop"
            self._validate(sheet, f"list_{column.reference}", cells, column.explanation(self._language), style)

    def _validate(self, sheet: Worksheet, name: str, cells: str, prompt: str = "", style: str = "stop") -> None:
        rule = DataValidation("list", formula1=name, allow_blank=True, errorStyle=style, prompt=prompt or None)
        rule.showErrorMessage, rule.showInputMessage = True, bool(prompt)
        sheet.add_data_validation(rule)
        rule.add(cells)

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
        self._finish(sheet, "")

    def _head(self, sheet: Worksheet, number: int, head: str, note: str) -> None:
        put_head(sheet.cell(HEAD, number), head)
        cell = put(sheet.cell(EXPLAINED, number), note)
        cell.font, cell.fill = NOTE_FONT, KEY_FILL
        wrap(cell, 16)

    def _text(self, sheet: Worksheet, line: int, number: int, value: str):
        if len(value) > LONGEST_CELL:
            place = f"{sheet.title}!{get_column_letter(number)}{line}"
            raise Faults([Fault(place, 0, "", f"{len(value)} characters", f"at most {LONGEST_CELL} in a cell")])
        cell = put(sheet.cell(line, number), value)
        cell.number_format = TEXT_FORMAT
        return cell

    def _finish(self, sheet: Worksheet, pane: str) -> None:
        """Heads that stay in sight, and protection without a password: against slips, not against people."""
        sheet.freeze_panes = pane or None
        fit_paper(sheet)
        protection = sheet.protection
        protection.enable()
        # False allows it.
        protection.formatColumns = protection.formatRows = protection.insertRows = protection.sort = False
        protection.autoFilter = False


def _list_of(column: FormColumn) -> str:
    return f"{column.table}_{column.name}"
