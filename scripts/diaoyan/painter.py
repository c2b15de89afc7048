"""Charts and pictures made by one process for all jobs of a build: to start, its engines take ten times as long as one.

    python -m diaoyan.painter ADDRESS

listens at ADDRESS until its standard input, which whoever started it holds, is closed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Client, Listener
from pathlib import Path
from types import ModuleType

# Where the painter of a build listens, for the processes that the build starts.
ADDRESS = "DIAOYAN_PAINTER"
# A client sends its request as soon as it is connected.
PATIENCE_SECONDS = 5


def drawn(spec: dict) -> str:
    """As `drawing.drawn`, by the painter of this build if it has one."""
    return _asked("drawn", spec).decode() or _engines().drawn(spec)


def painted(svg: str, scale: float) -> bytes:
    """As `drawing.painted`, by the painter of this build if it has one."""
    return _asked("painted", svg, scale) or _engines().painted(svg, scale)


def _engines() -> ModuleType:
    """What draws here; who only starts a painter is spared loading it."""
    from diaoyan import drawing

    return drawing


def _asked(what: str, *arguments: object) -> bytes:
    """What the painter gives; nothing where there is none, or where it cannot."""
    if address := os.environ.get(ADDRESS):
        with suppress(OSError, EOFError), Client(address) as asked:
            asked.send_bytes(json.dumps([what, *arguments]).encode())
            return asked.recv_bytes()
    return b""


@contextmanager
def painter() -> Iterator[str]:
    """A painter for as long as the block lasts; gives its address, where it can be asked before it is ready."""
    with tempfile.TemporaryDirectory(prefix="diaoyan-") as folder:
        address = str(Path(folder) / "painter")
        process = subprocess.Popen(
            [sys.executable, "-m", "diaoyan.painter", address],
            stdin=subprocess.PIPE,
            # What it cannot do its clients do, and tell.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is for its owner, with whom it ends.
            start_new_session=True,
        )
        try:
            yield address
        finally:
            process.stdin.close()
            process.wait()


def is_possible() -> bool:
    """Whether this system has addresses that are files."""
    return os.name != "nt"


def _serve(listener: Listener) -> None:
    """Draws for one client after the other; one whose chart cannot be drawn gets nothing, and sees for itself why."""
    while True:
        with suppress(OSError, EOFError), listener.accept() as client:
            if client.poll(PATIENCE_SECONDS):
                client.send_bytes(_answer(client.recv_bytes()))


def _answer(request: bytes) -> bytes:
    with suppress(Exception):
        match json.loads(request):
            case ["drawn", spec]:
                return _engines().drawn(spec).encode()
            case ["painted", svg, scale]:
                return _engines().painted(svg, scale)
    return b""


def _end_with_owner(folder: Path) -> None:
    sys.stdin.buffer.read()
    # An owner that was killed could not do so.
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def main() -> None:
    """Starts the engines, and draws."""
    address = sys.argv[1]
    with Listener(address) as listener:
        threading.Thread(target=_end_with_owner, args=(Path(address).parent,), daemon=True).start()
        _engines().start()
        _serve(listener)


if __name__ == "__main__":
    main()
