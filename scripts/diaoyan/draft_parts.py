"""Parts of totals in a draft: figures of a kind that stand in a row, what they are called, what they add up to."""

from collections.abc import Sequence
from decimal import Decimal

from diaoyan.digit_slips import digits, is_slip
from diaoyan.draft_levels import Comparable, Level
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.draft_times import SPAN_MARK
from diaoyan.grammar import STOPS, Grammar

# Nobody adds up more than so many parts in a sentence.
MOST_PARTS = 40
# One figure is no list.
LEAST_LIST = 2
# So many figures in a row that nearly make another are its parts, where nothing says so.
LEAST_PARTS = 3
# A label of a part has at most so many characters: 国家级, 乡村道路.
MOST_LABEL = 8


class Parts:
    """Finds the parts of totals by the words of a grammar."""

    def __init__(self, grammar: Grammar, comparable: Comparable):
        self._words = grammar.words
        self._exclusive = grammar.exclusive
        self._comparable = comparable

    def run_after(self, sentence: Sentence, start: int, total: Level, levels: Sequence[Level]) -> list[Level]:
        """The levels of the total's kind that stand one after the other from a place on; a semicolon ends them."""
        parts: list[Level] = []
        for level in levels:
            is_other = level.amount.weak or level.amount.kind == "bare"
            if is_other and not self.is_alike(level, total):
                # 12345热线5872件: a number that counts nothing.
                continue
            words = sentence.marked[parts[-1].place + 1 if parts else start : level.place]
            ends = len(parts) == MOST_PARTS or self._words["ends_parts" if parts else "ends_total"].search(words)
            ends = ends or self._words["besides"].search(words)
            if ends or not self.is_alike(level, total) or level.amount.kind != "level":
                break
            parts.append(level)
        return parts

    def run_before(self, sentence: Sentence, levels: Sequence[Level], total: Level) -> list[Level]:
        """The levels of the total's kind that stand one after the other before it."""
        parts: list[Level] = []
        for level in reversed(levels):
            if level.amount.weak and not self.is_alike(level, total):
                # 三种贸易方式合计: how many there are.
                continue
            if not self.is_alike(level, total) or level.amount.qualifier or not level.is_counted:
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

    def names(self, sentence: Sentence, cue: int) -> list[str]:
        """The names that stand before the word for a total: A、B两级合计."""
        words = without_marks(sentence.marked[sentence.clause_start(cue) : cue])
        return [name for name in self._words["listed"].split(self._words["so_many"].sub("", words)) if name]

    def by_name(self, names: Sequence[str], total: Level, levels: Sequence[Level]) -> list[Level]:
        """The levels that are named again as the parts: A级126家，B级237家。A、B两级合计353家."""
        found = [[each for each in levels if name in each.words and self.is_alike(each, total)] for name in names]
        return [each[0] for each in found] if len(names) > 1 and all(len(each) == 1 for each in found) else []

    def is_alike(self, part: Level, total: Level) -> bool:
        """Whether a part is counted as its total is: 个 of places and of people are not added up."""
        is_named = part.amount.noun == total.amount.noun or total.amount.unit.dimension != "count"
        return is_named and self._comparable(part.amount, total.amount)

    def is_enough(self, run: Sequence[Level]) -> bool:
        """Whether levels in a row are likely parts: three of them, or two that are all there are (男、女)."""
        if len(run) == LEAST_LIST:
            found = [[kind.search(self.label(each)) for each in run] for kind in self._exclusive]
            return any(all(each) and len({one[0] for one in each}) == LEAST_LIST for each in found)
        return len(run) >= LEAST_PARTS

    def label(self, part: Level) -> str:
        """What a part is called: the words before it from the last stop."""
        return self._words["clause"].search(part.words)[0].strip(STOPS).removesuffix("的")

    def are_called_alike(self, levels: Sequence[Level]) -> bool:
        """Whether the labels of levels end alike: 甲县, 乙县, 丙县."""
        labels = [self.label(level) for level in levels]
        return all(labels) and len({label[-1] for label in labels}) == 1

    def are_of_one_kind(self, labels: Sequence[str]) -> bool:
        """Whether labels name parts that exclude each other: 县道 乡道 村道, 国家级 省级, 男性 女性."""
        if not all(labels) or len(set(labels)) < len(labels) or any(len(label) > MOST_LABEL for label in labels):
            return False
        if any(all(kind.search(label) for label in labels) for kind in self._exclusive):
            return True
        return bool(set.intersection(*(set(self._words["filler"].sub("", label)) for label in labels)))


def makes(parts: Sequence[Level], total: Level) -> bool:
    """Whether the parts add up to the total, so far as the figures are printed."""
    return abs(size_of(parts) - total.size) <= rounding_of(parts, total)


def size_of(parts: Sequence[Level]) -> Decimal:
    """What parts add up to, in the base unit."""
    return sum((part.size for part in parts), Decimal(0))


def rounding_of(parts: Sequence[Level], total: Level) -> Decimal:
    """By how much parts and total may miss each other as they are printed: half of the last digit of those rounded."""
    finest = min(each.last_digit for each in (*parts, total))
    return sum((each.last_digit / 2 for each in (*parts, total) if each.last_digit > finest), Decimal(0))


def are_of_years(parts: Sequence[Level]) -> bool:
    """Whether parts are those of one year after the other."""
    years = [part.moment.year for part in parts if part.moment and part.moment.period == str(part.moment.year)]
    return len(years) == len(parts) >= LEAST_PARTS and years == list(range(years[0], years[0] + len(years)))


def are_of_each_year(parts: Sequence[Level], total: Level) -> bool:
    """Whether there is a part for each year of the total's span: 2016年至2020年14.27万人，其中2016年4.12万人，…."""
    first, _, last = (total.moment.period if total.moment else "").partition(SPAN_MARK)
    years = [part.moment.period for part in parts if part.moment]
    return first.isdigit() and last.isdigit() and years == [str(year) for year in range(int(first), int(last) + 1)]


def can_be_parts(levels: Sequence[Level], total: Level) -> bool:
    """Whether levels can be the parts of a total: smaller, exact, and of no other time."""
    is_of_one_time = len({each.moment.period for each in (*levels, total) if each.moment}) < 2
    return is_of_one_time and all(each.size < total.size and not each.amount.qualifier for each in levels)


def are_a_slip_off(parts: Sequence[Level], total: Level, least: int) -> bool:
    """Whether parts miss a total of so many digits as they do by a slip of the pen."""
    made = size_of(parts) / total.amount.unit.per_base
    if len(parts) < LEAST_LIST or len(digits(total.amount.number)) < least or made == total.amount.number:
        return False
    shown = made.quantize(Decimal(1).scaleb(total.amount.number.as_tuple().exponent))
    return shown == made and is_slip(shown, total.amount.number)
