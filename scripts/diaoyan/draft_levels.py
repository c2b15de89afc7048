"""Levels in the sentences of a draft: figures given for something at some time, alone or two by two (由X提高到Y)."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from diaoyan.draft_amounts import Amount
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.draft_times import BEFORE_PREVIOUS, PREVIOUS, Moment
from diaoyan.grammar import MARKS, Grammar

# Whether two amounts are of one dimension.
Comparable = Callable[[Amount, Amount], bool]
# Forms of two levels: from X to Y, and, where a language says it so, to Y from X.
PAIRS = ("pair", "pair_back")
# Amounts by which something changes, and which nothing has.
CHANGES = ("points", "times", "doublings")

# Dimensions of which less is better.
BETTER_LESS = ("concentration", "noise")
# Times that are said only as being before another, the earliest first; all others come after them.
RELATIVE = {BEFORE_PREVIOUS: 0, PREVIOUS: 1}


@dataclass(frozen=True)
class Level:
    """An amount that a sentence gives for something: of what, when, and where in the marked text it stands.

    `words` are those right before it; one that only says against what something is measured `is_base`, and a share or
    growth, which may itself be compared, `is_said`.
    """

    amount: Amount
    moment: Moment | None
    subject: str
    sentence: Sentence
    place: int
    words: str = ""
    is_base: bool = False
    is_said: bool = False

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage."""
        return self.amount.kind == "rate"

    @property
    def is_counted(self) -> bool:
        """Whether it counts or measures something; what English counts stands behind the number."""
        return self.amount.kind == "level" or (self.amount.kind == "bare" and not self.sentence.plain.is_chinese)

    @cached_property
    def size(self) -> Decimal:
        """Its value in the base unit of its dimension."""
        return self.amount.number * self.amount.unit.per_base

    @cached_property
    def last_digit(self) -> Decimal:
        """What one in its last printed digit is worth, in the base unit: 100 of 3.25万元."""
        return Decimal(1).scaleb(min(self.amount.number.as_tuple().exponent, 0)) * self.amount.unit.per_base

    @property
    def is_in_brackets(self) -> bool:
        """Whether it stands in brackets."""
        return bool(self.bracket)

    @property
    def bracket(self) -> str:
        """The marked text from the bracket it stands in; empty where it stands in none."""
        marked = self.sentence.marked
        start = marked.rfind("（", 0, self.place)
        return marked[start : self.place] if start > marked.rfind("）", 0, self.place) else ""


@dataclass(frozen=True)
class Pair:
    """由X提高到Y: two levels, whether the verb between them rises (None where it says neither), where they stand."""

    start: int
    end: int
    old: Level
    new: Level
    rises: bool | None


class Levels:
    """Reads the levels of sentences by the words and forms of a grammar."""

    def __init__(self, grammar: Grammar):
        self._words = grammar.words
        self._pairs = [form.pattern for name, form in grammar.forms.items() if name in PAIRS]
        self._reached = grammar.forms["reached"].pattern
        self._amounts = grammar.amounts
        # Possessive, for words that are made of others (达到, 略有) can be parted in very many ways.
        self._light = re.compile(
            rf"(?:{grammar.words['adverb'].pattern}|{grammar.words['light'].pattern}|（[^（）]*）)*+"
        )

    def in_sentence(self, sentence: Sentence, matches: Iterable[re.Match], pairs: Iterable[Pair]) -> list[Level]:
        """The levels of a sentence in its order: the amounts by which nothing is said to change."""
        spans = [_span(match, name) for match in matches for name in ("base", "aside", "whole")]
        said = {match.start("by") for match in matches}
        of_pairs = {level.place: level for pair in pairs for level in (pair.old, pair.new)}
        bases = times_of_bases(sentence, matches)
        found: list[Level] = []
        for place in sentence.amount_places:
            amount = sentence.at(place)
            if place in said or amount.in_range or amount.kind in CHANGES:
                continue
            level = of_pairs.get(place) or self.at(sentence, place, bases)
            if not level.subject:
                alike = [each.subject for each in found if self.comparable(each.amount, amount)]
                level = replace(level, subject=next(iter(alike[-1:] or [each.subject for each in found[-1:]]), ""))
            found.append(replace(level, is_base=any(place in span for span in spans)))
        return found

    def at(self, sentence: Sentence, place: int, bases: frozenset[int] = frozenset()) -> Level:
        """The level at a place of a sentence; times at the places `bases` are not its own."""
        start = sentence.clause_start(place)
        last = sentence.last_item(start, place)
        before = start if last is None else last + 1
        words = without_marks(sentence.marked[before:place])
        subject = self._subject(words) or self._subject(without_marks(sentence.marked[start:before]))
        moment = sentence.time_of(place, bases)
        if moment and self._words["sum"].search(words) and moment.end <= sentence.places[start]:
            # 2021年86.1亿元，三年合计218.6亿元: no time of the last part.
            moment = None
        return Level(sentence.at(place), moment, subject, sentence, place, words)

    def pairs(self, sentence: Sentence) -> list[Pair]:
        """The pairs of a sentence: 由X提高到Y, and Y上升到… behind an earlier year's X."""
        found: list[Pair] = []
        for form in self._pairs:
            position = 0
            while match := form.search(sentence.marked, position):
                pair = self._as_pair(sentence, match)
                position = match.end() if pair else match.start() + 1
                found += [pair] if pair else []
        return found + [pair for pair in self._reached_in(sentence) if not _overlaps(pair, found)]

    def comparable(self, first: Amount, second: Amount) -> bool:
        """Whether two amounts are of one dimension, so far as their units say."""
        if first.unit.dimension != second.unit.dimension:
            return False
        if not first.noun or not second.noun or first.unit.dimension != "count":
            return True
        return self._amounts.alike(first.noun, second.noun)

    def is_light(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether the words between two places of a marked text leave the subject as it is."""
        return start <= end and bool(self._light.fullmatch(sentence.marked, start, end))

    def heavy_words(self, sentence: Sentence, start: int, end: int) -> str:
        """The words between two places that may change the subject."""
        return without_marks(self._light.sub("", sentence.marked[start:end]))

    def rises(self, verb: str) -> bool | None:
        """Whether a verb says more (True) or less (False); None for one that says neither."""
        if self._words["rise"].fullmatch(verb):
            return True
        return False if self._words["fall"].fullmatch(verb) else None

    def _as_pair(self, sentence: Sentence, match: re.Match) -> Pair | None:
        old, new = (self.at(sentence, match.start(name)) for name in ("old", "new"))
        verb = match["verb"] or ""
        if not verb and not self.comparable(old.amount, new.amount):
            return None
        if new.moment is old.moment:
            # 2016年至2020年，由21.7亿元增加到33.5亿元: the ends of the span; of one time it is the first's.
            first, last = _ends(old.moment)
            is_inside = old.moment is not None and sentence.places[match.start()] <= old.moment.start
            if is_inside and last is None:
                # 到2010年，产值由2005年的4.2亿元增加到9.6亿元.
                last = sentence.time_of(match.start())
            old, new = replace(old, moment=first), replace(new, moment=last)
        subject = old.subject or new.subject
        old, new = replace(old, subject=subject), replace(new, subject=subject)
        is_less = new.amount.unit.dimension in BETTER_LESS and self._words["better"].fullmatch(verb)
        return Pair(match.start(), match.end(), old, new, False if is_less else self.rises(verb))

    def _reached_in(self, sentence: Sentence) -> Iterator[Pair]:
        """2020年124件，到2023年上升为310件: what was reached, and as its base the level of an earlier time."""
        for match in self._reached.finditer(sentence.marked):
            rises = self.rises(match["verb"])
            before = [
                each for each in sentence.amount_places if each < match.start() and not self._is_part(sentence, each)
            ]
            if rises is None or not before or sentence.at(before[-1]).kind not in ("level", "rate"):
                continue
            old, new = self.at(sentence, before[-1]), self.at(sentence, match.start("new"))
            is_of_same = self.comparable(old.amount, new.amount) or self.is_light(
                sentence, old.place + 1, match.start()
            )
            if is_of_same and is_earlier(old.moment, new.moment):
                yield Pair(match.start(), match.end(), old, new, rises)

    def _is_part(self, sentence: Sentence, place: int) -> bool:
        """Whether an amount is one of those behind 其中, or a whole that something is a share of."""
        start = sentence.marked.rfind("；", 0, place) + 1
        if self._words["among"].search(sentence.marked, start, place):
            return True
        return bool(self._words["of_whole"].search(sentence.marked[start:place]))

    def _subject(self, words: str) -> str:
        """What an amount is of: the words before it without the verbs and adverbs at their ends."""
        return self._words["after_subject"].sub("", self._words["before_subject"].sub("", words))


def times_of_bases(sentence: Sentence, matches: Iterable[re.Match]) -> frozenset[int]:
    """Where the times stand that only say against what something is measured (较2018年)."""
    spans = [_span(match, "base") for match in matches]
    return frozenset(place for span in spans for place in span if sentence.marked[place] == MARKS["time"])


def is_earlier(first: Moment | None, second: Moment | None) -> bool:
    """Whether a time lies before another, so far as both say."""
    if first is None or second is None:
        return False
    if first.year and second.year:
        return first.year < second.year
    ranks = [RELATIVE.get(each.period, len(RELATIVE)) for each in (first, second)]
    return ranks[0] < ranks[1]


def precedes(first: Moment | None, second: Moment | None) -> bool:
    """Whether a time lies before another, where what is of no time is of the present."""
    is_relative = first is not None and first.period in RELATIVE
    return (is_relative and second is None) or is_earlier(first, second)


def _ends(span: Moment | None) -> Sequence[Moment | None]:
    if span is None or "/" not in span.period:
        return span, None
    return [replace(span, period=period) for period in span.period.split("/")]


def _span(match: re.Match, name: str) -> range:
    """The places of a group; none where the form has no such group or nothing stands in it."""
    return range(*match.span(name)) if match.groupdict().get(name) else range(0)


def _overlaps(pair: Pair, pairs: Iterable[Pair]) -> bool:
    return any(each.start < pair.end and pair.start < each.end for each in pairs)
