"""Cells and sheets of Excel as all our workbooks have them: literal text, heads that stand out, rows high enough."""

import io
import math
import re
import unicodedata
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from diaoyan.office_files import without_times

DATE_FORMAT, TEXT_FORMAT = "yyyy-mm-dd", "@"
LONGEST_NAME = 31
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
NARROWEST, WIDEST = 8, 60
# Room beside the letters, for the button of the filter too.
PADDING = 3
LINE_HEIGHT_PT = 15
# That of the other cells.
FACE = "Calibri"
HEAD_FONT, HEAD_FILL = Font(name=FACE, bold=True), PatternFill("solid", start_color="FFE8EEF4")
TOP, WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)


def put(cell: Cell, value: Any) -> Cell:
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


def put_head(cell: Cell, words: str) -> None:
    """Puts the head of a column into a cell."""
    put(cell, words)
    cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, WRAPPED


def wrap(cell: Cell, letters: int) -> None:
    """Lets the text of a cell go on in a second line, for which its row gets the height: not every program gives it."""
    cell.alignment = WRAPPED
    # Lines end between words, so they are not filled.
    lines = sum(max(1, math.ceil(width(line) * 1.1 / letters)) for line in str(cell.value or "").split("\n"))
    row = cell.parent.row_dimensions[cell.row]
    row.height = max(row.height or LINE_HEIGHT_PT, lines * LINE_HEIGHT_PT)


def fit_paper(worksheet: Worksheet) -> None:
    """All columns on one sheet of paper."""
    worksheet.page_setup.orientation, worksheet.page_setup.paperSize = "landscape", worksheet.PAPERSIZE_A4
    worksheet.page_setup.fitToHeight, worksheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def column_width(cells: list[Any]) -> int:
    """How wide a column must be for its cells, within reason."""
    return min(max(max(map(width, cells)) + PADDING, NARROWEST), WIDEST)


def width(value: Any) -> int:
    """How many letters wide a value is; Chinese characters count for two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in str(value))


def sheet_names(titles: list[str]) -> list[str]:
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


def workbook_bytes(workbook: Workbook) -> bytes:
    """A workbook as a file; its own way to save would put the time of now into it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        ExcelWriter(workbook, archive).save()
    return without_times(packed)


def _number_format(value: int | Decimal) -> str:
    decimals = max(0, -value.as_tuple().exponent) if isinstance(value, Decimal) else 0
    return "0." + "0" * decimals if decimals else "0"
