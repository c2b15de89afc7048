"""What the proof-reader says of drafts: one or two sentences each, with figures computed by hand."""

import pytest
from labelled_sentences import scored

from diaoyan.catalogue import load_catalogue
from diaoyan.draft_words import DraftWords
from diaoyan.drafts import as_draft
from diaoyan.paths import DATA
from diaoyan.proofreading import proofread


def verdicts(text):
    """The findings of a text that were held against something: kind, words and verdict."""
    found = proofread(as_draft(text))
    return [(each.kind, each.text, each.verdict) for each in found if each.verdict != "not_recomputable"]


def faults(text):
    return [(each.kind, each.verdict) for each in proofread(as_draft(text)) if each.is_fault]


def words_of(text, language="zh"):
    """Why, and what it could read instead, for each fault of a text."""
    words = DraftWords(load_catalogue(DATA, language), lambda position: f"@{position}")
    return [(words.reason(each), words.suggestion(each)) for each in proofread(as_draft(text)) if each.is_fault]


PLATFORMS = "2022年底全市省级以上研发平台达到207家，较2018年（55家）增加了{}家，翻了近{}番。"


def test_the_statements_of_a_sentence_are_each_held_against_its_levels():
    assert verdicts(PLATFORMS.format(152, "两")) == [
        ("difference", "较2018年（55家）增加了152家", "holds"),
        ("doublings", "翻了近两番", "holds"),
    ]


def test_a_difference_that_is_off_by_one_does_not_hold():
    assert faults(PLATFORMS.format(153, "两")) == [("difference", "overstated")]
    assert faults(PLATFORMS.format(151, "两")) == [("difference", "understated")]


@pytest.mark.parametrize(
    ("stated", "verdict"),
    # 565 ÷ 196 − 1 = 188.27 %.
    [("188", []), ("188.3", []), ("189", [("growth", "overstated")]), ("187", [("growth", "understated")])],
)
def test_a_growth_holds_within_its_printed_precision(stated, verdict):
    assert faults(f"2022年企业565家，较2018年（196家），增长了{stated}%。") == verdict


def test_two_doublings_ask_for_four_times_as_many():
    assert faults("高企达到303家，较2018年（87家）翻了两番。") == [("doublings", "overstated")]
    assert faults("高企达到348家，较2018年（87家）翻了两番。") == []
    assert faults("高企达到347家，较2018年（87家）翻了两番。") == [("doublings", "overstated")]


def test_more_or_less_than_a_doubling_goes_as_far_as_the_next():
    # 303 ÷ 87 = 3.48.
    text = "高企由2018年的87家增加到2022年的303家，翻了{}。"
    assert faults(text.format("一番多")) == faults(text.format("不到两番")) == []
    assert faults(text.format("两番多")) == [("doublings", "overstated")]
    assert faults(text.format("不到一番")) == [("doublings", "understated")]
    assert faults(text.format("一番")) == [("doublings", "understated")]


def test_growth_by_times_is_one_less_than_times():
    pair = "资金由2018年的2000万元提高到2022年的2亿元，{}。"
    assert faults(pair.format("增长9倍")) == []
    assert faults(pair.format("增长10倍")) == [("growth", "overstated")]
    assert faults(pair.format("是2018年的10倍")) == []
    assert faults(pair.format("是2018年的9倍")) == [("times", "understated")]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # Once rounded, 13.6亿元 is 13.55 to 13.65 and 15.2亿元 15.15 to 15.25: growth of 10.99 % to 12.55 %.
        ("收入由13.6亿元增加到15.2亿元，增长11.8%。", "holds"),
        ("收入由13.6亿元增加到15.2亿元，增长12.5%。", "approximate"),
        ("收入由13.6亿元增加到15.2亿元，增长12.7%。", "overstated"),
        ("收入由13.6亿元增加到15.2亿元，增长11.0%。", "approximate"),
        ("收入由13.6亿元增加到15.2亿元，增长10.9%。", "understated"),
    ],
)
def test_what_the_figures_were_rounded_from_may_bear_a_quotient_out(text, verdict):
    assert verdicts(text)[-1][2] == verdict


def test_a_difference_is_that_of_the_printed_figures():
    assert faults("强度1.78%，低于全国平均水平（2.54%）0.76个百分点。") == []
    assert faults("强度1.78%，低于全国平均水平（2.54%）0.77个百分点。") == [("gap", "overstated")]


def test_of_two_percentages_the_difference_is_points():
    text = "强度由2021年的1.54%提高到2022年的1.78%，提高了{}。"
    assert faults(text.format("0.24个百分点")) == []
    assert faults(text.format("0.24%")) == [("difference", "unit_wrong")]
    # 1.78 ÷ 1.54 − 1 = 15.6 %.
    assert faults(text.format("15.6%")) == []


def test_amounts_do_not_grow_by_points():
    assert faults("税收18.4亿元，同比提高9.6个百分点。") == [("difference", "unit_wrong")]
    assert faults("税收占比18.4%，同比提高9.6个百分点。") == []


def test_a_share_is_held_against_the_whole_that_is_named():
    assert faults("全市企业1284家，其中高企457家，占35.6%。") == []
    assert faults("全市企业1284家，其中高企457家，占36.5%。") == [("share", "overstated")]
    assert faults("高企457家，占企业总数（1284家）的36.5%。") == [("share", "overstated")]


def test_a_share_of_another_whole_is_left_alone():
    assert faults("全市企业1284家，其中高企457家，占全省的3.2%。") == []
    assert faults("收入28583万元，其中税务部门完成13866万元，占调整预算的100.9%。") == []


def test_one_part_is_not_the_whole_of_the_next():
    assert faults("男性人口为72334万人，占51.24%；女性人口为68844万人，占48.76%。") == []


def test_growth_a_year_counts_the_years_between():
    # (36.2 ÷ 12.7) ^ (1 ÷ 5) − 1 = 23.3 %.
    assert faults("产值由2017年的12.7亿元增加到2022年的36.2亿元，年均增长23.3%。") == []
    assert faults("产值由2017年的12.7亿元增加到2022年的36.2亿元，年均增长19.1%。") == [("yearly_growth", "understated")]


def test_parts_make_the_total_that_is_said():
    assert faults("小学5960人，初中3870人，高中2010人，总计11840人。") == []
    assert faults("小学5960人，初中3870人，高中2010人，总计9830人。") == [("sum", "contradicted")]


def test_parts_after_a_semicolon_are_of_another_whole():
    assert faults("存款余额2992.80亿元，其中住户存款1869.33亿元，增长12.3%；贷款余额2287.46亿元。") == []


def test_a_running_total_is_no_sum_of_what_was_added():
    assert faults("新增国家级平台2家、省级平台15家，总数达到207家。") == []


def test_shares_do_not_add_up_to_more_than_the_whole():
    text = "签约就业的占41.5%，升学的占38.2%，自主创业的占6.7%，其他的占{}%。"
    assert faults(text.format("13.6")) == []
    assert faults(text.format("15.9")) == [("sum", "contradicted")]


def test_the_second_of_two_ratios_is_added_up_too():
    text = "三次产业结构由10.2∶45.3∶44.5调整为9.5∶43.4∶{}。"
    assert faults(text.format("47.1")) == []
    assert faults(text.format("48.1")) == [("sum", "contradicted")]


def test_shares_that_overlap_may_add_up_to_more():
    assert faults("其中女性占52.0%，本科以上学历占88.0%，党员占41.0%。") == []


def test_what_rises_is_larger_than_before():
    assert faults("普及率由93.6%提高到91.8%。") == [("direction", "contradicted")]
    assert faults("普及率由91.8%提高到93.6%。") == []
    assert faults("图书流通86.2万册次，比上年的91.5万册次又有增长。") == [("direction", "contradicted")]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("截至9月31日，全市高企303家。", [("date", "contradicted")]),
        ("截至9月30日，全市高企303家。", []),
        ("2022年高企303家，比2023年增加16家。", [("date", "contradicted")]),
        ("2022年高企303家，比2021年增加16家。", []),
        ("自2023年8月开工至2022年11月竣工。共37个小区。", [("date", "contradicted")]),
    ],
)
def test_a_time_that_cannot_be_is_found(text, verdict):
    assert faults(text) == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("全社会研发经费投入强度（R&D）1.78，尽管有所提升。", [("unit", "unit_missing")]),
        ("全社会研发经费投入强度（R&D）1.78%，尽管有所提升。", []),
        ("异地就医41.7万人次，同比增长12.5，减轻了负担。", [("unit", "unit_missing")]),
        ("恩格尔系数0.28，人民币汇率7.1，求人倍率0.78。", []),
        ("登记13.6亿元，较2018年（1.54亿）翻了三番。", [("unit", "unit_missing")]),
        ("登记13.6亿元，较2018年（1.54亿元）翻了三番。", []),
        ("规模分别为7.01万亿、7.66万亿和8.24万亿元。", []),
    ],
)
def test_a_figure_without_its_unit_is_found(text, verdict):
    assert faults(text) == verdict


def test_a_unit_that_changes_between_two_figures_is_found():
    assert faults("产值由2000万元提高到2亿吨。") == [("unit", "unit_wrong")]
    assert faults("产值由2000万元提高到2亿元。") == []


def test_a_figure_given_again_with_another_value_is_found():
    again = "2023年全市农村自来水普及率92.4%。此外，情况不一。2023年末农村自来水普及率为{}%。"
    assert faults(again.format("94.2")) == [("level", "inconsistent")]
    assert faults(again.format("92.4")) == []


def test_the_same_words_of_another_time_or_place_are_another_figure():
    assert faults("2022年全市农村自来水普及率92.4%。2023年全市农村自来水普及率94.2%。") == []
    assert faults("7月份全市财政预算支出37亿元。1—7月全市财政预算支出累计165亿元。") == []
    assert faults("全市火灾直接财产损失4.6亿元。重大火灾直接财产损失1.2亿元。") == []


def test_a_growth_at_comparable_prices_is_not_held_against_current_ones():
    text = "全市地区生产总值1023亿元，上年为980亿元，{}增长{}%。"
    assert faults(text.format("按可比价格计算，", "6.1")) == []
    assert faults(text.format("", "6.1")) == []


def test_an_increase_and_its_rate_are_held_against_each_other():
    assert faults("收入完成13000万元，同比增收3000万元，增长30.0%。") == []
    # 3000 ÷ (13000 − 3000) = 30 %, not 3000 ÷ 13000.
    assert faults("收入完成13000万元，同比增收3000万元，增长23.1%。") == [("growth", "understated")]


def test_what_another_thing_grew_by_is_not_held_against_the_figures_before():
    assert faults("新增发明专利120件，上年为100件，注册商标增长35%。") == []


@pytest.mark.parametrize(
    ("text", "why", "instead"),
    [
        ("高企达到303家，较2018年（87家）翻了两番。", "303家 ÷ 87家 = 3.48", "为2018年的3.5倍"),
        ("企业565家，较2018年（196家）增长178%。", "565家 ÷ 196家 − 1 = 188.27%", "为2018年的2.9倍"),
        ("企业由196家增加到565家，增长近2.9倍。", "565家 ÷ 196家 − 1 = 188.27%", "为原来的2.9倍"),
        ("平台207家，较2018年（55家）增加142家。", "207家 − 55家 = 152家", "增加152家"),
        ("强度（R&D）1.78，不高。", "“1.78”后缺百分号", "1.78%"),
        ("普及率由93.6%提高到91.8%。", "93.6%大于或者等于91.8%，没有上升", ""),
        ("甲2家，乙3家，共6家。", "各项相加为5家，文中为6家", "5家"),
        ("截至9月31日，共303家。", "该月没有这一天", ""),
    ],
)
def test_a_fault_is_explained_and_another_wording_offered(text, why, instead):
    assert words_of(text) == [(why, instead)]


def test_english_drafts_are_read_too():
    text = "The number of enterprises rose from 87 in 2018 to 303 in 2022, up {}%."
    assert faults(text.format(248)) == []
    assert faults(text.format(348)) == [("growth", "overstated")]
    assert words_of(text.format(348), "en") == [("303 ÷ 87 − 1 = 248.28%", "3.5 times as many as in 2018")]


def test_full_width_digits_and_blanks_change_nothing():
    assert faults("２０２２年高企达到 ３０３ 家，较 2018 年（87 家）翻了两番。") == [("doublings", "overstated")]


def test_findings_stand_where_the_draft_has_them():
    text = "前言。\n\n高企达到303家，较2018年（87家）翻了两番。"
    [finding] = [each for each in proofread(as_draft(text)) if each.is_fault]
    assert text[finding.start : finding.end] == finding.text == "较2018年（87家）翻了两番"


def test_on_the_sentences_nobody_tuned_for_alarms_are_seldom_false():
    """Precision and recall as measured, so that no change makes them worse unseen; the targets are 95 % and 85 %."""
    score = scored("held_back", is_chinese=True)
    assert score.precision >= 0.95, score.right
    assert score.recall >= 0.74, score.found


def test_on_the_sentences_it_was_written_with_it_is_no_worse_than_it_was():
    score = scored("development", is_chinese=True)
    assert score.precision >= 0.98, score.said
    assert score.recall >= 0.80, score.said
