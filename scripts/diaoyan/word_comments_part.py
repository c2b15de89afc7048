"""The part of a Word file that holds its comments."""

import re
from collections.abc import Iterator

from lxml import etree

from diaoyan.word_files import CONTENT_TYPES, STRICT, WordFile, attribute
from diaoyan.word_stories import SPACE

PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONSHIPS = f"{STRICT}officeDocument/relationships"
# What no XML may hold.
NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class CommentsPart:
    """The part with the comments: the draft's own, or a new one that the document is led to."""

    def __init__(self, file: WordFile, author: str, initials: str):
        self._file, self._author, self._initials = file, author, initials
        root = file.tree.getroot()
        self._namespace = etree.QName(root).namespace
        self._own = file.part_of("comments")
        self._tree = file.parsed(self._own) if self._own else _new(self._name("comments"), {"w": self._namespace})
        ids = [attribute(each, "id") for each in self._tree.getroot()]
        ids += [attribute(each, "id") for each in root.iter("{*}commentReference", "{*}commentRangeStart")]
        self.next_id = max((int(id) for id in ids if re.fullmatch(r"\d{1,9}", id)), default=-1) + 1

    def add(self, words: str) -> None:
        """Adds a comment, each line as a paragraph."""
        about = {"id": str(self.next_id), "author": self._author, "initials": self._initials}
        comment = etree.SubElement(self._tree.getroot(), self._name("comment"))
        for name, value in about.items():
            comment.set(self._name(name), NO_XML.sub("", value))
        for line in words.split("\n"):
            run = etree.SubElement(etree.SubElement(comment, self._name("p")), self._name("r"))
            written = etree.SubElement(run, self._name("t"))
            written.set(SPACE, "preserve")
            written.text = NO_XML.sub("", line)
        self.next_id += 1

    def changed(self) -> dict[str, etree._ElementTree]:
        """The parts that are new or changed, by name."""
        if self._own:
            return {self._own: self._tree}
        name = next(name for name in self._free_names() if name not in self._file)
        return {name: self._tree, **self._led_to(name)}

    def _free_names(self) -> Iterator[str]:
        folder = self._file.document.rpartition("/")[0]
        for number in ("", *range(1, len(self._file.entries) + 2)):
            yield f"{folder}/comments{number}.xml".lstrip("/")

    def _led_to(self, name: str) -> dict[str, etree._ElementTree]:
        """The relation of the document to the part, and the type of its content."""
        relations_name = self._file.relations(self._file.document)
        tag = f"{{{PACKAGE}relationships}}Relationship"
        is_there = relations_name in self._file
        relations = (
            self._file.parsed(relations_name) if is_there else _new(f"{tag}s", {None: f"{PACKAGE}relationships"})
        )
        ids = {each.get("Id") for each in relations.getroot()}
        id = next(id for number in range(1, len(ids) + 2) if (id := f"rId{number}") not in ids)
        kinds = STRICT_RELATIONSHIPS if self._namespace.startswith(STRICT) else RELATIONSHIPS
        about = {"Id": id, "Type": f"{kinds}/comments", "Target": name.rpartition("/")[2]}
        etree.SubElement(relations.getroot(), tag, about)
        types = self._file.parsed(CONTENT_TYPES)
        override = f"{{{PACKAGE}content-types}}Override"
        etree.SubElement(types.getroot(), override, {"PartName": f"/{name}", "ContentType": COMMENTS_TYPE})
        if not is_there:
            etree.SubElement(
                types.getroot(), override, {"PartName": f"/{relations_name}", "ContentType": RELATIONS_TYPE}
            )
        return {relations_name: relations, CONTENT_TYPES: types}

    def _name(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"


def _new(tag: str, names: dict[str | None, str]) -> etree._ElementTree:
    return etree.ElementTree(etree.Element(tag, nsmap=names))
