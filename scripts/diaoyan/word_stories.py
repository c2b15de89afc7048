"""One text of a Word file from its beginning to its end, each piece with the element it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from diaoyan.word_files import attribute, kind
from diaoyan.word_hiding import TAKEN_OUT, Hiding, inside, is_taken_out

# What is written in other characters than it is stored in; all else that is no text is nothing.
CHARACTERS = {"w:tab": " ", "w:ptab": " ", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
TEXTS = ("w:t", "m:t")
# Deleted, moved away, read above the line, or no text of the reader's.
UNSEEN = {
    *TAKEN_OUT,
    *("w:rt", "w:pPr", "w:rPr", "w:sdtPr", "w:tblPr", "w:tcPr", "w:trPr", "w:sectPr"),
    *("w:instrText", "w:delText", "w:delInstrText"),
}
RUNS = ("w:r", "m:oMath", "m:oMathPara")
NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
BLANKS = str.maketrans("\n\t\r", "   ")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class Piece:
    """Text that stands in one element, and the outermost run or formula around it."""

    text: str
    element: etree._Element
    run: etree._Element


@dataclass
class WordParagraph:
    """A paragraph as it is read, its part of the file, and where a comment on it may stand.

    That is in itself when `is_main`; else at the run of the document that holds its note or text box, if any.
    """

    part: str
    is_main: bool
    anchor: etree._Element | None = None
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is read."""
        return "".join(piece.text for piece in self.pieces)


class Story:
    """One text of the file from its beginning to its end: the body, the footnotes, a header."""

    def __init__(self, root: etree._Element, hiding: Hiding):
        self.paragraphs: list[WordParagraph] = []
        # The notes that are referred to, by sort and id, and the runs that do.
        self.notes: dict[tuple[str, str], etree._Element] = {}
        self._hiding = hiding
        self._ended = _ended_fields(root)
        # Of each field that is open: whether what follows is its code.
        self._fields: list[bool] = []
        self._open: WordParagraph | None = None
        self._boxes: list[tuple[etree._Element, etree._Element]] = []
        self._style = False
        self._anchor: etree._Element | None = None

    def read(self, container: etree._Element, part: str, anchor: etree._Element | None = None) -> None:
        """Reads the paragraphs in an element, and those of its text boxes behind the paragraphs that hold them."""
        self._blocks(container, part, part == "body", anchor)
        self._open = None

    def _blocks(self, container: etree._Element, part: str, is_main: bool, anchor: etree._Element | None) -> None:
        for child in container:
            name = kind(child)
            if name == "w:p":
                self._paragraph(child, part, is_main, anchor)
            elif name == "mc:AlternateContent":
                self._blocks(_chosen(child), part, is_main, anchor)
            elif name in UNSEEN or not name or _is_deleted(child, name):
                continue
            elif name == "w:tc":
                self._open = None
                self._blocks(child, "cell" if part == "body" else part, is_main, anchor)
                self._open = None
            else:
                self._blocks(child, part, is_main, anchor)

    def _paragraph(self, element: etree._Element, part: str, is_main: bool, anchor: etree._Element | None) -> None:
        if self._open is None:
            self._open = WordParagraph(part, is_main, anchor)
            self.paragraphs.append(self._open)
        outer, self._boxes = self._boxes, []
        self._style, self._anchor = self._hiding.of_paragraph(element), anchor
        self._inline(element, None, True)
        boxes, self._boxes = self._boxes, outer
        # One whose end was deleted or is hidden goes on with the next.
        before = self._open if self._hiding.ends_unseen(element) else None
        for box, run in boxes:
            self._open = None
            outside = part in ("header", "footer", "footnote", "endnote")
            self._blocks(box, part if outside else "text_box", False, run if is_main else anchor)
        self._open = before

    def _inline(self, container: etree._Element, run: etree._Element | None, is_shown: bool) -> None:
        for child in container:
            name = kind(child)
            if name in UNSEEN or not name:
                continue
            if name == "mc:AlternateContent":
                self._inline(_chosen(child), run, is_shown)
            elif name == "w:txbxContent":
                if is_shown and run is not None and not any(self._fields):
                    self._boxes.append((child, run))
            elif name in RUNS:
                shown = is_shown and not (name == "w:r" and self._hiding.of_run(child, self._style))
                self._inline(child, child if run is None else run, shown)
            elif name == "w:fldChar":
                self._field(child)
            elif run is not None and is_shown and not any(self._fields):
                self._seen(child, name, run)
            else:
                self._inline(child, run, is_shown)

    def _seen(self, element: etree._Element, name: str, run: etree._Element) -> None:
        if name in TEXTS:
            text = (element.text or "").translate(BLANKS)
            # Blanks at the ends of a text are not shown unless they are said to be.
            text = text if element.get(SPACE) == "preserve" else text.strip(" ")
        elif name in NOTES:
            self.notes.setdefault(
                (NOTES[name], attribute(element, "id")), run if self._anchor is None else self._anchor
            )
            return
        elif name in CHARACTERS:
            text = CHARACTERS[name]
        else:
            self._inline(element, run, True)
            return
        if text:
            self._open.pieces.append(Piece(text, element, run))

    def _field(self, mark: etree._Element) -> None:
        sort = attribute(mark, "fldCharType")
        if sort == "begin" and mark in self._ended:
            self._fields.append(True)
        elif sort == "separate" and self._fields:
            self._fields[-1] = False
        elif sort == "end" and self._fields:
            self._fields.pop()


def _is_deleted(element: etree._Element, name: str) -> bool:
    """Whether a row or a cell was taken out while changes were tracked."""
    if name == "w:tr":
        return is_taken_out(element, "w:trPr")
    return name == "w:tc" and inside(element, "w:tcPr", "w:cellDel") is not None


def _chosen(alternatives: etree._Element) -> etree._Element:
    """What a program of today shows of alternatives: the first choice, else what is there for older ones."""
    choices = (*children(alternatives, "mc:Choice"), *children(alternatives, "mc:Fallback"))
    return choices[0] if choices else alternatives


def _ended_fields(root: etree._Element) -> set[etree._Element]:
    """The beginnings of fields that have an end: one without would hide all that follows."""
    ended, begun = set(), []
    for mark in root.iter("{*}fldChar"):
        if any(kind(each) in TAKEN_OUT for each in mark.iterancestors()):
            continue
        sort = attribute(mark, "fldCharType")
        if sort == "begin":
            begun.append(mark)
        elif sort == "end" and begun:
            ended.add(begun.pop())
    return ended


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of one kind."""
    return (child for child in element if kind(child) == name)
