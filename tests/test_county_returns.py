"""Counties return what they have; the sum of their returns is recomputed."""

import json
from decimal import Decimal

import openpyxl
import pytest

from diaoyan.cli import main
from diaoyan.edition import Edition
from diaoyan.edition_draft import NewEdition
from diaoyan.edition_import import import_returns
from diaoyan.fault_words import Said
from diaoyan.new_edition import make_edition
from diaoyan.report import Report

UNPAID = "unpaid_science_technology_funds"
COUNTY, AMOUNT = "县（市、区）", "金额"


@pytest.fixture
def sheet(tmp_path):
    """A sheet as an office fills one in: a title, the unit above the head, a total below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "各县（市、区）未拨付科技资金统计表（截至2023年6月15日）"
    sheet["A2"] = "单位：万元"
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:C2")
    for row in (
        ("县（市、区）", "金额", "备注"),
        ("滑县", 1200.1 + 0.2, None),
        ("内黄县", "１，８００", "另有两笔未核实"),
        ("殷都区", "0.05亿元", None),
        ("Long'an District", "485.1", None),
        ("高新区", "2000", None),
        (None, None, None),
        ("合计", 5985.4, None),
    ):
        sheet.append(row)
    sheet.file = tmp_path / "returns.xlsx"
    return sheet


def take_in(sheet, folder, **others):
    """Saves the sheet and imports it."""
    sheet.parent.save(sheet.file)
    return import_returns("anyang-2023", sheet.file, folder.path, "zh", **{"indicator": "未拨付科技资金", **others})


def faults(sheet, folder, **others) -> list[str]:
    """The lines that the import ends with; the table must stay as it is."""
    before = folder.file("observations").read_bytes()
    with pytest.raises(Said) as raised:
        take_in(sheet, folder, **others)
    assert folder.file("observations").read_bytes() == before
    return str(raised.value).splitlines()


def unknown(row: int, typed: str, meant: str) -> str:
    """The fault of a county that no table knows."""
    expected = f"应为“地区”表中列出的本市下辖地区（是否为：{meant}）"
    return f"“Sheet”第{row}行“{COUNTY}”：填的是“{typed}”，{expected}"


def of_another_unit(row: int, typed: str) -> str:
    """The fault of a figure with a unit that is not its column's."""
    return f"“Sheet”第{row}行“{AMOUNT}”：填的是“{typed}”，应为数值后的单位与“计量单位”列一致"


def test_returns_become_observations_of_the_counties(sheet, folder):
    before = folder.file("observations").read_text(encoding="utf-8")
    done = take_in(sheet, folder)
    added = folder.file("observations").read_text(encoding="utf-8").removeprefix(before).splitlines()
    places = [("hua-county", "1200.3,万元"), ("neihuang-county", "1800,万元"), ("yindu-district", "0.05,亿元")]
    places += [("longan-district", "485.1,万元"), ("anyang-high-tech-zone", "2000,万元")]
    assert added == [
        f"{UNPAID},{area},2023-06-15,first_published,{value},,anyang-2023,各县（市、区）上报,,"
        for area, value in places
    ]
    assert (done.returned, done.counties) == ({"2023-06-15": 5}, 0)


def test_the_sum_is_recomputed_once_all_counties_are_listed(sheet, folder, capsys):
    verdicts = {row["claim"]: row for row in audit_of(folder)}
    assert verdicts["unpaid-funds-sum"]["verdict"] == "not_recomputable"
    folder.change_cell("areas", "anyang", "members", "5")
    assert take_in(sheet, folder).counties == 5
    found = {row["claim"]: row for row in audit_of(folder)}["unpaid-funds-sum"]
    # 1200.3 + 1800 + 500 + 485.1 + 2000 = 5985.4 (10,000 yuan)
    assert (found["verdict"], found["value"]) == ("holds", Decimal("59854000.0"))


def audit_of(folder) -> list[dict]:
    """Each claim with its verdict and what comes out."""
    audited = Report(folder.load(), "zh").audited
    return [{"claim": one.claim["claim"], "verdict": one.verdict, "value": one.recomputed.value} for one in audited]


def test_a_later_return_replaces_an_earlier_one(sheet, folder):
    take_in(sheet, folder)
    lines = folder.file("observations").read_text(encoding="utf-8").splitlines()
    sheet["B4"], sheet["B10"] = "1300.3", 6085.4
    take_in(sheet, folder)
    after = folder.file("observations").read_text(encoding="utf-8").splitlines()
    assert len(after) == len(lines)
    assert [line for line in after if line not in lines] == [
        f"{UNPAID},hua-county,2023-06-15,first_published,1300.3,万元,,anyang-2023,各县（市、区）上报,,"
    ]


def test_a_total_that_its_rows_do_not_add_up_to_is_a_fault(sheet, folder):
    sheet["B10"] = 5985.5
    assert faults(sheet, folder) == ["“Sheet”第10行“金额”：填的是“5985.5”，应为各行之和5985.40"]


def test_whatever_is_wrong_with_returns_is_told_at_once(sheet, folder):
    sheet["A4"], sheet["B5"], sheet["B6"], sheet["A8"] = "滑", "1800家", "5OO", "内黄县"
    assert faults(sheet, folder) == [
        unknown(4, "滑", "滑县"),
        of_another_unit(5, "1800家 · 万元"),
        f"“Sheet”第6行“{AMOUNT}”：填的是“5OO”，应为数字",
        f"“Sheet”第8行“{COUNTY}”：内黄县2023-06-15的第二个数，应为一个数（首次见于第5行）",
    ]


def test_a_row_of_a_county_nobody_knows_tells_all_that_is_wrong_with_it(sheet, folder):
    sheet["A4"], sheet["B4"] = "滑", "1200家"
    assert faults(sheet, folder) == [unknown(4, "滑", "滑县"), of_another_unit(4, "1200家 · 万元")]


def test_a_return_without_its_day_or_unit_is_one_line_each(sheet, folder):
    sheet["A1"], sheet["A2"] = "未拨付科技资金统计表", None
    assert faults(sheet, folder) == [
        "“Sheet”第3行：没有写明数据的日期，应为有“截至日期”列，或者在表头以上写明",
        "“Sheet”第3行：没有写明数据的单位，应为有“计量单位”列，或者在表头以上写明",
    ]


def test_a_county_that_reports_nothing_is_left_out_and_one_elsewhere_is_a_fault(sheet, folder):
    sheet["B8"], sheet["B10"] = "—", 3985.4
    done = take_in(sheet, folder)
    assert (done.without_value, done.returned) == (1, {"2023-06-15": 4})
    sheet["A4"] = "河南"
    assert faults(sheet, folder) == [
        "“Sheet”第4行“县（市、区）”：填的是“河南”，应为“地区”表中列出的本市下辖地区",
    ]


def test_a_table_in_the_encoding_of_an_office_with_the_day_in_each_row(folder, tmp_path, capsys):
    content = '县区,截至日期,金额（万元）\r\n滑县,2023年6月15日,"1,200.3"\r\n殷都区,2023/6/15,500\r\n'
    (tmp_path / "a.csv").write_bytes(content.encode("gb18030"))
    options = ["--returns", UNPAID, "--source", "henan-contracts-2018", "--data", str(folder.path)]
    assert main(["import", "anyang-2023", str(tmp_path / "a.csv"), *options]) == 1
    assert "应为不晚于来源发布时间" in capsys.readouterr().err
    assert (
        main(["import", "anyang-2023", str(tmp_path / "a.csv"), "--returns", UNPAID, "--data", str(folder.path)]) == 0
    )
    assert capsys.readouterr().out.splitlines() == [
        "anyang-2023：已导入，改动的文件：observations.csv",
        "2023-06-15：2个地区有数",
        "“地区”表尚未列全本市下辖地区（“下辖地区数”一栏），合计暂时不能复算",
    ]


def charts_of(data, language="zh"):
    """The charts of the section on unpaid funds."""
    return Report(data.load(), language).charts("outlook-unpaid")


def test_without_returns_there_is_no_chart_of_them_and_no_word_of_one(folder):
    assert charts_of(folder) == []
    outputs = Report(folder.load(), "zh").outputs("outlook", pictures=False)
    assert "outlook-unpaid-by-area" not in json.dumps([[output.data, output.about] for output in outputs])


@pytest.mark.parametrize(
    ("language", "title", "said", "total"),
    [
        (
            "zh",
            "各县（市、区）和开发区未拨付的科技资金，2023年6月15日",
            "未拨付科技资金：高新区2000万元、内黄县1800万元、滑县1200.3万元、殷都区500万元、龙安区485.1万元",
            "图中5个地区合计5985.4万元，与安阳的合计数一致。",
        ),
        (
            "en",
            "Unpaid science and technology funds by county and zone, 15 June 2023",
            "Unpaid science and technology funds: Anyang High-tech Zone 20 million yuan, Neihuang County 18 million",
            "The 5 areas shown add up to 59.854 million yuan, as much as the figure for Anyang.",
        ),
    ],
)
def test_returns_are_charted_from_the_largest_with_their_total(sheet, folder, language, title, said, total):
    folder.change_cell("areas", "anyang", "members", "5")
    take_in(sheet, folder)
    (chart,) = charts_of(folder, language)
    assert chart.caption == title
    assert chart.alt.startswith(said)
    assert total in chart.note
    assert total.rstrip(".。").lower() in chart.alt.lower()
    # In 10,000 yuan: 2000, 1800, 1200.3, 500, 485.1.
    values = [Decimal(fact.quantity.in_base) / 10000 for fact in chart.facts]
    assert values == [Decimal(each) for each in ("2000", "1800", "1200.3", "500", "485.1")]
    assert len(chart.table.rows) == 5


def test_a_total_says_how_many_areas_have_no_figure_and_what_the_city_has(sheet, folder):
    folder.change_cell("areas", "anyang", "members", "9")
    sheet["B8"], sheet["B10"] = "—", 3985.4
    take_in(sheet, folder)
    (chart,), (chart_en,) = charts_of(folder), charts_of(folder, "en")
    assert "图中4个地区合计3985.4万元（另有5个地区没有数据），安阳的合计数为5985.4万元。" in chart.note
    assert (
        "The 4 areas shown add up to 39.854 million yuan (no figure for 5 more), "
        "against 59.854 million yuan for Anyang." in chart_en.note
    )


def test_the_chart_is_of_the_newest_returns(sheet, folder):
    folder.append("observations", f"{UNPAID},hua-county,2022-12-31,first_published,1500,万元,,anyang-2023,正文,,")
    take_in(sheet, folder)
    (chart,) = charts_of(folder)
    assert {fact.period for fact in chart.facts} == {"2023-06-15"}


def test_a_single_county_is_a_bar_with_its_name_and_no_total(folder):
    folder.append("observations", f"{UNPAID},hua-county,2023-06-15,first_published,1500,万元,,anyang-2023,正文,,")
    (chart,) = charts_of(folder)
    assert chart.alt == "未拨付科技资金：滑县1500万元。"
    assert "合计" not in chart.note


def test_areas_of_the_city_are_for_bars_and_alone(folder):
    line = folder.change_cell("charts", "outlook-unpaid-by-area", "areas", "members anyang")
    assert folder.faults() == [f"…/charts.csv:{line}:areas: found 'members', expected a row of areas"]


def test_a_new_edition_charts_its_returns(folder, tmp_path):
    make_edition(NewEdition("anyang-2024", "anyang-2023"), folder.path, "zh")
    own = folder.path / "editions" / "anyang-2024"
    row = next(line for line in (own / "charts.csv").read_text().splitlines() if line.startswith("outlook-unpaid"))
    assert row.split(",")[5:7] == ["members", ""]
    assert UNPAID not in (own / "TODO.md").read_text(encoding="utf-8")
    areas = (own / "areas.csv").read_text(encoding="utf-8")
    areas += "hua-county,county,anyang,,滑县,Hua County\nneihuang-county,county,anyang,,内黄县,Neihuang County\n"
    (own / "areas.csv").write_text(areas, encoding="utf-8")
    file = tmp_path / "returns.csv"
    file.write_text(
        "县区,截至日期,金额（万元）\n滑县,2023年6月15日,100\n内黄县,2023年6月15日,200.5\n", encoding="utf-8"
    )
    import_returns("anyang-2024", file, folder.path, "zh", UNPAID)
    report = Report(Edition.load("anyang-2024", folder.path), "zh")
    assert "outlook-unpaid" in [block.anchor for block in report.sections("outlook")]
    (chart,) = report.charts("outlook-unpaid")
    assert "图中2个地区合计300.5万元。" in chart.note


def test_an_indicator_nobody_knows_and_a_sheet_without_a_head_are_one_line(sheet, folder):
    assert faults(sheet, folder, indicator="未拨付资金") == [
        "“--returns”：填的是“未拨付资金”，应为“指标”表中已有的一行（是否为：未拨付科技资金）"
    ]
    sheet["A3"] = "序号"
    assert faults(sheet, folder)[0].startswith("“returns.xlsx”：没有表头，应为有一行表头：县（市、区）")
