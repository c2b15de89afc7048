"""The edition as a Data Package: a folder of CSV files that any tool of the standard reads and checks."""

import csv
import json
from decimal import Decimal
from pathlib import Path

from diaoyan.edition import Edition
from diaoyan.kept import kept_by_content
from diaoyan.schema import read_schema
from diaoyan.table_checks import package
from diaoyan.tables import Row, Table

# A process publishes the editions of one project.
MOST_KEPT = 4
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}


def write_data_package(edition: Edition, folder: Path) -> None:
    """Writes every table the edition sees, those it shares included, and `datapackage.json`; same bytes each time."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in edition.tables.values():
        _write_table(table, folder / f"{table.name}.csv")
    text = json.dumps(_descriptor(edition), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _descriptor(edition: Edition) -> dict:
    shapes = _shapes(read_schema(edition.data))
    # The report's own language comes first.
    language, title = next(iter(edition.meta["title"].items()))
    return {
        "name": edition.id,
        "title": title,
        "licenses": [LICENCE],
        "sources": [_source(row, language) for row in edition.tables["sources"]],
        "resources": [_resource(shape["name"], shape["schema"]) for shape in shapes],
    }


@kept_by_content(MOST_KEPT)
def _shapes(schema: dict) -> list[dict]:
    """The tables' shapes in the words of the standard, the same for all editions of a project."""
    return package(schema, {name: [] for name in schema}).to_descriptor()["resources"]


def _source(row: Row, language: str) -> dict:
    source = {"title": f"{row[f'publisher_{language}']} · {row[f'title_{language}']}"}
    return source | ({"path": row["url"]} if row["url"] else {})


def _resource(name: str, schema: dict) -> dict:
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _write_table(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([_written(row[column]) for column in table.columns] for row in table)


def _written(cell: object) -> str:
    """A cell as it was recorded: small numbers without exponents, none as empty."""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return "" if cell is None else str(cell)
