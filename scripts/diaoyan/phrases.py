"""Phrases: how a change or a gap is put into words, chosen by rule from the figures.

The rules are the same in every language; the words of each choice stand in the catalogue under `phrases.`.
"""

from dataclasses import dataclass
from decimal import Decimal

from diaoyan.doublings import doublings
from diaoyan.facts import QUALIFIERS, Comparison, Fact
from diaoyan.quantities import rounded, shortest

# From the double up a change reads better as a multiple than as a percentage.
TIMES_FROM = 2
# A percentage or a place in a ranking has no multiple that means anything; it changes by points or places.
MULTIPLIED = ("count", "money", "per_head")
DECIMALS = 1
# A small share takes as many as it needs to be seen.
MOST_DECIMALS = 6


@dataclass(frozen=True)
class Phrase:
    """A choice of words: the catalogue's key, the number it carries (rounded as printed), and its arithmetic."""

    key: str
    number: Decimal | None = None
    doublings: int | None = None
    operator: str | None = None

    @property
    def qualifier(self) -> str:
        """`above` or `below` where the number is only a bound; empty where it is exact."""
        name = self.key.partition(".")[0]
        return next((each for each in ("above", "below") if name.endswith(f"_{each}")), "")


def change(new: Fact | None, old: Fact | None) -> Phrase:
    """How the new value stands to the old: growth, decline, multiple, doublings, points, or why it cannot be said."""
    if missing := _missing(new, old, "no_base"):
        return missing
    comparison = Comparison(new, old)
    if new.quantity.unit.dimension not in MULTIPLIED:
        return difference(new, old)
    if old.quantity.value == 0:
        both_zero = new.quantity.value == 0 and comparison.bound == "exact"
        return Phrase("unchanged" if both_zero else "zero_base")
    if comparison.ratio is None:
        return Phrase("not_comparable")
    if comparison.bound == "exact":
        return _exact_change(comparison.ratio, new.quantity.unit.dimension)
    return _bounded_change(comparison.ratio, comparison.bound, new.quantity.unit.dimension)


def difference(new: Fact | None, old: Fact | None) -> Phrase:
    """By how much the new value exceeds or falls short of the old one, in its own unit (points for percentages)."""
    if missing := _missing(new, old, "no_base"):
        return missing
    comparison = Comparison(new, old)
    if new.quantity.unit.dimension == "percent":
        return _points(comparison)
    return _signed(comparison, "increase", "decrease")


def gap(own: Fact | None, other: Fact | None) -> Phrase:
    """How far the own value lies above or below another area's."""
    if missing := _missing(own, other, "no_benchmark"):
        return missing
    comparison = Comparison(own, other)
    points = "_points" if own.quantity.unit.dimension == "percent" else ""
    return _signed(comparison, f"above{points}", f"below{points}", same="equal")


def share(part: Fact, whole: Fact) -> Phrase | None:
    """One value as a percentage of another; None where that has no meaning."""
    comparison = Comparison(part, whole)
    of_one_kind = part.quantity.unit.dimension == whole.quantity.unit.dimension
    if not of_one_kind or comparison.ratio is None or not part.bound == whole.bound == "exact":
        return None
    percent = comparison.ratio * 100
    # Something is never printed as nothing.
    finer = (each for each in range(DECIMALS, MOST_DECIMALS) if rounded(percent, each) or not percent)
    decimals = next(finer, MOST_DECIMALS)
    return Phrase("share", rounded(percent, decimals), operator="÷ %")


def rank(own: Fact, fellows: list[Fact]) -> Phrase:
    """The place of a value among those of all fellows, its own included, the largest first; equal ones share it."""
    values = [other.quantity.in_base for other in fellows]
    place = 1 + sum(value > own.quantity.in_base for value in values)
    is_shared = values.count(own.quantity.in_base) > 1
    return Phrase("rank_joint" if is_shared else "rank", Decimal(place), operator="#")


def yearly_growth(new: Fact, old: Fact) -> Phrase | None:
    """The average growth a year from the old value to the new one; None where that has no meaning, as for a rate."""
    comparison = Comparison(new, old)
    is_multiplied = new.quantity.unit.dimension in MULTIPLIED
    if not is_multiplied or comparison.yearly_growth is None or not new.bound == old.bound == "exact":
        return None
    return Phrase("yearly_growth", rounded(comparison.yearly_growth * 100, DECIMALS), operator="^ −1")


def in_step(own: Fact, new: Fact, old: Fact) -> Phrase | None:
    """What the own value would be after the growth from old to new: in its base unit, as finely as it is recorded."""
    comparison = Comparison(new, old)
    is_multiplied = own.quantity.unit.dimension in MULTIPLIED and new.quantity.unit.dimension in MULTIPLIED
    if not is_multiplied or comparison.ratio is None or own.bound != "exact" or comparison.bound == "unknown":
        return None
    # A bound keeps to the side on which it stays true.
    in_unit = rounded(own.quantity.value * comparison.ratio, own.quantity.decimals, comparison.bound)
    qualifier = QUALIFIERS[comparison.bound]
    key = f"in_step_{qualifier}" if qualifier else "in_step"
    return Phrase(key, in_unit * own.quantity.unit.per_base, operator="×")


def _missing(new: Fact | None, old: Fact | None, without_old: str) -> Phrase | None:
    """Why two facts cannot be compared; None when they can."""
    if new is None:
        return Phrase("no_value")
    if old is None:
        return Phrase(without_old)
    return Phrase("not_comparable") if Comparison(new, old).bound == "unknown" else None


def _exact_change(ratio: Decimal, dimension: str) -> Phrase:
    if ratio == 1:
        return Phrase("unchanged", operator="÷")
    found = doublings(ratio)
    if found:
        return Phrase(found[0], doublings=found[1], operator="÷")
    if ratio >= TIMES_FROM:
        return Phrase(f"times.{dimension}", one_decimal(ratio), operator="÷")
    percent = rounded(abs(ratio - 1) * 100, DECIMALS)
    if not percent:
        return Phrase("almost_unchanged", operator="÷ −1")
    return Phrase("growth" if ratio > 1 else "decline", percent, operator="÷ −1")


def _bounded_change(ratio: Decimal, bound: str, dimension: str) -> Phrase:
    """The ratio is only a bound: an inequality, rounded to the side on which it stays true, and never a doubling."""
    if bound == "lower" and ratio >= TIMES_FROM:
        return Phrase(f"times_above.{dimension}", one_decimal(ratio, bound), operator="÷")
    if bound == "upper" and ratio >= TIMES_FROM:
        return Phrase(f"times_below.{dimension}", one_decimal(ratio, bound), operator="÷")
    percent = rounded(abs(ratio - 1) * 100, DECIMALS, "lower")
    if bound == "lower" and ratio >= 1:
        return Phrase("growth_above" if percent else "growth_some", percent or None, operator="÷ −1")
    if bound == "upper" and ratio <= 1:
        return Phrase("decline_above" if percent else "decline_some", percent or None, operator="÷ −1")
    return Phrase("not_comparable")


def _points(comparison: Comparison) -> Phrase:
    return _signed(comparison, "points_up", "points_down")


def _signed(comparison: Comparison, up: str, down: str, same: str = "unchanged") -> Phrase:
    """A difference in words; a bound gives `…_above` on the side it proves and nothing on the other."""
    value = comparison.difference
    if comparison.bound == "exact":
        if value == 0:
            return Phrase(same, operator="−")
        return Phrase(up if value > 0 else down, abs(value), operator="−")
    proven = up if comparison.bound == "lower" else down
    if value == 0:
        return Phrase(f"{proven}_some", operator="−")
    if (value > 0) == (comparison.bound == "lower"):
        return Phrase(f"{proven}_above", abs(value), operator="−")
    return Phrase("not_comparable")


def one_decimal(ratio: Decimal, bound: str = "exact") -> Decimal:
    """A multiple with one decimal; a whole one without (10, not 10.0)."""
    return shortest(ratio) if ratio == ratio.to_integral_value() else rounded(ratio, DECIMALS, bound)
