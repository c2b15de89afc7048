"""The formal document in Word: read back as an office's program reads it."""

import re
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from lxml import etree

from diaoyan.catalogue import load_catalogue
from diaoyan.edition import PARTS
from diaoyan.facts import observation_anchor
from diaoyan.markup import escape
from diaoyan.official_docx import write_official_docx
from diaoyan.official_text import SignOff, compose
from diaoyan.paths import DATA
from diaoyan.report import Report

HOSTILE = '#read("/etc/passwd") <w:p/> &lt; {{ 7 }} $x$ ]]> *_`'
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
# [303家](data.ipynb#obs-… "…"): what the link says is the figure.
FIGURE = re.compile(r"\[((?:[^\]\\]|\\.)+)\]\((?:data|audit)\.ipynb#")


def linked_figures(edition, language):
    """Every figure that the parts link to its row, in order, without its escapes."""
    texts = [each for part in PARTS for each in Report(edition, language).texts(part)]
    found = FIGURE.findall("\n".join(each.data["text/markdown"] for each in texts))
    return [re.sub(r"\\(.)", r"\1", each) for each in found]


def in_order(text, figures):
    """The figures that are not found after the one before; 1家 is not found in 161家."""
    missing, end = [], 0
    for figure in figures:
        letters = r"\s*".join(map(re.escape, re.sub(r"\s", "", figure)))
        found = re.compile(rf"(?<!\d)(?<!\d[.,]){letters}").search(text, end)
        if found is None:
            missing.append(figure)
        else:
            end = found.end()
    return missing


def values_of_rows(edition):
    """The values of the rows that the parts link to, with their units, as the tables hold them."""
    links = re.compile(r"\]\(data\.ipynb#(obs-[a-z0-9-]+)")
    texts = [each for part in PARTS for each in Report(edition, "zh").texts(part)]
    linked = dict.fromkeys(links.findall("\n".join(each.data["text/markdown"] for each in texts)))
    rows = {observation_anchor(row): row for row in edition.tables["observations"]}
    return [f"{rows[anchor]['value']:f}{rows[anchor]['unit']}" for anchor in linked]


@pytest.fixture(scope="module")
def written(edition, executed, tmp_path_factory):
    """The real document in each language."""
    files = {}
    for language in ("zh", "en"):
        files[language] = tmp_path_factory.mktemp("docx") / f"{language}.docx"
        document = compose(edition, language, executed[language])
        write_official_docx(document, load_catalogue(DATA, language), files[language])
    return files


@pytest.fixture
def write(edition, tmp_path):
    """Writes a document from a folder of parts and opens it."""

    def make(folder, language="zh", sign_off=None):
        path = tmp_path / "made.docx"
        write_official_docx(compose(edition, language, folder, sign_off), load_catalogue(DATA, language), path)
        return docx.Document(path)

    return make


def part(path, name):
    """A part of the package as XML."""
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


@LANGUAGES
def test_every_linked_figure_stands_in_it_in_order(edition, written, language):
    figures = linked_figures(edition, language)
    text = "\n".join(each.text for each in docx.Document(written[language]).paragraphs)
    assert len(figures) > 30
    assert in_order(text, figures) == []
    # The test can fail: one more quadrupling is not there.
    assert in_order(text, [*figures, figures[0]]) == [figures[0]]


def test_the_value_of_every_row_that_is_spoken_of_stands_in_it(edition, written):
    values = values_of_rows(edition)
    text = "\n".join(each.text for each in docx.Document(written["zh"]).paragraphs)
    assert len(values) == 21
    assert [value for value in values if in_order(text, [value])] == []
    # 2,000 and 20,000 times 10 thousand yuan; 1.54 and 13.6 times 100 million; 5,985.4 times 10 thousand.
    amounts = ["20 million", "200 million", "154 million", "1.36 billion", "59.854 million"]
    english = "\n".join(each.text for each in docx.Document(written["en"]).paragraphs)
    assert [amount for amount in amounts if in_order(english, [f"{amount} yuan"])] == []


@LANGUAGES
def test_every_paragraph_has_a_style_of_its_kind(written, language):
    words = load_catalogue(DATA, language)
    used = [each.style.name for each in docx.Document(written[language]).paragraphs]
    mark, meeting, printed = (words(f"official.styles.{name}") for name in ("mark", "meeting", "print"))
    assert used[:8] == [mark, meeting, meeting, "Title", "Subtitle", "Subtitle", "Salutation", "Body Text"]
    assert used[-2:] == [printed, "Signature"]
    assert set(used[8:-2]) == {"Heading 1", "Heading 2", "Heading 3", "Body Text"}
    assert used.count("Heading 1") == 3


@LANGUAGES
def test_headings_are_in_the_outline_and_stay_with_their_text(written, language):
    file = docx.Document(written[language])
    for level in (1, 2, 3):
        style = file.styles[f"Heading {level}"]
        assert style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level - 1)
        assert style.paragraph_format.keep_with_next
        assert style.paragraph_format.keep_together


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("zh", [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")]),
        ("en", [("upperRoman", "%1."), ("upperLetter", "%2."), ("decimal", "%3.")]),
    ],
)
def test_heading_numbers_are_made_by_word_and_typed_nowhere(written, language, forms):
    levels = part(written[language], "word/numbering.xml").find(qn("w:abstractNum")).findall(qn("w:lvl"))
    assert [
        (each.find(qn("w:numFmt")).get(qn("w:val")), each.find(qn("w:lvlText")).get(qn("w:val"))) for each in levels
    ] == forms
    assert [each.find(qn("w:pStyle")).get(qn("w:val")) for each in levels] == ["Heading1", "Heading2", "Heading3"]
    headings = [each.text for each in docx.Document(written[language]).paragraphs if each.style.name[:7] == "Heading"]
    assert [each for each in headings if re.match(r"[一二三四五（(\dIVX]+[、.）)]", each)] == []


def test_the_page_is_that_of_the_standard(written):
    section = docx.Document(written["zh"]).sections[0]
    for found, wanted in [
        (section.page_width, Mm(210)),
        (section.page_height, Mm(297)),
        (section.top_margin, Mm(37)),
        (section.left_margin, Mm(28)),
        (section.page_width - section.left_margin - section.right_margin, Mm(156)),
        (section.page_height - section.top_margin - section.bottom_margin, Mm(225)),
    ]:
        assert abs(found - wanted) < Mm(0.1)


def test_the_grid_has_22_lines_of_28_characters(written):
    file = docx.Document(written["zh"])
    section, grid = file.sections[0], file.element.body.sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    height = Length(section.page_height - section.top_margin - section.bottom_margin)
    width = Length(section.page_width - section.left_margin - section.right_margin)
    assert int(height.pt / (int(grid.get(qn("w:linePitch"))) / 20)) == 22
    size = file.styles["Normal"].font.size
    assert size == Pt(16)
    assert int(width.pt / (size.pt + int(grid.get(qn("w:charSpace"))) / 4096)) == 28


def test_english_has_no_grid_of_characters(written):
    assert docx.Document(written["en"]).element.body.sectPr.find(qn("w:docGrid")) is None


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
        ("Heading 3", "仿宋_GB2312", None),
        ("footer", "宋体", 14),
    ],
)
def test_styles_have_the_fonts_of_the_standard(written, style, font, size):
    found = docx.Document(written["zh"]).styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert found.font.size == (Pt(size) if size else None)


def test_fonts_have_names_to_fall_back_on(written):
    others = {
        font.get(qn("w:name")): font.find(qn("w:altName")).get(qn("w:val")).split(",")
        for font in part(written["zh"], "word/fontTable.xml")
    }
    assert others["仿宋_GB2312"][:2] == ["仿宋", "FangSong"]
    assert others["黑体"][0] == "SimHei"
    with zipfile.ZipFile(written["zh"]) as package:
        named = set(re.findall(r'w:(?:ascii|hAnsi|eastAsia|cs)="([^"]+)"', package.read("word/styles.xml").decode()))
    assert named - {"zh-CN"} <= others.keys()


def test_page_numbers_are_fields_outside_between_dashes(written):
    section = docx.Document(written["zh"]).sections[0]
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    for footer, side in [(section.footer, right), (section.even_page_footer, left)]:
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph.alignment == side
        assert [each.text for each in paragraph._p.iter(qn("w:instrText"))] == [" PAGE "]
    assert docx.Document(written["zh"]).settings.odd_and_even_pages_header_footer
    assert docx.Document(written["en"]).sections[0].footer.paragraphs[0].text == "1"


@LANGUAGES
def test_the_first_page_says_that_it_is_recomputed_and_not_official(written, language):
    assert docx.Document(written[language]).paragraphs[0].text == load_catalogue(DATA, language)("site.not_official")


@LANGUAGES
def test_its_properties_tell_title_author_and_language(edition, written, language):
    properties = docx.Document(written[language]).core_properties
    assert properties.title == edition.meta["title"][language]
    assert properties.author == edition.meta["body"][language]
    assert properties.language == {"zh": "zh-CN", "en": "en-GB"}[language]
    assert properties.modified.date().isoformat() == "2023-10-26"


def test_chinese_punctuation_is_set_in_the_chinese_font(written):
    runs = docx.Document(written["zh"]).element.body.iter(qn("w:r"))
    assert {each.rPr.rFonts.get(qn("w:hint")) for each in runs} == {"eastAsia"}


def test_no_word_of_one_language_stands_in_the_furniture_of_the_other(written):
    english = [each.text for each in docx.Document(written["en"]).paragraphs]
    assert [each for each in english if re.search(r"[\u3000-\u9fff\uff00-\uffef]", each)] == []
    chinese = [each.text for each in docx.Document(written["zh"]).paragraphs]
    # PI制 is the one Latin word of the text.
    assert {word for each in chinese for word in re.findall(r"[A-Za-z]+", each)} == {"PI"}


def test_it_is_signed_only_by_those_named(written, write, executed):
    blank = [each.text for each in docx.Document(written["zh"]).paragraphs][-2:]
    assert blank == ["\t印发机关：\t　　　　年　　月　　日印发", "签发：\t校对："]
    signed = write(executed["en"], "en", SignOff("A", "B", "Office", "2023-10-25")).paragraphs
    assert signed[-2].text == "\tPrinted by the Office\tPrinted on 25 October 2023"
    assert signed[-1].text == "Signed off by: A\tProof-read by: B"


def test_footnotes_are_footnotes(write, parts, tmp_path):
    text = "# 成效\n\n有[^b]，又有[^a]。\n\n[^a]: 后注。\n\n[^b]: 前*注*。\n"
    file = write(parts(achievements={"achievements": text}))
    marks = [each.get(qn("w:id")) for each in file.element.body.iter(qn("w:footnoteReference"))]
    assert marks == ["1", "2"]
    notes = part(tmp_path / "made.docx", "word/footnotes.xml")
    said = {each.get(qn("w:id")): "".join(text.text for text in each.iter(qn("w:t"))) for each in notes}
    assert [said[mark] for mark in marks] == [" 前注。", " 后注。"]


def test_each_ordered_list_counts_for_itself(write, parts, tmp_path):
    text = "# A\n\n1. one\n2. two\n\nBetween.\n\n5. five\n\n- dot"
    file = write(parts(achievements={"achievements": text}), "en")
    items = {each.text: each._p.pPr.numPr.numId.val for each in file.paragraphs if each.style.name.startswith("List ")}
    assert items["one"] == items["two"] != items["five"]
    numbers = part(tmp_path / "made.docx", "word/numbering.xml")
    starts = {
        int(each.get(qn("w:numId"))): start.get(qn("w:val"))
        for each in numbers.findall(qn("w:num"))
        for start in each.iter(qn("w:startOverride"))
    }
    assert starts == {items["one"]: "1", items["five"]: "5"}
    assert items["dot"] not in starts


def test_hostile_text_comes_out_as_it_is_written(write, parts, tmp_path):
    said = escape(HOSTILE)
    file = write(parts(achievements={"achievements": f"# {said}\n\n{said}[^a]\n\n[^a]: {said}"}))
    assert [each.text for each in file.paragraphs].count(HOSTILE) == 2
    assert HOSTILE in "".join(part(tmp_path / "made.docx", "word/footnotes.xml").itertext())


@LANGUAGES
def test_the_same_words_give_the_same_bytes(edition, executed, written, tmp_path, language):
    again = tmp_path / "again.docx"
    write_official_docx(compose(edition, language, executed[language]), load_catalogue(DATA, language), again)
    assert again.read_bytes() == written[language].read_bytes()
    with zipfile.ZipFile(again) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
