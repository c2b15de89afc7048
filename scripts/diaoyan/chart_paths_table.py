"""The table of the chart of paths: every line of the drawing, year by year."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from diaoyan.chart_paths_lines import PathLines
from diaoyan.chart_subject import DataTable, Subject
from diaoyan.chart_table import columned, source_titles, unit_name
from diaoyan.facts import Fact
from diaoyan.targets import GOAL_DECIMALS, Path, fine

# Line, year, value, qualifier, vintage, sources.
Cells = tuple[str, str, str, str, str, str]


def lines_table(lines: PathLines) -> DataTable:
    """A row for each line and year: the figures, then what is assumed of the others, then the named paths."""
    subject = lines.subject
    rows = [
        _figure(subject, subject.wording.area(fact.area), fact)
        for facts in ([lines.start], *lines.history.values())
        for fact in facts
    ]
    for path, last in lines.assumed:
        rows += _straight(subject, _assumed_name(subject, path), path.newest, last, path.at, path.facts)
    for letter, aim in lines.named:
        area = subject.wording.area(aim.start.area)
        name = subject("paths.line_named", letter=letter, area=area, name=lines.name(aim))
        rows += _straight(subject, name, aim.start, aim.year, aim.at, (aim.start, *aim.path.facts))
    words = subject.wording.catalogue
    value = words("chart_tools.head_unit", head=words("columns.value"), unit=unit_name(subject, lines.start))
    heads = [words("chart_tools.line"), words("columns.period"), value]
    heads += [words(f"columns.{each}") for each in ("qualifier", "vintage", "source")]
    return columned(dict(zip(heads, zip(*rows, strict=True), strict=True)), value)


def _straight(
    subject: Subject, name: str, first: Fact, last: int, at: Callable[[int], Decimal], facts: Iterable[Fact]
) -> list[Cells]:
    """The years of a straight line from a figure on; only the first is recorded."""
    words, sources = subject.wording.catalogue, source_titles(subject, facts)
    rows = [_figure(subject, name, first)]
    for year in range(int(first.period) + 1, last + 1):
        value = f"{fine(at(year), GOAL_DECIMALS):f}"
        rows.append((name, subject.wording.period(str(year)), value, "", words("chart_tools.computed"), sources))
    return rows


def _figure(subject: Subject, name: str, fact: Fact) -> Cells:
    words = subject.wording.catalogue
    qualifier = words(f"values.{fact.qualifier}") if fact.qualifier else ""
    value, vintage = f"{fact.quantity.value:f}", words(f"values.{fact.vintage}")
    return name, subject.wording.period(fact.period), value, qualifier, vintage, source_titles(subject, [fact])


def _assumed_name(subject: Subject, path: Path) -> str:
    wording = subject.wording
    area, period = wording.area(path.newest.area), wording.period(path.newest.period)
    if path.since is None:
        return subject("paths.line_held", area=area, period=period)
    return subject("paths.line_trend", area=area, since=wording.period(path.since.period), period=period)
