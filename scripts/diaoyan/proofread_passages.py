"""The text of a draft cut up at the borders of what was found in it, so that overlapping findings can be marked."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from diaoyan.drafts import Paragraph
from diaoyan.proofread_views import LONGEST_TEXT, ProofreadViews
from diaoyan.proofreading import OPEN, Finding

# Blanks around the end of a line, which part words and say nothing between Chinese characters.
LINE_END = re.compile(r"[^\S\n]*\n\s*")
WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
# What no page can hold: control characters, and halves of characters.
UNPRINTABLE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Marked:
    """A finding with its number: faults and other statements are counted apart."""

    finding: Finding
    number: int

    @property
    def sort(self) -> str:
        """What the reader is to make of it: `fault`, `sound` or `open`."""
        if self.finding.is_fault:
            return "fault"
        return "open" if self.finding.verdict == OPEN else "sound"

    @property
    def anchor(self) -> str:
        """Where its words begin, as links to them have it."""
        return f"{'fault' if self.finding.is_fault else 'read'}-{self.number}"

    @property
    def verdict(self) -> str:
        """The verdict as a class of the style sheet."""
        return self.finding.verdict.replace("_", "-")


@dataclass(frozen=True)
class Piece:
    """A run of text about which the same findings speak; `begun` and `ended` are those that begin and end with it."""

    text: str
    about: tuple[Marked, ...]
    begun: tuple[Marked, ...]
    ended: tuple[Marked, ...]

    @property
    def sort(self) -> str:
        """The gravest sort of what is said of it; empty where nothing is."""
        sorts = {marked.sort for marked in self.about}
        return next((sort for sort in ("fault", "sound", "open") if sort in sorts), "")

    @property
    def classes(self) -> str:
        """The sort, the verdicts, and whether a finding of the sort begins here, as classes of the style sheet."""
        verdicts = [marked.verdict for marked in self.about if marked.sort == self.sort]
        begins = ["begun"] if any(marked.sort == self.sort for marked in self.begun) else []
        return " ".join(dict.fromkeys([self.sort, *verdicts, *begins]))


@dataclass(frozen=True)
class Passage:
    """A paragraph of the draft, in pieces."""

    paragraph: Paragraph
    pieces: tuple[Piece, ...]
    marked: tuple[Marked, ...]

    @property
    def faults(self) -> list[Marked]:
        """The faults in it, by their numbers."""
        return [each for each in self.marked if each.sort == "fault"]


def passages(views: ProofreadViews) -> list[Passage]:
    """The paragraphs of a draft, with what was found in each."""
    found: dict[int, list[Marked]] = defaultdict(list)
    numbers = {True: 0, False: 0}
    for finding in sorted(views.findings, key=lambda each: (each.start, each.end)):
        numbers[finding.is_fault] += 1
        paragraph = views.draft.paragraph_at(finding.start)
        found[paragraph.start].append(Marked(finding, numbers[finding.is_fault]))
    return [
        Passage(each, tuple(_pieces(views.draft.text, each, found[each.start])), tuple(found[each.start]))
        for each in views.draft.paragraphs
    ]


def unbroken(text: str) -> str:
    """A text without the ends of its lines, as it would stand in one."""
    return "".join(_joined(text))


def shortened(text: str) -> str:
    """Of a long text as much as shows which it is."""
    line = unbroken(text)
    return line if len(line) <= LONGEST_TEXT else line[:LONGEST_TEXT] + "…"


def printable(page: str) -> str:
    """A page with a sign in the place of every character that it cannot hold."""
    return UNPRINTABLE.sub("\ufffd", page)


def _pieces(text: str, paragraph: Paragraph, found: list[Marked]) -> Iterator[Piece]:
    shown = _joined(text[paragraph.start : paragraph.end])
    # What is found across the end of a paragraph is marked up to there.
    spans = [(each, each.finding.start, min(each.finding.end, paragraph.end)) for each in found]
    borders = {paragraph.start, paragraph.end, *(border for _, *span in spans for border in span)}
    for start, end in pairwise(sorted(borders)):
        about = [span for span in spans if span[1] < end and span[2] > start]
        yield Piece(
            "".join(shown[start - paragraph.start : end - paragraph.start]),
            tuple(each for each, *_ in about),
            tuple(each for each, begin, _ in about if begin == start),
            tuple(each for each, _, stop in about if stop == end),
        )


def _joined(text: str) -> list[str]:
    """The characters of a text, each end of a line being a blank, or nothing beside a Chinese character."""
    shown = list(text)
    for match in LINE_END.finditer(text):
        start, end = match.span()
        is_beside_wide = any(map(WIDE.match, (text[start - 1 : start], text[end : end + 1])))
        shown[start:end] = ["" if is_beside_wide else " ", *[""] * (end - start - 1)]
    return shown
