"""Marked outputs become the page's content; the page keeps the code and loses papermill's traces."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from nbformat.v4 import new_code_cell, new_notebook, new_output

import diaoyan
from diaoyan.promotion import promote
from diaoyan.rewriting import WIDEST_TABLE_WITH_ALIGNMENT, escaped, rewritten_table, rewritten_text

PIPE_TABLE = "| 指标 | 数 |\n|---|--:|\n| 企业 | 303 |\n| 平台 | 207 |"
FIGURES = {"heads": ["指标", "数"], "rows": [["企业", "303"]], "numbers": [1]}
SPEC = {"mark": "bar", "data": {"values": []}}


def text(markdown, *anchors):
    """A text output as a chapter makes it."""
    mark = {"kind": "text", "anchors": list(anchors)}
    data = {"text/markdown": markdown, "text/plain": markdown}
    return new_output("display_data", data=data, metadata={"diaoyan": mark})


def table(markdown=PIPE_TABLE, **mark):
    """A table output as a chapter makes it."""
    mark = {"kind": "table", "name": "table-x", "caption": "表", **mark}
    data = {"text/markdown": markdown, "text/plain": markdown}
    return new_output("display_data", data=data, metadata={"diaoyan": mark})


def chart(spec=SPEC, **mark):
    """A chart output as a chapter makes it."""
    mark = {"kind": "chart", "name": "chart-x", "caption": "图", "note": "源", "alt": "柱", "table": FIGURES, **mark}
    data = {"application/vnd.vegalite.v6+json": spec, "text/plain": "柱"}
    return new_output("display_data", data=data, metadata={"diaoyan": mark})


def promoted(*outputs):
    """The promoted notebook of one cell per output, and what was refused."""
    cells = [new_code_cell(f"show({n})", outputs=[each]) for n, each in enumerate(outputs)]
    refused = []
    page = promote(new_notebook(cells=cells), lambda spec, mark: f"/{mark['name']}.svg", refused.append)
    return page, refused


def test_text_comes_first_and_all_code_last_without_its_promoted_outputs():
    page, refused = promoted(text("# 一", "one"), text("## 二", "two"))
    assert refused == []
    assert [cell["source"] for cell in page["cells"]] == [
        "(one)=\n# 一",
        "(two)=\n## 二",
        "show(0)",
        "show(1)",
    ]
    assert [cell["outputs"] for cell in page["cells"][2:]] == [[], []]


def test_outputs_without_a_mark_stay_with_their_code():
    printed = new_output("stream", name="stdout", text="ok")
    page, _ = promoted(printed)
    assert page["cells"][0]["outputs"] == [printed]


def test_papermill_leaves_no_trace():
    cell = new_code_cell("lang = 'en'", metadata={"tags": ["injected-parameters"], "papermill": {}})
    notebook = new_notebook(cells=[cell], metadata={"papermill": {"duration": 1.5}})
    page = promote(notebook, lambda spec, mark: "", pytest.fail)
    assert "papermill" not in json.dumps(page)
    assert page["cells"][0]["source"] == "lang = 'en'"


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (text("```{raw} html\n```"), "line 1: a directive"),
        (text("# 一"), "0 anchors for 1 headings"),
        (text("一", "a"), "1 anchors for 0 headings"),
        (text("# 一", "A b"), "anchor 'A b' is no anchor"),
        (text("# 一", "a)=\n```{raw} html"), "is no anchor"),
        (table("一"), "text outside the table"),
        (table(anchors=["a"]), "anchors for 1 rows in the table 'table-x' of 2"),
        (table(cell_anchors=[["a", "b", "c"], []]), "more anchors than cells"),
        (table(caption=""), "a table without caption"),
        (table(name="x\n:class: y"), "is no anchor"),
        (chart(alt=""), "a chart without alt"),
        (chart(table={}), "a chart without table"),
        (chart(table={**FIGURES, "rows": [["企业"]]}), "with figures that are no table"),
        (chart(table={**FIGURES, "rows": [["企业", 303]]}), "with figures that are no table"),
        (chart(table={**FIGURES, "numbers": [2]}), "with figures that are no table"),
        (chart(table={"heads": ["指标"]}), "with figures that are no table"),
        (chart({"data": {"url": "https://example.org"}}), "would fetch its data"),
        (new_output("display_data", metadata={"diaoyan": {"kind": "html"}}), "unknown kind 'html'"),
    ],
)
def test_an_output_that_breaks_the_rules_is_refused_and_left_out(output, reason):
    page, refused = promoted(output)
    assert [cell["cell_type"] for cell in page["cells"]] == ["code"]
    assert len(refused) == 1
    assert reason in refused[0]


def test_links_become_roles_that_no_text_can_end():
    source = rewritten_text('[3\\`家](data.ipynb#obs-x "原文 \\"3\\`\\"")', [], "")
    assert source.startswith("{diaoyan-link}`{") and source.endswith("}`")
    assert source.count("`") == 2
    content = json.loads(source.removeprefix("{diaoyan-link}`").removesuffix("`"))
    assert content == {"to": "data.ipynb#obs-x", "words": "3`家", "title": '原文 "3`"'}


def test_a_line_ended_inside_chinese_is_no_space_and_inside_english_is_one():
    assert rewritten_text("高新技术\n企业", [], "") == "高新技术企业"
    assert rewritten_text("high-tech\nenterprises", [], "") == "high\\-tech\nenterprises"


def test_emphasis_next_to_chinese_stays_emphasis_when_lines_are_joined():
    source = rewritten_text("已办。**三件。**\n其余待办", [], "")
    assert "<strong>三件。</strong>其余" in MarkdownIt("commonmark").render(source)


def test_lists_keep_their_nesting_and_numbers():
    markdown = "3. 一\n4. 二\n   - 三\n\n后文"
    rendered = MarkdownIt("commonmark").render
    assert rendered(rewritten_text(markdown, [], "")) == rendered(markdown)


def test_footnotes_of_two_outputs_are_kept_apart():
    assert rewritten_text("一[^1]\n\n[^1]: 注", [], "f2-") == "一[^f2-1]\n\n[^f2-1]: 注"


def test_row_and_cell_anchors_stand_in_their_cells():
    source = rewritten_table(PIPE_TABLE, "table-x", "企业 `x`", [["a"], [None, "b"]])
    assert source.splitlines() == [
        "```{list-table} 企业 &#96;x&#96;",
        ":name: table-x",
        ":header-rows: 1",
        ":class: diaoyan-table right-2",
        "",
        "* - 指标",
        "  - 数",
        "* - (a)=",
        "    企业",
        "  - 303",
        "* - 平台",
        "  - (b)=",
        "    207",
        "```",
    ]


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=30))
def test_any_escaped_text_is_read_back_as_it_was(value):
    inline = MarkdownIt("commonmark").parseInline(escaped(value))[0].children
    assert {token.type for token in inline} <= {"text"}
    assert "".join(token.content for token in inline).split() == value.split()


def test_as_many_columns_are_aligned_as_the_style_sheet_has_classes_for():
    style = Path(diaoyan.__file__).with_name("static").joinpath("diaoyan.css").read_text(encoding="utf-8")
    classes = re.findall(r"table\.right-(\d+) tr > :nth-child\((\d+)\)", style)
    columns = range(1, WIDEST_TABLE_WITH_ALIGNMENT + 1)
    assert classes == [(str(column), str(column)) for column in columns]
    widest = "|" + "数|" * len(columns) + "\n|" + "--:|" * len(columns) + "\n|" + "1|" * len(columns)
    table = rewritten_table(widest, "table-wide", "宽", [])
    assert f":class: diaoyan-table {' '.join(f'right-{column}' for column in columns)}\n" in table
