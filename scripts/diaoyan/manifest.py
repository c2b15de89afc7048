"""The manifest of an edition in the site: of each of its parts what it was made from, and every file of it.

A part is a product of a book (`zh` as `html`), the tables, or what is told of their making; each was made when it was
asked for, so each names its own inputs, with digests (SHA-256) of their content.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from diaoyan.commits import origin_of
from diaoyan.edition_folders import edition_ids, made_editions
from diaoyan.inputs import (
    LOCK,
    about_inputs,
    audit_inputs,
    book_inputs,
    chapter_file,
    chapter_inputs,
    chapters_of,
    code_behind,
    edition_inputs,
    link_inputs,
    official_inputs,
    particulars_of,
    print_inputs,
    workbook_inputs,
)
from diaoyan.paths import DATA, ROOT
from diaoyan.recipes import recipe_of

FILE = "manifest.json"
# The parts that are no product of a book.
TABLES, ABOUT = "data", "made"
# What makes all of them.
WORKFLOW = "Snakefile"
# Where recipes make editions.
MADE = f"{made_editions(DATA).relative_to(ROOT).as_posix()}/"
# Beside the executed chapters, what each product is made from.
MADE_FROM = {
    "html": (book_inputs, audit_inputs, workbook_inputs),
    "pdf": (print_inputs,),
    "official": (official_inputs,),
}
# A pinned package at the beginning of a line of the lock file.
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)


def product_inputs(edition: str, language: str, product: str) -> list[str]:
    """The files that a product of a book is made from, named as below the root of the project."""
    chapters = chapters_of(particulars_of(edition))
    found = {file for inputs in MADE_FROM[product] for file in inputs(edition, language)}
    found |= {*link_inputs()} if product == "html" else set()
    for chapter in chapters:
        found |= {chapter_file(chapter), *chapter_inputs(edition, language, chapter)}
    return sorted(found | _recipe(edition))


def table_inputs(edition: str, languages: Iterable[str]) -> list[str]:
    """The files that the published tables of an edition are made from."""
    own = {file for language in languages for file in edition_inputs(edition, language)}
    code = {path.relative_to(ROOT).as_posix() for path in code_behind("data_package")}
    return sorted(own | code | _recipe(edition))


def book_part(edition: str, language: str, product: str) -> dict[str, Any]:
    """What a product of a book is made from, as the files are now; raises OSError for one that is missing."""
    part = _part(product_inputs(edition, language, product))
    part["chapters"] = [
        {
            "notebook": chapter_file(chapter),
            "parameters": {"edition": edition, "lang": language},
            "reads": [file for file in chapter_inputs(edition, language, chapter) if _is_data(file)],
        }
        for chapter in chapters_of(particulars_of(edition))
    ]
    return part


def tables_part(edition: str, languages: Iterable[str]) -> dict[str, Any]:
    """What the published tables are made from, as the files are now; raises OSError for one that is missing."""
    return _part(table_inputs(edition, languages))


def about_part(edition: str, languages: Iterable[str]) -> dict[str, Any]:
    """What tells of the making is made from, as the files are now; raises OSError for one that is missing."""
    own = {file for language in languages for file in edition_inputs(edition, language)}
    return _part(own | {*about_inputs()} | _recipe(edition))


def with_packages(part: Mapping) -> dict[str, Any]:
    """A part that is made now, with the packages it is made with."""
    return {**part, "packages": packages()}


def with_outputs(part: Mapping, folder: Path, files: Iterable[Path]) -> dict[str, Any]:
    """A part with the digests of its files, named as below the folder of the edition."""
    return {**part, "outputs": {path.relative_to(folder).as_posix(): digest_of(path) for path in sorted(files)}}


def parts_digest(editions: Iterable[str], languages: Iterable[str], products: Iterable[str]) -> str:
    """A digest of what the parts of some editions are made from."""
    spoken, made = list(languages), list(products)
    parts = [
        *(book_part(each, language, product) for each in editions for language in spoken for product in made),
        *(tables_part(each, spoken) for each in editions),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The parts of a manifest by name, none where there is none."""
    path = folder / FILE
    return json.loads(path.read_text(encoding="utf-8"))["parts"] if path.is_file() else {}


def write_manifest(edition: str, parts: Mapping[str, Mapping], folder: Path) -> None:
    """Writes the manifest of an edition."""
    content = {"edition": edition, "parts": dict(sorted(parts.items()))}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8", newline="\n")


def digest_of(path: Path) -> str:
    """The digest of a file's content."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@cache
def packages() -> dict[str, str]:
    """The pinned packages that are installed, with their versions."""
    installed = {_normal(each.name): each.version for each in metadata.distributions()}
    pinned = map(_normal, PIN.findall(LOCK.read_text(encoding="utf-8")))
    return {name: installed[name] for name in sorted(pinned) if name in installed}


def _part(files: Iterable[str]) -> dict[str, Any]:
    files = sorted({*files, WORKFLOW})
    # What recipes make is made here and never committed.
    origin = origin_of(file for file in files if not file.startswith(MADE))
    return {
        "commit": origin.commit,
        "uncommitted": list(origin.changed),
        "inputs": {file: _digest_of(ROOT, file) for file in files},
    }


def _is_data(file: str) -> bool:
    """Whether an input is a table or a text, not code."""
    return file.startswith(("data/", MADE))


@cache
def _recipe(edition: str) -> set[str]:
    """The files that an edition is itself made from, if a recipe makes it."""
    name = "" if edition in edition_ids() else recipe_of(edition)
    folder = DATA / "recipes" / name
    return {path.relative_to(ROOT).as_posix() for path in folder.iterdir() if path.is_file()} if name else set()


@cache
def _digest_of(root: Path, file: str) -> str:
    return digest_of(root / file)


def _normal(name: str) -> str:
    """A package's name as all its spellings have it."""
    return re.sub(r"[-_.]+", "-", name).lower()
