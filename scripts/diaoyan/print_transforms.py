"""The book's pages as print wants them: tables that fit the page, addresses that read as such, headings that fit."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.texescape import escape

from diaoyan.print_tables import BREAKS, PADDING_PT, Cell, Layout, TooWide, fit

LOGGER = logging.getLogger(__name__)
# Five lines of print; whatever is longer is a paragraph that was made a heading by mistake.
LONGEST_HEADING = 150
# Lines stand this much further apart than the type is high.
LEADING = 1.3
# Outside ASCII an address is percent-encoded anyway; these would end or change the command.
IN_ADDRESS = str.maketrans({"%": r"\%", "#": r"\#", "\\": "%5C", "{": "%7B", "}": "%7D", "^": "%5E", "~": r"\~{}"})


class FitTables(SphinxPostTransform):
    """Gives each table the widths, the size and the page it fits; one that fits none is a warning."""

    # Before code becomes LaTeX, which has no words to measure.
    default_priority = 150
    formats = ("latex",)

    def run(self, **arguments: Any) -> None:
        """Sets the tables; a section that has to be turned is turned whole, or its heading would stand alone."""
        turned = []
        for table in list(self.document.findall(nodes.table)):
            try:
                layout = fit(_cells(table))
            except TooWide as reason:
                # The table's own name is where the fault is found.
                name = " ".join(table["names"] or table["ids"])
                LOGGER.warning("%s: found %s", name, reason, location=table, type="diaoyan", subtype="print")
                continue
            _set(table, layout)
            if layout.turned:
                turned.append(_section(table))
        for section in dict.fromkeys(turned):
            around = section.parent
            around.insert(around.index(section), _raw(r"\begin{landscape}"))
            around.insert(around.index(section) + 1, _raw(r"\end{landscape}"))


class PrintAddresses(SphinxPostTransform):
    """Sets an address that is its own words so that lines may end in it."""

    # After links are resolved, before Sphinx puts the others' addresses into footnotes.
    default_priority = 200
    formats = ("latex",)

    def run(self, **arguments: Any) -> None:
        """Replaces the references."""
        for reference in list(self.document.findall(nodes.reference)):
            address = reference.get("refuri", "")
            if "://" in address and reference.astext() == address:
                reference.replace_self(_raw(rf"\url{{{address.translate(IN_ADDRESS)}}}"))


class PrintCode(SphinxPostTransform):
    """Lets lines end within a path or an identifier, which as one word fits no column."""

    default_priority = 200
    formats = ("latex",)

    def run(self, **arguments: Any) -> None:
        """Sets code in typewriter with its breaks; in headings it is short and stays as it is."""
        for literal in list(self.document.findall(nodes.literal)):
            if isinstance(literal.parent, nodes.title):
                continue
            pieces = r"\allowbreak{}".join(escape(piece, "xelatex") for piece in BREAKS.split(literal.astext()))
            literal.replace_self(_raw(rf"\sphinxcode{{{pieces}}}"))


class CheckHeadings(SphinxPostTransform):
    """A heading that would fill the page is a warning: it would also fill contents and running heads."""

    default_priority = 100
    formats = ("latex",)

    def run(self, **arguments: Any) -> None:
        """Measures the headings."""
        for title in self.document.findall(nodes.title):
            length = len(title.astext())
            if length > LONGEST_HEADING:
                LOGGER.warning(
                    "%s: found a heading of %d characters, expected at most %d",
                    " ".join(title.parent["names"] or title.parent["ids"]),
                    length,
                    LONGEST_HEADING,
                    location=title,
                    type="diaoyan",
                    subtype="print",
                )


def _cells(table: nodes.table) -> list[list[Cell]]:
    return [
        [Cell(" ".join(entry.astext().split()), _is_typewriter(entry)) for entry in row.findall(nodes.entry)]
        for row in table.findall(nodes.row)
    ]


def _is_typewriter(entry: nodes.entry) -> bool:
    return next(iter(entry.findall(nodes.literal)), None) is not None


def _set(table: nodes.table, layout: Layout) -> None:
    """Puts the layout where Sphinx's writer looks for it."""
    flush = {int(name.removeprefix("right-")) for name in table["classes"] if name.startswith("right-")}
    columns = [
        rf">{{\ragged{'left' if number in flush else 'right'}\arraybackslash}}p{{{width}pt}}"
        for number, width in enumerate(layout.widths_pt, 1)
    ]
    # Only this kind of table may break over pages and repeat its head.
    table["classes"].append("longtable")
    line = round(layout.size_pt * LEADING, 1)
    start = rf"\begingroup\diaoyantable{{{layout.size_pt}pt}}{{{line}pt}}{{{PADDING_PT}pt}}"
    around = table.parent
    place = around.index(table)
    around.insert(place + 1, _raw(r"\endgroup"))
    around.insert(place, addnodes.tabular_col_spec(spec="".join(columns)))
    around.insert(place, _raw(start))


def _section(table: nodes.table) -> nodes.Element:
    """The smallest section a table is in."""
    section = table.parent
    while not isinstance(section, nodes.section):
        section = section.parent
    return section


def _raw(latex: str) -> nodes.raw:
    return nodes.raw("", latex, format="latex")
