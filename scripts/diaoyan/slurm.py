"""Builds on a cluster: what Snakemake's executor for Slurm is told, what its jobs say, and how they are ended.

One job of the cluster makes one book, an edition in a language: the rules' group says so. Nodes see the same folder.
"""

import getpass
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from diaoyan import painter
from diaoyan.forks import ADDRESS
from diaoyan.paths import BUILD, ROOT

PLUGIN = "snakemake_executor_plugin_slurm"
# Apart from the other packages, since Snakemake would load it, and it would ask for a cluster, in every build.
PLUGIN_FOLDER = Path(sys.prefix) / "slurm"
PROFILE = ROOT / "profiles" / "slurm"
COMMANDS = ("sbatch", "squeue", "scancel", "sinfo")
LOGS = BUILD / "slurm"
# The job of the cluster, or none, in which the build itself runs.
SUBMITTED_IN = "DIAOYAN_SUBMITTED_IN"
# By its jobs' names a folder knows which are its own.
JOB_PREFIX = f"diaoyan-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"
# Some clusters let a user have no more jobs than a few hundred.
MOST_JOBS = 100
LISTEN_SECONDS = 1
REFUSED = re.compile(r"The error message was '(?P<why>.*?)'\.$", re.DOTALL | re.MULTILINE)
ENDED = re.compile(r"SLURM-job '(?P<job>[\d_]+)' failed.*?SLURM status is: '(?P<state>\w+)'", re.DOTALL)


def lacking() -> str:
    """What is missing to build on a cluster, as one line; nothing where all is there."""
    missing = [command for command in COMMANDS if not shutil.which(command)]
    if missing:
        return f"--executor slurm: found no {', '.join(missing)} on the path, expected the commands of Slurm"
    if not PLUGIN_FOLDER.is_dir() and not importlib.util.find_spec(PLUGIN):
        return f"--executor slurm: found no {PLUGIN}, expected it installed: ./scripts/build --executor slurm does so"
    answer = subprocess.run(["sinfo", "--noheader"], capture_output=True, text=True)
    if answer.returncode:
        said = answer.stderr.strip().splitlines() or [f"exit code {answer.returncode}"]
        return f"--executor slurm: found a Slurm that does not answer ({said[-1]}), expected one that takes jobs"
    return ""


def options(jobs: int) -> list[str]:
    """The command line of Snakemake for so many jobs of the cluster at once, each with a core of its own."""
    # Of two profiles the second has the last word.
    profiles = filter(None, (str(PROFILE), os.environ.get("SNAKEMAKE_PROFILE")))
    chosen = [part for profile in profiles for part in ("--profile", profile)]
    settings = {"jobs": jobs, "cores": 1, "slurm-jobname-prefix": JOB_PREFIX, "slurm-logdir": LOGS}
    named = [part for name, value in settings.items() for part in (f"--{name}", str(value))]
    return [*chosen, *named, "--slurm-keep-successful-logs"]


def environment() -> dict[str, str]:
    """The environment of Snakemake, which its jobs get: with the plugin, without what no node could reach."""
    kept = {name: value for name, value in os.environ.items() if name not in (ADDRESS, painter.ADDRESS)}
    path = (kept.get("PYTHONPATH"), str(PLUGIN_FOLDER))
    # A job that is put back into the queue would begin its log anew, and what it has said would not be heard.
    here = os.environ.get("SLURM_JOB_ID", "")
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, path)), "SBATCH_OPEN_MODE": "append", SUBMITTED_IN: here}


def is_cold_step() -> bool:
    """Whether this process was started on a node, where nothing of the build's own machine can be reached."""
    submitted_in = os.environ.get(SUBMITTED_IN)
    is_of_build = submitted_in is not None and os.environ.get("SLURM_JOB_ID", "") != submitted_in
    return is_of_build and "SLURM_STEP_ID" in os.environ


@contextmanager
def heard(hear: Callable[[str], None]) -> Iterator[None]:
    """Lets a listener hear every line that the jobs write while the block lasts; at its end no job is left."""
    LOGS.mkdir(parents=True, exist_ok=True)
    ended = threading.Event()
    listener = threading.Thread(target=_listen, args=(hear, ended))
    listener.start()
    try:
        yield
    finally:
        ended.set()
        listener.join()
        cancel_left_over()


def cancel_left_over() -> None:
    """Cancels the jobs of this folder that there are, which a killed build could not do, and forgets their logs."""
    if not LOGS.is_dir():
        return
    if shutil.which("squeue"):
        _cancel()
    # On a shared disk a log that a node still has open leaves something behind.
    shutil.rmtree(LOGS, ignore_errors=True)


def _cancel() -> None:
    listed = subprocess.run(
        ["squeue", "--noheader", f"--user={getpass.getuser()}", "--format=%i %j"], capture_output=True, text=True
    )
    named = (line.partition(" ") for line in listed.stdout.splitlines())
    if own := [job for job, _, name in named if name.startswith(JOB_PREFIX)]:
        subprocess.run(["scancel", *own], capture_output=True)


def reason(said: str) -> str:
    """Why a job failed, as one line, from what Snakemake's executor says of it."""
    if refused := REFUSED.search(said):
        lines = refused["why"].strip().splitlines() or ["no reason given"]
        return f"Slurm refused the job: {lines[-1]}"
    if ended := ENDED.search(said):
        return f"job {ended['job']} of Slurm ended as {ended['state']}"
    return said.strip().partition("\n")[0] or "the job failed"


def _listen(hear: Callable[[str], None], ended: threading.Event) -> None:
    """Follows the logs, of which there are ever more; a line counts when it is whole."""
    read: dict[Path, int] = {}
    last = False
    while not last:
        last = ended.wait(LISTEN_SECONDS)
        for path in sorted(LOGS.rglob("*.log")):
            start = read.get(path, 0)
            content = _from(path, start)
            whole = content if last else content[: content.rfind(b"\n") + 1]
            read[path] = start + len(whole)
            for line in whole.decode("utf-8", errors="replace").splitlines():
                hear(line)


def _from(path: Path, start: int) -> bytes:
    """What a log says from a place on; nothing of one that has gone."""
    with suppress(FileNotFoundError), path.open("rb") as log:
        log.seek(start)
        return log.read()
    return b""
