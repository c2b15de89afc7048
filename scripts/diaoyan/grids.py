"""Files that offices send, as grids of text: Excel workbooks and CSV tables, opened without trusting them."""

import csv
import io
import posixpath
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from diaoyan.faults import Fault, Faults
from diaoyan.files import not_text
from diaoyan.office_values import as_typed, tidy
from diaoyan.packages import ENCRYPTED, OLE, UNREADABLE, NotPlain, PlainParts, checked_entries, read_given

# A workbook of a thousand rows has 2 MB; what is far beyond that was not filled in by a clerk.
MOST_BYTES, MOST_BYTES_UNPACKED, MOST_PARTS = 32 * 2**20, 128 * 2**20, 2000
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 200, 500_000
# Of the elements of its parts; a cell takes up to four, its text in the table of texts up to four more.
MOST_ELEMENTS = 8 * MOST_CELLS
# What parts the words of a cell.
BETWEEN_WORDS = str.maketrans("\n\t", "  ")


@dataclass(frozen=True)
class Grid:
    """A sheet: its rows as text from row 1, and what is wrong with single cells by (row, column) from 1."""

    name: str
    rows: list[list[str]]
    wrong: dict[tuple[int, int], str] = field(default_factory=dict)


def read_grids(path: Path) -> list[Grid]:
    """The sheets of a workbook, or the one table of a CSV file; raises Faults for all that is neither."""
    shown = path.name or str(path)
    try:
        content = read_given(path, shown, MOST_BYTES)
    except NotPlain as found:
        raise Faults([Fault(shown, 0, "", *SAID[str(found)])]) from None
    if content.startswith(OLE):
        found = "encrypted" if ENCRYPTED in content else "old_excel"
        raise Faults([Fault(shown, 0, "", *SAID[found])])
    if content.startswith(b"PK"):
        grids = _workbook(content, shown)
    elif path.suffix.lower() in (".xlsx", ".xlsm"):
        raise Faults([Fault(shown, 0, "", *SAID["no_workbook"])])
    else:
        grids = [Grid(shown, _table(content, shown))]
    if faults := [fault for grid in grids for fault in _not_text(grid)]:
        raise Faults(faults)
    return grids


SAID = {
    "encrypted": ("a workbook with a password", "a workbook without one"),
    "old_excel": ("a file of Excel 97–2003 (.xls)", "a workbook saved as .xlsx"),
    "no_workbook": ("no Excel workbook", "a workbook saved as .xlsx"),
    "too_large": ("a file too large to be a filled-in form", "a workbook as diaoyan export writes it"),
    "definitions": ("XML with definitions of its own", "a workbook as Excel saves it"),
    "no_text": ("bytes that are no text", "a workbook (.xlsx), or a table (CSV) in UTF-8 or GB18030"),
    "no_cells": ("an empty file", "a table with a head"),
}


def _not_text(grid: Grid) -> Iterator[Fault]:
    """Cells with characters that no file of an edition may hold; by the letters of their columns, which Excel shows."""
    for line, row in enumerate(grid.rows, 1):
        for column, text in enumerate(row, 1):
            if found := not_text(tidy(text).translate(BETWEEN_WORDS)):
                yield Fault(grid.name, line, get_column_letter(column), found, "plain text")


def _workbook(content: bytes, shown: str) -> list[Grid]:
    """The sheets in their order; formulas by their last results."""
    try:
        has_formulas = _inspect(content, shown)
        values = _opened(content, data_only=True)
        # A formula that was never reckoned has no value, which must not pass for an empty cell.
        formulas = _opened(content, data_only=False) if has_formulas else None
        return [_grid(sheet, formulas[sheet.title] if formulas else None, shown) for sheet in values.worksheets]
    except UNREADABLE:
        raise Faults([Fault(shown, 0, "", *SAID["no_workbook"])]) from None


def _opened(content: bytes, data_only: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        # It warns of styles and rules that it cannot keep; only values are read.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only, keep_links=False)


def _inspect(content: bytes, shown: str) -> bool:
    """Whether there are formulas; raises Faults for what is too large when unpacked, or defines entities."""
    parts = Parts(MOST_ELEMENTS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for entry in checked_entries(package, MOST_PARTS, MOST_BYTES_UNPACKED):
                # Whatever it is called: a part is what another part says that it is.
                parts.add(entry.filename, package.read(entry))
    except NotPlain as found:
        raise Faults([Fault(shown, 0, "", *SAID[str(found)])]) from None
    return parts.has_formulas


class Parts(PlainParts):
    """What is in the parts of a workbook, counted by the parser that will read them."""

    def __init__(self, most_elements: int) -> None:
        super().__init__(most_elements)
        self.has_formulas = False
        self._cells = 0
        self._sheets: set[str] = set()
        self._targets: set[str] = set()

    def element(self, name: str, attributes: dict[str, str]) -> None:
        """Counts the cells that an element makes, and the sheets."""
        super().element(name, attributes)
        name = name.rpartition(":")[2]
        if name == "c":
            self._cells += 1
        elif name == "mergeCell":
            self._cells += _size(attributes.get("ref", ""))
        elif name == "f":
            self.has_formulas = True
        elif name == "sheet":
            _once(self._sheets, next((id for key, id in attributes.items() if key.rpartition(":")[2] == "id"), ""))
        elif name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            _once(self._targets, posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))))
        if self._cells > MOST_CELLS:
            raise NotPlain("too_large")


def _once(known: set[str], name: str) -> None:
    """Two sheets of one part would have all its cells made twice, and thousands thousands of times."""
    if name in known:
        raise NotPlain("no_workbook")
    known.add(name)


def _size(reference: str) -> int:
    """How many cells a range has, since each of them is made."""
    first_column, first_row, last_column, last_row = range_boundaries(reference)
    return (last_column - first_column + 1) * (last_row - first_row + 1)


def _grid(sheet: Worksheet, formulas: Worksheet | None, shown: str) -> Grid:
    """The rows down to the last one with anything in it; merged cells all hold what the first of them holds."""
    filled: dict[tuple[int, int], str] = {}
    wrong: dict[tuple[int, int], str] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        text = as_typed(cell.value, cell.number_format)
        if text.strip():
            filled[row, column] = text
        if cell.data_type == "e":
            wrong[row, column] = text
        elif formulas and formulas.cell(row, column).data_type == "f" and cell.value is None:
            wrong[row, column] = str(formulas.cell(row, column).value)
    for merged in sheet.merged_cells.ranges:
        text = filled.get((merged.min_row, merged.min_col))
        if text:
            filled |= dict.fromkeys(merged.cells, text)
    rows, columns = (max((place[axis] for place in {*filled, *wrong}), default=0) for axis in (0, 1))
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Faults([Fault(f"{shown} · {sheet.title}", 0, "", *SAID["too_large"])])
    table = [[filled.get((row, column), "") for column in range(1, columns + 1)] for row in range(1, rows + 1)]
    return Grid(sheet.title, table, wrong)


def _table(content: bytes, shown: str) -> list[list[str]]:
    """The rows of a CSV file: UTF-8 or GB18030 (UTF-16 with its mark), with commas, tabs or semicolons."""
    text = _decoded(content, shown)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise Faults([Fault(shown, 0, "", *SAID["no_cells"])])
    separator = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = list(reader)
    except csv.Error:
        fault = Fault(shown, reader.line_num, "", "a row that cannot be read", "cells in matching quotation marks")
        raise Faults([fault]) from None
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        raise Faults([Fault(shown, 0, "", *SAID["too_large"])])
    return rows


def _decoded(content: bytes, shown: str) -> str:
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Faults([Fault(shown, 0, "", *SAID["no_text"])])
