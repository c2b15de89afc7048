"""The page on a draft: its text whole, every finding at its words, and nothing of the draft alive in it."""

import base64
import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from proofread_drafts import FAULTS, FAULTY, OTHERS, SOUND, views_of, words

from diaoyan.draft_slips import Slip
from diaoyan.drafts import as_draft
from diaoyan.proofread_page import proofread_page
from diaoyan.proofread_passages import unbroken
from diaoyan.proofread_views import ProofreadViews
from diaoyan.proofreading import Finding

ATTACK = "<script>alert(1)</script><b onclick='x'>303家</b>&lt;{{ 7 * 7 }}"
VERDICTS = ("contradicted", "overstated", "inconsistent", "unit_missing", "holds", "not_recomputable")


def parsed(text: str, language: str = "zh", file: str = "draft.txt"):
    """The page on a text, as a browser takes it."""
    return html.document_fromstring(proofread_page(views_of(text, language, file)))


def by_hand(text: str, *found: tuple[int, int, str]) -> ProofreadViews:
    """A draft with findings at these spans."""
    findings = [
        Finding(start, end, text[start:end], "date", verdict, Slip("date", verdict, None, start, end, "date_day"))
        for start, end, verdict in found
    ]
    return ProofreadViews(as_draft(text), findings, words("zh"))


def classes(element) -> set[str]:
    """The classes of an element."""
    return set(element.get("class", "").split())


def shown_paragraphs(page) -> list[str]:
    """The text of each paragraph, without the numbers of faults."""
    paragraphs = page.xpath("//*[@class='passage']/p")
    return ["".join(each.xpath(".//text()[not(ancestor::*[@class='number'])]")) for each in paragraphs]


def test_every_fault_is_a_mark_with_a_number_that_says_in_words_what_it_is():
    page = parsed(FAULTY)
    numbers = page.xpath("//mark//*[@class='number']")
    assert [each.text_content() for each in numbers] == ["〔问题1：偏高〕", "〔问题2：不符〕"]
    marks = page.xpath("//mark")
    assert [each.text for each in marks] == ["较2018年（87家）翻了两番", "2022年9月31日"]
    assert [{"fault", "overstated"} <= classes(marks[0]), {"fault", "contradicted"} <= classes(marks[1])] == [
        True,
        True,
    ]


def test_what_was_read_and_found_sound_or_open_is_shown_and_told_apart():
    page = parsed(FAULTY)
    (sound,), (unknown,) = (
        page.xpath(f"//*[@class='passage']//span[starts-with(@class, '{each} ')]") for each in ("sound", "open")
    )
    assert (sound.text, sound.get("title")) == ("较2018年（196家），增长了188%", "成立")
    assert (unknown.text, unknown.get("title")) == ("较2021年提升了0.24个百分点", "无法复算")


def test_a_remark_stands_with_its_paragraph_and_has_place_verdict_arithmetic_and_wording():
    first, second, third = parsed(FAULTY).xpath("//*[@class='passage']")
    lines = [" ".join(each.text_content().split()) for each in first.xpath(".//li//p")]
    assert lines == ["返回原文，问题1 偏高 第1段", "303家 ÷ 87家 = 3.48", "建议写作“为2018年的3.5倍”"]
    assert second.xpath(".//li") == []
    lines = [" ".join(each.text_content().split()) for each in third.xpath(".//li//p")]
    assert lines == ["返回原文，问题2 不符 第3段", "该月没有这一天"]


def test_the_arithmetic_of_a_sum_is_written_out_beside_the_reason():
    page = parsed("规模以上工业企业甲县60家，乙县30家，丙县20家，合计120家。")
    lines = [each.text_content() for each in page.xpath("//li[@class='remark']/p")]
    assert lines[1:] == ["各项相加为110家，文中为120家", "60 + 30 + 20 = 110家", "建议写作“110家”"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_summary_and_a_list_of_the_faults_come_first(language):
    page = parsed(FAULTY, language)
    views = views_of(FAULTY, language)
    assert page.xpath("string(//header)").split("\n")[2].strip() == views.summary()
    assert len(page.xpath("//nav//li")) == FAULTS
    assert len(page.xpath("//details//li")) == OTHERS
    assert page.get("lang") == language


@pytest.mark.parametrize("text", [FAULTY, SOUND * 3, "没有数字的一段。"])
def test_every_link_leads_to_one_place_and_no_place_has_the_name_of_another(text):
    page = parsed(text)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href")} <= set(ids)
    assert all(link.startswith("#") for link in page.xpath("//a/@href"))


def test_a_draft_without_faults_has_no_list_of_them():
    page = parsed(SOUND)
    assert (page.xpath("//nav"), page.xpath("//mark")) == ([], [])
    assert page.xpath("string(//header)").split("\n")[2].strip().startswith("没有发现问题")


def test_overlapping_findings_are_cut_at_their_borders():
    # 0 一 1 二 2 三 3 四 4 五 5 六 6: the first finding has 一二三四, the second 三四五六.
    page = html.document_fromstring(
        proofread_page(by_hand("一二三四五六七", (0, 4, "overstated"), (2, 6, "unit_missing")))
    )
    marks = page.xpath("//mark")
    assert [each.text for each in marks] == ["一二", "三四", "五六"]
    assert [each.get("id") for each in marks] == ["fault-1", "fault-2", None]
    assert [classes(each) & {"overstated", "unit-missing"} for each in marks] == [
        {"overstated"},
        {"overstated", "unit-missing"},
        {"unit-missing"},
    ]
    assert [each.xpath("string(a)") for each in marks] == ["", "〔问题1：偏高〕", "〔问题2：缺计量单位〕"]


def test_a_fault_within_a_sound_statement_is_marked_as_a_fault():
    page = html.document_fromstring(proofread_page(by_hand("一二三四五", (0, 5, "holds"), (1, 3, "unit_missing"))))
    (passage,) = page.xpath("//*[@class='passage']/p")
    assert [(each.tag, each.text) for each in passage] == [("span", "一"), ("mark", "二三"), ("span", "四五")]


def test_a_finding_that_goes_on_into_the_next_paragraph_is_marked_up_to_the_end_of_its_own():
    page = html.document_fromstring(proofread_page(by_hand("一二\n三四", (1, 4, "overstated"))))
    assert [each.text for each in page.xpath("//mark")] == ["二"]
    assert shown_paragraphs(page) == ["一二", "三四"]


spans = st.tuples(st.integers(0, 11), st.integers(1, 9), st.sampled_from(VERDICTS))


@given(
    text=st.text(st.sampled_from("甲乙3%<>&\"'{}家"), min_size=24, max_size=24),
    cut=st.integers(1, 22),
    found=st.lists(spans, max_size=8),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_found_wherever_the_text_stays_whole_and_every_fault_has_its_mark_and_number(text, cut, found):
    text = f"{text[:cut]}\n{text[cut:]}"
    # A finding begins in a paragraph, never between two.
    spans = [(start, start + length, verdict) for start, length, verdict in found if text[start] != "\n"]
    views = by_hand(text, *spans)
    page = html.document_fromstring(proofread_page(views))
    assert shown_paragraphs(page) == text.split("\n")
    faults = len(views.faults)
    assert page.xpath("//*[starts-with(@id, 'fault-')]/@id") == [f"fault-{number}" for number in range(1, faults + 1)]
    assert sorted(map(int, page.xpath("//mark/a/text()"))) == list(range(1, faults + 1))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href")} <= set(ids)


def test_nothing_of_a_draft_or_its_name_comes_to_life():
    page = proofread_page(
        views_of(f"{ATTACK}是全市高新技术企业的总数，{'较上年有所增加，' * 9}截至2022年9月31日。", file=f"{ATTACK}.txt")
    )
    tree = html.document_fromstring(page)
    assert tree.xpath("//script | //b | //@onclick") == []
    assert shown_paragraphs(tree)[0].startswith(ATTACK)
    assert len(tree.xpath("//mark")) == 1
    assert ATTACK in tree.xpath("string(//title)")
    assert "49" not in tree.xpath("string(//main)")


def test_a_draft_may_hold_characters_that_no_page_can():
    page = proofread_page(views_of("甲\x00乙\ud800丙\x1b，2022年9月31日。", file="a\udcff\n.txt"))
    assert "甲\ufffd乙\ufffd丙\ufffd，" in page.encode().decode()
    assert "校核：a\\udcff\\n.txt" in page


def test_the_page_has_one_style_that_its_policy_names_and_asks_for_nothing():
    page = proofread_page(views_of(FAULTY))
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    tree = html.document_fromstring(page)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"style-src 'sha256-{digest}'" in policy
    assert tree.xpath("//@style | //script | //*[@src]") == []
    assert tree.xpath("//link/@href") == ["data:,"]


def test_the_same_draft_gives_the_same_page():
    assert proofread_page(views_of(FAULTY)) == proofread_page(views_of(FAULTY))


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("高新技术企业\n303家", "高新技术企业303家"),
        ("达到303\n家，占", "达到303家，占"),
        ("it had 303 \n  of them", "it had 303 of them"),
        ("R&D\nspending", "R&D spending"),
        ("一行", "一行"),
    ],
)
def test_the_ends_of_lines_in_a_paragraph_part_words_and_no_characters(broken, whole):
    assert unbroken(broken) == whole


@pytest.mark.parametrize(("length", "shown"), [(40, "九" * 40), (41, "九" * 40 + "…")])
def test_the_list_shows_of_a_long_passage_as_much_as_tells_which_it_is(length, shown):
    page = html.document_fromstring(proofread_page(by_hand("九" * 50, (0, length, "overstated"))))
    assert page.xpath("//nav//a/text()") == [shown]
