"""A form as somebody fills it in and sends it back."""

import hashlib
from pathlib import Path

import openpyxl
import pytest

from diaoyan.edition_import import import_form
from diaoyan.fault_words import Said

ANYANG = "anyang-2023"


def bytes_of(folder: Path) -> dict[str, str]:
    """A digest of every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Form:
    """A form as somebody fills it in."""

    def __init__(self, file: Path, data: Path):
        self.file, self.data, self.book = file, data, openpyxl.load_workbook(file)

    def set(self, sheet: str, row: int, head: str, value: object) -> None:
        """Types into a cell."""
        self.book[sheet].cell(row, self.column(sheet, head)).value = value

    def column(self, sheet: str, head: str) -> int:
        """Where a column is."""
        return next(cell.column for cell in self.book[sheet][1] if str(cell.value).rstrip(" *") == head)

    def row(self, sheet: str, *cells: str) -> int:
        """The row that begins so."""
        rows = self.book[sheet].iter_rows(min_row=2)
        return next(row[0].row for row in rows if tuple(str(cell.value) for cell in row[: len(cells)]) == cells)

    def take_in(self, language: str = "zh"):
        """Saves the form and imports it."""
        self.book.save(self.file)
        return import_form(ANYANG, self.file, self.data, language)

    def faults(self, language: str = "zh") -> list[str]:
        """The lines that the import ends with; the stored edition must stay as it is."""
        before = bytes_of(self.data)
        with pytest.raises(Said) as raised:
            self.take_in(language)
        assert bytes_of(self.data) == before, "the stored edition was changed"
        assert not list(self.data.parent.glob(".diaoyan-*")), "folders of the import were left"
        return str(raised.value).splitlines()
