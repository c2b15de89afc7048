"""The lines of the chart of paths: the figures it starts from, and what is assumed from there on."""

from dataclasses import dataclass
from functools import cached_property

from diaoyan.chart_subject import Subject, yearly
from diaoyan.facts import Fact
from diaoyan.targets import Aim, Path
from diaoyan.translations import localised

# What a reader can look beyond the last target.
YEARS_BEYOND = 5


@dataclass(frozen=True)
class PathLines:
    """The city's paths `named` by letters, and where the areas they lead to have been and are assumed to go."""

    subject: Subject
    named: list[tuple[str, Aim]]

    @property
    def start(self) -> Fact:
        """The city's newest figure, from which all its paths start."""
        return self.named[0][1].start

    @property
    def steepest(self) -> Aim:
        """The path with the highest yearly rise."""
        return max((aim for _, aim in self.named), key=lambda aim: aim.yearly_points)

    @property
    def last_year(self) -> int:
        """The year the chart ends with."""
        return max(aim.year for _, aim in self.named) + YEARS_BEYOND

    @cached_property
    def others(self) -> dict[str, Path]:
        """The path a reader moves against, by area: the first trend that a target declares, or where it stands."""
        others = {}
        for _, aim in self.named:
            known = others.get(aim.path.newest.area)
            if known is None or (known.since is None and aim.path.since):
                others[aim.path.newest.area] = aim.path
        return others

    @cached_property
    def history(self) -> dict[str, list[Fact]]:
        """The yearly figures of the other areas."""
        return {area: yearly(self.subject.series(self.start.indicator, area)) for area in self.others}

    @property
    def further_trends(self) -> list[Path]:
        """Further trends of an area than the one a reader moves against, each once."""
        trends = {aim.path.since.anchor: aim.path for _, aim in self.named if aim.path.since}
        return [path for path in trends.values() if path not in self.others.values()]

    @property
    def assumed(self) -> list[tuple[Path, int]]:
        """The paths drawn of the other areas, each once, with the years they are drawn to."""
        drawn = [(path, self.last_year) for path in (*self.others.values(), *self.further_trends)]
        held = {aim.path.newest.area: aim.path for _, aim in self.named if aim.path.since is None}
        for area, path in held.items():
            if path is not self.others[area]:
                goals = [aim.year for _, aim in self.named if aim.path == path]
                drawn.append((path, max(goals)))
        return drawn

    def name(self, aim: Aim) -> str:
        """The name of a path in the language of the chart."""
        return localised(aim.row, "name", self.subject.wording.catalogue.language)

    @property
    def facts(self) -> list[Fact]:
        """The figures drawn."""
        return [self.start, *(fact for facts in self.history.values() for fact in facts)]
