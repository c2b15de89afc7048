"""The workbook of the tables: read back by another door, it holds what the edition holds."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from diaoyan.data_sheets import plain
from diaoyan.data_workbook import write_data_workbook
from diaoyan.worksheets import sheet_names

OBSERVATIONS = {"zh": "本报告数据", "en": "Figures of this report"}
HEADS = {
    "zh": ["指标", "地区", "时间", "数据版本", "数值", "计量单位", "限定", "来源", "原文位置", "说明"],
    "en": ["Indicator", "Area", "Period", "Vintage", "Value", "Unit", "Qualifier", "Source", "Place in the source"],
}


@pytest.fixture(scope="module")
def written(edition, tmp_path_factory):
    """The file of each language."""
    files = {language: tmp_path_factory.mktemp(language) / "data.xlsx" for language in ("zh", "en")}
    for language, file in files.items():
        write_data_workbook(edition, language, file)
    return files


@pytest.fixture(scope="module")
def books(written):
    """The workbooks as another program reads them."""
    return {language: openpyxl.load_workbook(file) for language, file in written.items()}


def rows_of(sheet):
    """The rows below the head, as dictionaries by head."""
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def strange(edition):
    """The edition with words that a spreadsheet would take for a formula, which no table lets in, and the like."""
    wordings = {
        "talent-quotas-level": "=1+1",
        "platforms-difference": "+86 1",
        "intensity-level": "-2+3",
        "unpaid-funds-sum": "@SUM(A1)",
        "intensity-change": "#N/A",
        "technology-smes-growth": "- 1. a",
    }
    claims = edition.tables["claims"]
    rows = [
        replace(row, cells={**row, "wording_en": wordings.get(row["claim"], row["wording_en"])}) for row in claims.rows
    ]
    return replace(edition, tables={**edition.tables, "claims": replace(claims, rows=tuple(rows))})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_figures_read_back_are_the_facts_of_the_edition(edition, books, language):
    values = {}
    for row in rows_of(books[language][OBSERVATIONS[language]]):
        _, _, period, _, value, unit, *_ = row.values()
        values.setdefault((str(period)[:10], value, unit), 0)
        values[str(period)[:10], value, unit] += 1
    units = edition.tables["units"].by_key()
    own = [row for row in edition.tables["observations"] if "/editions/" in row.file and edition.row_speaks(row)]
    assert len(own) == sum(values.values()) == 25
    for row in own:
        unit = units[row["unit"]][f"name_{language}"]
        period = (
            row["period"] if not row["period"].endswith("/") else {"zh": "2020年以来", "en": "since 2020"}[language]
        )
        assert (period, float(row["value"]), unit) in values


def test_the_figure_of_high_tech_enterprises_stands_as_a_number_beside_its_names(books):
    rows = rows_of(books["zh"]["本报告数据"])
    found = next(row for row in rows if row["指标"] == "高新技术企业" and row["时间"] == 2022 and row["地区"] == "安阳")
    assert (found["数值"], found["计量单位"], found["原文位置"]) == (303, "家", "一（二）1")
    english = rows_of(books["en"]["Figures of this report"])
    assert english[rows.index(found)]["Indicator"] == "high-tech enterprises"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_heads_are_in_the_language_of_the_book_and_stay_in_sight(books, language):
    sheet = books[language][OBSERVATIONS[language]]
    assert [cell.value for cell in sheet[1]][: len(HEADS[language])] == HEADS[language]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert all(sheet.column_dimensions[cell.column_letter].width >= 8 for cell in sheet[1])


def test_numbers_show_the_digits_that_were_printed(books):
    shown = {}
    for row in books["zh"]["本报告数据"].iter_rows(min_row=2):
        shown[row[0].value, row[2].value] = row[4].value, row[4].number_format
    assert shown["技术合同登记额", 2018] == (1.54, "0.00")
    assert shown["技术合同登记额", 2022] == (13.6, "0.0")
    assert shown["科技创新支持资金", 2018] == (2000, "0")


def test_days_are_dates_and_years_are_numbers(books):
    rows = rows_of(books["zh"]["本报告数据"])
    unpaid = next(row for row in rows if row["指标"] == "未拨付科技资金")
    assert unpaid["时间"] == datetime(2023, 6, 15)
    dates = {type(row["日期"]) for row in rows_of(books["zh"]["资料来源"])}
    assert datetime in dates


def test_every_table_with_rows_is_in_a_sheet_and_the_later_figures_are_apart(edition, books):
    rows = {sheet.title: sheet.max_row - 1 for sheet in books["en"].worksheets[1:]}
    tables = {name: len(table) for name, table in edition.tables.items()}
    split = ("Figures of this report", "Later data", "The nation and the provinces", "Revised figures")
    assert sum(rows[name] for name in split) == tables.pop("observations")
    assert rows["Later data"] == 2
    others = [count for title, count in rows.items() if title not in split]
    assert sorted(others) == sorted(count for count in tables.values() if count)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_sheet_says_what_this_is_and_leads_to_the_others(edition, books, language):
    book = books[language]
    about = book.worksheets[0]
    cells = [cell.value for row in about.iter_rows() for cell in row if cell.value is not None]
    for said in (
        edition.meta["title"][language],
        {"zh": "复算稿，非正式文件", "en": "Recomputed, not an official document"}[language],
        datetime(2023, 10, 26),
        "anyang-2023",
    ):
        assert said in cells
    listed = [row for row in about.iter_rows() if row[0].value in book.sheetnames]
    assert [row[0].value for row in listed] == book.sheetnames[1:]
    assert [row[1].value for row in listed] == [sheet.max_row - 1 for sheet in book.worksheets[1:]]
    assert all(row[2].value for row in listed)
    assert [row[0].hyperlink.location for row in listed] == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_no_cell_is_a_formula_whatever_its_text_begins_with(edition, tmp_path):
    file = tmp_path / "data.xlsx"
    write_data_workbook(strange(edition), "en", file)
    sheet = openpyxl.load_workbook(file)["Claims of the original"]
    column = next(cell.column for cell in sheet[1] if cell.value == "As printed")
    cells = [sheet.cell(line, column) for line in range(2, sheet.max_row + 1)]
    for text in ("=1+1", "+86 1", "-2+3", "@SUM(A1)", "#N/A", "- 1. a"):
        cell = next(cell for cell in cells if cell.value == text)
        assert cell.data_type == "s"
        assert cell.quotePrefix
    with zipfile.ZipFile(file) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any(b"<f>" in package.read(name) or b"<f " in package.read(name) for name in sheets)


def test_a_number_with_more_digits_than_excel_keeps_stays_text(folder, tmp_path):
    folder.change_cell("observations", "technical_contracts|anyang|2022", "value", "13.60000000000000001")
    write_data_workbook(folder.load(), "zh", tmp_path / "data.xlsx")
    rows = rows_of(openpyxl.load_workbook(tmp_path / "data.xlsx")["本报告数据"])
    assert "13.60000000000000001" in [row["数值"] for row in rows]


def test_two_workbooks_of_the_same_edition_are_the_same_bytes(edition, written, tmp_path):
    write_data_workbook(edition, "zh", tmp_path / "data.xlsx")
    assert (tmp_path / "data.xlsx").read_bytes() == written["zh"].read_bytes()
    with zipfile.ZipFile(written["zh"]) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_file_is_dated_by_the_report_and_not_by_its_making(books):
    properties = books["zh"].properties
    assert properties.created.date() == properties.modified.date() == date(2023, 10, 26)
    assert properties.creator == "安阳市人大常委会教科文卫工委"


def test_sheets_have_names_that_excel_takes():
    long = "Recommendations and the problems they answer"
    assert sheet_names(["a/b: [c]?", long, long, "A/B*"]) == [
        "a b   c",
        "Recommendations and the problem",
        "Recommendations and the pro (2)",
        "A B",
    ]


def test_the_words_of_a_cell_are_without_its_markup():
    assert plain(r"[R\&D 强度](data.ipynb#x)、`id`与**重点**") == "R&D 强度、id与重点"
    assert Decimal("1.50") == Decimal(plain("1.50"))
