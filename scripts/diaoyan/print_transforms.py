"""The book's pages as print wants them: tables that fit the page, addresses that read as such, headings that fit."""

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.texescape import escape

from diaoyan.print_tables import LEADING, PADDING_PT, Cell, Layout, TooWide, fit, pieces

LOGGER = logging.getLogger(__name__)
# Five lines of print; whatever is longer is a paragraph that was made a heading by mistake.
LONGEST_HEADING = 150
# A table up to this height is not worth breaking.
KEPT_WHOLE_PT = 200.0
# What a heading takes, and each paragraph between it and the table.
HEADING_PT, PARAGRAPH_PT = 45.0, 45.0
# So many paragraphs stay with the table they lead to.
LEADING_PARAGRAPHS = 2
# Names docutils gives to what has none, or a second one.
MADE_UP = re.compile(r"id\d+")
BREAK = r"\allowbreak{}"
# Outside ASCII an address is percent-encoded anyway; these would end or change the command.
IN_ADDRESS = str.maketrans({"%": r"\%", "#": r"\#", "\\": "%5C", "{": "%7B", "}": "%7D", "^": "%5E", "~": "%7E"})


class PrintTransform(SphinxPostTransform):
    """Is for the printed book alone, whose style knows the commands: not for LaTeX that somebody else makes."""

    def is_supported(self) -> bool:
        """Whether this is the printed book."""
        return self.config.diaoyan_print and self.app.builder.format == "latex"


class AnchorHeadings(PrintTransform):
    """Takes out the anchors before headings, which have their names too: what is put between would part the two."""

    default_priority = 130

    def run(self, **arguments: Any) -> None:
        """Finds the anchors by the sections' names."""
        names = {name for section in self.document.findall(nodes.section) for name in section["ids"]}
        for target in list(self.document.findall(nodes.target)):
            if target.get("refid") in names:
                target.parent.remove(target)


class LeaveIdsOut(PrintTransform):
    """Takes out the last column of a table where it holds nothing but ids, which only texts and commands use."""

    default_priority = 145

    def run(self, **arguments: Any) -> None:
        """Looks at the cells below the head."""
        for table in self.document.findall(nodes.table):
            rows = [list(row.findall(nodes.entry)) for row in table.findall(nodes.row)]
            if len(rows) > 1 and len(rows[0]) > 1 and all(_is_code(row[-1]) for row in rows[1:]):
                for row in rows:
                    row[-1].parent.remove(row[-1])
                group = next(iter(table.findall(nodes.tgroup)))
                group["cols"] -= 1
                group.remove([each for each in group if isinstance(each, nodes.colspec)][-1])


class FitTables(PrintTransform):
    """Gives each table the widths, the size and the page it fits; one that fits none is a warning."""

    # Before code becomes LaTeX, which has no words to measure.
    default_priority = 150

    def run(self, **arguments: Any) -> None:
        """Sets the tables; a section that has to be turned is turned whole, or its heading would stand alone."""
        turned = []
        for table in list(self.document.findall(nodes.table)):
            try:
                head, *rows = _cells(table)
                layout = fit(head, rows)
            except TooWide as reason:
                LOGGER.warning("%s: found %s", _name(table), reason, location=table, type="diaoyan", subtype="print")
                continue
            _set(table, layout, len(rows))
            if layout.turned:
                turned.append(_section(table))
        for section in dict.fromkeys(turned):
            _put_before(section, r"\begin{landscape}")
            section.parent.insert(section.parent.index(section) + 1, _raw(r"\end{landscape}"))


class PlaceFigures(PrintTransform):
    """Keeps the figures of a chapter that has tables in their places; elsewhere they may move to fill the page."""

    default_priority = 140

    def run(self, **arguments: Any) -> None:
        """Marks each figure that is to stay."""
        for chapter in self.document.findall(addnodes.start_of_file):
            if next(iter(chapter.findall(nodes.table)), None) is None:
                continue
            for figure in list(chapter.findall(nodes.figure)):
                around = figure.parent
                around.insert(around.index(figure) + 1, _raw(r"\diaoyanfiguresfloat"))
                around.insert(around.index(figure), _raw(r"\diaoyanfigureshere"))


class PrintAddresses(PrintTransform):
    """Sets an address that is its own words so that lines may end in it."""

    # After links are resolved, before names in cells get their breaks and Sphinx makes footnotes of other addresses.
    default_priority = 190

    def run(self, **arguments: Any) -> None:
        """Replaces the references."""
        for reference in list(self.document.findall(nodes.reference)):
            address = reference.get("refuri", "")
            if "://" in address and reference.astext() == address:
                reference.replace_self(_raw(rf"\url{{{address.translate(IN_ADDRESS)}}}"))


class PrintCode(PrintTransform):
    """Lets lines end within a path or an identifier, which as one word fits no column."""

    default_priority = 200

    def run(self, **arguments: Any) -> None:
        """Gives code its breaks, and names in cells; code in headings is short and stays as it is."""
        for literal in list(self.document.findall(nodes.literal)):
            if isinstance(literal.parent, nodes.title):
                continue
            words = [[escape(piece, "xelatex") for piece in pieces(word)] for word in literal.astext().split(" ")]
            broken = " ".join(BREAK.join(word) for word in words)
            literal.replace_self(_raw(rf"\sphinxcode{{{broken}}}"))
        for entry in self.document.findall(nodes.entry):
            for text in list(entry.findall(lambda node: isinstance(node, nodes.Text))):
                if isinstance(text.parent, nodes.raw):
                    continue
                words = [part for word in text.split(" ") for part in (" ", *_broken(word))][1:]
                if any(isinstance(word, nodes.raw) for word in words):
                    parts = [nodes.Text(word) if isinstance(word, str) else word for word in words]
                    text.parent.replace(text, parts)


class CheckHeadings(PrintTransform):
    """A heading that would fill the page is a warning: it would also fill contents and running heads."""

    default_priority = 100

    def run(self, **arguments: Any) -> None:
        """Measures the headings."""
        for title in self.document.findall(nodes.title):
            length = len(title.astext())
            if length > LONGEST_HEADING:
                LOGGER.warning(
                    "%s: found a heading of %d characters, expected at most %d",
                    _name(title.parent),
                    length,
                    LONGEST_HEADING,
                    location=title,
                    type="diaoyan",
                    subtype="print",
                )


PRINT_TRANSFORMS = (CheckHeadings, AnchorHeadings, PlaceFigures, LeaveIdsOut, FitTables, PrintAddresses, PrintCode)


def _name(node: nodes.Element) -> str:
    """The anchor of a section or a table, by which its text or its row can be found."""
    return next((name for name in node["ids"] if not MADE_UP.fullmatch(name)), node["ids"][0])


def _cells(table: nodes.table) -> list[list[Cell]]:
    return [
        [
            Cell(" ".join(entry.astext().split()), _is_typewriter(entry), isinstance(row.parent, nodes.thead))
            for entry in row.findall(nodes.entry)
        ]
        for row in table.findall(nodes.row)
    ]


def _is_typewriter(entry: nodes.entry) -> bool:
    return next(iter(entry.findall(nodes.literal)), None) is not None


def _is_code(entry: nodes.entry) -> bool:
    """Whether a cell holds code and nothing beside it."""
    literals = list(entry.findall(nodes.literal))
    return len(literals) == 1 and literals[0].astext() == entry.astext()


def _broken(word: str) -> list[str | nodes.raw]:
    """A word with a break after each of its parts but the last."""
    first, *others = pieces(word)
    return [first, *(part for other in others for part in (_raw(BREAK), other))]


def _set(table: nodes.table, layout: Layout, rows: int) -> None:
    """Puts the layout where Sphinx's writer looks for it."""
    flush = {int(name.removeprefix("right-")) for name in table["classes"] if name.startswith("right-")}
    columns = [
        rf">{{\ragged{'left' if number in flush else 'right'}\arraybackslash}}p{{{width}pt}}"
        for number, width in enumerate(layout.widths_pt, 1)
    ]
    # Only this kind of table may break over pages and repeat its head.
    table["classes"].append("longtable")
    line = round(layout.size_pt * LEADING, 1)
    start = rf"\begingroup\diaoyantable{{{layout.size_pt}pt}}{{{line}pt}}{{{PADDING_PT}pt}}{{{rows}}}"
    around = table.parent
    place = around.index(table)
    around.insert(place + 1, _raw(r"\endgroup"))
    around.insert(place, addnodes.tabular_col_spec(spec="".join(columns)))
    around.insert(place, _raw(start))
    if not layout.turned:
        _keep_together(table, layout)


def _keep_together(table: nodes.table, layout: Layout) -> None:
    """Ends the page before the table, or before the heading it follows, where its beginning does not fit."""
    height = layout.height_pt if layout.height_pt <= KEPT_WHOLE_PT else layout.beginning_pt
    first, section = table, table.parent
    if isinstance(section, nodes.section):
        before = section[: section.index(table)]
        paragraphs = sum(isinstance(node, nodes.paragraph) for node in before)
        has_other = any(isinstance(node, nodes.table | nodes.section | nodes.figure) for node in before)
        if paragraphs <= LEADING_PARAGRAPHS and not has_other:
            first = section
            height += HEADING_PT + PARAGRAPH_PT * paragraphs
    _put_before(first, rf"\Needspace{{{round(height, 1)}pt}}")


def _put_before(node: nodes.Element, latex: str) -> None:
    """Puts commands before a node."""
    node.parent.insert(node.parent.index(node), _raw(latex))


def _section(table: nodes.table) -> nodes.Element:
    """The smallest section a table is in."""
    section = table.parent
    while not isinstance(section, nodes.section):
        section = section.parent
    return section


def _raw(latex: str) -> nodes.raw:
    return nodes.raw("", latex, format="latex")
