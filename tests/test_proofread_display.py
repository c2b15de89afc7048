"""A text that was proof-read in a notebook: the text with its remarks, and lines where there is no notebook."""

import subprocess
import sys

import pytest
from lxml import html
from proofread_drafts import FAULTS, FAULTY, SOUND, views_of

import diaoyan
from diaoyan import proofread_page
from diaoyan.faults import Faults


def shown(text: str, **options):
    """What a notebook shows of a text, as a browser takes it."""
    return html.fragment_fromstring(diaoyan.proofread(text, **options)._repr_html_())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_outside_of_notebooks_it_is_the_table_of_the_terminal(language):
    assert repr(diaoyan.proofread(FAULTY, lang=language)) == views_of(FAULTY, language).as_text()


def test_it_speaks_chinese_unless_told_otherwise():
    assert repr(diaoyan.proofread(FAULTY)) == views_of(FAULTY, "zh").as_text()


def test_a_notebook_shows_the_text_with_its_faults_marked_and_the_remarks():
    part = shown(FAULTY)
    assert [each.text for each in part.xpath(".//mark")] == ["较2018年（87家）翻了两番", "2022年9月31日"]
    assert part.xpath("string(.//mark/b)") == "〔问题1：偏高〕"
    assert len(part.xpath(".//li")) == FAULTS
    assert part.xpath("string(p)") == views_of(FAULTY).summary()
    assert len(diaoyan.proofread(FAULTY).faults) == FAULTS


def test_only_faults_are_marks_so_that_they_show_where_styles_are_taken_away():
    assert shown(SOUND).xpath(".//mark") == []
    assert len(shown(SOUND).xpath(".//span[@title='成立']")) == 1


def test_it_has_no_names_links_or_scripts_that_could_meet_those_of_the_notebook():
    assert shown(FAULTY).xpath(".//@id | .//a | .//script | .//@onclick") == []


def test_its_style_is_for_its_own_part_only():
    style = shown(FAULTY).xpath("string(.//style)")
    rules = [rule.rpartition("*/")[2] for rule in style.split("}") if rule.strip()]
    selectors = [each.strip() for rule in rules for each in rule.partition("{")[0].split(",")]
    assert len(selectors) > 5
    assert [each for each in selectors if not each.startswith(".diaoyan-proofread ")] == []


def test_hostile_text_stays_text():
    part = shown(f"{SOUND.strip()}<img src=x onerror=alert(1)>{{{{ 7 * 7 }}}}</div>")
    assert part.xpath(".//img") == []
    assert "<img src=x onerror=alert(1)>{{ 7 * 7 }}</div>" in part.text_content()


@pytest.mark.parametrize("text", ["", " \n\t\n", "　"])
def test_an_empty_text_is_said_to_be_so_in_one_line(text):
    found = diaoyan.proofread(text)
    assert repr(found) == "没有文字可以校核。"
    assert found._repr_html_() == "<p>没有文字可以校核。</p>"
    assert repr(diaoyan.proofread(text, lang="en")) == "There is no text to check."


@pytest.mark.parametrize("more", [0, 1])
def test_of_a_long_text_the_paragraphs_with_faults_are_shown_and_a_line_says_so(monkeypatch, more):
    paragraphs = FAULTY.split()
    monkeypatch.setattr(proofread_page, "LONGEST_SHOWN", sum(map(len, paragraphs)) - more)
    part = shown(FAULTY)
    texts = [each.text_content()[:6] for each in part.xpath(".//div[@class='passage']/p")]
    assert texts == [each[:6] for each in (paragraphs[::2] if more else paragraphs)]
    length = sum(map(len, paragraphs))
    line = f"全文{length}字，这里只显示有问题的段落，共2段。"
    assert part.xpath("p[2]/text()") == ([line] if more else [])


def test_a_language_there_is_not_is_named_with_those_there_are():
    with pytest.raises(Faults, match="lang: found 'fr', expected one of en, zh"):
        diaoyan.proofread(FAULTY, lang="fr")


def test_what_is_no_text_is_refused():
    with pytest.raises(TypeError, match="found bytes, expected a text"):
        diaoyan.proofread(FAULTY.encode())


def test_the_package_by_itself_loads_nothing_of_what_reads_drafts():
    code = "import sys, diaoyan; print([name for name in sys.modules if name.startswith('diaoyan')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['diaoyan']"
