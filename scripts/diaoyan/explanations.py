"""Explanations: what a reader who questions a number is told, in one language; plain words, nothing is escaped here."""

from collections.abc import Callable
from decimal import Decimal

from diaoyan.claims import Audited, claim_anchor
from diaoyan.edition import Edition
from diaoyan.facts import Fact, anchor
from diaoyan.numbers import Count, Number, NumberLink
from diaoyan.quantities import Quantity, unit_word
from diaoyan.statements import Statement
from diaoyan.translations import localised
from diaoyan.wording import DATA_PAGE, Wording

AUDIT_PAGE = "audit.ipynb"
# Words, and where they lead if they are a link.
Line = list[str]


class Explanations:
    """Writes the explanations, one card each, of an edition's numbers."""

    def __init__(self, edition: Edition, wording: Wording, audited: list[Audited]):
        self._wording = wording
        self._words = wording.catalogue
        self._audited = audited
        self._has_audit = AUDIT_PAGE.removesuffix(".ipynb") in edition.chapters
        self._all_sources = edition.tables["sources"].by_key()

    def of(self, markdown: str, statements: list[Statement]) -> list[dict]:
        """A card for each number of a text or table; `statements` are those that the text makes."""
        checked = {link: each for each in statements for link in self._wording.numbers.of(each.words)}
        numbers = self._wording.numbers.of(markdown)
        return [
            self._count_card(link, number) if isinstance(number, Count) else self._card(link, number, checked.get(link))
            for link, number in numbers.items()
        ]

    def _count_card(self, link: NumberLink, count: Count) -> dict:
        """A number of rows: of which table, and where they are."""
        return {
            "to": link.to,
            "title": link.title,
            "words": link.words,
            "name": count.table,
            "value": count.value,
            "rows": [[self._words("cards.formula"), [count.formula]]],
            "foot": [[self._words("cards.table"), link.to]],
            "close": self._words("cards.close"),
        }

    def _card(self, link: NumberLink, number: Number, statement: Statement | None) -> dict:
        """A card as data: lines of words, each with the link it is, if it is one."""
        fact = number.facts[0]
        rows = {
            "formula": [[number.formula]] if number.formula else [],
            "figures": self._figures(number) if number.formula else [],
            "unit": self._unit(number),
            "period": self._period(number),
            "vintage": self._of_figures(number, lambda each: self._words(f"values.{each.vintage}")),
            "qualifier": self._qualifiers(number),
            "source": self._sources(number),
            "locator": self._of_figures(number, self._wording.locator),
            "note": self._of_figures(number, lambda each: localised(each.row, "note", self._language)),
            "claims": [self._claim(one) for one in self._audited if self._is_about(one, number)],
            "statement": [self._statement(statement)] if statement else [],
        }
        return {
            "to": link.to,
            "title": link.title,
            "words": link.words,
            "name": self._subject(fact),
            "value": number.value,
            "rows": [[self._words(f"cards.{key}"), *lines] for key, lines in rows.items() if lines],
            "foot": [] if number.formula else [[self._words("cards.row"), f"{DATA_PAGE}#{fact.anchor}"]],
            "close": self._words("cards.close"),
        }

    @property
    def _language(self) -> str:
        return self._words.language

    def _subject(self, fact: Fact) -> str:
        """What was measured, and where."""
        indicator = self._wording.plain_name(self._wording.indicators, fact.indicator)
        area = self._wording.plain_name(self._wording.areas, fact.area)
        return self._words("cards.subject", indicator=indicator, area=area)

    def _figures(self, number: Number) -> list[Line]:
        """The figures that a number was calculated from, told apart, with links to their rows."""
        apart = self._wording.told_apart(number.facts) or [self._wording.period(each.period) for each in number.facts]
        return [
            [self._words("cards.figure", amount=self._wording.amount(fact), of=of), f"{DATA_PAGE}#{fact.anchor}"]
            for fact, of in zip(number.facts, apart, strict=True)
        ]

    def _of_figures(self, number: Number, of: Callable[[Fact], str]) -> list[Line]:
        """What is recorded with the figures; where that is not the same for all, each with its amount."""
        found = [(fact, of(fact)) for fact in number.facts]
        same = {said for _, said in found}
        if len(same) == 1:
            return [[said] for said in same if said]
        lines = (
            self._words("cards.of_figure", amount=self._wording.amount(fact), said=said) for fact, said in found if said
        )
        return [[line] for line in lines]

    def _unit(self, number: Number) -> list[Line]:
        """The unit by its name, where the language writes the number without it."""
        if number.unit is None or unit_word(Quantity(Decimal(0), number.unit), self._words):
            return []
        return [[localised(number.unit.words, "name", self._language)]]

    def _period(self, number: Number) -> list[Line]:
        """The number's period, if it has one: its own, or that of all its figures."""
        periods = {number.period} if number.period else {each.period for each in number.facts}
        return [[self._wording.period(period)] for period in periods] if len(periods) == 1 else []

    def _qualifiers(self, number: Number) -> list[Line]:
        """What a figure that is only assumed, a bound or a target says of itself."""
        if number.assumed:
            return [[self._words("cards.qualifiers.assumed")]]

        def meaning(fact: Fact) -> str:
            return self._words(f"cards.qualifiers.{fact.qualifier}") if fact.qualifier else ""

        return self._of_figures(number, meaning)

    def _sources(self, number: Number) -> list[Line]:
        """The sources of all figures, each once."""
        keys = dict.fromkeys(fact.source for fact in number.facts)
        return [line for key in keys for line in self._source(key)]

    def _source(self, key: str) -> list[Line]:
        """A source: its title with the link to its row, who published it when, and its address."""
        row = self._all_sources[key]
        published = self._words(
            "cards.published",
            publisher=localised(row, "publisher", self._language),
            date=self._wording.period(row["date"]),
        )
        # By its host; the form of an address has been checked with the table.
        address = [[row["url"].split("/")[2], row["url"]]] if row["url"] else []
        title = localised(row, "title", self._language)
        return [[title, f"{DATA_PAGE}#{anchor('sources', key)}"], [published], *address]

    def _claim(self, one: Audited) -> Line:
        """A statement of the original on the number, with its verdict and the link to its row in the audit."""
        wording, verdict = localised(one.claim, "wording", self._language), self._verdict(one)
        return [
            self._words("remarks.claim", wording=wording, verdict=verdict),
            f"{AUDIT_PAGE}#{claim_anchor(one.claim['claim'])}",
        ]

    def _statement(self, statement: Statement) -> Line:
        """The verdict on what the text says, with the link to its row in the audit where the book has one."""
        verdict = self._verdict(statement.audited)
        return [verdict, f"{AUDIT_PAGE}#{statement.anchor}"] if self._has_audit else [verdict]

    def _verdict(self, one: Audited) -> str:
        return self._wording.verdict(one.verdict)

    @staticmethod
    def _is_about(one: Audited, number: Number) -> bool:
        """Whether a claim is about a number: its own figure, or a comparison of the same figures."""
        return one.recomputed.facts == number.facts if number.formula else one.is_about(number.facts[0])
