"""The words of the formal document: the three parts as running text, and nothing of what stands around them."""

import dataclasses

import pytest
from conftest import ANYANG, write_chapter

from diaoyan.edition import PARTS, Edition
from diaoyan.faults import Faults
from diaoyan.official_text import LONGEST_HEADING_CHARACTERS, Run, SignOff, _shown, compose, plain
from diaoyan.paths import DATA


def words_of(document):
    """Kind, level and words of every paragraph."""
    return [(each.kind, each.level, plain(each.runs)) for each in document.paragraphs]


def faults(edition, folder, language="zh", sign_off=None):
    """The lines that composing ends with; the folder of the chapters, here a temporary one, is left out."""
    with pytest.raises(Faults) as raised:
        compose(edition, language, folder, sign_off)
    return str(raised.value).replace("/".join(folder.parts[-2:]) + "/", "").splitlines()


def changed(edition, **meta):
    """The edition with other particulars."""
    return Edition(edition.id, DATA, edition.vintage, {**edition.meta, **meta}, edition.tables)


def test_the_parts_stand_in_order_with_their_headings(edition, executed):
    document = compose(edition, "zh", executed["zh"])
    first = [(level, words) for kind, level, words in words_of(document) if kind == "heading" and level == 1]
    assert first == [(1, "做法和成效"), (1, "存在问题"), (1, "意见和建议")]
    counts = [sum(each.kind == "heading" and each.level == level for each in document.paragraphs) for level in (2, 3)]
    # Of the original's outline: 3 + 3 + 4 sections, 12 + 10 items.
    assert counts == [10, 22]


@pytest.mark.parametrize(
    ("language", "remarks"),
    [
        ("zh", ["数据核对：", "原报告在此处的数量表述：", "来源："]),
        ("en", ["Checked against", "What the original states in"]),
    ],
)
def test_remarks_charts_and_links_are_left_out(edition, executed, language, remarks):
    said = "\n".join(words for _, _, words in words_of(compose(edition, language, executed[language])))
    assert [each for each in (*remarks, "](", ".ipynb", "#obs-", "```", "**") if each in said] == []


def test_a_section_of_later_data_never_stands_in_it_nor_what_is_below(edition, parts):
    folder = parts(
        problems={
            "problems": "# Problems\n\nBefore.",
            "problems-money-later": "## Later data\n\nNo.",
            "problems-money-more": "### Below\n\nNeither.",
            "problems-talent": "## Talent\n\nAfter.",
        }
    )
    said = [words for _, _, words in words_of(compose(edition, "en", folder))]
    assert said[2:6] == ["Problems", "Before.", "Talent", "After."]


def test_links_print_as_words_and_emphasis_stays(edition, parts):
    text = '# A\n\nUp *to* [303](data.ipynb#x "why") **now**,\nthen\n中文\n接着。'
    document = compose(edition, "en", parts(achievements={"achievements": text}))
    assert document.paragraphs[1].runs == (
        Run("Up "),
        Run("to", "em"),
        Run(" 303 "),
        Run("now", "strong"),
        Run(", then 中文接着。"),
    )


def test_lists_keep_their_numbers_and_footnotes_their_words(edition, parts):
    text = "# A\n\nSaid[^a].\n\n3. three\n4. four\n\n   - inner\n\n[^a]: A *note*.\n"
    document = compose(edition, "en", parts(achievements={"achievements": text}))
    _, said, *items = document.paragraphs[:5]
    assert said.runs == (Run("Said"), Run("", "", ((Run("A "), Run("note", "em"), Run(".")),)), Run("."))
    assert [(each.kind, each.level, each.number, each.list) for each in items] == [
        ("ordered", 1, 3, 1),
        ("ordered", 1, 4, 1),
        ("bullet", 2, 0, 0),
    ]


def test_the_front_names_the_meeting_the_body_and_that_it_is_recomputed(edition, executed):
    front = compose(edition, "zh", executed["zh"]).front
    assert front["mark"] == "复算稿，非正式文件"
    assert front["meeting"] == "安阳市第十五届人民代表大会常务委员会第五次会议"
    assert front["number"] == "文件（10）"
    assert front["date"] == "（2023年10月26日）"
    assert front["addressee"] == "安阳市人大常委会："


def test_a_document_without_number_has_no_line_for_it(edition, executed):
    assert compose(changed(edition, document_number=""), "zh", executed["zh"]).front["number"] == ""


def test_nobody_signs_unless_named(edition, executed):
    blank = compose(edition, "zh", executed["zh"])
    assert blank.end == {
        "signed_by": "签发：",
        "proof_read_by": "校对：",
        "printed_by": "印发机关：",
        "printed": "　　　　年　　月　　日印发",
    }
    # Who signed the original did not sign this.
    everything = repr(dataclasses.asdict(blank))
    assert [
        each for each in (edition.meta["signed_by"]["zh"], edition.meta["proof_read_by"]["zh"]) if each in everything
    ] == []
    signed = compose(edition, "zh", executed["zh"], SignOff("甲", "乙", "办公室", "2024-01-02"))
    assert list(signed.end.values()) == ["签发：甲", "校对：乙", "办公室", "2024年1月2日印发"]


@pytest.mark.parametrize("day", ["2023-02-30", "2023年10月25日", "soon"])
def test_a_day_that_is_none_is_one_line(edition, executed, day):
    found = faults(edition, executed["zh"], sign_off=SignOff(printed=day))
    assert found == [f"--printed: found {day!r}, expected a day such as 2023-10-25"]


def test_a_heading_may_be_long_but_not_endless(edition, parts):
    longest = "字" * LONGEST_HEADING_CHARACTERS
    folder = parts(problems={"problems": "# 问题\n\n有。", "problems-talent": f"### {longest}\n\n有。"})
    assert words_of(compose(edition, "zh", folder))[4] == ("heading", 3, longest)
    folder = parts(problems={"problems": "# 问题\n\n有。", "problems-talent": f"### {longest}字\n\n有。"})
    shown = f"data/editions/{ANYANG}/text/zh/problems.md"
    line = next(
        number
        for number, line in enumerate((DATA.parent / shown).read_text(encoding="utf-8").splitlines(), 1)
        if "{#problems-talent}" in line
    )
    assert faults(edition, folder) == [
        f"{shown}:{line}:problems-talent: "
        "found a heading of 121 characters, expected at most 120 in the formal document"
    ]


def test_an_endless_title_is_a_fault_of_the_particulars(edition, executed):
    found = faults(changed(edition, title={"zh": "字" * 3000, "en": "x"}), executed["zh"])
    assert found == [
        f"data/editions/{ANYANG}/edition.yml: "
        "found a heading of 3000 characters, expected at most 120 in the formal document"
    ]


def test_a_part_that_says_nothing_is_named(edition, parts):
    folder = parts(problems={"problems": "# 存在问题"}, recommendations={})
    assert faults(edition, folder) == [
        f"data/editions/{ANYANG}/text/zh/{part}.md:1:{part}: "
        "found a part that says nothing, expected paragraphs below its headings"
        for part in ("problems", "recommendations")
    ]


def test_a_chapter_that_was_not_executed_is_one_line(edition, tmp_path):
    assert faults(edition, tmp_path) == [
        "achievements.ipynb: found no executed chapter, expected achievements executed: run ./scripts/build"
    ]


@pytest.mark.parametrize("content", ["no JSON", "[]", '{"cells": [1]}', '{"cells": [{"outputs": [{"metadata": 1}]}]}'])
def test_a_chapter_that_is_no_notebook_is_one_line(edition, parts, content):
    folder = parts()
    (folder / "problems.ipynb").write_text(content)
    assert faults(edition, folder) == [
        "problems.ipynb: found no notebook, expected an executed chapter: run ./scripts/build"
    ]


def test_a_character_that_no_file_can_hold_is_a_fault_with_its_place(edition, parts):
    folder = parts(achievements={"achievements": "# 成效\n\n有\ufffe。"})
    assert faults(edition, folder) == [
        f"data/editions/{ANYANG}/text/zh/achievements.md:1:achievements: "
        "found a character that no document can hold (U+FFFE), expected plain text"
    ]


def test_markup_that_no_text_may_hold_is_refused(edition, tmp_path):
    for part in PARTS:
        data = {"text/markdown": f"# {part}\n\n```{{code-cell}}\nimport os\n```"}
        write_chapter(tmp_path / f"{part}.ipynb", [({"kind": "text", "anchors": [part]}, data)])
    assert faults(edition, tmp_path) == [
        "achievements.ipynb:3:achievements: found a directive or code fence '{code-cell}', "
        "expected headings, paragraphs, emphasis, lists, links and footnotes only"
    ]


def test_a_fault_of_an_executed_chapter_names_edition_language_and_chapter(tmp_path):
    notebook = tmp_path / "kaifeng-2025" / "zh" / "achievements.ipynb"
    assert _shown(notebook) == "kaifeng-2025/zh/achievements.ipynb"
