"""What is said of a finding: what the draft claims, what comes out, why, and how it could be worded instead."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.catalogue import Catalogue
from diaoyan.claims import in_stated_terms
from diaoyan.comparison_words import plain
from diaoyan.draft_amounts import Amount
from diaoyan.draft_records import Recorded
from diaoyan.draft_repeats import Repeat
from diaoyan.draft_said import Said
from diaoyan.draft_slips import Slip
from diaoyan.draft_sums import SaidSum
from diaoyan.draft_verdicts import UNITS, as_printed, claim_of
from diaoyan.facts import Fact
from diaoyan.locators import show_locator
from diaoyan.phrases import Phrase, change, difference, gap, share, yearly_growth
from diaoyan.proofreading import Finding
from diaoyan.quantities import Quantity, shortest, show
from diaoyan.tables import Table
from diaoyan.wording import Wording, arithmetic

# Rules that put two figures into words, by the kind of what was claimed of them.
PHRASES: dict[str, Callable[[Fact, Fact], Phrase | None]] = {
    "difference": difference,
    "gap": gap,
    "share": share,
    "yearly_growth": yearly_growth,
    "growth": change,
    "times": change,
    "doublings": change,
}
NO_ROWS = Table("none", (), (), {}, ())


@dataclass(frozen=True)
class DraftWording(Wording):
    """The wording of a draft's own figures: what they are measured against is called as the draft calls it."""

    base: str = ""

    def period(self, period: str) -> str:
        """The base in the draft's words."""
        return self.base

    def area(self, area: str) -> str:
        """The base in the draft's words."""
        return self.base

    def told_apart(self, facts: tuple[Fact, ...]) -> list[str]:
        """Nothing: the draft's figures have no rows."""
        return []

    def cite(self, fact: Fact) -> str:
        """Nothing: the draft's figures have no rows."""
        return ""


@dataclass(frozen=True)
class DraftWords:
    """Says in one language what was found in a draft; `place_of` names the place of a position in it."""

    catalogue: Catalogue
    place_of: Callable[[int], str]

    def claimed(self, finding: Finding) -> str:
        """What the draft says, as it is printed."""
        said = finding.said
        if isinstance(said, Said):
            return self._amount(said.by)
        if isinstance(said, SaidSum):
            return "100%" if said.total is None else self._of_sum(said, said.total)
        if isinstance(said, Repeat):
            return self._amount(said.again.amount)
        if isinstance(said, Recorded):
            return self._amount(said.level.amount)
        return finding.text

    def recomputed(self, finding: Finding) -> str:
        """The arithmetic written out with its result; empty where there is none."""
        said, audited = finding.said, finding.audited and finding.audited.audited
        if isinstance(said, SaidSum):
            parts = " + ".join(f"{part:f}" for part in said.parts)
            return f"{parts} = {self._of_sum(said, said.sum)}"
        if isinstance(said, Repeat):
            return self._amount(said.first.amount)
        if isinstance(said, Recorded):
            return show(said.fact.quantity, self.catalogue)
        if audited is None or audited.recomputed.operator is None or audited.recomputed.value is None:
            return ""
        return arithmetic(audited.recomputed.operator, *audited.recomputed.facts, self.catalogue)

    def value(self, finding: Finding) -> float | None:
        """The recomputed number in the terms of what is claimed; None where nothing comes out."""
        if isinstance(finding.said, SaidSum):
            return float(finding.said.sum)
        if isinstance(finding.said, Repeat):
            return float(finding.said.first.amount.number)
        if isinstance(finding.said, Recorded):
            return float(finding.said.fact.quantity.in_base / finding.said.level.amount.unit.per_base)
        if finding.audited is None or finding.audited.audited is None:
            return None
        known = {**UNITS, finding.said.by.unit.name: as_printed(finding.said.by.unit)}
        value, _ = in_stated_terms(claim_of(finding.said), finding.audited.audited.recomputed, known)
        return None if value is None else float(value)

    def reason(self, finding: Finding) -> str:
        """Why the verdict is what it is."""
        said = finding.said
        if isinstance(said, Slip):
            return self._reason(said.reason, **dict(said.parts))
        if isinstance(said, SaidSum):
            total = "" if said.total is None else self._of_sum(said, said.total)
            name = "holds" if not finding.is_fault else "shares" if said.total is None else "sum"
            return self._reason(name, sum=self._of_sum(said, said.sum), total=total)
        if isinstance(said, Repeat):
            first = said.first
            place = self.place_of(first.sentence.span(first.place, first.place + 1)[0])
            return self._reason("repeat", place=place, first=self._amount(first.amount))
        if isinstance(said, Recorded):
            cite = show_locator(said.fact.locator, self.catalogue) or said.fact.source
            return self._reason("record", amount=show(said.fact.quantity, self.catalogue), cite=cite)
        if finding.audited.missing == "unit_changes":
            return self._reason("unit_changes", old=said.old.amount.unit.name, new=said.new.amount.unit.name)
        if finding.audited.missing:
            return self._reason(finding.audited.missing)
        if finding.verdict.startswith("unit_"):
            return self._reason("points" if said.by.kind == "rate" else "points_of_amount")
        return self.recomputed(finding) if finding.is_fault else self._reason("holds")

    def suggestion(self, finding: Finding) -> str:
        """What the draft could say instead; empty where only its author knows."""
        said = finding.said
        if not finding.is_fault:
            return ""
        if isinstance(said, Slip):
            return self._completed(said)
        if isinstance(said, SaidSum):
            return "" if said.total is None else self._of_sum(said, said.sum)
        if isinstance(said, Recorded):
            return show(said.fact.quantity, self.catalogue)
        if isinstance(said, Repeat) or finding.audited.audited is None:
            return ""
        return self._phrase(said, finding.audited.audited.recomputed.facts)

    def _phrase(self, said: Said, facts: tuple[Fact, ...]) -> str:
        if len(facts) != 2:
            return ""
        phrase = PHRASES[said.kind](*facts)
        if phrase is None or (
            said.kind == "growth" and said.by.kind == "rate" and facts[0].quantity.unit.dimension == "percent"
        ):
            return ""
        base = said.base or (
            said.old.sentence.plain.text[said.old.moment.start : said.old.moment.end]
            if said.old.moment and said.old.moment.end
            else ""
        )
        number = plain(self._wording(base)._number(phrase, facts[0])) if phrase.number is not None else ""
        falls = facts[0].quantity.in_base < facts[1].quantity.in_base
        if said.kind in ("share", "yearly_growth"):
            key = "yearly_decline" if falls and said.kind == "yearly_growth" else said.kind
            return self.catalogue(f"proofread.suggestions.{key}", number=number.lstrip("−-"))
        if said.kind == "difference":
            stem = "points" if facts[0].quantity.unit.dimension == "percent" else "difference"
            return self.catalogue(f"proofread.suggestions.{stem}_{'down' if falls else 'up'}", number=number)
        if not base:
            return self._alone(phrase, number)
        return plain(self._wording(base).phrase(phrase, *facts, named=bool(base))).strip()

    def _alone(self, phrase: Phrase, number: str) -> str:
        """A change whose base the draft does not name."""
        if phrase.doublings is not None:
            return self.catalogue(f"phrases.{phrase.key}_words.{phrase.doublings}")
        key = f"stated.{phrase.key}"
        return (
            self.catalogue(key, amount=number)
            if self.catalogue.has(key)
            else self.catalogue("proofread.suggestions.times", number=number)
        )

    def _wording(self, base: str) -> DraftWording:
        return DraftWording(self.catalogue, UNITS, NO_ROWS, NO_ROWS, NO_ROWS, "", base=base)

    def _completed(self, slip: Slip) -> str:
        """The figure with the unit it lacks."""
        parts = dict(slip.parts)
        ends = {"unit_percent": "%", "unit_yuan": "元"}
        return parts["number"] + ends[slip.reason] if slip.reason in ends else ""

    def _of_sum(self, said: SaidSum, value: Decimal) -> str:
        if said.total_level is None:
            return f"{value:f}%"
        return show(Quantity(value, as_printed(said.total_level.amount.unit)), self.catalogue)

    def _amount(self, amount: Amount) -> str:
        return show(
            Quantity(
                amount.number if amount.number.as_tuple().exponent <= 0 else shortest(amount.number),
                as_printed(amount.unit),
            ),
            self.catalogue,
        )

    def _reason(self, name: str, **parts: str) -> str:
        return self.catalogue(f"proofread.reasons.{name}", **parts)
