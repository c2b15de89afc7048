"""What the cards of key figures say, by hand-computed figures."""

from dataclasses import replace
from decimal import Decimal

import pytest

from diaoyan.checking import check, left_out
from diaoyan.data_sheets import plain
from diaoyan.faults import Faults
from diaoyan.key_figures import KeyFigures, key_fact
from diaoyan.report import Report

FUNDS, CONTRACTS, ENTERPRISES, PLATFORMS, INTENSITY, UNPAID = range(6)


def cards(edition, language="zh"):
    """The cards of an edition, links reduced to their words."""
    report = Report(edition, language)
    return KeyFigures(edition, report.wording, report.audited, report.titles).cards()


def part(card, name):
    """A part of a card as a reader sees it."""
    return plain(card.parts[name])


def without(edition, table):
    """The edition with an empty table."""
    return replace(edition, tables={**edition.tables, table: replace(edition.tables[table], rows=())})


def test_the_cards_are_those_of_the_table_in_the_order_of_its_positions(edition, folder):
    titles = [part(card, "name") for card in cards(edition)]
    assert titles[:3] == ["科技创新支持资金（2022年）", "技术合同登记额（2022年）", "高新技术企业（2022年）"]
    assert titles[-1] == "未拨付科技资金（2023年6月15日）"
    folder.change_cell("highlights", "high_tech_enterprises", "position", "9")
    assert part(cards(folder.load())[-1], "name") == "高新技术企业（2022年）"


@pytest.mark.parametrize(
    ("number", "language", "value", "change"),
    [
        # 2亿 ÷ 2000万 = 10; 13.6 ÷ 1.54 = 8.83, between 2³ and 1.15 · 2³; 303 ÷ 87 = 3.48; 207 ÷ 55 = 3.76 ≥ 0.9 · 2².
        (FUNDS, "zh", "2亿元", "为2018年的10倍"),
        (CONTRACTS, "zh", "13.6亿元", "比2018年翻了三番"),
        (ENTERPRISES, "zh", "303家", "为2018年的3.5倍"),
        (PLATFORMS, "zh", "207家", "比2018年翻了近两番"),
        (UNPAID, "zh", "5985.4万元", "无基期数据，不作比较"),
        (FUNDS, "en", "200 million yuan", "10 times as much as in 2018"),
        (ENTERPRISES, "en", "303", "3.5 times as many as in 2018"),
        (UNPAID, "en", "59.854 million yuan", "with no earlier figure to compare with"),
    ],
)
def test_value_and_change_are_in_the_words_of_the_rules(edition, number, language, value, change):
    card = cards(edition, language)[number]
    assert (part(card, "value"), part(card, "change")) == (value, change)


@pytest.mark.parametrize(
    ("value", "change"),
    [
        # 2.3 · 87 = 200.1 is where 1.15 · 2 ends, 0.9 · 4 · 87 = 313.2 where nearly twice doubled begins.
        ("200", "比2018年翻了一番"),
        ("201", "为2018年的2.3倍"),
        ("313", "为2018年的3.6倍"),
        ("314", "比2018年翻了近两番"),
        ("87", "与2018年持平"),
        ("80", "比2018年下降8.0%"),
    ],
)
def test_both_sides_of_a_threshold_read_otherwise(folder, value, change):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", value)
    assert part(cards(folder.load())[ENTERPRISES], "change") == change


def test_every_number_of_a_card_leads_to_its_row(edition):
    card = cards(edition)[ENTERPRISES]
    assert card.parts["value"].startswith("[303家](data.ipynb#obs-high-tech-enterprises-anyang-2022 ")
    assert "(data.ipynb#obs-high-tech-enterprises-anyang-2022 " in card.parts["change"]
    assert "(data.ipynb#obs-high-tech-enterprises-anyang-2030 " in card.parts["target"]
    assert "(outlook.ipynb#target-high-tech-enterprises-set)" in card.parts["target"]


def test_a_rate_is_held_against_the_peers_and_an_amount_is_not(edition):
    # 1.86 − 1.78 = 0.08; 2.54 − 1.78 = 0.76.
    assert part(cards(edition)[INTENSITY], "standing") == "低于全省0.08个百分点，低于全国0.76个百分点"
    assert [card.parts["standing"] for card in cards(edition) if card.parts["standing"]] == [
        cards(edition)[INTENSITY].parts["standing"]
    ]


def test_a_rate_above_a_peer_says_so(folder):
    folder.change_cell("observations", "rd_intensity|anyang|2022", "value", "1.90")
    assert part(cards(folder.load())[INTENSITY], "standing") == "高于全省0.04个百分点，低于全国0.64个百分点"


def test_a_rate_without_base_and_without_peers_says_that_it_is_not_compared(edition):
    alone = replace(edition, meta={**edition.meta, "peers": []})
    card = cards(alone)[INTENSITY]
    assert (part(card, "change"), card.parts["standing"]) == ("无基期数据，不作比较", "")
    assert cards(edition)[INTENSITY].parts["change"] == ""


def test_of_several_claims_about_a_figure_a_card_shows_the_gravest(edition):
    # The rank of high-tech enterprises cannot be recomputed, their doublings are overstated.
    card = cards(edition)[ENTERPRISES]
    assert (part(card, "claim"), card.verdict) == ("原文“翻了两番”：偏高", "overstated")
    assert "(audit.ipynb#claim-high-tech-enterprises-doublings)" in card.parts["claim"]


def test_a_card_without_a_claim_about_its_figure_shows_no_verdict(edition):
    card = cards(edition)[FUNDS]
    assert (card.parts["claim"], card.verdict) == ("", "")
    assert {card.verdict for card in cards(without(edition, "claims"))} == {""}


def test_a_claim_changes_its_verdict_at_the_threshold(folder):
    # 翻了两番 holds from 4 · 87 = 348.
    for value, verdict in (("347", "overstated"), ("348", "not_recomputable")):
        folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", value)
        assert cards(folder.load())[ENTERPRISES].verdict == verdict


def test_a_target_is_marked_as_later_data_and_says_the_pace_it_takes(edition):
    # (530 ÷ 303) ^ (1 ÷ 8) − 1 = 7.24 %; (2.05 − 1.78) ÷ 8 = 0.034.
    assert part(cards(edition)[ENTERPRISES], "target") == "后续资料：高新技术企业目标（2030年530家），需年均增长7.2%"
    assert part(cards(edition)[INTENSITY], "target") == (
        "后续资料：达到全省最新公布水平（2030年2.05%），需每年提高0.034个百分点；共3种设想"
    )
    assert part(cards(edition, "en")[ENTERPRISES], "target") == (
        "Later data: Target for high-tech enterprises, 530 by 2030: 7.2% a year on average"
    )


@pytest.mark.parametrize(
    ("goal", "words_of_card"), [("304", "需年均增长0.0%"), ("303", "已经达到"), ("302", "已经达到")]
)
def test_a_target_is_reached_from_its_very_value_on(folder, goal, words_of_card):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2030", "value", goal)
    assert part(cards(folder.load())[ENTERPRISES], "target").endswith(words_of_card)


def test_a_trend_has_the_yearly_values_that_are_known_and_none_in_between(edition):
    found = cards(edition)
    assert found[ENTERPRISES].trend == ((2018, Decimal(87)), (2022, Decimal(303)))
    # In yuan, for 2000 in 10,000 yuan and 2 in 100 million cannot be drawn beside each other.
    assert found[FUNDS].trend == ((2018, Decimal(20_000_000)), (2022, Decimal(200_000_000)))
    # One value is no trend, and a day is no year; the target of 2030 is no value.
    assert found[INTENSITY].trend == found[UNPAID].trend == ()


def test_a_bound_is_said_and_not_drawn(folder):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2018", "qualifier", "above")
    card = cards(folder.load())[ENTERPRISES]
    assert card.trend == ()
    assert part(card, "change") == "不到2018年的3.5倍"


def test_a_figure_is_that_of_the_report_year_else_the_newest_published_by_its_date(edition, folder):
    assert key_fact(edition, "high_tech_enterprises").period == "2022"
    assert key_fact(edition, "unpaid_science_technology_funds").period == "2023-06-15"
    assert key_fact(edition, "rd_expenditure") is None
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "source", "anyang-decision-2025")
    # What came out after the report's date does not speak on a card.
    assert key_fact(folder.load(), "high_tech_enterprises").period == "2018"


def test_a_key_figure_that_is_not_known_has_no_card(folder):
    folder.append("highlights", "rd_expenditure,7")
    assert len(cards(folder.load())) == 6


def test_an_edition_without_targets_has_cards_without_them(edition):
    assert {card.parts["target"] for card in cards(without(edition, "targets"))} == {""}


def test_an_unknown_indicator_is_a_fault_of_the_table(folder):
    line = folder.append("highlights", "happiness,7")
    assert f"…/highlights.csv:{line}:indicator: found 'happiness', expected a row of indicators" in folder.faults()


def test_an_edition_without_the_file_has_no_key_figures(folder):
    folder.file("highlights").unlink()
    edition = folder.load()
    assert len(edition.tables["highlights"]) == 0
    assert cards(edition) == []


def test_a_key_figure_that_is_not_known_is_told_by_the_check_and_is_no_fault(folder):
    line = folder.append("highlights", "rd_expenditure,7")
    check("anyang-2023", folder.path)
    assert left_out("anyang-2023", folder.path) == [
        f"data/editions/anyang-2023/highlights.csv:{line}: left out: the key figure rd_expenditure "
        "has no figure of the city published by the report's date"
    ]


def test_key_figures_without_a_section_to_stand_in_are_a_fault(folder):
    folder.replace(folder.own("text/zh/summary.md"), "## 主要数据 {#summary-figures}\n", "")
    with pytest.raises(Faults) as raised:
        check("anyang-2023", folder.path)
    assert (
        "data/editions/anyang-2023/text/zh/summary.md: found key figures without their section, "
        "expected a heading {#summary-figures}"
    ) in str(raised.value)
