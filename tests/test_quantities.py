"""How a language writes an amount: its unit, its decimals, its separators."""

from decimal import Decimal

import pytest

from diaoyan.quantities import Quantity, rounded, shortest, show

MONEY = [
    # Below ten thousand yuan.
    ("0.5", "元", "0.5元", "0.5 yuan"),
    ("1", "元", "1元", "1 yuan"),
    ("9999", "元", "9999元", "9,999 yuan"),
    ("0.5", "万元", "5000元", "5,000 yuan"),
    ("0.9999", "万元", "9999元", "9,999 yuan"),
    # From ten thousand yuan up, 万元.
    ("10000", "元", "1万元", "10,000 yuan"),
    ("12345.6", "元", "1.23456万元", "12,345.6 yuan"),
    ("99.9999", "万元", "99.9999万元", "999,999 yuan"),
    ("100", "万元", "100万元", "1 million yuan"),
    ("2000", "万元", "2000万元", "20 million yuan"),
    ("5985.4", "万元", "5985.4万元", "59.854 million yuan"),
    ("0.2", "亿元", "2000万元", "20 million yuan"),
    ("9999", "万元", "9999万元", "99.99 million yuan"),
    ("9999.99", "万元", "9999.99万元", "99.9999 million yuan"),
    # From a hundred million yuan up, 亿元; from a thousand million up, billions.
    ("10000", "万元", "1亿元", "100 million yuan"),
    ("10000.0", "万元", "1亿元", "100 million yuan"),
    ("10001", "万元", "1.0001亿元", "100.01 million yuan"),
    ("1.54", "亿元", "1.54亿元", "154 million yuan"),
    ("2", "亿元", "2亿元", "200 million yuan"),
    ("9.999999", "亿元", "9.999999亿元", "999.9999 million yuan"),
    ("10", "亿元", "10亿元", "1 billion yuan"),
    ("13.6", "亿元", "13.6亿元", "1.36 billion yuan"),
    ("149.7", "亿元", "149.7亿元", "14.97 billion yuan"),
    ("12345.6", "亿元", "12345.6亿元", "1,234.56 billion yuan"),
    # A loss goes by its size.
    ("-2000", "万元", "-2000万元", "-20 million yuan"),
    ("-2", "亿元", "-2亿元", "-200 million yuan"),
    ("0", "万元", "0元", "0 yuan"),
]
OTHERS = [
    ("303", "家", "303家", "303"),
    ("1", "家", "1家", "1"),
    ("2", "次", "2次", "2"),
    ("1170", "家", "1170家", "1,170"),
    ("1234567", "名", "1234567名", "1,234,567"),
    # Whole thousands from ten thousand up are written with 万.
    ("9000", "家", "9000家", "9,000"),
    ("9999", "家", "9999家", "9,999"),
    ("10000", "家", "1万家", "10,000"),
    ("10001", "家", "10001家", "10,001"),
    ("10500", "家", "10500家", "10,500"),
    ("11000", "家", "1.1万家", "11,000"),
    ("22000", "家", "2.2万家", "22,000"),
    ("1000000", "家", "100万家", "1,000,000"),
    ("1.78", "%", "1.78%", "1.78%"),
    ("1.80", "%", "1.80%", "1.80%"),
    ("0.76", "百分点", "0.76个百分点", "0.76 percentage points"),
    ("1", "百分点", "1个百分点", "1 percentage point"),
    ("1.00", "百分点", "1.00个百分点", "1.00 percentage points"),
    ("2", "位", "2位", "2 places"),
    ("1", "位", "1位", "1 place"),
]
# What the table prints stays as printed, zeros and all, where the unit stays the same.
AS_PRINTED = [
    ("1.50", "亿元", "1.50亿元", "150 million yuan"),
    ("20.00", "万元", "20.00万元", "200,000 yuan"),
    ("303.0", "家", "303.0家", "303.0"),
    ("2.40", "%", "2.40%", "2.40%"),
]


@pytest.mark.parametrize(("value", "unit", "chinese", "english"), MONEY + OTHERS + AS_PRINTED)
def test_an_amount_is_written_in_the_unit_people_use(edition, zh, en, value, unit, chinese, english):
    quantity = Quantity(Decimal(value), edition.units[unit])
    assert show(quantity, zh) == chinese
    assert show(quantity, en) == english


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("0.05", 1, "0.1"),
        ("0.15", 1, "0.2"),
        ("0.25", 1, "0.3"),
        ("0.2499", 1, "0.2"),
        ("3.4827586", 1, "3.5"),
        ("3.4827586", 2, "3.48"),
        ("-0.05", 1, "-0.1"),
        ("2.5", 0, "3"),
        ("188.265", 0, "188"),
        ("2", 1, "2.0"),
    ],
)
def test_rounding_is_half_up_away_from_zero(value, decimals, expected):
    assert str(rounded(Decimal(value), decimals)) == expected


def test_a_lower_bound_is_rounded_down_and_an_upper_bound_up():
    assert str(rounded(Decimal("6.68"), 1, "lower")) == "6.6"
    assert str(rounded(Decimal("6.61"), 1, "upper")) == "6.7"
    assert str(rounded(Decimal("6.6"), 1, "lower")) == str(rounded(Decimal("6.6"), 1, "upper")) == "6.6"


def test_the_shortest_form_has_no_zeros_after_the_point_and_keeps_those_before_it():
    assert [f"{shortest(Decimal(value)):f}" for value in ("10.0", "200", "1.50", "0.0")] == ["10", "200", "1.5", "0"]


def test_a_quantity_in_base_units_is_exact(edition):
    assert Quantity(Decimal("1.54"), edition.units["亿元"]).in_base == 154_000_000
    assert Quantity(Decimal("5985.4"), edition.units["万元"]).in_base == 59_854_000
    assert Quantity(Decimal("1.50"), edition.units["亿元"]).decimals == 2
    assert Quantity(Decimal("2000"), edition.units["万元"]).decimals == 0
