"""What is said of a finding: what the draft claims, what comes out, why, and how it could be worded instead."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from diaoyan.catalogue import Catalogue
from diaoyan.draft_amounts import Amount
from diaoyan.draft_records import Recorded
from diaoyan.draft_repeats import Repeat
from diaoyan.draft_said import Said, SaidSum
from diaoyan.draft_slips import Slip
from diaoyan.draft_statement_words import StatementWords
from diaoyan.draft_verdicts import as_printed, shown
from diaoyan.locators import show_locator
from diaoyan.proofreading import Finding
from diaoyan.quantities import Quantity, show


class KindWords(Protocol):
    """The words for findings of a kind: each takes one, and gives text, empty where there is none."""

    def claimed(self, finding: Finding) -> str:
        """What the draft says, as it is printed."""

    def recomputed(self, finding: Finding) -> str:
        """The arithmetic written out with its result, or the figure that stands against the draft's."""

    def value(self, finding: Finding) -> Decimal | None:
        """The number that comes out, in the terms of what is claimed; None where nothing does."""

    def reason(self, finding: Finding) -> str:
        """Why the verdict is what it is."""

    def suggestion(self, finding: Finding) -> str:
        """What the draft could say instead of a fault; empty where only its author knows."""


class DraftWords:
    """Says in one language what was found in a draft; `place_of` names the place of a position in it."""

    def __init__(self, catalogue: Catalogue, place_of: Callable[[int], str]):
        self._by_kind: dict[type, KindWords] = {
            Said: StatementWords(catalogue),
            SaidSum: _SumWords(catalogue),
            Slip: _SlipWords(catalogue),
            Repeat: _RepeatWords(catalogue, place_of),
            Recorded: _RecordWords(catalogue),
        }

    def claimed(self, finding: Finding) -> str:
        """What the draft says, as it is printed."""
        return self._of(finding).claimed(finding)

    def recomputed(self, finding: Finding) -> str:
        """The arithmetic written out with its result; empty where there is none."""
        return self._of(finding).recomputed(finding)

    def value(self, finding: Finding) -> float | None:
        """The recomputed number in the terms of what is claimed; None where nothing comes out."""
        value = self._of(finding).value(finding)
        return None if value is None else float(value)

    def reason(self, finding: Finding) -> str:
        """Why the verdict is what it is."""
        return self._of(finding).reason(finding)

    def suggestion(self, finding: Finding) -> str:
        """What the draft could say instead; empty where it is right, or only its author knows."""
        return self._of(finding).suggestion(finding) if finding.is_fault else ""

    def _of(self, finding: Finding) -> KindWords:
        return self._by_kind[type(finding.said)]


@dataclass(frozen=True)
class _SumWords:
    catalogue: Catalogue

    def claimed(self, finding: Finding) -> str:
        said = finding.said
        return self._amount(said, Decimal(100) if said.total is None else said.total)

    def recomputed(self, finding: Finding) -> str:
        parts = " + ".join(f"{part:f}" for part in finding.said.parts)
        return f"{parts} = {self._amount(finding.said, finding.said.sum)}"

    def value(self, finding: Finding) -> Decimal:
        return finding.said.sum

    def reason(self, finding: Finding) -> str:
        name = "holds" if not finding.is_fault else "shares" if finding.said.total is None else "sum"
        parts = {"sum": self._amount(finding.said, finding.said.sum), "total": self.claimed(finding)}
        return self.catalogue(f"proofread.reasons.{name}", **parts)

    def suggestion(self, finding: Finding) -> str:
        return "" if finding.said.total is None else self._amount(finding.said, finding.said.sum)

    def _amount(self, said: SaidSum, value: Decimal) -> str:
        if said.total_level is None:
            return f"{value:f}%"
        return show(Quantity(value, as_printed(said.total_level.amount.unit)), self.catalogue)


@dataclass(frozen=True)
class _SlipWords:
    catalogue: Catalogue

    def claimed(self, finding: Finding) -> str:
        return finding.text

    def recomputed(self, finding: Finding) -> str:
        return ""

    def value(self, finding: Finding) -> None:
        return None

    def reason(self, finding: Finding) -> str:
        return self.catalogue(f"proofread.reasons.{finding.said.reason}", **dict(finding.said.parts))

    def suggestion(self, finding: Finding) -> str:
        """The figure with the unit it lacks."""
        parts = dict(finding.said.parts)
        return parts["number"] + parts["lacks"] if "lacks" in parts else ""


@dataclass(frozen=True)
class _RepeatWords:
    catalogue: Catalogue
    place_of: Callable[[int], str]

    def claimed(self, finding: Finding) -> str:
        return shown(finding.said.again.amount, self.catalogue)

    def recomputed(self, finding: Finding) -> str:
        return shown(finding.said.first.amount, self.catalogue)

    def value(self, finding: Finding) -> Decimal:
        return finding.said.first.amount.number

    def reason(self, finding: Finding) -> str:
        first = finding.said.first
        place = self.place_of(first.sentence.span(first.place, first.place + 1)[0])
        return self.catalogue("proofread.reasons.repeat", place=place, first=self.recomputed(finding))

    def suggestion(self, finding: Finding) -> str:
        return ""


@dataclass(frozen=True)
class _RecordWords:
    catalogue: Catalogue

    def claimed(self, finding: Finding) -> str:
        return shown(finding.said.level.amount, self.catalogue)

    def recomputed(self, finding: Finding) -> str:
        return show(finding.said.fact.quantity, self.catalogue)

    def value(self, finding: Finding) -> Decimal:
        amount: Amount = finding.said.level.amount
        return finding.said.fact.quantity.in_base / amount.unit.per_base

    def reason(self, finding: Finding) -> str:
        fact = finding.said.fact
        cite = show_locator(fact.locator, self.catalogue) or fact.source
        return self.catalogue("proofread.reasons.record", amount=self.recomputed(finding), cite=cite)

    def suggestion(self, finding: Finding) -> str:
        return self.recomputed(finding)
