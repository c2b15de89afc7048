"""Outputs: what a cell of a chapter shows, with what the book needs to know about it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from IPython.display import display

from diaoyan.figures import picture
from diaoyan.table_views import TableView

if TYPE_CHECKING:
    from diaoyan.charts import Chart

VEGALITE = "application/vnd.vegalite.v6+json"


@dataclass(frozen=True)
class Output:
    """One output of a cell: content by media type, and what the book needs to know about it."""

    data: dict
    about: dict = field(default_factory=dict)

    def with_explanations(self, explanations: list[dict]) -> "Output":
        """The same output, with what its numbers are explained by."""
        return Output(self.data, {**self.about, "explanations": explanations}) if explanations else self

    def show(self) -> None:
        """Displays the output in the notebook."""
        display(self.data, raw=True, metadata={"diaoyan": self.about})


def text_output(markdown: str, *anchors: str, name: str = "") -> Output:
    """Markdown with an anchor for each of its headings."""
    about = {"kind": "text", "anchors": list(anchors), **({"name": name} if name else {})}
    return Output({"text/markdown": markdown, "text/plain": markdown}, about)


def chart_output(chart: "Chart", pictures: bool) -> Output:
    """A chart; without `pictures` the PNG, which takes most of the time, is left out."""
    painted = {"image/png": picture(chart.spec)} if pictures else {}
    return Output(
        {VEGALITE: chart.spec, **painted, "text/plain": chart.alt},
        {
            "kind": "chart",
            "name": chart.name,
            "caption": chart.caption,
            "note": chart.note,
            "alt": chart.alt,
            "table": chart.table.as_mark(),
        },
    )


def table_output(view: TableView) -> Output:
    """A table with the anchors of its rows or cells."""
    about = {"kind": "table", "name": view.name, "caption": view.caption, "anchors": list(view.anchors)}
    if view.cell_anchors:
        about["cell_anchors"] = [list(anchors) for anchors in view.cell_anchors]
    return Output({"text/markdown": view.markdown, "text/plain": view.markdown}, about)
