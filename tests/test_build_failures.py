"""The build that fails: what it says, what comes out all the same, and what is left of the site."""

import compileall
import os
import re
import shutil
import signal
import time
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from bs4 import BeautifulSoup
from processes import commands_in, wait_until
from small_project import CELL, CHAPTERS, write_chapter

from diaoyan import build_failures, files
from diaoyan.paths import ROOT
from diaoyan.tex import missing_packages


def test_an_exception_in_a_chapter_is_one_line_and_leaves_the_site(tree):
    before = tree.site()
    write_chapter(tree.root / "chapters/data.ipynb", "[][1]")
    code, lines, errors = tree.build()
    assert code == 1
    assert errors == ["anyang-2023 zh data: IndexError: list index out of range"]
    assert not any(line.startswith("built") for line in lines)
    assert tree.site() == before


def test_a_fault_that_several_chapters_find_is_one_line(tree):
    fault = (
        "from diaoyan.faults import Fault, Faults\n"
        "raise Faults([Fault('data/text/zh/data.md', 3, '', \"'<b>'\", 'no HTML')])"
    )
    for name in CHAPTERS:
        write_chapter(tree.root / f"chapters/{name}.ipynb", fault)
    code, _, errors = tree.build()
    assert (code, errors) == (1, ["data/text/zh/data.md:3: found '<b>', expected no HTML"])


def test_a_link_to_no_row_is_one_line_and_leaves_the_site(tree):
    before = tree.site()
    broken = CELL.replace("\\n\\n{", "\\n\\n[1](data.ipynb#no-such-row) {")
    write_chapter(tree.root / "chapters/summary.ipynb", broken.replace("NAME", "summary"))
    code, _, errors = tree.build()
    assert code == 1
    assert len(errors) == 1
    assert errors[0].startswith("anyang-2023 zh: chapters/summary.ipynb:")
    assert "data#no-such-row" in errors[0]
    assert tree.site() == before
    # What was left half done is made again.
    write_chapter(tree.root / "chapters/summary.ipynb", CELL.replace("NAME", "summary"))
    code, lines, _ = tree.build()
    assert code == 0
    assert any("book anyang-2023 zh" in line for line in lines)
    assert tree.site() == before


def test_a_fault_in_a_table_stops_the_build_before_anything_runs(tree):
    before = tree.site()
    tree.set_figure("NaN")
    code, output, errors = tree.build()
    assert (code, output) == (1, [])
    assert len(errors) == 1
    assert errors[0].startswith("data/editions/anyang-2023/observations.csv:2:value: found 'NaN'")
    assert tree.site() == before


def test_a_missing_picture_is_named_and_its_words_stand_on_the_page(tree):
    path = tree.root / "chapters/summary.ipynb"
    notebook = nbformat.read(path, 4)
    written = "## Visits\n\n![The hall](hall.png)\n\nIn ![the yard](yard.png) we met."
    notebook.cells.append(nbformat.v4.new_markdown_cell(written, id="by-hand"))
    nbformat.write(notebook, path)
    shutil.copy(ROOT / "docs/site.png", tree.root / "chapters/yard.png")
    missing = "found no file 'hall.png', expected the picture"
    for executed in (1, 0):
        code, lines, errors = tree.build()
        assert (code, errors) == (1, [f"anyang-2023 zh summary: visits: {missing}"])
        assert f"({executed} executed)" in lines[-1]
    page = BeautifulSoup(tree.page("summary"), "html.parser")
    assert page.find("h2").find_next("p").text == "The hall"
    assert [image["alt"] for image in page.select("main img")] == ["the yard"]
    if not missing_packages():
        code, _, errors = tree.build_all("--only", "pdf")
        assert (code, len(errors)) == (1, 1)
        assert errors[0].startswith("anyang-2023 zh report.pdf: ")
        assert f": visits: {missing}" in errors[0]


@pytest.mark.skipif(bool(missing_packages()), reason="TeX is not installed, and may not be installed here")
def test_a_book_that_cannot_be_printed_fails_the_build_and_all_else_comes_out(tree):
    report = tree.root / "_build/site/anyang-2023/zh/report.pdf"
    code, lines, errors = tree.build_all("--only", "pdf")
    assert (code, errors) == (0, [])
    assert re.fullmatch(r"\[1/1\] pdf anyang-2023 zh  \d+\.\d s", lines[0])
    assert report.read_bytes().startswith(b"%PDF-")
    page = tree.page("summary")
    write_chapter(
        tree.root / "chapters/summary.ipynb", CELL.replace("NAME", "summary").replace("text =", "text = '# 😀' #")
    )
    for executed in (1, 0):
        code, lines, errors = tree.build_all()
        assert code == 1
        assert errors == [
            "anyang-2023 zh report.pdf: summary: summary-top: found the character 😀 (U+1F600), "
            "which no font of the book has; expected another"
        ]
        assert f"({executed} executed)" in lines[-1]
    code, lines, errors = tree.build_all("--only", "pdf")
    # Nothing that was asked for was built.
    assert (code, lines, len(errors)) == (1, [], 1)
    assert "😀" in tree.page("summary") != page
    assert not report.exists()


def test_without_tex_all_but_print_is_built_and_print_by_name_is_refused(tree, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    environment = {"PATH": str(programs)}
    code, lines, errors = tree.finish(tree.start("--lang", "zh", **environment))
    assert (code, errors) == (0, [])
    assert lines[0].startswith("report.pdf is left out: found no TeX to make it with; install texlive-xetex latexmk ")
    assert lines[-1].startswith("built 1 edition, 1 book, ")
    code, lines, errors = tree.finish(tree.start("--lang", "zh", "--only", "pdf", **environment))
    assert (code, lines) == (1, [])
    assert errors[0].startswith("report.pdf: found no TeX to make it with; install texlive-xetex latexmk ")
    assert len(errors) == 1


@pytest.mark.parametrize("name", ["site", "site.next"])
def test_a_link_in_place_of_the_site_is_one_line_and_nothing_is_written_where_it_leads(tree, tmp_path, name):
    elsewhere = tmp_path / "elsewhere"
    (tree.root / "_build" / "site").rename(elsewhere)
    (tree.root / "_build" / name).symlink_to(elsewhere)
    before = {path: path.stat().st_mtime_ns for path in elsewhere.rglob("*")}
    tree.set_figure("98765")
    line = f"_build/{name}: found a link to elsewhere, expected a folder to write in"
    assert tree.build() == (1, [], [line])
    assert {path: path.stat().st_mtime_ns for path in elsewhere.rglob("*")} == before
    assert (tree.root / "_build" / name).is_symlink()


def test_an_interrupted_build_leaves_no_process_and_the_site_as_it_was(tree):
    before = tree.site()
    write_chapter(tree.root / "chapters/data.ipynb", "import time\ntime.sleep(600)")
    process = tree.start("--lang", "zh", "--only", "html", "--cores", "2")
    wait_until(lambda: "execute data" in commands_in(tree.root), 60)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "stopped; the last good site is as it was\n"
    wait_until(lambda: not commands_in(tree.root), 10)
    assert tree.site() == before


@pytest.mark.parametrize("helper", ["zygote", "painter"])
def test_a_helper_that_is_killed_leaves_no_process_and_the_next_build_is_right(tree, helper):
    before = tree.site()
    path = tree.root / "chapters/data.ipynb"
    whole = path.read_bytes()
    write_chapter(path, "import time\ntime.sleep(600)")
    process = tree.start("--lang", "zh", "--only", "html", "--cores", "2")
    wait_until(lambda: "execute data" in commands_in(tree.root), 60)
    (helping,) = (each for each in psutil.Process(process.pid).children() if f"diaoyan.{helper}" in each.cmdline())
    helping.kill()
    if helper == "zygote":
        code, _, errors = tree.finish(process)
        line = "found the processes of the build ended from outside (Killed), expected them to run; build again"
        assert (code, errors) == (1, [line])
    else:
        # What it would have drawn is drawn by whoever needs it.
        time.sleep(1)
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        assert tree.finish(process)[0] == 130
    wait_until(lambda: not commands_in(tree.root), 10)
    assert tree.site() == before
    path.write_bytes(whole)
    assert tree.build()[0] == 0
    assert tree.site() == before


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "the kernel died, perhaps for lack of memory"),
        ("import time\ntime.sleep(600)", "a cell ran for more than 3 s, which is the limit"),
    ],
)
def test_a_kernel_that_dies_or_hangs_is_one_line_and_leaves_no_process(tree, cell, found):
    before = tree.site()
    write_chapter(tree.root / "chapters/data.ipynb", cell)
    code_of_jobs = tree.root / "scripts/diaoyan/execute.py"
    code_of_jobs.write_text(code_of_jobs.read_text().replace("TIME_LIMIT_SECONDS = 120", "TIME_LIMIT_SECONDS = 3"))
    compileall.compile_file(code_of_jobs, quiet=1, force=True)
    code, _, errors = tree.build()
    assert (code, errors) == (1, [f"anyang-2023 zh data: {found}"])
    wait_until(lambda: not commands_in(tree.root), 10)
    assert tree.site() == before


def test_a_build_that_nobody_reads_comes_to_its_end(tree):
    before = tree.site()
    shutil.rmtree(tree.root / "_build")
    process = tree.start("--lang", "zh", "--only", "html", "--cores", "2")
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(120) == 0
    assert process.stderr.read() == ""
    assert tree.site() == before


@pytest.mark.parametrize(
    ("free", "code", "told", "line"),
    [
        (2**20 - 1, 1, [], "_build: found no space left on the disk, expected some to write in"),
        (2**20, 1, [], "ValueError: a reason (more in _build/build.log)"),
        # Whatever else is wrong, it did not end by itself.
        (0, -9, [], "found the processes of the build ended from outside (Killed), expected them to run; build again"),
        (2**20, 1, ["a fault", "another", "a fault"], "a fault\nanother"),
        # What jobs make of a full disk is not what is wrong, even if there is some space again.
        (0, 1, ["a fault", "another"], "_build: found no space left on the disk, expected some to write in"),
        (
            2**20,
            1,
            ["a theme: OSError(28, 'No space left on device')"],
            "_build: found no space left on the disk, expected some to write in",
        ),
    ],
)
def test_why_a_build_failed_is_what_its_jobs_have_told_or_one_line(monkeypatch, tmp_path, free, code, told, line):
    log = tmp_path / "_build" / "build.log"
    log.parent.mkdir()
    log.write_text("a line\nValueError: a reason\nanother\n", encoding="utf-8")
    monkeypatch.setattr(build_failures, "ROOT", tmp_path)
    monkeypatch.setattr(files.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    assert build_failures.why(code, told, log) == line
