"""The published folder: whole or as it was, and its first page."""

import re

import pytest

from diaoyan import site
from diaoyan.edition import Edition
from diaoyan.paths import DATA

EVERY = ("index.html", "audit.json", "data.xlsx", "report.pdf", "official.docx")


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """A build folder of its own; gives a function that makes a book of one page."""
    monkeypatch.setattr(site, "BUILD", tmp_path)
    monkeypatch.setattr(site, "SITE", tmp_path / "site")
    html = lambda edition, language: tmp_path / "books" / edition / language  # noqa: E731
    executed = lambda edition, language: tmp_path / "executed" / edition / language  # noqa: E731
    monkeypatch.setattr(site, "html_folder", html)
    monkeypatch.setattr(site, "executed_folder", executed)
    audit = lambda edition, language: tmp_path / "audits" / edition / language  # noqa: E731
    workbook = lambda edition, language: tmp_path / "workbooks" / edition / language  # noqa: E731
    official = lambda edition, language: tmp_path / "official" / edition / language  # noqa: E731
    monkeypatch.setattr(site, "official_folder", official)
    report = lambda edition, language: tmp_path / "print" / edition / language / "report.pdf"  # noqa: E731
    monkeypatch.setattr(site, "report_file", report)

    def make(language, page):
        folders = ((html, "index.html"), (executed, "data.ipynb"), (audit, "audit.json"), (official, "official.docx"))
        folders += ((workbook, "data.xlsx"),)
        printed = lambda edition, language: report(edition, language).parent  # noqa: E731
        for folder, name in (*folders, (printed, "report.pdf")):
            folder("anyang-2023", language).mkdir(parents=True, exist_ok=True)
            (folder("anyang-2023", language) / name).write_text(page)

    return make


def published(language, name="index.html"):
    """A published file of a book."""
    return site.SITE / "anyang-2023" / language / name


def test_a_book_is_published_with_its_executed_chapters(workshop):
    workshop("zh", "一")
    site.publish(["anyang-2023/zh"])
    assert published("zh").read_text() == "一"
    assert published("zh", "notebooks/data.ipynb").read_text() == "一"
    assert published("zh", "official.docx").read_text() == "一"
    assert 'href="anyang-2023/zh/index.html"' in (site.SITE / "index.html").read_text()
    assert "anyang-2023/en/" not in (site.SITE / "index.html").read_text()


def test_a_product_asked_for_by_name_leaves_the_others_as_published(workshop):
    workshop("zh", "一")
    site.publish(["anyang-2023/zh"])
    for number, (product, changed) in enumerate(
        {
            "html": ["index.html", "audit.json", "data.xlsx"],
            "pdf": ["report.pdf"],
            "official": ["official.docx"],
        }.items()
    ):
        before = {name: published("zh", name).read_text() for name in EVERY}
        workshop("zh", f"page {number}")
        site.publish(["anyang-2023/zh"], [product])
        now = {name: published("zh", name).read_text() for name in EVERY}
        assert now == {name: f"page {number}" if name in changed else before[name] for name in EVERY}


def test_a_book_that_can_no_longer_be_printed_is_published_without_its_old_print(workshop):
    workshop("zh", "一")
    site.publish(["anyang-2023/zh"])
    site.report_file("anyang-2023", "zh").unlink()
    site.publish(["anyang-2023/zh"], ["html"])
    assert published("zh", "report.pdf").is_file()
    site.publish(["anyang-2023/zh"])
    assert not published("zh", "report.pdf").exists()


def test_print_alone_opens_no_door_on_the_first_page(workshop):
    workshop("zh", "一")
    site.publish(["anyang-2023/zh"], ["pdf"])
    assert published("zh", "report.pdf").read_text() == "一"
    assert "anyang-2023/zh/index.html" not in (site.SITE / "index.html").read_text()


def test_a_book_that_was_not_made_this_time_stays_as_published(workshop):
    workshop("zh", "一")
    workshop("en", "one")
    site.publish(["anyang-2023/zh", "anyang-2023/en"])
    workshop("zh", "二")
    workshop("en", "half made")
    site.publish(["anyang-2023/zh"])
    assert published("zh").read_text() == "二"
    assert published("en").read_text() == "one"


def test_the_tables_are_published_beside_the_books(workshop):
    workshop("zh", "一")
    site.publish(["anyang-2023/zh"])
    package = site.SITE / "anyang-2023" / "data"
    assert (package / "datapackage.json").is_file()
    (package / "claims.csv").write_text("as published")
    site.publish([])
    assert (package / "claims.csv").read_text() == "as published"
    site.publish(["anyang-2023/zh"])
    assert (package / "claims.csv").read_text(encoding="utf-8").startswith("claim,locator,kind,")


def test_a_book_in_the_making_does_not_show_through_into_the_site(workshop, tmp_path):
    for _ in range(2):
        workshop("zh", "一")
        site.publish(["anyang-2023/zh"])
    # Sphinx writes into the file that is there.
    with (tmp_path / "books/anyang-2023/zh/index.html").open("r+") as page:
        page.write("二")
    assert published("zh").read_text() == "一"


def test_an_edition_is_loaded_once_while_it_is_published(workshop, monkeypatch):
    workshop("zh", "一")
    load, loaded = Edition.load, []
    monkeypatch.setattr(Edition, "load", lambda id, *rest: loaded.append(id) or load(id, *rest))
    site.publish(["anyang-2023/zh"])
    assert loaded == ["anyang-2023"]


def test_a_failure_while_publishing_leaves_the_site(workshop):
    workshop("zh", "一")
    site.publish(["anyang-2023/zh"])
    workshop("zh", "二")
    with pytest.raises(FileNotFoundError):
        site.publish(["anyang-2023/zh", "anyang-2023/en"])
    assert published("zh").read_text() == "一"


def test_what_a_book_does_not_have_any_more_and_what_was_cut_off_is_not_published(workshop):
    workshop("zh", "一")
    executed = site.executed_folder("anyang-2023", "zh")
    for name in ("no_chapter.ipynb", ".data.ipynb.0123"):
        (executed / name).touch()
    (site.BUILD / "audits" / "anyang-2023" / "zh" / ".audit.json.0123").touch()
    site.publish(["anyang-2023/zh"])
    names = {
        path.relative_to(published("zh", "")).as_posix() for path in published("zh", "").rglob("*") if path.is_file()
    }
    assert names == {*EVERY, "notebooks/data.ipynb"}


def test_publishing_leaves_nothing_but_the_site_even_where_it_was_cut_off_before(workshop):
    workshop("en", "one")
    site.publish(["anyang-2023/en"])
    # As a power cut leaves it before the site is whole, or after it has taken its place.
    (site.BUILD / "site.next").mkdir()
    (site.BUILD / "site.next" / "half.html").touch()
    workshop("zh", "一")
    site.publish(["anyang-2023/zh"])
    assert published("en").read_text() == "one"
    assert not (site.SITE / "half.html").exists()
    made = {"audits", "books", "executed", "official", "print", "workbooks"}
    assert {path.name for path in site.BUILD.iterdir()} == {*made, "site"}


def test_the_first_page_names_each_edition_in_both_languages():
    page = site.index_page({"anyang-2023": ["en", "zh"]})
    meta = Edition.load("anyang-2023").meta
    for text in (*meta["title"].values(), *meta["body"].values(), "2023-10-26", "安阳", "Anyang"):
        # Jinja writes an apostrophe as &#39;.
        assert text.replace("'", "&#39;") in page
    doors = re.findall(r'<a href="([^"]*)" lang="(\w+)"', page)
    assert doors == [
        ("anyang-2023/zh/index.html", "zh"),
        ("anyang-2023/en/index.html", "en"),
    ]


def test_the_first_page_says_that_it_is_recomputed_and_not_official():
    page = site.index_page({"anyang-2023": ["zh"]})
    assert "复算稿，非正式文件" in page
    assert "not an official document" in page


def test_the_first_page_asks_for_nothing():
    page = site.index_page({"anyang-2023": ["zh", "en"]})
    assert re.findall(r"https?:|//|<script|@import|url\(", page) == []
    assert re.findall(r'\ssrc="|<link(?! rel="icon" href="data:,")', page) == []


def test_a_title_with_markup_is_shown_as_it_is_written(monkeypatch):
    edition = Edition.load("anyang-2023")
    title = {"zh": "<script>alert(1)</script>", "en": "{{ 7 * 7 }}"}
    changed = Edition(edition.id, DATA, edition.vintage, {**edition.meta, "title": title}, edition.tables)
    monkeypatch.setattr(site.Edition, "load", lambda id: changed)
    page = site.index_page({"anyang-2023": ["zh"]})
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7 * 7 }}" in page
