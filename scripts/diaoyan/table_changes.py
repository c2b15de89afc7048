"""Table changes: cells that read otherwise, rows added and removed, between two states of one edition."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from diaoyan.edition import Edition
from diaoyan.tables import Table

# What says how much; a change of the amount is told in a sentence of its own.
AMOUNT = ("value", "unit", "qualifier")


@dataclass(frozen=True)
class CellChange:
    """A cell of a row by its key; of a row added or removed `column` is empty and one side None.

    `table` is `edition` for the particulars of edition.yml, whose keys are the columns.
    """

    table: str
    key: str
    column: str
    first: str | None
    second: str | None


def cell_changes(first: Edition, second: Edition, told: Mapping[str, Set]) -> Iterator[CellChange]:
    """All that differs, table by table in the order of the schema, but for the rows `told` elsewhere, by their keys.

    Of a row told elsewhere only what surrounds its amount is named, such as its source or note.
    """
    for key in dict.fromkeys([*first.meta, *second.meta]):
        one, other = _text(first.meta.get(key)), _text(second.meta.get(key))
        if one != other:
            yield CellChange("edition", first.id, key, one, other)
    for name in dict.fromkeys([*second.tables, *first.tables]):
        yield from _in_table(name, first.tables.get(name), second.tables.get(name), told.get(name, frozenset()))


def _in_table(name: str, first: Table | None, second: Table | None, told: Set) -> Iterator[CellChange]:
    before, now = (table.by_key() if table else {} for table in (first, second))
    for key in dict.fromkeys([*now, *before]):
        shown = " · ".join(map(str, key)) if isinstance(key, tuple) else str(key)
        one, other = before.get(key), now.get(key)
        if one is None or other is None:
            if key not in told:
                yield CellChange(name, shown, "", *(None if row is None else shown for row in (one, other)))
            continue
        for column in dict.fromkeys([*other, *one]):
            cells = _text(one.get(column)), _text(other.get(column))
            if cells[0] != cells[1] and not (key in told and column in AMOUNT):
                yield CellChange(name, shown, column, *cells)


def _text(cell) -> str:
    """A cell as the table has it; a particular with a part for each language, or a list, on one line."""
    if isinstance(cell, dict):
        return "; ".join(f"{key}: {value}" for key, value in cell.items())
    return ", ".join(map(str, cell)) if isinstance(cell, list) else str(cell if cell is not None else "")
