"""A fork made what a new process would be that runs `python -m MODULE`."""

import atexit
import contextlib
import gc
import io
import os
import random
import runpy
import signal
import sys
import threading
import traceback

from diaoyan.forks import STANDARD_STREAMS, Request


def become(request: Request, streams: list[int]) -> None:
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


def run(request: Request) -> int:
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


def leave(code: int) -> None:
    """Ends a fork as the interpreter ends, but for taking apart what it has loaded, which would first be copied."""
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
