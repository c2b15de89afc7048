"""Number cards in the book's pages: each link to a figure's row gets the card that its chapter has for it.

The cards of a page stand in it as data, for a page opened from disk may fetch nothing. Without scripts, and in print,
a number is the link or the words it has always been.
"""

import json
import posixpath
import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from diaoyan.markup_check import internal_link

METADATA = "diaoyan_cards"
DATA_CLASS = "diaoyan-number-cards"
# The class of a link tells which of the page's cards is its own: card-0, card-1 …
LINK_CLASS = "card-"
SCRIPT, STYLE = "number_cards.js", "number_cards.css"
# Before the notebook is replaced by its page, which knows nothing of outputs.
BEFORE_PROMOTION = 400
WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*")
LOGGER = logging.getLogger(__name__)


class CardData(nodes.Element):
    """The cards of a page."""


def visit_card_data(translator: HTML5Translator, node: CardData) -> None:
    """Writes them as data, which no browser runs; a tag in one of the texts could end the element, so none is left."""
    content = json.dumps(node["cards"], ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    translator.body.append(f'<script type="application/json" class="{DATA_CLASS}">{content}</script>\n')
    raise nodes.SkipNode


def keep_cards(app: Sphinx, page: str, source: list[str]) -> None:
    """Keeps the cards of a notebook's outputs with what Sphinx knows of the page."""
    if not app.env.doc2path(page).endswith(".ipynb"):
        return
    kept = app.env.metadata[page][METADATA] = []
    for cell in json.loads(source[0])["cells"]:
        for output in cell.get("outputs", []):
            cards = output.get("metadata", {}).get("diaoyan", {}).get("explanations", [])
            for card in cards if isinstance(cards, list) else [cards]:
                if is_card(card):
                    kept.append(card)
                else:
                    LOGGER.warning("refused: a card without its form", location=page, type="diaoyan", subtype="refused")


class AddCards(SphinxPostTransform):
    """Gives the links of a page their cards, on pages of the site only."""

    # After links have found their targets.
    default_priority = 900
    formats = ("html",)

    def run(self, **arguments) -> None:
        """Finds the links to figures by their class."""
        known = {(card["to"], card["title"], card["words"]): card for card in self._kept()}
        used = {}
        for link in self.document.findall(nodes.reference):
            anchor = link.get("refid") or link.get("refuri", "").partition("#")[2]
            data_page = f"{self.config.diaoyan_data_page}.ipynb"
            key = (f"{data_page}#{anchor}", link.get("reftitle", ""), link.astext())
            if "fact" in link["classes"] and key in known:
                link["classes"].append(f"{LINK_CLASS}{used.setdefault(key, len(used))}")
        if used:
            self.document.append(CardData("", cards=[self._resolved(known[key]) for key in used]))

    def _kept(self) -> list[dict]:
        return self.env.metadata[self.env.docname].get(METADATA, [])

    def _resolved(self, card: dict) -> dict:
        """The card as the page shows it, its links leading where the book puts their targets."""
        rows = [[label, *(self._line(line) for line in lines)] for label, *lines in card["rows"]]
        foot = [self._line(line) for line in card["foot"]]
        return {**{key: card[key] for key in ("name", "value", "close")}, "rows": rows, "foot": foot}

    def _line(self, line: list[str]) -> list[str]:
        if len(line) == 1 or not internal_link(line[1]):
            return line
        page, anchor = internal_link(line[1])
        name = posixpath.join(posixpath.dirname(self.env.docname), page) if page else self.env.docname
        if name not in self.env.found_docs:
            LOGGER.warning("a card links to no page of the book: %s", line[1], location=self.env.docname)
            return line[:1]
        address = self.app.builder.get_relative_uri(self.env.docname, name)
        return [line[0], f"{address}#{anchor}" if anchor else address]


def add_files(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Only pages with cards load what they take."""
    if doctree and next(doctree.findall(CardData), None) is not None:
        app.add_js_file(SCRIPT, loading_method="defer")
        app.add_css_file(STYLE)


def is_card(card: object) -> bool:
    """Whether a card has the form that pages and their script rely on; it may lead into the book and to the web."""
    words = ("to", "title", "words", "name", "value", "close")
    if not isinstance(card, dict) or not all(isinstance(card.get(key), str) for key in words):
        return False
    rows, foot = card.get("rows"), card.get("foot")
    if not isinstance(foot, list) or not isinstance(rows, list):
        return False
    if not all(isinstance(row, list) and row and isinstance(row[0], str) for row in rows):
        return False
    return all(_is_line(line) for line in [*foot, *(line for _, *lines in rows for line in lines)])


def _is_line(line: object) -> bool:
    if not isinstance(line, list) or len(line) not in (1, 2) or not all(isinstance(each, str) for each in line):
        return False
    return len(line) == 1 or bool(internal_link(line[1])) or WEB_ADDRESS.fullmatch(line[1]) is not None


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.add_node(CardData, html=(visit_card_data, None))
    app.connect("source-read", keep_cards, priority=BEFORE_PROMOTION)
    app.add_post_transform(AddCards)
    app.connect("html-page-context", add_files)
