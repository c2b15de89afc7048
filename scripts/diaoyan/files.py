"""Files: those of the user's making read so that whatever is wrong is a fault with its place, ours written whole."""

import errno
import os
import shutil
import unicodedata
from pathlib import Path

from diaoyan.faults import Fault, Faults

# With less a disk is full: no step of a build makes files of a few kilobytes only.
LEAST_FREE_BYTES = 1 << 20
NO_SPACE = "found no space left on the disk, expected some to write in"
# Control characters, halves of characters, and the line and paragraph separators, which only some programs take for
# line ends.
NOT_TEXT = ("Cc", "Cs", "Zl", "Zp")
# Marks that nobody sees, and that turn round, hide or part the words beside them; but the joiners of letters and of
# pictures are needed where they stand.
UNSEEN, JOINERS = "Cf", "\u200c\u200d"
# The tables of ten provinces have 2 MB; a chapter of the report has 6 kB.
LARGEST_FILE, LARGEST_TEXT = 32 * 2**20, 64 * 2**10


def read_text(path: Path, shown: str, most_bytes: int = LARGEST_FILE) -> str:
    """The text of a UTF-8 file; raises Faults when it is missing, too large, not text, or holds unseen characters."""
    try:
        # Of a device or a pipe there would be no end.
        if not path.is_file():
            raise Faults([Fault(shown, 0, "", "no file", "a file")])
        if (size := path.stat().st_size) > most_bytes:
            raise Faults([Fault(shown, 0, "", f"a file of {size} bytes", f"at most {most_bytes} bytes")])
        content = path.read_bytes()
    except OSError as error:
        raise Faults([Fault(shown, 0, "", error.strerror or "no access", "a readable file")]) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"a byte that is not UTF-8 text (0x{content[error.start]:02x})"
        raise Faults([Fault(shown, line, "", found, "a file saved as UTF-8")]) from None
    # Few characters occur in a file; where each is text, so is the whole.
    if not not_text("".join(set(text) - {"\n", "\t"})):
        return text
    for line, content_of_line in enumerate(text.split("\n"), 1):
        if found := not_text(content_of_line.rstrip("\r").replace("\t", " ")):
            raise Faults([Fault(shown, line, "", found, "plain text")])
    return text


def not_text(text: str) -> str:
    """The first character that no text of ours may hold, in words; empty where there is none."""
    for character in text:
        category, code = unicodedata.category(character), ord(character)
        if category in NOT_TEXT:
            return f"a control character (U+{code:04X})"
        # Every 65536th pair and a block of 32 are characters nowhere, and no XML may hold them.
        if (category == UNSEEN and character not in JOINERS) or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            return f"an invisible character (U+{code:04X})"
    return ""


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
