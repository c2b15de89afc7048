"""Parts of a hundred in a draft: shares of one whole in a row, ratios, shares with the rest."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from diaoyan.draft_parts import LEAST_LIST, LEAST_PARTS, Parts
from diaoyan.draft_said import ReadSentence, Said, SaidSum
from diaoyan.draft_sentences import Sentence, without_marks
from diaoyan.grammar import Grammar

# With more than this, in per cent, the shares are of things that overlap: women, people under 35, members.
MOST_SHARES = Decimal(115)
# Forms of parts that make a hundred.
OF_HUNDRED = ("ratio", "rest")
# A ratio whose parts add up to a number further from a hundred is one of other things.
MOST_OFF = 20


class Hundreds:
    """Finds parts of a hundred by the words and forms of a grammar."""

    def __init__(self, grammar: Grammar, parts: Parts):
        self._words = grammar.words
        self._of_hundred = [grammar.forms[name].pattern for name in OF_HUNDRED]
        self._parts = parts

    def of(self, read: ReadSentence) -> Iterator[SaidSum]:
        """The shares and ratios of a sentence."""
        yield from self._shares(read.sentence, read.said)
        yield from self._ratios(read.sentence)

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

    def _is_of_same(self, sentence: Sentence, last: Said, share: Said) -> bool:
        return share.base == last.base and not self._words["among"].search(sentence.marked, last.end, share.start)

    def _of_shares(self, sentence: Sentence, row: Sequence[Said]) -> SaidSum | None:
        """Shares in a row that make more than the whole."""
        parts = tuple(each.by.number * each.by.unit.per_base for each in row)
        rounding = sum(Decimal("0.5").scaleb(each.by.number.as_tuple().exponent) for each in row)
        if len(row) < LEAST_LIST or sum(parts) - 100 <= rounding or self._words["overlap"].search(sentence.marked):
            return None
        likely = self._parts.are_of_one_kind([_label(sentence, each) for each in row])
        if not likely and (len(row) < LEAST_PARTS or sum(parts) > MOST_SHARES):
            return None
        start = sentence.clause_start(row[0].start)
        return SaidSum(sentence, start, row[-1].end, parts, None, False, rounding=rounding)

    def _ratios(self, sentence: Sentence) -> Iterator[SaidSum]:
        """产业结构为12.1∶45.2∶43.7, 70%用于公益岗位，20%用于奖励，其余15%: parts of a hundred."""
        for match in (match for pattern in self._of_hundred for match in pattern.finditer(sentence.marked)):
            amounts = [sentence.at(place) for place in sentence.amount_places if place in range(*match.span("parts"))]
            parts = tuple(amount.number for amount in amounts)
            rounding = sum(Decimal("0.5").scaleb(part.as_tuple().exponent) for part in parts)
            # Only what is nearly a hundred is meant as parts of it.
            if abs(sum(parts) - 100) < MOST_OFF and not any(amount.qualifier for amount in amounts):
                yield SaidSum(sentence, *match.span("parts"), parts, Decimal(100), True, rounding=rounding)


def _label(sentence: Sentence, said: Said) -> str:
    start = sentence.clause_start(said.start)
    return without_marks(sentence.marked[start : said.start]).removesuffix("的")
