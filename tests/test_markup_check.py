"""Whatever MyST could run, load or hide is found in a text, with its line."""

import pytest

from diaoyan.markup_check import forbidden_markup, forbidden_table_markup, internal_link

ALLOWED = [
    "# 成绩\n\n一段话，**重点**和*强调*。\n\n## 平台",
    "- 一\n  - 二\n\n1. 三",
    '全市有[303家](data.ipynb#obs-high-tech-enterprises-anyang-2022 "2022 · 一（二）1")企业。',
    "见[前文](#part)、[核查](audit.ipynb)和[公报](https://example.org/a?b=1&c=2)。",
    "原文如此[^1]。\n\n[^1]: 见附注。",
    "`./scripts/build` 一条命令。",
    r"\<script\>alert\(1\)\</script\> \{\{ x \}\} \{raw\}\`x\` \*\*",
    "&lt;script&gt; &#123;raw&#125;",
    "from $5 million to $6 million",
]
FORBIDDEN = [
    ("```{raw} html\n<p>\n```", 1, "directive"),
    ("一\n\n- 二\n\n  ```{include} /etc/passwd\n  ```", 5, "directive"),
    ("1. :::{note}\n   x\n   :::", 1, "directive"),
    ("    缩进的代码", 1, "code block"),
    ("一{raw}`<b>`", 1, "role '{raw}'"),
    ("一\n二 <b>粗</b>", 2, "HTML '<b>'"),
    ("<script>alert(1)</script>", 1, "HTML"),
    ("<!-- 注 -->", 1, "HTML"),
    ("一 {{ cycler.__init__ }}", 1, "substitution"),
    ("![图](a.png)", 1, "image"),
    ("由 $x$ 得", 1, "mathematics"),
    ("$$\nx\n$$", 1, "mathematics"),
    ("\\begin{align}x\\end{align}", 1, "mathematics"),
    ("(target)=\n# 题", 1, "target"),
    ("一\n% 注", 2, "comment"),
    ("一\n\n+++\n\n二", 3, "block break"),
    ("---\nsubstitutions: {}\n---\n", 1, "front matter"),
    ("> 引", 1, "block quote"),
    ("一\n\n***", 3, "rule"),
    ("a | b\n--|--\n1 | 2", 1, "table"),
    ("一  \n二", 1, "line break"),
    ("[一](#a){.x}", 1, "attributes"),
    ("- # 题", 1, "heading inside a list"),
    ("<https://example.org>", 1, "angle brackets"),
    ("<project:#x>", 1, "angle brackets"),
    ("[一](javascript:alert(1))", 1, "cannot be read"),
    ("[一](data:text/html,x)", 1, "cannot be read"),
    ("[一][二]", 1, "cannot be read"),
    ("一\n\n[注]: 见附件", 3, "cannot be read"),
    ("[一](//example.org)", 1, "link to"),
    ("[一](../secret.ipynb)", 1, "link to"),
    ("[一](data.ipynb#Obs_X)", 1, "link to"),
    ("[](#a)", 1, "link without words"),
    ("[**一**](#a)", 1, "inside a link"),
    ("有[^无]", 1, "cannot be read"),
    ("他说**“好。”**后来", 1, "cannot be read"),
]


@pytest.mark.parametrize("markdown", ALLOWED)
def test_headings_paragraphs_emphasis_lists_links_and_footnotes_are_allowed(markdown):
    assert forbidden_markup(markdown) == []


@pytest.mark.parametrize(("markdown", "line", "what"), FORBIDDEN)
def test_anything_else_is_found_with_its_line(markdown, line, what):
    found = forbidden_markup(markdown)
    assert found
    assert found[0][0] == line
    assert what in found[0][1]


def test_every_fault_of_a_text_is_found_at_once():
    found = forbidden_markup("<b>\n\n![a](b)\n\n{raw}`x`")
    assert [line for line, _ in found] == [1, 3, 5]


def test_a_table_holds_text_and_links_only():
    assert forbidden_table_markup("| 一 | 二 |\n|---|--:|\n| [3](#a) | a \\| b |") == []
    assert forbidden_table_markup("| 一 |\n|---|\n| {raw}`x` |") == [(3, "a role '{raw}'")]
    assert forbidden_table_markup("| 一 |\n|---|\n| x |\n\n后文") == [(5, "text outside the table")]
    assert forbidden_table_markup("") == [(1, "no table, or more than one")]


def test_links_within_the_book_name_a_page_an_anchor_or_both():
    assert internal_link("data.ipynb#obs-x-2022") == ("data", "obs-x-2022")
    assert internal_link("audit.ipynb") == ("audit", "")
    assert internal_link("#part") == ("", "part")
    assert internal_link("") is None
    assert internal_link("https://example.org/data.ipynb#x") is None


def test_a_footnote_inside_a_footnote_is_refused():
    inside = "甲[^a]\n\n[^a]: 乙[^b]\n\n[^b]: 丙\n"
    assert [what for _, what in forbidden_markup(inside)] == ["a footnote inside a footnote"]
    assert forbidden_markup("甲[^a]乙[^b]\n\n[^a]: 丙\n\n[^b]: 丁\n") == []
