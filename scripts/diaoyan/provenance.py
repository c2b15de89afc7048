"""What an edition in the site says of its making: for machines, for those who cite it, and as pages for readers."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from diaoyan import made_page, manifest, ro_crate
from diaoyan.catalogue import languages
from diaoyan.citation import FILE as CITATION
from diaoyan.citation import write_citation
from diaoyan.edition import Edition
from diaoyan.paths import DATA, ROOT
from diaoyan.products import PRODUCTS, product_files

# In the folder of an edition.
FILES = (manifest.FILE, ro_crate.FILE, ro_crate.WORKFLOW, CITATION, made_page.FOLDER)
# Of what was published before anything was said of its making.
UNKNOWN = {"commit": "", "uncommitted": [], "packages": {}, "inputs": {}}


def write_provenance(edition: Edition, made: Mapping[str, Sequence[str]], folder: Path, published: Path) -> None:
    """Writes it into the folder of an edition.

    `made` are the products by language that were made now; of all others it says what it said where it is published.
    """
    parts = _parts(edition.id, made, folder, published)
    manifest.write_manifest(edition.id, parts, folder)
    shutil.copyfile(ROOT / ro_crate.WORKFLOW, folder / ro_crate.WORKFLOW)
    write_citation(edition, folder)
    ro_crate.write_crate(edition, parts, folder)
    made_page.write_made_pages(edition, parts, folder)


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
    files = (path for path in (folder / manifest.TABLES).rglob("*") if path.is_file())
    return {**parts, manifest.TABLES: manifest.with_outputs(tables, folder, files)}
