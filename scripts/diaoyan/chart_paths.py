"""The chart of paths: where city and benchmarks stand, and what yearly rise brings the city level with them.

In print it shows the rows of `targets` as named paths; on a page a reader moves a path of his own (`chart_paths_live`).
"""

import altair as alt

from diaoyan.chart_lines import year_labels
from diaoyan.chart_paths_live import LIVE, LivePaths
from diaoyan.chart_subject import Drawing, Subject, periods_of, point, yearly
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
    balanced,
    dots,
    extent,
    layer,
    panel,
    rule,
    scale,
    spread,
    text,
    ticks,
    widest,
    width_of,
)
from diaoyan.quantities import digits, rounded
from diaoyan.targets import GOAL_DECIMALS, PACE_DECIMALS, Aim, Path, aims, letters

TOP = 12
BOTTOM = 262
# The years, and some air above the lines of words.
FOOT = 34
# What a reader can look beyond the last target.
YEARS_BEYOND = 5
# Letters beside each other are this far apart, and names below the lines they begin.
BETWEEN_LETTERS = 17
BELOW = 18
DASHES, DOTS = [6, 4], [1, 3]
# Beside a reader's own path the named ones step back.
FAINT = 0.25


def paths(subject: Subject) -> Drawing | None:
    """The paths of the row's indicator to its areas (all, where it names none) that lie ahead; None without one.

    A rate that is to come down has none: the reader moves a rise.
    """
    known = aims(subject.edition) if subject.later else []
    lettered = letters(known)
    wanted = [area for area in subject.areas if area != subject.city]
    ahead = [
        (lettered[aim.row["target"]], aim)
        for aim in known
        if aim.row["target"] in lettered
        and aim.row["indicator"] in subject.indicators
        and aim.row["comparison_area"] in (wanted or [aim.row["comparison_area"]])
        and aim.direction != "down"
    ]
    return _Paths(subject, ahead).drawing() if ahead else None


class _Paths:
    """Puts the chart together."""

    def __init__(self, subject: Subject, named: list[tuple[str, Aim]]):
        self.subject = subject
        self.named = named
        ahead = [aim for _, aim in named]
        self.start = ahead[0].start
        others = _others([aim.path for aim in ahead])
        self.history = {area: yearly(subject.series(self.start.indicator, area)) for area in others}
        self.other_trends = self._other_trends(others)
        last_year = max(aim.year for aim in ahead) + YEARS_BEYOND
        self.live = LivePaths(subject, self.start, others, last_year)
        drawn = [*others.values(), *self.other_trends]
        self._scales([path.at(last_year) for path in drawn] + [aim.goal for aim in ahead])

    def _scales(self, ends: list) -> None:
        years = [int(fact.period) for facts in self.history.values() for fact in facts]
        known = [fact.quantity.in_base for facts in self.history.values() for fact in facts]
        rounds = ticks([*known, *ends])
        self.years = [min(years), self.live.last_year]
        wording = self.subject.wording
        self.grid = [{"value": float(each), "label": wording.percent(each)} for each in rounds]
        self.bottom, self.top = extent([*map(float, (*known, *ends))])
        self.left = widest([row["label"] for row in self.grid], SMALL) + GAP
        self.right = WIDTH - widest([wording.period(str(self.years[1]))], SMALL) / 2 - GAP
        of_years = alt.Scale(domain=self.years, range=[self.left + GAP, self.right], nice=False)
        self.x = alt.X("year", type="quantitative", scale=of_years, axis=None)
        self.y = alt.Y("value", type="quantitative", scale=scale([self.bottom, self.top], BOTTOM, TOP), axis=None)

    def drawing(self) -> Drawing:
        """The panel, its facts and its finding in words."""
        # The reader starts from the steepest of the named paths.
        _, first = max(self.named, key=lambda named: named[1].yearly_points)
        said = [self._said(letter, aim) for letter, aim in self.named]
        below = [line for words in said for line in balanced(words, WIDTH, SMALL)]
        drawn = panel(
            BOTTOM + FOOT + LINE * len(below),
            rule(self.grid, self.left, self.y, HAIRLINE, x2=self.right + GAP),
            text(self.grid, "label", self.left - 8, self.y, align="right", colour=MUTED, size=SMALL),
            *self._year_labels(first.year),
            *(each for area in self.history for each in self._area(area)),
            *(self._other_trend(path) for path in self.other_trends),
            *self._area_names(),
            *(each for letter, aim in self.named for each in self._named_path(aim)),
            *self._letters(),
            *self._own_path(),
            *(self._line_below(number, words) for number, words in enumerate(below)),
            dots([point(self.start)], self.x, self.y, CITY),
            text([self._start_label()], "label", self.x, self.y, colour=CITY, fontWeight="bold", dy=20),
        )
        facts = [self.start, *(fact for facts in self.history.values() for fact in facts)]
        moved = self.live.parameters(first.yearly_points, first.year)
        periods = [*periods_of(facts), max(aim.row["period"] for _, aim in self.named)]
        return Drawing([drawn], facts, said, periods, parameters=moved)

    def _other_trends(self, others: dict[str, Path]) -> list[Path]:
        """Further trends of an area than the one a reader moves against, each once."""
        trends = {aim.path.since.anchor: aim.path for _, aim in self.named if aim.path.since}
        return [path for path in trends.values() if path not in others.values()]

    def _year_labels(self, target: int) -> list[alt.Chart]:
        """Years below the axis: back from the first target, so that it is among them, and the last of all."""
        first, last = self.years
        width = (self.right - self.left) * (target - first) / (last - first)
        label = self.subject.wording.period(str(last))
        # The last year stays out where it would run into the target's.
        has_room = self.right - self.left - width > width_of(label, SMALL) + GAP
        end = [{"year": last, "label": label}] if has_room else []
        place = BOTTOM + 16
        return [
            year_labels(self.subject, [first, target], self.x, place, width),
            text(end, "label", self.x, place, align="center", colour=MUTED, size=SMALL),
        ]

    def _start_label(self) -> dict:
        wording = self.subject.wording
        name, amount = wording.area(self.start.area), wording.amount(self.start)
        return {**point(self.start), "label": self.subject("name_amount", name=name, amount=amount)}

    def _colour(self, area: str) -> str:
        return PROVINCE if area == self.subject.province() else MUTED

    def _line(self, points: list[dict], colour: str, size: float, **style) -> alt.Chart:
        opacity = style.pop("opacity", None)
        marks = layer(points).mark_line(color=colour, strokeWidth=size, **style)
        return marks.encode(x=self.x, y=self.y, **({"opacity": opacity} if opacity else {}))

    def _area(self, area: str) -> list[alt.Chart]:
        """An area's figures as a line, and its path onwards, dashed."""
        colour, newest = self._colour(area), self.live.others[area].newest
        ends = [{"year": year, "since": year - int(newest.period)} for year in (int(newest.period), self.years[1])]
        onwards = f"{float(newest.quantity.in_base)!r} + datum.since * {self.live.yearly(area)}"
        return [
            self._line([point(fact) for fact in self.history[area]], colour, 3),
            self._line(ends, colour, 2, strokeDash=DASHES).transform_calculate(value=onwards),
        ]

    def _other_trend(self, path: Path) -> alt.Chart:
        """Another trend of an area, which steps back with the named paths."""
        end = {"year": self.years[1], "value": float(path.at(self.years[1]))}
        colour, opacity = self._colour(path.newest.area), _when(LIVE, FAINT, 1)
        return self._line([point(path.newest), end], colour, 2, strokeDash=DASHES, opacity=opacity)

    def _area_names(self) -> list[alt.Chart]:
        """The areas' names below the beginnings of their lines, moved apart where they would meet."""
        begun = {area: point(facts[0]) for area, facts in self.history.items()}
        places = spread(
            [self._height(each["value"]) + BELOW for each in begun.values()], LINE, (TOP, BOTTOM - LINE / 2)
        )
        return [
            text(
                [{**each, "label": self.subject.wording.area(area)}],
                "label",
                self.x,
                place,
                colour=self._colour(area),
                fontWeight="bold",
            )
            for (area, each), place in zip(begun.items(), places, strict=True)
        ]

    def _height(self, value: float) -> float:
        """Where a value stands in the panel, in pixels from the top."""
        return BOTTOM - (value - self.bottom) / (self.top - self.bottom) * (BOTTOM - TOP)

    def _named_path(self, aim: Aim) -> list[alt.Chart]:
        """A dashed line from the newest figure to the goal."""
        opacity = _when(LIVE, FAINT, 1)
        goal = {"year": aim.year, "value": float(aim.goal)}
        layers = []
        if aim.path.since is None:
            held = [point(aim.path.newest), goal]
            layers.append(self._line(held, self._colour(aim.path.newest.area), 1.5, strokeDash=DOTS, opacity=opacity))
        end = layer([goal]).mark_point(shape="circle", color=CITY, fill=PAPER, size=90)
        return [
            *layers,
            self._line([point(self.start), goal], CITY, 2, strokeDash=DASHES, opacity=opacity),
            end.encode(x=self.x, y=self.y, opacity=opacity),
        ]

    def _letters(self) -> list[alt.Chart]:
        """The letters of the named paths beside their goals, those of one year moved apart."""
        layers = []
        for year in dict.fromkeys(aim.year for _, aim in self.named):
            goals = [(letter, float(aim.goal)) for letter, aim in self.named if aim.year == year]
            places = spread([self._height(goal) + 4 for _, goal in goals], BETWEEN_LETTERS, (TOP, BOTTOM))
            for (letter, goal), place in zip(goals, places, strict=True):
                row = {"year": year, "value": goal, "label": letter}
                layers.append(text([row], "label", self.x, place, colour=CITY, fontWeight="bold", dx=10))
        return layers

    def _own_path(self) -> list[alt.Chart]:
        """The reader's path as far as the chart goes, and the target year as a line upwards."""
        start, year = float(self.start.quantity.in_base), int(self.start.period)
        ends = [{"part": 0}, {"part": 1}]
        length = f"min({self.years[1] - year}, rise > 0 ? {self.top - start!r} / rise : {self.years[1] - year})"
        line = self._line(ends, CITY, 3.5, opacity=_when(LIVE, 1, 0))
        moved = line.transform_calculate(years=f"datum.part * {length}")
        moved = moved.transform_calculate(year=f"{year} + datum.years", value=f"{start!r} + rise * datum.years")
        target = rule([{}], self.x, TOP, CITY, y2=BOTTOM).transform_calculate(year="target_year")
        return [target.encode(opacity=_when(LIVE, 1, 0)), moved]

    def _line_below(self, number: int, words: str) -> alt.Chart:
        """A line of text below the chart."""
        height = BOTTOM + FOOT + LINE * number + LINE / 2
        return text([{"label": words}], "label", 0, height, colour=CITY, size=SMALL)

    def _said(self, letter: str, aim: Aim) -> str:
        """A named path in words: its letter, its name, its goal and the rise it takes."""
        wording = self.subject.wording
        return self.subject(
            "paths.named",
            letter=letter,
            name=aim.row[f"name_{wording.catalogue.language}"],
            year=wording.period(aim.row["period"]),
            goal=wording.percent(rounded(aim.goal, GOAL_DECIMALS)),
            points=digits(rounded(aim.yearly_points, PACE_DECIMALS), ""),
        )


def _others(paths: list[Path]) -> dict[str, Path]:
    """One path for each area: the first trend that a target declares, or where it stands."""
    others = {}
    for path in paths:
        known = others.get(path.newest.area)
        if known is None or (known.since is None and path.since):
            others[path.newest.area] = path
    return others


def _when(parameter: str, so: float, otherwise: float) -> dict:
    return alt.value(alt.ExprRef(f"{parameter} ? {so} : {otherwise}"))
