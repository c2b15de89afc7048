"""What draws: the SVG of a Vega-Lite specification, and pictures of a drawing; the same bytes wherever the font is.

Vega draws, Typst paints: it keeps the font open, which vl-convert opens anew some hundred times a picture.
"""

import hashlib
import json
import re
from functools import cache, partial
from html import escape

import typst
import vl_convert

from diaoyan.stock import from_stock

# What all charts and pictures are drawn with.
FONT = "Noto Sans CJK SC"
NOTHING = {"mark": "point", "data": {"values": []}}
PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set document(date: none)
#image(bytes(sys.inputs.drawing), format: "svg")
"""
# Of a drawing's own, as browsers count them.
PIXELS_PER_INCH = 96


class MissingFont(Exception):
    """The font a chart is to be drawn with is not installed, its labels would not fit."""


def drawn(spec: dict) -> str:
    """The SVG of a specification; raises MissingFont where its labels would not fit, ValueError for none."""
    # The first of the fonts is what the drawing is measured with, the others are for readers.
    font = spec.get("config", {}).get("font", "").split(",")[0].strip(" \"'")
    if font and not is_installed(font):
        raise MissingFont(font)
    content = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    # A new version of the library may draw differently.
    made_from = "\n".join([vl_convert.__version__, _sample(font), content])
    return from_stock(".svg", made_from, partial(_drawn_anew, spec)).decode()


def painted(svg: str, scale: float) -> bytes:
    """A drawing as PNG, so many pixels for each of its own."""
    made_from = "\n".join([typst.__version__, PAGE.decode(), _sample(FONT), str(scale * PIXELS_PER_INCH), svg])
    return from_stock(".png", made_from, lambda: _printed(svg, "png", ppi=PIXELS_PER_INCH * scale))


def printed(svg: str) -> bytes:
    """A drawing as vector PDF with its fonts in it."""
    return _printed(svg, "pdf")


def with_own_ids(svg: str, prefix: str) -> str:
    """The drawing with its ids numbered in order of appearance."""
    numbers = {}
    for identifier in re.findall(r'\bid="([^"]*)"', svg):
        numbers.setdefault(identifier, f"{prefix}-{len(numbers) + 1}")
    for identifier, own in numbers.items():
        quoted = re.escape(identifier)
        svg = re.sub(rf'(\bid="|url\(#|href="#){quoted}(?=["\)])', rf"\g<1>{own}", svg)
    return svg


def is_installed(font: str) -> bool:
    """Whether text set in the font looks otherwise than in a font that cannot exist."""
    return _sample(font) != _sample("No font of this name")


def start() -> None:
    """Has both engines do at once what they do when first used, whatever is in stock."""
    _drawn_anew(NOTHING)
    is_installed(FONT)
    _printed(_sample_of(FONT), "png")


def _drawn_anew(spec: dict) -> bytes:
    # An empty list of addresses: a chart holds its data, it must not fetch any.
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    # Vega counts ids on from chart to chart of a process.
    return with_own_ids(svg, "id").encode()


def _printed(svg: str, form: str, **options: float) -> bytes:
    return _compiler().compile(PAGE, format=form, sys_inputs={"drawing": svg}, **options)


@cache
def _compiler() -> typst.Compiler:
    """Typst, for which looking for the fonts takes longer than a drawing."""
    return typst.Compiler()


@cache
def _sample(font: str) -> str:
    """What a line of text looks like in a font, as a digest: another version of the font has another."""
    return hashlib.sha256(vl_convert.svg_to_png(_sample_of(font))).hexdigest()


def _sample_of(font: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="60">'
        f'<text y="45" font-size="40" font-family="{escape(font)}">WMwm 303 高新技术企业</text></svg>'
    )
