"""The wording rules, on both sides of every threshold; `r` is new / old."""

from decimal import Decimal

import pytest

from diaoyan.phrases import change, difference, doublings, gap, rank, share

ABOVE, BELOW, NEAR, TARGET = "above", "below", "near", "target"


def said(phrase):
    """A phrase as its key, with the number it carries."""
    number = phrase.doublings if phrase.doublings is not None else phrase.number
    return phrase.key if number is None else (phrase.key, str(number))


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        ("1.7999", None),
        ("1.8", ("nearly_doublings", 1)),
        ("1.9999", ("nearly_doublings", 1)),
        ("2", ("doublings", 1)),
        ("2.3", ("doublings", 1)),
        ("2.3001", None),
        ("3.5999", None),
        ("3.6", ("nearly_doublings", 2)),
        ("3.9999", ("nearly_doublings", 2)),
        ("4", ("doublings", 2)),
        ("4.6", ("doublings", 2)),
        ("4.6001", None),
        ("7.1999", None),
        ("7.2", ("nearly_doublings", 3)),
        ("7.9999", ("nearly_doublings", 3)),
        ("8", ("doublings", 3)),
        ("9.2", ("doublings", 3)),
        ("9.2001", None),
        ("57.6", ("nearly_doublings", 6)),
        ("64", ("doublings", 6)),
        ("73.6", ("doublings", 6)),
        ("128", None),
        ("0.25", None),
        ("0.5", None),
        ("1", None),
    ],
)
def test_doublings_are_said_from_ten_per_cent_below_to_fifteen_above_a_power_of_two(ratio, expected):
    assert doublings(Decimal(ratio)) == expected


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        # Growth in per cent below the double.
        ("179", "100", ("growth", "79.0")),
        ("110", "100", ("growth", "10.0")),
        ("1005", "1000", ("growth", "0.5")),
        # 12.25 % and 12.35 %: half up, not to even.
        ("4490", "4000", ("growth", "12.3")),
        ("2247", "2000", ("growth", "12.4")),
        # From the double up a multiple, unless it is doublings.
        ("180", "100", ("nearly_doublings", "1")),
        ("200", "100", ("doublings", "1")),
        ("230", "100", ("doublings", "1")),
        ("2301", "1000", ("times.count", "2.3")),
        ("300", "100", ("times.count", "3")),
        ("303", "87", ("times.count", "3.5")),
        ("565", "196", ("times.count", "2.9")),
        ("207", "55", ("nearly_doublings", "2")),
        ("400", "100", ("doublings", "2")),
        ("460", "100", ("doublings", "2")),
        ("461", "100", ("times.count", "4.6")),
        ("1000", "100", ("times.count", "10")),
        # 9.96 is ten when rounded, and not exactly ten.
        ("996", "100", ("times.count", "10.0")),
    ],
)
def test_growth_is_in_per_cent_below_the_double_and_a_multiple_or_doublings_from_there(fact, new, old, expected):
    assert said(change(fact(new), fact(old))) == expected


def test_high_tech_enterprises_are_three_and_a_half_times_as_many_and_never_two_doublings(edition):
    new, old = (edition.facts.get("high_tech_enterprises", "anyang", year) for year in ("2022", "2018"))
    assert said(change(new, old)) == ("times.count", "3.5")
    assert change(new, old).doublings is None


def test_amounts_are_compared_in_the_same_unit_whatever_unit_they_are_printed_in(fact):
    assert said(change(fact("2", "亿元"), fact("2000", "万元"))) == ("times.money", "10")
    assert said(change(fact("13.6", "亿元"), fact("1.54", "亿元"))) == ("doublings", "3")
    assert said(change(fact("10000", "万元"), fact("1.00", "亿元"))) == "unchanged"


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        ("99", "100", ("decline", "1.0")),
        ("50", "100", ("decline", "50.0")),
        # A quarter is neither minus two doublings nor four times less.
        ("25", "100", ("decline", "75.0")),
        ("0", "100", ("decline", "100.0")),
    ],
)
def test_a_decline_is_always_in_per_cent(fact, new, old, expected):
    assert said(change(fact(new), fact(old))) == expected


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        ("100", "100", "unchanged"),
        ("100.0", "100", "unchanged"),
        ("100049", "100000", "almost_unchanged"),
        ("100050", "100000", ("growth", "0.1")),
        ("99951", "100000", "almost_unchanged"),
        ("99950", "100000", ("decline", "0.1")),
        ("0", "0", "unchanged"),
    ],
)
def test_no_change_and_hardly_any_are_said_so(fact, new, old, expected):
    assert said(change(fact(new), fact(old))) == expected


def test_a_missing_value_a_missing_base_and_a_base_of_zero_are_said_so(fact):
    assert said(change(None, fact("87"))) == "no_value"
    assert said(change(fact("303"), None)) == "no_base"
    assert said(change(fact("303"), fact("0"))) == "zero_base"
    assert said(difference(None, fact("87"))) == "no_value"
    assert said(difference(fact("303"), None)) == "no_base"
    # A difference needs no ratio: from zero it can be told.
    assert said(difference(fact("303"), fact("0"))) == ("increase", "303")
    assert said(gap(None, fact("1"))) == "no_value"
    assert said(gap(fact("1"), None)) == "no_benchmark"


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        ("1.78", "1.54", ("points_up", "0.24")),
        ("2.50", "2.54", ("points_down", "0.04")),
        ("4.0", "1.0", ("points_up", "3.0")),
        ("1.0", "4.0", ("points_down", "3.0")),
        ("1.86", "1.86", "unchanged"),
        ("1.86", "0", ("points_up", "1.86")),
    ],
)
def test_percentages_change_by_points_and_never_by_multiples(fact, new, old, expected):
    assert said(change(fact(new, "%"), fact(old, "%"))) == expected
    assert said(difference(fact(new, "%"), fact(old, "%"))) == expected


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        # More than 1000 against 149.7 is more than 6.68 times: 6.6, for 6.7 might be too much.
        (("1000", ABOVE), ("149.7", None), ("times_above.count", "6.6")),
        (("1000", ABOVE), ("100", None), ("times_above.count", "10")),
        (("200", ABOVE), ("100", None), ("times_above.count", "2")),
        # 400 would be two doublings; more than 400 is not.
        (("400", ABOVE), ("100", None), ("times_above.count", "4")),
        (("1999", ABOVE), ("1000", None), ("growth_above", "99.9")),
        # 33.37 % is more than 33.3 %.
        (("13337", ABOVE), ("10000", None), ("growth_above", "33.3")),
        (("100", ABOVE), ("100", None), "growth_some"),
        (("100049", ABOVE), ("100000", None), "growth_some"),
        # More than 90 may be more or less than 100.
        (("90", ABOVE), ("100", None), "not_comparable"),
        (("210", BELOW), ("100", None), ("times_below.count", "2.1")),
        # Fewer than 6.61 times is fewer than 6.7 times.
        (("661", BELOW), ("100", None), ("times_below.count", "6.7")),
        (("150", BELOW), ("100", None), "not_comparable"),
        (("100", BELOW), ("100", None), "decline_some"),
        (("7777", BELOW), ("10000", None), ("decline_above", "22.2")),
        (("300", NEAR), ("100", None), ("times_below.count", "3")),
        (("90", NEAR), ("100", None), ("decline_above", "10.0")),
        # A bound in the base turns round.
        (("300", None), ("100", ABOVE), ("times_below.count", "3")),
        (("300", None), ("100", BELOW), ("times_above.count", "3")),
        (("300", None), ("100", NEAR), ("times_above.count", "3")),
        # Two bounds say something only when they push the same way.
        (("300", ABOVE), ("100", BELOW), ("times_above.count", "3")),
        (("300", BELOW), ("100", ABOVE), ("times_below.count", "3")),
        (("300", ABOVE), ("100", ABOVE), "not_comparable"),
        (("300", BELOW), ("100", NEAR), "not_comparable"),
        # A target is a value.
        (("530", TARGET), ("303", None), ("growth", "74.9")),
    ],
)
def test_bounds_give_inequalities_only_rounded_to_the_side_on_which_they_hold(fact, new, old, expected):
    phrase = change(fact(new[0], qualifier=new[1]), fact(old[0], qualifier=old[1]))
    assert said(phrase) == expected
    assert phrase.doublings is None


@pytest.mark.parametrize(
    ("new", "old", "expected"),
    [
        (("207", None), ("55", None), ("increase", "152")),
        (("55", None), ("207", None), ("decrease", "152")),
        (("55", None), ("55", None), "unchanged"),
        (("207", ABOVE), ("55", None), ("increase_above", "152")),
        (("55", ABOVE), ("55", None), "increase_some"),
        (("54", ABOVE), ("55", None), "not_comparable"),
        (("50", BELOW), ("55", None), ("decrease_above", "5")),
        (("55", NEAR), ("55", None), "decrease_some"),
        (("60", BELOW), ("55", None), "not_comparable"),
        (("60", ABOVE), ("55", ABOVE), "not_comparable"),
    ],
)
def test_a_difference_is_an_amount_and_of_bounds_only_what_they_prove(fact, new, old, expected):
    assert said(difference(fact(new[0], qualifier=new[1]), fact(old[0], qualifier=old[1]))) == expected


def test_a_difference_of_money_is_in_yuan(fact):
    assert said(difference(fact("2", "亿元"), fact("2000", "万元"))) == ("increase", "180000000")


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        (("1.78", "%", None), ("2.54", "%", None), ("below_points", "0.76")),
        (("1.78", "%", None), ("1.86", "%", None), ("below_points", "0.08")),
        (("2.60", "%", None), ("2.54", "%", None), ("above_points", "0.06")),
        (("2.54", "%", None), ("2.54", "%", None), "equal"),
        (("303", "家", None), ("87", "家", None), ("above", "216")),
        (("87", "家", None), ("303", "家", None), ("below", "216")),
        (("303", "家", None), ("10000", "家", ABOVE), ("below_above", "9697")),
        (("303", "家", None), ("300", "家", ABOVE), "not_comparable"),
        (("303", "家", None), ("303", "家", ABOVE), "below_some"),
        (("2", "%", None), ("2", "%", BELOW), "above_points_some"),
        (("3", "%", None), ("2", "%", BELOW), ("above_points_above", "1")),
        (("3", "%", ABOVE), ("2", "%", ABOVE), "not_comparable"),
    ],
)
def test_a_gap_says_which_side_and_how_far(fact, own, other, expected):
    assert said(gap(fact(*own), fact(*other))) == expected


def test_numbers_below_zero_have_a_difference_but_no_ratio(fact):
    assert said(change(fact("5"), fact("-2"))) == "not_comparable"
    assert said(change(fact("-5"), fact("2"))) == "not_comparable"
    assert said(difference(fact("5"), fact("-2"))) == ("increase", "7")


def test_a_place_in_a_ranking_moves_by_places_and_never_by_multiples(fact):
    assert said(change(fact("6", "位"), fact("2", "位"))) == ("increase", "4")
    assert said(change(fact("2", "位"), fact("3", "位"))) == ("decrease", "1")


@pytest.mark.parametrize(
    ("own", "key", "place"),
    # Two of 5, one of 3: the next after two that share the first place is third.
    [("5", "rank_joint", "1"), ("3", "rank", "3"), ("2.9", "rank_joint", "4")],
)
def test_areas_with_the_same_value_share_a_place(fact, own, key, place):
    fellows = [fact(value, "%") for value in ("5", "5.0", "3", "2.9", "2.90")]
    assert said(rank(fact(own, "%"), fellows)) == (key, place)


@pytest.mark.parametrize(("part", "shown"), [("50", "0.5"), ("5", "0.1"), ("4", "0.04"), ("1", "0.01"), ("0", "0.0")])
def test_a_small_share_is_never_nothing(fact, part, shown):
    # 5 of 10,000 are 0.05 %, which is 0.1 with one decimal; 4 would be none.
    assert str(share(fact(part), fact("10000")).number) == shown
