"""Makes the site of the real edition in both languages as a build does, but for pictures in notebooks and print."""

import copy
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from diaoyan import book, book_files, cli, data_workbook, site
from diaoyan.edition import Edition
from diaoyan.inputs import chapter_names
from diaoyan.paths import CHAPTERS, ROOT

EDITION = "anyang-2023"
LANGUAGES = ("zh", "en")


def make_site(build: Path) -> None:
    """Makes the site below `build`, as its folder `site`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_files, "BUILD", build)
        patch.setattr(site, "BUILD", build)
        patch.setattr(site, "SITE", build / "site")
        chapters = {name: nbformat.read(CHAPTERS / f"{name}.ipynb", as_version=4) for name in chapter_names()}
        for language in LANGUAGES:
            folder = build / "executed" / EDITION / language
            folder.mkdir(parents=True)
            # The committed chapters are executed in Chinese.
            executed = chapters if language == "zh" else _executed(chapters, language)
            for name, notebook in executed.items():
                nbformat.write(notebook, folder / f"{name}.ipynb")
            audit = build / "audits" / EDITION / language / "audit.json"
            audit.parent.mkdir(parents=True)
            assert cli.main(["audit", EDITION, "--lang", language, "--json", "--output", str(audit)]) == 0
            workbook = build / "workbooks" / EDITION / language / "data.xlsx"
            workbook.parent.mkdir(parents=True)
            assert data_workbook.main([EDITION, language, str(workbook)]) == 0
        with ThreadPoolExecutor() as pool:
            list(pool.map(_make_book, LANGUAGES))
        site.publish([f"{EDITION}/{language}" for language in LANGUAGES], ["html"])


def _make_book(language: str) -> None:
    folder = book_files.book_folder(EDITION, language)
    edition = Edition.load(EDITION)
    book.stage(edition, language, folder / "source", LANGUAGES)
    book.run_jupyter_book(folder, book.timestamp(edition))


def _executed(chapters: dict, language: str) -> dict:
    """The chapters executed in a language, one after the other in one kernel, which is the dear part."""
    chapters = copy.deepcopy(chapters)
    cells = []
    for name, notebook in chapters.items():
        for cell in notebook.cells:
            cell.id = f"{name}-{cell.id}"
        parameters, *_ = notebook.cells
        parameters.source, count = re.subn(r'(lang: str = )"zh"', rf'\1"{language}"', parameters.source)
        assert count == 1
        cells += notebook.cells
    whole = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(whole, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    return chapters
