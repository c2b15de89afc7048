"""The settings of a book: the root's, with those of its edition and of its place in the site."""

import pytest
import yaml

from diaoyan import book, products
from diaoyan.book import BookFailed, EndedFromOutside, configuration, run_jupyter_book
from diaoyan.paths import ROOT


@pytest.fixture
def base():
    """The settings of the committed book."""
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


def test_the_committed_book_stands_alone(base):
    assert "diaoyan_site_languages" not in base["sphinx"]["config"]


def test_a_book_knows_its_edition_and_the_languages_beside_it(base, edition):
    config = configuration(base, edition, "en", ["zh"])["sphinx"]["config"]
    assert config["diaoyan_edition"] == "anyang-2023"
    assert config["diaoyan_site_languages"] == ["en", "zh"]
    assert configuration(base, edition, "en")["sphinx"]["config"]["diaoyan_site_languages"] == ["en"]


def test_the_address_of_the_site_becomes_that_of_the_book(base, edition):
    assert configuration(base, edition, "zh")["sphinx"]["config"]["html_baseurl"] == ""
    base["sphinx"]["config"]["html_baseurl"] = "https://example.org/reports"
    address = configuration(base, edition, "zh")["sphinx"]["config"]["html_baseurl"]
    assert address == "https://example.org/reports/anyang-2023/zh/"
    assert base["sphinx"]["config"]["html_baseurl"] == "https://example.org/reports"


def test_languages_are_published_where_the_site_has_pages_and_not_print_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(products, "SITE", tmp_path)
    for language, file in (("zh", "index.html"), ("en", "report.pdf")):
        (tmp_path / "anyang-2023" / language).mkdir(parents=True)
        (tmp_path / "anyang-2023" / language / file).touch()
    assert products.published_languages("anyang-2023") == ["zh"]
    assert products.published_languages("another-2023") == []


@pytest.mark.parametrize(
    ("code", "error", "said"),
    [
        (-9, EndedFromOutside, "found Jupyter Book ended from outside, expected it to run; build again"),
        (1, BookFailed, "a last word"),
    ],
)
def test_a_book_that_is_killed_in_the_making_is_not_refused(monkeypatch, tmp_path, code, error, said):
    def run(module, arguments, environment, output):
        output.write(b"a last word\n")
        return code

    monkeypatch.setattr(book, "run", run)
    with pytest.raises(error, match=f"^{said}$"):
        run_jupyter_book(tmp_path, "0")
