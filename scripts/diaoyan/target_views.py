"""The table of targets: what to reach by when, and the yearly pace it takes."""

from decimal import Decimal

from diaoyan import phrases
from diaoyan.edition import Edition
from diaoyan.facts import anchor
from diaoyan.markup import escape, link
from diaoyan.quantities import Quantity, rounded, show
from diaoyan.table_views import TableView, view
from diaoyan.targets import Aim, aims
from diaoyan.wording import DATA_PAGE, Wording, localised

# The section whose table this is: targets are later data.
SECTION = "outlook-targets-later"
# A yearly pace of percentage points is small: one decimal more than the intensities have.
PACE_DECIMALS = 3
GOAL_DECIMALS = 2


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
        return [view(self._words, "targets-and-pace", columns, [self._row(aim) for aim in found], anchors)]

    def _row(self, aim: Aim) -> list[str]:
        recommendation = aim.row["recommendation"]
        title = self._titles.get(recommendation, recommendation)
        period = self._wording.period(aim.start.period)
        return [
            escape(localised(aim.row, "name", self._words.language)),
            link(title, f"recommendations.ipynb#{recommendation}"),
            self._words("charts.amount_period", amount=self._wording.level(aim.start), period=period),
            self._words("charts.amount_period", amount=self._goal(aim), period=self._wording.period(aim.row["period"])),
            self._pace(aim),
            self._basis(aim),
        ]

    def _goal(self, aim: Aim) -> str:
        if aim.set:
            return self._wording.level(aim.set)
        return escape(self._percent(aim.goal))

    def _pace(self, aim: Aim) -> str:
        """The growth a year in per cent for a number that was set, in percentage points for a rate."""
        if aim.is_reached:
            return self._words("targets.reached")
        if aim.set:
            phrase = phrases.yearly_growth(aim.set, aim.start)
            if phrase is None:
                return self._words("phrases.not_comparable")
            return self._words("targets.growth", number=self._wording.phrase(phrase, aim.set, aim.start))
        calculated = f"({self._percent(aim.goal)} − {self._percent(aim.start.quantity.value)}) ÷ {aim.years}"
        points = link(escape(self._points(aim.yearly_points)), f"{DATA_PAGE}#{aim.start.anchor}", calculated)
        return self._words("targets.points", number=points)

    def _basis(self, aim: Aim) -> str:
        """Where the target comes from: a document, or the path another area is assumed to take."""
        if aim.set:
            source = self._edition.tables["sources"].by_key()[aim.set.source]
            title = escape(localised(source, "title", self._words.language))
            return link(title, f"{DATA_PAGE}#{anchor('sources', aim.set.source)}")
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
        parts["points"] = escape(self._points(abs(aim.path.yearly)))
        return self._words(f"targets.trend_{direction}", **parts)

    def _percent(self, value: Decimal) -> str:
        return self._wording.percent(rounded(value, GOAL_DECIMALS))

    def _points(self, value: Decimal) -> str:
        return show(Quantity(rounded(value, PACE_DECIMALS), self._wording.units["百分点"]), self._words)
