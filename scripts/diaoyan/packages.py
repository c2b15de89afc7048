"""Files that others send: their bytes, and zip packages of office programs, opened without trusting them."""

import stat
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from diaoyan.faults import Fault, Faults

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
XML_NAMES = (".xml", ".rels", ".vml")
ENCODINGS = (None, "utf-8", "us-ascii")
# Others have no place in a file of an office program, and may ask for gigabytes before they unpack anything.
COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What libraries raise, in their own code and in what they rest on, for a file that is not what it seems.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


class NotPlain(Exception):
    """A file or part that nobody should open; its text is what it is told as."""


def read_given(path: Path, shown: str, most_bytes: int) -> bytes:
    """The bytes of a file; raises Faults where there is none to be read, NotPlain where it is too large."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise Faults([Fault(shown, 0, "", "a folder", "a file")])
        # Of a device or a pipe there would be no end.
        if not stat.S_ISREG(about.st_mode):
            raise Faults([Fault(shown, 0, "", "no file", "a file")])
        if about.st_size > most_bytes:
            raise NotPlain("too_large")
        return path.read_bytes()
    except FileNotFoundError:
        raise Faults([Fault(shown, 0, "", "no file", "a file")]) from None
    except OSError as error:
        raise Faults([Fault(shown, 0, "", error.strerror or "no access", "a readable file")]) from None
    except ValueError:
        # No system has a file with such a name.
        raise Faults([Fault(shown, 0, "", "no file", "a file")]) from None


def checked_entries(package: zipfile.ZipFile, most_parts: int, most_bytes: int) -> list[zipfile.ZipInfo]:
    """What is in the package; raises NotPlain for what is too large when unpacked, by what it says of itself."""
    entries = package.infolist()
    # zipfile unpacks no more than an entry declares.
    if len(entries) > most_parts or sum(entry.file_size for entry in entries) > most_bytes:
        raise NotPlain("too_large")
    if any(entry.compress_type not in COMPRESSED for entry in entries):
        raise zipfile.BadZipFile("compressed otherwise than files of office programs are")
    return entries


class PlainParts:
    """What is in the parts of a package, counted by a parser that makes nothing of it, before anything is made."""

    def __init__(self, most_elements: int) -> None:
        self._elements, self._most_elements = 0, most_elements

    def add(self, name: str, part: bytes) -> None:
        """Counts what is in a part, as far as it is XML; raises NotPlain."""
        if name.lower().endswith(XML_NAMES) and b"\0" in part[:8]:
            raise NotPlain("definitions")
        parser = expat.ParserCreate()
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._defined
        parser.StartElementHandler = self.element
        # What is wrong further on is for whoever reads the part.
        with suppress(expat.ExpatError):
            parser.Parse(part, True)

    def element(self, _name: str, _attributes: dict[str, str]) -> None:
        """Counts an element of any part."""
        self._elements += 1
        if self._elements > self._most_elements:
            raise NotPlain("too_large")

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding and encoding.lower()) not in ENCODINGS:
            raise NotPlain("definitions")

    def _defined(self, *_about: object) -> None:
        raise NotPlain("definitions")
