"""What a draft looks like once it is checked, as a file beside it, which its own program opens."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from diaoyan.catalogue import Catalogue
from diaoyan.faults import Fault, Faults
from diaoyan.files import write_whole


def write_target(target: Path, content: str | bytes) -> None:
    """Writes a file that was asked for by name; raises Faults where nothing can be written."""
    try:
        write_whole(target, content)
    except OSError as error:
        raise _unwritable(target, error) from None


def write_beside(draft: Path, content: bytes, suffix: str, say: Catalogue) -> Path:
    """Writes a copy under the name of the draft and a word, with a number where somebody has such a file already."""
    number = 1
    while True:
        key = "first" if number == 1 else "again"
        target = draft.with_name(say(f"proofread.copies.{key}", name=draft.stem, number=number) + suffix)
        try:
            # Nobody else's file is written over, not even one that has just appeared.
            target.touch(exist_ok=False)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise _unwritable(target, error) from None
        else:
            break
    try:
        write_target(target, content)
    except Faults:
        target.unlink(missing_ok=True)
        raise
    return target


def open_file(path: Path) -> None:
    """Opens a file in the program that the system has for its kind; raises Faults where there is none."""
    if not _is_opened(path):
        raise Faults([Fault(path.name, 0, "", "no program for files of its kind", "one, or the file opened by hand")])


def _is_opened(path: Path) -> bool:
    if sys.platform == "win32":
        with suppress(OSError):
            os.startfile(path)
            return True
        return False
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    return opener is not None and subprocess.run([opener, str(path)], capture_output=True).returncode == 0


def _unwritable(target: Path, error: OSError) -> Faults:
    found = f"no way to write it ({error.strerror or error})"
    return Faults([Fault(target.name, 0, "", found, "a file that can be written")])
