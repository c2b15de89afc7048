"""Word files: the parts of the package and how they lead to each other, opened without trusting them."""

import io
import posixpath
import zipfile
from functools import lru_cache

from lxml import etree

from diaoyan.packages import ENCRYPTED, OLE, UNREADABLE, NotPlain, PlainParts, checked_entries

# A draft of a hundred pages with pictures has some megabytes; its text is a part of 1 to 3 MB with 20 000 elements.
MOST_PARTS, MOST_BYTES_UNPACKED, MOST_BYTES_OF_PART = 5000, 256 * 2**20, 32 * 2**20
MOST_ELEMENTS = 600_000
# Each in its two forms: as Word saves it, and as "Strict Open XML".
TRANSITIONAL = "http://schemas.openxmlformats.org/"
STRICT = "http://purl.oclc.org/ooxml/"
PREFIXES = {
    f"{TRANSITIONAL}wordprocessingml/2006/main": "w",
    f"{STRICT}wordprocessingml/main": "w",
    f"{TRANSITIONAL}officeDocument/2006/math": "m",
    f"{STRICT}officeDocument/math": "m",
    f"{TRANSITIONAL}markup-compatibility/2006": "mc",
}
CONTENT_TYPES = "[Content_Types].xml"


@lru_cache(maxsize=4096)
def _named(tag: str) -> str:
    namespace, _, name = tag[1:].rpartition("}")
    return f"{PREFIXES.get(namespace, '')}:{name}"


def kind(element: etree._Element) -> str:
    """What an element is: w:p, m:t, mc:Choice; comments and instructions are nothing."""
    return _named(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute by its name without prefix; empty where there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


class WordFile:
    """The package of a Word file; raises NotPlain for what is none, or should not be opened."""

    def __init__(self, content: bytes):
        if content.startswith(OLE):
            raise NotPlain("encrypted" if ENCRYPTED in content else "old_word")
        self._seen, self._plain = set(), PlainParts(MOST_ELEMENTS)
        try:
            self._package = zipfile.ZipFile(io.BytesIO(content))
            self.entries = checked_entries(self._package, MOST_PARTS, MOST_BYTES_UNPACKED)
            self._by_name = {entry.filename: entry for entry in self.entries}
            found = [name for name in self.related("", "officeDocument").values() if name in self._by_name]
            if len(self._by_name) < len(self.entries) or not found:
                raise NotPlain("no_word")
            self.document = found[0]
            self.tree = self.parsed(self.document)
            # What comments need, so that a draft that is read takes them.
            for name in filter(None, (CONTENT_TYPES, self.part_of("comments"))):
                self.parsed(name)
        except UNREADABLE:
            raise NotPlain("no_word") from None
        if kind(self.tree.getroot()) != "w:document":
            raise NotPlain("no_word")

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def content(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of a part."""
        return self._package.read(entry)

    def parsed(self, name: str) -> etree._ElementTree:
        """A part as it was written: nothing is fetched, expanded or left out."""
        entry = self._by_name[name]
        if entry.file_size > MOST_BYTES_OF_PART:
            raise NotPlain("too_large")
        part = self._package.read(entry)
        if name not in self._seen:
            self._plain.add(name if name.endswith(".xml") else f"{name}.xml", part)
            self._seen.add(name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
        return etree.fromstring(part, parser).getroottree()

    def relations(self, name: str) -> str:
        """The part with the relations of another, of the package where the name is empty."""
        folder, own = posixpath.split(name)
        return posixpath.join(folder, "_rels", f"{own}.rels")

    def related(self, name: str, sort: str) -> dict[str, str]:
        """The parts of one sort that a part leads to, by the ids of the relations."""
        if self.relations(name) not in self._by_name:
            return {}
        folder = posixpath.dirname(name)
        return {
            each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
            for each in self.parsed(self.relations(name)).getroot()
            if each.get("Type", "").endswith(f"/{sort}") and each.get("TargetMode") != "External"
        }

    def part_of(self, sort: str) -> str:
        """The one part of a sort that the document leads to; empty where there is none."""
        return next((name for name in self.related(self.document, sort).values() if name in self._by_name), "")
