"""Cells of a form: open or locked, with lists to choose from, on sheets protected against slips."""

import re
from datetime import date

from openpyxl.cell import Cell
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from diaoyan.faults import Fault, Faults
from diaoyan.periods import is_real
from diaoyan.worksheets import FACE, TEXT_FORMAT, fit_paper, put

# Rows below those there are that have lists to choose from; more can be filled in all the same.
ROOM = 500
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# The calendar of Excel begins with it, and has a day too many in it.
FIRST_YEAR = "1900"
# What Excel keeps of a cell; a longer text would come back cut.
LONGEST_CELL = 32767
OPEN, LOCKED = Protection(locked=False), Protection(locked=True)
KEY_FILL, NOTE_FONT = PatternFill("solid", start_color="FFF3F4F6"), Font(name=FACE, italic=True, color="FF5F6B7A")


def put_text(sheet: Worksheet, line: int, number: int, value: str) -> Cell:
    """Puts a text into a cell that keeps whatever is typed as it is typed; raises Faults for one too long."""
    if len(value) > LONGEST_CELL:
        place = f"{sheet.title}!{get_column_letter(number)}{line}"
        raise Faults([Fault(place, 0, "", f"{len(value)} characters", f"at most {LONGEST_CELL} in a cell")])
    cell = put(sheet.cell(line, number), value)
    cell.number_format = TEXT_FORMAT
    return cell


def put_time(sheet: Worksheet, line: int, number: int, value: str) -> Cell:
    """Puts a time into a cell: a whole day as a date, a month, a year or a span as it is written."""
    if DAY.fullmatch(value) and is_real(value) and value[:4] > FIRST_YEAR:
        return put(sheet.cell(line, number), date.fromisoformat(value))
    return put_text(sheet, line, number, value)


def choose_from(sheet: Worksheet, name: str, cells: str, prompt: str = "", style: str = "stop") -> None:
    """Gives cells a list to choose from, a named one of the workbook."""
    rule = DataValidation("list", formula1=name, allow_blank=True, errorStyle=style, prompt=prompt or None)
    rule.showErrorMessage, rule.showInputMessage = True, bool(prompt)
    sheet.add_data_validation(rule)
    rule.add(cells)


def warn_of_years(sheet: Worksheet, cells: list[str], message: str) -> None:
    """Warns whoever types a year or a number into cells of days, of which Excel would make a day long ago."""
    rule = DataValidation("date", operator="greaterThan", formula1="DATE(1949,1,1)", allow_blank=True)
    rule.errorStyle, rule.error, rule.showErrorMessage = "warning", message, True
    for cell in cells:
        rule.add(cell)
    if cells:
        sheet.add_data_validation(rule)


def finish(sheet: Worksheet, pane: str) -> None:
    """Heads that stay in sight, and protection without a password: against slips, not against people."""
    sheet.freeze_panes = pane or None
    fit_paper(sheet)
    protection = sheet.protection
    protection.enable()
    # False allows it.
    protection.formatColumns = protection.formatRows = protection.insertRows = protection.sort = False
    protection.autoFilter = False
