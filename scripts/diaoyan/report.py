"""A report in one language: what the chapters call. Each call shows texts, charts and tables as outputs of the cell."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from IPython import get_ipython

from diaoyan.audit_views import AuditViews
from diaoyan.catalogue import load_catalogue, require_language
from diaoyan.charts import Chart, draw
from diaoyan.claims import Audited, audit, audit_claim
from diaoyan.edition import PARTS, Edition
from diaoyan.explanations import Explanations
from diaoyan.facts import Facts
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.first_screen import SECTIONS, FirstScreen
from diaoyan.kept import kept
from diaoyan.markup_check import forbidden_markup
from diaoyan.outputs import Output, chart_output, table_output, text_output
from diaoyan.paths import DATA
from diaoyan.placeholders import LATER, Placeholders
from diaoyan.remarks import Remarks
from diaoyan.statements import Statement, read_back, unmarked_quotations
from diaoyan.table_views import TableView, TableViews
from diaoyan.target_views import TargetViews
from diaoyan.texts import Block, Text, chosen, fill, read_chapter_text
from diaoyan.translations import marked
from diaoyan.wording import Wording

if TYPE_CHECKING:
    import pandas

    from diaoyan.passage_views import PassageViews

PARAMETERS = ("edition", "lang", "vintage")
# The comment papermill writes at the head of the cell it injects.
INJECTED = "# Parameters"
# Chapters whose sections are tables: a section `data-visits` shows the table `visits`.
DATA_CHAPTER = "data"
TABLE_CHAPTERS = ("audit", DATA_CHAPTER, "outlook", "proofreading")


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
        for block in self.sections(name):
            first = len(outputs)
            below = self._below(block.anchor, pictures)
            outputs.append(self._text_output(name, text, block))
            for name_of_remark, paragraph in self._remarks.of(block.anchor).items():
                outputs.append(text_output(paragraph, name=f"{block.anchor}-{name_of_remark}"))
            outputs += below
            outputs += [table_output(view) for view in self._views(name, block)]
            statements = self._statements_of(name, text, block)
            outputs[first:] = [self._with_explanations(output, statements) for output in outputs[first:]]
        return outputs

    def _below(self, section: str, pictures: bool) -> list[Output]:
        """What stands below the words of a section: entries of the first screen, then charts."""
        entries = self._first_screen.outputs(section) if section in SECTIONS else []
        return [*entries, *(chart_output(chart, pictures) for chart in self.charts(section))]

    def tables(self, name: str) -> list[TableView]:
        """The tables of a chapter."""
        return [view for block in self.text(name).blocks for view in self._views(name, block)]

    def texts(self, name: str) -> list[Output]:
        """The texts of a chapter without its charts and tables; raises Faults as `outputs` does."""
        text = self.text(name)
        return [self._text_output(name, text, block) for block in self.sections(name)]

    def sections(self, name: str) -> list[Block]:
        """The sections of a chapter without those that an edition has nothing for, which would be holes."""
        return [block for block in self.text(name).blocks if block.level == 1 or not self._is_hole(name, block)]

    def _is_hole(self, name: str, block: Block) -> bool:
        """Whether a section lacks what it is there for: its table, or anything at all where it serves all editions."""
        if name == DATA_CHAPTER:
            return not self._views(name, block)
        own = self.edition.own_texts(self.edition.text_language(self.language, name))
        serves_all = block.anchor in SECTIONS or name not in own
        return serves_all and not (
            _says_something(block)
            or self._views(name, block)
            or self._remarks.of(block.anchor)
            or self._below(block.anchor, pictures=False)
        )

    def frame(self, table: str) -> "pandas.DataFrame":
        """A table as a DataFrame, one column for each of its columns, numbers as Decimal; KeyError for no table."""
        # Half a second that only a reader's own cells need.
        import pandas

        found = self.edition.tables[table]
        return pandas.DataFrame([dict(row) for row in found], columns=found.columns)

    @kept
    def text(self, chapter: str) -> Text:
        """The words of a chapter, checked; raises Faults."""
        path, shown = self.edition.text_file(self.language, chapter)
        names = self._placeholders(chapter, later=False).vocabulary()
        text = read_chapter_text(path, shown, names, self.wording_of(chapter).catalogue.numbers)
        return chosen(text, names)

    @kept
    def charts(self, section: str) -> list[Chart]:
        """The charts of a section in their order; those without data are left out."""
        rows = [row for row in self.edition.tables["charts"] if row["section"] == section]
        rows.sort(key=lambda row: row["position"])
        drawn = (draw(row, self.edition, self.wording, self.audited, section.endswith(LATER)) for row in rows)
        return [chart for chart in drawn if chart]

    @cached_property
    def wording(self) -> Wording:
        """How the language writes this edition's facts."""
        return Wording.about(self.edition, load_catalogue(self.edition.data, self.language))

    @cached_property
    def audited(self) -> list[Audited]:
        """The claims with their verdicts."""
        return audit(self.edition.tables, self._facts_of_its_time, self.edition.units)

    def audited_on(self, vintage: str) -> list[Audited]:
        """The claims with the verdicts they have on a vintage."""
        return audit(self.edition.tables, self.edition.facts_by_date(vintage), self.edition.units)

    @cached_property
    def statements(self) -> list[Statement]:
        """What our own texts say of two figures, recomputed; the three parts first."""
        return [each for section in self._blocks() for each in self._statements_of(*section)]

    def _statements_of(self, chapter: str, text: Text, block: Block) -> list[Statement]:
        """What a section says of two figures, recomputed from the figures it may use."""
        later = block.anchor.endswith(LATER)
        facts = self.edition.facts if later else self._facts_of_its_time
        audited = partial(audit_claim, facts=facts, tables=self.edition.tables, units=self.edition.units)
        return list(read_back(chapter, text, block, self._placeholders(chapter, later), audited))

    @cached_property
    def _facts_of_its_time(self) -> Facts:
        return self.edition.facts_by_date(self.edition.vintage)

    def _with_explanations(self, output: Output, statements: list[Statement]) -> Output:
        """The output with a card for each number that it links to its row."""
        return output.with_explanations(self._explanations.of(output.data.get("text/markdown", ""), statements))

    @cached_property
    def _explanations(self) -> Explanations:
        return Explanations(self.edition, self.wording, self.audited)

    def unsound(self) -> list[Fault]:
        """What the texts say and the figures do not bear out: statements of ours, and unmarked ones of the original."""
        audited = {one.claim["claim"]: one for one in self.audited}
        faults = [statement.fault(self.edition.units) for statement in self.statements if not statement.is_sound]
        for _, text, block in self._blocks():
            faults += unmarked_quotations(text, block, audited)
        return faults

    def _blocks(self) -> Iterator[tuple[str, Text, Block]]:
        """Every section of every text, the three parts first."""
        chapters = {*self.edition.chapters, *self.edition.chapters_with_words(self.language)}
        for chapter in (*(part for part in PARTS if part in chapters), *sorted(chapters - {*PARTS})):
            text = self.text(chapter)
            for block in text.blocks:
                yield chapter, text, block

    @cached_property
    def _remarks(self) -> Remarks:
        return Remarks(self.edition, self.wording, self.audited)

    @cached_property
    def _first_screen(self) -> FirstScreen:
        return FirstScreen(self.edition, self.wording, self.audited, self.titles)

    def _views(self, chapter: str, block: Block) -> list[TableView]:
        """The tables of a section that have rows: of the data, targets, passages or the audit, by the chapter."""
        if chapter not in TABLE_CHAPTERS or block.level == 1:
            return []
        return self._views_at(chapter, block.anchor)

    @kept
    def _views_at(self, chapter: str, anchor: str) -> list[TableView]:
        name = anchor.removeprefix(f"{chapter}-")
        if chapter == DATA_CHAPTER:
            found = self._table_views.get(name)
        elif chapter == "outlook":
            found = TargetViews(self.edition, self.wording, self.titles).get(f"{chapter}-{name}")
        elif chapter == "proofreading":
            found = self._passage_views.get(name)
        else:
            found = self._audit_views.get(name)
        return [view for view in found if view.has_rows]

    @cached_property
    def _table_views(self) -> TableViews:
        return TableViews(self.edition, self.wording, self.titles)

    @cached_property
    def _audit_views(self) -> AuditViews:
        otherwise = self.audited_on(self.edition.other_vintage)
        return AuditViews(self.edition, self.wording, self.audited, otherwise, self.statements, self.titles)

    @cached_property
    def _passage_views(self) -> "PassageViews":
        # What reads drafts takes longer to load than any chapter but one has use for.
        from diaoyan.passage_views import PassageViews

        return PassageViews(self.edition, self.wording, self.audited)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The headings of all sections by anchor."""
        found = {}
        for chapter, text, block in self._blocks():
            answers = self._placeholders(chapter, later=True).vocabulary()
            found[block.anchor] = fill(block.heading, answers, text.file)
        return found

    def _placeholders(self, chapter: str, later: bool) -> Placeholders:
        return Placeholders(self.edition, self.wording_of(chapter), self.audited, later)

    def wording_of(self, chapter: str) -> Wording:
        """How the language writes that the words of a chapter are in: the reader's, unless nobody translated them."""
        return self._wording_in(self.edition.text_language(self.language, chapter))

    @kept
    def _wording_in(self, language: str) -> Wording:
        if language == self.language:
            return self.wording
        wording = Wording.about(self.edition, load_catalogue(self.edition.data, language))
        return replace(wording, numbers=self.wording.numbers)

    def _text_output(self, name: str, text: Text, block: Block) -> Output:
        answers = self._placeholders(name, later=block.anchor.endswith(LATER)).vocabulary()
        heading = fill(block.heading, answers, text.file)
        body = fill(block.body, answers, text.file).strip("\n")
        language = self.edition.text_language(self.language, name)
        if block.level == 1 and language != self.language:
            heading = marked(heading, language)
            body = f"*{self.wording.catalogue('untranslated')}*\n\n{body}"
        markdown = f"{'#' * block.level} {heading}\n\n{body}".rstrip()
        # Emphasis that held before its placeholders were filled may not hold after (CommonMark knows no Chinese).
        if found := forbidden_markup(markdown):
            expected = "text that reads as meant once its figures are in"
            raise Faults(Fault(text.file, block.line, "", what, expected) for _, what in found)
        return text_output(markdown, block.anchor)


def _says_something(block: Block) -> bool:
    """Whether a section has words of its own."""
    return any(not isinstance(piece, str) or piece.strip() for piece in block.body)


def open_report(edition: str, lang: str, vintage: str = "first_published") -> Report:
    """The report a chapter shows; raises Faults for unknown parameters and for every fault of tables and texts."""
    faults = _unknown_parameters()
    if faults:
        raise Faults(faults)
    # An unknown language is a fault of the parameters, to be told before anything is read.
    require_language(DATA, lang)
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
