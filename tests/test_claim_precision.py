"""Where the verdict on a value turns: doublings, decimals printed, units of money, qualifiers, bounds."""

import pytest
from claims_by_hand import pair


@pytest.mark.parametrize(
    ("ratio", "count", "expected"),
    [
        ("1.9999", 1, "overstated"),
        ("2", 1, "holds"),
        ("2.9999", 1, "holds"),
        ("3", 1, "understated"),
        ("3.9999", 2, "overstated"),
        ("4", 2, "holds"),
        ("5.9999", 2, "holds"),
        ("6", 2, "understated"),
        ("7.9999", 3, "overstated"),
        ("8", 3, "holds"),
        ("11.9999", 3, "holds"),
        ("12", 3, "understated"),
    ],
)
def test_doublings_hold_from_the_power_of_two_to_half_as_much_again(verdict, ratio, count, expected):
    claim = {"kind": "doublings", "stated": str(count), "stated_unit": "番", "base_period": "2018"}
    assert verdict(claim, *pair(ratio, "1")) == expected


@pytest.mark.parametrize(
    ("ratio", "count", "expected"),
    [
        ("1.7999", 1, "overstated"),
        ("1.8", 1, "holds"),
        ("1.9999", 1, "holds"),
        ("2", 1, "understated"),
        ("3.5999", 2, "overstated"),
        ("3.6", 2, "holds"),
        ("3.9999", 2, "holds"),
        ("4", 2, "understated"),
        ("7.1999", 3, "overstated"),
        ("7.2", 3, "holds"),
    ],
)
def test_nearly_doublings_hold_from_ten_per_cent_below_the_power_of_two(verdict, ratio, count, expected):
    claim = {"kind": "doublings", "stated": str(count), "stated_unit": "番", "base_period": "2018", "qualifier": "near"}
    assert verdict(claim, *pair(ratio, "1")) == expected


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("287499", "overstated"),
        ("287500", "holds"),
        ("288000", "holds"),
        ("288500", "holds"),
        ("288501", "understated"),
        ("99999", "contradicted"),
        ("100000", "overstated"),
    ],
)
def test_growth_of_188_per_cent_holds_from_187_and_a_half_to_188_and_a_half(verdict, new, expected):
    claim = {"kind": "growth", "stated": "188", "stated_unit": "%", "base_period": "2018"}
    assert verdict(claim, *pair(new, "100000")) == expected


@pytest.mark.parametrize(
    ("stated", "new", "expected"),
    [("188.0", "28795", "holds"), ("188.0", "28794", "overstated"), ("188.0", "28806", "understated")],
)
def test_each_decimal_printed_narrows_what_holds(verdict, stated, new, expected):
    claim = {"kind": "growth", "stated": stated, "stated_unit": "%", "base_period": "2018"}
    assert verdict(claim, *pair(new, "10000")) == expected


def test_growth_by_k_times_is_one_less_than_k_times(verdict):
    growth = {"kind": "growth", "stated_unit": "倍", "base_period": "2018"}
    times = {"kind": "times", "stated_unit": "倍", "base_period": "2018"}
    assert verdict({**growth, "stated": "2.5"}, *pair("350", "100")) == "holds"
    assert verdict({**growth, "stated": "3.5"}, *pair("350", "100")) == "overstated"
    assert verdict({**times, "stated": "3.5"}, *pair("350", "100")) == "holds"
    assert verdict({**times, "stated": "2.5"}, *pair("350", "100")) == "understated"


@pytest.mark.parametrize(("new", "expected"), [("206", "overstated"), ("207", "holds"), ("208", "understated")])
def test_a_difference_of_whole_things_holds_for_that_number_only(verdict, new, expected):
    claim = {"kind": "difference", "stated": "152", "stated_unit": "家", "base_period": "2018"}
    assert verdict(claim, *pair(new, "55")) == expected


@pytest.mark.parametrize(
    ("stated", "unit", "expected"),
    [
        ("1.8", "亿元", "holds"),
        ("18000", "万元", "holds"),
        ("1.9", "亿元", "overstated"),
        ("1.7", "亿元", "understated"),
        # Within half of the last digit printed, counted in the unit printed.
        ("2", "亿元", "holds"),
    ],
)
def test_money_is_compared_across_units(verdict, stated, unit, expected):
    claim = {"kind": "difference", "stated": stated, "stated_unit": unit, "base_period": "2018"}
    old = {"value": "2000", "unit": "万元", "period": "2018"}
    assert verdict(claim, {"value": "2", "unit": "亿元"}, old) == expected


def test_a_stated_nought_of_money_has_the_precision_of_its_unit(verdict):
    claim = {"kind": "difference", "stated": "0.0", "stated_unit": "亿元", "base_period": "2018"}
    assert verdict(claim, *pair("2.04", "2", "亿元")) == "holds"
    assert verdict(claim, *pair("2.06", "2", "亿元")) == "understated"


@pytest.mark.parametrize(
    ("qualifier", "new", "expected"),
    [
        ("above", "207", "overstated"),
        ("above", "208", "holds"),
        ("below", "207", "understated"),
        ("below", "206", "holds"),
        # Nearly 152: from 136.8 up to, not including, 152.
        ("near", "191", "overstated"),
        ("near", "192", "holds"),
        ("near", "206", "holds"),
        ("near", "207", "understated"),
    ],
)
def test_more_than_fewer_than_and_nearly_are_taken_at_their_word(verdict, qualifier, new, expected):
    claim = {"kind": "difference", "stated": "152", "stated_unit": "家", "base_period": "2018", "qualifier": qualifier}
    assert verdict(claim, *pair(new, "55")) == expected


def test_a_level_in_another_unit_of_money_is_the_same_level(verdict):
    claim = {"kind": "level", "stated": "2", "stated_unit": "亿元"}
    assert verdict(claim, {"value": "20000", "unit": "万元"}) == "holds"
    assert verdict(claim, {"value": "2000", "unit": "万元"}) == "contradicted"


def test_a_growth_claimed_where_there_was_decline_is_contradicted_and_so_is_the_reverse(verdict):
    claim = {"kind": "growth", "stated_unit": "%", "base_period": "2018"}
    assert verdict({**claim, "stated": "5"}, *pair("95", "100")) == "contradicted"
    assert verdict({**claim, "stated": "-5"}, *pair("105", "100")) == "contradicted"
    assert verdict({**claim, "stated": "-5"}, *pair("95", "100")) == "holds"


def test_a_bound_below_another_area_is_turned_with_the_gap(verdict):
    claim = {"kind": "gap", "stated_unit": "家", "base_area": "henan", "direction": "below"}
    own, other = {"value": "303"}, {"area": "henan", "value": "10000", "qualifier": "above"}
    assert verdict({**claim, "stated": "9000", "qualifier": "above"}, own, other) == "approximate"
    assert verdict({**claim, "stated": "10000", "qualifier": "below"}, own, other) == "not_recomputable"


def test_a_bound_that_leaves_no_room_for_a_claim_refutes_it(verdict):
    above = {"value": "10000", "qualifier": "above"}
    assert verdict({"kind": "level", "stated": "9000", "stated_unit": "家"}, above) == "contradicted"
    assert verdict({"kind": "level", "stated": "11000", "stated_unit": "家"}, above) == "not_recomputable"
    doublings = {"kind": "doublings", "stated": "2", "stated_unit": "番", "base_period": "2018"}
    assert verdict(doublings, above, {"value": "100", "period": "2018"}) == "understated"
    assert verdict(doublings, above, {"value": "2600", "period": "2018"}) == "not_recomputable"


def test_a_wrong_value_weighs_more_than_a_missing_unit(verdict):
    claim = {"kind": "difference", "base_period": "2018"}
    assert verdict({**claim, "stated": "999"}, *pair("207", "55")) == "overstated"
    assert verdict({**claim, "stated": "152"}, *pair("207", "55")) == "unit_missing"


@pytest.mark.parametrize(
    ("qualifier", "stated", "expected"),
    [
        ("above", "5", "approximate"),
        ("above", "11", "not_recomputable"),
        (None, "10", "not_recomputable"),
        ("below", "20", "not_recomputable"),
    ],
)
def test_a_figure_that_is_only_a_bound_can_support_an_inequality_at_most(verdict, qualifier, stated, expected):
    claim = {"kind": "times", "stated": stated, "stated_unit": "倍", "base_period": "2018", "qualifier": qualifier}
    new, old = pair("1000", "100")
    assert verdict(claim, {**new, "qualifier": "above"}, old) == expected


def test_doublings_of_a_bound_cannot_be_recomputed(verdict):
    claim = {"kind": "doublings", "stated": "2", "stated_unit": "番", "base_period": "2018"}
    new, old = pair("450", "100")
    assert verdict(claim, new, old) == "holds"
    assert verdict(claim, {**new, "qualifier": "above"}, old) == "not_recomputable"
