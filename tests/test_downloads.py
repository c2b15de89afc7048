"""Downloads: a page links to those files that are there, whenever it is published."""

import re

import pytest

from diaoyan.downloads import PAGE, link_downloads, offer, published_files, size_in_words

ENTRIES = [
    {"name": "印刷本", "type": "PDF", "files": [{"file": "report.pdf", "name": ""}]},
    {"name": "表", "type": "Excel", "files": [{"file": "data.xlsx", "name": ""}]},
    {
        "name": "笔记本",
        "type": "Jupyter",
        "files": [{"file": f"notebooks/{name}.ipynb", "name": name} for name in ("summary", "data")],
    },
]


@pytest.fixture
def book(tmp_path):
    """A book's folder with its first page and one file."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / PAGE).write_text(f"<p>before</p>{offer(ENTRIES)}<p>after</p>", encoding="utf-8")
    (tmp_path / "data.xlsx").write_bytes(b"x" * 1234)
    return tmp_path


def links(book):
    """The addresses that the first page links to."""
    page = (book / PAGE).read_text(encoding="utf-8")
    return re.findall(r'href="([^"]*)"', page)


def test_a_page_that_is_not_published_shows_no_link():
    assert re.sub("<!--.*?-->", "", offer(ENTRIES), flags=re.DOTALL) == ""


def test_only_files_that_are_there_are_linked_with_type_and_size(book):
    link_downloads(book / PAGE, book)
    assert links(book) == ["../data.xlsx"]
    page = (book / PAGE).read_text(encoding="utf-8")
    assert "表 Excel</a>" in page
    assert "1.2 kB" in page
    assert page.startswith("<p>before</p>")
    assert page.endswith("<p>after</p>")


def test_files_that_come_later_are_linked_and_those_that_go_are_not(book):
    link_downloads(book / PAGE, book)
    (book / "report.pdf").write_bytes(b"")
    (book / "data.xlsx").unlink()
    link_downloads(book / PAGE, book)
    assert links(book) == ["../report.pdf"]


def test_linking_twice_writes_the_same_page(book):
    link_downloads(book / PAGE, book)
    page = (book / PAGE).read_bytes()
    link_downloads(book / PAGE, book)
    assert (book / PAGE).read_bytes() == page


def test_a_page_that_is_published_is_not_written_into(book, tmp_path):
    published = tmp_path / "published.html"
    published.hardlink_to(book / PAGE)
    before = published.read_bytes()
    link_downloads(book / PAGE, book)
    assert published.read_bytes() == before != (book / PAGE).read_bytes()


def test_of_many_files_those_there_are_linked_by_name(book):
    (book / "notebooks").mkdir()
    (book / "notebooks" / "data.ipynb").write_text("{}")
    found = published_files(ENTRIES, book, "anyang-2023/zh/")
    assert [each["address"] for entry in found for each in entry["links"]] == [
        "anyang-2023/zh/data.xlsx",
        "anyang-2023/zh/notebooks/data.ipynb",
    ]


def test_where_no_file_is_there_no_list_is_left(book):
    (book / "data.xlsx").unlink()
    link_downloads(book / PAGE, book)
    assert "<ul" not in (book / PAGE).read_text(encoding="utf-8")


def test_a_name_with_markup_is_shown_as_it_is_written(book):
    entries = [{**ENTRIES[1], "name": '<script>--> & "x"'}]
    (book / PAGE).write_text(offer(entries), encoding="utf-8")
    link_downloads(book / PAGE, book)
    page = (book / PAGE).read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;--&gt; &amp; &#34;x&#34; Excel</a>" in page
    assert links(book) == ["../data.xlsx"]


def test_a_book_without_the_page_is_left_alone(tmp_path):
    link_downloads(tmp_path / PAGE, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0.0 kB"), (940, "0.9 kB"), (9949, "9.9 kB"), (9950, "10 kB"), (340_000, "340 kB"), (999_400, "999 kB")],
)
def test_sizes_read_as_people_know_them(size, said):
    assert size_in_words(size) == said


def test_a_thousand_of_a_unit_is_one_of_the_next():
    assert [size_in_words(size) for size in (999_600, 1_240_000, 2_000_000_000)] == ["1.0 MB", "1.2 MB", "2.0 GB"]
