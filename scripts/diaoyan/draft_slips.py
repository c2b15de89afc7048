"""Slips of the pen in a draft: dates that cannot be, figures without their unit, bases later than what they measure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diaoyan.draft_amounts import NO_UNIT, PERCENT, Amount
from diaoyan.draft_levels import Comparable, Pair
from diaoyan.draft_said import ReadSentence, Said
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.draft_times import SPAN_MARK, Moment
from diaoyan.grammar import Grammar

# Forms of a figure that misses its percent sign.
WITHOUT_PERCENT = ("percent_of_rate", "percent_of_change", "percent_of_share", "percent_of_list")
# How places of a ranking are counted.
RANKED = ("位", "个", "名", "places")
# Forms of two times of which the second is the later one.
SPANS = ("span", "span_alone", "lasted")
# No percentage of a report is larger: the number is then one of something else.
MOST_PERCENT = 1000


@dataclass(frozen=True)
class Slip:
    """A slip: kind (date, unit, direction, rank), verdict, where it stands in the marked text, and what was expected.

    `reason` names a sentence of the catalogue, `parts` fill it; the part `lacks` is what completes the number.
    """

    kind: str
    verdict: str
    sentence: Sentence
    start: int
    end: int
    reason: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def span(self) -> tuple[int, int]:
        """Where in the draft it stands."""
        return self.sentence.span(self.start, self.end)


class Slips:
    """Finds slips in sentences by the words of a grammar."""

    def __init__(self, grammar: Grammar, comparable: Comparable):
        self._words = grammar.words
        self._forms = {name: form.pattern for name, form in grammar.forms.items()}
        self._comparable = comparable
        self._count = grammar.amounts.count
        self._yuan = grammar.amounts.money

    def of(self, read: ReadSentence) -> Iterator[Slip]:
        """The slips of a sentence."""
        yield from self._dates(read.sentence, read.said)
        yield from self._without_percent(read.sentence, read.said)
        yield from self._without_yuan(read.sentence)
        yield from self._points(read.sentence, read.said)
        yield from self._of_pairs(read.sentence, read.pairs)
        yield from self._ranks(read.sentence)

    def _dates(self, sentence: Sentence, said: Sequence[Said]) -> Iterator[Slip]:
        for place, each in sentence.items.items():
            if isinstance(each, Moment) and each.wrong:
                yield Slip("date", "contradicted", sentence, place, place + 1, f"date_{each.wrong}")
        spans = (form for name, form in self._forms.items() if name in SPANS)
        for match in (match for form in spans for match in form.finditer(sentence.marked)):
            first, last = sentence.at(match.start("first")), sentence.at(match.start("last"))
            if _is_after(first, last):
                yield Slip("date", "contradicted", sentence, match.start(), match.end(), "date_span")
            elif match.groupdict().get("years") and first.year and last.year:
                said_years, years = self._count(match["years"]), last.year - first.year
                # 2019年至2023年五年: the first and the last may both be counted.
                if said_years is not None and said_years not in (years, years + 1):
                    parts = (("years", f"{years}"),)
                    yield Slip("date", "contradicted", sentence, match.start(), match.end(), "date_years", parts)
        times = [each for each in sentence.items.values() if isinstance(each, Moment)]
        for each in said:
            own, base = each.moment, each.base_moment
            years = [
                time.year
                for time in times
                if time.year and time is not base and time.start < sentence.places[each.start]
            ]
            # 较2025年目标少37家: what is aimed at comes later.
            is_aim = bool(self._words["not_given"].search(sentence.marked, each.start, each.end))
            if not is_aim and own and base and own.year and base.year and base.year > max(years, default=own.year):
                yield Slip("date", "contradicted", sentence, each.start, each.end, "date_base")

    def _without_percent(self, sentence: Sentence, said: Sequence[Said]) -> Iterator[Slip]:
        """投入强度1.78, 同比增长12.5: a rate, or by how much something grew, without its sign."""
        # 求人倍率0.78，较前年的0.91下降0.13: numbers that have no unit.
        of_numbers = [each for each in said if each.new and each.new.amount.unit is NO_UNIT]
        for name in WITHOUT_PERCENT:
            for match in self._forms[name].finditer(sentence.marked):
                place = match.start("number")
                amount = sentence.at(place)
                before = sentence.marked[sentence.clause_start(place) : place]
                if amount.unit is not NO_UNIT or amount.number >= MOST_PERCENT or self._words["no_rate"].search(before):
                    continue
                if not any(each.start <= place <= each.end for each in of_numbers):
                    parts = (("number", f"{amount.number}"), ("lacks", PERCENT.name))
                    yield Slip("unit", "unit_missing", sentence, match.start(), place + 1, "unit_percent", parts)

    def _without_yuan(self, sentence: Sentence) -> Iterator[Slip]:
        """1.54亿 beside 13.6亿元."""
        amounts = {place: each for place, each in sentence.items.items() if isinstance(each, Amount)}
        levels = [each for each in amounts.values() if each.kind == "level"]
        is_beside_money = any(each.unit.dimension == "money" for each in levels)
        is_of_money_only = all(each.unit.dimension == "money" for each in levels if each.unit.per_base > 1)
        for place, amount in amounts.items():
            if amount.kind != "bare" or not self._words["large"].fullmatch(amount.unit.name):
                continue
            before = sentence.marked[sentence.clause_start(place) : place]
            is_whole = self._words["ends"].match(sentence.marked, place + 1) or self._words["goes_on"].match(
                sentence.marked, place + 1
            )
            is_of_money = self._words["money_noun"].search(before)
            if is_beside_money:
                # （1.54亿）, 由1.2亿增加到3.4亿元: where no noun says what it is, it is what stands beside it.
                is_of_the_same = is_of_money_only and self._words["no_noun"].fullmatch(without_marks(before))
                is_money = (is_of_the_same or is_of_money) and not self._words["count_noun"].search(before)
            else:
                # 投资2.36亿: the noun right before it says what it is.
                is_money = is_of_money and self._words["of_money"].search(before)
            if is_whole and is_money:
                yield self._lacks_yuan(sentence, place, amount)
        for match in self._forms["unit_of_money"].finditer(sentence.marked):
            place = match.start("number")
            if amounts[place].unit is NO_UNIT:
                parts = (("number", f"{amounts[place].number}"),)
                yield Slip("unit", "unit_missing", sentence, place, place + 1, "unit_none", parts)
        for match in self._forms["yuan_of_each"].finditer(sentence.marked):
            place = match.start("number")
            if amounts[place].unit is NO_UNIT:
                yield self._lacks_yuan(sentence, place, amounts[place])

    def _ranks(self, sentence: Sentence) -> Iterator[Slip]:
        """居第十一位，升至第六位，前移六位: by how many places."""
        for match in self._forms["rank"].finditer(sentence.marked):
            first, last = self._count(match["first"]), self._count(match["last"])
            steps = sentence.at(match.start("steps"))
            if first is None or last is None or steps.noun not in RANKED or steps.qualifier:
                continue
            falls = bool(self._words["rank_falls"].fullmatch(match["verb"]))
            if steps.number != (last - first if falls else first - last):
                parts = (("first", f"{first}"), ("last", f"{last}"))
                yield Slip("rank", "contradicted", sentence, match.start(), match.end(), "rank", parts)

    def _lacks_yuan(self, sentence: Sentence, place: int, amount: Amount) -> Slip:
        parts = (("number", _printed(amount)), ("lacks", self._yuan))
        return Slip("unit", "unit_missing", sentence, place, place + 1, "unit_yuan", parts)

    def _points(self, sentence: Sentence, said: Sequence[Said]) -> Iterator[Slip]:
        """成本下降5.4个百分点: an amount changes by per cent."""
        for each in said:
            is_moved = each.kind == "difference" and each.by.kind == "points" and each.new is None
            before = without_marks(sentence.marked[sentence.clause_start(each.start) : each.start])
            if is_moved and self._words["amount_noun"].search(before):
                yield Slip("unit", "unit_wrong", sentence, each.start, each.end, "points_of_amount")

    def _of_pairs(self, sentence: Sentence, pairs: Sequence[Pair]) -> Iterator[Slip]:
        """由87提高到78, 由2000万元提高到2亿吨."""
        for pair in pairs:
            old, new = pair.old.amount, pair.new.amount
            if not self._comparable(old, new):
                # 由2000提高到3500家: the unit is said once.
                if old.noun and new.noun and old.kind == new.kind == "level":
                    parts = (("old", old.unit.name), ("new", new.unit.name))
                    yield Slip("unit", "unit_wrong", sentence, pair.start, pair.end, "unit_changes", parts)
                continue
            if old.qualifier in ("above", "about") or new.qualifier in ("below", "about"):
                continue
            first, last = pair.old.size, pair.new.size
            if pair.rises is not None and (last <= first if pair.rises else last >= first):
                reason, parts = (
                    "rises_not" if pair.rises else "falls_not",
                    (("old", _printed(old)), ("new", _printed(new))),
                )
                yield Slip("direction", "contradicted", sentence, pair.start, pair.end, reason, parts)


def _printed(amount: Amount) -> str:
    return f"{amount.number:f}{'' if amount.unit is NO_UNIT else amount.unit.name}"


def _is_after(first: Moment | None, last: Moment | None) -> bool:
    """Whether a time comes after another: by the parts that both give; without a year only within a month."""
    if not isinstance(first, Moment) or not isinstance(last, Moment):
        return False
    if not first.year or not last.year:
        days = [each.period.split("-") for each in (first, last)]
        is_of_month = all(len(day) == 2 and "".join(day).isdigit() for day in days) and days[0][0] == days[1][0]
        return is_of_month and days[0] > days[1]
    length = min(len(first.period), len(last.period))
    if SPAN_MARK in first.period + last.period or " " in first.period + last.period:
        return first.year > last.year
    return first.period[:length] > last.period[:length]
