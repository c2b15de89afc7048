"""What keeps a book from being printed, each told with its place, and what is printed all the same."""

import json
import os
import re
import shutil
import sys
from types import SimpleNamespace

import pytest
import yaml
from printed_pages import ANYANG, as_notebook, needs_tex, squeezed, texts
from processes import ends_soon

from diaoyan import files, inputs, print_book
from diaoyan.book import BookFailed, EndedFromOutside, timestamp
from diaoyan.edition import Edition
from diaoyan.paths import ROOT
from diaoyan.print_book import compile_staged, print_configuration, stage, typeset


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
        edition = Edition.load(ANYANG)
        stage(edition, "zh", executed, tmp_path / "book" / "source")
        return compile_staged(tmp_path / "book", timestamp(edition))

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


@needs_tex
def test_what_somebody_has_set_for_their_own_papers_plays_no_part(tmp_path, monkeypatch):
    (tmp_path / ".latexmkrc").write_text("$out_dir = 'elsewhere';\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "latex"
    folder.mkdir()
    (folder / "report.tex").write_text("\\documentclass{article}\n\\begin{document}\na\n\\end{document}\n")
    typeset(folder, "0")
    assert (folder / "report.pdf").is_file()


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


@pytest.mark.parametrize(("free", "code"), [(0, 1), (2**20, 0)])
def test_what_a_full_disk_keeps_from_being_printed_is_no_fault_of_the_book(monkeypatch, tmp_path, capsys, free, code):
    def make(edition, language):
        raise BookFailed("a fault")

    monkeypatch.setattr(print_book, "make_report", make)
    monkeypatch.setattr(files.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    outcome = tmp_path / "printed.txt"
    assert print_book.main([ANYANG, "zh", str(outcome)]) == code
    if code:
        line = f"failed\t{ANYANG} zh report.pdf: found no space left on the disk, expected some to write in\n"
        assert (capsys.readouterr().out, outcome.exists()) == (line, False)
    else:
        assert outcome.read_text() == f"failed\t{ANYANG} zh report.pdf: a fault\n"


@needs_tex
@pytest.mark.parametrize(
    ("program", "victim"),
    # A program itself, or the shell that runs it.
    [("latexmk", "$$"), *((program, victim) for program in ("xelatex", "xdvipdfmx") for victim in ("$$", "$PPID"))],
)
def test_tex_that_is_killed_is_no_fault_of_the_book(tmp_path, monkeypatch, program, victim):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / program).write_text(f"#!/bin/sh\nkill -9 {victim}\n")
    (programs / program).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "report.tex").write_text("\\documentclass{article}\n\\begin{document}\na\n\\end{document}\n")
    with pytest.raises(EndedFromOutside, match=r"^found TeX ended from outside, expected it to run; build again$"):
        typeset(tmp_path, "0")
