"""Comparison: what differs between two editions, by hand from their figures."""

from decimal import Decimal

import pytest

from diaoyan.comparison import as_it_was, compare
from diaoyan.edition import Edition
from diaoyan.faults import Faults


@pytest.fixture(scope="module")
def years():
    """The two editions of Zhengzhou compared, given in the wrong order."""
    return compare(Edition.load("zhengzhou-2025"), Edition.load("zhengzhou-2022"))


@pytest.fixture(scope="module")
def cities(edition):
    """Anyang compared with the older edition of Zhengzhou."""
    return compare(edition, Edition.load("zhengzhou-2022"))


@pytest.fixture
def later(folder, later_edition):
    """Compares the edition with one of two years later that has these figures added and those taken away."""
    return lambda added=(), without=(): compare(folder.load(), later_edition(added, without))


@pytest.fixture
def changed(folder, older_tables):
    """Compares the edition as it now is with what it was before it was changed."""
    return lambda: compare(as_it_was("anyang-2023", older_tables), folder.load())


def test_of_one_city_the_older_edition_comes_first(years):
    assert (years.kind, years.first.id, years.second.id) == ("years", "zhengzhou-2022", "zhengzhou-2025")


def test_a_figure_that_both_years_have_is_compared_with_what_it_is_held_against(years):
    [pair] = years.figures
    assert (pair.first.period, pair.first.quantity.value) == ("2021", Decimal("2.45"))
    assert (pair.second.period, pair.second.quantity.value) == ("2024", Decimal("2.85"))
    # Henan 1.73 and 2.01, the nation 2.44 and 2.69, as first published.
    values = [[str(fact.quantity.value) for fact in both] for both in pair.beside]
    assert values == [["1.73", "2.01"], ["2.44", "2.69"]]


def test_part_of_a_year_is_not_compared_with_a_whole_one(years):
    [pair] = years.not_compared
    assert (pair.second.indicator, pair.second.period, pair.manner) == (
        "technical_contracts",
        "2025-12-02",
        "part_of_year",
    )


def test_a_flow_up_to_the_same_day_of_two_years_is_compared(folder, later):
    folder.append("observations", "technical_contracts,anyang,2023-06-30,first_published,8,亿元,,anyang-2023,正文,,")
    folder.remove_row("observations", "technical_contracts,anyang,2022")
    folder.remove_row("claims", "contracts-doublings")
    found = later([("technical_contracts", "2024-06-30", "10,亿元")])
    assert [pair.second.period for pair in found.figures if pair.second.indicator == "technical_contracts"] == [
        "2024-06-30"
    ]


def test_what_only_one_of_two_years_has_is_told_apart(years):
    assert [fact.indicator for fact in years.only_first] == ["high_tech_enterprises", "invention_patents_per_10k"]
    assert [fact.indicator for fact in years.only_second][:2] == ["rd_expenditure", "innovation_platforms"]


def test_a_revision_published_between_the_reports_is_found_and_one_known_before_is_not(years):
    found = [(each.first.area, each.first.period, str(each.second.quantity.value)) for each in years.revised]
    # The nation's 2020 was revised on 2022-08-31, before the first report of 2022-09-08.
    assert found == [("china", "2021", "2.43"), ("henan", "2021", "1.75")]


def test_a_claim_whose_verdict_changed_is_found_by_its_id(years):
    [change] = years.claims
    assert (change.id, change.first.verdict, change.second.verdict) == ("contracts-growth", "holds", "not_recomputable")


def test_another_value_for_the_same_year_is_a_revision_and_the_base_of_the_change(folder, later):
    found = later(
        [("high_tech_enterprises", "2024", "400,家"), ("high_tech_enterprises", "2022", "305,家")],
        without=["high_tech_enterprises,anyang,2022"],
    )
    [pair] = [pair for pair in found.figures if pair.second.indicator == "high_tech_enterprises"]
    assert str(pair.first.quantity.value) == "305"
    [revision] = [each for each in found.revised if each.second.indicator == "high_tech_enterprises"]
    assert (str(revision.first.quantity.value), str(revision.second.quantity.value)) == ("303", "305")


@pytest.mark.parametrize(
    ("intensity", "state"),
    # At the first report 0.08 below Henan's 1.86; Henan had 2.05 in 2023.
    [("1.96", "grown"), ("1.97", "unchanged"), ("1.98", "eased"), ("2.04", "eased"), ("2.05", "no_longer_holds")],
)
def test_a_problem_is_eased_or_gone_by_the_figures_of_the_newer_report(later, intensity, state):
    found = later([("rd_intensity", "2023", f"{intensity},%")])
    problem = next(each for each in found.problems if each.problem == "problems-research-intensity")
    states = {each.evidence["evidence"]: each.state for each in problem.evidence}
    assert (problem.state, states["intensity-below-province"]) == ("stays", state)


def test_without_a_newer_figure_nothing_is_said_of_a_problem(later):
    problem = next(each for each in later().problems if each.problem == "problems-unpaid-incentives")
    assert [each.state for each in problem.evidence] == ["no_newer_figure"]


@pytest.mark.parametrize(
    ("enterprises", "state"),
    [("529", "not_met"), ("530", "met"), ("531", "met")],
)
def test_a_target_is_met_when_the_newer_figure_reaches_it(later, enterprises, state):
    found = later([("high_tech_enterprises", "2024", f"{enterprises},家")])
    states = {each.aim.row["target"]: each.state for each in found.targets}
    assert states["high-tech-enterprises-set"] == state
    assert states["technology-smes-set"] == "no_newer_figure"


def test_cities_are_compared_by_the_gap_of_rates_and_the_growth_of_amounts(cities):
    manners = {pair.first.indicator: pair.manner for pair in cities.figures}
    assert manners == {"rd_intensity": "gap", "high_tech_enterprises": "growth", "technical_contracts": "growth"}
    assert cities.not_compared == ()
    contracts = next(pair for pair in cities.figures if pair.first.indicator == "technical_contracts")
    assert [str(base.quantity.value) for base in contracts.bases] == ["1.54", "82.3"]


def test_rates_of_cities_are_of_one_year_where_both_have_one(folder):
    folder.append("observations", "rd_intensity,anyang,2021,first_published,1.54,%,,anyang-2023,正文,,")
    found = compare(folder.load(), Edition.load("zhengzhou-2022"))
    [pair] = [pair for pair in found.figures if pair.first.indicator == "rd_intensity"]
    assert (pair.first.period, pair.second.period) == ("2021", "2021")


def test_an_amount_without_a_base_is_not_compared_between_cities(folder):
    folder.remove_row("observations", "high_tech_enterprises,anyang,2018")
    found = compare(folder.load(), Edition.load("zhengzhou-2022"))
    assert {pair.first.indicator: pair.manner for pair in found.not_compared} == {"high_tech_enterprises": "no_base"}


def test_part_of_a_years_flow_has_no_growth_between_cities(edition):
    found = compare(edition, Edition.load("zhengzhou-2025"))
    assert {pair.first.indicator: pair.manner for pair in found.not_compared} == {"technical_contracts": "part_of_year"}


def test_a_changed_table_shows_the_figure_and_what_it_makes_of_the_claims(folder, changed):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", "305")
    found = changed()
    [revision] = found.revised
    assert (str(revision.first.quantity.value), str(revision.second.quantity.value)) == ("303", "305")
    [claim] = found.claims
    # 303 ÷ 87 = 3.48, 305 ÷ 87 = 3.51: still short of four.
    assert (claim.id, claim.first.verdict, claim.second.verdict) == (
        "high-tech-enterprises-doublings",
        *["overstated"] * 2,
    )
    assert (found.kind, found.cells, found.problems, found.targets) == ("tables", (), (), ())


def test_the_same_amount_in_another_unit_is_no_other_figure_but_a_changed_cell(folder, changed):
    folder.change_cell("observations", "science_technology_support_funds|anyang|2022", "unit", "万元")
    folder.change_cell("observations", "science_technology_support_funds|anyang|2022", "value", "20000")
    found = changed()
    assert found.revised == ()
    assert [(cell.column, cell.first, cell.second) for cell in found.cells] == [
        ("value", "2", "20000"),
        ("unit", "亿元", "万元"),
    ]


def test_rows_added_and_removed_and_other_cells_are_named(folder, changed):
    folder.remove_row("observations", "science_technology_support_funds,anyang,2018")
    folder.append("observations", "technology_smes,anyang,2021,first_published,500,家,,anyang-2023,正文,,")
    folder.remove_row("claims", "talent-quotas-level")
    folder.change_cell("visits", "sitong-group", "kind", "platform")
    folder.change_line(folder.own("edition.yml"), "as_of", "2023-10-26", "2023-10-27")
    found = changed()
    told = [(each.first and each.first.period, each.second and each.second.period) for each in found.revised]
    assert told == [("2018", None), (None, "2021")]
    assert [(change.id, change.second) for change in found.claims] == [("talent-quotas-level", None)]
    assert [(cell.table, cell.key, cell.column) for cell in found.cells if cell.table != "numerals"] == [
        ("edition", "anyang-2023", "as_of"),
        ("visits", "sitong-group", "kind"),
    ]


def test_tables_that_are_as_they_were_have_no_differences(changed):
    found = changed()
    assert not any((found.revised, found.claims, found.problems, found.targets, found.cells))


def test_one_edition_has_nothing_to_be_compared_with(edition):
    with pytest.raises(Faults) as raised:
        compare(edition, edition)
    expected = "another edition, or --against with a folder of older tables"
    assert str(raised.value) == f"edition: found 'anyang-2023' a second time, expected {expected}"


def test_a_fault_of_the_older_tables_names_their_folder(older_tables, changed):
    older = older_tables / "editions" / "anyang-2023" / "visits.csv"
    older.unlink()
    with pytest.raises(Faults) as raised:
        changed()
    assert str(raised.value).startswith(f"{older.as_posix()}: found no file")


def test_a_folder_without_editions_is_no_older_state(tmp_path):
    with pytest.raises(Faults) as raised:
        as_it_was("anyang-2023", tmp_path)
    assert str(raised.value) == f"{tmp_path.as_posix()}: found no editions, expected a data folder with some"
