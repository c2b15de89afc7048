"""Charts drawn by one process for all jobs of a build: to start, the engine takes ten times as long as a drawing.

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

# Where the painter of a build listens, for the processes that the build starts.
ADDRESS = "DIAOYAN_PAINTER"
# A client sends its specification as soon as it is connected.
PATIENCE_SECONDS = 5
NOTHING = {"mark": "point", "data": {"values": []}}


def draw(spec: dict) -> str:
    """The SVG of a Vega-Lite specification, by the painter of this build if it has one; raises ValueError."""
    if address := os.environ.get(ADDRESS):
        with suppress(OSError, EOFError), Client(address) as painter:
            painter.send_bytes(json.dumps(spec).encode())
            if drawn := painter.recv_bytes().decode():
                return drawn
    return _draw_here(spec)


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


def _draw_here(spec: dict) -> str:
    # A third of a second that nobody needs who only asks for the painter.
    import vl_convert

    # An empty list of addresses: a chart holds its data, it must not fetch any.
    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])


def _serve(listener: Listener) -> None:
    """Draws for one client after the other; one whose chart cannot be drawn gets nothing, and sees for itself why."""
    while True:
        with suppress(OSError, EOFError), listener.accept() as client:
            if client.poll(PATIENCE_SECONDS):
                drawn = ""
                with suppress(ValueError):
                    drawn = _draw_here(json.loads(client.recv_bytes()))
                client.send_bytes(drawn.encode())


def _end_with_owner(folder: Path) -> None:
    sys.stdin.buffer.read()
    # An owner that was killed could not do so.
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def main() -> None:
    """Starts the engine, and draws."""
    address = sys.argv[1]
    with Listener(address) as listener:
        threading.Thread(target=_end_with_owner, args=(Path(address).parent,), daemon=True).start()
        _draw_here(NOTHING)
        _serve(listener)


if __name__ == "__main__":
    main()
