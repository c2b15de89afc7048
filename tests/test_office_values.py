"""What offices type is understood, and what cannot be is left as it was."""

from datetime import datetime

import pytest

from diaoyan.office_values import Amount, amount, as_typed, is_missing, period, tidy, with_unit

UNITS = {"家": "count", "元": "money", "万元": "money", "亿元": "money", "%": "percent", "百分点": "percentage_point"}


@pytest.mark.parametrize(
    ("typed", "digits", "unit"),
    [
        ("303", "303", ""),
        (" ３０３ ", "303", ""),
        ("1,170", "1170", ""),
        ("１，１７０．５", "1170.5", ""),
        ("19.30", "19.30", ""),
        ("1.54亿元", "1.54", "亿元"),
        ("1.54 亿", "1.54", "亿"),
        ("2.2万家", "2.2", "万家"),
        ("1.78%", "1.78", "%"),
        ("１.７８％", "1.78", "%"),
        ("−0.5", "-0.5", ""),
        ("－5", "-5", ""),
        ("+5", "5", ""),
        ("0.24个百分点", "0.24", "个百分点"),
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed, digits, unit):
    assert amount(typed) == Amount(digits, unit)


@pytest.mark.parametrize("typed", ["", "—", "3O3", "1,17", "1,1700", "12 13", "2018-2022", "约300", "1.2.3", "二十"])
def test_what_is_no_number_is_none(typed):
    assert amount(typed) is None


@pytest.mark.parametrize(
    ("typed", "unit", "expected"),
    [
        ("303", "家", ("303", "家")),
        ("303家", "家", ("303", "家")),
        ("303家", "", ("303", "家")),
        ("1.54亿元", "亿元", ("1.54", "亿元")),
        ("1.54亿元", "", ("1.54", "亿元")),
        ("1.54亿", "元", ("1.54", "亿元")),
        ("1.54亿", "亿元", ("1.54", "亿元")),
        ("1.54亿元", "元", ("1.54", "亿元")),
        ("2.2万", "家", ("22000", "家")),
        ("2.2万家", "家", ("22000", "家")),
        ("2.2万家", "", ("22000", "家")),
        ("1.78%", "%", ("1.78", "%")),
        ("0.24个百分点", "百分点", ("0.24", "百分点")),
        # One says 亿元, the other 万元: nobody can know which is meant.
        ("1.54亿元", "万元", None),
        ("1.54亿", "万元", None),
        ("303名", "家", None),
        ("1.78%", "家", None),
        ("2.2万", "", None),
        ("2.2万", "%", None),
    ],
)
def test_a_unit_typed_behind_a_number_agrees_with_the_column_or_not(typed, unit, expected):
    assert with_unit(amount(typed), unit, UNITS) == expected


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "—", "——", "－", "-", "/", "／", "–", "…", "无", "N/A", "\u200b"])
def test_a_dash_a_stroke_and_a_blank_are_nothing(typed):
    assert is_missing(typed)


@pytest.mark.parametrize("typed", ["0", "-1", "无锡", "a/b"])
def test_zero_and_words_are_something(typed):
    assert not is_missing(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2022", "2022"),
        ("２０２２年", "2022"),
        ("2022年末", "2022"),
        ("2023年6月", "2023-06"),
        ("2023/6", "2023-06"),
        ("2023.06", "2023-06"),
        ("2023年6月15日", "2023-06-15"),
        ("2023/6/15", "2023-06-15"),
        ("2023-06-15 00:00:00", "2023-06-15"),
        ("2020年以来", "2020/"),
        ("2020/", "2020/"),
        ("2018-2022", "2018/2022"),
        ("2018—2022年", "2018/2022"),
        ("2018/2022", "2018/2022"),
        # Not understood, and a fault of the table: as typed.
        ("2022年13月", "2022年13月"),
        ("去年", "去年"),
        ("2203", "2203"),
        ("2023-06-31", "2023-06-31"),
    ],
)
def test_a_time_is_understood_however_it_is_typed(typed, expected):
    assert period(typed) == expected


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (303.0, "General", "303"),
        (303, "General", "303"),
        (13.6, "0.00", "13.60"),
        (2019.1, "0.00", "2019.10"),
        (13.65, "0.0", "13.65"),
        (1170.5, "#,##0.00", "1170.50"),
        (1e15, "General", "1000000000000000"),
        (1e30, "General", f"1{'0' * 30}"),
        (1e30, "0.00", f"1{'0' * 30}.00"),
        (float("inf"), "0.00", "inf"),
        (1.5e-7, "General", "0.00000015"),
        (0.0178, "0.00%", "1.78%"),
        (0.1 + 0.2, "0%", "30%"),
        (datetime(2023, 6, 15), "yyyy-mm-dd", "2023-06-15"),
        (datetime(2023, 6, 1), "mmm-yy", "2023-06"),
        (datetime(2023, 6, 1), 'yyyy"年"m"月"', "2023-06"),
        (datetime(2023, 6, 15), 'yyyy"年"m"月"d"日"', "2023-06-15"),
        (datetime(2023, 1, 1), "yyyy", "2023"),
        (None, "General", ""),
        ("=1+1", "@", "=1+1"),
    ],
)
def test_the_value_of_a_cell_is_what_its_reader_sees(value, number_format, expected):
    assert as_typed(value, number_format) == expected


def test_a_text_keeps_its_lines_and_loses_the_blanks_around_it():
    assert tidy(" 一\r\n二\u3000") == "一\n二"


def test_marks_that_were_pasted_unseen_are_no_part_of_a_text_and_joiners_are():
    assert tidy("\ufeff\u200e四\u200b通\u00ad集\u2060团\u200f ") == "四通集团"
    assert tidy("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"
