"""An edition as it is loaded, what it speaks of when, and what its tables and texts become."""

import pytest

from diaoyan.checking import check
from diaoyan.edition import Edition, misnamed
from diaoyan.edition_folders import edition_ids
from diaoyan.faults import Faults
from diaoyan.markup_check import forbidden_table_markup
from diaoyan.paths import DATA
from diaoyan.report import Report


def lines_of(*arguments, **options):
    """The fault lines that loading an edition ends with."""
    with pytest.raises(Faults) as raised:
        Edition.load(*arguments, **options)
    return str(raised.value).splitlines()


def test_the_real_edition_loads_with_its_particulars_as_text(edition):
    assert edition.meta["base_year"] == "2018"
    assert edition.meta["document_number"] == "10"
    assert edition.meta["peers"] == ["henan", "china"]
    assert edition.meta["title"]["zh"] == "关于全市科技工作情况的调研报告"


def test_an_unknown_edition_or_vintage_is_named_with_those_there_are():
    known = ", ".join(edition_ids(DATA))
    assert lines_of("kaifeng-1999") == [f"edition: found 'kaifeng-1999', expected one of {known}"]
    assert lines_of("../secret") == [f"edition: found '../secret', expected one of {known}"]
    assert lines_of("anyang-2023", vintage="newest") == [
        "vintage: found 'newest', expected one of first_published, latest"
    ]


def test_later_figures_speak_only_as_later_data(edition, latest):
    target = edition.facts.get("high_tech_enterprises", "anyang", "2030")
    assert not edition.speaks(target, later=False)
    assert edition.speaks(target, later=True)
    assert edition.speaks(edition.facts.get("rd_intensity", "china", "2022"), later=False)
    assert not edition.speaks(edition.facts.get("rd_intensity", "china", "2023"), later=False)
    # A revision published later is the choice of the vintage, not another figure.
    assert latest.speaks(latest.facts.get("rd_intensity", "china", "2022"), later=False)
    assert edition.speaks(edition.facts.get("rd_intensity", "anyang", "2022"), later=False)


def test_a_series_known_in_part_only_as_revised_has_what_its_vintage_knows(folder):
    folder.append("observations", "rd_intensity,anyang,2021,latest,1.54,%,,henan-2022,正文,,")
    periods = [fact.period for fact in folder.load().facts.series("rd_intensity", "anyang")]
    assert periods == ["2022"]
    periods = [fact.period for fact in folder.load("latest").facts.series("rd_intensity", "anyang")]
    assert periods == ["2021", "2022"]


def test_a_text_of_the_edition_goes_before_the_one_for_all(folder):
    edition = folder.load()
    assert edition.text_file("zh", "audit")[1] == "data/text/zh/audit.md"
    assert edition.text_file("zh", "summary")[1] == "data/editions/anyang-2023/text/zh/summary.md"
    folder.own("text/zh/audit.md").write_text("# 复算 {#audit}\n", encoding="utf-8")
    assert edition.text_file("zh", "audit")[1] == "data/editions/anyang-2023/text/zh/audit.md"


def test_a_background_of_all_provinces_is_not_called_a_level(edition):
    outputs = Report(edition, "zh").outputs("data", pictures=False)
    table = next(each for each in outputs if each.about.get("name") == "table-charts")
    row = next(line for line in table.data["text/plain"].split("\n") if "`outlook-provinces`" in line)
    assert "| 各省、" in row


def test_a_section_of_later_data_says_so_in_its_heading(folder):
    text = folder.own("text/zh/outlook.md")
    folder.replace(
        text, "## 后续资料：目标与所需进度 {#outlook-targets-later}", "## 目标与所需进度 {#outlook-targets-later}"
    )
    with pytest.raises(Faults) as raised:
        check("anyang-2023", folder.path)
    assert [line.rpartition("/")[2] for line in str(raised.value).splitlines()] == [
        "outlook.md:21: found the heading '目标与所需进度', expected one that begins with 后续资料"
    ]


@pytest.mark.parametrize(
    ("date", "speaks"),
    [
        ("2023-10-26", True),
        ("2023-10-27", False),
        ("2023-09", True),
        ("2023-10", False),
        ("2022", True),
        ("2023", False),
    ],
)
def test_a_source_of_a_month_or_year_speaks_once_that_is_over(folder, date, speaks):
    folder.change_cell("sources", "henan-gov-2023", "date", date)
    edition = folder.load()
    fact = edition.facts.get("high_tech_enterprises", "henan", "2022")
    assert edition.speaks(fact, later=False) is speaks


def test_tables_without_rows_are_left_out_of_the_page(folder):
    for table in ("charts", "numerals"):
        path = folder.file(table)
        path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    shown = [output.about["name"] for output in Report(folder.load(), "zh").outputs("data") if "name" in output.about]
    assert "table-units" in shown
    assert not {"table-charts", "table-numerals"} & set(shown)


def test_a_bar_in_a_locator_does_not_end_the_cell_of_a_table(folder):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "locator", "a|b `x` {role}")
    for output in Report(folder.load(), "zh").outputs("audit"):
        if output.about["kind"] == "table":
            assert forbidden_table_markup(output.data["text/markdown"]) == []


@pytest.mark.parametrize("name", ["an yang", "Anyang-2024", "anyang.2024", "安阳", "2024"])
def test_a_folder_whose_name_cannot_be_an_edition_is_a_fault(folder, name):
    (folder.path / "editions" / name).mkdir()
    assert [str(fault) for fault in misnamed(folder.path)] == [
        f"data/editions/{name}: found {name!r}, "
        "expected a name such as anyang-2023: small letters and digits, parts joined by hyphens"
    ]


@pytest.mark.parametrize(
    "target", ["data.ipynb#obs-no-such-row", "nochapter.ipynb", "problems.ipynb#no-such-heading", "#nowhere"]
)
def test_a_link_that_leads_nowhere_is_a_fault_of_its_section(folder, target):
    text = folder.own("text/zh/summary.md")
    folder.replace(text, "## 各部分 {#summary-parts}\n", f"## 各部分 {{#summary-parts}}\n\n见[此处]({target})。\n")
    line = text.read_text(encoding="utf-8").split("\n").index("## 各部分 {#summary-parts}") + 1
    shown = target if target != "nochapter.ipynb" else "nochapter.ipynb#"
    with pytest.raises(Faults) as raised:
        check("anyang-2023", folder.path)
    assert [each.rpartition("/")[2] for each in str(raised.value).splitlines()] == [
        f"summary.md:{line}: found a link to {shown!r}, expected a page, heading or row of the book"
    ]


@pytest.mark.parametrize(("language", "unit"), [("zh", "亿元"), ("en", "100 million yuan")])
def test_captions_are_plain_words_with_the_unit_in_the_language(edition, language, unit):
    outputs = Report(edition, language).outputs("data", pictures=False)
    captions = [output.about["caption"] for output in outputs if output.about["kind"] == "table"]
    assert not [caption for caption in captions if "\\" in caption]
    assert [caption for caption in captions if unit in caption]


def test_an_edition_may_have_sources_of_its_own(folder):
    head = (folder.path / "sources.csv").read_text(encoding="utf-8").splitlines()[0]
    row = "kaifeng-2025,开封报告,Kaifeng’s report,开封,Kaifeng,报告,Report,2025-10-30,,数据,Figures,original,,"
    folder.own("sources.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert folder.load().tables["sources"].by_key()["kaifeng-2025"]["date"] == "2025-10-30"
    folder.own("sources.csv").write_text(f"{head}\n{row.replace('kaifeng-2025', 'anyang-2023')}\n", encoding="utf-8")
    assert folder.faults()[0].startswith("…/sources.csv:2:source: found 'anyang-2023' a second time, expected each key")
