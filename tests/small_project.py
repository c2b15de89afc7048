"""A copy of the project, small enough to be built many times, for the tests of the build."""

import hashlib
import os
import subprocess
import sys

import nbformat
import yaml
from project_copy import copy_project

from diaoyan.chapter_reads import READS_FILE
from diaoyan.edition_folders import edition_ids

EDITION = "anyang-2023"
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

    def start(self, *arguments, within=(), **environment):
        """Starts a build of the copy by the copy's own code, within the command given."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "scripts"), **environment}
        return subprocess.Popen(
            [*within, sys.executable, "-m", "diaoyan.build", *arguments],
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # As a terminal starts it: in a group of its own, which Ctrl-C reaches as a whole.
            process_group=0,
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

    def set_figure(self, value):
        """Changes the one figure that the chapters show, in the first row of its table; gives the table."""
        table = self.root / "data" / "editions" / EDITION / "observations.csv"
        head, first, *others = table.read_text(encoding="utf-8").splitlines(keepends=True)
        cells = first.split(",")
        cells[head.rstrip().split(",").index("value")] = value
        table.write_text("".join([head, ",".join(cells), *others]), encoding="utf-8")
        return table

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
    """The files a build reads, of one edition."""
    others = set(edition_ids()) - {EDITION}
    copy_project(root, *others)
    return Tree(root)


def make_small_project(root):
    """A tree of two short chapters, with what its first build said: exit code, lines of output, lines of errors."""
    tree = copy_of_project(root)
    for path in (tree.root / "chapters").glob("*.ipynb"):
        path.unlink()
    for name in CHAPTERS:
        write_chapter(tree.root / "chapters" / f"{name}.ipynb", CELL.replace("NAME", name))
    (tree.root / "_toc.yml").write_text("format: jb-book\nroot: chapters/summary\nchapters:\n- file: chapters/data\n")
    declarations = tree.root / READS_FILE
    declared = yaml.safe_load(declarations.read_text(encoding="utf-8"))
    declared["chapters"] = {name: declared["chapters"][name] for name in CHAPTERS}
    declarations.write_text(yaml.safe_dump(declared), encoding="utf-8")
    return tree.build()
