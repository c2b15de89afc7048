"""One process that draws for all: the same drawings, and none the worse for its absence."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from multiprocessing.connection import Client, Listener
from pathlib import Path

import pytest
from processes import SOON_SECONDS, children_of, ends_soon

from diaoyan import drawing, painter

pytestmark = pytest.mark.skipif(not painter.is_possible(), reason="addresses are files")
BARS = {"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": {"x": {"field": "a", "type": "quantitative"}}}


@pytest.fixture
def ours(monkeypatch):
    """A painter that draws for this process; gives its address once it draws."""
    with painter.painter() as address:
        until = time.monotonic() + SOON_SECONDS
        while not Path(address).exists() and time.monotonic() < until:
            time.sleep(0.01)
        monkeypatch.setenv(painter.ADDRESS, address)
        yield address


@pytest.fixture
def drawn_here(monkeypatch):
    """The specifications that this process has drawn itself."""
    drawn = []
    original = drawing.drawn
    monkeypatch.setattr(drawing, "drawn", lambda spec: drawn.append(spec) or original(spec))
    return drawn


def test_the_painter_draws_what_would_be_drawn_here(ours, drawn_here, monkeypatch, new_stock):
    drawn = painter.drawn(BARS)
    assert drawn_here == []
    monkeypatch.delenv(painter.ADDRESS)
    new_stock()
    assert drawn == painter.drawn(BARS)
    assert drawn_here == [BARS]
    assert "<svg" in drawn


def test_the_painter_paints_what_would_be_painted_here(ours, monkeypatch, new_stock):
    svg = painter.drawn(BARS)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(drawing, "painted", None)
        painted = painter.painted(svg, 2)
    monkeypatch.delenv(painter.ADDRESS)
    new_stock()
    assert painted == painter.painted(svg, 2)
    assert painted.startswith(b"\x89PNG")


def test_what_cannot_be_drawn_says_so_here_and_stops_no_painter(ours):
    with pytest.raises(ValueError, match="conversion failed"):
        painter.drawn({"mark": "nonsense"})
    with pytest.raises(drawing.MissingFont, match="No such font"):
        painter.drawn({**BARS, "config": {"font": "No such font"}})
    assert "<svg" in painter.drawn(BARS)


@pytest.mark.parametrize(
    "message", [None, b"", b"\xff", b"[1", b"{}", b'["drawn"]', b'["drawn", 1]', b'["painted", "", 1]']
)
def test_a_client_that_sends_nothing_sensible_stops_no_painter(ours, message):
    with Client(ours) as client:
        if message is not None:
            client.send_bytes(message)
    assert "<svg" in painter.drawn(BARS)


def test_without_a_painter_where_one_is_named_it_is_drawn_here(drawn_here, monkeypatch):
    monkeypatch.setenv(painter.ADDRESS, "/nowhere/painter")
    assert "<svg" in painter.drawn(BARS)
    assert drawn_here == [BARS]


@contextmanager
def one_that_hangs_up(address):
    """Listens at an address, and leaves each client without an answer."""
    with Listener(address) as listener:
        threading.Thread(target=lambda: listener.accept().close(), daemon=True).start()
        yield


def test_a_painter_that_ends_in_the_middle_is_as_none(drawn_here, monkeypatch, tmp_path):
    monkeypatch.setenv(painter.ADDRESS, str(tmp_path / "painter"))
    with one_that_hangs_up(str(tmp_path / "painter")):
        assert "<svg" in painter.drawn(BARS)
    assert drawn_here == [BARS]


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for processes")
def test_the_painter_ends_with_its_owner_even_with_one_that_was_killed(tmp_path):
    program = (
        "import time; from diaoyan.painter import painter\nwith painter() as a: print(a, flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    address = Path(owner.stdout.readline().strip())
    (pid,) = children_of(owner.pid)
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    assert ends_soon(pid)
    assert not address.parent.exists()
