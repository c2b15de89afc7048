"""Comments in Word drafts: at their spans, with nothing else changed."""

import io
import zipfile

import docx
import pytest
from lxml import etree
from word_drafts import NAMES, R, W, field, packed, paragraph, run, saved, text_box, unpacked, word_file

from diaoyan.drafts import read_draft
from diaoyan.word_comments import Comment, commented

CHANGED = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
RELATIONSHIPS = "officeDocument/relationships"


def span(text: str, about: str, words: str = "不符") -> Comment:
    """A comment on these words of the text."""
    return Comment(text.index(about), text.index(about) + len(about), words)


def covered(content: bytes) -> dict[str, str]:
    """The text that each comment covers, by its id, through all that stands between its two ends."""
    found, opened = {}, []
    for element in etree.fromstring(unpacked(content)["word/document.xml"]).iter("*"):
        name, id = etree.QName(element).localname, element.get(f"{{{W}}}id")
        if name == "commentRangeStart":
            opened.append(id)
            found[id] = ""
        elif name == "commentRangeEnd":
            opened.remove(id)
        elif name == "t":
            for each in opened:
                found[each] += element.text
    assert not opened
    return found


def with_comments(tmp_path, content: bytes, *abouts: str) -> bytes:
    """The draft with a comment on each of these; read again it is the same text."""
    text = read_draft(saved(tmp_path, content)).text
    result = commented(content, [span(text, about, f"关于{about}") for about in abouts], "校对", "校")
    assert read_draft(saved(tmp_path, result, "again.docx")).text == text
    assert commented(content, [span(text, about, f"关于{about}") for about in abouts], "校对", "校") == result
    said = [each.text for each in docx.Document(io.BytesIO(result)).comments]
    assert [each.rpartition("\n")[2] for each in said] == [f"关于{about}" for about in abouts]
    return result


@pytest.mark.parametrize(
    ("inside", "about"),
    [
        (("2022年高新技术企业303家，翻了两番。",), "303家"),
        (("高新技术企业30", run("3家", "<w:b/>"), "，翻了"), "303家"),
        (("高新技术企业", f"<w:ins>{run('增至303')}</w:ins>", "家"), "303家"),
        (("高新", f"<w:hyperlink>{run('技术企业')}</w:hyperlink>", "家"), "新技术"),
        (("第", field("<w:r><w:instrText>PAGE</w:instrText></w:r>", run("305")), "页"), "30"),
        (("增长<!-- -->", run("188%")), "长188"),
        (("<w:r><w:t>一</w:t><w:t>二三</w:t><w:t>四</w:t></w:r>",), "二三四"),
        (("整段",), "整段"),
    ],
)
def test_a_comment_covers_exactly_its_span(tmp_path, inside, about):
    assert covered(with_comments(tmp_path, word_file(paragraph(*inside)), about)) == {"0": about}


def test_several_comments_on_one_run_cover_what_is_theirs_even_where_they_overlap(tmp_path):
    content = word_file(paragraph("由2018年的87家增加到2022年的303家，翻了两番。"))
    abouts = ("303家", "87家", "87家增加到", "年的", "翻了两番", "87家增加到")
    result = with_comments(tmp_path, content, *abouts)
    assert covered(result) == {str(number): about for number, about in enumerate(abouts)}


def test_both_pieces_of_a_run_look_alike_and_a_reference_stands_behind_the_end(tmp_path):
    content = word_file(paragraph(run("共303家", '<w:b/><w:sz w:val="32"/>')))
    body = etree.fromstring(unpacked(with_comments(tmp_path, content, "303"))["word/document.xml"])[0]
    looks = '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">'
    written = etree.tostring(body[0], encoding="unicode").replace(f" {NAMES}", "")
    assert written[written.index("<w:r>") :] == (
        f'<w:r>{looks}共</w:t></w:r><w:commentRangeStart w:id="0"/><w:r>{looks}303</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        f"<w:r>{looks}家</w:t></w:r></w:p>"
    )


def test_a_formula_is_covered_whole(tmp_path):
    content = word_file(paragraph("即", "<m:oMath><m:r><m:t>303/87</m:t></m:r></m:oMath>", "倍"))
    assert covered(with_comments(tmp_path, content, "03")) == {"0": "303/87"}


@pytest.mark.parametrize(
    ("body", "parts", "around"),
    [
        (paragraph("正文", text_box(paragraph("框内303家"))), {}, "框内303家"),
        (
            paragraph("正文", "<w:r><w:footnoteReference w:id='1'/></w:r>"),
            {"footnotes": f"<w:footnote w:id='1'>{paragraph('注明303家')}</w:footnote>"},
            "",
        ),
        (
            paragraph("正文") + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>',
            {"header1": paragraph("页眉303家")},
            "",
        ),
    ],
)
def test_a_comment_that_word_would_not_show_stands_where_its_text_is_anchored_and_says_what_it_is_about(
    tmp_path, body, parts, around
):
    result = with_comments(tmp_path, word_file(body, **parts), "303家")
    (comment,) = docx.Document(io.BytesIO(result)).comments
    assert comment.text == "“303家”\n关于303家"
    document = etree.fromstring(unpacked(result)["word/document.xml"])
    assert document.find(f".//{{{W}}}txbxContent//{{{W}}}commentReference") is None
    assert document.find(f"{{{W}}}body/{{{W}}}p/{{{W}}}r/{{{W}}}commentReference") is not None
    assert covered(result)["0"].startswith(around)


def test_comments_of_the_draft_stay_and_numbers_go_on(tmp_path):
    own = '<w:comment w:id="7" w:author="甲">' + paragraph("原有批注") + "</w:comment>"
    mark = "<w:commentRangeStart w:id='7'/>", run("303"), "<w:commentRangeEnd w:id='7'/>"
    content = word_file(paragraph(*mark, "<w:r><w:commentReference w:id='7'/></w:r>", "家"), comments=own)
    result = commented(content, [Comment(0, 3, "不符\n应为348"), Comment(3, 4, "漏")], "校对", "校")
    found = {
        each.comment_id: (each.author, each.initials, each.text) for each in docx.Document(io.BytesIO(result)).comments
    }
    assert found == {7: ("甲", None, "原有批注"), 8: ("校对", "校", "不符\n应为348"), 9: ("校对", "校", "漏")}
    assert covered(result) == {"7": "303", "8": "303", "9": "家"}
    before, after = unpacked(content), unpacked(result)
    assert {name for name in after if after[name] != before.get(name)} == {"word/document.xml", "word/comments.xml"}


def test_every_other_part_keeps_its_bytes_and_its_place(tmp_path):
    file = docx.Document()
    file.add_paragraph("2022年303家。")
    file.save(tmp_path / "draft.docx")
    content = (tmp_path / "draft.docx").read_bytes()
    result = commented(content, [Comment(5, 8, "不符")], "校对", "校")
    before, after = unpacked(content), unpacked(result)
    assert list(after)[: len(before)] == list(before)
    assert {name for name in after if after[name] != before.get(name)} == CHANGED
    (comment,) = docx.Document(io.BytesIO(result)).comments
    assert (comment.text, comment.author, comment.initials, comment.timestamp) == ("不符", "校对", "校", None)


def test_without_comments_the_parts_stay_as_they_are():
    content = word_file(paragraph("甲"))
    assert unpacked(commented(content, [], "校对", "校")) == unpacked(content)


def test_a_comment_on_an_empty_span_or_beyond_the_end_covers_the_nearest_character():
    content = word_file(paragraph("一二三"))
    assert covered(commented(content, [Comment(1, 1, "甲"), Comment(9, 9, "乙")], "校对", "校")) == {
        "0": "二",
        "1": "三",
    }


def test_what_no_xml_may_hold_is_left_out_of_a_comment():
    content = commented(word_file(paragraph("甲")), [Comment(0, 1, "一\0<二>\x1b&\ud800")], "校\x01", "校")
    (comment,) = docx.Document(io.BytesIO(content)).comments
    assert (comment.text, comment.author) == ("一<二>&", "校")


def test_a_strict_file_gets_strict_comments(tmp_path):
    transitional = (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", R.encode())
    strict = tuple(f"http://purl.oclc.org/ooxml/{each}".encode() for each in ("wordprocessingml/main", RELATIONSHIPS))
    parts = unpacked(word_file(paragraph("共303家")))
    for before, after in zip(transitional, strict, strict=True):
        parts = {name: content.replace(before, after) for name, content in parts.items()}
    result = unpacked(commented(packed(parts), [Comment(1, 4, "不符")], "校对", "校"))
    assert read_draft(saved(tmp_path, packed(result))).text == "共303家"
    assert strict[0] in result["word/comments.xml"]
    assert strict[1] + b"/comments" in result["word/_rels/document.xml.rels"]


def test_parts_are_stored_or_compressed_as_they_were():
    written = io.BytesIO(word_file(paragraph("甲")))
    with zipfile.ZipFile(written, "a") as package:
        package.writestr("word/media/a.png", b"a" * 99, zipfile.ZIP_STORED)
        package.writestr("word/b.bin", b"b" * 99, zipfile.ZIP_DEFLATED)
    result = commented(written.getvalue(), [Comment(0, 1, "不符")], "校对", "校")
    with zipfile.ZipFile(io.BytesIO(result)) as after, zipfile.ZipFile(written) as before:
        kept = [(each.filename, each.compress_type, each.date_time) for each in before.infolist()]
        assert [(each.filename, each.compress_type, each.date_time) for each in after.infolist()][: len(kept)] == kept
