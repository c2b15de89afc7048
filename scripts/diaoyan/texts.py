"""Texts: Markdown files with placeholders, checked when read; nothing in them is ever executed.

A placeholder is a Jinja expression, `{{ value('high_tech_enterprises') }}`. Only calls of known names with constant
arguments are accepted, and this module makes those calls itself: no template engine runs, so nothing can escape it.
"""

import html
import inspect
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from diaoyan.facts import UnknownFact
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.files import LARGEST_TEXT, not_text, read_text
from diaoyan.markup_check import ANCHOR, forbidden_markup, parse

HEADING = re.compile(rf"(#{{1,3}}) (.+?)(?: \{{#({ANCHOR.pattern})\}})?")
PLACEHOLDER = re.compile(r"\{\{([^{}\n]*)\}\}")
# What is left of a placeholder that is none.
STRAY_BRACES = re.compile(r"\{[{%]|[%}]\}")
# Where digits are no figures: the target of a link, the label of a footnote.
NOT_PROSE = re.compile(r"\]\([^)\s]*|\[\^[^\[\]\n]*\]")
ENTITY = re.compile(r"&[#\w]+;")
ENVIRONMENT = ImmutableSandboxedEnvironment()
# A paragraph of eight pages. What looks for markup and figures takes long for what is far beyond.
LONGEST_LINE = 5000
# A chapter of the report asks for forty-five figures. Each question may take as long as all rows take to be read, and
# the answer to one may be a list; of a table of ten thousand rows it would be as long as a book.
MOST_PLACEHOLDERS = 200
LONGEST_ANSWER = 128 * 2**10
# Placeholders that say nothing: a paragraph that begins with one stands only where it holds.
CONDITIONS = ("given", "lacking")


@dataclass(frozen=True)
class Placeholder:
    """A call written in a text, and where it stands."""

    name: str
    arguments: tuple
    options: tuple[tuple[str, object], ...]
    line: int
    column: int


@dataclass(frozen=True)
class Block:
    """A heading with its anchor and the paragraphs up to the next heading, as literal text and placeholders."""

    anchor: str
    level: int
    line: int
    heading: tuple[str | Placeholder, ...]
    body: tuple[str | Placeholder, ...]


@dataclass(frozen=True)
class Text:
    """The words of one chapter in one language."""

    file: str
    blocks: tuple[Block, ...]


def read_chapter_text(path: Path, shown: str, names: Mapping[str, Callable], numbers: Mapping) -> Text:
    """The blocks of a text file; raises Faults for markup, figures and placeholders that a text may not hold.

    `numbers` are the catalogue's: the pattern of figures in `words`, and the `declared` turns of phrase that are none.
    """
    source = read_text(path, shown, LARGEST_TEXT)
    faults = [
        Fault(shown, number, "", f"a line of {len(line)} characters", f"at most {LONGEST_LINE} characters")
        for number, line in enumerate(source.splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    if faults:
        raise Faults(faults)
    masked = STRAY_BRACES.sub("xx", PLACEHOLDER.sub(lambda match: "x" * len(match[0]), source))
    for line, found in forbidden_markup(_without_anchors(masked)):
        expected = "headings, paragraphs, emphasis, lists, links and footnotes only"
        faults.append(Fault(shown, line, "", found, expected))
    faults += _heading_faults(shown, masked)
    blocks, current, body = [], None, []
    for number, line in enumerate(source.splitlines(), 1):
        faults += _figure_faults(shown, number, line, numbers)
        pieces, piece_faults = _pieces(shown, number, line, names)
        faults += piece_faults
        heading = heading_of(line)
        faults += _condition_faults(shown, pieces, not heading and body[-2:] in ([], ["\n"], ["\n", "\n"]))
        if not heading:
            if current is None and line.strip():
                faults.append(Fault(shown, number, "", "text before the first heading", "a heading first"))
            body += [*pieces, "\n"]
            continue
        if current:
            blocks.append(Block(*current, tuple(body)))
        title, _ = _pieces(shown, number, heading[2], names)
        current, body = (heading[3] or "", len(heading[1]), number, tuple(title)), []
    if current is None:
        faults.append(Fault(shown, 0, "", "no heading", "a chapter title: # Title {#chapter}"))
    else:
        blocks.append(Block(*current, tuple(body)))
    asked = [piece for block in blocks for piece in (*block.heading, *block.body) if isinstance(piece, Placeholder)]
    if len(asked) > MOST_PLACEHOLDERS:
        found, expected = f"{len(asked)} placeholders", f"at most {MOST_PLACEHOLDERS} placeholders"
        faults.append(Fault(shown, asked[MOST_PLACEHOLDERS].line, "", found, expected))
    lines = {}
    for block in blocks:
        if block.anchor and lines.setdefault(block.anchor, block.line) != block.line:
            found = f"the anchor {quoted(block.anchor)} a second time"
            faults.append(
                Fault(shown, block.line, "", found, f"each anchor once (first on line {lines[block.anchor]})")
            )
    if faults:
        raise Faults(faults)
    return Text(shown, tuple(blocks))


def heading_of(line: str) -> re.Match | None:
    """Number signs, title and anchor of a line that is a heading in our form."""
    return HEADING.fullmatch(line.rstrip())


def chosen(text: Text, names: Mapping[str, Callable]) -> Text:
    """The text without the paragraphs whose conditions, written first in them, do not all hold."""
    return replace(text, blocks=tuple(replace(block, body=_chosen(block.body, names)) for block in text.blocks))


def _chosen(body: tuple[str | Placeholder, ...], names: Mapping[str, Callable]) -> tuple[str | Placeholder, ...]:
    paragraphs, before = [[]], "\n"
    for piece in body:
        paragraphs[-1].append(piece)
        # A paragraph ends in an empty line.
        if piece == before == "\n":
            paragraphs.append([])
        before = piece
    return tuple(piece for paragraph in paragraphs for piece in _kept(paragraph, names))


def _kept(paragraph: list[str | Placeholder], names: Mapping[str, Callable]) -> list[str | Placeholder]:
    """What is left of a paragraph without its conditions; nothing where one does not hold."""
    conditions = [piece for piece in paragraph if _is_condition(piece)]
    if not all(names[each.name](*each.arguments, **dict(each.options)) for each in conditions):
        return []
    return paragraph[len(conditions) :]


def _is_condition(piece: str | Placeholder) -> bool:
    """Whether a piece of a text says nothing itself."""
    return isinstance(piece, Placeholder) and piece.name in CONDITIONS


def _condition_faults(file: str, pieces: list[str | Placeholder], is_first: bool) -> list[Fault]:
    """Conditions that do not begin a paragraph; `is_first` tells whether the line does."""
    faults = []
    for position, piece in enumerate(pieces):
        if _is_condition(piece) and not (is_first and all(map(_is_condition, pieces[:position]))):
            expected = "a condition at the beginning of a paragraph"
            faults.append(Fault(file, piece.line, str(piece.column), f"{piece.name} elsewhere", expected))
    return faults


def fill(pieces: tuple[str | Placeholder, ...], names: Mapping[str, Callable], file: str) -> str:
    """The text with every placeholder answered; raises Faults where one names no fact."""
    filled, faults = [], []
    for piece in pieces:
        if isinstance(piece, str):
            filled.append(piece)
            continue
        try:
            answer = names[piece.name](*piece.arguments, **dict(piece.options))
            if len(answer) > LONGEST_ANSWER:
                found = f"{piece.name} with an answer of {len(answer)} characters"
                expected = f"at most {LONGEST_ANSWER} characters"
                faults.append(Fault(file, piece.line, str(piece.column), found, expected))
            filled.append(answer)
        except UnknownFact as error:
            written = ", ".join([*map(repr, piece.arguments), *(f"{k}={v!r}" for k, v in piece.options)])
            found = f"{piece.name}({written}), which names nothing: {error}"
            faults.append(Fault(file, piece.line, str(piece.column), found, "a placeholder that names a fact"))
    if faults:
        raise Faults(faults)
    return "".join(filled)


def _without_anchors(source: str) -> str:
    """The text without the `{#anchor}` of its headings, line for line."""
    lines = []
    for line in source.splitlines():
        heading = heading_of(line)
        lines.append(f"{heading[1]} {heading[2]}" if heading else line)
    return "\n".join(lines)


def _heading_faults(file: str, source: str) -> list[Fault]:
    """Headings as Markdown sees them (underlined ones, of any depth) that do not have the form of ours."""
    faults, lines = [], source.splitlines()
    for token in parse(_without_anchors(source)):
        if token.type == "heading_open":
            heading = heading_of(lines[token.map[0]])
            if not heading or not heading[3]:
                found = f"a heading without anchor {quoted(lines[token.map[0]])}"
                faults.append(Fault(file, token.map[0] + 1, "", found, "#, ## or ### and {#an-anchor} at the end"))
    return faults


def _figure_faults(file: str, number: int, line: str, numbers: Mapping) -> list[Fault]:
    """A figure in the prose itself, in digits or words: figures come from tables, through placeholders."""
    heading = heading_of(line)
    prose = line[: heading.end(2)] if heading else line
    for skipped in (PLACEHOLDER, NOT_PROSE):
        prose = skipped.sub(lambda match: " " * len(match[0]), prose)
    # An entity can spell a figure too: &frac12; and &#49;.
    prose = ENTITY.sub(lambda match: html.unescape(match[0]).ljust(len(match[0])), prose)
    for column, character in enumerate(prose, 1):
        if unicodedata.category(character) in ("Nd", "No"):
            written = re.match(r"[\w.,%‰]+", prose[column - 1 :])[0]
            return [Fault(file, number, str(column), f"a figure typed in the text {quoted(written)}", "a placeholder")]
    for declared in numbers["declared"]:
        prose = prose.replace(declared, " " * len(declared))
    if spelled := re.search(numbers["words"], prose, re.IGNORECASE):
        found = f"a figure typed in the text {quoted(spelled[0])}"
        expected = "a placeholder (or, for a name, a word declared in the catalogue)"
        return [Fault(file, number, str(spelled.start() + 1), found, expected)]
    return []


def _pieces(file: str, number: int, line: str, names: Mapping[str, Callable]) -> tuple[list, list[Fault]]:
    pieces, faults, end = [], [], 0
    for match in [*PLACEHOLDER.finditer(line), None]:
        literal = line[end : match.start() if match else None]
        stray = STRAY_BRACES.search(literal)
        if stray:
            column = end + stray.start() + 1
            found = quoted(literal[stray.start() :].strip())
            faults.append(Fault(file, number, str(column), found, "{{ placeholder }} on one line"))
        pieces.append(literal)
        if match:
            end, column = match.end(), match.start() + 1
            try:
                pieces.append(_placeholder(match[0], number, column, names))
                # Blanks after a condition are none of the paragraph's.
                while _is_condition(pieces[-1]) and line[end : end + 1] == " ":
                    end += 1
            except ValueError as error:
                faults.append(Fault(file, number, str(column), quoted(match[0]), str(error)))
    return [piece for piece in pieces if piece != ""], faults


def _placeholder(source: str, line: int, column: int, names: Mapping[str, Callable]) -> Placeholder:
    """The call a placeholder makes; raises ValueError with what was expected instead."""
    try:
        output = ENVIRONMENT.parse(source).body[0]
    except (TemplateSyntaxError, RecursionError):
        raise ValueError("a placeholder such as {{ value('indicator') }}") from None
    call = output.nodes[0] if isinstance(output, nodes.Output) and len(output.nodes) == 1 else None
    if not isinstance(call, nodes.Call) or not isinstance(call.node, nodes.Name):
        raise ValueError("a placeholder such as {{ value('indicator') }}")
    if call.node.name not in names:
        raise ValueError("one of " + ", ".join(sorted(names)))
    constants = [*call.args, *(keyword.value for keyword in call.kwargs)]
    if call.dyn_args or call.dyn_kwargs or not all(isinstance(node, nodes.Const) for node in constants):
        raise ValueError("constant arguments only")
    arguments = tuple(node.value for node in call.args)
    options = tuple((keyword.key, keyword.value.value) for keyword in call.kwargs)
    # In quotation marks, an escape can write what no file may hold.
    if any(isinstance(value, str) and not_text(value) for value in (*arguments, *dict(options).values())):
        raise ValueError("plain text")
    signature = inspect.signature(names[call.node.name])
    try:
        signature.bind(*arguments, **dict(options))
    except TypeError:
        raise ValueError(f"{call.node.name}{signature}") from None
    return Placeholder(call.node.name, arguments, options, line, column)
