"""The tables of an edition as an Excel workbook to read and to reckon with: one sheet for each, in one language."""

import argparse
import io
import math
import re
import sys
import unicodedata
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from diaoyan.data_sheets import Sheet, sheets
from diaoyan.edition import Edition
from diaoyan.office_files import without_times
from diaoyan.report import Report

FILE = "data.xlsx"
DATE_FORMAT, TEXT_FORMAT = "yyyy-mm-dd", "@"
LONGEST_NAME = 31
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
NARROWEST, WIDEST = 8, 60
# Room beside the letters, for the button of the filter too.
PADDING = 3
TITLE_HEIGHT_PT, LINE_HEIGHT_PT = 24, 15
ABOUT_WIDTHS = {"A": 36, "B": 14, "C": 90}
# That of the other cells.
FACE = "Calibri"
HEAD_FONT, HEAD_FILL = Font(name=FACE, bold=True), PatternFill("solid", start_color="FFE8EEF4")
TOP, WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)


def write_data_workbook(edition: Edition, language: str, target: Path) -> None:
    """Writes every table that has rows; the same edition gives the same bytes."""
    report = Report(edition, language)
    found = sheets(report)
    workbook = Workbook()
    _describe(workbook, report)
    about = workbook.active
    about.title = report.wording.catalogue("workbook.about")
    names = _names([about.title, *(sheet.name for sheet in found)])[1:]
    _fill_about(about, report, found, names)
    for sheet, name in zip(found, names, strict=True):
        _fill(workbook.create_sheet(name), sheet)
    packed = io.BytesIO()
    # Its own way to save would put the time of now into the file.
    with zipfile.ZipFile(packed, "w") as archive:
        ExcelWriter(workbook, archive).save()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(without_times(packed))


def _describe(workbook: Workbook, report: Report) -> None:
    properties = workbook.properties
    day = datetime.fromisoformat(report.edition.last_day)
    properties.title = report.edition.particular("title", report.language)
    properties.creator = properties.lastModifiedBy = report.edition.particular("body", report.language)
    properties.description = report.wording.catalogue("site.not_official")
    properties.created = properties.modified = day


def _fill_about(worksheet: Worksheet, report: Report, found: list[Sheet], names: list[str]) -> None:
    """The first sheet: which report, of what day, that it is recomputed, and what the other sheets hold."""
    meta, words = report.edition.meta, report.wording.catalogue
    title = _put(worksheet.cell(1, 1), report.edition.particular("title", report.language))
    title.font = Font(name=FACE, bold=True, size=16)
    worksheet.row_dimensions[1].height = TITLE_HEIGHT_PT
    _put(worksheet.cell(2, 1), words("site.not_official")).font = Font(name=FACE, bold=True, color="FFB3261E")
    particulars = {key: report.edition.particular(key, report.language) for key in ("body", "meeting") if key in meta}
    is_day = meta["as_of"] == report.edition.last_day
    as_of = date.fromisoformat(meta["as_of"]) if is_day else report.wording.period(meta["as_of"])
    particulars |= {"as_of": as_of, "edition": report.edition.id}
    for line, (key, value) in enumerate(particulars.items(), 4):
        _put(worksheet.cell(line, 1), words(f"workbook.{key}")).font = HEAD_FONT
        _put(worksheet.cell(line, 2), value).alignment = Alignment(horizontal="left", vertical="top")
    head = len(particulars) + 5
    for column, key in enumerate(("sheet", "rows", "explanation"), 1):
        _head(worksheet.cell(head, column), words(f"workbook.{key}"))
    for line, (sheet, name) in enumerate(zip(found, names, strict=True), head + 1):
        cell = _put(worksheet.cell(line, 1), name)
        place = f"'{name.replace(chr(39), chr(39) * 2)}'!A1"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
        cell.style = "Hyperlink"
        cell.alignment = TOP
        _put(worksheet.cell(line, 2), len(sheet.rows)).alignment = Alignment(horizontal="left", vertical="top")
        _wrap(_put(worksheet.cell(line, 3), sheet.explanation), ABOUT_WIDTHS["C"])
    for letter, width in ABOUT_WIDTHS.items():
        worksheet.column_dimensions[letter].width = width
    _fit_paper(worksheet)


def _fill(worksheet: Worksheet, sheet: Sheet) -> None:
    """A table below a head that stays in sight and filters."""
    for column, head in enumerate(sheet.heads, 1):
        _head(worksheet.cell(1, column), head)
    for line, row in enumerate(sheet.rows, 2):
        for column, value in enumerate(row, 1):
            _put(worksheet.cell(line, column), value)
    for column, cells in enumerate(zip(sheet.heads, *sheet.rows, strict=True), 1):
        widest = max(map(_width, cells)) + PADDING
        letter = get_column_letter(column)
        worksheet.column_dimensions[letter].width = min(max(widest, NARROWEST), WIDEST)
        if widest > WIDEST:
            for line in range(2, len(sheet.rows) + 2):
                _wrap(worksheet.cell(line, column), WIDEST)
    worksheet.freeze_panes = "A2"
    worksheet.print_title_rows = "1:1"
    _fit_paper(worksheet)
    worksheet.auto_filter.ref = worksheet.dimensions


def _fit_paper(worksheet: Worksheet) -> None:
    """All columns on one sheet of paper."""
    worksheet.page_setup.orientation, worksheet.page_setup.paperSize = "landscape", worksheet.PAPERSIZE_A4
    worksheet.page_setup.fitToHeight, worksheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _head(cell: Cell, words: str) -> None:
    _put(cell, words)
    cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, WRAPPED


def _put(cell: Cell, value: Any) -> Cell:
    """Puts a value into a cell: numbers with the decimals they carry, and text as text, whatever it begins with."""
    if value == "":
        return cell
    cell.value = value
    cell.alignment = TOP
    if isinstance(value, str):
        # Neither a formula nor an error, even when somebody edits the cell.
        cell.data_type, cell.quotePrefix, cell.number_format = "s", True, TEXT_FORMAT
    elif isinstance(value, date):
        cell.number_format = DATE_FORMAT
    else:
        cell.number_format = _number_format(value)
    return cell


def _wrap(cell: Cell, width: int) -> None:
    """Lets the text of a cell go on in a second line, for which its row gets the height: not every program gives it."""
    cell.alignment = WRAPPED
    # Lines end between words, so they are not filled.
    lines = math.ceil(_width(cell.value or "") * 1.1 / width)
    row = cell.parent.row_dimensions[cell.row]
    row.height = max(row.height or LINE_HEIGHT_PT, lines * LINE_HEIGHT_PT)


def _number_format(value: int | Decimal) -> str:
    decimals = max(0, -value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return "0." + "0" * decimals if decimals else "0"


def _width(value: Any) -> int:
    """How many letters wide a value is; Chinese characters count for two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in str(value))


def _names(titles: list[str]) -> list[str]:
    """Titles as names of sheets: short, without what Excel forbids, and each another, capitals apart."""
    names: list[str] = []
    for title in titles:
        base = NOT_IN_NAMES.sub(" ", title).strip(" '")[:LONGEST_NAME].strip() or "-"
        name, number = base, 2
        while name.lower() in (each.lower() for each in names):
            mark = f" ({number})"
            name, number = base[: LONGEST_NAME - len(mark)] + mark, number + 1
        names.append(name)
    return names


def main(arguments: list[str] | None = None) -> int:
    """One job of the build."""
    parser = argparse.ArgumentParser(prog="python -m diaoyan.data_workbook", description=__doc__)
    parser.add_argument("edition")
    parser.add_argument("lang")
    parser.add_argument("output", type=Path)
    options = parser.parse_args(arguments)
    write_data_workbook(Edition.load(options.edition), options.lang, options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
