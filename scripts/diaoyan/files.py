"""Files: those of the user's making read so that whatever is wrong is a fault with its place, ours written whole."""

import errno
import os
import shutil
import unicodedata
from pathlib import Path

import yaml

from diaoyan.faults import Fault, Faults, quoted

# Control characters, and the line and paragraph separators, which only some programs take for line ends.
NOT_TEXT = ("Cc", "Zl", "Zp")
# With less a disk is full: no step of a build makes files of a few kilobytes only.
LEAST_FREE_BYTES = 1 << 20
NO_SPACE = "found no space left on the disk, expected some to write in"


def read_text(path: Path, shown: str) -> str:
    """The text of a UTF-8 file; raises Faults when it is missing, not text, or holds control characters."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise Faults([Fault(shown, 0, "", "no file", "a file")]) from None
    except OSError as error:
        raise Faults([Fault(shown, 0, "", error.strerror or "no access", "a readable file")]) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"a byte that is not UTF-8 text (0x{content[error.start]:02x})"
        raise Faults([Fault(shown, line, "", found, "a file saved as UTF-8")]) from None
    # Few characters occur in a file; where each is text, so is the whole.
    if not any(_is_control(character) for character in set(text) - {"\n"}):
        return text
    for line, content_of_line in enumerate(text.split("\n"), 1):
        for character in content_of_line.rstrip("\r"):
            if _is_control(character):
                found = f"a control character (U+{ord(character):04X})"
                raise Faults([Fault(shown, line, "", found, "plain text")])
    return text


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in NOT_TEXT and character != "\t"


def read_yaml(path: Path, shown: str) -> dict:
    """The keys and values of a YAML file; raises Faults when it holds anything else."""
    try:
        tree = yaml.load(read_text(path, shown), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        found = f"text that cannot be read ({getattr(error, 'problem', None) or 'no reason known'})"
        raise Faults([Fault(shown, mark.line + 1 if mark else 0, "", found, "YAML")]) from None
    if not isinstance(tree, dict):
        raise Faults([Fault(shown, 0, "", "nothing" if tree is None else quoted(tree), "keys with values")])
    return tree


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file that is never seen half-written, whoever else writes it at the same time."""
    partial = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        partial.write_bytes(content.encode() if isinstance(content, str) else content)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def is_full(folder: Path, said: str = "") -> bool:
    """Whether the disk of a folder is full, or what was said when something failed tells that it was."""
    return shutil.disk_usage(folder).free < LEAST_FREE_BYTES or os.strerror(errno.ENOSPC) in said
