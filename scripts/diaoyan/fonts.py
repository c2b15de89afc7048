"""The fonts of the formal document: which families set which of its parts, and where they are found."""

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from diaoyan.faults import Fault, Faults

# Comes with Typst itself, like Times in cut; digits and Latin letters only, for Chinese has its own punctuation.
LATIN = "Libertinus Serif"
NOTO = ("Noto Serif CJK SC", "Noto Sans CJK SC")
# One file each of the two packages of fonts that are looked for.
FANDOL_FILE, NOTO_FILES = "FandolFang-Regular.otf", ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")
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
    return tuple(str(path) for path in (_find(FANDOL_FILE), *map(_find, NOTO_FILES)) if path)


def _needed_folders() -> list[Path]:
    fandol, noto = _find(FANDOL_FILE), [path for path in map(_find, NOTO_FILES) if path]
    if fandol is None:
        raise MissingFonts(
            "official.pdf: found no Fandol fonts, expected them installed (texlive-lang-chinese has them)"
        )
    if not noto:
        raise MissingFonts("official.pdf: found no Noto CJK fonts, expected them installed (fonts-noto-cjk has them)")
    return list(dict.fromkeys(path.parent for path in (fandol, *noto)))


@cache
def _find(name: str) -> Path | None:
    """Where a font file is; the project's own folder comes before those of the system."""
    return next((path for root in _roots() for path in _matches(root, name)), None)


def _matches(root: Path, name: str) -> list[Path]:
    return sorted(root.rglob(name)) if root.is_dir() else []


def _roots() -> list[Path]:
    local = os.environ.get("LOCALAPPDATA")
    return [
        Path(sys.prefix) / "share/fonts",
        Path("/usr/share/fonts"),
        Path("/usr/share/texlive/texmf-dist/fonts/opentype/public"),
        Path("/usr/share/texmf/fonts/opentype/public"),
        Path("/usr/local/share/fonts"),
        *sorted(Path("/usr/local/texlive").glob("20*/texmf-dist/fonts/opentype/public")),
        Path("/Library/Fonts"),
        Path.home() / "Library/Fonts",
        Path.home() / ".local/share/fonts",
        Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
        *([Path(local) / "Microsoft/Windows/Fonts"] if local else []),
    ]
