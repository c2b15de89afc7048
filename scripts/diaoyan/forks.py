"""Processes forked from a zygote: started, awaited, signalled and ended as those of `subprocess` are."""

import atexit
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple

# Where the zygote of a build listens, for the processes that the build starts.
ADDRESS = "DIAOYAN_ZYGOTE"
# From <linux/prctl.h>: the signal that a process gets when its parent ends.
PR_SET_PDEATHSIG = 1
LARGEST_REQUEST_BYTES = 1 << 20
STANDARD_STREAMS = 3


class NoZygote(Exception):
    """No process could be forked; one has to be started in the ordinary way."""


class Request(NamedTuple):
    """What to run: `python -m module *arguments` in a folder, with an environment."""

    module: str
    arguments: list[str]
    folder: str
    environment: dict[str, str]


class Fork:
    """A forked process; what is asked of it here is what `subprocess.Popen` has."""

    stdin = None

    def __init__(self, connection: socket.socket, pid: int):
        self._connection = connection
        self.pid = pid
        self.returncode: int | None = None
        self.stdout: IO[str] | None = None
        self.stderr: IO[str] | None = None

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._heard(0)

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the exit code; raises subprocess.TimeoutExpired after so many seconds."""
        code = self._heard(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
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
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        # It may have ended before.
        if os.getppid() != parent:
            os._exit(1)


@contextmanager
def zygote(modules: Sequence[str], more: Sequence[str] = (), held: Sequence[int] = ()) -> Iterator[str]:
    """A zygote that has these modules loaded, for as long as the block lasts; gives its address.

    Who asks it before it has loaded them waits. It loads more of them when it has nothing else to do. It holds the
    files `held` open as long as it lives, whatever happens to its owner. Raises NoZygote where none can be started.
    """
    # A path below the project may be longer than an address can be.
    folder = tempfile.mkdtemp(prefix="diaoyan-")
    address = str(Path(folder) / "zygote")
    lease, leased = socket.socketpair()
    with ExitStack() as at_end:
        at_end.callback(shutil.rmtree, folder, ignore_errors=True)
        with leased, socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            try:
                listener.bind(address)
            except OSError as error:
                # Of a folder for temporary files, say, that lies too deep.
                raise NoZygote(str(error)) from None
            listener.listen(socket.SOMAXCONN)
            inherited = (listener.fileno(), leased.fileno())
            lists = (",".join(each) for each in (modules, more))
            process = subprocess.Popen(
                [sys.executable, "-m", "diaoyan.zygote", *map(str, inherited), *lists],
                pass_fds=(*inherited, *held),
                stdin=subprocess.DEVNULL,
                # What modules remark on as they are loaded is no job's; one that cannot be is told by the job it fails.
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        at_end.callback(_end, process)
        at_end.enter_context(lease)
        yield address


def _end(process: subprocess.Popen) -> None:
    """Ends a zygote, and with it its forks, whatever it may be loading."""
    process.kill()
    process.wait()


@cache
def own_zygote(modules: tuple[str, ...]) -> str:
    """The address of a zygote that serves this process as long as it runs."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(zygote(modules))


def fork(
    address: str,
    module: str,
    arguments: Sequence[str],
    folder: str | None = None,
    environment: Mapping[str, str] | None = None,
    streams: Sequence[int] = (0, 1, 2),
) -> Fork:
    """Runs `python -m module arguments` in a fork of the zygote at an address; raises NoZygote."""
    request = Request(
        module, list(arguments), str(folder or Path.cwd()), dict(os.environ if environment is None else environment)
    )
    message = json.dumps(request).encode()
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        if len(message) > LARGEST_REQUEST_BYTES:
            raise NoZygote("the request is too large")
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


def fork_piped(address: str, module: str, arguments: Sequence[str], folder: Path) -> Fork:
    """The same, with what it says to be read from the pipes `stdout` and `stderr`; raises NoZygote."""
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
