"""A report in one language: what the chapters call. Each call shows texts, charts and tables as outputs of the cell."""

import ast
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from IPython import get_ipython
from IPython.display import display

from diaoyan.audit_views import AuditViews
from diaoyan.catalogue import load_catalogue
from diaoyan.charts import Chart, draw, png
from diaoyan.claims import Audited, audit
from diaoyan.edition import Edition
from diaoyan.facts import Facts
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.markup_check import forbidden_markup
from diaoyan.paths import DATA
from diaoyan.placeholders import LATER, Placeholders
from diaoyan.remarks import Remarks
from diaoyan.table_views import TableView, TableViews
from diaoyan.texts import Block, Text, fill, read_chapter_text
from diaoyan.wording import Wording

if TYPE_CHECKING:
    import pandas

PARAMETERS = ("edition", "lang", "vintage")
# The comment papermill writes at the head of the cell it injects.
INJECTED = "# Parameters"
# Chapters whose sections are tables: a section `data-visits` shows the table `visits`.
TABLE_CHAPTERS = ("audit", "data")
# The chapters that are the report itself; their sections are rows of the table `items`.
PARTS = ("achievements", "problems", "recommendations")
VEGALITE = "application/vnd.vegalite.v6+json"


@dataclass(frozen=True)
class Output:
    """One output of a cell: content by media type, and what the book needs to know about it."""

    data: dict
    about: dict = field(default_factory=dict)

    def show(self) -> None:
        """Displays the output in the notebook."""
        display(self.data, raw=True, metadata={"diaoyan": self.about})


@dataclass(frozen=True)
class Report:
    """An edition in one language."""

    edition: Edition
    language: str

    def chapter(self, name: str) -> None:
        """Shows a chapter: its texts in order, after each the charts and tables that belong there."""
        for output in self.outputs(name):
            output.show()

    def outputs(self, name: str, pictures: bool = True) -> list[Output]:
        """What a chapter shows; raises Faults where a text may not stand as it is.

        Without `pictures` the charts are drawn but not painted, which takes most of the time.
        """
        text = self.text(name)
        outputs = []
        for block in text.blocks:
            outputs.append(self._text_output(text, block))
            for name_of_remark, paragraph in self._remarks.of(block.anchor).items():
                outputs.append(_text_only(paragraph, name=f"{block.anchor}-{name_of_remark}"))
            outputs += [_chart_output(chart, pictures) for chart in self.charts(block.anchor)]
            if name in TABLE_CHAPTERS and block.level > 1:
                views = self._views(name, block.anchor.removeprefix(f"{name}-"))
                outputs += [_table_output(view) for view in views if view.has_rows]
        return outputs

    def texts(self, name: str) -> list[Output]:
        """The texts of a chapter without its charts and tables; raises Faults as `outputs` does."""
        text = self.text(name)
        return [self._text_output(text, block) for block in text.blocks]

    def frame(self, table: str) -> "pandas.DataFrame":
        """A table as a DataFrame, one column for each of its columns, numbers as Decimal; KeyError for no table."""
        # Half a second that only a reader's own cells need.
        import pandas

        found = self.edition.tables[table]
        return pandas.DataFrame([dict(row) for row in found], columns=found.columns)

    def text(self, chapter: str) -> Text:
        """The words of a chapter, checked; raises Faults."""
        path, shown = self.edition.text_file(self.language, chapter)
        return read_chapter_text(path, shown, self._placeholders(later=False), self.wording.catalogue.numbers)

    def charts(self, section: str) -> list[Chart]:
        """The charts of a section in their order; those without data are left out."""
        rows = [row for row in self.edition.tables["charts"] if row["section"] == section]
        rows.sort(key=lambda row: row["position"])
        drawn = (draw(row, self.edition, self.wording, section.endswith(LATER)) for row in rows)
        return [chart for chart in drawn if chart]

    @cached_property
    def wording(self) -> Wording:
        """How the language writes this edition's facts."""
        tables, catalogue = self.edition.tables, load_catalogue(self.edition.data, self.language)
        return Wording(catalogue, self.edition.units, tables["areas"], tables["indicators"], self.edition.meta["city"])

    @cached_property
    def audited(self) -> list[Audited]:
        """The claims with their verdicts."""
        return self.audited_on(self.edition.vintage)

    def audited_on(self, vintage: str) -> list[Audited]:
        """The claims with the verdicts they have on a vintage."""
        tables, units = self.edition.tables, self.edition.units
        # Later data prove and refute nothing that was said before them.
        facts = Facts(tables["observations"], units, vintage, lambda fact: self.edition.speaks(fact, later=False))
        return audit(tables["claims"], facts, tables["areas"], units)

    @cached_property
    def _remarks(self) -> Remarks:
        return Remarks(self.edition, self.wording, self.audited)

    def _views(self, chapter: str, name: str) -> list[TableView]:
        """The tables of a section: of the audit in the chapter of that name, of the data elsewhere."""
        if chapter == "data":
            return TableViews(self.edition, self.wording, self._titles).get(name)
        otherwise = self.audited_on(self.edition.other_vintage)
        return AuditViews(self.edition, self.wording, self.audited, otherwise, self._titles).get(name)

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The headings of the three parts by anchor."""
        titles = {}
        for part in PARTS:
            text, answers = self.text(part), self._placeholders(later=False)
            titles |= {block.anchor: fill(block.heading, answers, text.file) for block in text.blocks}
        return titles

    def _placeholders(self, later: bool) -> dict:
        return Placeholders(self.edition, self.wording, self.audited, later).vocabulary()

    def _text_output(self, text: Text, block: Block) -> Output:
        answers = self._placeholders(later=block.anchor.endswith(LATER))
        heading = fill(block.heading, answers, text.file)
        body = fill(block.body, answers, text.file).strip("\n")
        markdown = f"{'#' * block.level} {heading}\n\n{body}".rstrip()
        # Emphasis that held before its placeholders were filled may not hold after (CommonMark knows no Chinese).
        if found := forbidden_markup(markdown):
            expected = "text that reads as meant once its figures are in"
            raise Faults(Fault(text.file, block.line, "", what, expected) for _, what in found)
        return _text_only(markdown, block.anchor)


def open_report(edition: str, lang: str, vintage: str = "first_published") -> Report:
    """The report a chapter shows; raises Faults for unknown parameters and for every fault of tables and texts."""
    faults = _unknown_parameters()
    if faults:
        raise Faults(faults)
    # An unknown language is a fault of the parameters, to be told before anything is read.
    load_catalogue(DATA, lang)
    return Report(Edition.load(edition, vintage=vintage), lang)


def _unknown_parameters() -> list[Fault]:
    """Names papermill was given that no chapter takes; papermill itself only warns of them."""
    shell = get_ipython()
    faults = []
    for source in shell.user_ns.get("In", []) if shell else []:
        if not source.startswith(INJECTED):
            continue
        for statement in ast.parse(source).body:
            for target in getattr(statement, "targets", []):
                if target.id not in PARAMETERS:
                    faults.append(Fault("parameters", 0, "", quoted(target.id), "one of " + ", ".join(PARAMETERS)))
    return faults


def _text_only(markdown: str, *anchors: str, name: str = "") -> Output:
    about = {"kind": "text", "anchors": list(anchors), **({"name": name} if name else {})}
    return Output({"text/markdown": markdown, "text/plain": markdown}, about)


def _chart_output(chart: Chart, pictures: bool) -> Output:
    picture = {"image/png": png(chart.spec)} if pictures else {}
    return Output(
        {VEGALITE: chart.spec, **picture, "text/plain": chart.alt},
        {"kind": "chart", "name": chart.name, "caption": chart.caption, "note": chart.note, "alt": chart.alt},
    )


def _table_output(view: TableView) -> Output:
    about = {"kind": "table", "name": view.name, "caption": view.caption, "anchors": list(view.anchors)}
    if view.cell_anchors:
        about["cell_anchors"] = [list(anchors) for anchors in view.cell_anchors]
    return Output({"text/markdown": view.markdown, "text/plain": view.markdown}, about)
