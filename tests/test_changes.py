"""One value changed in a table: all that rests on it in words, tables and cards changes, and nothing else."""

import re

import pytest
from resting import (
    CASES,
    FIGURES,
    FOR_ALL,
    LANGUAGES,
    OF_CLAIMS,
    OF_NAMES,
    Words,
    anchors_of,
    blocks_of,
    pieces_of,
    resting_on,
    resting_on_another_vintage,
    resting_on_verdicts,
    with_changes,
)

from diaoyan.facts import observation_anchor
from diaoyan.placeholders import LATER, NO_PLACEHOLDERS, Placeholders
from diaoyan.report import Report


@pytest.fixture(scope="module")
def reports(edition, latest):
    """The real report in each language and vintage, with all it shows."""
    loaded = {"first_published": edition, "latest": latest}
    found = {key: Words(loaded[key[1]], key[0]) for key in [(a, b) for a in LANGUAGES for b in loaded]}
    return {key: (report, pieces_of(report)) for key, report in found.items()}


def name_of(case):
    """A row by its anchor; anything else as it is."""
    return case if isinstance(case, str) else observation_anchor(case)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("row", "vintage"), CASES, ids=name_of)
def test_sentences_rows_and_verdicts_that_rest_on_a_value_change_with_it_and_no_others(reports, row, vintage, language):
    report, before = reports[language, vintage]
    other = Words(with_changes(report.edition, [row]), language)
    after = pieces_of(other)
    expected = resting_on(report, row) | resting_on_verdicts(report, report.audited, other.audited)
    expected |= resting_on_another_vintage(report, row, before.keys() | after.keys())
    different = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert different == expected


def test_every_placeholder_is_known_to_these_tests():
    known = {name for name in vars(Placeholders) if not name.startswith("_")} - {*NO_PLACEHOLDERS}
    assert known == {*FIGURES, *OF_CLAIMS, *OF_NAMES, *FOR_ALL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_links_to_every_row_it_rests_on_unless_the_row_is_only_compared_with(reports, language):
    report, pieces = reports[language, "first_published"]
    for block, placeholders in blocks_of(report):
        linked = set(re.findall(r"data\.ipynb#(obs-[a-z0-9-]+)", pieces["text", block.anchor]))
        rests = [anchors_of(report.edition, each, block.anchor.endswith(LATER)) for each in placeholders]
        assert linked <= set().union(*rests)
        assert all(linked & each for each in rests if each)


def test_a_value_changed_in_its_file_changes_what_rests_on_it_and_nothing_else(folder):
    before = pieces_of(Report(folder.load(), "zh"))
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", "350")
    after = pieces_of(Report(folder.load(), "zh"))
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {
        ("row", "obs-high-tech-enterprises-anyang-2022"),
        ("row", "claim-high-tech-enterprises-doublings"),
        ("row", "passage-high-tech-enterprises-doublings"),
        ("row", ("table-verdicts", " 偏高 ")),
        ("row", ("table-verdicts", " 成立 ")),
        ("text", "summary"),
        ("card", "cards-figures", "高新技术企业（2022年）"),
        ("card", "cards-audit", "偏高"),
        ("card", "cards-audit", "成立"),
        ("text", "achievements-funding"),
        ("text", "achievements-funding-claims"),
        ("text", "outlook-growth"),
        ("text", "outlook-targets-later"),
        ("text", "audit-verdicts"),
        ("row", "statement-achievements-funding-3"),
        ("row", "statement-summary-3"),
        ("row", "statement-outlook-growth-2"),
        ("row", "statement-outlook-targets-later-1"),
        ("row", "target-high-tech-enterprises-set"),
        ("chart", "chart-summary-enterprises-and-platforms"),
        ("chart", "chart-achievements-enterprises"),
        ("chart", "chart-outlook-targets"),
        ("chart", "chart-outlook-multiples"),
        ("chart", "chart-audit-verdicts"),
    }
