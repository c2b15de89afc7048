"""The colours of charts: told apart by colour-blind readers, strong enough on their paper, light or dark."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
import vl_convert

import diaoyan
from diaoyan import chart_theme
from diaoyan.chart_theme import CITY, HAIRLINE, INK, MUTED, PAPER, PEER, PROVINCE, RULE
from diaoyan.charts import draw
from diaoyan.claims import audit
from diaoyan.wording import Wording

STYLES = (Path(diaoyan.__file__).parent / "static" / "charts.css").read_text(encoding="utf-8")
COLOURS = {name: value for name, value in vars(chart_theme).items() if re.fullmatch(r"#[0-9A-F]{6}", str(value))}
# The theme's own background in the dark.
DARK_PAPER = "#121212"
# What a reader of each kind sees of linear red, green and blue (Machado, Oliveira and Fernandes 2009, severity 1).
SEEN_BY = {
    "everyone": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanope": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranope": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanope": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# CIELAB distance; 2.3 is just noticeable, 20 is told apart at a glance.
CLEARLY_APART = 20


def linear(colour):
    """Red, green and blue from 0 to 1, as light adds up."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    """The contrast of two colours as WCAG has it, from 1 to 21."""
    light, dark = sorted((0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(linear, (one, other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour, matrix):
    """The colour in CIELAB as a reader of this kind sees it."""
    seen = [min(1, max(0, sum(map(float.__mul__, map(float, row), linear(colour))))) for row in matrix]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (sum(a * b for a, b in zip(row, seen, strict=True)) / top for row, top in zip(to_xyz, white, strict=True))
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def in_the_dark(colour):
    """What the style sheet makes of a colour on a dark page."""
    rule = rf'''\[data-theme="dark"\] [^{{]*"{colour}"\]\)? {{\s*(?:fill|--diaoyan-ink): ([^;]+);'''
    found = re.findall(rule, STYLES)
    assert len(found) == 1, f"{colour} has {found} in the dark"
    return found[0]


SCHEMES = {"light": (lambda colour: colour, PAPER), "dark": (in_the_dark, DARK_PAPER)}


@pytest.fixture(params=SCHEMES)
def scheme(request):
    """How a colour is shown, and on which paper."""
    return SCHEMES[request.param]


def test_black_on_white_has_the_known_contrast():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_every_colour_of_the_charts_has_another_in_the_dark():
    assert COLOURS.keys() == {"CITY", "PROVINCE", "PEER", "INK", "MUTED", "RULE", "HAIRLINE", "PAPER"}
    shown = {colour: in_the_dark(colour) for colour in COLOURS.values()}
    assert all(dark != light for light, dark in shown.items())


def test_every_visible_mark_has_one_ink_of_the_theme_and_at_most_paper_besides(with_returns, zh):
    wording = Wording.about(with_returns, zh)
    audited = audit(with_returns.tables, with_returns.facts, with_returns.units)
    inks = set(COLOURS.values()) - {PAPER}
    for row in with_returns.tables["charts"]:
        drawing = vl_convert.vegalite_to_svg(draw(row, with_returns, wording, audited, later=True).spec)
        for part in ElementTree.fromstring(drawing).iter():
            used = {part.get(kind) for kind in ("fill", "stroke")} - {None, "none", "transparent", "white", PAPER}
            if part.get("opacity") != "0":
                assert len(used) <= 1 and used <= inks, (row["chart"], part.attrib)


@pytest.mark.parametrize("colour", [CITY, PROVINCE, INK, MUTED])
def test_words_are_strong_enough_to_be_read(scheme, colour):
    shown, paper = scheme
    assert contrast(shown(colour), paper) >= 4.5


@pytest.mark.parametrize("colour", [PEER, RULE])
def test_marks_are_strong_enough_to_be_seen(scheme, colour):
    shown, paper = scheme
    assert contrast(shown(colour), paper) >= 3


def test_gridlines_stay_behind_what_they_measure(scheme):
    shown, paper = scheme
    assert contrast(shown(HAIRLINE), paper) < contrast(shown(PEER), paper) / 1.5


@pytest.mark.parametrize("reader", SEEN_BY)
def test_city_province_and_the_others_are_told_apart_by_every_reader(scheme, reader):
    shown, _ = scheme
    seen = [lab(shown(colour), SEEN_BY[reader]) for colour in (CITY, PROVINCE, PEER)]
    distances = [sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5 for pair in combinations(seen, 2)]
    assert min(distances) >= CLEARLY_APART
