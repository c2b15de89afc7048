"""Drafts in plain text: encodings, and which lines make a paragraph."""

import os
import textwrap

import pytest

from diaoyan import drafts
from diaoyan.drafts import as_draft, read_draft
from diaoyan.faults import Faults

SENTENCES = (
    "2022年全市高新技术企业达到303家，比2018年的87家增加216家，占全省的2.8%，",
    "其中规模以上工业企业151家；科技型中小企业565家，是2018年的2.9倍。全社会研发经费投入强度达到1.78%，",
    "比上年提高0.24个百分点，低于全国平均水平0.76个百分点。技术合同登记额13.6亿元，",
    "较2018年的1.54亿元翻了三番；财政科技支出由2000万元提高到2亿元，年均增长77.8%，占比稳步提高。",
)
PROSE = "".join(SENTENCES)
COLUMNS = 28
ITEMS = ("滑县12家", "内黄县103家", "殷都区8家", "龙安区99家")


def broken(text: str, indent: int = 0) -> list[str]:
    """The text in lines of 28 characters, the first of them shorter by an indent that was lost."""
    first = COLUMNS - indent
    return [text[:first], *(text[at : at + COLUMNS] for at in range(first, len(text), COLUMNS))]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without the ends of its lines."""
    draft = as_draft(text)
    return [draft.text[each.start : each.end].replace("\n", "") for each in draft.paragraphs]


def fault_of(path) -> str:
    """The one line that reading a draft ends with."""
    with pytest.raises(Faults) as raised:
        read_draft(path)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lines_broken_at_one_width_are_joined_to_the_paragraphs_they_were(gap):
    narrow = PROSE.translate({ord(digit): "九" for digit in "0123456789.%"})
    heads = ["一、主要成效", "（一）平台建设取得进展。"]
    lines = [heads[0], *broken(narrow, 2), heads[1], *broken(narrow[:150] + "。", 2)]
    assert paragraphs(gap.join(lines)) == [heads[0], narrow, heads[1], narrow[:150] + "。"]


def test_a_paragraph_of_joined_lines_holds_their_ends_and_the_text_stays_as_it_is():
    text = "\r\n".join(broken(PROSE.translate({ord(digit): "九" for digit in "0123456789.%"})))
    draft = as_draft(text)
    assert draft.text == text.replace("\r\n", "\n")
    assert [(each.start, each.end) for each in draft.paragraphs] == [(0, len(draft.text))]


def test_a_line_that_begins_with_a_numeral_of_a_heading_is_joined_to_nothing_before():
    lines = broken(PROSE.translate({ord(digit): "九" for digit in "0123456789.%"}))
    for head in ("二、存在问题", "（二）投入不足", "第三章 建议", "# 建议", "3．建议", "(1)建议"):
        assert paragraphs("\n".join([*lines[:-1], head]))[-1] == head


@pytest.mark.parametrize("texts", [SENTENCES, ("一", "二二", "三三三"), ITEMS])
def test_sentences_or_items_on_lines_of_their_own_are_paragraphs(texts):
    assert paragraphs("\n".join(texts)) == list(texts)


def test_items_of_nearly_one_length_are_not_taken_for_broken_lines():
    items = [f"2022年{name}高新技术企业达到{count}家" for count, name in enumerate("甲乙丙丁戊己", 95)]
    assert paragraphs("\n".join(items)) == items
    assert paragraphs("\n".join(f"{item}。" for item in items)) == [f"{item}。" for item in items]


def test_english_paragraphs_are_joined_across_their_lines():
    words = "The city had 303 high-tech enterprises in 2022. It had 87 of them four years before, and 209 in 2021. "
    texts = [(words * 3).strip(), (words * 2).strip(), (words * 4).strip()]
    text = "\n\n".join(textwrap.fill(each, 72) for each in texts)
    draft = as_draft(text)
    assert [draft.text[each.start : each.end].replace("\n", " ") for each in draft.paragraphs] == texts


def test_in_markdown_soft_breaks_join_and_headings_rows_and_items_stand_alone(tmp_path):
    written = [
        ("# 成效", 1),
        ("高新技术企业\n303家", 2),
        ("| 年 | 家 |", 1),
        ("|---|---|", 1),
        ("| 2022 | **303** |", 1),
        ("- 第一项\n  续行", 2),
        ("- 第二项", 1),
        ("1. 第三项", 1),
        ("下文", 1),
    ]
    path = tmp_path / "draft.md"
    path.write_text("\n".join(text for text, _ in written[:-1]) + "\n\n下文\n", encoding="utf-8")
    draft = read_draft(path)
    assert [draft.text[each.start : each.end] for each in draft.paragraphs] == [text for text, _ in written]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_of_offices_are_read(tmp_path, encoding):
    path = tmp_path / "草稿.txt"
    path.write_bytes("第一段，朱镕基。\r\n第二段：303家。\r\n".encode(encoding))
    draft = read_draft(path)
    assert (draft.file, draft.text) == ("草稿.txt", "第一段，朱镕基。\n第二段：303家。\n")
    assert [(each.number, each.page, each.part) for each in draft.paragraphs] == [(1, None, "body"), (2, None, "body")]


UNKNOWN = "found text in an unknown encoding, expected text in UTF-8 or GB18030 (UTF-16 with its mark)"
OTHER_KIND = "found a file of another kind, expected a draft as .docx, .pdf, .txt or .md; save it as .docx"
NO_TEXT = "found bytes that are no text, expected text in UTF-8 or GB18030, or a file saved as .docx"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "科技工作調研報告，企業數量增長".encode("big5"), UNKNOWN),
        ("a.txt", "科技工作调研报告，企业数量增长".encode()[:-1], UNKNOWN),
        ("a.txt", "café".encode("latin-1"), UNKNOWN),
        ("a.txt", "甲乙303".encode("utf-16-le"), NO_TEXT),
        ("a.md", b"a\0b", NO_TEXT),
        ("a.txt", b"", "found an empty file, expected a draft with text"),
        ("a.docx", b"", "found an empty file, expected a draft with text"),
        ("a.txt", b" \n\xe3\x80\x80\n", "found a draft without any text, expected a draft with text"),
        ("a.rtf", b"{\\rtf1 a}", "found a file in rich text format (.rtf), expected a file saved as .docx"),
        ("a.png", b"\x89PNG\r\n", OTHER_KIND),
        ("a", b"text", OTHER_KIND),
    ],
)
def test_what_is_no_draft_is_one_line(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    assert fault_of(tmp_path / name) == f"{name}: {said}"
    assert (tmp_path / name).read_bytes() == content


def test_a_folder_a_missing_file_a_device_and_a_pipe_are_one_line(tmp_path):
    assert fault_of(tmp_path).endswith("found a folder, expected a file")
    assert fault_of(tmp_path / "a.txt") == "a.txt: found no file, expected a file"
    assert fault_of(tmp_path / "a\0.txt") == "a\\x00.txt: found no file, expected a file"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files in folders")
def test_nobody_waits_for_a_pipe_or_a_device(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert fault_of(tmp_path / "a.txt") == "a.txt: found no file, expected a file"
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    assert fault_of(tmp_path / "b.txt") == "b.txt: found no file, expected a file"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may read everything is refused nothing")
def test_a_file_nobody_may_read_is_one_line(tmp_path):
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    assert fault_of(tmp_path / "a.txt") == "a.txt: found Permission denied, expected a readable file"


def test_a_file_is_read_up_to_its_most_megabytes(tmp_path, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_MEGABYTES", 1)
    with (tmp_path / "a.txt").open("wb") as file:
        file.write("甲乙".encode())
        file.truncate(3 * 2**20)
    assert fault_of(tmp_path / "a.txt") == "a.txt: found a file of 3 MB, expected at most 1 MB"
    (tmp_path / "a.txt").write_bytes("甲".encode() + b" " * (2**20 - 3))
    assert len(read_draft(tmp_path / "a.txt").paragraphs) == 1
