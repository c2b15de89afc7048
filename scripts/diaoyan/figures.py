"""Charts as SVG files: the same specification gives the same bytes wherever the font is."""

import hashlib
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import vl_convert

if TYPE_CHECKING:
    import typst

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
    # The first of the fonts is what the drawing is measured with, the others are for readers.
    font = spec.get("config", {}).get("font", "").split(",")[0].strip(" \"'")
    if font and not is_installed(font):
        raise MissingFont(font)
    # An empty list of addresses: a chart holds its data, it must not fetch any.
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return _with_own_ids(svg, prefix)


def keep(spec: dict, table: dict, drawing: Path) -> None:
    """Keeps beside a drawing what it was drawn from: the specification and the table of its figures."""
    kept = {"specification": spec, "table": table}
    path, content = drawing.with_suffix(".json"), json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    # The drawing's name stands for its specification alone.
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        write_whole(path, content)


def kept(drawing: Path) -> tuple[dict, dict]:
    """The specification and the table kept beside a drawing."""
    found = json.loads(drawing.with_suffix(".json").read_text(encoding="utf-8"))
    return found["specification"], found["table"]


def write_png(drawing: Path) -> Path:
    """The drawing as a picture beside it, sharp enough for slides, once for each content."""
    path = drawing.with_suffix(".png")
    if not path.exists():
        write_whole(path, vl_convert.svg_to_png(drawing.read_text(encoding="utf-8"), scale=SHARPNESS))
    return path


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file that is never seen half-written, whoever else draws at the same time."""
    partial = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    partial.write_bytes(content.encode() if isinstance(content, str) else content)
    partial.replace(path)


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


@cache
def is_installed(font: str) -> bool:
    """Whether text set in the font has another width than in a font that cannot exist."""
    return _width_of_label(font) != _width_of_label("No font of this name")


def _width_of_label(font: str) -> str:
    """The width of a small chart, which goes by the width of its one label."""
    spec = {
        "config": {"font": font},
        "data": {"values": [{"label": "WMwm 303 高新技术企业"}]},
        "mark": "bar",
        "encoding": {"y": {"field": "label", "axis": {"labelFontSize": 40, "labelLimit": 2000}}},
    }
    return re.search(r'width="([^"]*)"', vl_convert.vegalite_to_svg(spec))[1]


def _with_own_ids(svg: str, prefix: str) -> str:
    """Numbered ids in order of appearance: Vega counts on from chart to chart of a process."""
    numbers = {}
    for identifier in re.findall(r'\bid="([^"]*)"', svg):
        numbers.setdefault(identifier, f"{prefix}-{len(numbers) + 1}")
    for identifier, own in numbers.items():
        quoted = re.escape(identifier)
        svg = re.sub(rf'(\bid="|url\(#|href="#){quoted}(?=["\)])', rf"\g<1>{own}", svg)
    return svg
