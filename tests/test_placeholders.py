"""A placeholder that names nothing is a fault of its text, never a crash and never an empty word."""

import pytest

from diaoyan.facts import UnknownFact
from diaoyan.report import Report


@pytest.fixture(scope="module")
def names(edition):
    """What a text may ask for."""
    return Report(edition, "zh")._placeholders("summary", later=True).vocabulary()


@pytest.mark.parametrize(
    ("name", "arguments", "options"),
    [
        ("value", ["rd_spending"], {}),
        ("value", [5], {}),
        ("value", ["rd_intensity", "base"], {}),
        ("value", ["rd_intensity", 2022], {}),
        ("value", ["rd_intensity"], {"area": "asia"}),
        ("when", ["rd_spending"], {}),
        ("change", ["rd_spending"], {}),
        ("change", ["high_tech_enterprises"], {"area": "asia"}),
        ("difference", ["rd_spending"], {}),
        ("gap", ["rd_spending", "china"], {}),
        ("gap", ["rd_intensity", "asia"], {}),
        ("share", ["unpaid_science_technology_funds", "rd_spending", "newest"], {}),
        # Enterprises are no share of money.
        ("share", ["high_tech_enterprises", "science_technology_support_funds"], {}),
        # No time passes, or it runs backwards.
        ("pace", ["high_tech_enterprises", "report"], {}),
        ("pace", ["high_tech_enterprises", "base"], {}),
        # Anyang's intensity of 2018 is not known, nor are the nation's contracts.
        ("in_step", ["rd_intensity", "technical_contracts_turnover", "henan"], {}),
        ("in_step", ["technical_contracts", "technical_contracts_turnover", "china"], {}),
        ("year", ["last"], {}),
        ("date", ["city"], {}),
        ("date", ["title"], {}),
        ("date", ["deadline"], {}),
        ("about", ["mayor"], {}),
        ("about", ["peers"], {}),
        ("area", ["asia"], {}),
        ("areas", ["themes"], {}),
        ("areas", ["nothing"], {}),
        ("count", ["nothing"], {}),
        ("count", ["visits"], {"colour": "red"}),
        ("names", ["nothing"], {}),
        ("names", ["observations"], {}),
        ("names", ["visits"], {"area": "asia"}),
        ("months", ["nothing"], {}),
        ("policy", ["nothing"], {}),
        ("stated", ["nothing"], {}),
        ("verdict", ["nothing"], {}),
        ("claims", ["wrong"], {}),
    ],
)
def test_what_names_nothing_is_said_to_name_nothing(names, name, arguments, options):
    with pytest.raises(UnknownFact):
        names[name](*arguments, **options)


def test_later_figures_do_not_exist_outside_sections_of_later_data(edition):
    now, later = (Report(edition, "zh")._placeholders("summary", later=later).vocabulary() for later in (False, True))
    assert "530家" in later["value"]("high_tech_enterprises", "target")
    with pytest.raises(UnknownFact):
        now["value"]("high_tech_enterprises", "target")
    assert now["when"]("rd_intensity", "newest", "china") == "2022年"
    assert later["when"]("rd_intensity", "newest", "china") == "2023年"


def words_of(linked):
    """The words of a link."""
    return linked.partition("]")[0].removeprefix("[")


def test_counts_are_of_rows(names):
    assert words_of(names["count"]("visits")) == "14"
    assert words_of(names["count"]("visits", area="hua-county")) == "5"
    assert words_of(names["count"]("themes")) == "4"
    assert words_of(names["claims"]()) == "14"
    assert words_of(names["claims"]("overstated")) == "1"
    assert names["claims"]("inconsistent") == "0"
