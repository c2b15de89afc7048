"""Stock: what takes long to make, kept in `_build` by what it was made from.

Nothing depends on it: where it is missing, or no file can be kept, everything is made each time.
"""

import hashlib
from collections.abc import Callable

from diaoyan.files import write_whole
from diaoyan.paths import BUILD

FOLDER = BUILD / "stock"


def from_stock(suffix: str, made_from: str, make: Callable[[], bytes]) -> bytes:
    """The content that `make` makes, from the stock if it was made before; `made_from` says all that it depends on."""
    path = FOLDER / f"{hashlib.sha256(made_from.encode()).hexdigest()}{suffix}"
    try:
        return path.read_bytes()
    except OSError:
        made = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, made)
    except OSError:
        # A folder that may not be written to, or a full disk: the next one makes it anew.
        pass
    return made
