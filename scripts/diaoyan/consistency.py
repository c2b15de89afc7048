"""What one table cannot say of itself: checks across tables and particulars."""

from collections.abc import Iterator

from diaoyan.claim_checks import claim_faults
from diaoyan.faults import Fault, quoted
from diaoyan.findings import COMPARING
from diaoyan.inputs import chapter_names, chapters_of
from diaoyan.periods import is_real, is_year
from diaoyan.phrases import MULTIPLIED
from diaoyan.quantities import Unit
from diaoyan.tables import Row, Table

PERIODS = {"period", "base_period"}
# In place of an area in a chart of lines: all areas of this level, as a background.
BACKGROUND = "province"
# In place of the areas of a chart of bars: those that lie directly in the city.
MEMBERS = "members"
# What these are called, in the catalogue.
GROUPS_OF_AREAS = {BACKGROUND: "charts.all_provinces", MEMBERS: "charts.members"}
ONLY_RATES = "an indicator in per cent: areas of different size are compared by rates"
# Before it there is no figure of science and technology to report; beyond it nobody sets a target.
EARLIEST_YEAR, MOST_YEARS_AHEAD = 1900, 50
# What edition.yml is called where tables are.
PARTICULARS_TABLE = "edition"


def consistency_faults(
    meta: dict, file: str, lines: dict[str, int], tables: dict[str, Table], units: dict[str, Unit]
) -> Iterator[Fault]:
    """Faults between tables: units, claims without their figures, particulars (from `file`) that name no row."""
    yield from _particulars(meta, file, lines, tables)
    yield from _periods(meta, file, lines, tables)
    yield from _hindsight(meta, tables)
    yield from _areas(tables)
    yield from _observations(tables, units)
    yield from claim_faults(tables, units)
    yield from _charts(tables)
    yield from _evidence(meta, tables, units)
    yield from _targets(meta, tables, units)
    yield from _items(tables)
    yield from _numerals(meta, tables)


def _particulars(meta: dict, file: str, lines: dict[str, int], tables: dict[str, Table]) -> Iterator[Fault]:
    areas, sources = tables["areas"].by_key(), tables["sources"].by_key()
    for key, names, known, table in (
        ("city", [meta["city"]], areas, "areas"),
        ("peers", meta["peers"], areas, "areas"),
        ("source", [meta["source"]], sources, "sources"),
    ):
        for name in names:
            if name not in known:
                yield Fault(file, lines[key], key, quoted(name), f"a row of {table}")
    for name in meta.get("chapters", []):
        if name not in chapter_names():
            yield Fault(file, lines["chapters"], "chapters", quoted(name), "one of " + ", ".join(chapter_names()))
    if chapters_of(meta)[:1] != chapter_names()[:1]:
        expected = f"{chapter_names()[0]} among them, the page that opens first"
        yield Fault(file, lines["chapters"], "chapters", quoted(" ".join(meta["chapters"])), expected)
    if meta["report_year"] > meta["as_of"][:4]:
        expected = f"a year not after the report's day {meta['as_of']}"
        yield Fault(file, lines["report_year"], "report_year", quoted(meta["report_year"]), expected)
    if meta["base_year"] >= meta["report_year"]:
        expected = f"a year before {meta['report_year']}"
        yield Fault(file, lines["base_year"], "base_year", quoted(meta["base_year"]), expected)


def _periods(meta: dict, file: str, lines: dict[str, int], tables: dict[str, Table]) -> Iterator[Fault]:
    for key in ("as_of", "printed"):
        if key in meta and not is_real(meta[key]):
            yield Fault(file, lines[key], key, quoted(meta[key]), "a day of the calendar")
    latest = int(meta["as_of"][:4]) + MOST_YEARS_AHEAD
    for table in tables.values():
        for column in PERIODS & set(table.columns):
            for row in table:
                if not row[column]:
                    continue
                if not is_real(row[column]):
                    yield row.fault(column, quoted(row[column]), "a day of the calendar, or a span in order")
                elif not EARLIEST_YEAR <= int(row[column][:4]) <= latest:
                    yield row.fault(column, quoted(row[column]), f"a time from {EARLIEST_YEAR} to {latest}")


def _hindsight(meta: dict, tables: dict[str, Table]) -> Iterator[Fault]:
    """Nothing is measured after its source came out, and no investigation goes on after its report."""
    latest = str(int(meta["as_of"][:4]) + MOST_YEARS_AHEAD)
    for row in tables["fieldwork"]:
        if row["period"] > meta["as_of"][:7]:
            yield row.fault("period", quoted(row["period"]), f"a time not after the report's day {meta['as_of']}")
    sources = tables["sources"].by_key()
    for row in tables["observations"]:
        # The years a yearly series reports on, or the day it came out.
        published = sources[row["source"]]["date"].split("/")[-1]
        # Later than any target: said already.
        if row["qualifier"] != "target" and published[:4] < row["period"][:4] <= latest:
            expected = f"a time not after its source came out ({published}), or the qualifier target"
            yield row.fault("period", quoted(row["period"]), expected)


def _areas(tables: dict[str, Table]) -> Iterator[Fault]:
    """An area lies in one of a higher level, so that going up comes to an end."""
    areas = tables["areas"].by_key()
    levels = ("nation", "province", "city", "county")
    rank = {level: number for number, level in enumerate(levels)} | {"zone": levels.index("county")}
    for row in tables["areas"]:
        if (row["parent"] is None) != (row["level"] == "nation"):
            yield row.fault("parent", quoted(row["parent"] or ""), "the area it lies in, empty for the nation only")
        elif row["parent"] and rank[areas[row["parent"]]["level"]] >= rank[row["level"]]:
            yield row.fault("parent", quoted(row["parent"]), f"an area of a higher level than {row['level']}")


def _observations(tables: dict[str, Table], units: dict[str, Unit]) -> Iterator[Fault]:
    indicators = tables["indicators"].by_key()
    for row in tables["observations"]:
        usual = units[indicators[row["indicator"]]["unit"]]
        if units[row["unit"]].dimension != usual.dimension:
            yield row.fault("unit", quoted(row["unit"]), f"a unit of {usual.dimension} such as {usual.name}")
        value, dimension = row["value"], usual.dimension
        if (dimension in MULTIPLIED and value < 0) or (dimension == "count" and value != int(value)):
            expected = "a whole number from 0" if dimension == "count" else "an amount from 0"
            yield row.fault("value", quoted(value), expected)


def _evidence(meta: dict, tables: dict[str, Table], units: dict[str, Unit]) -> Iterator[Fault]:
    """A problem that figures can bear out names them, one that people judge names none."""
    areas, indicators = tables["areas"].by_key(), tables["indicators"].by_key()
    rested = {row["problem"] for row in tables["evidence"]}
    for row in tables["problems"]:
        if (row["judged_by"] == "figures") != (row["problem"] in rested):
            expected = "figures for a problem with rows of evidence, people for one without"
            yield row.fault("judged_by", quoted(row["judged_by"]), expected)
    for row in tables["evidence"]:
        if (row["rule"] in COMPARING) != bool(row["comparison_area"]):
            expected = f"an area for {' and '.join(COMPARING)}, none for the other rules"
            yield row.fault("comparison_area", quoted(row["comparison_area"] or ""), expected)
        elif row["comparison_area"] == meta["city"]:
            yield row.fault("comparison_area", quoted(meta["city"]), "an area other than the city")
        elif row["comparison_area"] and meta["city"] in areas:
            levels = {areas[area]["level"] for area in (meta["city"], row["comparison_area"])}
            dimension = units[indicators[row["indicator"]]["unit"]].dimension
            if len(levels) > 1 and dimension in MULTIPLIED:
                yield row.fault("indicator", quoted(row["indicator"]), ONLY_RATES)


def _charts(tables: dict[str, Table]) -> Iterator[Fault]:
    for row in tables["charts"]:
        for column, table in (("indicators", "indicators"), ("areas", "areas")):
            known = tables[table].by_key()
            for name in (row[column] or "").split():
                is_background = (column, row["kind"], name) == ("areas", "benchmark_lines", BACKGROUND)
                is_members = (column, row["kind"], row["areas"]) == ("areas", "bars", MEMBERS)
                if name not in known and not is_background and not is_members:
                    yield row.fault(column, quoted(name), f"a row of {table}")


def _targets(meta: dict, tables: dict[str, Table], units: dict[str, Unit]) -> Iterator[Fault]:
    """A target is set for the city by a figure, or follows from another area's declared path."""
    # Said already, of edition.yml.
    if meta["city"] not in tables["areas"].by_key():
        return
    indicators = tables["indicators"].by_key()
    first_published = [row for row in tables["observations"] if row["vintage"] == "first_published"]
    known = {(row["indicator"], row["area"], row["period"]): row for row in first_published}
    for row in tables["targets"]:
        if row["period"] <= meta["report_year"]:
            yield row.fault("period", quoted(row["period"]), f"a year after {meta['report_year']}")
        if not row["comparison_area"]:
            place = (row["indicator"], meta["city"], row["period"])
            if place not in known or known[place]["qualifier"] != "target":
                yield row.fault("period", quoted(row["period"]), f"a year with a target of {' '.join(place[:2])}")
        elif row["comparison_area"] == meta["city"]:
            yield row.fault("comparison_area", quoted(meta["city"]), "an area other than the city")
        elif units[indicators[row["indicator"]]["unit"]].dimension != "percent":
            yield row.fault("indicator", quoted(row["indicator"]), ONLY_RATES)
        elif row["path"] == "trend":
            yield from _trend(row, known)
        if bool(row["comparison_area"]) != bool(row["path"]):
            expected = "held or trend for a target measured against an area, empty for one that was set"
            yield row.fault("path", quoted(row["path"] or ""), expected)
        if row["since"] and row["path"] != "trend":
            yield row.fault("since", quoted(row["since"]), "a year for a trend only")


def _trend(row: Row, known: dict[tuple, Row]) -> Iterator[Fault]:
    """A trend runs from an exact figure to a newer one."""
    place, since = (row["indicator"], row["comparison_area"]), row["since"] or ""
    exact = [key[2] for key, found in known.items() if key[:2] == place and found["qualifier"] is None]
    years = [period for period in exact if is_year(period)]
    if (*place, since) not in known:
        yield row.fault("since", quoted(since), f"a year with an observation of {' '.join(place)}")
    elif since not in years:
        yield row.fault("since", quoted(since), f"a year with an exact figure of {' '.join(place)}")
    elif since == max(years):
        yield row.fault("since", quoted(since), f"a year before the newest figure of {' '.join(place)}")


def _items(tables: dict[str, Table]) -> Iterator[Fault]:
    items: dict[str, Row] = tables["items"].by_key()
    for row in tables["items"]:
        if (row["level"] == "section") != (row["section"] == row["item"]):
            yield row.fault("section", quoted(row["section"]), "its own id for a section, its section's for an item")
        elif items[row["section"]]["part"] != row["part"]:
            yield row.fault("section", quoted(row["section"]), f"a section of {row['part']}")
    for table, column, part, level in (
        ("problems", "problem", "problems", "item"),
        ("recommendations", "recommendation", "recommendations", "section"),
    ):
        for row in tables[table]:
            if items[row[column]]["part"] != part:
                yield row.fault(column, quoted(row[column]), f"an item of the part {part}")
        listed = {row[column] for row in tables[table]}
        for row in tables["items"]:
            is_one = row["part"] == part and row["level"] == level
            if is_one and row["item"] not in listed:
                yield row.fault("item", quoted(row["item"]), f"a row of {table} for it")


def _numerals(meta: dict, tables: dict[str, Table]) -> Iterator[Fault]:
    """A numeral of the original is held by a cell of a table, unless the particulars hold it."""
    for row in tables["numerals"]:
        if row["table"] == PARTICULARS_TABLE:
            if row["row"].split(".")[0] not in meta:
                yield row.fault("row", quoted(row["row"]), "one of " + ", ".join(meta))
            continue
        found = tables.get(row["table"])
        if found is None:
            yield row.fault("table", quoted(row["table"]), "one of " + ", ".join([PARTICULARS_TABLE, *tables]))
            continue
        key = tuple(row["row"].split("|"))
        if (key if len(found.key) > 1 else row["row"]) not in found.by_key() and row["part"] != "count":
            yield row.fault("row", quoted(row["row"]), f"a row of {row['table']}")
        # Rows are counted in no column.
        if row["column"] not in found.columns and (row["column"] or row["part"] != "count"):
            yield row.fault("column", quoted(row["column"] or ""), "one of " + ", ".join(found.columns))
