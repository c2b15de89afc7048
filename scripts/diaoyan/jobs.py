"""Runs the jobs of a build through Snakemake and shows how they go."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from diaoyan import forks, slurm
from diaoyan.arguments import show
from diaoyan.forks import Fork, NoZygote
from diaoyan.job_lines import FAILED, LOST
from diaoyan.module_runs import fork_piped
from diaoyan.paths import BUILD, ROOT

# What jobs that were asked to stop get to do so in.
PATIENCE_SECONDS = 5
# Snakemake would take the time a file was written for its content when the file is larger.
LARGEST_CHECKSUM = "1TB"
# Its other one has another program solve, for each job, which one comes next; what little order is needed rules say.
SCHEDULER = ("--scheduler", "greedy", "--scheduler-greedy-omit-prioritize-by-temp-and-input")
# What runs Snakemake here, and what on a cluster.
HERE, ON_CLUSTER = "diaoyan.snakemake_here", "diaoyan.slurm_snakemake"
# Where Snakemake keeps the parameters of what it has made.
METADATA = ROOT / ".snakemake" / "metadata"
# Below the build's folder: what steps make that take nothing from other steps.
MADE_FIRST = ("executed", "audits", "workbooks", "vega")
# Jobs that are shown, by their rules, with the word before the name of what they made.
SHOWN = {"check": "check ", "execute": "", "book": "book ", "report_pdf": "pdf ", "official": "official "}
PLANNED = re.compile(rf"({'|'.join(SHOWN)})\s+(\d+)")


class Progress:
    """Shows a line for every chapter, and every form of a book, that is done; what else is said goes to the log."""

    def __init__(self, log: Path) -> None:
        # By rule what has been made; a killed job of a cluster may have made something that the next one makes again.
        self.done: defaultdict[str, set[str]] = defaultdict(set)
        self.failures: list[str] = []
        # Why jobs of a cluster failed; whether that is the end of the build is another question.
        self.lost: list[str] = []
        self._planned: dict[str, int] = {}
        self._log = log.open("w", encoding="utf-8")
        # Jobs of a cluster and Snakemake are heard by several threads.
        self._hearing = threading.RLock()

    def plan(self, event: str, count: int) -> None:
        """How many jobs of a rule there are to do."""
        self._planned[event] = count

    def job_says(self, line: str) -> None:
        """A line of a job: its rule with a name and seconds, or `failed`, or for one of a cluster `lost`, and why."""
        event, _, rest = line.partition("\t")
        with self._hearing:
            if event in SHOWN:
                name, _, seconds = rest.partition("\t")
                self.done[event].add(name)
                number = f"{len(self.done[event])}/{self._planned.get(event, '?')}"
                show(f"[{number}] {SHOWN[event]}{name}  {seconds} s")
            elif event == FAILED:
                self.failures.append(rest)
            elif event == LOST:
                self.lost.append(rest)
            self.write(line)

    def snakemake_says(self, line: str) -> None:
        """A line of Snakemake; its table of jobs tells how many there are to do."""
        if planned := PLANNED.fullmatch(line.strip()):
            self.plan(planned[1], int(planned[2]))
        self.write(line)

    def write(self, line: str) -> None:
        """Keeps a line in the log."""
        # On a full disk the log ends, and the build tells why.
        with self._hearing, suppress(OSError):
            self._log.write(line + "\n")
            self._log.flush()


def run_snakemake(settings: dict[str, list[str]], cores: int, executor: str, progress: Progress, lock: IO) -> int:
    """Runs Snakemake for some editions and languages, its jobs here or on a cluster; gives its exit code."""
    on_cluster = executor == "slurm"
    # A profile that a user has for clusters has no say here.
    arguments = ["site", *(slurm.options(cores) if on_cluster else ["--cores", str(cores), "--profile", "none"])]
    # Another build is kept out by our own lock, which no killed build leaves behind.
    arguments += [*SCHEDULER, "--nolock", "--rerun-incomplete", "--max-checksum-file-size", LARGEST_CHECKSUM]
    arguments += ["--nocolor", "--quiet", "rules", "reason", "host"]
    if not METADATA.is_dir():
        # Without the digests of what was made nothing tells whether it is still right; nor would it later for what is
        # not asked for now, all of which is made from these.
        arguments += ["--forceall"]
        for name in MADE_FIRST:
            shutil.rmtree(BUILD / name, ignore_errors=True)
    arguments += ["--config", *(f"{name}={json.dumps(value)}" for name, value in settings.items())]
    if not on_cluster:
        return _heard(_fork(arguments) or _start(HERE, arguments, None, lock), progress)
    with slurm.heard(progress.job_says):
        return _heard(_start(ON_CLUSTER, arguments, slurm.environment(), lock), progress)


def _fork(arguments: list[str]) -> Fork | None:
    """Snakemake in a session of its own, where this build has a zygote; it ends with this process."""
    if address := os.environ.get(forks.ADDRESS):
        with suppress(NoZygote):
            return fork_piped(address, HERE, arguments, ROOT)
    return None


def _start(module: str, arguments: list[str], environment: Mapping[str, str] | None, lock: IO) -> subprocess.Popen:
    """Snakemake in a group of its own, to be stopped whole."""
    # It holds the lock too: were this process killed, no other build could start before its jobs had ended.
    apart = {} if os.name == "nt" else {"start_new_session": True, "pass_fds": [lock.fileno()]}
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        **apart,
    )


def _heard(process: Fork | subprocess.Popen, progress: Progress) -> int:
    """The exit code of a process whose two streams the progress hears; asked to stop, it is stopped whole."""
    listeners = [
        threading.Thread(target=_listen, args=(process.stdout, progress.job_says)),
        threading.Thread(target=_listen, args=(process.stderr, progress.snakemake_says)),
    ]
    for listener in listeners:
        listener.start()
    try:
        code = process.wait()
    except KeyboardInterrupt:
        stop(process)
        raise
    for listener in listeners:
        listener.join()
    return code


def stop(process: Fork | subprocess.Popen) -> None:
    """Stops a process and all it started: asks first, then insists."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True)
        return
    # The leader may be gone while a job of its group still runs.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_SECONDS)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _listen(stream: IO[str], hear) -> None:
    for line in stream:
        hear(line.rstrip("\n"))
