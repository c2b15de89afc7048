"""The history of the project: which commit last changed some of its files."""

import subprocess
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from diaoyan.paths import ROOT


class Origin(NamedTuple):
    """The last commit that changed any of some files, empty where no history is known, and those changed since."""

    commit: str
    changed: tuple[str, ...]


def origin_of(files: Iterable[str]) -> Origin:
    """Where files of the project, named as below the root, come from; what no commit could hold plays no part."""
    return _origin_of(frozenset(files))


@cache
def _origin_of(files: frozenset[str]) -> Origin:
    commit = _git("rev-list", "--max-count=1", "HEAD", "--", *sorted(files)).strip()
    return Origin(commit, tuple(sorted(files & _uncommitted())) if commit else ())


@cache
def _uncommitted() -> frozenset[str]:
    """The files that differ from the last commit, new ones included."""
    changed = _git("diff", "--name-only", "-z", "--relative", "HEAD")
    new = _git("ls-files", "-z", "--others", "--exclude-standard")
    return frozenset(filter(None, f"{changed}{new}".split("\0")))


def _git(*arguments: str) -> str:
    """What git says; nothing where there is no git, or no repository that it may read."""
    command = ["git", "-C", str(ROOT), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, encoding="utf-8", check=False)
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""
