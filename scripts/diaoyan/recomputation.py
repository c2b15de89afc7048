"""Recomputation: what the observations give for a claim, by the claim's kind.

A claim is never its own evidence: a level that only the claiming document gives cannot be recomputed, and a value
derived from a claim is not an observation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.facts import Comparison, Fact, Facts
from diaoyan.periods import is_year
from diaoyan.tables import Row, Table

# An edition's tables by name.
Tables = Mapping[str, Table]


@dataclass(frozen=True)
class Recomputed:
    """What the observations give: the value to compare, how it was got, from which facts, or what is missing."""

    value: Decimal | None = None
    operator: str | None = None
    facts: tuple[Fact, ...] = ()
    missing: str | None = None
    bound: str = "exact"


@dataclass(frozen=True)
class Rule:
    """How a kind of claim is recomputed, the columns that say against what, and the units it may be printed with.

    Of several columns in `base` one is enough. `units` is None for those of the indicator's own dimension, empty where
    none is printed. `result` says what comes out: an amount in the indicator's `own` base unit (points, of a rate that
    is compared), `percent`, a `ratio`, or a plain `number`.
    """

    recompute: Callable[[Row, Facts, Tables], Recomputed]
    base: tuple[str, ...] = ()
    units: tuple[str, ...] | None = None
    result: str = "own"


def base_of(claim: Row) -> tuple[str, str, str]:
    """Indicator, area and period a claim is measured against: where it names no other, its own."""
    return tuple(claim[f"base_{each}"] or claim[each] for each in ("indicator", "area", "period"))


def _own(claim: Row, facts: Facts) -> Fact:
    return facts.get(claim["indicator"], claim["area"], claim["period"])


def _pair(claim: Row, facts: Facts) -> tuple[Fact, Fact | None]:
    """The claim's own fact and the one it is measured against."""
    return _own(claim, facts), facts.find(*base_of(claim))


def _level(claim: Row, facts: Facts, _tables: Tables) -> Recomputed:
    own = _own(claim, facts)
    if own.source == claim["source"]:
        return Recomputed(facts=(own,), missing="independent_source")
    return Recomputed(own.quantity.in_base, None, (own,), bound=own.bound)


def _difference(claim: Row, facts: Facts, _tables: Tables) -> Recomputed:
    new, old = _pair(claim, facts)
    if old is None:
        return Recomputed(facts=(new,), missing="base")
    comparison = Comparison(new, old)
    return Recomputed(comparison.difference, "−", (new, old), bound=comparison.bound)


def _ratio(claim: Row, facts: Facts, operator: str) -> Recomputed:
    new, old = _pair(claim, facts)
    if old is None:
        return Recomputed(facts=(new,), missing="base")
    comparison = Comparison(new, old)
    if comparison.ratio is None:
        return Recomputed(facts=(new, old), missing="positive_base")
    return Recomputed(comparison.ratio, operator, (new, old), bound=comparison.bound)


def _times(claim: Row, facts: Facts, _tables: Tables) -> Recomputed:
    return _ratio(claim, facts, "÷")


def _growth(claim: Row, facts: Facts, _tables: Tables) -> Recomputed:
    """In per cent, or in 倍 where the claim says 增长K倍 (K = r − 1)."""
    found = _ratio(claim, facts, "÷ −1")
    if found.value is None:
        return found
    scale = 1 if claim["stated_unit"] == "倍" else 100
    return Recomputed((found.value - 1) * scale, found.operator, found.facts, bound=found.bound)


def _yearly_growth(claim: Row, facts: Facts, _tables: Tables) -> Recomputed:
    found = _ratio(claim, facts, "^ −1")
    if found.value is None:
        return found
    return Recomputed(Comparison(*found.facts).yearly_growth * 100, found.operator, found.facts, bound=found.bound)


def _share(claim: Row, facts: Facts, _tables: Tables) -> Recomputed:
    found = _ratio(claim, facts, "÷ %")
    if found.value is None:
        return found
    return Recomputed(found.value * 100, found.operator, found.facts, bound=found.bound)


def _members(area: str, areas: Table) -> list[str]:
    """The areas directly in an area; none unless all of them are listed."""
    found = [row["area"] for row in areas if row["parent"] == area]
    return found if len(found) == areas.by_key()[area]["members"] else []


def _parts(claim: Row, facts: Facts, tables: Tables) -> tuple[Fact | None, ...]:
    """The facts that make up the claim's own, None for each that is missing.

    Those of its parts (国家级, 省级, 市级), or the same indicator's of the areas directly below.
    """
    indicators = [row["indicator"] for row in tables["indicators"] if row["part_of"] == claim["indicator"]]
    if indicators:
        return tuple(facts.find(indicator, claim["area"], claim["period"]) for indicator in indicators)
    return _of_members(claim, facts, tables)


def _of_members(claim: Row, facts: Facts, tables: Tables) -> tuple[Fact | None, ...]:
    """The fact of each area directly below the claim's own, None where an area has none."""
    members = _members(claim["area"], tables["areas"])
    return tuple(facts.find(claim["indicator"], area, claim["period"]) for area in members)


def _sum(claim: Row, facts: Facts, tables: Tables) -> Recomputed:
    """The sum of all parts; with one of them missing there is none."""
    parts = _parts(claim, facts, tables)
    if not parts or None in parts:
        return Recomputed(facts=(_own(claim, facts),), missing="parts")
    bounds = {part.bound for part in parts} - {"exact"} or {"exact"}
    bound = bounds.pop() if len(bounds) == 1 else "unknown"
    return Recomputed(sum(part.quantity.in_base for part in parts), "+", parts, bound=bound)


def _count(claim: Row, facts: Facts, tables: Tables) -> Recomputed:
    """How many areas have a figure."""
    parts = tuple(part for part in _of_members(claim, facts, tables) if part)
    if not parts:
        return Recomputed(facts=(_own(claim, facts),), missing="parts")
    return Recomputed(Decimal(len(parts)), "#", parts)


def _rank(claim: Row, facts: Facts, tables: Tables) -> Recomputed:
    """The place among all areas directly below `base_area`, by value, or by growth where a base period is given."""
    measures, used = {}, []
    for area in _members(claim["base_area"], tables["areas"]):
        periods = [period for period in (claim["period"], claim["base_period"]) if period]
        found = [facts.find(claim["indicator"], area, period) for period in periods]
        # A bound has no place among values.
        if any(fact is None or fact.bound != "exact" for fact in found):
            return Recomputed(facts=(_own(claim, facts),), missing="other_areas")
        measures[area] = Comparison(*found).ratio if claim["base_period"] else found[0].quantity.in_base
        used += found
    if claim["area"] not in measures or len(measures) < 2 or None in measures.values():
        return Recomputed(facts=(_own(claim, facts),), missing="other_areas")
    place = 1 + sum(measure > measures[claim["area"]] for measure in measures.values())
    used.sort(key=lambda fact: fact.area != claim["area"])
    return Recomputed(Decimal(place), "#", tuple(used))


def _first(claim: Row, facts: Facts, _tables: Tables) -> Recomputed:
    """How many times up to its own year the area has stood on that side of `base_area`: once, where it is the first.

    Where it does not stand there in its own year, it is none, whatever was before. A single earlier year refutes a
    first time; all years with a figure of `base_area` must be known to bear it out.
    """
    own, base = _own(claim, facts), facts.find(claim["indicator"], claim["base_area"], claim["period"])
    if base is None:
        return Recomputed(facts=(own,), missing="base")
    years = [fact for fact in facts.series(claim["indicator"], claim["base_area"]) if is_year(fact.period)]
    earlier = [fact for fact in years if fact.period < claim["period"]]
    pairs = [(facts.find(claim["indicator"], claim["area"], fact.period), fact) for fact in earlier]
    known = [pair for pair in pairs if pair[0] and pair[0].bound == pair[1].bound == "exact"]
    before = [pair for pair in known if _stands(*pair, claim["direction"])]
    is_so = _stands(own, base, claim["direction"])
    used = (own, base, *(fact for pair in known for fact in pair))
    if is_so and not known:
        return Recomputed(facts=used, missing="earlier_none")
    if is_so and not before and len(known) < len(pairs):
        return Recomputed(facts=used, missing="earlier")
    bound = "exact" if Comparison(own, base).bound == "exact" else "unknown"
    return Recomputed(Decimal(len(before) + 1 if is_so else 0), "#", used, bound=bound)


def _stands(own: Fact, base: Fact, direction: str) -> bool:
    """Whether a figure lies on a side of another."""
    difference = Comparison(own, base).difference
    return difference > 0 if direction == "above" else difference < 0


RULES = {
    "level": Rule(_level),
    "difference": Rule(_difference, base=("base_period",)),
    "growth": Rule(_growth, base=("base_period",), units=("%", "倍"), result="percent"),
    "yearly_growth": Rule(_yearly_growth, base=("base_period",), units=("%",), result="percent"),
    "times": Rule(_times, base=("base_period",), units=("倍",), result="ratio"),
    "doublings": Rule(_times, base=("base_period",), units=("番",), result="ratio"),
    "share": Rule(_share, base=("base_area", "base_indicator"), units=("%",), result="percent"),
    "sum": Rule(_sum),
    "count": Rule(_count, units=(), result="number"),
    "gap": Rule(_difference, base=("base_area",)),
    "rank": Rule(_rank, base=("base_area",), units=(), result="number"),
    "first": Rule(_first, base=("base_area",), units=(), result="number"),
}
