"""The formal document as PDF: measured and read back from its pages."""

import re
from collections import defaultdict

import pypdf
import pytest
from test_official_docx import HOSTILE, in_order, linked_figures, values_of_rows

from diaoyan.catalogue import load_catalogue
from diaoyan.faults import Faults
from diaoyan.fonts import font_set
from diaoyan.markup import escape
from diaoyan.official_pdf import write_official_pdf
from diaoyan.official_text import SignOff, compose
from diaoyan.paths import DATA

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
MILLIMETRE = 72 / 25.4
# A4, less 35 mm below and 37 mm above.
FOOT_OF_TEXT, HEAD_OF_TEXT = 35 * MILLIMETRE, (297 - 37) * MILLIMETRE
LEFT, RIGHT = 28 * MILLIMETRE, (210 - 26) * MILLIMETRE
MAY_NOT_BEGIN = "。，、；：？！）》”’…—"
MAY_NOT_END = "（《“‘"


@pytest.fixture(scope="module")
def fonts():
    """The default fonts."""
    return font_set("fandol")


@pytest.fixture(scope="module")
def written(edition, executed, fonts, tmp_path_factory):
    """The real document in each language."""
    files = {}
    for language in ("zh", "en"):
        files[language] = tmp_path_factory.mktemp("pdf") / f"{language}.pdf"
        write_official_pdf(compose(edition, language, executed[language]), edition, fonts, files[language])
    return files


@pytest.fixture
def write(edition, fonts, tmp_path):
    """Writes a document from a folder of parts and opens it."""

    def make(folder, language="zh", sign_off=None):
        path = tmp_path / "made.pdf"
        write_official_pdf(compose(edition, language, folder, sign_off), edition, fonts, path)
        return pypdf.PdfReader(path)

    return make


def lines(page):
    """The lines of a page from top to bottom: height of the baseline and left edge in points, words."""
    rows = defaultdict(list)

    def see(text, current, matrix, font, size):
        if text.strip():
            x = matrix[4] * current[0] + current[4]
            y = matrix[5] * current[3] + current[5]
            rows[round(y)].append((x, text.strip("\n")))

    page.extract_text(visitor_text=see)
    return [(y, min(rows[y])[0], "".join(text for _, text in sorted(rows[y]))) for y in sorted(rows, reverse=True)]


def text_lines(page):
    """The lines within the text block, without the page number."""
    return [line for line in lines(page) if FOOT_OF_TEXT < line[0] < HEAD_OF_TEXT]


def said(reader):
    """All words of the text, one after the other."""
    return "\n".join(words for page in reader.pages for _, _, words in text_lines(page))


def squeezed(text):
    """The text without spaces, which lines broken anew may have or lack."""
    return re.sub(r"\s", "", text)


@LANGUAGES
def test_every_linked_figure_stands_in_it_in_order(edition, written, language):
    figures = linked_figures(edition, language)
    text = said(pypdf.PdfReader(written[language]))
    assert len(figures) > 30
    assert in_order(text, figures) == []
    assert in_order(text, [*figures, figures[0]]) == [figures[0]]


def test_the_value_of_every_row_that_is_spoken_of_stands_in_it(edition, written):
    text = said(pypdf.PdfReader(written["zh"]))
    assert [value for value in values_of_rows(edition) if in_order(text, [value])] == []


def test_a_full_page_has_22_lines_of_28_characters(write, parts):
    reader = write(parts(achievements={"achievements": "# 成效\n\n" + "字" * 1400}))
    page = text_lines(reader.pages[1])
    assert [len(words) for _, _, words in page] == [28] * 22
    heights = [y for y, _, _ in page]
    # 225 mm / 22 = 10.23 mm.
    assert (heights[0] - heights[-1]) / 21 == pytest.approx(225 * MILLIMETRE / 22, abs=0.1)
    assert {round(left - LEFT) for _, left, _ in page} == {0}


def test_paragraphs_and_headings_begin_two_characters_in(write, parts):
    reader = write(parts(achievements={"achievements": "# 成效\n\n" + "字" * 60, "achievements-a": "## 甲\n\n乙。"}))
    found = {words: left for _, left, words in text_lines(reader.pages[0])}
    assert found["字" * 26] == pytest.approx(LEFT + 2 * 15.75, abs=0.5)
    assert found["一、成效"] == pytest.approx(LEFT + 2 * 15.75, abs=0.5)
    assert found["字" * 28] == pytest.approx(LEFT, abs=0.5)
    assert "（一）甲" in found


def test_no_real_page_has_more_lines_than_22(written):
    counts = [len(text_lines(page)) for page in pypdf.PdfReader(written["zh"]).pages]
    assert max(counts) == 22
    assert len(counts) == 7


def test_headings_are_numbered_level_by_level(written):
    text = said(pypdf.PdfReader(written["zh"]))
    numbers = [
        "一、做法",
        "（一）健全",
        "1.健全",
        "2.出台",
        "（二）建设",
        "1.增加",
        "二、存在",
        "（一）体制",
        "三、意见",
        "（四）",
    ]
    assert in_order(text, numbers) == []
    english = said(pypdf.PdfReader(written["en"]))
    assert (
        in_order(english, ["I. What", "A. Leadership", "1. Bodies", "B. Platforms", "II. Problems", "III. Rec"]) == []
    )


def test_no_heading_stands_alone_at_the_foot_of_a_page(write, parts):
    # 11 lines stand before the part's first; each count of lines brings the last heading to another place.
    for count in range(8, 16):
        filler = "\n\n".join("字" for _ in range(count))
        reader = write(
            parts(achievements={"achievements": f"# 成效\n\n{filler}", "achievements-a": "## 节\n\n### 项\n\n文。"})
        )
        for page in reader.pages[:-1]:
            assert not re.match(r"[一二三]、|（一）|1\.", text_lines(page)[-1][2]), count


def test_lines_neither_begin_nor_end_with_the_wrong_punctuation(written):
    words = [words.strip() for page in pypdf.PdfReader(written["zh"]).pages for _, _, words in text_lines(page)]
    assert len(words) > 100
    # A heading's number begins with a bracket, as it should.
    assert [each for each in words if each[0] in MAY_NOT_BEGIN] == []
    assert [each for each in words if each[-1] in MAY_NOT_END] == []


def test_page_numbers_stand_outside_between_dashes(written):
    pages = pypdf.PdfReader(written["zh"]).pages
    for number, page in enumerate(pages, 1):
        height, left, words = lines(page)[-1]
        assert squeezed(words) == f"—{number}—"
        assert height < FOOT_OF_TEXT
        # One character of 14 pt in from the edge.
        if number % 2:
            assert left > (LEFT + RIGHT) / 2
        else:
            assert left == pytest.approx(LEFT + 14, abs=1)
    assert lines(pypdf.PdfReader(written["en"]).pages[0])[-1][2].strip() == "1"


@LANGUAGES
def test_the_first_page_says_that_it_is_recomputed_and_not_official(written, language):
    first = text_lines(pypdf.PdfReader(written[language]).pages[0])[0][2]
    assert squeezed(first) == squeezed(load_catalogue(DATA, language)("site.not_official"))


@LANGUAGES
def test_it_tells_title_author_and_language_and_has_bookmarks(edition, written, language):
    reader = pypdf.PdfReader(written[language])
    assert reader.metadata.title == edition.meta["title"][language]
    assert reader.metadata.author == edition.meta["body"][language]
    assert reader.trailer["/Root"]["/Lang"] == {"zh": "zh-CN", "en": "en-GB"}[language]
    top = [each.title for each in reader.outline if not isinstance(each, list)]
    assert [each.split()[-1] for each in top] == {
        "zh": ["做法和成效", "存在问题", "意见和建议"],
        "en": ["achieved", "Problems", "Recommendations"],
    }[language]


@pytest.mark.parametrize(
    ("language", "families"),
    [
        ("zh", {"FandolSong", "FandolFang", "FandolHei", "FandolKai", "LibertinusSerif"}),
        ("en", {"LibertinusSerif"}),
    ],
)
def test_its_fonts_are_the_declared_ones_and_in_it(written, language, families):
    found = set()
    for page in pypdf.PdfReader(written[language]).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile3", "/FontFile2"} & descendant["/FontDescriptor"].get_object().keys()
            found.add(re.fullmatch(r"/[A-Z]{6}\+(\w+)-.*", font.get_object()["/BaseFont"])[1])
    assert found == families


def test_noto_serves_where_fandol_has_no_glyph(write, parts):
    reader = write(parts(achievements={"achievements": "# 成效\n\n𠮷林。"}))
    fonts = {str(font.get_object()["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert any("NotoSerifCJK" in each for each in fonts)
    assert "𠮷林。" in said(reader)


def test_a_character_no_font_has_is_a_fault_with_its_place(write, parts):
    folder = parts(problems={"problems": "# 问题\n\n有。", "problems-talent": "### 才\n\n缺🧿和\ue000。"})
    with pytest.raises(Faults) as raised:
        write(folder)
    place = r"data/editions/anyang-2023/text/zh/problems\.md:\d+:problems-talent"
    found = str(raised.value).splitlines()
    assert len(found) == 2
    for line, code in zip(found, ("E000", "1F9FF"), strict=True):
        assert re.match(rf"{place}: found '.*' \(U\+{code}\), expected characters that FandolFang R, ", line)


def test_it_is_signed_only_by_those_named(written, write, executed):
    last = [squeezed(words) for _, _, words in text_lines(pypdf.PdfReader(written["zh"]).pages[-1])][-2:]
    assert last == ["签发：校对：", "印发机关：年月日印发"]
    signed = write(executed["zh"], sign_off=SignOff("甲", "乙", "办公室", "2023-10-25"))
    last = [squeezed(words) for _, _, words in text_lines(signed.pages[-1])][-2:]
    assert last == ["签发：甲校对：乙", "办公室2023年10月25日印发"]


def test_hostile_text_comes_out_as_it_is_written(write, parts):
    text = escape(HOSTILE)
    reader = write(parts(achievements={"achievements": f"# {text}\n\n{text}[^a]\n\n[^a]: {text}"}), "en")
    assert squeezed(said(reader)).count(squeezed(HOSTILE)) == 3
    assert "root:" not in said(reader)


def test_footnotes_stand_at_the_foot_and_leave_the_lines_where_they_are(write, parts):
    reader = write(parts(achievements={"achievements": "# 成效\n\n" + "字" * 70 + "[^a]。\n\n[^a]: 注。"}))
    page = text_lines(reader.pages[0])
    assert "注。" in page[-1][2]
    heights = [y for y, _, words in page if set(words) == {"字"}]
    assert heights[0] - heights[1] == pytest.approx(29, abs=1)


@LANGUAGES
def test_the_same_words_give_the_same_bytes(edition, executed, written, tmp_path, language):
    again = tmp_path / "again.pdf"
    write_official_pdf(compose(edition, language, executed[language]), edition, font_set("fandol"), again)
    assert again.read_bytes() == written[language].read_bytes()
