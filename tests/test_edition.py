"""Particulars of an edition, and what one table cannot say of itself: each fault is one line."""

import pytest

from diaoyan.checking import check
from diaoyan.edition import Edition, misnamed
from diaoyan.edition_folders import edition_ids
from diaoyan.faults import Faults
from diaoyan.markup_check import forbidden_table_markup
from diaoyan.paths import DATA
from diaoyan.report import Report

REQUIRED = "id, city, title, body, as_of, base_year, report_year, peers, source"
KEYS = (
    "id, city, title, body, addressee, meeting, document_number, as_of, base_year, report_year, peers, source, "
    "chapters, printed, printed_by, signed_by, proof_read_by, led_by"
)
DATE = "a day or a month such as 2023-10-26, 2023-10"
ANYANG_2022 = "research_platforms_provincial_or_higher|anyang|2022"


def lines_of(*arguments, **options):
    """The fault lines that loading an edition ends with."""
    with pytest.raises(Faults) as raised:
        Edition.load(*arguments, **options)
    return str(raised.value).splitlines()


def test_the_real_edition_loads_with_its_particulars_as_text(edition):
    assert edition.meta["base_year"] == "2018"
    assert edition.meta["document_number"] == "10"
    assert edition.meta["peers"] == ["henan", "china"]
    assert edition.meta["title"]["zh"] == "关于全市科技工作情况的调研报告"


def test_an_unknown_edition_or_vintage_is_named_with_those_there_are():
    known = ", ".join(edition_ids(DATA))
    assert lines_of("kaifeng-1999") == [f"edition: found 'kaifeng-1999', expected one of {known}"]
    assert lines_of("../secret") == [f"edition: found '../secret', expected one of {known}"]
    assert lines_of("anyang-2023", vintage="newest") == [
        "vintage: found 'newest', expected one of first_published, latest"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("city: anyang\n", "", f"…/edition.yml: found no city, expected all of {REQUIRED}"),
        (
            "city: anyang\n",
            "city: Anyang\n",
            "…/edition.yml:4:city: found 'Anyang', expected an id of small letters and hyphens",
        ),
        ("city: anyang\n", "city: kaifeng\n", "…/edition.yml:4:city: found 'kaifeng', expected a row of areas"),
        (
            "city: anyang\n",
            "city: anyang\nmayor: nobody\n",
            f"…/edition.yml: found an unknown key 'mayor', expected one of {KEYS}",
        ),
        (
            "'2023-10-26'",
            "2023-10-46",
            f"…/edition.yml:24:as_of: found '2023-10-46', expected {DATE}",
        ),
        (
            "'2023-10-26'",
            "26.10.2023",
            f"…/edition.yml:24:as_of: found '26.10.2023', expected {DATE}",
        ),
        (
            "base_year: 2018",
            "base_year: last",
            "…/edition.yml:26:base_year: found 'last', expected a year such as 2022",
        ),
        (
            "as_of: '2023-10-26'",
            "as_of: '2023-09-31'",
            "…/edition.yml:24:as_of: found '2023-09-31', expected a day of the calendar",
        ),
        ("base_year: 2018", "base_year: 2022", "…/edition.yml:26:base_year: found '2022', expected a year before 2022"),
        ("base_year: 2018", "base_year: 2030", "…/edition.yml:26:base_year: found '2030', expected a year before 2022"),
        ("[henan, china]", "henan", "…/edition.yml:30:peers: found 'henan', expected a value of the type array"),
        ("[henan, china]", "[china, china]", "…/edition.yml:30:peers: found 'china china', expected each of them once"),
        ("source: anyang-2023\n", "source: ''\n", "…/edition.yml:32:source: found '', expected a text, not empty"),
        ("[henan, china]", "[henan, asia]", "…/edition.yml:30:peers: found 'asia', expected a row of areas"),
        (
            "source: anyang-2023\n",
            "source: hearsay\n",
            "…/edition.yml:32:source: found 'hearsay', expected a row of sources",
        ),
        (
            "id: anyang-2023\n",
            "id: kaifeng-2023\n",
            "…/edition.yml:2:id: found 'kaifeng-2023', expected the folder's name 'anyang-2023'",
        ),
        ("  en: Investigation report", "  fr: Rapport", "…/edition.yml:6:title: found no en, expected all of zh, en"),
        (
            "city: anyang\n",
            "city: [anyang\n",
            "…/edition.yml:6: found text that cannot be read (expected ',' or ']', but got '?'), expected YAML",
        ),
        (
            "city: anyang\n",
            "city: an: yang\n",
            "…/edition.yml:4: found text that cannot be read (mapping values are not allowed here), expected YAML",
        ),
        (
            "city: anyang\n",
            "city: anyang\ncity: henan\n",
            "…/edition.yml:5:city: found the key a second time, expected each key once",
        ),
    ],
)
def test_a_fault_of_the_particulars_is_one_line_with_its_key(folder, old, new, fault):
    folder.replace(folder.own("edition.yml"), old, new)
    found = folder.faults()
    assert len(found) == 1
    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "nothing"),
        (b"# nothing but a remark\n", "nothing"),
        (b"- a\n- b\n", "\"['a', 'b']\""),
        (b"anyang\n", "'anyang'"),
    ],
)
def test_particulars_that_are_no_keys_and_values_are_one_fault(folder, content, found):
    folder.own("edition.yml").write_bytes(content)
    assert folder.faults() == [f"…/edition.yml: found {found}, expected keys with values: {REQUIRED}"]


def test_particulars_that_are_missing_or_not_text_are_one_fault(folder):
    path = folder.own("edition.yml")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert folder.faults() == [
        "…/edition.yml:7: found a byte that is not UTF-8 text (0xb9), expected a file saved as UTF-8"
    ]
    path.unlink()
    assert folder.faults() == ["…/edition.yml: found no file, expected a file"]


def test_a_value_of_yaml_is_never_run(folder):
    folder.replace(folder.own("edition.yml"), "city: anyang\n", "city: !!python/object/apply:os.getcwd []\n")
    assert folder.faults() == ["…/edition.yml:4:city: found '[]', expected a value of the type string"]


def test_a_figure_without_a_place_in_its_source_is_one_fault(folder):
    line = folder.change_cell("observations", ANYANG_2022, "locator", "")
    assert folder.faults() == [
        f"…/observations.csv:{line}:locator: found '', expected where in the source the figure stands, not empty"
    ]


@pytest.mark.parametrize(
    ("key", "unit", "expected"),
    [
        (ANYANG_2022, "万元", "a unit of count such as 家"),
        (ANYANG_2022, "%", "a unit of count such as 家"),
        ("technical_contracts|anyang|2022", "家", "a unit of money such as 亿元"),
        ("rd_intensity|anyang|2022", "百分点", "a unit of percent such as %"),
    ],
)
def test_a_unit_of_another_dimension_than_the_indicators_is_one_fault(folder, key, unit, expected):
    line = folder.change_cell("observations", key, "unit", unit)
    assert folder.faults() == [f"…/observations.csv:{line}:unit: found '{unit}', expected {expected}"]


def test_a_unit_of_the_same_dimension_is_none(folder):
    folder.change_cell("observations", "technical_contracts|anyang|2022", "unit", "万元")
    folder.change_cell("observations", ANYANG_2022, "unit", "个")
    folder.load()


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


def test_later_figures_speak_only_as_later_data(edition, latest):
    target = edition.facts.get("high_tech_enterprises", "anyang", "2030")
    assert not edition.speaks(target, later=False)
    assert edition.speaks(target, later=True)
    assert edition.speaks(edition.facts.get("rd_intensity", "china", "2022"), later=False)
    assert not edition.speaks(edition.facts.get("rd_intensity", "china", "2023"), later=False)
    # A revision published later is the choice of the vintage, not another figure.
    assert latest.speaks(latest.facts.get("rd_intensity", "china", "2022"), later=False)
    assert edition.speaks(edition.facts.get("rd_intensity", "anyang", "2022"), later=False)


def test_a_series_known_in_part_only_as_revised_has_what_its_vintage_knows(folder):
    folder.append("observations", "rd_intensity,anyang,2021,latest,1.54,%,,henan-2022,正文,,")
    periods = [fact.period for fact in folder.load().facts.series("rd_intensity", "anyang")]
    assert periods == ["2022"]
    periods = [fact.period for fact in folder.load("latest").facts.series("rd_intensity", "anyang")]
    assert periods == ["2021", "2022"]


def test_a_text_of_the_edition_goes_before_the_one_for_all(folder):
    edition = folder.load()
    assert edition.text_file("zh", "audit")[1] == "data/text/zh/audit.md"
    assert edition.text_file("zh", "summary")[1] == "data/editions/anyang-2023/text/zh/summary.md"
    folder.own("text/zh/audit.md").write_text("# 复算 {#audit}\n", encoding="utf-8")
    assert edition.text_file("zh", "audit")[1] == "data/editions/anyang-2023/text/zh/audit.md"


@pytest.mark.parametrize("period", ["2023-06-31", "2022/2020"])
def test_a_period_that_cannot_be_is_a_fault_of_its_row(folder, period):
    line = folder.change_cell("fieldwork", "visits-march", "locator", "前言") and folder.change_cell(
        "observations", "unpaid_science_technology_funds|anyang", "period", period
    )
    found = [fault for fault in folder.faults() if ":period:" in fault and "calendar" in fault]
    assert found == [
        f"…/observations.csv:{line}:period: found '{period}', expected a day of the calendar, or a span in order"
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


def test_a_background_of_all_provinces_is_not_called_a_level(edition):
    outputs = Report(edition, "zh").outputs("data", pictures=False)
    table = next(each for each in outputs if each.about.get("name") == "table-charts")
    row = next(line for line in table.data["text/plain"].split("\n") if "`outlook-provinces`" in line)
    assert "| 各省、" in row


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


def test_a_section_of_later_data_says_so_in_its_heading(folder):
    text = folder.own("text/zh/outlook.md")
    folder.replace(
        text, "## 后续资料：目标与所需进度 {#outlook-targets-later}", "## 目标与所需进度 {#outlook-targets-later}"
    )
    with pytest.raises(Faults) as raised:
        check("anyang-2023", folder.path)
    assert [line.rpartition("/")[2] for line in str(raised.value).splitlines()] == [
        "outlook.md:21: found the heading '目标与所需进度', expected one that begins with 后续资料"
    ]


@pytest.mark.parametrize(
    ("date", "speaks"),
    [
        ("2023-10-26", True),
        ("2023-10-27", False),
        ("2023-09", True),
        ("2023-10", False),
        ("2022", True),
        ("2023", False),
    ],
)
def test_a_source_of_a_month_or_year_speaks_once_that_is_over(folder, date, speaks):
    folder.change_cell("sources", "henan-gov-2023", "date", date)
    edition = folder.load()
    fact = edition.facts.get("high_tech_enterprises", "henan", "2022")
    assert edition.speaks(fact, later=False) is speaks


def test_half_a_character_is_a_fault(folder):
    folder.replace(folder.own("edition.yml"), "  en: Li Wentao", '  en: "Li \\ud83d"')
    assert "…/edition.yml: found half a character (U+D83D), expected whole characters" in folder.faults()


def test_a_problem_of_the_items_has_a_row_of_its_own(folder):
    folder.remove_row("answers", "recommendations-investment,problems-county-finance")
    folder.remove_row("problems", "problems-county-finance,")
    assert [line.partition(":item:")[2] for line in folder.faults()] == [
        " found 'problems-county-finance', expected a row of problems for it"
    ]


def test_tables_without_rows_are_left_out_of_the_page(folder):
    for table in ("charts", "numerals"):
        path = folder.file(table)
        path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    shown = [output.about["name"] for output in Report(folder.load(), "zh").outputs("data") if "name" in output.about]
    assert "table-units" in shown
    assert not {"table-charts", "table-numerals"} & set(shown)


def test_a_bar_in_a_locator_does_not_end_the_cell_of_a_table(folder):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "locator", "a|b `x` {role}")
    for output in Report(folder.load(), "zh").outputs("audit"):
        if output.about["kind"] == "table":
            assert forbidden_table_markup(output.data["text/markdown"]) == []


@pytest.mark.parametrize("name", ["an yang", "Anyang-2024", "anyang.2024", "安阳", "2024"])
def test_a_folder_whose_name_cannot_be_an_edition_is_a_fault(folder, name):
    (folder.path / "editions" / name).mkdir()
    assert [str(fault) for fault in misnamed(folder.path)] == [
        f"data/editions/{name}: found {name!r}, "
        "expected a name such as anyang-2023: small letters and digits, parts joined by hyphens"
    ]


@pytest.mark.parametrize(
    "target", ["data.ipynb#obs-no-such-row", "nochapter.ipynb", "problems.ipynb#no-such-heading", "#nowhere"]
)
def test_a_link_that_leads_nowhere_is_a_fault_of_its_section(folder, target):
    text = folder.own("text/zh/summary.md")
    folder.replace(text, "## 各部分 {#summary-parts}\n", f"## 各部分 {{#summary-parts}}\n\n见[此处]({target})。\n")
    line = text.read_text(encoding="utf-8").split("\n").index("## 各部分 {#summary-parts}") + 1
    shown = target if target != "nochapter.ipynb" else "nochapter.ipynb#"
    with pytest.raises(Faults) as raised:
        check("anyang-2023", folder.path)
    assert [each.rpartition("/")[2] for each in str(raised.value).splitlines()] == [
        f"summary.md:{line}: found a link to {shown!r}, expected a page, heading or row of the book"
    ]


@pytest.mark.parametrize(("language", "unit"), [("zh", "亿元"), ("en", "100 million yuan")])
def test_captions_are_plain_words_with_the_unit_in_the_language(edition, language, unit):
    outputs = Report(edition, language).outputs("data", pictures=False)
    captions = [output.about["caption"] for output in outputs if output.about["kind"] == "table"]
    assert not [caption for caption in captions if "\\" in caption]
    assert [caption for caption in captions if unit in caption]


@pytest.mark.parametrize(
    ("period", "qualifier", "expected"),
    [
        ("2203", "", "a time from 1900 to 2073"),
        ("2074", "target", "a time from 1900 to 2073"),
        ("1899", "", "a time from 1900 to 2073"),
        ("2024", "", "a time not after its source came out (2023-10-26), or the qualifier target"),
    ],
)
def test_a_figure_of_a_time_that_its_source_cannot_know_is_a_fault(folder, period, qualifier, expected):
    line = folder.append(
        "observations",
        f"high_tech_enterprises,anyang,{period},first_published,400,家,{qualifier},anyang-2023,一（二）1,,",
    )
    assert folder.faults() == [f"…/observations.csv:{line}:period: found '{period}', expected {expected}"]


@pytest.mark.parametrize(("period", "qualifier"), [("2023", ""), ("2073", "target"), ("1900", "")])
def test_a_figure_of_the_year_of_its_source_and_a_target_within_fifty_years_may_stand(folder, period, qualifier):
    cells = f"first_published,400,家,{qualifier},anyang-2023,一（二）1,,"
    folder.append("observations", f"high_tech_enterprises,anyang,{period},{cells}")
    assert folder.load().facts.find("high_tech_enterprises", "anyang", period)


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


def test_an_edition_may_have_sources_of_its_own(folder):
    head = (folder.path / "sources.csv").read_text(encoding="utf-8").splitlines()[0]
    row = "kaifeng-2025,开封报告,Kaifeng’s report,开封,Kaifeng,报告,Report,2025-10-30,,数据,Figures,original,,"
    folder.own("sources.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert folder.load().tables["sources"].by_key()["kaifeng-2025"]["date"] == "2025-10-30"
    folder.own("sources.csv").write_text(f"{head}\n{row.replace('kaifeng-2025', 'anyang-2023')}\n", encoding="utf-8")
    assert folder.faults()[0].startswith("…/sources.csv:2:source: found 'anyang-2023' a second time, expected each key")


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
