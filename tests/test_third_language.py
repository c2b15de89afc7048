"""A third language takes a catalogue and columns of texts; what has no translation falls back and says so."""

import csv
import re

import pytest
import yaml

from diaoyan.checking import check, left_out
from diaoyan.edition import Edition
from diaoyan.inputs import chapter_names
from diaoyan.report import Report

LANGUAGE = "xx"
MARK = "ẋ"


def in_pseudo_language(tree):
    """The words of a catalogue with a mark before each, what numbers look like left alone."""
    if isinstance(tree, dict):
        return {key: in_pseudo_language(value) for key, value in tree.items()}
    return f"{MARK}{tree}" if isinstance(tree, str) and re.search(r"[A-Za-z]{2}", tree) else tree


@pytest.fixture
def spoken(folder):
    """The data with a catalogue of a third language, without any other text in it."""
    catalogue = folder.path / "catalogue"
    tree = yaml.safe_load((catalogue / "en.yml").read_text(encoding="utf-8"))
    words = {**in_pseudo_language(tree), "numbers": tree["numbers"], "language": "Pseudo"}
    (catalogue / f"{LANGUAGE}.yml").write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    return folder


def translate(path, column, **translated):
    """Adds a column of translations to a table, some cells filled."""
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    rows = [[*row, translated.get(row[0], "")] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[*head, column], *rows])


def words_of(report, chapter):
    """All Markdown of a chapter."""
    return "\n".join(output.data.get("text/markdown", "") for output in report.outputs(chapter, pictures=False))


def test_a_catalogue_alone_is_no_fault_and_what_is_not_translated_is_listed(spoken):
    check("anyang-2023", spoken.path)
    lines = [line for line in left_out("anyang-2023", spoken.path) if "not translated" in line]
    assert len(lines) == len(chapter_names())
    assert (
        "data/editions/anyang-2023/text/en/problems.md: not translated: "
        "the chapter problems shows these words in the language xx"
    ) in lines


@pytest.mark.parametrize("chapter", chapter_names())
def test_a_chapter_without_translation_says_in_its_title_and_first_words_that_it_has_none(spoken, chapter):
    said = words_of(Report(spoken.load(), LANGUAGE), chapter)
    english = words_of(Report(spoken.load(), "en"), chapter)
    title = english.splitlines()[0]
    assert said.splitlines()[0] == f"{title} [en]"
    assert f"*{MARK}This chapter has not been translated" in said


def test_sentences_that_fall_back_are_wholly_in_the_other_language(spoken):
    said = words_of(Report(spoken.load(), LANGUAGE), "achievements")
    english = words_of(Report(spoken.load(), "en"), "achievements")
    paragraph = next(line for line in english.splitlines() if "[303]" in line)
    assert paragraph in said


def test_a_chapter_that_is_translated_has_no_mark(spoken):
    text = spoken.own(f"text/{LANGUAGE}/summary.md")
    text.parent.mkdir()
    text.write_text("# Ẋummary {#summary}\n\n{{ change('high_tech_enterprises') }}\n", encoding="utf-8")
    said = words_of(Report(spoken.load(), LANGUAGE), "summary")
    assert said.startswith("# Ẋummary\n")
    assert "[en]" not in said.split("\n\n")[0]
    # 303 ÷ 87 = 3.48, in the words of the third catalogue.
    assert re.search(rf"{MARK}\[3\.5\]\(.*\) times as many as in {MARK}2018", said)


def test_a_name_without_translation_is_marked_and_one_with_it_is_not(spoken):
    translate(spoken.file("indicators"), f"name_{LANGUAGE}", high_tech_enterprises="ẋenterprises")
    wording = Report(spoken.load(), LANGUAGE).wording
    assert wording.plain_name(wording.indicators, "high_tech_enterprises") == "ẋenterprises"
    assert wording.plain_name(wording.indicators, "rd_intensity") == "R&D intensity [en]"


def test_a_column_of_a_language_without_catalogue_is_a_fault(folder):
    translate(folder.file("indicators"), "name_yy")
    assert folder.faults()[0].startswith("data/indicators.csv:1:name_yy: found an unknown column 'name_yy'")


def test_tables_show_each_text_once_in_the_readers_language(spoken):
    said = words_of(Report(spoken.load(), LANGUAGE), "data")
    assert "R\\&D intensity \\[en\\]" in said
    assert "研发经费投入强度" not in said


def test_the_title_of_an_edition_without_translation_is_marked(spoken):
    edition = Edition.load("anyang-2023", spoken.path)
    assert edition.particular("title", LANGUAGE).endswith(" [en]")
    assert edition.particular("title", "zh") == edition.meta["title"]["zh"]
    assert edition.city_name(LANGUAGE) == "Anyang [en]"


def test_chinese_and_english_are_complete_and_show_no_mark(edition):
    for language in ("zh", "en"):
        report = Report(edition, language)
        for chapter in chapter_names():
            assert not re.search(r"\\?\[(zh|en)\\?\]", words_of(report, chapter)), (language, chapter)
