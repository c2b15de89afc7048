"""What a comparison says, in one language: a title, and sections of one sentence for each difference."""

from collections.abc import Iterator
from functools import cached_property

from diaoyan import phrases
from diaoyan.catalogue import Catalogue
from diaoyan.comparison import SECTIONS, ClaimChange, Differences, Revision
from diaoyan.comparison_figures import FigureSentences
from diaoyan.comparison_findings import EvidenceChange, ProblemChange, TargetChange
from diaoyan.comparison_words import ComparisonWords, Line, capital
from diaoyan.findings import COMPARING, Figures
from diaoyan.markup_check import plain
from diaoyan.quantities import rounded
from diaoyan.table_changes import CellChange
from diaoyan.targets import GOAL_DECIMALS
from diaoyan.wording import localised


class ComparisonText:
    """Writes a comparison in the language of a catalogue, as plain text."""

    def __init__(self, differences: Differences, catalogue: Catalogue):
        self.differences = differences
        self._say = catalogue
        self._words = ComparisonWords(differences, catalogue)
        self._wording = self._words.wording
        self._figures = FigureSentences(self._words)

    @property
    def catalogue(self) -> Catalogue:
        """The words it is written with."""
        return self._say

    @property
    def title(self) -> str:
        """What is compared: 郑州：2022年9月8日与2025年12月的报告比较."""
        return self._say(f"diff.title.{self.differences.kind}", **self._words.names())

    @property
    def basis(self) -> str:
        """On what terms, in a sentence or two."""
        return self._say(f"diff.basis.{self.differences.kind}")

    def head(self, section: str) -> str:
        """The heading of a section."""
        if not section.startswith("only_"):
            return self._say(f"diff.heads.{section}")
        key = "only_city" if self.differences.kind == "cities" else "only"
        return self._say(f"diff.heads.{key}", name=self._words.names()[section.removeprefix("only_")])

    def columns(self) -> list[str]:
        """The heads of the table of figures."""
        names = self._words.names()
        sides = (capital(names[side]) for side in ("first", "second"))
        return [self._say("columns.indicator"), *sides, self._say("diff.compared"), self._say("columns.source")]

    @cached_property
    def sections(self) -> dict[str, list[Line]]:
        """The sections that say something, by name, in the order a reader wants them."""
        first, second = self._words.editions
        of_figures = self._figures.of_cities if self.differences.kind == "cities" else self._figures.of_years
        writers = {
            "figures": of_figures,
            "not_compared": self._figures.not_compared,
            "revised": self._revision,
            "claims": self._claim,
            "problems": self._problem,
            "targets": self._target,
            "only_first": lambda fact: self._figures.alone(fact, first),
            "only_second": lambda fact: self._figures.alone(fact, second),
            "cells": self._cell,
        }
        found = {name: [writers[name](entry) for entry in getattr(self.differences, name)] for name in SECTIONS}
        if self.differences.kind == "years":
            found["problems"] += self._without_problems()
            found["targets"] += self._without_targets()
        return {name: lines for name, lines in found.items() if lines}

    def as_text(self) -> str:
        """The whole comparison for a screen: the title, on what terms, and the sections with their sentences."""
        sections = self.sections
        parts = [[self.title, self.basis]]
        parts += [[self.head(name), *(f"  {line.text}" for line in lines)] for name, lines in sections.items()]
        if not sections:
            parts.append([self._say("diff.nothing")])
        return "\n\n".join("\n".join(part) for part in parts)

    def _revision(self, revision: Revision) -> Line:
        facts = [fact for fact in (revision.first, revision.second) if fact]
        key = "added" if revision.second else "removed"
        if len(facts) == 2:
            key = "changed" if facts[0].vintage == facts[1].vintage else "revised"
        fact = facts[-1]
        subject = self._wording.indicator(fact.indicator)
        if fact.area not in {edition.meta["city"] for edition in self._words.editions}:
            subject = self._say("recomputed.subject", area=self._wording.area(fact.area), indicator=subject)
        if fact.vintage == "latest" and key != "revised":
            subject = self._say("diff.in_brackets", words=subject, note=self._say("values.latest"))
        parts = {
            "subject": capital(plain(subject)),
            "period": self._wording.period(fact.period),
            "first": self._wording.amount(facts[0]),
            "second": self._wording.amount(fact),
            "sources": self._words.sources(*(facts[-1:] if key == "revised" else facts)),
        }
        return Line(self._say(f"diff.{key}", **parts), revision)

    def _claim(self, change: ClaimChange) -> Line:
        both = [one for one in (change.first, change.second) if one]
        first, second = both[0], both[-1]
        if len(both) == 2:
            key = "claim" if self._words.quoted(first) == self._words.quoted(second) else "claim_reworded"
        else:
            key = "claim_added" if change.second else "claim_removed"
        parts = {
            "wording": self._words.quoted(first),
            "first": self._words.result(first),
            "second_wording": self._words.quoted(second),
            "second": self._words.result(second),
        }
        return Line(self._say(f"diff.{key}", **parts), change)

    def _problem(self, change: ProblemChange) -> Line:
        said = [self._say(f"diff.problem.{change.state}", title=self._words.title(change.problem))]
        said += [self._evidence(each) for each in change.evidence]
        return Line(self._say("diff.sentence", said=self._say("list.clauses").join(said)), change)

    def _evidence(self, change: EvidenceChange) -> str:
        """What a row of evidence says at both dates, and what that makes of the problem."""
        figures = [each for each in (change.first, change.second) if each]
        if change.state == "no_newer_figure":
            figures = figures[:1]
        said = [self._statement(change, each) for each in figures]
        said = said or [self._wording.plain_name(self._wording.indicators, change.evidence["indicator"])]
        return self._say("diff.between").join([*said, self._say(f"diff.states.{change.state}")])

    def _statement(self, change: EvidenceChange, figures: Figures) -> str:
        """The figure of one date: 2022年全社会研发经费投入强度低于全省0.08个百分点."""
        own, other = figures.own, figures.other
        compares = change.evidence["rule"] in COMPARING
        said = self._words.phrase(phrases.gap(own, other), own, other) if compares else self._wording.amount(own)
        name = self._wording.plain_name(self._wording.indicators, own.indicator)
        period = self._wording.period(own.period)
        key = "findings.compared" if compares else "findings.outstanding"
        return self._say(key, period=period, indicator=name, said=said)

    def _target(self, change: TargetChange) -> Line:
        aim = change.aim
        goal = self._wording.percent(rounded(aim.goal, GOAL_DECIMALS))
        if aim.stated_goal:
            goal = self._wording.amount(aim.stated_goal)
        said = [self._say(f"diff.target_states.{change.state}")]
        if change.newest and change.state != "no_newer_figure":
            said.insert(0, self._words.dated(change.newest, self.differences.second))
        parts = {
            "recommendation": self._words.title(aim.row["recommendation"]),
            "name": localised(aim.row, "name", self._say.language),
            "period": self._wording.period(aim.row["period"]),
            "goal": goal,
            "said": self._say("diff.between").join(said),
        }
        return Line(self._say("diff.target", **parts), change)

    def _cell(self, change: CellChange) -> Line:
        parts = {"table": self._words.table(change.table), "row": change.key}
        if not change.column:
            return Line(self._say("diff.row_removed" if change.second is None else "diff.row_added", **parts), change)
        first, second = (each or self._say("diff.empty") for each in (change.first, change.second))
        column = self._words.column(change.column)
        return Line(self._say("diff.cell", first=first, second=second, column=column, **parts), change)

    def _without_problems(self) -> Iterator[Line]:
        """That there is nothing to compare where a report has a chapter on problems and lists none."""
        names = self._words.names()
        sides = {"first": self.differences.first, "second": self.differences.second}
        without = [side for side, edition in sides.items() if not len(edition.tables["problems"])]
        if not all("problems" in edition.chapters for edition in sides.values()):
            return
        if len(without) == 2:
            yield Line(self._say("diff.unreported.both"))
        elif without:
            yield Line(self._say("diff.unreported.problems", report=capital(names[without[0]])))

    def _without_targets(self) -> Iterator[Line]:
        """That the first report recommends nothing that the figures of the second could reach."""
        if not self.differences.targets and "recommendations" in self.differences.first.chapters:
            yield Line(self._say("diff.unreported.targets", report=capital(self._words.names()["first"])))
