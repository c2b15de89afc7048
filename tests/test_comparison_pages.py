"""The pages of the site that compare editions."""

import json
import re
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup

from diaoyan import site
from diaoyan.comparison_pages import comparisons_of, pairs_of, place_of
from diaoyan.edition_folders import edition_ids

EDITIONS = ("anyang-2023", "zhengzhou-2022", "zhengzhou-2025")
PAIR = "compare/zhengzhou-2022_zhengzhou-2025"


@contextmanager
def publishing(folder):
    """Publishes books of one page each below a folder: `publish(["anyang-2023/zh"])`."""

    def publish(books):
        for book in books:
            for place in ("books", "executed", "audits", "workbooks"):
                (folder / place / book).mkdir(parents=True, exist_ok=True)
            (folder / "books" / book / "index.html").write_text("a book")
        site.publish(books, ["html"])
        return site.SITE

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "BUILD", folder)
        patch.setattr(site, "SITE", folder / "site")
        patch.setattr(site, "html_folder", lambda edition, language: folder / "books" / edition / language)
        patch.setattr(site, "executed_folder", lambda edition, language: folder / "executed" / edition / language)
        yield publish


@pytest.fixture
def published(tmp_path):
    """Publishes books in a site of the test's own."""
    with publishing(tmp_path) as publish:
        yield publish


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The site with all stored editions in both languages."""
    with publishing(tmp_path_factory.mktemp("whole")) as publish:
        return publish([f"{edition}/{language}" for edition in EDITIONS for language in ("zh", "en")])


def page_of(path):
    """A page as a tree."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_every_two_editions_of_a_city_and_any_two_stored_have_a_page():
    cities = {"anyang-2023": "anyang", "zhengzhou-2022": "zhengzhou", "henan-2022": "henan", "henan-2023": "henan"}
    assert list(pairs_of(cities, {"anyang-2023", "zhengzhou-2022"})) == [
        ("anyang-2023", "zhengzhou-2022"),
        ("henan-2022", "henan-2023"),
    ]


def test_editions_that_recipes_make_are_compared_with_those_of_their_own_area_only():
    cities = {f"{area}-{year}": area for area in ("beijing", "henan") for year in (2021, 2022, 2023)}
    found = list(pairs_of(cities, set()))
    assert len(found) == 6
    assert all(cities[first] == cities[second] for first, second in found)


def test_the_site_has_a_page_and_data_for_each_pair_in_each_language(whole):
    files = sorted(path.relative_to(whole / "compare").as_posix() for path in (whole / "compare").rglob("*.*"))
    pairs = ("anyang-2023_zhengzhou-2022", "anyang-2023_zhengzhou-2025", "zhengzhou-2022_zhengzhou-2025")
    assert files == sorted(f"{pair}/{name}" for pair in pairs for name in ("en.html", "en.json", "zh.html", "zh.json"))
    assert {*EDITIONS} == {*edition_ids()}
    data = json.loads((whole / PAIR / "zh.json").read_text(encoding="utf-8"))
    assert data["title"] == page_of(whole / PAIR / "zh.html").h1.text


def test_each_page_of_a_pair_is_led_to_from_both_of_its_editions(whole):
    index = page_of(whole / "index.html")
    for edition in ("zhengzhou-2022", "zhengzhou-2025"):
        links = [link["href"] for link in index.find(id=edition).select("ul.compared a")]
        assert {f"{PAIR}/zh.html", f"{PAIR}/en.html"} <= {*links}
    assert all((whole / link["href"]).is_file() for link in index.select("ul.compared a"))
    assert len(comparisons_of("anyang-2023", "en", whole)) == 2


def test_a_page_is_in_one_language_and_leads_to_the_other_the_books_and_the_data(whole):
    page = page_of(whole / PAIR / "en.html")
    assert page.html["lang"] == "en"
    links = {link["href"] for link in page.find_all("a")}
    books = {f"../../{edition}/en/index.html" for edition in ("zhengzhou-2022", "zhengzhou-2025")}
    assert {"../../index.html", "zh.html", "en.json", *books} <= links
    assert page.find("a", href="zh.html")["hreflang"] == "zh"
    assert not re.search("[一-鿿]", page.main.text)


def test_the_figures_are_a_table_with_heads_whose_cells_lead_to_their_rows(whole):
    page = page_of(whole / PAIR / "zh.html")
    table = page.find("h2", id="figures").parent.table
    heads = [head.text for head in table.thead.find_all("th", scope="col")]
    assert heads == ["指标", "2022年9月8日的报告", "2025年12月的报告", "比较", "来源"]
    row = table.tbody.tr
    assert row.find("th", scope="row").text == "全社会研发经费投入强度"
    assert [cell.a["href"] for cell in row.find_all("td")[:2]] == [
        "../../zhengzhou-2022/zh/chapters/data.html#obs-rd-intensity-zhengzhou-2021",
        "../../zhengzhou-2025/zh/chapters/data.html#obs-rd-intensity-zhengzhou-2024",
    ]
    assert [heading.name for heading in page.find_all(re.compile("h[1-6]"))][:2] == ["h1", "h2"]


def test_a_page_asks_for_nothing(whole):
    for path in (whole / "compare").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert re.findall(r"https?:|//|<script|@import|url\(", page) == []
        assert re.findall(r'\ssrc="|<link(?! rel="icon" href="data:,")', page) == []


def test_a_comparison_in_a_language_that_one_edition_lacks_has_no_page(published):
    root = published(["zhengzhou-2022/zh", "zhengzhou-2022/en", "zhengzhou-2025/zh"])
    assert sorted(path.name for path in (root / PAIR).iterdir()) == ["zh.html", "zh.json"]
    assert page_of(root / PAIR / "zh.html").find("a", hreflang=True) is None


def test_a_comparison_of_books_not_made_this_time_stays_as_published(published):
    root = published([f"{edition}/zh" for edition in EDITIONS])
    (root / PAIR / "zh.html").write_text("as published")
    (root / "compare/anyang-2023_zhengzhou-2022/zh.html").write_text("as published")
    published(["anyang-2023/zh"])
    assert (root / PAIR / "zh.html").read_text() == "as published"
    assert (root / "compare/anyang-2023_zhengzhou-2022/zh.html").read_text(encoding="utf-8") != "as published"


def test_one_edition_alone_is_compared_with_nothing(published):
    root = published(["anyang-2023/zh"])
    assert not (root / "compare").exists()


def test_the_place_of_a_pair_names_both():
    assert place_of("zhengzhou-2022", "zhengzhou-2025") == PAIR
