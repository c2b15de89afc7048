"""Charts of bars: a bar for each figure, from zero, and how near each target is."""

from dataclasses import replace

import pytest
from drawn_charts import INTENSITY, LATER, labels, nodes, rows_of, with_observations


def test_a_bar_chart_has_one_bar_for_each_fact_with_its_value(edition, drawn):
    chart = drawn(edition, INTENSITY)
    bars = [(row["value"], row["anchor"]) for rows in rows_of(chart.spec, "bar") for row in rows]
    assert sorted(bars) == sorted((float(fact.quantity.value), fact.anchor) for fact in chart.facts)
    assert [str(fact.quantity.value) for fact in chart.facts] == ["2.54", "1.86", "1.78"]


@pytest.mark.parametrize("chart", [INTENSITY, "achievements-new-bodies", "summary-enterprises-and-platforms"])
def test_the_scale_of_values_starts_at_zero(edition, drawn, chart):
    scales = [node["scale"] for node in nodes(drawn(edition, chart).spec, "x") if node.get("field") == "value"]
    assert scales
    assert {scale["domain"][0] for scale in scales} == {0}


def test_a_target_is_an_outline_and_says_that_it_is_one(edition, drawn):
    chart = drawn(edition, LATER, later=True)
    styles = {layer["mark"].get("strokeDash") and layer["mark"]["color"] for layer in nodes(chart.spec, "layer")[0]}
    assert "#FFFFFF" in styles
    assert "目标1000家（2030年）" in labels(chart.spec)


def test_money_of_mixed_units_is_drawn_in_yuan_and_labelled_as_the_text_writes_it(edition, drawn, en):
    chart = drawn(edition, "achievements-money")
    values = [[row["value"] for row in rows] for rows in rows_of(chart.spec, "line")]
    assert values == [[20_000_000, 200_000_000], [154_000_000, 1_360_000_000]]
    assert {"2000万元", "2亿元", "1.54亿元", "13.6亿元", "为2018年的10倍"} <= set(labels(chart.spec))
    english = labels(drawn(edition, "achievements-money", en).spec)
    assert {"20 million yuan", "200 million yuan", "1.36 billion yuan"} <= set(english)


def test_zeros_are_drawn_at_zero(edition, drawn):
    keys = [
        (indicator, "anyang", year)
        for indicator in ("high_tech_enterprises", "technology_smes")
        for year in ("2018", "2022")
    ]
    zeros = with_observations(edition, *((key, "0") for key in keys))
    chart = drawn(zeros, "achievements-enterprises")
    assert labels(chart.spec).count("0家") == 4
    assert "2018年0家，2022年0家，与2018年持平" in chart.alt
    assert drawn(zeros, "summary-enterprises-and-platforms")


def test_targets_are_told_by_how_near_the_newest_figures_are_and_the_pace_they_take(edition, drawn, en):
    # 303 ÷ 530 and 565 ÷ 1000; eight years at 7.2 % and 7.4 % lead there.
    assert drawn(edition, LATER, later=True).alt.startswith(
        "离目标最近的是高新技术企业，现有数为目标的57.2%，最远的是科技型中小企业，为56.5%；"
        "高新技术企业2022年为303家，低于2030年目标530家，达到目标需年均增长7.2%；"
        "科技型中小企业2022年为565家，低于2030年目标1000家，达到目标需年均增长7.4%；"
    )
    assert drawn(edition, LATER, en, later=True).alt.startswith(
        "Nearest to the target: high-tech enterprises, at 57.2% of it; furthest: technology-based SMEs, at 56.5%. "
        "High-tech enterprises: 303 in 2022, below the 2030 target of 530; pace needed: 7.2% a year on average. "
    )
    nearer = with_observations(edition, (("technology_smes", "anyang", "2022"), "580"))
    assert drawn(nearer, LATER, later=True).alt.startswith(
        "离目标最近的是科技型中小企业，现有数为目标的58.0%，最远的是高新"
    )


def test_targets_equally_far_have_no_nearest_and_one_that_is_reached_takes_no_pace(edition, drawn):
    high_tech, smes = (("high_tech_enterprises", "anyang", "2022"), ("technology_smes", "anyang", "2022"))
    alike = drawn(with_observations(edition, (high_tech, "265"), (smes, "500")), LATER, later=True).alt
    assert "最近" not in alike
    for value, said in (("529", "低于2030年目标530家，达到目标需"), ("530", "已经达到2030年目标530家；")):
        alt = drawn(with_observations(edition, (high_tech, value)), LATER, later=True).alt
        assert f"高新技术企业2022年为{value}家，{said}" in alt
        assert ("最近" in alt) is (value == "529")
    # There is no growth from nothing.
    zero = drawn(with_observations(edition, (high_tech, "0")), LATER, later=True).alt
    assert "高新技术企业2022年为0家，低于2030年目标530家；科技型" in zero


def test_a_target_that_is_to_be_come_down_to_is_below_the_newest_figure(edition, drawn):
    table = edition.tables["indicators"]
    rows = [
        replace(row, cells={**row, "direction": "down"}) if row["indicator"] == "technology_smes" else row
        for row in table
    ]
    turned = replace(edition, tables={**edition.tables, "indicators": replace(table, rows=tuple(rows))})
    high = with_observations(turned, (("technology_smes", "anyang", "2022"), "1600"))
    alt = drawn(high, LATER, later=True).alt
    # (1000 ÷ 1600) ^ (1 ÷ 8) − 1 is −5.7 %; 1.6 times is nearer than 530 ÷ 303 = 1.75 times.
    assert "科技型中小企业2022年为1600家，高于2030年目标1000家，达到目标需年均下降5.7%" in alt
    assert alt.startswith("离目标最近的是科技型中小企业，现有数为目标的160.0%，最远的是高新技术企业，为57.2%")
