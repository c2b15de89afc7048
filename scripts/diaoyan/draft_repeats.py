"""Figures that a draft gives twice: the same thing at the same time with another value."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diaoyan.digit_slips import LEAST_DIGITS, are_exchanged, is_slip, rests
from diaoyan.draft_levels import RELATIVE, Comparable, Level, Pair
from diaoyan.draft_said import ReadSentence
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.draft_times import PRESENT
from diaoyan.grammar import ALL, MARKS, STOPS, Grammar
from diaoyan.plain_text import PlainText

# A shorter subject may be that of many things.
LEAST_SUBJECT = 5
# Forms of what is spoken of again.
AGAIN = ("again_this", "again")
# Names with so many characters in common may be of one thing.
LEAST_ALIKE = 2
# What makes the words before a figure say which it is: 结对帮扶的96个村.
OF = "的"
# Other words than its subject before a figure may make it another one.
LEAST_WORDS = 2
FLOWS = re.compile("新增|增加|减少|新建|同比|其中|另|各|每|平均|人均|分别|首批|第.批")


@dataclass(frozen=True)
class Repeat:
    """A figure given again: where it stands now and first."""

    again: Level
    first: Level

    @property
    def span(self) -> tuple[int, int]:
        """Where in the draft it stands."""
        return self.again.sentence.span(self.again.place, self.again.place + 1)


class Repeats:
    """Keeps the figures of a draft to find those that are given again."""

    def __init__(self, grammar: Grammar, comparable: Comparable):
        self._again = [grammar.forms[name].pattern for name in AGAIN]
        self._words = grammar.words
        self._own = re.compile(rf"{grammar.words['before_subject'].pattern}|{grammar.words['after_subject'].pattern}")
        self._comparable = comparable
        self.forget()

    def forget(self) -> None:
        """Forgets the figures so far: under another heading the same words are of another thing."""
        self._known: dict[tuple, Level] = {}
        # By what a slip leaves of their digits, then by what they are of: where each was given last.
        self._all: dict[str, dict[tuple, Level]] = {}
        self._by_digits: dict[tuple, dict[tuple, Level]] = {}
        # Where places are named in a plain text, by its identity, which is its own only as long as the text is held.
        self._regions: dict[int, tuple[PlainText, list[tuple[int, str]]]] = {}

    def of(self, read: ReadSentence) -> Iterator[Repeat]:
        """The figures of a sentence that another one contradicts."""
        sentence, levels = read.sentence, read.levels
        found: dict[int, Repeat] = {}
        for match in (match for form in self._again for match in form.finditer(sentence.marked)):
            again = next((each for each in levels if match.start() <= each.place < match.start("subject")), None)
            if again:
                is_said = bool(match["this"] or match.groupdict().get("among"))
                before = [*self._like(again), *(each for each in levels if each.place < again.place)]
                named = [each for each in before if self._is_named(each, again, match, is_said)]
                if named and all(_disagree(each, again) for each in named):
                    found.setdefault(again.place, Repeat(again, named[-1]))
        yield from found.values()
        for level in levels:
            first = self._first(sentence, level) or self._exchanged(level, read.pairs)
            if first and level.place not in found:
                yield Repeat(level, first)
        for level in levels:
            period = level.moment.period if level.moment else None
            key = level.subject, level.amount.unit.name, level.amount.number, period
            for rest in rests(level.amount.number):
                self._all.setdefault(rest, {})[key] = level

    def _like(self, again: Level) -> list[Level]:
        """The figures before that one may be but for a slip, in their order."""
        found = {id(each): each for rest in rests(again.amount.number) for each in self._all.get(rest, {}).values()}
        return sorted(found.values(), key=lambda each: each.sentence.span(each.place, each.place))

    def _first(self, sentence: Sentence, level: Level) -> Level | None:
        """The figure first given of the same thing, where it is another one."""
        key = self._key(sentence, level)
        first = self._known.setdefault(key, level) if key else level
        is_other = first.sentence is not sentence and self._comparable(first.amount, level.amount)
        return first if is_other and _disagree(first, level) and self._region(first) == self._region(level) else None

    def _region(self, level: Level) -> str:
        """The place last named before a figure in its paragraph: 长三角区域…，PM2.5浓度60；珠三角区域…，PM2.5浓度51."""
        plain = level.sentence.plain
        if id(plain) not in self._regions:
            found = self._words["place_name"].finditer(plain.text)
            self._regions[id(plain)] = plain, [(name.start(), name[0].lstrip(STOPS)) for name in found]
        names = self._regions[id(plain)][1]
        before = bisect_left(names, (level.amount.start,))
        # 甲公司：职工1286人: what a colon stands behind says of what it is.
        sentence = level.sentence
        label = sentence.marked[: sentence.clause_start(level.place)].rpartition("：")[0]
        return (names[before - 1][1] if before else "") + without_marks(label)

    def _exchanged(self, level: Level, pairs: Sequence[Pair]) -> Level | None:
        """A figure of the same digits in another order (2846 and 2864), of the same subject and no other year."""
        digits = "".join(sorted(str(level.amount.number)))
        is_own = level.amount.kind != "bare" and not (level.is_base or level.is_in_brackets)
        least = LEAST_SUBJECT - 1 if level.is_said else LEAST_WORDS
        if len(digits) < LEAST_DIGITS or not is_own or len(level.subject) < least:
            return None
        alike = self._by_digits.setdefault((digits, level.amount.unit.per_base), {})
        # 由75.6%提升至76.5%: a pair has two.
        others = {pair.old.place for pair in pairs if pair.new.place == level.place}
        found = [
            each
            for each in alike.values()
            if self._is_same_but_digits(each, level) and not (each.sentence is level.sentence and each.place in others)
        ]
        alike[(level.subject, level.amount.number, self._region(level))] = level
        return found[-1] if found else None

    def _is_same_but_digits(self, first: Level, second: Level) -> bool:
        if not are_exchanged(first.amount.number, second.amount.number):
            return False
        if not self._comparable(first.amount, second.amount) or self._region(first) != self._region(second):
            return False
        periods = {each.moment.period for each in (first, second) if each.moment and each.moment.period != PRESENT}
        short, long = sorted((first.subject, second.subject), key=len)
        is_of_same = long.startswith(short) or long.endswith(short)
        return is_of_same and len(periods) < 2 and periods.isdisjoint(RELATIVE)

    def _is_named(self, level: Level, again: Level, match: re.Match, is_said: bool) -> bool:
        """Whether a figure said again is that of a level, but for a slip: of what it counts, of the same time."""
        subject = match["subject"] or again.amount.noun
        is_of_same = _names(subject, level.subject) or (len(level.subject) >= LEAST_WORDS and level.subject in subject)
        # 312个行政村完成治理，…完成治理的321个村中: the name may stand behind the figure.
        is_of_same = is_of_same or (is_said and subject != "" and subject in self._behind(level))
        # 检查餐饮场所8734家，…8374家受检餐饮场所: the same digits, and words that have some in common.
        is_of_same = is_of_same or _are_alike(subject, level.subject)
        # 结对帮扶91个村，…；结对帮扶的96个村均已脱贫: said again in the same words.
        is_definite = match.groupdict().get("every") or again.words.endswith(OF)
        words = self._own.sub("", again.words) if is_definite else ""
        if len(words) >= LEAST_WORDS and words in level.words:
            is_of_same = is_said = True
        # 案值2163万元，2613万元的涉案金额里: what is spoken of again with the same digits needs no name.
        is_plain = is_said and are_exchanged(level.amount.number, again.amount.number)
        is_alike = self._comparable(level.amount, again.amount) and _printed_alike(level, again)
        if not (is_of_same or is_plain) or level is again or not is_alike:
            return False
        own, other = again.moment, level.moment
        # A time that stands behind the first figure is the second's own.
        has_another = own and other and own.period not in (other.period, PRESENT) and own.start > other.start
        numbers = level.amount.number, again.amount.number
        is_known = is_said or (subject == level.subject and len(subject) >= LEAST_SUBJECT)
        return not has_another and (is_slip(*numbers) if is_known else are_exchanged(*numbers))

    def _behind(self, level: Level) -> str:
        """What stands behind a figure up to the next stop or figure."""
        marked = level.sentence.marked
        return re.split(f"[{STOPS}{ALL}]", marked[level.place + 1 :], maxsplit=1)[0]

    def _key(self, sentence: Sentence, level: Level) -> tuple | None:
        """By what a figure is known: what it is of, and when; None where its sentence says more, or too little.

        The same words are of another thing where another place, kind or time stands before them.
        """
        subject, before = level.subject, sentence.marked[: level.place]
        if len(subject) < LEAST_SUBJECT or self._words["verb_first"].search(subject) or FLOWS.search(subject):
            return None
        if level.amount.kind == "bare" or level.amount.weak or level.is_base or level.is_in_brackets:
            return None
        own = without_marks(before).replace(subject, "", 1)
        if self._words["among"].search(before):
            return None
        is_sum = bool(self._words["running"].search(before))
        is_alone = "，" not in before.lstrip(f"{MARKS['time']}，") and len(self._own.sub("", own)) < LEAST_WORDS
        behind = sentence.marked[level.place + 1 : level.place + 2]
        if not is_alone or behind in ("的", "以") or sum(each < level.place for each in sentence.items) > 1:
            return None
        moment = level.moment
        period = moment.period if moment and moment.period != PRESENT else ""
        return subject, period, level.amount.unit.dimension, is_sum


def _are_alike(first: str, second: str) -> bool:
    return any(first[place : place + LEAST_ALIKE] in second for place in range(len(first) - LEAST_ALIKE + 1))


def _printed_alike(first: Level, second: Level) -> bool:
    return first.amount.unit.per_base == second.amount.unit.per_base


def _names(words: str, subject: str) -> bool:
    """Whether words name a subject, whole or shortened: 公路投资 is 公路建设投资, 保租房 保障性租赁住房."""
    rest = iter(subject)
    return (words != "" and words in subject) or (
        len(words) > LEAST_WORDS and all(character in rest for character in words)
    )


def _disagree(first: Level, second: Level) -> bool:
    """Whether two exact figures differ by more than the coarser was rounded."""
    if first.amount.qualifier or second.amount.qualifier:
        return False
    return abs(first.size - second.size) > max(first.last_digit, second.last_digit) / 2
