"""Charts of growth: by how much each figure has multiplied, of the same two periods."""

from drawn_charts import rows_of, with_observations


def test_an_indicator_without_a_base_is_left_out_and_the_others_are_drawn(edition, drawn):
    without = with_observations(edition, without=[("technology_smes", "anyang", "2018")])
    for chart in ("achievements-enterprises", "summary-enterprises-and-platforms"):
        assert "technology_smes" not in {fact.indicator for fact in drawn(without, chart).facts}


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
