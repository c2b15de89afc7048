"""Statements of a draft: what is said of which two levels, read from the forms of the grammar."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from diaoyan.draft_bases import Bases
from diaoyan.draft_comparisons import LISTED, MAY_BE_COMPARED, Comparisons, with_derived_base
from diaoyan.draft_levels import Level, Levels, Pair, times_of_bases
from diaoyan.draft_lists import Lists
from diaoyan.draft_rates import Rates
from diaoyan.draft_said import ReadSentence, Said
from diaoyan.draft_sentences import Sentence
from diaoyan.draft_shares import Shares
from diaoyan.draft_times import SPAN_MARK, Moment
from diaoyan.grammar import Grammar

# “十三五”时期 is from 2016 to 2020: what grew in it did so from 2015 on.
YEARS_OF_PLAN = 5
# A form that is read after all others: 合格率97.7%, from two figures before it.
RATE = "rate_of"
KINDS = {"doublings": "doublings", "rate": "growth", "times": "growth"}


class Statements:
    """Reads the sentences of a draft paragraph by paragraph."""

    def __init__(self, grammar: Grammar):
        self._words = grammar.words
        patterns = {name: form.pattern for name, form in grammar.forms.items()}
        # What says by how much is a statement; the other forms give levels, or are slips of the pen.
        self._forms = {
            name: pattern for name, pattern in patterns.items() if "by" in pattern.groupindex and name != RATE
        }
        self._direction = patterns["direction"]
        self._amounts = grammar.amounts
        self._levels = Levels(grammar)
        self.comparable = self._levels.comparable
        self._bases = Bases(grammar, self._levels)
        self._rates = Rates(grammar, self._levels, self._bases)
        self._lists = Lists(grammar, self.comparable)
        self._comparisons = Comparisons(grammar, self._levels, self._bases)
        self._shares = Shares(grammar, self._levels, self._bases)

    def of(self, paragraph: Sequence[Sentence]) -> Iterator[ReadSentence]:
        """Every sentence of a paragraph as it is read; a base may be given after its statement."""
        read = []
        self._bases.begin()
        for sentence in paragraph:
            pairs = self._levels.pairs(sentence)
            matches = self._matches(sentence, pairs)
            levels = self._levels.in_sentence(sentence, [match for _, match in matches], pairs)
            levels = self._lists.read(sentence, levels)
            self._bases.keep(levels)
            read.append((sentence, levels, pairs, matches))
        for sentence, levels, pairs, matches in read:
            said: list[Said] = []
            bases = times_of_bases(sentence, [match for _, match in matches])
            for name, match in matches:
                said += self._said(sentence, name, match, pairs, levels, said, bases)
                if said and said[-1].by.kind == "rate" and said[-1].kind in MAY_BE_COMPARED:
                    # GDP增速7.3%, 占11.7%: what may itself be compared.
                    level = replace(self._levels.at(sentence, match.start("by")), is_said=True)
                    levels = sorted([*levels, level], key=lambda each: each.place)
            listed = {each.start for each in said if each.is_listed}
            levels = [each for each in levels if each.place not in listed]
            said = [with_derived_base(each, said) for each in said]
            said = [self._comparisons.explained(each, levels, pairs) for each in said]
            said = sorted([*said, *self._rates.of(sentence, levels)], key=lambda each: each.start)
            yield ReadSentence(sentence, levels, said, [*pairs, *self._directions(sentence, levels)])

    def _matches(self, sentence: Sentence, pairs: Sequence[Pair]) -> list[tuple[str, re.Match]]:
        """What the forms find, each amount said but once, by the form that takes most of the sentence."""
        taken: dict[int, tuple[str, re.Match]] = {}
        for name, pattern in self._forms.items():
            position = 0
            while match := pattern.search(sentence.marked, position):
                position = match.start() + 1
                by = match.start("by")
                is_free = not any(pair.start < by < pair.end for pair in pairs) and not self._is_noun(match)
                if is_free and (by not in taken or match.start() < taken[by][1].start()):
                    taken[by] = name, match
        return sorted(taken.values(), key=lambda each: each[1].start())

    def _is_noun(self, match: re.Match) -> bool:
        """Whether the verb of a match is a noun: 比城镇居民收入增速7.4%快, of which 增速 is what is compared."""
        groups = match.groupdict()
        return bool(groups.get("base") and self._words["rate_of_change"].fullmatch(groups.get("verb") or ""))

    def _said(self, sentence: Sentence, name: str, match: re.Match, pairs, levels, before, bases) -> list[Said]:
        """The statement of a match, or those of a list: 分别下降2.4个、3.5个和0.9个百分点."""
        said = self._begun(sentence, name, match, bases)
        if said is None:
            return []
        places = [match.start("by")]
        while LISTED.match(sentence.marked, places[-1] + 1):
            places.append(places[-1] + 2)
        if name in ("share", "portion"):
            if len(places) > 1 and (found := self._shares.of_each(said, match, levels, places)):
                return found
            said = self._shares.of(said, match, levels, before)
            # 为全省的26.4%: without the two figures it may be anything.
            return [said] if name == "share" or (said.new and said.old) else []
        if name == "apart":
            return [self._comparisons.apart(said, levels)]
        if len(places) > 1:
            return self._comparisons.of_each(said, places, pairs, levels)
        return [self._comparisons.of(said, match, pairs, levels, before)]

    def _begun(self, sentence: Sentence, name: str, match: re.Match, bases: frozenset[int]) -> Said | None:
        """The statement of a match before its levels are found; None for a range."""
        by, groups = sentence.at(match.start("by")), match.groupdict()
        verb = groups.get("verb") or ""
        is_between = bool(self._words["above"].fullmatch(verb) or self._words["below"].fullmatch(verb))
        if by.in_range or (is_between and self._words["attributive"].match(sentence.marked, match.start("by") + 1)):
            return None
        if groups.get("approx"):
            by = replace(by, qualifier=self._amounts.qualifier(groups["approx"]))
        kind = {
            "share": "share",
            "portion": "share",
            "times": "times",
            "yearly": "yearly_growth",
            "yearly_speed": "yearly_growth",
            "apart": "gap",
        }.get(name, KINDS.get(by.kind, "difference"))
        falls = self._levels.rises(verb) is False or bool(self._words["below"].fullmatch(verb))
        moment = self._bases.moment_of(sentence, match)
        if kind == "difference" and is_between and moment is None:
            kind = "gap"
        said = Said(kind, sentence, match.start(), match.end(), by, falls, base=self._bases.named_by(match))
        before = sentence.marked[: match.start("verb")] if groups.get("verb") else sentence.marked[: match.start()]
        obstacle = "yearly" if kind == "difference" and self._words["yearly"].search(before) else ""
        if self._words["combined"].search(sentence.marked, sentence.clause_start(match.start()), match.start()):
            obstacle = "combined"
        years = self._words["years"].search(sentence.words(sentence.clause_start(match.start()), match.end()))
        number = self._amounts.count(years[1]) if years else self._years_said(sentence, match.start())
        own = sentence.time_of(match.start(), bases)
        return replace(said, base_moment=moment, moment=own, obstacle=obstacle, years=number)

    def _years_said(self, sentence: Sentence, start: int) -> int | None:
        """Over how many years: 过去五年, or those between the only two that are named before."""
        found = list(self._words["years_said"].finditer(sentence.plain.text, sentence.start, sentence.places[start]))
        if len(found) == 1:
            return self._amounts.count(next(filter(None, found[0].groups())))
        times = [each for place, each in sentence.items.items() if place < start and isinstance(each, Moment)]
        years = {each.year for each in times if each.year}
        if len(times) == 1 and SPAN_MARK in times[0].period:
            first, last = (int(year) for year in times[0].period.split(SPAN_MARK))
            years = YEARS_OF_PLAN if last - first == YEARS_OF_PLAN - 1 else last - first
            # A span that ends before it begins is a fault of its own.
            return years if years > 0 else None
        return max(years) - min(years) if len(years) == 2 else None

    def _directions(self, sentence: Sentence, levels: Sequence[Level]) -> Iterator[Pair]:
        """比上年的91.5万册次又有增长: a rise or fall without an amount, from a level it gives."""
        for match in self._direction.finditer(sentence.marked):
            old = self._bases.explicit(sentence, match)
            own = [each for each in levels if each.place < match.start() and not each.is_in_brackets]
            if old is None or not own or not self.comparable(old.amount, own[-1].amount):
                continue
            if self._levels.is_light(sentence, own[-1].place + 1, match.start()):
                yield Pair(match.start(), match.end(), old, own[-1], self._levels.rises(match["verb"]))
