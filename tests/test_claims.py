"""Claims of the original against the figures: verdicts, vintages, counts."""

from decimal import Decimal

import pytest

from diaoyan.claims import VERDICTS, audit, counts
from diaoyan.report import Report

# The fourteen statements of the original, as the checklist of its contents judges them.
ANYANG_VERDICTS = {
    "talent-quotas-level": "not_recomputable",
    "contracts-base-level": "unit_missing",
    "contracts-doublings": "holds",
    "high-tech-enterprises-growth-rank": "not_recomputable",
    "high-tech-enterprises-doublings": "overstated",
    "technology-smes-growth": "holds",
    "platforms-difference": "holds",
    "platforms-doublings": "holds",
    "commissioners-level": "not_recomputable",
    "intensity-level": "unit_missing",
    "intensity-change": "not_recomputable",
    "intensity-gap-nation": "holds",
    "intensity-gap-province": "holds",
    "unpaid-funds-sum": "not_recomputable",
}


def verdicts(edition):
    """Verdict by claim."""
    audited = audit(edition.tables, edition.facts, edition.units)
    return {one.claim["claim"]: one.verdict for one in audited}


def test_the_fourteen_claims_of_the_original_come_out_as_the_checklist_says(edition):
    assert verdicts(edition) == ANYANG_VERDICTS


@pytest.mark.parametrize(
    ("enterprises", "expected"),
    [("303", "overstated"), ("347", "overstated"), ("348", "holds"), ("350", "holds"), ("522", "understated")],
)
def test_two_doublings_of_87_enterprises_take_348(folder, enterprises, expected):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", enterprises)
    changed = {**ANYANG_VERDICTS, "high-tech-enterprises-doublings": expected}
    assert verdicts(folder.load()) == changed


def test_without_the_base_year_a_claim_of_growth_cannot_be_recomputed(folder):
    folder.remove_row("observations", "high_tech_enterprises,anyang,2018,")
    edition = folder.load()
    assert verdicts(edition)["high-tech-enterprises-doublings"] == "not_recomputable"
    audited = audit(edition.tables, edition.facts, edition.units)
    found = next(one for one in audited if one.claim["claim"] == "high-tech-enterprises-doublings")
    assert found.recomputed.missing == "base"
    assert found.recomputed.value is None


def test_a_change_against_a_figure_of_2021_is_recomputed_once_that_figure_is_given(folder):
    line = "rd_intensity,anyang,2021,first_published,1.54,%,,henan-2022,正文,,"
    folder.append("observations", line)
    assert verdicts(folder.load())["intensity-change"] == "holds"


def test_the_latest_figures_change_the_gaps_and_nothing_else(latest):
    # 1.78 against 2.56 and 1.96: 0.78 and 0.18 points.
    changed = {"intensity-gap-nation": "understated", "intensity-gap-province": "understated"}
    assert verdicts(latest) == {**ANYANG_VERDICTS, **changed}


def test_the_latest_figures_fall_back_on_the_first_where_none_was_revised(latest):
    fact = latest.facts.get("rd_intensity", "anyang", "2022")
    assert (fact.vintage, fact.quantity.value) == ("first_published", Decimal("1.78"))
    assert latest.facts.get("rd_intensity", "china", "2022").vintage == "latest"


def test_what_was_published_later_proves_and_refutes_nothing(folder):
    folder.append("observations", "rd_intensity,anyang,2021,first_published,1.54,%,,anyang-decision-2025,正文,,")
    report = Report(folder.load(), "zh")
    assert {one.claim["claim"]: one.verdict for one in report.audited} == ANYANG_VERDICTS


def test_verdicts_are_counted_in_the_order_of_the_vocabulary(edition):
    audited = audit(edition.tables, edition.facts, edition.units)
    expected = {"overstated": 1, "unit_missing": 2, "not_recomputable": 5, "holds": 6}
    assert counts(audited) == expected
    assert list(counts(audited)) == [verdict for verdict in VERDICTS if verdict in expected]


def test_a_share_without_its_whole_names_the_whole_as_missing(folder):
    place = "unpaid_science_technology_funds,anyang,2023-06-15,science_technology_support_funds"
    folder.append("claims", f"part,二（二）2,share,{place},,2021,,,30,%,占30%,30%,anyang-2023")
    outputs = Report(folder.load(), "zh").outputs("audit", pictures=False)
    table = next(each for each in outputs if each.about.get("name") == "table-audit")
    assert "缺少安阳2021年的科技创新支持资金数据" in table.data["text/plain"]


def test_a_share_is_calculated_as_finely_as_it_is_said(edition):
    outputs = Report(edition, "zh").outputs("audit", pictures=False)
    table = next(each for each in outputs if each.about.get("name") == "table-statements")
    assert "5985.4万元 ÷ 2亿元 = 29.93" in table.data["text/plain"]
