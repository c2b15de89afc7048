"""What each kind of claim is recomputed from, and what keeps it from being recomputed."""

import pytest
from claims_by_hand import FIRST, NATION, of_parts, pair, provinces, rates

from diaoyan.recomputation import RULES


def test_a_level_is_never_evidence_for_itself(audited):
    claim = {"kind": "level", "stated": "600", "stated_unit": "家"}
    own = audited(claim, {"value": "600", "source": "anyang-2023"})
    assert (own.verdict, own.recomputed.missing) == ("not_recomputable", "independent_source")
    assert own.recomputed.value is None
    assert audited(claim, {"value": "600"}).verdict == "holds"
    assert audited(claim, {"value": "601"}).verdict == "contradicted"


@pytest.mark.parametrize(
    ("direction", "other", "expected"),
    [
        ("below", "2.54", "holds"),
        ("below", "2.545", "holds"),
        ("below", "2.5451", "understated"),
        ("below", "2.535", "holds"),
        ("below", "2.5349", "overstated"),
        # Above it, not below.
        ("below", "1.02", "contradicted"),
        ("above", "1.02", "holds"),
        ("above", "2.54", "contradicted"),
        ("below", "1.78", "overstated"),
    ],
)
def test_a_gap_has_a_direction_and_the_precision_it_is_printed_with(verdict, direction, other, expected):
    claim = {"kind": "gap", "stated": "0.76", "stated_unit": "百分点", "base_area": "china", "direction": direction}
    nation = {"area": "china", "value": other, "unit": "%"}
    assert verdict(claim, {"value": "1.78", "unit": "%"}, nation) == expected


def test_a_gap_to_an_area_without_a_figure_cannot_be_recomputed(audited):
    claim = {"kind": "gap", "stated": "0.76", "stated_unit": "百分点", "base_area": "china", "direction": "below"}
    found = audited(claim, {"value": "1.78", "unit": "%"})
    assert (found.verdict, found.recomputed.missing) == ("not_recomputable", "base")


def test_a_share_is_of_another_area(verdict):
    claim = {"kind": "share", "stated": "3.0", "stated_unit": "%", "base_area": "henan"}
    assert verdict(claim, {"value": "303"}, {"area": "henan", "value": "10000"}) == "holds"
    assert verdict(claim, {"value": "306"}, {"area": "henan", "value": "10000"}) == "understated"
    assert verdict(claim, {"value": "294"}, {"area": "henan", "value": "10000"}) == "overstated"


@pytest.mark.parametrize("kind", ["growth", "times", "doublings"])
def test_a_base_of_zero_or_less_cannot_be_multiplied(audited, kind):
    unit = {"growth": "%", "times": "倍", "doublings": "番"}[kind]
    for base in ("0", "-5"):
        claim = {"kind": kind, "stated": "2", "stated_unit": unit, "base_period": "2018"}
        found = audited(claim, *pair("303", base))
        assert (found.verdict, found.recomputed.missing) == ("not_recomputable", "positive_base")


def test_a_sum_is_that_of_its_parts_when_all_of_them_are_known(audited):
    claim = {"kind": "sum", "stated": "5985.4", "stated_unit": "万元"}
    total = {"value": "5985.4", "unit": "万元", "source": "anyang-2023"}
    exact = audited(claim, total, *of_parts("1000", "2000", "985.4", "1500", "500"))
    assert exact.verdict == "holds"
    assert len(exact.recomputed.facts) == 5
    assert audited(claim, total, *of_parts("1000", "2000", "985.6", "1500", "500")).verdict == "contradicted"
    incomplete = audited(claim, total, *of_parts("1000", "2000", "985.4", "2000", None))
    assert (incomplete.verdict, incomplete.recomputed.missing) == ("not_recomputable", "parts")
    assert audited(claim, total).verdict == "not_recomputable"


def test_a_sum_needs_all_parts_to_be_listed(audited):
    claim = {"kind": "sum", "stated": "5000", "stated_unit": "万元"}
    total = {"value": "5000", "unit": "万元", "source": "anyang-2023"}
    parts = of_parts("1000", "1000", "1000", "1000", "1000")
    for members in (None, 9):
        found = audited(claim, total, *parts, members=members)
        assert (found.verdict, found.recomputed.missing) == ("not_recomputable", "parts")


def test_a_sum_with_a_part_that_is_only_a_bound_is_a_bound(verdict):
    claim = {"kind": "sum", "stated": "5000", "stated_unit": "万元"}
    total = {"value": "5000", "unit": "万元", "source": "anyang-2023"}
    parts = of_parts("1000", "1000", "1000", "1000", "1000")
    parts[0]["qualifier"] = "above"
    assert verdict(claim, total, *parts) == "not_recomputable"
    assert verdict({**claim, "qualifier": "above"}, total, *parts) == "approximate"
    parts[1]["qualifier"] = "below"
    assert verdict({**claim, "qualifier": "above"}, total, *parts) == "not_recomputable"


def test_a_count_is_of_the_areas_that_have_a_figure(verdict):
    claim = {"kind": "count", "stated": "4", "stated_unit": "个"}
    total = {"value": "1", "source": "anyang-2023"}
    assert verdict(claim, total, *of_parts("1", "1", "1", "1", None)) == "holds"
    assert verdict(claim, total, *of_parts("1", "1", "1", "1", "1")) == "contradicted"


def test_a_rank_needs_the_figures_of_all_its_members(edition, audited):
    claim = {"kind": "rank", "stated": "2", "area": "henan", "base_area": "china"}
    rows = provinces(edition, {}, henan="5", beijing="6")
    ranked = audited(claim, *rows)
    assert ranked.verdict == "holds"
    assert len(ranked.recomputed.facts) == 31
    assert ranked.recomputed.facts[0].area == "henan"
    assert audited({**claim, "stated": "1"}, *rows).verdict == "contradicted"
    # Two that are equal share a place.
    assert audited(claim, *provinces(edition, {}, henan="5", beijing="5")).verdict == "contradicted"
    without_one = audited(claim, *[row for row in rows if row["area"] != "tibet"])
    assert (without_one.verdict, without_one.recomputed.missing) == ("not_recomputable", "other_areas")


def test_a_rank_among_bounds_is_none(edition, verdict):
    claim = {"kind": "rank", "stated": "2", "area": "henan", "base_area": "china"}
    rows = provinces(edition, {}, henan="5", beijing="6")
    rows[3]["qualifier"] = "above"
    assert verdict(claim, *rows) == "not_recomputable"


def test_a_rank_by_growth_goes_by_growth(edition, audited):
    claim = {"kind": "rank", "stated": "1", "area": "henan", "base_area": "china", "base_period": "2021"}
    new = provinces(edition, {}, henan="5", beijing="60")
    old = provinces(edition, {"period": "2021"}, henan="1", beijing="50")
    ranked = audited(claim, *new, *old)
    assert ranked.verdict == "holds"
    assert [fact.area for fact in ranked.recomputed.facts[:3]].count("henan") == 2
    assert audited(claim, *new).verdict == "not_recomputable"
    zero = provinces(edition, {"period": "2021"}, henan="0")
    assert audited(claim, *new, *zero).verdict == "not_recomputable"


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"y2020": "1.9", "y2021": "2.1", "y2022": "2.3"}, ("holds", 1, None)),
        ({"y2020": "1.9", "y2021": "2.2", "y2022": "2.3"}, ("contradicted", 2, None)),
        # An earlier time is enough, whatever is missing.
        ({"y2020": "2.1", "y2022": "2.3"}, ("contradicted", 2, None)),
        # It is not so at all: level is not above.
        ({"y2020": "1.9", "y2021": "2.1", "y2022": "2.2"}, ("contradicted", 0, None)),
        # Nor is it where it was so once and is no more.
        ({"y2020": "2.1", "y2021": "2.0", "y2022": "2.1"}, ("contradicted", 0, None)),
        ({"y2020": "1.9", "y2022": "2.3"}, ("not_recomputable", None, "earlier")),
        ({"y2022": "2.3"}, ("not_recomputable", None, "earlier_none")),
    ],
)
def test_a_first_time_is_held_against_every_earlier_year(audited, own, expected):
    one = audited(FIRST, *rates("anyang", **own), *NATION)
    assert (one.verdict, one.recomputed.value, one.recomputed.missing) == expected


def test_a_first_time_below_is_one_too_and_a_bound_shows_nothing(audited):
    below = {**FIRST, "direction": "below"}
    own = rates("anyang", y2020="2.0", y2021="2.2", y2022="2.1")
    assert audited(below, *own, *NATION).verdict == "holds"
    assert audited(below, {**own[0], "value": "1.9"}, *own[1:], *NATION).verdict == "contradicted"
    one = audited(below, {**own[0], "qualifier": "above"}, *own[1:], *NATION)
    assert (one.verdict, one.recomputed.missing) == ("not_recomputable", "earlier")
    assert audited(FIRST, *rates("anyang", y2022="2.3")).recomputed.missing == "base"


def test_a_figure_that_only_bounds_its_value_is_no_first_time(audited):
    own = rates("anyang", y2020="1.9", y2021="2.1", y2022="2.3")
    assert audited(FIRST, *own[:2], {**own[2], "qualifier": "above"}, *NATION).verdict == "not_recomputable"


def test_every_kind_of_claim_has_a_rule(edition):
    assert set(RULES) == set(edition.tables["claims"].allowed["kind"])
