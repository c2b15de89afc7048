"""One process that has the heavy modules loaded and forks: each fork runs `python -m MODULE` as if started anew.

    python -m diaoyan.zygote LISTENER LEASE MODULE...

LISTENER and LEASE are inherited file descriptors; the modules are loaded in their order. A client connects, sends what
to run with its three standard streams, and is told the process id, then the exit code. What runs a module of the list
is forked as soon as that is loaded, anything else once all are. The zygote ends when the lease is let go of, by its
owner or by its owner's death, and no client is left; a client that goes away takes its process with it. No fork
outlives the zygote: the kernel of Linux sees to that, so this is for Linux only. Limits, time zone and the mask of new
files of a fork are the zygote's.
"""

import atexit
import contextlib
import gc
import importlib
import io
import os
import random
import runpy
import selectors
import shutil
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path

from diaoyan.forks import LARGEST_REQUEST_BYTES, STANDARD_STREAMS, Request, end_with

# A client sends its request as soon as it is connected.
PATIENCE_SECONDS = 5
OWN_FOLDER = str(Path(__file__).parent)


class Zygote:
    """Serves requests until its lease is up; in each fork `serve` gives the request that the fork is to run."""

    def __init__(self, listener: socket.socket, lease: socket.socket, modules: list[str]):
        self._to_load, self._loaded = modules, set()
        self._sources = _own_sources()
        self._selector = selectors.DefaultSelector()
        self._listener, self._lease = listener, lease
        self._waiting: list[tuple[Request, list[int], socket.socket]] = []
        self._clients: dict[int, socket.socket] = {}
        self._settings = _settings(os.environ)
        waking, self._woken = socket.socketpair()
        for end in (waking, self._woken, listener):
            end.setblocking(False)
        signal.set_wakeup_fd(waking.fileno())
        self._waking = waking
        # Python notes signals in the descriptor above only when something handles them.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for end in (listener, lease, self._woken):
            self._selector.register(end, selectors.EVENT_READ)

    def serve(self) -> Request | None:
        """In the zygote None, at its end; in a fork its request."""
        leased = True
        while leased or self._waiting or self._clients:
            if request := self._fork_those_ready():
                return request
            if not (events := self._selector.select(0 if self._to_load else None)):
                self._load(self._to_load.pop(0))
            for key, _ in events:
                if key.fileobj is self._lease:
                    self._selector.unregister(self._lease)
                    leased = False
                elif key.fileobj is self._woken:
                    self._woken.recv(4096)
                    self._reap()
                elif key.fileobj is self._listener:
                    self._accept()
                else:
                    self._drop(key.data)
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
        if request and len(streams) == STANDARD_STREAMS:
            self._waiting.append((request, streams, connection))
        else:
            _close(streams, connection)

    def _fork_those_ready(self) -> Request | None:
        """Forks for each client that waits for nothing more to be loaded; in a fork its request."""
        ready = [each for each in self._waiting if not self._to_load or each[0].module in self._loaded]
        for waiting in ready:
            self._waiting.remove(waiting)
            if self._fork(*waiting):
                return waiting[0]
        return None

    def _fork(self, request: Request, streams: list[int], connection: socket.socket) -> bool:
        """Forks for a client; whether this is the fork. A client that cannot be served sees its connection closed."""
        own, pid = os.getpid(), None
        with contextlib.suppress(OSError):
            pid = os.fork() if self._is_as_fresh(request) else None
        if pid == 0:
            os.setsid()
            end_with(own)
            # The client may have gone while it waited, of which the zygote hears.
            with contextlib.suppress(OSError):
                connection.send(str(os.getpid()).encode())
            self._let_go()
            connection.close()
            _become(request, streams)
            return True
        if pid:
            self._clients[pid] = connection
            self._selector.register(connection, selectors.EVENT_READ, pid)
            _close(streams)
        else:
            _close(streams, connection)
        return False

    def _let_go(self) -> None:
        """In a fork: gives back what is the zygote's alone."""
        signal.set_wakeup_fd(-1)
        for end in (self._listener, self._lease, self._woken, self._waking, *self._clients.values(), self._selector):
            end.close()

    def _is_as_fresh(self, request: Request) -> bool:
        """Whether a fork is what a new process would be: of the code that is on disk, with the same settings."""
        with contextlib.suppress(OSError):
            unchanged = all(path.stat().st_mtime_ns == time for path, time in self._sources.items())
            return unchanged and _settings(request.environment) == self._settings
        return False

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


def _become(request: Request, streams: list[int]) -> None:
    """Makes the fork what a new process would be."""
    gc.enable()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(STANDARD_STREAMS, os.sysconf("SC_OPEN_MAX"))
    sys.stdin, sys.stdout, sys.stderr = (_opened(number) for number in range(STANDARD_STREAMS))
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    os.chdir(request.folder)
    os.environ.clear()
    os.environ.update(request.environment)
    if not sys.flags.safe_path:
        sys.path[0] = request.folder
    # The module `random` sees to itself.
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(random.getrandbits(32))


def _opened(number: int) -> io.TextIOWrapper:
    """A standard stream as an interpreter that speaks UTF-8 opens it for a pipe."""
    is_error = number == STANDARD_STREAMS - 1
    return open(
        number,
        "w" if number else "r",
        buffering=1 if is_error else -1,
        encoding="utf-8",
        errors="backslashreplace" if is_error else "strict",
        closefd=False,
    )


def _settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that an interpreter reads only as it starts; a fork has those of the zygote."""
    return {name: value for name, value in environment.items() if name.startswith("PYTHON")}


def _close(streams: list[int], *connections: socket.socket) -> None:
    for stream in streams:
        os.close(stream)
    for connection in connections:
        connection.close()


def _own_sources() -> dict[Path, int]:
    """The files of the package that are loaded, with the times of their last change."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    own = (Path(file) for file in files if file and file.startswith(OWN_FOLDER))
    return {path: path.stat().st_mtime_ns for path in own}


def _run(request: Request) -> int:
    """Runs the module of a request as the interpreter runs one; gives the exit code."""
    sys.argv = [request.module, *request.arguments]
    # It is to run anew, which it is warned of where it is loaded already; of a package that is its `__main__`.
    if not hasattr(sys.modules.get(request.module), "__path__"):
        sys.modules.pop(request.module, None)
    try:
        runpy.run_module(request.module, run_name="__main__", alter_sys=True)
    except SystemExit as leaving:
        if isinstance(leaving.code, str):
            print(leaving.code, file=sys.stderr)
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        return 1
    return 0


def _leave(code: int) -> None:
    """Ends a fork as the interpreter ends, but for taking apart what it has loaded, which would first be copied."""
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def main() -> None:
    """Serves, and in each fork runs what was asked for."""
    # Nothing that is loaded here is ever given up.
    gc.disable()
    listener, lease = (socket.socket(fileno=int(number)) for number in sys.argv[1:3])
    if request := Zygote(listener, lease, sys.argv[3:]).serve():
        _leave(_run(request))


if __name__ == "__main__":
    main()
