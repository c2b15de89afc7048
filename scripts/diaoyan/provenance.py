"""What an edition in the site says of its making: for machines, for those who cite it, and as pages for readers."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from diaoyan import made_page, manifest, ro_crate
from diaoyan.catalogue import languages
from diaoyan.citation import FILE as CITATION
from diaoyan.citation import write_citation
from diaoyan.commits import origin_of
from diaoyan.edition import Edition
from diaoyan.paths import DATA, ROOT
from diaoyan.products import PRODUCTS, product_files

# In the folder of an edition.
TOLD = (ro_crate.FILE, manifest.WORKFLOW, CITATION, made_page.FOLDER)
FILES = (manifest.FILE, *TOLD)
# Of what was published before anything was said of its making.
UNKNOWN = {"commit": "", "uncommitted": [], "packages": {}, "inputs": {}}


def write_provenance(edition: Edition, made: Mapping[str, Sequence[str]], folder: Path, published: Path) -> None:
    """Writes it into the folder of an edition.

    `made` are the products by language that were made now; of all others it says what it said where it is published.
    """
    parts = _parts(edition.id, made, folder, published)
    shutil.copyfile(ROOT / manifest.WORKFLOW, folder / manifest.WORKFLOW)
    # Parts may have been made at different times; this one has all of them as they are now.
    commit = origin_of(file for part in parts.values() for file in part["inputs"]).commit
    write_citation(edition, commit, folder)
    ro_crate.write_crate(edition, parts, commit, folder)
    made_page.write_made_pages(edition, parts, folder)
    about = manifest.with_packages(manifest.about_part(edition.id, languages(DATA)))
    told = (path for name in TOLD for path in _files(folder / name))
    manifest.write_manifest(edition.id, {**parts, manifest.ABOUT: manifest.with_outputs(about, folder, told)}, folder)


def _parts(edition: str, made: Mapping[str, Sequence[str]], folder: Path, published: Path) -> dict[str, dict[str, Any]]:
    before, parts = manifest.read_manifest(published), {}
    for language in languages(DATA):
        for product in PRODUCTS:
            name, files = f"{language}/{product}", product_files(folder / language, product)
            if not files:
                continue
            part = before.get(name, UNKNOWN)
            if product in made.get(language, ()):
                part = manifest.with_packages(manifest.book_part(edition, language, product))
            parts[name] = manifest.with_outputs(part, folder, files)
    tables = manifest.with_packages(manifest.tables_part(edition, languages(DATA)))
    return {**parts, manifest.TABLES: manifest.with_outputs(tables, folder, _files(folder / manifest.TABLES))}


def _files(place: Path) -> list[Path]:
    """A file, or all files of a folder."""
    return [path for path in (place, *place.rglob("*")) if path.is_file()]
