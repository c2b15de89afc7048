"""Findings: what the figures say of a problem, at the report's date and since."""

import pytest
from test_wording import plain

from diaoyan.findings import findings
from diaoyan.report import Report


def states(edition):
    """State by row of evidence."""
    return {finding.evidence["evidence"]: finding.state for finding in findings(edition)}


def test_the_problems_of_the_original_are_borne_out_by_its_figures(edition):
    assert states(edition) == {
        "intensity-below-province": "confirmed",
        "intensity-below-nation": "confirmed",
        "funds-unpaid": "confirmed",
    }


@pytest.mark.parametrize(
    ("intensity", "state"), [("1.85", "confirmed"), ("1.86", "not_borne_out"), ("1.87", "not_borne_out")]
)
def test_an_intensity_is_a_problem_while_it_is_below_the_province(folder, intensity, state):
    folder.change_cell("observations", "rd_intensity|anyang|2022", "value", intensity)
    assert states(folder.load())["intensity-below-province"] == state


@pytest.mark.parametrize(
    ("later", "state"),
    # Henan had 2.05 in 2023; the gap at the report's date was 0.08.
    [("1.97", "confirmed"), ("1.98", "eased"), ("2.04", "eased"), ("2.05", "no_longer_holds")],
)
def test_newer_figures_confirm_ease_or_end_a_problem(folder, later, state):
    folder.append("observations", f"rd_intensity,anyang,2023,first_published,{later},%,,anyang-decision-2025,正文,,")
    assert states(folder.load())["intensity-below-province"] == state


@pytest.mark.parametrize(("unpaid", "state"), [("0.1", "confirmed"), ("0", "not_borne_out")])
def test_unpaid_funds_are_a_problem_while_they_are_above_zero(folder, unpaid, state):
    folder.change_cell("observations", "unpaid_science_technology_funds|anyang", "value", unpaid)
    assert states(folder.load())["funds-unpaid"] == state


def test_without_a_figure_nothing_is_found(folder):
    folder.remove_row("observations", "unpaid_science_technology_funds,anyang,")
    folder.remove_row("claims", "unpaid-funds-sum,")
    assert states(folder.load())["funds-unpaid"] == "no_figure"


def test_every_problem_is_answered_by_a_recommendation(edition):
    answered = {row["problem"] for row in edition.tables["answers"]}
    assert {row["problem"] for row in edition.tables["problems"]} - answered == set()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh",
            "数据核对：2022年全社会研发经费投入强度低于全省0.08个百分点，数据印证；"
            "2022年全社会研发经费投入强度低于全国0.76个百分点，数据印证。",
        ),
        (
            "en",
            "Checked against the figures: R&D intensity in 2022 0.08 percentage points below the province, "
            "borne out by the figures; R&D intensity in 2022 0.76 percentage points below the nation, "
            "borne out by the figures.",
        ),
    ],
)
def test_a_remark_says_what_the_figures_say(edition, language, expected):
    report = Report(edition, language)
    remark = next(
        output
        for output in report.outputs("problems", pictures=False)
        if output.about.get("name") == "problems-research-intensity-findings"
    )
    assert plain(remark.data["text/markdown"]) == expected
