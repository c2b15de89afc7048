"""What is wrong with the cells of tables, each and against those of others.

frictionless checks types, keys and allowed values; what it lets through (NaN, infinities, full-width digits, control
characters) is checked here, and so are foreign keys, for which it would read every table again and again.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from frictionless import Package, Resource, Schema
from frictionless.errors import PrimaryKeyError

from diaoyan.faults import Fault, quoted
from diaoyan.tables import Row

NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
# Beyond this a figure is a slip of the keyboard, and arithmetic on it is no longer exact.
MOST_DIGITS = 24


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
        if field["type"] not in ("number", "integer") or not cell:
            continue
        if not NUMBER.fullmatch(cell):
            plain = unicodedata.normalize("NFKC", cell).replace(",", "").strip()
            expected = f"{plain} in half-width digits without separators" if NUMBER.fullmatch(plain) else "a number"
            faults.append(row.fault(field["name"], quoted(cell), expected))
        elif sum(character.isdigit() for character in cell) > MOST_DIGITS:
            faults.append(row.fault(field["name"], quoted(cell), f"at most {MOST_DIGITS} digits"))
    return faults


def frictionless_faults(schema: dict, raw: dict[str, list[Row]]) -> Iterator[Fault]:
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
