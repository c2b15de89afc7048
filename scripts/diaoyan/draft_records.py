"""Figures of a draft held against those that an edition records for the same thing at the same time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from diaoyan.draft_amounts import Amount
from diaoyan.draft_levels import Comparable, Level
from diaoyan.draft_said import ReadSentence, Said
from diaoyan.draft_sentences import without_marks
from diaoyan.draft_times import Moment
from diaoyan.edition import Edition
from diaoyan.facts import Fact
from diaoyan.grammar import Grammar
from diaoyan.translations import localised


@dataclass(frozen=True)
class Recorded:
    """A figure of the draft and what the edition records in its place."""

    level: Level
    fact: Fact

    @property
    def span(self) -> tuple[int, int]:
        """Where in the draft it stands."""
        return self.level.sentence.span(self.level.place, self.level.place + 1)


class Records:
    """The figures of an edition by the names that a draft in a language calls them by."""

    def __init__(self, edition: Edition, language: str, grammar: Grammar, comparable: Comparable):
        self._indicators = {localised(row, "name", language): row["indicator"] for row in edition.tables["indicators"]}
        self._facts, self._city = edition.facts, edition.meta["city"]
        self._words = grammar.words
        self._comparable = comparable

    def of(self, read: ReadSentence) -> Iterator[Recorded]:
        """The figures of a sentence that are recorded otherwise."""
        for level in read.levels:
            fact = self._fact(level, level.moment)
            if fact and fact.bound == "exact" and level.amount.qualifier is None and _differ(level, fact):
                yield Recorded(level, fact)

    def with_base(self, said: Said) -> Said:
        """A statement with the recorded base where the draft gives none: 比2018年增长188%."""
        if said.new is None or said.old is not None or said.obstacle:
            return said
        fact = self._fact(said.new, said.base_moment)
        if fact is None:
            return said
        return replace(said, old=replace(said.new, amount=_as_amount(fact), moment=said.base_moment, place=said.start))

    def _fact(self, level: Level, moment: Moment | None) -> Fact | None:
        """What is recorded for the indicator that a clause names; none where it names another area, or says no year."""
        if moment is None or moment.year is None or moment.period != str(moment.year):
            return None
        start = level.sentence.clause_start(level.place)
        clause = without_marks(level.sentence.marked[start : level.place])
        # 省级创新平台 before 创新平台.
        name = max((name for name in self._indicators if name in clause), key=len, default="")
        rest = clause.replace(name, "")
        if not name or self._words["other_area"].search(rest) or self._words["flow"].search(rest):
            return None
        fact = self._facts.find(self._indicators[name], self._city, moment.period)
        return fact if fact and self._comparable(_as_amount(fact), level.amount) else None


def _as_amount(fact: Fact) -> Amount:
    unit = fact.quantity.unit
    kind = "rate" if unit.dimension == "percent" else "level"
    return Amount(0, 0, fact.quantity.value, unit, kind, unit.name.lstrip("万亿"), fact.qualifier)


def _differ(level: Level, fact: Fact) -> bool:
    """Whether the two differ by more than the coarser was rounded."""
    recorded = Decimal(1).scaleb(-fact.quantity.decimals) * fact.quantity.unit.per_base
    return abs(level.size - fact.quantity.in_base) > max(level.last_digit, recorded) / 2
