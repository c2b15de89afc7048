"""A folder that is made anew is in its place the old one or the new, whenever whoever makes it is killed."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from diaoyan import whole_folder
from diaoyan.whole_folder import mend, put_in_place

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such stroke")
FILES = ("a", "b")
# What is taken line by line; what it calls besides is one step of the system.
CODE = {Path(whole_folder.__file__), Path(shutil.__file__)}


def make(folder, content):
    """A folder of some files, all of which have this content."""
    for name in FILES:
        (folder / name).mkdir(parents=True)
        (folder / name / "page.html").write_text(content)


def content(folder):
    """What a whole folder was made with; nothing for one that is missing or not whole."""
    pages = sorted(folder.rglob("*.html"))
    said = {page.read_text() for page in pages}
    return said.pop() if len(pages) == len(FILES) and len(said) == 1 else None


def put_and_die(coming, place, lines):
    """Puts a folder in place in a process that is killed after so many lines of code; whether it was."""
    pid = os.fork()
    if pid == 0:
        left = iter(range(lines))

        def trace(frame, event, argument):
            if Path(frame.f_code.co_filename) in CODE:
                if next(left, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)
                return trace
            return None

        sys.settrace(trace)
        put_in_place(coming, place)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def killed_at_every_line(folder):
    """What is found in the place after each death, from the first line of code to the last, and what once mended."""
    found, mended = [], []
    killed = True
    while killed:
        here = folder / str(len(found))
        coming, place = here / "site.next", here / "site"
        make(coming, "new")
        make(place, "old")
        killed = put_and_die(coming, place, len(found))
        found.append(content(place))
        mend(place)
        mended.append(content(place))
        assert not (here / "site.old").exists()
    return found, mended


@on_linux
def test_whoever_is_killed_at_whatever_line_leaves_the_old_folder_or_the_new_one(tmp_path):
    found, mended = killed_at_every_line(tmp_path)
    new = found.index("new")
    # There was something to do before and after, and nothing in between.
    assert 5 < new < len(found) - 5
    assert found == ["old"] * new + ["new"] * (len(found) - new)
    assert mended == found


@on_linux
def test_where_two_folders_cannot_change_places_what_was_cut_off_is_put_back(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_folder, "_change_places", lambda one, other: False)
    found, mended = killed_at_every_line(tmp_path)
    assert None in found
    new = mended.index("new")
    assert mended == ["old"] * new + ["new"] * (len(mended) - new)


@on_linux
def test_a_reader_never_finds_no_folder(tmp_path):
    place = tmp_path / "site"
    make(place, "0")
    pid = os.fork()
    if pid == 0:
        # A moment without a folder would be met within a few of so many.
        for number in range(200):
            make(tmp_path / "site.next", str(number))
            put_in_place(tmp_path / "site.next", place)
        os._exit(0)
    missing = looks = 0
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        looks += 1
        missing += not place.is_dir()
    assert looks > 200
    assert missing == 0


@pytest.mark.parametrize("at_one_stroke", [True, False])
def test_a_folder_takes_its_place_and_leaves_nothing_else(tmp_path, monkeypatch, at_one_stroke):
    if not at_one_stroke:
        monkeypatch.setattr(whole_folder, "_change_places", lambda one, other: False)
    for number in range(3):
        make(tmp_path / "site.next", str(number))
        put_in_place(tmp_path / "site.next", tmp_path / "site")
        assert content(tmp_path / "site") == str(number)
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
