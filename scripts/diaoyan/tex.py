"""TeX as the printed book wants it: what has to be installed. Standard library only, the set-up reads it too."""

from __future__ import annotations

import shutil
import subprocess
from collections import namedtuple

TexPackage = namedtuple("TexPackage", "name purpose files")

# By the names Debian gives them; a file stands for the whole package.
PACKAGES = (
    TexPackage("texlive-xetex", "the printed book", ("xelatex",)),
    TexPackage("latexmk", "the printed book", ("latexmk",)),
    TexPackage("texlive-latex-extra", "its layout", ("titlesec.sty", "tabulary.sty")),
    TexPackage("texlive-fonts-recommended", "the font by which links are measured", ("pzdr.tfm",)),
    TexPackage("texlive-lang-chinese", "its Chinese", ("ctex.sty",)),
    TexPackage("fonts-noto-cjk", "its Chinese type", ("Noto Serif CJK SC", "Noto Sans CJK SC")),
    TexPackage("fonts-texgyre", "its Latin letters", ("texgyretermes-regular.otf", "texgyrecursor-regular.otf")),
)


def missing_packages() -> list[TexPackage]:
    """The packages of TeX that are not installed here, all of them where there is no TeX at all."""
    return [package for package in PACKAGES if not all(map(_is_there, package.files))]


def found_packages() -> list[str]:
    """The names of those that are installed: with others there a book may turn out otherwise."""
    missing = missing_packages()
    return [package.name for package in PACKAGES if package not in missing]


def _is_there(file: str) -> bool:
    """Whether a program is on the path, a font is installed, or TeX finds a file of its own."""
    if " " in file:
        listed = ["fc-list", file, "family"]
        return bool(shutil.which("fc-list") and subprocess.run(listed, capture_output=True).stdout.strip())
    if "." not in file:
        return shutil.which(file) is not None
    if not shutil.which("kpsewhich"):
        return False
    return bool(subprocess.run(["kpsewhich", file], capture_output=True).stdout.strip())
