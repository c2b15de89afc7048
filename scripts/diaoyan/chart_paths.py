"""The chart of paths: where city and benchmarks stand, and what yearly rise brings the city level with them.

In print it shows the rows of `targets` as named paths; on a page a reader moves a path of his own (`chart_paths_live`).
"""

import json
import string

import altair as alt

from diaoyan.chart_lines import year_labels
from diaoyan.chart_paths_live import LIVE, LivePaths
from diaoyan.chart_subject import Drawing, Subject, periods_of
from diaoyan.chart_theme import (
    CITY,
    GAP,
    HAIRLINE,
    LINE,
    MUTED,
    PAPER,
    PROVINCE,
    SMALL,
    WIDTH,
    dots,
    layer,
    panel,
    rule,
    scale,
    text,
    ticks,
    widest,
)
from diaoyan.facts import Fact
from diaoyan.periods import is_year
from diaoyan.quantities import digits, rounded
from diaoyan.targets import Aim, aims

TOP = 12
BOTTOM = 262
# The years, and some air above the lines of words.
FOOT = 34
# What a reader can look beyond the last target.
YEARS_BEYOND = 5
GOAL_DECIMALS, POINTS_DECIMALS = 2, 3
DASHES, DOTS = [6, 4], [1, 3]
# Beside a reader's own path the named ones step back.
FAINT = 0.25


def paths(subject: Subject) -> Drawing | None:
    """The targets of the row's indicator that lie ahead; None without one that is measured against another area."""
    known = aims(subject.edition) if subject.later else []
    ahead = [aim for aim in known if aim.row["indicator"] in subject.indicators and aim.path and not aim.is_reached]
    return _Paths(subject, ahead).drawing() if ahead else None


class _Paths:
    """Puts the chart together."""

    def __init__(self, subject: Subject, ahead: list[Aim]):
        self.subject = subject
        self.named = list(zip(string.ascii_uppercase, ahead, strict=False))
        self.start = ahead[0].start
        # One path for each area: its trend, where a target declares one.
        others = {aim.path.newest.area: aim.path for aim in sorted(ahead, key=lambda aim: aim.path.since is not None)}
        self.history = {area: self._years(area) for area in others}
        last_year = max(aim.year for aim in ahead) + YEARS_BEYOND
        self.live = LivePaths(subject, self.start, others, last_year)
        self._scales([path.at(last_year) for path in others.values()])

    def _scales(self, ends: list) -> None:
        years = [int(fact.period) for facts in self.history.values() for fact in facts]
        known = [fact.quantity.in_base for facts in self.history.values() for fact in facts]
        rounds = ticks([*known, *ends])
        self.years = [min(years), self.live.last_year]
        wording = self.subject.wording
        self.grid = [{"value": float(each), "label": wording.percent(each)} for each in rounds]
        self.top = max(map(float, (*known, *ends)))
        self.left = widest([row["label"] for row in self.grid], SMALL) + GAP
        self.right = WIDTH - widest([wording.period(str(self.years[1]))], SMALL) / 2 - GAP
        of_years = alt.Scale(domain=self.years, range=[self.left + GAP, self.right], nice=False)
        self.x = alt.X("year", type="quantitative", scale=of_years, axis=None)
        self.y = alt.Y("value", type="quantitative", scale=scale([0, self.top], BOTTOM, TOP), axis=None)

    def drawing(self) -> Drawing:
        """The panel, its facts and its finding in words."""
        # The reader starts from the steepest of the named paths.
        _, first = max(self.named, key=lambda named: named[1].yearly_points)
        drawn = panel(
            BOTTOM + FOOT + LINE * max(len(self.named), len(self.live.answers())),
            rule(self.grid, self.left, self.y, HAIRLINE, x2=self.right + GAP),
            text(self.grid, "label", self.left - 8, self.y, align="right", colour=MUTED, size=SMALL),
            *self._year_labels(first.year),
            *(each for area in self.history for each in self._area(area)),
            *(each for number in range(len(self.named)) for each in self._named_path(number)),
            *self._own_path(),
            dots([self._point(self.start)], self.x, self.y, CITY),
            text([self._start_label()], "label", self.x, self.y, colour=CITY, fontWeight="bold", dy=20),
        )
        facts = [self.start, *(fact for facts in self.history.values() for fact in facts)]
        said = [self._said(letter, aim) for letter, aim in self.named]
        moved = self.live.parameters(first.yearly_points, first.year)
        periods = [*periods_of(facts), max(aim.row["period"] for _, aim in self.named)]
        return Drawing([drawn], facts, said, periods, parameters=moved)

    def _years(self, area: str) -> list[Fact]:
        series = self.subject.series(self.start.indicator, area)
        return [fact for fact in series if is_year(fact.period)]

    def _year_labels(self, target: int) -> list[alt.Chart]:
        """Years below the axis: back from the first target, so that it is among them, and the last of all."""
        first, last = self.years
        width = (self.right - self.left) * (target - first) / (last - first)
        end = [{"year": last, "label": self.subject.wording.period(str(last))}]
        place = BOTTOM + 16
        return [
            year_labels(self.subject, [first, target], self.x, place, width),
            text(end, "label", self.x, place, align="center", colour=MUTED, size=SMALL),
        ]

    def _point(self, fact: Fact) -> dict:
        return {"year": int(fact.period), "value": float(fact.quantity.in_base), "anchor": fact.anchor}

    def _start_label(self) -> dict:
        wording = self.subject.wording
        name, amount = wording.area(self.start.area), wording.amount(self.start)
        return {**self._point(self.start), "label": self.subject("name_amount", name=name, amount=amount)}

    def _colour(self, area: str) -> str:
        return PROVINCE if area == self.subject.province() else MUTED

    def _line(self, points: list[dict], colour: str, size: float, **style) -> alt.Chart:
        opacity = style.pop("opacity", None)
        marks = layer(points).mark_line(color=colour, strokeWidth=size, **style)
        return marks.encode(x=self.x, y=self.y, **({"opacity": opacity} if opacity else {}))

    def _area(self, area: str) -> list[alt.Chart]:
        """An area's figures as a line, and its path onwards, dashed, with the area's name where it begins."""
        colour, first, newest = self._colour(area), self.history[area][0], self.history[area][-1]
        ends = [{"year": year, "since": year - int(newest.period)} for year in (int(newest.period), self.years[1])]
        onwards = f"{float(newest.quantity.in_base)!r} + datum.since * {self.live.yearly(area)}"
        name = [{**self._point(first), "label": self.subject.wording.area(area)}]
        return [
            self._line([self._point(fact) for fact in self.history[area]], colour, 3),
            self._line(ends, colour, 2, strokeDash=DASHES).transform_calculate(value=onwards),
            text(name, "label", self.x, self.y, colour=colour, fontWeight="bold", dy=18),
        ]

    def _named_path(self, number: int) -> list[alt.Chart]:
        """A dashed line from the newest figure to the goal, its letter there, and below the chart what it takes."""
        letter, aim = self.named[number]
        opacity = _when(LIVE, FAINT, 1)
        goal = {"year": aim.year, "value": float(aim.goal), "label": letter}
        layers = []
        if aim.path.since is None:
            held = [self._point(aim.path.newest), goal]
            layers.append(self._line(held, self._colour(aim.path.newest.area), 1.5, strokeDash=DOTS, opacity=opacity))
        point = layer([goal]).mark_point(shape="circle", color=CITY, fill=PAPER, size=90)
        name = text([goal], "label", self.x, self.y, colour=CITY, fontWeight="bold", dx=10, dy=4)
        return [
            *layers,
            self._line([self._point(self.start), goal], CITY, 2, strokeDash=DASHES, opacity=opacity),
            point.encode(x=self.x, y=self.y, opacity=opacity),
            name.encode(opacity=opacity),
            self._line_below(number, json.dumps(self._said(letter, aim), ensure_ascii=False), _when(LIVE, 0, 1)),
        ]

    def _own_path(self) -> list[alt.Chart]:
        """The reader's path as far as the chart goes, and in the place of the named ones what it comes to."""
        start, year = float(self.start.quantity.in_base), int(self.start.period)
        ends = [{"part": 0}, {"part": 1}]
        length = f"min({self.years[1] - year}, rise > 0 ? {self.top - start!r} / rise : {self.years[1] - year})"
        line = self._line(ends, CITY, 3.5, opacity=_when(LIVE, 1, 0))
        moved = line.transform_calculate(years=f"datum.part * {length}")
        moved = moved.transform_calculate(year=f"{year} + datum.years", value=f"{start!r} + rise * datum.years")
        said = enumerate(self.live.answers())
        return [moved, *(self._line_below(number, words, _when(LIVE, 1, 0)) for number, words in said)]

    def _line_below(self, number: int, words: str, opacity: dict) -> alt.Chart:
        """A line of text below the chart; `words` is an expression."""
        style = {"align": "left", "baseline": "middle", "fontSize": SMALL, "color": CITY}
        marks = layer([{}]).mark_text(text=alt.ExprRef(words), **style)
        height = BOTTOM + FOOT + LINE * number + LINE / 2
        return marks.encode(x=alt.value(0), y=alt.value(height), opacity=opacity)

    def _said(self, letter: str, aim: Aim) -> str:
        """A named path in words: its letter, its name, its goal and the rise it takes."""
        wording = self.subject.wording
        return self.subject(
            "paths.named",
            letter=letter,
            name=aim.row[f"name_{wording.catalogue.language}"],
            year=wording.period(aim.row["period"]),
            goal=wording.percent(rounded(aim.goal, GOAL_DECIMALS)),
            points=digits(rounded(aim.yearly_points, POINTS_DECIMALS), ""),
        )


def _when(parameter: str, so: float, otherwise: float) -> dict:
    return alt.value(alt.ExprRef(f"{parameter} ? {so} : {otherwise}"))
