"""The tables of an edition as sheets of a workbook: names, explanations, and cells as values of Excel."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from diaoyan.markup_check import parse, plain, words_of
from diaoyan.periods import is_year
from diaoyan.report import Report
from diaoyan.table_views import TableViews
from diaoyan.tables import Row

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Columns whose days are dates and whose years are numbers; other periods are written in words.
OF_TIME = ("period", "base_period", "since", "date")
# Excel reckons with no more digits; a longer number would lose its last ones.
MOST_DIGITS = 15


@dataclass(frozen=True)
class Sheet:
    """A table as a sheet: its name, what it holds, the heads, and the cells as values of Excel."""

    name: str
    explanation: str
    heads: list[str]
    rows: list[list[Any]]


def sheets(report: Report) -> list[Sheet]:
    """The tables in the order of the data page and under its headings, then those that the page leaves out."""
    views = TableViews(report.edition, report.wording, report.titles)
    found, seen = [], set()
    for name, title, explanation in [*_sections(report), *_others(report)]:
        source, rows = views.rows_of(name)
        if rows and name not in seen:
            seen |= {name, source}
            found.append(_sheet(report, views, source, rows, title, explanation))
    return found


def _sections(report: Report) -> Iterator[tuple[str, str, str]]:
    """The sections of the data page that show a table: its name, the heading, the words below it."""
    for output in report.texts("data"):
        heading, _, body = output.data["text/markdown"].partition("\n")
        if heading.startswith("## "):
            name = output.about["anchors"][0].removeprefix("data-")
            yield name, plain(heading.removeprefix("## ")), _plain_text(body)


def _others(report: Report) -> Iterator[tuple[str, str, str]]:
    """Every table of the schema under its caption."""
    for name in report.edition.tables:
        yield name, report.wording.catalogue(f"tables.{name}"), ""


def _sheet(report: Report, views: TableViews, source: str, rows: list[Row], title: str, explanation: str) -> Sheet:
    columns, heads, body = views.shaped(source, rows)
    words = report.wording.catalogue
    cells = [
        [_value(row.get(column), column, shown) for column, shown in zip(columns, cells, strict=True)]
        for row, cells in zip(rows, body, strict=True)
    ]
    return Sheet(title, explanation, [words(f"columns.{head}") for head in heads], cells)


def _value(value: Any, column: str, shown: str) -> Any:
    """A number as recorded, a day as a date, a year as a number; all else as the data page shows it, without markup."""
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return value if len(value.as_tuple().digits) <= MOST_DIGITS else f"{value:f}"
    if column in OF_TIME and value and DAY.fullmatch(value):
        return date.fromisoformat(value)
    if column in OF_TIME and value and is_year(value):
        return int(value)
    return plain(shown)


def _plain_text(markdown: str) -> str:
    """The words of paragraphs."""
    tokens = (token for token in parse(markdown) if token.type == "inline")
    return " ".join("".join(words_of(child) for child in token.children) for token in tokens)
