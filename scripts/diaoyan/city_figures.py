"""The city's figures, and what each is held against: chosen by rule, the same for cards and for sentences."""

from diaoyan.edition import Edition
from diaoyan.facts import Fact
from diaoyan.periods import is_year

# Only of these is the figure of an area the sum of those of its parts.
SUMMED = ("count", "money")


def key_fact(edition: Edition, indicator: str) -> Fact | None:
    """The city's figure of the report year, else the newest that had been published by the report's date."""
    series = edition.facts.series(indicator, edition.meta["city"])
    known = [fact for fact in series if fact.qualifier != "target" and edition.speaks(fact, later=False)]
    of_year = [fact for fact in known if fact.period == edition.meta["report_year"]]
    return next(reversed(of_year or known), None)


def city_facts(edition: Edition) -> list[Fact]:
    """A figure for each indicator of the city: the key figures in their order, then the others in that of the table."""
    highlights = sorted(edition.tables["highlights"], key=lambda row: row["position"])
    names = [row["indicator"] for row in (*highlights, *edition.tables["indicators"])]
    found = (key_fact(edition, name) for name in dict.fromkeys(names))
    return [fact for fact in found if fact]


def period_form(edition: Edition, fact: Fact) -> str:
    """How the period of a figure reads: `year`, `span`, at a `day`, or `part_of_year` of a flow up to a day."""
    if is_year(fact.period):
        return "year"
    if "/" in fact.period:
        return "span"
    measure = edition.tables["indicators"].by_key()[fact.indicator]["measure"]
    return "part_of_year" if measure == "flow" else "day"


def base_fact(edition: Edition, fact: Fact) -> Fact | None:
    """The figure of the base year that a change is measured from; part of a year's flow has none."""
    base = edition.meta["base_year"]
    measure = edition.tables["indicators"].by_key()[fact.indicator]["measure"]
    if fact.period <= base or (measure == "flow" and not is_year(fact.period)):
        return None
    return _spoken(edition, fact.indicator, fact.area, base)


def peer_facts(edition: Edition, fact: Fact) -> list[Fact]:
    """The peers' figures of the same period: areas of different size are compared by rates only."""
    if fact.quantity.unit.dimension != "percent":
        return []
    found = (_spoken(edition, fact.indicator, peer, fact.period) for peer in edition.meta["peers"])
    return [other for other in found if other]


def whole_fact(edition: Edition, fact: Fact) -> Fact | None:
    """The same amount of the area that the city lies in, which its own is a share of."""
    return parent_fact(edition, fact) if fact.quantity.unit.dimension in SUMMED else None


def fellow_facts(edition: Edition, fact: Fact) -> list[Fact]:
    """The exact figures of all areas of the same parent, the city's own among them; none unless all are known."""
    areas = edition.tables["areas"].by_key()
    parent = areas[fact.area]["parent"]
    fellows = [name for name, row in areas.items() if parent and row["parent"] == parent]
    found = [_spoken(edition, fact.indicator, name, fact.period) for name in fellows]
    is_whole = bool(parent) and len(fellows) == areas[parent]["members"] and len(fellows) > 1
    return found if is_whole and all(other and other.bound == "exact" for other in found) else []


def parent_fact(edition: Edition, fact: Fact) -> Fact | None:
    """The figure of the area that the city lies in, of the same period."""
    parent = edition.tables["areas"].by_key()[fact.area]["parent"]
    return _spoken(edition, fact.indicator, parent, fact.period) if parent else None


def newer_facts(edition: Edition, fact: Fact) -> list[tuple[Fact, Fact]]:
    """Of the city and its peers the newest figure published after the report, with that of the report's own time."""
    pairs = []
    for area in (fact.area, *(peer.area for peer in peer_facts(edition, fact))):
        series = edition.facts.series(fact.indicator, area)
        known = [each for each in series if is_year(each.period) and each.qualifier is None]
        then = edition.facts.find(fact.indicator, area, fact.period)
        if then and known and known[-1].period > fact.period and not edition.speaks(known[-1], later=False):
            pairs.append((known[-1], then))
    return pairs


def _spoken(edition: Edition, indicator: str, area: str, period: str) -> Fact | None:
    """A figure that had been published by the report's date."""
    fact = edition.facts.find(indicator, area, period)
    return fact if fact and edition.speaks(fact, later=False) else None
