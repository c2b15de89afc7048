"""What a chart of the areas that lie in the city says beside its bars: what they add up to."""

from decimal import Decimal

from diaoyan.chart_subject import Subject
from diaoyan.city_figures import SUMMED
from diaoyan.facts import Fact
from diaoyan.quantities import Quantity, shortest, show


def newest(subject: Subject, groups: list[list[Fact]]) -> list[list[Fact]]:
    """The figures of the newest period that any of the areas has, where the row names no periods."""
    last = max((fact.period for group in groups for fact in group), default="")
    wanted = subject.periods or [last]
    kept = ([fact for fact in group if fact.period in wanted] for group in groups)
    return [group for group in kept if group]


def total_notes(subject: Subject, facts: list[Fact]) -> list[str]:
    """For each indicator and period the sum of the areas shown, how many are missing, and the city's own figure."""
    keys = dict.fromkeys((fact.indicator, fact.period) for fact in facts)
    found = (
        _total(subject, [each for each in facts if (each.indicator, each.period) == key], len(keys) > 1) for key in keys
    )
    return [said for said in found if said]


def _total(subject: Subject, parts: list[Fact], is_one_of_many: bool) -> str:
    """Nothing for a single area, for rates, and for figures that are only bounds: these do not add up."""
    is_summed = all(part.bound == "exact" and part.quantity.unit.dimension in SUMMED for part in parts)
    if len(parts) < 2 or not is_summed:
        return ""
    whole = subject.fact(parts[0].indicator, subject.city, parts[0].period)
    unit = (whole or parts[0]).quantity.unit
    total: Decimal = sum(part.quantity.in_base for part in parts)
    shown = show(Quantity(shortest(total / unit.per_base), unit), subject.wording.catalogue)
    city = subject.wording.area(subject.city)
    said = [subject("members_total", count=len(parts), total=shown)]
    if is_one_of_many:
        names = {"name": subject.indicator(parts[0].indicator), "period": subject.wording.period(parts[0].period)}
        said = [subject("members_total_of", count=len(parts), total=shown, **names)]
    declared = subject.edition.tables["areas"].by_key()[subject.city]["members"]
    # Before the city's own figure: after it they would seem to be missing from that.
    if declared and declared > len(parts):
        said = [subject("members_missing", said=said[0], count=declared - len(parts))]
    if whole and whole.bound == "exact" and whole.quantity.in_base == total:
        said.append(subject("members_equal", city=city))
    elif whole:
        said.append(subject("members_other", city=city, amount=subject.wording.amount(whole)))
    return subject("alt.clauses").join(said)
