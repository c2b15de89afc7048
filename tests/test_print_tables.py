"""Tables on the printed page: widths, type and the turn of the page, and when no page will do."""

import pytest

from diaoyan.print_tables import PADDING_PT, TEXT_HEIGHT_PT, TEXT_WIDTH_PT, Cell, TooWide, fit, pieces


def cells(*texts):
    """A row of cells."""
    return [Cell(text) for text in texts]


def width(layout):
    """What a layout takes of the page, in points."""
    return sum(layout.widths_pt) + 2 * PADDING_PT * len(layout.widths_pt)


def test_a_chinese_character_is_one_em_and_a_digit_half_of_one():
    # Each with the four per cent that averages may miss.
    assert Cell("高新区").width_em == pytest.approx(3 * 1.04)
    assert Cell("303").width_em == pytest.approx(1.5 * 1.04)
    # Beside the characters there is the space between the scripts.
    assert Cell("303家").width_em == pytest.approx((1.5 + 1 + 0.2) * 1.04)


def test_heads_are_bold_and_wider_where_they_are_latin():
    assert Cell("number", bold=True).width_em == pytest.approx(6 * 0.5 * 1.15 * 1.04)
    assert Cell("数值", bold=True).width_em == Cell("数值").width_em


def test_a_line_may_end_between_chinese_characters_but_not_in_a_word():
    assert Cell("高新技术企业").narrowest_em == pytest.approx(1.04)
    assert Cell("new enterprises").narrowest_em == Cell("enterprises").width_em


def test_long_names_and_addresses_break_at_their_joints_and_short_words_do_not():
    assert pieces("technical_contracts_turnover") == ["technical_", "contracts_", "turnover"]
    assert pieces("rd_intensity|anyang") == ["rd_", "intensity|", "anyang"]
    assert pieces("twenty-one") == ["twenty-one"]
    # A number has no joints.
    assert pieces("100,000,000.00") == ["100,000,000.00"]


def test_a_small_table_is_as_wide_as_its_cells_in_the_largest_type():
    layout = fit(cells("时间", "数值"), [cells("2022年", "303")])
    assert (layout.size_pt, layout.turned) == (9.0, False)
    # 2022年: (4 × 0.5 + 1 + 0.2) × 1.04 em; 数值: 2 × 1.04 em.
    assert layout.widths_pt == (30.0, 18.7)


def test_a_table_of_sentences_fills_the_page_and_its_short_cells_stay_whole():
    layout = fit(cells("指标", "地区", "说明"), [cells("研发投入", "安阳", "按国内生产总值最终核实数修订。" * 6)])
    assert not layout.turned
    assert width(layout) == pytest.approx(TEXT_WIDTH_PT, abs=1)
    assert layout.widths_pt[0] >= 4 * 9.0
    assert layout.widths_pt[1] >= 2 * 9.0


def test_thirteen_years_fit_the_page_upright():
    years = [str(year) for year in range(2011, 2024)]
    layout = fit(cells("地区", *years), [cells("内蒙古", *["33357.1"] * 13)])
    assert not layout.turned
    assert width(layout) <= TEXT_WIDTH_PT


def test_more_columns_take_smaller_type_before_the_page_is_turned():
    def sizes(columns):
        layout = fit(cells(*["数值"] * columns), [cells(*["12345.6"] * columns)])
        return layout.size_pt, layout.turned

    # A column takes 3.25 × 1.04 = 3.38 em and 6 pt: 12 of 9 pt take 437 pt of 455, 13 of 8 pt 429, 14 of 7.5 pt 439.
    assert sizes(12) == (9.0, False)
    assert sizes(13) == (8.0, False)
    assert sizes(14) == (7.5, False)
    assert sizes(15) == (9.0, True)


def test_forty_columns_of_numbers_fit_no_page_and_the_reason_says_by_how_much():
    with pytest.raises(TooWide) as raised:
        fit(cells(*["数值"] * 40), [cells(*["12345.6"] * 40)])
    # 40 × (3.38 × 7.5 + 6) pt = 1254 pt.
    assert str(raised.value) == ("a table of 40 columns, which needs 441 mm; expected at most 244 mm, the page turned")


def test_the_widest_table_that_fits_is_the_page_itself():
    # 22 columns of 3.38 em in 7.5 pt take 690 pt of 694; 23 take 721.
    layout = fit(cells(*["数值"] * 22), [cells(*["12345.6"] * 22)])
    assert layout.turned
    assert width(layout) <= TEXT_HEIGHT_PT
    with pytest.raises(TooWide):
        fit(cells(*["数值"] * 23), [cells(*["12345.6"] * 23)])


def test_the_beginning_of_a_table_is_its_head_and_two_rows():
    rows = [cells("安阳")] * 5
    layout = fit(cells("地区"), rows)
    # A row of one line in 9 pt: 9 × 1.3 + 4 = 15.7 pt; the caption: 45 pt.
    assert layout.height_pt == pytest.approx(45 + 6 * 15.7)
    assert layout.beginning_pt == pytest.approx(45 + 3 * 15.7)


def test_an_empty_column_takes_no_width_of_its_own():
    layout = fit(cells("限定", ""), [cells("", "")])
    assert layout.widths_pt[1] == 0
