"""The figures of a chart can be read, taken along, and pointed at one by one."""

import pytest

from diaoyan.chart_table import csv_text, harmless
from diaoyan.charts import draw
from diaoyan.claims import audit
from diaoyan.table_checks import NUMBER
from diaoyan.wording import Wording


@pytest.fixture
def drawn(edition, zh):
    """Draws a chart by its id, in Chinese unless told otherwise."""

    def draw_one(chart, catalogue=zh, later=False, edition=edition):
        tables = edition.tables
        wording = Wording.about(edition, catalogue)
        audited = audit(edition.tables, edition.facts, edition.units)
        return draw(tables["charts"].by_key()[chart], edition, wording, audited, later)

    return draw_one


def figures(chart):
    """The table of a chart as lists."""
    return [list(chart.table.heads), *map(list, chart.table.rows)]


def said(chart):
    """What a page says of each figure."""
    lines, points = chart.spec["usermeta"]["lines"], chart.spec["usermeta"]["points"]
    return {anchor: [lines[int(number)] for number in numbers] for anchor, *numbers in map(str.split, points)}


def test_a_table_holds_what_is_drawn_with_unit_vintage_and_source(drawn):
    assert figures(drawn("problems-intensity")) == [
        ["指标", "地区", "时间", "数值（%）", "数据版本", "来源"],
        ["全社会研发经费投入强度", "全国", "2022年", "2.54", "初次公布", "2022年全国科技经费投入统计公报"],
        ["全社会研发经费投入强度", "河南", "2022年", "1.86", "初次公布", "2022年全国科技经费投入统计公报"],
        [
            "全社会研发经费投入强度",
            "安阳",
            "2022年",
            "1.78",
            "初次公布",
            "关于全市科技工作情况的调研报告（市十五届人大常委会第五次会议文件10）",
        ],
    ]


def test_figures_of_different_units_name_the_unit_of_each(drawn, en):
    heads, *rows = figures(drawn("achievements-money"))
    assert [row[heads.index("数值") : heads.index("计量单位") + 1] for row in rows] == [
        ["2000", "万元"],
        ["2", "亿元"],
        ["1.54", "亿元"],
        ["13.6", "亿元"],
    ]
    heads, *rows = figures(drawn("achievements-money", en))
    assert rows[0][heads.index("Value") :][:2] == ["2000", "10,000 yuan"]


def test_a_target_is_marked_as_one(drawn):
    heads, *rows = figures(drawn("outlook-targets", later=True))
    assert [row[heads.index("限定")] for row in rows] == ["", "目标", "", "目标"]


def test_areas_over_the_years_are_a_row_each_and_a_missing_year_is_empty(drawn):
    heads, *rows = figures(drawn("outlook-provinces", later=True))
    assert heads == ["全社会研发经费投入强度（%）", *(f"{year}年" for year in range(2011, 2024)), "来源"]
    assert len(rows) == 33
    assert rows[1][:3] == ["河南", "0.98", "1.05"]
    assert rows[2][:-1] == ["安阳", *[""] * 11, "1.78", ""]


@pytest.mark.parametrize(
    ("chart", "first"),
    [
        ("investigation-timeline", ["启动调研", "2023年3月"]),
        ("audit-verdicts", ["偏高", "1"]),
    ],
)
def test_a_chart_of_something_else_than_facts_has_a_table_of_its_own(drawn, chart, first):
    assert figures(drawn(chart))[1] == first


def test_multiples_and_their_figures_are_numbers_in_one_unit_and_bounds_are_said_beside_them(drawn, en):
    heads, *rows = figures(drawn("outlook-multiples"))
    assert heads == ["指标", "地区", "计量单位", "2018年", "2022年", "限定（2022年）", "倍数", "限定（倍数）", "来源"]
    # 2000万 is 0.2亿; 1000 ÷ 149.7 is 6.68, as a bound rounded down.
    assert [row[:-1] for row in rows] == [
        ["科技创新支持资金", "安阳", "亿元", "0.2", "2", "", "10", ""],
        ["技术合同登记额", "安阳", "亿元", "1.54", "13.6", "", "8.8", ""],
        ["技术合同成交额", "河南", "亿元", "149.7", "1000", "超过", "6.6", "超过"],
        ["省级以上研发平台", "安阳", "家", "55", "207", "", "3.8", ""],
        ["高新技术企业", "安阳", "家", "87", "303", "", "3.5", ""],
        ["科技型中小企业", "安阳", "家", "196", "565", "", "2.9", ""],
    ]
    english = drawn("outlook-multiples", en).table
    assert english.heads[2:5] == ("Unit", "2018", "2022")
    assert all(NUMBER.fullmatch(row[column]) for row in english.rows for column in english.numbers)
    assert len(english.numbers) == 3


def by_line(chart):
    """The values of a table of lines, {line: {year: value}}, no line having a year twice."""
    lines = {}
    for line, year, value, *_ in chart.table.rows:
        assert lines.setdefault(line, {}).setdefault(year, value) is value
    return lines


def test_the_table_of_the_paths_holds_every_line_of_the_drawing_year_by_year(drawn):
    chart = drawn("outlook-paths", later=True)
    lines = by_line(chart)
    trend, held = "（假定按2018年至2023年的平均速度变化）", "（假定保持2023年水平不变）"
    assert {line: (len(years), *list(years)[:: len(years) - 1 or 1]) for line, years in lines.items()} == {
        "安阳": (1, "2022年"),
        "河南": (13, "2011年", "2023年"),
        "全国": (13, "2011年", "2023年"),
        f"河南{trend}": (13, "2023年", "2035年"),
        f"全国{trend}": (13, "2023年", "2035年"),
        f"河南{held}": (8, "2023年", "2030年"),
        "安阳（路径A：达到全省最新公布水平）": (9, "2022年", "2030年"),
        "安阳（路径B：赶上继续提高的全省水平）": (9, "2022年", "2030年"),
        "安阳（路径C：赶上继续提高的全国水平）": (9, "2022年", "2030年"),
    }
    drawn_lines = [layer for layer in chart.spec["layer"] if layer["mark"]["type"] == "line"]
    # The city's figure is a point; the line a reader moves is nobody's yet.
    assert len(drawn_lines) - 1 == len(lines) - 1


def test_the_table_of_the_paths_tells_figures_from_what_is_computed(drawn, en):
    chart = drawn("outlook-paths", later=True)
    heads, *rows = figures(chart)
    assert heads == ["图中的线", "时间", "数值（%）", "数据版本", "来源"]
    assert chart.table.numbers == (2,)
    lines = by_line(chart)
    # 2.05 + 12 × 0.13, 2.65 + 12 × 0.092; 1.78 + 4 × (2.05 − 1.78) ÷ 8; 2.65 + 7 × 0.092.
    assert lines["河南（假定按2018年至2023年的平均速度变化）"]["2035年"] == "3.61"
    assert lines["全国（假定按2018年至2023年的平均速度变化）"]["2035年"] == "3.754"
    path = lines["安阳（路径A：达到全省最新公布水平）"]
    assert (path["2022年"], path["2026年"], path["2030年"]) == ("1.78", "1.915", "2.05")
    assert lines["安阳（路径C：赶上继续提高的全国水平）"]["2030年"] == "3.294"
    # 1 + 13 + 13 figures, and the first year of each of the six straight lines.
    assert [row[3] for row in rows].count("初次公布") == 33
    assert [row[3] for row in rows].count("推算") == len(rows) - 33
    assert drawn("outlook-paths", en, later=True).table.rows[-1][:4] == (
        "Anyang (path C: Level with the nation, still rising)",
        "2030",
        "3.294",
        "computed",
    )


def test_each_figure_says_its_name_value_unit_year_and_source(drawn, en):
    assert said(drawn("problems-intensity"))["obs-rd-intensity-henan-2022"] == [
        "河南 · 全社会研发经费投入强度",
        "1.86%（2022年）",
        "来源：《2022年全国科技经费投入统计公报》",
    ]
    name, amount, source = said(drawn("problems-intensity", en))["obs-rd-intensity-henan-2022"]
    assert (name, amount) == ("Henan · R&D intensity", "1.86% (2022)")
    assert source.startswith("Source: ")


def test_a_multiple_says_both_of_its_figures(drawn):
    assert said(drawn("outlook-multiples"))["obs-high-tech-enterprises-anyang-2022"][:4] == [
        "安阳 · 高新技术企业",
        "87家（2018年）",
        "303家（2022年）",
        "3.5倍",
    ]


def test_every_mark_that_can_be_pointed_at_has_something_to_say(drawn, with_returns):
    for row in with_returns.tables["charts"]:
        chart = drawn(row["chart"], later=True, edition=with_returns)
        marks = {
            datum["anchor"]
            for panel in chart.spec.get("vconcat", [chart.spec])
            for layer in panel["layer"]
            for datum in layer["data"]["values"]
            if "anchor" in datum
        }
        assert marks
        assert marks <= said(chart).keys()
        assert all(all(lines) for lines in said(chart).values())


def test_provinces_can_be_chosen_where_there_are_many(drawn):
    for chart, count in (("problems-intensity-ranking", 31), ("outlook-provinces", 31)):
        choices = drawn(chart, later=True).spec["usermeta"]["choices"]
        assert len(choices) == count
        assert ["henan", "河南"] in choices
    assert "choices" not in drawn("outlook-intensity-over-time").spec["usermeta"]


def test_cells_that_a_spreadsheet_would_compute_are_marked_as_text():
    assert [harmless(cell) for cell in ("=1+1", "+86", "-x", "@a", "＝1", "\tb", "-0.76", "安阳", "")] == [
        "'=1+1",
        "'+86",
        "'-x",
        "'@a",
        "'＝1",
        "'\tb",
        "-0.76",
        "安阳",
        "",
    ]


def test_commas_and_quotation_marks_stay_within_their_cells():
    assert csv_text(["a", "b"], [["1,170", '他说"好"']]) == 'a,b\r\n"1,170","他说""好"""\r\n'
