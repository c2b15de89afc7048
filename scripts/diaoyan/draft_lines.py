"""Lines of plain text and the paragraphs they make, whether each line is one or they are broken at one width."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from diaoyan.packages import NotPlain

MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ENCODINGS = ("utf-8-sig", "gb18030")
# Read in the wrong encoding, Chinese turns into characters that nobody uses; in a real text nearly all are common.
COMMON, LEAST_COMMON_SHARE = "gb2312", 0.9
# Control characters that texts hold: tabs, ends of lines and pages, and the end of a file of MS-DOS.
NO_TEXT = re.compile("[\0-\x08\x0e-\x19\x1b-\x1f\x7f]")
NUMERAL = "[一二三四五六七八九十百]{1,4}"
HEADING = re.compile(
    rf"{NUMERAL}、|[（(](?:{NUMERAL}|\d{{1,2}})[）)]|第(?:{NUMERAL}|\d{{1,3}})[章节条编部分篇]|#{{1,6}}\s"
    r"|\d{1,2}[、.．](?!\s*\d)"
)
# Items, rows, quotations, fences and rules of Markdown.
OWN_LINE = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s|\||#{1,6}\s|```|~~~|(?:=+|-{2,}|(?:\* ?){3,})\s*$")
SENTENCE_END = re.compile(r"[。！？!?][”’」』）)\"']*$")
ANY_END = re.compile(r"[。！？；：!?;:.][”’」』）)\"']*$")
SENTENCE_INSIDE = re.compile(r"[。！？；].|[.!?] +[A-Z]")
FIRST_WORD = re.compile(r"[!-~]+|\S")
# In columns, of which a Chinese character takes two. Punctuation is pressed together, and an indent is two characters.
NARROWEST, WIDEST, SLACK, INDENT = 24, 120, 7, 2
# Shares of all lines, or of those that are full, that tell lines broken at one width from items of a list.
MOST_WIDER, LEAST_FULL, LEAST_RUNNING, LEAST_INSIDE = 0.05, 0.5, 0.5, 0.1
LEAST_LINES, LEAST_BEGUN = 4, 3
# Where nearly every line has an empty one behind it, empty lines part nothing.
SPACED = 0.8


@dataclass(frozen=True)
class Line:
    """A line with something in it, without the blanks around that; widths are in columns."""

    start: int
    end: int
    text: str
    width: int
    indent: int
    is_after_blank: bool


def decoded(content: bytes) -> str:
    """The text in these bytes, with simple line ends; raises NotPlain."""
    if encoding := MARKS.get(content[:2]):
        text = _as(content, encoding)
    else:
        text = next((text for each in ENCODINGS if (text := _as(content, each)) is not None), None)
    if text is None or NO_TEXT.search(text):
        is_binary = text is not None or NO_TEXT.search(content.decode("latin-1"))
        raise NotPlain("no_text" if is_binary else "other_encoding")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _as(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    if encoding == "gb18030":
        others = [character for character in text if character > "\x7f"]
        common = sum(len(character.encode(COMMON, "ignore")) > 0 for character in others)
        if common < LEAST_COMMON_SHARE * len(others):
            return None
    return text


def paragraph_spans(text: str, is_wrapped: bool = False, is_markdown: bool = False) -> list[tuple[int, int]]:
    """Where the paragraphs of a text begin and end; `is_wrapped` where its lines are known to be broken."""
    lines = list(_lines(text))
    if not lines:
        return []
    shape = Shape(lines)
    if is_markdown:
        goes_on = _goes_on_in_markdown
    elif is_wrapped or shape.is_wrapped():
        goes_on = shape.goes_on
    else:
        return [(line.start, line.end) for line in lines]
    spans = [(lines[0].start, lines[0].end)]
    for before, line in pairwise(lines):
        if goes_on(before, line):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return spans


def _lines(text: str) -> Iterator[Line]:
    start, is_after_blank = 0, False
    for written in re.split("[\n\f\v\x1a]", text):
        if stripped := written.strip():
            begins = start + written.index(stripped)
            indent = _width(written[: begins - start].replace("\t", "  "))
            width = _width(" ".join(stripped.split()))
            yield Line(begins, begins + len(stripped), stripped, width, indent, is_after_blank)
        is_after_blank = not stripped
        start += len(written) + 1


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def _goes_on_in_markdown(before: Line, line: Line) -> bool:
    """Whether a line belongs to the paragraph before it: rows and items begin anew, and headings are one line."""
    is_own = line.is_after_blank or OWN_LINE.match(line.text) or HEADING.match(line.text)
    is_whole = before.text.startswith(("#", "|", "```", "~~~")) or re.fullmatch(r"=+|-{2,}", before.text)
    return not is_own and not is_whole


class Shape:
    """How wide the lines of a text usually are, and what that says of where its paragraphs end."""

    def __init__(self, lines: list[Line]):
        self._lines = lines
        widths = sorted(line.width for line in lines)
        top = widths[len(widths) * 95 // 100]
        long = [width for width in widths if width * 2 >= top]
        self.width = long[len(long) * 3 // 4]
        self._slack = max(SLACK, self.width // 8)
        spaced = sum(line.is_after_blank for line in lines[1:])
        self._parted_by_blanks = spaced < SPACED * len(lines[1:])
        indents = sorted(line.indent for line in lines)
        self._indent = indents[len(indents) // 2]
        self._has_insets = self._begins_short()

    def is_wrapped(self) -> bool:
        """Whether lines are broken at one width, wherever sentences end; else each line is a paragraph."""
        lines = self._lines
        if len(lines) < LEAST_LINES or not NARROWEST <= self.width <= WIDEST:
            return False
        pairs = pairwise(lines)
        full = [before for before, line in pairs if self._is_full(before, line)]
        wider = sum(line.width > self.width + self._slack for line in lines)
        running = sum(not ANY_END.search(line.text) for line in full)
        inside = sum(bool(SENTENCE_INSIDE.search(line.text)) for line in full)
        return (
            wider <= MOST_WIDER * len(lines)
            and len(full) >= LEAST_FULL * (len(lines) - 1)
            and running >= LEAST_RUNNING * len(full)
            and inside >= LEAST_INSIDE * len(full)
        )

    def goes_on(self, before: Line, line: Line) -> bool:
        """Whether a line belongs to the paragraph before it: that one is full, and its sentence has not ended."""
        begins = HEADING.match(line.text) or line.indent >= self._indent + INDENT
        if begins or (self._parted_by_blanks and line.is_after_blank):
            return False
        # A sentence may end where a line does; a whole line behind it has no room for an indent.
        is_amid = self._has_insets and line.width >= self.width - INDENT
        return self._is_full(before, line) and (is_amid or not SENTENCE_END.search(before.text))

    def _begins_short(self) -> bool:
        """Whether paragraphs begin with an indent, seen or lost: full lines behind short ones are not so wide."""
        threes = zip(self._lines, self._lines[1:], self._lines[2:], strict=False)
        begun = [line for before, line, after in threes if self._is_full(line, after) > self._is_full(before, line)]
        widths = sorted(line.width for line in begun if not HEADING.match(line.text))
        return len(widths) >= LEAST_BEGUN and widths[len(widths) // 2] < self.width - INDENT

    def _is_full(self, before: Line, line: Line) -> bool:
        """Whether nothing more had room in a line: the first word of the next would have been too much."""
        indent = max(0, before.indent - self._indent)
        return indent + before.width + _width(FIRST_WORD.match(line.text)[0]) > self.width - self._slack
