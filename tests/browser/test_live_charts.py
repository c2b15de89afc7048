"""Charts in a real browser: every one comes to life in its place, from a folder on disk and below a subfolder."""

import csv
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from diaoyan.inputs import chapter_names

CHART = ".diaoyan-drawing"
LIVE = ".diaoyan-is-live"
RANKING = "#chart-problems-intensity-ranking"
PROVINCES = "#chart-outlook-provinces"
MULTIPLES = "#chart-outlook-multiples"
NOT_LOADED = "互动图未能加载，此处为静态图。"
BOXES = """
    Array.from(document.querySelectorAll(".diaoyan-frame"), (frame) => {
      const { left, top, width, height } = frame.getBoundingClientRect();
      return [left, top + window.scrollY, width, height].map(Math.round);
    })
"""
SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) {
        window.shifts += shift.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
"""
# What a mark or a word is drawn in, and on what.
DRAWN_IN = """
    (part) => ["fill", "stroke"]
      .map((kind) => [kind, part.getAttribute(kind), getComputedStyle(part)[kind]])
      .filter(([, attribute]) => attribute?.startsWith("#"))
"""
BROKEN = "window.vegaEmbed = async () => { throw new Error('no picture') };"
TOP_OF_WHAT_FOLLOWS = """
    (each) => each.closest("figure, .diaoyan-chart-files").nextElementSibling?.getBoundingClientRect().top ?? Infinity
"""
SMALLEST = """
    Math.min(...Array.from(document.querySelectorAll(".diaoyan-live text"), (text) =>
      parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))
"""


class Quiet(SimpleHTTPRequestHandler):
    """A server that does not tell what it is asked for."""

    def log_message(self, *arguments) -> None:
        """Says nothing."""


@dataclass
class Visit:
    """An open page, what it asked for and what it complained of."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def server(book) -> Iterator[str]:
    """The address of the book in a subfolder of a web server."""
    handler = partial(Quiet, directory=book.parent.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}/{book.relative_to(book.parent.parent).as_posix()}"
        served.shutdown()


@pytest.fixture(scope="module", params=["disk", "server"])
def address(request, book) -> str:
    """Where the book is read from."""
    return book.as_uri() if request.param == "disk" else request.getfixturevalue("server")


def opened(browser: Browser, address: str, name: str, **options) -> Visit:
    """A chapter's page in a browser of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
    visit = Visit(context.new_page(), address)
    visit.page.on("request", lambda asked: visit.requests.append(asked.url))
    visit.page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.add_init_script(SHIFTS)
    visit.page.add_init_script(f"document.addEventListener('DOMContentLoaded', () => {{ window.boxes = {BOXES}; }})")
    visit.page.goto(f"{address}/chapters/{name}.html")
    return visit


def enlivened(page: Page) -> Page:
    """The page once its reader has come past every chart."""
    for chart in page.locator(CHART).all():
        chart.scroll_into_view_if_needed()
        chart.locator(".diaoyan-live svg").wait_for()
    return page


@pytest.fixture
def open_page(browser, book):
    """Opens a chapter from disk; closes it in the end."""
    visits = []

    def open_one(name, **options) -> Page:
        visits.append(opened(browser, book.as_uri(), name, **options))
        return visits[-1].page

    yield open_one
    for visit in visits:
        visit.page.context.close()


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


def test_a_reader_points_at_a_figure_and_reads_its_value_unit_year_and_source(open_page):
    page = enlivened(open_page("problems"))
    frame = page.locator("#chart-problems-intensity .diaoyan-frame")
    frame.scroll_into_view_if_needed()
    # Henan's is the bar in the middle.
    box = frame.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    note = frame.locator(".diaoyan-note")
    assert note.locator("p").all_text_contents() == [
        "河南 · 全社会研发经费投入强度",
        "1.86%（2022年）",
        "来源：《2022年全国科技经费投入统计公报》",
    ]
    page.mouse.move(5, 5)
    assert not note.is_visible()


def opacities(page: Page, chart: str, words: str) -> set[str]:
    """How strongly the words of a chart's marks are drawn."""
    return {each.get_attribute("opacity") for each in page.locator(f"{chart} .diaoyan-live text", has_text=words).all()}


def test_pointing_at_a_province_lets_the_others_step_back(open_page):
    page = enlivened(open_page("problems"))
    page.locator(f"{RANKING} .diaoyan-live text", has_text="北京").hover()
    page.wait_for_function(
        f"[...document.querySelectorAll('{RANKING} .diaoyan-live text[opacity=\"0.2\"]')].some("
        "(each) => each.textContent === '西藏')"
    )
    assert opacities(page, RANKING, "北京") == {"1"}
    page.mouse.move(5, 5)
    page.wait_for_function(f"!document.querySelector('{RANKING} .diaoyan-live text[opacity=\"0.2\"]')")


def test_a_province_chosen_from_the_list_stands_out_until_another_is(open_page):
    page = enlivened(open_page("outlook"))
    page.locator(f"{PROVINCES} select").select_option("上海")
    strong = f"{PROVINCES} .diaoyan-live path[stroke='#1F2328'][opacity='1']"
    page.wait_for_selector(strong)
    assert page.locator(strong).count() == 1
    # 4.44 is of 2022; the newest of the chart is of 2023.
    note = page.locator(f"{PROVINCES} .diaoyan-note p").all_text_contents()
    assert note[:2] == ["上海 · 全社会研发经费投入强度", "4.34%（2023年）"]
    assert opacities(page, PROVINCES, "北京") == {"0.2"}
    page.locator(f"{PROVINCES} select").select_option("全部")
    page.wait_for_function(f"!document.querySelector({strong!r})")
    assert opacities(page, PROVINCES, "北京") == {"1"}


def test_a_click_makes_a_choice_stay_and_escape_ends_it(open_page):
    page = enlivened(open_page("problems"))
    page.locator(f"{RANKING} .diaoyan-live text", has_text="北京").click()
    page.mouse.move(5, 5)
    assert page.locator(f"{RANKING} select").input_value() == "beijing"
    page.wait_for_selector(f"{RANKING} .diaoyan-live text[opacity='0.2']")
    page.keyboard.press("Escape")
    page.wait_for_function(f"!document.querySelector('{RANKING} .diaoyan-live text[opacity=\"0.2\"]')")
    assert page.locator(f"{RANKING} select").input_value() == ""


def test_the_arrow_keys_go_from_figure_to_figure_and_say_each(open_page):
    page = enlivened(open_page("outlook"))
    frame = page.locator("#chart-outlook-intensity-over-time .diaoyan-frame")
    frame.focus()
    said = []
    # China in 2011 and 2012, Henan in 2012, and the last of all: the city's only year.
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "End"):
        page.keyboard.press(key)
        said.append(frame.locator("[role=status]").text_content().split(" · ")[:3:2])
    assert said == [
        ["全国", "1.84%（2011年）"],
        ["全国", "1.98%（2012年）"],
        ["河南", "1.05%（2012年）"],
        ["安阳", "1.78%（2022年）"],
    ]
    assert frame.locator(".diaoyan-note").is_visible()
    page.keyboard.press("Escape")
    assert not frame.locator(".diaoyan-note").is_visible()


def test_each_multiple_says_both_of_its_figures(open_page):
    page = enlivened(open_page("outlook"))
    frame = page.locator(f"{MULTIPLES} .diaoyan-frame")
    frame.focus()
    page.keyboard.press("ArrowRight")
    assert frame.locator(".diaoyan-note p").all_text_contents()[1:4] == [
        "2000万元（2018年）",
        "2亿元（2022年）",
        "10倍",
    ]


@pytest.mark.parametrize("name", chapter_names())
def test_each_chart_offers_its_table_and_files_that_hold_the_same_figures(open_page, book, name):
    page = open_page(name, java_script_enabled=False)
    assert page.locator(".diaoyan-chart-files").count() == page.locator(CHART).count()
    for tools in page.locator(".diaoyan-chart-files").all():
        assert not tools.locator("table").is_visible()
        tools.locator("summary").click()
        assert tools.locator("table").is_visible()
        shown = [row.locator("th, td").all_text_contents() for row in tools.locator("tr").all()]
        files = {
            link.text_content(): (book / "chapters" / link.get_attribute("href")).resolve()
            for link in tools.locator("a").all()
        }
        assert list(files) == ["CSV", "SVG", "PNG"]
        content = files["CSV"].read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert list(csv.reader(content.decode("utf-8-sig").splitlines())) == shown
        assert len(shown) > 1
        assert files["SVG"].read_text(encoding="utf-8").startswith("<svg")
        # Twice as many pixels as the drawing is wide.
        assert int.from_bytes(files["PNG"].read_bytes()[16:20], "big") == 880


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
    [None, "", "window.vegaEmbed = async () => { throw new Error('no picture') };"],
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
        page.wait_for_function("(each) => each.matches('.diaoyan-failed')", arg=chart.element_handle())
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


def test_a_tap_shows_what_a_mark_says(browser, book):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{book.as_uri()}/chapters/problems.html")
    enlivened(page)
    page.locator(f"{RANKING} .diaoyan-live text", has_text="北京").tap()
    note = page.locator(f"{RANKING} .diaoyan-note")
    assert note.locator("p").nth(1).text_content() == "6.83%（2022年）"
    assert note.is_visible()
    context.close()
