"""Places that a draft compares: which figure is that of which place (我市6.9%，全国6.1%，全省5.4%)."""

from collections.abc import Sequence

from diaoyan.draft_amounts import Amount
from diaoyan.draft_levels import Level, Levels
from diaoyan.draft_said import Said
from diaoyan.draft_sentences import without_marks
from diaoyan.grammar import Grammar

# A name of one character stands in too many words.
LEAST_NAME = 2


class Places:
    """Finds the figures of places by the words of a grammar."""

    def __init__(self, grammar: Grammar, levels: Levels):
        self._words = grammar.words
        self._levels = levels

    def names(self, base: str) -> list[str]:
        """The places that a statement is measured against, by name: 全国、全省平均 are two."""
        names = [self._words["average"].sub("", each) for each in self._words["listed"].split(base)]
        return [name for name in names if len(name) >= LEAST_NAME]

    def pair(self, said: Said, levels: Sequence[Level]) -> tuple[Level, Level] | None:
        """The figure of the place a statement begins with and that of its base: 邻市3.4人…，邻市是我市的2.6倍."""
        own = self._alike(levels, said.by)
        start = said.sentence.clause_start(said.start)
        words = without_marks(said.sentence.marked[start : said.start])
        is_of_home = self._words["home"].fullmatch(words)
        subject = words if is_of_home else self._levels.heavy_words(said.sentence, start, said.start)
        if self._words["former"].fullmatch(subject):
            return (own[-2], own[-1]) if len(own) > 1 and self._words["latter"].fullmatch(said.base) else None
        is_home = self._words["home"].fullmatch(said.base)
        if is_home and len(subject) >= LEAST_NAME:
            found = self._of(own, [subject])
            return (found[1][0], found[0]) if found else None
        names = self.names(said.base)
        if len(names) != 1 or is_home:
            return None
        named, new = self._named(own, names[0]), self._named(own, subject) if subject else []
        if len(named) == len(new) == 1:
            return new[0], named[0]
        found = self._of(own, names)
        return (found[0], found[1][0]) if found else None

    def each(self, said: Said, levels: Sequence[Level], number: int) -> tuple[Level, list[Level]] | None:
        """What a statement is about, and the figures of so many places that it is measured against."""
        names = self.names(said.base)
        return self._of(self._alike(levels, said.by), names) if len(names) == number else None

    def _of(self, own: Sequence[Level], names: Sequence[str]) -> tuple[Level, list[Level]] | None:
        """The last figure that is of none of the places, and that of each; None where others stand among them."""
        row = own[-len(names) - 1 :]
        named = [[level for level in self._named(own, name) if level in row] for name in names]
        if len(row) <= len(names) or any(len(each) != 1 for each in named):
            return None
        if any(len(self._named(own, name)) > 1 and not self._words["place"].fullmatch(name) for name in names):
            return None
        rest = [level for level in row if not any(level is each[0] for each in named)]
        return (rest[0], [each[0] for each in named]) if len(rest) == 1 else None

    def _named(self, own: Sequence[Level], name: str) -> list[Level]:
        """The figures with a name among their words: from the one before of its kind, or from a semicolon."""
        starts = [-1, *(level.place for level in own)]
        found = []
        for level, last in zip(own, starts, strict=False):
            marked = level.sentence.marked
            if name in without_marks(marked[max(last, marked.rfind("；", 0, level.place)) + 1 : level.place]):
                found.append(level)
        return found

    def _alike(self, levels: Sequence[Level], by: Amount) -> list[Level]:
        """The levels that a statement may compare: of the kind it moves by, or of the last one's."""
        before = [each for each in levels if not each.is_base and not each.is_in_brackets]
        if by.kind == "points":
            return [each for each in before if each.is_rate]
        kind = by if by.kind == "level" else before[-1].amount if before else by
        return [each for each in before if self._levels.comparable(each.amount, kind)]
