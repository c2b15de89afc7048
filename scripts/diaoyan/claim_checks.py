"""What makes a row of claims impossible: no figure of its own, nothing to measure it against, an absurd number."""

from collections.abc import Iterator

from diaoyan import doublings
from diaoyan.claims import IN_OWN_UNIT
from diaoyan.faults import Fault, quoted
from diaoyan.quantities import Unit
from diaoyan.recomputation import RULES, base_of
from diaoyan.tables import Row, Table

# No report prints a percentage, a multiple or points finer than this; more decimals are a slip of the keyboard.
MOST_DECIMALS = 4
# Kinds stated in whole numbers, whatever they are about.
WHOLE = ("count", "rank", "first")
BASES = ("base_period", "base_area", "base_indicator")
# 2.2万家 counts whole enterprises all the same.
LARGE = ("万", "亿")
# Growth from nothing, a share of nothing.
DIVIDED = ("growth", "yearly_growth", "times", "doublings", "share")


def claim_faults(tables: dict[str, Table], units: dict[str, Unit]) -> Iterator[Fault]:
    """Faults of the table of claims that other tables bring to light."""
    # Every vintage falls back on the figure first published, none on a revision.
    first = [row for row in tables["observations"] if row["vintage"] == "first_published"]
    known = {(row["indicator"], row["area"], row["period"]): row for row in first}
    dimensions = {row["indicator"]: units[row["unit"]].dimension for row in tables["indicators"]}
    for row in tables["claims"]:
        place = (row["indicator"], row["area"], row["period"])
        if place not in known:
            yield row.fault("period", quoted(row["period"]), f"a period with an observation of {' '.join(place)}")
        yield from _base(row, known, dimensions, units)
        yield from _stated(row, dimensions[row["indicator"]])


def _base(row: Row, known: dict[tuple, Row], dimensions: dict[str, str], units: dict[str, Unit]) -> Iterator[Fault]:
    """What the claim is measured against: named where its kind needs it, of its kind, not its own figure, not zero."""
    needed = RULES[row["kind"]].base
    if needed and not any(row[column] for column in needed):
        expected = f"what a claim of the kind {row['kind']} is measured against"
        yield row.fault(" or ".join(needed), "an empty cell", expected)
    base = base_of(row)
    for column in BASES:
        if row[column] and base == (row["indicator"], row["area"], row["period"]):
            yield row.fault(column, quoted(row[column]), "another figure to measure against than the claim's own")
            break
    if row["base_period"] and not _is_before(row["base_period"], row["period"], row["kind"] == "yearly_growth"):
        yield row.fault("base_period", quoted(row["base_period"]), f"a time before {row['period']}")
    if row["base_indicator"] and row["kind"] != "share":
        yield row.fault("base_indicator", quoted(row["base_indicator"]), "an empty cell: only a share is of another")
    elif row["base_indicator"] and dimensions[row["base_indicator"]] != dimensions[row["indicator"]]:
        expected = f"an indicator of {dimensions[row['indicator']]}, as {row['indicator']} is"
        yield row.fault("base_indicator", quoted(row["base_indicator"]), expected)
    if row["kind"] == "first" and not row["direction"]:
        yield row.fault("direction", "an empty cell", "above or below, on which side of the base it is new")
    if row["kind"] in DIVIDED and base in known and known[base]["value"] == 0:
        zero = known[base]
        column = next(column for column in (*needed, "period") if row[column])
        found = f"a base of zero ({zero.file}:{zero.line})"
        yield row.fault(column, found, f"a base above zero, as {row['kind']} divides by it")


def _is_before(base: str, period: str, by_year: bool) -> bool:
    """Whether the base comes first; the same time of another area is no later, but growth a year needs a year."""
    return base[:4] < period[:4] if by_year else base <= period


def _stated(row: Row, dimension: str) -> Iterator[Fault]:
    """A number that can stand in a report: whole where things are counted, with few decimals elsewhere."""
    stated = row["stated"]
    decimals = max(0, -stated.as_tuple().exponent)
    in_own_unit = row["kind"] in IN_OWN_UNIT
    counted = in_own_unit and dimension == "count" and not (row["stated_unit"] or "").startswith(LARGE)
    if row["kind"] == "doublings":
        if stated not in range(1, doublings.MOST + 1):
            yield row.fault("stated", quoted(stated), f"a whole number of doublings from 1 to {doublings.MOST}")
    elif (counted or row["kind"] in WHOLE) and stated != stated.to_integral_value():
        yield row.fault("stated", quoted(stated), "a whole number, since things are counted")
    elif row["kind"] == "first" and stated != 1:
        yield row.fault("stated", quoted(stated), "1, for the first time")
    elif row["kind"] == "rank" and stated < 1:
        yield row.fault("stated", quoted(stated), "a place from 1")
    elif decimals > MOST_DECIMALS and not (in_own_unit and dimension == "money"):
        yield row.fault("stated", quoted(stated), f"a number with at most {MOST_DECIMALS} decimals")
