"""Processes forked from a zygote: started, awaited, signalled and ended as those of `subprocess` are.

Every job of a build waits for what is imported here.
"""

import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

# Where the zygote of a build listens, for the processes that the build starts.
ADDRESS = "DIAOYAN_ZYGOTE"
# From <linux/prctl.h>: the signal that a process gets when its parent ends.
PR_SET_PDEATHSIG = 1
LARGEST_REQUEST_BYTES = 1 << 20
STANDARD_STREAMS = 3


class NoZygote(Exception):
    """No process could be forked; one has to be started in the ordinary way."""


class Request:
    """What to run: `python -m module *arguments` in a folder, with an environment."""

    def __init__(self, module: str, arguments: Sequence[str], folder: str, environment: Mapping[str, str]):
        self.module, self.arguments, self.folder, self.environment = module, arguments, folder, environment

    def message(self) -> bytes:
        """The request as bytes: like those of a process, its words hold no zero bytes, and one ends each."""
        variables = [f"{name}={value}" for name, value in self.environment.items()]
        words = [self.module, self.folder, str(len(self.arguments)), *self.arguments, *variables]
        return b"".join(os.fsencode(word) + b"\0" for word in words)

    @classmethod
    def of(cls, message: bytes) -> "Request":
        """The request of a message; raises ValueError for one that is cut off or none."""
        *words, rest = message.split(b"\0")
        if rest:
            raise ValueError("a message that is cut off")
        module, folder, count, *others = map(os.fsdecode, words)
        arguments, variables = others[: int(count)], others[int(count) :]
        return cls(module, arguments, folder, dict(each.split("=", 1) for each in variables))


class Fork:
    """A forked process; what is asked of it here is what `subprocess.Popen` has."""

    stdin = None

    def __init__(self, connection: socket.socket, pid: int):
        self._connection = connection
        self.pid = pid
        self.returncode: int | None = None
        # Files to read from, where they are pipes.
        self.stdout = self.stderr = None

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._heard(0)

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the exit code; raises subprocess.TimeoutExpired after so many seconds."""
        code = self._heard(timeout)
        if code is None:
            # No job waits with a limit.
            from subprocess import TimeoutExpired

            raise TimeoutExpired(f"process {self.pid}", timeout)
        return code

    def send_signal(self, number: int) -> None:
        """Signals the process unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Asks it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it."""
        self.send_signal(signal.SIGKILL)

    def _heard(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            self._connection.settimeout(timeout)
            with suppress(BlockingIOError, TimeoutError):
                said = self._connection.recv(64)
                # Without a word the zygote is gone, and takes its forks along, but not what these have started.
                self.returncode = int(said) if said else -signal.SIGKILL
                if not said:
                    with suppress(ProcessLookupError):
                        os.killpg(self.pid, signal.SIGKILL)
                self._connection.close()
        return self.returncode


def is_possible() -> bool:
    """Whether this system has what a zygote needs."""
    return sys.platform == "linux"


def end_with(parent: int) -> None:
    """Has this process killed as soon as its parent ends, on Linux; elsewhere nothing."""
    if is_possible():
        # No job asks for it, only what it is forked from.
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        # It may have ended before.
        if os.getppid() != parent:
            os._exit(1)


def fork(
    address: str,
    module: str,
    arguments: Sequence[str],
    folder: str | None = None,
    environment: Mapping[str, str] | None = None,
    streams: Sequence[int] = (0, 1, 2),
) -> Fork:
    """Runs `python -m module arguments` in a fork of the zygote at an address; raises NoZygote."""
    # What names folders elsewhere would take longer to load than all else here.
    folder = str(folder or os.getcwd())  # noqa: PTH109
    message = Request(module, arguments, folder, os.environ if environment is None else environment).message()
    if len(message) > LARGEST_REQUEST_BYTES:
        raise NoZygote("the request is too large")
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.connect(address)
        socket.send_fds(connection, [message], streams)
        answer = connection.recv(64)
    except OSError as error:
        connection.close()
        raise NoZygote(str(error)) from None
    if not answer:
        connection.close()
        raise NoZygote("not a process that a fork could stand for")
    return Fork(connection, int(answer))
