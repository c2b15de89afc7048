"""The panel of the chart of paths: figures, dashed lines onwards, the named paths, and the one a reader moves."""

import altair as alt

from diaoyan.chart_lines import year_labels
from diaoyan.chart_paths_lines import PathLines
from diaoyan.chart_paths_live import LIVE, LivePaths
from diaoyan.chart_subject import point
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
from diaoyan.targets import Aim, Path

TOP = 12
BOTTOM = 302
# The years, and some air above the lines of words.
FOOT = 34
# Letters beside each other are this far apart, and names below the lines they begin.
BETWEEN_LETTERS = 17
BELOW = 18
DASHES, DOTS = [6, 4], [1, 3]
# More than other charts have: what a reader may choose rises far above what is known.
MOST_GRIDLINES = 6
# Beside a reader's own path the named ones step back.
FAINT = 0.25


class PathsPanel:
    """The scales of the chart and the marks on them; `below` are words in lines of their own."""

    def __init__(self, lines: PathLines, live: LivePaths):
        self.lines = lines
        self.live = live
        self.subject = lines.subject
        known = [fact.quantity.in_base for fact in lines.facts]
        goals = [aim.goal for _, aim in lines.named]
        trends = [path.at(lines.last_year) for path in (*lines.others.values(), *lines.further_trends)]
        # Whatever a reader chooses stays within the frame.
        values = [*known, *goals, *trends, lines.start.quantity.in_base + live.most_points * live.years]
        self.years = [min(int(fact.period) for fact in lines.facts), lines.last_year]
        percent, rounds = self.subject.wording.percent, ticks(values, MOST_GRIDLINES)
        self.grid = [{"value": float(each), "label": percent(each)} for each in rounds]
        self.bottom, self.top = extent([*map(float, values)])
        self.left = widest([row["label"] for row in self.grid], SMALL) + GAP
        self.right = WIDTH - widest([self.subject.wording.period(str(self.years[1]))], SMALL) / 2 - GAP
        of_years = alt.Scale(domain=self.years, range=[self.left + GAP, self.right], nice=False)
        self.x = alt.X("year", type="quantitative", scale=of_years, axis=None)
        self.y = alt.Y("value", type="quantitative", scale=scale([self.bottom, self.top], BOTTOM, TOP), axis=None)

    def drawn(self, words: list[str]) -> dict:
        """The panel, with these words in lines of their own below it."""
        lines, start = self.lines, point(self.lines.start)
        below = [line for each in words for line in balanced(each, WIDTH, SMALL)]
        return panel(
            BOTTOM + FOOT + LINE * len(below),
            rule(self.grid, self.left, self.y, HAIRLINE, x2=self.right + GAP),
            text(self.grid, "label", self.left - 8, self.y, align="right", colour=MUTED, size=SMALL),
            *self._year_labels(lines.steepest.year),
            *(each for area in lines.history for each in self._area(area)),
            *(self._further_trend(path) for path in lines.further_trends),
            *self._area_names(),
            *(each for _, aim in lines.named for each in self._named_path(aim)),
            *self._letters(),
            *self._own_path(),
            *(self._line_below(number, line) for number, line in enumerate(below)),
            dots([start], self.x, self.y, CITY),
            text([self._start_label(start)], "label", self.x, self.y, colour=CITY, fontWeight="bold", dy=20),
        )

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

    def _start_label(self, start: dict) -> dict:
        fact, wording = self.lines.start, self.subject.wording
        label = self.subject("name_amount", name=wording.area(fact.area), amount=wording.amount(fact))
        return {**start, "label": label}

    def _colour(self, area: str) -> str:
        return PROVINCE if area == self.subject.province() else MUTED

    def _line(self, points: list[dict], colour: str, size: float, **style) -> alt.Chart:
        opacity = style.pop("opacity", None)
        marks = layer(points).mark_line(color=colour, strokeWidth=size, **style)
        return marks.encode(x=self.x, y=self.y, **({"opacity": opacity} if opacity else {}))

    def _area(self, area: str) -> list[alt.Chart]:
        """An area's figures as a line, and its path onwards, dashed."""
        colour, newest = self._colour(area), self.lines.others[area].newest
        ends = [{"year": year, "since": year - int(newest.period)} for year in (int(newest.period), self.years[1])]
        onwards = f"{float(newest.quantity.in_base)!r} + datum.since * {self.live.yearly(area)}"
        return [
            self._line([point(fact) for fact in self.lines.history[area]], colour, 3),
            self._line(ends, colour, 2, strokeDash=DASHES).transform_calculate(value=onwards),
        ]

    def _further_trend(self, path: Path) -> alt.Chart:
        """Another trend of an area, which steps back with the named paths."""
        end = {"year": self.years[1], "value": float(path.at(self.years[1]))}
        colour, opacity = self._colour(path.newest.area), _when(LIVE, FAINT, 1)
        return self._line([point(path.newest), end], colour, 2, strokeDash=DASHES, opacity=opacity)

    def _area_names(self) -> list[alt.Chart]:
        """The areas' names below the beginnings of their lines, moved apart where they would meet."""
        begun = {area: point(facts[0]) for area, facts in self.lines.history.items()}
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
            self._line([point(self.lines.start), goal], CITY, 2, strokeDash=DASHES, opacity=opacity),
            end.encode(x=self.x, y=self.y, opacity=opacity),
        ]

    def _letters(self) -> list[alt.Chart]:
        """The letters of the named paths beside their goals, those of one year moved apart."""
        layers = []
        for year in dict.fromkeys(aim.year for _, aim in self.lines.named):
            goals = [(letter, float(aim.goal)) for letter, aim in self.lines.named if aim.year == year]
            places = spread([self._height(goal) + 4 for _, goal in goals], BETWEEN_LETTERS, (TOP, BOTTOM))
            for (letter, goal), place in zip(goals, places, strict=True):
                row = {"year": year, "value": goal, "label": letter}
                layers.append(text([row], "label", self.x, place, colour=CITY, fontWeight="bold", dx=10))
        return layers

    def _own_path(self) -> list[alt.Chart]:
        """The reader's path as far as the chart goes, and the target year as a line upwards."""
        value, year = float(self.lines.start.quantity.in_base), int(self.lines.start.period)
        ends = [{"year": year + years, "years": years} for years in (0, self.live.years)]
        line = self._line(ends, CITY, 3.5, opacity=_when(LIVE, 1, 0))
        moved = line.transform_calculate(value=f"{value!r} + rise * datum.years")
        target = rule([{}], self.x, TOP, CITY, y2=BOTTOM).transform_calculate(year="target_year")
        return [target.encode(opacity=_when(LIVE, 1, 0)), moved]

    def _line_below(self, number: int, words: str) -> alt.Chart:
        """A line of text below the chart."""
        height = BOTTOM + FOOT + LINE * number + LINE / 2
        return text([{"label": words}], "label", 0, height, colour=CITY, size=SMALL)


def _when(parameter: str, so: float, otherwise: float) -> alt.OpacityValue:
    return alt.OpacityValue(alt.ExprRef(f"{parameter} ? {so} : {otherwise}"))
