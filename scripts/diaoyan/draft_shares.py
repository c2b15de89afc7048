"""Shares in a draft: which part they are of, and of which whole."""

import re
from collections.abc import Sequence
from dataclasses import replace

from diaoyan.draft_bases import Bases
from diaoyan.draft_levels import Level, Levels
from diaoyan.draft_said import Said
from diaoyan.draft_sentences import without_marks
from diaoyan.grammar import Grammar

# A shorter name of a whole may be that of another.
LEAST_NAME = 4


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
        comparable = [each for each in before if self._levels.comparable(each.amount, part.amount)]
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


def _begins(words: str, subject: str) -> bool:
    """Whether words and a subject begin alike, as far as the shorter goes: 民办机构 and 民办."""
    short = min(len(words), len(subject))
    return short >= 2 and words[:short] == subject[:short]


def _is_named(words: str, subject: str) -> bool:
    """Whether words name the same as a subject: one holds the other."""
    return bool(subject) and (words in subject or subject in words)
