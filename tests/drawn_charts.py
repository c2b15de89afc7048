"""Charts that the tests draw, and what they ask of a drawing."""

import re
from dataclasses import replace
from decimal import Decimal

import vl_convert

from diaoyan.charts import draw
from diaoyan.claims import audit
from diaoyan.wording import Wording

INTENSITY = "problems-intensity"
LATER = "outlook-targets"


def wording_of(edition, catalogue):
    """The words of a language for an edition."""
    return Wording.about(edition, catalogue)


def drawn_by_id(edition, chart, catalogue, later=False, **cells):
    """A chart of an edition by its id; cells of its row may be changed."""
    row = edition.tables["charts"].by_key()[chart]
    audited = audit(edition.tables, edition.facts, edition.units)
    return draw(replace(row, cells={**row, **cells}), edition, wording_of(edition, catalogue), audited, later)


def with_observations(edition, *changes, without=()):
    """The edition with other values, {(indicator, area, period): value}, or without some observations."""
    table = edition.tables["observations"]
    values = dict(changes)
    rows = []
    for row in table:
        key = (row["indicator"], row["area"], row["period"])
        if key not in without:
            rows.append(replace(row, cells={**row, "value": Decimal(values.get(key, row["value"]))}))
    return replace(edition, tables={**edition.tables, "observations": replace(table, rows=tuple(rows))})


def nodes(spec, key):
    """Everything a specification holds under a key, at any depth."""
    if isinstance(spec, list):
        return [found for each in spec for found in nodes(each, key)]
    if not isinstance(spec, dict):
        return []
    return [spec[key] for _ in (1,) if key in spec] + [found for each in spec.values() for found in nodes(each, key)]


def rows_of(spec, mark):
    """The data of all layers with this mark, layer by layer."""
    layers = [each for found in nodes(spec, "layer") for each in found]
    return [layer["data"]["values"] for layer in layers if layer["mark"]["type"] == mark]


def labels(spec):
    """The lines of text in a drawing."""
    found = re.findall(r"<text[^>]*>(.*?)</text>", vl_convert.vegalite_to_svg(spec))
    return [re.sub(r"<.*?>", "", each).replace("&amp;", "&") for each in found]
