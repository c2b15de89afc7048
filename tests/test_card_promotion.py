"""Cards and downloads as their page shows them: lists of MyST with their classes, tables in print."""

import html
import json
import re
from decimal import Decimal

import pytest
from markdown_it import MarkdownIt
from nbformat.v4 import new_code_cell, new_notebook, new_output

from diaoyan.promotion import promote
from diaoyan.trends import trend_svg

TABLE = "| 指标 | 数值 |\n| --- | --- |\n| 企业 | [303家](data.ipynb#row) |"
CARD = {
    "parts": [["name", "企业"], ["value", '[303家](data.ipynb#row "2022年")']],
    "verdict": "holds",
    "trend": [[2018, "87"], [2022, "303"]],
}
ENTRIES = [{"name": "印刷本", "type": "PDF", "files": [{"file": "report.pdf", "name": ""}]}]


def promoted(mark, markdown=TABLE, in_print=False):
    """The page's source of one output, and what was refused."""
    output = new_output("display_data", data={"text/markdown": markdown}, metadata={"diaoyan": mark})
    refused = []
    notebook = new_notebook(cells=[new_code_cell("", outputs=[output])])
    page = promote(notebook, lambda spec, name: "", refused.append, in_print)
    return page["cells"][0]["source"] if len(page["cells"]) > 1 else "", refused


def cards(*cards, **mark):
    """An output of cards."""
    return {"kind": "cards", "name": "cards-figures", "caption": "主要数据", "cards": list(cards), **mark}


def test_a_card_becomes_an_item_whose_parts_are_paragraphs():
    source, refused = promoted(cards(CARD, CARD))
    assert refused == []
    first, *lines = source.split("\n")
    assert first == "````{diaoyan-cards}"
    about = json.loads(re.fullmatch(":about: '(.*)'", lines[0])[1])
    assert about["name"] == "cards-figures"
    assert about["cards"][0] == {"parts": ["name", "value"], "verdict": "holds", "trend": [[2018, "87"], [2022, "303"]]}
    assert lines.count("- 企业") == 2
    assert lines[-1] == "````"
    assert "{diaoyan-link}`" in source


def test_in_print_cards_are_a_table_and_downloads_nothing():
    source, refused = promoted(cards(CARD), in_print=True)
    assert refused == []
    assert source.startswith("```{list-table} 主要数据\n:name: cards-figures\n")
    assert promoted({"kind": "downloads", "name": "downloads", "entries": ENTRIES}, in_print=True) == ("", [])


def test_no_text_of_a_card_ends_the_directive_or_starts_another():
    words = "\\`\\`\\`\\` \\{diaoyan\\-cards\\} \\{\\{ 7 \\}\\} \\<b\\>"
    source, refused = promoted(cards({"parts": [["name", words]]}))
    assert refused == []
    assert source.count("````") == 2
    assert "<b>" not in source


@pytest.mark.parametrize("words", ["1. a", "- a", "# a", "> a", "| a", "    a", "+ a", "(a)=", "% a"])
def test_a_part_of_a_card_is_text_whatever_it_begins_with(words):
    source, refused = promoted(cards({"parts": [["name", words]]}))
    assert refused == []
    item = source.split("\n\n", 1)[1].split("\n````")[0]
    assert MarkdownIt().renderInline(item.removeprefix("- ")) == html.escape(words.strip())
    assert [token.type for token in MarkdownIt().parse(item)][2:4] == ["paragraph_open", "inline"]


def test_no_text_of_a_download_ends_its_directive():
    entries = [{**ENTRIES[0], "name": "'''\n````\n--> <script>"}]
    source, refused = promoted({"kind": "downloads", "name": "downloads", "entries": entries})
    assert refused == []
    assert source.count("\n") == 4
    assert source.count("````") == 2
    option = re.search(":about: '(.*)'\n", source)[1].replace("''", "'")
    assert json.loads(option) == entries


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ({"parts": [["name", "{{ 7 }}"]]}, "a substitution"),
        ({"parts": [["name", "<b>x</b>"]]}, "HTML"),
        ({"parts": [["name", "a\n\nb"]]}, "are none"),
        ({"parts": [["name", "[a](javascript:x)"]]}, "a link or a footnote that cannot be read"),
        ({"parts": [["name", " "]]}, "are none"),
        ({"parts": [["na me", "a"]]}, "are none"),
        ({"parts": []}, "are none"),
        ({"parts": {"name": "a"}}, "are none"),
        ({**CARD, "verdict": "splendid"}, "are none"),
        ({**CARD, "trend": [[2018, "87"]]}, "are none"),
        ({**CARD, "trend": [[2018, "87"], [2018, "88"]]}, "are none"),
        ({**CARD, "trend": [[2018, "87"], [2022, "<b>"]]}, "are none"),
        ({**CARD, "trend": [[2018, "87"], [2022, 303.0]]}, "are none"),
        ("card", "are none"),
    ],
)
def test_a_card_that_is_none_is_refused_and_leaves_nothing_on_the_page(card, said):
    source, refused = promoted(cards(card))
    assert source == ""
    assert any(said in fault for fault in refused)


@pytest.mark.parametrize(
    "file",
    ["../report.pdf", "/etc/passwd", "javascript:alert(1)", "https://x.org/a.pdf", "../data/../a.csv", "a b.pdf"],
)
def test_a_download_leads_nowhere_but_beside_the_book(file):
    entries = [{**ENTRIES[0], "files": [{"file": file, "name": ""}]}]
    source, refused = promoted({"kind": "downloads", "name": "downloads", "entries": entries})
    assert source == ""
    assert refused == ["downloads that are no list of files with names"]


def places(points):
    """Where the dots of a trend are."""
    svg = trend_svg([(year, Decimal(value)) for year, value in points])
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([^"]*)" cy="([^"]*)"', svg)]


def test_a_trend_is_drawn_from_a_base_of_zero_with_a_dot_for_each_value():
    # 72 wide and 32 high with 4 left free: 150 of 300 is half of the way up from 28 to 4.
    assert places([(2018, "150"), (2022, "300")]) == [(4.0, 16.0), (68.0, 4.0)]
    # 2020 is half of the way across.
    assert places([(2018, "0"), (2020, "75"), (2022, "300")]) == [(4.0, 28.0), (36.0, 22.0), (68.0, 4.0)]


def test_a_trend_of_zeros_lies_at_the_foot_and_one_below_zero_has_its_base_above():
    assert places([(2018, "0"), (2022, "0")]) == [(4.0, 28.0), (68.0, 28.0)]
    assert places([(2018, "-1"), (2022, "1")]) == [(4.0, 28.0), (68.0, 4.0)]


def test_a_trend_is_a_straight_line_that_is_hidden_from_those_who_are_told_the_words():
    svg = trend_svg([(2018, Decimal(87)), (2022, Decimal(303))])
    assert 'aria-hidden="true"' in svg
    assert "<path" not in svg
    assert svg.count("<circle") == 2
    assert re.search('<polyline points="4.0,21.1 68.0,4.0"/>', svg)
