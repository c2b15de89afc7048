"""The levels a statement compares: which it is about, and which it is measured against."""

import re
from collections.abc import Sequence
from dataclasses import replace

from diaoyan.draft_levels import Level, Levels, Pair, is_earlier, precedes
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.draft_times import PRESENT, PREVIOUS, SPAN_MARK, YEARS_AGO, Moment
from diaoyan.grammar import MARKS, STOPS, Grammar

# A subject shorter than this (企业, 增速) may be that of many things.
LEAST_SUBJECT = 4
# Words of a place as a base (全省平均水平) are known again by as much.
LEAST_PLACE = 2
# Into a statement as far as a number of years goes: 四年间翻了三番.
LONGEST_DURATION = 5


class Bases:
    """Finds levels for the statements of a draft, whose earlier levels it keeps."""

    def __init__(self, grammar: Grammar, levels: Levels):
        self._words = grammar.words
        self._levels = levels
        self._amounts = grammar.amounts
        self._number_of = grammar.words["number_of"].pattern
        # Every level of the paragraph that is read.
        self._known: list[Level] = []

    def begin(self) -> None:
        """Forgets the levels of the paragraph before."""
        self._known = []

    def keep(self, levels: Sequence[Level]) -> None:
        """Keeps the levels of a sentence for statements to be measured against."""
        self._known += levels

    def before(self, sentence: Sentence) -> list[Level]:
        """The levels of the sentence before, in the same paragraph, that stand for themselves."""
        known = [each for each in self._known if not each.is_base and not each.is_in_brackets]
        earlier = [each for each in known if _is_before(each.sentence, sentence)]
        return [each for each in earlier if each.sentence is earlier[-1].sentence]

    def named_by(self, match: re.Match) -> str:
        """What a statement is measured against, in its own words."""
        return without_marks(match.groupdict().get("base") or "").strip("的，, ")

    def moment_of(self, sentence: Sentence, match: re.Match) -> Moment | None:
        """The time a statement is measured against, where it says one."""
        if match.groupdict().get("base"):
            place = sentence.marked.find(MARKS["time"], *match.span("base"))
            if place >= 0:
                return sentence.at(place)
        is_previous = self._words["previous"].search(sentence.marked, max(0, match.start() - 3), match.end())
        return Moment(0, 0, PREVIOUS) if is_previous else None

    def explicit(self, sentence: Sentence, match: re.Match) -> Level | None:
        """The level that stands in the statement itself: 比2018年（196家）, 比2018年的196家, 下降15%（上年402亿元）."""
        for name in ("aside", "base", "after"):
            if not match.groupdict().get(name) or (name == "after" and MARKS["time"] not in match[name]):
                continue
            start, end = match.span(name)
            places = [place for place in sentence.amount_places if start <= place < end]
            if len(places) == 1 and sentence.at(places[0]).kind in ("level", "rate", "bare"):
                level = self._levels.at(sentence, places[0])
                return replace(level, moment=self.moment_of(sentence, match) or level.moment)
        return None

    def about(self, sentence: Sentence, match: re.Match, pairs: Sequence[Pair], levels: Sequence[Level]):
        """The level a statement is about, and its base where a pair or two levels in a row give both; or None."""
        start, end, is_light = match.start(), match.end(), self._levels.is_light
        pair = next((each for each in reversed(pairs) if is_light(sentence, each.end, start)), None)
        if pair:
            return pair.new, pair.old
        # Only points are said of a share or a growth.
        of_rates = sentence.at(match.start("by")).kind == "points"
        outside = [each for each in levels if not each.is_base and not each.is_in_brackets]
        own = [each for each in outside if each.place < start and (of_rates or not each.is_said)]
        if own and is_light(sentence, own[-1].place + 1, start):
            if len(own) > 1 and self._is_base_of(
                own[-1], own[-2], self.named_by(match), self.moment_of(sentence, match)
            ):
                return own[-2], own[-1]
            own = self._of_its_time(sentence, own, start)
            if not own:
                return None, None
            return own[-1], None if self.named_by(match) else self._implied(sentence, own, levels, start)
        follows = next((each for each in levels if each.place >= end), None)
        if follows and self._words["leads"].fullmatch(sentence.marked, end, follows.place):
            # 2014年2.4万亩，此后以年均31.3%的速度扩张，至2017年达4.65万亩.
            old = own[-1] if own and is_earlier(own[-1].moment, follows.moment) else None
            return follows, old if old and self._comparable(old, follows) else None
        behind = [each for each in outside if each.place >= end]
        if not own and len(behind) > 1 and is_light(sentence, end, behind[0].place):
            # 四年年均增长12.4%，2014年为15.8亿元，2018年达到28.3亿元.
            is_pair = is_earlier(behind[0].moment, behind[1].moment) and self._comparable(behind[0], behind[1])
            if is_pair:
                return behind[1], behind[0]
        pair = next((each for each in pairs if is_light(sentence, end, each.start)), None)
        return (pair.new, pair.old) if pair else self._named(sentence, match, own)

    def _of_its_time(self, sentence: Sentence, own: Sequence[Level], start: int) -> list[Level]:
        """The levels up to the one of the time that stands between the last one and the statement, where one does."""
        last = sentence.last_item(own[-1].place + 1, start)
        moment = sentence.at(last) if last is not None else None
        known = (PRESENT, PREVIOUS, own[-1].moment and own[-1].moment.period)
        if not isinstance(moment, Moment) or moment.period in known or SPAN_MARK in moment.period:
            return list(own)
        fits = [place for place, each in enumerate(own) if each.moment and each.moment.period == moment.period]
        return list(own[: fits[-1] + 1]) if fits else []

    def _named(self, sentence: Sentence, match: re.Match, own: Sequence[Level]) -> tuple[Level | None, Level | None]:
        """The level whose subject stands again before the statement, with that of an earlier time: 面积翻了一番."""
        words = match.groupdict().get("subject") or self._levels.heavy_words(
            sentence, sentence.clause_start(match.start()), match.start()
        )
        named = [each for each in own if len(words) >= LEAST_PLACE and (words in each.words or words == each.subject)]
        if not words:
            # 2021年1043人，2022年1318人；2022年比2021年增长26.4%: that of the time.
            moment = sentence.at(match.start() - 1)
            is_of = isinstance(moment, Moment) and sentence.clause_start(match.start()) == match.start() - 1
            named = [each for each in own if is_of and each.moment and each.moment.period == moment.period]
        # 4182件、6015人，…，人数上升8.4%: called by what it is counted in.
        counted = [each for each in own if each.amount.noun and words == each.amount.noun + self._number_of]
        named = named or counted
        if len(named) == 1:
            return named[0], None
        if len(named) == 2 and self._comparable(*named):
            if precedes(named[0].moment, named[1].moment):
                return named[1], named[0]
            if precedes(named[1].moment, named[0].moment):
                return named[0], named[1]
        return None, None

    def elsewhere(self, new: Level, base: str, moment: Moment | None, kind: str) -> Level | None:
        """The base given elsewhere in the paragraph: of the same subject at the time, or of the place named."""
        known = [
            each
            for each in self._known
            if each.sentence.plain is new.sentence.plain
            and self._levels.comparable(each.amount, new.amount)
            and (each.sentence is not new.sentence or each.place != new.place)
        ]
        if not base and moment is None and kind in ("growth", "difference") and len(new.subject) >= LEAST_SUBJECT:
            # What a figure grew by is said against the year before where nothing else is.
            moment = Moment(0, 0, PREVIOUS)
        if moment:
            periods = _called(moment, new.moment)
            of_time = [each for each in known if each.moment and each.moment.period in periods]
            fits = [each for each in of_time if _is_same(each, new)]
            # “十二五”期间累计投入12.37亿元，“十三五”期间已投入31.64亿元，是“十二五”期间的2.6倍.
            near = [each for each in of_time if each.sentence is new.sentence and new.subject in each.subject]
            fits = fits or (near if len(near) == 1 else [])
        else:
            near = [each for each in known if each.sentence is new.sentence]
            fits = [each for each in near if self._is_of_place(each, base)]
        return fits[-1] if len({each.size for each in fits}) == 1 else None

    def is_at(self, old: Level, moment: Moment | None, new: Level | None) -> bool:
        """Whether a level can be the one of the time that a statement is measured against."""
        if moment is not None and moment.period.startswith(YEARS_AGO):
            return old.moment is not None and old.moment.period in _called(moment, new.moment if new else None)
        if moment is None or moment.year is None or old.moment is None or old.moment.year is None:
            return True
        return old.moment.year == moment.year or old.moment.period in _called(moment, new.moment if new else None)

    def _is_base_of(self, last: Level, before: Level, base: str, moment: Moment | None) -> bool:
        """Whether the last of two levels is what the one before is measured against: 去年同期1973起, 全省平均2.85人."""
        if not self._levels.comparable(last.amount, before.amount):
            return False
        if base:
            return self._is_of_place(last, base)
        if before.is_said and last.is_said and last.subject not in ("", before.subject):
            return False
        is_previous = last.moment is not None and last.moment.period == PREVIOUS and last.moment is not before.moment
        is_dated = last.moment and last.moment.year and last.moment.start >= before.amount.end
        if moment and moment.period == PREVIOUS and is_dated and before.moment is None:
            # 受理18.34万件，2021年受理15.27万件，同比上升20.1%.
            return True
        return is_earlier(last.moment, before.moment) or (is_previous and not is_earlier(before.moment, last.moment))

    def _is_of_place(self, level: Level, base: str) -> bool:
        place = self._words["average"].sub("", base)
        return len(place) >= LEAST_PLACE and place in level.words

    def _implied(self, sentence: Sentence, own: Sequence[Level], levels: Sequence[Level], start: int) -> Level | None:
        """The base that two levels in a row imply: 2018年87家，2022年303家; or one in brackets, of another time."""
        new = own[-1]
        for each in levels:
            is_between = new.place < each.place < start and each.is_in_brackets
            if self._words["beside"].search(each.bracket):
                continue
            if is_between and each.moment not in (None, new.moment) and self._comparable(each, new):
                return each
        # 2018年突破300亿元，达312.6亿元: said twice of one.
        own = [each for each in own if not (each is not new and each.amount.qualifier and _is_of_one_time(each, new))]
        series = self._series(own)
        if len(series) > 1:
            return self._so_many_years_before(sentence, new, series, start)
        if len(own) > 1 and not (own[-2].is_said and own[-1].is_said):
            old = own[-2]
            between = range(old.place + 1, new.place)
            words = self._levels.heavy_words(sentence, old.place + 1, new.place).strip(STOPS)
            own = self._levels.heavy_words(sentence, sentence.clause_start(new.place), new.place)
            before = without_marks(sentence.marked[: old.place])
            # 2015年213人，实施后的2017年为58人: what stands before the time is no subject, if it is short.
            last = sentence.last_item(old.place + 1, new.place)
            after = self._levels.heavy_words(sentence, (old.place if last is None else last) + 1, new.place)
            is_of_same = (
                len(words) < LEAST_PLACE
                or (not after and len(words) <= LEAST_SUBJECT)
                or len(own) < LEAST_PLACE
                or words in before
            )
            has_time = any(sentence.marked[place] == MARKS["time"] for place in between)
            is_later = is_earlier(new.moment, old.moment)
            if has_time and is_of_same and _differ(old, new) and not is_later and self._comparable(old, new):
                return old
            return None
        # 2016年仅为4.3亿元。2021年达到37.9亿元: the subject is that of the sentence before.
        before = [each for each in self._known if _is_before(each.sentence, sentence)]
        if (
            before
            and not new.subject
            and is_earlier(before[-1].moment, new.moment)
            and self._comparable(before[-1], new)
        ):
            return before[-1]
        return None

    def series(self, sentence: Sentence, start: int, levels: Sequence[Level]) -> list[Level]:
        """The levels right before a place that are of the same thing in one year after the other, the first first."""
        own = [
            each for each in levels if each.place < start and not (each.is_base or each.is_in_brackets or each.is_said)
        ]
        if not own or not self._levels.is_light(sentence, own[-1].place + 1, start):
            return []
        return [*reversed(self._series(own)), own[-1]]

    def _series(self, own: Sequence[Level]) -> list[Level]:
        """The levels right before the last one, of the same thing in other years: 2019年1.3亿元，2020年2.1亿元."""
        found: list[Level] = []
        for level, after in zip(reversed(own[:-1]), reversed(own), strict=False):
            is_dated = level.moment and after.moment and level.moment.year and after.moment.year
            words = self._levels.heavy_words(level.sentence, level.place + 1, after.place)
            if (
                not is_dated
                or not is_earlier(level.moment, after.moment)
                or words
                or not self._comparable(level, after)
            ):
                break
            found.append(level)
        return found

    def _so_many_years_before(
        self, sentence: Sentence, new: Level, series: Sequence[Level], start: int
    ) -> Level | None:
        """Of several years the one that a number of years leads back to: 四年翻了三番."""
        said = self._words["duration"].search(sentence.marked, new.place, start + LONGEST_DURATION)
        years = self._amounts.count(said[1]) if said else None
        return next((each for each in series if years and each.moment.year == new.moment.year - years), None)

    def _comparable(self, first: Level, second: Level) -> bool:
        return self._levels.comparable(first.amount, second.amount)


def _is_before(first: Sentence, second: Sentence) -> bool:
    return first.plain is second.plain and first.start < second.start


def _differ(first: Level, second: Level) -> bool:
    return bool(first.moment and second.moment) and first.moment.period != second.moment.period


def _is_of_one_time(first: Level, second: Level) -> bool:
    return bool(first.moment and second.moment) and first.moment.period == second.moment.period


def _is_same(first: Level, second: Level) -> bool:
    """Whether the subjects of two levels are one: alike, or one the other's end or beginning."""
    if not first.subject or not second.subject:
        return False
    short, long = sorted((first.subject, second.subject), key=len)
    return short == long or (len(short) >= LEAST_SUBJECT and (long.endswith(short) or long.startswith(short)))


def _called(base: Moment, own: Moment | None) -> set[str]:
    """The periods that a base may be called by: 上年 of a level of 2022 is 2021 too."""
    periods = {base.period}
    if own and own.year and base.period == PREVIOUS:
        periods.add(str(own.year - 1))
    if own and own.year and base.period.startswith(YEARS_AGO):
        periods.add(str(own.year - int(base.period.removeprefix(YEARS_AGO))))
    if own and own.year and base.period == str(own.year - 1):
        periods.add(PREVIOUS)
    return periods
