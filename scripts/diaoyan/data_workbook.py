"""The tables of an edition as an Excel workbook to read and to reckon with: one sheet for each, in one language."""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from diaoyan.data_sheets import Sheet, sheets
from diaoyan.edition import Edition
from diaoyan.report import Report
from diaoyan.worksheets import (
    FACE,
    HEAD_FONT,
    TOP,
    WIDEST,
    column_width,
    fit_paper,
    put,
    put_head,
    sheet_names,
    workbook_bytes,
    wrap,
)

FILE = "data.xlsx"
TITLE_HEIGHT_PT = 24
ABOUT_WIDTHS = {"A": 36, "B": 14, "C": 90}


def write_data_workbook(edition: Edition, language: str, target: Path) -> None:
    """Writes every table that has rows; the same edition gives the same bytes."""
    report = Report(edition, language)
    found = sheets(report)
    workbook = Workbook()
    _describe(workbook, report)
    about = workbook.active
    about.title = report.wording.catalogue("workbook.about")
    names = sheet_names([about.title, *(sheet.name for sheet in found)])[1:]
    _fill_about(about, report, found, names)
    for sheet, name in zip(found, names, strict=True):
        _fill(workbook.create_sheet(name), sheet)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(workbook_bytes(workbook))


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
    title = put(worksheet.cell(1, 1), report.edition.particular("title", report.language))
    title.font = Font(name=FACE, bold=True, size=16)
    worksheet.row_dimensions[1].height = TITLE_HEIGHT_PT
    put(worksheet.cell(2, 1), words("site.not_official")).font = Font(name=FACE, bold=True, color="FFB3261E")
    particulars = {key: report.edition.particular(key, report.language) for key in ("body", "meeting") if key in meta}
    is_day = meta["as_of"] == report.edition.last_day
    as_of = date.fromisoformat(meta["as_of"]) if is_day else report.wording.period(meta["as_of"])
    particulars |= {"as_of": as_of, "edition": report.edition.id}
    for line, (key, value) in enumerate(particulars.items(), 4):
        put(worksheet.cell(line, 1), words(f"workbook.{key}")).font = HEAD_FONT
        put(worksheet.cell(line, 2), value).alignment = Alignment(horizontal="left", vertical="top")
    head = len(particulars) + 5
    for column, key in enumerate(("sheet", "rows", "explanation"), 1):
        put_head(worksheet.cell(head, column), words(f"workbook.{key}"))
    for line, (sheet, name) in enumerate(zip(found, names, strict=True), head + 1):
        cell = put(worksheet.cell(line, 1), name)
        place = f"'{name.replace(chr(39), chr(39) * 2)}'!A1"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
        cell.style = "Hyperlink"
        cell.alignment = TOP
        put(worksheet.cell(line, 2), len(sheet.rows)).alignment = Alignment(horizontal="left", vertical="top")
        wrap(put(worksheet.cell(line, 3), sheet.explanation), ABOUT_WIDTHS["C"])
    for letter, width in ABOUT_WIDTHS.items():
        worksheet.column_dimensions[letter].width = width
    fit_paper(worksheet)


def _fill(worksheet: Worksheet, sheet: Sheet) -> None:
    """A table below a head that stays in sight and filters."""
    for column, head in enumerate(sheet.heads, 1):
        put_head(worksheet.cell(1, column), head)
    for line, row in enumerate(sheet.rows, 2):
        for column, value in enumerate(row, 1):
            put(worksheet.cell(line, column), value)
    for column, cells in enumerate(zip(sheet.heads, *sheet.rows, strict=True), 1):
        letter = get_column_letter(column)
        worksheet.column_dimensions[letter].width = letters = column_width(list(cells))
        if letters == WIDEST:
            for line in range(2, len(sheet.rows) + 2):
                wrap(worksheet.cell(line, column), WIDEST)
    worksheet.freeze_panes = "A2"
    worksheet.print_title_rows = "1:1"
    fit_paper(worksheet)
    worksheet.auto_filter.ref = worksheet.dimensions


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
