"""The stock keeps what was made, and everything works without it."""

import errno
from pathlib import Path

import pytest

from diaoyan import stock
from diaoyan.stock import from_stock


@pytest.fixture
def made(new_stock):
    """Makes the length of what it is made from; `made.times` tells how often."""
    new_stock()

    def make(content):
        def anew():
            make.times += 1
            return str(len(content)).encode()

        return from_stock(".txt", content, anew)

    make.times = 0
    return make


def test_what_was_made_from_the_same_content_is_not_made_again(made):
    assert [made("abc"), made("abc"), made("abcd"), made("abc")] == [b"3", b"3", b"4", b"3"]
    assert made.times == 2


def test_the_kind_of_file_is_part_of_what_is_asked_for(new_stock):
    new_stock()
    assert from_stock(".a", "x", lambda: b"1") == b"1"
    assert from_stock(".b", "x", lambda: b"2") == b"2"


def test_without_a_folder_to_keep_it_in_it_is_made_each_time(made, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(stock, "FOLDER", tmp_path / "file" / "stock")
    assert [made("abc"), made("abc")] == [b"3", b"3"]
    assert made.times == 2


def test_a_full_disk_leaves_nothing_behind_and_the_content_is_there_all_the_same(made, new_stock, monkeypatch):
    folder = new_stock()

    def write_half(path, content):
        path.open("wb").write(content[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    assert [made("a" * 10), made("a" * 10)] == [b"10", b"10"]
    assert list(folder.iterdir()) == []


def test_a_fault_in_the_making_is_not_kept(new_stock):
    folder = new_stock()
    with pytest.raises(ValueError, match="no chart"):
        from_stock(".svg", "x", lambda: (_ for _ in ()).throw(ValueError("no chart")))
    assert list(folder.iterdir()) == []
