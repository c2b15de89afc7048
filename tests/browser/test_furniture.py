"""What stands around the text, in a real browser: language, colours, menus, weight, print; in both languages."""

import gzip
import re
import shlex
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page

from diaoyan.catalogue import load_catalogue
from diaoyan.inputs import chapter_names
from diaoyan.paths import DATA, ROOT

LANGUAGES = ("zh", "en")
PAGES = [*(f"chapters/{name}" for name in chapter_names()), "search"]
MOST_BYTES_OF_FIRST_PAGE = 300_000
# Of the script that makes charts live, which is loaded apart from the page.
CHART_BUNDLE = "vega"
# Every text node and every attribute that is read out or shown, outside code and outside what is marked as being in
# another language; `where` selects what to look into.
WORDS = """where => {
  const said = [];
  const skip = node => node.closest("code, pre, script, style, noscript, title")
    || node.closest("[lang]") !== document.documentElement;
  for (const root of document.querySelectorAll(where)) {
    for (const element of [root, ...root.querySelectorAll("*")]) {
      if (skip(element)) continue;
      for (const name of ["title", "aria-label", "alt", "placeholder", "aria-roledescription", "data-label"]) {
        if (element.hasAttribute(name)) said.push(element.getAttribute(name));
      }
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && node.textContent.trim()) said.push(node.textContent.trim());
      }
    }
  }
  return said;
}"""
FURNITURE = "header.topbar, nav, aside.diaoyan-rerun, .search-page, footer.colophon, a.headerlink, .skip-link"
# What Sphinx, the theme and Vega say in English.
ENGLISH_FURNITURE = re.compile(
    r"\b(search|contents|next|previous|toggle|sidebar|permalink|link to|skip|back to|show|hide|index|navigation|site"
    r"|print|download|copy|copied|dark|light|mode|system|fig\.?|figure|table \d|source:|last updated|by|page|menu"
    r"|close|error|results?|please|visuali[sz]ation)\b",
    re.IGNORECASE,
)
# Names that are no words of English: of files and of programs.
NAMES = re.compile(r"ipynb|JavaScript|R&D|anyang-\d{4}")


@pytest.fixture(params=[(language, page) for language in LANGUAGES for page in PAGES], ids=lambda each: "/".join(each))
def place(request):
    """Each page of each language."""
    return request.param


@pytest.fixture
def desktop(browser):
    """A page of a desktop's width."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def reader(browser):
    """A page of a desktop's width for tests that only read, one for all: a new one takes longer than what it shows."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def phone(browser):
    """A page of a phone's width for tests that only read, one for all."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def said_on(page: Page, where: str) -> list[str]:
    """Everything a page says within some elements, seen or read out."""
    return page.evaluate(WORDS, where)


def opened(page: Page, address: str, until: str = "load") -> Page:
    """The page at an address, loaded."""
    page.goto(address, wait_until=until)
    return page


def test_every_page_works_below_a_folder_of_a_server_without_errors_or_outside_requests(desktop, server, place):
    asked, complaints = [], []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    desktop.on("pageerror", lambda error: complaints.append(str(error)))
    desktop.on("response", lambda got: complaints.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    opened(desktop, f"{server}/{'/'.join(place)}.html", until="networkidle")
    assert len(asked) > 3
    assert [url for url in asked if not url.startswith((f"{server}/", "data:", "blob:"))] == []
    assert complaints == []


def test_a_page_speaks_one_language(reader, books, place):
    language, page = place
    opened(reader, (books / "anyang-2023" / language / f"{page}.html").as_uri())
    furniture = said_on(reader, FURNITURE)
    assert len(furniture) > 20
    if language == "zh":
        latin = [words for words in furniture if re.search("[A-Za-z]{2}", NAMES.sub("", words))]
        assert latin == []
        # But for addresses, and for ids, of which the data page has many.
        everything = [words for words in said_on(reader, "body") if not re.search(r"://|[a-z]+[_-][a-z]", words)]
        assert [words for words in everything if ENGLISH_FURNITURE.search(words)] == []
    else:
        assert [words for words in furniture if re.search("[\u3400-\u9fff]", words)] == []
    assert reader.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[language]


def test_every_link_of_the_furniture_leads_to_a_file_of_the_site(books, place):
    language, page = place
    file = books / "anyang-2023" / language / f"{page}.html"
    html = file.read_text(encoding="utf-8")
    links = re.findall(r'(?:href|src|action)="([^"#?]+)[^"]*"', html)
    assert len(links) > 10
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (file.parent / link).exists()] == []


def test_no_script_stands_in_a_page_and_no_attribute_runs_one(books, place):
    language, page = place
    html = (books / "anyang-2023" / language / f"{page}.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script([^>]*)>", html)
    assert [attributes for attributes in scripts if "src=" not in attributes and "json" not in attributes] == []
    assert not re.search(r"<[^>]+\son[a-z]+=", html)


def test_the_switch_leads_to_the_section_being_read(desktop, server):
    # A page without charts: none that comes alive moves what is being read.
    opened(desktop, f"{server}/zh/chapters/data.html#data-claims")
    desktop.locator(".topbar-language").click()
    desktop.wait_for_url("**/en/chapters/data.html#data-claims")
    section = desktop.locator("#data-claims h2")
    assert 0 <= section.bounding_box()["y"] <= 160
    # Scrolled on by hand: not where the address says but where the reader is.
    desktop.evaluate("document.getElementById('data-policies').scrollIntoView({behavior: 'instant'})")
    desktop.wait_for_function("document.querySelector('.topbar-language').hash === '#data-policies'")
    address = desktop.locator(".topbar-language").evaluate("link => link.href")
    assert address == f"{server}/zh/chapters/data.html#data-policies"


def test_the_switch_keeps_the_row_a_link_has_led_to(desktop, server):
    row = "obs-high-tech-enterprises-anyang-2022"
    opened(desktop, f"{server}/en/chapters/data.html#{row}")
    desktop.wait_for_function("document.querySelector('.topbar-language').hash")
    desktop.locator(".topbar-language").click()
    desktop.wait_for_url(f"**/zh/chapters/data.html#{row}")


def test_without_scripts_the_switch_leads_to_the_same_page_and_menus_open(browser, server):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{server}/zh/chapters/problems.html")
    assert not page.locator("#chapters").is_visible()
    page.locator(".topbar-chapters").click()
    assert page.locator("#chapters").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#chapters").is_visible()
    page.locator(".topbar-language").click()
    page.wait_for_url("**/en/chapters/problems.html")
    assert not page.locator(".topbar-colour").is_visible()
    context.close()


def test_pages_name_their_other_language_to_machines(books, place):
    language, page = place
    html = (books / "anyang-2023" / language / f"{page}.html").read_text(encoding="utf-8")
    up = "../" * (page.count("/") + 1)
    for code in ("zh-CN", "en"):
        assert f'<link rel="alternate" hreflang="{code}" href="' in html
    other = {"zh": "en", "en": "zh"}[language]
    assert f'href="{up}{other}/{page}.html"' in html


def test_a_book_that_stands_alone_offers_no_other_language(book):
    html = (book / "chapters" / "summary.html").read_text(encoding="utf-8")
    assert "hreflang" not in html
    assert "topbar-language" not in html
    assert "全部报告" not in html


def test_the_first_page_is_light(desktop, server):
    weights = {}

    def weigh(response):
        weights[response.url] = len(gzip.compress(response.body()))

    desktop.on("response", weigh)
    opened(desktop, f"{server}/zh/chapters/summary.html", until="networkidle")
    page = {url: weight for url, weight in weights.items() if CHART_BUNDLE not in url}
    assert len(page) > 5
    assert sum(page.values()) < MOST_BYTES_OF_FIRST_PAGE, page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_from_the_first_moment(browser, server, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.add_init_script(
        "new MutationObserver(() => {"
        " if (document.body && !window.first) window.first = document.documentElement.dataset.theme"
        "}).observe(document, {childList: true, subtree: true})"
    )
    opened(page, f"{server}/zh/chapters/summary.html")
    assert page.evaluate("window.first") == scheme
    other = {"light": "dark", "dark": "light"}[scheme]
    page.emulate_media(color_scheme=other)
    page.wait_for_function(f"document.documentElement.dataset.theme === '{other}'")
    context.close()


def test_a_chosen_colour_stays_on_other_pages_and_may_be_given_up_again(browser, server):
    context = browser.new_context(color_scheme="light")
    page = opened(context.new_page(), f"{server}/zh/chapters/summary.html")
    button = page.locator(".topbar-colour")
    assert button.get_attribute("aria-label") == "显示模式：跟随系统"
    button.click()
    button.click()
    assert button.get_attribute("aria-label") == "显示模式：深色"
    opened(page, f"{server}/en/chapters/problems.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".topbar-colour").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    context.close()


def test_the_first_stop_of_the_keyboard_leads_past_the_menus(desktop, server):
    opened(desktop, f"{server}/zh/chapters/problems.html")
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.textContent") == "跳到正文"
    assert desktop.locator(".skip-link").bounding_box()["y"] >= 0
    assert desktop.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "main-content"


def test_no_page_scrolls_sideways_on_a_phone(phone, server, place):
    page = opened(phone, f"{server}/{'/'.join(place)}.html")
    # `clip` would hide what is too wide instead of showing it.
    page.add_style_tag(content="html, body { overflow-x: visible !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_paper_there_is_the_text_and_no_furniture(desktop, server):
    opened(desktop, f"{server}/zh/chapters/achievements.html")
    desktop.emulate_media(media="print")
    for hidden in (".topbar", "#chapters", "#contents", ".neighbours", ".diaoyan-rerun", "a.headerlink >> nth=0"):
        assert not desktop.locator(hidden).is_visible(), hidden
    assert desktop.locator("article figure").first.is_visible()
    assert desktop.evaluate("getComputedStyle(document.querySelector('article figure')).breakInside") == "avoid"
    after = "Array.from(document.querySelectorAll('article a'), a => getComputedStyle(a, '::after').content)"
    assert set(desktop.evaluate(after)) <= {"none", "normal"}
    assert "2023年10月26日" in desktop.locator("footer.colophon").inner_text()


def test_a_dark_page_is_printed_on_white_and_dark_again_after(browser, server):
    context = browser.new_context(color_scheme="dark")
    page = opened(context.new_page(), f"{server}/zh/chapters/problems.html")
    printed = (
        "window.addEventListener('beforeprint', () => { window.printed = document.documentElement.dataset.theme })"
    )
    page.evaluate(printed)
    page.pdf()
    assert page.evaluate("window.printed") == "light"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()


def test_chapters_lead_to_their_neighbours_in_reading_order(desktop, server):
    names = chapter_names()
    opened(desktop, f"{server}/en/chapters/{names[0]}.html")
    assert desktop.locator(".neighbours-previous").count() == 0
    for name in names[1:]:
        desktop.locator(".neighbours-next").click()
        desktop.wait_for_url(f"**/en/chapters/{name}.html")
    assert desktop.locator(".neighbours-next").count() == 0
    desktop.locator(".neighbours-previous").click()
    desktop.wait_for_url(f"**/en/chapters/{names[-2]}.html")


def test_every_page_says_of_which_edition_and_day_it_is(books, place):
    language, page = place
    html = (books / "anyang-2023" / language / f"{page}.html").read_text(encoding="utf-8")
    foot = html[html.index('<footer class="colophon">') :]
    assert '<time datetime="2023-10-26">' in foot
    assert {"zh": "2023年10月26日", "en": "26 October 2023"}[language] in foot
    # The newest source that the edition's figures come from.
    assert '<time datetime="2025-09-29">' in foot
    assert {"zh": "2025年9月29日", "en": "29 September 2025"}[language] in foot
    assert "anyang-2023" in foot
    assert load_catalogue(DATA, language)("site.not_official") in foot


def test_every_link_within_a_page_has_its_anchor(books, place):
    language, page = place
    html = (books / "anyang-2023" / language / f"{page}.html").read_text(encoding="utf-8")
    anchors = set(re.findall(r'\bid="([^"]+)"', html))
    links = set(re.findall(r'href="#([^"]+)"', html))
    assert links - anchors == set()


def test_anchors_are_those_of_the_texts_in_both_languages(books):
    for name in chapter_names():
        found = []
        for language in LANGUAGES:
            html = (books / "anyang-2023" / language / "chapters" / f"{name}.html").read_text(encoding="utf-8")
            found.append(re.findall(r'<section id="([^"]+)"', html))
        assert found[0] == found[1]
        assert all(anchor == name or anchor.startswith(f"{name}-") for anchor in found[0])
    assert "achievements-platforms" in (books / "anyang-2023/zh/chapters/achievements.html").read_text("utf-8")


def test_the_command_on_a_page_makes_its_chapter_again(desktop, server, tmp_path):
    opened(desktop, f"{server}/en/chapters/recommendations.html")
    line = desktop.locator(".diaoyan-command code").inner_text()
    assert line == "papermill chapters/recommendations.ipynb out.ipynb -p edition anyang-2023 -p lang en"
    program, source, target, *rest = shlex.split(line)
    made = tmp_path / target
    command = [sys.executable, "-m", program, source, str(made), *rest]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    outputs = [output for cell in nbformat.read(made, as_version=4).cells for output in cell.get("outputs", [])]
    words = "".join(output.get("data", {}).get("text/markdown", "") for output in outputs)
    assert words.startswith("# Recommendations")


def test_a_command_is_copied_and_the_code_unfolds(browser, server):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = opened(context.new_page(), f"{server}/zh/chapters/problems.html")
    page.locator(".diaoyan-command button").click()
    page.wait_for_function("document.querySelector('.diaoyan-command button').textContent === '已复制'")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".diaoyan-command code").inner_text()
    code = page.locator("details.diaoyan-code pre").first
    assert not code.is_visible()
    page.get_by_text("显示生成本章的代码").click()
    assert code.is_visible()
    context.close()


def test_what_no_page_asks_for_is_not_published(books):
    static = books / "anyang-2023" / "zh" / "_static"
    files = {path.relative_to(static).as_posix() for path in static.rglob("*") if path.is_file()}
    pages = [path.read_text("utf-8") for path in (books / "anyang-2023" / "zh").rglob("*.html")]
    # What a script loads when it is needed is asked for too.
    others = [path.read_text("utf-8") for path in static.rglob("*.*") if path.suffix in (".css", ".js")]
    unasked = {file for file in files if not any(Path(file).name in text for text in pages + others)}
    assert unasked == set()
