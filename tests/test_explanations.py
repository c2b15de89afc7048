"""The cards of numbers: what they say, from which facts, and that only cards of the known form reach a page."""

import pytest

from diaoyan.markup import link
from diaoyan.number_cards import is_card
from diaoyan.numbers import NumberLink, links_of
from diaoyan.report import Report

ROW = "data.ipynb#obs-high-tech-enterprises-anyang-2022"


def cards_of(edition, chapter, language="zh"):
    """The cards of a chapter by the words of their links."""
    outputs = Report(edition, language).outputs(chapter, pictures=False)
    return {card["words"]: card for output in outputs for card in output.about.get("explanations", [])}


def rows_of(card):
    """The rows of a card: their lines by label, the links left out."""
    return {label: [line[0] for line in lines] for label, *lines in card["rows"]}


def test_the_card_of_a_figure_says_where_it_comes_from(edition):
    card = cards_of(edition, "achievements")["303家"]
    assert (card["to"], card["title"]) == (ROW, "2022年 · 一（二）1 · 安阳调研报告")
    assert (card["name"], card["value"]) == ("高新技术企业 · 安阳", "303家")
    assert rows_of(card) == {
        "时间": ["2022年"],
        "数据版本": ["初次公布"],
        "来源": [
            "关于全市科技工作情况的调研报告（市十五届人大常委会第五次会议文件10）",
            "安阳市人大常委会教科文卫工委，2023年10月26日",
        ],
        "原文位置": ["一（二）1"],
        "备注": ["有效期内"],
        "原报告表述": ["“增速位列全省第二”（无法复算）", "“翻了两番”（偏高）"],
    }
    assert card["foot"] == [["查看数据行", ROW]]


def test_the_card_of_a_doubling_says_its_arithmetic_the_figures_used_and_both_verdicts(edition):
    card = cards_of(edition, "achievements")["翻了三番"]
    rows = rows_of(card)
    # 13.6 ÷ 1.54 = 8.831
    assert rows["算式"] == ["13.6亿元 ÷ 1.54亿元 = 8.83"]
    assert rows["所用数据"] == ["13.6亿元（2022年）", "1.54亿元（2018年）"]
    assert rows["原报告表述"] == ["“翻了三番”（成立）"]
    assert rows["本书核对"] == ["成立"]
    # The years stand beside the figures, and so do links to both rows.
    assert "时间" not in rows
    assert card["foot"] == []


def test_a_bound_and_a_target_say_what_they_are(edition, folder):
    cards = cards_of(edition, "outlook")
    assert rows_of(cards["超过1000亿元"])["说明"] == ["来源只写“超过”，实际数大于此数。"]
    assert rows_of(cards["530家"])["说明"] == ["目标数，尚未实现。"]


def test_a_figure_from_the_web_leads_there(edition):
    source = {label: lines for label, *lines in cards_of(edition, "outlook")["2.05%"]["rows"]}["来源"]
    assert source[-1] == [
        "www.stats.gov.cn",
        "https://www.stats.gov.cn/sj/zxfb/202410/t20241002_1956810.html",
    ]


def test_the_latest_figures_say_that_they_have_been_revised(latest):
    cards = cards_of(latest, "outlook")
    assert rows_of(cards["2.58%"])["数据版本"] == ["最新修订"]
    # 1.78 − 2.56: only the nation's figure has been revised.
    assert rows_of(cards["0.78个百分点"])["数据版本"] == ["1.78%：初次公布", "2.56%：最新修订"]


def test_english_says_the_unit_that_the_number_is_written_without(edition):
    assert rows_of(cards_of(edition, "achievements", "en")["303"])["Unit"] == ["number"]
    assert "Unit" not in rows_of(cards_of(edition, "achievements", "en")["200 million yuan"])


def test_two_figures_of_the_same_amount_are_told_apart(folder):
    # Both the province and the nation at 2.54 %: the same arithmetic, on other figures.
    folder.change_cell("benchmarks", "rd_intensity|henan|2022|first_published", "value", "2.54")
    report = Report(folder.load(), "zh")
    outputs = report.outputs("outlook", pictures=False)
    every = [card for output in outputs for card in output.about.get("explanations", [])]
    cards = [card for card in every if "1.78% − 2.54%" in card["title"]]
    used = {rows_of(card)["所用数据"][1] for card in cards}
    assert used == {"2.54%（河南）", "2.54%（全国）"}


@pytest.mark.parametrize("title", ['a "quoted" \\ title', "a | b", "&lt;b&gt; &amp; R&D", "$a$ `b` *c*"])
def test_the_title_of_a_link_is_read_as_it_was_written(title):
    assert links_of(link("303家", ROW, title)) == [NumberLink(ROW, title, "303家")]


@pytest.fixture
def card(edition):
    """A card as a chapter makes it."""
    return cards_of(edition, "achievements")["303家"]


def test_a_card_of_a_chapter_has_the_form_pages_rely_on(card):
    assert is_card(card)


@pytest.mark.parametrize(
    "change",
    [
        {"value": 303},
        {"rows": "来源"},
        {"rows": [["来源", "303"]]},
        {"rows": [[]]},
        {"foot": None},
        {"foot": [["row", "javascript:alert(1)"]]},
        {"foot": [["row", "file:///etc/passwd"]]},
        {"foot": [["row", "//example.org"]]},
        {"foot": [["row", ROW, ROW]]},
    ],
)
def test_a_card_of_another_form_is_none(card, change):
    assert not is_card({**card, **change})


def test_a_figure_that_is_assumed_says_so_and_names_its_year(edition):
    outputs = Report(edition, "zh").outputs("outlook", pictures=False)
    cards = {card["words"]: card for output in outputs for card in output.about.get("explanations", [])}
    # 2.05% and 7 years of 0.13 points.
    assumed = {label: lines for label, *lines in cards["2.96%"]["rows"]}
    assert assumed["时间"] == [["2030年"]]
    assert assumed["说明"] == [["由假定推算，不是公布数，也不是预测。"]]
    published = {label: lines for label, *lines in cards["1.78%"]["rows"]}
    assert "说明" not in published


def test_the_card_of_a_number_of_rows_says_what_was_counted_and_leads_there(edition):
    problems = str(len(edition.tables["problems"]))
    shown = Report(edition, "zh").outputs("summary", pictures=False)
    cards = [card for output in shown for card in output.about.get("explanations", [])]
    card = next(card for card in cards if card["to"] == "data.ipynb#data-problems")
    assert (card["name"], card["value"]) == ("问题", problems)
    assert card["rows"] == [["算式", ["按“问题”表逐行计数"]]]
    assert card["foot"] == [["查看数据表", "data.ipynb#data-problems"]]


def test_the_card_of_a_bound_gives_it_as_one(edition):
    cards = [card for card in cards_of(edition, "outlook").values() if card["value"] == "超过6.6倍"]
    assert [dict(card["rows"][:1]) for card in cards] == [{"算式": ["超过1000亿元 ÷ 149.7亿元 > 6.68"]}]
