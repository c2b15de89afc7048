"""The page of all editions: key figures and downloads of each book, from the book's own first chapter."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from diaoyan import site
from diaoyan.front_page import downloads, key_figures
from diaoyan.report import Report


@pytest.fixture(scope="module")
def folder(edition, tmp_path_factory):
    """A site with the executed first chapters and one file to load, in both languages."""
    folder = tmp_path_factory.mktemp("site")
    for language in ("zh", "en"):
        book = folder / edition.id / language
        (book / "notebooks").mkdir(parents=True)
        outputs = Report(edition, language).outputs("summary", pictures=False)
        cells = [{"cell_type": "code", "outputs": [{"metadata": {"diaoyan": each.about}} for each in outputs]}]
        (book / "notebooks" / "summary.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
        (book / "data.xlsx").write_bytes(b"x" * 2000)
    return folder


@pytest.fixture(scope="module")
def page(folder):
    """The page as a browser understands it."""
    return BeautifulSoup(site.index_page({"anyang-2023": ["en", "zh"]}, folder), "html.parser")


def section(page, language):
    """What the page says of a book."""
    return page.select_one(f'article#anyang-2023 section[lang="{language}"]')


@pytest.mark.parametrize(
    ("language", "name", "value", "change"),
    [
        ("zh", "高新技术企业（2022年）", "303家", "为2018年的3.5倍"),
        ("en", "High-tech enterprises, 2022", "303", "3.5 times as many as in 2018"),
    ],
)
def test_each_edition_shows_its_key_figures_in_both_languages(page, language, name, value, change):
    figures = section(page, language).select("dl > div")
    assert len(figures) == 6
    name_, value_, change_, claim = figures[2].find_all(["dt", "dd"])
    assert (name_.text, value_.text, change_.text) == (name, value, change)
    assert claim["class"] == ["claim", "overstated"]


def test_figures_lead_to_their_rows_and_claims_to_the_audit(page):
    links = [a["href"] for a in section(page, "zh").select("dl > div:nth-child(3) a")]
    assert links == [
        "anyang-2023/zh/chapters/data.html#obs-high-tech-enterprises-anyang-2022",
        "anyang-2023/zh/chapters/data.html#obs-high-tech-enterprises-anyang-2022",
        "anyang-2023/zh/chapters/audit.html#claim-high-tech-enterprises-doublings",
    ]


def test_each_book_has_its_door_and_the_files_that_are_there(page):
    for language, words in (("zh", "全部数据表 Excel"), ("en", "All tables Excel")):
        book = section(page, language)
        assert book.select_one("p.doors a")["href"] == f"anyang-2023/{language}/index.html"
        files = book.select("ul.files a")
        assert [(a["href"], a.text) for a in files] == [(f"anyang-2023/{language}/data.xlsx", words)]


def test_a_book_without_key_figures_has_its_door_and_no_empty_lists(tmp_path):
    page = BeautifulSoup(site.index_page({"anyang-2023": ["zh"]}, tmp_path), "html.parser")
    assert page.select("p.doors a")
    assert page.select("dl, ul.files") == []


def test_words_of_a_card_are_literal_and_only_links_of_the_book_are_links(tmp_path):
    parts = [
        ["name", r"\<script\>alert\(1\)\</script\> \& R\&D"],
        ["value", r'[1\<b\>](data.ipynb#row "a \"b\" <i>")'],
        ["change", "[x](https://x.org/)"],
    ]
    (tmp_path / "notebooks").mkdir()
    mark = {"kind": "cards", "name": "cards-figures", "cards": [{"parts": parts}]}
    notebook = {"cells": [{"outputs": [{"metadata": {"diaoyan": mark}}]}]}
    (tmp_path / "notebooks" / "summary.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    [figure] = key_figures(tmp_path, "a/")
    assert figure["name"] == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; R&amp;D"
    assert figure["value"] == ('<a href="a/chapters/data.html#row" title="a &quot;b&quot; &lt;i&gt;">1&lt;b&gt;</a>')
    assert figure["change"] == "x"
    assert downloads(tmp_path, "a/") == []


def test_the_page_asks_for_nothing_and_runs_nothing(folder):
    page = site.index_page({"anyang-2023": ["zh", "en"]}, folder)
    assert re.findall(r"https?:|//|<script|@import|url\(|\son[a-z]+=", page) == []
