"""Charts are drawn the same each time, with real text, and fetch nothing."""

import re
import struct
from io import BytesIO

import pytest
from pypdf import PdfReader

from diaoyan import drawing
from diaoyan.drawing import MissingFont, is_installed, painted, printed
from diaoyan.figures import draw, picture, write_svg

FONT = "Noto Sans CJK SC"


def bar_chart(font=FONT, width=200):
    """Two bars, clipped, so that the drawing has an id in it."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": {"font": font},
        "width": width,
        "data": {"values": [{"year": "2018年", "count": 87}, {"year": "2022年", "count": 303}]},
        "mark": {"type": "bar", "clip": True},
        "encoding": {
            "x": {"field": "year", "type": "nominal"},
            "y": {"field": "count", "type": "quantitative"},
        },
    }


def test_a_chart_is_the_same_bytes_whatever_was_drawn_before_it(new_stock):
    new_stock()
    first = draw(bar_chart(), "a")
    draw(bar_chart(width=300), "b")
    new_stock()
    assert draw(bar_chart(), "a") == first
    assert re.findall(r'\bid="([^"]*)"', first) == ["a-1"]
    assert "url(#a-1)" in first


def test_the_words_of_a_chart_are_text():
    assert re.search(r"<text[^>]*>2022年</text>", draw(bar_chart(), "a"))


def test_a_missing_font_is_an_error():
    assert is_installed(FONT)
    with pytest.raises(MissingFont, match="No such font"):
        draw(bar_chart(font=f"No such font, {FONT}, sans-serif"), "a")


def test_a_file_is_written_once_for_each_content(tmp_path):
    path = write_svg(bar_chart(), "chart-x", tmp_path)
    written = path.stat().st_mtime_ns
    assert write_svg(bar_chart(), "chart-x", tmp_path) == path
    assert path.stat().st_mtime_ns == written
    assert write_svg(bar_chart(width=300), "chart-x", tmp_path) != path
    assert len(list(tmp_path.iterdir())) == 2


def test_a_chart_fetches_no_data():
    with pytest.raises(ValueError, match="not allowed"):
        draw({**bar_chart(), "data": {"url": "https://example.org/a.csv"}}, "a")


def test_a_picture_is_that_of_the_drawing_with_its_words_as_sharp_as_asked_for(new_stock):
    new_stock()
    svg = drawing.drawn(bar_chart())
    for scale in (1, 2):
        assert painted(svg, scale) == painted(svg, scale) != painted(svg.replace("2022年", "2023年"), scale)
        assert painted(svg, scale) != painted(svg.replace(FONT, "No such font"), scale)
    assert picture(bar_chart()) == painted(svg, 1)


@pytest.mark.parametrize(("scale", "pixels"), [(1, (200, 101)), (2, (401, 201))])
def test_a_picture_has_the_size_of_its_drawing_in_whole_pixels(new_stock, scale, pixels):
    new_stock()
    found = painted('<svg xmlns="http://www.w3.org/2000/svg" width="200.4" height="100.6"/>', scale)
    # The first of its parts tells the size.
    assert struct.unpack(">II", found[16:24]) == pixels


def test_a_picture_is_painted_anew_when_the_page_it_is_painted_on_is_another(new_stock, monkeypatch):
    new_stock()
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    before = painted(drawn, 1)
    monkeypatch.setattr(drawing, "PAGE", drawing.PAGE.replace(b"fill: none", b"fill: red"))
    drawing._compiler.cache_clear()
    assert painted(drawn, 1) != before


def test_what_is_not_painted_over_is_seen_through(new_stock):
    new_stock()
    page = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}<circle r="3"/></svg>'
    assert painted(page.format(""), 1) != painted(page.format('<rect width="9" height="9" fill="white"/>'), 1)


def test_a_drawing_for_print_is_the_same_bytes_each_time_with_its_words_as_text():
    svg = drawing.drawn(bar_chart())
    assert printed(svg) == printed(svg)
    assert "2022年" in PdfReader(BytesIO(printed(svg))).pages[0].extract_text()


def test_a_chart_is_drawn_once_for_each_specification_and_font(new_stock, monkeypatch):
    new_stock()
    drawn = []

    def draw_anew(spec):
        drawn.append(spec["width"])
        return f"<svg>{len(drawn)}</svg>".encode()

    monkeypatch.setattr(drawing, "_drawn_anew", draw_anew)
    assert draw(bar_chart(), "a") == draw(bar_chart(), "b") == "<svg>1</svg>"
    assert draw(bar_chart(width=300), "a") == "<svg>2</svg>"
    sample = drawing._sample
    monkeypatch.setattr(drawing, "_sample", lambda font: f"{sample(font)} of another version")
    assert draw(bar_chart(), "a") == "<svg>3</svg>"
    assert drawn == [200, 300, 200]


def test_a_missing_font_is_an_error_whatever_was_drawn_before(new_stock, monkeypatch):
    new_stock()
    draw(bar_chart(), "a")
    monkeypatch.setattr(drawing, "_sample", lambda font: "the one font there is")
    with pytest.raises(MissingFont, match=FONT):
        draw(bar_chart(), "a")
