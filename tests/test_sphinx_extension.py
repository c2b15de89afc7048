"""A small book, built as `jupyter-book build` builds the real one."""

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import jinja2
import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output
from sphinx.addnodes import pending_xref

from diaoyan.section_index import FILE, write_section_index
from diaoyan.template_cache import keep_templates

ROOT = Path(__file__).resolve().parents[1]
JUPYTER_BOOK = Path(sys.executable).with_name("jupyter-book")
ROW = "obs-high-tech-enterprises-anyang-2022"
FACT = f'[303家](data.ipynb#{ROW} "2022 · 一（二）1")'
SCRIPT = r"\<script\>alert\(1\)\</script\>"
SPEC = {
    "config": {"font": "Noto Sans CJK SC"},
    "data": {"values": [{"year": "2018", "count": 87}, {"year": "2022", "count": 303}]},
    "mark": {"type": "bar", "clip": True},
    "encoding": {"x": {"field": "year"}, "y": {"field": "count", "type": "quantitative"}},
}
CHART = {
    "kind": "chart",
    "name": "chart-enterprises",
    "caption": "企业 <b>增长</b> *三倍*",
    "note": "来源：市科技局",
    "alt": "柱形图：2018年'87'家，2022年\"303\"家",
    "table": {"heads": ["年份", "数值（家）"], "rows": [["2018年", "87"], ["=<b>1</b>", "303"]], "numbers": [1]},
}
TABLE = f"| 指标 | 数 | 备注 |\n|---|--:|---|\n| 企业 | 303 | {SCRIPT} |\n| 平台 | 207 | a \\| b |"


def text(markdown, *anchors):
    """A text output with an anchor for each heading."""
    return output({"text/markdown": markdown}, kind="text", anchors=list(anchors))


def output(data, **mark):
    """An output as the chapters make them."""
    return new_output("display_data", data=data, metadata={"diaoyan": mark})


def write_book(folder, *, summary, data):
    """A book of two chapters with the real book's configuration."""
    shutil.copy(ROOT / "_config.yml", folder)
    toc = "format: jb-book\nroot: chapters/summary\nchapters:\n- file: chapters/data\n"
    (folder / "_toc.yml").write_text(toc)
    (folder / "chapters").mkdir()
    for name, outputs in (("summary", summary), ("data", data)):
        cells = [new_code_cell('lang = "zh"', metadata={"tags": ["injected-parameters"]})]
        cells += [new_code_cell(f"show({n})", outputs=[each]) for n, each in enumerate(outputs)]
        metadata = {"papermill": {"start_time": "2023-10-26T08:00:00", "duration": 12.345}}
        notebook = new_notebook(cells=cells, metadata=metadata)
        nbformat.write(notebook, folder / "chapters" / f"{name}.ipynb")


def build(folder, *options):
    """Runs the contract's command; returns the exit status and what was printed."""
    command = [JUPYTER_BOOK, "build", ".", "-W", "-n", "--keep-going", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "NO_COLOR": "1"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    return run.returncode, run.stdout + run.stderr


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The book's folder, built as HTML."""
    folder = tmp_path_factory.mktemp("book")
    summary = [
        text(f"# 摘要\n\n企业{FACT}，值为{SCRIPT}。", "summary"),
        text(f"## 成绩\n\n见[此处](#summary-goals)，**{FACT}**。", "summary-achievements"),
        output({"application/vnd.vegalite.v6+json": SPEC, "text/plain": "柱"}, **CHART),
        text(
            "## 目标\n\n{#no} \\{\\{ 7 \\}\\}，见[表](data.ipynb)[^1]。\n\n[^1]: 注。",
            "summary-goals",
        ),
    ]
    data = [
        text("# 数据", "data"),
        output(
            {"text/markdown": TABLE},
            kind="table",
            name="table-all",
            caption="全部 <i>数据</i>",
            anchors=[ROW, None],
        ),
        output(
            {"text/markdown": "| 问题 | 建议 |\n|---|---|\n| 一 | 是 |"},
            kind="table",
            name="table-answers",
            caption="对应",
            cell_anchors=[[None, "answer-one"]],
        ),
    ]
    write_book(folder, summary=summary, data=data)
    status, printed = build(folder)
    assert status == 0, printed
    return folder


def page(book, name):
    """The parsed HTML of a chapter."""
    html = (book / "_build" / "html" / "chapters" / f"{name}.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser")


def test_headings_of_outputs_are_sections_in_the_page_contents(book):
    summary = page(book, "summary")
    assert [section["id"] for section in summary.select("article section")] == [
        "summary",
        "summary-achievements",
        "summary-goals",
    ]
    contents = [(link["href"], link.text) for link in summary.select("#pst-page-toc-nav a")]
    assert contents == [("#summary-achievements", "成绩"), ("#summary-goals", "目标")]


def test_the_table_of_contents_has_the_chapters_own_titles(book):
    links = page(book, "summary").select("nav.bd-docs-nav a")
    assert [link.text.strip() for link in links] == ["摘要", "数据"]


def test_a_number_links_to_its_row_with_its_source_as_title(book):
    facts = page(book, "summary").select("article a.fact")
    assert len(facts) == 2
    for fact in facts:
        assert fact["href"] == f"data.html#{ROW}"
        assert (fact.text, fact["title"]) == ("303家", "2022 · 一（二）1")
    assert facts[1].parent.name == "strong"


def test_links_to_sections_and_pages_are_no_fact_links(book):
    links = page(book, "summary").select("article p a.reference")
    others = {link.text: link for link in links if "fact" not in link["class"]}
    assert others["此处"]["href"] == "#summary-goals"
    assert others["表"]["href"] == "data.html"


def test_rows_and_cells_are_targets(book):
    data = page(book, "data")
    assert data.find(id=ROW).find_parent("tr").td.text.strip() == "企业"
    assert data.find(id="answer-one").find_parent("td").text.strip() == "是"


def test_a_table_has_caption_name_and_a_box_to_scroll_in(book):
    table = page(book, "data").find(id="table-all")
    assert "表 1 全部 <i>数据</i>" in table.caption.text
    assert {"diaoyan-table", "right-2"} <= set(table["class"])
    assert "pst-scrollable-table-container" in table.parent["class"]
    assert [cell.text.strip() for cell in table.select("tbody tr")[1].select("td")] == [
        "平台",
        "207",
        "a | b",
    ]


def test_script_in_a_value_is_shown_as_written(book):
    assert "值为<script>alert(1)</script>。" in page(book, "summary").article.text
    assert "<script>alert(1)</script>" in page(book, "data").find(id="table-all").text
    assert not page(book, "data").article.find("script")


def test_a_template_in_a_value_is_not_run(book):
    assert "{{ 7 }}" in page(book, "summary").article.text


def test_a_chart_is_a_figure_with_caption_source_and_alternative_text(book):
    figure = page(book, "summary").find(id="chart-enterprises")
    assert (figure.svg["role"], figure.svg["aria-label"]) == ("img", CHART["alt"])
    assert "图 1 企业 <b>增长</b> *三倍*" in figure.figcaption.text
    assert "来源：市科技局" in figure.figcaption.text
    assert "2022" in [text.text for text in figure.svg.find_all("text")]


def test_a_chart_offers_its_figures_and_its_files(book):
    tools = page(book, "summary").find(id="chart-enterprises").find_next_sibling(class_="diaoyan-chart-files")
    cells = [[cell.text for cell in row.find_all(["th", "td"])] for row in tools.find_all("tr")]
    assert cells == [["年份", "数值（家）"], ["2018年", "87"], ["=<b>1</b>", "303"]]
    files = {link.text: book / "_build" / "html" / "chapters" / link["href"] for link in tools.find_all("a")}
    assert list(files) == ["CSV", "SVG", "PNG"]
    # Excel takes a file without the mark for one in the machine's encoding, and a cell that begins so for a formula.
    assert files["CSV"].read_bytes() == "\ufeff年份,数值（家）\r\n2018年,87\r\n'=<b>1</b>,303\r\n".encode()
    assert "<text" in files["SVG"].read_text(encoding="utf-8")
    assert files["PNG"].read_bytes().startswith(b"\x89PNG")


def test_the_source_tree_is_left_as_it_was(book):
    assert sorted(path.name for path in book.iterdir()) == [
        "_build",
        "_config.yml",
        "_toc.yml",
        "chapters",
    ]
    assert len(list((book / "chapters").iterdir())) == 2


def test_code_stands_collapsed_and_labelled_after_text_and_footnotes(book):
    article = page(book, "summary").article
    box = article.select_one("details.diaoyan-code")
    assert box.summary.text == "显示生成本章的代码"
    assert not box.has_attr("open")
    code = [block.text.strip() for block in article.select("pre")]
    assert code == ['lang = "zh"', "show(0)", "show(1)", "show(2)", "show(3)"]
    assert len(box.select("pre")) == len(code)
    assert box.find_next("p", string="注。") is None
    assert box.find_parent("section")["id"] == "summary"


def test_papermills_times_are_nowhere_on_the_page(book):
    html = str(page(book, "summary"))
    assert "12.345" not in html
    assert "2023-10-26T" not in html
    assert not list((book / "_build" / "html").rglob("*.ipynb"))


def test_a_page_loads_nothing_from_another_host(book):
    for file in (book / "_build" / "html").rglob("*.html"):
        if "_static" in file.parts:
            continue
        html = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        loaded = [tag["src"] for tag in html.find_all(src=True)]
        loaded += [tag["href"] for tag in html.find_all("link", href=True)]
        assert not [address for address in loaded if re.match(r"(https?:)?//", address)], file
        # Data, of charts and for machines; the latter name their vocabulary by an address, which nothing asks for.
        data = {"application/ld+json", "application/json"}
        assert {script["type"] for script in html.find_all("script", src=False)} <= data, file


def test_the_search_has_each_section_with_its_own_words_and_none_of_the_code(book):
    script = (book / "_build" / "html" / "_static" / "section_index.js").read_text(encoding="utf-8")
    start, end = "window.diaoyanSections = ", ";\n"
    assert script.startswith(start) and script.endswith(end)
    sections = {each["title"]: each for each in json.loads(script[len(start) : -len(end)])}
    assert list(sections) == ["摘要", "成绩", "目标", "数据"]
    assert sections["摘要"]["address"] == "chapters/summary.html"
    assert sections["摘要"]["text"] == "企业303家，值为<script>alert(1)</script>。"
    assert sections["目标"]["address"] == "chapters/summary.html#summary-goals"
    assert sections["目标"]["path"] == "摘要"
    assert "企业" in sections["数据"]["tables"]
    assert "show(0)" not in script


def test_the_search_has_the_same_of_pages_as_they_were_written_and_of_what_is_stored_of_them(book, tmp_path):
    # In what is stored, links are not resolved yet; the build took all its pages as they were written.
    stored = pickle.loads((book / "_build" / ".doctrees" / "environment.pickle").read_bytes())
    assert any(stored.get_doctree("chapters/summary").findall(pending_xref))
    write_section_index(stored, {}, ["chapters/summary", "chapters/data"], tmp_path)
    written = book / "_build" / "html" / "_static" / FILE
    assert (tmp_path / FILE).read_text(encoding="utf-8") == written.read_text(encoding="utf-8")


def test_in_print_links_stay_inside_the_book_charts_are_vector_files_and_code_is_left_out(book):
    status, printed = build(book, "--builder", "latex")
    assert status == 0, printed
    folder = book / "_build" / "latex"
    source = (folder / "report.tex").read_text(encoding="utf-8")
    assert re.search(r"企业\{\\hyperref\[[^]]*\]\{\\sphinxcrossref\{303家\}\}\}，值为", source)
    assert "diaoyantable" not in source
    assert r"\chapter{数据}" in source
    assert "show(0)" not in source
    assert re.search(r"\\sphinxincludegraphics\{\{chart-enterprises-\w+\}\.pdf\}", source)
    assert len(list(folder.glob("chart-enterprises-*.pdf"))) == 1


def test_each_fault_is_a_warning_that_names_the_page_and_fails_the_build(tmp_path):
    summary = [
        text(
            "# 摘要\n\n[1](data.ipynb#obs-unknown)，[2](nowhere.ipynb#x)，[3](data.ipynb#summary)",
            "summary",
        ),
        text("```{include} /etc/passwd\n```"),
        text("{raw-html}`<b>`"),
    ]
    write_book(tmp_path, summary=summary, data=[text("# 数据", "data")])
    status, printed = build(tmp_path)
    assert status != 0
    assert "Traceback" not in printed
    for fault in (
        "summary.ipynb: WARNING: refused: line 1: a directive or code fence '{include} /etc/passwd'",
        "summary.ipynb: WARNING: refused: line 1: a role '{raw-html}'",
        "WARNING: no such page or anchor in the book: chapters/data#obs-unknown",
        "WARNING: no such page or anchor in the book: chapters/nowhere#x",
        "WARNING: no such page or anchor in the book: chapters/data#summary",
    ):
        assert fault in printed
    assert "root:" not in (tmp_path / "_build/html/chapters/summary.html").read_text("utf-8")


def test_a_template_is_compiled_once_for_all_books_and_anew_when_it_changes(new_stock, monkeypatch):
    folder = new_stock()
    templates = {"page.html": "{{ city }}"}

    def environment_of_a_book():
        environment = jinja2.Environment(loader=jinja2.DictLoader(templates), autoescape=True)
        bridge = SimpleNamespace(environment=environment)
        keep_templates(SimpleNamespace(builder=SimpleNamespace(format="html", templates=bridge)))
        return environment

    def shown(city):
        return environment_of_a_book().get_template("page.html").render(city=city)

    assert shown("安阳") == "安阳"
    next_book = environment_of_a_book()
    monkeypatch.setattr(next_book, "compile", None)
    assert next_book.get_template("page.html").render(city="河南") == "河南"
    templates["page.html"] = "{{ city }}市"
    assert shown("安阳") == "安阳市"
    # Where nothing can be kept it is compiled each time.
    for kept in list(folder.iterdir()):
        shutil.rmtree(kept)
        kept.write_text("in the way", encoding="utf-8")
    assert shown("河南") == "河南市"
