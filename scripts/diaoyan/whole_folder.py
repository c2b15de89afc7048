"""A folder that is read while it is made anew: in its place it is always whole, the old one or the new."""

import ctypes
import os
import shutil
from contextlib import suppress
from pathlib import Path

# From <fcntl.h> and <linux/fs.h>: paths as the process sees them; two of them that change places at one stroke.
AT_FDCWD = -100
RENAME_EXCHANGE = 2


def put_in_place(coming: Path, place: Path) -> None:
    """Puts a whole folder in the place of another, which is then removed.

    Where two folders cannot change places at one stroke, on other systems than Linux and on some file systems, there
    is none for a moment; one that was cut off in this moment `mend` puts back.
    """
    leaving = _leaving(place)
    if not place.exists():
        coming.rename(place)
    elif _change_places(coming, place):
        leaving = coming
    else:
        place.rename(leaving)
        coming.rename(place)
    shutil.rmtree(leaving, ignore_errors=True)


def mend(place: Path) -> None:
    """Puts back, or removes, what somebody who was cut off in the midst of the above has left."""
    leaving = _leaving(place)
    if leaving.exists() and not place.exists():
        leaving.rename(place)
    shutil.rmtree(leaving, ignore_errors=True)


def _leaving(place: Path) -> Path:
    return place.with_name(f"{place.name}.old")


def _change_places(one: Path, other: Path) -> bool:
    """Has two folders change places; False where the system cannot."""
    # Windows does not have the library, other systems do not have the function.
    with suppress(AttributeError, OSError, TypeError):
        paths = (AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other))
        return ctypes.CDLL(None).renameat2(*paths, RENAME_EXCHANGE) == 0
    return False
