"""What a reader may move in the chart of paths, and what it comes to: expressions that a browser works out.

The reader chooses the city's rise a year, a target year, and whether the others go on along their trend or stay where
they are; the page answers when the city draws level, and what rise the target year takes.
"""

import json
import math
import re
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.chart_paths_lines import PathLines
from diaoyan.chart_subject import Subject
from diaoyan.facts import Fact
from diaoyan.targets import PACE_DECIMALS, Path

# True once the page's own script has the chart; in print and without scripts the named paths stand alone.
LIVE = "live"
# The page's script writes the sentences of these names below the chart.
ANSWER = "answer_"
# How far the search for the year of drawing level goes; further where the chart itself does.
LAST_YEAR_SOUGHT = 2100
# Percentage points a year that a reader can choose from: more than any province has kept up over five years.
MOST_POINTS, STEP_POINTS = Decimal("0.25"), Decimal("0.005")
# A hair's breadth, by which binary fractions miss a year reached exactly or the half that is to be rounded up.
HAIR = "1e-9"
# What encloses an expression among the words of a sentence: no text of ours may hold it.
MARK = "\x07"


@dataclass(frozen=True)
class LivePaths:
    """What a reader may move among the lines of the chart, and the answers to it."""

    lines: PathLines

    @property
    def subject(self) -> Subject:
        """What the chart is about."""
        return self.lines.subject

    @property
    def start(self) -> Fact:
        """The city's figure that the reader's path starts from."""
        return self.lines.start

    @property
    def others(self) -> dict[str, Path]:
        """The paths of the areas that the city is held against, by area."""
        return self.lines.others

    @property
    def years(self) -> int:
        """How many years the reader's path is drawn."""
        return self.lines.last_year - int(self.start.period)

    @property
    def first_points(self) -> Decimal:
        """The yearly rise a reader begins with, that of the steepest path."""
        # Rounded up: a rise short of the path's would miss its year.
        return math.ceil(self.lines.steepest.yearly_points / STEP_POINTS) * STEP_POINTS

    @property
    def most_points(self) -> Decimal:
        """The highest yearly rise a reader can choose; the frame of the chart holds it to its last year."""
        return max(MOST_POINTS, self.first_points)

    @property
    def last_past_year(self) -> int:
        """The last year that nobody can still aim at: that of the report, or of the newest figure drawn."""
        drawn = (self.start, *(path.newest for path in self.others.values()))
        return max(int(self.subject.edition.meta["as_of"][:4]), *(int(fact.period) for fact in drawn))

    def parameters(self) -> tuple[dict, ...]:
        """The controls, set to the steepest of the named paths, and the answers."""
        subject, first_target = self.subject, self.lines.steepest.year
        area = subject.wording.area
        others = subject("paths.areas").join(map(area, self.others))
        names = {"rise": subject("paths.rise", area=area(self.start.area)), "held": subject("paths.held", areas=others)}
        rise = {"min": 0, "max": float(self.most_points), "step": float(STEP_POINTS), "name": names["rise"]}
        year = {"min": min(self.last_past_year + 1, first_target), "max": self.lines.last_year, "step": 1}
        bound_year = {"input": "range", **year, "name": subject("paths.target_year")}
        return (
            {"name": LIVE, "value": False},
            {"name": "rise", "value": float(self.first_points), "bind": {"input": "range", **rise}},
            {"name": "target_year", "value": first_target, "bind": bound_year},
            {"name": "held", "value": False, "bind": {"input": "checkbox", "name": names["held"]}},
            *({"name": f"{ANSWER}{number}", "expr": answer} for number, answer in enumerate(self.answers(), 1)),
        )

    def yearly(self, area: str) -> str:
        """The area's rise a year: none where the reader holds the others at their newest figures."""
        return f"(held ? 0 : {_number(self.others[area].yearly)})"

    def answers(self) -> list[str]:
        """A sentence for each area, when the city draws level with it or falls behind, and one on the target year."""
        return [*(self._met(area) for area in self.others), self._needed()]

    def _met(self, area: str) -> str:
        subject, newest = self.subject, self.others[area].newest
        first_year, last = int(self.start.period), max(LAST_YEAR_SOUGHT, self.lines.last_year)
        # Where the area stood in the city's year, going back along its own path.
        then = f"({_number(newest.quantity.in_base)} - {self.yearly(area)} * {int(newest.period) - first_year})"
        closing = f"(rise - {self.yearly(area)})"
        years = f"(({then} - {_number(self.start.quantity.in_base)}) / {closing})"
        # Level counts as met, so that a city falls behind only in the year after.
        met_in, behind_in = f"({first_year} + ceil({years} - {HAIR}))", f"({first_year} + floor({years} + {HAIR}) + 1)"
        is_ahead = f"{_number(self.start.quantity.in_base)} >= {then} - {HAIR}"
        name = subject.wording.area(area)
        ahead = _joined(subject("paths.ahead", area=name))
        ahead_until = _joined(subject("paths.ahead_until", area=name, year=_marked(behind_in)))
        met, met_already = (
            _joined(subject(f"paths.{key}", area=name, year=_marked(met_in))) for key in ("met", "met_already")
        )
        not_met = _joined(subject("paths.not_met", area=name, last=last))
        when_ahead = f"({closing} < 0 && {behind_in} <= {last}) ? {ahead_until} : {ahead}"
        when_met = f"{met_in} <= {self.last_past_year} ? {met_already} : {met}"
        when_below = f"({closing} > 0 && {met_in} <= {last}) ? ({when_met}) : {not_met}"
        return f"({is_ahead}) ? ({when_ahead}) : ({when_below})"

    def _needed(self) -> str:
        subject, first_year = self.subject, int(self.start.period)
        start, parts = _number(self.start.quantity.in_base), []
        for area, path in self.others.items():
            since = f"(target_year - {path.newest.period})"
            goal = f"({_number(path.newest.quantity.in_base)} + {self.yearly(area)} * {since})"
            points = f"(({goal} - {start}) / (target_year - {first_year}))"
            shown = _marked(f"format({HAIR} + {points}, '.{PACE_DECIMALS}f')")
            name = subject.wording.area(area)
            need, none = _joined(subject("paths.need", area=name, points=shown)), subject("paths.no_need", area=name)
            parts.append(_marked(f"({points} > {HAIR} ? {need} : {_joined(none)})"))
        return _joined(subject("paths.by_year", year=_marked("target_year")) + subject("list").join(parts))


def _marked(expression: str) -> str:
    """An expression as a part of a sentence."""
    return f"{MARK}{expression}{MARK}"


def _joined(sentence: str) -> str:
    """A sentence with marked expressions as one expression: its words as texts, whatever characters they hold."""
    pieces = re.split(MARK, sentence)
    quoted = [json.dumps(words, ensure_ascii=False) for words in pieces[::2]]
    parts = [*(each for pair in zip(quoted, pieces[1::2], strict=False) for each in pair), quoted[-1]]
    return f"({' + '.join(parts)})"


def _number(value: Decimal) -> str:
    return repr(float(value))
