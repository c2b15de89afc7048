"""Tables as the rest of the program sees them: rows of checked cells that know where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from diaoyan.faults import Fault


@dataclass(frozen=True)
class Row(Mapping):
    """One row: its cells by column (numbers as Decimal or int, an empty cell as None) and where it stands."""

    cells: dict
    file: str
    line: int

    def __getitem__(self, column: str):
        return self.cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def fault(self, column: str, found: str, expected: str) -> Fault:
        """A fault of this row."""
        return Fault(self.file, self.line, column, found, expected)


@dataclass(frozen=True)
class Table:
    """A checked table; `key` names the columns that identify a row, `allowed` the values of those that have a list."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    allowed: dict[str, tuple[str, ...]]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def by_key(self) -> dict:
        """Rows by key: the cell itself where the key is one column, a tuple of cells otherwise."""
        return self._by_key

    @cached_property
    def _by_key(self) -> dict:
        if len(self.key) == 1:
            return {row[self.key[0]]: row for row in self.rows}
        return {tuple(row[column] for column in self.key): row for row in self.rows}
