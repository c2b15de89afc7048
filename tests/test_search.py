"""Chinese is found by any two neighbouring characters, without a dictionary."""

from diaoyan.search import ChineseSearch, pairs


def test_chinese_is_cut_into_pairs_and_latin_into_words():
    search = ChineseSearch({})
    assert search.split("高新技术, R&D投入303家") == [
        "高新",
        "新技",
        "技术",
        "R&D",
        "投入",
        "303",
        "家",
    ]


def test_a_word_is_found_in_a_sentence_that_a_dictionary_would_cut_otherwise():
    assert set(pairs("新技术企业")) <= set(pairs("全市高新技术企业发展"))
    assert not set(pairs("发企")) <= set(pairs("全市高新技术企业发展"))


def test_single_characters_and_english_stop_words_are_not_indexed():
    search = ChineseSearch({})
    kept = [word for word in ("家", "技术", "the", "platform") if search.word_filter(word)]
    assert kept == ["技术", "platform"]
