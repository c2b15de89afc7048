"""Cards and downloads on a page that Jupyter Book made: words literal, links resolved, nothing numbered."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from diaoyan.paths import ROOT

HOSTILE = "1. <script>alert(1)</script> {{ 7 * 7 }} ````{raw} html `x` 'y' \"z\" | %"
ESCAPED = re.sub(r"([\\`*_{}\[\]<>()#~$|&!^@:%+=])", r"\\\1", HOSTILE)
CARD = {
    "parts": [["name", ESCAPED], ["value", '[303家](data.ipynb#row "2022年")']],
    "verdict": "unit_missing",
    "trend": [[2018, "87"], [2022, "303"]],
}
CARDS = {"kind": "cards", "name": "cards-figures", "caption": "主要数据", "cards": [CARD, {"parts": [["name", "b"]]}]}
ENTRY = {"name": HOSTILE, "type": "PDF", "files": [{"file": "report.pdf", "name": ""}]}
DOWNLOADS = {"kind": "downloads", "name": "downloads", "entries": [ENTRY]}
HEADING = {"kind": "text", "anchors": ["top"]}
ROWS = {"kind": "table", "name": "table-all", "caption": "表", "anchors": ["row"]}


def chapter(*outputs):
    """A notebook with marked outputs."""
    shown = [{"output_type": "display_data", "metadata": {"diaoyan": mark}, "data": data} for mark, data in outputs]
    cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": shown, "execution_count": None}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """The source of the first page of a book of two chapters."""
    folder = tmp_path_factory.mktemp("book")
    shutil.copy(ROOT / "_config.yml", folder)
    toc = "format: jb-book\nroot: chapters/summary\nchapters:\n- file: chapters/data\n"
    (folder / "_toc.yml").write_text(toc)
    (folder / "chapters").mkdir()
    table = {"text/markdown": "| a |\n| --- |\n| b |"}
    summary = chapter((HEADING, {"text/markdown": "# 摘要"}), (CARDS, table), (DOWNLOADS, table))
    data = chapter(({**HEADING, "anchors": ["data"]}, {"text/markdown": "# 数据"}), (ROWS, table))
    (folder / "chapters" / "summary.ipynb").write_text(summary, encoding="utf-8")
    (folder / "chapters" / "data.ipynb").write_text(data, encoding="utf-8")
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".", "-W", "-n"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300)
    assert run.returncode == 0, run.stdout + run.stderr
    return (folder / "_build" / "html" / "chapters" / "summary.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(source):
    """The page as a browser understands it."""
    return BeautifulSoup(source, "html.parser")


def test_a_card_is_an_item_with_its_parts_its_verdict_and_its_trend(page):
    cards = page.select("ul.diaoyan-cards.diaoyan-cards-figures > li")
    assert [card["class"] if card.has_attr("class") else [] for card in cards] == [["verdict-unit-missing"], []]
    assert [part["class"] for part in cards[0].find_all("p")] == [["name"], ["value"]]
    assert len(cards[0].select("svg.diaoyan-trend circle")) == 2
    assert cards[1].select("svg") == []


def test_the_words_of_a_card_are_literal(page):
    assert page.select_one("li p.name").text == HOSTILE
    scripts = page.find_all("script")
    run = [each for each in scripts if each.get("type") != "application/ld+json"]
    described = [json.loads(each.text)["description"] for each in scripts if each not in run]
    assert [each for each in run if "alert(1)" in each.text] == []
    assert "<script>alert(1)</script>" in described[0]


def test_a_value_is_a_link_to_its_row_with_its_title(page):
    link = page.select_one("li p.value a")
    assert (link["href"], link["title"], "fact" in link["class"]) == ("data.html#row", "2022年", True)


def test_files_that_may_be_offered_are_only_in_a_comment(source, page):
    assert source.count("<!--diaoyan-downloads ") == 1
    assert "report.pdf" in source
    assert "report.pdf" not in re.sub("<!--.*?-->", "", source, flags=re.DOTALL)
    offered = json.loads(re.search("<!--diaoyan-downloads (.*?)-->", source)[1])
    assert offered == [ENTRY]


def test_the_page_has_the_style_of_the_first_screen(page):
    assert any("first_screen.css" in link["href"] for link in page.select("link[rel=stylesheet]"))
