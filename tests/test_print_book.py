"""The printed book, read back: title page, contents, bookmarks, figures; and what keeps it from coming out."""

import json
import os
import re
import shutil
import sys
from decimal import Decimal
from functools import cache

import pytest
import yaml
from processes import ends_soon
from pypdf import PdfReader

from diaoyan import inputs, print_book
from diaoyan.book import BookFailed, timestamp
from diaoyan.edition import Edition
from diaoyan.inputs import chapter_names
from diaoyan.paths import ROOT
from diaoyan.print_book import compile_staged, print_configuration, stage, typeset
from diaoyan.report import open_report
from diaoyan.tex import missing_packages

ANYANG = "anyang-2023"
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
needs_tex = pytest.mark.skipif(bool(missing_packages()), reason="TeX is not installed, and may not be installed here")


def as_notebook(outputs):
    """A chapter as its execution leaves it."""
    shown = [
        {"output_type": "display_data", "data": output.data, "metadata": {"diaoyan": output.about}}
        for output in outputs
    ]
    cell = {"cell_type": "code", "source": "report.chapter()", "outputs": shown, "metadata": {}, "execution_count": 1}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def text(markdown, *anchors):
    """An output of text."""
    return {
        "output_type": "display_data",
        "data": {"text/markdown": markdown},
        "metadata": {"diaoyan": {"kind": "text", "anchors": list(anchors)}},
    }


def table(markdown, name):
    """An output of a table."""
    return {
        "output_type": "display_data",
        "data": {"text/markdown": markdown},
        "metadata": {"diaoyan": {"kind": "table", "name": name, "caption": "数据", "anchors": []}},
    }


def printed(language, folder):
    """The real edition in print."""
    executed = folder / "executed"
    executed.mkdir(parents=True)
    report = open_report(ANYANG, language)
    for chapter in chapter_names():
        notebook = as_notebook(report.outputs(chapter, pictures=False))
        (executed / f"{chapter}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    stage(Edition.load(ANYANG), language, executed, folder / "source")
    return compile_staged(folder, timestamp(ANYANG))


@cache
def texts(file):
    """The text of each page; taking it out of a file is slow, and many tests read the same."""
    return [page.extract_text() for page in PdfReader(file).pages]


def squeezed(text):
    """The words of a page without the spaces that stand for glue."""
    return re.sub(r"\s+", "", text.translate(LIGATURES))


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
def test_contents_and_bookmarks_name_the_nine_chapters_by_number(chinese, english):
    for file, language, first, contents in (
        (chinese, "zh", "第一章摘要", "目录"),
        (english, "en", "Chapter1Summary", "Contents"),
    ):
        reader = PdfReader(file)
        chapters = [re.sub(r"\s+", "", entry.title) for entry in reader.outline if not isinstance(entry, list)]
        assert len(chapters) == 9, language
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
    again = compile_staged(tmp_path / "elsewhere", timestamp(ANYANG))
    assert again.read_bytes() == chinese.read_bytes()


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Makes a book of one chapter of the given outputs, in print."""
    root = tmp_path / "root"
    root.mkdir()
    shutil.copyfile(ROOT / "_config.yml", root / "_config.yml")
    (root / "_toc.yml").write_text("format: jb-book\nroot: chapters/summary\n", encoding="utf-8")
    monkeypatch.setattr(print_book, "ROOT", root)
    monkeypatch.setattr(inputs, "ROOT", root)

    def make(*outputs, also=()):
        executed = tmp_path / "executed"
        executed.mkdir()
        notebook = as_notebook([])
        notebook["cells"][0]["outputs"] = list(outputs)
        notebook["cells"] += also
        (executed / "summary.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        stage(Edition.load(ANYANG), "zh", executed, tmp_path / "book" / "source")
        return compile_staged(tmp_path / "book", timestamp(ANYANG))

    return make


@needs_tex
def test_a_character_no_font_has_and_a_line_too_wide_are_faults_with_their_place(small):
    with pytest.raises(BookFailed) as failure:
        small(text("# 摘要", "summary"), text("## 情况\n\n企业😀。\n\n" + "w" * 200, "summary-findings"))
    missing, wide = str(failure.value).splitlines()
    assert missing == (
        "summary: summary-findings: found the character 😀 (U+1F600), which no font of the book has; expected another"
    )
    assert re.fullmatch(
        r"summary: summary-findings: found a line \d+\.\d+ pt too wide for the page, expected one that fits", wide
    )


@needs_tex
def test_a_rare_character_of_a_name_is_printed(small):
    # U+4DAE is in few fonts of print.
    words = squeezed(texts(small(text("# 摘要\n\n带队人䶮某。", "summary")))[-1])
    assert "带队人䶮某" in words


@needs_tex
def test_a_table_of_forty_columns_a_heading_like_a_page_and_a_missing_picture_are_told_at_once(small):
    columns = range(40)
    wide = "\n".join(
        "|" + "|".join(row) + "|" for row in ([f"第{n}列数" for n in columns], ["---"] * 40, ["12345.6"] * 40)
    )
    picture = {"cell_type": "markdown", "source": "![图](nowhere.png)", "metadata": {}}
    with pytest.raises(BookFailed) as failure:
        small(text("# " + "长" * 3000, "summary"), table(wide, "table-wide"), also=[picture])
    lines = str(failure.value).splitlines()
    for fault in (
        r"summary\.ipynb.*: table-wide: found a table of 40 columns, which needs 441 mm",
        r"summary\.ipynb.*: summary: found a heading of 3000 characters, expected at most 150",
        r"summary\.ipynb.*: summary: found no file 'nowhere\.png', expected the picture",
    ):
        assert any(re.search(fault, line) for line in lines), lines


@needs_tex
def test_a_heading_as_long_as_may_be_is_printed(small):
    pages = texts(small(text("# " + "长" * 150, "summary")))
    assert "长" * 20 in squeezed(pages[-1])


@needs_tex
def test_a_running_head_too_long_for_its_line_is_cut(small):
    pages = texts(small(text("# " + "长" * 90 + "\n\n" + "字" * 4000, "summary")))
    following = next(
        squeezed(page) for page in pages[3:] if squeezed(page).startswith(("第一章", "复算稿，非正式文件第一章"))
    )
    assert 20 < following.count("长") < 50


def test_what_the_title_page_says_is_no_command(zh):
    edition = Edition.load(ANYANG)
    title = r"100% \input{/etc/passwd} & #1"
    meta = {**edition.meta, "title": {**edition.meta["title"], "zh": title}}
    base = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    changed = Edition(edition.id, edition.data, edition.vintage, meta, edition.tables)
    settings = print_configuration(base, changed, "zh", zh)
    preamble = settings["sphinx"]["config"]["latex_elements"]["preamble"]
    for words in (preamble, settings["title"]):
        assert r"100\% \textbackslash{}input\{/etc/passwd\} \& \#1" in words


def test_a_title_like_a_page_is_a_fault_of_the_title_page(zh):
    edition = Edition.load(ANYANG)
    base = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))

    def settings(length):
        meta = {**edition.meta, "title": {**edition.meta["title"], "zh": "长" * length}}
        return print_configuration(
            base, Edition(edition.id, edition.data, edition.vintage, meta, edition.tables), "zh", zh
        )

    assert settings(150)
    with pytest.raises(BookFailed, match=r"^title page: title: found 151 characters, expected at most 150$"):
        settings(151)


@needs_tex
def test_an_error_of_tex_is_one_line(tmp_path):
    (tmp_path / "report.tex").write_text("\\documentclass{article}\n\\begin{document}\n\\nothing\n\\end{document}\n")
    with pytest.raises(BookFailed, match=r"^title page: found what TeX cannot set: Undefined control sequence\.$"):
        typeset(tmp_path, "0")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes of Linux")
def test_tex_that_never_ends_is_ended_with_all_that_it_started(tmp_path, monkeypatch):
    latexmk = tmp_path / "latexmk"
    latexmk.write_text("#!/bin/sh\nsleep 60 &\necho $! > started\nwait\n")
    latexmk.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(print_book, "LONGEST_SECONDS", 1)
    with pytest.raises(BookFailed, match=r"^found TeX still at work after 1 s, expected it to be done$"):
        typeset(tmp_path, "0")
    assert ends_soon(int((tmp_path / "started").read_text()))
