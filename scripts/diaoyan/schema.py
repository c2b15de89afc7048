"""The shapes of all tables, as `data/schema.yml` declares them in the terms of Table Schema."""

from collections.abc import Iterator
from pathlib import Path

import jsonschema

from diaoyan.faults import Fault, quoted
from diaoyan.yaml_files import read_yaml

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


def read_schema(data: Path) -> dict:
    """The shapes of all tables by name, as `schema.yml` declares them; raises Faults when it is no such file."""
    return read_yaml(data / "schema.yml", SCHEMA_FILE, _faults)


def _faults(schema: dict) -> list[Fault]:
    faults = [
        Fault(SCHEMA_FILE, 0, ".".join(map(str, error.path)), quoted(error.message), "the shape of a table")
        for error in jsonschema.Draft202012Validator(SHAPES).iter_errors(schema)
    ]
    return faults or list(_unknown_columns(schema))


def _unknown_columns(schema: dict) -> Iterator[Fault]:
    """Foreign keys from or to columns that no table has."""
    columns = {name: [field["name"] for field in shape["fields"]] for name, shape in schema.items()}
    for name, shape in schema.items():
        for key in shape["foreignKeys"]:
            for table, ends in ((name, key["fields"]), (key["reference"]["resource"], key["reference"]["fields"])):
                if unknown := [end for end in ends if end not in columns.get(table, ())]:
                    found = quoted(f"{table}.{unknown[0]}")
                    yield Fault(SCHEMA_FILE, 0, f"{name}.foreignKeys", found, "a column of a table")


def table_paths(shape: dict, data: Path, edition: Path) -> list[Path]:
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
