"""What the jobs of a build tell it, a line each on standard output: an event, and what belongs to it, between tabs."""

import time

FAILED = "failed"
# A job of a cluster, which may be made again.
LOST = "lost"


def tell_done(rule: str, name: str, started: float) -> None:
    """What a rule has made, which was begun at so many seconds of `time.monotonic`."""
    print(f"{rule}\t{name}\t{time.monotonic() - started:.1f}", flush=True)


def tell_failed(fault: str) -> None:
    """A fault, as the user is to read it."""
    print(failed(fault), flush=True)


def tell_lost(job: str, reason: str) -> None:
    """A job of a cluster that failed, and why."""
    print(f"{LOST}\t{job}: {reason}", flush=True)


def failed(fault: str) -> str:
    """The line of a fault."""
    return f"{FAILED}\t{fault}"
