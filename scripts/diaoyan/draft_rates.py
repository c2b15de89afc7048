"""Rates that a draft works out from two of its figures: 抽检7460批次，合格7289批次，合格率97.7%."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from diaoyan.digit_slips import digits, is_slip
from diaoyan.draft_amounts import Amount
from diaoyan.draft_bases import Bases
from diaoyan.draft_levels import Level, Levels
from diaoyan.draft_said import Said
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.grammar import Grammar

# A rate is of one of the last so many figures.
MOST_WHOLES = 2
# A rate is of two of so many figures before it, or of one behind it.
MOST_BEFORE, MOST_BEHIND = 8, 3
# What is further from the rate, in points, is not what it says.
MOST_OFF = 12
# A rate of fewer digits is another's slip by chance.
LEAST_DIGITS = 3
# By so many letters of its name a rate is known again: 合格率 in 合格7289批次, completion in completed.
STEM, STEM_IN_LETTERS = 2, 4


class Rates:
    """Finds rates with the two figures they are of."""

    def __init__(self, grammar: Grammar, levels: Levels, bases: Bases):
        self._form = grammar.forms["rate_of"].pattern
        self._levels = levels
        self._bases = bases

    def of(self, sentence: Sentence, levels: Sequence[Level]) -> Iterator[Said]:
        """The rates of a sentence whose figures are given: those named after one, and those a slip away from two."""
        for match in self._form.finditer(sentence.marked):
            at = match.start("by")
            by = sentence.at(at)
            # What another statement says (增长率12%) is a level no more.
            is_level = any(each.place == at and not each.is_said for each in levels)
            is_in_brackets = sentence.marked.rfind("（", 0, at) > sentence.marked.rfind("）", 0, at)
            if not is_level or by.qualifier or is_in_brackets:
                continue
            known = [each for each in [*self._bases.before(sentence), *levels] if _is_figure(each)]
            place = sum(_is_before(each, sentence, match.start()) for each in known)
            figures = known[max(0, place - MOST_BEFORE) : place + MOST_BEHIND]
            found = self._exact(figures, by)
            if found and not self._is_plain(sentence, match, found[0]):
                # Of many figures two make any rate.
                continue
            # Rates in thousandths (出生率) are of a mean population, which reports do not print.
            if found is None and by.unit.per_base == 1:
                found = self._nearly(sentence, match, figures, by)
                if found and self._is_of_both(figures, by):
                    continue
            if found:
                name = without_marks(sentence.marked[match.start() : match.end("kind")])
                said = Said("share", sentence, *match.span(), by, new=found[0], old=found[1], base=match["name"])
                yield replace(said, rate=name)

    def _is_plain(self, sentence: Sentence, match: re.Match, part: Level) -> bool:
        """Whether a rate is of a figure by its name, or of the one right before it."""
        is_next = part.sentence is sentence and self._levels.is_light(sentence, part.place + 1, match.start())
        return is_next or self._stem(match) in part.words

    def _stem(self, match: re.Match) -> str:
        return match["name"][:STEM_IN_LETTERS] if match["name"].isascii() else match["name"][-STEM:]

    def _exact(self, figures: Sequence[Level], by: Amount) -> tuple[Level, Level] | None:
        """Two figures, wherever they stand, that make the rate."""
        pairs = ((part, whole) for part in figures for whole in self._wholes(part, figures))
        return next((pair for pair in pairs if _made(*pair, by) == by.number), None)

    def _is_of_both(self, figures: Sequence[Level], by: Amount) -> bool:
        """起诉2846人，不起诉1023人，不起诉率26.4%: whether the rate is of two together."""
        pairs = [pair for pair in combinations(figures, 2) if self._levels.comparable(pair[0].amount, pair[1].amount)]
        wholes = {first.size + second.size for first, second in pairs}
        return any(_rate_of(part.size, whole, by) == by.number for whole in wholes for part in figures)

    def _nearly(
        self, sentence: Sentence, match: re.Match, figures: Sequence[Level], by: Amount
    ) -> tuple[Level, Level] | None:
        """The figure that has the name of the rate, or stands right before it, and what it is a part of.

        What they make is near the rate, and a slip away from it where nothing names the figure.
        """
        own = [each for each in figures if _is_before(each, sentence, match.start())]
        named = [each for each in own if each.sentence is sentence and self._stem(match) in each.words]
        for part in reversed(named):
            # 利用量62.8万吨，利用率89.2%（可收集量70.4万吨）: the whole may stand behind.
            others = [each for each in figures if each is not part]
            wholes = self._wholes(part, others)
            if not wholes and others and part.amount.kind == others[0].amount.kind:
                # 床位6830张，已入住2972人，入住率43.5%: beds and people are counted otherwise.
                wholes = [each for each in others[-1:] if is_slip(_made(part, each, by), by.number)]
            near = [each for each in wholes if abs(_made(part, each, by) - by.number) < MOST_OFF]
            slips = [each for each in wholes if is_slip(_made(part, each, by), by.number)]
            if near or slips:
                return part, (near or slips)[-1]
        if named:
            return None
        if not own or len(digits(by.number)) < LEAST_DIGITS:
            return None
        if not self._levels.is_light(sentence, own[-1].place + 1, match.start()):
            return None
        part, wholes = own[-1], self._wholes(own[-1], own[:-1])
        slips = [whole for whole in wholes[-MOST_WHOLES:] if is_slip(_made(part, whole, by), by.number)]
        return (part, slips[-1]) if slips else None

    def _wholes(self, part: Level, figures: Sequence[Level]) -> list[Level]:
        """What a part may be of."""
        return [each for each in figures if each.size > part.size and self._levels.comparable(each.amount, part.amount)]


def _is_before(level: Level, sentence: Sentence, place: int) -> bool:
    return not level.is_in_brackets and (level.sentence is not sentence or level.place < place)


def _is_figure(level: Level) -> bool:
    return level.amount.kind == "level" and not (level.is_base or level.amount.qualifier)


def _made(part: Level, whole: Level, by: Amount) -> Decimal:
    """What the rate comes to, with as many decimals as it is printed with."""
    return _rate_of(part.size, whole.size, by)


def _rate_of(part: Decimal, whole: Decimal, by: Amount) -> Decimal:
    rate = part / whole * 100 / by.unit.per_base if whole else Decimal(0)
    return rate.quantize(Decimal(1).scaleb(by.number.as_tuple().exponent))
