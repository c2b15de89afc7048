"""What a comparison says, in both languages and as data."""

import json

import pytest

from diaoyan.cli import main
from diaoyan.comparison import as_it_was, compare
from diaoyan.comparison_data import comparison_data
from diaoyan.comparison_text import ComparisonText
from diaoyan.edition import Edition
from diaoyan.recipes import called


@pytest.fixture(scope="module")
def years():
    """The two editions of Zhengzhou."""
    return compare(Edition.load("zhengzhou-2022"), Edition.load("zhengzhou-2025"))


@pytest.fixture(scope="module")
def cities(edition):
    """Anyang and the older edition of Zhengzhou."""
    return compare(edition, Edition.load("zhengzhou-2022"))


def sentences(differences, catalogue):
    """The sentences by section."""
    sections = ComparisonText(differences, catalogue).sections
    return {name: [line.text for line in lines] for name, lines in sections.items()}


def test_years_of_a_city_in_chinese(years, zh):
    text = ComparisonText(years, zh)
    said = sentences(years, zh)
    assert text.title == "郑州：2022年9月8日与2025年12月的报告比较"
    # 2.85 − 2.45; 2.45 − 1.73 and 2.85 − 2.01; 2.45 − 2.44 and 2.85 − 2.69.
    assert said["figures"] == [
        "全社会研发经费投入强度：2021年为2.45%，2024年为2.85%；比2021年提高0.40个百分点；"
        "2021年高于全省0.72个百分点，2024年高于全省0.84个百分点；"
        "2021年高于全国0.01个百分点，2024年高于全国0.16个百分点"
        "（来源：2022年郑州调研报道、2025年郑州创新报道、2021年全国公报、2024年全国公报）。"
    ]
    assert said["not_compared"] == [
        "技术合同登记额：2021年为306.5亿元，年初至2025年12月2日累计814.21亿元；"
        "不满一年的数只与上年同期比较，不与全年数比较（来源：2022年郑州调研报道、2025年郑州创新报道）。"
    ]
    assert said["revised"][0] == (
        "全国全社会研发经费投入强度，2021年：初次公布数2.44% → 修订数2.43%（来源：2022年全国公报）。"
    )
    assert said["claims"] == ["前一份“技术合同增长2.7倍”：2.72倍（成立）；后一份“技术合同增长27.85%”：无法复算。"]
    assert said["problems"] == ["两份报告都没有列出问题，无从比较。"]
    assert said["targets"] == ["2022年9月8日的报告没有可以核对的目标。"]
    assert said["only_first"][0] == "高新技术企业：2021年为4130家（来源：2022年郑州调研报道）。"


def test_years_of_a_city_in_english(years, en):
    said = sentences(years, en)
    assert said["figures"][0].startswith(
        "R&D intensity: 2.45% in 2021, 2.85% in 2024; up 0.40 percentage points on 2021; "
        "0.72 percentage points above the province in 2021, 0.84 percentage points above the province in 2024;"
    )
    assert said["claims"] == [
        "Earlier, “technology contracts up 2.7 times on 2018”: 2.72 times (holds); "
        "later, “technology contracts up 27.85%”: not recomputable."
    ]


def test_cities_are_told_by_gaps_and_by_the_growth_of_each(cities, zh, en):
    said, said_en = (sentences(cities, catalogue)["figures"] for catalogue in (zh, en))
    # 2.45 − 1.78.
    assert "安阳2022年为1.78%，郑州2021年为2.45%；安阳低于郑州0.67个百分点，两数时间不同" in said[0]
    # 303 ÷ 87 = 3.483, fourth root 1.3661; 4130 ÷ 1323 = 3.122, cube root 1.4615.
    assert (
        "安阳2022年为303家，为2018年的3.5倍，年均增长36.6%；郑州2021年为4130家，为2018年的3.1倍，年均增长46.1%"
        in said[1]
    )
    # 13.6 ÷ 1.54 = 8.83 lies in 8 to 9.2; 306.5 ÷ 82.3 = 3.72 in 3.6 to 4.
    assert "翻了三番，年均增长72.4%；郑州2021年为306.5亿元，比2018年翻了近两番，年均增长55.0%" in said[2]
    assert "Anyang 303 in 2022, 3.5 times as many as in 2018, up 36.6% a year on average" in said_en[1]


def test_an_older_year_is_compared_where_both_have_one_and_the_reason_is_said(folder, zh, en):
    folder.append("observations", "rd_intensity,anyang,2021,first_published,1.54,%,,anyang-2023,正文,,")
    found = compare(folder.load(), Edition.load("zhengzhou-2022"))
    said, said_en = (sentences(found, catalogue)["figures"][0] for catalogue in (zh, en))
    # 2.45 − 1.54; Anyang has 2022 as well, Zhengzhou ends in 2021.
    assert (
        "安阳2021年为1.54%，郑州2021年为2.45%；安阳低于郑州0.91个百分点；"
        "安阳的数据截至2022年，郑州的数据截至2021年，按两地都有数据的2021年比较（来源：" in said
    )
    assert (
        "0.91 percentage points below Zhengzhou; Anyang has figures up to 2022, Zhengzhou up to 2021: "
        "compared for 2021, the newest that both have (source:" in said_en
    )
    [data] = [pair for pair in comparison_data(ComparisonText(found, zh))["figures"] if pair["manner"] == "gap"]
    assert [figure["period"] for figure in data["newest"]] == ["2022", "2021"]


def test_of_figures_without_a_common_year_or_of_the_newest_of_both_no_reason_is_given(folder, cities):
    assert [pair.newest for pair in cities.figures] == [()] * 3
    called("provinces/2022", folder.path)
    found = compare(*(Edition.load(f"{area}-2022", folder.path) for area in ("henan", "beijing")))
    assert [(pair.second.period, pair.newest) for pair in found.figures if pair.manner == "gap"] == [("2022", ())]


def test_the_amounts_of_cities_are_never_held_against_each_other(cities, zh):
    amounts = [pair for pair in comparison_data(ComparisonText(cities, zh))["figures"] if pair["manner"] == "growth"]
    assert [(pair["difference"], pair["ratio"]) for pair in amounts] == [(None, None)] * 2
    assert "数量、金额不比多少" in ComparisonText(cities, zh).basis


def test_a_change_in_a_table_is_a_sentence(folder, older_tables, zh, en):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", "305")
    folder.change_cell("visits", "sitong-group", "name_zh", "四通")
    found = compare(as_it_was("anyang-2023", older_tables), folder.load())
    assert sentences(found, zh) == {
        "revised": ["高新技术企业，2022年：303家 → 305家（来源：安阳调研报告）。"],
        "claims": ["“翻了两番”：3.48倍（偏高） → 3.51倍（偏高）。"],
        "cells": ["走访单位（sitong-group）：名称（中文）由“河南四通集团有限公司”改为“四通”。"],
    }
    english = ["Places visited (sitong-group): Name (Chinese), “河南四通集团有限公司” → “四通”."]
    assert sentences(found, en)["cells"] == english
    assert sentences(found, en)["revised"] == ["High-tech enterprises, 2022: 303 → 305 (source: Anyang’s report)."]


def test_problems_and_targets_are_told_by_what_became_of_them(folder, later_edition, zh, en):
    newer = later_edition([("rd_intensity", "2023", "1.98,%"), ("high_tech_enterprises", "2024", "530,家")])
    found = compare(folder.load(), newer)
    said = sentences(found, zh)
    # 1.86 − 1.78 and 2.05 − 1.98; 2.54 − 1.78 and 2.65 − 1.98.
    assert [line for line in said["problems"] if "0.07" in line] == [
        "仍列为问题：研发投入强度低于全省和全国；"
        "2022年全社会研发经费投入强度低于全省0.08个百分点，2023年全社会研发经费投入强度低于全省0.07个百分点，有所缓解；"
        "2022年全社会研发经费投入强度低于全国0.76个百分点，2023年全社会研发经费投入强度低于全国0.67个百分点，有所缓解。"
    ]
    assert said["targets"][0].endswith("高新技术企业目标（2030年530家）：2024年为530家，已经达到。")
    assert sentences(found, en)["targets"][0].endswith(": 530 in 2024, reached.")


def test_a_report_without_chapters_on_problems_is_not_said_to_lack_them(folder, zh):
    called("provinces/2021", folder.path)
    called("provinces/2022", folder.path)
    found = compare(*(Edition.load(f"henan-{year}", folder.path) for year in ("2021", "2022")))
    said = sentences(found, zh)
    assert said["figures"][0].startswith(
        "全社会研发经费投入强度：2021年为1.73%，2022年为1.86%；比2021年提高0.13个百分点；"
    )
    assert not {"problems", "targets"} & said.keys()


def test_over_a_single_year_growth_is_said_once(folder, zh):
    for area, before, now in (("henan", 1018.8, 1143.3), ("beijing", 2629.3, 2843.3)):
        folder.change_cell("benchmarks", f"rd_expenditure|{area}|2022|first_published", "value", str(now))
        with folder.file("benchmarks").open("a", encoding="utf-8") as file:
            file.write(f"rd_expenditure,{area},2021,first_published,{before},亿元,,nbs-2021,附表,,\n")
    called("provinces/2022", folder.path)
    found = compare(*(Edition.load(f"{area}-2022", folder.path) for area in ("henan", "beijing")))
    # 1143.3 ÷ 1018.8 = 1.1222; 2843.3 ÷ 2629.3 = 1.0814.
    said = sentences(found, zh)["figures"][1]
    assert "河南2022年为1143.3亿元，比2021年增长12.2%；北京2022年为2843.3亿元，比2021年增长8.1%；" in said
    assert "年均" not in said


def test_nothing_different_is_said_to_be_so(folder, older_tables, zh):
    assert (
        ComparisonText(compare(as_it_was("anyang-2023", older_tables), folder.load()), zh)
        .as_text()
        .endswith("\n\n没有不同之处。")
    )


def test_the_data_have_numbers_with_units(years, en):
    data = comparison_data(ComparisonText(years, en))
    assert [edition["edition"] for edition in data["editions"]] == ["zhengzhou-2022", "zhengzhou-2025"]
    [figure] = data["figures"]
    assert (figure["first"]["value"], figure["first"]["unit"], figure["first"]["period"]) == (2.45, "%", "2021")
    assert (figure["difference"], figure["unit"], figure["ratio"], figure["bound"]) == (0.4, "百分点", None, "exact")
    assert data["not_compared"][0]["difference"] is None
    [claim] = data["claims"]
    assert claim["first"]["recomputed"] == pytest.approx(306.5 / 82.3 - 1)
    assert (claim["second"]["verdict"], claim["second"]["recomputed"]) == ("not_recomputable", None)
    assert data["notes"]["problems"] == ["Neither report lists problems, so there are none to compare."]


def test_growth_as_data(cities, en):
    figures = comparison_data(ComparisonText(cities, en))["figures"]
    growth = {pair["first"]["indicator"]: pair.get("growth") for pair in figures}
    assert growth["rd_intensity"] is None
    assert [each["ratio"] for each in growth["high_tech_enterprises"]] == pytest.approx([303 / 87, 4130 / 1323])
    assert growth["technical_contracts"][0]["yearly_pct"] == pytest.approx(((13.6 / 1.54) ** 0.25 - 1) * 100)


def test_the_command_prints_text_or_data(capsys):
    assert main(["diff", "zhengzhou-2022", "zhengzhou-2025", "--lang", "en"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Zhengzhou: the reports of 8 September 2022 and December 2025 compared\n")
    assert main(["diff", "zhengzhou-2022", "zhengzhou-2025", "--lang", "en", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    told = [entry["sentence"] for section in ("figures", "claims", "only_second") for entry in data[section]]
    assert told
    assert all(f"  {sentence}\n" in text for sentence in told)


def test_the_command_compares_with_older_tables(folder, older_tables, capsys):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", "305")
    command = ["diff", "anyang-2023", "--data", str(folder.path), "--against", str(older_tables)]
    assert main(command) == 0
    assert "  高新技术企业，2022年：303家 → 305家（来源：安阳调研报告）。\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["anyang-2023"], "edition: found 'anyang-2023' a second time, expected another edition"),
        (["anyang-2023", "anyang-2023"], "edition: found 'anyang-2023' a second time, expected another edition"),
        (["anyang-2023", "kaifeng-1999"], "edition: found 'kaifeng-1999', expected one of anyang-2023"),
        (["anyang-2023", "--against", "nowhere"], "nowhere: found no editions, expected a data folder with some"),
    ],
)
def test_what_cannot_be_compared_is_one_line(capsys, arguments, line):
    assert main(["diff", *arguments]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(line)
