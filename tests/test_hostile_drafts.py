"""Word drafts that nobody should open, and whatever bytes: a draft or one line, never more."""

import io
import zipfile

import docx
import pytest
import typst
from broken_input import Watch, cases, edited_bytes, odd
from hypothesis import given
from hypothesis import strategies as st
from test_any_input import faults_only
from test_drafts import fault_of
from test_drafts_in_pdf import written_by_hand
from word_drafts import NAMES, field, packed, paragraph, run, saved, text_box, unpacked, word_file

from diaoyan import word_files
from diaoyan.drafts import as_draft, read_draft
from diaoyan.word_comments import Comment, commented

NO_WORD = "found no Word file, or a broken one, expected a file that Word opens, saved as .docx"
TOO_LARGE = "found a file too large to be a draft when unpacked, expected a draft of at most some hundred pages"
DEFINITIONS = "found XML with definitions of its own, expected a file saved as .docx by Word"
OLD = "found a file of Word 97–2003 (.doc), WPS or another old program, expected a file saved as .docx"
LOCKED = "found a Word file with a password, expected one without a password"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
BOMB = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
SOUND = word_file(paragraph("甲"))


def with_part(name: str, content: str | bytes) -> bytes:
    """A sound draft with one part put in place of another."""
    return packed({**unpacked(SOUND), name: content})


def document(inside: str, before: str = "") -> bytes:
    """A draft whose document is written so."""
    return with_part("word/document.xml", f"{before}<w:document {NAMES}><w:body>{inside}</w:body></w:document>")


def a_workbook() -> bytes:
    """A zip file of Excel."""
    parts = {name: content.replace(b"word/document", b"xl/workbook") for name, content in unpacked(SOUND).items()}
    return packed({**parts, "xl/workbook.xml": "<workbook/>"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OLE + b"\0" * 600, OLD),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "found a Word file with a password, expected one without a password",
        ),
        (b"PK\3\4", NO_WORD),
        (SOUND[:-30], NO_WORD),
        (SOUND[:200] + b"\xff" * 50 + SOUND[250:], NO_WORD),
        (packed({"a.txt": "a"}), NO_WORD),
        (packed({name: part for name, part in unpacked(SOUND).items() if "document.xml" not in name}), NO_WORD),
        (a_workbook(), NO_WORD),
        (document("<w:p>"), NO_WORD),
        (document(f"{'<w:p>' * 3000}{'</w:p>' * 3000}"), NO_WORD),
        (document(paragraph("&b;"), BOMB), DEFINITIONS),
        (with_part("_rels/.rels", BOMB.encode("utf-16")), DEFINITIONS),
        (with_part("word/document.xml", '<?xml version="1.0" encoding="gbk"?><a/>'), DEFINITIONS),
        (document(" " * (32 * 2**20)), TOO_LARGE),
        (with_part("word/media/a.bin", b"\0" * (257 * 2**20)), TOO_LARGE),
        (document("<w:p/>"), "found a draft without any text, expected a draft with text"),
        (b"%PDF-1.7", "found no PDF, or a broken one, expected a PDF that opens, or the Word file it was made from"),
        (b"text", NO_WORD),
    ],
)
def test_what_is_no_word_draft_is_one_line_and_stays_as_it_is(tmp_path, content, said):
    path = saved(tmp_path, content)
    assert fault_of(path) == f"draft.docx: {said}"
    assert path.read_bytes() == content


def test_a_draft_has_as_many_elements_as_it_may_have_and_no_more(tmp_path, monkeypatch):
    path = saved(tmp_path, word_file("<w:p/>" * 400 + paragraph("甲")))
    monkeypatch.setattr(word_files, "MOST_ELEMENTS", 500)
    assert read_draft(path).text == "甲"
    monkeypatch.setattr(word_files, "MOST_ELEMENTS", 400)
    assert fault_of(path) == f"draft.docx: {TOO_LARGE}"


@pytest.mark.parametrize("twice", ["word/document.xml", "[Content_Types].xml"])
def test_a_part_that_is_there_twice_is_read_as_neither(tmp_path, twice):
    path = saved(tmp_path, SOUND)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as package:
        package.writestr(twice, "<a/>")
    assert fault_of(path) == f"draft.docx: {NO_WORD}"


@pytest.fixture(scope="module")
def watch():
    """Watches over all cases of this module."""
    return Watch()


def word_drafts() -> list[bytes]:
    """Drafts with all that Word writes, by hand and by python-docx."""
    page = field("<w:r><w:instrText>PAGE</w:instrText></w:r>", run("3"))
    formula = "<m:oMath><m:r><m:t>1</m:t></m:r></m:oMath>"
    styles = '<w:style w:styleId="a"><w:basedOn w:val="b"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        paragraph("高新技术企业303家", f"<w:ins>{run('增至')}</w:ins>", f"<w:del>{run('减至')}</w:del>", page)
        + paragraph(run("隐藏", '<w:rStyle w:val="a"/>'), text_box(paragraph("框")), formula)
        + f"<w:tbl><w:tr><w:tc><w:tcPr/>{paragraph('格')}</w:tc></w:tr></w:tbl>"
        + paragraph("注", '<w:r><w:footnoteReference w:id="1"/></w:r>')
        + '<w:sectPr><w:headerReference r:id="header1"/><w:titlePg/></w:sectPr>'
    )
    notes = f'<w:footnote w:id="1">{paragraph("脚注")}</w:footnote>'
    comments = f'<w:comment w:id="5" w:author="a">{paragraph("旧")}</w:comment>'
    by_hand = word_file(body, styles=styles, footnotes=notes, header1=paragraph("眉"), comments=comments)
    made = io.BytesIO()
    file = docx.Document()
    file.add_paragraph("高新技术企业303家")
    file.save(made)
    return [by_hand, by_hand, by_hand, made.getvalue()]


DRAFTS = word_drafts()


def taken_apart(content: bytes, data) -> bytes:
    """A draft with one of its parts edited."""
    parts = unpacked(content)
    name = data.draw(st.sampled_from(sorted(parts)))
    return packed({**parts, name: data.draw(edited_bytes(parts[name]))})


@given(data=st.data())
@cases(60)
def test_any_bytes_of_a_word_file_are_a_draft_that_takes_comments_or_faults(tmp_path, watch, data):
    content = DRAFTS[data.draw(st.integers(0, len(DRAFTS) - 1))]
    is_whole = data.draw(st.integers(0, 3)) == 0
    path = saved(tmp_path, data.draw(edited_bytes(content)) if is_whole else taken_apart(content, data))
    written = None
    with watch.case("bytes of Word files"), faults_only():
        draft = read_draft(path)
        middle, length = len(draft.text) // 2, len(draft.text)
        comments = [Comment(0, 1, "一"), Comment(middle, length, "二"), Comment(middle, middle, "三")]
        written = commented(path.read_bytes(), comments, "a", "b")
    if written:
        assert read_draft(saved(tmp_path, written)).text == draft.text


@given(data=st.data())
@cases(40)
def test_any_bytes_of_a_text_are_a_draft_or_faults(tmp_path, watch, data):
    text = "一、成效\n2022年303家，\n　　比2018年多216家。\n\n# 二\n| a | b |\n" * 3
    content = data.draw(edited_bytes(text.encode(data.draw(st.sampled_from(("utf-8", "gb18030", "utf-16"))))))
    path = saved(tmp_path, content, data.draw(st.sampled_from(("a.txt", "a.md", "a.docx", "a.pdf"))))
    with watch.case("bytes of texts"), faults_only():
        sound(read_draft(path))


@given(text=st.lists(odd | st.sampled_from(("一、", "甲" * 28, "\n", "\n\n", "。", " 　")), max_size=40).map("".join))
@cases(60)
def test_any_string_is_a_draft(text):
    sound(as_draft(text))


def sound(draft) -> None:
    """Paragraphs follow one another, none of them empty, and hold all that is not blank."""
    end, rest = 0, ""
    for number, each in enumerate(draft.paragraphs, 1):
        assert (each.number, each.start >= end, each.start < each.end) == (number, True, True)
        rest += draft.text[end : each.start]
        end = each.end
        assert draft.paragraph_at(each.start) == draft.paragraph_at(each.end - 1) == each
    assert not (rest + draft.text[end:]).strip(" \n\t\v\f\r\x1a　\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029")


def pdf_drafts() -> list[bytes]:
    """PDFs with text: one compressed, as programs write it, and one whose objects can be read."""
    text = '#set page(width: 90mm, height: 40mm, numbering: "1")\n' + "In 2022 there were 303 enterprises. " * 12
    return [typst.compile(text.encode()), written_by_hand(b"BT /F 9 Tf (303 of 565) Tj ET", count=2)]


PDFS = pdf_drafts()


@given(data=st.data())
@cases(60)
def test_any_bytes_of_a_pdf_are_a_draft_or_faults(tmp_path, watch, data):
    path = saved(tmp_path, data.draw(edited_bytes(PDFS[data.draw(st.integers(0, 1))])), "a.pdf")
    with watch.case("bytes of PDFs"), faults_only():
        sound(read_draft(path))
