"""Verdicts on the statements of a draft, by the rules and tolerances that claims of a report are audited by."""

from dataclasses import dataclass, replace
from decimal import Decimal

from diaoyan.catalogue import Catalogue
from diaoyan.claims import WRONG, Audited, audit_claim
from diaoyan.draft_amounts import PERCENT, POINTS, Amount
from diaoyan.draft_levels import Level
from diaoyan.draft_said import Said
from diaoyan.draft_times import Moment
from diaoyan.facts import Facts
from diaoyan.quantities import Quantity, Unit, shortest, show
from diaoyan.tables import Row, Table

# Kinds whose result is a quotient: what the printed figures were rounded from may bear out what they do not.
QUOTIENTS = ("growth", "yearly_growth", "times", "share")
# 约 and 左右 are said of what is at most so far off.
ABOUT = Decimal("0.05")
# A whole number with 万 or 亿 (2亿元) is seldom rounded by half of its last digit.
MOST_ROUNDED = Decimal("0.01")
# Growth a year asks for the years between two figures, whichever they are.
SOME_YEAR = 2000
QUALIFIERS = ("near", "above", "below")
NEW, OLD, PLACE = "new", "old", "draft"
# Those that rules of claims ask for by name; all others are the draft's own.
UNITS = {unit.name: unit for unit in (PERCENT, POINTS)}
OBSERVED = ("indicator", "area", "period", "value", "unit", "vintage", "qualifier", "source", "locator")


@dataclass(frozen=True)
class Verdict:
    """A verdict with what it rests on: the audited claim, where there was something to audit, or what is missing."""

    verdict: str
    audited: Audited | None = None
    missing: str = ""


def verdict_on(said: Said) -> Verdict:
    """The verdict on a statement from the levels it is about; `not_recomputable` where one is not given."""
    if said.obstacle == "unit_changes":
        return Verdict("unit_wrong", missing=said.obstacle)
    if said.obstacle:
        return Verdict("not_recomputable", missing=said.obstacle)
    if said.new and said.by.kind == "points" and said.new.amount.kind == "level":
        return Verdict("unit_wrong", missing="points_of_amount")
    if said.new is None or said.old is None:
        return Verdict("not_recomputable", missing="figure" if said.new is None else "base")
    if said.kind != "yearly_growth":
        return _on_levels(said)
    if not (spans := _spans_of_years(said)):
        return Verdict("not_recomputable", missing="years")
    # 2018年至2022年五年间: what holds for one way of counting is no fault.
    found = [_on_levels(_dated(said, years)) for years in spans]
    return next((each for each in found if each.verdict not in WRONG), found[0])


def _on_levels(said: Said) -> Verdict:
    found = _audited(said)
    if found.verdict not in WRONG and (wrong := _at_all_ends(said)):
        return Verdict(wrong.verdict, wrong)
    if found.verdict in WRONG:
        if said.by.qualifier == "about" and _within(said, ABOUT):
            return Verdict("approximate", found)
        if said.kind in QUOTIENTS and _may_be_rounding(said):
            return Verdict("approximate", found)
    return Verdict(found.verdict, found)


def _at_all_ends(said: Said) -> Audited | None:
    """What is wrong whatever 突破1640万 stands for: a number up to its last digit but zeros; None where some holds."""
    if said.kind not in QUOTIENTS or said.by.qualifier or not any(_bound(each.amount) for each in (said.new, said.old)):
        return None
    ends = [_audited(replace(said, new=new, old=old)) for new in _ends(said.new) for old in _ends(said.old)]
    verdicts = {each.verdict for each in ends}
    return ends[0] if len(verdicts) == 1 and verdicts <= set(WRONG) else None


def _ends(level: Level) -> list[Level]:
    """The least and the most that a level can be that is said to be near, above or below a number."""
    amount = level.amount
    if not _bound(amount):
        return [level]
    step = Decimal(1).scaleb(amount.number.normalize().as_tuple().exponent)
    other = amount.number + (step if amount.qualifier == "above" else -step)
    return [replace(level, amount=replace(amount, number=each, qualifier=None)) for each in (amount.number, other)]


def _spans_of_years(said: Said) -> list[int]:
    """Between how many years the growth is: by the times of its levels, by the number of years it names."""
    first, last = _year(said.old), _year(said.new)
    by_times = [last - first] if first and last and last > first else []
    return list(dict.fromkeys([*by_times, *([said.years] if said.years else [])]))


def _dated(said: Said, years: int) -> Said:
    """The statement with levels so many years apart."""
    moments = (Moment(0, 0, str(SOME_YEAR)), Moment(0, 0, str(SOME_YEAR + years)))
    return replace(said, old=replace(said.old, moment=moments[0]), new=replace(said.new, moment=moments[1]))


def _audited(said: Said, shifted: tuple[int, int] = (0, 0)) -> Audited:
    """The statement as a claim, audited; `shifted` moves the two levels to the end of what they were rounded from."""
    known = dict(UNITS)
    rows = []
    for name, level, shift in ((NEW, said.new, shifted[0]), (OLD, said.old, shifted[1])):
        unit = known[level.amount.unit.name] = as_printed(level.amount.unit)
        value = level.amount.number + shift * _rounding(level) if shift else level.amount.number
        cells = (
            PLACE,
            name,
            str(_year(level) or 0),
            value,
            unit.name,
            "first_published",
            _bound(level.amount),
            PLACE,
            "",
        )
        rows.append(Row(dict(zip(OBSERVED, cells, strict=True)), PLACE, 0))
    facts = Facts(Table("observations", OBSERVED, (), {}, tuple(rows)), known, "first_published")
    known[said.by.unit.name] = as_printed(said.by.unit)
    return audit_claim(claim_of(said), facts, {}, known)


def as_printed(unit: Unit) -> Unit:
    """The unit as one of counting, unless it is of rates: a draft's 23120元 is not turned into 2.312万元."""
    return unit if unit.dimension in ("percent", "percentage_point", "ratio") else replace(unit, dimension="count")


def shown(amount: Amount, catalogue: Catalogue) -> str:
    """An amount as a language writes it, with its printed digits."""
    number = amount.number if amount.number.as_tuple().exponent <= 0 else shortest(amount.number)
    return show(Quantity(number, as_printed(amount.unit)), catalogue)


def claim_of(said: Said) -> Row:
    """The statement as a row of a table of claims."""
    return Row(
        {
            "claim": PLACE,
            "kind": said.kind,
            "indicator": PLACE,
            "area": NEW,
            "period": str(_year(said.new) or 0) if said.new else "0",
            "base_indicator": None,
            "base_area": OLD,
            "base_period": str(_year(said.old) or 0) if said.old else "0",
            "qualifier": _bound(said.by),
            "direction": "below" if said.falls else None,
            # ‰ is stated in % as all rates are.
            "stated": said.by.number * said.by.unit.per_base if said.by.kind == "rate" else said.by.number,
            "stated_unit": "%" if said.by.kind == "rate" else said.by.unit.name,
            "source": "",
        },
        PLACE,
        0,
    )


def _bound(amount: Amount) -> str | None:
    return amount.qualifier if amount.qualifier in QUALIFIERS else None


def _may_be_rounding(said: Said) -> bool:
    """Whether what the levels were rounded from may bear the statement out: not wrong to the same side at both ends."""
    ends = {_audited(said, shifted).verdict for shifted in ((1, -1), (-1, 1))}
    return len(ends) > 1 or ends.isdisjoint(WRONG)


def _within(said: Said, part: Decimal) -> bool:
    """Whether a number so much smaller or larger would hold, or one on either side of it."""
    near = (replace(said, by=replace(said.by, number=said.by.number * factor)) for factor in (1 - part, 1 + part))
    ends = {_audited(each).verdict for each in near}
    return len(ends) > 1 or ends.isdisjoint(WRONG)


def _rounding(level: Level) -> Decimal:
    """By how much at most the level may have been rounded, in its unit: nothing for what is counted one by one."""
    amount = level.amount
    if amount.qualifier == "about":
        return amount.number * ABOUT
    exponent = amount.number.as_tuple().exponent
    if exponent >= 0 and amount.unit.per_base == 1:
        return Decimal(0)
    half = Decimal("0.5").scaleb(exponent)
    return half if exponent < 0 else min(half, abs(amount.number) * MOST_ROUNDED)


def _year(level: Level) -> int | None:
    return level.moment.year if level.moment else None
