"""Texts become rows and texts again."""

from diaoyan.text_rows import Piece, TextRow, pieces_in, pieces_of, same_pieces, side_by_side, text_of

SOURCE = """# 标题 {#chapter}

第一段
第二行

- 一
- 二

## 节 {#chapter-section}

段落。
"""


def test_a_text_is_its_headings_and_paragraphs_with_their_lines():
    assert pieces_of(SOURCE) == [
        Piece(1, "chapter", "标题", 1),
        Piece(0, "", "第一段\n第二行", 3),
        Piece(0, "", "- 一\n- 二", 6),
        Piece(2, "chapter-section", "节", 9),
        Piece(0, "", "段落。", 11),
    ]


def test_headings_and_paragraphs_are_the_text_again():
    assert text_of(pieces_of(SOURCE)) == SOURCE


def test_two_texts_are_the_same_whatever_their_blank_lines():
    assert same_pieces(pieces_of(SOURCE), pieces_of(SOURCE.replace("\n\n", "\n\n\n").replace("\n", "\r\n")))
    assert not same_pieces(pieces_of(SOURCE), pieces_of(SOURCE.replace("段落。", "段落")))


def test_languages_stand_side_by_side_section_by_section():
    zh = pieces_of("# 甲 {#a}\n\n一\n\n二\n\n## 乙 {#b}\n\n三\n")
    en = pieces_of("# A {#a}\n\none\n\n## B {#b}\n\nthree\n\nfour\n")
    rows = side_by_side("a", {"zh": zh, "en": en})
    assert [(row.level, row.words) for row in rows] == [
        (1, {"zh": "甲", "en": "A"}),
        (0, {"zh": "一", "en": "one"}),
        (0, {"zh": "二"}),
        (2, {"zh": "乙", "en": "B"}),
        (0, {"zh": "三", "en": "three"}),
        (0, {"en": "four"}),
    ]
    assert same_pieces(pieces_in(rows, "zh"), zh)
    assert same_pieces(pieces_in(rows, "en"), en)


def test_languages_with_other_headings_follow_one_another_in_their_own_order():
    zh, en = pieces_of("# 甲 {#a}\n\n## 乙 {#b}\n\n## 丙 {#c}\n"), pieces_of("# A {#a}\n\n## C {#c}\n\n## B {#b}\n")
    rows = side_by_side("a", {"zh": zh, "en": en})
    assert rows[3] == TextRow("a", 1, "a", {"en": "A"})
    assert same_pieces(pieces_in(rows, "zh"), zh)
    assert same_pieces(pieces_in(rows, "en"), en)
