"""Findings: whether the figures bear a problem out, at the report's date and by what came later."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from diaoyan.facts import Comparison, Fact
from diaoyan.tables import Row

if TYPE_CHECKING:
    # Editions are checked against the rules here before they exist.
    from diaoyan.edition import Edition

# Rules that hold the city's figure against another area's.
COMPARING = ("below_area", "above_area")
STATES = ("confirmed", "eased", "no_longer_holds", "not_borne_out", "no_figure")


@dataclass(frozen=True)
class Figures:
    """The city's figure and, for a rule that compares, the other area's of the same period."""

    own: Fact
    other: Fact | None


@dataclass(frozen=True)
class Finding:
    """A row of evidence, its state, and the figures at the report's date and the newest ones."""

    evidence: Row
    state: str
    then: Figures | None
    now: Figures | None


def findings(edition: "Edition") -> list[Finding]:
    """Every row of evidence judged, in the order of the table."""
    return [judge(row, edition) for row in edition.tables["evidence"]]


def judge(evidence: Row, edition: "Edition") -> Finding:
    """The state of a problem by one row of evidence: borne out at the report's date, and what has become of it."""
    then = newest_figures(evidence, edition, later=False)
    now = newest_figures(evidence, edition, later=True)
    if now is None:
        return Finding(evidence, "no_figure", None, None)
    before = severity(evidence["rule"], then) if then else None
    return Finding(evidence, _state(before, severity(evidence["rule"], now)), then, now)


def severity(rule: str, figures: Figures) -> Decimal:
    """How far the problem goes, in base units: above zero while it stands."""
    if rule == "above_zero":
        return figures.own.quantity.in_base
    difference = Comparison(figures.own, figures.other).difference
    return -difference if rule == "below_area" else difference


def _state(before: Decimal | None, now: Decimal) -> str:
    if now <= 0:
        return "no_longer_holds" if before and before > 0 else "not_borne_out"
    return "eased" if before and now < before else "confirmed"


def newest_figures(evidence: Row, edition: "Edition", later: bool) -> Figures | None:
    """The edition's figures of the newest period that has all the rule needs; a target is no figure."""
    own = _by_period(edition, evidence["indicator"], edition.meta["city"], later)
    if evidence["rule"] not in COMPARING:
        return Figures(own[max(own)], None) if own else None
    other = _by_period(edition, evidence["indicator"], evidence["comparison_area"], later)
    shared = own.keys() & other.keys()
    return Figures(own[max(shared)], other[max(shared)]) if shared else None


def _by_period(edition: "Edition", indicator: str, area: str, later: bool) -> dict[str, Fact]:
    series = edition.facts.series(indicator, area)
    return {fact.period: fact for fact in series if fact.qualifier != "target" and edition.speaks(fact, later)}
