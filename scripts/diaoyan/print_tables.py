"""How a table fits the page: the size of its type, the widths of its columns, the page upright or turned."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# A4 with margins of 25 mm, in TeX's points.
TEXT_WIDTH_PT = 455.2
TEXT_HEIGHT_PT = 670.0
# Space on either side of a cell.
PADDING_PT = 3.0
# Tried in this order. Below 7.5 pt (小六 and less) nobody reads Chinese with ease.
SETTINGS = ((9.0, False), (8.0, False), (7.5, False), (9.0, True), (8.0, True), (7.5, True))
# Average widths in ems of the type: a Chinese character is one.
WIDE, CAPITAL, LATIN, TYPEWRITER = 1.0, 0.72, 0.5, 0.6
# What measuring letters by their average may miss.
SAFETY = 1.06
# A column of Chinese does not get narrower than two characters, or than the words of its own language need.
NARROWEST_EM = 2.0
# Upright pages are kept as long as no cell grows into a tower.
MOST_LINES = 7
# Where type may break within a word: what is set in typewriter, and addresses.
BREAKS = re.compile(r"(?<=[-_/.:?&=])")


@dataclass(frozen=True)
class Cell:
    """The words of a cell and whether they are set in typewriter, which is wider and breaks at its hyphens."""

    text: str
    typewriter: bool = False

    @property
    def width_em(self) -> float:
        """Its width on one line."""
        return sum(self._width_of(character) for character in self.text) * SAFETY

    @property
    def narrowest_em(self) -> float:
        """The width of its widest part that no line end may divide."""
        return max((Cell(part, self.typewriter).width_em for part in self._parts()), default=0.0)

    def _parts(self) -> list[str]:
        words = self.text.split()
        if self.typewriter or "://" in self.text:
            words = [part for word in words for part in BREAKS.split(word)]
        # Between Chinese characters a line may end anywhere.
        return [part for word in words for part in re.split(r"(?<=[⺀-鿿＀-￯])|(?=[⺀-鿿])", word) if part]

    def _width_of(self, character: str) -> float:
        if unicodedata.east_asian_width(character) in "WF" or character in "“”‘’—":
            return WIDE
        if self.typewriter:
            return TYPEWRITER
        return CAPITAL if character.isupper() else LATIN


@dataclass(frozen=True)
class Layout:
    """A table as it is to be set: widths in points, without the space beside the cells."""

    size_pt: float
    turned: bool
    widths_pt: tuple[float, ...]


class TooWide(Exception):
    """A table that fits no page; its text says what it needs and what there is."""


def fit(rows: Sequence[Sequence[Cell]]) -> Layout:
    """The first setting in which every word fits its column and no row grows too tall; raises TooWide."""
    columns = list(zip(*rows, strict=True))
    if not columns:
        return Layout(SETTINGS[0][0], SETTINGS[0][1], ())
    natural = [max(cell.width_em for cell in column) for column in columns]
    narrowest = [max(_floor(column), max(cell.narrowest_em for cell in column)) for column in columns]
    last = None
    for size, turned in SETTINGS:
        page = TEXT_HEIGHT_PT if turned else TEXT_WIDTH_PT
        room = (page - 2 * PADDING_PT * len(columns)) / size
        if sum(narrowest) > room:
            continue
        widths = _shared(room, natural, narrowest)
        last = Layout(size, turned, tuple(round(width * size, 1) for width in widths))
        if _tallest(rows, widths) <= MOST_LINES:
            return last
    if last:
        return last
    size, _ = SETTINGS[-1]
    needed = sum(narrowest) * size + 2 * PADDING_PT * len(columns)
    raise TooWide(
        f"a table of {len(columns)} columns, which needs {_millimetres(needed)} mm; "
        f"expected at most {_millimetres(TEXT_HEIGHT_PT)} mm, the page turned"
    )


def _floor(column: Sequence[Cell]) -> float:
    """What a column gets at least: two characters, less only where it holds less."""
    return min(NARROWEST_EM, max(cell.width_em for cell in column))


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


def _tallest(rows: Sequence[Sequence[Cell]], widths: list[float]) -> int:
    """The most lines a cell takes, roughly: broken lines are not quite full."""
    lines = [-(-cell.width_em * 1.1 // width) for row in rows for cell, width in zip(row, widths, strict=True) if width]
    return int(max(lines, default=1))


def _millimetres(points: float) -> int:
    return round(points / 72.27 * 25.4)
