"""The first screen in a real browser, and every link of a published site followed."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from diaoyan import site
from diaoyan.cli import main as diaoyan
from diaoyan.data_workbook import write_data_workbook
from diaoyan.inputs import chapter_names
from diaoyan.paths import CHAPTERS

WIDTHS = {"desktop": 1280, "telephone": 360}
HEIGHT = 800
CARDS = "ul.diaoyan-cards-figures > li"


@pytest.fixture(params=WIDTHS)
def summary(request, browser, book) -> Iterator[Page]:
    """The first page on a desktop and on a telephone."""
    page = browser.new_page(viewport={"width": WIDTHS[request.param], "height": HEIGHT})
    page.goto((book / "chapters" / "summary.html").as_uri())
    yield page
    page.close()


@pytest.fixture(scope="module")
def published(book, edition, tmp_path_factory) -> Iterator[Path]:
    """The site with the committed book and all that goes with it but print and the formal document."""
    build = tmp_path_factory.mktemp("build")
    made = {name: build / name / "anyang-2023" / "zh" for name in ("audits", "workbooks")}
    assert diaoyan(["audit", "anyang-2023", "--json", "--output", str(made["audits"] / "audit.json")]) == 0
    write_data_workbook(edition, "zh", made["workbooks"] / "data.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "BUILD", build)
        patch.setattr(site, "SITE", build / "site")
        patch.setattr(site, "html_folder", lambda *_: book)
        patch.setattr(site, "executed_folder", lambda *_: CHAPTERS)
        patch.setattr(site, "report_file", lambda *_: build / "print" / "report.pdf")
        patch.setattr(site, "official_folder", lambda *_: build / "official")
        site.publish(["anyang-2023/zh"])
        yield build / "site"


def test_the_sentences_and_the_first_cards_are_in_view_on_a_desktop(browser, book):
    page = browser.new_page(viewport={"width": WIDTHS["desktop"], "height": HEIGHT})
    page.goto((book / "chapters" / "summary.html").as_uri())
    sentences = page.locator("section#summary > ul").first.locator("li")
    assert sentences.count() == 5
    for element in [*sentences.all(), *page.locator(f"{CARDS} p.change").all()[:3]]:
        box = element.bounding_box()
        assert 0 <= box["y"] <= box["y"] + box["height"] <= HEIGHT
    page.close()


def test_the_findings_are_in_view_on_a_telephone(browser, book):
    page = browser.new_page(viewport={"width": WIDTHS["telephone"], "height": HEIGHT})
    page.goto((book / "chapters" / "summary.html").as_uri())
    for sentence in page.locator("section#summary > ul").first.locator("li").all():
        box = sentence.bounding_box()
        assert box["y"] + box["height"] <= HEIGHT
    page.close()


def test_every_key_figure_has_a_card_that_holds_its_words(summary):
    cards = summary.locator(CARDS).all()
    assert len(cards) == 6
    for card in cards:
        assert card.is_visible()
        assert card.locator("p.name").inner_text().strip()
        assert card.locator("p.value a.fact").inner_text().strip()
        assert card.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert "303家" in cards[2].inner_text()
    assert "为2018年的3.5倍" in cards[2].inner_text()
    assert "原文“翻了两番”：偏高" in cards[2].inner_text()


def test_trends_are_drawn_and_not_read_out(summary):
    trends = summary.locator(f"{CARDS} svg.diaoyan-trend")
    assert trends.count() == 4
    for trend in trends.all():
        assert trend.is_visible()
        assert trend.get_attribute("aria-hidden") == "true"
        assert trend.locator("circle").count() == 2


def test_a_value_on_a_card_leads_to_its_row(summary):
    value = summary.locator(f"{CARDS} p.value a.fact").nth(2)
    value.click()
    summary.wait_for_url("**/chapters/data.html#obs-high-tech-enterprises-anyang-2022")
    assert summary.locator('[id="obs-high-tech-enterprises-anyang-2022"]').evaluate("each => !!each.closest('tr')")


def test_a_verdict_on_a_card_and_its_count_lead_to_the_claim(summary):
    claim = "audit.html#claim-high-tech-enterprises-doublings"
    assert summary.locator(f"{CARDS} p.claim a").nth(1).get_attribute("href") == claim
    count = summary.locator("ul.diaoyan-cards-audit > li").first
    assert count.inner_text().split() == ["偏高", "1"]
    # The whole of it can be clicked, not the word alone.
    count.click(position={"x": 5, "y": 5})
    summary.wait_for_url(f"**/chapters/{claim}")


@pytest.mark.parametrize("number", range(3))
def test_a_door_leads_to_its_part(summary, number):
    door = summary.locator("ul.diaoyan-cards-doors > li").nth(number)
    title = door.locator("p.part").inner_text()
    # The whole of it opens the part, its foot too.
    box = door.bounding_box()
    door.click(position={"x": box["width"] / 2, "y": box["height"] - 6})
    summary.wait_for_url(f"**/chapters/{('achievements', 'problems', 'recommendations')[number]}.html")
    assert summary.locator("h1:visible").inner_text().strip("# \n") == title


def test_the_colour_of_a_verdict_is_that_of_its_kind(summary):
    colour = "each => getComputedStyle(each, '::before').backgroundColor"
    colours = [each.evaluate(colour) for each in summary.locator("ul.diaoyan-cards-audit p.verdict").all()]
    overstated, unit_missing, not_recomputable, holds = colours
    assert overstated == unit_missing
    assert len({overstated, not_recomputable, holds}) == 3


def test_an_unpublished_book_offers_no_file(book):
    page = BeautifulSoup((book / "chapters" / "summary.html").read_text(encoding="utf-8"), "html.parser")
    assert page.select("ul.diaoyan-downloads") == []


def test_a_published_book_offers_the_files_that_are_there_without_a_script(browser, published):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((published / "anyang-2023" / "zh" / "chapters" / "summary.html").as_uri())
    links = page.locator("ul.diaoyan-downloads a")
    files = {f"../notebooks/{name}.ipynb" for name in chapter_names()}
    files |= {"../data.xlsx", "../audit.json", "../../data/datapackage.json"}
    assert {link.get_attribute("href") for link in links.all()} == files
    assert all(link.is_visible() for link in links.all())
    assert page.locator(CARDS).count() == 6
    context.close()


def test_the_page_of_all_editions_shows_figures_and_opens_the_book(browser, published):
    page = browser.new_page(viewport={"width": WIDTHS["telephone"], "height": HEIGHT})
    page.goto((published / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("dl.figures > div").count() == 6
    page.locator("dl.figures dd.value a").nth(2).click()
    page.wait_for_url("**/anyang-2023/zh/chapters/data.html#obs-high-tech-enterprises-anyang-2022")
    page.go_back()
    page.locator("p.doors a").click()
    page.wait_for_url("**/anyang-2023/zh/**/summary.html")
    page.close()


def links_of(page: Path) -> list[str]:
    """Every address that a page refers to."""
    found = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    attributes = ("href", "src", "data-src")
    return [tag[name] for name in attributes for tag in found.find_all(attrs={name: True})]


def test_no_link_of_the_published_site_is_dead(published):
    ids = {
        page: {tag["id"] for tag in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find_all(id=True)}
        # The theme leaves a template of its own among its files.
        for page in published.rglob("*.html")
        if "_static" not in page.parts
    }
    dead, followed = [], 0
    for page in ids:
        for link in links_of(page):
            address = urlsplit(link)
            if address.scheme or address.netloc:
                continue
            followed += 1
            target = (page.parent / unquote(address.path)).resolve() if address.path else page
            is_there = target.is_file() and (target not in ids or unquote(address.fragment) in {"", *ids[target]})
            if not is_there:
                dead.append(f"{page.relative_to(published)}: {link}")
    assert followed > 1000
    assert dead == []


def test_a_file_printed_later_is_offered_and_its_link_leads_to_it(published, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(published, folder)
    book = folder / "anyang-2023" / "zh"
    (book / "report.pdf").write_bytes(b"%PDF-1.7\n")
    site.link_downloads(book / site.PAGE, book)
    links = [link for link in links_of(book / site.PAGE) if link.endswith(".pdf")]
    assert [(book / "chapters" / link).resolve() for link in links] == [(book / "report.pdf").resolve()]
