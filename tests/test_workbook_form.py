"""The form that a clerk gets: explained, protected against slips, with lists to choose from."""

import zipfile
from datetime import datetime

import openpyxl
import pytest

from diaoyan.catalogue import load_catalogue
from diaoyan.edition_content import load_catalogues, own_tables
from diaoyan.faults import Faults
from diaoyan.form_columns import form_columns, sheet_title
from diaoyan.paths import DATA
from diaoyan.schema import read_schema
from diaoyan.workbook_form import write_form
from diaoyan.worksheets import LONGEST_NAME


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The form of the real edition in both languages."""
    folder = tmp_path_factory.mktemp("forms")
    for language in ("zh", "en"):
        write_form(DATA, "anyang-2023", language, folder / f"{language}.xlsx")
    return folder


@pytest.fixture(scope="module")
def books(files):
    """The same, opened."""
    return {language: openpyxl.load_workbook(files / f"{language}.xlsx") for language in ("zh", "en")}


def test_the_first_sheet_says_how_to_fill_in_and_there_is_a_sheet_for_every_table(books):
    for language, book in books.items():
        words = load_catalogue(DATA, language)
        own = [sheet_title(words, name) for name in ("edition", *own_tables(read_schema(DATA)))]
        assert book.sheetnames[0] == words("form.about")
        assert book.sheetnames[1 : len(own) + 2] == [*own, words("form.texts")]
        about = [cell.value for cell in book.worksheets[0]["A"] if cell.value]
        assert any(words("form.instructions.8", edition="anyang-2023") in str(line) for line in about)
        assert set(own) <= {str(line) for line in about}


def test_no_sheet_has_a_name_cut_by_excel():
    for words in load_catalogues(DATA).values():
        shared = [name for name, shape in read_schema(DATA).items() if shape["home"] != "edition"]
        names = ["about", "edition", *own_tables(read_schema(DATA)), "texts", "lists"]
        titles = [sheet_title(words, name) for name in [*names, *(f"shared-{name}" for name in [*shared, "texts"])]]
        assert [title for title in titles if len(title) > LONGEST_NAME] == []
        assert len(set(titles)) == len(titles)
    assert sheet_title(load_catalogue(DATA, "en"), "answers") == "Answers to problems"


def test_the_same_edition_gives_the_same_bytes(files, tmp_path):
    write_form(DATA, "anyang-2023", "zh", tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (files / "zh.xlsx").read_bytes()


def test_heads_and_keys_are_locked_and_values_and_new_rows_are_open(books):
    sheet = books["zh"]["数据"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    heads = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
    locked = {head: sheet.cell(3, column).protection.locked for head, column in heads.items()}
    assert [head for head in locked if locked[head]] == ["指标", "地区", "时间", "数据版本"]
    assert all(cell.protection.locked for row in (1, 2) for cell in sheet[row])
    assert not sheet.column_dimensions["A"].protection.locked
    reference = books["zh"]["参考 指标"]
    assert reference.protection.sheet
    assert all(cell.protection.locked for row in reference.iter_rows() for cell in row)


def test_lists_offer_the_names_that_the_cells_show(books):
    for language, unit, word in (("zh", "亿元", "初次公布"), ("en", "100 million yuan", "first published")):
        book = books[language]
        sheet = next(each for each in book if each.title == load_catalogue(DATA, language)("tables.observations"))
        lists = (rule for rule in sheet.data_validations.dataValidation if rule.type == "list")
        rules = {str(rule.sqref).split(":")[0][0]: rule for rule in lists}
        offered = {}
        for letter, rule in rules.items():
            ((title, place),) = book.defined_names[rule.formula1].destinations
            offered[letter] = [cell.value for (cell,) in book[title][place.replace("$", "")]]
            shown = [cell.value for cell in sheet[letter][2:] if cell.value]
            assert set(shown) <= set(offered[letter])
        assert {"A", "B", "D", "F", "G", "H"} <= rules.keys()
        assert (rules["A"].errorStyle, rules["B"].errorStyle) == ("stop", "warning")
        assert unit in offered["F"]
        assert word in offered["D"]


def test_days_are_dates_and_numbers_keep_their_digits_as_text(books):
    particulars = {row[0].value: row[1] for row in books["zh"]["报告信息"].iter_rows(min_row=2)}
    assert particulars["报告日期 *"].value == datetime(2023, 10, 26)
    assert particulars["报告日期 *"].number_format == "yyyy-mm-dd"
    values = [cell.value for cell in books["zh"]["数据"]["E"][2:]]
    assert values[:5] == ["600", "2000", "2", "1.54", "13.6"]


def test_whole_days_are_dates_in_every_column_of_times_and_months_and_years_stay_as_they_are(books):
    for sheet, head in (("数据", "时间 *"), ("参考 资料来源", "日期 *"), ("调研活动", "时间 *"), ("目标", "时间 *")):
        rows = books["zh"][sheet]
        column = next(cell.column for cell in rows[1] if cell.value == head)
        cells = [cell for cell in next(rows.iter_cols(column, column, min_row=3)) if cell.value]
        times = [cell.value for cell in cells]
        assert {type(each) for each in times} <= {str, datetime}
        assert [each for each in times if isinstance(each, str) and len(each) == len("2023-06-15")] == []
        assert all(cell.number_format == ("yyyy-mm-dd" if cell.is_date else "@") for cell in cells)
        if sheet == "数据":
            assert {datetime(2023, 6, 15), "2022"} < set(times)
            day = next(cell for cell in cells if cell.is_date)
            rules = [rule for rule in rows.data_validations.dataValidation if day.coordinate in rule.sqref]
            assert [(rule.type, rule.errorStyle) for rule in rules] == [("date", "warning")]
        elif sheet == "参考 资料来源":
            assert any(isinstance(each, datetime) for each in times)
        else:
            assert {type(each) for each in times} == {str}


def test_texts_stand_side_by_side_with_their_kinds(books):
    rows = [[cell.value for cell in row] for row in books["en"]["Texts"].iter_rows(max_col=5)]
    assert rows[0] == ["Chapter", "Kind", "Id", "Chinese", "English"]
    assert rows[1] == ["Summary", "chapter title", "summary", "摘要", "Summary"]
    assert rows[2][:3] == ["Summary", "paragraph", None]


def test_no_cell_is_a_formula(files):
    with zipfile.ZipFile(files / "zh.xlsx") as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


def test_no_two_columns_of_a_sheet_have_the_same_head_in_any_language():
    catalogues = load_catalogues(DATA)
    for table, shape in own_tables(read_schema(DATA)).items():
        columns = form_columns(table, shape, catalogues)
        for column in columns:
            for language in catalogues:
                called = [each.name for each in columns if each.is_called(column.head(language))]
                assert called == [column.name]
                assert column.explanation(language)


def test_figures_that_charts_show_are_asked_for_where_there_are_none(folder, tmp_path):
    path = folder.file("observations")
    path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    write_form(folder.path, "anyang-2023", "zh", tmp_path / "form.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "form.xlsx")["数据"]
    rows = [[cell.value for cell in row[:8]] for row in sheet.iter_rows(min_row=3)]
    assert rows[0] == ["科技创新支持资金", "安阳", "2018", "初次公布", None, "万元", None, "安阳调研报告"]
    assert ["全社会研发经费投入强度", "安阳", "2022", "初次公布", None, "%", None, "安阳调研报告"] in rows


def test_a_text_longer_than_a_cell_is_a_fault_and_not_cut(folder, tmp_path):
    text = folder.own("text/zh/problems.md")
    # One paragraph of 32768 characters, the ends of its lines among them.
    long = "\n".join(["a" * 4095] * 7 + ["a" * 4096])
    text.write_text(f"{text.read_text(encoding='utf-8')}\n{long}\n", encoding="utf-8")
    with pytest.raises(Faults, match="found 32768 characters, expected at most 32767 in a cell"):
        write_form(folder.path, "anyang-2023", "zh", tmp_path / "form.xlsx")
    assert not (tmp_path / "form.xlsx").exists()
