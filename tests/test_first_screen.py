"""The first screen of a report: which sections it has, what is in them, and that none is empty."""

from dataclasses import replace

import pytest

from diaoyan.data_sheets import plain
from diaoyan.first_screen import SECTIONS
from diaoyan.outputs import text_output
from diaoyan.report import Report


def shown(edition, language="zh"):
    """The outputs of the summary, by name or first anchor, in order."""
    outputs = Report(edition, language).outputs("summary", pictures=False)
    return {output.about.get("name") or output.about["anchors"][0]: output for output in outputs}


def deck(edition, name, language="zh"):
    """The cards of a deck, each a dictionary of words without links."""
    cards = shown(edition, language)[f"cards-{name}"].about["cards"]
    return [{part: plain(words) for part, words in card["parts"]} for card in cards]


def without(edition, *tables):
    """The edition with some tables empty."""
    emptied = {name: replace(edition.tables[name], rows=()) for name in tables}
    return replace(edition, tables={**edition.tables, **emptied})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_five_sentences_stand_first_then_cards_counts_doors_and_downloads(edition, language):
    outputs = shown(edition, language)
    assert [name for name in outputs if name != "chart-summary-enterprises-and-platforms"] == [
        "summary",
        "summary-figures",
        "cards-figures",
        "summary-audit",
        "cards-audit",
        "summary-parts",
        "cards-doors",
        "summary-downloads",
        "downloads",
        "summary-about",
    ]
    sentences = [line for line in outputs["summary"].data["text/markdown"].split("\n") if line.startswith("- ")]
    assert len(sentences) == 5
    # Each with its figures asked for: links to rows, or a number of rows counted.
    assert sum("data.ipynb#obs-" in sentence for sentence in sentences) == 4


def test_the_audits_counts_lead_to_the_first_claim_of_each_verdict(edition):
    assert deck(edition, "audit") == [
        {"verdict": "偏高", "count": "1"},
        {"verdict": "缺计量单位", "count": "2"},
        {"verdict": "无法复算", "count": "5"},
        {"verdict": "成立", "count": "6"},
    ]
    cards = shown(edition)["cards-audit"].about["cards"]
    assert [card["verdict"] for card in cards] == ["overstated", "unit_missing", "not_recomputable", "holds"]
    assert cards[0]["parts"][0][1] == "[偏高](audit.ipynb#claim-high-tech-enterprises-doublings)"


def test_the_doors_say_what_is_behind_them_and_how_much(edition):
    assert [(door["part"], door["extent"]) for door in deck(edition, "doors")] == [
        ("做法和成效", "3个方面，12项"),
        ("存在问题", "3个方面，10项"),
        ("意见和建议", "4个方面"),
    ]
    assert [door["extent"] for door in deck(edition, "doors", "en")] == [
        "3 sections, 12 items",
        "3 sections, 10 items",
        "4 sections",
    ]


def test_one_section_with_one_item_is_not_a_plural(edition):
    kept = [row for row in edition.tables["items"] if row["item"] in ("problems-funding", "problems-county-finance")]
    few = replace(edition, tables={**edition.tables, "items": replace(edition.tables["items"], rows=tuple(kept))})
    assert [door["extent"] for door in deck(few, "doors", "en")] == ["1 section, 1 item"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_cards_are_also_a_table_that_reads_well_in_a_notebook(edition, language):
    for name in ("figures", "audit", "doors"):
        output = shown(edition, language)[f"cards-{name}"]
        head, rule, *rows = output.data["text/markdown"].split("\n")
        assert len(rows) == len(output.about["cards"])
        assert {line.count(" | ") for line in (head, rule, *rows)} == {head.count(" | ")}
        # No column without a word in it.
        columns = list(zip(*[row.split(" | ") for row in rows], strict=True))
        assert all(any(cell.strip("| ") for cell in column) for column in columns)


@pytest.mark.parametrize(
    ("tables", "gone"),
    [
        (["highlights", "charts"], ["cards-figures", "summary-figures"]),
        (["claims"], ["cards-audit", "summary-audit"]),
        (["items"], ["cards-doors", "summary-parts"]),
    ],
)
def test_what_an_edition_does_not_have_leaves_no_hole(edition, monkeypatch, tables, gone):
    # The words speak of claims too; they are the edition's own.
    monkeypatch.setattr("diaoyan.report.Report._text_output", without_words)
    assert [name for name in gone if name in shown(edition)] == gone
    outputs = shown(without(edition, *tables))
    assert [name for name in gone if name in outputs] == []
    headed = [name for name in outputs if name in SECTIONS]
    following = dict(zip(outputs, [*outputs][1:], strict=False))
    assert all(not following[name].startswith("summary") for name in headed)


def without_words(report, name, text, block):
    """A section of which only the heading is shown, for texts that speak of what is not there."""
    return text_output("## x", block.anchor)


def test_key_figures_stay_in_their_place_when_only_the_chart_is_there(edition):
    outputs = shown(without(edition, "highlights"))
    assert "cards-figures" not in outputs
    assert {"summary-figures", "chart-summary-enterprises-and-platforms"} <= outputs.keys()


def test_downloads_name_every_file_of_the_book_and_every_chapters_notebook(edition):
    entries = shown(edition)["downloads"].about["entries"]
    files = [file["file"] for entry in entries for file in entry["files"]]
    assert files[:6] == [
        "report.pdf",
        "official.docx",
        "official.pdf",
        "data.xlsx",
        "../data/datapackage.json",
        "audit.json",
    ]
    assert entries[-1]["files"][0] == {"file": "notebooks/summary.ipynb", "name": "摘要"}
    assert len(entries[-1]["files"]) == 10


def test_words_of_a_table_are_literal_on_a_card(folder):
    name = "<script>alert(1)</script> **b** [x](y) | `c`"
    folder.change_cell("indicators", "high_tech_enterprises", "name_zh", name)
    card = shown(folder.load())["cards-figures"].about["cards"][2]
    assert plain(card["parts"][0][1]) == f"{name}（2022年）"
    assert "\\<script\\>" in card["parts"][0][1]
