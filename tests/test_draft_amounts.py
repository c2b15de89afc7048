"""Amounts and times in running text, in all the ways reports write them."""

from decimal import Decimal

import pytest

from diaoyan.draft_amounts import in_words
from diaoyan.draft_times import find_times
from diaoyan.grammar import load_grammar
from diaoyan.paths import DATA
from diaoyan.plain_text import plain_text

AMOUNTS = {language: load_grammar(DATA, language).amounts for language in ("zh", "en")}


def amounts_in(text):
    plain = plain_text(text, 0, len(text))
    taken = [(each.start, each.end) for each in find_times(plain.text, plain.is_chinese)]
    return AMOUNTS["zh" if plain.is_chinese else "en"].find(plain.text, taken)


def times_in(text):
    plain = plain_text(text, 0, len(text))
    return list(find_times(plain.text, plain.is_chinese))


@pytest.mark.parametrize(
    ("text", "number", "unit", "qualifier"),
    [
        ("登记金额13.6亿元", "13.6", "亿元", None),
        ("资金2000万元", "2000", "万元", None),
        ("企业1,170家", "1170", "家", None),
        ("企业３０３家", "303", "家", None),
        ("企业五百六十五家", "565", "家", None),
        ("农户2.2万户", "2.2", "万户", None),
        ("超过1万人", "1", "万人", "above"),
        ("近两番", "2", "番", "near"),
        ("出生率1.2‰", "1.2", "‰", None),
        ("提高0.24个百分点", "0.24", "百分点", None),
        ("占百分之十五", "15", "%", None),
        ("占一半以上", "50", "%", "above"),
        ("占三分之一", "33.3", "%", "about"),
        ("达四成", "4E+1", "%", None),
        ("共300多家", "300", "家", "above"),
        ("共十余家", "10", "家", "above"),
        ("约20万亩", "20", "万亩", "about"),
        ("案件321 146件", "321146", "件", None),
        ("规模1.3万亿元", "1.3", "万亿元", None),
        ("登记额（1.54 \n\n亿）", "1.54", "亿", None),
    ],
)
def test_an_amount_is_read_as_it_is_written(text, number, unit, qualifier):
    [amount] = amounts_in(text)
    assert (str(amount.number), amount.unit.name, amount.qualifier) == (number, unit, qualifier)


@pytest.mark.parametrize(
    "text", ["第十二条", "〔2023〕15号", "G107国道", "5G基站", "“一把手”工程", "2023年10月26日", "近35岁", "三农工作"]
)
def test_what_belongs_to_a_name_is_no_amount(text):
    assert [amount for amount in amounts_in(text) if not amount.weak] == []


def test_the_ends_of_a_range_are_known_as_such():
    assert [amount.in_range for amount in amounts_in("补助3至5家")] == [True, True]
    assert [amount.in_range for amount in amounts_in("由3家至5家")] == [False, False]


def test_a_unit_said_once_holds_for_the_whole_list():
    assert [amount.unit.name for amount in amounts_in("分别为7.01万亿、7.66万亿和8.24万亿元")] == ["万亿元"] * 3
    assert [amount.unit.name for amount in amounts_in("高0.76和0.08个百分点")] == ["百分点"] * 2


def test_english_amounts_have_their_magnitudes_and_multiples():
    found = amounts_in("It rose to 1.36 billion yuan, or 8.5 per cent, and quadrupled.")
    assert [(str(each.number), each.unit.name) for each in found] == [
        ("1.36", "billion yuan"),
        ("8.5", "%"),
        ("4", "倍"),
    ]


@pytest.mark.parametrize(("words", "number"), [("二十", 20), ("一百零三", 103), ("两千", 2000), ("廿", 20)])
def test_chinese_words_say_numbers(words, number):
    assert in_words(words) == Decimal(number)


def test_words_without_a_digit_say_no_number():
    assert in_words("千") is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022年", "2022"),
        ("2022年底", "2022"),
        ("二〇二二年", "2022"),
        ("2023年6月", "2023-06"),
        ("2018—2022年", "2018/2022"),
        ("2016年至2020年", "2016/2020"),
        ("去年同期", "previous"),
        ("上半年", "上半年"),
    ],
)
def test_a_time_is_read_with_its_period(text, period):
    [time] = times_in(f"到{text}，全市")
    assert (time.period, time.wrong) == (period, "")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("9月31日", "day"),
        ("9月30日", ""),
        ("2023年2月29日", "day"),
        ("2024年2月29日", ""),
        ("2月29日", ""),
        ("2月30日", "day"),
        ("2022年13月", "month"),
        ("2022—2018年", "span"),
    ],
)
def test_a_time_that_cannot_be_is_known(text, wrong):
    [time] = times_in(f"截至{text}，全市")
    assert time.wrong == wrong


def test_an_english_day_that_cannot_be_is_known():
    assert [time.wrong for time in times_in("As of 31 September 2023, and 30 September 2023")] == ["day", ""]
