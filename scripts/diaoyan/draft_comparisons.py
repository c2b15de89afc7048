"""The two levels that a statement of a draft compares: those it names, those before it, those that bear it out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from diaoyan.claims import SOUND
from diaoyan.draft_bases import Bases
from diaoyan.draft_levels import Level, Levels, Pair
from diaoyan.draft_places import Places
from diaoyan.draft_said import Said
from diaoyan.draft_sentences import Sentence
from diaoyan.draft_verdicts import verdict_on
from diaoyan.grammar import MARKS, Grammar

# More figures than a sentence is likely to compare.
MOST_LEVELS = 8
# Kinds of statements whose percentages may themselves be compared.
MAY_BE_COMPARED = ("growth", "yearly_growth", "share")
# After an amount, another of its kind: a list of what several things did.
LISTED = re.compile(f"[、和及](?:[{MARKS['rate']}{MARKS['points']}{MARKS['times']}])")


class Comparisons:
    """Gives statements the levels they compare, by the words of a grammar."""

    def __init__(self, grammar: Grammar, levels: Levels, bases: Bases):
        self._words = grammar.words
        self._levels = levels
        self._bases = bases
        self._places = Places(grammar, levels)

    def of(self, said: Said, match: re.Match, pairs, levels: Sequence[Level], said_before: Sequence[Said]) -> Said:
        """The statement with the levels it compares."""
        sentence, by = said.sentence, said.by
        new, old = self._bases.about(sentence, match, pairs, levels)
        adjacent = [each for each in reversed(said_before) if self._levels.is_light(sentence, each.end, said.start)]
        last = next((each for each in adjacent if each.kind != "share"), None)
        is_behind = new is not None and last is not None and last.new is not None and new.place >= said.end
        is_same = new is None or is_behind or (last and (last.start > new.place or new is last.new))
        if last and not match.groupdict().get("base") and is_same:
            # 增加了152家，增长38%: of the same levels, unless the second is points of the first's rate.
            if by.kind != "points" or last.by.kind != "rate":
                new, old = last.new, last.old
            said = replace(said, base=last.base, base_moment=last.base_moment)
        elif new is None and (last := last or self._last_of_clause(sentence, said_before, said.start)):
            # 比甲市142公里高26公里，与乙市171公里相比只差2公里: of the same figure against another one.
            new = last.new
        rates = [each for each in reversed(said_before) if self._goes_on(sentence, each.end, said.start)]
        rate = next((each for each in rates if each.kind in MAY_BE_COMPARED and each.by.kind == "rate"), None)
        explicit = self._bases.explicit(sentence, match)
        is_of_rates = by.kind == "points" or (by.kind == "rate" and explicit is not None and explicit.is_rate)
        if new is None and rate and is_of_rates:
            # 增长14.8%，比平均增速（11.9%）高出2.9个百分点: the growth, or the share, is itself what is compared.
            new = Level(rate.by, rate.moment, "", sentence, rate.end - 1)
        if new and by.kind == "level" and not self._levels.comparable(by, new.amount):
            new = old = None
        if explicit and new and not self._levels.comparable(explicit.amount, new.amount):
            is_moved = said.kind in ("growth", "difference") and explicit.amount.kind == new.amount.kind
            if is_moved and explicit.amount.noun and new.amount.noun:
                return replace(said, new=new, old=explicit, obstacle="unit_changes")
            new = None if explicit.is_rate != new.is_rate else new
        if old and not self._bases.is_at(old, said.base_moment, new):
            old = None
        old = explicit or old or (self._bases.elsewhere(new, said.base, said.base_moment, said.kind) if new else None)
        if said_before and not said.base and by.kind == "points":
            # 比全省平均多2815元，增速快1.7个百分点: against the same.
            last = said_before[-1]
            if self._words["rate_again"].fullmatch(sentence.marked, last.end, said.start):
                said = replace(said, base=last.base)
        if old is None and said.base and said.base_moment is None:
            before = [each for each in levels if each.place < said.start]
            new, old = self._places.pair(said, before) or (new, old)
        if new and old and (new.place, new.sentence) == (old.place, old.sentence):
            old = None
        said = replace(said, new=new, old=old, moment=new.moment if new else said.moment)
        obstacle = said.obstacle or ("adjusted" if self._is_adjusted(said) else "")
        return replace(said, kind=_in_terms_of_levels(said), obstacle=obstacle)

    def of_each(self, said: Said, places: Sequence[int], pairs: Sequence[Pair], levels) -> list[Said]:
        """分别…: one statement of each of the pairs before, or of each place it is measured against."""
        before = [each for each in levels if each.place < said.start]
        names = said.base
        if found := self._places.each(said, before, len(places)):
            new, bases = found
            of_each = zip(places, bases, self._places.names(said.base), strict=True)
            return [replace(self._one_of(said, place, new, old), base=name) for place, old, name in of_each]
        inside = [each for each in levels if said.start <= each.place < places[0]]
        parts = [each for each in before if not (each.is_base or each.is_said or each.is_in_brackets)][-len(places) :]
        if len(inside) == len(parts) == len(places) and all(map(self._are_comparable, inside, parts)):
            # 事故31起、死亡19人，比上年的38起、24人分别下降18.4%和20.8%.
            pairs_of = zip(places, parts, inside, strict=True)
            return [self._one_of(said, place, new, old) for place, new, old in pairs_of]
        is_each = self._words["respectively"].search(said.sentence.marked, said.start, said.end)
        series = self._bases.series(said.sentence, said.start, levels) if is_each and not names else []
        if len(series) == len(places) + 1:
            # 2021年108.3亿元，2022年、2023年分别为121.6亿元和118.4亿元，分别增长12.3%和2.6%.
            pairs_of = zip(places, series[1:], series, strict=False)
            return [self._one_of(said, place, new, old) for place, new, old in pairs_of]
        own = [pair for pair in pairs if pair.end <= said.start][-len(places) :]
        words = said.sentence.marked[own[-1].end if own else said.start : said.end]
        if len(own) < len(places) or not self._words["respectively"].search(words):
            return [said]
        return [self._one_of(said, place, pair.new, pair.old) for place, pair in zip(places, own, strict=True)]

    def apart(self, said: Said, levels: Sequence[Level]) -> Said:
        """甲市2.05%，乙市1.46%，相差0.59个百分点: the two levels before, whichever is larger."""
        outside = [each for each in levels if each.place < said.start and not each.is_in_brackets and not each.is_base]
        own = [each for each in outside if said.by.kind == "points" or not each.is_said][-2:]
        if len(own) < 2 or not self._levels.comparable(own[0].amount, own[1].amount):
            return said
        if LISTED.match(said.sentence.marked, said.end) or not self._words["apart_after"].fullmatch(
            said.sentence.marked, own[1].place + 1, said.start
        ):
            return said
        return replace(said, new=own[0], old=own[1], falls=own[0].size < own[1].size)

    def explained(self, said: Said, levels: Sequence[Level], pairs: Sequence[Pair]) -> Said:
        """The statement with the two figures of the sentence that bear it out, where those it seems to be of do not.

        案件14起，其中企业13起、项目单位1起，比2021年的22起减少36.4%: of all of them.
        """
        is_pair = any(said.new is pair.new and said.old is pair.old for pair in pairs)
        if is_pair or said.is_listed or said.kind == "share" or said.new is None or said.old is None:
            return said
        if verdict_on(said).verdict in SOUND:
            return said
        others = [each for each in levels if each.amount.kind == said.new.amount.kind][-MOST_LEVELS:]
        fits = [each for each in others if self._levels.comparable(each.amount, said.old.amount)]
        news = [replace(said, new=each) for each in fits if not each.is_base]
        is_given = said.old.sentence is said.sentence and said.start <= said.old.place < said.end
        for other in (*news, *(replace(said, old=each) for each in fits if not is_given)):
            if other.new.place != other.old.place and verdict_on(other).verdict in SOUND:
                return other
        return said

    def _one_of(self, said: Said, place: int, new: Level, old: Level) -> Said:
        """A statement of a list, which stands at a place of its own."""
        return replace(said, start=place, end=place + 1, by=said.sentence.at(place), new=new, old=old)

    def _are_comparable(self, first: Level, second: Level) -> bool:
        return self._levels.comparable(first.amount, second.amount)

    def _last_of_clause(self, sentence: Sentence, said: Sequence[Said], start: int) -> Said | None:
        """The statement right before a semicolon: 比邻市低0.051吨；与2017年相比下降18.6%."""
        last = said[-1] if said else None
        is_next = last is not None and sentence.marked[last.end : start].strip() == "；"
        return last if is_next and last.kind != "share" else None

    def _goes_on(self, sentence: Sentence, end: int, start: int) -> bool:
        """Whether what is said next is of the same thing: nothing stands between, or 增速 where no part was named."""
        if self._words["rate_again"].fullmatch(sentence.marked, end, start):
            segment = sentence.marked.rfind("；", 0, start) + 1
            return not self._words["among"].search(sentence.marked, segment, start)
        return self._levels.is_light(sentence, end, start)

    def _is_adjusted(self, said: Said) -> bool:
        """Whether a growth is one of prices or scope made comparable, which printed figures do not give."""
        if said.kind not in ("growth", "yearly_growth"):
            return False
        start = said.new.place if said.new else said.sentence.clause_start(said.start)
        words = said.sentence.marked[min(start, said.start) : said.end]
        of_product = said.new is not None and self._words["real_terms"].search(said.new.subject)
        return bool(of_product or self._words["adjusted"].search(words))


def with_derived_base(growth: Said, said: Sequence[Said]) -> Said:
    """收入13000万元，增收3000万元，增长30%: the base that amount and increase give, where nothing else does."""
    if growth.kind != "growth" or growth.by.kind != "rate" or growth.old or not growth.new or growth.new.is_rate:
        return growth
    for each in said:
        is_same_base = (each.base, each.base_moment and each.base_moment.period) == (
            growth.base,
            growth.base_moment and growth.base_moment.period,
        )
        is_of_same = each.kind == "difference" and each.new is growth.new and each.old is None and not each.obstacle
        is_of_same = is_of_same and (is_same_base or growth.base_moment is None)
        if (
            is_of_same
            and each.falls == growth.falls
            and each.by.kind == "level"
            and each.by.noun == growth.new.amount.noun
        ):
            moved = each.by.number * each.by.unit.per_base * (-1 if each.falls else 1) / growth.new.amount.unit.per_base
            amount = replace(growth.new.amount, number=growth.new.amount.number - moved, qualifier=each.by.qualifier)
            return (
                replace(growth, old=replace(growth.new, amount=amount, place=each.start))
                if amount.number > 0
                else growth
            )
    return growth


def _in_terms_of_levels(said: Said) -> str:
    """The kind in the light of the levels: of two percentages a percentage may be meant as the points between them."""
    new, old = said.new, said.old
    if (
        said.kind != "growth"
        or said.by.kind != "rate"
        or not (new and old and new.is_rate and old.is_rate)
        or not old.size
    ):
        return said.kind
    stated = said.by.number * (-1 if said.falls else 1)
    is_quotient = abs((new.size / old.size - 1) * 100 - stated) < abs(new.size - old.size - stated)
    return "growth" if is_quotient else "difference"
