"""Sums in a draft: parts and the total they are said to make, and shares that cannot all be of one whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.digit_slips import digits, is_slip
from diaoyan.draft_levels import Comparable, Level
from diaoyan.draft_said import ReadSentence, Said
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.draft_times import SPAN_MARK
from diaoyan.grammar import STOPS, Grammar

# With more than this the shares are of things that overlap: women, people under 35, members.
MOST_SHARES = Decimal(115)
# Nobody adds up more than so many parts in a sentence.
MOST_PARTS = 40
# From the word for a total to its figure: 合计出口446.7亿元.
MOST_BETWEEN = 4
# Forms of parts that make a hundred.
OF_HUNDRED = ("ratio", "rest")
# A ratio whose parts add up to a number further from a hundred is one of other things.
MOST_OFF = 20
# One figure is no list.
LEAST_LIST = 2
# So many figures in a row that nearly make another are its parts, where nothing says so.
LEAST_PARTS = 3
# Of fewer digits a number is another's slip by chance: where parts may be missing, and where they are of one kind.
LEAST_DIGITS, LEAST_DIGITS_OF_ALL = 4, 3
# A label of a part has at most so many characters: 国家级, 乡村道路.
MOST_LABEL = 8


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
        self._words = grammar.words
        self._exclusive = grammar.exclusive
        self._of_hundred = [grammar.forms[name].pattern for name in OF_HUNDRED]
        self._comparable = comparable
        # Those of the sentence before, which 其中 at the beginning of one speaks of.
        self._last: list[Level] = []

    def of(self, read: ReadSentence) -> Iterator[SaidSum]:
        """The sums of a sentence."""
        sentence, said = read.sentence, read.said
        own = [each for each in read.levels if not each.is_base]
        known = self._last if self._last and self._last[0].sentence.plain is sentence.plain else []
        found = [
            *self._totals_after(sentence, own, known),
            *self._totals_before(sentence, own, known),
            *self._shares(sentence, said),
            *self._ratios(sentence),
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
            names = self._names(sentence, cue)
            named = self._by_name(names, total, [*known, *levels[:place]])
            parts = named or self._run_before(sentence, levels[:place], total)
            if not named and len(names) >= LEAST_LIST and len(names) != len(parts):
                # 世遗1处、国保27处、省保131处，国保、省保共计158处: of some of them, called otherwise.
                continue
            between = sentence.marked[parts[-1].place + 1 : cue] if parts else ""
            if len(parts) < 2 or not (named or self._words["to_total"].fullmatch(between)):
                continue
            # The list may begin later than the levels do.
            makes = [first for first in range(len(parts) - 1) if _makes(parts[first:], total)]
            parts = parts[makes[0] :] if makes else parts
            yield _said_sum(sentence, min(cue, total.place), max(cue, total.place + 1), parts, total, is_whole=True)

    def _cue(self, sentence: Sentence, level: Level) -> int | None:
        """Where the words stand that make a level the sum of those before it: 合计 before it, or in total behind."""
        behind = self._words["sum_after"].match(sentence.marked, level.place + 1)
        return level.place if behind else _before(self._words["sum"], sentence, level)

    def _names(self, sentence: Sentence, cue: int) -> list[str]:
        """The names that stand before the word for a total: A、B两级合计."""
        words = without_marks(sentence.marked[sentence.clause_start(cue) : cue])
        return [name for name in self._words["listed"].split(self._words["so_many"].sub("", words)) if name]

    def _by_name(self, names: Sequence[str], total: Level, levels: Sequence[Level]) -> list[Level]:
        """The levels that are named again as the parts: A级126家，B级237家。A、B两级合计353家."""
        found = [[each for each in levels if name in each.words and self._is_alike(each, total)] for name in names]
        return [each[0] for each in found] if len(names) > 1 and all(len(each) == 1 for each in found) else []

    def _totals_before(self, sentence: Sentence, levels: Sequence[Level], known: Sequence[Level]) -> Iterator[SaidSum]:
        """共207家，其中国家级3家、省级120家、市级84家."""
        begins = self._words["among"].match(sentence.marked) and levels
        # 共207家。其中，国家级3家: of the last figure of the sentence before that can be its whole.
        wholes = [each for each in known if begins and self._is_alike(levels[0], each) and not each.is_in_brackets]
        for place, total in [*((-1, each) for each in wholes[-1:]), *enumerate(levels[:-1])]:
            start = total.place + 1 if place >= 0 else 0
            between = sentence.marked[start : levels[place + 1].place]
            if total.amount.qualifier or total.amount.kind != "level" or not self._words["parts"].search(between):
                continue
            parts = self._run_after(sentence, start, total, levels[place + 1 :])
            if not parts or any(part.amount.qualifier for part in parts):
                continue
            makes = [end for end in range(2, len(parts) + 1) if _makes(parts[:end], total)]
            parts = parts[: makes[0]] if makes else parts
            is_total = _before(self._words["total"], total.sentence, total) is not None
            is_whole = bool(
                (is_total and self._words["exhaustive"].search(between)) or self._words["each_of"].match(between)
            )
            end = parts[-1].place + 1
            is_whole = is_whole or _are_of_each_year(parts, total)
            is_whole = is_whole or bool(self._words["exhaustive_after"].match(sentence.marked, end))
            is_among = self._words["among"].search(between)
            is_larger = is_among and parts[0].size > total.size and parts[0].amount.noun == total.amount.noun
            # What adds up to far more overlaps: women, people under 35.
            is_near = _sum(parts) * 100 <= total.size * MOST_SHARES
            is_of_kind = is_near and self._are_of_one_kind([self._label(part) for part in parts])
            # What is more than the whole misses no part.
            is_all = _sum(parts) > total.size or _are_of_years(parts)
            is_slip = _is_slip(parts, total, LEAST_DIGITS_OF_ALL if is_all else LEAST_DIGITS)
            # Parts of an amount do not overlap as people do.
            is_of_kind = is_of_kind or (is_near and total.amount.unit.dimension != "count")
            is_list = len(parts) > 1 and (makes or is_whole or is_of_kind or is_slip)
            if is_list or (len(parts) == 1 and is_larger):
                first = total.place if place >= 0 else parts[0].place
                yield _said_sum(sentence, first, parts[-1].place + 1, parts, total, is_whole or is_slip)

    def _nearly(self, sentence: Sentence, levels: Sequence[Level]) -> Iterator[SaidSum]:
        """办结158件，解决87件，列入计划46件，暂时难以解决15件: they make 148, which is a slip away."""
        for place, total in enumerate(levels):
            is_own = total.amount.kind == "level" and not (total.amount.qualifier or total.is_in_brackets)
            # What is said to be a sum, or to have parts among others, has been looked at.
            if (
                not is_own
                or self._cue(sentence, total) is not None
                or self._has_some(sentence, total, levels[place + 1 :])
            ):
                continue
            before = self._run_before(sentence, levels[:place], total)
            after = self._run_after(sentence, total.place + 1, total, levels[place + 1 :])
            runs = [before[first:] for first in range(len(before))] + [after[:end] for end in range(len(after), 0, -1)]
            runs = [run for run in runs if self._is_enough(run) and _are_parts(run, total)]
            if any(_makes(run, total) for run in runs):
                continue
            for parts in [run for run in runs if _is_slip(run, total, LEAST_DIGITS_OF_ALL)][:1]:
                places = (total.place, *(part.place for part in parts))
                yield _said_sum(sentence, min(places), max(places) + 1, parts, total, is_whole=True)

    def _has_some(self, sentence: Sentence, total: Level, after: Sequence[Level]) -> bool:
        return bool(after and self._words["among"].search(sentence.marked, total.place, after[0].place))

    def _is_enough(self, run: Sequence[Level]) -> bool:
        """Whether levels in a row are likely parts: three of them, or two that are all there are (男、女)."""
        if len(run) == LEAST_LIST:
            found = [[kind.search(self._label(each)) for each in run] for kind in self._exclusive]
            return any(all(each) and len({one[0] for one in each}) == LEAST_LIST for each in found)
        return len(run) >= LEAST_PARTS

    def _is_alike(self, part: Level, total: Level) -> bool:
        """Whether a part is counted as its total is: 个 of places and of people are not added up."""
        is_named = part.amount.noun == total.amount.noun or total.amount.unit.dimension != "count"
        return is_named and self._comparable(part.amount, total.amount)

    def _run_after(self, sentence: Sentence, start: int, total: Level, levels: Sequence[Level]) -> list[Level]:
        """The levels of the total's kind that stand one after the other from a place on; a semicolon ends them."""
        parts: list[Level] = []
        for level in levels:
            if level.amount.weak and not self._is_alike(level, total):
                continue
            words = sentence.marked[parts[-1].place + 1 if parts else start : level.place]
            ends = len(parts) == MOST_PARTS or self._words["ends_parts" if parts else "ends_total"].search(words)
            ends = ends or self._words["besides"].search(words)
            if ends or not self._is_alike(level, total) or level.amount.kind != "level":
                break
            parts.append(level)
        return parts

    def _ratios(self, sentence: Sentence) -> Iterator[SaidSum]:
        """产业结构为12.1∶45.2∶43.7, 70%用于公益岗位，20%用于奖励，其余15%: parts of a hundred."""
        for match in (match for pattern in self._of_hundred for match in pattern.finditer(sentence.marked)):
            amounts = [sentence.at(place) for place in sentence.amount_places if place in range(*match.span("parts"))]
            parts = tuple(amount.number for amount in amounts)
            rounding = sum(Decimal("0.5").scaleb(part.as_tuple().exponent) for part in parts)
            # Only what is nearly a hundred is meant as parts of it.
            if abs(sum(parts) - 100) < MOST_OFF and not any(amount.qualifier for amount in amounts):
                yield SaidSum(sentence, *match.span("parts"), parts, Decimal(100), True, rounding=rounding)

    def _run_before(self, sentence: Sentence, levels: Sequence[Level], total: Level) -> list[Level]:
        """The levels of the total's kind that stand one after the other before it."""
        parts: list[Level] = []
        for level in reversed(levels):
            if level.amount.weak and not self._is_alike(level, total):
                # 三种贸易方式合计: how many there are.
                continue
            if not self._is_alike(level, total) or level.amount.qualifier or not level.is_counted:
                break
            if len(parts) == MOST_PARTS:
                break
            words = sentence.marked[level.place + 1 : parts[0].place] if parts else ""
            is_next = self._words["between_parts"].search(words) and not self._words["parts_not"].search(words)
            if parts and not is_next:
                break
            parts.insert(0, level)
            begin = self._words["clause"].search(sentence.marked[: level.place]).start()
            if self._words["begins_parts"].search(sentence.marked, begin, level.place):
                break
        return parts

    def _shares(self, sentence: Sentence, said: Sequence[Said]) -> Iterator[SaidSum]:
        """占45%，占35%，占30%: shares of one whole in a row."""
        # A part of a part (其中65岁及以上占13.5%) is none of the whole.
        shares = [
            each
            for each in said
            if sentence.marked.rfind("（", 0, each.start) <= sentence.marked.rfind("）", 0, each.start)
        ]
        row: list[Said] = []
        for each in (*shares, None):
            is_share = each is not None and each.kind == "share" and not each.by.qualifier
            if is_share and (not row or self._is_of_same(sentence, row[-1], each)):
                row.append(each)
                continue
            found = self._of_shares(sentence, row)
            yield from [found] if found else []
            row = [each] if is_share else []

    def _label(self, part: Level) -> str:
        """What a part is called: the words before it from the last stop."""
        return self._words["clause"].search(part.words)[0].strip(STOPS).removesuffix("的")

    def _is_of_same(self, sentence: Sentence, last: Said, share: Said) -> bool:
        return share.base == last.base and not self._words["among"].search(sentence.marked, last.end, share.start)

    def _of_shares(self, sentence: Sentence, row: Sequence[Said]) -> SaidSum | None:
        """Shares in a row that make more than the whole."""
        parts = tuple(each.by.number * each.by.unit.per_base for each in row)
        rounding = sum(Decimal("0.5").scaleb(each.by.number.as_tuple().exponent) for each in row)
        if len(row) < LEAST_LIST or sum(parts) - 100 <= rounding or self._words["overlap"].search(sentence.marked):
            return None
        likely = self._are_of_one_kind([_label(sentence, each) for each in row])
        if not likely and (len(row) < LEAST_PARTS or sum(parts) > MOST_SHARES):
            return None
        start = sentence.clause_start(row[0].start)
        return SaidSum(sentence, start, row[-1].end, parts, None, False, rounding=rounding)

    def _are_of_one_kind(self, labels: Sequence[str]) -> bool:
        """Whether labels name parts that exclude each other: 县道 乡道 村道, 国家级 省级, 男性 女性."""
        if not all(labels) or len(set(labels)) < len(labels) or any(len(label) > MOST_LABEL for label in labels):
            return False
        if any(all(kind.search(label) for label in labels) for kind in self._exclusive):
            return True
        return bool(set.intersection(*(set(self._words["filler"].sub("", label)) for label in labels)))


def _before(words: re.Pattern, sentence: Sentence, level: Level) -> int | None:
    """Where one of the words stands right before a level; None where none does."""
    found = list(words.finditer(sentence.marked, sentence.clause_start(level.place), level.place))
    return found[-1].start() if found and level.place - found[-1].end() <= MOST_BETWEEN else None


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


def _are_of_years(parts: Sequence[Level]) -> bool:
    """Whether parts are those of one year after the other."""
    years = [part.moment.year for part in parts if part.moment and part.moment.period == str(part.moment.year)]
    return len(years) == len(parts) >= LEAST_PARTS and years == list(range(years[0], years[0] + len(years)))


def _are_of_each_year(parts: Sequence[Level], total: Level) -> bool:
    """Whether there is a part for each year of the total's span: 2016年至2020年14.27万人，其中2016年4.12万人，…."""
    first, _, last = (total.moment.period if total.moment else "").partition(SPAN_MARK)
    years = [part.moment.period for part in parts if part.moment]
    return first.isdigit() and last.isdigit() and years == [str(year) for year in range(int(first), int(last) + 1)]


def _are_parts(levels: Sequence[Level], total: Level) -> bool:
    """Whether levels can be the parts of a total: smaller, exact, and of no other time."""
    is_of_one_time = len({each.moment.period for each in (*levels, total) if each.moment}) < 2
    return is_of_one_time and all(each.size < total.size and not each.amount.qualifier for each in levels)


def _is_slip(parts: Sequence[Level], total: Level, least: int) -> bool:
    """Whether parts miss a total of so many digits as they do by a slip of the pen."""
    made = _sum(parts) / total.amount.unit.per_base
    if len(parts) < LEAST_LIST or len(digits(total.amount.number)) < least or made == total.amount.number:
        return False
    shown = made.quantize(Decimal(1).scaleb(total.amount.number.as_tuple().exponent))
    return shown == made and is_slip(shown, total.amount.number)
