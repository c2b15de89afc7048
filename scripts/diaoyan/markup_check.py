"""What a text may be made of: all that MyST could run or load is found, by MyST's own parser."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

# Switched on to be recognised and refused; the book itself switches all of them off.
RECOGNISED_EXTENSIONS = (
    "amsmath",
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "dollarmath",
    "strikethrough",
    "substitution",
)
INLINE = {"inline", "text", "text_special", "em", "strong", "link", "code_inline"}
LISTS = {"bullet_list", "ordered_list", "list_item"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"} | INLINE
TEXT = {"heading", "paragraph", "softbreak", "footnote_reference", "footnote_ref"} | LISTS | INLINE
NAMES = {
    "amsmath": "mathematics",
    "attrs_block": "attributes in braces",
    "blockquote": "a block quote",
    "code_block": "an indented code block",
    "colon_fence": "a directive or colon fence",
    "fence": "a directive or code fence",
    "front_matter": "front matter",
    "hardbreak": "a forced line break (two spaces or a backslash at the end of a line)",
    "hr": "a rule",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "an image",
    "math_block": "mathematics",
    "math_block_label": "mathematics",
    "math_inline": "mathematics",
    "math_inline_double": "mathematics",
    "myst_block_break": "a block break +++",
    "myst_line_comment": "a comment %",
    "myst_target": "a target",
    "s": "struck-out text",
    "span": "attributes in braces",
    "substitution_block": "a substitution",
    "substitution_inline": "a substitution",
    "paragraph": "text outside the table",
    "table": "a table",
}
# The form that docutils leaves as it is: an anchor in a table is then the anchor on the page.
ANCHOR = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
INTERNAL_LINK = re.compile(rf"(?:([A-Za-z0-9][\w-]*)\.ipynb)?(?:#({ANCHOR.pattern}))?", re.ASCII)
# Left over where the parser saw no markup: in Chinese mostly `**…**` between a stop and a word.
NOT_UNDERSTOOD = re.compile(r"\*\*|\]\(|\]\[|\]:|\[\^")
LABEL = re.compile(r"[A-Za-z0-9-]+")
LONGEST_QUOTE = 40


def forbidden_markup(markdown: str) -> list[tuple[int, str]]:
    """Line (from 1) and name of all but headings, paragraphs, emphasis, lists, links, footnotes."""
    return _forbidden(parse(markdown), TEXT)


def forbidden_table_markup(markdown: str) -> list[tuple[int, str]]:
    """The same for a pipe table: one table, in whose cells are text, emphasis and links."""
    tokens = parse(markdown)
    found = _forbidden(tokens, TABLE)
    if not found and [token.type for token in tokens].count("table_open") != 1:
        found = [(1, "no table, or more than one")]
    return found


def forbidden_line_markup(markdown: str) -> list[str]:
    """The same for a line, such as a cell: text, emphasis and links, whatever it begins with."""
    return [what for _, what in _forbidden(parse_line(markdown), INLINE)]


@lru_cache(maxsize=4)
def parse(markdown: str) -> Sequence[Token]:
    """The tokens of a text, what was escaped in it being apart from what was not; none is to be changed.

    The last ones are kept, for whoever checks a text counts what is in it and writes it anew right afterwards.
    """
    return tuple(_without_empty(_parser().parse(markdown, {})))


def parse_line(markdown: str) -> list[Token]:
    """The tokens of a line, which begins no list, heading or other block."""
    return _without_empty(_parser().parseInline(markdown, {}))


def _without_empty(tokens: list[Token]) -> list[Token]:
    for token in tokens:
        # Emphasis leaves empty pieces behind, which would stand between it and its neighbours.
        token.children = [child for child in token.children or [] if child.type != "text" or child.content]
    return tokens


def internal_link(target: str) -> tuple[str, str] | None:
    """Page and anchor, one may be empty, of a link within the book (`data.ipynb#x`, `#x`)."""
    match = INTERNAL_LINK.fullmatch(target)
    return (match[1] or "", match[2] or "") if target and match else None


@cache
def _parser() -> MarkdownIt:
    config = MdParserConfig(
        enable_extensions=set(RECOGNISED_EXTENSIONS),
        # Two prices in dollars are no formula.
        dmath_allow_space=False,
        dmath_allow_digits=False,
    )
    # What defines the targets of links is shown nowhere, so words that look like it would be lost: `[注]: 见附件`.
    return create_md_parser(config, RendererHTML).disable(["text_join", "reference"])


def _forbidden(tokens: Sequence[Token], allowed: set[str]) -> list[tuple[int, str]]:
    found = []
    line, in_footnote = 1, False
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        kind = _kind(token)
        if kind == "footnote_reference":
            in_footnote = token.nesting > 0
        if token.nesting < 0:
            continue
        if kind == "inline":
            if in_footnote and any(child.type == "footnote_ref" for child in token.children):
                found.append((line, "a footnote inside a footnote"))
            found += _forbidden_inline(token.children, line, allowed)
        elif kind not in allowed:
            # The parts of a table have been found with the table.
            if kind == "table" or kind not in TABLE:
                found.append((line, _description(token)))
        elif kind in ("heading", "footnote_reference") and token.level:
            found.append((line, f"a {kind.split('_')[0]} inside a list"))
        elif token.attrs.keys() - {"start", "style"}:
            found.append((line, "attributes in braces"))
        elif kind == "footnote_reference" and not LABEL.fullmatch(token.meta["label"]):
            found.append((line, f"the footnote label {_quoted(token.meta['label'])}"))
    return list(dict.fromkeys(found))


def _forbidden_inline(tokens: list[Token], line: int, allowed: set[str]) -> list[tuple[int, str]]:
    found, unescaped, link_words = [], "", None
    for token in tokens:
        if token.type == "text":
            unescaped += token.content
        else:
            found += _not_understood(unescaped, line)
            unescaped = ""
        if token.type == "link_open":
            found += [(line, what) for what in _link_faults(token)]
            link_words = ""
        elif token.type == "link_close":
            if not link_words.strip():
                found.append((line, "a link without words"))
            link_words = None
        elif token.type in ("text", "text_special", "softbreak"):
            link_words = None if link_words is None else link_words + token.content
        elif _kind(token) not in allowed:
            found += [(line, _description(token))] if token.nesting >= 0 else []
        elif link_words is not None:
            found.append((line, "emphasis or code inside a link"))
        elif token.attrs:
            found.append((line, "attributes in braces"))
        line += token.type in ("softbreak", "hardbreak")
    return found + _not_understood(unescaped, line)


def _not_understood(plain: str, line: int) -> list[tuple[int, str]]:
    match = NOT_UNDERSTOOD.search(plain)
    if not match:
        return []
    around = plain[max(0, match.start() - 8) : match.end() + LONGEST_QUOTE]
    return [(line, f"emphasis, a link or a footnote that cannot be read {_quoted(around)}")]


def _link_faults(token: Token) -> list[str]:
    """A link leads into the book or to an http address, and has its own words."""
    target = str(token.attrs["href"])
    if token.attrs.keys() - {"href", "title"}:
        return ["attributes in braces"]
    if token.markup == "autolink":
        return [f"an address in angle brackets {_quoted(target)}"]
    try:
        parts = urlsplit(target)
    except ValueError:
        return [f"a link to {_quoted(target)}"]
    if internal_link(target) or (parts.scheme in ("http", "https") and parts.hostname):
        return []
    return [f"a link to {_quoted(target)}"]


# Cells of a table repeat each other.
@lru_cache(maxsize=4096)
def plain(line: str) -> str:
    """The words of a line of Markdown, such as a cell or a heading, without its markup."""
    return "".join(words_of(child) for token in parse_line(line) for child in token.children)


def words_of(token: Token) -> str:
    """The words of a token within a line."""
    return " " if token.type == "softbreak" else token.content if not token.nesting else ""


def _kind(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close")


def _description(token: Token) -> str:
    if token.type == "myst_role":
        return f"a role {_quoted('{' + token.meta['name'] + '}')}"
    name = NAMES.get(_kind(token), token.type)
    written = token.info or token.content
    if isinstance(written, str) and written.strip():
        return f"{name} {_quoted(written)}"
    return name


def _quoted(text: str) -> str:
    shown = " ".join(text.split())
    return repr(shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + "…")
