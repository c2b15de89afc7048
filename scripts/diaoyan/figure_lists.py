"""Lists of sentences on whatever figures an edition has, for texts that serve every edition."""

from collections.abc import Callable, Iterator

from diaoyan import phrases
from diaoyan.city_figures import (
    base_fact,
    city_facts,
    fellow_facts,
    newer_facts,
    parent_fact,
    peer_facts,
    period_form,
    whole_fact,
)
from diaoyan.edition import Edition
from diaoyan.facts import Fact
from diaoyan.markup import escape
from diaoyan.phrases import Phrase
from diaoyan.translations import localised
from diaoyan.wording import Wording

Say = Callable[[Phrase, Fact, Fact], str]


class FigureLists:
    """Writes the lists of an edition in one language; `say` writes out what is said of two figures."""

    def __init__(self, edition: Edition, wording: Wording, say: Say):
        self._edition = edition
        self._wording = wording
        self._words = wording.catalogue
        self._say = say

    def levels(self) -> list[str]:
        """Every figure of the city, with its change since the base year where there is one."""
        return [self._sentence(fact, self._since_base(fact)) for fact in city_facts(self._edition)]

    def distances(self) -> list[str]:
        """Every figure that can be held against other areas: gap, share, place."""
        said = ((fact, [*self._gaps(fact), *self._share(fact), *self._place(fact)]) for fact in self._facts)
        return [self._sentence(fact, clauses) for fact, clauses in said if clauses]

    def shortfalls(self) -> list[str]:
        """Every rate on the worse side of a peer's."""
        lines = []
        for fact in self._facts:
            ahead = [other for other in peer_facts(self._edition, fact) if self._is_worse(fact, other)]
            if ahead:
                clauses = [self._say(phrases.gap(fact, other), fact, other) for other in ahead]
                lines.append(self._sentence(fact, clauses))
        return lines

    def newer(self) -> list[str]:
        """What was published after the report of the rates in it, of the city and of its peers."""
        return [line for fact in self._facts for line in self._later(fact)]

    def sources(self) -> list[str]:
        """The sources of the city's figures: publisher, title, date."""
        known = self._edition.tables["sources"].by_key()
        keys = dict.fromkeys(fact.source for fact in city_facts(self._edition))
        language = self._words.language
        return [
            self._words(
                "figure_lists.source",
                publisher=escape(localised(known[key], "publisher", language)),
                title=escape(localised(known[key], "title", language)),
                date=self._wording.period(known[key]["date"]),
            )
            for key in keys
        ]

    @property
    def _facts(self) -> list[Fact]:
        return city_facts(self._edition)

    def _sentence(self, fact: Fact, clauses: list[str]) -> str:
        """One line of a list: the indicator, its figure, and what is said of it."""
        name = self._wording.indicator(fact.indicator)
        parts = {
            "indicator": name[:1].upper() + name[1:],
            "period": self._wording.period(fact.period),
            "value": self._wording.level(fact),
        }
        written = self._words(f"figure_lists.{period_form(self._edition, fact)}", **parts)
        return self._words("figure_lists.between").join([written, *clauses])

    def _since_base(self, fact: Fact) -> list[str]:
        old = base_fact(self._edition, fact)
        return [self._say(phrases.change(fact, old), fact, old)] if old else []

    def _gaps(self, fact: Fact) -> list[str]:
        return [self._say(phrases.gap(fact, other), fact, other) for other in peer_facts(self._edition, fact)]

    def _share(self, fact: Fact) -> list[str]:
        whole = whole_fact(self._edition, fact)
        phrase = phrases.share(fact, whole) if whole else None
        if phrase is None:
            return []
        share = self._say(phrase, fact, whole)
        return [self._words("figure_lists.share", area=self._wording.area(whole.area), share=share)]

    def _place(self, fact: Fact) -> list[str]:
        fellows, parent = fellow_facts(self._edition, fact), parent_fact(self._edition, fact)
        return [self._say(phrases.rank(fact, fellows), fact, parent)] if fellows and parent else []

    def _is_worse(self, fact: Fact, other: Fact) -> bool:
        direction = self._edition.tables["indicators"].by_key()[fact.indicator]["direction"]
        difference = fact.quantity.in_base - other.quantity.in_base
        return difference > 0 if direction == "down" else difference < 0

    def _later(self, fact: Fact) -> Iterator[str]:
        for new, then in newer_facts(self._edition, fact):
            names = {"area": self._wording.area(new.area), "indicator": self._wording.indicator(new.indicator)}
            subject = self._words("recomputed.subject", **names)
            yield self._words(
                "figure_lists.later",
                subject=subject[:1].upper() + subject[1:],
                period=self._wording.period(new.period),
                value=self._wording.level(new),
                change=self._say(phrases.change(new, then), new, then),
            )
