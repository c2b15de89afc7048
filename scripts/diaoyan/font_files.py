"""Where font files are. Standard library only, any Python 3: setting up asks before there is an environment."""

from __future__ import annotations

import os
from pathlib import Path

from diaoyan.paths import ROOT

# Fonts that setting up unpacks, for they come with no package of their own.
OWN_FONTS = ROOT / ".venv" / "share" / "fonts"
FANDOL_FILES = tuple(
    f"Fandol{name}.otf" for name in ("Fang-Regular", "Hei-Regular", "Kai-Regular", "Song-Bold", "Song-Regular")
)
# One of these comes with any packing of Noto CJK.
NOTO_FILES = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")


def find_font(pattern: str) -> Path | None:
    """The first file of that name in the folders fonts are kept in, our own before the system's."""
    return next((path for root in _roots() if root.is_dir() for path in sorted(root.rglob(pattern))), None)


def _roots() -> list[Path]:
    local = os.environ.get("LOCALAPPDATA")
    return [
        OWN_FONTS,
        Path("/usr/share/fonts"),
        Path("/usr/share/texlive/texmf-dist/fonts/opentype/public"),
        Path("/usr/local/share/fonts"),
        *sorted(Path("/usr/local/texlive").glob("2*/texmf-dist/fonts/opentype/public")),
        Path("/Library/Fonts"),
        Path.home() / "Library/Fonts",
        Path.home() / ".local/share/fonts",
        Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
        *([Path(local) / "Microsoft/Windows/Fonts"] if local else []),
    ]
