"""The figures of a chart, for those who want to read or to use them: as a table, as CSV, and one by one."""

import csv
import io
from collections.abc import Iterable, Sequence

from diaoyan.chart_subject import DataTable, Subject
from diaoyan.facts import Fact
from diaoyan.table_checks import NUMBER
from diaoyan.tables import Row
from diaoyan.translations import localised

# From so many years on, areas are compared line by line and not figure by figure.
FEWEST_YEARS_ACROSS = 3
# A spreadsheet takes a cell that begins so for a formula; the apostrophe has it shown as text.
FORMULA_STARTS = (*"=+-@＝＋－＠", "\t", "\r", "\n")
TEXT_MARK = "'"


def fact_table(subject: Subject, facts: list[Fact]) -> DataTable:
    """The facts drawn, one a row; areas over many years as a row for each area and a column for each year."""
    facts = list({fact.anchor: fact for fact in facts}.values())
    years = sorted({fact.period for fact in facts})
    is_one = len({fact.indicator for fact in facts}) == 1 and len(_units(facts)) == 1
    if is_one and len({fact.area for fact in facts}) > 1 and len(years) >= FEWEST_YEARS_ACROSS:
        return _by_year(subject, facts, years)
    return _by_fact(subject, facts)


def fact_points(subject: Subject, facts: list[Fact]) -> dict[str, list]:
    """What is said of each fact where a reader points at it: its name, its amount and period, its source."""
    return {fact.anchor: [named(subject, fact), dated(subject, fact), source(subject, fact)] for fact in facts}


def named(subject: Subject, fact: Fact) -> str:
    """The fact by indicator and area."""
    name, area = subject.indicator(fact.indicator), subject.wording.area(fact.area)
    return subject.wording.catalogue("chart_tools.point_name", name=name, area=area)


def dated(subject: Subject, fact: Fact) -> str:
    """The fact's amount with its unit and period."""
    return subject("amount_period", amount=subject.wording.amount(fact), period=subject.wording.period(fact.period))


def source(subject: Subject, fact: Fact) -> str:
    """The title of the fact's source, with the place in it."""
    title = subject("source", title=_title(subject, fact))
    return subject.wording.catalogue("chart_tools.point_source", source=title)


def source_titles(subject: Subject, facts: Iterable[Fact]) -> str:
    """The titles of the facts' sources, each once."""
    return subject("list").join(dict.fromkeys(_title(subject, fact) for fact in facts))


def unit_name(subject: Subject, fact: Fact) -> str:
    """The unit of the fact as the head of a column names it."""
    return localised(_unit_row(subject, fact), "name", subject.wording.catalogue.language)


def columned(columns: dict[str, Sequence[str]], *numbers: str) -> DataTable:
    """A table of the columns that hold anything, by head; `numbers` are those to be set flush right."""
    filled = {head: cells for head, cells in columns.items() if any(cells)}
    places = [place for place, head in enumerate(filled) if head in numbers]
    return DataTable(tuple(filled), tuple(zip(*filled.values(), strict=True)), tuple(places))


def csv_text(heads: list[str], rows: list[list[str]]) -> str:
    """The table as CSV that spreadsheets take for what it is: nothing in it is a formula."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([[harmless(cell) for cell in row] for row in [heads, *rows]])
    return written.getvalue()


def harmless(cell: str) -> str:
    """The cell, marked as text where a spreadsheet would take it for a formula; a negative number is none."""
    return TEXT_MARK + cell if cell.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(cell) else cell


def _by_fact(subject: Subject, facts: list[Fact]) -> DataTable:
    """A row for each fact; what is the same for all stands in no column of its own."""
    wording, words = subject.wording, subject.wording.catalogue
    units = [unit_name(subject, fact) for fact in facts]
    value = words("columns.value")
    if len(set(units)) == 1:
        value = words("chart_tools.head_unit", head=value, unit=units[0])
    columns = {
        words("columns.indicator"): [subject.indicator(fact.indicator) for fact in facts],
        words("columns.area"): [wording.area(fact.area) for fact in facts],
        words("columns.period"): [wording.period(fact.period) for fact in facts],
        words("columns.qualifier"): [words(f"values.{fact.qualifier}") if fact.qualifier else "" for fact in facts],
        value: [f"{fact.quantity.value:f}" for fact in facts],
        words("columns.unit"): units if len(set(units)) > 1 else [""] * len(facts),
        words("columns.vintage"): [words(f"values.{fact.vintage}") for fact in facts],
        words("columns.source"): [_title(subject, fact) for fact in facts],
    }
    return columned(columns, value)


def _by_year(subject: Subject, facts: list[Fact], years: list[str]) -> DataTable:
    wording, words = subject.wording, subject.wording.catalogue
    name, unit = subject.indicator(facts[0].indicator), unit_name(subject, facts[0])
    head = words("chart_tools.head_unit", head=name, unit=unit)
    values = {(fact.area, fact.period): f"{fact.quantity.value:f}" for fact in facts}
    areas = list(dict.fromkeys(fact.area for fact in facts))
    columns = {head: [wording.area(area) for area in areas]}
    columns |= {wording.period(year): [values.get((area, year), "") for area in areas] for year in years}
    titles = {fact.source: _title(subject, fact) for fact in facts}
    cited = {(fact.area, fact.source) for fact in facts}
    columns[words("columns.source")] = [
        subject("list").join(title for source, title in titles.items() if (area, source) in cited) for area in areas
    ]
    return columned(columns, *map(wording.period, years))


def _title(subject: Subject, fact: Fact) -> str:
    sources = subject.edition.tables["sources"].by_key()
    return localised(sources[fact.source], "title", subject.wording.catalogue.language)


def _units(facts: list[Fact]) -> set[str]:
    return {fact.quantity.unit.name for fact in facts}


def _unit_row(subject: Subject, fact: Fact) -> Row:
    return subject.edition.tables["units"].by_key()[fact.quantity.unit.name]
