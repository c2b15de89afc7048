"""Charts over the years: lines that break where a year is missing, points, a background of provinces."""

from drawn_charts import labels, rows_of, with_observations


def test_no_line_runs_across_a_year_that_is_missing(edition, drawn):
    gap = with_observations(edition, without=[("rd_intensity", "henan", "2015")])
    lines = rows_of(drawn(gap, "outlook-intensity-over-time").spec, "line")
    years = [[row["year"] for row in rows] for rows in lines]
    assert sorted(years) == [list(range(2011, 2015)), list(range(2011, 2023)), list(range(2016, 2023))]


def test_a_single_year_is_a_point(edition, drawn):
    points = rows_of(drawn(edition, "outlook-intensity-over-time").spec, "point")
    assert [(row["year"], row["value"]) for rows in points for row in rows] == [(2022, 1.78)]


def test_all_other_provinces_stand_behind_the_lines_and_the_extremes_are_named(edition, drawn):
    chart = drawn(edition, "outlook-provinces", later=True)
    assert len({fact.area for fact in chart.facts}) == 33
    named = [label for label in labels(chart.spec) if label.endswith("%") and " " in label]
    assert named == ["北京 6.73%", "西藏 0.30%", "全国 2.65%", "河南 2.05%"]
    assert "其余30个省" in chart.alt


def test_the_background_is_for_lines_only(folder):
    line = folder.change_cell("charts", "problems-intensity", "areas", "province")
    assert folder.faults() == [f"…/charts.csv:{line}:areas: found 'province', expected a row of areas"]
