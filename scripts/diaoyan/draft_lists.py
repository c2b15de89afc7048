"""Lists of figures in a draft, in the order of what they are of: 申请量、授权量分别为5238件和2871件."""

from collections.abc import Sequence
from dataclasses import replace

from diaoyan.draft_levels import Comparable, Level
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.draft_times import SPAN_MARK, Moment
from diaoyan.grammar import Grammar

# One figure is no list.
LEAST = 2


class Lists:
    """Gives each figure of a list what it is of, by the words of a grammar."""

    def __init__(self, grammar: Grammar, comparable: Comparable):
        self._words = grammar.words
        self._comparable = comparable

    def read(self, sentence: Sentence, levels: Sequence[Level]) -> list[Level]:
        """The levels of a sentence, those of its lists with their subjects and times."""
        found = list(levels)
        for cue in self._words["respective"].finditer(sentence.marked):
            first = next((place for place, level in enumerate(found) if level.place == cue.end()), None)
            if first is None:
                continue
            row = self._row(sentence, found[first:])
            if len(row) >= LEAST:
                found[first : first + len(row)] = self._of_row(sentence, cue.start(), found[:first], row)
        return found

    def _row(self, sentence: Sentence, levels: Sequence[Level]) -> list[Level]:
        """The levels that stand one beside the other: 4365件和2490件."""
        row = [levels[0]]
        for level in levels[1:]:
            if not self._words["listed"].fullmatch(sentence.marked, row[-1].place + 1, level.place):
                break
            row.append(level)
        return row

    def _of_row(self, sentence: Sentence, cue: int, before: Sequence[Level], row: list[Level]) -> list[Level]:
        """The levels of a list as its clause has them: of so many times, of so many names, or of those before."""
        start = sentence.clause_start(cue)
        times = [each for place, each in sentence.items.items() if start <= place < cue and isinstance(each, Moment)]
        names = [name for name in self._words["listed"].split(without_marks(sentence.marked[start:cue])) if name]
        if len(times) == 1 and len(years := _years_of(times[0])) == len(row):
            # 2016—2018年成本依次为1.62元、1.71元、1.83元.
            times = [replace(times[0], period=str(year)) for year in years]
        if len(times) == len(row):
            subject = before[-1].subject if before else row[0].subject
            pairs = zip(row, times, strict=True)
            return [replace(level, moment=moment, subject=level.subject or subject) for level, moment in pairs]
        if len(names) == len(row):
            pairs = zip(row, names, strict=True)
            return [replace(level, subject=name, words=name) for level, name in pairs]
        last = [level for level in before if not level.is_in_brackets][-len(row) :]
        is_of_last = len(last) == len(row) and all(map(self._alike, last, row)) and len(times) == 1
        if not is_of_last:
            return row
        pairs = zip(row, last, strict=True)
        return [replace(level, subject=of.subject, words=of.words, moment=times[0]) for level, of in pairs]

    def _alike(self, first: Level, second: Level) -> bool:
        return self._comparable(first.amount, second.amount)


def _years_of(moment: Moment) -> range:
    """The years of a span."""
    first, mark, last = moment.period.partition(SPAN_MARK)
    return range(int(first), int(last) + 1) if mark and first.isdigit() and last.isdigit() else range(0)
