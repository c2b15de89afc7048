"""A form with faults: every one is told by sheet, row and column, and nothing is changed."""

import re

import pytest
from filled_form import ANYANG

from diaoyan.cli import main


def test_a_half_filled_row_is_a_fault_and_one_that_is_only_asked_for_is_left_out(form, folder):
    new = form.book["数据"].max_row + 1
    for offset in (0, 1):
        key = {"指标": "全社会研发经费", "地区": "安阳", "时间": 2018 + offset, "数据版本": "初次公布"}
        for head, value in key.items():
            form.set("数据", new + offset, head, value)
        form.set("数据", new + offset, "计量单位", "亿元")
        form.set("数据", new + offset, "来源", "安阳调研报告")
    form.set("数据", new + 1, "原文位置", "一（二）1")
    assert form.faults() == [f"“数据”第{new + 1}行“数值”：没有填写，应为数字，不能为空"]
    form.set("数据", new + 1, "原文位置", None)
    done = form.take_in()
    assert (done.changed, done.without_value) == ([], 2)


FAULTS_ZH = [
    "“报告信息”第9行“报告日期”：填的是“2023年13月1日”，应为日期或者月份，例如2023-10-26、2023-10",
    "“数据”第3行“数值”：填的是“6OO”，应为数字",
    "“数据”第4行“指标”：填的是“高新企业”，应为“指标”表中已有的一行（是否为：高新技术企业）",
    "“数据”第5行“时间”：填的是“2203”，应为1900年至2073年之间的时间",
    "“数据”第6行“计量单位”：填的是“家”，应为金额的计量单位，例如亿元",
    "“数据”第7行“数值”：填的是“1.36亿元 · 万元”，应为数值后的单位与“计量单位”列一致",
    "“数据”第9行“指标”：“高新技术企业 · 安阳 · 2018 · 初次公布”重复出现，应为同一项只填一次（首次见于“数据”第8行",
    "“走访单位”第5行“次序”：填的是“三”，应为数字",
    "“form.xlsx”：没有工作表“专题”，有一个叫“专题表”，应为填报表的全部工作表，名称不变",
    "“文字稿”第3行“中文”：直接写了数字“303家企业”，应为引用数据，写作{花括号}",
]
FAULTS_EN = [
    "The report (报告信息), row 9, Date of the report: found “2023年13月1日”, expected a day or a month such as",
    "Figures (数据), row 3, Value (数值): found “6OO”, expected a number",
    "Figures (数据), row 4, Indicator (指标): found “高新企业”, expected a row of Indicators (perhaps 高新技术企业)",
    "Figures (数据), row 5, Period (时间): found “2203”, expected a time from 1900 to 2073",
    "Figures (数据), row 6, Unit (计量单位): found “家”, expected a unit of money such as 100 million yuan",
    "Figures (数据), row 7, Value (数值): found “1.36亿元 · 万元”, expected the same unit behind the number",
    "Figures (数据), row 9, Indicator (指标): found “high-tech enterprises · Anyang · 2018",
    "Places visited (走访单位), row 5, Order (次序): found “三”, expected a number",
    "form.xlsx: found no sheet “Themes” but one called “专题表”, expected every sheet of the form",
    "Texts (文字稿), row 3, Chinese: found a figure typed in the text “303家企业”, expected a",
]


@pytest.mark.parametrize(("language", "expected"), [("zh", FAULTS_ZH), ("en", FAULTS_EN)])
def test_every_fault_is_told_at_once_by_sheet_row_and_column_and_nothing_is_changed(form, language, expected):
    form.set("报告信息", form.row("报告信息", "报告日期 *"), "内容", "2023年13月1日")
    form.set("数据", 3, "数值", "6OO")
    form.set("数据", 4, "指标", "高新企业")
    form.set("数据", 5, "时间", "2203")
    form.set("数据", 6, "计量单位", "家")
    form.set("数据", 7, "数值", "1.36亿元")
    form.set("数据", 7, "计量单位", "万元")
    form.set("数据", 9, "时间", "2018年")
    form.set("走访单位", 5, "次序", "三")
    form.set("文字稿", 3, "中文", "全市有303家企业。")
    form.book["专题"].title = "专题表"
    found = form.faults(language)
    assert [line[: len(start)] for line, start in zip(found, expected, strict=True)] == expected


IN_WORDS = [
    ("资料来源", "日期", "去年", "日期、月份、年份或者年份段，例如2023-09-18、2025-12、2025、2011/2023，不能为空"),
    ("数据", "时间", "上半年", "时间，例如2022、2022-06、2022-06-15、2020/，不能为空"),
    ("调研活动", "时间", "三月", "月份，例如2023-03，不能为空"),
    ("目标", "时间", "十五五", "年份，例如2030，不能为空"),
    ("专题", "专题", "企业", "标识，只用小写字母、数字和连字符，例如enterprises，不能为空，不能重复"),
    ("图", "标题（中文）", "2022年的企业", "不含数字的文字，例如省级以上研发平台数量，不能为空"),
    ("数据", "原文位置", None, "数据在来源中的位置，不能为空"),
]


def test_what_a_cell_takes_is_said_in_words_and_the_star_stands_where_nothing_may_be_empty(form):
    # A source of the report's own, complete but for its day.
    words = {"名称": "公报", "发布单位": "统计局", "标题": "公报", "涵盖内容": "数据"}
    row = {f"{head}（{language}）": word for head, word in words.items() for language in ("中文", "英文")}
    for head, value in {"来源": "bulletin-2020", "可靠程度": "统计公报", **row}.items():
        form.set("资料来源", 3, head, value)
    expected = []
    for sheet, head, value, said in IN_WORDS:
        form.set(sheet, 3, head, value)
        found = f"填的是“{value}”" if value else "没有填写"
        expected.append(f"“{sheet}”第3行“{head}”：{found}，应为{said}")
        assert f"{head} *" in [cell.value for cell in form.book[sheet][1]]
    found = form.faults()
    assert [line for line in expected if line not in found] == []
    assert not any("^" in line or " or " in line for line in found)


def break_everywhere(form) -> None:
    """Slips of many kinds: heads, names, periods, units, keys, texts."""
    form.set("专题", 1, "次序", None)
    form.book["走访单位"].title = "走访"
    form.set("数据", form.row("数据", "高新技术企业", "安阳", "2022"), "计量单位", "万元")
    form.set("数据", form.row("数据", "技术合同登记额", "安阳", "2018"), "数值", "-1")
    form.set("原文表述", 3, "指标", "高新企业")
    form.set("原文表述", 4, "时间", "2011")
    form.set("原文表述", 5, "基期", None)
    form.set("原文表述", 5, "比较地区", None)
    form.set("原文表述", 5, "占比基数", None)
    form.set("原文表述", 5, "类型", "占比")
    form.set("目标", 3, "时间", "2020")
    form.set("主要数据", 4, "指标", form.book["主要数据"].cell(3, form.column("主要数据", "指标")).value)
    form.set("图", 3, "指标", "高新技术企业、不存在的指标")
    form.set("报告信息", form.row("报告信息", "标题 *"), "英文", None)
    form.set("报告信息", form.row("报告信息", "比较地区 *"), "内容", "河南、某省")
    form.set("文字稿", 4, "类别", "标题")
    form.set("文字稿", 5, "中文", "<b>粗</b>")


QUOTES = {"zh": ("“[^”]*”", "（[^）]*）"), "en": ("“[^”]*”", r"\([^)]*\)")}
STRANGE = {"zh": r"(?!HTML)\b[A-Za-z_]{2,}", "en": "[\u3400-\u9fff]"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_faults_are_wholly_in_the_language_asked_for_with_what_the_form_says_in_brackets(form, language):
    break_everywhere(form)
    found = form.faults(language)
    assert len(found) > 12
    bare = []
    for line in found:
        for quoted in QUOTES[language]:
            line = re.sub(quoted, "", line)
        bare.append(line.partition({"zh": "例如", "en": "such as"}[language])[0])
    assert [line for line in zip(bare, found, strict=True) if re.search(STRANGE[language], line[0])] == []


def test_a_column_that_held_something_and_is_gone_is_a_fault_and_one_that_was_empty_is_none(form, folder):
    form.book["数据"].delete_cols(form.column("数据", "说明（英文）"))
    form.book["资料来源"].delete_cols(form.column("资料来源", "网址"))
    assert form.faults() == ["“数据”：没有“说明（英文）”列，应为有这一列"]


def test_a_row_without_its_key_says_what_each_cell_takes(form):
    line = form.book["走访单位"].max_row + 1
    form.set("走访单位", line, "名称（中文）", "某公司")
    start = f"“走访单位”第{line}行"
    assert form.faults() == [
        f"{start}“单位”：没有填写，应为标识，只用小写字母、数字和连字符，例如sitong-group，不能为空，不能重复",
        f"{start}“名称（英文）”：没有填写，应为文字，不能为空",
        f"{start}“地区”：没有填写，应为“地区”表中已有的一行，不能为空",
        f"{start}“次序”：没有填写，应为整数，不小于1，不能为空，不能重复",
        f"{start}“类型”：没有填写，应为下列之一：企业、平台、公共服务机构",
    ]


def test_columns_may_change_places_but_not_their_contents(form):
    sheet = form.book["建议与所针对的问题"]
    for row in sheet.iter_rows(max_col=2):
        row[0].value, row[1].value = row[1].value, row[0].value
    assert form.take_in().changed == []
    heads = sheet[1]
    heads[0].value, heads[1].value = heads[1].value, heads[0].value
    found = form.faults()
    assert len(found) == 28
    assert (
        found[0] == "“建议与所针对的问题”第3行“建议”：填的是“problems-institute-dual-track”，应为“建议”表中已有的一行"
    )


def test_a_sheet_that_is_gone_is_no_empty_table_and_a_strange_one_is_named(form):
    del form.book["走访单位"]
    form.book.create_sheet("便条")["A1"] = "记"
    assert form.faults() == ["“form.xlsx”：没有工作表“走访单位”，应为填报表的全部工作表，名称不变"]
    del form.book["专题"]
    assert form.faults() == ["“form.xlsx”：没有工作表“走访单位、专题”，应为填报表的全部工作表，名称不变"]
    for name in form.book.sheetnames[2:]:
        del form.book[name]
    assert form.faults()[0].startswith("“form.xlsx”：不是整本填报表，应为加上选项 --table")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "“地区”：没有“安阳”一行，应为有报告所写城市的一行"),
        ("en", "Areas (地区): found no row of “Anyang”, expected a row for the city of the report"),
    ],
)
def test_areas_without_the_city_of_the_report_are_one_fault(form, language, line):
    form.book["地区"].delete_rows(form.row("地区", "anyang"))
    assert form.faults(language) == [line]


def test_what_else_is_wrong_is_told_beside_the_missing_city(form):
    form.book["地区"].delete_rows(form.row("地区", "anyang"))
    form.set("数据", 3, "数值", "6OO")
    assert form.faults() == [
        "“地区”：没有“安阳”一行，应为有报告所写城市的一行",
        "“数据”第3行“数值”：填的是“6OO”，应为数字",
    ]


def test_an_unknown_column_with_something_in_it_and_a_missing_one_are_faults(form):
    sheet = form.book["专题"]
    sheet.cell(1, 9).value, sheet.cell(4, 9).value = "电话", "123"
    sheet.cell(1, form.column("专题", "次序")).value = None
    found = form.faults()
    assert "“专题”第1行：多出一列“电话”，应为只有本表的列" in found
    assert "“专题”第1行：没有“次序”列，应为有这一列" in found


def test_an_edition_that_leads_elsewhere_is_not_written_through(folder, form, tmp_path):
    outside = tmp_path / "outside.csv"
    folder.own("themes.csv").rename(outside)
    folder.own("themes.csv").symlink_to(outside)
    line = "“data/editions/anyang-2023/themes.csv”：指向别处的链接，应为报告自己的文件或文件夹"
    assert form.faults() == [line]


def test_editions_tables_and_files_there_are_not_are_one_line(folder, tmp_path, capsys):
    data = ["--data", str(folder.path)]
    for arguments, start in (
        (["import", "../x", "a.xlsx"], "“edition”：填的是“../x”，应为下列之一：anyang-2023"),
        (["export", "/etc", "a.xlsx"], "“edition”：填的是“/etc”，应为下列之一：anyang-2023"),
        (["import", ANYANG, str(tmp_path / "none.xlsx")], "“none.xlsx”：没有这个文件，应为文件"),
        (["import", ANYANG, str(tmp_path), "--lang", "en"], f"{tmp_path.name}: found a folder, expected a file"),
        (
            ["import", ANYANG, "a.csv", "--table", "units"],
            "“--table”：填的是“units”，应为下列之一：areas（地区）、",
        ),
        (["export", ANYANG, str(tmp_path / "no" / "a.xlsx")], f"{tmp_path / 'no' / 'a.xlsx'}: found No such file"),
    ):
        assert main([*arguments, *data]) == 1
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert err.startswith(start)
