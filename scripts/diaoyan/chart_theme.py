"""The charts' one look: colours, type, and the marks every kind of chart is put together from."""

import math
import re
import unicodedata
from decimal import Decimal
from functools import partial

import altair as alt

from diaoyan.drawing import FONT
from diaoyan.quantities import shortest

# The first is the one charts are measured and drawn with; the others stand in on readers' machines.
FONTS = (
    FONT,
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "sans-serif",
)
# Okabe and Ito's vermilion and blue, which colour-blind readers tell apart, the first darkened until text in it has a
# contrast of 4.9 on white; every mark has one of 3 at least. In the dark `charts.css` has another for each.
CITY = "#C04A00"
PROVINCE = "#0072B2"
PEER = "#8A9299"
INK = "#1F2328"
MUTED = "#59606A"
RULE = "#888F96"
HAIRLINE = "#DFE2E5"
PAPER = "#FFFFFF"

# In pixels. At 328 px, the width of a phone's column, the smallest type is still 11 px high.
PADDING = 4
WIDTH = 440 - 2 * PADDING
TEXT = 16
SMALL = 15
LINE = 20
GAP = 12
WIDEST_NAME = 164

# The group a reader has chosen on the page, none in print; the others stay visible, but only just.
CHOSEN = "chosen"
IS_CHOSEN = f"{CHOSEN} === datum.group"
IS_CHOSEN_OR_NONE = f"{CHOSEN} === '' || {IS_CHOSEN}"
FADED = 0.2

CONFIG = {
    "background": PAPER,
    "font": ", ".join(FONTS),
    "padding": PADDING,
    # Vega would tell those who listen of "rule mark containers", in English; a chart is told in one sentence.
    "mark": {"aria": False},
    "view": {"stroke": None},
    "concat": {"spacing": 18},
}

# The ends of lines, and what altair calls a position that is a number of pixels.
ENDS = {"x2": alt.X2, "y2": alt.Y2}
VALUES = {alt.X: alt.XValue, alt.Y: alt.YValue, alt.X2: alt.X2Value, alt.Y2: alt.Y2Value}

# Width of a character in ems: a shade more than the font's own, so that a label never touches.
WIDE, WIDEST, UPPER, NARROW, OTHER = 1.0, 0.95, 0.7, 0.33, 0.59


def width_of(text: str, size: int = TEXT) -> float:
    """How many pixels a line of text takes at most, bold or not."""
    return size * sum(_ems(character) for character in text)


def wrapped(text: str, width: float, size: int = TEXT) -> list[str]:
    """The text in lines of at most this width; breaks between words, or between Chinese characters."""
    lines = [""]
    for piece in re.findall(r"[⺀-￿]\s*|[^\s⺀-￿]+\s*", text):
        if lines[-1] and width_of((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def balanced(text: str, width: float, size: int = TEXT) -> list[str]:
    """The text in as few lines as `wrapped` takes, as even as can be: no line of a character or two."""
    count = len(wrapped(text, width, size))
    narrower = (width - size * taken for taken in range(int(width / size), -1, -1))
    return next(lines for each in narrower if len(lines := wrapped(text, each, size)) == count)


def widest(texts: list[str], size: int = TEXT) -> float:
    """The width of the widest of some lines."""
    return max((width_of(text, size) for text in texts), default=0)


def ticks(values: list[Decimal], most: int = 4) -> list[Decimal]:
    """Round values from zero, or from the lowest, to the highest: at most so many above zero."""
    lowest, highest = map(Decimal, extent(values))
    step = Decimal(1).scaleb(highest.adjusted() - 1)
    while True:
        for factor in (1, 2, 5):
            size = step * factor
            if highest / size <= most:
                numbers = range(math.floor(lowest / size), math.floor(highest / size) + 1)
                return [shortest(number * size) for number in numbers]
        step *= 10


def extent(values: list) -> tuple:
    """From zero, or the lowest, to the highest; an axis of nothing but zeros still has a length."""
    lowest, highest = min([0, *values]), max([0, *values])
    return lowest, highest if highest > lowest else lowest + 1


def spread(places: list[float], apart: float, within: tuple[float, float] = (-math.inf, math.inf)) -> list[float]:
    """The places moved until labels there are this far apart: those too close stand around their middle.

    None is moved out of `within`, unless there are too many for it.
    """
    span = partial(_span, places=places, apart=apart, within=within)
    groups = []
    for index in sorted(range(len(places)), key=lambda index: places[index]):
        groups.append([index])
        while len(groups) > 1 and span(groups[-1])[0] < span(groups[-2])[1] + apart:
            groups[-2:] = [groups[-2] + groups[-1]]
    moved = list(places)
    for group in groups:
        for number, index in enumerate(group):
            moved[index] = span(group)[0] + number * apart
    return moved


def _span(group: list[int], places: list[float], apart: float, within: tuple[float, float]) -> tuple[float, float]:
    """Where the first and the last label of a group stand."""
    middle, length = sum(places[index] for index in group) / len(group), apart * (len(group) - 1)
    first = max(within[0], min(middle - length / 2, within[1] - length))
    return first, first + length


def scale(values: list[float], start: float, end: float) -> alt.Scale:
    """A linear scale from values to pixels that always holds zero."""
    return _exact(list(extent(values)), [start, end])


def across(field: str, of: alt.Scale) -> alt.X:
    """A horizontal position by value."""
    return alt.X(field, type="quantitative", scale=of, axis=None)


def pixels(field: str) -> alt.X:
    """A horizontal position in pixels from the left."""
    return across(field, _exact([0, WIDTH], [0, WIDTH]))


def down(field: str, height: float) -> alt.Y:
    """A vertical position in pixels from the top."""
    return alt.Y(field, type="quantitative", scale=_exact([0, height], [0, height]), axis=None)


def layer(rows: list[dict]) -> alt.Chart:
    """A layer with its own small data set."""
    return alt.Chart(alt.InlineData(values=rows))


def text(rows: list[dict], field: str, x, y, *, align="left", colour=INK, size=TEXT, **style) -> alt.Chart:
    """A layer of labels; `x` and `y` are encodings or pixels."""
    style = {"baseline": "middle", "lineHeight": LINE, **style}
    marks = layer(rows).mark_text(align=align, color=colour, fontSize=size, **style)
    return marks.encode(x=_place(alt.X, x), y=_place(alt.Y, y), text=alt.Text(field, type="nominal"))


def rule(rows: list[dict], x, y, colour=RULE, size=1, **other) -> alt.Chart:
    """A layer of lines; `x2`, `y2` as further encodings, anything else as style."""
    ends = {name: _place(channel, other.pop(name)) for name, channel in ENDS.items() if name in other}
    marks = layer(rows).mark_rule(color=colour, size=size, **other)
    return marks.encode(x=_place(alt.X, x), y=_place(alt.Y, y), **ends)


def dots(rows: list[dict], x: alt.X, y: alt.Y, fill: str, colour: str = CITY) -> alt.Chart:
    """A layer of round points: hollow (filled with paper) for an old value, full for a new one."""
    marks = layer(rows).mark_point(shape="circle", color=colour, fill=fill, size=120, strokeWidth=2.5, opacity=1)
    return marks.encode(x=x, y=y)


def panel(height: float, *layers: alt.Chart) -> dict:
    """Layers in one frame of the full width, as Vega-Lite."""
    # Not `alt.layer`: it copies all that is in the layers several times, which takes longer than all else.
    return {"layer": [_as_vega_lite(each) for each in layers], "width": WIDTH, "height": height}


def _as_vega_lite(layer: alt.Chart) -> dict:
    """A layer, its rows as they are: Altair would look at every value of each."""
    bare = layer.copy(deep=False)
    bare.data = alt.Undefined
    # The tests hold every chart against the schema; doing it at each drawing would take most of the time.
    return {**bare.to_dict(validate=False, context={"top_level": False}), "data": {"values": layer.data["values"]}}


def specification(
    panels: list[dict], description: str, parameters: tuple[dict, ...] = (), said: dict | None = None
) -> dict:
    """The panels one below the other as Vega-Lite, data inside, the same for the same content.

    `said` is for the page's script: what a reader is told who points at something. Rows with a `group` step back when a
    reader chooses another one.
    """
    layers = [each for panel in panels for each in panel["layer"]]
    grouped = [each for each in layers if any("group" in row for row in each["data"]["values"])]
    for each in grouped:
        each["encoding"]["opacity"] = {"condition": {"test": IS_CHOSEN_OR_NONE, "value": 1}, "value": FADED}
    moved = [*([{"name": CHOSEN, "value": ""}] if grouped else []), *parameters]
    more = {**({"params": moved} if moved else {}), **({"usermeta": said} if said else {})}
    whole = panels[0] if len(panels) == 1 else {"vconcat": panels}
    return {"$schema": alt.SCHEMA_URL, **whole, **more, "description": description, "config": CONFIG}


def _exact(domain: list[float], pixels: list[float]) -> alt.Scale:
    """A scale that neither rounds its ends nor, as it would for bars, leaves room beyond them."""
    return alt.Scale(domain=domain, range=pixels, nice=False, padding=0)


def _place(channel: type[alt.SchemaBase], where):
    """A position in pixels or by the field of that name, as altair's own class: finding that out takes it long."""
    if isinstance(where, int | float):
        return VALUES[channel](where)
    return channel(where) if isinstance(where, str) else where


def _ems(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return WIDE
    if character in " .,:;'’|!iIjl()":
        return NARROW
    if character in "mMwW%—":
        return WIDEST
    return UPPER if character.isupper() else OTHER
