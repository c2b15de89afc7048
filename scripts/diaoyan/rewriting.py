"""Checked Markdown written anew as MyST: only what the parser understood reaches the page."""

import json
import string
import unicodedata
from itertools import zip_longest

from markdown_it.tree import SyntaxTreeNode

from diaoyan.markup_check import parse, parse_line

LINK_ROLE = "diaoyan-link"
BACKTICK_IN_JSON = "\\u0060"
EMPHASIS = {"em", "strong"}
# As many columns as static/diaoyan.css has classes for.
WIDEST_TABLE_WITH_ALIGNMENT = 16


def rewritten_text(markdown: str, anchors: list[str], footnote_prefix: str) -> str:
    """The text with an anchor before each heading; the prefix makes footnotes the output's own."""
    blocks, remaining = [], list(anchors)
    for node in SyntaxTreeNode(parse(markdown)).children:
        if node.type == "heading" and remaining:
            blocks.append(f"({remaining.pop(0)})=\n{_block(node, footnote_prefix)}")
        else:
            blocks.append(_block(node, footnote_prefix))
    return "\n\n".join(blocks)


def rewritten_line(markdown: str) -> str:
    """A line of text, emphasis and links."""
    return _inline(SyntaxTreeNode(parse_line(markdown)))


def count_headings(markdown: str) -> int:
    """How many anchors a text needs."""
    return sum(token.type == "heading_open" for token in parse(markdown))


def rewritten_table(markdown: str, name: str, caption: str, cell_anchors: list[list[str | None]]) -> str:
    """A pipe table as a `list-table` whose cells are link targets where they have an anchor."""
    table = next(node for node in SyntaxTreeNode(parse(markdown)).children if node.type == "table")
    head, *body = [row.children for part in table.children for row in part.children]
    right = [
        f"right-{number}"
        for number, cell in enumerate(head[:WIDEST_TABLE_WITH_ALIGNMENT], 1)
        if "right" in str(cell.attrs.get("style", ""))
    ]
    lines = [
        f"```{{list-table}} {escaped(caption)}",
        f":name: {name}",
        ":header-rows: 1",
        f":class: {' '.join(['diaoyan-table', *right])}",
        "",
    ]
    for row, anchors in zip_longest([head, *body], [[], *cell_anchors], fillvalue=[]):
        cells = [
            f"({anchor})=\n    {_inline(cell)}" if anchor else _inline(cell)
            for cell, anchor in zip_longest(row, anchors)
        ]
        lines += [f"{'* -' if number == 0 else '  -'} {cell}" for number, cell in enumerate(cells)]
    return "\n".join([*lines, "```"])


def count_body_cells(markdown: str) -> list[int]:
    """The number of cells in each body row of a pipe table."""
    tokens = [token.type for token in parse(markdown)]
    rows = " ".join(tokens).split("tr_open")[2:]
    return [row.count("td_open") for row in rows]


def escaped(text: str) -> str:
    """Any text as literal Markdown on one line."""
    return "".join(_escaped_character(character) for character in " ".join(text.split()))


def _escaped_character(character: str) -> str:
    # A backtick, even an escaped one, may not stand on the first line of a fence.
    if character in string.punctuation and character != "`":
        return "\\" + character
    if character != "`" and (character == " " or character.isprintable()):
        return character
    # Python, and so docutils, breaks lines at more characters than Markdown does.
    return _entity(character)


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def _block(node: SyntaxTreeNode, prefix: str) -> str:
    """A block and all below it; the check has let only these types through."""
    if node.type == "heading":
        return f"{node.markup[0] * int(node.tag[1])} {_inline(node, prefix).replace(chr(10), ' ')}"
    if node.type == "paragraph":
        return _inline(node, prefix)
    if node.type == "footnote_reference":
        label = f"[^{prefix}{node.meta['label']}]: "
        return label + _indented([_block(child, prefix) for child in node.children], 4, "\n\n")
    between = "\n" if _is_tight(node) else "\n\n"
    first_number = int(node.attrs.get("start", 1))
    items = []
    for number, item in enumerate(node.children, first_number):
        marker = f"{item.markup} " if node.type == "bullet_list" else f"{number}{item.markup} "
        blocks = [_block(child, prefix) for child in item.children]
        items.append(marker + _indented(blocks, len(marker), between))
    return between.join(items)


def _is_tight(node: SyntaxTreeNode) -> bool:
    """Whether the list's items stand without blank lines, as markdown-it marks it on paragraphs."""
    blocks = [block for item in node.children for block in item.children]
    return any(block.hidden for block in blocks if block.type == "paragraph")


def _indented(blocks: list[str], width: int, between: str) -> str:
    return between.join(blocks).replace("\n", "\n" + " " * width)


def _inline(parent: SyntaxTreeNode, prefix: str = "") -> str:
    return "".join(_piece(node, prefix) for inline in parent.children for node in inline.children)


def _piece(node: SyntaxTreeNode, prefix: str) -> str:
    if node.type == "text":
        return _text(node)
    if node.type == "text_special":
        # A space that was written as an entity is kept one, it could otherwise indent a line.
        return _entity(node.content) if node.content.isspace() else _text(node)
    if node.type == "softbreak":
        return "" if is_between_wide_characters(node) else "\n"
    if node.type == "code_inline":
        fence = "`" * (1 + max(map(len, _runs_of_backticks(node.content)), default=0))
        return f"{fence} {node.content} {fence}"
    if node.type == "footnote_ref":
        return f"[^{prefix}{node.meta['label']}]"
    if node.type == "link":
        return _link(node)
    return node.markup + "".join(_piece(child, prefix) for child in node.children) + node.markup


def _text(node: SyntaxTreeNode) -> str:
    """Literal text; a letter next to emphasis as an entity, for there the rules know no Chinese."""
    characters = [_escaped_character(character) for character in node.content]
    for neighbour, position in ((_before(node), 0), (_after(node), -1)):
        if neighbour and neighbour.type in EMPHASIS and characters:
            character = node.content[position]
            if character not in string.punctuation and not character.isspace():
                characters[position] = _entity(character)
    return "".join(characters)


def is_between_wide_characters(node: SyntaxTreeNode) -> bool:
    """Chinese has no spaces between words: a line ended in the middle of a sentence is no space."""
    before, after = node.previous_sibling, node.next_sibling
    if not before or not after or {before.type, after.type} <= EMPHASIS:
        return False
    ends = _words(before)[-1:] + _words(after)[:1]
    return all(unicodedata.east_asian_width(character) in "WF" for character in ends)


def _before(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    neighbour = node.previous_sibling
    return _before(neighbour) if neighbour and neighbour.type == "softbreak" else neighbour


def _after(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    neighbour = node.next_sibling
    return _after(neighbour) if neighbour and neighbour.type == "softbreak" else neighbour


def _words(node: SyntaxTreeNode) -> str:
    if node.children:
        return "".join(_words(child) for child in node.children)
    return " " if node.type == "softbreak" else node.content


def _runs_of_backticks(text: str) -> list[str]:
    return "".join(character if character == "`" else " " for character in text).split()


def _link(node: SyntaxTreeNode) -> str:
    words = " ".join(_words(node).split())
    target, title = str(node.attrs["href"]), str(node.attrs.get("title", ""))
    # As JSON in ASCII, where a backtick, which would end the role, can be written otherwise.
    content = json.dumps({"to": target, "words": words, "title": title})
    return f"{{{LINK_ROLE}}}`{content.replace('`', BACKTICK_IN_JSON)}`"
