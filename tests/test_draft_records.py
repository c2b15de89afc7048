"""Drafts held against what an edition records."""

import pytest

from diaoyan.drafts import as_draft
from diaoyan.edition import Edition
from diaoyan.proofreading import proofread


@pytest.fixture(scope="module")
def anyang():
    return Edition.load("anyang-2023")


def held_against(anyang, text):
    found = proofread(as_draft(text), anyang)
    return [(each.kind, each.text, each.verdict) for each in found if each.verdict != "not_recomputable"]


def test_a_figure_that_is_recorded_otherwise_is_found(anyang):
    assert held_against(anyang, "2022年全市高新技术企业达到330家。") == [("level", "330家", "contradicted")]
    assert held_against(anyang, "2022年全市高新技术企业达到303家。") == []


def test_a_figure_in_another_unit_is_the_same_figure(anyang):
    assert held_against(anyang, "2022年技术合同登记额136000万元。") == []
    assert held_against(anyang, "2022年技术合同登记额13.9亿元。") == [("level", "13.9亿元", "contradicted")]


def test_a_figure_of_another_place_or_of_new_ones_only_is_left_alone(anyang):
    assert held_against(anyang, "2022年全省高新技术企业10872家，2022年新增高新技术企业98家。") == []


def test_a_base_the_draft_does_not_give_is_that_of_the_edition(anyang):
    text = "2022年高新技术企业303家，比2018年增长{}%。"
    assert held_against(anyang, text.format(248)) == [("growth", "比2018年增长248%", "holds")]
    assert held_against(anyang, text.format(348)) == [("growth", "比2018年增长348%", "overstated")]
    assert [each.verdict for each in proofread(as_draft(text.format(348)))] == ["not_recomputable"]
