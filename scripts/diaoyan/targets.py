"""Targets: what a recommendation would have to reach by a year, and the yearly pace it takes from the newest figure."""

import string
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.edition import Edition
from diaoyan.facts import Comparison, Fact
from diaoyan.periods import is_year
from diaoyan.quantities import rounded, shortest
from diaoyan.tables import Row

GOAL_DECIMALS = 2
# A yearly pace of percentage points is small: one decimal more than the intensities have.
PACE_DECIMALS = 3


@dataclass(frozen=True)
class Path:
    """Where another area will stand: held at its newest figure, or on the straight line from `since` through it."""

    newest: Fact
    since: Fact | None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figures the path rests on, the newest first."""
        return (self.newest, self.since) if self.since else (self.newest,)

    @property
    def yearly(self) -> Decimal:
        """The assumed change a year, in base units."""
        if self.since is None:
            return Decimal(0)
        comparison = Comparison(self.newest, self.since)
        return comparison.difference / comparison.years

    def at(self, year: int) -> Decimal:
        """The assumed value in a year, in base units."""
        return self.newest.quantity.in_base + self.yearly * (year - int(self.newest.period))


@dataclass(frozen=True)
class Aim:
    """A row of targets with the city's newest figure, and the goal a document states or the `path` that gives it."""

    row: Row
    start: Fact
    stated_goal: Fact | None
    path: Path | None
    # Which way is better, as in the table of indicators.
    direction: str

    @property
    def year(self) -> int:
        """The year to reach it by."""
        return int(self.row["period"])

    @property
    def years(self) -> int:
        """Years from the newest figure to the target."""
        return self.year - int(self.start.period)

    @property
    def goal(self) -> Decimal:
        """The value to reach, in base units."""
        return self.stated_goal.quantity.in_base if self.stated_goal else self.path.at(self.year)

    @property
    def is_reached(self) -> bool:
        """Whether the newest figure is there already, or better."""
        return self.is_reached_by(self.start)

    def is_reached_by(self, fact: Fact) -> bool:
        """Whether a figure is there, or better."""
        value = fact.quantity.in_base
        return value <= self.goal if self.direction == "down" else value >= self.goal

    @property
    def yearly_points(self) -> Decimal:
        """Percentage points a year that lead from the start to the goal along a straight line."""
        return (self.goal - self.start.quantity.in_base) / self.years

    def at(self, year: int) -> Decimal:
        """The value in a year on the straight line from the start to the goal, in base units."""
        return self.start.quantity.in_base + self.yearly_points * (year - int(self.start.period))


def fine(value: Decimal, decimals: int) -> Decimal:
    """The value with so many decimals, and one more where it has it."""
    finer = shortest(rounded(value, decimals + 1))
    return finer if -finer.as_tuple().exponent > decimals else rounded(value, decimals)


def aims(edition: Edition) -> list[Aim]:
    """The targets whose figures are known, in the order of the table."""
    found = (aim_of(row, edition) for row in edition.tables["targets"])
    return [aim for aim in found if aim]


def letters(found: list[Aim]) -> dict[str, str]:
    """The letters of the paths still to be gone, by target: the same in the table and in every chart."""
    ahead = [aim.row["target"] for aim in found if aim.path and not aim.is_reached]
    return {target: _letter(number) for number, target in enumerate(ahead)}


def _letter(number: int) -> str:
    """A to Z, then AA, AB …"""
    before, last = divmod(number, len(string.ascii_uppercase))
    return (_letter(before - 1) if before else "") + string.ascii_uppercase[last]


def aim_of(row: Row, edition: Edition) -> Aim | None:
    """A target with its figures; None where one is missing, or where the newest is not older than the target."""
    start = newest(edition, row["indicator"], edition.meta["city"])
    if start is None or int(start.period) >= int(row["period"]):
        return None
    direction = edition.tables["indicators"].by_key()[row["indicator"]]["direction"]
    if not row["comparison_area"]:
        stated = edition.facts.find(row["indicator"], edition.meta["city"], row["period"])
        return Aim(row, start, stated, None, direction) if stated else None
    path = path_of(row, edition)
    return Aim(row, start, None, path, direction) if path else None


def path_of(row: Row, edition: Edition) -> Path | None:
    """The path of the area a target is measured against; None without its figures."""
    area_now = newest(edition, row["indicator"], row["comparison_area"])
    if area_now is None or row["path"] == "held":
        return area_now and Path(area_now, None)
    since = edition.facts.find(row["indicator"], row["comparison_area"], row["since"])
    is_usable = since and since.qualifier is None and int(since.period) < int(area_now.period)
    return Path(area_now, since) if is_usable else None


def newest(edition: Edition, indicator: str, area: str) -> Fact | None:
    """The newest exact figure of a year; a target is none."""
    series = edition.facts.series(indicator, area)
    known = [fact for fact in series if is_year(fact.period) and fact.qualifier is None]
    return known[-1] if known else None
