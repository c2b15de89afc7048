"""A table that came back from an office: its head found, its cells brought into the form of ours."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from diaoyan.edition_content import Cells
from diaoyan.faults import Fault, quoted
from diaoyan.form_columns import FormColumn, bare, known_as
from diaoyan.grids import Grid
from diaoyan.office_values import LARGE, amount, is_missing, period, plain, tidy, with_unit
from diaoyan.vocabulary import Vocabulary

# Titles and notes stand above a head; further down there is none.
DEEPEST_HEAD = 15
# Columns with the unit of the number beside them.
UNITS = {"value": "unit", "stated": "stated_unit"}
# What an asked-for figure consists of before somebody fills it in.
ASKED = {"indicator", "area", "period", "vintage", "unit", "source"}


@dataclass
class TakenIn:
    """The rows of a table with the line each came from, the columns as their heads call them, and faults."""

    sheet: str
    rows: list[Cells] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    # What was typed into cells that name something, for suggestions.
    typed: dict[tuple[int, str], str] = field(default_factory=dict)
    without_value: int = 0
    # Columns that no cell of may be empty, and that are not there at all.
    missing: set[str] = field(default_factory=set)


def take_in(
    grid: Grid, columns: list[FormColumn], vocabulary: Vocabulary, units: Mapping[str, str], language: str
) -> TakenIn:
    """The rows of a grid as the table has them; what cannot be understood stays as typed, for the check to name.

    Faults call columns as a form in `language` does.
    """
    taken = TakenIn(grid.name)
    found = find_head(grid.rows, columns)
    if found is None:
        heads = ", ".join(column.bare_head(language) for column in columns if column.is_required)
        taken.faults.append(Fault(grid.name, 0, "", "no head", f"a row with the heads {heads}"))
        return taken
    first, places = found
    taken.faults += _head_faults(grid, first, places, columns, language)
    taken.missing = {column.name for column in columns if column.is_required} - places.keys()
    written = {name: tidy(grid.rows[first - 1][place]).rstrip(" *") for name, place in places.items()}
    taken.heads = {
        column.name: _shown(column, written[column.name], language) for column in columns if column.name in places
    }
    for line, row in enumerate(grid.rows[first:], first + 1):
        typed = {name: row[place] if place < len(row) else "" for name, place in places.items()}
        if not any(tidy(text) for text in typed.values()) or _explains(typed, columns):
            continue
        _take_row(taken, grid, line, typed, places, columns, vocabulary, units)
    return taken


def find_head(rows: list[list[str]], columns: list[FormColumn]) -> tuple[int, dict[str, int]] | None:
    """The line that a head ends on, and the place of each column; a head may take two rows, merged or not."""
    best: tuple[int, dict[str, int]] | None = None
    for line in range(1, min(len(rows), DEEPEST_HEAD) + 1):
        above, own = rows[line - 2] if line > 1 else [], rows[line - 1]
        places: dict[str, int] = {}
        for place, head in enumerate(own):
            over = above[place] if place < len(above) else ""
            for said in (head, f"{over}（{head}）", "" if head else over):
                name = next((column.name for column in columns if said and column.is_called(said)), None)
                if name and name not in places:
                    places[name] = place
                    break
        if len(places) >= max(1, len(best[1]) if best else 0) and len(places) * 2 > _required(columns):
            best = (line, places)
    return best


def _required(columns: list[FormColumn]) -> int:
    return sum(column.is_required for column in columns)


def _shown(column: FormColumn, written: str, language: str) -> str:
    """A column as faults call it; the lower half of a head of two rows says too little to be told."""
    head = column.bare_head(language)
    return (
        known_as(head, tidy(written).rstrip(" *"), column.catalogues[language]) if column.is_called(written) else head
    )


def _head_faults(
    grid: Grid, line: int, places: dict[str, int], columns: list[FormColumn], language: str
) -> Iterable[Fault]:
    """Columns that are missing though they must not be, and columns nobody knows that hold something."""
    for column in columns:
        if column.is_required and column.name not in places:
            yield Fault(grid.name, line, "", f"no column {quoted(column.bare_head(language))}", "the column")
    for place, head in enumerate(grid.rows[line - 1]):
        holds = any(tidy(row[place]) for row in grid.rows[line:] if place < len(row))
        if place in places.values() or not (holds or tidy(head)):
            continue
        twice = any(column.is_called(head) for column in columns) if bare(head) else False
        if twice:
            yield Fault(grid.name, line, head, "the column a second time", "each column once")
        elif not tidy(head):
            found = f"a column without a head ({get_column_letter(place + 1)})"
            yield Fault(grid.name, line, "", found, "a head for every column")
        elif holds:
            found = f"an unknown column {quoted(tidy(head))}"
            yield Fault(grid.name, line, "", found, "columns of this table only")


def _explains(typed: dict[str, str], columns: list[FormColumn]) -> bool:
    """Whether a row is the one below the head that says what to write, whatever its columns were exchanged for."""
    said = {
        column.explanation(language)
        for column in columns
        for language in column.catalogues
        if column.has_explanation(language)
    }
    return {text for text in typed.values() if tidy(text)} <= said


def _take_row(
    taken: TakenIn,
    grid: Grid,
    line: int,
    typed: dict[str, str],
    places: dict[str, int],
    columns: list[FormColumn],
    vocabulary: Vocabulary,
    units: Mapping[str, str],
) -> None:
    row = {column.name: cell(column, typed.get(column.name, ""), vocabulary) for column in columns}
    for name, unit in UNITS.items():
        if row.get(name) and (number := amount(row[name])) and number.unit:
            split = with_unit(number, row[unit], units)
            if split is None and name == "stated" and not row[unit] and number.unit[:1] in LARGE:
                # As printed, whether it is a unit or not.
                split = number.digits, number.unit
            if split is None and _is_unit(number.unit, units):
                found, expected = (
                    quoted(f"{row[name]} · {row[unit]}"),
                    "the same unit behind the number as in its column",
                )
                taken.faults.append(Fault(grid.name, line, taken.heads[name], found, expected))
                row[name] = number.digits
            elif split:
                row[name], row[unit] = split
    filled = {name for name, text in row.items() if text}
    if "value" in places and filled <= ASKED and (line, places["value"] + 1) not in grid.wrong:
        taken.without_value += 1
        return
    for name, place in places.items():
        if (line, place + 1) in grid.wrong:
            found = f"a formula without a result {quoted(grid.wrong[line, place + 1])}"
            taken.faults.append(Fault(grid.name, line, taken.heads[name], found, "a value"))
    for column in columns:
        if column.reference and row[column.name]:
            taken.typed[line, column.name] = tidy(typed.get(column.name, ""))
    taken.rows.append(row)
    taken.lines.append(line)


def cell(column: FormColumn, text: str, vocabulary: Vocabulary) -> str:
    """What was typed into a cell, as the table writes it; as it was typed where that is not clear."""
    if column.kind == "code" and (value := vocabulary.value(column.allowed, text)):
        return value
    if column.kind == "reference" and tidy(text) and (key := vocabulary.key(column.reference, text)):
        return key
    if column.kind == "list" and tidy(text) and (keys := vocabulary.keys(column.reference, text)):
        return keys
    if column.kind == "text":
        return _text(column, text)
    if is_missing(text):
        return ""
    if column.kind == "period":
        return period(text)
    if column.kind in ("number", "integer") and (number := amount(text)):
        return number.digits + number.unit
    return tidy(text)


def _is_unit(written: str, units: Mapping[str, str]) -> bool:
    """Whether what is typed behind a number is a unit at all, with or without 个, 万 and 亿."""
    bare_unit = written.removeprefix("个")
    return bare_unit in units or written in LARGE or (written[:1] in LARGE and written[1:] in units)


def _text(column: FormColumn, text: str) -> str:
    """Words stay as they are; ids and codes are brought to half width where that makes them what they must be."""
    written = tidy(text)
    pattern = column.field.get("constraints", {}).get("pattern")
    if column.language or not written:
        return written
    if pattern and not re.fullmatch(pattern, written):
        return plain(text) if re.fullmatch(pattern, plain(text)) else "" if is_missing(text) else written
    return written
