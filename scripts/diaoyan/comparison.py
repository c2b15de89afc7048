"""Comparison: what two editions, or one edition and what it was, have differently; the words are comparison_text's.

Figures are those of the city and its peers that each edition could know by its date, as first published.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from diaoyan.claims import Audited, audit
from diaoyan.comparison_findings import ProblemChange, TargetChange, problem_changes, target_changes
from diaoyan.edition import Edition
from diaoyan.facts import Fact
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.figure_pairs import FigurePair, only_in, pairs_of_cities, pairs_of_years, reads_otherwise
from diaoyan.table_changes import CellChange, cell_changes

# The lists of differences in the order a reader wants them.
SECTIONS = (
    "figures",
    "not_compared",
    "revised",
    "claims",
    "problems",
    "targets",
    "only_first",
    "only_second",
    "cells",
)


@dataclass(frozen=True)
class Revision:
    """An observation that reads otherwise: changed, revised (`latest` after `first_published`), added or removed."""

    first: Fact | None
    second: Fact | None


@dataclass(frozen=True)
class ClaimChange:
    """A claim whose verdict, or in the tables of one edition whose result, is another; None where one lacks it."""

    first: Audited | None
    second: Audited | None

    @property
    def id(self) -> str:
        """The claim's id."""
        return (self.second or self.first).claim["claim"]


@dataclass(frozen=True)
class Differences:
    """All differences of two editions, of one `kind`: its tables then and now, two years of a city, two cities."""

    kind: str
    first: Edition
    second: Edition
    figures: tuple[FigurePair, ...] = ()
    not_compared: tuple[FigurePair, ...] = ()
    revised: tuple[Revision, ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    problems: tuple[ProblemChange, ...] = ()
    targets: tuple[TargetChange, ...] = ()
    only_first: tuple[Fact, ...] = ()
    only_second: tuple[Fact, ...] = ()
    cells: tuple[CellChange, ...] = ()


def as_it_was(edition: str, data: Path) -> Edition:
    """An edition in another data folder, such as an older state of this one; its faults name that folder."""
    if not (data / "editions").is_dir():
        raise Faults([Fault(data.as_posix(), 0, "", "no editions", "a data folder with some")])
    try:
        return Edition.load(edition, data)
    except Faults as found:
        # Both folders call their files data/…
        place = f"{data.parent.as_posix()}/"
        own = [fault for fault in found.faults if fault.file.startswith(f"{data.name}/")]
        others = [fault for fault in found.faults if fault not in own]
        raise Faults([*others, *(replace(fault, file=place + fault.file) for fault in own)]) from None


def compare(first: Edition, second: Edition) -> Differences:
    """What differs, by what the two have in common; of one city the older comes first, however they were given."""
    if first.id == second.id:
        if first.data == second.data:
            found = f"{quoted(first.id)} a second time"
            raise Faults(
                [Fault("edition", 0, "", found, "another edition, or --against with a folder of older tables")]
            )
        return _of_tables(first, second)
    if first.meta["city"] == second.meta["city"]:
        return _over_years(*sorted((first, second), key=lambda each: (each.last_day, each.meta["report_year"])))
    return _between_cities(first, second)


def _of_tables(first: Edition, second: Edition) -> Differences:
    revised = tuple(_changed_observations(first, second))
    claims = tuple(_claim_changes(first, second, every=True))
    told = {
        "observations": {_key(each.second or each.first) for each in revised},
        "claims": {each.id for each in claims if not (each.first and each.second)},
    }
    return Differences(
        "tables",
        first,
        second,
        revised=revised,
        claims=claims,
        problems=tuple(change for change in problem_changes(first, second) if change.is_change),
        targets=tuple(change for change in target_changes(first, second) if change.is_change),
        cells=tuple(cell_changes(first, second, told)),
    )


def _over_years(older: Edition, newer: Edition) -> Differences:
    pairs = pairs_of_years(older, newer)
    return Differences(
        "years",
        older,
        newer,
        figures=tuple(pair for pair in pairs if pair.is_compared),
        not_compared=tuple(pair for pair in pairs if not pair.is_compared),
        revised=tuple(_revisions(older, newer)),
        claims=tuple(_claim_changes(older, newer, every=False)),
        problems=tuple(problem_changes(older, newer)),
        targets=tuple(target_changes(older, newer)),
        only_first=only_in(older, newer),
        only_second=only_in(newer, older),
    )


def _between_cities(first: Edition, second: Edition) -> Differences:
    pairs = pairs_of_cities(first, second)
    return Differences(
        "cities",
        first,
        second,
        figures=tuple(pair for pair in pairs if pair.is_compared),
        not_compared=tuple(pair for pair in pairs if not pair.is_compared),
        only_first=only_in(first, second),
        only_second=only_in(second, first),
    )


def _revisions(older: Edition, newer: Edition) -> Iterator[Revision]:
    """What the newer edition gives otherwise of the figures that the older one had, of the city and the peers."""
    areas = {older.meta["city"], *older.meta["peers"], *newer.meta["peers"]}
    known = {_key(fact): fact for fact in older.facts if older.row_speaks(fact.row)}
    for fact in newer.facts:
        if fact.area not in areas or not newer.row_speaks(fact.row):
            continue
        before = known.get(_key(fact)) or known.get((*_key(fact)[:3], "first_published"))
        if before and reads_otherwise(before, fact):
            yield Revision(before, fact)


def _changed_observations(first: Edition, second: Edition) -> Iterator[Revision]:
    """Observations with another value, those added and those removed, in the order of the tables."""
    before, now = ({_key(fact): fact for fact in edition.facts} for edition in (first, second))
    for key in {**before, **now}:
        one, other = before.get(key), now.get(key)
        if one is None or other is None or reads_otherwise(one, other):
            yield Revision(one, other)


def _key(fact: Fact) -> tuple[str, str, str, str]:
    return fact.indicator, fact.area, fact.period, fact.vintage


def _claim_changes(first: Edition, second: Edition, every: bool) -> Iterator[ClaimChange]:
    """Claims of both with another verdict; with `every` also those with another result, and those that one lacks."""
    before, now = ({one.claim["claim"]: one for one in _audited(edition)} for edition in (first, second))
    for claim in {**before, **now}:
        one, other = before.get(claim), now.get(claim)
        if one is None or other is None:
            differs = every
        else:
            differs = one.verdict != other.verdict or (every and one.recomputed.value != other.recomputed.value)
        if differs:
            yield ClaimChange(one, other)


def _audited(edition: Edition) -> list[Audited]:
    if not len(edition.tables["claims"]):
        return []
    return audit(edition.tables, edition.facts_by_date(edition.vintage), edition.units)
