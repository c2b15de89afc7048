"""Charts as SVG files: the same specification gives the same bytes wherever the font is."""

import hashlib
import json
import re
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import vl_convert

from diaoyan import painter
from diaoyan.files import write_whole
from diaoyan.stock import from_stock

if TYPE_CHECKING:
    import typst

# What all charts and pictures are drawn with.
FONT = "Noto Sans CJK SC"
DIGITS_OF_HASH = 12
# Pixels of a picture for each of the drawing.
SHARPNESS = 2


class MissingFont(Exception):
    """The font a chart is to be drawn with is not installed, its labels would not fit."""


def write_svg(spec: dict, name: str, folder: Path) -> Path:
    """Draws a Vega-Lite specification into `folder`, once for each content."""
    content = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    # A new version of the library may draw differently.
    source = f"{vl_convert.__version__}\n{content}"
    digest = hashlib.sha256(source.encode()).hexdigest()[:DIGITS_OF_HASH]
    path = folder / f"{name}-{digest}.svg"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, draw(spec, digest))
    return path


def draw(spec: dict, prefix: str) -> str:
    """The SVG of a specification, its text real text; `prefix` makes its ids unique on a page."""
    return _with_own_ids(_drawn(spec), prefix)


def picture(spec: dict) -> bytes:
    """The PNG of a specification, as large as its drawing, for places that show no Vega-Lite."""
    return painted(_drawn(spec), 1)


def painted(svg: str, scale: float) -> bytes:
    """A drawing as PNG, so many pixels for each of its own."""
    made_from = "\n".join([vl_convert.__version__, _sample(FONT), str(scale), svg])
    return from_stock(".png", made_from, lambda: vl_convert.svg_to_png(svg, scale=scale))


def _drawn(spec: dict) -> str:
    """The SVG of a specification; raises MissingFont where its labels would not fit."""
    # The first of the fonts is what the drawing is measured with, the others are for readers.
    font = spec.get("config", {}).get("font", "").split(",")[0].strip(" \"'")
    if font and not is_installed(font):
        raise MissingFont(font)
    content = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    made_from = "\n".join([vl_convert.__version__, _sample(font), content])
    return from_stock(".svg", made_from, partial(_drawn_anew, spec)).decode()


def _drawn_anew(spec: dict) -> bytes:
    # Vega counts ids on from chart to chart of a process.
    return _with_own_ids(painter.draw(spec), "id").encode()


def keep(spec: dict, table: dict, drawing: Path) -> None:
    """Keeps beside a drawing what it was drawn from: the specification and the table of its figures."""
    kept = {"specification": spec, "table": table}
    path, content = drawing.with_suffix(".json"), json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    # The drawing's name stands for its specification alone.
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        write_whole(path, content)


def kept_beside(drawing: Path) -> tuple[dict, dict]:
    """The specification and the table kept beside a drawing."""
    found = json.loads(drawing.with_suffix(".json").read_text(encoding="utf-8"))
    return found["specification"], found["table"]


def write_png(drawing: Path) -> Path:
    """The drawing as a picture beside it, sharp enough for slides, once for each content."""
    path = drawing.with_suffix(".png")
    if not path.exists():
        write_whole(path, painted(drawing.read_text(encoding="utf-8"), SHARPNESS))
    return path


def write_pdf(svg: Path, pdf: Path) -> None:
    """The drawing as a vector PDF with its fonts in it, the same bytes each time."""
    page = "#set page(width: auto, height: auto, margin: 0pt)\n#set document(date: none)\n"
    source = f'{page}#image("{svg.name}")'.encode()
    pdf.write_bytes(_compiler(svg.parent).compile(source))


@cache
def _compiler(folder: Path) -> "typst.Compiler":
    """Typst for the drawings of a folder; looking for the fonts takes it longer than a drawing does."""
    # Only print needs it.
    import typst

    return typst.Compiler(b"", root=folder)


def is_installed(font: str) -> bool:
    """Whether text set in the font looks otherwise than in a font that cannot exist."""
    return _sample(font) != _sample("No font of this name")


@cache
def _sample(font: str) -> str:
    """What a line of text looks like in a font, as a digest: another version of the font has another."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="60">'
        f'<text y="45" font-size="40" font-family="{escape(font)}">WMwm 303 高新技术企业</text></svg>'
    )
    return hashlib.sha256(vl_convert.svg_to_png(svg)).hexdigest()


def _with_own_ids(svg: str, prefix: str) -> str:
    """Numbered ids in order of appearance."""
    numbers = {}
    for identifier in re.findall(r'\bid="([^"]*)"', svg):
        numbers.setdefault(identifier, f"{prefix}-{len(numbers) + 1}")
    for identifier, own in numbers.items():
        quoted = re.escape(identifier)
        svg = re.sub(rf'(\bid="|url\(#|href="#){quoted}(?=["\)])', rf"\g<1>{own}", svg)
    return svg
