"""Environments of processes: what those started here inherit, and what must not differ from machine to machine."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from diaoyan.paths import BUILD

# What depends on the machine and not on the inputs: the order of sets, a user's own start-up files.
KERNEL_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYTHONIOENCODING": "utf-8",
    "IPYTHONDIR": str(BUILD / "ipython"),
    "JUPYTER_PREFER_ENV_PATH": "1",
}


@contextmanager
def environment(changes: Mapping[str, str]) -> Iterator[None]:
    """The environment with some changes, for as long as the block lasts."""
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
