"""What has become of an edition's problems and targets by the figures of another."""

from collections.abc import Iterator
from dataclasses import dataclass

from diaoyan.edition import Edition
from diaoyan.facts import Fact
from diaoyan.findings import Figures, newest_figures, severity
from diaoyan.periods import is_year
from diaoyan.tables import Row
from diaoyan.targets import Aim, aim_of

# Of a row of evidence, what is no change.
UNCHANGED = ("no_newer_figure", "no_figure")


@dataclass(frozen=True)
class EvidenceChange:
    """A row of evidence with the figures of each edition at its own date.

    `state` is no_longer_holds, eased, grown, unchanged, arisen, not_borne_out, stands, no_newer_figure or no_figure.
    """

    evidence: Row
    first: Figures | None
    second: Figures | None
    state: str


@dataclass(frozen=True)
class ProblemChange:
    """A problem: `gone`, `new`, in both (`stays`), or `unreported` where the other edition reports none at all."""

    problem: str
    state: str
    evidence: tuple[EvidenceChange, ...]

    @property
    def is_change(self) -> bool:
        """Whether one edition lacks it or its figures have moved."""
        return self.state != "stays" or any(each.state not in UNCHANGED for each in self.evidence)


@dataclass(frozen=True)
class TargetChange:
    """A target of the first edition with the newest figure of the second, None where it has none.

    `state` is met, met_before, missed_since, not_met or no_newer_figure.
    """

    aim: Aim
    newest: Fact | None

    @property
    def state(self) -> str:
        """Whether the figures of the second edition reach what those of the first did, or did not."""
        start = self.aim.start
        if self.newest is None or self.newest.period < start.period:
            return "no_newer_figure"
        if self.aim.is_reached_by(self.newest):
            return "met_before" if self.aim.is_reached else "met"
        if self.aim.is_reached:
            return "missed_since"
        is_the_same = (self.newest.period, self.newest.quantity.in_base) == (start.period, start.quantity.in_base)
        return "no_newer_figure" if is_the_same else "not_met"

    @property
    def is_change(self) -> bool:
        """Whether it is reached by one edition's figures and not by the other's."""
        return self.state in ("met", "missed_since")


def problem_changes(first: Edition, second: Edition) -> Iterator[ProblemChange]:
    """The problems of both, those of the second first, each with the evidence it has in either."""
    before, now = _problems(first), _problems(second)
    for problem in dict.fromkeys([*now, *before]):
        if problem in before and problem in now:
            state = "stays"
        elif not before or not now:
            state = "unreported"
        else:
            state = "new" if problem in now else "gone"
        rows = {
            row["evidence"]: row
            for edition in (first, second)
            for row in edition.tables["evidence"]
            if row["problem"] == problem
        }
        yield ProblemChange(problem, state, tuple(_evidence_change(row, first, second) for row in rows.values()))


def target_changes(first: Edition, second: Edition) -> Iterator[TargetChange]:
    """The targets of the first edition that its figures give a goal for, by the figures of the second."""
    for row in first.tables["targets"]:
        aim = aim_of(row, first)
        if aim:
            yield TargetChange(aim, _newest_of_year(second, row["indicator"]))


def _problems(edition: Edition) -> list[str]:
    """The problems in the order of the report."""
    positions = {row["item"]: row["position"] for row in edition.tables["items"]}
    return sorted((row["problem"] for row in edition.tables["problems"]), key=lambda problem: positions[problem])


def _evidence_change(row: Row, first: Edition, second: Edition) -> EvidenceChange:
    one, other = (newest_figures(row, edition, later=False) for edition in (first, second))
    return EvidenceChange(row, one, other, _state(row["rule"], one, other))


def _state(rule: str, one: Figures | None, other: Figures | None) -> str:
    if other is None:
        return "no_figure"
    now = severity(rule, other)
    if one is None:
        return "stands" if now > 0 else "not_borne_out"
    before = severity(rule, one)
    if other.own.period < one.own.period or (other.own.period == one.own.period and now == before):
        return "no_newer_figure"
    if before <= 0:
        return "arisen" if now > 0 else "not_borne_out"
    if now <= 0:
        return "no_longer_holds"
    if now == before:
        return "unchanged"
    return "eased" if now < before else "grown"


def _newest_of_year(edition: Edition, indicator: str) -> Fact | None:
    """The newest exact figure of a year that the edition could know."""
    series = edition.facts.series(indicator, edition.meta["city"])
    known = [fact for fact in series if is_year(fact.period) and fact.qualifier is None]
    return next((fact for fact in reversed(known) if edition.speaks(fact, later=False)), None)
