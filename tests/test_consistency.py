"""What one table cannot say of itself: rows that do not fit those of other tables, each one fault."""

import pytest

from diaoyan.report import Report


def test_a_claim_about_a_year_without_an_observation_is_one_fault(folder):
    line = folder.change_cell("claims", "platforms-difference", "period", "2021")
    assert folder.faults() == [
        f"…/claims.csv:{line}:period: found '2021', "
        "expected a period with an observation of research_platforms_provincial_or_higher anyang 2021"
    ]


def test_a_claim_about_a_figure_known_only_as_revised_is_one_fault(folder):
    folder.change_cell("observations", "rd_intensity|anyang|2022", "vintage", "latest")
    of_claims = [line for line in folder.faults() if line.startswith("…/claims.csv:")]
    assert {line.split(":")[2] for line in of_claims} == {"period"}
    assert len(of_claims) == 4


@pytest.mark.parametrize(
    ("claim", "column", "kind"),
    [
        ("platforms-difference", "base_period", "difference"),
        ("technology-smes-growth", "base_period", "growth"),
        ("contracts-doublings", "base_period", "doublings"),
        ("intensity-gap-nation", "base_area", "gap"),
        ("high-tech-enterprises-growth-rank", "base_area", "rank"),
    ],
)
def test_a_claim_without_what_it_is_measured_against_is_one_fault(folder, claim, column, kind):
    line = folder.change_cell("claims", claim, column, "")
    assert folder.faults() == [
        f"…/claims.csv:{line}:{column}: found an empty cell, "
        f"expected what a claim of the kind {kind} is measured against"
    ]


@pytest.mark.parametrize("stated", ["0", "1.5", "7", "-1"])
def test_doublings_are_counted_from_one_to_six(folder, stated):
    line = folder.change_cell("claims", "contracts-doublings", "stated", stated)
    assert folder.faults() == [
        f"…/claims.csv:{line}:stated: found '{stated}', expected a whole number of doublings from 1 to 6"
    ]


@pytest.mark.parametrize(
    ("column", "value", "table"), [("indicators", "rd_spending", "indicators"), ("areas", "asia", "areas")]
)
def test_a_chart_of_something_nobody_defined_is_one_fault(folder, column, value, table):
    line = folder.change_cell("charts", "problems-intensity", column, value)
    assert folder.faults() == [f"…/charts.csv:{line}:{column}: found '{value}', expected a row of {table}"]


def test_items_and_sections_fit_their_parts(folder):
    own = folder.change_cell("items", "achievements-talent", "section", "achievements-talent")
    assert folder.faults() == [
        f"…/items.csv:{own}:section: found 'achievements-talent', "
        "expected its own id for a section, its section's for an item"
    ]
    folder.change_cell("items", "achievements-talent", "section", "problems-funding")
    assert folder.faults() == [
        f"…/items.csv:{own}:section: found 'problems-funding', expected a section of achievements"
    ]


def test_a_problem_is_an_item_of_the_problems(folder):
    line = folder.append("problems", "achievements-talent,people")
    assert folder.faults() == [
        f"…/problems.csv:{line}:problem: found 'achievements-talent', expected an item of the part problems"
    ]


@pytest.mark.parametrize(
    ("table", "row", "fault"),
    [
        (
            "evidence",
            "gap,problems-talent,below_area,rd_intensity,",
            "comparison_area: found '', expected an area for below_area and above_area, none for the other rules",
        ),
        (
            "evidence",
            "gap,problems-research-intensity,below_area,innovation,henan",
            "indicator: found 'innovation', expected a row of indicators",
        ),
        (
            "evidence",
            "gap,problems-research-intensity,higher,rd_intensity,henan",
            "rule: found 'higher', expected one of below_area, above_area, above_zero",
        ),
        (
            "observations",
            "technology_smes,anyang,2021,first_published,303.7,家,,anyang-2023,一（二）1,,",
            "value: found '303.7', expected a whole number from 0",
        ),
        (
            "observations",
            "technical_contracts,anyang,2021,first_published,-1.5,亿元,,anyang-2023,一（二）1,,",
            "value: found '-1.5', expected an amount from 0",
        ),
        (
            "areas",
            "wenfeng-district,county,hua-county,,文峰区,Wenfeng District",
            "parent: found 'hua-county', expected an area of a higher level than county",
        ),
        (
            "areas",
            "wenfeng-district,county,,,文峰区,Wenfeng District",
            "parent: found '', expected the area it lies in, empty for the nation only",
        ),
        (
            "claims",
            "twice,一（二）1,growth,technology_smes,anyang,2022,,,2022,,,188,%,增长了188%,grew,anyang-2023",
            "base_period: found '2022', expected another figure to measure against than the claim's own",
        ),
        (
            "claims",
            "same,一（二）1,gap,technology_smes,anyang,2022,,anyang,,,below,3,家,少3家,same,anyang-2023",
            "base_area: found 'anyang', expected another figure to measure against than the claim's own",
        ),
        (
            "claims",
            "other,一（二）1,growth,technology_smes,anyang,2022,high_tech_enterprises,,2018,,,3,%,3%,3,anyang-2023",
            "base_indicator: found 'high_tech_enterprises', expected an empty cell: only a share is of another",
        ),
        (
            "claims",
            "ahead,一（二）1,growth,technology_smes,anyang,2018,,,2022,,,12,%,增长12%,ahead,anyang-2023",
            "base_period: found '2022', expected a time before 2018",
        ),
        (
            "claims",
            "half,一（二）1,level,technology_smes,anyang,2022,,,,,,565.5,家,565.5家,565.5,anyang-2023",
            "stated: found '565.5', expected a whole number, since things are counted",
        ),
        (
            "claims",
            "fine,一（二）1,growth,technology_smes,anyang,2022,,,2018,,,188.26531,%,增长188.26531%,grew,anyang-2023",
            "stated: found '188.26531', expected a number with at most 4 decimals",
        ),
        (
            "claims",
            "none,一（二）1,rank,technology_smes,anyang,2022,,henan,,,,0,,第0,none,anyang-2023",
            "stated: found '0', expected a place from 1",
        ),
        (
            "claims",
            "new,二（二）1,first,rd_intensity,anyang,2022,,henan,,,above,2,,第二次,second time,anyang-2023",
            "stated: found '2', expected 1, for the first time",
        ),
        (
            "claims",
            "new,二（二）1,first,rd_intensity,anyang,2022,,henan,,,,1,,首次,first time,anyang-2023",
            "direction: found an empty cell, expected above or below, on which side of the base it is new",
        ),
        (
            "claims",
            "much,一（二）1,doublings,technology_smes,anyang,2022,,,2018,,,1.5,番,翻一番半,much,anyang-2023",
            "stated: found '1.5', expected a whole number of doublings from 1 to 6",
        ),
        (
            "claims",
            "part,一（二）1,share,technology_smes,anyang,2022,,,,,,12,%,占12%,part,anyang-2023",
            "base_area or base_indicator: found an empty cell, "
            "expected what a claim of the kind share is measured against",
        ),
        (
            "claims",
            "odd,一（二）1,share,technology_smes,anyang,2022,technical_contracts,,,,,12,%,占12%,part,anyang-2023",
            "base_indicator: found 'technical_contracts', expected an indicator of count, as technology_smes is",
        ),
        (
            "claims",
            "back,一（二）1,yearly_growth,technology_smes,anyang,2018,,,2022,,,12,%,年均增长12%,back,anyang-2023",
            "base_period: found '2022', expected a time before 2018",
        ),
        (
            "targets",
            "by,recommendations-platforms,high_tech_enterprises,2029,,,,目标,Target",
            "period: found '2029', expected a year with a target of high_tech_enterprises anyang",
        ),
        (
            "targets",
            "of,recommendations-platforms,high_tech_enterprises,2030,henan,held,,目标,Target",
            "indicator: found 'high_tech_enterprises', "
            "expected an indicator in per cent: areas of different size are compared by rates",
        ),
        (
            "targets",
            "from,recommendations-platforms,rd_intensity,2030,henan,trend,2001,目标,Target",
            "since: found '2001', expected a year with an observation of rd_intensity henan",
        ),
        (
            "targets",
            "how,recommendations-platforms,rd_intensity,2030,henan,,,目标,Target",
            "path: found '', expected held or trend for a target measured against an area, empty for one that was set",
        ),
        (
            "targets",
            "flat,recommendations-platforms,rd_intensity,2030,henan,held,2018,目标,Target",
            "since: found '2018', expected a year for a trend only",
        ),
        (
            "targets",
            "past,recommendations-investment,rd_intensity,2022,henan,held,,目标,Target",
            "period: found '2022', expected a year after 2022",
        ),
        (
            "targets",
            "self,recommendations-investment,rd_intensity,2030,anyang,held,,目标,Target",
            "comparison_area: found 'anyang', expected an area other than the city",
        ),
        (
            "targets",
            "newest,recommendations-investment,rd_intensity,2030,henan,trend,2023,目标,Target",
            "since: found '2023', expected a year before the newest figure of rd_intensity henan",
        ),
        (
            "evidence",
            "self,problems-research-intensity,below_area,rd_intensity,anyang",
            "comparison_area: found 'anyang', expected an area other than the city",
        ),
        (
            "evidence",
            "unlike,problems-research-intensity,below_area,technical_contracts,henan",
            "indicator: found 'technical_contracts', "
            "expected an indicator in per cent: areas of different size are compared by rates",
        ),
    ],
)
def test_a_row_that_cannot_be_so_is_one_fault(folder, table, row, fault):
    line = folder.append(table, row)
    assert f"…/{table}.csv:{line}:{fault}" in folder.faults()


def test_a_targets_name_with_a_digit_is_told_to_have_none(folder):
    folder.change_cell("targets", "intensity-province-held", "name_zh", "2030年目标")
    assert [fault for fault in folder.faults() if "words without digits such as 达到全省现有水平, not empty" in fault]


def test_a_trend_from_a_bound_is_a_fault(folder):
    folder.change_cell("benchmarks", "rd_intensity|henan|2018", "qualifier", "above")
    expected = "since: found '2018', expected a year with an exact figure of rd_intensity henan"
    assert [fault for fault in folder.faults() if fault.endswith(expected)]


def test_a_target_of_the_latest_vintage_only_is_a_fault(folder):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2030", "vintage", "latest")
    expected = "period: found '2030', expected a year with a target of high_tech_enterprises anyang"
    assert [fault for fault in folder.faults() if fault.endswith(expected)]


@pytest.mark.parametrize("kind", ["growth", "yearly_growth", "times"])
def test_a_claim_that_divides_by_zero_is_one_fault_that_says_where_the_zero_stands(folder, kind):
    zero = folder.change_cell("observations", "technology_smes|anyang|2018", "value", "0")
    unit = "倍" if kind == "times" else "%"
    row = f"from-zero,一（二）1,{kind},technology_smes,anyang,2022,,,2018,,,5,{unit},增长,grew,anyang-2023"
    line = folder.append("claims", row)
    where = f"…/observations.csv:{zero}"
    expected = f"expected a base above zero, as {kind} divides by it"
    assert f"…/claims.csv:{line}:base_period: found a base of zero ({where}), {expected}" in folder.faults()


def test_counts_in_ten_thousands_and_amounts_of_money_may_have_decimals(folder):
    folder.append("claims", "many,一（二）1,level,technology_smes,henan,2022,,,,,,2.2,万家,2.2万家,22000,anyang-2023")
    place = "science_technology_support_funds,anyang,2022"
    folder.append("claims", f"fund,一（二）1,level,{place},,,,,,0.59854,亿元,0.59854亿元,0.6,anyang-2023")
    folder.load()


def test_a_claim_of_a_difference_from_zero_is_none(folder):
    folder.change_cell("observations", "research_platforms_provincial_or_higher|anyang|2018", "value", "0")
    folder.change_cell("claims", "platforms-doublings", "kind", "difference")
    folder.load()


def test_a_problem_that_figures_bear_out_names_them(folder):
    folder.change_cell("problems", "problems-talent", "judged_by", "figures")
    expected = "expected figures for a problem with rows of evidence, people for one without"
    assert [fault for fault in folder.faults() if fault.endswith(f"judged_by: found 'figures', {expected}")]


def test_a_problem_of_the_items_has_a_row_of_its_own(folder):
    folder.remove_row("answers", "recommendations-investment,problems-county-finance")
    folder.remove_row("problems", "problems-county-finance,")
    assert [line.partition(":item:")[2] for line in folder.faults()] == [
        " found 'problems-county-finance', expected a row of problems for it"
    ]


def test_a_visit_after_the_report_is_a_fault(folder):
    line = folder.append("fieldwork", "visits-later,visits,2023-11,前言")
    folder.append("fieldwork", "visits-last,visits,2023-10,前言")
    assert folder.faults() == [
        f"…/fieldwork.csv:{line}:period: found '2023-11', expected a time not after the report's day 2023-10-26"
    ]


def test_a_report_cannot_be_about_a_year_to_come(folder):
    folder.replace(folder.own("edition.yml"), "report_year: 2022", "report_year: 2024")
    assert any(
        "report_year: found '2024', expected a year not after the report's day" in line for line in folder.faults()
    )


def test_a_numeral_whose_cell_is_gone_is_a_fault(folder):
    folder.remove_row("observations", "industrial_science_technology_commissioners,anyang,2023", with_numerals=False)
    folder.remove_row("claims", "commissioners-level,")
    line = folder.change_cell("numerals", "565|1", "column", "amount")
    other = folder.change_cell("numerals", "196|1", "table", "figures")
    faults = folder.faults()
    row = "industrial_science_technology_commissioners|anyang|2023|first_published"
    assert [fault for fault in faults if f"found '{row[:60]}…', expected a row of observations" in fault]
    assert any(fault.startswith(f"…/numerals.csv:{line}:column: found 'amount', expected one of ") for fault in faults)
    assert any(
        fault.startswith(f"…/numerals.csv:{other}:table: found 'figures', expected one of edition, ")
        for fault in faults
    )


def test_a_numeral_without_a_column_is_a_fault_unless_it_counts_rows(folder):
    line = folder.change_cell("numerals", "303|1", "column", "")
    (fault,) = folder.faults()
    assert fault.startswith(f"…/numerals.csv:{line}:column: found '', expected one of indicator, area, period, ")
    folder.change_cell("numerals", "303|1", "part", "count")
    assert any("numerals" in view.name for view in Report(folder.load(), "zh").tables("data"))


def test_a_numeral_in_an_entry_that_the_particulars_lack_is_a_fault(folder):
    line = folder.change_cell("numerals", "10|1", "row", "number")
    (fault,) = folder.faults()
    assert fault.startswith(f"…/numerals.csv:{line}:row: found 'number', expected one of id, city, title, ")


def test_a_numeral_may_be_in_the_words_of_either_language(folder):
    line = folder.change_cell("numerals", "303|1", "table", "visits")
    folder.change_cell("numerals", "303|1", "row", "sitong-group")
    assert folder.change_cell("numerals", "303|1", "column", "name_zh") == line
    for language, head in (("zh", "名称"), ("en", "Name")):
        (found,) = (view for view in Report(folder.load(), language).tables("data") if "numerals" in view.name)
        assert next(row for row in found.markdown.splitlines() if row.startswith("| 303 ")).count(f"| {head} |") == 1
