"""How to cite an edition: CITATION.cff, with the original report that it rests on."""

from pathlib import Path

import yaml

from diaoyan.data_package import LICENCE
from diaoyan.edition import Edition
from diaoyan.translations import localised

FILE = "CITATION.cff"
AUTHORS_NAME = "The diaoyan authors"


def write_citation(edition: Edition, commit: str, folder: Path) -> None:
    """Writes the file, in the report's own language; https://citation-file-format.github.io, version 1.2.0."""
    language, title = next(iter(edition.meta["title"].items()))
    original = edition.tables["sources"].by_key()[edition.meta["source"]]
    content = {
        "cff-version": "1.2.0",
        "message": "Recomputed from tables, not an official document; cite the original report for what it says.",
        "type": "dataset",
        "title": f"{title} · {edition.city_name(language)} {edition.meta['as_of'][:4]} · diaoyan",
        "authors": [{"name": AUTHORS_NAME}],
        "version": edition.id,
        **({"commit": commit} if commit else {}),
        "date-released": edition.last_day,
        "license": LICENCE["name"],
        "references": [
            {
                "type": "report",
                "title": localised(original, "title", language),
                "authors": [{"name": localised(original, "publisher", language)}],
                "year": int(edition.meta["as_of"][:4]),
            }
        ],
    }
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")
