"""An edition in the site as a Workflow Run RO-Crate: what was run on what, in the terms of schema.org.

The workflow is the Snakefile; each executed chapter is an action of its own. Times of day play no part, so the same
inputs give the same bytes. https://w3id.org/ro/wfrun/workflow/0.5
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from diaoyan.citation import AUTHORS_NAME
from diaoyan.data_package import LICENCE
from diaoyan.edition import Edition
from diaoyan.manifest import TABLES, WORKFLOW

FILE = "ro-crate-metadata.json"
# The digest of a file is a later term of schema.org's.
CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "http://schema.org/sha256"}]
BIOSCHEMAS = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.5": "Process Run Crate",
    "https://w3id.org/ro/wfrun/workflow/0.5": "Workflow Run Crate",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.0": "Workflow RO-Crate",
}
# By the ending of a file's name; what a system has installed must not decide.
FORMATS = {
    ".cff": "application/yaml",
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNKNOWN_FORMAT = "application/octet-stream"
AUTHORS = "#authors"
PYTHON = "#python"
# As many as tell the forms of a file apart.
DIGITS_OF_HASH = 12
SNAKEMAKE = "#snakemake"


def write_crate(edition: Edition, parts: Mapping[str, Mapping], commit: str, folder: Path) -> None:
    """Writes the description of an edition's folder; `parts` are those of its manifest, `commit` the programs' own."""
    graph = {"@context": CONTEXT, "@graph": list(_entities(edition, parts, commit))}
    text = json.dumps(graph, ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8", newline="\n")


def _entities(edition: Edition, parts: Mapping[str, Mapping], commit: str) -> Iterator[dict[str, Any]]:
    outputs = {file: digest for part in parts.values() for file, digest in part["outputs"].items()}
    packages = {name: version for part in parts.values() for name, version in part["packages"].items()}
    actions = [action for name, part in parts.items() for action in _actions(name, part, outputs)]
    run = {
        "@id": "#build",
        "@type": "CreateAction",
        "name": f"./scripts/build {edition.id}",
        "instrument": _to(WORKFLOW),
        "result": [_to(file) for file in outputs],
    }
    yield {
        "@id": FILE,
        "@type": "CreativeWork",
        "about": _to("./"),
        "conformsTo": [_to("https://w3id.org/ro/crate/1.1"), _to("https://w3id.org/workflowhub/workflow-ro-crate/1.0")],
    }
    language, title = next(iter(edition.meta["title"].items()))
    yield {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": f"{edition.city_name(language)} · {edition.id}",
        "datePublished": edition.last_day,
        "author": _to(AUTHORS),
        "publisher": _to(AUTHORS),
        "license": _to(LICENCE["path"]),
        "conformsTo": [_to(profile) for profile in PROFILES],
        "hasPart": [_to(file) for file in (WORKFLOW, *outputs)],
        "mainEntity": _to(WORKFLOW),
        "mentions": [_to(action["@id"]) for action in (run, *actions)],
    }
    yield {"@id": AUTHORS, "@type": "Organization", "name": AUTHORS_NAME}
    yield {"@id": LICENCE["path"], "@type": "CreativeWork", "name": LICENCE["title"], "identifier": LICENCE["name"]}
    for profile, name in PROFILES.items():
        yield {"@id": profile, "@type": "CreativeWork", "name": name, "version": profile.rpartition("/")[2]}
    yield {
        "@id": WORKFLOW,
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
        "name": "diaoyan",
        "encodingFormat": "text/plain",
        "conformsTo": _to(BIOSCHEMAS),
        "programmingLanguage": _to(SNAKEMAKE),
        "license": _to("https://spdx.org/licenses/MIT"),
        "sha256": parts[TABLES]["inputs"][WORKFLOW],
        **({"version": commit} if commit else {}),
    }
    yield {"@id": BIOSCHEMAS, "@type": "CreativeWork", "name": "Bioschemas ComputationalWorkflow"}
    yield {"@id": "https://spdx.org/licenses/MIT", "@type": "CreativeWork", "name": "MIT License"}
    yield _language(SNAKEMAKE, "Snakemake", "https://snakemake.github.io", packages.get("snakemake", ""))
    yield _language(PYTHON, "Python", "https://www.python.org", "")
    yield run
    yield from actions
    yield from _instruments(parts)
    for file, digest in outputs.items():
        suffix = PurePosixPath(file).suffix
        name = PurePosixPath(file).name
        form = FORMATS.get(suffix, UNKNOWN_FORMAT)
        yield {"@id": file, "@type": "File", "name": name, "encodingFormat": form, "sha256": digest}


def _actions(name: str, part: Mapping, outputs: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Each executed chapter of a part whose result is in the site."""
    for chapter in part.get("chapters", []):
        place, language = PurePosixPath(chapter["notebook"]), chapter["parameters"]["lang"]
        executed = f"{language}/notebooks/{place.name}"
        if name != f"{language}/html" or executed not in outputs:
            continue
        given = [_to(_parameter(key, value)) for key, value in chapter["parameters"].items()]
        yield {
            "@id": f"#{language}-{place.stem}",
            "@type": "CreateAction",
            "name": f"{chapter['notebook']} ({language})",
            "instrument": _to(_input(chapter["notebook"], part)),
            "object": [*given, *(_to(_input(file, part)) for file in chapter["reads"])],
            "result": _to(executed),
        }


def _instruments(parts: Mapping[str, Mapping]) -> Iterator[dict[str, Any]]:
    """The notebooks, their parameters, and the tables and texts they read, each once in each of its forms."""
    found: dict[str, dict[str, Any]] = {}
    for part in parts.values():
        for chapter in part.get("chapters", []):
            for file in (chapter["notebook"], *chapter["reads"]):
                is_notebook = file == chapter["notebook"]
                place = _input(file, part)
                found[place] = {
                    "@id": place,
                    "@type": "SoftwareApplication" if is_notebook else "CreativeWork",
                    "name": file,
                    "sha256": part["inputs"][file],
                    **({"softwareVersion": part["commit"]} if is_notebook and part["commit"] else {}),
                }
            for key, value in chapter["parameters"].items():
                place = _parameter(key, value)
                found[place] = {"@id": place, "@type": "PropertyValue", "name": key, "value": value}
    yield from (found[place] for place in sorted(found))


def _input(file: str, part: Mapping) -> str:
    """An input as it was for a part; parts that were made at different times may have read different forms of it."""
    return f"#{file}@{part['inputs'][file][:DIGITS_OF_HASH]}"


def _parameter(key: str, value: str) -> str:
    return f"#{key}={value}"


def _language(place: str, name: str, address: str, version: str) -> dict[str, Any]:
    told = {"@id": place, "@type": "ComputerLanguage", "name": name, "url": address}
    return told | ({"version": version} if version else {})


def _to(place: str) -> dict[str, str]:
    return {"@id": place}
