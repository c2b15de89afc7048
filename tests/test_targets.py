"""Targets: what to reach by when, and the pace it takes, by hand from the figures."""

from dataclasses import replace
from decimal import Decimal

import pytest
from test_wording import plain

from diaoyan.checking import check, left_out
from diaoyan.faults import Faults
from diaoyan.remarks import Remarks
from diaoyan.report import Report
from diaoyan.target_views import SECTION
from diaoyan.targets import aims, letters

ENTERPRISES, SMES, HELD, TREND, NATION = range(5)


@pytest.fixture(scope="module")
def found(edition):
    """The targets of the real edition."""
    return aims(edition)


@pytest.fixture(scope="module")
def rows(edition):
    """The rows of the table of targets as a reader sees them."""
    outputs = Report(edition, "zh").outputs("outlook", pictures=False)
    table = next(each for each in outputs if each.about.get("name") == "table-targets-and-pace")
    return [
        [plain(cell).strip() for cell in line.split("|")[1:-1]] for line in table.data["text/plain"].split("\n")[2:]
    ]


def test_a_benchmark_held_constant_is_where_it_stands(found):
    # 2.05 % in 2023; (2.05 − 1.78) ÷ 8 years.
    assert found[HELD].goal == Decimal("2.05")
    assert found[HELD].yearly_points == Decimal("0.03375")


def test_a_benchmark_on_its_trend_goes_on_along_a_straight_line(found):
    # (2.05 − 1.40) ÷ 5 = 0.13 a year, seven more years; (2.96 − 1.78) ÷ 8.
    assert found[TREND].path.yearly == Decimal("0.13")
    assert found[TREND].goal == Decimal("2.96")
    assert found[TREND].yearly_points == Decimal("0.1475")
    # (2.65 − 2.19) ÷ 5 = 0.092; 2.65 + 0.644 = 3.294; (3.294 − 1.78) ÷ 8.
    assert found[NATION].goal == Decimal("3.294")
    assert found[NATION].yearly_points == Decimal("0.18925")


def test_the_table_says_goal_pace_and_what_is_assumed(rows):
    assert rows[ENTERPRISES][2:5] == ["303家（2022年）", "530家（2030年）", "年均增长7.2%"]
    assert [row[0] for row in rows] == [
        "高新技术企业目标",
        "科技型中小企业目标",
        "A　达到全省最新公布水平",
        "B　赶上继续提高的全省水平",
        "C　赶上继续提高的全国水平",
    ]
    assert rows[HELD][2:] == [
        "1.78%（2022年）",
        "2.05%（2030年）",
        "每年提高0.034个百分点",
        "假定全省保持2023年的2.05%不变",
    ]
    assert rows[TREND][3:5] == ["2.96%（2030年）", "每年提高0.148个百分点"]
    assert rows[TREND][5] == "假定全省按2018年至2023年平均每年提高0.130个百分点的速度继续提高"


def test_on_the_latest_vintage_the_pace_follows_the_revised_figures(latest):
    # Henan has no revision for 2018 and 2023, the nation has: (2.58 − 2.14) ÷ 5 = 0.088; 2.58 + 7 × 0.088.
    assert aims(latest)[NATION].goal == Decimal("3.196")


def test_a_target_reached_already_takes_no_pace(folder):
    folder.change_cell("observations", "rd_intensity|anyang|2022", "value", "2.05")
    edition = folder.load()
    assert aims(edition)[HELD].is_reached
    assert not aims(edition)[TREND].is_reached
    outputs = Report(edition, "zh").outputs("outlook", pictures=False)
    table = next(each for each in outputs if each.about.get("name") == "table-targets-and-pace")
    assert "已经达到" in table.data["text/plain"].split("\n")[2 + HELD]


def test_just_below_it_is_not_reached(folder):
    folder.change_cell("observations", "rd_intensity|anyang|2022", "value", "2.04")
    assert not aims(folder.load())[HELD].is_reached


def table_of(edition, language="zh"):
    """The table of targets with its links, by target."""
    outputs = Report(edition, language).outputs("outlook", pictures=False)
    table = next(each for each in outputs if each.about.get("name") == "table-targets-and-pace")
    return table.data["text/plain"].split("\n")[2:]


def test_each_number_leads_to_its_figure_and_says_its_arithmetic(edition):
    table = [line.replace("\\", "") for line in table_of(edition)]
    row = "data.ipynb#obs-rd-intensity"
    assert f'[2.96%]({row}-henan-2023 "2.05% + 0.130 × 7 = 2.96%（2023年、2018年）")' in table[TREND]
    title = "(2.05% − 1.40%) ÷ 5 = 0.130个百分点（2018年、2023年）"
    assert f'[0.130个百分点]({row}-henan-2018 "{title}")' in table[TREND]
    # The goal comes from two figures of Henan, so the pace from three.
    title = "(2.96% − 1.78%) ÷ 8 = 0.148个百分点（安阳 2022年、河南 2023年、河南 2018年）"
    assert f'[0.148个百分点]({row}-anyang-2022 "{title}")' in table[TREND]
    # The goal held is the newest figure itself.
    assert table[HELD].count("[2.05%](data.ipynb#obs-rd-intensity-henan-2023 ") == 2
    assert '"(3.294% − 1.78%) ÷ 8 = 0.189个百分点（' in table[NATION]


def test_on_the_latest_vintage_the_arithmetic_gives_the_printed_pace_and_names_what_is_unrevised(latest):
    table = [line.replace("\\", "") for line in table_of(latest)]
    # (3.196 − 1.78) ÷ 8 = 0.177; from the rounded 3.20 it would be 0.1775.
    assert (
        '[0.177个百分点](data.ipynb#obs-rd-intensity-anyang-2022 "(3.196% − 1.78%) ÷ 8 = 0.177个百分点（'
        in table[NATION]
    )
    assert "（安阳2022年的数没有修订，仍用初次公布数）" in plain(table[NATION])
    # Neither Anyang nor Henan in 2023 has been revised.
    assert "没有修订" not in table[TREND]


def test_a_target_is_never_called_unrevised(folder):
    row = "high_tech_enterprises,anyang,2022,latest,305,家,,anyang-2023,正文,,"
    folder.append("observations", row)
    table = table_of(folder.load("latest"))
    assert "[305家]" in table[ENTERPRISES]
    assert "没有修订" not in table[ENTERPRISES]


def test_a_delay_is_to_come_down(folder):
    folder.append(
        "observations", "longest_incentive_delay,anyang,2030,first_published,1,年,target,anyang-decision-2025,正文,,"
    )
    folder.append(
        "targets", "delay,recommendations-investment,longest_incentive_delay,2030,,,,拖欠目标,Target for delays"
    )
    edition = folder.load()
    aim = next(aim for aim in aims(edition) if aim.row["target"] == "delay")
    assert not aim.is_reached
    # From 2 years in 2023: (1 ÷ 2) ^ (1 ÷ 7) = 0.906.
    assert "年均下降" in table_of(edition)[-1] and "9.4%" in plain(table_of(edition)[-1]).replace("\\", "")
    folder.change_cell("observations", "longest_incentive_delay|anyang|2023", "value", "1")
    assert next(aim for aim in aims(folder.load()) if aim.row["target"] == "delay").is_reached


def test_a_rate_that_was_set_is_reached_by_points_a_year(folder):
    folder.append("observations", "rd_intensity,anyang,2030,first_published,2.50,%,target,anyang-decision-2025,正文,,")
    folder.append("targets", "rate,recommendations-investment,rd_intensity,2030,,,,强度目标,Target for intensity")
    edition = folder.load()
    # (2.50 − 1.78) ÷ 8.
    assert "每年提高0.090个百分点" in plain(table_of(edition)[-1])
    assert "up 0.090 percentage points a year" in plain(table_of(edition, "en")[-1])


def test_only_paths_still_to_be_gone_have_letters(folder):
    folder.change_cell("observations", "rd_intensity|anyang|2022", "value", "2.05")
    assert letters(aims(folder.load())) == {"intensity-province-trend": "A", "intensity-nation-trend": "B"}


def test_after_z_letters_are_doubled(edition):
    aim = aims(edition)[TREND]
    many = [replace(aim, row=replace(aim.row, cells={**aim.row, "target": str(number)})) for number in range(28)]
    assert [letters(many)[str(number)] for number in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


def test_targets_without_their_figures_are_left_out(folder):
    folder.remove_row("observations", "rd_intensity,anyang,2022")
    folder.empty("claims")
    assert [aim.row["target"] for aim in aims(folder.load())] == ["high-tech-enterprises-set", "technology-smes-set"]


def test_a_recommendation_whose_targets_have_no_figures_leads_to_none(folder):
    folder.change_cell("observations", "rd_intensity|anyang|2022", "qualifier", "above")
    folder.empty("claims")
    edition = folder.load()
    report = Report(edition, "zh")
    remarks = Remarks(edition, report.wording, report.audited)
    assert "targets" not in remarks.of("recommendations-investment")
    assert "targets" in remarks.of("recommendations-platforms")


def test_a_target_without_figures_is_named_among_what_is_left_out(folder):
    folder.change_cell("observations", "rd_intensity|anyang|2022", "qualifier", "above")
    folder.empty("claims")
    found = [line for line in left_out("anyang-2023", folder.path) if "the target " in line]
    assert len(found) == 3
    assert found[0].endswith(
        "targets.csv:4: left out: the target intensity-province-held"
        " has no exact yearly figures to start from and to reach"
    )


def test_targets_without_their_section_are_a_fault(folder):
    folder.replace(folder.own("text/zh/outlook.md"), " {#outlook-targets-later}", " {#outlook-goals-later}")
    with pytest.raises(Faults) as raised:
        check("anyang-2023", folder.path)
    expected = "outlook.md: found targets without their section, expected a heading {#outlook-targets-later}"
    assert [line for line in str(raised.value).splitlines() if line.endswith(expected)]


def test_a_recommendation_with_targets_leads_to_them(edition):
    outputs = Report(edition, "zh").outputs("recommendations", pictures=False)
    names = [each.about.get("name") for each in outputs]
    assert [name for name in names if name and name.endswith("-targets")] == [
        "recommendations-investment-targets",
        "recommendations-platforms-targets",
    ]
    said = outputs[names.index("recommendations-investment-targets")].data["text/plain"]
    assert f"(outlook.ipynb#{SECTION})" in said
    # The report itself knows nothing of what came later.
    assert "2030" not in said
