"""How a table fits the page: the size of its type, the widths of its columns, the page upright or turned."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A4 with the margins of `print_book`, in TeX's points: 160 × 244 mm.
TEXT_WIDTH_PT = 455.2
TEXT_HEIGHT_PT = 694.2
# Space on either side of a cell.
PADDING_PT = 3.0
# Type, the largest first. Below 7.5 (小六) nobody reads Chinese with ease.
SIZES_PT = (9.0, 8.0, 7.5)
# Lines stand this much further apart than the type is high, rows a little more.
LEADING = 1.3
BETWEEN_ROWS_PT = 4.0
CAPTION_PT = 45.0
# A break would leave at least these rows on the page.
FIRST_ROWS = 2
# Average widths in ems of the type: a Chinese character is one.
WIDE, CAPITAL, LATIN, TYPEWRITER, STOP = 1.0, 0.72, 0.5, 0.56, 0.25
# Bold letters without serifs, beside those.
BOLD = 1.15
# The space TeX puts between Chinese and other letters, see `diaoyanprint.sty`.
BETWEEN_SCRIPTS_EM = 0.2
MIXED = re.compile(r"(?<=[⺀-鿿])(?=[!-~])|(?<=[!-~])(?=[⺀-鿿])")
# What measuring letters by their average may miss.
SAFETY = 1.04
# No column gets narrower than this where it holds more, whatever its neighbours want.
NARROWEST_EM = 2.2
# A cell up to this length reads badly in pieces: 一（二）1, 2023年6月.
SHORT_EM = 5.0
# A longer one gets at least this much, or it becomes a tower.
LONG_EM = 3.6
# Smaller type is taken where cells would have more lines than this.
MOST_LINES = 5
# Where type may break within an identifier, a path or an address.
BREAKS = re.compile(r"(?<=[-_/.:?&=|])(?=.)")
LONGEST_WORD = 10


def pieces(text: str) -> list[str]:
    """The parts of a text that no line end may divide: words, of long names and addresses their parts."""
    is_name = len(text) > LONGEST_WORD and text.isascii() and re.search("[A-Za-z]", text)
    return BREAKS.split(text) if is_name else [text]


@dataclass(frozen=True)
class Cell:
    """The words of a cell and whether they are set in typewriter or in the bold of a head, which are wider."""

    text: str
    typewriter: bool = False
    bold: bool = False

    @property
    def width_em(self) -> float:
        """Its width on one line."""
        letters = sum(self._width_of(character) for character in self.text)
        return (letters + len(MIXED.findall(self.text)) * BETWEEN_SCRIPTS_EM) * SAFETY

    @property
    def narrowest_em(self) -> float:
        """The width of its widest part that no line end may divide."""
        return max((Cell(part, self.typewriter, self.bold).width_em for part in self._parts()), default=0.0)

    def _parts(self) -> list[str]:
        words = [part for word in self.text.split() for part in pieces(word)]
        # Between Chinese characters a line may end anywhere.
        return [part for word in words for part in re.split(r"(?<=[⺀-鿿＀-￯])|(?=[⺀-鿿])", word) if part]

    def _width_of(self, character: str) -> float:
        if unicodedata.east_asian_width(character) in "WF" or character in "“”‘’—":
            return WIDE
        if self.typewriter:
            return TYPEWRITER
        if character in ".,:;'|il":
            return STOP
        return (CAPITAL if character.isupper() else LATIN) * (BOLD if self.bold else 1.0)


@dataclass(frozen=True)
class Layout:
    """A table as it is to be set: widths of the columns without the space beside the cells, its height, and that

    of its beginning, which has to stay together.
    """

    size_pt: float
    turned: bool
    widths_pt: tuple[float, ...]
    height_pt: float
    beginning_pt: float


class TooWide(Exception):
    """A table that fits no page; its text says what it needs and what there is."""


def fit(head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Layout:
    """The page upright rather than turned, and the largest type, in which short cells stay whole; else any that fits.

    Raises TooWide where none does.
    """
    columns = list(zip(head, *rows, strict=True))
    natural = [max(cell.width_em for cell in column) for column in columns]
    narrowest = [_narrowest(column, 0.0) for column in columns]
    comfortable = [_narrowest(column, SHORT_EM) for column in columns]
    for least in (comfortable, narrowest):
        for page in (TEXT_WIDTH_PT, TEXT_HEIGHT_PT):
            fitting = list(_settings(page, (head, *rows), natural, least))
            if fitting:
                return next((layout for layout, lines in fitting if lines <= MOST_LINES), fitting[-1][0])
    needed = sum(narrowest) * SIZES_PT[-1] + 2 * PADDING_PT * len(columns)
    raise TooWide(
        f"a table of {len(columns)} columns, which needs {_millimetres(needed)} mm; "
        f"expected at most {_millimetres(TEXT_HEIGHT_PT)} mm, the page turned"
    )


def _settings(
    page: float, rows: Sequence[Sequence[Cell]], natural: list[float], least: list[float]
) -> Iterator[tuple[Layout, int]]:
    """The layouts that fit a page of this width, the largest type first, each with the most lines of a row."""
    for size in SIZES_PT:
        room = (page - 2 * PADDING_PT * len(natural)) / size
        if sum(least) > room:
            continue
        widths = _shared(room, natural, least)
        lines = [_lines(row, widths) for row in rows]
        heights = [count * size * LEADING + BETWEEN_ROWS_PT for count in lines]
        whole, beginning = (round(CAPTION_PT + sum(some), 1) for some in (heights, heights[: FIRST_ROWS + 1]))
        in_points = tuple(round(width * size, 1) for width in widths)
        yield Layout(size, page > TEXT_WIDTH_PT, in_points, whole, beginning), max(lines)


def _narrowest(column: Sequence[Cell], short: float) -> float:
    """What a column gets at least; cells up to the width `short` stay on one line, heads may take two."""
    head, *cells = column
    least = min(NARROWEST_EM, max(cell.width_em for cell in column))
    parts = [cell.narrowest_em for cell in column]
    whole = [cell.width_em for cell in cells if cell.width_em <= short]
    if not short:
        return max(least, *parts)
    longest = max(cell.width_em for cell in cells) if cells else 0.0
    return max(least, *parts, *whole, head.width_em / 2, min(LONG_EM, longest))


def _shared(room: float, natural: list[float], narrowest: list[float]) -> list[float]:
    """Widths in ems: as the cells would have it, else what is left over goes where the most is wanted."""
    if sum(natural) <= room:
        return natural
    wanted = [width - least for width, least in zip(natural, narrowest, strict=True)]
    # Square roots: a column of sentences may break its lines, a column of short words should not.
    shares = [want**0.5 for want in wanted]
    widths = list(narrowest)
    left = room - sum(narrowest)
    open_columns = set(range(len(widths)))
    while open_columns and left > 1e-6:
        total = sum(shares[column] for column in open_columns)
        if not total:
            break
        given = 0.0
        for column in sorted(open_columns):
            more = min(left * shares[column] / total, natural[column] - widths[column])
            widths[column] += more
            given += more
        open_columns = {column for column in open_columns if natural[column] - widths[column] > 1e-6}
        left -= given
    return widths


def _lines(row: Sequence[Cell], widths: Sequence[float]) -> int:
    """The lines a row takes, roughly."""
    broken = [
        # Half a character of a broken line stays empty.
        1 if cell.width_em <= width else math.ceil(cell.width_em / (width - 0.5))
        for cell, width in zip(row, widths, strict=True)
    ]
    return max(broken, default=1)


def _millimetres(points: float) -> int:
    return round(points / 72.27 * 25.4)
