"""Word drafts as their readers see them."""

import docx
import pytest
from word_drafts import field, paragraph, run, saved, text_box, word_file

from diaoyan.drafts import read_draft

HIDDEN = "<w:vanish/>"
CODE = "<w:r><w:instrText> PAGE </w:instrText></w:r>"


def seen(tmp_path, body: str, **parts: str) -> list[tuple[str, str]]:
    """The paragraphs of a draft by part and text."""
    draft = read_draft(saved(tmp_path, word_file(body, **parts)))
    assert draft.text == "\n".join(draft.text[each.start : each.end] for each in draft.paragraphs)
    assert [each.number for each in draft.paragraphs] == list(range(1, len(draft.paragraphs) + 1))
    assert {each.page for each in draft.paragraphs} == {None}
    return [(each.part, draft.text[each.start : each.end]) for each in draft.paragraphs]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (("2018年的87家", run("增加到303家")), "2018年的87家增加到303家"),
        (("增至", f"<w:ins>{run('303')}</w:ins>", "<w:del><w:r><w:delText>300</w:delText></w:r></w:del>"), "增至303"),
        ((f"<w:moveTo>{run('移来')}</w:moveTo>", f"<w:moveFrom>{run('移走')}</w:moveFrom>"), "移来"),
        (("甲", run("隐藏", HIDDEN), run("未隐藏", '<w:vanish w:val="0"/>')), "甲未隐藏"),
        (("第", field(CODE, run("3")), "页"), "第3页"),
        (("第", field(f"{CODE}{field(CODE, run('里'))}", run("3")), "页"), "第3页"),
        (("第", f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>', "页"), "第3页"),
        (("未完", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "的域"), "未完的域"),
        ((f"<w:hyperlink>{run('链接')}</w:hyperlink>", f"<w:smartTag>{run('标记')}</w:smartTag>"), "链接标记"),
        ((f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",), "控件"),
        (("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>",), "甲 乙\n丙"),
        (("<w:r><w:t>010</w:t><w:noBreakHyphen/><w:t>123</w:t><w:softHyphen/><w:sym/></w:r>",), "010-123"),
        (("<w:r><w:t> 甲 </w:t></w:r>", "<w:r><w:t>乙\n丙</w:t></w:r>"), "甲乙 丙"),
        (("<m:oMathPara><m:oMath><m:r><m:t>303/87</m:t></m:r></m:oMath></m:oMathPara>", "倍"), "303/87倍"),
        (
            (
                "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase>"
                "</w:ruby></w:r>",
            ),
            "拼",
        ),
    ],
)
def test_a_paragraph_is_what_its_reader_sees(tmp_path, inside, text):
    assert seen(tmp_path, paragraph(*inside)) == [("body", text)]


def test_text_hidden_by_a_style_or_the_style_it_rests_on_is_not_seen(tmp_path):
    styles = (
        f'<w:style w:styleId="a"><w:rPr>{HIDDEN}</w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style><w:style w:styleId="c"><w:basedOn w:val="c"/></w:style>'
    )
    inside = (run("一", '<w:rStyle w:val="b"/>'), run("二", '<w:rStyle w:val="c"/>'), "三")
    assert seen(tmp_path, paragraph(*inside), styles=styles) == [("body", "二三")]
    whole = f'<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr>{run("藏")}</w:p>'
    assert seen(tmp_path, whole + paragraph("见"), styles=styles) == [("body", "见")]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", HIDDEN])
def test_a_paragraph_whose_end_was_deleted_runs_into_the_next(tmp_path, mark):
    first = f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{run('2018年87家，')}</w:p>"
    assert seen(tmp_path, first + paragraph("2022年303家。")) == [("body", "2018年87家，2022年303家。")]


def test_a_table_is_read_cell_by_cell_without_rows_and_cells_that_were_deleted(tmp_path):
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    rows = [
        f"<w:tr>{cell('地区')}{cell('数值')}{cell('删', '<w:cellDel/>')}</w:tr>",
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删去')}</w:tr>",
    ]
    body = paragraph("前") + f"<w:tbl>{''.join(rows)}</w:tbl>" + paragraph("后")
    assert seen(tmp_path, body) == [("body", "前"), ("cell", "地区"), ("cell", "数值"), ("body", "后")]


def test_a_text_box_is_read_once_behind_the_paragraph_that_holds_it(tmp_path):
    body = paragraph("前半", text_box(paragraph("框内"), paragraph("框内二")), "后半") + paragraph("下段")
    parts = [("body", "前半后半"), ("text_box", "框内"), ("text_box", "框内二"), ("body", "下段")]
    assert seen(tmp_path, body) == parts


def test_notes_come_behind_the_body_in_the_order_it_refers_to_them(tmp_path):
    refer = "<w:r><w:footnoteReference w:id='{}'/></w:r>".format
    body = paragraph("正文", refer(3), "<w:r><w:endnoteReference w:id='1'/></w:r>") + paragraph("次段", refer(2))
    footnotes = "".join(f"<w:footnote w:id='{id}'>{paragraph(f'脚注{id}')}</w:footnote>" for id in (0, 2, 3))
    endnotes = f"<w:endnote w:id='1'>{paragraph('尾注')}</w:endnote>"
    notes = [("footnote", "脚注3"), ("footnote", "脚注2"), ("endnote", "尾注")]
    found = seen(tmp_path, body, footnotes=footnotes, endnotes=endnotes)
    assert found == [("body", "正文"), ("body", "次段"), *notes]


@pytest.mark.parametrize(
    ("sort", "section", "settings", "shown"),
    [
        ("default", "", "", True),
        ("first", "", "", False),
        ("first", "<w:titlePg/>", "", True),
        ("even", "", "", False),
        ("even", "", "<w:evenAndOddHeaders/>", True),
    ],
)
def test_headers_and_footers_are_read_once_where_some_page_has_them(tmp_path, sort, section, settings, shown):
    header = f'<w:headerReference w:type="{sort}" r:id="header1"/><w:headerReference w:type="{sort}" r:id="header2"/>'
    body = paragraph("正文") + f'<w:sectPr>{header}<w:footerReference r:id="footer1"/>{section}</w:sectPr>'
    parts = {"header1": paragraph("页眉"), "header2": paragraph("页眉"), "footer1": paragraph("页脚")}
    headers = [("header", "页眉")] if shown else []
    found = seen(tmp_path, body, settings=settings, **parts)
    assert found == [("body", "正文"), *headers, ("footer", "页脚")]


def test_empty_paragraphs_are_not_counted_and_the_paragraph_at_a_character_is_found(tmp_path):
    file = docx.Document()
    for text in ("第一段", "", "  ", "第二段"):
        file.add_paragraph(text)
    file.save(tmp_path / "draft.docx")
    draft = read_draft(tmp_path / "draft.docx")
    assert (draft.file, draft.text) == ("draft.docx", "第一段\n第二段")
    assert [draft.paragraph_at(position).number for position in range(7)] == [1, 1, 1, 1, 2, 2, 2]
