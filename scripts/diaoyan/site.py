"""Puts the books together into one folder to publish, in place of the last one only when whole."""

import argparse
import filecmp
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from diaoyan import front_page
from diaoyan.book_files import executed_folder, html_folder, report_file
from diaoyan.catalogue import Catalogue, languages, load_catalogue
from diaoyan.comparison_pages import comparisons_of, pairs_of, place_of, write_comparison
from diaoyan.data_package import write_data_package
from diaoyan.downloads import PAGE, link_downloads
from diaoyan.edition import Edition
from diaoyan.edition_folders import edition_ids, known_ids
from diaoyan.inputs import chapters_of, particulars_of
from diaoyan.official_record import official_folder
from diaoyan.paths import BUILD, DATA, SITE
from diaoyan.products import PRODUCTS, product_files
from diaoyan.provenance import FILES, write_provenance
from diaoyan.site_pages import site_page
from diaoyan.whole_folder import put_in_place

# So begin Sphinx's record of paths of the machine, and files whose writer was cut off; none serves a reader.
HIDDEN = "."
# Editions held at once while they are compared: more than any city has.
LOADED = 16
# How an edition is loaded by its id.
Load = Callable[[str], Edition]


def publish(books: list[str], products: Sequence[str] = tuple(PRODUCTS)) -> None:
    """Publishes the named books (`edition/language`), of each the named products; all else stays as it is published."""
    coming = BUILD / "site.next"
    # A run that was cut off has left it.
    shutil.rmtree(coming, ignore_errors=True)
    # An edition is asked for more than once, and compared with those of its city: city by city it is loaded once.
    load = lru_cache(maxsize=LOADED)(Edition.load)
    catalogues = {language: load_catalogue(DATA, language) for language in languages(DATA)}
    doors: dict[str, list[str]] = {}
    entries: list[dict] = []
    for ids in _by_city(known_ids()):
        _place_editions(ids, books, products, coming, load, doors)
        _place_comparisons({id: doors[id] for id in ids if id in doors}, books, coming, load, catalogues)
        entries += [_entry(load(id), doors[id]) for id in ids if id in doors]
    # Between cities those that are stored are compared too.
    _place_comparisons(doors, books, coming, load, catalogues)
    (coming / "index.html").write_text(_index(entries, coming), encoding="utf-8", newline="\n")
    put_in_place(coming, SITE)


def _by_city(ids: Sequence[str]) -> list[list[str]]:
    """The editions of each city together, in the order of their ids; those that name none are one group."""
    cities = {id: str(particulars_of(id).get("city", "")) for id in ids}
    return [list(group) for _, group in groupby(sorted(ids, key=lambda id: (cities[id], id)), cities.__getitem__)]


def _place_editions(
    ids: Sequence[str], books: list[str], products: Sequence[str], coming: Path, load: Load, doors: dict[str, list[str]]
) -> None:
    """The books of editions with their data and what they were made from; `doors` gets the languages of each."""
    for edition in ids:
        for language in languages(DATA):
            place = f"{edition}/{language}"
            made = products if place in books else ()
            for product, files in PUBLISHED.items():
                if product not in made:
                    _keep(place, product, coming)
                    continue
                for source, below in files(edition, language):
                    _place(source, coming, f"{place}/{below}" if below else place)
            if (coming / place / "index.html").is_file():
                doors.setdefault(edition, []).append(language)
        _place_data(edition, books, coming, load)
        for language in languages(DATA):
            link_downloads(coming / edition / language / PAGE, coming / edition / language)
        _place_provenance(edition, books, products, coming, load)


def _pages(edition: str, language: str) -> list[tuple[Path, str]]:
    """The book as pages with what belongs to them: where each is, and where in the book's folder it goes."""
    beside = [(BUILD / made / edition / language, "") for made in ("audits", "workbooks")]
    # Chapters that the book had once may still lie there.
    chapters = chapters_of(particulars_of(edition))
    there = (path for path in executed_folder(edition, language).glob("*.ipynb") if path.stem in chapters)
    executed = [(path, f"notebooks/{path.name}") for path in sorted(there)]
    return [(html_folder(edition, language), ""), *executed, *beside]


def _report(edition: str, language: str) -> list[tuple[Path, str]]:
    """The printed book, if it could be made."""
    report = report_file(edition, language)
    return [(report, report.name)] if report.is_file() else []


def _official(edition: str, language: str) -> list[tuple[Path, str]]:
    """The formal document, if the book has one."""
    folder = official_folder(edition, language)
    return [(folder, "")] if folder.is_dir() else []


# What each product puts into the folder of a book.
PUBLISHED = {"html": _pages, "pdf": _report, "official": _official}


def _keep(place: str, product: str, coming: Path) -> None:
    """Keeps a product of a book as it is published."""
    for path in product_files(SITE / place, product):
        _place(path, coming, path.relative_to(SITE).as_posix())


def index_page(doors: dict[str, list[str]], folder: Path = SITE) -> str:
    """The page of all editions, latest first: the languages each can be read in, what it finds, what may be loaded.

    `folder` holds the books, whose own first chapters say the latter two.
    """
    return _index([_entry(Edition.load(id), read_in) for id, read_in in doors.items()], folder)


def _entry(edition: Edition, read_in: list[str]) -> dict:
    """What the first page says of an edition by itself: particulars, city, languages, the report's own first."""
    titled = list(edition.meta["title"])
    shown = [*titled, *(language for language in read_in if language not in titled)]
    return {
        **edition.meta,
        **{key: {each: edition.particular(key, each) for each in shown} for key in ("title", "body")},
        "city": {language: edition.city_name(language) for language in shown},
        # A report's own language comes before its translations.
        "doors": {each: f"{edition.id}/{each}/index.html" for each in shown if each in read_in},
    }


def _index(entries: list[dict], folder: Path) -> str:
    """The first page, with what the books and comparisons in a folder say of each edition."""
    words = {language: load_catalogue(DATA, language) for entry in entries for language in entry["title"]}
    editions = []
    for entry in entries:
        id, read_in = entry["id"], entry["doors"]
        editions.append(
            {
                **entry,
                "figures": {each: front_page.key_figures(folder / id / each, f"{id}/{each}/") for each in read_in},
                "comparisons": {each: comparisons_of(id, each, folder) for each in read_in},
                "downloads": {each: front_page.downloads(folder / id / each, f"{id}/{each}/") for each in read_in},
            }
        )
    # Where nothing but print was ever asked for there is no book to open.
    words = words or {language: load_catalogue(DATA, language) for language in languages(DATA)}
    editions.sort(key=lambda edition: (edition["as_of"], edition["id"]), reverse=True)
    return site_page("index.html", editions=editions, words=words)


def _place_data(edition: str, books: list[str], coming: Path, load: Load) -> None:
    """The edition's tables, made anew with any of its books, else as they are published."""
    place = f"{edition}/data"
    if any(book.startswith(f"{edition}/") for book in books):
        write_data_package(load(edition), coming / place)
    elif (SITE / place).is_dir():
        _place(SITE / place, coming, place)


def _place_provenance(edition: str, books: list[str], products: Sequence[str], coming: Path, load: Load) -> None:
    """What the edition was made from, told anew with any of its books, else as it is published."""
    made = {language: products for language in languages(DATA) if f"{edition}/{language}" in books}
    if made:
        write_provenance(load(edition), made, coming / edition, SITE / edition)
        return
    for name in FILES:
        if (SITE / edition / name).exists():
            _place(SITE / edition / name, coming, f"{edition}/{name}")


def _place_comparisons(
    doors: dict[str, list[str]], books: list[str], coming: Path, load: Load, catalogues: Mapping[str, Catalogue]
) -> None:
    """The pages that compare editions, made anew with any of the books compared, else as they are published."""
    made = {book.partition("/")[0] for book in books}
    cities = {edition: particulars_of(edition)["city"] for edition in doors}
    for first, second in pairs_of(cities, set(edition_ids())):
        read_in = [language for language in doors[first] if language in doors[second]]
        place = place_of(first, second)
        if (coming / place).is_dir():
            continue
        published = [SITE / place / f"{language}.{kind}" for language in read_in for kind in ("html", "json")]
        if made & {first, second} or not all(path.is_file() for path in published):
            write_comparison(load(first), load(second), [catalogues[each] for each in read_in], coming / place)
            continue
        for path in published:
            _place(path, coming, f"{place}/{path.name}")


def _place(source: Path, coming: Path, place: str) -> None:
    """Copies a folder or a file into the coming site; what is published already is linked, not copied."""
    if not source.exists():
        raise FileNotFoundError(f"no book to publish in {source}")
    for path in [source] if source.is_file() else sorted(source.rglob("*")):
        if not path.is_file() or path.name.startswith(HIDDEN):
            continue
        relative = Path(place) / path.relative_to(source)
        published, target = SITE / relative, coming / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        # Never a link to a book in the making: Sphinx would write through it into the site.
        if published.is_file() and (published == path or filecmp.cmp(published, path, shallow=False)):
            _link(published, target)
        else:
            shutil.copyfile(path, target)


def _link(published: Path, target: Path) -> None:
    try:
        os.link(published, target)
    except OSError:
        # Some file systems have no hard links.
        shutil.copyfile(published, target)


def main(arguments: list[str] | None = None) -> int:
    """One job of the build: publishes, and records which books it published."""
    parser = argparse.ArgumentParser(prog="python -m diaoyan.site", description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("books", nargs="+")
    parser.add_argument("--products", nargs="+", default=list(PRODUCTS))
    options = parser.parse_args(arguments)
    publish(options.books, options.products)
    options.output.write_text("\n".join(options.books) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
