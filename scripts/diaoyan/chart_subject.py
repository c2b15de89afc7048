"""What a chart is about: the facts its row may draw, and their names in one language."""

from dataclasses import dataclass, field, fields
from functools import cached_property

from diaoyan.claims import Audited
from diaoyan.consistency import BACKGROUND, MEMBERS
from diaoyan.edition import Edition
from diaoyan.facts import Fact
from diaoyan.numbers import Number
from diaoyan.periods import is_year
from diaoyan.tables import Row, Table
from diaoyan.translations import localised
from diaoyan.wording import Wording


@dataclass(frozen=True)
class PlainWording(Wording):
    """The same words without Markdown: nothing linked, nothing escaped."""

    @classmethod
    def of(cls, wording: Wording) -> "PlainWording":
        """The plain form of a wording."""
        return cls(**{each.name: getattr(wording, each.name) for each in fields(wording)})

    def name(self, table: Table, key: str) -> str:
        """The name of a row in the language."""
        return localised(table.by_key()[key], "name", self.catalogue.language)

    def area(self, area: str) -> str:
        """The name of an area as a stranger to the city says it, since charts travel without a text."""
        return self.name(self.areas, area)

    def amount(self, fact: Fact) -> str:
        """The fact's value with its unit; a target says that it is one."""
        amount = super().amount(fact)
        is_target = fact.qualifier == "target" and not self.catalogue.has("qualifier.target")
        return self.catalogue("charts.target", amount=amount) if is_target else amount

    def _linked(self, shown: str, fact: Fact, title: str, number: Number) -> str:
        return shown


@dataclass(frozen=True)
class Subject:
    """A row of charts.csv with the edition it draws from; with `later` false later data do not exist."""

    row: Row
    edition: Edition
    wording: PlainWording
    later: bool
    audited: list[Audited]

    def __call__(self, key: str, **parts) -> str:
        """Words of the catalogue's section on charts."""
        return self.wording.catalogue(f"charts.{key}", **parts)

    @property
    def city(self) -> str:
        """The area the report is about."""
        return self.edition.meta["city"]

    @cached_property
    def indicators(self) -> list[str]:
        """Indicators in the row's order."""
        return _ids(self.row["indicators"])

    @cached_property
    def areas(self) -> list[str]:
        """Areas in the row's order, or those directly in the city; the city where none is named."""
        if self.is_of_members:
            return [row["area"] for row in self.edition.tables["areas"] if row["parent"] == self.city]
        return [area for area in _ids(self.row["areas"]) if area != BACKGROUND] or [self.city]

    @property
    def is_of_members(self) -> bool:
        """Whether it shows the areas that lie directly in the city."""
        return self.row["areas"] == MEMBERS

    @cached_property
    def background(self) -> list[str]:
        """All provinces but those named, where the row asks for them."""
        asked = BACKGROUND in _ids(self.row["areas"])
        return [area for area in self.of_level(BACKGROUND) if area not in self.areas] if asked else []

    @cached_property
    def periods(self) -> list[str]:
        """Periods in the row's order; empty when any will do."""
        return _ids(self.row["periods"])

    @property
    def groups(self) -> list[tuple[str, str]]:
        """Every indicator with every area."""
        return [(indicator, area) for indicator in self.indicators for area in self.areas]

    def fact(self, indicator: str, area: str, period: str) -> Fact | None:
        """The fact, where there is one that may be drawn."""
        fact = self.edition.facts.find(indicator, area, period)
        return fact if fact and self.edition.speaks(fact, self.later) else None

    def series(self, indicator: str, area: str) -> list[Fact]:
        """The facts of the row's periods, or all there are, in the order of time."""
        known = self.edition.facts.series(indicator, area)
        wanted = [fact for fact in known if fact.period in self.periods or not self.periods]
        return [fact for fact in wanted if self.edition.speaks(fact, self.later)]

    def name(self, indicator: str, area: str) -> str:
        """What tells the figure from the others of the chart: its indicator, its area, or both."""
        tells_area = len(self.areas) > 1 or self.is_of_members
        names = [self.indicator(indicator)] if len(self.indicators) > 1 or not tells_area else []
        return " · ".join([*names, self.wording.area(area)] if tells_area else names)

    def indicator(self, indicator: str) -> str:
        """The name of an indicator as it stands in a sentence."""
        return self.wording.indicator(indicator)

    def is_rate(self, indicator: str) -> bool:
        """Whether the indicator is a share of something, so that areas of different size compare."""
        return self.edition.tables["indicators"].by_key()[indicator]["measure"] == "rate"

    def province(self) -> str | None:
        """The province the city is in, or is."""
        areas = self.edition.tables["areas"].by_key()
        area = self.city
        while area and areas[area]["level"] != "province":
            area = areas[area]["parent"]
        return area

    def of_level(self, level: str) -> list[str]:
        """All areas of a level, in the order of the table."""
        return [row["area"] for row in self.edition.tables["areas"] if row["level"] == level]


@dataclass(frozen=True)
class DataTable:
    """Heads and rows of plain text; `numbers` are the columns to be set flush right, from 0."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()

    def as_mark(self) -> dict:
        """The table as an output of a notebook carries it."""
        return {"heads": list(self.heads), "rows": [list(row) for row in self.rows], "numbers": list(self.numbers)}


@dataclass(frozen=True)
class Drawing:
    """A chart before its frame: panels, facts and their periods, and the finding in sentences."""

    panels: list[dict]
    facts: list[Fact]
    sentences: list[str]
    periods: list[str]
    has_own_scales: bool = False
    # What a reader may move, as Vega-Lite has it.
    parameters: tuple[dict, ...] = ()
    # What else a reader must know, in sentences.
    notes: list[str] = field(default_factory=list)
    # Areas of which a reader may choose one.
    choices: list[str] = field(default_factory=list)
    # What is shown beside the facts: its figures, and what is said of each where a reader points at it.
    table: DataTable | None = None
    points: dict[str, list[str]] = field(default_factory=dict)


def periods_of(facts: list[Fact]) -> list[str]:
    """The periods of some facts, each once, in order."""
    return sorted({fact.period for fact in facts})


def yearly(facts: list[Fact]) -> list[Fact]:
    """Yearly figures only: a span of years or a day has no place on an axis of years."""
    return [fact for fact in facts if is_year(fact.period)]


def point(fact: Fact) -> dict:
    """A fact's place on an axis of years, and the row it comes from."""
    return {"year": int(fact.period), "value": float(fact.quantity.in_base), "anchor": fact.anchor}


def titled(text: str) -> str:
    """The text as it stands at the beginning of a line or sentence."""
    return text[:1].upper() + text[1:]


def _ids(cell: str | None) -> list[str]:
    return (cell or "").split()
