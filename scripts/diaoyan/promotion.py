"""A notebook as its page shows it: outputs marked as the book's become its text, code goes last."""

import re
from collections.abc import Callable
from typing import Any

from diaoyan import card_promotion
from diaoyan.markup_check import ANCHOR, forbidden_markup, forbidden_table_markup
from diaoyan.rewriting import (
    count_body_cells,
    count_headings,
    escaped,
    rewritten_table,
    rewritten_text,
)

VEGA_LITE = re.compile(r"application/vnd\.vegalite\.v\d+\+json")
# All a page needs to know of a notebook; what it holds itself is papermill's times and paths.
METADATA = {"language_info": {"name": "python"}}
# A picture without words says nothing to some readers, a table without caption little to any.
REQUIRED = {"table": ("caption",), "chart": ("caption", "alt", "table")}
NAMED = ("table", "chart", *card_promotion.KINDS)

# Of the drawing of a chart.
CHART_CLASS = "diaoyan-chart"

Refuse = Callable[[str], None]
WriteFigure = Callable[[dict, dict], str]


def promote(notebook: dict, write_figure: WriteFigure, refuse: Refuse, in_print: bool = False) -> dict:
    """The notebook with marked outputs as markdown cells and its code cells last.

    `write_figure(spec, mark)` returns the image's address; `refuse` is told what is left out.
    """
    text_cells, code_cells = [], []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            text_cells.append(_cell(cell))
            continue
        kept = []
        for output in cell["outputs"]:
            if "diaoyan" not in output.get("metadata", {}):
                kept.append(output)
                continue
            markdown = _promoted(output, f"f{len(text_cells)}-", write_figure, refuse, in_print)
            if markdown:
                text_cells.append(_cell({"cell_type": "markdown", "source": markdown}))
        code_cells.append(_cell({**cell, "outputs": kept, "execution_count": None}))
    return {
        "cells": text_cells + code_cells,
        "metadata": METADATA,
        "nbformat": 4,
        "nbformat_minor": 4,
    }


def _cell(cell: dict) -> dict:
    """The cell without its tags and times."""
    fields = ("cell_type", "source", "outputs", "execution_count", "attachments")
    return {**{key: cell[key] for key in fields if key in cell}, "metadata": {}}


def _promoted(output: dict, prefix: str, write_figure: WriteFigure, refuse: Refuse, in_print: bool) -> str:
    """The Markdown of one marked output, empty when it is refused."""
    mark, data = output["metadata"]["diaoyan"], output.get("data", {})
    kind = mark.get("kind")
    faults = [f"{key} {name!r} is no anchor" for key, name in _names(mark) if not _is_anchor(name)]
    faults += [f"a {kind} without {key}" for key in REQUIRED.get(kind, ()) if not mark.get(key)]
    spec = next((data[mime] for mime in data if VEGA_LITE.fullmatch(mime)), None)
    markdown = _joined(data.get("text/markdown", ""))
    if kind == "text":
        faults += [f"line {line}: {what}" for line, what in forbidden_markup(markdown)]
        anchors = mark.get("anchors", [])
        if not faults and count_headings(markdown) != len(anchors):
            faults.append(f"{len(anchors)} anchors for {count_headings(markdown)} headings")
    elif kind == "table":
        faults += [f"line {line}: {what}" for line, what in forbidden_table_markup(markdown)]
        if not faults:
            faults += _table_faults(markdown, mark)
    elif kind in card_promotion.KINDS:
        faults += card_promotion.faults_of(mark, markdown)
    elif kind != "chart":
        faults.append(f"an output of unknown kind {kind!r}")
    elif spec is None:
        faults.append(f"the chart {mark.get('name')!r} without a Vega-Lite specification")
    elif not faults and not _is_data_table(mark["table"]):
        faults.append(f"the chart {mark.get('name')!r} with figures that are no table")
    elif _has_key(spec, "url"):
        faults.append(f"the chart {mark.get('name')!r} that would fetch its data")
    for fault in faults:
        refuse(fault)
    if faults:
        return ""
    if kind == "text":
        return rewritten_text(markdown, mark.get("anchors", []), prefix)
    if kind == "table":
        return rewritten_table(markdown, mark["name"], mark["caption"], _cell_anchors(mark))
    if kind in card_promotion.KINDS:
        return card_promotion.promoted(mark, markdown, in_print)
    return _figure(write_figure(spec, mark), mark)


def _names(mark: dict) -> list[tuple[str, Any]]:
    """Every name a marked output wants to be linked by."""
    is_table = mark.get("kind") == "table"
    anchors = mark.get("anchors", [])
    names = [("anchor", anchor) for anchor in anchors if anchor is not None or not is_table]
    names += [("anchor", each) for row in mark.get("cell_anchors", []) for each in row if each]
    return names + ([("name", mark.get("name"))] if mark.get("kind") in NAMED else [])


def _is_anchor(name: Any) -> bool:
    return isinstance(name, str) and bool(ANCHOR.fullmatch(name))


def _cell_anchors(mark: dict) -> list[list[str | None]]:
    return mark.get("cell_anchors") or [[anchor] for anchor in mark.get("anchors", [])]


def _table_faults(markdown: str, mark: dict) -> list[str]:
    rows, anchors = count_body_cells(markdown), _cell_anchors(mark)
    if anchors and len(anchors) != len(rows):
        return [f"anchors for {len(anchors)} rows in the table {mark['name']!r} of {len(rows)}"]
    if any(len(row) > cells for row, cells in zip(anchors, rows, strict=False)):
        return [f"more anchors than cells in a row of the table {mark['name']!r}"]
    return []


def _is_data_table(table: Any) -> bool:
    """Whether these are heads, rows of as many texts, and numbers of columns."""
    if not isinstance(table, dict) or set(table) != {"heads", "rows", "numbers"}:
        return False
    lines = [table["heads"], *table["rows"]] if isinstance(table["rows"], list) else [None]
    is_even = all(isinstance(line, list) and len(line) == len(table["heads"]) for line in lines)
    return is_even and all(isinstance(cell, str) for line in lines for cell in line) and _are_columns(table)


def _are_columns(table: dict) -> bool:
    return isinstance(table["numbers"], list) and set(table["numbers"]) <= set(range(len(table["heads"])))


def _has_key(value: Any, key: str) -> bool:
    if isinstance(value, dict):
        return key in value or any(_has_key(each, key) for each in value.values())
    return isinstance(value, list) and any(_has_key(each, key) for each in value)


def _figure(address: str, mark: dict) -> str:
    """The chart as a figure: alternative text for those who cannot see it, source as its legend."""
    lines = [
        f"```{{figure}} {address}",
        f":name: {mark['name']}",
        f":alt: {_option(mark['alt'])}",
        f":class: {CHART_CLASS}",
        "",
        escaped(mark["caption"]),
        "",
        escaped(mark.get("note", "")),
        "```",
    ]
    return "\n".join(lines)


def _option(text: str) -> str:
    """A literal value of a directive's option, which is read as YAML."""
    printable = "".join(each if each.isprintable() else " " for each in text)
    return "'" + " ".join(printable.split()).replace("'", "''") + "'"


def _joined(source: str | list[str]) -> str:
    """A notebook may hold a text as one string or as its lines."""
    return source if isinstance(source, str) else "".join(source)
