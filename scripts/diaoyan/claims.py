"""Claims: what a report states, held against what the observations give, with a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.facts import Fact, Facts
from diaoyan.quantities import Unit
from diaoyan.recomputation import RULES, Recomputed, Rule
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
class Audited:
    """A claim with its verdict."""

    claim: Row
    verdict: str
    recomputed: Recomputed


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


def counts(audited: Iterable[Audited]) -> dict[str, int]:
    """How many claims have each verdict, in the vocabulary's order; verdicts nobody has are left out."""
    found = [one.verdict for one in audited]
    return {verdict: found.count(verdict) for verdict in VERDICTS if verdict in found}


def as_data(edition: str, vintage: str, language: str, audited: list[Audited]) -> dict:
    """The audit for other programs: every claim with what is stated, what comes out, and the rows it rests on."""
    return {
        "edition": edition,
        "vintage": vintage,
        "counts": counts(audited),
        "claims": [_claim_as_data(one, language) for one in audited],
    }


def _claim_as_data(one: Audited, language: str) -> dict:
    claim, value = one.claim, one.recomputed.value
    return {
        "claim": claim["claim"],
        "locator": claim["locator"],
        "kind": claim["kind"],
        "stated": float(claim["stated"]),
        "stated_unit": claim["stated_unit"] or "",
        "wording": claim[f"wording_{language}"],
        "recomputed": None if value is None else float(value),
        "verdict": one.verdict,
        "missing": one.recomputed.missing,
        "rests_on": [fact.anchor for fact in one.recomputed.facts],
    }
