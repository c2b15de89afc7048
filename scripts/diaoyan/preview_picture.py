"""The picture that stands for the book where one of its pages is shared."""

import textwrap
from html import escape

from diaoyan.drawing import FONT
from diaoyan.painter import painted

# What the sites that show such pictures ask for, in pixels.
WIDTH, HEIGHT = 1200, 630
MARGIN = 80
TITLE_SIZE = 60
LINE_HEIGHT = 86
# As many characters as a line of the title holds; letters take half the room of Chinese.
LINE_LENGTH = {"zh": 17}
LATIN_LINE_LENGTH = 33
MOST_LINES = 4


def draw_picture(title: str, place: str, note: str, language: str) -> str:
    """The picture as SVG: the title on as many lines as it takes, the place above, the note below."""
    lines = _lines(title, language)
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="{FONT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#faf9f6"/>',
        f'<rect width="18" height="{HEIGHT}" fill="#8f2a22"/>',
        _text(place, 130, 36, "#8f2a22"),
    ]
    pieces += [_text(line, 230 + number * LINE_HEIGHT, TITLE_SIZE, "#1d2329") for number, line in enumerate(lines)]
    return "\n".join([*pieces, _text(note, HEIGHT - 60, 32, "#53606d"), "</svg>\n"])


def picture(title: str, place: str, note: str, language: str) -> bytes:
    """The picture as PNG."""
    return painted(draw_picture(title, place, note, language), 1)


def _lines(title: str, language: str) -> list[str]:
    length = LINE_LENGTH.get(language)
    if length:
        lines = [title[start : start + length] for start in range(0, len(title), length)]
    else:
        lines = textwrap.wrap(title, LATIN_LINE_LENGTH)
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}…"]


def _text(words: str, baseline: int, size: int, colour: str) -> str:
    return f'<text x="{MARGIN}" y="{baseline}" font-size="{size}" fill="{colour}">{escape(words)}</text>'
