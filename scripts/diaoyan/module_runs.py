"""Modules run, by forks where they can be, whose output goes where somebody reads it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO

from diaoyan.forks import ADDRESS, Fork, NoZygote, fork


def fork_piped(address: str, module: str, arguments: Sequence[str], folder: Path) -> Fork:
    """Runs `python -m module arguments` in a fork whose `stdout` and `stderr` can be read; raises NoZygote."""
    with ExitStack() as closing, Path(os.devnull).open("rb") as nothing:
        pipes = [os.pipe() for _ in ("stdout", "stderr")]
        for _, writing in pipes:
            closing.callback(os.close, writing)
        readers = [os.fdopen(reading, encoding="utf-8", errors="replace") for reading, _ in pipes]
        try:
            streams = (nothing.fileno(), *(writing for _, writing in pipes))
            process = fork(address, module, arguments, str(folder), streams=streams)
        except NoZygote:
            for reader in readers:
                reader.close()
            raise
    process.stdout, process.stderr = readers
    return process


def run(module: str, arguments: Sequence[str], environment: Mapping[str, str], output: IO) -> int:
    """Runs `python -m module arguments` to its end, forked where this build has a zygote; gives its exit code."""
    streams = (0, output.fileno(), output.fileno())
    if address := os.environ.get(ADDRESS):
        with suppress(NoZygote):
            return fork(address, module, arguments, environment=environment, streams=streams).wait()
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=environment, stdout=output, stderr=output).returncode
