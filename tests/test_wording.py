"""What the rules choose, as whole phrases of the real report in both languages; every number is a link to its row."""

import re

import pytest

from diaoyan import phrases
from diaoyan.catalogue import load_catalogue
from diaoyan.claims import audit
from diaoyan.paths import DATA
from diaoyan.placeholders import Placeholders
from diaoyan.wording import Wording, arithmetic

CHANGES = [
    ("science_technology_support_funds", "为2018年的10倍", "10 times as much as in 2018"),
    ("technical_contracts", "比2018年翻了三番", "having risen eightfold since 2018"),
    ("high_tech_enterprises", "为2018年的3.5倍", "3.5 times as many as in 2018"),
    ("technology_smes", "为2018年的2.9倍", "2.9 times as many as in 2018"),
    ("research_platforms_provincial_or_higher", "比2018年翻了近两番", "having nearly quadrupled since 2018"),
    ("rd_intensity", "无基期数据，不作比较", "with no earlier figure to compare with"),
]
DIFFERENCES = [
    ("science_technology_support_funds", "比2018年增加1.8亿元", "an increase of 180 million yuan on 2018"),
    ("technical_contracts", "比2018年增加12.06亿元", "an increase of 1.206 billion yuan on 2018"),
    ("research_platforms_provincial_or_higher", "比2018年增加152家", "an increase of 152 on 2018"),
]
VALUES = [
    ("science_technology_support_funds", "report", "city", "2亿元", "200 million yuan"),
    ("science_technology_support_funds", "base", "city", "2000万元", "20 million yuan"),
    ("technical_contracts", "base", "city", "1.54亿元", "154 million yuan"),
    ("technical_contracts", "report", "city", "13.6亿元", "1.36 billion yuan"),
    ("high_tech_enterprises", "report", "city", "303家", "303"),
    ("high_tech_enterprises", "report", "henan", "超过1万家", "more than 10,000"),
    ("technology_smes", "report", "henan", "2.2万家", "22,000"),
    ("technical_contracts_turnover", "report", "henan", "超过1000亿元", "more than 100 billion yuan"),
    ("rd_intensity", "report", "city", "1.78%", "1.78%"),
    ("rd_intensity", "report", "china", "2.54%", "2.54%"),
    ("unpaid_science_technology_funds", "newest", "city", "5985.4万元", "59.854 million yuan"),
]
STATED = [
    ("contracts-doublings", "翻了三番", "risen eightfold"),
    ("platforms-doublings", "翻了近两番", "nearly quadrupled"),
    ("technology-smes-growth", "增长188%", "growth of 188%"),
    ("platforms-difference", "152家", "152"),
    ("intensity-gap-nation", "0.76个百分点", "0.76 percentage points"),
    # As printed: with its unit missing, or half of it.
    ("intensity-level", "1.78", "1.78"),
    ("contracts-base-level", "1.54亿", "1.54亿"),
]


def plain(markdown):
    """What a reader sees: links as their words, nothing escaped."""
    return re.sub(r"\\(.)", r"\1", re.sub(r'\[((?:[^\]\\]|\\.)*)\]\([^)"]*(?:"[^"]*")?\)', r"\1", markdown))


def answers(edition, language, later=False):
    """The placeholders of a language."""
    wording = Wording.about(edition, load_catalogue(DATA, language))
    audited = audit(edition.tables, edition.facts, edition.units)
    return Placeholders(edition, wording, audited, later)


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request):
    """Each language in turn."""
    return request.param


@pytest.fixture
def said(edition, language):
    """The placeholders of the real edition in each language."""
    return answers(edition, language)


def of(language, chinese, english):
    """The one of two that is in the language."""
    return {"zh": chinese, "en": english}[language]


@pytest.mark.parametrize(("indicator", "chinese", "english"), CHANGES)
def test_a_change_is_said_as_the_rules_choose(said, language, indicator, chinese, english):
    assert plain(said.change(indicator)) == of(language, chinese, english)


@pytest.mark.parametrize(("indicator", "chinese", "english"), DIFFERENCES)
def test_a_difference_has_its_unit(said, language, indicator, chinese, english):
    assert plain(said.difference(indicator)) == of(language, chinese, english)


@pytest.mark.parametrize(("indicator", "period", "area", "chinese", "english"), VALUES)
def test_a_value_has_its_unit_and_says_when_it_is_a_bound(said, language, indicator, period, area, chinese, english):
    assert plain(said.value(indicator, period, area)) == of(language, chinese, english)


@pytest.mark.parametrize(("claim", "chinese", "english"), STATED)
def test_what_the_original_states_is_repeated_as_printed(said, language, claim, chinese, english):
    assert plain(said.stated(claim)) == of(language, chinese, english)


def test_the_second_place_is_a_place(said, language):
    assert plain(said.stated("high-tech-enterprises-growth-rank")) == of(language, "第2位", "rank 2")


def test_a_gap_in_per_cent_is_in_points(said, language):
    nation, province = plain(said.gap("rd_intensity", "china")), plain(said.gap("rd_intensity", "henan"))
    assert nation == of(language, "低于全国0.76个百分点", "0.76 percentage points below the nation")
    assert province == of(language, "低于全省0.08个百分点", "0.08 percentage points below the province")


def test_the_latest_figures_widen_the_gaps(latest, language):
    said = answers(latest, language)
    nation, province = plain(said.gap("rd_intensity", "china")), plain(said.gap("rd_intensity", "henan"))
    note = of(
        language,
        "（安阳2022年的数没有修订，仍用初次公布数）",
        " (the figure for Anyang, 2022, has not been revised and is the one first published)",
    )
    assert nation == of(language, "低于全国0.78个百分点", "0.78 percentage points below the nation") + note
    assert province == of(language, "低于全省0.18个百分点", "0.18 percentage points below the province") + note


def test_a_difference_that_need_not_name_its_base_does_not(said, language):
    short = plain(said.difference("research_platforms_provincial_or_higher", named=False))
    assert short == of(language, "增加152家", "an increase of 152")


def test_a_bound_gives_a_multiple_that_is_safe_to_say(said, language):
    change = plain(said.change("technical_contracts_turnover", area="henan"))
    assert change == of(language, "超过2018年的6.6倍", "more than 6.6 times as much as in 2018")


def test_a_share_and_a_yearly_pace_are_percentages(edition, said, language):
    # 59.854 of 200 million yuan is 29.927 %; the eighth root of 530 / 303 is 1.0724.
    share = said.share("unpaid_science_technology_funds", "science_technology_support_funds", "newest")
    assert plain(share) == "29.9%"
    assert plain(answers(edition, language, later=True).pace("high_tech_enterprises", "target")) == "7.2%"
    # The eighth root of 1000 / 565 is 1.0740.
    assert plain(answers(edition, language, later=True).pace("technology_smes", "target")) == "7.4%"


def test_days_months_and_lists_are_written_as_the_language_writes_them(said, language):
    assert plain(said.when("unpaid_science_technology_funds", "newest")) == of(
        language, "2023年6月15日", "15 June 2023"
    )
    assert plain(said.when("national_incubators_new", "newest")) == of(language, "2020年以来", "since 2020")
    months = of(language, "3月、5月、7月、8月和9月", "March, May, July, August and September")
    assert plain(said.months("visits")) == months
    assert plain(said.date("as_of")) == of(language, "2023年10月26日", "26 October 2023")


def test_documents_and_programmes_stand_in_their_own_marks(edition):
    chinese, english = answers(edition, "zh"), answers(edition, "en")
    assert plain(chinese.policy("institute-rules")) == "《安阳市科技创新研究院管理办法（试行）》"
    assert plain(chinese.policy("ten-golden-rules")) == "“金十条”"
    assert plain(english.policy("ten-golden-rules")) == "the Golden Ten policy set"
    assert re.fullmatch(r"\*Measures for .*\*", plain(english.policy("institute-rules")))


def test_a_number_links_to_its_row_and_its_title_says_where_it_comes_from(edition):
    said = answers(edition, "zh")
    row = "data.ipynb#obs-high-tech-enterprises-anyang-2022"
    assert said.value("high_tech_enterprises") == f'[303家]({row} "2022年 · 一（二）1 · 安阳调研报告")'
    assert said.change("high_tech_enterprises") == f'为2018年的[3.5]({row} "303家 ÷ 87家 = 3.48（2022年、2018年）")倍'


@pytest.mark.parametrize(
    ("spoken", "money", "growth"),
    [
        ("zh", "2亿元 − 2000万元 = 1.8亿元", "303家 ÷ 200家 − 1 = 51.50%"),
        ("en", "200 million yuan − 20 million yuan = 180 million yuan", "303 ÷ 200 − 1 = 51.50%"),
    ],
)
def test_the_arithmetic_behind_a_number_is_right_with_its_unit(edition, fact, spoken, money, growth):
    said = answers(edition, spoken)
    assert money in said.difference("science_technology_support_funds")
    assert "1.78% − 2.54% = −0.76" in said.gap("rd_intensity", "china")
    new, old = fact("303"), fact("200", period="2018")
    assert growth in said._wording.phrase(phrases.change(new, old), new, old)


def test_every_phrase_the_rules_can_choose_has_words(edition, fact, language):
    """Every combination of values, bounds and units on the way to every rule."""
    wording = answers(edition, language)._wording
    pairs = [("0", "0"), ("5", "0"), ("1", "1"), ("5", "4"), ("4", "5"), ("19", "10"), ("2", "1"), ("3", "1")]
    pairs += [("38", "10"), ("73", "1"), ("60", "1"), ("100", "1"), ("100001", "100000"), ("5", "-1")]
    qualifiers = [None, "above", "below", "near", "target"]
    for unit in edition.units:
        for new, old in pairs:
            for of_new in qualifiers:
                for of_old in qualifiers:
                    own = fact(new, unit, of_new)
                    other = fact(old, unit, of_old, period="2018", area="china")
                    for rule in (phrases.change, phrases.difference, phrases.gap):
                        for left, right in ((own, other), (None, other), (own, None)):
                            words = wording.phrase(rule(left, right), left, right)
                            assert words
                            assert not re.search(r"[{}]", plain(words))


def test_names_from_a_table_are_literal_text(folder):
    name = "[x](javascript:alert(1)) {{ 7 }} <b>*|$"
    folder.change_cell("visits", "big-data-institute", "name_zh", name)
    shown = answers(folder.load(), "zh").names("visits", area="anyang-high-tech-zone")
    assert plain(shown).count(name) == 1
    assert not re.search(r"(?<!\\)[\[\]<>{}*|$]", shown)


def test_a_calculation_from_a_bound_comes_out_above_it(zh, fact):
    # 1000 ÷ 149.7 = 6.680…; 16 ÷ 3 = 5.333…, and more than that where less than 3 were there before.
    more, exact = fact("1000", "亿元", "above"), fact("149.7", "亿元", period="2018")
    assert arithmetic("÷", more, exact, zh) == "超过1000亿元 ÷ 149.7亿元 > 6.68"
    assert arithmetic("÷", fact("16"), fact("3", qualifier="below", period="2018"), zh) == "16家 ÷ 不足3家 > 5.33"
    assert (
        arithmetic("÷ −1", fact("20", qualifier="near"), fact("3", period="2018"), zh) == "近20家 ÷ 3家 − 1 < 566.67%"
    )
    assert arithmetic("÷", fact("20"), fact("3", period="2018"), zh) == "20家 ÷ 3家 = 6.67"


def test_a_number_of_rows_leads_to_the_table_they_were_counted_in(edition):
    title = "按“走访单位”表逐行计数"
    visits = len(edition.tables["visits"])
    assert answers(edition, "zh").count("visits") == f'[{visits}](data.ipynb#data-visits "{title}")'
    assert answers(edition, "zh").count("visits", kind="none") == "0"
