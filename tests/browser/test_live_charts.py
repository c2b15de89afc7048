"""Charts in a real browser: every one comes to life in its place, from a folder on disk and below a subfolder."""

from collections.abc import Iterator

import pytest

from browser.charts import BOXES, CHART, LIVE, RANKING, SHIFTS, Visit, enlivened, opened
from browser.pages import wait_until
from browser.web_server import serving
from diaoyan.inputs import chapter_names

NOT_LOADED = "互动图未能加载，此处为静态图。"
BROKEN = "window.vegaEmbed = async () => { throw new Error('no picture') };"
TOP_OF_WHAT_FOLLOWS = """
    (each) => each.closest("figure, .diaoyan-chart-files").nextElementSibling?.getBoundingClientRect().top ?? Infinity
"""


@pytest.fixture(scope="module")
def server(book) -> Iterator[str]:
    """The address of the book in a subfolder of a web server."""
    with serving(book.parent.parent) as address:
        yield f"{address}/{book.relative_to(book.parent.parent).as_posix()}"


@pytest.fixture(scope="module", params=["disk", "server"])
def address(request, book) -> str:
    """Where the book is read from."""
    return book.as_uri() if request.param == "disk" else request.getfixturevalue("server")


@pytest.mark.parametrize("name", chapter_names())
def test_every_chart_comes_to_life_where_its_drawing_was(browser, address, name):
    visit = opened(browser, address, name)
    page = visit.page
    charts = page.locator(CHART)
    enlivened(page)
    assert page.locator(LIVE).count() == charts.count() == page.locator("figure").count()
    assert page.evaluate(BOXES) == page.evaluate("boxes")
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert page.evaluate("shifts") < 0.05
    page.context.close()


def test_vega_is_loaded_only_when_a_chart_comes_near_the_screen(browser, book):
    for name in chapter_names():
        visit = opened(browser, book.as_uri(), name)
        far = visit.page.evaluate(
            f"[...document.querySelectorAll('{CHART}')].every((each) => each.getBoundingClientRect().top > 1500)"
        )
        if far:
            visit.page.wait_for_timeout(300)
            assert not any("vega" in url for url in visit.requests)
        if not visit.page.locator(CHART).count():
            assert far
            assert not any("live_charts" in url for url in visit.requests)
        visit.page.context.close()


def test_a_chart_far_down_the_page_waits_for_its_reader(browser, book):
    visit = opened(browser, book.as_uri(), "problems")
    page = visit.page
    page.set_viewport_size({"width": 1280, "height": 100})
    page.reload()
    page.wait_for_timeout(300)
    tops = page.evaluate(f"[...document.querySelectorAll('{CHART}')].map((each) => each.getBoundingClientRect().top)")
    assert all(top > 700 for top in tops[1:])
    assert page.locator(f"{RANKING} {LIVE}").count() == 0
    page.locator(RANKING).scroll_into_view_if_needed()
    page.wait_for_selector(f"{RANKING} {LIVE}")
    page.context.close()


@pytest.mark.parametrize("name", ["problems", "outlook"])
def test_without_scripts_and_on_paper_the_drawing_stands(open_page, name):
    still = open_page(name, java_script_enabled=False)
    live = enlivened(open_page(name))
    live.emulate_media(media="print", color_scheme="light")
    for page in (still, live):
        assert all(drawing.is_visible() for drawing in page.locator(f"{CHART} .diaoyan-still").all())
        assert not any(
            each.is_visible() for each in page.locator(".diaoyan-live, .diaoyan-choice, .diaoyan-controls").all()
        )
    assert not any(each.is_visible() for each in live.locator(".diaoyan-chart-files").all())


def test_when_vega_does_not_come_the_drawing_stands_and_nothing_of_ours_complains(browser, book):
    visit = Visit(browser.new_page(), "")
    visit.page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.route("**/vega.js*", lambda route: route.abort())
    visit.page.goto(f"{book.as_uri()}/chapters/problems.html")
    visit.page.locator(RANKING).scroll_into_view_if_needed()
    visit.page.wait_for_selector(f"{RANKING} .diaoyan-failed")
    assert visit.page.locator(f"{RANKING} .diaoyan-still").is_visible()
    assert visit.page.locator(".diaoyan-not-loaded").all_text_contents() == [NOT_LOADED] * 2
    # The browser itself says what it did not get.
    assert [said for said in visit.complaints if "Failed to load resource" not in said] == []
    visit.page.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "script",
    [None, "", BROKEN],
    ids=["lost", "empty", "broken"],
)
def test_a_chart_that_does_not_come_to_life_says_so_beside_its_drawing_and_moves_nothing(browser, book, width, script):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    answer = (lambda route: route.abort()) if script is None else (lambda route: route.fulfill(body=script))
    page.route("**/vega.js*", answer)
    page.goto(f"{book.as_uri()}/chapters/outlook.html")
    for chart in page.locator(CHART).all():
        chart.scroll_into_view_if_needed()
        wait_until(page, "(each) => each.matches('.diaoyan-failed')", arg=chart.element_handle())
        assert chart.locator(".diaoyan-still").is_visible()
        assert chart.locator(".diaoyan-live").count() == 0
    words = page.locator(".diaoyan-not-loaded")
    assert words.all_text_contents() == [NOT_LOADED] * page.locator(CHART).count()
    for each in words.all():
        assert each.is_visible()
        # One line of 13 pixels' type, and inside the screen.
        box = each.bounding_box()
        assert box["height"] < 26
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        below = each.evaluate(TOP_OF_WHAT_FOLLOWS)
        assert box["y"] + box["height"] <= below + 0.5
    assert page.evaluate("shifts") < 0.05
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert not any(each.is_visible() for each in words.all())
    page.close()


def test_live_charts_need_no_eval(browser, book):
    page = browser.new_page()
    # As a strict policy would: no text is run as code.
    page.add_init_script("window.eval = window.Function = () => { throw new Error('eval') };")
    page.goto(f"{book.as_uri()}/chapters/outlook.html")
    enlivened(page)
    page.close()
