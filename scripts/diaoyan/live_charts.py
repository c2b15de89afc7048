"""Charts on pages: the drawing in the page itself, what brings it to life, and its figures and files below it.

Nothing is fetched to show them, for a page opened from disk may fetch nothing: the drawing and its specification stand
in the page. Without scripts the drawing, the table and the files are all there.
"""

import json
import posixpath
import shutil
from html import escape
from pathlib import Path
from xml.etree import ElementTree

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from diaoyan.catalogue import Catalogue
from diaoyan.chart_table import csv_text
from diaoyan.figures import kept_beside, write_png
from diaoyan.promotion import CHART_CLASS

VEGA = "vega.js"
SCRIPT = "live_charts.js"
STYLE = "charts.css"
# Where in the book's folder the files of the charts are.
FILES_FOLDER = "charts"
SVG = "{http://www.w3.org/2000/svg}"
# A drawing in a page could do more than one in a file of its own: it may hold shapes and words, and nothing that acts.
ELEMENTS = ("svg", "g", "path", "rect", "line", "circle", "text", "tspan", "defs", "clipPath")
# Vega's roles tell those who listen of "group mark containers", in English; the drawing is told in one sentence.
LEFT_OUT = ("role", "aria-hidden", "aria-roledescription", "aria-label")
# In spreadsheets that know no other sign of UTF-8.
BYTE_ORDER_MARK = "\ufeff"


class Chart(nodes.Element):
    """The drawing of a chart within its figure, with its specification."""


class ChartFiles(nodes.Element):
    """The table and the files of a chart, below its figure."""


def visit_chart(translator: HTML5Translator, node: Chart) -> None:
    """Writes the drawing, the room for what readers may move, and the specification as data, which no browser runs."""
    words, choices = node["words"], node["choices"]
    told = {"keys": words("chart_tools.keys"), "not-loaded": words("chart_tools.not_loaded")}
    said = "".join(f' data-{name}="{escape(each)}"' for name, each in told.items())
    parts = [f'<div class="diaoyan-drawing"{said}>']
    if choices:
        options = "".join(f'<option value="{escape(value)}">{escape(name)}</option>' for value, name in choices)
        everything = escape(words("chart_tools.everything"))
        parts.append(
            f'<label class="diaoyan-choice">{escape(words("chart_tools.highlight"))} '
            f'<select autocomplete="off"><option value="">{everything}</option>{options}</select></label>'
        )
    parts.append(f'<div class="diaoyan-frame">{node["drawing"]}</div>')
    if node["controls"]:
        # Shown once they work; their room is kept so that nothing below moves then.
        parts.append('<div class="diaoyan-controls"></div>')
    # A tag in one of its texts could end the element, so none is left.
    data = node["specification"].replace("<", "\\u003c")
    parts.append(f'<script type="application/json" class="diaoyan-specification">{data}</script></div>\n')
    translator.body.append("\n".join(parts))
    raise nodes.SkipNode


def visit_chart_files(translator: HTML5Translator, node: ChartFiles) -> None:
    """Writes the table, which a browser unfolds without a script, and the links to the files."""
    words, table = node["words"], node["table"]
    label = escape(words("chart_tools.table"))
    links = " ".join(f'<a href="{escape(to)}" download>{escape(name)}</a>' for name, to in node["files"])
    translator.body.append(
        f'<div class="diaoyan-chart-files">\n<details><summary>{label}</summary>\n'
        f'<div class="diaoyan-figures" tabindex="0" role="region" aria-label="{escape(node["caption"])}">'
        f"<table>{_head(table)}{_body(table)}</table></div></details>\n"
        f'<p role="group" aria-label="{escape(words("chart_tools.files"))}">{links}</p>\n</div>\n'
    )
    raise nodes.SkipNode


class PutCharts(SphinxPostTransform):
    """Puts each chart itself in the place of its picture, on pages of the site only, and its files beside the pages."""

    default_priority = 900
    formats = ("html",)

    def run(self, **arguments) -> None:
        """Finds the charts by the class of their pictures."""
        words: Catalogue = self.app.builder.diaoyan_words
        for image in list(self.document.findall(nodes.image)):
            if CHART_CLASS in image["classes"]:
                self._put(image, words)

    def _put(self, image: nodes.image, words: Catalogue) -> None:
        path = Path(self.app.srcdir, image["uri"])
        specification, table = kept_beside(path)
        figure = image.parent
        chart = Chart(
            "",
            drawing=inline(path.read_text(encoding="utf-8"), image["alt"]),
            specification=json.dumps(specification, ensure_ascii=False, separators=(",", ":")),
            choices=specification.get("usermeta", {}).get("choices", []),
            controls=any("bind" in each for each in specification.get("params", [])),
            words=words,
        )
        name = path.stem.rpartition("-")[0]
        files = ChartFiles("", table=table, files=self._files(path, name, table), words=words)
        files["caption"] = next((each.astext() for each in figure.findall(nodes.caption)), name)
        image.replace_self(chart)
        figure.parent.insert(figure.parent.index(figure) + 1, files)

    def _files(self, drawing: Path, name: str, table: dict) -> list[tuple[str, str]]:
        """Writes the files of a chart into the book; their names on the page and their addresses from it."""
        folder = Path(self.app.outdir, FILES_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        content = BYTE_ORDER_MARK + csv_text(table["heads"], table["rows"])
        (folder / f"{name}.csv").write_text(content, encoding="utf-8", newline="")
        shutil.copyfile(drawing, folder / f"{name}.svg")
        shutil.copyfile(write_png(drawing), folder / f"{name}.png")
        page = self.app.builder.get_target_uri(self.env.docname)
        start = posixpath.dirname(page) or "."
        return [
            (kind.upper(), posixpath.relpath(f"{FILES_FOLDER}/{name}.{kind}", start)) for kind in ("csv", "svg", "png")
        ]


def inline(svg: str, words: str) -> str:
    """The drawing as a part of a page, told in these words; raises ExtensionError where it holds more than shapes."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        name = element.tag.removeprefix(SVG)
        acting = [each for each in element.attrib if each.lower().startswith("on") or each.lower().endswith("href")]
        if name not in ELEMENTS or acting:
            raise ExtensionError(f"a chart with {acting[0] if acting else name!r} is no drawing")
        element.tag = name
        for attribute in LEFT_OUT:
            element.attrib.pop(attribute, None)
    root.attrib |= {"class": "diaoyan-still", "role": "img", "aria-label": words}
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def add_scripts(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Only pages with a chart load what it takes; Vega itself only when a chart comes near the screen."""
    if doctree and next(doctree.findall(Chart), None) is not None:
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Registers the above."""
    app.add_node(Chart, html=(visit_chart, None))
    app.add_node(ChartFiles, html=(visit_chart_files, None))
    app.add_post_transform(PutCharts)
    app.add_css_file(STYLE)
    app.connect("html-page-context", add_scripts)


def _head(table: dict) -> str:
    cells = (f"<th{_flush(table, number)}>{escape(head)}</th>" for number, head in enumerate(table["heads"]))
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _body(table: dict) -> str:
    rows = []
    for row in table["rows"]:
        cells = (f"<td{_flush(table, number)}>{escape(cell)}</td>" for number, cell in enumerate(row))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<tbody>{''.join(rows)}</tbody>"


def _flush(table: dict, column: int) -> str:
    return ' class="diaoyan-number"' if column in table["numbers"] else ""
