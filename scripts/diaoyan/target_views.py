"""The table of targets: what to reach by when, and the yearly pace it takes."""

from dataclasses import replace
from decimal import Decimal

from diaoyan import phrases
from diaoyan.edition import Edition
from diaoyan.facts import Comparison, Fact, anchor
from diaoyan.markup import escape, link
from diaoyan.numbers import Number
from diaoyan.quantities import Quantity, rounded, show
from diaoyan.table_views import TableView, view
from diaoyan.targets import GOAL_DECIMALS, PACE_DECIMALS, Aim, Path, aims, fine, letters
from diaoyan.translations import localised
from diaoyan.wording import DATA_PAGE, Wording

# The section whose table this is: targets are later data.
SECTION = "outlook-targets-later"


class TargetViews:
    """The targets of an edition in one language; `titles` are the headings of the texts by anchor."""

    def __init__(self, edition: Edition, wording: Wording, titles: dict[str, str]):
        self._edition = edition
        self._wording = wording
        self._words = wording.catalogue
        self._titles = titles

    def get(self, section: str) -> list[TableView]:
        """The table, where it belongs and there are targets with figures."""
        found = aims(self._edition) if section == SECTION else []
        if not found:
            return []
        anchors = [anchor("target", aim.row["target"]) for aim in found]
        columns = ["target_name", "recommendation", "newest", "goal", "pace", "basis"]
        lettered = letters(found)
        rows = [self._row(aim, lettered.get(aim.row["target"])) for aim in found]
        return [view(self._words, "targets-and-pace", columns, rows, anchors)]

    def _row(self, aim: Aim, letter: str | None) -> list[str]:
        """The cells of a target; `letter` is what the chart of paths calls it."""
        recommendation = aim.row["recommendation"]
        title = self._titles.get(recommendation, recommendation)
        name = escape(localised(aim.row, "name", self._words.language))
        return [
            self._words("targets.lettered", letter=letter, name=name) if letter else name,
            link(title, f"recommendations.ipynb#{recommendation}"),
            self._dated(self._wording.level(aim.start), aim.start.period),
            self._dated(self.goal(aim), aim.row["period"]),
            self.pace(aim),
            self._basis(aim),
        ]

    def _dated(self, amount: str, period: str) -> str:
        """An amount with its year in brackets."""
        return self._words("charts.amount_period", amount=amount, period=self._wording.period(period))

    def goal(self, aim: Aim) -> str:
        """The value to reach, linked to the figure it is or starts from, its arithmetic as the link's title."""
        if aim.stated_goal:
            return self._wording.level(aim.stated_goal)
        newest, yearly = aim.path.newest, aim.path.yearly
        if aim.path.since is None:
            return self._wording.level(newest)
        sign = "−" if yearly < 0 else "+"
        years = aim.year - int(newest.period)
        points = fine(abs(yearly), PACE_DECIMALS)
        goal = self._percent(aim.goal)
        formula = f"{self._wording.amount(newest)} {sign} {points} × {years} = {goal}"
        number = Number(goal, self._wording.units["%"], (newest, aim.path.since), formula, True, aim.row["period"])
        return self._wording.derived(goal, number)

    def pace(self, aim: Aim) -> str:
        """The change a year: in percentage points for a rate, in per cent for amounts and numbers."""
        if aim.is_reached:
            return self._words("targets.reached")
        if aim.start.quantity.unit.dimension == "percent":
            return self._points_pace(aim)
        phrase = phrases.yearly_growth(aim.stated_goal, aim.start)
        if phrase is None:
            return self._words("phrases.not_comparable")
        said = self._wording.phrase(replace(phrase, number=abs(phrase.number)), aim.stated_goal, aim.start)
        return self._words("targets.decline" if phrase.number < 0 else "targets.growth", number=said)

    def _points_pace(self, aim: Aim) -> str:
        """Percentage points a year along a straight line; with a note where only one side has been revised."""
        # One decimal more than the goal beside it is printed with, so that the arithmetic gives the number printed.
        goal, start = self._fine_percent(aim.goal), self._wording.amount(aim.start)
        is_rise = aim.yearly_points >= 0
        difference = f"{goal} − {start}" if is_rise else f"{start} − {goal}"
        facts = (aim.start, *((aim.stated_goal,) if aim.stated_goal else aim.path.facts))
        points = self._yearly(aim.yearly_points, difference, aim.years, facts, assumed=not aim.stated_goal)
        note = self._wording.mixed_vintage(aim.start, aim.stated_goal or aim.path.newest)
        return self._words("targets.points" if is_rise else "targets.points_down", number=points) + note

    def _basis(self, aim: Aim) -> str:
        """Where the target comes from: a document, or the path another area is assumed to take."""
        if aim.stated_goal:
            source = aim.stated_goal.source
            title = escape(localised(self._edition.tables["sources"].by_key()[source], "title", self._words.language))
            return link(title, f"{DATA_PAGE}#{anchor('sources', source)}")
        now = aim.path.newest
        parts = {
            "area": self._wording.area(now.area),
            "period": self._wording.period(now.period),
            "level": self._wording.level(now),
        }
        if aim.path.since is None:
            return self._words("targets.held", **parts)
        parts["since"] = self._wording.period(aim.path.since.period)
        direction = "up" if aim.path.yearly >= 0 else "down"
        parts["points"] = self._trend(aim.path)
        note = self._wording.mixed_vintage(now, aim.path.since)
        return self._words(f"targets.trend_{direction}", **parts) + note

    def _trend(self, path: Path) -> str:
        """The assumed change a year, linked to the figure it is measured from."""
        now, since = (self._wording.amount(fact) for fact in (path.newest, path.since))
        difference = f"{now} − {since}" if path.yearly >= 0 else f"{since} − {now}"
        years = Comparison(path.newest, path.since).years
        return self._yearly(path.yearly, difference, years, (path.since, path.newest))

    def _yearly(
        self, value: Decimal, difference: str, years: int, facts: tuple[Fact, ...], assumed: bool = False
    ) -> str:
        """A pace in percentage points, linked to the figure it is measured from."""
        points = self._points(abs(value))
        number = Number(points, self._wording.units["百分点"], facts, f"({difference}) ÷ {years} = {points}", assumed)
        return self._wording.derived(points, number)

    def _percent(self, value: Decimal) -> str:
        """A rate as the table prints it."""
        return self._wording.percent(rounded(value, GOAL_DECIMALS))

    def _fine_percent(self, value: Decimal) -> str:
        """A rate as arithmetic needs it."""
        return self._wording.percent(fine(value, GOAL_DECIMALS))

    def _points(self, value: Decimal) -> str:
        """A pace in percentage points."""
        return show(Quantity(rounded(value, PACE_DECIMALS), self._wording.units["百分点"]), self._words)
