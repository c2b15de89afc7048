"""What a reader may move in the chart of paths, and what it comes to: expressions that a browser works out.

The reader chooses the city's rise a year, a target year, and whether the others go on along their trend or stay where
they are; the chart answers when the city draws level, and what rise the target year takes.
"""

import json
import string
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.chart_subject import Subject
from diaoyan.facts import Fact
from diaoyan.quantities import rounded
from diaoyan.targets import Path

# True once the page's own script has the chart; in print and without scripts the named paths stand alone.
LIVE = "live"
# How far the search for the year of drawing level goes.
LAST_YEAR_SOUGHT = 2100
# Percentage points a year that a reader can choose from: more than any province has kept up over five years.
MOST_POINTS, STEP_POINTS = Decimal("0.4"), Decimal("0.005")
POINTS_FORMAT = ".3f"
# A hair's breadth, by which binary fractions miss a year reached exactly or the half that is to be rounded up.
HAIR = "1e-9"


@dataclass(frozen=True)
class LivePaths:
    """The city starts from `start`; `others` are the paths of the areas it is held against, by area."""

    subject: Subject
    start: Fact
    others: dict[str, Path]
    last_year: int

    def parameters(self, first_points: Decimal, first_target: int) -> tuple[dict, ...]:
        """The controls, set to a yearly rise (percentage points) and a target year to begin with."""
        subject, first_year = self.subject, int(self.start.period)
        rise = {"min": 0, "max": float(MOST_POINTS), "step": float(STEP_POINTS), "name": subject("paths.rise")}
        year = {"min": first_year + 1, "max": self.last_year, "step": 1, "name": subject("paths.target_year")}
        nearest_step = rounded(first_points / STEP_POINTS, 0) * STEP_POINTS
        return (
            {"name": LIVE, "value": False},
            {"name": "rise", "value": float(nearest_step), "bind": {"input": "range", **rise}},
            {"name": "target_year", "value": first_target, "bind": {"input": "range", **year}},
            {"name": "held", "value": False, "bind": {"input": "checkbox", "name": subject("paths.held")}},
        )

    def yearly(self, area: str) -> str:
        """The area's rise a year: none where the reader holds the others at their newest figures."""
        return f"(held ? 0 : {_number(self.others[area].yearly)})"

    def answers(self) -> list[str]:
        """A sentence for each area, when the city draws level with it, and one on the target year."""
        return [*(self._met(area) for area in self.others), self._needed()]

    def _met(self, area: str) -> str:
        newest, first_year = self.others[area].newest, int(self.start.period)
        # Where the area stood in the city's year, going back along its own path.
        then = f"({_number(newest.quantity.in_base)} - {self.yearly(area)} * {int(newest.period) - first_year})"
        closing = f"(rise - {self.yearly(area)})"
        years = f"ceil(({then} - {_number(self.start.quantity.in_base)}) / {closing} - {HAIR})"
        year = f"({first_year} + max(0, {years}))"
        name = self.subject.wording.area(area)
        met = self._sentence("paths.met", area=_literal(name), year=year)
        not_met = self._sentence("paths.not_met", area=_literal(name), last=_literal(str(LAST_YEAR_SOUGHT)))
        return f"({closing} > 0 && {year} <= {LAST_YEAR_SOUGHT}) ? {met} : {not_met}"

    def _needed(self) -> str:
        start, first_year = _number(self.start.quantity.in_base), int(self.start.period)
        parts = []
        for area, path in self.others.items():
            since = f"(target_year - {path.newest.period})"
            goal = f"({_number(path.newest.quantity.in_base)} + {self.yearly(area)} * {since})"
            points = f"format({HAIR} + max(0, ({goal} - {start}) / (target_year - {first_year})), '{POINTS_FORMAT}')"
            name = _literal(self.subject.wording.area(area))
            parts.append(self._sentence("paths.need", area=name, points=points))
        head = self._sentence("paths.by_year", year="target_year")
        return " + ".join([head, f" + {_literal(self.subject('list'))} + ".join(parts)])

    def _sentence(self, key: str, **parts: str) -> str:
        """Words of the catalogue with expressions for their parts."""
        template = self.subject.wording.catalogue.words[f"charts.{key}"]
        pieces = []
        for words, name, _, _ in string.Formatter().parse(template):
            pieces += [_literal(words)] + ([parts[name]] if name else [])
        return f"({' + '.join(pieces)})"


def _literal(words: str) -> str:
    """Words as a text of the expression language, whatever characters they hold."""
    return json.dumps(words, ensure_ascii=False)


def _number(value: Decimal) -> str:
    return repr(float(value))
