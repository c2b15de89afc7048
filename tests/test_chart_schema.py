"""Every chart is Vega-Lite as its schema has it: drawing does not check that, so that it takes no time in a chapter."""

from copy import deepcopy

import altair as alt
import pytest
from jsonschema import Draft7Validator

from diaoyan.charts import KINDS
from diaoyan.edition import Edition
from diaoyan.edition_folders import edition_ids
from diaoyan.report import Report

VEGA_LITE = Draft7Validator(alt.load_schema())


def charts_of(edition, language):
    """The charts of an edition as its chapters show them, and of which kind each is."""
    report = Report(edition, language)
    kinds = {f"chart-{row['chart']}": row["kind"] for row in edition.tables["charts"]}
    sections = dict.fromkeys(row["section"] for row in edition.tables["charts"])
    return [(kinds[chart.name], chart) for section in sections for chart in report.charts(section)]


@pytest.mark.parametrize("vintage", ["first_published", "latest"])
@pytest.mark.parametrize("edition", edition_ids())
def test_every_chart_of_every_stored_edition_is_valid(edition, vintage):
    loaded = Edition.load(edition, vintage=vintage)
    for language in ("zh", "en"):
        for _, chart in charts_of(loaded, language):
            assert [error.message for error in VEGA_LITE.iter_errors(chart.spec)] == [], chart.name


def test_the_stored_editions_have_charts_of_every_kind():
    drawn = {kind for each in edition_ids() for kind, _ in charts_of(Edition.load(each), "zh")}
    assert drawn == set(KINDS)


def test_a_mark_a_channel_or_a_place_that_vega_lite_does_not_know_is_found(edition):
    charts = {kind: chart.spec for kind, chart in charts_of(edition, "zh")}
    wrong = {kind: deepcopy(spec) for kind, spec in charts.items()}
    wrong["bars"]["layer"][0]["mark"]["orient"] = "sideways"
    wrong["ranking"]["layer"][0]["encoding"]["place"] = {"value": 1}
    wrong["benchmark_lines"]["layer"][0]["encoding"]["x2"] = {"value": "far"}
    for kind in ("bars", "ranking", "benchmark_lines"):
        assert VEGA_LITE.is_valid(charts[kind])
        assert not VEGA_LITE.is_valid(wrong[kind])
