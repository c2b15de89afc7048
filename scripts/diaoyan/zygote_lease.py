"""A zygote for as long as it is needed."""

import atexit
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from diaoyan.forks import NoZygote


@contextmanager
def zygote(modules: Sequence[str], held: Sequence[int] = ()) -> Iterator[str]:
    """A zygote that loads these modules, in their order, for as long as the block lasts; gives its address.

    Who asks it to run one of them waits until that is loaded, and for anything else until all are. It holds the files
    `held` open as long as it lives, whatever happens to its owner. Raises NoZygote where none can be started.
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
            process = subprocess.Popen(
                [sys.executable, "-m", "diaoyan.zygote", *map(str, inherited), *modules],
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
