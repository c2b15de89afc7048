"""Whether a build would change anything: what the last one was asked for and made from, and the site it left."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from diaoyan.commits import origin_of
from diaoyan.inputs import all_inputs, digest
from diaoyan.paths import BUILD, ROOT, SITE

RECORD = BUILD / "last-build.txt"


def made_from() -> str:
    """A digest of all that a build is made from, to be taken before it begins: what changes meanwhile may be missed."""
    inputs = [path.relative_to(ROOT).as_posix() for path in all_inputs()]
    return f"{digest(inputs)} {origin_of(inputs)}"


def is_as_left(settings: Mapping, made_from: str) -> bool:
    """Whether the last build was asked for the same, and nothing has changed since, its site included."""
    return RECORD.is_file() and RECORD.read_text() == _state(settings, made_from)


def keep(settings: Mapping, made_from: str) -> None:
    """Keeps how a build has left things."""
    RECORD.write_text(_state(settings, made_from))


def forget() -> None:
    """For a build that may change things."""
    RECORD.unlink(missing_ok=True)


def _state(settings: Mapping, made_from: str) -> str:
    """A digest of what was asked for, what it is made from, and the files of the site.

    Of the latter name, size and time will do: nobody but a build writes them.
    """
    whole = hashlib.sha256(json.dumps([settings, made_from], sort_keys=True).encode())
    for folder, folders, names in os.walk(SITE):
        folders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            found = path.stat()
            whole.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return whole.hexdigest()
