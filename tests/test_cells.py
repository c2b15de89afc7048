"""Cells of tables as readers see them: rows, sources and units by their names."""

import pytest

from diaoyan.cells import Cells
from diaoyan.report import Report


@pytest.fixture
def cells(edition):
    """The cells of the edition in a language, two headings known."""

    def make(language):
        titles = {"problems-institutions": "体制机制不顺", "summary-figures": "主要数据"}
        return Cells(edition, Report(edition, language).wording, titles)

    return make


@pytest.mark.parametrize(
    ("language", "name"), [("zh", "高新技术企业、安阳、2022年"), ("en", "high-tech enterprises, Anyang, 2022")]
)
def test_a_row_of_figures_is_named_by_indicator_area_and_time(cells, language, name):
    key = "high_tech_enterprises|anyang|2022|first_published"
    assert cells(language).row_name("observations", key) == f"[{name}](#obs-high-tech-enterprises-anyang-2022)"


def test_a_claim_is_named_by_its_wording_and_a_visit_by_kind_and_month(cells):
    assert cells("zh").row_name("claims", "contracts-base-level") == "[1.54亿](#claims-contracts-base-level)"
    assert cells("zh").row_name("fieldwork", "visits-may") == "[走访、2023年5月](#fieldwork-visits-may)"


def test_an_entry_of_the_edition_has_no_row_to_lead_to(cells):
    assert cells("zh").row_name("edition", "as_of") == "报告信息"


def test_a_source_is_named_in_short_and_leads_to_its_row(cells, edition):
    table = edition.tables["observations"]
    row = table.by_key()["rd_intensity", "china", "2022", "first_published"]
    assert cells("zh").cell(row, "source", table) == "[2022年全国公报](#sources-nbs-2022)"
    assert cells("en").cell(row, "source", table, linked=False) == "National bulletin 2022"


def test_a_section_is_shown_by_its_heading_and_by_its_id_where_no_text_has_it(cells, edition):
    table = edition.tables["charts"]
    by_section = {row["section"]: row for row in table}
    assert cells("zh").cell(by_section["summary-figures"], "section", table) == "主要数据"
    assert cells("zh").cell(by_section["outlook-growth"], "section", table) == "`outlook-growth`"
