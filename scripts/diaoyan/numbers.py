"""Numbers: what each number of a text rests on, kept as the number is written.

A text is a string by the time it is shown. The link around a number still tells which one it is: by the row it leads
to and by its title, which names the figures that were compared.
"""

from dataclasses import dataclass

from diaoyan.facts import Fact
from diaoyan.markup_check import parse
from diaoyan.quantities import Unit


@dataclass(frozen=True)
class Number:
    """A number as printed, with its unit in words, and the facts it is or comes from; `formula` ends in its result.

    `unit` is None where the value is no amount: a multiple, a doubling. What is `assumed` rests on an assumption about
    years to come; `period` is the number's own where it is not that of the facts.
    """

    value: str
    unit: Unit | None
    facts: tuple[Fact, ...]
    formula: str = ""
    assumed: bool = False
    period: str = ""


@dataclass(frozen=True)
class Count:
    """A number of rows as printed, the caption of the table they were counted in, and how they were counted."""

    value: str
    table: str
    formula: str


@dataclass(frozen=True)
class NumberLink:
    """A link of a text: the page's file and row it leads to, its title, and its words."""

    to: str
    title: str
    words: str


class Numbers:
    """The numbers written so far, by their links."""

    def __init__(self):
        self._by_link: dict[NumberLink, Number | Count] = {}

    def keep(self, to: str, title: str, words: str, number: Number | Count) -> None:
        """Keeps what a link stands for."""
        self._by_link[NumberLink(to, one_line(title), one_line(words))] = number

    def of(self, markdown: str) -> dict[NumberLink, Number | Count]:
        """The numbers that a text or table holds, each once, in the order of the text."""
        # A table of many rows takes long to parse, and few lead to where a number does.
        if not any(link.to in markdown for link in self._by_link):
            return {}
        return {link: self._by_link[link] for link in links_of(markdown) if link in self._by_link}


def links_of(markdown: str) -> list[NumberLink]:
    """The links of a text or table."""
    links, words = [], ""
    for token in (child for block in parse(markdown) for child in block.children or []):
        if token.type == "link_open":
            attributes, words = token.attrs, ""
        elif token.type == "link_close":
            links.append(NumberLink(str(attributes["href"]), str(attributes.get("title", "")), one_line(words)))
        else:
            words += " " if token.type == "softbreak" else token.content
    return links


def one_line(text: str) -> str:
    """The text as a link carries it: on one line, with single spaces."""
    return " ".join(text.split())
