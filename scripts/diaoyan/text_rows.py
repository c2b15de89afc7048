"""Texts as rows: a heading or a paragraph in each, the languages side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from diaoyan.texts import heading_of


@dataclass(frozen=True)
class Piece:
    """A heading of level 1 to 3 with its anchor, or a paragraph (level 0); `line` is where it begins in its file."""

    level: int
    anchor: str
    text: str
    line: int = 0

    @property
    def place(self) -> tuple[int, str]:
        """What the same heading has in common in every language."""
        return self.level, self.anchor


@dataclass(frozen=True)
class TextRow:
    """A heading or a paragraph of a chapter in all its languages; a language that does not have it is left out."""

    chapter: str
    level: int
    anchor: str
    words: dict[str, str]


def pieces_of(source: str) -> list[Piece]:
    """The headings and paragraphs of a text in order; lines that follow each other are one paragraph."""
    pieces, paragraph, first = [], [], 0
    for number, line in enumerate([*source.splitlines(), ""], 1):
        heading = heading_of(line)
        if paragraph and (heading or not line.strip()):
            pieces.append(Piece(0, "", "\n".join(paragraph).strip(), first))
            paragraph = []
        if heading:
            pieces.append(Piece(len(heading[1]), heading[3] or "", heading[2].strip(), number))
        elif line.strip():
            first = first if paragraph else number
            paragraph.append(line)
    return pieces


def text_of(pieces: Iterable[Piece]) -> str:
    """The text with these headings and paragraphs, a blank line between them."""
    return "\n\n".join(_written(piece) for piece in pieces) + "\n"


def same_pieces(some: list[Piece], others: list[Piece]) -> bool:
    """Whether two texts hold the same headings and paragraphs, wherever their lines are."""
    return [(*each.place, each.text) for each in some] == [(*each.place, each.text) for each in others]


def side_by_side(chapter: str, texts: dict[str, list[Piece]]) -> list[TextRow]:
    """The rows of a chapter; languages whose headings differ follow one another, so that each keeps its order."""
    headings = {language: [piece.place for piece in pieces if piece.level] for language, pieces in texts.items()}
    if len({tuple(found) for found in headings.values()}) > 1:
        return [row for language, pieces in texts.items() for row in side_by_side(chapter, {language: pieces})]
    sections = {language: _sections(pieces) for language, pieces in texts.items()}
    rows = []
    for number in range(len(next(iter(sections.values()), []))):
        of_section = {language: found[number] for language, found in sections.items()}
        for place in range(max(map(len, of_section.values()), default=0)):
            found = {language: pieces[place] for language, pieces in of_section.items() if place < len(pieces)}
            words = {language: piece.text for language, piece in found.items()}
            rows.append(TextRow(chapter, *next(iter(found.values())).place, words))
    return rows


def pieces_in(rows: Iterable[TextRow], language: str) -> list[Piece]:
    """The headings and paragraphs of one language, without those it does not have."""
    return [Piece(row.level, row.anchor, row.words[language]) for row in rows if language in row.words]


def _written(piece: Piece) -> str:
    if not piece.level:
        return piece.text
    anchor = f" {{#{piece.anchor}}}" if piece.anchor else ""
    return f"{'#' * piece.level} {piece.text}{anchor}"


def _sections(pieces: list[Piece]) -> list[list[Piece]]:
    """What comes before the first heading, then each heading with its paragraphs."""
    sections: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.level:
            sections.append([])
        sections[-1].append(piece)
    return sections
