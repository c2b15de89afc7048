"""Shares in a draft: which part they are of, and of which whole."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from diaoyan.claims import SOUND
from diaoyan.digit_slips import is_slip
from diaoyan.draft_amounts import Amount
from diaoyan.draft_bases import Bases
from diaoyan.draft_levels import Level, Levels, precedes
from diaoyan.draft_said import Said
from diaoyan.draft_sentences import without_marks
from diaoyan.draft_verdicts import verdict_on
from diaoyan.grammar import Grammar

# A shorter name of a whole may be that of another.
LEAST_NAME = 4
# What is said to be a share, and is further off in points, is one of something else.
MOST_OFF = 20
# A share of all in a row, as it is printed.
OF_ALL = Decimal("0.06")


class Shares:
    """Finds part and whole of shares by the words of a grammar."""

    def __init__(self, grammar: Grammar, levels: Levels, bases: Bases):
        self._words = grammar.words
        self._levels = levels
        self._bases = bases

    def of(self, said: Said, match: re.Match, levels: Sequence[Level], before: Sequence[Said]) -> Said:
        """A share of a whole: given in the statement, or the level before 其中, or the first of the sentence."""
        spans = [range(*match.span(name)) for name in ("whole", "aside", "after") if match[name]]
        inside = [each for each in levels if any(each.place in span for span in spans)]
        outside = [each for each in levels if each.place < said.start and not each.is_in_brackets]
        own = [each for each in outside if not each.is_base and not each.is_said]
        part = own[-1] if own and self._is_of(own[-1], said, before) else self._named_part(said, own)
        whole = inside[0] if len(inside) == 1 else None
        words = self._words["share_tail"].sub("", without_marks(match["whole"] or "").strip())
        if part and not inside:
            # What is itself a part (男性…占51.24%；女性…占48.76%) is no whole of the next.
            # What is held against a target or another area is a whole nonetheless.
            shares = [each for each in before if each.kind == "share" and not self._is_of_other(each.base)]
            parts = {each.new.place for each in shares if each.new}
            earlier = [each for each in own if each.place < part.place]
            named = [*self._bases.before(said.sentence), *earlier, *(each for each in levels if each.place >= said.end)]
            wholes = [each for each in earlier if each.place not in parts]
            if not words and any(_is_of_whole_of(replace(said, new=part), each) for each in shares):
                return replace(said, new=part, base=words)
            whole = self._whole(replace(said, new=part), wholes, earlier, named, words)
            # 技改奖补0.92亿元，占资金总额的49.2%；稳岗返还0.41亿元，占21.9%: of the same as the one before.
            last = self._comparable(part, [each.old for each in shares[-1:] if each.old and not words])
            whole = whole or next(iter(_near(replace(said, new=part), last)), None)
        if part and whole and whole.size < part.size:
            whole = None
        return replace(said, new=part, old=whole, base=words)

    def of_each(self, said: Said, match: re.Match, levels: Sequence[Level], places: Sequence[int]) -> list[Said]:
        """简易程序、速裁程序9815件、6742件，占总数23650件的41.5%和28.5%: a share of each of the figures before."""
        spans = [range(*match.span(name)) for name in ("whole", "aside") if match.groupdict().get(name)]
        inside = [each for each in levels if any(each.place in span for span in spans)]
        own = [each for each in levels if each.place < said.start and not each.is_base and not each.is_said]
        parts = own[-len(places) :]
        if len(parts) == len(places) and not inside and not without_marks(match["whole"] or ""):
            # 共126平方公里，其中坡改梯18、水保林43、经果林27、封禁38，分别占14.3%、34.1%、21.4%和30.2%.
            inside = self._wholes(parts[0], own[: -len(places)], self._bases.before(said.sentence))[-1:]
        if len(inside) != 1 or len(parts) < len(places):
            return []
        if not all(self._levels.comparable(each.amount, inside[0].amount) for each in parts):
            return []
        pairs = zip(places, parts, strict=True)
        return [
            replace(said, start=place, end=place + 1, by=said.sentence.at(place), new=part, old=inside[0])
            for place, part in pairs
        ]

    def _is_of_other(self, words: str) -> bool:
        return bool(self._words["other_area"].search(words) or self._words["not_given"].search(words))

    def _named_part(self, said: Said, own: Sequence[Level]) -> Level | None:
        """The level whose subject stands again before the share: 发明专利1026件，…；发明专利仅占15%."""
        words = self._levels.heavy_words(said.sentence, said.sentence.clause_start(said.start), said.start)
        return next(
            (each for each in reversed(own) if len(words) >= LEAST_NAME and each.subject.startswith(words)), None
        )

    def _is_of(self, level: Level, said: Said, before: Sequence[Said]) -> bool:
        """Whether a share is of the level before it: nothing, its subject again, or what else is said of it between."""
        sentence = said.sentence
        words = self._levels.heavy_words(sentence, level.place + 1, said.start)
        if len(words) < 2 or (_begins(words, level.subject) and len(words) <= len(level.subject) + 2):
            return True
        if self._words["behind_part"].fullmatch(sentence.marked, level.place + 1, said.start):
            return True
        # 税收43.1亿元，增长7.9%，占财政收入（67.3亿元）的64.0%.
        last = before[-1] if before else None
        return last is not None and last.new is level and self._levels.is_light(sentence, last.end, said.start)

    def _whole(self, said: Said, before, earlier, known: Sequence[Level], words: str) -> Level | None:
        """What a share is of, where the statement itself does not give it; `words` are those it has for it."""
        if self._is_of_other(words):
            return None
        last = self._bases.before(said.sentence)
        if words:
            # 民生支出92.6亿元，占一般公共预算支出的78.3%，同期一般公共预算支出118.3亿元.
            named = self._named(said.new, known, words)
            if not named and (shorter := self._words["all"].sub("", words)):
                # 支出3872万元，占支出总额的55.0%.
                named = [each for each in self._comparable(said.new, known) if each.subject == shorter]
            wholes = named or (self._wholes(said.new, before, last) if self._words["all"].search(words) else [])
            return _meant(said, wholes)
        if out_of := self._words["out_of"].match(said.sentence.marked, said.sentence.clause_start(said.new.place)):
            # 专任教师4218人，…；专任教师中具有高级职称的1645人，占39.0%.
            named = self._named(said.new, known, out_of[1])
            if named:
                return _meant(said, named)
        wholes = self._wholes(said.new, before, last)
        if not (is_among := self._is_among(said)) and self._is_of_all(said, before):
            return None
        if is_among:
            # What is itself held against another figure may be the whole.
            return _meant(said, [*self._wholes(said.new, earlier, last), *wholes])
        # What is far off is of none of them, and what another figure bears out is of that.
        near = _near(said, wholes)
        return _meant(said, [*self._comparable(said.new, known), *near]) if near else None

    def _is_among(self, said: Said) -> bool:
        """Whether 其中 says that it is a part."""
        marked = said.sentence.marked
        segment = marked.rfind("；", 0, said.new.place) + 1
        return bool(self._words["among"].search(marked, segment, said.new.place))

    def _is_of_all(self, said: Said, before: Sequence[Level]) -> bool:
        """酒驾1286起、醉驾217起，醉驾占比14.4%: whether it is of all that stand in a row."""
        row = self._comparable(said.new, [each for each in before if each.sentence is said.sentence])
        sums = accumulate((each.size for each in reversed(row)), initial=said.new.size)
        return any(_off(said, replace(said.new, amount=_of_size(said.new, size))) < OF_ALL for size in sums)

    def _named(self, part: Level, known: Sequence[Level], words: str) -> list[Level]:
        """The wholes by their name: 排查出自建房1.87万栋…占自建房的22‰, 有效问卷1702份…613人，占有效问卷的36%."""
        fits = [each for each in known if _are_counted(each, part)]
        exact = [each for each in self._comparable(part, fits) if each.subject == words]
        if exact or len(words) < LEAST_NAME:
            return self._latest(exact)
        return self._latest(
            [each for each in fits if len(each.subject) >= LEAST_NAME and _is_named(words, each.subject)]
        )

    def _wholes(self, part: Level, before: Sequence[Level], last: Sequence[Level]) -> list[Level]:
        """What a part may be of: the figure before 其中, that of the sentence before, or the first one; best last."""
        sentence = part.sentence
        segment = sentence.marked.rfind("；", 0, part.place) + 1
        ends = [match.start() for match in self._words["among"].finditer(sentence.marked, segment, part.place)]
        comparable, known = self._comparable(part, before), self._comparable(part, last)
        alike = [each for each in comparable if each.amount.noun == part.amount.noun]
        comparable = alike or comparable
        if ends and not sentence.marked[: ends[-1]].strip(" ，"):
            # 死亡456人。其中道路交通411人，占90.1%: the sentence before has it.
            return self._latest(known)
        if ends:
            return self._latest([each for each in comparable if each.place < ends[-1]])
        totals = [each for each in comparable if self._words["all"].search(each.words)]
        near = [each for each in comparable if each.place >= segment]
        if not near and (first := self._words["among"].search(sentence.marked, 0, segment)):
            # 立案268人，其中大案183人；要案32人，占11.9%.
            return self._latest([each for each in comparable if each.place < first.start()][-1:])
        first = near[:1] or (comparable[:1] if comparable and comparable[0] is before[0] else [])
        # 死亡456人，其中…。道路交通411人: what comes after 其中 in the sentence before is no whole.
        wholes = [each for each in known if not self._words["among"].search(each.sentence.marked, 0, each.place)]
        return self._latest([*wholes, *(totals or first)])

    def _comparable(self, part: Level, levels: Sequence[Level]) -> list[Level]:
        return [each for each in levels if self._levels.comparable(each.amount, part.amount)]

    def _latest(self, levels: Sequence[Level]) -> list[Level]:
        """Those that no other one is later than: a share of 2022 is not of the whole of 2021."""
        return [each for each in levels if not any(precedes(each.moment, other.moment) for other in levels)]


def _meant(said: Said, wholes: Sequence[Level]) -> Level | None:
    """Of several wholes that a share may be of, the one that bears it out, or the last."""
    holds = [each for each in wholes if verdict_on(replace(said, old=each)).verdict in SOUND]
    return next(iter(holds[-1:] or wholes[-1:]), None)


def _off(said: Said, whole: Level) -> Decimal:
    """By how many points a share of a whole differs from what is said."""
    return (
        abs(said.new.size / whole.size * 100 - said.by.number * said.by.unit.per_base) if whole.size else Decimal(100)
    )


def _is_of_whole_of(said: Said, other: Said) -> bool:
    """Whether a share is of what another one is of, which is not printed.

    60岁以上109万人，占19.9%，其中65岁以上79.6万人，占14.5%: 109 ÷ 19.9 × 14.5 = 79.4.
    """
    if other.new is None or other.old is not None or not other.by.number or other.by.kind != "rate":
        return False
    if other.new.amount.unit.dimension != said.new.amount.unit.dimension:
        return False
    rate = said.new.size / other.new.size * other.by.number * other.by.unit.per_base / said.by.unit.per_base
    # The other share was rounded too.
    last = Decimal(1).scaleb(said.by.number.as_tuple().exponent)
    return abs(rate - said.by.number) <= last


def _near(said: Said, wholes: Sequence[Level]) -> list[Level]:
    """The wholes whose share is near what is said, or a slip of the pen away."""
    return [each for each in wholes if _off(said, each) < MOST_OFF or _is_slip(said, each)]


def _is_slip(said: Said, whole: Level) -> bool:
    """Whether the share of a whole is a slip of the pen away from what is said."""
    share = said.new.size / whole.size * 100 / said.by.unit.per_base if whole.size else Decimal(0)
    return is_slip(share.quantize(Decimal(1).scaleb(said.by.number.as_tuple().exponent)), said.by.number)


def _of_size(level: Level, size: Decimal) -> Amount:
    return replace(level.amount, number=size / level.amount.unit.per_base)


def _are_counted(first: Level, second: Level) -> bool:
    return first.amount.unit.dimension == second.amount.unit.dimension and first.amount.kind == second.amount.kind


def _begins(words: str, subject: str) -> bool:
    """Whether words and a subject begin alike, as far as the shorter goes: 民办机构 and 民办."""
    short = min(len(words), len(subject))
    return short >= 2 and words[:short] == subject[:short]


def _is_named(words: str, subject: str) -> bool:
    """Whether words name the same as a subject: one holds the other."""
    return words in subject or (bool(subject) and subject in words)
