"""A form goes out and comes back: nothing changes unasked, and all or nothing is taken in."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from filled_form import ANYANG, Form, bytes_of

from diaoyan.cli import main
from diaoyan.edition_folders import edition_ids
from diaoyan.edition_import import import_form
from diaoyan.fault_words import Said
from diaoyan.paths import DATA
from diaoyan.workbook_form import write_form

OTHERS = [id for id in edition_ids() if id != ANYANG]


@pytest.mark.parametrize(("edition", "language"), [(ANYANG, "zh"), (ANYANG, "en"), *((id, "zh") for id in OTHERS)])
def test_a_form_of_a_real_edition_taken_back_in_changes_nothing(tmp_path, edition, language):
    data = tmp_path / "data"
    others = [id for id in edition_ids() if id != edition]
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns(*others))
    before = bytes_of(data)
    write_form(data, edition, language, tmp_path / "form.xlsx")
    done = import_form(edition, tmp_path / "form.xlsx", data, language)
    assert (done.changed, done.ignored) == ([], [])
    assert bytes_of(data) == before


def test_a_form_holds_the_words_of_a_further_language(folder, tmp_path):
    catalogue = folder.path / "catalogue"
    words = (catalogue / "en.yml").read_text(encoding="utf-8").replace("language: English", "language: Pseudo", 1)
    (catalogue / "xx.yml").write_text(words, encoding="utf-8")
    rows = folder.file("themes").read_text(encoding="utf-8").splitlines()
    translated = [rows[0] + ",name_xx", rows[1] + ",the institute", *(f"{row}," for row in rows[2:])]
    folder.file("themes").write_text("\n".join([*translated, ""]), encoding="utf-8")
    before = bytes_of(folder.path)
    write_form(folder.path, ANYANG, "zh", tmp_path / "form.xlsx")
    assert import_form(ANYANG, tmp_path / "form.xlsx", folder.path, "zh").changed == []
    assert bytes_of(folder.path) == before
    form = Form(tmp_path / "form.xlsx", folder.path)
    form.set("专题", 4, "名称（Pseudo）", "the counties' centres")
    form.set("文字稿", form.row("文字稿", "调研经过", "章标题"), "Pseudo", "Fieldwork")
    assert form.take_in().changed == ["themes.csv", "text/xx/investigation.md"]
    assert folder.file("themes").read_text(encoding="utf-8").splitlines()[2].endswith(",the counties' centres")
    assert folder.own("text/xx/investigation.md").read_text(encoding="utf-8") == "# Fieldwork {#investigation}\n"


def test_a_form_saved_by_another_program_changes_nothing_either(form):
    assert form.take_in().changed == []


def test_texts_that_could_be_formulas_and_odd_files_come_back_byte_for_byte(folder, tmp_path):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "note_zh", "1+1=")
    folder.change_cell("observations", "technology_smes|anyang|2018", "note_zh", "#N/A")
    folder.change_cell("observations", "technology_smes|anyang|2022", "note_en", 'a, "b"\n=c')
    folder.change_cell("observations", "technical_contracts|anyang|2022", "value", "13.60")
    folder.change_cell("visits", "sitong-group", "name_zh", "“—”／１２，３")
    folder.change_cell("visits", "sitong-group", "name_en", "-5%")
    folder.replace(folder.own("edition.yml"), "  en: Investigation report on", "  en: =1+1")
    path = folder.file("claims")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    text = folder.own("text/zh/problems.md")
    text.write_text(text.read_text(encoding="utf-8").replace("\n\n", "\n\n\n"), encoding="utf-8")
    before = bytes_of(folder.path)
    write_form(folder.path, ANYANG, "zh", tmp_path / "form.xlsx")
    assert import_form(ANYANG, tmp_path / "form.xlsx", folder.path, "zh").changed == []
    assert bytes_of(folder.path) == before
    with zipfile.ZipFile(tmp_path / "form.xlsx") as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "worksheets/" in name)


def test_what_offices_type_is_understood_and_changes_only_the_files_it_is_of(form, folder):
    before = bytes_of(folder.own(""))
    row = form.row("数据", "高新技术企业", "安阳", "2022")
    form.set("数据", row, "数值", "１，０３０")
    form.set("数据", row, "计量单位", " 家 ")
    contracts = form.row("数据", "技术合同登记额", "安阳", "2018")
    form.set("数据", contracts, "数值", "1.60亿")
    form.set("数据", contracts, "指标", "technical_contracts")
    unpaid = form.row("数据", "未拨付科技资金", "安阳", "2023-06-15 00:00:00")
    form.set("数据", unpaid, "时间", "2023年6月15日")
    form.set("数据", unpaid, "限定", "—")
    sheet = form.book["数据"]
    new = sheet.max_row + 2
    for head, value in {
        "指标": "全社会研发经费投入强度",
        "地区": "安阳",
        "时间": 2021.0,
        "数据版本": "初次公布",
    }.items():
        form.set("数据", new, head, value)
    for head, value in {"数值": 0.1 + 1.44, "计量单位": "%", "来源": "安阳调研报告", "原文位置": "二（二）1"}.items():
        form.set("数据", new, head, value)
    sheet.cell(new + 40, 3).value = "   "
    done = form.take_in()
    assert done.changed == ["observations.csv"]
    lines = folder.file("observations").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("high_tech_enterprises,anyang,2022,first_published,1030,家,,") for line in lines)
    assert any(line.startswith("technical_contracts,anyang,2018,first_published,1.60,亿元,") for line in lines)
    assert lines[-1] == "rd_intensity,anyang,2021,first_published,1.54,%,,anyang-2023,二（二）1,,"
    after = bytes_of(folder.own(""))
    assert {name for name in after if after[name] != before[name]} == {"observations.csv"}


SHOWN_AS = ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "m/d/yyyy", "mm-dd-yy"]


@pytest.mark.parametrize("number_format", SHOWN_AS)
def test_a_day_that_is_a_date_is_read_back_wherever_it_is_typed(form, folder, number_format):
    unpaid = form.row("数据", "未拨付科技资金", "安阳", "2023-06-15 00:00:00")
    enterprises = form.row("数据", "高新技术企业", "安阳", "2018")
    printed = form.row("报告信息", "印发日期")
    for sheet, row, head, day in (
        ("数据", unpaid, "时间", date(2023, 6, 15)),
        ("数据", enterprises, "说明（中文）", date(2023, 7, 1)),
        ("报告信息", printed, "内容", date(2023, 10, 24)),
    ):
        cell = form.book[sheet].cell(row, form.column(sheet, head))
        cell.value, cell.number_format = day, number_format
    assert form.take_in().changed == ["observations.csv", "edition.yml"]
    lines = folder.file("observations").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("unpaid_science_technology_funds,anyang,2023-06-15,") for line in lines)
    assert any(line.startswith("high_tech_enterprises,anyang,2018,") and ",2023-07-01," in line for line in lines)
    assert "printed: '2023-10-24'" in folder.own("edition.yml").read_text(encoding="utf-8")


def test_texts_and_particulars_are_changed_where_they_stand(form, folder):
    row = form.row("文字稿", "问题", "项标题", "problems-talent")
    form.set("文字稿", row + 1, "中文", "第一段。\n\n第二段。")
    entry = form.row("报告信息", "报告日期 *")
    form.set("报告信息", entry, "内容", "2023年10月27日")
    assert form.take_in().changed == ["edition.yml", "text/zh/problems.md"]
    text = folder.own("text/zh/problems.md").read_text(encoding="utf-8")
    assert text.endswith("### 平台缺少技术人才 {#problems-talent}\n\n第一段。\n\n第二段。\n")
    assert "as_of: '2023-10-27'\n# The year that growth" in folder.own("edition.yml").read_text(encoding="utf-8")


def test_a_table_of_an_office_is_taken_in_alone(folder, tmp_path):
    head = "指标,地区,时间,数据版本,数值,计量单位,限定,来源,原文位置,说明（中文）,说明（英文）"
    lines = folder.file("observations").read_text(encoding="utf-8").splitlines()[1:]
    changed = [line.replace(",303,家,", ",３０５,,") for line in lines]
    (tmp_path / "数据.csv").write_bytes("\r\n".join([head, *changed, ",,,,,,,,,,", ""]).encode("gb18030"))
    assert lines != changed
    with pytest.raises(Said) as raised:
        import_form(ANYANG, tmp_path / "数据.csv", folder.path, "zh", "observations")
    assert str(raised.value) == "“数据.csv”第8行“计量单位”：没有填写，应为“计量单位”表中已有的一行，不能为空"
    (tmp_path / "数据.csv").write_bytes("\n".join([head, *changed]).replace("３０５,", "３０５家,").encode("utf-8-sig"))
    assert import_form(ANYANG, tmp_path / "数据.csv", folder.path, "zh", "observations").changed == ["observations.csv"]
    assert folder.load().facts.get("high_tech_enterprises", "anyang", "2022").quantity.value == 305


LIKE_ONE = "指标,地区,时间,数据版本,数值,计量单位,来源,原文位置"
WHOLE_ZH, WHOLE_EN = (
    "不是整本填报表，应为加上选项 --table ",
    "found no workbook of all tables, expected the option --table ",
)


@pytest.mark.parametrize(
    ("head", "language", "line"),
    [
        (LIKE_ONE, "zh", f"“数据.csv”：{WHOLE_ZH}observations（表头与该表相符）"),
        (LIKE_ONE, "en", f"数据.csv: {WHOLE_EN}observations, whose heads it has"),
        ("县区,金额", "zh", f"“数据.csv”：{WHOLE_ZH.replace('table', 'returns')}和指标名"),
        ("序号,备注", "zh", f"“数据.csv”：{WHOLE_ZH}和表名，表名为下列之一：areas（地区）、sources（资料来源）、"),
        ("序号,备注", "en", f"数据.csv: {WHOLE_EN}with one of areas (Areas), sources (Sources), "),
    ],
)
def test_a_table_by_itself_is_one_line_that_names_the_option_it_needs(folder, tmp_path, head, language, line):
    (tmp_path / "数据.csv").write_text(f"{head}\n1,2,3,4,5,6,7,8\n", encoding="utf-8")
    with pytest.raises(Said) as raised:
        import_form(ANYANG, tmp_path / "数据.csv", folder.path, language)
    assert str(raised.value)[: len(line)] == line
    assert "\n" not in str(raised.value)


def test_a_table_may_be_asked_for_by_the_name_that_the_form_has(folder, tmp_path):
    (tmp_path / "a.csv").write_bytes(folder.file("themes").read_bytes())
    assert import_form(ANYANG, tmp_path / "a.csv", folder.path, "zh", "专题").changed == []


def test_a_head_of_two_rows_below_a_title_is_found(folder, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["调研专题一览表"], ["标识", "次序", "名称", None], [None, None, "中文", "英文"]):
        sheet.append(row)
    sheet.cell(2, 1).value = "专题"
    for merged in ("A1:D1", "A2:A3", "B2:B3", "C2:D2"):
        sheet.merge_cells(merged)
    sheet.append(["enterprises", 1, "科技型企业的培育", "the growth of technology enterprises"])
    book.save(tmp_path / "a.xlsx")
    import_form(ANYANG, tmp_path / "a.xlsx", folder.path, "zh", "themes")
    assert folder.file("themes").read_text(encoding="utf-8").splitlines()[1:] == [
        "enterprises,1,科技型企业的培育,the growth of technology enterprises"
    ]


def test_a_form_that_may_be_filled_in_is_not_overwritten(folder, form, capsys):
    before = form.file.read_bytes()
    assert main(["export", ANYANG, str(form.file), "--data", str(folder.path)]) == 1
    assert capsys.readouterr().err == f"“{form.file}”：已有的文件，应为新的名称\n"
    assert form.file.read_bytes() == before
    form.file.unlink()
    assert main(["export", ANYANG, str(form.file), "--data", str(folder.path)]) == 0
    assert form.file.read_bytes() == before


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(folder, form, monkeypatch):
    form.set("数据", form.row("数据", "高新技术企业", "安阳", "2022"), "数值", "305")
    form.book.save(form.file)
    before, real = bytes_of(folder.path), Path.rename

    def rename(path, target):
        if ".diaoyan-import-" in str(path) and path.name == ANYANG:
            raise OSError(13, "Permission denied", str(path))
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="Permission denied"):
        form.take_in()
    assert bytes_of(folder.path) == before
