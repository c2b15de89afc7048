"""How an edition was made, as a page of the site in each of its languages, from its manifest."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from diaoyan.catalogue import Catalogue, load_catalogue
from diaoyan.edition import Edition
from diaoyan.paths import DATA
from diaoyan.site_pages import site_page

# In the folder of the edition.
FOLDER = "made"
# The part whose chapters are told of: the pages are what everybody reads.
PAGES = "html"
# Of a digest as much as tells files apart at a glance; the manifest has it whole.
SHOWN_DIGITS = 12


def write_made_pages(edition: Edition, parts: Mapping[str, Mapping], folder: Path) -> None:
    """Writes a page for every language that the edition is published in."""
    written = sorted({name.partition("/")[0] for name in parts if "/" in name})
    catalogues = {language: load_catalogue(DATA, language) for language in written}
    (folder / FOLDER).mkdir(exist_ok=True)
    for language, words in catalogues.items():
        others = [other for other in catalogues.values() if other is not words]
        page = made_page(edition, parts, words, others)
        (folder / FOLDER / f"{language}.html").write_text(page, encoding="utf-8", newline="\n")


def address(language: str, chapter: str) -> str:
    """Where the page tells of a chapter, as below the folder of the edition."""
    return f"{FOLDER}/{language}.html#{chapter}"


def made_page(edition: Edition, parts: Mapping[str, Mapping], words: Catalogue, others: list[Catalogue]) -> str:
    """The page in one language."""
    language = words.language
    own = {name.partition("/")[2]: part for name, part in parts.items() if name.startswith(f"{language}/")}
    first = own.get(PAGES) or next(iter(own.values()))
    return site_page(
        "made.html",
        say=words,
        others=others,
        title=edition.particular("title", language),
        edition=edition.id,
        commit=first["commit"],
        uncommitted=first["uncommitted"],
        chapters=[_chapter(each, first, language) for each in first.get("chapters", [])],
        packages=first["packages"],
    )


def _chapter(chapter: Mapping, part: Mapping, language: str) -> dict:
    """A chapter with the files it read, and where its pages and its executed notebook are, if they are there."""
    name = PurePosixPath(chapter["notebook"]).stem
    executed, page = f"{language}/notebooks/{name}.ipynb", f"{language}/chapters/{name}.html"
    outputs = part["outputs"]
    return {
        "name": name,
        "notebook": chapter["notebook"],
        "parameters": chapter["parameters"],
        "reads": [(file, part["inputs"][file][:SHOWN_DIGITS]) for file in chapter["reads"]],
        "executed": executed if executed in outputs else "",
        "digest": outputs.get(executed, "")[:SHOWN_DIGITS],
        "page": page if page in outputs else "",
    }
