"""What the page of all editions shows of a book: its key figures and downloads, as its first chapter has them."""

import json
from html import escape
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

from diaoyan.downloads import NOTEBOOKS, PAGE, published_files
from diaoyan.markup_check import internal_link, parse_line

CHAPTER = Path(PAGE).stem
# What of a card is shown there; the book says the rest.
SHOWN = ("name", "value", "change", "standing", "claim")


def key_figures(book: Path, address: str) -> list[dict]:
    """The cards of a published book; `address` is that of its folder, where the links of the cards lead."""
    found = _output(book, "cards-figures")
    return [
        {
            "verdict": card.get("verdict", "").replace("_", "-"),
            **{part: _as_html(dict(card["parts"]).get(part, ""), f"{address}chapters/") for part in SHOWN},
        }
        for card in (found or {}).get("cards", [])
    ]


def downloads(book: Path, address: str) -> list[dict]:
    """The files of a published book that are a work by themselves, with type and size."""
    found = _output(book, "downloads")
    entries = [entry for entry in (found or {}).get("entries", []) if len(entry["files"]) == 1]
    return published_files(entries, book, address)


def _output(book: Path, name: str) -> dict | None:
    """What the first chapter of a book says of one of its outputs; None for a book without it."""
    path = book / NOTEBOOKS.format(chapter=CHAPTER)
    if not path.is_file():
        return None
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = (output for cell in cells for output in cell.get("outputs", []))
    marks = (output.get("metadata", {}).get("diaoyan", {}) for output in outputs)
    return next((mark for mark in marks if mark.get("name") == name), None)


def _as_html(markdown: str, address: str) -> Markup:
    """The words of a card with its links; whatever else its Markdown may hold is text."""
    line = SyntaxTreeNode(parse_line(markdown))
    return Markup("".join(_html(node, address) for inline in line.children for node in inline.children))


def _html(node: SyntaxTreeNode, address: str) -> str:
    words = escape("".join(each.content for each in node.walk() if each.type in ("text", "text_special")))
    inside = internal_link(str(node.attrs.get("href", ""))) if node.type == "link" else None
    if not inside:
        return words or (" " if node.type == "softbreak" else "")
    page, anchor = inside
    title = f' title="{escape(str(node.attrs["title"]))}"' if node.attrs.get("title") else ""
    target = f"{address}{page or CHAPTER}.html" + (f"#{anchor}" if anchor else "")
    return f'<a href="{escape(target)}"{title}>{words}</a>'
