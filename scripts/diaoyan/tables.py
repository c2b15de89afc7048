"""Tables: CSV files read as bytes, checked cell by cell and against each other, turned into rows.

The shapes stand in `data/schema.yml` as Table Schemas. frictionless checks types, keys and allowed values; what it lets
through (NaN, infinities, full-width digits, control characters) is checked here, and so are foreign keys, for which it
would read every table again and again.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import jsonschema
from frictionless import Package, Resource, Schema
from frictionless.errors import PrimaryKeyError

from diaoyan.catalogue import languages
from diaoyan.edition_folders import shown
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.files import read_text, read_yaml

NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
# Beyond this a figure is a slip of the keyboard, and arithmetic on it is no longer exact.
MOST_DIGITS = 24
SCHEMA_FILE = "data/schema.yml"
# What this module itself needs of the shapes of the tables; the rest is a matter of the standard.
TEXTS = {"type": "array", "items": {"type": "string"}}
SHAPES = {
    "additionalProperties": {
        "type": "object",
        "required": ["home", "path", "fields", "primaryKey", "foreignKeys"],
        "properties": {
            "home": {"enum": ["shared", "edition", "both"]},
            "path": {"type": "string"},
            "fields": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "type"],
                    "properties": {
                        "name": {"type": "string"},
                        "type": {"enum": ["string", "integer", "number"]},
                        "constraints": {"type": "object"},
                    },
                },
            },
            "primaryKey": TEXTS,
            "foreignKeys": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["fields", "reference"],
                    "properties": {
                        "fields": TEXTS,
                        "reference": {
                            "type": "object",
                            "required": ["resource", "fields"],
                            "properties": {"resource": {"type": "string"}, "fields": TEXTS},
                        },
                    },
                },
            },
        },
        "if": {"properties": {"home": {"const": "both"}}},
        "then": {"required": ["shared_path"]},
    },
}


@dataclass(frozen=True)
class Row(Mapping):
    """One row: its cells by column (numbers as Decimal or int, an empty cell as None) and where it stands."""

    cells: dict
    file: str
    line: int

    def __getitem__(self, column: str):
        return self.cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def fault(self, column: str, found: str, expected: str) -> Fault:
        """A fault of this row."""
        return Fault(self.file, self.line, column, found, expected)


@dataclass(frozen=True)
class Table:
    """A checked table; `key` names the columns that identify a row, `allowed` the values of those that have a list."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    allowed: dict[str, tuple[str, ...]]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def by_key(self) -> dict:
        """Rows by key: the cell itself where the key is one column, a tuple of cells otherwise."""
        if len(self.key) == 1:
            return {row[self.key[0]]: row for row in self.rows}
        return {tuple(row[column] for column in self.key): row for row in self.rows}


def read_schema(data: Path) -> dict:
    """The shapes of all tables by name, as `schema.yml` declares them; raises Faults when it is no such file."""
    schema = read_yaml(data / "schema.yml", SCHEMA_FILE)
    faults = [
        Fault(SCHEMA_FILE, 0, ".".join(map(str, error.path)), quoted(error.message), "the shape of a table")
        for error in jsonschema.Draft202012Validator(SHAPES).iter_errors(schema)
    ]
    faults = faults or list(_unknown_columns(schema))
    if faults:
        raise Faults(faults)
    return schema


def _unknown_columns(schema: dict) -> Iterator[Fault]:
    """Foreign keys from or to columns that no table has."""
    columns = {name: [field["name"] for field in shape["fields"]] for name, shape in schema.items()}
    for name, shape in schema.items():
        for key in shape["foreignKeys"]:
            for table, ends in ((name, key["fields"]), (key["reference"]["resource"], key["reference"]["fields"])):
                if unknown := [end for end in ends if end not in columns.get(table, ())]:
                    found = quoted(f"{table}.{unknown[0]}")
                    yield Fault(SCHEMA_FILE, 0, f"{name}.foreignKeys", found, "a column of a table")


def load_tables(data: Path, edition: Path) -> dict[str, Table]:
    """All tables that the edition in a folder sees, shared ones included; raises Faults naming every fault."""
    schema, spoken = read_schema(data), languages(data)
    faults: list[Fault] = []
    raw: dict[str, list[Row]] = {}
    for name, shape in schema.items():
        raw[name] = []
        for path in _paths(shape, data, edition):
            if shape.get("optional") and path.is_relative_to(edition) and not path.exists():
                continue
            try:
                raw[name] += read_rows(path, shown(path, data), shape, spoken)
            except Faults as found:
                faults += found.faults
    if faults:
        # Foreign keys of half-read tables would only report the same fault many times.
        raise Faults(faults)
    schema = {name: _with_translations(shape, raw[name], spoken) for name, shape in schema.items()}
    for name, rows in raw.items():
        for row in rows:
            faults += _cell_faults(row, schema[name])
    seen = {(fault.file, fault.row, fault.column) for fault in faults}
    for fault in (*_frictionless_faults(schema, raw), *_foreign_key_faults(schema, raw)):
        if (fault.file, fault.row, fault.column) not in seen:
            seen.add((fault.file, fault.row, fault.column))
            faults.append(fault)
    if faults:
        raise Faults(faults)
    return {name: _typed(name, schema[name], rows) for name, rows in raw.items()}


def package(schema: dict, raw: Mapping[str, list[Mapping]]) -> Package:
    """The tables as one Data Package with inline rows."""
    resources = []
    for name, shape in schema.items():
        columns = [field["name"] for field in shape["fields"]]
        cells = [columns] + [[row[column] or "" for column in columns] for row in raw[name]]
        keys = [
            # A table that refers to itself is the empty name in a Table Schema.
            {**key, "reference": {**key["reference"], "resource": own_or_other}}
            for key in shape["foreignKeys"]
            for own_or_other in ["" if key["reference"]["resource"] == name else key["reference"]["resource"]]
        ]
        table_schema = {"fields": shape["fields"], "primaryKey": shape["primaryKey"], "foreignKeys": keys}
        resources.append(Resource(name=name, data=cells, schema=Schema.from_descriptor(table_schema)))
    return Package(resources=resources)


def _paths(shape: dict, data: Path, edition: Path) -> list[Path]:
    """Files of a table: shared rows first, then the edition's own."""
    if shape["home"] == "shared":
        return [data / shape["path"]]
    own = edition / shape["path"]
    return [data / shape["shared_path"], own] if shape["home"] == "both" else [own]


def translated(shape: dict, spoken: list[str]) -> dict[str, dict]:
    """The columns that a file may have beside those of the schema: translations into other languages."""
    own = {field["name"]: field for field in shape["fields"]}
    found = {}
    for name, field in own.items():
        base, _, language = name.rpartition("_")
        if base and language in spoken:
            rules = {
                key: rule for key, rule in field.get("constraints", {}).items() if key not in ("required", "unique")
            }
            others = (f"{base}_{other}" for other in spoken if f"{base}_{other}" not in own)
            found |= {other: {**field, "name": other, "constraints": rules} for other in others}
    return found


def _with_translations(shape: dict, rows: list[Row], spoken: list[str]) -> dict:
    """The shape of a table with the translations that its files have; rows of another file get empty cells for them."""
    used = {column for row in rows for column in row}
    fields = [field for name, field in translated(shape, spoken).items() if name in used]
    for row in rows:
        for field in fields:
            row.cells.setdefault(field["name"], "")
    return {**shape, "fields": [*shape["fields"], *fields]}


def read_rows(path: Path, shown: str, shape: dict, spoken: list[str]) -> list[Row]:
    """The rows of one file with their cells as text, translations among them; raises Faults."""
    columns = [field["name"] for field in shape["fields"]]
    # A missing file is named together with what belongs in it.
    if not path.is_file():
        expected = "a table with the columns " + ", ".join(columns)
        raise Faults([Fault(shown, 0, "", "no file", expected)])
    reader = csv.reader(io.StringIO(read_text(path, shown), newline=""), strict=True)
    rows, faults, end_of_previous = [], [], 0
    try:
        header = [column.strip() for column in next(reader, [])]
        columns += [column for column in translated(shape, spoken) if column in header]
        faults += _header_faults(header, columns, shown)
        if faults:
            raise Faults(faults)
        end_of_previous = reader.line_num
        for cells in reader:
            line, end_of_previous = end_of_previous + 1, reader.line_num
            # Blanks around a cell are a spreadsheet's or a slip of the keyboard, and say nothing.
            cells = [cell.strip() for cell in cells]
            # Spreadsheets leave empty rows behind; they say nothing.
            if not any(cells):
                continue
            if len(cells) != len(header):
                faults.append(Fault(shown, line, "", f"{len(cells)} cells", f"{len(header)} cells"))
                continue
            by_column = dict(zip(header, cells, strict=True))
            rows.append(Row({column: by_column[column] for column in columns}, shown, line))
    except csv.Error as error:
        # The reader notices at the end of the file what went wrong where the row began.
        found = f"a row that cannot be read ({error})"
        fault = Fault(shown, end_of_previous + 1, "", found, "cells in matching quotation marks")
        raise Faults([*faults, fault]) from None
    if faults:
        raise Faults(faults)
    return rows


def _header_faults(header: list[str], columns: list[str], shown: str) -> list[Fault]:
    if not any(header):
        return [Fault(shown, 1, "", "no names of columns", ", ".join(columns))]
    faults = []
    for column in header:
        if column not in columns:
            expected = "one of " + ", ".join(columns)
            faults.append(Fault(shown, 1, column, f"an unknown column {quoted(column)}", expected))
        elif header.count(column) > 1:
            faults.append(Fault(shown, 1, column, f"the column {header.count(column)} times", "once"))
    for column in columns:
        if column not in header:
            faults.append(Fault(shown, 1, column, "no such column", "the column"))
    return faults


def _cell_faults(row: Row, shape: dict) -> list[Fault]:
    faults = []
    for field in shape["fields"]:
        cell = row[field["name"]]
        if field["type"] not in ("number", "integer") or not cell:
            continue
        if not NUMBER.fullmatch(cell):
            plain = unicodedata.normalize("NFKC", cell).replace(",", "").strip()
            expected = f"{plain} in half-width digits without separators" if NUMBER.fullmatch(plain) else "a number"
            faults.append(row.fault(field["name"], quoted(cell), expected))
        elif sum(character.isdigit() for character in cell) > MOST_DIGITS:
            faults.append(row.fault(field["name"], quoted(cell), f"at most {MOST_DIGITS} digits"))
    return faults


def _frictionless_faults(schema: dict, raw: dict[str, list[Row]]) -> Iterator[Fault]:
    alone = {name: {**shape, "foreignKeys": []} for name, shape in schema.items()}
    for resource in package(alone, raw).resources:
        rows = raw[resource.name]
        # Not `validate`: it copies all that is known of a table several times, which takes longer than the checks.
        with resource:
            errors = [*resource.header.errors, *(error for row in resource.row_stream for error in row.errors)]
        # A repeated key may also be a repeated value that must be unique; the key says more.
        for error in sorted(errors, key=lambda error: not isinstance(error, PrimaryKeyError)):
            number = getattr(error, "row_number", None)
            if number is None:
                yield Fault(resource.name, 0, "", error.note, "a table as schema.yml declares it")
                continue
            row = rows[number - 2]
            if isinstance(error, PrimaryKeyError):
                key = schema[resource.name]["primaryKey"]
                first = next(other for other in rows if all(other[c] == row[c] for c in key))
                found = quoted(" · ".join(row[column] or "" for column in key)) + " a second time"
                yield row.fault(key[0], found, f"each key once (first at {first.file}:{first.line})")
            else:
                field = next(f for f in schema[resource.name]["fields"] if f["name"] == error.field_name)
                yield row.fault(error.field_name, quoted(row[error.field_name] or ""), _expected(field))


def _foreign_key_faults(schema: dict, raw: dict[str, list[Row]]) -> Iterator[Fault]:
    """Names that no row of the table they refer to defines; an empty cell refers to nothing."""
    for name, shape in schema.items():
        for key in shape["foreignKeys"]:
            table, columns = key["reference"]["resource"], key["reference"]["fields"]
            known = {tuple(row[column] for column in columns) for row in raw[table]}
            for row in raw[name]:
                cells = tuple(row[column] for column in key["fields"])
                if any(cells) and cells not in known:
                    found = quoted(" · ".join(cell or "" for cell in cells))
                    yield row.fault(key["fields"][0], found, f"a row of {table}")


def _expected(field: dict) -> str:
    """What a column takes, in words."""
    constraints = field.get("constraints", {})
    if "enum" in constraints:
        return "one of " + ", ".join(str(value) for value in constraints["enum"])
    words = {"number": "a number", "integer": "a whole number"}.get(field["type"], "a text")
    if "example" in field:
        words += f" such as {field['example']}"
    if "maxLength" in constraints:
        words += f" of at most {constraints['maxLength']} characters"
    if "minimum" in constraints:
        words += f" of at least {constraints['minimum']}"
    if constraints.get("required"):
        words += ", not empty"
    if constraints.get("unique"):
        words += ", only once"
    return words


def _typed(name: str, shape: dict, rows: list[Row]) -> Table:
    types = {"number": Decimal, "integer": int}
    convert = {field["name"]: types.get(field["type"], str) for field in shape["fields"]}
    typed = tuple(Row({c: convert[c](v) if v else None for c, v in row.items()}, row.file, row.line) for row in rows)
    constraints = {field["name"]: field.get("constraints", {}) for field in shape["fields"]}
    allowed = {column: tuple(found["enum"]) for column, found in constraints.items() if "enum" in found}
    return Table(name, tuple(convert), tuple(shape["primaryKey"]), allowed, typed)
