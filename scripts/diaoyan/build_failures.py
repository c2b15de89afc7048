"""What keeps a build from its end, in one line."""

import os
import re
import signal
from pathlib import Path

from diaoyan.files import NO_SPACE, is_full
from diaoyan.paths import BUILD, ROOT, SITE

EXCEPTION = re.compile(r"[\w.]+(Error|Exception|Faults|Failed): ")
WANTED_FOLDER = "expected a folder to write in"


def why(code: int, told: list[str], log: Path) -> str:
    """What went wrong: what the jobs have told, or else a signal, the first exception in the log, or its last line."""
    # Whatever else is told of a full disk follows from it, and may be no fault at all.
    if (told or code > 0) and is_full(BUILD, "\n".join(told)):
        return f"{BUILD.name}: {NO_SPACE}"
    if told:
        # Chapters that share a text or a table find the same fault.
        return "\n".join(dict.fromkeys(told))
    if code < 0:
        ended = signal.strsignal(-code) or f"signal {-code}"
        return f"found the processes of the build ended from outside ({ended}), expected them to run; build again"
    lines = [line.strip() for line in log.read_text(encoding="utf-8").splitlines() if line.strip()]
    exceptions = [line for line in lines if EXCEPTION.match(line)]
    said = next(iter(exceptions or lines[-1:]), "Snakemake stopped")
    return f"{said} (more in {shown(log)})"


def refused_folders() -> str:
    """A line for each folder of an earlier build that another could not write in, or would write elsewhere through."""
    # Two links that change places would leave the next site to be made in the midst of the one that is shown.
    links = sorted(path for path in BUILD.glob(f"{SITE.name}*") if path.is_symlink())
    there = [ROOT / ".snakemake", BUILD, *sorted(BUILD.iterdir())]
    refused = [folder for folder in there if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK)]
    found = dict.fromkeys(refused, "one that may only be read") | dict.fromkeys(links, "a link to elsewhere")
    return "\n".join(f"{shown(folder)}: found {what}, {WANTED_FOLDER}" for folder, what in found.items())


def shown(place: Path) -> str:
    """A place in the project as a reader knows it."""
    return place.relative_to(ROOT).as_posix() if place.is_relative_to(ROOT) else str(place)
