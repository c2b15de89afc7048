"""The formal document as PDF: Typst sets it, with every font in it and nothing of the machine."""

import json
import re
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

import typst

from diaoyan.edition import Edition
from diaoyan.faults import Faults
from diaoyan.fonts import LATIN, FontSet
from diaoyan.official_text import Document, Place, fault, plain

# An archive's PDF may hold no character without its glyph: Typst then names each one that no font has.
STANDARD = "a-2u"
NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


def write_official_pdf(document: Document, edition: Edition, fonts: FontSet, target: Path) -> None:
    """Writes the document; raises Faults that name the place of each character no font has."""
    template = files("diaoyan") / "templates" / "official" / "official.typ"
    font_data = {"latin": LATIN, "families": fonts.families, "title-weight": fonts.title_weight}
    inputs = {"document": json.dumps(asdict(document)), "fonts": json.dumps(font_data)}
    try:
        content = typst.compile(
            template.read_bytes(), font_paths=fonts.files, sys_inputs=inputs, pdf_standards=[STANDARD]
        )
    except typst.TypstError as error:
        if not (without_glyph := NO_GLYPH.findall(error.diagnostic)):
            raise
        expected = f"characters that {', '.join(dict.fromkeys(fonts.families['body']))} can show in official.pdf"
        raise Faults(
            fault(edition, document.language, _place(document, text), _shown(text), expected)
            for text in map(_unescaped, without_glyph)
        ) from None
    target.write_bytes(content)


def _place(document: Document, text: str) -> Place:
    """The first place with these words; what stands nowhere else is a particular of edition.yml."""
    return next((each.place for each in document.paragraphs if text in plain(each.runs)), Place())


def _shown(text: str) -> str:
    return " ".join(f"{character!r} (U+{ord(character):04X})" for character in text)


def _unescaped(text: str) -> str:
    """The text as it was before the compiler's message made it printable."""
    controls = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else controls.get(match[2], match[2]), text)
