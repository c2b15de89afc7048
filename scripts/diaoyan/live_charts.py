"""Live charts: a drawing with something to move carries its specification, which a script brings to life.

The specification stands in the page as data, for a page opened from disk may fetch nothing.
"""

from pathlib import Path

import vl_convert
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from diaoyan.promotion import LIVE_CLASS

VEGA = "vega.js"
SCRIPT = "live_charts.js"


class Specification(nodes.Element):
    """A chart's specification within its figure."""


def visit_specification(translator: HTML5Translator, node: Specification) -> None:
    """Writes it as data, which no browser runs; a tag in one of its texts could end the element, so none is left."""
    content = node["content"].replace("<", "\\u003c")
    translator.body.append(f'<script type="application/json" class="{LIVE_CLASS}">{content}</script>\n')
    raise nodes.SkipNode


class AddSpecifications(SphinxPostTransform):
    """Puts the specifications of live charts into their figures, on pages of the site only."""

    default_priority = 900
    formats = ("html",)

    def run(self, **arguments) -> None:
        """Finds the figures by the class of their images."""
        for image in list(self.document.findall(nodes.image)):
            if LIVE_CLASS in image["classes"]:
                path = Path(self.app.srcdir, image["uri"]).with_suffix(".json")
                image.parent.append(Specification("", content=path.read_text(encoding="utf-8")))


def add_scripts(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Only pages with a live chart load what it takes."""
    if doctree and next(doctree.findall(Specification), None) is not None:
        for script in (VEGA, SCRIPT):
            app.add_js_file(script, loading_method="defer")


def write_vega(folder: Path) -> None:
    """Vega with all it needs in one script, written only when it changes."""
    # In a scope of its own: the bundle's short names are those of other scripts of the page too.
    path, script = folder / VEGA, f"(() => {{{vl_convert.javascript_bundle()}}})();\n"
    if not path.exists() or path.read_text(encoding="utf-8") != script:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(script, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.add_node(Specification, html=(visit_specification, None))
    app.add_post_transform(AddSpecifications)
    app.connect("html-page-context", add_scripts)
