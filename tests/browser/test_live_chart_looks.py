"""Live charts: colours strong enough, words large enough, on a telephone too."""

import pytest

from browser.charts import SHIFTS, enlivened

# What a mark or a word is drawn in, and on what.
DRAWN_IN = """
    (part) => ["fill", "stroke"]
      .map((kind) => [kind, part.getAttribute(kind), getComputedStyle(part)[kind]])
      .filter(([, attribute]) => attribute?.startsWith("#"))
"""
SMALLEST = """
    Math.min(...Array.from(document.querySelectorAll(".diaoyan-live text"), (text) =>
      parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", [".diaoyan-still", ".diaoyan-live svg"])
def test_a_drawing_and_its_live_chart_have_the_same_strong_colours(open_page, scheme, part):
    page = enlivened(open_page("outlook", color_scheme=scheme))
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", scheme)
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    checked = set()
    for shown in page.locator(f"{part} :is(text, path, line)").evaluate_all(f"(parts) => parts.map({DRAWN_IN})"):
        for kind, attribute, colour in shown:
            if attribute not in ("#FFFFFF", "#DFE2E5"):
                assert contrast(colour, paper) >= (4.5 if kind == "fill" and attribute != "#8A9299" else 3), attribute
                checked.add(attribute)
    assert {"#C04A00", "#0072B2", "#8A9299", "#1F2328", "#59606A"} <= checked


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as a browser computes them, rgb(1, 2, 3)."""
    lights = []
    for colour in (one, other):
        parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * r + 0.7152 * g + 0.0722 * b)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("name", ["summary", "outlook", "problems"])
def test_on_a_telephone_words_are_large_enough_and_nothing_scrolls_sideways(browser, book, name):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.add_init_script(SHIFTS)
    page.goto(f"{book.as_uri()}/chapters/{name}.html")
    enlivened(page)
    assert page.evaluate(SMALLEST) >= 11
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("shifts") < 0.05
    for note in ("ArrowRight", "End"):
        page.locator(".diaoyan-frame").first.focus()
        page.keyboard.press(note)
        box = page.locator(".diaoyan-note").first.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.close()
