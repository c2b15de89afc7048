"""Editions of another city, without texts of their own: claims, gaps that are positive, parts that are not reported."""

import shutil
from decimal import Decimal

import pytest

from diaoyan.checking import check
from diaoyan.edition import Edition
from diaoyan.figure_lists import FigureLists
from diaoyan.markup_check import plain
from diaoyan.paths import DATA
from diaoyan.recipes import called
from diaoyan.report import Report

ZHENGZHOU = ("zhengzhou-2022", "zhengzhou-2025")


def audited(edition):
    """Verdict and recomputed value, to two places, of every claim."""
    found = {}
    for one in Report(Edition.load(edition), "zh").audited:
        value = one.recomputed.value
        found[one.claim["claim"]] = (one.verdict, None if value is None else round(value, 2))
    return found


def words_of(edition, chapter, language="zh"):
    """The headings and paragraphs of a chapter, links by their words only."""
    outputs = Report(Edition.load(edition), language).outputs(chapter, pictures=False)
    return "\n".join(plain_lines(output.data["text/markdown"]) for output in outputs if output.about["kind"] == "text")


def plain_lines(markdown):
    """Lines without their markup."""
    return "\n".join(plain(line) if line.strip() else "" for line in markdown.splitlines())


@pytest.mark.parametrize("edition", ZHENGZHOU)
def test_an_edition_without_texts_of_its_own_has_no_faults(edition):
    check(edition)


def test_every_claim_of_2022_that_can_be_recomputed_holds():
    # 4130 ÷ 1323 − 1 = 2.12; 306.5 ÷ 82.3 − 1 = 2.72; 19.29 ÷ 13 − 1 = 0.48; 2.45 − 2.44 = 0.01.
    assert audited("zhengzhou-2022") == {
        "high-tech-enterprises-growth": ("holds", Decimal("2.12")),
        "contracts-growth": ("holds", Decimal("2.72")),
        "patents-growth": ("holds", Decimal("0.48")),
        "intensity-above-nation": ("holds", Decimal("0.01")),
        # Of earlier years only 2018 is known.
        "intensity-first-above-nation": ("not_recomputable", None),
        "high-tech-enterprises-share": ("not_recomputable", None),
        "contracts-share": ("not_recomputable", None),
    }


def test_every_claim_of_2025_that_can_be_recomputed_holds():
    # (414.37 ÷ 310.4) ^ (1 ÷ 3) − 1 = 10.11 %; 414.37 ÷ 1275.10 = 32.50 %; 68 + 2230 + 3576 = 5874.
    assert audited("zhengzhou-2025") == {
        "expenditure-yearly-growth": ("holds", Decimal("10.11")),
        "expenditure-share": ("holds", Decimal("32.50")),
        "intensity-gap-nation": ("holds", Decimal("0.16")),
        "intensity-gap-province": ("holds", Decimal("0.84")),
        "contracts-growth": ("not_recomputable", None),
        "platforms-sum": ("holds", Decimal("5874")),
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "可与全国比较的较早年份只有2018年（当时并非如此），其余年份缺少数据，是否首次无法复算"),
        (
            "en",
            "of earlier years only 2018 can be compared with the nation (it was not so then); figures for the others",
        ),
    ],
)
def test_what_of_a_first_time_was_not_tested_is_said(language, said):
    outputs = Report(Edition.load("zhengzhou-2022"), language).outputs("audit", pictures=False)
    table = next(output for output in outputs if output.about.get("name") == "table-audit")
    assert said in plain_lines(table.data["text/plain"])


@pytest.mark.parametrize("edition", ZHENGZHOU)
@pytest.mark.parametrize(
    ("language", "chapter", "said"),
    [
        ("zh", "investigation", "原文没有说明调研的组织"),
        ("zh", "problems", "原文没有列出问题"),
        ("zh", "recommendations", "原文没有提出建议"),
        ("en", "investigation", "The original does not say"),
        ("en", "problems", "The original names no problems"),
        ("en", "recommendations", "The original makes no recommendations"),
    ],
)
def test_what_is_not_reported_is_said(edition, language, chapter, said):
    assert said in words_of(edition, chapter, language)


def test_gaps_may_be_positive():
    assert "2.45%，高于全省0.72个百分点，高于全国0.01个百分点" in words_of("zhengzhou-2022", "outlook")
    assert "郑州没有落后的" in words_of("zhengzhou-2022", "problems")


def test_a_rate_below_that_of_a_peer_is_a_gap_that_the_figures_show():
    # Henan's own figures: 2.05 in 2023, and 2.65 in the nation.
    called("provinces/2023")
    edition = Edition.load("henan-2023")
    wording = Report(edition, "zh").wording
    (line,) = FigureLists(edition, wording, wording.phrase).shortfalls()
    assert plain(line) == "全社会研发经费投入强度：2023年为2.05%，低于全国0.60个百分点"


def test_part_of_a_years_flow_is_called_so_and_compared_with_no_year():
    said = words_of("zhengzhou-2025", "achievements")
    assert "技术合同登记额：年初至2025年12月2日累计为814.21亿元\n" in said
    assert "创新平台：到2025年12月2日为5874家" in said


def test_later_data_stand_in_a_section_that_says_so():
    said = words_of("zhengzhou-2022", "outlook")
    before, after = said.split("后续资料：")
    assert "2023年" not in before
    # 2.05 − 1.73 = 0.32.
    assert "全省全社会研发经费投入强度：2023年为2.05%，比2021年提高0.32个百分点" in after


def test_where_nothing_was_published_since_there_is_no_section_of_later_data():
    assert "后续资料" not in words_of("zhengzhou-2025", "outlook")


@pytest.mark.parametrize("edition", ZHENGZHOU)
def test_a_table_without_rows_has_no_section(edition):
    anchors = [output.about["anchors"][0] for output in outputs_of_data(edition) if output.about["kind"] == "text"]
    assert "data-claims" in anchors
    assert {"data-problems", "data-visits", "data-numerals"} & set(anchors) == set()


def outputs_of_data(edition):
    """What the chapter of data shows."""
    return Report(Edition.load(edition), "zh").outputs("data", pictures=False)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("edition", ZHENGZHOU)
def test_every_sentence_of_ours_holds(edition, language):
    report = Report(Edition.load(edition), language)
    assert report.statements
    assert report.unsound() == []


def test_a_statement_of_ours_is_one_phrase_of_a_list():
    statements = Report(Edition.load("zhengzhou-2025"), "zh").statements
    assert all("\n" not in statement.words for statement in statements)


def test_of_a_report_of_which_only_the_month_is_known_the_last_day_counts():
    edition = Edition.load("zhengzhou-2025")
    assert (edition.meta["as_of"], edition.last_day) == ("2025-12", "2025-12-31")


def test_a_list_changes_with_its_figures(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    table = data / "editions" / "zhengzhou-2022" / "observations.csv"
    before = table.read_text(encoding="utf-8")
    assert before.count(",4130,") == 1
    table.write_text(before.replace(",4130,", ",5300,"), encoding="utf-8")
    edition = Edition.load("zhengzhou-2022", data)
    wording = Report(edition, "zh").wording
    lines = [plain(line) for line in FigureLists(edition, wording, wording.phrase).levels()]
    # 5300 ÷ 1323 = 4.006: two doublings.
    assert lines[1] == "高新技术企业：2021年为5300家，比2018年翻了两番"
