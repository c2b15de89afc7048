"""The formal document as words, before any layout: what the executed chapters say, with its front and its end."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from diaoyan.catalogue import Catalogue, load_catalogue
from diaoyan.edition import PARTS, Edition
from diaoyan.edition_folders import shown as shown_file
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.files import read_text
from diaoyan.markup_check import forbidden_markup, parse
from diaoyan.periods import is_real, show_period
from diaoyan.placeholders import LATER
from diaoyan.rewriting import is_between_wide_characters

# More than four full lines: no heading any more, and it would not stay on a page with what follows.
LONGEST_HEADING_CHARACTERS = 120
# What only a report to a meeting has.
OF_A_MEETING = ("meeting", "addressee")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What XML 1.0, and so a Word file, cannot hold.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Run:
    """Words set alike: plain, as `em` or as `strong`; a run with a `note` is the mark of that footnote."""

    text: str
    mark: str = ""
    note: tuple[tuple["Run", ...], ...] = ()


@dataclass(frozen=True)
class Place:
    """Where words stand: chapter and anchor, both empty for the particulars of edition.yml."""

    chapter: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A `heading`, `paragraph`, `ordered` or `bullet` item, or what `continued` an item; `level` counts from 1."""

    kind: str
    level: int
    runs: tuple[Run, ...]
    place: Place
    # Ordered items: which list of the document it belongs to, and its number there.
    list: int = 0
    number: int = 0


@dataclass(frozen=True)
class SignOff:
    """Who answers for the document: blank unless somebody does."""

    signed_by: str = ""
    proof_read_by: str = ""
    printed_by: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Document:
    """The formal document in one language; `front` and `end` are its fixed places by name, blank ones empty."""

    language: str
    date: str
    front: dict[str, str]
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    end: dict[str, str]


def compose(edition: Edition, language: str, executed: Path, sign_off: SignOff | None = None) -> Document:
    """The document from the executed chapters in a folder; raises Faults where one cannot stand in it."""
    words, meta = load_catalogue(edition.data, language), edition.meta
    sign_off = sign_off or SignOff()
    number, given = (
        meta.get("document_number"),
        {key: edition.particular(key, language) for key in OF_A_MEETING if key in meta},
    )
    front = {
        "mark": words("site.not_official"),
        "meeting": words("official.meeting", meeting=given["meeting"]) if "meeting" in given else "",
        "number": words("official.number", number=number) if number else "",
        "title": edition.particular("title", language),
        "date": words("official.date", date=show_period(meta["as_of"], words)),
        "body": edition.particular("body", language),
        "addressee": words("official.addressee", addressee=given["addressee"]) if "addressee" in given else "",
        # Said to somebody.
        "lead": words("official.lead") if "addressee" in given else "",
    }
    lists = count(1)
    paragraphs = tuple(each for part in PARTS for each in _part(executed / f"{part}.ipynb", part, lists))
    document = Document(language, edition.last_day, front, paragraphs, _end(sign_off, words))
    if faults := _faults(document, edition):
        raise Faults(faults)
    return document


def fault(edition: Edition, language: str, place: Place, found: str, expected: str) -> Fault:
    """A fault of words, with the file and line they come from."""
    if not place.chapter:
        return Fault(shown_file(edition.folder / "edition.yml", edition.data), 0, "", found, expected)
    path, file = edition.text_file(language, place.chapter)
    lines = read_text(path, file).splitlines() if path.is_file() else []
    line = next((number for number, each in enumerate(lines, 1) if f"{{#{place.anchor}}}" in each), 0)
    return Fault(file, line, place.anchor, found, expected)


def plain(runs: tuple[Run, ...]) -> str:
    """The words of runs, those of their footnotes after them."""
    notes = "".join(plain(paragraph) for run in runs for paragraph in run.note)
    return "".join(run.text for run in runs) + notes


def _end(sign_off: SignOff, words: Catalogue) -> dict[str, str]:
    printed = sign_off.printed
    if printed and not (DAY.fullmatch(printed) and is_real(printed)):
        raise Faults([Fault("--printed", 0, "", quoted(printed), "a day such as 2023-10-25")])
    office = sign_off.printed_by
    day = show_period(printed, words) if printed else ""
    return {
        "signed_by": words("official.signed_by", name=sign_off.signed_by),
        "proof_read_by": words("official.proof_read_by", name=sign_off.proof_read_by),
        "printed_by": words("official.printed_by", office=office) if office else words("official.printed_by_blank"),
        "printed": words("official.printed", date=day) if day else words("official.printed_blank"),
    }


def _part(notebook: Path, part: str, lists: Iterator[int]) -> Iterator[Paragraph]:
    """The words of a part: its texts, but no remarks, which have no anchor, and no later data."""
    dropped = 0
    for about, markdown in _texts(notebook, part):
        anchor = next(iter(about.get("anchors", [])), "")
        if about.get("kind") != "text" or not anchor:
            continue
        if found := forbidden_markup(markdown):
            expected = "headings, paragraphs, emphasis, lists, links and footnotes only"
            raise Faults(Fault(_shown(notebook), line, anchor, what, expected) for line, what in found)
        nodes = SyntaxTreeNode(parse(markdown)).children
        level = next((int(node.tag[1]) for node in nodes if node.type == "heading"), 1)
        # What stands below a section of later data belongs to it.
        if dropped and level > dropped:
            continue
        dropped = level if anchor.endswith(LATER) else 0
        if not dropped:
            yield from _paragraphs(nodes, Place(part, anchor), lists)


def _texts(notebook: Path, part: str) -> Iterator[tuple[dict, str]]:
    """What is known about each output of a chapter, with its Markdown."""
    shown = _shown(notebook)
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        marked = [(output["metadata"]["diaoyan"], output["data"]) for output in outputs if _is_marked(output)]
    except FileNotFoundError:
        raise Faults([Fault(shown, 0, "", "no executed chapter", f"{part} executed: run ./scripts/build")]) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Faults([Fault(shown, 0, "", "no notebook", "an executed chapter: run ./scripts/build")]) from None
    for about, data in marked:
        markdown = data.get("text/markdown", "")
        yield about, markdown if isinstance(markdown, str) else "".join(markdown)


def _shown(notebook: Path) -> str:
    """Edition, language and chapter, by which an executed chapter lies."""
    return "/".join(notebook.parts[-3:])


def _is_marked(output: dict) -> bool:
    return "diaoyan" in output.get("metadata", {})


def _paragraphs(nodes: list[SyntaxTreeNode], place: Place, lists: Iterator[int]) -> Iterator[Paragraph]:
    notes = {node.meta["label"]: node for node in nodes if node.type == "footnote_reference"}
    for node in nodes:
        if node.type == "heading":
            yield Paragraph("heading", int(node.tag[1]), _runs(node, notes), place)
        elif node.type == "paragraph":
            yield Paragraph("paragraph", 1, _runs(node, notes), place)
        elif node.type in ("bullet_list", "ordered_list"):
            yield from _items(node, 1, notes, place, lists)


def _items(node: SyntaxTreeNode, level: int, notes: dict, place: Place, lists: Iterator[int]) -> Iterator[Paragraph]:
    is_ordered = node.type == "ordered_list"
    own = next(lists) if is_ordered else 0
    for number, item in enumerate(node.children, int(node.attrs.get("start", 1))):
        kind = "ordered" if is_ordered else "bullet"
        for block in item.children:
            if block.type == "paragraph":
                yield Paragraph(kind, level, _runs(block, notes), place, own, number if is_ordered else 0)
                kind = "continued"
            else:
                yield from _items(block, level + 1, notes, place, lists)


def _runs(parent: SyntaxTreeNode, notes: dict) -> tuple[Run, ...]:
    """The inline words of a block, neighbours set alike as one run."""
    joined: list[Run] = []
    for run in (run for inline in parent.children for node in inline.children for run in _pieces(node, "", notes)):
        last = joined[-1] if joined else None
        if last and last.mark == run.mark and not last.note and not run.note:
            joined[-1] = Run(last.text + run.text, run.mark)
        else:
            joined.append(run)
    return tuple(joined)


def _pieces(node: SyntaxTreeNode, mark: str, notes: dict) -> Iterator[Run]:
    if node.type == "softbreak":
        yield Run("" if is_between_wide_characters(node) else " ", mark)
    elif node.type == "footnote_ref":
        if (label := node.meta["label"]) not in notes:
            raise Faults([Fault(f"[^{label}]", 0, "", "a footnote inside a footnote", "footnotes of the text only")])
        blocks = notes[label].children
        yield Run("", "", tuple(_runs(block, {}) for block in blocks if block.type == "paragraph"))
    elif node.children:
        # Links print as their words.
        for child in node.children:
            yield from _pieces(child, node.type if node.type in ("em", "strong") else mark, notes)
    else:
        yield Run(node.content, mark)


def _faults(document: Document, edition: Edition) -> list[Fault]:
    """What no layout could mend: parts that say nothing, endless headings, characters that no file can hold."""
    pieces = [(Place(), words) for words in (*document.front.values(), *document.end.values())]
    pieces += [(paragraph.place, plain(paragraph.runs)) for paragraph in document.paragraphs]
    headings = [(each.place, plain(each.runs)) for each in document.paragraphs if each.kind == "heading"]
    found = []
    for place, title in [(Place(), document.front["title"]), *headings]:
        if len(title) > LONGEST_HEADING_CHARACTERS:
            expected = f"at most {LONGEST_HEADING_CHARACTERS} in the formal document"
            found.append((place, f"a heading of {len(title)} characters", expected))
    for place, words in pieces:
        if bad := NOT_XML.search(words):
            found.append((place, f"a character that no document can hold (U+{ord(bad[0]):04X})", "plain text"))
    for part in PARTS:
        said = [each for each in document.paragraphs if each.place.chapter == part]
        if all(each.kind == "heading" for each in said):
            found.append((Place(part, part), "a part that says nothing", "paragraphs below its headings"))
    return [fault(edition, document.language, *each) for each in found]
