"""Checks the editions of a build, but for those that have not changed since they were found without faults."""

import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from diaoyan.inputs import checked_inputs, digest
from diaoyan.job_lines import failed
from diaoyan.jobs import Progress
from diaoyan.module_runs import run
from diaoyan.paths import BUILD

FOLDER = BUILD / "checked"


def check_changed(editions: Iterable[str], cores: int, progress: Progress) -> None:
    """Checks what has changed, each edition in a job of its own; the progress hears of every fault."""
    contents = {edition: digest(checked_inputs(edition)) for edition in editions}
    changed = [edition for edition, content in contents.items() if _checked(edition) != content]
    progress.plan("check", len(changed))
    pool = ThreadPoolExecutor(cores)
    try:
        for edition, (code, lines) in zip(changed, pool.map(_check, changed), strict=True):
            for line in lines:
                progress.job_says(line)
            if code == 0:
                _keep(edition, contents[edition])
            elif not any(line.startswith(failed("")) for line in lines):
                progress.job_says(failed(f"{edition}: the check ended with exit code {code}"))
    finally:
        pool.shutdown(cancel_futures=True)


def _check(edition: str) -> tuple[int, list[str]]:
    """The exit code of the check of an edition, and what it said."""
    with tempfile.TemporaryFile() as said:
        code = run("diaoyan.checking", [edition], os.environ, said)
        said.seek(0)
        return code, said.read().decode("utf-8", errors="replace").splitlines()


def _stamp(edition: str) -> Path:
    return FOLDER / f"{edition}.txt"


def _checked(edition: str) -> str:
    """What an edition was made of when it was last found without faults."""
    return _stamp(edition).read_text() if _stamp(edition).is_file() else ""


def _keep(edition: str, content: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    _stamp(edition).write_text(content)
