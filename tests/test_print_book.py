"""The printed book, read back: title page, contents, bookmarks, figures."""

import json
import re
import shutil
from decimal import Decimal

import pytest
from printed_pages import ANYANG, as_notebook, needs_tex, squeezed, texts
from pypdf import PdfReader

from diaoyan.book import timestamp
from diaoyan.edition import Edition
from diaoyan.inputs import chapter_names
from diaoyan.print_book import compile_staged, stage
from diaoyan.report import open_report


def printed(language, folder):
    """The real edition in print."""
    executed = folder / "executed"
    executed.mkdir(parents=True)
    report = open_report(ANYANG, language)
    for chapter in chapter_names():
        notebook = as_notebook(report.outputs(chapter, pictures=False))
        (executed / f"{chapter}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    edition = Edition.load(ANYANG)
    stage(edition, language, executed, folder / "source")
    return compile_staged(folder, timestamp(edition))


@pytest.fixture(scope="module")
def chinese(tmp_path_factory):
    """The Chinese book's file."""
    return printed("zh", tmp_path_factory.mktemp("zh"))


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """The English book's file."""
    return printed("en", tmp_path_factory.mktemp("en"))


@needs_tex
def test_the_title_page_names_report_body_meeting_and_date_and_says_that_it_is_not_official(chinese, english):
    first = squeezed(texts(chinese)[0])
    for words in (
        "复算稿，非正式文件",
        "关于全市科技工作情况的调研报告",
        "安阳市人大常委会教科文卫工委",
        "安阳市第十五届人民代表大会常务委员会第五次会议",
        "2023年10月26日",
    ):
        assert words in first
    first = squeezed(texts(english)[0])
    for words in ("Recomputed,notanofficialdocument", "26October2023", "Submittedtothefifthmeeting"):
        assert words in first


@needs_tex
def test_contents_and_bookmarks_name_the_ten_chapters_by_number(chinese, english):
    for file, language, first, contents in (
        (chinese, "zh", "第一章摘要", "目录"),
        (english, "en", "Chapter1Summary", "Contents"),
    ):
        reader = PdfReader(file)
        chapters = [re.sub(r"\s+", "", entry.title) for entry in reader.outline if not isinstance(entry, list)]
        assert len(chapters) == 10, language
        page = squeezed(texts(file)[1])
        assert page.startswith(contents)
        assert first in page
        assert chapters[0] == first


@needs_tex
def test_the_file_says_its_title_author_and_language(chinese, english):
    for file, language, code in ((chinese, "zh", "zh-CN"), (english, "en", "en-GB")):
        reader = PdfReader(file)
        meta = Edition.load(ANYANG).meta
        assert reader.metadata.title == meta["title"][language]
        assert reader.metadata.author == meta["body"][language]
        assert reader.trailer["/Root"]["/Lang"] == code


@needs_tex
def test_no_page_is_blank_and_every_page_after_the_title_is_numbered_by_its_place(chinese, english):
    for file in (chinese, english):
        for number, words in enumerate(map(squeezed, texts(file)), 1):
            assert len(words) > 20, number
            assert number == 1 or words.endswith(str(number)), number


@needs_tex
def test_no_code_is_printed(chinese, english):
    for file in (chinese, english):
        words = "".join(map(squeezed, texts(file)))
        for code in ("report.chapter", "open_report", "fromdiaoyan", "edition:str"):
            assert code not in words


@needs_tex
def test_chapters_open_on_the_pages_that_bookmarks_lead_to(chinese, english):
    for file in (chinese, english):
        reader = PdfReader(file)
        entries = [each for group in reader.outline for each in (group if isinstance(group, list) else [group])]
        entries = [each for each in entries if not isinstance(each, list)]
        assert len(entries) > 40
        for entry in entries:
            page = texts(file)[reader.get_destination_page_number(entry)]
            assert squeezed(entry.title) in squeezed(page), entry.title


@needs_tex
def test_no_ids_are_printed_where_names_are(chinese):
    # The last chapter is about commands, which have ids.
    words = "".join(map(squeezed, texts(chinese)[:-1]))
    assert "原文数字核对" in words
    for id in ("observations", "technical_contracts", "first_published", "nbs-2022", "technology-smes-growth"):
        assert id not in words


@needs_tex
def test_every_font_is_in_the_file(chinese):
    for page in PdfReader(chinese).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            family = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            descriptor = family["/FontDescriptor"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


@needs_tex
def test_figures_and_tables_are_named_in_the_language_and_counted_through(chinese, english):
    words = "".join(map(squeezed, texts(chinese)))
    numbers = [int(number) for number in re.findall(r"图(\d+)(?=[^\d，。；、])", words)]
    assert numbers == sorted(numbers)
    assert numbers[:3] == [1, 2, 3]
    assert "表1" in words
    for foreign in ("Figure", "Table", "Chapter", "continued", "Contents"):
        assert foreign not in words
    words = "".join(map(squeezed, texts(english)))
    assert "Figure1" in words
    assert "Table1" in words
    for foreign in ("目录", "续上页", "续下页"):
        assert foreign not in words


@needs_tex
def test_every_figure_of_the_edition_stands_in_the_table_of_data(chinese):
    words = " ".join(texts(chinese))
    values = [
        row["value"] for row in Edition.load(ANYANG).tables["observations"] if row.file.startswith("data/editions")
    ]
    assert len(values) > 20
    for value in values:
        written = f"{Decimal(value):f}".rstrip("0").rstrip(".") if "." in str(value) else str(value)
        assert re.search(rf"(?<![\d.]){re.escape(written)}(?![\d.])", words), value


@needs_tex
def test_the_sentences_carry_the_figures_of_the_facts(chinese, english):
    words = "".join(map(squeezed, texts(chinese)))
    # 303 ÷ 87 = 3.48, 13.6 ÷ 1.54 = 8.83.
    assert "303家，为2018年的3.5倍" in words
    assert "技术合同登记额13.6亿元，比2018年翻了三番" in words
    words = "".join(map(squeezed, texts(english)))
    assert "303high-techenterpriseswithcertificatesinforce,3.5timesasmanyasin2018" in words


@needs_tex
def test_charts_are_drawn_as_lines_and_not_as_pixels(chinese):
    kinds = []
    for page in PdfReader(chinese).pages:
        for image in page["/Resources"].get("/XObject", {}).values():
            kinds.append(image.get_object()["/Subtype"])
    assert len(kinds) >= 13
    assert set(kinds) == {"/Form"}


@needs_tex
def test_the_same_chapters_give_the_same_bytes_wherever_they_are_printed(chinese, tmp_path):
    folder = chinese.parents[3]
    shutil.copytree(folder / "source", tmp_path / "elsewhere" / "source")
    again = compile_staged(tmp_path / "elsewhere", timestamp(Edition.load(ANYANG)))
    assert again.read_bytes() == chinese.read_bytes()
