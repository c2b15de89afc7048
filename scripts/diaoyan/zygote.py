"""One process that has the heavy modules loaded and forks: each fork runs `python -m MODULE` as if started anew.

    python -m diaoyan.zygote LISTENER LEASE MODULE...

LISTENER and LEASE are inherited file descriptors; the modules are loaded in their order. A client connects, sends what
to run with its three standard streams, and is told the process id, then the exit code. What runs a module of the list
is forked as soon as that is loaded, anything else once all are. The zygote ends when the lease is let go of, by its
owner or by its owner's death, and no client is left; a client that goes away takes its process with it. No fork
outlives the zygote: the kernel of Linux sees to that, so this is for Linux only. Limits, time zone and the mask of new
files of a fork are the zygote's.
"""

import contextlib
import gc
import importlib
import os
import selectors
import shutil
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from diaoyan.forked import become, leave, run
from diaoyan.forks import LARGEST_REQUEST_BYTES, STANDARD_STREAMS, Request, end_with

# A client sends its request as soon as it is connected.
PATIENCE_SECONDS = 5
# Each of these keeps four files open here, of the thousand that a process may.
MOST_WAITING = 64
OWN_FOLDER = str(Path(__file__).parent)


class Zygote:
    """Serves requests until its lease is up; in each fork `serve` gives the request that the fork is to run."""

    def __init__(self, listener: socket.socket, lease: socket.socket, modules: list[str]):
        self._to_load, self._loaded = modules, set()
        self._sources = _own_sources()
        self._selector = selectors.DefaultSelector()
        self._listener, self._lease = listener, lease
        # Requests with the descriptors of their streams, until what they run is loaded; then connections by fork.
        self._waiting: dict[socket.socket, tuple[Request, list[int]]] = {}
        self._clients: dict[int, socket.socket] = {}
        self._settings = _settings(os.environ)
        waking, self._woken = socket.socketpair()
        for end in (waking, self._woken, listener):
            end.setblocking(False)
        signal.set_wakeup_fd(waking.fileno())
        self._waking = waking
        # Python notes signals in the descriptor above only when something handles them.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for end in (lease, self._woken):
            self._selector.register(end, selectors.EVENT_READ)

    def serve(self) -> Request | None:
        """In the zygote None, at its end; in a fork its request."""
        leased = True
        while leased or self._waiting or self._clients:
            self._listen()
            events = self._selector.select(0 if self._to_load or self._waiting else None)
            for key, _ in events:
                if key.fileobj is self._lease:
                    self._selector.unregister(self._lease)
                    leased = False
                elif key.fileobj is self._woken:
                    self._woken.recv(4096)
                    self._reap()
                elif key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj in self._waiting:
                    self._refuse(key.fileobj)
                elif key.data in self._clients:
                    self._drop(key.data)
            if request := self._fork_those_ready():
                return request
            if self._to_load and not events:
                self._load(self._to_load.pop(0))
        # An owner that was killed could not do so.
        shutil.rmtree(Path(self._listener.getsockname()).parent, ignore_errors=True)
        return None

    def _load(self, module: str) -> None:
        """Loads a module, to be shared by the forks from now on; one that cannot be is left to those that need it."""
        with contextlib.suppress(Exception):
            importlib.import_module(module)
        self._loaded.add(module)
        # What is loaded stays; looking through it would copy it into every fork.
        gc.freeze()
        self._sources = {**_own_sources(), **self._sources}

    def _listen(self) -> None:
        """Hears new clients while few wait; the others wait to be heard, which takes no files here."""
        hears, may_hear = self._listener in self._selector.get_map(), len(self._waiting) < MOST_WAITING
        if may_hear and not hears:
            self._selector.register(self._listener, selectors.EVENT_READ)
        elif hears and not may_hear:
            self._selector.unregister(self._listener)

    def _accept(self) -> None:
        """Hears what a client asks for; one that asks for nothing sensible sees its connection closed."""
        connection, _ = self._listener.accept()
        connection.settimeout(PATIENCE_SECONDS)
        streams: list[int] = []
        try:
            message, streams, _, _ = socket.recv_fds(connection, LARGEST_REQUEST_BYTES, STANDARD_STREAMS)
            request = Request.of(message)
        except (OSError, ValueError):
            request = None
        self._waiting[connection] = (request, streams)
        self._selector.register(connection, selectors.EVENT_READ)
        if not request or len(streams) < STANDARD_STREAMS:
            self._refuse(connection)

    def _fork_those_ready(self) -> Request | None:
        """Forks for each client that waits for nothing more to be loaded; in a fork its request."""
        for connection, (request, streams) in list(self._waiting.items()):
            if self._to_load and request.module not in self._loaded:
                continue
            if self._fork(connection, request, streams):
                return request
        return None

    def _fork(self, connection: socket.socket, request: Request, streams: list[int]) -> bool:
        """Forks for a client; whether this is the fork. A client that cannot be served sees its connection closed."""
        own, pid = os.getpid(), None
        with contextlib.suppress(OSError):
            pid = os.fork() if self._is_as_fresh(request) else None
        if pid == 0:
            os.setsid()
            end_with(own)
            # The client may have gone this moment, of which the zygote hears.
            with contextlib.suppress(OSError):
                connection.send(str(os.getpid()).encode())
            self._let_go()
            become(request, streams)
            return True
        if pid is None:
            self._refuse(connection)
            return False
        self._close(self._waiting.pop(connection)[1])
        self._clients[pid] = connection
        self._selector.modify(connection, selectors.EVENT_READ, pid)
        return False

    def _refuse(self, connection: socket.socket) -> None:
        """Closes the connection of a client that is not served, or has gone while it waited."""
        self._selector.unregister(connection)
        self._close(self._waiting.pop(connection)[1])
        connection.close()

    @staticmethod
    def _close(streams: list[int]) -> None:
        """Closes what a client has lent; a fork has its own."""
        for stream in streams:
            os.close(stream)

    def _let_go(self) -> None:
        """In a fork: gives back what is the zygote's alone."""
        signal.set_wakeup_fd(-1)
        connections = (*self._waiting, *self._clients.values())
        for end in (self._listener, self._lease, self._woken, self._waking, *connections, self._selector):
            end.close()

    def _is_as_fresh(self, request: Request) -> bool:
        """Whether a fork is what a new process would be: of the code that is on disk, with the same settings."""
        unchanged = all(time and _changed_at(path) == time for path, time in self._sources.items())
        return unchanged and _settings(request.environment) == self._settings

    def _reap(self) -> None:
        """Tells the clients of ended processes their exit codes."""
        while self._clients:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            connection = self._clients.pop(pid, None)
            if connection is None:
                continue
            if connection in self._selector.get_map():
                self._selector.unregister(connection)
            with contextlib.suppress(OSError):
                connection.send(str(os.waitstatus_to_exitcode(status)).encode())
            connection.close()

    def _drop(self, pid: int) -> None:
        """A client says nothing after its request: it has gone, and its process and all that this started go too."""
        self._selector.unregister(self._clients[pid])
        for kill in (os.killpg, os.kill):
            # The group is there once the fork has made it.
            with contextlib.suppress(ProcessLookupError):
                kill(pid, signal.SIGKILL)


def _settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that an interpreter reads only as it starts; a fork has those of the zygote."""
    return {name: value for name, value in environment.items() if name.startswith("PYTHON")}


def _own_sources() -> dict[Path, int | None]:
    """The files of the package that are loaded, with the times of their last change."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {path: _changed_at(path) for path in (Path(file) for file in files if file and file.startswith(OWN_FOLDER))}


def _changed_at(path: Path) -> int | None:
    """The time of a file's last change; None for one that has gone."""
    with contextlib.suppress(OSError):
        return path.stat().st_mtime_ns
    return None


def main() -> None:
    """Serves, and in each fork runs what was asked for."""
    # Nothing that is loaded here is ever given up.
    gc.disable()
    listener, lease = (socket.socket(fileno=int(number)) for number in sys.argv[1:3])
    if request := Zygote(listener, lease, sys.argv[3:]).serve():
        leave(run(request))


if __name__ == "__main__":
    main()
