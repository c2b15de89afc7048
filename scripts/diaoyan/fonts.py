"""The fonts of the formal document's PDF: which families set which of its parts."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from diaoyan.faults import Fault, Faults
from diaoyan.font_files import FANDOL_FILES, NOTO_FILES, find_font

# Comes with Typst itself, like Times in cut; digits and Latin letters only, for Chinese has its own punctuation.
LATIN = "Libertinus Serif"
NOTO = ("Noto Serif CJK SC", "Noto Sans CJK SC")
# What each part is set in, the first family that is there: 小标宋, 仿宋, 黑体, 楷体 and 宋体.
FAMILIES = {
    "fandol": {
        "title": ("FandolSong",),
        "body": ("FandolFang R",),
        "heading": ("FandolHei",),
        "kai": ("FandolKai",),
        "page": ("FandolSong",),
    },
    "founder": {
        "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
        "body": ("FZFangSong-Z02S", "FZFangSong-Z02"),
        "heading": ("FZHei-B01S", "FZHei-B01"),
        "kai": ("FZKai-Z03S", "FZKai-Z03"),
        "page": ("FZShuSong-Z01S", "FZShuSong-Z01"),
    },
}
# Fandol has no 小标宋; its bold 宋体 comes nearest.
TITLE_WEIGHT = {"fandol": "bold", "founder": "regular"}


class MissingFonts(Exception):
    """Fonts that are to be installed; its text is one line."""


@dataclass(frozen=True)
class FontSet:
    """The families of each part of the document in order of preference, and the files to take them from."""

    families: dict[str, tuple[str, ...]]
    title_weight: str
    files: typst.Fonts


def font_set(name: str) -> FontSet:
    """The fonts of a name, `fandol` or `founder`; raises MissingFonts, or Faults for Founder's when asked for."""
    if name == "fandol":
        folders = _needed_folders()
        files = typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in folders])
    else:
        files = typst.Fonts(include_system_fonts=True)
    there = set(files.families())
    families = {}
    for part, wanted in FAMILIES[name].items():
        found = next((family for family in wanted if family in there), None)
        if found is None:
            expected = "the font to be installed (or the default fonts, without --fonts)"
            raise Faults([Fault("--fonts", 0, "", f"no {wanted[0]} on this machine", expected)])
        sans_first = NOTO[::-1] if part == "heading" else NOTO
        families[part] = (found, *(family for family in sans_first if family in there))
    return FontSet(families, TITLE_WEIGHT[name], files)


@cache
def found_files() -> tuple[str, ...]:
    """The files the default fonts would be taken from; other files may draw otherwise."""
    return tuple(str(path) for path in map(find_font, (*FANDOL_FILES, *NOTO_FILES)) if path)


def _needed_folders() -> list[Path]:
    """The folders of the default fonts; raises MissingFonts."""
    fandol, noto = ([path for path in map(find_font, files) if path] for files in (FANDOL_FILES, NOTO_FILES))
    if len(fandol) < len(FANDOL_FILES):
        raise MissingFonts("official.pdf: found no Fandol fonts, expected those of the package texlive-lang-chinese")
    if not noto:
        raise MissingFonts("official.pdf: found no Noto CJK fonts, expected those of the package fonts-noto-cjk")
    return list(dict.fromkeys(path.parent for path in (*fandol, *noto)))
