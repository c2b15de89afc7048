"""Hostile names and texts in tables: they appear as they are written, everywhere, and run nowhere."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from docx import Document
from playwright.sync_api import BrowserContext, Page
from whole_book import Copy

from browser.pages import wait_until
from diaoyan.inputs import chapter_names

ANYANG = "anyang-2023"
# Titles of charts may hold no digits.
# The heading of the formal document has room for a hundred and twenty characters.
HOSTILE = (
    "<script>hack()</script><img src=x onerror=hack()>\"'`*_[x](javascript:hack()) "
    "$\\a$ &lt; #%~^|{{ x }} ]]> \\input{x}"
)
# A statement is quoted in at most twenty characters.
CLAIM = "<b>\"'`*_$\\a&lt;|#%~"
UNIT = "名\"<b onclick=hack()>'&amp;$\\`_*|"


def change(path: Path, rows: dict[str, dict[str, str]], key: str) -> None:
    """Changes cells of the rows whose `key` column is given."""
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    found = [row for row in table if row[key] in rows]
    assert len(found) >= len(rows)
    for row in found:
        row.update(rows[row[key]])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def named(place: str, *columns: str) -> dict[str, str]:
    """A hostile text for each column in both languages, told from others by its place."""
    return {f"{column}_{language}": f"{place}{HOSTILE}" for column in columns for language in ("zh", "en")}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Copy:
    """The real edition with hostile texts wherever a table lets them in, as pages, LaTeX and Word."""
    copy = Copy(tmp_path_factory.mktemp("hostile") / "copy")
    data = copy.root / "data"
    own = data / "editions" / ANYANG
    change(data / "indicators.csv", {"high_tech_enterprises": named("indicator", "name", "definition")}, "indicator")
    change(data / "areas.csv", {"henan": named("area", "name")}, "area")
    change(own / "areas.csv", {"anyang": named("city", "name")}, "area")
    change(data / "sources.csv", {"anyang-2023": named("source", "name", "title", "publisher", "covers")}, "source")
    with (data / "units.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([UNIT, UNIT, UNIT, "count", "1", UNIT, UNIT])
    change(data / "indicators.csv", {"talent_staffing_quotas": {"unit": UNIT}}, "indicator")
    quotas = {"unit": UNIT, "locator": f"place{HOSTILE}"}
    observations = {"talent_staffing_quotas": quotas, "high_tech_enterprises": named("note", "note")}
    change(own / "observations.csv", observations, "indicator")
    change(own / "claims.csv", {"talent-quotas-level": {"stated_unit": UNIT}}, "claim")
    change(own / "claims.csv", {"high-tech-enterprises-doublings": {"wording_zh": CLAIM, "wording_en": CLAIM}}, "claim")
    change(own / "charts.csv", {"achievements-enterprises": named("chart", "title")}, "chart")
    change(own / "visits.csv", {"big-data-institute": named("visit", "name")}, "visit")
    meta = own / "edition.yml"
    edition = yaml.load(meta.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for key in ("title", "body", "meeting", "addressee"):
        edition[key] = dict.fromkeys(("zh", "en"), f"{key}{HOSTILE}")
    meta.write_text(yaml.safe_dump(edition, allow_unicode=True, sort_keys=False), encoding="utf-8")
    copy.make(ANYANG, "zh", "html", "latex", "docx", "index")
    copy.make(ANYANG, "en", "html")
    return copy


# What each chapter prints of the hostile texts.
PLACES = {
    "summary": ["title", "body", "meeting", "source"],
    "investigation": ["body", "addressee", "source", "visit"],
    "achievements": ["source", "chart"],
    "problems": ["source"],
    "recommendations": ["source"],
    "outlook": ["addressee", "source"],
    "audit": ["indicator", "city", "source"],
    "proofreading": [],
    "data": ["indicator", "area", "city", "source", "note", "place", "chart", "visit"],
    "reproduce": [],
}


@pytest.fixture(scope="module", params=["zh", "en"])
def book(request, hostile) -> Path:
    """The chapters' pages of each language."""
    return hostile.pages(ANYANG, request.param) / "chapters"


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    """A reader's browser, in which no page may say or do anything of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    context.add_init_script("window.hack = () => { window.hacked = true }")
    happened = []
    context.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    context.on("console", lambda said: happened.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: happened.append(str(error.error)))
    yield context
    ran = [page.url for page in context.pages if page.evaluate("'hacked' in window")]
    context.close()
    assert (ran, happened) == ([], [])


def opened(context: BrowserContext, path: Path, query: str = "") -> Page:
    """A page with all its pictures."""
    page = context.new_page()
    page.goto(path.as_uri() + query)
    page.evaluate("Array.from(document.images, image => { image.loading = 'eager' })")
    return page


def words_of(page: Page, where: str = "article") -> str:
    """All that a part of the page shows, on one line; data for scripts are not shown."""
    words = """each => {
      const copy = each.cloneNode(true);
      copy.querySelectorAll('script').forEach((data) => data.remove());
      return copy.textContent;
    }"""
    return " ".join(page.locator(where).first.evaluate(words).split())


@pytest.mark.parametrize("chapter", chapter_names())
def test_a_page_shows_hostile_text_as_it_is_written_and_runs_nothing(context, book, chapter):
    page = opened(context, book / f"{chapter}.html")
    shown = words_of(page)
    assert [place for place in PLACES[chapter] if f"{place}{HOSTILE}" not in shown] == []
    assert chapter not in ("achievements", "audit") or CLAIM in shown
    assert chapter not in ("achievements", "data") or UNIT in shown
    made_of_text = (
        "[onerror], [onclick*='hack'], img[src='x'], a[href^='javascript:'], article b, article script:not([type])"
    )
    assert page.locator(made_of_text).count() == 0
    scripts = page.locator(
        "script:not([type='application/json']):not([type='application/ld+json'])"
    ).all_text_contents()
    assert not [each for each in scripts if "hack()" in each]


def test_alternative_texts_captions_and_titles_hold_hostile_text_as_it_is_written(context, book):
    page = opened(context, book / "achievements.html")
    drawings = page.locator("figure [role='img'][aria-label]")
    words = drawings.evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    # A name that begins a sentence is written with a capital.
    assert any(f"Indicator{HOSTILE}" in each for each in words)
    assert f"chart{HOSTILE}" in " ".join(page.locator("figcaption").all_text_contents())
    assert f"title{HOSTILE}" in page.title()


def test_the_title_of_a_link_holds_hostile_text_as_it_is_written(browser, book):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((book / "achievements.html").as_uri())
    titles = page.locator("article a.fact").evaluate_all("all => all.map(each => each.title)")
    assert any(f"place{HOSTILE}" in each for each in titles)
    context.close()


def test_cards_hold_hostile_text_as_it_is_written_and_run_nothing(context, book):
    page = opened(context, book / "achievements.html")
    said = ""
    for link in page.locator("article a.fact").all():
        link.hover()
        wait_until(page, "link => link.classList.contains('number-card-open')", arg=link.element_handle(), seconds=3)
        said += words_of(page, ".number-card")
        assert page.locator(".number-card script, .number-card img, .number-card b").count() == 0
    for place in ("indicator", "city", "source", "note", "place"):
        assert f"{place}{HOSTILE}" in said, place
    assert UNIT in said
    assert CLAIM in said


def test_the_search_shows_a_hostile_question_and_hostile_titles_as_they_are_written(context, book):
    page = opened(context, book.parent / "search.html", f"?q={quote('script hack()')}")
    page.wait_for_timeout(1000)
    assert page.locator("[onerror], img[src='x']").count() == 0
    page = opened(context, book.parent / "search.html", f"?q={quote(HOSTILE)}")
    page.wait_for_timeout(1000)
    assert page.locator("[onerror], img[src='x']").count() == 0


def test_the_page_of_all_reports_shows_hostile_text_as_it_is_written(context, hostile):
    shown = words_of(opened(context, hostile.root / "index.html"), "body")
    assert f"title{HOSTILE}" in shown


def test_print_sets_hostile_text_and_obeys_none_of_it(hostile):
    source = hostile.printed(ANYANG, "zh")
    # By hand: what TeX would act upon is spelled out.
    assert r"\textbackslash{}input\{x\}" in source
    assert r"\$\textbackslash{}a\$" in source
    assert not re.search(r"(?<!\\textbackslash\{\})\\input\{x\}", source)
    assert r"$\a$" not in source


def test_the_formal_document_holds_hostile_text_as_it_is_written(hostile):
    document = Document(hostile.root / "official.docx")
    lines = [" ".join(paragraph.text.split()) for paragraph in document.paragraphs]
    assert f"title{HOSTILE}" in lines
    assert any(UNIT in line for line in lines)
