"""Downloads: the files that go with a book, named where it is made and linked where it is published.

A book is made before it is printed, so its page only holds what may be offered, in a comment; whoever publishes knows
which of the files are there and how large they are, and writes their links after the comment.
"""

import json
import re
from pathlib import Path

from diaoyan.catalogue import Catalogue
from diaoyan.files import write_whole
from diaoyan.markup import escape, table
from diaoyan.markup_check import plain
from diaoyan.outputs import Output
from diaoyan.site_pages import site_fragment

# By the name the catalogue has for it: the kind of file, and its place in the book's folder.
FILES = {
    "report": ("PDF", "report.pdf"),
    "official_docx": ("Word", "official.docx"),
    "official_pdf": ("PDF", "official.pdf"),
    "workbook": ("Excel", "data.xlsx"),
    "package": ("datapackage.json", "../data/datapackage.json"),
    "audit": ("JSON", "audit.json"),
}
NOTEBOOKS = "notebooks/{chapter}.ipynb"
# The page that offers them, in the book's folder.
PAGE = "chapters/summary.html"
BEGIN, END = "<!--diaoyan-downloads ", "<!--/diaoyan-downloads-->"
OFFERED = re.compile(rf"{BEGIN}(.*?)-->.*?{END}", re.DOTALL)
UNITS = ("kB", "MB", "GB")


def downloads_output(words: Catalogue, chapters: list[str], titles: dict[str, str]) -> Output:
    """What may be downloaded with the book, as an output of a chapter."""
    entries = [
        {"name": words(f"first_screen.downloads.{name}"), "type": kind, "files": [{"file": file, "name": ""}]}
        for name, (kind, file) in FILES.items()
    ]
    notebooks = [
        {"file": NOTEBOOKS.format(chapter=chapter), "name": plain(titles.get(chapter, chapter))} for chapter in chapters
    ]
    entries.append({"name": words("first_screen.downloads.notebooks"), "type": "Jupyter", "files": notebooks})
    heads = [words(f"first_screen.downloads.{head}") for head in ("content", "type")]
    markdown = table(heads, [[escape(entry["name"]), escape(entry["type"])] for entry in entries])
    about = {"kind": "downloads", "name": "downloads", "entries": entries}
    return Output({"text/markdown": markdown, "text/plain": markdown}, about)


def offer(entries: list[dict]) -> str:
    """The entries as a comment that no browser shows and no text can end."""
    content = json.dumps(entries).replace("-", "\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")
    return f"{BEGIN}{content}-->{END}"


def link_downloads(page: Path, folder: Path) -> None:
    """Writes into a page the links to those files it offers that are in `folder`; what it linked before goes."""
    if not page.is_file():
        return
    before = page.read_text(encoding="utf-8")
    # The page lies one folder below the book's.
    after = OFFERED.sub(lambda found: _linked(found[1], folder, "../"), before)
    if after != before:
        # The page may be one and the same file as the one that is published: it is replaced, not changed.
        write_whole(page, after)


def published_files(entries: list[dict], folder: Path, address: str) -> list[dict]:
    """The entries whose files are in `folder`, with sizes and with addresses that begin with `address`."""
    found = []
    for entry in entries:
        there = [each for each in entry["files"] if (folder / each["file"]).is_file()]
        sizes = [(folder / each["file"]).stat().st_size for each in there]
        links = [{"address": address + each["file"], "name": each["name"]} for each in there]
        if there:
            found.append({**entry, "size": size_in_words(sum(sizes)), "links": links})
    return found


def size_in_words(size: int) -> str:
    """A size in bytes as a reader knows it: 0.9 kB, 340 kB, 1.2 MB."""
    number, unit = size / 1000, UNITS[0]
    for larger in UNITS[1:]:
        if round(number) < 1000:
            break
        number, unit = number / 1000, larger
    return f"{number:.1f} {unit}" if number < 9.95 else f"{number:.0f} {unit}"


def _linked(content: str, folder: Path, address: str) -> str:
    entries = published_files(json.loads(content), folder, address)
    listed = site_fragment("downloads.html", entries=entries) if entries else ""
    return f"{BEGIN}{content}-->{listed}{END}"
