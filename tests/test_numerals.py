"""No figure of the original was left out: each of its numerals is held by the cell named beside it."""

import re
from collections import defaultdict

import pytest

from diaoyan.numerals import unbound

FIGURES_AND_DATES = 51
IN_WORDS = ["三番", "两番", "近两番", "第二", "两次"]


def test_every_numeral_of_the_original_is_bound(edition):
    assert unbound(edition) == []


def test_there_are_fifty_one_figures_and_dates_and_five_numerals_in_words(edition):
    numerals = [row["numeral"] for row in edition.tables["numerals"]]
    digits = [numeral for numeral in numerals if re.fullmatch(r"[0-9.]+", numeral)]
    assert len(digits) == FIGURES_AND_DATES
    assert [numeral for numeral in numerals if numeral not in digits] == IN_WORDS


def test_each_numeral_is_listed_as_often_as_it_occurs(edition):
    occurrences = defaultdict(list)
    for row in edition.tables["numerals"]:
        occurrences[row["numeral"]].append(row["occurrence"])
    assert all(found == list(range(1, len(found) + 1)) for found in occurrences.values())
    # As counted in the original by hand.
    often = {numeral: len(found) for numeral, found in occurrences.items() if len(found) > 1}
    assert often == {"10": 3, "2023": 2, "3": 3, "2018": 5, "2022": 5, "2": 2, "1": 2}


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "line"),
    [
        ("observations", "high_tech_enterprises|anyang|2022", "value", "304", "303 (一（二）1): the cell holds 304"),
        ("observations", "technical_contracts|anyang|2022", "value", "13.60", "13.6 (一（二）1): the cell holds 13.60"),
        ("claims", "contracts-doublings", "stated", "2", "三番 (一（二）1): the cell holds 2"),
        ("claims", "platforms-doublings", "qualifier", "", "近两番 (一（二）2): the cell holds 2"),
        ("claims", "high-tech-enterprises-doublings", "qualifier", "near", "两番 (一（二）1): the cell holds near 2"),
        ("claims", "high-tech-enterprises-growth-rank", "stated", "3", "第二 (一（二）1): the cell holds 3"),
        ("fieldwork", "visits-may", "period", "2023-06", "5 (前言): the cell holds 06"),
        ("numerals", "26", "row", "printed", "26 (题): the cell holds 25"),
        ("numerals", "26", "row", "title.delivered", "26 (题): no cell 'delivered'"),
        # Neither a text nor a list has keys, and only dates have parts.
        ("numerals", "26", "row", "title.zh.x", "26 (题): no cell 'title.zh.x'"),
        ("numerals", "26", "row", "peers.x", "26 (题): no cell 'peers.x'"),
        ("numerals", "26", "row", "document_number", "26 (题): the cell holds None"),
        ("numerals", "600", "part", "day", "600 (一（一）3): the cell holds None"),
    ],
)
def test_a_numeral_that_its_cell_does_not_hold_is_named(folder, table, key, column, value, line):
    folder.change_cell(table, key, column, value)
    assert unbound(folder.load()) == [line]


def test_a_numeral_may_be_the_number_of_rows_of_a_table(folder):
    folder.append("numerals", "14,1,前言,visits,*,,count,")
    folder.append("numerals", "15,2,前言,visits,*,,count,")
    assert unbound(folder.load()) == ["15 (前言): the cell holds 14"]
