"""The table and the files that each chart offers."""

import csv

import pytest

from browser.charts import CHART
from diaoyan.inputs import chapter_names


@pytest.mark.parametrize("name", chapter_names())
def test_each_chart_offers_its_table_and_files_that_hold_the_same_figures(open_page, book, name):
    page = open_page(name, java_script_enabled=False)
    assert page.locator(".diaoyan-chart-files").count() == page.locator(CHART).count()
    for tools in page.locator(".diaoyan-chart-files").all():
        assert not tools.locator("table").is_visible()
        tools.locator("summary").click()
        assert tools.locator("table").is_visible()
        shown = [row.locator("th, td").all_text_contents() for row in tools.locator("tr").all()]
        files = {
            link.text_content(): (book / "chapters" / link.get_attribute("href")).resolve()
            for link in tools.locator("a").all()
        }
        assert list(files) == ["CSV", "SVG", "PNG"]
        content = files["CSV"].read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert list(csv.reader(content.decode("utf-8-sig").splitlines())) == shown
        assert len(shown) > 1
        assert files["SVG"].read_text(encoding="utf-8").startswith("<svg")
        # Twice as many pixels as the drawing is wide.
        assert int.from_bytes(files["PNG"].read_bytes()[16:20], "big") == 880
