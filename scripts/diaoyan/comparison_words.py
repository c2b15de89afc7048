"""How a comparison names and writes what it is about: two editions, their figures, claims and items, as plain text."""

from dataclasses import dataclass, replace
from functools import cached_property

from diaoyan.catalogue import Catalogue, languages
from diaoyan.city_figures import period_form
from diaoyan.claims import Audited
from diaoyan.comparison import Differences
from diaoyan.edition import Edition
from diaoyan.facts import Fact
from diaoyan.markup_check import plain
from diaoyan.phrases import Phrase
from diaoyan.report import Report
from diaoyan.tables import Table
from diaoyan.wording import Wording, localised


@dataclass(frozen=True)
class Line:
    """A sentence and the difference it tells; `cells` are its parts for a table, empty where it is prose alone.

    A line without an entry says why there is nothing to compare.
    """

    text: str
    entry: object = None
    cells: tuple[str, ...] = ()


class ComparisonWords:
    """Names and numbers of both editions in the language of a catalogue."""

    def __init__(self, differences: Differences, catalogue: Catalogue):
        self.catalogue = catalogue
        self.kind = differences.kind
        self.editions = (differences.first, differences.second)
        tables = ("areas", "indicators", "sources")
        both = {name: _both(*(each.tables[name] for each in self.editions)) for name in tables}
        units = {**differences.first.units, **differences.second.units}
        self.wording = replace(Wording.about(differences.first, catalogue), units=units, **both)

    def names(self) -> dict[str, str]:
        """The `city`, and how the two editions are told apart: by their cities, or by the dates of the reports."""
        areas = [self.area(edition.meta["city"]) for edition in self.editions]
        dates = [self.wording.period(edition.meta["as_of"]) for edition in self.editions]
        reports = [self.catalogue("diff.report", date=date) for date in dates]
        first, second = areas if self.kind == "cities" else reports
        return {"city": areas[0], "first": first, "second": second, "first_date": dates[0], "second_date": dates[1]}

    def dated(self, fact: Fact, edition: Edition) -> str:
        """A figure of an edition with its period: 2021年为2.45%, 年初至2025年12月2日累计814.21亿元."""
        parts = {"period": self.wording.period(fact.period), "value": self.wording.amount(fact)}
        return self.catalogue(f"diff.dated.{period_form(edition, fact)}", **parts)

    def phrase(self, phrase: Phrase, new: Fact, old: Fact) -> str:
        """A phrase written out."""
        return plain(self.wording.phrase(phrase, new, old, alone=True))

    def indicator(self, indicator: str) -> str:
        """The name of an indicator as it begins a line."""
        return capital(self.wording.plain_name(self.wording.indicators, indicator))

    def area(self, area: str) -> str:
        """The name of an area."""
        return self.wording.plain_name(self.wording.areas, area)

    def sources(self, *facts: Fact) -> str:
        """The short names of the sources, each once."""
        names = dict.fromkeys(self.wording.plain_name(self.wording.sources, fact.source) for fact in facts)
        return self.catalogue("list.separator").join(names)

    def quoted(self, one: Audited) -> str:
        """What a claim says, as printed."""
        return localised(one.claim, "wording", self.catalogue.language)

    def result(self, one: Audited) -> str:
        """The recomputed value with the verdict, or the verdict alone where nothing comes out."""
        verdict = self.wording.verdict(one.verdict)
        if one.recomputed.value is None:
            return verdict
        value = self.wording.recomputed(one.recomputed, one.claim)
        return self.catalogue("recomputed.result", value=value, verdict=verdict)

    def title(self, item: str) -> str:
        """The heading of an item in the second edition, else in the first."""
        found = (report for report in reversed(self._reports) if item in report.edition.tables["items"].by_key())
        return plain(next(found).titles.get(item, item))

    def table(self, table: str) -> str:
        """The name of a table."""
        return self.catalogue(f"tables.{table}") if self.catalogue.has(f"tables.{table}") else table

    def column(self, column: str) -> str:
        """The name of a column, with its language where there is one for each."""
        stem, _, language = column.rpartition("_")
        if language not in languages(self.editions[1].data):
            return self.catalogue(f"columns.{column}") if self.catalogue.has(f"columns.{column}") else column
        key = f"form.languages.{language}"
        called = self.catalogue(key) if self.catalogue.has(key) else language
        return self.catalogue("form.in_language", head=self.column(stem), language=called)

    @cached_property
    def _reports(self) -> tuple[Report, ...]:
        """The report of each edition, whose headings name problems and recommendations."""
        return tuple(Report(edition, self.catalogue.language) for edition in self.editions)


def capital(words: str) -> str:
    """Words that begin a line."""
    return words[:1].upper() + words[1:]


def _both(first: Table, second: Table) -> Table:
    """The rows of two tables of a kind; where both have one, that of the second."""
    return replace(second, rows=tuple({**first.by_key(), **second.by_key()}.values()))
