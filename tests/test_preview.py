"""What pages tell machines: description, card and schema.org's terms, from the data and harmless whatever it holds."""

import json
import re
import struct
from xml.etree import ElementTree

import pytest
from docutils import nodes

from diaoyan.furniture import Place
from diaoyan.preview import card, dataset_terms, description_of, report_terms, script_of
from diaoyan.preview_picture import draw_picture, picture

BOTH = Place("zh", ("en", "zh"), "")
ON_THE_WEB = Place("zh", ("en", "zh"), "https://example.org/reports/anyang-2023/zh/")
ALONE = Place("zh", (), "")


def document(*paragraphs: str) -> nodes.document:
    """A page of one section."""
    page = nodes.document(None, None)
    section = nodes.section()
    section += [nodes.title("", "标题"), *(nodes.paragraph("", words) for words in paragraphs)]
    page += section
    return page


def test_a_description_is_the_pages_own_words_up_to_the_end_of_a_sentence():
    first = "一" * 69 + "。"
    assert description_of(document(first, "二" * 60 + "。"), "zh") == first
    assert description_of(document("只有一句。"), "zh") == "只有一句。"


def test_a_long_sentence_is_cut_between_words_and_says_so():
    words = description_of(document("enterprise " * 40), "en")
    assert words.endswith("enterprise…")
    assert len(words) <= 200


def test_a_page_of_tables_alone_has_no_description_of_its_own():
    assert description_of(document(), "zh") == ""


def test_a_card_has_what_a_preview_shows():
    assert card("摘要", "第一句。", "报告", "chapters/summary", BOTH) == [
        ("og:type", "article"),
        ("og:title", "摘要"),
        ("og:description", "第一句。"),
        ("og:site_name", "报告"),
        ("og:locale", "zh_CN"),
        ("og:locale:alternate", "en_GB"),
    ]


def test_only_where_the_sites_address_is_known_a_card_has_the_pages():
    known = dict(card("摘要", "", "", "chapters/summary", ON_THE_WEB))
    assert known["og:url"] == "https://example.org/reports/anyang-2023/zh/chapters/summary.html"
    assert known["og:image"] == "https://example.org/reports/anyang-2023/zh/_static/preview.png"
    assert "og:locale:alternate" not in dict(card("摘要", "", "", "chapters/summary", ALONE))


def test_the_same_page_in_the_other_language_is_found_from_any_depth():
    assert BOTH.address("chapters/summary", "en") == "../../en/chapters/summary.html"
    assert BOTH.address("search", "en") == "../en/search.html"
    assert BOTH.address("chapters/summary", "zh") == "summary.html"
    assert (
        ON_THE_WEB.address("chapters/summary", "en")
        == "https://example.org/reports/anyang-2023/en/chapters/summary.html"
    )


def test_a_page_is_a_report_of_ours_about_its_city_from_its_sources(edition, zh, en):
    terms = report_terms(edition, zh, "摘要", "第一句。", "报告")
    assert terms["@type"] == "Report"
    assert terms["name"] == "摘要"
    # The committee wrote the original, not this.
    assert terms["author"]["name"] == "调研"
    assert terms["creativeWorkStatus"] == "复算稿，非正式文件"
    assert "datePublished" not in terms
    assert terms["inLanguage"] == "zh-CN"
    assert terms["about"] == {"@type": "City", "name": "安阳"}
    assert terms["temporalCoverage"] == "2018/2022"
    original, *others = terms["isBasedOn"]
    assert original["name"].startswith("关于全市科技工作情况的调研报告")
    assert original["datePublished"] == "2023-10-26"
    assert "https://www.stats.gov.cn/" in [source.get("url") for source in others]
    # A series that came out from 2011 to 2023 has no one date.
    assert [source for source in others if "/" in source.get("datePublished", "")] == []
    assert report_terms(edition, en, "", "", "")["about"]["name"] == "Anyang"


def test_the_data_page_is_a_dataset_with_its_files_and_variables(edition, en):
    terms = dataset_terms(edition, en, "Data", "All tables.", "../../data")
    assert terms["@type"] == "Dataset"
    assert terms["license"] == "https://creativecommons.org/licenses/by/4.0/"
    files = {each["contentUrl"]: each["encodingFormat"] for each in terms["distribution"]}
    assert files["../../data/datapackage.json"] == "application/json"
    assert files["../../data/observations.csv"] == "text/csv"
    assert len(files) == len(edition.tables) + 1
    variables = {each["name"]: each for each in terms["variableMeasured"]}
    assert variables["value of registered technology contracts"]["unitText"] == "亿元"
    first, last = terms["temporalCoverage"].split("/")
    # The benchmark's first year and its last; targets for 2030 are no data.
    assert (first, last) == ("2011", "2023")
    assert "distribution" not in dataset_terms(edition, en, "Data", "", "")


def test_the_picture_of_a_card_is_a_png_of_the_size_it_says_and_the_same_each_time():
    first = picture("关于全市科技工作情况的调研报告", "安阳 2023", "复算稿", "zh")
    assert first[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", first[16:24]) == (1200, 630)
    assert first == picture("关于全市科技工作情况的调研报告", "安阳 2023", "复算稿", "zh")


def test_a_title_fills_as_many_lines_as_it_takes_and_is_no_markup():
    drawn = draw_picture("一" * 20 + "<b>&", "安阳", "", "zh")
    words = [element.text for element in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["安阳", "一" * 17, "一" * 3 + "<b>&", None]


@pytest.mark.parametrize("words", ["</script><script>alert(1)</script>", '"quoted" & <!-- told', "]]>\u2028"])
def test_words_of_the_data_cannot_end_the_element_that_holds_them(edition, zh, words):
    script = script_of(report_terms(edition, zh, words, words, words))
    inside = re.fullmatch(r'<script type="application/ld\+json">([^<]*)</script>', script)[1]
    assert json.loads(inside)["isPartOf"]["name"] == words
    assert json.loads(inside)["name"] == words
