"""Every page of the committed book in a real browser, from a folder on disk, on a desktop and on a telephone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from browser.pages import wait_until
from diaoyan.inputs import chapter_names
from diaoyan.paths import CHAPTERS

WIDTHS = {"desktop": 1280, "telephone": 360}
PAGES = [*(f"chapters/{name}" for name in chapter_names()), "search"]
# Only sends the reader on to the first chapter.
DOOR = "index"


@dataclass
class Visit:
    """An open page, what it asked for and what it complained of."""

    page: Page
    requests: list[str]
    complaints: list[str]


@pytest.fixture(
    scope="module",
    params=[(page, device) for page in PAGES for device in WIDTHS],
    ids=lambda visit: " ".join(visit),
)
def visit(request, browser, book) -> Iterator[Visit]:
    """Each page on each device in turn, with the pictures that are otherwise loaded late."""
    name, device = request.param
    context = browser.new_context(viewport={"width": WIDTHS[device], "height": 800}, offline=True)
    page, requests, complaints = context.new_page(), [], []
    page.on("request", lambda asked: requests.append(asked.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((book / f"{name}.html").as_uri())
    page.evaluate("Array.from(document.images, image => { image.loading = 'eager' })")
    wait_until(page, "Array.from(document.images).every(image => image.complete)")
    yield Visit(page, requests, complaints)
    context.close()


def html(book, name):
    """The source of a chapter's page."""
    return (book / "chapters" / f"{name}.html").read_text(encoding="utf-8")


def test_every_page_of_the_book_is_visited(book):
    pages = {path.relative_to(book).with_suffix("").as_posix() for path in book.rglob("*.html")}
    assert {page for page in pages if not page.startswith("_static/")} == {*PAGES, DOOR}


def test_a_page_asks_no_other_host_for_anything(visit):
    assert [url for url in visit.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def test_a_page_has_no_errors(visit):
    assert visit.complaints == []


def test_a_page_has_one_heading_that_names_it(visit):
    headings = visit.page.locator("h1:visible").all_inner_texts()
    assert len(headings) == 1
    assert headings[0].strip("# \n")


def test_a_page_does_not_scroll_sideways(visit):
    width, seen = visit.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= seen


def test_every_picture_is_loaded_and_has_words_for_those_who_do_not_see_it(visit):
    pictures = visit.page.evaluate(
        """Array.from(
            document.querySelectorAll('article img, article svg[role=img]'),
            each => each.viewBox
                ? [each.id, each.viewBox.baseVal.width, each.getAttribute('aria-label').trim()]
                : [each.src, each.naturalWidth, each.alt.trim()]
        )"""
    )
    assert [source for source, width, words in pictures if not width or not words] == []


def test_every_chart_of_the_chapters_is_a_picture(book):
    shown = sum(html(book, name).count('<figure class="') for name in chapter_names())
    drawn = sum(path.read_text("utf-8").count('"application/vnd.vegalite') for path in CHAPTERS.glob("*.ipynb"))
    assert shown == drawn > 0


@pytest.mark.parametrize("device", WIDTHS)
def test_a_figure_leads_to_its_row_on_the_data_page(book, browser, device):
    page = browser.new_page(viewport={"width": WIDTHS[device], "height": 800})
    page.goto((book / "chapters" / "achievements.html").as_uri())
    fact = page.locator("article a.fact").first
    row = fact.get_attribute("href").partition("#")[2]
    fact.click()
    page.wait_for_url(f"**/chapters/data.html#{row}")
    target = page.locator(f'[id="{row}"]')
    assert target.count() == 1
    assert target.evaluate("each => each.closest('tr') !== null")
    top = target.bounding_box()["y"]
    assert 0 <= top <= 800
    page.close()


def test_every_figure_of_the_book_has_its_row(book):
    links = r'class="fact[^"]*" href="(?:data\.html)?#([^"]+)"'
    rows = {row for name in chapter_names() for row in re.findall(links, html(book, name))}
    assert rows
    assert rows <= set(re.findall(r'\bid="([^"]+)"', html(book, "data")))


# The chart that readers can move.
MOVED = "#chart-outlook-paths"


@pytest.fixture
def outlook(browser, book) -> Iterator[Page]:
    """The page with the chart that readers can move, once it is alive."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((book / "chapters" / "outlook.html").as_uri())
    page.locator(MOVED).scroll_into_view_if_needed()
    page.wait_for_selector(f"{MOVED} .diaoyan-is-live")
    yield page
    page.close()


def said_by(page: Page) -> list[str]:
    """The answers below the chart that readers can move."""
    return page.locator("div.diaoyan-answers p").all_text_contents()


def set_to(page: Page, name: str, value: str) -> None:
    """Moves a control as its reader would."""
    page.locator(f"{MOVED} input[name='{name}']").fill(value)


def test_a_reader_moves_the_rise_and_reads_when_the_city_draws_level(outlook):
    # From 2.05 in 2023 the province rises by 0.13 a year, from 2.65 the nation by 0.092; the city has 1.78 in 2022.
    set_to(outlook, "rise", "0.2")
    # 1.78 + 0.2 y ≥ 1.92 + 0.13 y from y = 2; ≥ 2.558 + 0.092 y from y = 7.2, the eighth year.
    wait_until(outlook, "document.querySelector('.diaoyan-answers').textContent.includes('河南：按此速度，2024年持平')")
    assert "全国：按此速度，2030年持平" in said_by(outlook)


def test_a_rise_that_is_too_slow_never_draws_level(outlook):
    set_to(outlook, "rise", "0.09")
    wait_until(
        outlook, "document.querySelector('.diaoyan-answers').textContent.includes('全国：按此速度，2100年以前不能持平')"
    )
    assert "河南：按此速度，2100年以前不能持平" in said_by(outlook)


def test_a_reader_moves_the_target_year_and_holds_the_others(outlook):
    set_to(outlook, "target_year", "2026")
    outlook.locator(f"{MOVED} input[type='checkbox']").check()
    # (2.05 − 1.78) ÷ 4 = 0.0675, (2.65 − 1.78) ÷ 4 = 0.2175.
    words = "2026年持平，每年需提高：河南0.068个百分点、全国0.218个百分点"
    wait_until(outlook, f"document.querySelector('.diaoyan-answers').textContent.includes('{words}')")
    assert words in said_by(outlook)


def test_the_answers_are_told_to_those_who_cannot_see_the_chart(outlook):
    outlook.wait_for_selector("div.diaoyan-answers p")
    assert len(said_by(outlook)) == 3
    assert outlook.locator("div.diaoyan-answers").get_attribute("aria-live") == "polite"
    # Nothing in the drawing speaks English to a Chinese reader.
    for english in ("container", "visualization"):
        assert english not in outlook.locator(f"{MOVED} .diaoyan-live").inner_html()
