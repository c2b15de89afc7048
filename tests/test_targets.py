"""Targets: what to reach by when, and the pace it takes, by hand from the figures."""

from decimal import Decimal

import pytest
from test_wording import plain

from diaoyan.report import Report
from diaoyan.target_views import SECTION
from diaoyan.targets import aims

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


def test_targets_without_their_figures_are_left_out(folder):
    folder.remove_row("observations", "rd_intensity,anyang,2022")
    # Claims, evidence and texts that rest on it are another matter.
    folder.file("claims").write_text(folder.file("claims").read_text("utf-8").split("\n")[0] + "\n", "utf-8")
    assert [aim.row["target"] for aim in aims(folder.load())] == ["high-tech-enterprises-set", "technology-smes-set"]


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
