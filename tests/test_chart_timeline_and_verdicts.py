"""Charts of what is no figure of a table: months of fieldwork and verdicts."""

from dataclasses import replace

from drawn_charts import rows_of, wording_of

from diaoyan.chart_theme import WIDTH
from diaoyan.charts import draw
from diaoyan.claims import audit


def test_the_timeline_has_a_dot_for_each_month_of_fieldwork(edition, drawn):
    chart = drawn(edition, "investigation-timeline")
    dots = [row["period"] for row in rows_of(chart.spec, "point")[0]]
    assert dots == ["2023-03", "2023-03", "2023-05", "2023-07", "2023-08", "2023-09"]
    assert chart.facts == ()
    assert chart.caption.endswith("，2023年")


def test_a_timeline_without_fieldwork_is_left_out(edition, drawn):
    tables = {**edition.tables, "fieldwork": replace(edition.tables["fieldwork"], rows=())}
    assert drawn(replace(edition, tables=tables), "investigation-timeline") is None


def test_many_claims_of_a_verdict_go_on_in_further_lines(edition, zh):
    row = edition.tables["charts"].by_key()["audit-verdicts"]
    audited = audit(edition.tables, edition.facts, edition.units)
    one = next(each for each in audited if each.verdict == "holds")
    spec = draw(row, edition, wording_of(edition, zh), [one] * 156, later=False).spec
    squares = rows_of(spec, "point")[0]
    assert len(squares) == 156
    assert all(square["x"] <= WIDTH and square["y"] <= spec["height"] for square in squares)
    assert len({square["y"] for square in squares}) > 1
    assert len({(square["x"], square["y"]) for square in squares}) == 156


def test_every_claim_is_a_square_in_the_row_of_its_verdict(edition, drawn, en):
    chart = drawn(edition, "audit-verdicts", en)
    assert [len(rows) for rows in rows_of(chart.spec, "point")] == [1, 2, 5, 6]
    assert chart.alt == "Overstated: 1, unit missing: 2, not recomputable: 5, holds: 6."
    assert chart.caption == "Verdicts on the original's quantitative statements"
