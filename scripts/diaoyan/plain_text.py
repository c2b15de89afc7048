"""Plain text: a passage of a draft as it is analysed, every character knowing where it stands in the draft."""

import re
import unicodedata
from dataclasses import dataclass

CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
# Digits, letters and signs typed at full width; Chinese stops and brackets stay.
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，。：；！？（）"}
# What is typed at half width is read as the Chinese stop it stands for: the grammars of all languages know these.
CHINESE_STOPS = {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，", "?": "？", "!": "！"}
ABBREVIATIONS = ("No", "Nos", "Mr", "Mrs", "Dr", "St", "approx", "vs", "tel", "Tel", "Art", "i.e", "e.g", "p.m", "a.m")
# Characters that look like others: typed for a full stop in a number, for a hundredth.
ALIKE = {"〇": "零", "○": "零", "﹪": "%", "∶": "：", "·": "·", "−": "-"}


@dataclass(frozen=True)
class PlainText:
    """The characters of a passage at half width, without blanks and line breaks that say nothing.

    `positions` has for each character where it stands in the draft, and one more for the end.
    """

    text: str
    positions: tuple[int, ...]
    is_chinese: bool

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the draft the characters from start up to end stand."""
        return self.positions[start], self.positions[end - 1] + 1 if end > start else self.positions[start]


def plain_text(text: str, start: int, end: int) -> PlainText:
    """The passage of a draft from start up to end."""
    passage = text[start:end]
    is_chinese = len(CHINESE.findall(passage)) * 4 > sum(each.isalnum() for each in passage)
    characters, positions = [], []
    for offset, character in enumerate(passage):
        if unicodedata.category(character) == "Cf":
            continue
        shown = character.translate(HALF_WIDTH)
        shown = ALIKE.get(shown, shown)
        if shown.isspace():
            if is_chinese and not _parts_words(characters, passage, offset):
                continue
            if characters and characters[-1] == " ":
                continue
            shown = " "
        elif shown in CHINESE_STOPS and not _is_in_number(characters, passage, offset, shown):
            shown = CHINESE_STOPS[shown]
        elif shown == "." and not is_chinese and _ends_sentence(characters, passage, offset):
            shown = "。"
        characters.append(shown)
        positions.append(start + offset)
    return PlainText("".join(characters), (*positions, end), is_chinese)


def _parts_words(before: list[str], passage: str, offset: int) -> bool:
    """Whether a blank stands between two words or numbers written in Latin letters or digits."""
    follows = passage[offset:].lstrip()[:1].translate(HALF_WIDTH)
    return bool(before) and _is_latin(before[-1]) and _is_latin(follows)


def _ends_sentence(before: list[str], passage: str, offset: int) -> bool:
    """Whether a full stop ends a sentence: what follows begins one, and what precedes is no abbreviation (No. 3)."""
    follows = passage[offset + 1 : offset + 3]
    word = re.search(r"[A-Za-z.]*$", "".join(before[-8:]))[0]
    return (not follows or follows[0].isspace()) and word not in ABBREVIATIONS and len(word) != 1


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _is_in_number(before: list[str], passage: str, offset: int, shown: str) -> bool:
    """Whether a comma parts thousands (1,170) or a colon the parts of a time (9:30)."""
    follows = passage[offset + 1 : offset + 5].translate(HALF_WIDTH)
    if not before or not before[-1].isdigit():
        return False
    if shown == ",":
        return follows[:3].isdigit() and len(follows[:3]) == 3 and not follows[3:4].isdigit()
    return shown == ":" and follows[:1].isdigit()
