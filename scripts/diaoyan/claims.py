"""Claims: what a report states, held against what the observations give, with a verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.doublings import SHORTFALL, claimed_range
from diaoyan.facts import Fact, Facts
from diaoyan.quantities import Unit
from diaoyan.recomputation import RULES, Recomputed, Rule
from diaoyan.tables import Row, Table
from diaoyan.translations import localised

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
# Verdicts on the value itself; a unit at fault comes after them.
WRONG = ("contradicted", "overstated", "understated")
# Verdicts that find no fault.
SOUND = ("holds", "approximate")
# Kinds stated in the indicator's own unit, not as a ratio.
IN_OWN_UNIT = ("level", "difference", "gap", "sum")


@dataclass(frozen=True)
class Audited:
    """A claim with its verdict."""

    claim: Row
    verdict: str
    recomputed: Recomputed

    def is_about(self, fact: Fact) -> bool:
        """Whether the claim is about this very figure, alone or against others."""
        claim = self.claim
        return (claim["indicator"], claim["area"], claim["period"]) == (fact.indicator, fact.area, fact.period)


def audit(tables: Mapping[str, Table], facts: Facts, units: dict[str, Unit]) -> list[Audited]:
    """Every claim recomputed, in the order of the table."""
    return [audit_claim(claim, facts, tables, units) for claim in tables["claims"]]


def audit_claim(claim: Row, facts: Facts, tables: Mapping[str, Table], units: dict[str, Unit]) -> Audited:
    """One claim recomputed; a wrong value weighs more than a missing unit, and a wrong unit more than its value."""
    rule = RULES[claim["kind"]]
    own = facts.find(claim["indicator"], claim["area"], claim["period"])
    if own is None:
        return Audited(claim, "not_recomputable", Recomputed(missing="independent_source"))
    recomputed = rule.recompute(claim, facts, tables)
    of_unit = _unit_verdict(claim, own, rule, units)
    of_value = _value_verdict(claim, recomputed, own, units)
    is_wrong = of_unit != "unit_wrong" and of_value in WRONG
    verdict = of_value if is_wrong else of_unit or of_value
    return Audited(claim, verdict, recomputed)


def expected_unit(claim: Row, own: Unit) -> str:
    """The unit a claim is printed with where it is printed right; empty for a place or a count of areas."""
    rule = RULES[claim["kind"]]
    if rule.units is not None:
        return rule.units[0] if rule.units else ""
    return "百分点" if rule.base and own.dimension == "percent" else own.name


def in_stated_terms(claim: Row, recomputed: Recomputed, units: dict[str, Unit]) -> tuple[Decimal | None, str]:
    """The recomputed value as the claim would print it, with its unit; None where nothing comes out."""
    own = recomputed.facts[0].quantity.unit if recomputed.facts else None
    if recomputed.value is None:
        return None, ""
    rule = RULES[claim["kind"]]
    value = -recomputed.value if _is_negated(claim) else recomputed.value
    if rule.result == "ratio":
        return value, "倍"
    if rule.result != "own":
        return value, "倍" if claim["stated_unit"] == "倍" else expected_unit(claim, own)
    expected = units[expected_unit(claim, own)]
    printed = units.get(claim["stated_unit"])
    unit = printed if printed and printed.dimension == expected.dimension else expected
    return value / unit.per_base, unit.name


def _is_negated(claim: Row) -> bool:
    """Whether what is stated as positive lies below: 低于全国0.76个百分点, 下降12%."""
    return claim["direction"] == "below" and RULES[claim["kind"]].result in ("own", "percent")


def _unit_verdict(claim: Row, own: Fact, rule: Rule, units: dict[str, Unit]) -> str | None:
    """`unit_missing` or `unit_wrong` where the printed unit is at fault; 亿 without 元 counts as missing."""
    printed = claim["stated_unit"]
    if rule.units == ():
        return None
    if not printed:
        return "unit_missing"
    if rule.units:
        return None if printed in rule.units else "unit_wrong"
    expected = units[expected_unit(claim, own.quantity.unit)].dimension
    if printed not in units:
        return "unit_missing" if any(name.startswith(printed) for name in units) else "unit_wrong"
    return None if units[printed].dimension == expected else "unit_wrong"


def _value_verdict(claim: Row, recomputed: Recomputed, own: Fact, units: dict[str, Unit]) -> str:
    value, stated, bound = recomputed.value, claim["stated"], recomputed.bound
    if value is None or bound == "unknown":
        return "not_recomputable"
    if _is_negated(claim):
        value, bound = -value, {"lower": "upper", "upper": "lower"}.get(bound, bound)
    # Half of the last printed digit.
    precision = Decimal("0.5").scaleb(stated.as_tuple().exponent)
    if claim["kind"] in IN_OWN_UNIT:
        printed = units.get(claim["stated_unit"])
        if printed is None and own.quantity.unit.dimension == "money":
            return "not_recomputable"
        per_base = printed.per_base if printed else 1
        stated, precision = stated * per_base, precision * per_base
    if bound == "exact" and (value < 0 < stated or stated < 0 < value):
        return "contradicted"
    verdict = _held_against(_claimed(claim, stated, precision), value, bound)
    is_plain = claim["kind"] in ("level", "sum", "count", "rank", "first")
    return "contradicted" if is_plain and verdict in WRONG else verdict


def _claimed(claim: Row, stated: Decimal, precision: Decimal) -> tuple[Decimal, Decimal, bool]:
    """The values for which the printed words hold: lowest, highest, and whether these two belong to it.

    188 % holds within its printed precision, 近 from below, 超过 from above, 翻番 by the rule on the ratio.
    """
    if claim["kind"] == "doublings":
        return *claimed_range(stated, claim["qualifier"]), False
    if claim["qualifier"] == "near":
        return stated * SHORTFALL, stated, False
    if claim["qualifier"] == "above":
        return stated.next_plus(), Decimal("Infinity"), True
    if claim["qualifier"] == "below":
        return Decimal("-Infinity"), stated, False
    return stated - precision, stated + precision, True


def _held_against(claimed: tuple[Decimal, Decimal, bool], value: Decimal, bound: str) -> str:
    """The verdict on a value, or on all values above (or below) a bound, against the values claimed."""
    lowest, highest, is_closed = claimed
    if bound == "exact":
        if value < lowest:
            return "overstated"
        return "holds" if value < highest or (is_closed and value == highest) else "understated"
    if bound == "lower":
        if value >= highest:
            return "understated"
        return "approximate" if value.next_plus() >= lowest and highest.is_infinite() else "not_recomputable"
    if value <= lowest:
        return "overstated"
    return "approximate" if value <= highest and lowest.is_infinite() else "not_recomputable"


def counts(audited: Iterable[Audited]) -> dict[str, int]:
    """How many claims have each verdict, in the vocabulary's order; verdicts nobody has are left out."""
    found = [one.verdict for one in audited]
    return {verdict: found.count(verdict) for verdict in VERDICTS if verdict in found}


def as_data(edition: str, vintage: str, language: str, audited: list[Audited], units: dict[str, Unit]) -> dict:
    """The audit for other programs: every claim with what is stated, what comes out, and the rows it rests on."""
    return {
        "edition": edition,
        "vintage": vintage,
        "counts": counts(audited),
        "claims": [_claim_as_data(one, language, units) for one in audited],
    }


def _claim_as_data(one: Audited, language: str, units: dict[str, Unit]) -> dict:
    claim, (value, unit) = one.claim, in_stated_terms(one.claim, one.recomputed, units)
    return {
        "claim": claim["claim"],
        "locator": claim["locator"],
        "kind": claim["kind"],
        "stated": float(claim["stated"]),
        "stated_unit": claim["stated_unit"] or "",
        "wording": localised(claim, "wording", language),
        "recomputed": None if value is None else float(value),
        "recomputed_unit": unit,
        "verdict": one.verdict,
        "missing": one.recomputed.missing,
        "rests_on": [fact.anchor for fact in one.recomputed.facts],
    }


def claim_anchor(claim: str) -> str:
    """Where the audit page shows a claim."""
    return f"claim-{claim}"
