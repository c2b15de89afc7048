"""All charts: what each says of itself, which rest on a figure, and which are left out without theirs."""

import json
import re
from dataclasses import replace

import pytest
import vl_convert
from drawn_charts import INTENSITY, LATER, with_observations

from diaoyan.chart_theme import FONTS
from diaoyan.figures import picture


def test_changing_one_value_changes_the_charts_that_rest_on_it_and_no_others(with_returns, drawn):
    changed = with_observations(with_returns, (("high_tech_enterprises", "anyang", "2022"), "310"))
    before, after = (
        {row["chart"]: drawn(each, row["chart"], later=True) for row in each.tables["charts"]}
        for each in (with_returns, changed)
    )
    different = {name for name in before if before[name].spec != after[name].spec}
    assert different == {"summary-enterprises-and-platforms", "achievements-enterprises", "outlook-multiples", LATER}
    assert different == {name for name in before if before[name].alt != after[name].alt}


def test_later_facts_are_left_out_unless_they_are_asked_for(edition, drawn):
    assert [fact.period for fact in drawn(edition, LATER).facts] == ["2022", "2022"]
    assert [fact.period for fact in drawn(edition, LATER, later=True).facts] == ["2022", "2030", "2022", "2030"]
    over_time = "outlook-intensity-over-time"
    assert max(fact.period for fact in drawn(edition, over_time).facts) == "2022"
    assert max(fact.period for fact in drawn(edition, over_time, later=True).facts) == "2023"


def test_the_same_input_gives_the_same_specification(with_returns, drawn):
    for row in with_returns.tables["charts"]:
        first, second = (json.dumps(drawn(with_returns, row["chart"], later=True).spec) for _ in (1, 2))
        assert first == second
        # Parameters that a library names count on from chart to chart; only our own, named ones may be there.
        assert '"param_' not in first


def test_the_alternative_text_states_the_finding_with_its_figures(edition, drawn, en):
    assert drawn(edition, INTENSITY).alt == (
        "全社会研发经费投入强度：全国2.54%、河南1.86%、安阳1.78%；2022年安阳低于全国0.76个百分点，低于河南0.08个百分点。"
    )
    assert drawn(edition, INTENSITY, en).alt == (
        "R&D intensity: China 2.54%, Henan 1.86%, Anyang 1.78%. "
        "Anyang in 2022: 0.76 percentage points below China, 0.08 percentage points below Henan."
    )


def test_the_caption_names_the_periods_and_the_note_sources_and_vintage(edition, latest, drawn, en):
    chart = drawn(edition, INTENSITY)
    assert chart.name == "chart-problems-intensity"
    assert chart.caption == "研发经费投入强度：安阳、河南与全国，2022年"
    assert "《2022年全国科技经费投入统计公报》" in chart.note
    assert "初次公布数" in chart.note
    assert drawn(edition, "achievements-enterprises", en).caption.endswith(", 2018 and 2022")
    assert drawn(edition, "achievements-new-bodies").caption.endswith("，2020年以来")
    assert "安阳没有修订数" in drawn(latest, INTENSITY).note
    assert "2.56%" in drawn(latest, INTENSITY).alt


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_chart_is_drawn_in_its_width_with_its_font_and_without_overflow(with_returns, drawn, language, request):
    catalogue = request.getfixturevalue(language)
    for row in with_returns.tables["charts"]:
        chart = drawn(with_returns, row["chart"], catalogue, later=True)
        assert chart.spec["config"]["font"] == ", ".join(FONTS)
        assert chart.spec["description"] == chart.alt
        svg = vl_convert.vegalite_to_svg(chart.spec)
        # A label that does not fit makes the drawing wider than the frame and its padding.
        assert re.search(r'<svg[^>]* width="(\d+)"', svg)[1] == "440"
        assert "Noto Sans CJK SC" in svg
        assert min(int(size) for size in re.findall(r'font-size="(\d+)px"', svg)) >= 12


@pytest.mark.parametrize(
    ("chart", "cells"),
    [
        (INTENSITY, {"periods": "1999"}),
        ("achievements-enterprises", {"periods": "1999 2022"}),
        ("summary-enterprises-and-platforms", {"periods": "2018 2018"}),
        ("outlook-intensity-over-time", {"areas": "anyang"}),
        ("problems-intensity-ranking", {"periods": "1999"}),
    ],
)
def test_a_chart_without_the_figures_it_takes_is_left_out(edition, drawn, chart, cells):
    assert drawn(edition, chart, **cells) is None


@pytest.mark.parametrize(
    "chart", [INTENSITY, "problems-intensity-ranking", "outlook-intensity-over-time", "outlook-provinces"]
)
def test_a_chart_that_names_the_city_is_left_out_where_it_has_no_figure_of_it(edition, drawn, chart):
    without = with_observations(edition, without={("rd_intensity", "anyang", "2022")})
    assert drawn(edition, chart, later=True) is not None
    assert drawn(without, chart, later=True) is None
    # Of other areas alone it is what it says.
    assert drawn(without, chart, later=True, areas="henan china") is not None


def test_a_name_from_a_table_is_nothing_but_a_name(edition, drawn):
    table = edition.tables["areas"]
    rows = tuple(
        replace(row, cells={**row, "name_zh": "<b>*河南*</b>"}) if row["area"] == "henan" else row for row in table
    )
    hostile = replace(edition, tables={**edition.tables, "areas": replace(table, rows=rows)})
    chart = drawn(hostile, INTENSITY)
    assert "低于<b>*河南*</b>0.08个百分点" in chart.alt
    assert "&lt;b&gt;" in vl_convert.vegalite_to_svg(chart.spec)


def test_a_picture_of_a_chart_is_a_png_of_its_size(edition, drawn):
    spec = drawn(edition, INTENSITY).spec
    assert picture(spec).startswith(b"\x89PNG")
    assert int.from_bytes(picture(spec)[16:20], "big") == 440
