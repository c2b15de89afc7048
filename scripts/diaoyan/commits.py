"""The history of the project: which commit last changed some of its files."""

import os
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
    return Origin(commit, tuple(sorted(files - _committed())) if commit else ())


@cache
def _committed() -> frozenset[str]:
    """The files that the last commit has as they are; new ones it has not, even if git was told to pass them over."""
    held = _git("ls-tree", "-r", "-z", "--name-only", "HEAD")
    changed = _git("diff", "--no-renames", "--name-only", "-z", "--relative", "HEAD")
    return frozenset(held.split("\0")) - frozenset(changed.split("\0"))


def _git(*arguments: str) -> str:
    """What git says; nothing where there is no git, or no repository that it may read."""
    # A name is itself and no pattern, whatever stands in it.
    command = ["git", "--literal-pathspecs", "-C", str(ROOT), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    except FileNotFoundError:
        return ""
    # Names of files are bytes, of whatever encoding.
    return os.fsdecode(done.stdout) if done.returncode == 0 else ""
