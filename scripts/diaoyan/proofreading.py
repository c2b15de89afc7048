"""Proof-reading: the quantitative statements of a draft, each with the verdict that the draft's own figures give."""

from collections.abc import Iterator
from dataclasses import dataclass

from diaoyan.claims import SOUND
from diaoyan.draft_records import Recorded, Records
from diaoyan.draft_repeats import Repeat, Repeats
from diaoyan.draft_said import ReadSentence, Said, SaidSum
from diaoyan.draft_sentences import sentences
from diaoyan.draft_slips import Slip, Slips
from diaoyan.draft_statements import Statements
from diaoyan.draft_sums import Sums
from diaoyan.draft_verdicts import Verdict, verdict_on
from diaoyan.drafts import Draft
from diaoyan.edition import Edition
from diaoyan.grammar import Grammar, load_grammar
from diaoyan.paths import DATA
from diaoyan.plain_text import PlainText, plain_text

OPEN = "not_recomputable"
# A paragraph with more is several whose ends were lost.
MOST_SENTENCES = 100
# A paragraph no longer than this that ends like no sentence is a heading, or a cell of a table.
LONGEST_HEADING, SENTENCE_ENDS = 30, ("。", "；", "，", "！", "？", "：")


@dataclass(frozen=True)
class Finding:
    """A statement found in a draft: where it stands in the draft's text, its words, kind and verdict, and what it is.

    `audited` is what it was recomputed from, where it compares figures.
    """

    start: int
    end: int
    text: str
    kind: str
    verdict: str
    said: Said | SaidSum | Slip | Repeat | Recorded
    audited: Verdict | None = None

    @property
    def is_fault(self) -> bool:
        """Whether the draft is wrong here, or at odds with itself."""
        return self.verdict not in (*SOUND, OPEN)


def proofread(draft: Draft, edition: Edition | None = None) -> list[Finding]:
    """The findings in a draft, in the order of its text; an edition's figures serve where the draft gives none."""
    readers: dict[str, Reader] = {}
    found: list[Finding] = []
    for paragraph in draft.paragraphs:
        plain = plain_text(draft.text, paragraph.start, paragraph.end)
        if len(plain.text) <= LONGEST_HEADING and not plain.text.endswith(SENTENCE_ENDS):
            for reader in readers.values():
                reader.begin()
        language = "zh" if plain.is_chinese else "en"
        if language not in readers:
            readers[language] = Reader(load_grammar(DATA, language), edition, language)
        found += readers[language].findings(plain, draft.text)
    return found


class Reader:
    """Reads the paragraphs of a draft that are in one language."""

    def __init__(self, grammar: Grammar, edition: Edition | None, language: str):
        self._grammar = grammar
        self._statements = Statements(grammar)
        comparable = self._statements.comparable
        self._sums = Sums(grammar, comparable)
        self._slips = Slips(grammar, comparable)
        self._records = Records(edition, language, grammar, comparable) if edition else None
        self._repeats = Repeats(grammar, comparable)

    def begin(self) -> None:
        """Begins below a heading."""
        self._repeats.forget()

    def findings(self, plain: PlainText, text: str) -> Iterator[Finding]:
        """The findings in a paragraph of a draft's text."""
        found = list(sentences(plain, self._grammar))
        for start in range(0, len(found), MOST_SENTENCES):
            for read in self._statements.of(found[start : start + MOST_SENTENCES]):
                yield from sorted(self._in(read, text), key=lambda each: (each.start, each.end))

    def _in(self, read: ReadSentence, text: str) -> Iterator[Finding]:
        slips = list(self._slips.of(read))
        for slip in slips:
            yield _finding(text, slip, slip.kind, slip.verdict)
        for each in read.said:
            said = self._records.with_base(each) if self._records else each
            # What is wrong with the statement as such comes before what it says.
            if not any(slip.span[0] <= said.span[0] and said.span[1] <= slip.span[1] for slip in slips):
                found = verdict_on(said)
                yield _finding(text, said, said.kind, found.verdict, found)
        for each in self._sums.of(read):
            if each.is_wrong or each.is_right:
                yield _finding(text, each, "sum", "contradicted" if each.is_wrong else "holds")
        for each in self._repeats.of(read):
            yield _finding(text, each, "level", "inconsistent")
        for each in self._records.of(read) if self._records else ():
            yield _finding(text, each, "level", "contradicted")


def _finding(
    text: str, said: Said | SaidSum | Slip | Repeat | Recorded, kind: str, verdict: str, audited=None
) -> Finding:
    start, end = said.span
    return Finding(start, end, text[start:end], kind, verdict, said, audited)
