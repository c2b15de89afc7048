"""Sums in a draft: parts and the total they are said to make, and shares that cannot all be of one whole."""

import re
from collections.abc import Iterator, Sequence

from diaoyan.digit_slips import digits
from diaoyan.draft_hundreds import MOST_SHARES, Hundreds
from diaoyan.draft_levels import Comparable, Level
from diaoyan.draft_parts import (
    LEAST_LIST,
    LEAST_PARTS,
    Parts,
    are_a_slip_off,
    are_of_each_year,
    are_of_years,
    can_be_parts,
    makes,
    rounding_of,
    size_of,
)
from diaoyan.draft_said import ReadSentence, SaidSum
from diaoyan.draft_sentences import Sentence
from diaoyan.grammar import Grammar

# From the word for a total to its figure: 合计出口446.7亿元.
MOST_BETWEEN = 4
# Where nothing says that figures are parts, no more are.
MOST_LIKELY = 12
# Parts that make more than their total by at most so much, in per cent, are wrong rather than of things that overlap.
MOST_LITTLE = 6
# Of fewer digits a number is another's slip by chance: where parts may be missing, and where none can be.
LEAST_DIGITS, LEAST_DIGITS_OF_ALL = 4, 3


class Sums:
    """Finds sums among the levels and shares of sentences."""

    def __init__(self, grammar: Grammar, comparable: Comparable):
        self._words = grammar.words
        self._parts = Parts(grammar, comparable)
        self._hundreds = Hundreds(grammar, self._parts)
        # Those of the sentence before, which 其中 at the beginning of one speaks of.
        self._last: list[Level] = []

    def of(self, read: ReadSentence) -> Iterator[SaidSum]:
        """The sums of a sentence."""
        sentence = read.sentence
        own = [each for each in read.levels if not each.is_base]
        known = self._last if self._last and self._last[0].sentence.plain is sentence.plain else []
        found = [
            *self._totals_after(sentence, own, known),
            *self._totals_before(sentence, own, known),
            *self._remainders(sentence, own),
            *self._hundreds.of(read),
        ]
        yield from found
        if not any(each.total is not None and (each.is_wrong or each.is_right) for each in found):
            yield from self._nearly(sentence, own)
        self._last = own

    def _totals_after(self, sentence: Sentence, levels: Sequence[Level], known: Sequence[Level]) -> Iterator[SaidSum]:
        """小学5960人，初中3870人，高中2010人，总计9830人."""
        for place, total in enumerate(levels):
            cue = self._cue(sentence, total)
            if cue is None or total.amount.qualifier or not total.is_counted:
                continue
            names = self._parts.names(sentence, cue)
            named = self._parts.by_name(names, total, [*known, *levels[:place]])
            parts = named or self._parts.run_before(sentence, levels[:place], total)
            if not named and len(names) >= LEAST_LIST and len(names) != len(parts):
                # 世遗1处、国保27处、省保131处，国保、省保共计158处: of some of them, called otherwise.
                continue
            between = sentence.marked[parts[-1].place + 1 : cue] if parts else ""
            is_next = named or self._words["to_total"].fullmatch(between)
            if len(parts) < LEAST_LIST or not (is_next or self._is_nearly(parts, total)):
                continue
            # The list may begin later than the levels do.
            shorter = (parts[first:] for first in range(len(parts) - 1))
            parts = next((each for each in shorter if makes(each, total)), parts)
            yield _said_sum(sentence, min(cue, total.place), max(cue, total.place + 1), parts, total, is_whole=True)

    def _is_nearly(self, parts: Sequence[Level], total: Level) -> bool:
        """Whether parts in a row are those of a total further on, which they miss by a slip at most."""
        if not self._parts.is_enough(parts):
            return False
        return makes(parts, total) or are_a_slip_off(parts, total, LEAST_DIGITS_OF_ALL)

    def _cue(self, sentence: Sentence, level: Level) -> int | None:
        """Where the words stand that make a level the sum of those before it: 合计 before it, or in total behind."""
        behind = self._words["sum_after"].match(sentence.marked, level.place + 1)
        return level.place if behind else _before(self._words["sum"], sentence, level)

    def _totals_before(self, sentence: Sentence, levels: Sequence[Level], known: Sequence[Level]) -> Iterator[SaidSum]:
        """共207家，其中国家级3家、省级120家、市级84家."""
        for total, after in [*self._total_of_last(sentence, levels, known), *_each_with_rest(levels)]:
            start = total.place + 1 if total.sentence is sentence else 0
            between = sentence.marked[start : after[0].place]
            if total.amount.qualifier or total.amount.kind != "level" or not self._words["parts"].search(between):
                continue
            parts = self._parts.run_after(sentence, start, total, after)
            if not parts or any(part.amount.qualifier for part in parts):
                continue
            shorter = [parts[:end] for end in range(LEAST_LIST, len(parts) + 1)]
            alike = [each for each in shorter if self._parts.are_of_one_kind(list(map(self._parts.label, each)))]
            # The list may end earlier than the levels do.
            made = [each for each in shorter if makes(each, total)][:1]
            for run in made or (parts, *alike[-1:]):
                is_whole = self._are_all(sentence, between, run, total)
                if is_whole or self._are_held(between, run, total):
                    first = total.place if total.sentence is sentence else run[0].place
                    yield _said_sum(sentence, first, run[-1].place + 1, run, total, is_whole)
                    break

    def _total_of_last(self, sentence: Sentence, levels: Sequence[Level], known: Sequence[Level]):
        """共207家。其中，国家级3家: the last figure of the sentence before that can be the whole, and the parts."""
        if not levels or not self._words["among"].match(sentence.marked):
            return []
        wholes = [each for each in known if self._parts.is_alike(levels[0], each) and not each.is_in_brackets]
        return [(each, levels) for each in wholes[-1:]]

    def _are_all(self, sentence: Sentence, between: str, parts: Sequence[Level], total: Level) -> bool:
        """Whether parts are said to be all there are, are those of each year, or miss the total by a slip."""
        if len(parts) < LEAST_LIST:
            return False
        is_total = _before(self._words["total"], total.sentence, total) is not None
        if (is_total and self._words["exhaustive"].search(between)) or self._words["each_of"].match(between):
            return True
        if self._words["exhaustive_after"].match(sentence.marked, parts[-1].place + 1):
            return True
        # What is more than the whole misses no part.
        misses_none = size_of(parts) > total.size or are_of_years(parts)
        least = LEAST_DIGITS_OF_ALL if misses_none else LEAST_DIGITS
        return are_of_each_year(parts, total) or are_a_slip_off(parts, total, least)

    def _are_held(self, between: str, parts: Sequence[Level], total: Level) -> bool:
        """Whether parts may not exceed the total: a single one, or those of a kind that do not overlap."""
        if len(parts) < LEAST_LIST:
            is_larger = parts[0].size > total.size and parts[0].amount.noun == total.amount.noun
            return is_larger and bool(self._words["among"].search(between))
        if makes(parts, total):
            return True
        # What adds up to far more overlaps: women, people under 35. Parts of an amount do not, as people do.
        is_near = size_of(parts) * 100 <= total.size * MOST_SHARES
        is_of_kind = self._parts.are_of_one_kind([self._parts.label(part) for part in parts])
        # 48项，其中完成41项，基本完成5项，未完成3项: what overlaps adds up to more by chance, seldom to so little more.
        excess = size_of(parts) - total.size
        is_little = len(parts) >= LEAST_PARTS and 0 < excess * 100 <= total.size * MOST_LITTLE
        if is_little and all(part.amount.noun == total.amount.noun for part in parts):
            return True
        return is_near and (is_of_kind or total.amount.unit.dimension != "count")

    def _remainders(self, sentence: Sentence, levels: Sequence[Level]) -> Iterator[SaidSum]:
        """64家加油站中57家已完成，剩下的7家: with what remains, the parts are the total."""
        for place, rest in enumerate(levels):
            begin, is_own = sentence.clause_start(rest.place), rest.is_counted and not rest.amount.qualifier
            if not is_own or not self._words["remaining"].search(sentence.marked, begin, rest.place):
                continue
            alike = [each for each in levels[:place] if self._parts.is_alike(each, rest) and not each.is_in_brackets]
            if len(alike) < LEAST_LIST or any(each.amount.qualifier for each in alike):
                continue
            alike = alike[-MOST_LIKELY:]
            # Which figure is the total, and from where on the parts are listed, nothing says.
            runs = [
                (total, [*alike[first:], rest])
                for place, total in enumerate(alike)
                for first in range(place + 1, len(alike))
            ]
            right = [(total, run) for total, run in runs if makes(run, total)]
            wrong = [(total, run) for total, run in runs if are_a_slip_off(run, total, LEAST_LIST)]
            for total, run in right[:1] or wrong[:1]:
                yield _said_sum(sentence, rest.place, rest.place + 1, run, total, is_whole=True)

    def _nearly(self, sentence: Sentence, levels: Sequence[Level]) -> Iterator[SaidSum]:
        """办结158件，解决87件，列入计划46件，暂时难以解决15件: they make 148, which is a slip away."""
        runs = [(total, self._runs(sentence, levels, place)) for place, total in enumerate(levels)]
        made = {each.place for total, found in runs for run in found if makes(run, total) for each in (total, *run)}
        for place, (total, found) in enumerate(runs):
            slips = [run for run in found if are_a_slip_off(run, total, LEAST_DIGITS_OF_ALL)]
            # What makes another total with others is none itself.
            if not slips or total.place in made:
                continue
            rest = levels[place + 1 :]
            has_some = rest and self._words["among"].search(sentence.marked, total.place, rest[0].place)
            is_sum = place and self._parts.run_before(sentence, levels[:place], total) and self._cue(sentence, total)
            # What has parts among others has been looked at, and so has what is a sum of those before it.
            if not has_some and not is_sum:
                places = (total.place, *(part.place for part in slips[0]))
                yield _said_sum(sentence, min(places), max(places) + 1, slips[0], total, is_whole=True)

    def _runs(self, sentence: Sentence, levels: Sequence[Level], place: int) -> list[list[Level]]:
        """The figures in a row right before, and right behind, a figure, that can be its parts, in all lengths."""
        total = levels[place]
        if total.amount.kind != "level" or total.amount.qualifier or total.is_in_brackets:
            return []
        before = self._parts.run_before(sentence, levels[:place], total)[-MOST_LIKELY:]
        after = self._parts.run_after(sentence, total.place + 1, total, levels[place + 1 :])[:MOST_LIKELY]
        runs = [before[first:] for first in range(len(before))] + [after[:end] for end in range(len(after), 0, -1)]
        runs = [run for run in runs if self._parts.is_enough(run) and can_be_parts(run, total)]
        # Of few digits a number is a slip away by chance from some of many: from all of a row only.
        has_many = len(digits(total.amount.number)) >= LEAST_DIGITS
        runs = [run for run in runs if has_many or len(run) in (len(before), len(after))]
        # 甲县100家，乙县137家，…: what is called as the others are is no total of them.
        return [run for run in runs if not self._parts.are_called_alike([total, *run])]


def _each_with_rest(levels: Sequence[Level]) -> list[tuple[Level, Sequence[Level]]]:
    return [(level, levels[place + 1 :]) for place, level in enumerate(levels[:-1])]


def _before(words: re.Pattern, sentence: Sentence, level: Level) -> int | None:
    """Where one of the words stands right before a level; None where none does."""
    found = list(words.finditer(sentence.marked, sentence.clause_start(level.place), level.place))
    return found[-1].start() if found and level.place - found[-1].end() <= MOST_BETWEEN else None


def _said_sum(
    sentence: Sentence, start: int, end: int, parts: Sequence[Level], total: Level, is_whole: bool
) -> SaidSum:
    unit = total.amount.unit.per_base
    values = tuple(part.size / unit for part in parts)
    return SaidSum(sentence, start, end, values, total.amount.number, is_whole, total, rounding_of(parts, total) / unit)
