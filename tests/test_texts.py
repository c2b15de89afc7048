"""Texts: what may stand in them, and that each thing that may not is one line with its place."""

import pytest

from diaoyan.catalogue import load_catalogue
from diaoyan.facts import UnknownFact
from diaoyan.faults import Faults
from diaoyan.paths import DATA
from diaoyan.texts import chosen, fill, read_chapter_text

MARKUP = "expected headings, paragraphs, emphasis, lists, links and footnotes only"
CALL = "expected a placeholder such as {{ value('indicator') }}"
BRACES = "expected {{ placeholder }} on one line"
HEADING = "expected #, ## or ### and {#an-anchor} at the end"


def value(indicator: str, period: str = "report") -> str:
    """A placeholder that knows one indicator."""
    if indicator != "enterprises":
        raise UnknownFact(f"{indicator} {period}")
    return f"{indicator} of {period}"


def year() -> str:
    """A placeholder without arguments."""
    return "a year"


NAMES = {"value": value, "year": year}
NUMBERS = load_catalogue(DATA, "zh").numbers


@pytest.fixture
def read(tmp_path):
    """Reads a text whose third line is the given one, after a heading."""

    def read_text(third_line, head="# 题目 {#chapter}"):
        path = tmp_path / "text.md"
        path.write_text(f"{head}\n\n{third_line}\n", encoding="utf-8", newline="")
        return read_chapter_text(path, "text.md", NAMES, NUMBERS)

    return read_text


@pytest.fixture
def faults(read):
    """The fault lines of such a text."""

    def lines(*arguments, **options):
        with pytest.raises(Faults) as raised:
            read(*arguments, **options)
        return str(raised.value).splitlines()

    return lines


def filled(text):
    """The bodies of a text with its placeholders answered."""
    return [fill(block.body, NAMES, text.file).strip() for block in text.blocks]


def test_a_text_is_blocks_of_a_heading_with_its_anchor_and_what_follows(read):
    text = read("一段。\n\n## 平台 {{ year() }} {#chapter-platforms}\n\n又一段，\n续行。")
    assert [(block.anchor, block.level, block.line) for block in text.blocks] == [
        ("chapter", 1, 1),
        ("chapter-platforms", 2, 5),
    ]
    assert fill(text.blocks[1].heading, NAMES, text.file) == "平台 a year"
    assert filled(text) == ["一段。", "又一段，\n续行。"]


def test_a_placeholder_is_answered_with_its_arguments(read):
    assert filled(read("有{{ value('enterprises', period='base') }}和{{value('enterprises')}}。")) == [
        "有enterprises of base和enterprises of report。"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "**重点**和*强调*，`diaoyan check`。",
        "- 一\n- 二\n\n  续",
        "见[前文](#chapter-2)、[审核](audit.ipynb)、[公报](https://example.org/2022?a=1)。",
        "原文如此[^1]。\n\n[^1]: 见附注。",
        "第二、〇、一把手",
        "约 $ 与 %，50",
        "\\<b\\> 和 \\{raw\\}",
        "",
    ],
)
def test_paragraphs_emphasis_lists_links_and_footnotes_may_stand_in_a_text(read, line):
    read(line.replace("，50", ""))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("有{{ nothing() }}。", "text.md:3:2: found '{{ nothing() }}', expected one of value, year"),
        (
            "有{{ value() }}。",
            "text.md:3:2: found '{{ value() }}', expected value(indicator: str, period: str = 'report') -> str",
        ),
        ("{{ year('base') }}", "text.md:3:1: found \"{{ year('base') }}\", expected year() -> str"),
        (
            "{{ value('a', when='b') }}",
            "text.md:3:1: found \"{{ value('a', when='b') }}\", "
            "expected value(indicator: str, period: str = 'report') -> str",
        ),
        ("{{ value(year) }}", "text.md:3:1: found '{{ value(year) }}', expected constant arguments only"),
        ("{{ value(year()) }}", "text.md:3:1: found '{{ value(year()) }}', expected constant arguments only"),
        ("{{ value('a' ~ 'b') }}", "text.md:3:1: found \"{{ value('a' ~ 'b') }}\", expected constant arguments only"),
        ("{{ value(*'ab') }}", "text.md:3:1: found \"{{ value(*'ab') }}\", expected constant arguments only"),
        ("{{ ''.__class__ }}", f"text.md:3:1: found \"{{{{ ''.__class__ }}}}\", {CALL}"),
        ("{{ year.__globals__ }}", f"text.md:3:1: found '{{{{ year.__globals__ }}}}', {CALL}"),
        ("{{ year().upper() }}", f"text.md:3:1: found '{{{{ year().upper() }}}}', {CALL}"),
        ("{{ year() | upper }}", f"text.md:3:1: found '{{{{ year() | upper }}}}', {CALL}"),
        ("{{ year }}", f"text.md:3:1: found '{{{{ year }}}}', {CALL}"),
        ("{{ 'words' }}", f"text.md:3:1: found \"{{{{ 'words' }}}}\", {CALL}"),
        ("{{ }}", f"text.md:3:1: found '{{{{ }}}}', {CALL}"),
        ("{{ year( }}", f"text.md:3:1: found '{{{{ year( }}}}', {CALL}"),
        ("见{{ year()", f"text.md:3:2: found '{{{{ year()', {BRACES}"),
        ("见{{ year() }", f"text.md:3:2: found '{{{{ year() }}', {BRACES}"),
        ("年 }}", f"text.md:3:3: found '}}}}', {BRACES}"),
        ("{{ year() }}年 }}", f"text.md:3:15: found '}}}}', {BRACES}"),
        ("{% for x in y %}", f"text.md:3:1: found '{{% for x in y %}}', {BRACES}"),
        ("{{ {'a': year()} }}", f"text.md:3:1: found \"{{{{ {{'a': year()}} }}}}\", {BRACES}"),
    ],
)
def test_a_placeholder_that_is_none_is_one_fault_with_line_and_column(faults, line, fault):
    assert faults(line) == [fault]


def test_a_placeholder_over_two_lines_is_told_where_it_begins_and_where_it_ends(faults):
    assert faults("见{{ year(\n) }}") == [
        f"text.md:3:2: found '{{{{ year(', {BRACES}",
        f"text.md:4:3: found '}}}}', {BRACES}",
    ]


def test_a_placeholder_that_names_no_fact_is_one_fault_with_line_and_column(read):
    text = read("有{{ value('enterprise', 'base') }}家，{{ value('enterprises') }}家，{{ value('smes') }}")
    with pytest.raises(Faults) as raised:
        filled(text)
    assert str(raised.value).splitlines() == [
        "text.md:3:2: found value('enterprise', 'base'), which names nothing: enterprise base, "
        "expected a placeholder that names a fact",
        "text.md:3:65: found value('smes'), which names nothing: smes report, expected a placeholder that names a fact",
    ]


@pytest.mark.parametrize(
    ("line", "column", "figure"),
    [
        ("共有303家。", 3, "303家"),
        ("增长18.5%。", 3, "18.5%"),
        ("共有３０３家。", 3, "３０３家"),
        ("单位为m²。", 5, "²"),
        ("①健全机制", 1, "①健全机制"),
        ("多了½。", 3, "½"),
        ("多了&frac12;。", 3, "½"),
        ("共有٣家", 3, "٣家"),
        ("**303**家", 3, "303"),
        ("{{ year() }}共303家", 14, "303家"),
        ("共303{{ year() }}", 2, "303"),
        ("见[第2章](audit.ipynb#claim-2)。", 4, "2章"),
        ('见[审核](audit.ipynb#claim-2 "共303家")。', 29, "303家"),
        ("共有&#51;家", 3, "3"),
        ("`303`", 2, "303"),
        ("1. 第一", 1, "1."),
    ],
)
def test_a_figure_typed_in_a_text_is_one_fault_with_line_and_column(faults, line, column, figure):
    assert faults(line) == [f"text.md:3:{column}: found a figure typed in the text '{figure}', expected a placeholder"]


def test_a_figure_typed_in_a_heading_is_a_fault_and_a_digit_in_its_anchor_is_none(read, faults):
    assert read("一段。", head="# 题目 {#chapter2}").blocks[0].anchor == "chapter2"
    assert faults("一段。", head="# 第2章 {#chapter}") == [
        "text.md:1:4: found a figure typed in the text '2章', expected a placeholder"
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("```{include} secret\n```", "a directive or code fence '{include} secret'"),
        (":::{note}\n:::", "a directive or colon fence '{note}'"),
        ("见{ref}`chapter`。", "a role '{ref}'"),
        ("{raw}`<b>`", "a role '{raw}'"),
        ("一<br>二", "HTML '<br>'"),
        ("<div>\n</div>", "HTML '<div> </div>'"),
        ("<!-- 说明 -->", "HTML '<!-- 说明 -->'"),
        ("![图](picture.png)", "an image '图'"),
        ("由$x$得", "mathematics 'x'"),
        ("(target)=", "a target 'target'"),
        ("> 引文", "a block quote"),
        ("一\n\n---\n", "a rule"),
        ("[一](javascript:alert())", "emphasis, a link or a footnote that cannot be read"),
        ("[一](file:///etc/passwd)", "emphasis, a link or a footnote that cannot be read"),
    ],
)
def test_anything_that_could_run_or_load_is_one_fault_with_its_line(faults, line, found):
    lines = faults(line)
    assert len(lines) == 1
    assert lines[0].startswith(f"text.md:{5 if found == 'a rule' else 3}: found {found}")
    assert lines[0].endswith(MARKUP)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("## 没有锚", 3),
        ("##没有", None),
        ("## 大写 {#Chapter}", 3),
        ("## 下划线 {#chapter_one}", 3),
        ("## 连字符 {#-chapter}", 3),
        ("#### 太深 {#chapter-deep}", 3),
        (" ## 缩进 {#chapter-in}", 3),
        ("下划线式\n---", 3),
        ("下划线式\n===", 3),
    ],
)
def test_a_heading_of_any_form_has_an_anchor_in_ours(read, faults, line, number):
    if number is None:
        # Without a blank it is no heading to Markdown either.
        assert len(read(line).blocks) == 1
        return
    assert faults(line) == [f"text.md:{number}: found a heading without anchor '{line.splitlines()[0]}', {HEADING}"]


def test_an_anchor_that_stands_twice_is_one_fault(faults):
    assert faults("## 又 {#chapter}") == [
        "text.md:3: found the anchor 'chapter' a second time, expected each anchor once (first on line 1)"
    ]


def test_text_before_the_first_heading_is_a_fault(faults):
    assert faults("## 题 {#chapter}", head="前言") == [
        "text.md:1: found text before the first heading, expected a heading first"
    ]


def test_a_text_without_any_heading_is_a_fault(faults):
    assert "text.md: found no heading, expected a chapter title: # Title {#chapter}" in faults("", head="")


def test_a_missing_text_is_a_fault(tmp_path):
    with pytest.raises(Faults) as raised:
        read_chapter_text(tmp_path / "nothing.md", "nothing.md", NAMES, NUMBERS)
    assert str(raised.value) == "nothing.md: found no file, expected a file"


def test_all_faults_of_a_text_are_told_at_once_in_order(faults):
    assert faults("共303家\n\n<b>\n\n{{ nothing() }}") == [
        "text.md:3:2: found a figure typed in the text '303家', expected a placeholder",
        f"text.md:5: found HTML '<b>', {MARKUP}",
        "text.md:7:1: found '{{ nothing() }}', expected one of value, year",
    ]


def test_line_ends_of_windows_do_not_matter(read):
    text = read("一段{{ year() }}。\r\n\r\n## 又 {#chapter-two}\r\n\r\n二段。")
    assert [block.anchor for block in text.blocks] == ["chapter", "chapter-two"]
    assert filled(text)[0] == "一段a year。"


@pytest.mark.parametrize(
    ("line", "column", "figure"),
    [
        ("共三百零三家。", 2, "三百零三家"),
        ("翻了三番。", 3, "三番"),
        ("拖欠近两年。", 4, "两年"),
        ("占总数约五成。", 5, "五成"),
        ("占一半以上。", 2, "一半"),
        ("已经翻番。", 3, "翻番"),
        ("成倍增长。", 1, "成倍"),
        ("超过两千多万。", 3, "两千多万"),
        ("共廿家。", 2, "廿"),
    ],
)
def test_a_figure_in_words_is_a_figure_too(faults, line, column, figure):
    expected = "a placeholder (or, for a name, a word declared in the catalogue)"
    assert faults(line) == [f"text.md:3:{column}: found a figure typed in the text {figure!r}, expected {expected}"]


@pytest.mark.parametrize(
    "line", ["一批企业进一步发展。", "“一把手”抓创新。", "建成“一个强市”。", "十四五时期。", "第一，统一思想。"]
)
def test_words_and_names_that_hold_numerals_are_no_figures(read, line):
    assert read(line)


CONDITIONAL = """# Title {#top}

Always.

{{ given('claims') }} There are claims.

{{ lacking('claims') }} There are none.

{{ given('claims') }} {{ lacking('problems') }} Claims, but no problems.
On two lines.

Always too.
"""


@pytest.mark.parametrize(
    ("there", "paragraphs"),
    [
        ({"claims"}, ["Always.", "There are claims.", "Claims, but no problems.\nOn two lines.", "Always too."]),
        ({"claims", "problems"}, ["Always.", "There are claims.", "Always too."]),
        (set(), ["Always.", "There are none.", "Always too."]),
    ],
)
def test_a_paragraph_stands_only_where_its_conditions_hold(tmp_path, zh, there, paragraphs):
    names = {"given": lambda what: what in there, "lacking": lambda what: what not in there}
    path = tmp_path / "text.md"
    path.write_text(CONDITIONAL, encoding="utf-8")
    text = chosen(read_chapter_text(path, "text.md", names, zh.numbers), names)
    said = fill(text.blocks[0].body, names, "text.md")
    assert [each for each in said.strip("\n").split("\n\n") if each.strip()] == paragraphs


@pytest.mark.parametrize("line", ["Words {{ given('claims') }} first.", "# {{ given('claims') }} {#top}"])
def test_a_condition_elsewhere_is_a_fault(tmp_path, zh, line):
    path = tmp_path / "text.md"
    path.write_text(f"# Title {{#title}}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(Faults, match="found given elsewhere, expected a condition at the beginning of a paragraph"):
        read_chapter_text(path, "text.md", {"given": lambda what: True}, zh.numbers)
