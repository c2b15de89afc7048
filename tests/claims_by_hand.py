"""Claims and figures written by hand."""

from dataclasses import replace
from decimal import Decimal

from diaoyan.claims import audit_claim
from diaoyan.facts import Facts
from diaoyan.tables import Row

COUNTY = "county-source"


def with_members(areas, members):
    """The areas, so many of them said to lie in Anyang."""
    rows = [replace(row, cells={**row, "members": members}) if row["area"] == "anyang" else row for row in areas]
    return replace(areas, rows=tuple(rows))


def audited_by_hand(edition, claim: dict, *observations: dict, members: int | None = 5):
    """One claim, written by hand, against observations written by hand."""
    blank = dict.fromkeys(edition.tables["observations"].columns)
    usual = {"area": "anyang", "period": "2022", "vintage": "first_published", "unit": "家", "source": COUNTY}
    rows = [
        Row({**blank, "indicator": "x", **usual, **each, "value": Decimal(each["value"])}, "by hand", 1)
        for each in observations
    ]
    none = dict.fromkeys(edition.tables["claims"].columns)
    stated = {"indicator": "x", "area": "anyang", "period": "2022", "source": "anyang-2023", **claim}
    row = Row({**none, **stated, "stated": Decimal(claim["stated"])}, "by hand", 1)
    facts = Facts(rows, edition.units, "first_published")
    areas = with_members(edition.tables["areas"], members)
    return audit_claim(row, facts, {**edition.tables, "areas": areas}, edition.units)


def pair(new, old, unit="家"):
    """An indicator in 2022 and in 2018."""
    return {"value": new, "unit": unit}, {"value": old, "unit": unit, "period": "2018"}


PARTS = ("anyang-high-tech-zone", "yindu-district", "neihuang-county", "hua-county", "longan-district")


def of_parts(*values):
    """Figures of the five areas of Anyang that the table knows, None for none."""
    found = zip(PARTS, values, strict=True)
    return [{"area": area, "value": value, "unit": "万元"} for area, value in found if value]


def provinces(edition, first, **special):
    """A figure for every province of China, 1 for those not named."""
    areas = [row["area"] for row in edition.tables["areas"] if row["parent"] == "china"]
    return [{"area": area, "value": special.get(area, "1"), **first} for area in areas]


def rates(area, **by_year):
    """Percentages of an area by year: rates("anyang", y2021="1.5")."""
    return [
        {"area": area, "period": year.removeprefix("y"), "value": value, "unit": "%"} for year, value in by_year.items()
    ]


FIRST = {"kind": "first", "stated": "1", "base_area": "china", "direction": "above"}
NATION = rates("china", y2020="2.0", y2021="2.1", y2022="2.2")
