"""Each page speaks one language and leads to the other, with scripts and without."""

import re

import pytest
from playwright.sync_api import Page

from browser.pages import opened, wait_until

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


@pytest.fixture(scope="module")
def reader(browser):
    """A page of a desktop's width for tests that only read, one for all: a new one takes longer than what it shows."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def said_on(page: Page, where: str) -> list[str]:
    """Everything a page says within some elements, seen or read out."""
    return page.evaluate(WORDS, where)


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


def test_the_switch_leads_to_the_section_being_read(desktop, server):
    # A page without charts: none that comes alive moves what is being read.
    opened(desktop, f"{server}/zh/chapters/data.html#data-claims")
    desktop.locator(".topbar-language").click()
    desktop.wait_for_url("**/en/chapters/data.html#data-claims")
    section = desktop.locator("#data-claims h2")
    assert 0 <= section.bounding_box()["y"] <= 160
    # Scrolled on by hand: not where the address says but where the reader is.
    desktop.evaluate("document.getElementById('data-policies').scrollIntoView({behavior: 'instant'})")
    wait_until(desktop, "document.querySelector('.topbar-language').hash === '#data-policies'")
    address = desktop.locator(".topbar-language").evaluate("link => link.href")
    assert address == f"{server}/zh/chapters/data.html#data-policies"


def test_the_switch_keeps_the_row_a_link_has_led_to(desktop, server):
    row = "obs-high-tech-enterprises-anyang-2022"
    opened(desktop, f"{server}/en/chapters/data.html#{row}")
    wait_until(desktop, "document.querySelector('.topbar-language').hash")
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
