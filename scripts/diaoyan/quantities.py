"""Quantities: exact decimals with a unit, and how a language writes them."""

from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from diaoyan.catalogue import Catalogue
from diaoyan.tables import Table

ROUNDINGS = {"exact": ROUND_HALF_UP, "lower": ROUND_FLOOR, "upper": ROUND_CEILING}


@dataclass(frozen=True)
class Unit:
    """A unit: `per_base` turns a value in it into the base unit of its dimension (yuan for money)."""

    name: str
    dimension: str
    per_base: Decimal
    words: dict = field(compare=False, hash=False)


@dataclass(frozen=True)
class Quantity:
    """A value in a unit, exact as recorded or already rounded; the decimals it carries are printed."""

    value: Decimal
    unit: Unit

    @property
    def in_base(self) -> Decimal:
        """The value in the base unit of its dimension."""
        return self.value * self.unit.per_base

    @property
    def decimals(self) -> int:
        """Decimal places as written: 2 for 1.50."""
        return max(0, -self.value.as_tuple().exponent)


def read_units(table: Table) -> dict[str, Unit]:
    """Units by name, with their words by column (`singular_en`, `plural_en`, …)."""
    return {row["unit"]: Unit(row["unit"], row["dimension"], row["per_base"], dict(row)) for row in table}


def rounded(value: Decimal, decimals: int, bound: str = "exact") -> Decimal:
    """The value to so many decimal places: half up, or towards the safe side of a bound (超过 floors)."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUNDINGS[bound])


def digits(value: Decimal, thousands: str) -> str:
    """The number in digits with the decimals it carries, grouped by `thousands`."""
    return f"{value:,f}".replace(",", thousands)


def shortest(value: Decimal) -> Decimal:
    """The same value without trailing zeros after the point (10.0 becomes 10, 200 stays 200)."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def show(quantity: Quantity, catalogue: Catalogue) -> str:
    """The quantity as the language writes it: 303家, 2亿元, 1.78%; 303, 200 million yuan, 1.78%."""
    form = catalogue.numbers
    if quantity.unit.dimension == "money":
        return _money(quantity, form)
    number = digits(quantity.value, form["thousands"])
    if quantity.unit.dimension == "count":
        number = _count(quantity.value, form)
    unit = unit_word(quantity, catalogue)
    close = quantity.unit.dimension == "percent" or not unit
    pattern = "quantity_close" if close else "quantity"
    if quantity.unit.dimension == "percentage_point":
        pattern = "quantity_points"
    return form[pattern].format(number=number, unit=unit)


def unit_word(quantity: Quantity, catalogue: Catalogue) -> str:
    """The unit's word in the language, singular for one; the unit's own name where no column gives a word."""
    # One as such only: it is 1 percentage point, but 1.0 percentage points.
    number = "singular" if str(abs(quantity.value)) == "1" else "plural"
    column = f"{number}_{catalogue.language}"
    return (quantity.unit.words[column] or "") if column in quantity.unit.words else quantity.unit.name


def _count(value: Decimal, form: dict) -> str:
    """Whole thousands from 10,000 up take the language's large unit where it has one (2.2万)."""
    large = form.get("large_count")
    if large and abs(value) >= large["from"] and value % large["whole"] == 0:
        return digits(shortest(value / large["from"]), form["thousands"]) + large["word"]
    return digits(value, form["thousands"])


def _money(quantity: Quantity, form: dict) -> str:
    """Money in the largest unit whose threshold it reaches; digits recorded in that very unit stay as written."""
    yuan = quantity.in_base
    steps = form["money"]
    step = next((step for step in steps if abs(yuan) >= step["from"]), steps[-1])
    recorded_so = step["from"] == quantity.unit.per_base
    value = quantity.value if recorded_so else shortest(yuan / step["from"])
    return form["quantity"].format(number=digits(value, form["thousands"]), unit=step["unit"])
