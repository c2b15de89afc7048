"""Pairs of figures: which of two editions are compared with which, in what manner, and why others are not."""

from collections.abc import Iterator
from dataclasses import dataclass

from diaoyan.city_figures import base_fact, city_facts, key_fact, peer_facts, period_form, whole_fact
from diaoyan.edition import Edition
from diaoyan.facts import Fact

# The sizes of cities differ; of these only the growth of each can be held against that of the other.
SIZED = ("count", "money")
COMPARED = ("change", "gap", "growth")


@dataclass(frozen=True)
class FigurePair:
    """A figure of each edition for one indicator, and how they are compared.

    `manner` is change, gap, growth (of each since its own base), or why not: part_of_year, span, not_newer, no_base.
    """

    first: Fact
    second: Fact
    manner: str
    bases: tuple[Fact | None, Fact | None] = (None, None)
    # What each is held against, of the same period: a rate against the peers' rates, an amount against the whole's.
    beside: tuple[tuple[Fact, Fact], ...] = ()
    # The newest figure of each, where an older one is compared because only that is of a period that both have.
    newest: tuple[Fact, ...] = ()

    @property
    def is_compared(self) -> bool:
        """Whether anything is said of the two together."""
        return self.manner in COMPARED


def pairs_of_years(older: Edition, newer: Edition) -> list[FigurePair]:
    """The figures of two periods of a city for each indicator that both editions have."""
    shared = _shared(older, newer)
    return [_of_years(older, newer, *facts) for facts in shared if facts[0].period != facts[1].period]


def pairs_of_cities(first: Edition, second: Edition) -> list[FigurePair]:
    """The figures of two cities for each indicator that both editions have."""
    return [_of_cities(first, second, *facts) for facts in _shared(first, second)]


def only_in(edition: Edition, other: Edition) -> tuple[Fact, ...]:
    """The figures of an edition for indicators that the other has nothing of."""
    return tuple(fact for fact in city_facts(edition) if key_fact(other, fact.indicator) is None)


def reads_otherwise(one: Fact, other: Fact) -> bool:
    """Whether two records of a figure do not say the same."""
    return (one.quantity.in_base, one.qualifier) != (other.quantity.in_base, other.qualifier)


def _shared(first: Edition, second: Edition) -> Iterator[tuple[Fact, Fact]]:
    """The key figures of the indicators that both have, in the order of the second."""
    for fact in city_facts(second):
        other = key_fact(first, fact.indicator)
        if other:
            yield other, fact


def _of_years(older: Edition, newer: Edition, old: Fact, new: Fact) -> FigurePair:
    """Two periods of a city. Where the newer edition restates the older figure, the change is measured from that."""
    if why_not := _why_not(older, newer, old, new):
        return FigurePair(old, new, why_not)
    if new.period < old.period:
        return FigurePair(old, new, "not_newer")
    restated = newer.facts.find(old.indicator, old.area, old.period)
    is_restated = restated and newer.speaks(restated, later=False) and reads_otherwise(old, restated)
    base = restated if is_restated else old
    return FigurePair(base, new, "change", beside=tuple(_beside(older, newer, old, new)))


def _beside(older: Edition, newer: Edition, old: Fact, new: Fact) -> Iterator[tuple[Fact, Fact]]:
    """What both figures can be held against, each as its own edition had it."""
    before, now = (
        {other.area: other for other in (*peer_facts(edition, fact), whole_fact(edition, fact)) if other}
        for edition, fact in ((older, old), (newer, new))
    )
    return ((before[area], other) for area, other in now.items() if area in before)


def _of_cities(first: Edition, second: Edition, own: Fact, other: Fact) -> FigurePair:
    """Two cities: rates and what is given per head by their gap, of the same period where both have one."""
    if own.quantity.unit.dimension in SIZED:
        bases = (base_fact(first, own), base_fact(second, other))
        if all(bases):
            return FigurePair(own, other, "growth", bases)
        return FigurePair(own, other, _why_not(first, second, own, other) or "no_base")
    known = [_by_period(*each) for each in ((first, own), (second, other))]
    shared = known[0].keys() & known[1].keys()
    pair = tuple(facts[max(shared)] for facts in known) if shared else (own, other)
    newest = tuple(facts[max(facts)] for facts in known) if shared else pair
    why_older = newest if newest != pair else ()
    return FigurePair(*pair, _why_not(first, second, *pair) or "gap", newest=why_older)


def _by_period(edition: Edition, fact: Fact) -> dict[str, Fact]:
    """All figures of the same kind that the edition may use, by period."""
    series = edition.facts.series(fact.indicator, fact.area)
    return {each.period: each for each in series if each.qualifier != "target" and edition.speaks(each, later=False)}


def _why_not(first: Edition, second: Edition, one: Fact, other: Fact) -> str | None:
    """Why figures of two periods are not compared: spans differ in length, part of a year's flow is no year's."""
    forms = period_form(first, one), period_form(second, other)
    if "span" in forms:
        return "span"
    # The flow up to the same day of two years is compared like with like.
    of_like_length = one.period[4:] == other.period[4:]
    return "part_of_year" if "part_of_year" in forms and not of_like_length else None
