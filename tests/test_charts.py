"""Charts: each draws its figures and nothing else, from zero, in both languages, and says what it shows."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
import vl_convert

from diaoyan.chart_theme import FONTS, WIDTH, balanced, spread, ticks, width_of, wrapped
from diaoyan.charts import draw
from diaoyan.claims import audit
from diaoyan.figures import picture
from diaoyan.wording import Wording

INTENSITY = "problems-intensity"
LATER = "outlook-targets"


def wording_of(edition, catalogue):
    """The words of a language for an edition."""
    return Wording.about(edition, catalogue)


@pytest.fixture
def drawn(zh):
    """Draws a chart of an edition by its id, in Chinese unless told otherwise; cells of its row may be changed."""

    def draw_one(edition, chart, catalogue=zh, later=False, **cells):
        row = edition.tables["charts"].by_key()[chart]
        audited = audit(edition.tables, edition.facts, edition.units)
        return draw(replace(row, cells={**row, **cells}), edition, wording_of(edition, catalogue), audited, later)

    return draw_one


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


def test_a_target_is_an_outline_and_says_that_it_is_one(edition, drawn):
    chart = drawn(edition, LATER, later=True)
    styles = {layer["mark"].get("strokeDash") and layer["mark"]["color"] for layer in nodes(chart.spec, "layer")[0]}
    assert "#FFFFFF" in styles
    assert "目标1000家（2030年）" in labels(chart.spec)


def test_the_same_input_gives_the_same_specification(with_returns, drawn):
    for row in with_returns.tables["charts"]:
        first, second = (json.dumps(drawn(with_returns, row["chart"], later=True).spec) for _ in (1, 2))
        assert first == second
        # Parameters that a library names count on from chart to chart; only our own, named ones may be there.
        assert '"param_' not in first


def test_no_line_runs_across_a_year_that_is_missing(edition, drawn):
    gap = with_observations(edition, without=[("rd_intensity", "henan", "2015")])
    lines = rows_of(drawn(gap, "outlook-intensity-over-time").spec, "line")
    years = [[row["year"] for row in rows] for rows in lines]
    assert sorted(years) == [list(range(2011, 2015)), list(range(2011, 2023)), list(range(2016, 2023))]


def test_a_single_year_is_a_point(edition, drawn):
    points = rows_of(drawn(edition, "outlook-intensity-over-time").spec, "point")
    assert [(row["year"], row["value"]) for rows in points for row in rows] == [(2022, 1.78)]


def test_the_alternative_text_states_the_finding_with_its_figures(edition, drawn, en):
    assert drawn(edition, INTENSITY).alt == (
        "全社会研发经费投入强度：全国2.54%、河南1.86%、安阳1.78%；2022年安阳低于全国0.76个百分点，低于河南0.08个百分点。"
    )
    assert drawn(edition, INTENSITY, en).alt == (
        "R&D intensity: China 2.54%, Henan 1.86%, Anyang 1.78%. "
        "Anyang in 2022: 0.76 percentage points below China, 0.08 percentage points below Henan."
    )


def test_money_of_mixed_units_is_drawn_in_yuan_and_labelled_as_the_text_writes_it(edition, drawn, en):
    chart = drawn(edition, "achievements-money")
    values = [[row["value"] for row in rows] for rows in rows_of(chart.spec, "line")]
    assert values == [[20_000_000, 200_000_000], [154_000_000, 1_360_000_000]]
    assert {"2000万元", "2亿元", "1.54亿元", "13.6亿元", "为2018年的10倍"} <= set(labels(chart.spec))
    english = labels(drawn(edition, "achievements-money", en).spec)
    assert {"20 million yuan", "200 million yuan", "1.36 billion yuan"} <= set(english)


def test_a_ranking_shows_every_province_and_where_the_city_would_stand(edition, drawn):
    # 14 provinces lie below 1.78, from Jiangxi (1.74) down; 16 lie above Henan's 1.86.
    chart = drawn(edition, "problems-intensity-ranking")
    bars = [row for rows in rows_of(chart.spec, "bar") for row in rows]
    assert len(bars) == 31
    assert [row["name"] for row in bars if row["kind"] == "home"] == ["河南"]
    assert "河南为1.86%，列第17位；安阳为1.78%，高于其中14个；全国为2.54%，高于其中24个。" in chart.alt


def test_a_ranking_compares_like_with_like(latest, drawn):
    # Only Henan and the nation have revised figures for the year.
    chart = drawn(latest, "problems-intensity-ranking")
    assert {fact.vintage for fact in chart.facts} == {"first_published"}
    assert "各地一律用初次公布数" in chart.note


def test_the_total_of_the_nation_is_no_yardstick_for_its_provinces(edition, drawn):
    chart = drawn(edition, "problems-intensity-ranking", indicators="rd_expenditure", areas="henan")
    assert "china" not in {fact.area for fact in chart.facts}


def test_a_province_in_its_own_ranking_is_a_bar_and_no_rule(edition, drawn):
    province = replace(edition, meta={**edition.meta, "city": "henan"})
    chart = drawn(province, "problems-intensity-ranking", areas="henan")
    bars = [row for rows in rows_of(chart.spec, "bar") for row in rows]
    assert [row["name"] for row in bars if row["kind"] == "city"] == ["河南"]
    assert [row["label"] for row in rows_of(chart.spec, "rule")[0]] == ["全国 2.54%"]


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


def test_the_timeline_has_a_dot_for_each_month_of_fieldwork(edition, drawn):
    chart = drawn(edition, "investigation-timeline")
    dots = [row["period"] for row in rows_of(chart.spec, "point")[0]]
    assert dots == ["2023-03", "2023-03", "2023-05", "2023-07", "2023-08", "2023-09"]
    assert chart.facts == ()
    assert chart.caption.endswith("，2023年")


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


def test_a_timeline_without_fieldwork_is_left_out(edition, drawn):
    tables = {**edition.tables, "fieldwork": replace(edition.tables["fieldwork"], rows=())}
    assert drawn(replace(edition, tables=tables), "investigation-timeline") is None


def test_an_indicator_without_a_base_is_left_out_and_the_others_are_drawn(edition, drawn):
    without = with_observations(edition, without=[("technology_smes", "anyang", "2018")])
    for chart in ("achievements-enterprises", "summary-enterprises-and-platforms"):
        assert "technology_smes" not in {fact.indicator for fact in drawn(without, chart).facts}


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


def test_labels_too_close_to_each_other_are_moved_apart_around_their_middle():
    assert spread([100, 104, 200], 20) == [92, 112, 200]
    assert spread([30, 10, 10], 20) == [pytest.approx(50 / 3 + 20), pytest.approx(50 / 3 - 20), pytest.approx(50 / 3)]


def test_rounds_of_a_scale_are_few_and_start_at_zero():
    assert ticks([Decimal("1.78"), Decimal("2.54")]) == [0, 1, 2]
    # 3.08 trillion yuan.
    assert ticks([Decimal(3_078_290_000_000)]) == [0, 10**12, 2 * 10**12, 3 * 10**12]
    assert ticks([Decimal(0)])[0] == 0


def test_a_name_breaks_between_words_or_between_chinese_characters():
    assert wrapped("new national incubators", 120) == ["new national", "incubators"]
    assert wrapped("新增国家级孵化器", 64) == ["新增国家", "级孵化器"]
    assert wrapped("技术合同 · 河南", 200) == ["技术合同 · 河南"]
    assert width_of("新增", 10) == 20
    assert WIDTH == 432


def test_lines_of_a_sentence_are_as_even_as_can_be():
    # Seven characters of 10 pixels: wrapped they leave one alone.
    assert wrapped("一二三四五六七", 60, 10) == ["一二三四五六", "七"]
    assert balanced("一二三四五六七", 60, 10) == ["一二三四", "五六七"]
    assert balanced("一二三", 60, 10) == ["一二三"]
    assert balanced("", 60, 10) == [""]


def test_a_multiple_is_drawn_with_its_ratio_and_a_bound_as_a_bound(edition, drawn):
    chart = drawn(edition, "outlook-multiples")
    ratios = {row["label"]: row["ratio"] for rows in rows_of(chart.spec, "bar") for row in rows}
    # 2亿 ÷ 2000万, 13.6 ÷ 1.54, more than 1000 ÷ 149.7, 207 ÷ 55, 303 ÷ 87, 565 ÷ 196.
    assert list(ratios) == ["10倍", "8.8倍", "3.8倍", "3.5倍", "2.9倍", "超过6.6倍"]
    assert [round(ratio, 3) for ratio in ratios.values()] == [10, 8.831, 3.764, 3.483, 2.883, 6.68]
    assert "技术合同成交额 · 河南超过6.6倍" in chart.alt


def test_a_multiple_that_is_only_a_bound_is_an_open_bar(edition, drawn):
    bars = {
        row["label"]: node["mark"].get("fill")
        for node in drawn(edition, "outlook-multiples").spec["layer"]
        if node["mark"]["type"] == "bar"
        for row in node["data"]["values"]
    }
    assert {label for label, fill in bars.items() if fill == "#FFFFFF"} == {"超过6.6倍"}


def test_what_has_not_grown_has_no_multiple_and_the_note_says_so(edition, drawn):
    place = ("research_platforms_provincial_or_higher", "anyang", "2022")
    for value, is_drawn in (("54", False), ("55", False), ("56", True)):
        chart = drawn(with_observations(edition, (place, value)), "outlook-multiples")
        assert (place in {(fact.indicator, fact.area, fact.period) for fact in chart.facts}) is is_drawn
    assert chart.note.endswith("各项口径不尽相同，只与自身比较，未增长的不列。")


def test_all_multiples_are_of_the_same_two_periods_and_none_is_of_a_target(edition, drawn):
    cells = {"indicators": "high_tech_enterprises technology_smes", "areas": "anyang"}
    assert drawn(edition, "outlook-multiples", later=True, **cells, periods="2022 2030") is None
    missing = with_observations(edition, without={("technology_smes", "anyang", "2018")})
    chart = drawn(missing, "outlook-multiples", later=True, **cells, periods="")
    assert chart.alt == "2022年与2018年之比：高新技术企业3.5倍。"


def test_percentages_have_no_multiples(edition, drawn):
    assert drawn(edition, "outlook-multiples", indicators="rd_intensity", areas="henan", periods="2018 2022") is None


def test_all_other_provinces_stand_behind_the_lines_and_the_extremes_are_named(edition, drawn):
    chart = drawn(edition, "outlook-provinces", later=True)
    assert len({fact.area for fact in chart.facts}) == 33
    named = [label for label in labels(chart.spec) if label.endswith("%") and " " in label]
    assert named == ["北京 6.73%", "西藏 0.30%", "全国 2.65%", "河南 2.05%"]
    assert "其余30个省" in chart.alt


def test_the_background_is_for_lines_only(folder):
    line = folder.change_cell("charts", "problems-intensity", "areas", "province")
    assert folder.faults() == [f"…/charts.csv:{line}:areas: found 'province', expected a row of areas"]


def test_the_paths_are_drawn_to_their_goals_and_said_in_words(edition, drawn):
    chart = drawn(edition, "outlook-paths", later=True)
    goals = [row for rows in rows_of(chart.spec, "text") for row in rows if row.get("year") == 2030 and "value" in row]
    assert [(row["label"], row["value"]) for row in goals] == [("A", 2.05), ("B", 2.96), ("C", 3.294)]
    assert "B　赶上继续提高的全省水平：2030年达到2.96%，每年提高0.148个百分点" in chart.alt


def test_what_a_reader_may_move_begins_with_the_steepest_path(edition, drawn):
    parameters = {each["name"]: each for each in drawn(edition, "outlook-paths", later=True).spec["params"]}
    assert parameters["live"] == {"name": "live", "value": False}
    # 0.18925 up to the next step of 0.005.
    assert parameters["rise"]["value"] == 0.19
    # The report is of October 2023: a target begins in 2024.
    years = parameters["target_year"]
    assert (years["value"], years["bind"]["min"], years["bind"]["max"]) == (2030, 2024, 2035)


def said_live(chart, **moved):
    """The answers of a chart of paths to what a reader has set, worked out as a browser would."""
    parameters = [{**each, "value": moved.get(each["name"], each["value"])} for each in chart.spec["params"][:4]]
    answers = chart.spec["params"][4:]
    said = []
    for answer in answers:
        words = {"type": "text", "text": {"expr": answer["name"]}}
        spec = {"params": [*parameters, *answers], "data": {"values": [{}]}, "mark": words, "encoding": {}}
        said += re.findall(r"<text[^>]*>([^<]*)</text>", vl_convert.vegalite_to_svg(spec))
    return said


def test_the_first_rise_reaches_the_steepest_path_in_its_year(edition, latest, drawn):
    # On the latest figures C takes (3.196 − 1.78) ÷ 8 = 0.177: with 0.175 it would be 2031.
    for each, rise in ((edition, 0.19), (latest, 0.18)):
        chart = drawn(each, "outlook-paths", later=True)
        assert {one["name"]: one for one in chart.spec["params"]}["rise"]["value"] == rise
        assert "全国：按此速度，2030年持平" in said_live(chart)


def test_a_reader_is_told_when_the_city_draws_level(edition, drawn, en):
    chart = drawn(edition, "outlook-paths", later=True)
    # 1.78 + 0.2 y ≥ 1.92 + 0.13 y from y = 2; ≥ 2.558 + 0.092 y from y = 7.2, the eighth year.
    # By 2026: (2.05 + 3 × 0.13 − 1.78) ÷ 4 = 0.165, (2.65 + 3 × 0.092 − 1.78) ÷ 4 = 0.2865.
    assert said_live(chart, rise=0.2, target_year=2026) == [
        "河南：按此速度，2024年持平",
        "全国：按此速度，2030年持平",
        "2026年持平，每年需提高：河南0.165个百分点、全国0.287个百分点",
    ]
    assert said_live(chart, rise=0.09)[:2] == [
        "河南：按此速度，2100年以前不能持平",
        "全国：按此速度，2100年以前不能持平",
    ]
    english = said_live(drawn(edition, "outlook-paths", en, later=True), rise=0.2)
    assert english[0] == "At this pace, level with Henan by 2024"


def test_a_year_of_drawing_level_that_has_passed_is_said_to_have(edition, drawn, en):
    # 0.14 ÷ (rise − 0.13): one year at 0.27 exactly, two below; the newest figure is of 2023, as is the report.
    chart = drawn(edition, "outlook-paths", later=True)
    assert said_live(chart, rise=0.265)[0] == "河南：按此速度，2024年持平"
    assert said_live(chart, rise=0.27)[0] == "河南：按此速度，2023年即已持平"
    english = drawn(edition, "outlook-paths", en, later=True)
    assert said_live(english, rise=0.27)[0] == "At this pace, level with Henan as early as 2023"
    later_report = replace(edition, meta={**edition.meta, "as_of": "2025-06-30"})
    chart = drawn(later_report, "outlook-paths", later=True)
    # 0.14 ÷ 0.04 is 3.5 and 0.14 ÷ 0.05 is 2.8: 2026 and 2025.
    assert said_live(chart, rise=0.17)[0] == "河南：按此速度，2026年持平"
    assert said_live(chart, rise=0.18)[0] == "河南：按此速度，2025年即已持平"
    assert {one["name"]: one for one in chart.spec["params"]}["target_year"]["bind"]["min"] == 2026


def test_a_target_year_by_which_the_city_is_level_anyway_takes_no_rise(edition, drawn, en):
    # Held at 2.05, Henan is no higher than a city at 2.05; China takes (2.65 − 2.05) ÷ 8.
    for value, henan, china in (("2.05", "河南无需提高", "0.075"), ("2.03", "河南0.003个百分点", "0.078")):
        level = with_observations(edition, (("rd_intensity", "anyang", "2022"), value))
        chart = drawn(level, "outlook-paths", later=True)
        said = said_live(chart, held=True, target_year=2030)[-1]
        assert said == f"2030年持平，每年需提高：{henan}、全国{china}个百分点"
    english = drawn(with_observations(edition, (("rd_intensity", "anyang", "2022"), "2.05")), "outlook-paths", en, True)
    assert said_live(english, held=True, target_year=2030)[-1].endswith("Henan none; China 0.075")


@pytest.mark.parametrize("value", ["0.05", "1.78", "1.95"])
def test_the_frame_holds_every_path_a_reader_can_choose(edition, drawn, value):
    moved = with_observations(edition, (("rd_intensity", "anyang", "2022"), value))
    spec = drawn(moved, "outlook-paths", later=True).spec
    rise = next(each for each in spec["params"] if each["name"] == "rise")["bind"]
    own = next(each for each in spec["layer"] if "rise *" in str(each.get("transform")))
    first, last = own["data"]["values"]
    scales = own["encoding"]["x"]["scale"], own["encoding"]["y"]["scale"]
    assert (first["years"], last["year"]) == (0, scales[0]["domain"][1])
    lowest, highest = scales[1]["domain"]
    reached = [float(value) + each * last["years"] for each in (rise["min"], rise["max"])]
    assert lowest <= reached[0] <= reached[1] <= highest + 1e-9


def test_a_city_that_is_ahead_is_told_so_and_when_it_falls_behind(edition, drawn):
    # Back along its trend Henan stood at 1.92 in 2022; the city's lead of 0.03 lasts 0.03 ÷ (0.13 − 0.12) = 3 years.
    ahead = with_observations(edition, (("rd_intensity", "anyang", "2022"), "1.95"))
    chart = drawn(ahead, "outlook-paths", later=True)
    assert said_live(chart, rise=0.12)[0] == "河南：已达到或超过；按此速度，2026年起落后"
    assert said_live(chart, rise=0.11)[0] == "河南：已达到或超过；按此速度，2024年起落后"
    assert said_live(chart, rise=0.13)[0] == "河南：已达到或超过"
    # Held at 2.05, Henan is ahead of it again: 0.10 ÷ 0.05 is two years.
    assert said_live(chart, rise=0.05, held=True)[0] == "河南：按此速度，2024年持平"
    level = with_observations(edition, (("rd_intensity", "anyang", "2022"), "1.91"))
    assert said_live(drawn(level, "outlook-paths", later=True), rise=0.12)[0] == "河南：按此速度，2100年以前不能持平"


def test_a_steeper_path_than_the_controls_usual_end_still_fits_them(edition, drawn):
    # (3.294 − 0.05) ÷ 8 = 0.4055.
    low = with_observations(edition, (("rd_intensity", "anyang", "2022"), "0.05"))
    rise = {each["name"]: each for each in drawn(low, "outlook-paths", later=True).spec["params"]}["rise"]
    assert (rise["value"], rise["bind"]["max"]) == (0.41, 0.41)


def test_the_controls_name_the_city_and_the_areas_of_the_chart(edition, drawn, en):
    named = {
        each["name"]: each["bind"]["name"] for each in drawn(edition, "outlook-paths", later=True).spec["params"][1:4]
    }
    assert (named["rise"], named["held"]) == ("安阳每年提高（百分点）", "假定河南、全国保持不变")
    one = drawn(edition, "outlook-paths", en, later=True, areas="anyang china").spec["params"]
    assert one[3]["bind"]["name"] == "Held at their newest figures: China"
    assert len(one) == 6


def test_another_city_has_its_own_name_at_the_controls(edition, drawn):
    other = replace(edition, meta={**edition.meta, "city": "henan"})
    parameters = drawn(other, "outlook-paths", later=True, areas="china").spec["params"]
    # From 2.05 in 2023: (3.294 − 2.05) ÷ 7 = 0.1777, up to the next step.
    assert (parameters[1]["value"], parameters[1]["bind"]["name"]) == (0.18, "河南每年提高（百分点）")


def test_only_paths_to_the_areas_of_the_row_are_drawn_with_their_letters(edition, drawn):
    chart = drawn(edition, "outlook-paths", later=True, areas="china")
    assert chart.alt == (
        "2022年安阳低于全国0.76个百分点；C　赶上继续提高的全国水平：2030年达到3.29%，每年提高0.189个百分点。"
    )
    assert {fact.area for fact in chart.facts} == {"anyang", "china"}
    assert drawn(edition, "outlook-paths", later=True, areas="").alt.count("：2030年达到") == 3


def test_the_paths_are_told_by_how_far_the_city_is_and_which_takes_the_highest_rise(edition, drawn, en):
    # (2.05 − 1.78) ÷ 8 = 0.03375 and (3.294 − 1.78) ÷ 8 = 0.18925.
    assert drawn(edition, "outlook-paths", later=True).alt.startswith(
        "2022年安阳低于河南0.08个百分点，低于全国0.76个百分点；"
        "各条路径中，A所需速度最低，每年提高0.034个百分点，C最高，每年提高0.189个百分点；A　达到全省最新公布水平"
    )
    assert drawn(edition, "outlook-paths", en, later=True).alt.startswith(
        "Anyang in 2022: 0.08 percentage points below Henan, 0.76 percentage points below China. "
        "Of the paths, A takes the slowest rise, 0.034 percentage points a year, and C the fastest, 0.189. A "
    )
    ahead = with_observations(edition, (("rd_intensity", "anyang", "2022"), "1.90"))
    assert drawn(ahead, "outlook-paths", later=True).alt.startswith("2022年安阳高于河南0.04个百分点，低于全国0.64")


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


def more_targets(edition, *changes):
    """The edition with further targets, each the trend towards Henan with some cells changed."""
    table = edition.tables["targets"]
    like = next(row for row in table if row["target"] == "intensity-province-trend")
    added = tuple(
        replace(like, cells={**like, "target": f"more-{number}", **cells}) for number, cells in enumerate(changes)
    )
    return replace(edition, tables={**edition.tables, "targets": replace(table, rows=(*table.rows, *added))})


def test_letters_of_goals_close_together_stand_apart(edition, drawn):
    # (2.05 − 1.46) ÷ 4 = 0.1475 a year, 3.0825 in 2030: between B's 2.96 and C's 3.294.
    chart = drawn(more_targets(edition, {"since": "2019"}), "outlook-paths", later=True)
    letters = {
        node["data"]["values"][0]["label"]: node["encoding"]["y"]["value"]
        for node in chart.spec["layer"]
        if node["mark"].get("dx") == 10
    }
    places = sorted(letters.values())
    assert sorted(letters) == ["A", "B", "C", "D"]
    assert all(below - above >= 16.9 for above, below in pairwise(places))
    # Both of Henan's trends are drawn as far as the axis goes: 2.05 + 12 × 0.1475.
    assert [rows for rows in rows_of(chart.spec, "line") if rows[-1].get("value") == pytest.approx(3.82)]


def test_a_long_name_goes_on_in_a_further_line(edition, drawn):
    changed = more_targets(edition, {"name_zh": "赶上按照二〇一八年以来的平均速度继续提高的全省水平并保持下去"})
    spec = drawn(changed, "outlook-paths", later=True).spec
    below = [rows[0]["label"] for rows in rows_of(spec, "text") if set(rows[0]) == {"label"}]
    assert len(below) == 8
    assert "".join(below[-2:]).startswith("D　赶上按照二〇一八年以来的平均速度继续提高的全省水平并保持下去：")
    assert all(width_of(line, 15) <= WIDTH for line in below)


def test_the_last_year_is_left_out_where_it_would_run_into_the_targets(edition, drawn):
    def years_below(target_of_more):
        changed = more_targets(edition, {"period": target_of_more})
        return [label for label in labels(drawn(changed, "outlook-paths", later=True).spec) if label.endswith("年")]

    assert "2035年" in years_below("2030")
    assert "2065年" in years_below("2060") or "2060年" in years_below("2060")


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


def test_labels_are_spread_within_their_bounds():
    assert spread([0, 5], 20, (0, 100)) == [0, 20]
    assert spread([98, 100], 20, (0, 100)) == [80, 100]
    assert spread([50, 50], 20, (0, 100)) == [40, 60]
    assert spread([0, 15, 24], 20, (0, 100)) == [0, 20, 40]


def test_a_rate_that_is_to_come_down_has_no_chart_of_paths(edition, drawn):
    table = edition.tables["indicators"]
    rows = [
        replace(row, cells={**row, "direction": "down"}) if row["indicator"] == "rd_intensity" else row for row in table
    ]
    turned = replace(edition, tables={**edition.tables, "indicators": replace(table, rows=tuple(rows))})
    assert drawn(turned, "outlook-paths", later=True) is None


def test_there_are_no_paths_before_the_data_are_there(edition, drawn):
    assert drawn(edition, "outlook-paths", later=False) is None
    assert drawn(edition, "outlook-paths", later=True, indicators="high_tech_enterprises") is None


def test_every_claim_is_a_square_in_the_row_of_its_verdict(edition, drawn, en):
    chart = drawn(edition, "audit-verdicts", en)
    assert [len(rows) for rows in rows_of(chart.spec, "point")] == [1, 2, 5, 6]
    assert chart.alt == "Overstated: 1, unit missing: 2, not recomputable: 5, holds: 6."
    assert chart.caption == "Verdicts on the original's quantitative statements"
