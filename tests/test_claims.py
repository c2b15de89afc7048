"""Claims against the figures: each kind on both sides of where its verdict turns."""

from dataclasses import replace
from decimal import Decimal

import pytest
from test_wording import plain

from diaoyan.claims import VERDICTS, audit, audit_claim, counts, expected_unit, in_stated_terms
from diaoyan.facts import Facts
from diaoyan.recomputation import RULES
from diaoyan.report import Report
from diaoyan.tables import Row

# The fourteen statements of the original, as the checklist of its contents judges them.
ANYANG_VERDICTS = {
    "talent-quotas-level": "not_recomputable",
    "contracts-base-level": "unit_missing",
    "contracts-doublings": "holds",
    "high-tech-enterprises-growth-rank": "not_recomputable",
    "high-tech-enterprises-doublings": "overstated",
    "technology-smes-growth": "holds",
    "platforms-difference": "holds",
    "platforms-doublings": "holds",
    "commissioners-level": "not_recomputable",
    "intensity-level": "unit_missing",
    "intensity-change": "not_recomputable",
    "intensity-gap-nation": "holds",
    "intensity-gap-province": "holds",
    "unpaid-funds-sum": "not_recomputable",
}
COUNTY = "county-source"
ABOVE = {"qualifier": "above"}


def verdicts(edition):
    """Verdict by claim."""
    audited = audit(edition.tables, edition.facts, edition.units)
    return {one.claim["claim"]: one.verdict for one in audited}


def with_members(areas, members):
    """The areas, so many of them said to lie in Anyang."""
    rows = [replace(row, cells={**row, "members": members}) if row["area"] == "anyang" else row for row in areas]
    return replace(areas, rows=tuple(rows))


@pytest.fixture
def audited(edition):
    """Audits one claim, written by hand, against observations written by hand."""

    def run(claim: dict, *observations: dict, members: int | None = 5):
        blank = dict.fromkeys(edition.tables["observations"].columns)
        usual = {"area": "anyang", "period": "2022", "vintage": "first_published", "unit": "家", "source": COUNTY}
        rows = [
            Row({**blank, "indicator": "x", **usual, **each, "value": Decimal(each["value"])}, "by hand", 1)
            for each in observations
        ]
        none = dict.fromkeys(edition.tables["claims"].columns)
        stated = {"indicator": "x", "area": "anyang", "period": "2022", "source": "anyang-2023", **claim}
        row = Row({**none, **stated, "stated": Decimal(claim["stated"])}, "by hand", 1)
        facts = Facts(rows, edition.units, "first_published")
        return audit_claim(
            row, facts, {**edition.tables, "areas": with_members(edition.tables["areas"], members)}, edition.units
        )

    return run


@pytest.fixture
def verdict(audited):
    """The verdict on one claim written by hand."""
    return lambda claim, *observations: audited(claim, *observations).verdict


def pair(new, old, unit="家"):
    """An indicator in 2022 and in 2018."""
    return {"value": new, "unit": unit}, {"value": old, "unit": unit, "period": "2018"}


def test_the_fourteen_claims_of_the_original_come_out_as_the_checklist_says(edition):
    assert verdicts(edition) == ANYANG_VERDICTS


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
    ("enterprises", "expected"),
    [("303", "overstated"), ("347", "overstated"), ("348", "holds"), ("350", "holds"), ("522", "understated")],
)
def test_two_doublings_of_87_enterprises_take_348(folder, enterprises, expected):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", enterprises)
    changed = {**ANYANG_VERDICTS, "high-tech-enterprises-doublings": expected}
    assert verdicts(folder.load()) == changed


def test_without_the_base_year_a_claim_of_growth_cannot_be_recomputed(folder):
    folder.remove_row("observations", "high_tech_enterprises,anyang,2018,")
    edition = folder.load()
    assert verdicts(edition)["high-tech-enterprises-doublings"] == "not_recomputable"
    audited = audit(edition.tables, edition.facts, edition.units)
    found = next(one for one in audited if one.claim["claim"] == "high-tech-enterprises-doublings")
    assert found.recomputed.missing == "base"
    assert found.recomputed.value is None


def test_a_change_against_a_figure_of_2021_is_recomputed_once_that_figure_is_given(folder):
    line = "rd_intensity,anyang,2021,first_published,1.54,%,,henan-2022,正文,,"
    folder.append("observations", line)
    assert verdicts(folder.load())["intensity-change"] == "holds"


def test_the_latest_figures_change_the_gaps_and_nothing_else(latest):
    # 1.78 against 2.56 and 1.96: 0.78 and 0.18 points.
    changed = {"intensity-gap-nation": "understated", "intensity-gap-province": "understated"}
    assert verdicts(latest) == {**ANYANG_VERDICTS, **changed}


def test_the_latest_figures_fall_back_on_the_first_where_none_was_revised(latest):
    fact = latest.facts.get("rd_intensity", "anyang", "2022")
    assert (fact.vintage, fact.quantity.value) == ("first_published", Decimal("1.78"))
    assert latest.facts.get("rd_intensity", "china", "2022").vintage == "latest"


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


def test_a_level_is_never_evidence_for_itself(audited):
    claim = {"kind": "level", "stated": "600", "stated_unit": "家"}
    own = audited(claim, {"value": "600", "source": "anyang-2023"})
    assert (own.verdict, own.recomputed.missing) == ("not_recomputable", "independent_source")
    assert own.recomputed.value is None
    assert audited(claim, {"value": "600"}).verdict == "holds"
    assert audited(claim, {"value": "601"}).verdict == "contradicted"


def test_a_level_in_another_unit_of_money_is_the_same_level(verdict):
    claim = {"kind": "level", "stated": "2", "stated_unit": "亿元"}
    assert verdict(claim, {"value": "20000", "unit": "万元"}) == "holds"
    assert verdict(claim, {"value": "2000", "unit": "万元"}) == "contradicted"


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


def test_a_growth_claimed_where_there_was_decline_is_contradicted_and_so_is_the_reverse(verdict):
    claim = {"kind": "growth", "stated_unit": "%", "base_period": "2018"}
    assert verdict({**claim, "stated": "5"}, *pair("95", "100")) == "contradicted"
    assert verdict({**claim, "stated": "-5"}, *pair("105", "100")) == "contradicted"
    assert verdict({**claim, "stated": "-5"}, *pair("95", "100")) == "holds"


PARTS = ("anyang-high-tech-zone", "yindu-district", "neihuang-county", "hua-county", "longan-district")


def of_parts(*values):
    """Figures of the five areas of Anyang that the table knows, None for none."""
    found = zip(PARTS, values, strict=True)
    return [{"area": area, "value": value, "unit": "万元"} for area, value in found if value]


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


def test_what_was_published_later_proves_and_refutes_nothing(folder):
    folder.append("observations", "rd_intensity,anyang,2021,first_published,1.54,%,,anyang-decision-2025,正文,,")
    report = Report(folder.load(), "zh")
    assert {one.claim["claim"]: one.verdict for one in report.audited} == ANYANG_VERDICTS


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


def provinces(edition, first, **special):
    """A figure for every province of China, 1 for those not named."""
    areas = [row["area"] for row in edition.tables["areas"] if row["parent"] == "china"]
    return [{"area": area, "value": special.get(area, "1"), **first} for area in areas]


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


def rates(area, **by_year):
    """Percentages of an area by year: rates("anyang", y2021="1.5")."""
    return [
        {"area": area, "period": year.removeprefix("y"), "value": value, "unit": "%"} for year, value in by_year.items()
    ]


FIRST = {"kind": "first", "stated": "1", "base_area": "china", "direction": "above"}
NATION = rates("china", y2020="2.0", y2021="2.1", y2022="2.2")


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


def test_a_first_time_is_shown_in_words(edition, audited):
    wording, wording_en = (Report(edition, language).wording for language in ("zh", "en"))
    one = audited(FIRST, *rates("anyang", y2020="1.9", y2021="2.2", y2022="2.3"), *NATION)
    assert wording.stated(one.claim) == "首次"
    assert wording.recomputed(one.recomputed, one.claim) == "截至当年共有2年如此"
    assert wording_en.recomputed(one.recomputed, one.claim) == "so in 2 of the years up to then"


def test_verdicts_are_counted_in_the_order_of_the_vocabulary(edition):
    audited = audit(edition.tables, edition.facts, edition.units)
    expected = {"overstated": 1, "unit_missing": 2, "not_recomputable": 5, "holds": 6}
    assert counts(audited) == expected
    assert list(counts(audited)) == [verdict for verdict in VERDICTS if verdict in expected]


def test_every_kind_of_claim_has_a_rule(edition):
    assert set(RULES) == set(edition.tables["claims"].allowed["kind"])


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


def test_a_share_without_its_whole_names_the_whole_as_missing(folder):
    place = "unpaid_science_technology_funds,anyang,2023-06-15,science_technology_support_funds"
    folder.append("claims", f"part,二（二）2,share,{place},,2021,,,30,%,占30%,30%,anyang-2023")
    outputs = Report(folder.load(), "zh").outputs("audit", pictures=False)
    table = next(each for each in outputs if each.about.get("name") == "table-audit")
    assert "缺少安阳2021年的科技创新支持资金数据" in table.data["text/plain"]


def test_a_share_is_calculated_as_finely_as_it_is_said(edition):
    outputs = Report(edition, "zh").outputs("audit", pictures=False)
    table = next(each for each in outputs if each.about.get("name") == "table-statements")
    assert "5985.4万元 ÷ 2亿元 = 29.93" in table.data["text/plain"]
