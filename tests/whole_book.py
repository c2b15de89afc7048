"""Makes the book of an edition in a copy of the project, in one process and without kernels, for browser tests.

`python whole_book.py EDITION LANGUAGE FORM…` with the copy's scripts/ on PYTHONPATH; forms are html, latex, docx and
index.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from project_copy import copy_project

from diaoyan.book import make_book, run_jupyter_book, timestamp
from diaoyan.book_files import executed_folder, html_folder, print_folder
from diaoyan.edition import Edition
from diaoyan.inputs import chapter_names
from diaoyan.official_docx import write_official_docx
from diaoyan.official_text import compose
from diaoyan.paths import ROOT
from diaoyan.print_book import stage
from diaoyan.report import Report
from diaoyan.site import index_page


class Copy:
    """A copy of the project whose data a test may change, and the books made in it."""

    def __init__(self, root: Path):
        self.root = root
        copy_project(root)

    def make(self, edition: str, language: str, *forms: str) -> Path:
        """Makes the forms; the folder of the pages."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "scripts"), "PYTHONUTF8": "1", "NO_COLOR": "1"}
        command = [sys.executable, __file__, edition, language, *forms]
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr
        return self.pages(edition, language)

    def pages(self, edition: str, language: str) -> Path:
        """The folder of the pages that were made."""
        return self.root / html_folder(edition, language).relative_to(ROOT)

    def printed(self, edition: str, language: str) -> str:
        """The LaTeX of the printed book."""
        latex = self.root / print_folder(edition, language).relative_to(ROOT) / "output" / "_build" / "latex"
        return (latex / "report.tex").read_text(encoding="utf-8")


def execute(report: Report, folder: Path) -> None:
    """Writes all chapters as their execution leaves them, without what a code host shows of charts."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in chapter_names():
        outputs = [
            {"output_type": "display_data", "data": output.data, "metadata": {"diaoyan": output.about}}
            for output in report.outputs(name, pictures=False)
        ]
        source = f"report.chapter({name!r})"
        cell = {"cell_type": "code", "source": source, "outputs": outputs, "metadata": {}, "execution_count": 1}
        notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def main(name: str, language: str, *forms: str) -> None:
    """Executes the chapters and makes the forms asked for."""
    edition = Edition.load(name)
    report, executed = Report(edition, language), executed_folder(name, language)
    execute(report, executed)
    if "html" in forms:
        make_book(name, language)
    if "latex" in forms:
        folder = print_folder(name, language)
        stage(edition, language, executed, folder / "source")
        run_jupyter_book(folder, timestamp(edition), "latex")
    if "docx" in forms:
        document = compose(edition, language, executed)
        write_official_docx(document, report.wording.catalogue, ROOT / "official.docx")
    if "index" in forms:
        (ROOT / "index.html").write_text(index_page({name: [language]}), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
