"""What counties return of one indicator (county, date, amount, unit), as the parts of a sum."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.catalogue import Catalogue
from diaoyan.edition_content import Cells
from diaoyan.faults import Fault, Faults, quoted, suggesting
from diaoyan.form_columns import bare, known_as
from diaoyan.grids import Grid
from diaoyan.office_values import Amount, amount, is_missing, period, plain, tidy, with_unit
from diaoyan.table_intake import DEEPEST_HEAD, TakenIn
from diaoyan.workbook_intake import FormReader, Intake

COLUMNS = ("county", "date", "amount", "unit")
IN_BRACKETS = re.compile(r"(.*?)\((.+)\)")
A_DAY = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?|\s*月)")
A_UNIT = re.compile(r"(?:单位|unit)\s*:\s*([^\s,;，；、()]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """Where the columns of a return are, and the day and the unit that its title or its heads give for all rows."""

    line: int
    places: dict[str, int]
    heads: dict[str, str]
    day: str
    unit: str


def with_returns(reader: FormReader, grids: list[Grid], file: str, indicator: str, source: str) -> Intake:
    """The stored content with the returned figures among its observations; a later return replaces an earlier one."""
    stored = reader.stored
    intake = reader.unchanged()
    vocabulary = reader.vocabulary(stored.tables)
    key = vocabulary.key("indicators", indicator)
    if key is None:
        near = vocabulary.similar("indicators", indicator, reader.language)
        raise Faults([Fault("--returns", 0, "", quoted(indicator), suggesting("a row of indicators", near))])
    grid = next((grid for grid in grids if any(tidy(text) for row in grid.rows for text in row)), None)
    head = _head(grid, reader) if grid else None
    if grid is None or head is None:
        raise Faults([Fault(file, 0, "", "no head", "a row with the heads " + _names(reader.words))])
    city, about = stored.particulars["city"], stored.particulars
    common = {"indicator": key, "vintage": "first_published", "source": source or about["source"]}
    common |= {"locator": reader.catalogues[reader.languages[0]]("returns.locator")}
    taken = TakenIn(grid.name, heads=_as_observed(head.heads))
    for name, column, given, found in (
        ("date", "period", head.day, "no day of the figures"),
        ("unit", "unit", head.unit, "no unit of the figures"),
    ):
        if name not in head.places and not given:
            expected = f"a column {quoted(reader.words(f'returns.{name}').split('|')[0])}, or the same above the head"
            intake.faults.append(Fault(grid.name, head.line, "", found, expected))
            taken.missing.add(column)
    totals: list[tuple[int, str, Amount]] = []
    for line, row in enumerate(grid.rows[head.line :], head.line + 1):
        typed = {name: row[place] if place < len(row) else "" for name, place in head.places.items()}
        if not any(tidy(text) for text in typed.values()):
            continue
        day = period(typed["date"]) if typed.get("date", "").strip() else head.day
        number = amount(typed["amount"])
        if _is_one_of(typed["county"], "total", reader.catalogues):
            if number:
                totals.append((line, day, number))
            continue
        if is_missing(typed["amount"]):
            taken.without_value += 1
            continue
        value, unit = _value(intake, taken, line, typed, number, head, reader.units)
        area = vocabulary.key("areas", typed["county"])
        parent = next((each["parent"] for each in stored.tables["areas"] if each["area"] == area), None)
        if parent != city:
            near = vocabulary.similar("areas", typed["county"], reader.language) if area is None else []
            expected = suggesting("an area that the table areas lists in the city", near)
            intake.faults.append(Fault(grid.name, line, head.heads["county"], quoted(tidy(typed["county"])), expected))
            # The rest of the row is checked all the same.
            area = area or tidy(typed["county"])
        cells = dict.fromkeys((field["name"] for field in reader.schema["observations"]["fields"]), "")
        taken.rows.append(cells | common | {"area": area, "period": day, "value": value, "unit": unit})
        taken.lines.append(line)
        taken.typed[line, "area"] = tidy(typed["county"])
    intake.faults += _repeated(taken)
    if not intake.faults:
        # Of rows that are wrong no total is right.
        intake.faults += _total_faults(taken, totals, head, reader.per_base)
    intake.returned = {(row["area"], row["period"]) for row in taken.rows}
    _join(intake, taken, stored.tables["observations"])
    return intake


def is_return(grid: Grid, reader: FormReader) -> bool:
    """Whether a sheet has the heads of what counties return."""
    return _head(grid, reader) is not None


def _head(grid: Grid, reader: FormReader) -> Head | None:
    catalogues, units = reader.catalogues, reader.units
    for line, row in enumerate(grid.rows[:DEEPEST_HEAD], 1):
        places, heads, unit = {}, {}, ""
        for place, head in enumerate(row):
            bracketed = IN_BRACKETS.fullmatch(plain(head))
            for name in COLUMNS:
                inside = bracketed and bracketed[2] in units and _is_one_of(bracketed[1], name, catalogues)
                if name not in places and (inside or _is_one_of(head, name, catalogues)):
                    places[name], heads[name] = place, _shown(name, tidy(head), bracketed, reader)
                    unit = bracketed[2] if inside else unit
                    break
        if {"county", "amount"} <= places.keys():
            above = [plain(text) for over in grid.rows[: line - 1] for text in over]
            days = [found[0] for text in above if (found := A_DAY.search(text))]
            said = [found[1] for text in above if (found := A_UNIT.search(text))]
            return Head(line, places, heads, period(days[-1]) if days else "", unit or (said[-1] if said else ""))
    return None


def _value(
    intake: Intake,
    taken: TakenIn,
    line: int,
    typed: dict[str, str],
    number: Amount | None,
    head: Head,
    units: Mapping[str, str],
) -> tuple[str, str]:
    """Digits and unit of a row; what is no number stays as typed for the check to name."""
    own = plain(typed.get("unit", ""))
    unit = own or head.unit
    if number is None:
        return tidy(typed["amount"]), unit
    # A unit typed behind a number outdoes that of the whole sheet, but not the one in its own row.
    is_other = not own and number.unit in units and units[number.unit] == units.get(head.unit)
    split = (number.digits, number.unit) if is_other else with_unit(number, unit, units)
    if split is None:
        expected = "the same unit behind the number as in its column"
        found = quoted(f"{tidy(typed['amount'])} · {unit}")
        intake.faults.append(Fault(taken.sheet, line, head.heads["amount"], found, expected))
        return number.digits, unit
    return split


def _repeated(taken: TakenIn) -> list[Fault]:
    """Two figures of one county for one day."""
    first: dict[tuple[str, str], int] = {}
    faults = []
    for row, line in zip(taken.rows, taken.lines, strict=True):
        before = first.setdefault((row["area"], row["period"]), line)
        if before != line:
            found = f"a second figure of {taken.typed[line, 'area']} for {row['period']}"
            faults.append(Fault(taken.sheet, line, taken.heads["area"], found, f"one figure (first in row {before})"))
    return faults


def _total_faults(
    taken: TakenIn, totals: list[tuple[int, str, Amount]], head: Head, per_base: Mapping[str, Decimal]
) -> list[Fault]:
    """A total row that its own parts do not add up to."""
    faults = []
    for line, day, total in totals:
        parts = [row for row in taken.rows if row["period"] == day]
        if any(row["unit"] not in per_base or amount(row["value"]) is None for row in parts) or not parts:
            continue
        unit = total.unit or head.unit or parts[0]["unit"]
        added = sum(Decimal(row["value"]) * per_base[row["unit"]] for row in parts)
        if unit in per_base and Decimal(total.digits) * per_base[unit] != added:
            expected = f"{added / per_base[unit]:f}, the sum of the rows"
            faults.append(Fault(taken.sheet, line, head.heads["amount"], quoted(total.digits), expected))
    return faults


def _join(intake: Intake, taken: TakenIn, observed: list[Cells]) -> None:
    """Puts the returned rows in place of those they replace, the others behind all."""
    key = ("indicator", "area", "period", "vintage")
    returned = {
        tuple(row[each] for each in key): (row, line) for row, line in zip(taken.rows, taken.lines, strict=True)
    }
    joined = []
    for row in observed:
        joined.append(returned.pop(tuple(row[each] for each in key), (row, 0)))
    joined += returned.values()
    taken.rows, taken.lines = [row for row, _ in joined], [line for _, line in joined]
    intake.tables["observations"] = taken
    intake.content.tables["observations"] = taken.rows


def _as_observed(heads: dict[str, str]) -> dict[str, str]:
    """The heads by the columns of observations that they become."""
    called = {"county": "area", "date": "period", "amount": "value", "unit": "unit"}
    return {called[name]: head for name, head in heads.items()}


def _is_one_of(typed: str, what: str, catalogues: Mapping[str, Catalogue]) -> bool:
    """Whether a head or a word is one of those that offices use for it."""
    return bool(bare(typed)) and any(
        bare(typed) in map(bare, words(f"returns.{what}").split("|")) for words in catalogues.values()
    )


def _shown(what: str, written: str, bracketed: re.Match | None, reader: FormReader) -> str:
    """A head as faults call it: as it is written where that is one of the words of their language."""
    known = reader.words(f"returns.{what}").split("|")
    is_known = bare(bracketed[1] if bracketed else written) in map(bare, known) or bare(written) in map(bare, known)
    return written if is_known else known_as(known[0], written, reader.words)


def _names(words: Catalogue) -> str:
    return ", ".join(words(f"returns.{name}").split("|")[0] for name in COLUMNS)
