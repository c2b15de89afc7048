"""What is wrong with the cells of tables, each and against those of others.

frictionless checks types, keys and allowed values; what it lets through (NaN, infinities, full-width digits, control
characters) is checked here, and so are foreign keys, for which it would read every table again and again.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from frictionless import Package, Resource, Schema

from diaoyan.faults import Fault, quoted
from diaoyan.kept import kept_by_content
from diaoyan.tables import Row

NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
# The tables are published as CSV, where no mark tells a text from a formula and leaves it what it is: a spreadsheet
# runs what begins so, in East Asia at full width too. A number with its sign is a number to it.
FORMULA, SIGNED = re.compile(r"[=+\-@＝＋－＠]"), re.compile(r"[+-]\d+(\.\d+)?%?", re.ASCII)
OF_TYPE = {"number": "a number", "integer": "a whole number", "string": "a text"}
# Beyond this a figure is a slip of the keyboard, and arithmetic on it is no longer exact.
MOST_DIGITS = 24
# Tables of one project, some with columns for further languages.
MOST_KEPT, MOST_CELLS = 64, 4096
CellReader = Callable[[Any], tuple[Any, dict[str, str] | None]]


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


def cell_faults(row: Row, shape: dict) -> list[Fault]:
    faults = []
    for field in shape["fields"]:
        cell = row[field["name"]]
        if field["type"] == "string":
            if FORMULA.match(cell) and not SIGNED.fullmatch(cell):
                expected = "a text that does not begin with = + - @, as a formula of a spreadsheet does"
                faults.append(row.fault(field["name"], quoted(cell), expected))
            continue
        if not cell:
            continue
        if not NUMBER.fullmatch(cell):
            plain = unicodedata.normalize("NFKC", cell).replace(",", "").strip()
            is_wide = NUMBER.fullmatch(plain) and _digits(plain) <= MOST_DIGITS
            expected = f"{plain} in half-width digits without separators" if is_wide else "a number"
            faults.append(row.fault(field["name"], quoted(cell), expected))
        elif _digits(cell) > MOST_DIGITS:
            faults.append(row.fault(field["name"], quoted(cell), f"at most {MOST_DIGITS} digits"))
    return faults


def _digits(number: str) -> int:
    return sum(character.isdigit() for character in number)


def frictionless_faults(schema: dict, raw: dict[str, list[Row]]) -> Iterator[Fault]:
    """Rows whose key is that of another, which says more and so comes first, and cells their column does not take."""
    for name, shape in schema.items():
        readers = cell_readers(shape["fields"])
        fields_by_name = {field["name"]: field for field in shape["fields"]}
        keys: dict[tuple, Row] = {}
        unique = (column for column, field in fields_by_name.items() if field.get("constraints", {}).get("unique"))
        values: dict[str, set] = {column: set() for column in unique}
        repeated, wrong = [], []
        for row in raw[name]:
            read = {column: reader(row[column] or "") for column, reader in readers.items()}
            key = tuple(read[column][0] for column in shape["primaryKey"])
            first = keys.setdefault(key, row)
            # Nothing is no key a second time: that it is missing is said of the cell.
            if first is not row and set(key) != {None}:
                repeated.append(_repeated(row, first, shape["primaryKey"]))
            wrong += [_wrong(row, fields_by_name[column]) for column, (_, notes) in read.items() if notes]
            for column, known in values.items():
                value = read[column][0]
                if value is not None and value in known:
                    wrong.append(_wrong(row, fields_by_name[column]))
                known.add(value)
        yield from repeated
        yield from wrong


@kept_by_content(MOST_KEPT)
def cell_readers(fields: list[dict]) -> Mapping[str, CellReader]:
    """What reads the cells of columns, by their names: gives a cell's value and what is wrong with it."""
    # Only what reads cells: a table opened as a whole is copied several times, which takes longer than the checks.
    columns = Schema.from_descriptor({"fields": fields}).fields
    # Cells of a column repeat each other.
    return MappingProxyType({column.name: lru_cache(MOST_CELLS)(column.create_cell_reader()) for column in columns})


def _repeated(row: Row, first: Row, key: list[str]) -> Fault:
    found = quoted(" · ".join(row[column] or "" for column in key)) + " a second time"
    return row.fault(key[0], found, f"each key once (first at {first.file}:{first.line})")


def _wrong(row: Row, field: dict) -> Fault:
    return row.fault(field["name"], quoted(row[field["name"]] or ""), _expected(field))


def foreign_key_faults(schema: dict, raw: dict[str, list[Row]]) -> Iterator[Fault]:
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


def such(field: dict) -> str:
    """What a field of a table or an entry of the particulars says of its form, with an example where it has one."""
    return f"{field['expected']} such as {field['example']}" if "example" in field else field["expected"]


def _expected(field: dict) -> str:
    """What a column takes, in words."""
    constraints = field.get("constraints", {})
    if "enum" in constraints:
        return "one of " + ", ".join(str(value) for value in constraints["enum"])
    words = such({"expected": OF_TYPE[field["type"]], **field})
    if "maxLength" in constraints:
        words += f" of at most {constraints['maxLength']} characters"
    if "minimum" in constraints:
        words += f" of at least {constraints['minimum']}"
    if constraints.get("required"):
        words += ", not empty"
    if constraints.get("unique"):
        words += ", only once"
    return words
