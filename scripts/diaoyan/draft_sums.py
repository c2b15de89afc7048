"""Sums in a draft: parts and the total they are said to make, and shares that cannot all be of one whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.draft_levels import Comparable, Level
from diaoyan.draft_said import ReadSentence, Said
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.grammar import ALL, MARKS, Grammar

# With more than this the shares are of things that overlap: women, people under 35, members.
MOST_SHARES = Decimal(115)
# Nobody adds up more than so many parts in a sentence.
MOST_PARTS = 40
# From the word for a total to its figure: 合计出口446.7亿元.
MOST_BETWEEN = 4
# Before parts of a total: 其中, a colon, a bracket.
PARTS = re.compile("其中|：|分别|^（")
# 8.8万户，分别是…: each of them follows.
EACH = re.compile("[，：（]?分别[是为]")
EXHAUSTIVE = re.compile("分别|组成|构成|分为|包括")
# A ratio whose parts add up to a number further from a hundred is one of other things.
MOST_OFF = 20
# From the last part to the total: a stop, and how many there are (三种贸易方式).
TO_TOTAL = re.compile(rf"(?:（[^（）]*）)?[，、；]?(?:[{ALL}两二三四五六七八九几以上][^，。；]{{0,7}})?")
BEFORE_LAST = "，、；"
BETWEEN_PARTS = re.compile("[，、；和及]")


@dataclass(frozen=True)
class SaidSum:
    """A sum: where its statement stands in the marked text, its parts, the total, and whether the parts are all.

    The `total` is None for shares, whose sum may not exceed 100 %.
    """

    sentence: Sentence
    start: int
    end: int
    parts: tuple[Decimal, ...]
    total: Decimal | None
    is_whole: bool
    total_level: Level | None = None
    rounding: Decimal = Decimal(0)

    @property
    def span(self) -> tuple[int, int]:
        """Where in the draft it stands."""
        return self.sentence.span(self.start, self.end)

    @property
    def sum(self) -> Decimal:
        """What the parts add up to."""
        return sum(self.parts, Decimal(0))

    @property
    def is_wrong(self) -> bool:
        """Whether the parts cannot make the total."""
        limit = Decimal(100) if self.total is None else self.total
        excess = self.sum - limit
        return excess > self.rounding or (self.is_whole and -excess > self.rounding)

    @property
    def is_right(self) -> bool:
        """Whether the parts make the total."""
        return self.total is not None and abs(self.sum - self.total) <= self.rounding


class Sums:
    """Finds sums among the levels and shares of sentences."""

    def __init__(self, grammar: Grammar, comparable: Comparable):
        self._total, self._sum_of = grammar.words["total"], grammar.words["sum"]
        self._besides = grammar.words["besides"]
        self._ratio = grammar.forms["ratio"].pattern
        self._comparable = comparable

    def of(self, read: ReadSentence) -> Iterator[SaidSum]:
        """The sums of a sentence."""
        sentence, said = read.sentence, read.said
        own = [each for each in read.levels if not each.is_base]
        yield from self._totals_after(sentence, own)
        yield from self._totals_before(sentence, own)
        yield from _shares(sentence, said)
        yield from self._ratios(sentence)

    def _totals_after(self, sentence: Sentence, levels: Sequence[Level]) -> Iterator[SaidSum]:
        """小学5960人，初中3870人，高中2010人，总计9830人."""
        for place, total in enumerate(levels):
            cue = _before(self._sum_of, sentence, total)
            if cue is None or total.amount.qualifier or total.amount.kind != "level":
                continue
            parts = self._run_before(sentence, levels[:place], total)
            if len(parts) < 2 or not TO_TOTAL.fullmatch(sentence.marked[parts[-1].place + 1 : cue]):
                continue
            # The list may begin later than the levels do.
            makes = [first for first in range(len(parts) - 1) if _makes(parts[first:], total)]
            yield _said_sum(sentence, cue, total.place + 1, parts[makes[0] :] if makes else parts, total, is_whole=True)

    def _totals_before(self, sentence: Sentence, levels: Sequence[Level]) -> Iterator[SaidSum]:
        """共207家，其中国家级3家、省级120家、市级84家."""
        for place, total in enumerate(levels[:-1]):
            between = sentence.marked[total.place + 1 : levels[place + 1].place]
            if total.amount.qualifier or total.amount.kind != "level" or not PARTS.search(between):
                continue
            parts = self._run_after(sentence, total, levels[place + 1 :])
            if not parts or any(part.amount.qualifier for part in parts):
                continue
            makes = [end for end in range(2, len(parts) + 1) if _makes(parts[:end], total)]
            parts = parts[: makes[0]] if makes else parts
            is_total = _before(self._total, sentence, total) is not None
            is_whole = bool((is_total and EXHAUSTIVE.search(between)) or EACH.match(between))
            is_larger = "其中" in between and parts[0].size > total.size and parts[0].amount.noun == total.amount.noun
            # What adds up to far more overlaps: women, people under 35.
            is_near = _sum(parts) * 100 <= total.size * MOST_SHARES
            is_of_kind = is_near and _are_of_one_kind([part.subject for part in parts])
            is_list = len(parts) > 1 and (makes or is_whole or is_of_kind)
            if is_list or (len(parts) == 1 and is_larger):
                yield _said_sum(sentence, total.place, parts[-1].place + 1, parts, total, is_whole)

    def _is_alike(self, part: Level, total: Level) -> bool:
        """Whether a part is counted as its total is: 个 of places and of people are not added up."""
        is_named = part.amount.noun == total.amount.noun or total.amount.unit.dimension != "count"
        return is_named and self._comparable(part.amount, total.amount)

    def _run_after(self, sentence: Sentence, total: Level, levels: Sequence[Level]) -> list[Level]:
        """The levels of the total's kind that stand one after the other behind it; a semicolon ends them."""
        parts: list[Level] = []
        for level in levels:
            words = sentence.marked[(parts[-1] if parts else total).place + 1 : level.place]
            ends = len(parts) == MOST_PARTS or re.search("其中|[：；（）]" if parts else "；", words)
            if ends or self._besides.search(words) or not self._is_alike(level, total) or level.amount.kind != "level":
                break
            parts.append(level)
        return parts

    def _ratios(self, sentence: Sentence) -> Iterator[SaidSum]:
        """产业结构为12.1∶45.2∶43.7: parts of a hundred."""
        for match in self._ratio.finditer(sentence.marked):
            places = [place for place in range(*match.span("parts")) if place in sentence.items]
            parts = tuple(sentence.at(place).number for place in places)
            rounding = sum(Decimal("0.5").scaleb(part.as_tuple().exponent) for part in parts)
            # Only what is nearly a hundred is meant as parts of it.
            if abs(sum(parts) - 100) < MOST_OFF:
                yield SaidSum(sentence, *match.span("parts"), parts, Decimal(100), True, rounding=rounding)

    def _run_before(self, sentence: Sentence, levels: Sequence[Level], total: Level) -> list[Level]:
        """The levels of the total's kind that stand one after the other before it."""
        parts: list[Level] = []
        for level in reversed(levels):
            if level.amount.weak and not self._is_alike(level, total):
                # 三种贸易方式合计: how many there are.
                continue
            if not self._is_alike(level, total) or level.amount.qualifier or level.amount.kind != "level":
                break
            if len(parts) == MOST_PARTS:
                break
            words = sentence.marked[level.place + 1 : parts[0].place] if parts else ""
            if parts and (
                not BETWEEN_PARTS.search(words) or re.search(f"[{MARKS['rate']}{MARKS['points']}]|比|较|占", words)
            ):
                break
            parts.insert(0, level)
            begin = max(sentence.marked.rfind(stop, 0, level.place) for stop in BEFORE_LAST) + 1
            if re.search("其中|：", sentence.marked[begin : level.place]):
                break
        return parts


def _before(words: re.Pattern, sentence: Sentence, level: Level) -> int | None:
    """Where one of the words stands right before a level; None where none does."""
    found = list(words.finditer(sentence.marked, sentence.clause_start(level.place), level.place))
    return found[-1].start() if found and level.place - found[-1].end() <= MOST_BETWEEN else None


def _shares(sentence: Sentence, said: Sequence[Said]) -> Iterator[SaidSum]:
    """占45%，占35%，占30%: shares of one whole in a row."""
    # A part of a part (其中65岁及以上占13.5%) is none of the whole.
    said = [
        each
        for each in said
        if sentence.marked.rfind("（", 0, each.start) <= sentence.marked.rfind("）", 0, each.start)
    ]
    row: list[Said] = []
    for each in (*said, None):
        if (
            each is not None
            and each.kind == "share"
            and not each.by.qualifier
            and (not row or (each.base == row[-1].base and "其中" not in sentence.marked[row[-1].end : each.start]))
        ):
            row.append(each)
            continue
        if len(row) >= 2:
            parts = tuple(one.by.number * one.by.unit.per_base for one in row)
            labels = [_label(sentence, one) for one in row]
            total, rounding = sum(parts), sum(Decimal("0.5").scaleb(one.by.number.as_tuple().exponent) for one in row)
            likely = _are_of_one_kind(labels) or (len(row) >= 3 and total <= MOST_SHARES)
            if likely and total - 100 > rounding:
                start = max(sentence.clause_start(row[0].start), 0)
                yield SaidSum(sentence, start, row[-1].end, parts, None, False, rounding=rounding)
        row = [each] if each is not None and each.kind == "share" and not each.by.qualifier else []


def _said_sum(
    sentence: Sentence, start: int, end: int, parts: Sequence[Level], total: Level, is_whole: bool
) -> SaidSum:
    unit = total.amount.unit.per_base
    values = tuple(part.size / unit for part in parts)
    return SaidSum(sentence, start, end, values, total.amount.number, is_whole, total, _rounding(parts, total) / unit)


def _makes(parts: Sequence[Level], total: Level) -> bool:
    """Whether the parts add up to the total, so far as the figures are printed."""
    return abs(_sum(parts) - total.size) <= _rounding(parts, total)


def _sum(parts: Sequence[Level]) -> Decimal:
    return sum((part.size for part in parts), Decimal(0))


def _rounding(parts: Sequence[Level], total: Level) -> Decimal:
    """By how much parts and total may miss each other as they are printed: half of the last digit of those rounded."""
    finest = min(each.last_digit for each in (*parts, total))
    return sum((each.last_digit / 2 for each in (*parts, total) if each.last_digit > finest), Decimal(0))


def _label(sentence: Sentence, said: Said) -> str:
    start = sentence.clause_start(said.start)
    return without_marks(sentence.marked[start : said.start]).removesuffix("的")


def _are_of_one_kind(labels: Sequence[str]) -> bool:
    """Whether labels name parts that exclude each other: 县道 乡道 村道, 国家级 省级, 男性 女性."""
    filled = [label for label in labels if label]
    if len(filled) < len(labels) or len(set(labels)) < len(labels):
        return False
    shared = set(filled[0]).intersection(*map(set, filled[1:])) - set(f"的以上下和及{ALL}")
    return bool(shared) and all(len(label) <= 8 for label in filled)
