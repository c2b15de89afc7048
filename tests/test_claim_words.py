"""How a claim is shown: with its unit, as printed, and recomputed in its own terms."""

from decimal import Decimal

import pytest
from claims_by_hand import FIRST, NATION, pair, rates
from test_wording import plain

from diaoyan.claims import expected_unit, in_stated_terms
from diaoyan.report import Report

ABOVE = {"qualifier": "above"}


@pytest.mark.parametrize(
    ("kind", "unit", "printed", "expected"),
    [
        ("difference", "家", "家", "holds"),
        ("difference", "家", None, "unit_missing"),
        ("difference", "家", "万元", "unit_wrong"),
        ("difference", "家", "%", "unit_wrong"),
        ("difference", "家", "头", "unit_wrong"),
        ("difference", "亿元", "亿元", "holds"),
        ("difference", "亿元", "亿", "unit_missing"),
        ("difference", "亿元", "万", "unit_missing"),
        ("difference", "亿元", None, "unit_missing"),
        ("difference", "亿元", "家", "unit_wrong"),
        ("difference", "%", "百分点", "holds"),
        ("difference", "%", "%", "unit_wrong"),
        ("difference", "%", None, "unit_missing"),
        ("times", "家", "倍", "holds"),
        ("times", "家", "%", "unit_wrong"),
        ("times", "家", None, "unit_missing"),
        ("doublings", "家", "番", "holds"),
        ("doublings", "家", "倍", "unit_wrong"),
        ("growth", "家", "百分点", "unit_wrong"),
    ],
)
def test_a_claim_is_printed_with_its_unit_in_full(verdict, kind, unit, printed, expected):
    stated, new, old = {"difference": ("1", "3", "2"), "times": ("3", "3", "1")}.get(kind, ("1", "2", "1"))
    claim = {"kind": kind, "stated": stated, "stated_unit": printed, "base_period": "2018"}
    assert verdict(claim, *pair(new, old, unit)) == expected


def test_a_first_time_is_shown_in_words(edition, audited):
    wording, wording_en = (Report(edition, language).wording for language in ("zh", "en"))
    one = audited(FIRST, *rates("anyang", y2020="1.9", y2021="2.2", y2022="2.3"), *NATION)
    assert wording.stated(one.claim) == "首次"
    assert wording.recomputed(one.recomputed, one.claim) == "截至当年共有2年如此"
    assert wording_en.recomputed(one.recomputed, one.claim) == "so in 2 of the years up to then"


@pytest.mark.parametrize(
    ("kind", "stated", "shown", "recomputed"),
    # 4130 / 1323 = 3.12: 为…的3.1倍 and 增长2.1倍 say the same.
    [("growth", "2.1", "增长2.1倍", "2.12倍"), ("times", "3.1", "3.1倍", "3.12倍")],
)
def test_a_multiple_is_shown_as_a_multiple_and_not_as_a_percentage(edition, audited, kind, stated, shown, recomputed):
    one = audited({"kind": kind, "stated": stated, "stated_unit": "倍", "base_period": "2018"}, *pair("4130", "1323"))
    wording = Report(edition, "zh").wording
    assert one.verdict == "holds"
    assert wording.stated(one.claim) == shown
    assert wording.recomputed(one.recomputed, one.claim) == recomputed


@pytest.mark.parametrize(
    ("claim", "old", "shown"),
    [
        # 303 ÷ 87 = 3.4828, 3.4828 ^ (1 ÷ 4) = 1.3661.
        ({"kind": "yearly_growth", "stated": "37", "stated_unit": "%"}, "87", ("年均增长37%", "36.61%")),
        ({"kind": "growth", "stated": "248"}, "87", ("248", "248.28%")),
        ({"kind": "growth", "stated": "-72", "stated_unit": "%"}, "1055", ("下降72%", "−71.28%")),
        (
            {"kind": "growth", "stated": "200", "stated_unit": "%", **ABOVE},
            "87",
            ("增长超过200%", "248.28%"),
        ),
        ({"kind": "times", "stated": "3.5"}, "87", ("3.5", "3.48倍")),
        ({"kind": "difference", "stated": "216", "stated_unit": "家"}, "87", ("216家", "216家")),
        (
            {"kind": "difference", "stated": "200", "stated_unit": "家", **ABOVE},
            "87",
            ("超过200家", "216家"),
        ),
    ],
)
def test_a_claim_is_shown_as_printed_and_recomputed_in_its_own_terms(edition, audited, claim, old, shown):
    one = audited({**claim, "base_period": "2018"}, *pair("303", old))
    wording = Report(edition, "zh").wording
    written = wording.stated(one.claim), wording.recomputed(one.recomputed, one.claim)
    assert tuple(map(plain, written)) == shown


@pytest.mark.parametrize(
    ("claim", "unit", "expected"),
    [
        ({"kind": "level"}, "家", "家"),
        ({"kind": "growth", "base_period": "2018"}, "家", "%"),
        ({"kind": "times", "base_period": "2018"}, "家", "倍"),
        ({"kind": "doublings", "base_period": "2018"}, "家", "番"),
        ({"kind": "gap", "base_area": "china"}, "%", "百分点"),
        ({"kind": "level"}, "%", "%"),
        ({"kind": "rank", "base_area": "china"}, "家", ""),
        ({"kind": "count"}, "家", ""),
    ],
)
def test_the_unit_a_claim_should_have_goes_by_its_kind(edition, claim, unit, expected):
    assert expected_unit({**dict.fromkeys(edition.tables["claims"].columns), **claim}, edition.units[unit]) == expected


def test_the_audit_for_programs_gives_results_in_the_unit_stated(edition, audited):
    new, old = pair("13.6", "1.54", "亿元")
    money = audited({"kind": "difference", "stated": "12.06", "stated_unit": "亿元", "base_period": "2018"}, new, old)
    assert in_stated_terms(money.claim, money.recomputed, edition.units) == (Decimal("12.06"), "亿元")
    in_ten_thousands = {"kind": "difference", "stated": "120600", "stated_unit": "万元", "base_period": "2018"}
    money = audited(in_ten_thousands, new, old)
    assert in_stated_terms(money.claim, money.recomputed, edition.units) == (Decimal("120600"), "万元")
    own, other = {"value": "1.78", "unit": "%"}, {"value": "2.54", "unit": "%", "area": "china"}
    claim = {"kind": "gap", "stated": "0.76", "stated_unit": "百分点", "base_area": "china", "direction": "below"}
    gap = audited(claim, own, other)
    assert in_stated_terms(gap.claim, gap.recomputed, edition.units) == (Decimal("0.76"), "百分点")
