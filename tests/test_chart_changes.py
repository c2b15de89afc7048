"""One value changed in a table: charts change with the figures they draw, and with no others."""

from dataclasses import replace

import pytest
from resting import CASES, REAL, with_changes

from diaoyan.facts import observation_anchor
from diaoyan.placeholders import LATER
from diaoyan.report import Report, draw

CHARTS = [row["chart"] for row in REAL.tables["charts"]]


def drawn(edition, chart, language="zh"):
    """A chart of an edition."""
    row = edition.tables["charts"].by_key()[chart]
    report = Report(edition, language)
    return draw(row, edition, report.wording, report.audited, row["section"].endswith(LATER))


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_changes_with_every_figure_it_draws(with_returns, chart):
    before = drawn(with_returns, chart)
    own = {observation_anchor(row) for row, _ in CASES}
    for fact in before.facts:
        if fact.anchor in own:
            after = drawn(with_changes(with_returns, [fact.row]), chart)
            assert after.spec != before.spec, fact.anchor


@pytest.mark.parametrize(("language", "vintage"), [("zh", "first_published"), ("en", "latest")])
@pytest.mark.parametrize("chart", [chart for chart in CHARTS if chart != "audit-verdicts"])
def test_a_chart_changes_with_no_other_figure(with_returns, chart, language, vintage):
    edition = replace(with_returns, vintage=vintage)
    before = drawn(edition, chart, language)
    drawn_rows = [fact.row for fact in before.facts]
    # What areas add up to is held against the city's own figure.
    total = ("unpaid_science_technology_funds", "anyang") if chart == "outlook-unpaid-by-area" else None
    others = [
        row
        for row in edition.tables["observations"]
        if row not in drawn_rows and (row["indicator"], row["area"]) != total
    ]
    assert len(others) > 400
    assert drawn(with_changes(edition, others), chart, language) == before


def rows_in(spec):
    """All rows of data in a specification."""
    if isinstance(spec, dict):
        yield from spec.get("values", [])
        for part in spec.values():
            yield from rows_in(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from rows_in(part)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_mark_is_as_large_as_the_figure_it_stands_for(with_returns, chart):
    found = drawn(with_returns, chart)
    size_of = {fact.anchor: fact.quantity.in_base for fact in found.facts}
    marks = [row for row in rows_in(found.spec) if isinstance(row, dict) and "anchor" in row]
    # Months and verdicts are no figures of a table.
    marks = [row for row in marks if found.facts]
    assert {row[key] for row in marks for key in ("anchor", "base_anchor") if key in row} == set(size_of)
    assert all(row["value"] == float(size_of[row["anchor"]]) for row in marks if "value" in row)
    of_two = [row for row in marks if "ratio" in row]
    assert all(row["ratio"] == float(size_of[row["anchor"]] / size_of[row["base_anchor"]]) for row in of_two)
