"""A chart in a page shows shapes and words, and does nothing."""

import re

import pytest
from docutils.nodes import SkipNode
from sphinx.errors import ExtensionError

from diaoyan.catalogue import load_catalogue
from diaoyan.figures import draw, keep, kept_beside, write_png, write_svg
from diaoyan.live_charts import Chart, ChartFiles, inline, visit_chart, visit_chart_files
from diaoyan.paths import DATA

HOSTILE = '"><script>alert(1)</script>&'
SHOWN = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"


def dot(**mark):
    """A chart of one word."""
    return {
        "width": 100,
        "data": {"values": [{"name": HOSTILE}]},
        "mark": {"type": "text", **mark},
        "encoding": {"text": {"field": "name"}},
    }


class Page:
    """Takes what a node writes."""

    def __init__(self):
        self.body = []

    def written(self, visit, node) -> str:
        """What the node writes, which has nothing more to write then."""
        with pytest.raises(SkipNode):
            visit(self, node)
        return "".join(self.body)


def test_words_of_a_drawing_and_those_it_is_told_in_are_nothing_but_words():
    drawing = inline(draw(dot(), "a"), HOSTILE)
    assert "<script" not in drawing
    assert f'aria-label="{SHOWN}"' in drawing
    assert re.search(r"<text[^>]*>\"&gt;&lt;script&gt;", drawing)
    assert drawing.count("role=") == 1


def test_a_drawing_that_would_do_something_is_no_part_of_a_page():
    with pytest.raises(ExtensionError, match="is no drawing"):
        inline(draw(dot(href="https://example.org"), "a"), "点")
    with pytest.raises(ExtensionError, match="onload"):
        inline('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>', "点")
    with pytest.raises(ExtensionError, match="script"):
        inline('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "点")


def test_choices_and_specification_are_shown_as_written():
    words = load_catalogue(DATA, "zh")
    choices = [[HOSTILE, HOSTILE]]
    node = Chart("", words=words, choices=choices, drawing="", controls=False, specification=f'{{"a": "{HOSTILE}"}}')
    page = Page().written(visit_chart, node)
    assert f'<option value="{SHOWN}">{SHOWN}</option>' in page
    assert page.count("<script") == page.count("</script>") == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "互动图未能加载，此处为静态图。"), ("en", "The interactive version could not be loaded.")],
)
def test_a_page_has_words_of_its_language_for_a_chart_that_does_not_come_to_life(language, said):
    node = Chart("", words=load_catalogue(DATA, language), choices=[], drawing="", controls=False, specification="{}")
    assert f'data-not-loaded="{said}"' in Page().written(visit_chart, node)


def test_figures_are_shown_as_written():
    table = {"heads": [HOSTILE, "数"], "rows": [[HOSTILE, "1"]], "numbers": [1]}
    node = ChartFiles("", words=load_catalogue(DATA, "zh"), table=table, files=[("CSV", "a.csv")], caption=HOSTILE)
    page = Page().written(visit_chart_files, node)
    assert "<script" not in page
    assert f"<th>{SHOWN}</th>" in page
    assert '<td class="diaoyan-number">1</td>' in page


def test_what_a_chart_was_drawn_from_is_kept_beside_it_and_renewed(tmp_path):
    drawing = write_svg({**dot(), "config": {}}, "chart-x", tmp_path)
    for rows in ([["1"]], [["2"]]):
        keep(dot(), {"rows": rows}, drawing)
        assert kept_beside(drawing) == (dot(), {"rows": rows})


def test_a_picture_is_the_same_bytes_each_time(tmp_path, new_stock):
    pictures = []
    for folder in ("a", "b"):
        new_stock()
        drawing = write_svg(dot(), "chart-x", tmp_path / folder)
        pictures.append(write_png(drawing).read_bytes())
    assert pictures[0] == pictures[1]
    assert pictures[0].startswith(b"\x89PNG")
