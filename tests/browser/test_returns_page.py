"""What counties returned, from the file they sent to the page and the printed book."""

import csv
import io

import pytest
from whole_book import Copy

from diaoyan.edition_import import import_returns

CHART = "#chart-outlook-unpaid-by-area"
RETURNED = (
    "县区,截至日期,金额（万元）\n滑县,2023年6月15日,1200.3\n内黄县,2023年6月15日,1800\n殷都区,2023年6月15日,485.1\n"
)
# 1200.3 + 1800 + 485.1 = 3485.4 (10,000 yuan), of 5985.4 for the city.
SAID = {
    "zh": "未拨付科技资金：内黄县1800万元、滑县1200.3万元、殷都区485.1万元；"
    "图中3个地区合计3485.4万元，安阳的合计数为5985.4万元。",
    "en": "Unpaid science and technology funds: Neihuang County 18 million yuan, Hua County 12.003 million yuan, "
    "Yindu District 4.851 million yuan. The 3 areas shown add up to 34.854 million yuan, "
    "against 59.854 million yuan for Anyang.",
}
HEADS = {"zh": ["指标", "地区", "时间"], "en": ["Indicator", "Area", "Period"]}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project into which the returns of three counties were taken, with its book in both languages."""
    copy = Copy(tmp_path_factory.mktemp("returns") / "copy")
    file = copy.root / "returns.csv"
    file.write_text(RETURNED, encoding="utf-8")
    import_returns("anyang-2023", file, copy.root / "data", "zh", "unpaid_science_technology_funds")
    copy.make("anyang-2023", "zh", "html", "latex")
    copy.make("anyang-2023", "en", "html")
    return copy


@pytest.mark.parametrize("language", ["zh", "en"])
def test_returns_stand_on_the_page_as_a_chart_with_its_words_table_and_file(copy, browser, language):
    pages = copy.pages("anyang-2023", language)
    page = browser.new_page()
    page.goto((pages / "chapters" / "outlook.html").as_uri())
    chart = page.locator(f"section#outlook-unpaid figure{CHART}")
    assert chart.locator("svg").first.get_attribute("aria-label") == SAID[language]
    section = page.locator("section#outlook-unpaid")
    rows = section.locator("details .diaoyan-figures tbody tr")
    assert rows.count() == 3
    address = section.get_by_role("link", name="CSV").get_attribute("href")
    written = (pages / "chapters" / address).resolve().read_text(encoding="utf-8-sig")
    heads, *found = csv.reader(io.StringIO(written))
    assert heads[:3] == HEADS[language]
    assert [row[3] for row in found] == ["1800", "1200.3", "485.1"]
    page.close()


def test_returns_are_printed_as_a_chart(copy):
    printed = copy.printed("anyang-2023", "zh")
    assert r"\caption{各县（市、区）和开发区未拨付的科技资金，2023年6月15日}" in printed
    assert "图中3个地区合计3485.4万元" in printed
