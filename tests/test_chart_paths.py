"""The chart of paths: goals, rises, and what it answers to what a reader sets."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
import vl_convert
from drawn_charts import labels, rows_of, with_observations

from diaoyan.chart_theme import WIDTH, width_of


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
