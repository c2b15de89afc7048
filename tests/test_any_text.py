"""Whatever a draft says, it is proof-read soon and without a fault of the program."""

import time

import pytest
from broken_input import Watch, cases
from hypothesis import given
from hypothesis import strategies as st

from diaoyan.catalogue import load_catalogue
from diaoyan.drafts import as_draft
from diaoyan.paths import DATA
from diaoyan.proofread_views import ProofreadViews
from diaoyan.proofreading import proofread

WORDS = (
    *"，。：；！？（）、“”%‰零一二三四五六七八九十百千万亿0123456789.-—～ \n",
    *("2022年", "2018年", "上年", "9月31日", "13.6亿元", "2000万元", "1.54亿", "303家", "565户", "35.6%", "0%", "0家"),
    *(
        "0.24个百分点",
        "3.5倍",
        "两番",
        "一半",
        "三分之一",
        "零分之一",
        "百分之",
        "四成",
        "由",
        "从",
        "提高到",
        "下降为",
        "比",
        "较",
    ),
    *(
        "增长",
        "减少",
        "翻了",
        "是",
        "的",
        "占",
        "其中",
        "合计",
        "共",
        "分别",
        "年均增长",
        "高于",
        "相差",
        "企业",
        "研发投入强度",
    ),
    *(
        "产业结构为",
        "12:45:43",
        "1,170",
        "超过",
        "近",
        "左右",
        "以上",
        "to",
        "from",
        "rose",
        "up",
        "in 2022",
        "of which",
    ),
)
# What words that are made of others can be parted into is without number: 达到 is 达 and 到 too.
PARTED = ("达到", "一年", "略有", "其中，", "共有", "也就是", "大幅度")
ENDLESS = (
    "由1家到1家",
    "1家、1家，共2家，",
    "比2018年1家",
    "这1家企业，",
    "增长1%，",
    "一",
    "一半",
    "2022年",
    "（1家",
    "剩下1家，",
    "1家，合格1家，合格率1%，",
    "up 1% ",
)
# Characters, and seconds of computing; one that grows with the square of the length takes ten times as long.
LENGTH, MOST_SECONDS = 12_000, 8


@pytest.fixture(scope="module")
def watch():
    """Ends what would not end."""
    return Watch()


def seconds_for(text: str, watch: Watch) -> float:
    started = time.process_time()
    with watch.case("long texts"):
        proofread(as_draft(text))
    return time.process_time() - started


@given(words=st.lists(st.sampled_from(WORDS), max_size=40))
@cases(80)
def test_any_words_and_numbers_are_proof_read_and_shown(words):
    draft = as_draft("".join(words))
    for language in ("zh", "en"):
        views = ProofreadViews(draft, proofread(draft), load_catalogue(DATA, language))
        views.as_text()
        assert views.comments() is not None
        for each in views.as_data()["findings"]:
            assert draft.text[each["start"] : each["end"]] == each["text"]
            assert each["text"]


@pytest.mark.parametrize("word", PARTED)
def test_words_made_of_other_words_are_read_as_soon_as_any(watch, word):
    repeated = word * 30
    text = f"2022年企业{repeated}甲303家{repeated}乙，较2018年{repeated}丙增长1%。"
    assert seconds_for(text, watch) < MOST_SECONDS


@pytest.mark.parametrize("word", ENDLESS)
def test_a_sentence_without_an_end_is_read_soon(watch, word):
    assert seconds_for(word * (LENGTH // len(word)), watch) < MOST_SECONDS


def test_what_follows_a_sentence_that_is_too_long_is_read_too():
    text = "甲，" * 1000 + "2022年高企达到303家，较2018年（87家）翻了两番。"
    assert [each.verdict for each in proofread(as_draft(text)) if each.is_fault] == ["overstated"]
