"""Comments in a Word file at spans of its text, with nothing else in it changed."""

import io
import zipfile
from bisect import bisect_right
from collections.abc import Sequence
from copy import copy, deepcopy
from dataclasses import dataclass

from lxml import etree

from diaoyan.drafts import SAID
from diaoyan.faults import Fault, Faults
from diaoyan.packages import UNREADABLE, NotPlain
from diaoyan.word_comments_part import CommentsPart
from diaoyan.word_files import WordFile, kind
from diaoyan.word_stories import SPACE, Piece, WordParagraph
from diaoyan.word_text import word_paragraphs


@dataclass(frozen=True)
class Comment:
    """A span of the draft's text, and what is said of it, which may have several lines."""

    start: int
    end: int
    words: str


def commented(content: bytes, comments: Sequence[Comment], author: str, initials: str) -> bytes:
    """The Word file with these comments, which its reader sees at their spans; raises Faults for what is none.

    Word shows no comments in notes, text boxes, headers and footers: one on a note or a text box stands where that is
    anchored, one on a header or a footer at the end of the first paragraph, and both begin with what they are about.
    """
    try:
        return _with_comments(WordFile(content), comments, author, initials)
    except (NotPlain, *UNREADABLE) as error:
        found = str(error) if isinstance(error, NotPlain) else "no_word"
        raise Faults([Fault("the draft", 0, "", *SAID[found])]) from None


def _with_comments(file: WordFile, comments: Sequence[Comment], author: str, initials: str) -> bytes:
    text = CommentedText(file)
    said = CommentsPart(file, author, initials)
    for comment in comments:
        words = comment.words
        if (about := text.put(comment, said.next_id)) is not None:
            words = f"“{about}”\n{words}"
        said.add(words)
    changed = {file.document: file.tree, **said.changed()} if comments else {}
    return _packed(file, {name: _serialized(tree) for name, tree in changed.items()})


class CommentedText:
    """The text of a file, runs of which are cut in two where comments begin and end."""

    def __init__(self, file: WordFile):
        root = file.tree.getroot()
        self._namespace = etree.QName(root).namespace
        self._paragraphs = word_paragraphs(file)
        self._starts = [0]
        for paragraph in self._paragraphs:
            self._starts.append(self._starts[-1] + len(paragraph.text) + 1)
        main = next((each for each in self._paragraphs if each.is_main), None)
        self._first = next(main.pieces[0].run.iterancestors(self._name("p"))) if main else self._some_paragraph(root)

    def put(self, comment: Comment, id: int) -> str | None:
        """Anchors a comment at its span; returns what it is about where it had to be anchored elsewhere."""
        index = max(0, bisect_right(self._starts, comment.start, hi=len(self._paragraphs)) - 1)
        if not self._paragraphs:
            self._mark(self._first, None, None, id)
            return ""
        paragraph, offset = self._paragraphs[index], self._starts[index]
        length = len(paragraph.text)
        start, end = (min(length, max(0, each - offset)) for each in (comment.start, comment.end))
        if paragraph.is_main:
            self._mark(self._first, *self._runs(paragraph, start, max(start, end)), id)
            return None
        self._mark(self._first, paragraph.anchor, paragraph.anchor, id)
        return paragraph.text[start:end]

    def _runs(self, paragraph: WordParagraph, start: int, end: int) -> tuple[etree._Element, etree._Element]:
        """The first and the last run of a span, cut so that they hold nothing else; of an empty one the run there."""
        if start == end:
            end = min(start + 1, len(paragraph.text))
            start = end - 1
        self._cut(paragraph, start)
        self._cut(paragraph, end)
        inside, position = [], 0
        for piece in paragraph.pieces:
            if position < end and position + len(piece.text) > start:
                inside.append(piece.run)
            position += len(piece.text)
        return inside[0], inside[-1]

    def _cut(self, paragraph: WordParagraph, position: int) -> None:
        """Cuts the run at a character in two, as far as it is a run of text; a formula or such stays whole."""
        index = 0
        while index < len(paragraph.pieces) and position >= len(paragraph.pieces[index].text):
            position -= len(paragraph.pieces[index].text)
            index += 1
        if index == len(paragraph.pieces):
            return
        piece = paragraph.pieces[index]
        if kind(piece.run) != "w:r" or piece.element.getparent() is not piece.run:
            return
        if position:
            element = deepcopy(piece.element)
            element.tail = None
            rest = Piece(piece.text[position:], element, piece.run)
            for part, text in ((piece, piece.text[:position]), (rest, piece.text[position:])):
                part.text = part.element.text = text
                part.element.set(SPACE, "preserve")
            piece.element.addnext(element)
            index += 1
            paragraph.pieces.insert(index, rest)
        elif index == 0 or paragraph.pieces[index - 1].run is not piece.run:
            return
        self._part_run(paragraph, index)

    def _part_run(self, paragraph: WordParagraph, index: int) -> None:
        """Puts what a run holds from a piece on into a run of its own behind it."""
        before, first = paragraph.pieces[index].run, paragraph.pieces[index].element
        after = etree.Element(before.tag, dict(before.attrib), before.nsmap)
        after.tail, before.tail = before.tail, None
        after.extend(deepcopy(child) for child in before if kind(child) == "w:rPr")
        after.extend([first, *first.itersiblings()])
        before.addnext(after)
        for piece in paragraph.pieces[index:]:
            if piece.run is before:
                piece.run = after

    def _mark(
        self, paragraph: etree._Element, first: etree._Element | None, last: etree._Element | None, id: int
    ) -> None:
        """Writes the marks of a comment around these runs; where there are none, at the end of a paragraph."""
        start, end = (self._made(name, id) for name in ("commentRangeStart", "commentRangeEnd"))
        reference = etree.Element(self._name("r"))
        reference.append(self._made("commentReference", id))
        if first is None:
            paragraph.extend([start, end, reference])
            return
        first.addprevious(start)
        # Comments that end together stand in the order of their numbers.
        while (behind := last.getnext()) is not None and _is_mark(behind):
            last = behind
        _behind(last, reference)
        _behind(last, end)

    def _made(self, name: str, id: int) -> etree._Element:
        return etree.Element(self._name(name), {self._name("id"): str(id)})

    def _name(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"

    def _some_paragraph(self, root: etree._Element) -> etree._Element:
        """A paragraph of a body without text, made where there is none."""
        body = next(child for child in root if kind(child) == "w:body")
        if (found := next(body.iterchildren(self._name("p")), None)) is None:
            found = etree.Element(self._name("p"))
            body.insert(0, found)
        return found


def _is_mark(element: etree._Element) -> bool:
    """Whether an element is an end of a comment, or the run that refers to one."""
    inner = [kind(child) for child in element if kind(child) != "w:rPr"]
    return kind(element) == "w:commentRangeEnd" or (kind(element) == "w:r" and inner == ["w:commentReference"])


def _behind(element: etree._Element, added: etree._Element) -> None:
    """Puts an element behind another; what text there is behind that one stays at its place."""
    added.tail, element.tail = element.tail, None
    element.addnext(added)


def _serialized(tree: etree._ElementTree) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(file: WordFile, changed: dict[str, bytes]) -> bytes:
    """The package with some parts changed, and those that are new behind all others."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for entry in file.entries:
            target.writestr(copy(entry), changed.pop(entry.filename, None) or file.content(entry))
        for name, content in changed.items():
            new = copy(file.entries[0])
            new.filename = new.orig_filename = name
            new.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(new, content)
    return packed.getvalue()
