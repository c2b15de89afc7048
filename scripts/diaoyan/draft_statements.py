"""Statements of a draft: what is said of which two levels, read from the forms of the grammar."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from diaoyan.draft_amounts import Amount
from diaoyan.draft_bases import Bases
from diaoyan.draft_levels import Level, Levels, Pair, times_of_bases
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.draft_times import Moment
from diaoyan.grammar import MARKS, Grammar

# After an amount, another of its kind: a list of what several things did.
LISTED = re.compile(f"[、和及](?:[{MARKS['rate']}{MARKS['points']}{MARKS['times']}])")
# A shorter name of a whole may be that of another.
LEAST_NAME = 4
KINDS = {"doublings": "doublings", "rate": "growth", "times": "growth"}


@dataclass(frozen=True)
class Said:
    """A statement: its kind as claims name it, where it stands in the marked text, by how much, and of which levels.

    `falls` where it says less; `base` is what it is measured against, in its own words, `base_moment` and `moment` the
    times of the base and of what it is about; `years` how many years it speaks of, `obstacle` why it cannot be checked.
    """

    kind: str
    sentence: Sentence
    start: int
    end: int
    by: Amount
    falls: bool = False
    new: Level | None = None
    old: Level | None = None
    base: str = ""
    base_moment: Moment | None = None
    moment: Moment | None = None
    years: int | None = None
    obstacle: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Where in the draft it stands."""
        return self.sentence.span(self.start, self.end)


@dataclass(frozen=True)
class ReadSentence:
    """A sentence with the levels, statements and pairs it gives."""

    sentence: Sentence
    levels: list[Level]
    said: list[Said]
    pairs: list[Pair]


class Statements:
    """Reads the sentences of a draft paragraph by paragraph."""

    def __init__(self, grammar: Grammar):
        self._words = grammar.words
        patterns = {name: form.pattern for name, form in grammar.forms.items()}
        # What says by how much is a statement; the other forms give levels, or are slips of the pen.
        self._forms = {name: pattern for name, pattern in patterns.items() if "by" in pattern.groupindex}
        self._direction = patterns["direction"]
        self._amounts = grammar.amounts
        self._levels = Levels(grammar)
        self._bases = Bases(grammar, self._levels)
        self.comparable = self._levels.comparable

    def of(self, paragraph: Sequence[Sentence]) -> Iterator[ReadSentence]:
        """Every sentence of a paragraph as it is read; a base may be given after its statement."""
        read = []
        self._bases.begin()
        for sentence in paragraph:
            pairs = self._levels.pairs(sentence)
            matches = self._matches(sentence, pairs)
            levels = self._levels.in_sentence(sentence, [match for _, match in matches], pairs)
            self._bases.keep(levels)
            read.append((sentence, levels, pairs, matches))
        for sentence, levels, pairs, matches in read:
            said: list[Said] = []
            bases = times_of_bases(sentence, [match for _, match in matches])
            for name, match in matches:
                said += self._said(sentence, name, match, pairs, levels, said, bases)
                if said and said[-1].kind == "growth" and said[-1].new is None and said[-1].by.kind == "rate":
                    # GDP增速7.3%: a growth whose figures are not given may itself be compared.
                    level = self._levels.at(sentence, match.start("by"))
                    levels = sorted([*levels, level], key=lambda each: each.place)
            said = [_with_derived_base(each, said) for each in said]
            yield ReadSentence(sentence, levels, said, [*pairs, *self._directions(sentence, levels)])

    def _matches(self, sentence: Sentence, pairs: Sequence[Pair]) -> list[tuple[str, re.Match]]:
        """What the forms find, each amount said but once, by the form that takes most of the sentence."""
        taken: dict[int, tuple[str, re.Match]] = {}
        for name, pattern in self._forms.items():
            position = 0
            while match := pattern.search(sentence.marked, position):
                position = match.start() + 1
                by = match.start("by")
                is_free = not any(pair.start < by < pair.end for pair in pairs)
                if is_free and (by not in taken or match.start() < taken[by][1].start()):
                    taken[by] = name, match
        return sorted(taken.values(), key=lambda each: each[1].start())

    def _said(self, sentence: Sentence, name: str, match: re.Match, pairs, levels, before, bases) -> list[Said]:
        """The statement of a match, or those of a list: 分别下降2.4个、3.5个和0.9个百分点."""
        said = self._begun(sentence, name, match, bases)
        if said is None:
            return []
        if name in ("share", "portion"):
            said = self._share(said, match, levels, before)
            # 为全省的26.4%: without the two figures it may be anything.
            return [said] if name == "share" or (said.new and said.old) else []
        if name == "apart":
            return [self._apart(said, levels)]
        places = [match.start("by")]
        while LISTED.match(sentence.marked, places[-1] + 1):
            places.append(places[-1] + 2)
        if len(places) > 1:
            return self._each_of(said, places, pairs)
        return [self._compared(said, match, pairs, levels, before)]

    def _begun(self, sentence: Sentence, name: str, match: re.Match, bases: frozenset[int]) -> Said | None:
        """The statement of a match before its levels are found; None for a range."""
        by, groups = sentence.at(match.start("by")), match.groupdict()
        if by.in_range:
            return None
        if groups.get("approx"):
            by = replace(by, qualifier=self._amounts.qualifier(groups["approx"]))
        verb = groups.get("verb") or ""
        kind = {
            "share": "share",
            "portion": "share",
            "times": "times",
            "yearly": "yearly_growth",
            "apart": "gap",
        }.get(name, KINDS.get(by.kind, "difference"))
        falls = self._levels.rises(verb) is False or bool(self._words["below"].fullmatch(verb))
        is_between = bool(self._words["above"].fullmatch(verb) or self._words["below"].fullmatch(verb))
        moment = self._bases.moment_of(sentence, match)
        if kind == "difference" and is_between and moment is None:
            kind = "gap"
        said = Said(kind, sentence, match.start(), match.end(), by, falls, base=self._bases.named_by(match))
        before = sentence.marked[: match.start("verb")] if groups.get("verb") else sentence.marked[: match.start()]
        obstacle = "yearly" if kind == "difference" and self._words["yearly"].search(before) else ""
        years = self._words["years"].search(sentence.words(sentence.clause_start(match.start()), match.end()))
        number = self._amounts.count(years[1]) if years else None
        own = sentence.time_of(match.start(), bases)
        return replace(said, base_moment=moment, moment=own, obstacle=obstacle, years=number)

    def _each_of(self, said: Said, places: Sequence[int], pairs: Sequence[Pair]) -> list[Said]:
        """分别…: one statement of each of the pairs before; where there are fewer, a reader sees which is which."""
        own = [pair for pair in pairs if pair.end <= said.start][-len(places) :]
        words = said.sentence.marked[own[-1].end if own else said.start : said.end]
        if len(own) < len(places) or not self._words["respectively"].search(words):
            return [said]
        return [
            replace(said, start=place, end=place + 1, by=said.sentence.at(place), new=pair.new, old=pair.old)
            for place, pair in zip(places, own, strict=True)
        ]

    def _compared(self, said: Said, match: re.Match, pairs, levels: Sequence[Level], before: Sequence[Said]) -> Said:
        """The statement with the levels it compares."""
        sentence, by = said.sentence, said.by
        new, old = self._bases.about(sentence, match, pairs, levels)
        adjacent = [each for each in reversed(before) if self._levels.is_light(sentence, each.end, said.start)]
        last = next((each for each in adjacent if each.kind != "share"), None)
        if last and not match.groupdict().get("base") and (new is None or last.start > new.place or new is last.new):
            # 增加了152家，增长38%: of the same levels, unless the second is points of the first's rate.
            if by.kind != "points" or last.by.kind != "rate":
                new, old = last.new, last.old
            said = replace(said, base=last.base, base_moment=last.base_moment)
        rate = next((each for each in adjacent if each.kind in ("share", "growth") and each.by.kind == "rate"), None)
        if new is None and rate and by.kind == "points":
            # 增长14.8%，比平均增速（11.9%）高出2.9个百分点: the growth, or the share, is itself what is compared.
            new = Level(rate.by, rate.moment, "", sentence, rate.end - 1)
        if new and by.kind == "level" and not self.comparable(by, new.amount):
            new = old = None
        explicit = self._bases.explicit(sentence, match)
        if explicit and new and not self.comparable(explicit.amount, new.amount):
            if explicit.amount.noun and new.amount.noun and explicit.amount.kind == new.amount.kind:
                return replace(said, new=new, old=explicit, obstacle="unit_changes")
            new = None if explicit.is_rate != new.is_rate else new
        old = explicit or old or (self._bases.elsewhere(new, said.base, said.base_moment, said.kind) if new else None)
        if new and old and (new.place, new.sentence) == (old.place, old.sentence):
            old = None
        said = replace(said, new=new, old=old, moment=new.moment if new else said.moment)
        obstacle = said.obstacle or ("adjusted" if self._is_adjusted(said) else "")
        return replace(said, kind=_in_terms_of_levels(said), obstacle=obstacle)

    def _is_adjusted(self, said: Said) -> bool:
        """Whether a growth is one of prices or scope made comparable, which printed figures do not give."""
        if said.kind not in ("growth", "yearly_growth"):
            return False
        start = said.new.place if said.new else said.sentence.clause_start(said.start)
        words = said.sentence.marked[min(start, said.start) : said.end]
        of_product = said.new is not None and self._words["real_terms"].search(said.new.subject)
        return bool(of_product or self._words["adjusted"].search(words))

    def _apart(self, said: Said, levels: Sequence[Level]) -> Said:
        """甲市2.05%，乙市1.46%，相差0.59个百分点: the two levels before, whichever is larger."""
        own = [each for each in levels if each.place < said.start and not each.is_in_brackets][-2:]
        if len(own) < 2 or not self.comparable(own[0].amount, own[1].amount):
            return said
        if LISTED.match(said.sentence.marked, said.end) or not self._words["apart_after"].fullmatch(
            said.sentence.marked, own[1].place + 1, said.start
        ):
            return said
        return replace(said, new=own[0], old=own[1], falls=own[0].size < own[1].size)

    def _share(self, said: Said, match: re.Match, levels: Sequence[Level], before: Sequence[Said]) -> Said:
        """A share of a whole: given in the statement, or the level before 其中, or the first of the sentence."""
        spans = [range(*match.span(name)) for name in ("whole", "aside", "after") if match[name]]
        inside = [each for each in levels if any(each.place in span for span in spans)]
        own = [each for each in levels if each.place < said.start and not each.is_in_brackets and not each.is_base]
        part = own[-1] if own and self._is_of(own[-1], said) else self._named_part(said, own)
        whole = inside[0] if len(inside) == 1 else None
        words = self._words["share_tail"].sub("", without_marks(match["whole"] or "").strip())
        if part and not inside:
            own = [each for each in own if each.place <= part.place]
            # What is itself a part (男性…占51.24%；女性…占48.76%) is no whole of the next.
            parts = {each.new.place for each in before if each.kind == "share" and each.new}
            whole = self._whole(part, [each for each in own[:-1] if each.place not in parts], words)
        if part and whole and whole.size < part.size:
            whole = None
        return replace(said, new=part, old=whole, base=words)

    def _named_part(self, said: Said, own: Sequence[Level]) -> Level | None:
        """The level whose subject stands again before the share: 发明专利1026件，…；发明专利仅占15%."""
        words = self._levels.heavy_words(said.sentence, said.sentence.clause_start(said.start), said.start)
        return next((each for each in reversed(own) if len(words) >= LEAST_NAME and each.subject == words), None)

    def _is_of(self, level: Level, said: Said) -> bool:
        """Whether a statement is about the level before it: nothing, or its subject again, stands between the two."""
        words = self._levels.heavy_words(said.sentence, level.place + 1, said.start)
        return len(words) < 2 or (_begins(words, level.subject) and len(words) <= len(level.subject) + 2)

    def _whole(self, part: Level, before: Sequence[Level], words: str) -> Level | None:
        """What a share is of, where the statement itself does not give it; `words` are those it has for it."""
        sentence = part.sentence
        segment = sentence.marked.rfind("；", 0, part.place) + 1
        ends = [match.start() for match in self._words["among"].finditer(sentence.marked, segment, part.place)]
        comparable = [each for each in before if self.comparable(each.amount, part.amount)]
        if self._words["other_area"].search(words) or self._words["not_given"].search(words):
            return None
        wholes = [each for each in comparable if ends and each.place < ends[-1]]
        if ends and not sentence.marked[: ends[-1]].strip(" ，"):
            # 死亡456人。其中道路交通411人，占90.1%: the sentence before has it.
            wholes = self._bases.before(sentence, part)
        near = [each for each in comparable if each.place >= segment]
        first = [] if ends else near[:1] or (comparable[:1] if comparable and comparable[0] is before[0] else [])
        # 排查出经营性自建房1.87万栋…占经营性自建房的22‰: the whole by its name, wherever in the sentence it stands.
        named = [each for each in comparable if len(words) >= LEAST_NAME and _is_named(words, each.subject)]
        whole = next(iter(named[-1:] or wholes[-1:] or first), None)
        is_meant = not words or self._words["all"].search(words) or (whole and _is_named(words, whole.subject))
        return whole if is_meant else None

    def _directions(self, sentence: Sentence, levels: Sequence[Level]) -> Iterator[Pair]:
        """比上年的91.5万册次又有增长: a rise or fall without an amount, from a level it gives."""
        for match in self._direction.finditer(sentence.marked):
            old = self._bases.explicit(sentence, match)
            own = [each for each in levels if each.place < match.start() and not each.is_in_brackets]
            if old is None or not own or not self.comparable(old.amount, own[-1].amount):
                continue
            if self._levels.is_light(sentence, own[-1].place + 1, match.start()):
                yield Pair(match.start(), match.end(), old, own[-1], self._levels.rises(match["verb"]))


def _with_derived_base(growth: Said, said: Sequence[Said]) -> Said:
    """收入13000万元，增收3000万元，增长30%: the base that amount and increase give, where nothing else does."""
    if growth.kind != "growth" or growth.by.kind != "rate" or growth.old or not growth.new or growth.new.is_rate:
        return growth
    for each in said:
        is_of_same = each.kind == "difference" and each.new is growth.new and each.old is None and not each.obstacle
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


def _begins(words: str, subject: str) -> bool:
    """Whether words and a subject begin alike, as far as the shorter goes: 民办机构 and 民办."""
    short = min(len(words), len(subject))
    return short >= 2 and words[:short] == subject[:short]


def _is_named(words: str, subject: str) -> bool:
    """Whether words name the same as a subject: one holds the other."""
    return bool(subject) and (words in subject or subject in words)
