"""The Sphinx side of the book: notebook outputs as real sections, fact links, charts, furniture."""

import json
import os
import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms.images import ImageConverter
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_refnode

from diaoyan import (
    anchors,
    card_pages,
    furniture,
    literal_titles,
    live_charts,
    missing_pictures,
    number_cards,
    preview,
    rerun,
)
from diaoyan.drawing import MissingFont
from diaoyan.figures import keep, write_pdf, write_svg
from diaoyan.markup_check import internal_link
from diaoyan.print_transforms import PRINT_TRANSFORMS
from diaoyan.promotion import promote
from diaoyan.rewriting import LINK_ROLE
from diaoyan.template_cache import keep_templates
from diaoyan.vega import write_vega

FIGURES_FOLDER = "figures"
SCRIPTS_FOLDER = "scripts"
STATIC = Path(__file__).parent / "static"
LOGGER = logging.getLogger(__name__)


def promote_outputs(app: Sphinx, page: str, source: list[str]) -> None:
    """Replaces a notebook, as it is read, by the one its page is made of."""
    if not app.env.doc2path(page).endswith(".ipynb"):
        return

    def refuse(what: str) -> None:
        LOGGER.warning("refused: %s", what, location=page, type="diaoyan", subtype="refused")

    def write_figure(spec: dict, mark: dict) -> str:
        # Beside Sphinx's output and not in it, so that every builder finds the same file.
        folder, name = Path(app.outdir).parent / FIGURES_FOLDER, mark["name"]
        try:
            path = write_svg(spec, name, folder)
            keep(spec, mark["table"], path)
        except MissingFont as font:
            raise ExtensionError(f"{page}: the charts' font {str(font)!r} is missing") from font
        except ValueError as error:
            reason = str(error).splitlines()[0]
            raise ExtensionError(f"{page}: the chart {name!r} cannot be drawn: {reason}") from error
        return "/" + Path(os.path.relpath(path, app.srcdir)).as_posix()

    source[0] = json.dumps(promote(json.loads(source[0]), write_figure, refuse, app.config.diaoyan_print))


class LinkRole(SphinxRole):
    """A link within the book, as `rewriting` writes it."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """A reference for the domain to resolve when the target's page is known."""
        link = json.loads(self.text)
        words = nodes.Text(link["words"])
        inside = internal_link(link["to"])
        if not inside:
            address = nodes.reference("", "", words, internal=False, refuri=link["to"])
            if link["title"]:
                address["reftitle"] = link["title"]
            return [address], []
        page, anchor = inside
        page = posixpath.join(posixpath.dirname(self.env.docname), page) if page else self.env.docname
        reference = addnodes.pending_xref(
            "",
            words,
            refdomain=BookDomain.name,
            reftype="link",
            refdoc=self.env.docname,
            reftarget=f"{page}#{anchor}" if anchor else page,
            reftitle=link["title"],
            refwarn=True,
        )
        self.set_source_info(reference)
        return [reference], []


class BookDomain(Domain):
    """Resolves links within the book; one whose page or anchor is missing is a warning."""

    name = "diaoyan"
    label = "diaoyan"
    dangling_warnings = {"link": "no such page or anchor in the book: %(target)s"}  # noqa: RUF012

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Node,
    ) -> nodes.Node | None:
        """A link: with its title on a page of the site; in print it looks like the words around it."""
        page, _, anchor = target.partition("#")
        labels = env.get_domain("std").anonlabels
        if page not in env.found_docs or (anchor and labels.get(anchor, ("",))[0] != page):
            return None
        # The anchor itself: the label names a section by its title, which may be Chinese.
        link = make_refnode(builder, fromdocname, page, anchor, [contnode], node["reftitle"])
        # A row's links to other rows are no figures.
        if anchor and fromdocname != page and posixpath.basename(page) == env.config.diaoyan_data_page:
            link["classes"].append("fact")
        return link

    def resolve_any_xref(self, *arguments: Any) -> list[tuple[str, nodes.Element]]:
        """Nothing: links of this domain are never left for others to guess."""
        return []

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict) -> None:
        """Nothing: the domain keeps no data of its own."""


class SvgToPdf(ImageConverter):
    """Charts for LaTeX, which drops SVG without a word."""

    conversion_rules = [("image/svg+xml", "application/pdf")]  # noqa: RUF012

    def is_available(self) -> bool:
        """Always: the converter is a package of ours."""
        return True

    def convert(self, source: str, target: str) -> bool:
        """Writes the vector file Sphinx asks for."""
        write_pdf(Path(source), Path(target))
        return True


def add_static_files(app: Sphinx, config: Config) -> None:
    """Adds the book's style sheet and icon, wherever the book itself lies."""
    if config.diaoyan_print:
        return
    config.html_static_path.append(str(STATIC))
    # Without one, browsers ask the server for an icon that is not there.
    config.html_favicon = config.html_favicon or str(STATIC / "favicon.svg")


def add_vega(app: Sphinx) -> None:
    """Adds the script that live charts take, which print has no use for."""
    if app.builder.format == "html":
        scripts = Path(app.outdir).parent / SCRIPTS_FOLDER
        write_vega(scripts / live_charts.VEGA)
        app.config.html_static_path.append(str(scripts))


def setup(app: Sphinx) -> dict[str, Any]:
    """Registers all of the above with Sphinx."""
    app.setup_extension("myst_nb")
    app.add_config_value("diaoyan_data_page", "data", "env", str)
    app.add_config_value("diaoyan_print", False, "env", bool)
    app.connect("source-read", promote_outputs)
    app.connect("config-inited", add_static_files)
    app.connect("builder-inited", add_vega)
    app.connect("builder-inited", keep_templates)
    app.add_role(LINK_ROLE, LinkRole())
    app.add_domain(BookDomain)
    app.add_post_transform(SvgToPdf)
    for transform in PRINT_TRANSFORMS:
        app.add_post_transform(transform)
    live_charts.setup(app)
    number_cards.setup(app)
    literal_titles.setup(app)
    anchors.setup(app)
    missing_pictures.setup(app)
    rerun.setup(app)
    furniture.setup(app)
    preview.setup(app)
    card_pages.setup(app)
    app.add_css_file("diaoyan.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
