"""Passages of the original, each proof-read by itself: what is found, how it counts, and whether the audit agrees."""

import pytest

from diaoyan.chapter_reads import reads_of
from diaoyan.edition import Edition
from diaoyan.edition_folders import edition_ids
from diaoyan.inputs import chapter_inputs, chapter_names
from diaoyan.markup_check import plain
from diaoyan.passages import counts, proofread_passages
from diaoyan.report import Report


def found_in(edition):
    """What is found in the passages of an edition."""
    return proofread_passages(edition.tables["passages"], Report(edition, "zh").audited)


def shown(edition, language="zh"):
    """The outputs of the chapter by name or anchor."""
    outputs = Report(edition, language).outputs("proofreading", pictures=False)
    return {each.about.get("name") or each.about["anchors"][0]: each for each in outputs}


def rows_of(output):
    """The rows of a table below its head, as lists of cells without markup."""
    lines = output.data["text/plain"].splitlines()[2:]
    return [[plain(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]


def test_the_original_has_the_faults_that_it_is_known_for_and_no_others(edition):
    faults = {(one.passage["passage"], one.verdict, one.finding.text) for one in found_in(edition) if one.finding}
    wrong = {each for each in faults if each[1] not in ("holds", "not_recomputable")}
    assert wrong == {
        # 303 ÷ 87 = 3.48, and four times are 348.
        ("high-tech-enterprises-doublings", "overstated", "较2018年（87家）翻了两番"),
        ("intensity-level", "unit_missing", "投入强度（R&D）1.78"),
        ("contracts-base", "unit_missing", "1.54亿"),
        ("contracts-doublings", "unit_missing", "1.54亿"),
    }


def test_a_slip_that_two_passages_of_one_place_show_counts_once(folder):
    assert counts(found_in(folder.load())) == {
        "overstated": 1,
        "unit_missing": 2,
        "not_recomputable": 3,
        "holds": 4,
        "silent": 2,
    }
    folder.change_cell("passages", "contracts-doublings", "locator", "一（二）2")
    assert counts(found_in(folder.load()))["unit_missing"] == 3


def test_what_is_said_twice_at_one_place_and_is_no_slip_counts_twice(folder):
    folder.append("passages", "somewhere,一（二）1,403家，较2018年（87家）翻了两番,,")
    # 403 ÷ 87 = 4.63 is no less than four times and below six.
    assert counts(found_in(folder.load()))["holds"] == 5
    folder.append("passages", "elsewhere,一（二）1,304家，较2018年（87家）翻了两番,,")
    assert counts(found_in(folder.load()))["overstated"] == 2


@pytest.mark.parametrize("name", edition_ids())
def test_where_the_proof_reader_and_the_audit_both_recompute_a_claim_they_agree(name):
    assert [one.passage["passage"] for one in found_in(Edition.load(name)) if one.is_disputed] == []


def test_most_passages_are_tied_to_a_claim_that_the_audit_has_a_verdict_on(edition):
    both = {one.passage["passage"] for one in found_in(edition) if one.audited and one.finding}
    assert both == {row["passage"] for row in edition.tables["passages"]} - {"funds-rise", "unpaid-funds-sum"}
    agreed = [one for one in found_in(edition) if one.audited and one.verdict == one.audited.verdict]
    assert [one.verdict for one in agreed].count("holds") == 4


def test_where_the_data_say_otherwise_the_chapter_says_so(folder):
    # 348 ÷ 87 = 4: the data bear out what the words do not.
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", "348")
    edition = folder.load()
    assert [one.passage["passage"] for one in found_in(edition) if one.is_disputed] == [
        "high-tech-enterprises-doublings"
    ]
    (row,) = (row for row in rows_of(shown(edition)["table-passage-findings"]) if row[0].startswith("303家"))
    assert row[1:-1] == ["偏高", "303家 ÷ 87家 = 3.48", "为2018年的3.5倍", "成立（与校核结论不同）"]


def test_a_verdict_of_one_of_the_two_is_no_dispute(edition):
    # The nation's intensity is not in the passage: only the audit has it.
    (one,) = (one for one in found_in(edition) if one.passage["passage"] == "intensity-gap-nation")
    assert (one.verdict, one.audited.verdict, one.is_disputed) == ("not_recomputable", "holds", False)


def test_faults_come_first_and_a_passage_without_findings_last(edition):
    rows = rows_of(shown(edition)["table-passage-findings"])
    assert rows[0][:2] == ["303家，较2018年（87家）翻了两番", "偏高"]
    assert rows[-1][:3] == ["未拨付科技资金合计5985.4万元", "未作判断", "没有可以单独复算的表述"]
    anchors = shown(edition)["table-passage-findings"].about["anchors"]
    assert (anchors[0], len(anchors), len(set(anchors) - {None})) == ("passage-high-tech-enterprises-doublings", 13, 12)


def test_english_pages_show_the_chinese_words_and_what_they_mean(edition):
    row = rows_of(shown(edition, "en")["table-passage-findings"])[0]
    assert row == [
        "303家，较2018年（87家）翻了两番 “303, doubled twice against 2018 (87)”",
        "overstated",
        "303家 ÷ 87家 = 3.48",
        "为2018年的3.5倍",
        "overstated",
        "part 1, sec. 2, item 1",
    ]


def test_words_that_nobody_translated_stand_alone(folder):
    folder.change_cell("passages", "high-tech-enterprises-doublings", "wording_en", "")
    assert rows_of(shown(folder.load(), "en")["table-passage-findings"])[0][0] == "303家，较2018年（87家）翻了两番"


def test_words_of_more_than_twenty_characters_are_a_fault(folder):
    words = "303家，较2018年（87家）翻了两番"
    line = folder.change_cell("passages", "high-tech-enterprises-doublings", "wording_zh", f"{words}。")
    assert len(words) == 20
    assert folder.faults() == [
        f"…/passages.csv:{line}:wording_zh: found '{words}。', expected a text of at most 20 characters, not empty"
    ]
    folder.change_cell("passages", "high-tech-enterprises-doublings", "wording_zh", words)
    assert folder.load()


def test_a_passage_of_a_claim_that_there_is_not_is_a_fault(folder):
    line = folder.change_cell("passages", "intensity-level", "claim", "intensity")
    assert folder.faults() == [f"…/passages.csv:{line}:claim: found 'intensity', expected a row of claims"]


def test_an_edition_without_the_table_says_so_and_shows_no_tables(folder):
    folder.file("passages").unlink()
    outputs = shown(folder.load())
    assert [*outputs] == ["proofreading", "proofreading-drafts"]
    assert "没有摘录原文的词句" in outputs["proofreading"].data["text/plain"]
    assert "No words of the original" in shown(Edition.load("zhengzhou-2025"), "en")["proofreading"].data["text/plain"]


def test_the_data_page_lists_the_passages_and_leads_to_their_claims(edition):
    outputs = Report(edition, "zh").outputs("data", pictures=False)
    (table,) = (each for each in outputs if each.about.get("name") == "table-passages")
    assert "[翻了两番](#claims-high-tech-enterprises-doublings)" in table.data["text/plain"]
    (other,) = (row for row in rows_of(table) if row[1].startswith("2000万元"))
    assert other[2:] == ["", "funds-rise"]


def test_only_the_chapter_that_proof_reads_is_made_again_when_the_grammar_changes():
    grammar = "data/grammar/zh.yml"
    made_from_it = {name for name in chapter_names() if grammar in chapter_inputs("anyang-2023", "zh", name)}
    assert made_from_it == {name for name in chapter_names() if reads_of(name).grammars} == {"proofreading"}
