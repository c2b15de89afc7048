"""Pages that compare two editions of the site, one for each language, with the same as JSON beside them."""

import json
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from diaoyan.catalogue import Catalogue
from diaoyan.comparison import compare
from diaoyan.comparison_data import comparison_data
from diaoyan.comparison_text import ComparisonText
from diaoyan.edition import Edition
from diaoyan.site_pages import site_page

# The folder of the site that holds them, one below it for each pair.
FOLDER = "compare"
# Between the ids of a pair, in none of which it can be.
BETWEEN = "_"


def pairs_of(cities: Mapping[str, str], stored: set[str]) -> Iterator[tuple[str, str]]:
    """The pairs that have a page, those of one city together: every two of a city, and any two that are stored.

    `cities` are the cities of the editions by their ids. What recipes make is hundreds; between cities only a few
    would be read, and the command line compares those.
    """
    for first, second in combinations(sorted(cities, key=lambda id: (cities[id], id)), 2):
        if cities[first] == cities[second] or {first, second} <= stored:
            yield first, second


def place_of(first: str, second: str) -> str:
    """Where in the site a pair is compared."""
    return f"{FOLDER}/{first}{BETWEEN}{second}"


def write_comparison(first: Edition, second: Edition, catalogues: list[Catalogue], folder: Path) -> None:
    """The pages of a pair in a folder, one for each catalogue, and the data beside each."""
    differences = compare(first, second)
    folder.mkdir(parents=True, exist_ok=True)
    for catalogue in catalogues:
        text = ComparisonText(differences, catalogue)
        others = [other for other in catalogues if other.language != catalogue.language]
        _write(folder / f"{catalogue.language}.html", comparison_page(text, others))
        data = json.dumps(comparison_data(text), ensure_ascii=False, indent=2)
        _write(folder / f"{catalogue.language}.json", data + "\n")


def comparison_page(text: ComparisonText, others: list[Catalogue]) -> str:
    """A comparison as a page, which leads to the same in other languages."""
    catalogue = text.catalogue
    ids = [edition.id for edition in (text.differences.first, text.differences.second)]
    books = [f"../../{id}/{catalogue.language}" for id in ids]
    names = text.columns()[1:3]
    return site_page(
        "compare.html",
        say=catalogue,
        text=text,
        others=others,
        books=[{"address": f"{book}/index.html", "name": name} for book, name in zip(books, names, strict=True)],
        rows=[f"{book}/chapters/data.html" for book in books],
    )


def comparisons_of(edition: str, language: str, site: Path) -> list[dict]:
    """The address and title of every page of a site that compares an edition in a language."""
    folders = (path for path in sorted((site / FOLDER).glob("*")) if edition in path.name.split(BETWEEN))
    files = (path / f"{language}.json" for path in folders)
    return [
        {
            "address": path.with_suffix(".html").relative_to(site).as_posix(),
            "title": json.loads(path.read_text(encoding="utf-8"))["title"],
        }
        for path in files
        if path.is_file()
    ]


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
