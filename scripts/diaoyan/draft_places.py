"""Places that a draft compares: which figure is that of which place (我市6.9%，全国6.1%，全省5.4%)."""

from collections.abc import Sequence

from diaoyan.draft_amounts import Amount
from diaoyan.draft_levels import CHANGES, Level, Levels
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
        names = []
        for each in self._words["listed"].split(base):
            # 全省平均 is 全省, 平均水平 is 平均, and 总水平 stays.
            shorter = (self._words[name].sub("", each) for name in ("average", "value_noun"))
            names += [next((name for name in (*shorter, each) if len(name) >= LEAST_NAME), "")]
        return [name for name in names if name]

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
        if is_home and not subject:
            # 我市34.2张，全省平均36.7张，比我市多出2.5张.
            others = [each for each in own if self._words["area"].search(self._words_of(each, own))]
            of_home = [each for each in own if each not in others]
            return (own[-1], of_home[-1]) if of_home and own[-1] in others else None
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
        """The last figure that is of no other place, and that of each place; None where another stands among them."""
        named = [self._named(own, name) for name in names]
        others = [each for each in own if self._words["area"].search(self._words_of(each, own))]
        of_home = [each for each in own if each not in others and not any(each in found for found in named)]
        if not names or not of_home:
            return None
        new = of_home[-1]
        # What is named again before is of another thing: 全国6.1%，我市6.9%；…
        near = [[each for each in found if each in own[-len(names) - len(others) - 1 :]] for found in named]
        is_place = all(
            len(found) == 1 or self._words["place"].fullmatch(name) for name, found in zip(names, named, strict=True)
        )
        if not is_place or any(len(each) != 1 for each in near):
            return None
        between = own[min(own.index(new), *(own.index(each[0]) for each in near)) :]
        is_row = all(each is new or each in others or any(each is found[0] for found in near) for each in between)
        return (new, [each[0] for each in near]) if is_row else None

    def _named(self, own: Sequence[Level], name: str) -> list[Level]:
        """The figures with a name among their words."""
        return [level for level in own if name in self._words_of(level, own)]

    def _words_of(self, level: Level, own: Sequence[Level]) -> str:
        """The words of a figure: from a semicolon, or from the amount before of its kind, or by which one changes."""
        sentence = level.sentence
        kinds = [each.place for each in own if each.place < level.place]
        moved = [
            place for place in sentence.amount_places if place < level.place and sentence.at(place).kind in CHANGES
        ]
        start = max([-1, sentence.marked.rfind("；", 0, level.place), *kinds, *moved]) + 1
        return without_marks(sentence.marked[start : level.place])

    def _alike(self, levels: Sequence[Level], by: Amount) -> list[Level]:
        """The levels that a statement may compare: of the kind it moves by, or of the last one's."""
        before = [each for each in levels if not each.is_base and not each.is_in_brackets]
        if by.kind == "points":
            return [each for each in before if each.is_rate]
        before = [each for each in before if not each.is_said or by.kind == "rate"]
        kind = by if by.kind == "level" else before[-1].amount if before else by
        return [each for each in before if self._levels.comparable(each.amount, kind)]
