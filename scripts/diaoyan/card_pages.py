"""Cards and downloads on the pages of the site."""

import json
from decimal import Decimal
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from diaoyan.downloads import offer
from diaoyan.trends import trend_svg

STYLE = "first_screen.css"


class Downloads(nodes.Element):
    """Files that may be offered where the book is published."""


def visit_downloads(translator: HTML5Translator, node: Downloads) -> None:
    """Writes what may be offered as a comment: which files there are is known when the book is published."""
    translator.body.append(offer(node["entries"]) + "\n")
    raise nodes.SkipNode


def leave_out(translator: Any, node: Downloads) -> None:
    """Files to load are no matter of other formats."""
    raise nodes.SkipNode


class DownloadsDirective(Directive):
    """What `card_promotion` writes of downloads."""

    option_spec = {"about": directives.unchanged_required}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """The node that the page writes."""
        return [Downloads("", entries=json.loads(self.options["about"]))]


class CardsDirective(Directive):
    """What `card_promotion` writes of cards: a list whose items get their classes and drawings."""

    has_content = True
    option_spec = {"about": directives.unchanged_required}  # noqa: RUF012

    def run(self) -> list[nodes.Node]:
        """The list of cards."""
        about = json.loads(self.options["about"])
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        cards = next(holder.findall(nodes.bullet_list))
        cards["classes"] += ["diaoyan-cards", f"diaoyan-{about['name']}"]
        for item, card in zip(cards, about["cards"], strict=True):
            if card["verdict"]:
                item["classes"].append(f"verdict-{card['verdict'].replace('_', '-')}")
            for paragraph, part in zip(item, card["parts"], strict=True):
                paragraph["classes"].append(part)
            if card["trend"]:
                points = [(year, Decimal(value)) for year, value in card["trend"]]
                item.append(nodes.raw("", trend_svg(points), format="html"))
        return [cards]


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.add_node(Downloads, html=(visit_downloads, None), latex=(leave_out, None), text=(leave_out, None))
    app.add_directive("diaoyan-downloads", DownloadsDirective)
    app.add_directive("diaoyan-cards", CardsDirective)
    app.add_css_file(STYLE)
