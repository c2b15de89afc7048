"""What all charts share: labels moved apart, rounds of a scale, names broken into lines."""

from decimal import Decimal

import pytest

from diaoyan.chart_theme import WIDTH, balanced, spread, ticks, width_of, wrapped


def test_labels_too_close_to_each_other_are_moved_apart_around_their_middle():
    assert spread([100, 104, 200], 20) == [92, 112, 200]
    assert spread([30, 10, 10], 20) == [pytest.approx(50 / 3 + 20), pytest.approx(50 / 3 - 20), pytest.approx(50 / 3)]


def test_rounds_of_a_scale_are_few_and_start_at_zero():
    assert ticks([Decimal("1.78"), Decimal("2.54")]) == [0, 1, 2]
    # 3.08 trillion yuan.
    assert ticks([Decimal(3_078_290_000_000)]) == [0, 10**12, 2 * 10**12, 3 * 10**12]
    assert ticks([Decimal(0)])[0] == 0


def test_a_name_breaks_between_words_or_between_chinese_characters():
    assert wrapped("new national incubators", 120) == ["new national", "incubators"]
    assert wrapped("新增国家级孵化器", 64) == ["新增国家", "级孵化器"]
    assert wrapped("技术合同 · 河南", 200) == ["技术合同 · 河南"]
    assert width_of("新增", 10) == 20
    assert WIDTH == 432


def test_lines_of_a_sentence_are_as_even_as_can_be():
    # Seven characters of 10 pixels: wrapped they leave one alone.
    assert wrapped("一二三四五六七", 60, 10) == ["一二三四五六", "七"]
    assert balanced("一二三四五六七", 60, 10) == ["一二三四", "五六七"]
    assert balanced("一二三", 60, 10) == ["一二三"]
    assert balanced("", 60, 10) == [""]


def test_labels_are_spread_within_their_bounds():
    assert spread([0, 5], 20, (0, 100)) == [0, 20]
    assert spread([98, 100], 20, (0, 100)) == [80, 100]
    assert spread([50, 50], 20, (0, 100)) == [40, 60]
    assert spread([0, 15, 24], 20, (0, 100)) == [0, 20, 40]
