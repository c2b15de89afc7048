"""Sentences of a draft as statements are looked for in them: marked text, and the levels it gives."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from diaoyan.draft_amounts import Amount
from diaoyan.draft_times import PREVIOUS, Moment, find_times
from diaoyan.grammar import ALL, MARKS, Grammar, mark
from diaoyan.plain_text import PlainText

# What is longer is no sentence but a list without an end, and is read in parts, each up to a comma if there is one.
LONGEST = 800
WITHIN = f"[^。！？!?]{{0,{LONGEST}}}"
SENTENCE = re.compile(f"{WITHIN}(?:[。！？!?]|$)|{WITHIN}[，；、]|{WITHIN}")
# From an amount to its time, in English.
BEHIND = re.compile(rf"[^{ALL}，。：；！？（）]{{0,40}}?{MARKS['time']}")
IN_BRACKETS = f"（{MARKS['time']}）"
# Before a time that is reached or equalled.
TOWARDS = ("恢复到", "于")
CLAUSE = "，。：；！？（）"


@dataclass(frozen=True)
class Sentence:
    """A sentence: its plain text, the amounts and times in it, and its marked text, in which each is one character."""

    plain: PlainText
    start: int
    end: int
    marked: str
    items: dict[int, Amount | Moment] = field(repr=False)
    places: tuple[int, ...] = field(repr=False)

    def at(self, place: int) -> Amount | Moment | None:
        """The amount or time at a place of the marked text."""
        return self.items.get(place)

    def words(self, start: int, end: int) -> str:
        """The plain text from one place of the marked text up to another."""
        return self.plain.text[self.places[start] : self.places[end]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the draft a part of the marked text stands."""
        return self.plain.span(self.places[start], self.places[end])

    @cached_property
    def amount_places(self) -> tuple[int, ...]:
        """Places of the marked text with an amount."""
        return tuple(place for place, each in self.items.items() if isinstance(each, Amount))

    @cached_property
    def _item_places(self) -> tuple[int, ...]:
        return tuple(self.items)

    @cached_property
    def _time_places(self) -> tuple[int, ...]:
        return tuple(place for place, each in self.items.items() if isinstance(each, Moment))

    def last_item(self, start: int, end: int) -> int | None:
        """The last place from start up to end with an amount or a time."""
        index = bisect_left(self._item_places, end)
        return self._item_places[index - 1] if index and self._item_places[index - 1] >= start else None

    def time_of(self, place: int, bases: frozenset[int] = frozenset()) -> Moment | None:
        """The time said of an amount: the last before it that is not the time of a base (较2018年).

        English says it behind the amount (87 in 2018), and so do brackets (36.4亿元（2016年）).
        """
        if self.marked.startswith(IN_BRACKETS, place + 1):
            return self.items[place + 2]
        if not self.plain.is_chinese and (behind := BEHIND.match(self.marked, place + 1)):
            return self.items[behind.end() - 1]
        for each in reversed(self._time_places[: bisect_left(self._time_places, place)]):
            item = self.items[each]
            if each in bases:
                continue
            # 去年同期 of one item is not that of the next, and 2019年 in 恢复到2019年 not that of what recovered.
            is_far = item.period == PREVIOUS and "；" in self.marked[each:place]
            if not is_far and not self.marked.endswith(TOWARDS, 0, each):
                return item
        return None

    def clause_start(self, place: int) -> int:
        """Where the clause of a place begins."""
        return max(self.marked.rfind(stop, 0, place) for stop in CLAUSE) + 1


def sentences(plain: PlainText, grammar: Grammar) -> Iterator[Sentence]:
    """The sentences of a passage, in its order."""
    times = list(find_times(plain.text, plain.is_chinese))
    taken = [(each.start, each.end) for each in times]
    items = sorted([*times, *grammar.amounts.find(plain.text, taken)], key=lambda each: each.start)
    starts = [each.start for each in items]
    for found in SENTENCE.finditer(plain.text):
        start, end = found.span()
        if start == end:
            continue
        inside = items[bisect_left(starts, start) : bisect_left(starts, end)]
        if inside:
            yield _sentence(plain, start, end, inside)


def _sentence(plain: PlainText, start: int, end: int, items: list[Amount | Moment]) -> Sentence:
    marked, places, held, position = [], [], {}, start
    for item in items:
        marked += plain.text[position : item.start]
        places += range(position, item.start)
        held[len(marked)] = item
        marked.append(mark(item))
        places.append(item.start)
        position = item.end
    marked += plain.text[position:end]
    places += range(position, end)
    return Sentence(plain, start, end, "".join(marked), held, (*places, end))


def without_marks(marked: str) -> str:
    """Marked text without its amounts and times."""
    return re.sub(f"[{ALL}]", "", marked)
