"""The pages that compare editions in a real browser: axe-core finds nothing, and a telephone shows them whole."""

import pytest

from browser.test_accessibility import page, violations  # noqa: F401
from diaoyan.catalogue import languages, load_catalogue
from diaoyan.comparison_pages import write_comparison
from diaoyan.edition import Edition
from diaoyan.paths import DATA

PAIRS = [("zhengzhou-2022", "zhengzhou-2025"), ("anyang-2023", "zhengzhou-2022")]


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A folder with the pages of each pair."""
    folder = tmp_path_factory.mktemp("compare")
    catalogues = [load_catalogue(DATA, language) for language in languages(DATA)]
    for number, pair in enumerate(PAIRS):
        write_comparison(*map(Edition.load, pair), catalogues, folder / str(number))
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("number", range(len(PAIRS)))
def test_a_comparison_serves_those_who_read_otherwise(page, compared, number, language):  # noqa: F811
    page.goto((compared / str(number) / f"{language}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []


@pytest.mark.parametrize("number", range(len(PAIRS)))
def test_a_telephone_shows_what_is_said_of_two_figures_without_scrolling(page, compared, number):  # noqa: F811
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto((compared / str(number) / "zh.html").as_uri())
    cells = page.locator("section table tbody td")
    assert cells.count() > 0
    for cell in cells.all():
        box = cell.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    # Each figure says whose it is, for the heads of the columns are no longer above it.
    heads = page.locator("section table thead th").all_text_contents()
    assert cells.nth(0).get_attribute("data-head") == heads[1]
    assert heads[1] in page.evaluate(
        "getComputedStyle(document.querySelector('section table tbody td'), '::before').content"
    )
