"""What is said of a statement of a draft: the arithmetic with its figures, and the project's own wording of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from diaoyan.catalogue import Catalogue
from diaoyan.claims import in_stated_terms
from diaoyan.draft_amounts import POINTS, Amount
from diaoyan.draft_said import Said
from diaoyan.draft_verdicts import UNITS, as_printed, claim_of, shown
from diaoyan.facts import Fact
from diaoyan.markup_check import plain
from diaoyan.phrases import Phrase, change, difference, gap, share, yearly_growth
from diaoyan.proofreading import Finding
from diaoyan.quantities import Quantity, show
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
# Before the result of an arithmetic.
EQUALS, MINUS = " = ", "−"
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
class StatementWords:
    """The words for statements of two figures."""

    catalogue: Catalogue

    def claimed(self, finding: Finding) -> str:
        """By how much the draft says."""
        return shown(finding.said.by, self.catalogue)

    def recomputed(self, finding: Finding) -> str:
        """The arithmetic written out with its result; empty where there is none."""
        audited = finding.audited.audited
        if audited is None or audited.recomputed.operator is None or audited.recomputed.value is None:
            return ""
        written = arithmetic(audited.recomputed.operator, *audited.recomputed.facts, self.catalogue)
        is_points = finding.said.kind in ("difference", "gap") and finding.said.new.is_rate
        if not is_points:
            return written
        points = show(Quantity(abs(audited.recomputed.value), UNITS[POINTS.name]), self.catalogue)
        sign = MINUS if audited.recomputed.value < 0 else ""
        return f"{written.rpartition(EQUALS)[0]}{EQUALS}{sign}{points}"

    def value(self, finding: Finding) -> Decimal | None:
        """The recomputed number in the terms of what is claimed; None where nothing comes out."""
        if finding.audited.audited is None:
            return None
        said = finding.said
        amounts = (said.by, *(level.amount for level in (said.new, said.old) if level))
        known = UNITS | {amount.unit.name: as_printed(amount.unit) for amount in amounts}
        return in_stated_terms(claim_of(finding.said), finding.audited.audited.recomputed, known)[0]

    def reason(self, finding: Finding) -> str:
        """What is missing, or wrong with the unit, or the arithmetic that contradicts it."""
        said, missing = finding.said, finding.audited.missing
        if missing == "unit_changes":
            return self._reason(missing, old=said.old.amount.unit.name, new=said.new.amount.unit.name)
        if missing:
            return self._reason(missing)
        if finding.verdict.startswith("unit_"):
            return self._reason("points" if said.by.kind == "rate" else "points_of_amount")
        return self.recomputed(finding) if finding.is_fault else self._reason("holds")

    def suggestion(self, finding: Finding) -> str:
        """The project's own wording of the two figures."""
        audited, said = finding.audited.audited, finding.said
        if said.rate and said.new and said.old:
            return said.rate + shown(_made(said), self.catalogue)
        if audited is None or len(audited.recomputed.facts) != 2:
            return ""
        return self._phrase(said, audited.recomputed.facts)

    def _phrase(self, said: Said, facts: tuple[Fact, ...]) -> str:
        new, old = facts
        phrase = PHRASES[said.kind](new, old)
        of_percent = new.quantity.unit.dimension == "percent"
        if phrase is None or (said.kind == "growth" and said.by.kind == "rate" and of_percent):
            return ""
        wording = DraftWording(self.catalogue, UNITS, NO_ROWS, NO_ROWS, NO_ROWS, "", base=_base_of(said))
        number = "" if phrase.number is None else plain(wording.number(phrase, new))
        falls = new.quantity.in_base < old.quantity.in_base
        if said.kind in ("share", "yearly_growth"):
            key = "yearly_decline" if falls and said.kind == "yearly_growth" else said.kind
            return self.catalogue(f"proofread.suggestions.{key}", number=number.lstrip("−-"))
        if said.kind == "difference":
            stem = "points" if of_percent else "difference"
            return self.catalogue(f"proofread.suggestions.{stem}_{'down' if falls else 'up'}", number=number)
        return (
            plain(wording.phrase(phrase, *facts, named=True)).strip() if wording.base else self._alone(phrase, number)
        )

    def _alone(self, phrase: Phrase, number: str) -> str:
        """A change whose base the draft does not name."""
        if phrase.doublings is not None:
            return self.catalogue(f"phrases.{phrase.key}_words.{phrase.doublings}")
        key = f"stated.{phrase.key}"
        if self.catalogue.has(key):
            return self.catalogue(key, amount=number)
        return self.catalogue("proofread.suggestions.times", number=number)

    def _reason(self, name: str, **parts: str) -> str:
        return self.catalogue(f"proofread.reasons.{name}", **parts)


def _made(said: Said) -> Amount:
    """What a rate comes to, in the draft's unit and with as many decimals."""
    rate = said.new.size / said.old.size * 100 / said.by.unit.per_base
    return replace(said.by, number=rate.quantize(Decimal(1).scaleb(said.by.number.as_tuple().exponent)))


def _base_of(said: Said) -> str:
    """What a statement is measured against, as the draft calls it."""
    moment = said.old.moment
    if said.base or moment is None or not moment.end:
        return said.base
    return said.old.sentence.plain.text[moment.start : moment.end]
