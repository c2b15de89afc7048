"""What stands around the text, in a real browser: menus, links, weight, commands; in both languages."""

import gzip
import re
import shlex
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from browser.pages import LANGUAGES, opened, wait_until
from diaoyan.catalogue import load_catalogue
from diaoyan.inputs import chapter_names
from diaoyan.paths import DATA, ROOT

MOST_BYTES_OF_FIRST_PAGE = 300_000
# Of the script that makes charts live, which is loaded apart from the page.
CHART_BUNDLE = "vega"
SHOWS_ALL = """
    for (const each of [document.documentElement, document.body]) {
      each.style.setProperty("overflow-x", "visible", "important");
    }
"""


@pytest.fixture(scope="module")
def phone(browser):
    """A page of a phone's width for tests that only read, one for all."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


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


def test_the_first_page_is_light(desktop, server):
    weights = {}

    def weigh(response):
        weights[response.url] = len(gzip.compress(response.body()))

    desktop.on("response", weigh)
    opened(desktop, f"{server}/zh/chapters/summary.html", until="networkidle")
    page = {url: weight for url, weight in weights.items() if CHART_BUNDLE not in url}
    assert len(page) > 5
    assert sum(page.values()) < MOST_BYTES_OF_FIRST_PAGE, page


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
    page.evaluate(SHOWS_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


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
    wait_until(page, "document.querySelector('.diaoyan-command button').textContent === '已复制'")
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
