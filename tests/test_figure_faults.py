"""Figures that cannot be: of no place, of another unit, of a time their source cannot know."""

import pytest

ANYANG_2022 = "research_platforms_provincial_or_higher|anyang|2022"


def test_a_figure_without_a_place_in_its_source_is_one_fault(folder):
    line = folder.change_cell("observations", ANYANG_2022, "locator", "")
    assert folder.faults() == [
        f"…/observations.csv:{line}:locator: found '', expected where in the source the figure stands, not empty"
    ]


@pytest.mark.parametrize(
    ("key", "unit", "expected"),
    [
        (ANYANG_2022, "万元", "a unit of count such as 家"),
        (ANYANG_2022, "%", "a unit of count such as 家"),
        ("technical_contracts|anyang|2022", "家", "a unit of money such as 亿元"),
        ("rd_intensity|anyang|2022", "百分点", "a unit of percent such as %"),
    ],
)
def test_a_unit_of_another_dimension_than_the_indicators_is_one_fault(folder, key, unit, expected):
    line = folder.change_cell("observations", key, "unit", unit)
    assert folder.faults() == [f"…/observations.csv:{line}:unit: found '{unit}', expected {expected}"]


def test_a_unit_of_the_same_dimension_is_none(folder):
    folder.change_cell("observations", "technical_contracts|anyang|2022", "unit", "万元")
    folder.change_cell("observations", ANYANG_2022, "unit", "个")
    folder.load()


@pytest.mark.parametrize("period", ["2023-06-31", "2022/2020"])
def test_a_period_that_cannot_be_is_a_fault_of_its_row(folder, period):
    line = folder.change_cell("fieldwork", "visits-march", "locator", "前言") and folder.change_cell(
        "observations", "unpaid_science_technology_funds|anyang", "period", period
    )
    found = [fault for fault in folder.faults() if ":period:" in fault and "calendar" in fault]
    assert found == [
        f"…/observations.csv:{line}:period: found '{period}', expected a day of the calendar, or a span in order"
    ]


@pytest.mark.parametrize(
    ("period", "qualifier", "expected"),
    [
        ("2203", "", "a time from 1900 to 2073"),
        ("2074", "target", "a time from 1900 to 2073"),
        ("1899", "", "a time from 1900 to 2073"),
        ("2024", "", "a time not after its source came out (2023-10-26), or the qualifier target"),
    ],
)
def test_a_figure_of_a_time_that_its_source_cannot_know_is_a_fault(folder, period, qualifier, expected):
    line = folder.append(
        "observations",
        f"high_tech_enterprises,anyang,{period},first_published,400,家,{qualifier},anyang-2023,一（二）1,,",
    )
    assert folder.faults() == [f"…/observations.csv:{line}:period: found '{period}', expected {expected}"]


@pytest.mark.parametrize(("period", "qualifier"), [("2023", ""), ("2073", "target"), ("1900", "")])
def test_a_figure_of_the_year_of_its_source_and_a_target_within_fifty_years_may_stand(folder, period, qualifier):
    cells = f"first_published,400,家,{qualifier},anyang-2023,一（二）1,,"
    folder.append("observations", f"high_tech_enterprises,anyang,{period},{cells}")
    assert folder.load().facts.find("high_tech_enterprises", "anyang", period)
