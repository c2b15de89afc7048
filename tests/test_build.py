"""The build: what is made again and what is not, and what is left when it fails."""

import compileall
import hashlib
import importlib.util
import os
import py_compile
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from bs4 import BeautifulSoup

from diaoyan.inputs import chapter_inputs, code_behind
from diaoyan.paths import ROOT
from diaoyan.tex import missing_packages

CHAPTERS = ("summary", "data")
# A page with one figure of the edition's tables.
CELL = """
from IPython.display import display
from diaoyan.edition import Edition
rows = Edition.load(edition).tables["observations"]
row = next(row for row in rows if row.file == f"data/editions/{edition}/observations.csv")
text = f"# {row['indicator']}\\n\\n{row['value']}"
meta = {"kind": "text", "anchors": ["NAME-top"]}
display({"text/markdown": text, "text/plain": text}, raw=True, metadata={"diaoyan": meta})
"""


def write_chapter(path, cell):
    """A chapter of a parameters cell and one more."""
    parameters = 'edition: str = "anyang-2023"\nlang: str = "zh"'
    cells = [nbformat.v4.new_code_cell(source) for source in (parameters, cell)]
    cells[0].metadata["tags"] = ["parameters"]
    notebook = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    nbformat.write(notebook, path)


class Tree:
    """A copy of the project, small enough to be built many times."""

    def __init__(self, root):
        self.root = root

    def start(self, *arguments, **environment):
        """Starts a build of the copy by the copy's own code."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "scripts"), **environment}
        return subprocess.Popen(
            [sys.executable, "-m", "diaoyan.build", *arguments],
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def build(self, *arguments):
        """Builds the Chinese pages; gives exit code, lines of output and lines of errors."""
        return self.build_all("--only", "html", *arguments)

    def build_all(self, *arguments):
        """Builds in Chinese whatever is asked for; gives exit code, lines of output and lines of errors."""
        return self.finish(self.start("--lang", "zh", "--cores", "2", *arguments))

    @staticmethod
    def finish(process):
        """Waits for a build; gives exit code, lines of output and lines of errors."""
        output, errors = process.communicate(timeout=300)
        return process.returncode, output.splitlines(), errors.splitlines()

    def site(self):
        """The published site: a digest by file."""
        site = self.root / "_build" / "site"
        files = (path for path in site.rglob("*") if path.is_file())
        return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def page(self, name):
        """A published page."""
        path = self.root / "_build" / "site" / "anyang-2023" / "zh" / "chapters" / f"{name}.html"
        return path.read_text(encoding="utf-8")


def copy_of_project(root):
    """The files a build reads."""
    for name in ("data", "scripts", "chapters"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("Snakefile", "_config.yml", "_toc.yml", "requirements.lock"):
        shutil.copyfile(ROOT / name, root / name)
    # Once for the many processes of many builds, and for the copies of the copy, whatever their times.
    compileall.compile_dir(root / "scripts", quiet=1, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    return Tree(root)


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    """A tree of two short chapters, with what its first build said."""
    tree = copy_of_project(tmp_path_factory.mktemp("built") / "tree")
    shutil.rmtree(tree.root / "chapters")
    (tree.root / "chapters").mkdir()
    for name in CHAPTERS:
        write_chapter(tree.root / "chapters" / f"{name}.ipynb", CELL.replace("NAME", name))
    (tree.root / "_toc.yml").write_text("format: jb-book\nroot: chapters/summary\nchapters:\n- file: chapters/data\n")
    return tree, tree.build()


@pytest.fixture
def tree(built_once, tmp_path):
    """A tree that was built, to be changed."""
    shutil.copytree(built_once[0].root, tmp_path / "tree")
    return Tree(tmp_path / "tree")


def test_a_build_shows_a_line_for_each_chapter_and_book_and_one_to_close(built_once):
    code, lines, errors = built_once[1]
    assert (code, errors) == (0, [])
    seconds = r"\d+\.\d s"
    executed, (book, closing) = lines[:2], lines[2:]
    assert re.fullmatch(rf"\[1/2\] anyang-2023 zh (summary|data)  {seconds}", executed[0])
    assert re.fullmatch(rf"\[2/2\] anyang-2023 zh (summary|data)  {seconds}", executed[1])
    assert re.fullmatch(rf"\[1/1\] book anyang-2023 zh  {seconds}", book)
    assert re.fullmatch(
        rf"built 1 edition, 1 book, 2 chapters \(2 executed\) in {seconds}: _build/site/index.html",
        closing,
    )


def test_a_touch_reruns_nothing(tree):
    before = tree.site()
    for path in tree.root.rglob("*"):
        if path.is_file() and "_build" not in path.parts:
            path.touch()
    code, lines, _ = tree.build()
    assert code == 0
    assert len(lines) == 1
    assert "2 chapters (0 executed)" in lines[0]
    assert tree.site() == before


def test_a_changed_figure_reruns_the_chapters_and_reaches_the_page(tree):
    table = tree.root / "data/editions/anyang-2023/observations.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    header, first = lines[0].rstrip().split(","), lines[1].split(",")
    first[header.index("value")] = "98765"
    table.write_text("".join([lines[0], ",".join(first), *lines[2:]]), encoding="utf-8")
    # A table copied into place keeps its own, older time.
    os.utime(table, (0, 0))
    assert "98765" not in tree.page("summary")
    code, lines, errors = tree.build()
    assert (code, errors) == (0, [])
    assert "2 chapters (2 executed)" in lines[-1]
    assert "98765" in tree.page("summary")


def test_outputs_stored_in_a_chapter_rerun_nothing_and_its_source_does(tree):
    path = tree.root / "chapters/summary.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="stored")]
    nbformat.write(notebook, path)
    assert "(0 executed)" in tree.build()[1][-1]
    notebook.cells[1].source += "\n"
    nbformat.write(notebook, path)
    assert "(1 executed)" in tree.build()[1][-1]


def test_words_of_another_language_rerun_nothing(tree):
    catalogue = tree.root / "data/catalogue/en.yml"
    catalogue.write_text(catalogue.read_text(encoding="utf-8") + "# note\n", encoding="utf-8")
    _, lines, _ = tree.build()
    assert "(0 executed)" in lines[-1]
    assert len(lines) == 1


def test_a_chapter_whose_outputs_stay_the_same_leaves_its_book_alone(tree):
    edition = tree.root / "data/editions/anyang-2023"
    (edition / "note.txt").write_text("not read by any chapter")
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
    table = tree.root / "data/editions/anyang-2023/observations.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    first = lines[1].split(",")
    first[lines[0].rstrip().split(",").index("value")] = "NaN"
    table.write_text("".join([lines[0], ",".join(first), *lines[2:]]), encoding="utf-8")
    code, output, errors = tree.build()
    assert (code, output) == (1, [])
    assert len(errors) == 1
    assert errors[0].startswith("data/editions/anyang-2023/observations.csv:2:value: found 'NaN'")
    assert tree.site() == before


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["atlantis-1"], "edition: found 'atlantis-1', expected one of anyang-2023"),
        (["--only", "epub"], "build: argument --only: invalid choice: 'epub' (choose from 'html', 'pdf', 'official')"),
        (
            ["--cores", "0"],
            "build: argument --cores: found '0', expected a whole number from 1",
        ),
        (["--fast"], "build: unrecognized arguments: --fast"),
    ],
)
def test_a_wrong_command_line_is_one_line(built_once, arguments, line):
    code, output, errors = built_once[0].build(*arguments)
    assert (code, output, errors) == (1, [], [line])


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


def test_two_builds_of_one_folder_do_not_run_at_once(tree):
    fcntl = pytest.importorskip("fcntl")
    with (tree.root / "_build/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, _, errors = tree.build()
    assert (code, errors) == (1, ["another build is running here; wait until it has ended"])
    assert tree.build()[0] == 0


def test_an_interrupted_build_leaves_no_process_and_the_site_as_it_was(tree):
    before = tree.site()
    write_chapter(tree.root / "chapters/data.ipynb", "import time\ntime.sleep(600)")
    process = tree.start("--lang", "zh", "--only", "html", "--cores", "2")
    wait_until(lambda: "execute data" in commands_in(tree), 60)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "stopped; the last good site is as it was\n"
    wait_until(lambda: not commands_in(tree), 10)
    assert tree.site() == before


def commands_in(tree):
    """The command lines of processes that work in a tree."""
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(tree.root):
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return "\n".join(found)


def wait_until(condition, seconds):
    """Waits for a condition; fails when it does not come about in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_the_real_edition_builds_in_both_languages_without_a_warning(tmp_path):
    tree = copy_of_project(tmp_path / "tree")
    process = tree.start("anyang-2023", "--only", "html", "--cores", "2")
    output, errors = process.communicate(timeout=400)
    assert errors == ""
    assert process.returncode == 0
    assert "built 1 edition, 2 books, 18 chapters (18 executed)" in output
    site = tree.root / "_build/site"
    assert requests_in(site) == []
    for language in ("zh", "en"):
        assert (site / "anyang-2023" / language / "notebooks/data.ipynb").is_file()


def requests_in(site):
    """What pages and style sheets would load from another host."""
    loads = re.compile(
        r"""<(?:script|img|iframe|source|video|audio|embed|link)\b[^>]*\s(?:src|href)=["']?"""
        r"""(?:https?:)?//[^"'>\s]*|@import[^;]*//[^;]*|url\(\s*["']?(?:https?:)?//[^)]*"""
    )
    pages = (path for path in site.rglob("*") if path.suffix in (".html", ".css"))
    return [
        f"{path.relative_to(site)}: {found[0]}"
        for path in pages
        for found in loads.finditer(path.read_text(encoding="utf-8"))
    ]


def test_a_chapter_depends_on_its_edition_and_not_on_another_or_on_the_book():
    files = chapter_inputs("anyang-2023", "zh")
    assert "data/indicators.csv" in files
    assert "data/editions/anyang-2023/observations.csv" in files
    assert "data/catalogue/zh.yml" in files
    assert "data/catalogue/en.yml" not in files
    assert "scripts/diaoyan/sphinx_extension.py" not in files
    assert not any(file.startswith("data/editions/anyang-2023/text/en/") for file in files)


def test_code_behind_a_module_is_what_it_imports_and_what_that_imports():
    names = {path.name for path in code_behind("edition")}
    # edition imports tables, tables imports faults.
    assert {"edition.py", "tables.py", "faults.py", "paths.py"} <= names
    assert "build.py" not in names


@pytest.fixture
def bootstrap():
    """scripts/bootstrap.py, which is no part of the package."""
    path = ROOT / "scripts/bootstrap.py"
    specification = importlib.util.spec_from_file_location("bootstrap", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_missing_system_packages_are_listed_in_one_line(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "apt_command", lambda: None)
    there = bootstrap.SystemPackage("bash", "scripts", lambda: True)
    font = bootstrap.SystemPackage("a-font", "the charts", lambda: False)
    browser = bootstrap.SystemPackage("a-browser", "browser tests", lambda: False)
    assert bootstrap.missing([there, font]) == [font]
    with pytest.raises(bootstrap.CannotSetUp) as failure:
        bootstrap.install_system_packages([there, font, browser])
    assert str(failure.value) == (
        "missing: a-font (the charts), a-browser (browser tests); install it and run this again"
    )


def test_packages_that_are_welcome_are_installed_where_that_is_allowed(bootstrap, monkeypatch, capsys):
    tried = []

    def install(packages):
        tried.append([package.name for package in packages])
        if packages == [tex]:
            raise bootstrap.CannotSetUp("apt-get could not install a-tex: no network")

    tex = bootstrap.SystemPackage("a-tex", "print", lambda: False)
    font = bootstrap.SystemPackage("a-font", "the charts", lambda: True)
    for name, value in (
        ("install_system_packages", install),
        ("set_up_environment", lambda: None),
        ("set_up_fandol", lambda: None),
    ):
        monkeypatch.setattr(bootstrap, name, value)
    monkeypatch.setattr(bootstrap, "apt_command", lambda: None)
    # Not allowed: nothing is tried, and the build says what it does without.
    assert bootstrap.set_up([font], [tex])
    assert tried == [["a-font"]]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(bootstrap, "apt_command", lambda: ["apt-get"])
    # Allowed, and it fails: told, and no reason to stop.
    assert bootstrap.set_up([font], [tex])
    assert tried[1:] == [["a-font"], ["a-tex"]]
    assert capsys.readouterr().err == "apt-get could not install a-tex: no network\n"


def test_another_python_is_one_line(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "PYTHON", (2, 6))
    with pytest.raises(bootstrap.CannotSetUp, match=r"^found Python 3\.\d+, expected Python 2\.6: "):
        bootstrap.find_python()


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="packages are Debian's")
def test_only_the_wanted_files_are_taken_out_of_a_package(bootstrap, tmp_path):
    content = tmp_path / "content"
    for name in ("fonts/Wanted.otf", "fonts/Other.otf", "DEBIAN/control"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(
            "Package: a\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b.c>\nDescription: a\n"
        )
    package = tmp_path / "a.deb"
    subprocess.run(["dpkg-deb", "--build", content, package], check=True, capture_output=True)
    bootstrap.unpack(package, ("Wanted.otf", "Lacking.otf"), tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Wanted.otf"]


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="packages are Debian's")
def test_fonts_that_cannot_be_fetched_are_one_line_and_stop_nothing(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "find_font", lambda name: None)
    failed = subprocess.CompletedProcess([], 100, "", "E: Unable to locate package a\n")
    monkeypatch.setattr(bootstrap, "download", lambda name, folder: failed)
    bootstrap.set_up_fandol()
    assert capsys.readouterr().err == "could not fetch texlive-lang-chinese: E: Unable to locate package a\n"


def test_pins_and_hashes_name_the_same_packages_and_no_host(bootstrap):
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert requirements[-1] == "-e ."
    pins = [line.removesuffix(" \\") for line in lock.splitlines() if "==" in line[:80].split(";")[0]]
    assert pins == requirements[:-1]
    assert "://" not in lock + "".join(requirements)
    setuptools = bootstrap.locked("setuptools").splitlines()
    assert setuptools[0].startswith("setuptools==")
    assert all(line.strip().startswith("--hash=sha256:") for line in setuptools[1:])
