"""The build: what is made again and what is not."""

import ast
import os
import re
import shutil
import sys
import time
from pathlib import Path

import nbformat
import pytest

from diaoyan import build, inputs
from diaoyan.inputs import chapter_inputs, code_behind, edition_inputs


def test_a_build_shows_a_line_for_each_chapter_and_book_and_one_to_close(built_once):
    code, lines, errors = built_once[1]
    assert (code, errors) == (0, [])
    seconds = r"\d+\.\d s"
    checked, *executed, book, closing = lines
    assert re.fullmatch(rf"\[1/1\] check anyang-2023  {seconds}", checked)
    assert re.fullmatch(rf"\[1/2\] anyang-2023 zh (summary|data)  {seconds}", executed[0])
    assert re.fullmatch(rf"\[2/2\] anyang-2023 zh (summary|data)  {seconds}", executed[1])
    assert re.fullmatch(rf"\[1/1\] book anyang-2023 zh  {seconds}", book)
    assert re.fullmatch(
        rf"built 1 edition, 1 book, 2 chapters \(2 executed\) in {seconds}: _build/site/index.html",
        closing,
    )


def test_a_touch_stored_outputs_and_words_of_another_language_execute_nothing(tree):
    before = tree.site()
    for path in tree.root.rglob("*"):
        if path.is_file() and "_build" not in path.parts:
            path.touch()
    chapter = tree.root / "chapters/summary.ipynb"
    notebook = nbformat.read(chapter, as_version=4)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="stored")]
    nbformat.write(notebook, chapter)
    catalogue = tree.root / "data/catalogue/en.yml"
    catalogue.write_text(catalogue.read_text(encoding="utf-8") + "# note\n", encoding="utf-8")
    code, lines, errors = tree.build()
    assert (code, errors) == (0, [])
    # A word of any language may be a fault.
    checked, closing = lines
    assert checked.startswith("[1/1] check anyang-2023")
    assert "2 chapters (0 executed)" in closing
    # The digests of what was changed are other ones.
    differing = {name for name, digest in tree.site().items() if before.get(name) != digest}
    assert differing == {"anyang-2023/manifest.json", "anyang-2023/ro-crate-metadata.json"}
    assert tree.build() == (0, ["nothing has changed: _build/site/index.html"], [])


def test_the_source_of_a_chapter_reruns_it_alone(tree):
    path = tree.root / "chapters/summary.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source += "\n"
    nbformat.write(notebook, path)
    assert "(1 executed)" in tree.build()[1][-1]


def test_a_changed_figure_reruns_the_chapters_and_reaches_the_page(tree):
    table = tree.set_figure("98765")
    # A table copied into place keeps its own, older time.
    os.utime(table, (0, 0))
    assert "98765" not in tree.page("summary")
    code, lines, errors = tree.build()
    assert (code, errors) == (0, [])
    assert "2 chapters (2 executed)" in lines[-1]
    assert "98765" in tree.page("summary")


def test_a_chapter_whose_outputs_stay_the_same_leaves_its_book_alone(tree):
    text = tree.root / "data/editions/anyang-2023/text/zh/summary.md"
    text.write_text(text.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    html = tree.root / "_build/books/anyang-2023/zh/output/_build/html"
    times = {path: path.stat().st_mtime_ns for path in html.rglob("*.html")}
    _, lines, _ = tree.build()
    assert "(2 executed)" in lines[-1]
    assert not any("book anyang" in line for line in lines)
    assert {path: path.stat().st_mtime_ns for path in html.rglob("*.html")} == times


def test_a_site_that_was_deleted_is_published_again(tree):
    before = tree.site()
    shutil.rmtree(tree.root / "_build/site")
    code, lines, _ = tree.build()
    assert (code, len(lines)) == (0, 1)
    assert tree.site() == before


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--only", "epub"], "build: argument --only: invalid choice: 'epub' (choose from 'html', 'pdf', 'official')"),
        (["--cores", "0"], "build: argument --cores: found '0', expected a whole number from 1"),
        (["--fast"], "build: unrecognized arguments: --fast"),
    ],
)
def test_a_wrong_command_line_is_one_line(capsys, arguments, line):
    with pytest.raises(SystemExit) as ended:
        build.main(arguments)
    assert ended.value.code == 1
    assert capsys.readouterr() == ("", f"{line}\n")


def test_an_edition_there_is_not_is_one_line(built_once):
    line = "edition: found 'atlantis-1', expected one of anyang-2023"
    assert built_once[0].build("atlantis-1") == (1, [], [line])


def test_two_builds_of_one_folder_do_not_run_at_once(tree):
    fcntl = pytest.importorskip("fcntl")
    with (tree.root / "_build/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, _, errors = tree.build()
    assert (code, errors) == (1, ["another build is running here; wait until it has ended"])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give files no such names")
def test_files_whose_names_cannot_be_written_end_no_build_and_are_in_no_site(tree):
    before = tree.site()
    # As an archive from Chinese Windows unpacks it: 数据, in GBK.
    name = os.fsdecode("数据".encode("gbk"))
    for folder in ("data", "chapters", "data/editions/anyang-2023", "data/editions/anyang-2023/text/zh"):
        (tree.root / folder / f"{name}.csv").write_text("a")
    code, _, errors = tree.build()
    assert (code, errors) == (0, [])
    assert tree.site() == before


def test_a_chapter_depends_on_its_edition_and_not_on_another_or_on_the_book():
    files = chapter_inputs("anyang-2023", "zh", "achievements")
    assert "data/indicators.csv" in files
    assert "data/editions/anyang-2023/observations.csv" in files
    assert "data/catalogue/zh.yml" in files
    assert "data/catalogue/en.yml" not in files
    assert "scripts/diaoyan/sphinx_extension.py" not in files
    assert not any(file.startswith("data/editions/anyang-2023/text/en/") for file in files)


def test_a_chapter_depends_on_the_tables_and_texts_that_it_declares_and_on_no_others():
    own = "data/editions/anyang-2023"
    achievements = chapter_inputs("anyang-2023", "zh", "achievements")
    investigation = chapter_inputs("anyang-2023", "zh", "investigation")
    summary = chapter_inputs("anyang-2023", "zh", "summary")
    assert f"{own}/visits.csv" in investigation
    assert f"{own}/visits.csv" not in {*achievements, *summary}
    assert f"{own}/policies.csv" in achievements
    assert f"{own}/text/zh/achievements.md" in achievements
    assert f"{own}/text/zh/problems.md" not in achievements
    # The headings of all texts, for what leads to them.
    assert {f"{own}/text/zh/problems.md", "data/text/zh/data.md"} <= {*summary}


def test_a_language_without_a_text_depends_on_the_one_that_stands_in_for_it():
    untranslated = "data/editions/anyang-2023/text/en/summary.md"
    for files in (chapter_inputs("anyang-2023", "eo", "summary"), edition_inputs("anyang-2023", "eo")):
        assert {"_toc.yml", untranslated, "data/catalogue/en.yml"} <= {*files}
    assert untranslated not in edition_inputs("anyang-2023", "zh")


def test_what_was_made_by_steps_that_nothing_is_known_of_any_more_is_made_anew_even_later(tree):
    before = tree.site()
    made = [tree.root / "_build" / name / "anyang-2023" / "en" for name in ("executed", "audits", "workbooks")]
    for folder in made:
        folder.mkdir(parents=True)
        (folder / "of-another-time").touch()
    shutil.rmtree(tree.root / ".snakemake")
    code, lines, _ = tree.build()
    assert (code, [folder for folder in made if folder.exists()]) == (0, [])
    assert "2 chapters (2 executed)" in lines[-1]
    assert tree.site() == before


def test_what_changes_during_a_build_is_not_taken_for_built(tree):
    process = tree.start("--lang", "zh", "--only", "html", "--cores", "2")
    settings = tree.root / "_config.yml"
    (tree.root / "_build/build.log").unlink()
    while not (tree.root / "_build/build.log").exists():
        time.sleep(0.02)
    settings.write_text(settings.read_text(encoding="utf-8") + "# note\n", encoding="utf-8")
    assert tree.finish(process)[0] == 0
    code, lines, _ = tree.build()
    assert code == 0
    assert lines[-1].startswith("built 1 edition")


def test_the_imports_that_are_read_are_those_that_python_finds():
    for path in sorted(inputs.PACKAGE.glob("*.py")):
        nodes = [each for each in ast.walk(ast.parse(path.read_bytes())) if isinstance(each, ast.ImportFrom)]
        own = [each for each in nodes if (each.module or "").split(".")[0] == "diaoyan"]
        names = {each.module for each in own} | {f"{each.module}.{alias.name}" for each in own for alias in each.names}
        expected = {inputs.PACKAGE / f"{name.partition('.')[2]}.py" for name in names}
        assert {path for path in inputs._imported_by(path) if path.is_file()} == set(filter(Path.is_file, expected))


def test_code_behind_a_module_is_what_it_imports_and_what_that_imports():
    names = {path.name for path in code_behind("edition")}
    # edition imports tables, tables imports faults.
    assert {"edition.py", "tables.py", "faults.py", "paths.py"} <= names
    assert "build.py" not in names
