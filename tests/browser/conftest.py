"""What the browser tests share: the committed chapters' book and the system's browser."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_once import made_once
from playwright.sync_api import Browser, Page, sync_playwright

from browser.charts import opened
from browser.pages import LANGUAGES, PAGES
from browser.sites import EDITION, make_site
from browser.web_server import serving
from diaoyan.paths import CHAPTERS, ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def book(tmp_path_factory) -> Path:
    """The pages of the committed chapters, built outside the repository."""
    return made_once(tmp_path_factory, "committed-book", make_book) / "_build" / "html"


def make_book(folder: Path) -> None:
    """Builds the committed chapters in a folder as anybody may, with Jupyter Book alone."""
    (folder / "chapters").mkdir()
    for chapter in CHAPTERS.glob("*.ipynb"):
        shutil.copy(chapter, folder / "chapters")
    for settings in ("_config.yml", "_toc.yml"):
        shutil.copy(ROOT / settings, folder)
    jupyter_book = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", jupyter_book, "build", ".", "-W", "-n", "--keep-going"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's own Chromium."""
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not executable:
        pytest.fail(f"no browser for the browser tests: install one of {', '.join(CHROMIUM)}", pytrace=False)
    with sync_playwright() as playwright:
        # Its sandbox does not start for root, as which a container runs.
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def books(tmp_path_factory) -> Path:
    """The site with the book in both languages: `anyang-2023/zh` and `anyang-2023/en`."""
    return made_once(tmp_path_factory, "site-in-both-languages", make_site) / "site"


@pytest.fixture(scope="session")
def server(books) -> Iterator[str]:
    """The address of the site on a web server that has it below a folder."""
    with serving(books.parent) as address:
        yield f"{address}/{books.name}/{EDITION}"


@pytest.fixture(params=[(language, page) for language in LANGUAGES for page in PAGES], ids=lambda each: "/".join(each))
def place(request):
    """Each page of each language."""
    return request.param


@pytest.fixture
def desktop(browser):
    """A page of a desktop's width."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def open_page(browser, book):
    """Opens a chapter from disk; closes it in the end."""
    visits = []

    def open_one(name, **options) -> Page:
        visits.append(opened(browser, book.as_uri(), name, **options))
        return visits[-1].page

    yield open_one
    for visit in visits:
        visit.page.context.close()
