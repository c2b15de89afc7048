"""What tests ask of processes, as Linux tells it."""

import time
from contextlib import suppress
from pathlib import Path

import psutil

# What a process may take to answer or to end; shorter than those sleep that are to be ended.
SOON_SECONDS = 20
# What a kernel may take to start, with all it loads, or to run a cell.
KERNEL_SECONDS = 60


def is_running(pid):
    """Whether a process is there and no mere entry of one that has ended."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def ends_soon(pid):
    """Whether a process ends within the time that anything here may take."""
    until = time.monotonic() + SOON_SECONDS
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_running(pid)


def children_of(pid):
    """The processes that a process has started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def commands_in(folder):
    """The command lines of processes that work in a folder or below it."""
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()).is_relative_to(folder):
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return "\n".join(found)


def wait_until(condition, seconds):
    """Waits for a condition; fails when it does not come about in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)
