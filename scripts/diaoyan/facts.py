"""Facts: recorded figures with unit, vintage and provenance, and what follows from two of them."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.quantities import Quantity, Unit
from diaoyan.tables import Row, Table

# A figure "above" 1000 or "below" 5 is a bound, not a value; "near" 5 is said of values just short of it.
BOUNDS = {None: "exact", "target": "exact", "above": "lower", "below": "upper", "near": "upper"}
# How a result that is only a bound is said.
QUALIFIERS = {"exact": None, "lower": "above", "upper": "below"}


class UnknownFact(LookupError):
    """No observation answers the question; its text says which one is missing."""


@dataclass(frozen=True)
class Fact:
    """One observation: what was measured, where, when, how much, and who says so (`row` is its table row)."""

    indicator: str
    area: str
    period: str
    quantity: Quantity
    vintage: str
    qualifier: str | None
    source: str
    locator: str
    anchor: str
    row: Row

    @property
    def bound(self) -> str:
        """`exact`, or `lower`/`upper` when the figure only bounds the value."""
        return BOUNDS[self.qualifier]


@dataclass(frozen=True)
class Comparison:
    """A new fact against an old one of the same dimension; all results are in base units."""

    new: Fact
    old: Fact

    @property
    def difference(self) -> Decimal:
        """new − old, in the base unit (yuan, percentage points, count)."""
        return self.new.quantity.in_base - self.old.quantity.in_base

    @property
    def ratio(self) -> Decimal | None:
        """new / old; None when the old value is zero or of another sign, where no ratio has a meaning."""
        if self.old.quantity.value <= 0 or self.new.quantity.value < 0:
            return None
        return self.new.quantity.in_base / self.old.quantity.in_base

    @property
    def years(self) -> int:
        """From the year of the old figure to the year of the new one, whatever their months."""
        return int(self.new.period[:4]) - int(self.old.period[:4])

    @property
    def yearly_growth(self) -> Decimal | None:
        """Average growth a year from old to new, 0.1 for 10 %; None without a ratio or a year between them."""
        if self.ratio is None or self.years < 1:
            return None
        return self.ratio ** (Decimal(1) / self.years) - 1

    @property
    def bound(self) -> str:
        """What the result says when an input is only a bound: `exact`, `lower`, `upper` or `unknown`."""
        of_new = self.new.bound
        of_old = {"exact": "exact", "lower": "upper", "upper": "lower"}[self.old.bound]
        if of_new == "exact" or of_old == "exact":
            return of_old if of_new == "exact" else of_new
        return of_new if of_new == of_old else "unknown"


class Facts:
    """All facts an edition sees, or some of them, looked up by indicator, area and period in one vintage."""

    def __init__(
        self,
        observations: Table,
        units: dict[str, Unit],
        vintage: str,
        admits: Callable[[Fact], bool] = lambda _: True,
    ):
        self.vintage = vintage
        self._by_key = {}
        self._periods = defaultdict(set)
        for fact in filter(admits, (_fact(row, units) for row in observations)):
            self._by_key[fact.indicator, fact.area, fact.period, fact.vintage] = fact
            self._periods[fact.indicator, fact.area].add(fact.period)

    def __iter__(self):
        return iter(self._by_key.values())

    def find(self, indicator: str, area: str, period: str) -> Fact | None:
        """The fact in this vintage; where it has no revised value, the one first published; else None."""
        for vintage in (self.vintage, "first_published"):
            fact = self._by_key.get((indicator, area, period, vintage))
            if fact:
                return fact
        return None

    def get(self, indicator: str, area: str, period: str) -> Fact:
        """The fact in this vintage; raises UnknownFact naming what is missing."""
        fact = self.find(indicator, area, period)
        if fact is None:
            raise UnknownFact(f"{indicator} {area} {period}")
        return fact

    def first_published(self, fact: Fact) -> Fact:
        """The same figure as first published; the fact itself where only a revision is recorded."""
        return self._by_key.get((fact.indicator, fact.area, fact.period, "first_published"), fact)

    def series(self, indicator: str, area: str) -> list[Fact]:
        """The facts of an indicator and area by period, one for each period this vintage knows."""
        periods = sorted(self._periods.get((indicator, area), ()))
        found = (self.find(indicator, area, period) for period in periods)
        return [fact for fact in found if fact]


def anchor(*parts: str) -> str:
    """A stable page anchor: lower case, digits and hyphens; any other character by its code point (家 as u5bb6)."""
    spelled = re.sub(r"[^a-z0-9 _./-]", lambda match: f"-u{ord(match[0]):x}-", "-".join(parts).lower())
    return re.sub(r"[^a-z0-9]+", "-", spelled).strip("-")


def observation_anchor(row: Row) -> str:
    """Where the data page shows an observation; the vintage is named only when it is not the usual one."""
    parts = ["obs", row["indicator"], row["area"], row["period"]]
    return anchor(*parts, *([row["vintage"]] if row["vintage"] != "first_published" else []))


def _fact(row: Row, units: dict[str, Unit]) -> Fact:
    quantity = Quantity(row["value"], units[row["unit"]])
    return Fact(
        indicator=row["indicator"],
        area=row["area"],
        period=row["period"],
        quantity=quantity,
        vintage=row["vintage"],
        qualifier=row["qualifier"],
        source=row["source"],
        locator=row["locator"] or "",
        anchor=observation_anchor(row),
        row=row,
    )
