"""Whether a build would change anything: what the last one was asked for and made from, and the site it left."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from diaoyan.inputs import all_inputs, digest
from diaoyan.paths import BUILD, SITE

RECORD = BUILD / "last-build.txt"


def is_as_left(settings: Mapping) -> bool:
    """Whether the last build was asked for the same, and nothing has changed since, its site included."""
    return RECORD.is_file() and RECORD.read_text() == _state(settings)


def keep(settings: Mapping) -> None:
    """Keeps how a build has left things."""
    RECORD.write_text(_state(settings))


def forget() -> None:
    """For a build that may change things."""
    RECORD.unlink(missing_ok=True)


def _state(settings: Mapping) -> str:
    """A digest of what was asked for, the content of what builds are made from, and the files of the site.

    Of the latter name, size and time will do: nobody but a build writes them.
    """
    whole = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    whole.update(digest(all_inputs()).encode())
    for folder, folders, names in os.walk(SITE):
        folders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            found = path.stat()
            whole.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return whole.hexdigest()
