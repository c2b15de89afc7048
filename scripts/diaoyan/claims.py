"""Claims: what a report states, recomputed from the observations, with a verdict.

A claim is never its own evidence: a level that only the claiming document gives cannot be recomputed, and a value
derived from a claim is not an observation.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.facts import Comparison, Fact, Facts
from diaoyan.quantities import Unit
from diaoyan.tables import Row, Table

# The one vocabulary of verdicts, faults first: the order in which a reader wants them.
VERDICTS = (
    "contradicted",
    "overstated",
    "understated",
    "inconsistent",
    "unit_wrong",
    "unit_missing",
    "approximate",
    "not_recomputable",
    "holds",
)
# 翻了N番 holds up to one and a half times 2^N; beyond that it says too little. 翻了近N番 holds from 10 % below 2^N.
DOUBLING_TOO_LITTLE = Decimal("1.5")
NEARLY = Decimal("0.9")


@dataclass(frozen=True)
class Recomputed:
    """What the observations give: the value to compare, how it was got, from which facts, or what is missing."""

    value: Decimal | None = None
    operator: str | None = None
    facts: tuple[Fact, ...] = ()
    missing: str | None = None
    bound: str = "exact"


@dataclass(frozen=True)
class Audited:
    """A claim with its verdict."""

    claim: Row
    verdict: str
    recomputed: Recomputed


@dataclass(frozen=True)
class Rule:
    """How a kind of claim is recomputed, the column it is measured against, and the units it may be printed with."""

    recompute: Callable[[Row, Facts, Table], Recomputed]
    base: str | None = None
    units: tuple[str, ...] | None = None


def audit(claims: Table, facts: Facts, areas: Table, units: dict[str, Unit]) -> list[Audited]:
    """Every claim recomputed, in the order of the table."""
    return [audit_claim(claim, facts, areas, units) for claim in claims]


def audit_claim(claim: Row, facts: Facts, areas: Table, units: dict[str, Unit]) -> Audited:
    """One claim recomputed: its printed unit first, then its value."""
    rule = RULES[claim["kind"]]
    recomputed = rule.recompute(claim, facts, areas)
    own = facts.get(claim["indicator"], claim["area"], claim["period"])
    verdict = _unit_verdict(claim["stated_unit"], own, rule, units)
    return Audited(claim, verdict or _value_verdict(claim, recomputed, own, units), recomputed)


def doublings_verdict(ratio: Decimal, count: Decimal, near: bool) -> str:
    """The verdict on 翻了N番 (or 翻了近N番) for a ratio new / old."""
    full = Decimal(2) ** count
    lowest, beyond = (full * NEARLY, full) if near else (full, full * DOUBLING_TOO_LITTLE)
    if ratio < lowest:
        return "overstated"
    return "holds" if ratio < beyond else "understated"


def _unit_verdict(printed: str | None, own: Fact, rule: Rule, units: dict[str, Unit]) -> str | None:
    """`unit_missing` or `unit_wrong` where the printed unit is at fault; 亿 without 元 counts as missing."""
    if rule.units == ():
        return None
    if not printed:
        return "unit_missing"
    if rule.units:
        return None if printed in rule.units else "unit_wrong"
    expected = (
        "percentage_point" if rule.base and own.quantity.unit.dimension == "percent" else own.quantity.unit.dimension
    )
    if printed not in units:
        return "unit_missing" if any(name.startswith(printed) for name in units) else "unit_wrong"
    return None if units[printed].dimension == expected else "unit_wrong"


def _value_verdict(claim: Row, recomputed: Recomputed, own: Fact, units: dict[str, Unit]) -> str:
    value, stated = recomputed.value, claim["stated"]
    if value is None:
        return "not_recomputable"
    if claim["kind"] == "doublings":
        if recomputed.bound != "exact":
            return "not_recomputable"
        return doublings_verdict(value, stated, claim["qualifier"] == "near")
    if claim["direction"] == "below":
        value = -value
    if value < 0 < stated or stated < 0 < value:
        return "contradicted"
    # Half of the last printed digit.
    precision = Decimal("0.5").scaleb(stated.as_tuple().exponent)
    if claim["kind"] in ("level", "difference", "gap", "sum") and own.quantity.unit.dimension == "money":
        per_base = units[claim["stated_unit"]].per_base
        stated, precision = stated * per_base, precision * per_base
    if recomputed.bound != "exact":
        return _bounded_verdict(claim, value, stated, recomputed.bound)
    if _says(claim["qualifier"], value, stated, precision):
        return "holds"
    if claim["kind"] in ("level", "sum", "count", "rank"):
        return "contradicted"
    # 超过152 says too much of 152 itself.
    return "overstated" if value < stated or claim["qualifier"] == "above" else "understated"


def _says(qualifier: str | None, value: Decimal, stated: Decimal, precision: Decimal) -> bool:
    """Whether the printed words cover the value: 188 % within its printed precision, 近 from below, 超过 from above."""
    if qualifier == "above":
        return value > stated
    if qualifier == "below":
        return value < stated
    if qualifier == "near":
        return stated * NEARLY <= value < stated
    return abs(value - stated) <= precision


def _bounded_verdict(claim: Row, value: Decimal, stated: Decimal, bound: str) -> str:
    """The observations give only a bound: it can support an inequality, or leave the claim open."""
    supports = {"lower": "above", "upper": "below"}.get(bound)
    reaches = value >= stated if bound == "lower" else value <= stated
    return "approximate" if claim["qualifier"] == supports and reaches else "not_recomputable"


def _own(claim: Row, facts: Facts) -> Fact:
    return facts.get(claim["indicator"], claim["area"], claim["period"])


def _pair(claim: Row, facts: Facts) -> tuple[Fact, Fact | None]:
    """The claim's own fact and the one it is measured against: another area, or another period."""
    area, period = claim["base_area"] or claim["area"], claim["base_period"] or claim["period"]
    return _own(claim, facts), facts.find(claim["indicator"], area, period)


def _level(claim: Row, facts: Facts, _areas: Table) -> Recomputed:
    own = _own(claim, facts)
    if own.source == claim["source"]:
        return Recomputed(facts=(own,), missing="independent_source")
    return Recomputed(own.quantity.in_base, None, (own,), bound=own.bound)


def _difference(claim: Row, facts: Facts, _areas: Table) -> Recomputed:
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


def _times(claim: Row, facts: Facts, _areas: Table) -> Recomputed:
    return _ratio(claim, facts, "÷")


def _growth(claim: Row, facts: Facts, _areas: Table) -> Recomputed:
    """In per cent, or in 倍 where the claim says 增长K倍 (K = r − 1)."""
    found = _ratio(claim, facts, "÷ −1")
    if found.value is None:
        return found
    scale = 1 if claim["stated_unit"] == "倍" else 100
    return Recomputed((found.value - 1) * scale, found.operator, found.facts, bound=found.bound)


def _share(claim: Row, facts: Facts, _areas: Table) -> Recomputed:
    found = _ratio(claim, facts, "÷")
    if found.value is None:
        return found
    return Recomputed(found.value * 100, "÷", found.facts, bound=found.bound)


def _members(area: str, areas: Table) -> list[str]:
    return [row["area"] for row in areas if row["parent"] == area]


def _parts(claim: Row, facts: Facts, areas: Table) -> tuple[Fact | None, ...]:
    """The fact of each area directly below the claim's own, None where an area has none."""
    members = _members(claim["area"], areas)
    return tuple(facts.find(claim["indicator"], area, claim["period"]) for area in members)


def _sum(claim: Row, facts: Facts, areas: Table) -> Recomputed:
    """The sum of all parts; with one of them missing there is none."""
    parts = _parts(claim, facts, areas)
    if not parts or None in parts:
        return Recomputed(facts=(_own(claim, facts),), missing="parts")
    bounds = {part.bound for part in parts} - {"exact"} or {"exact"}
    bound = bounds.pop() if len(bounds) == 1 else "unknown"
    return Recomputed(sum(part.quantity.in_base for part in parts), "+", parts, bound=bound)


def _count(claim: Row, facts: Facts, areas: Table) -> Recomputed:
    """How many areas have a figure."""
    parts = tuple(part for part in _parts(claim, facts, areas) if part)
    if not parts:
        return Recomputed(facts=(_own(claim, facts),), missing="parts")
    return Recomputed(Decimal(len(parts)), "#", parts)


def _rank(claim: Row, facts: Facts, areas: Table) -> Recomputed:
    """The place among all areas directly below `base_area`, by value, or by growth where a base period is given."""
    measures, used = {}, []
    for area in _members(claim["base_area"], areas):
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


RULES = {
    "level": Rule(_level),
    "difference": Rule(_difference, base="base_period"),
    "growth": Rule(_growth, base="base_period", units=("%", "倍")),
    "times": Rule(_times, base="base_period", units=("倍",)),
    "doublings": Rule(_times, base="base_period", units=("番",)),
    "share": Rule(_share, base="base_area", units=("%",)),
    "sum": Rule(_sum),
    "count": Rule(_count),
    "gap": Rule(_difference, base="base_area"),
    "rank": Rule(_rank, base="base_area", units=()),
}


def counts(audited: Iterable[Audited]) -> dict[str, int]:
    """How many claims have each verdict, in the vocabulary's order; verdicts nobody has are left out."""
    found = [one.verdict for one in audited]
    return {verdict: found.count(verdict) for verdict in VERDICTS if verdict in found}
