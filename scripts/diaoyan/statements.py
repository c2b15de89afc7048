"""Statements: what our own texts say of two figures, read back as claims and recomputed like those of the original."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from diaoyan.claims import IN_OWN_UNIT, SOUND, Audited, expected_unit, in_stated_terms
from diaoyan.faults import Fault, quoted
from diaoyan.placeholders import Compared, Placeholders
from diaoyan.quantities import Unit
from diaoyan.tables import Row
from diaoyan.texts import Block, Placeholder, Text, fill

# What a phrase says, as a claim: its kind, whether of a rise (1) or a fall (−1), and the claim's qualifier: 近 (near),
# 超过 (above) or 不足 (below).
READINGS = {
    "unchanged": ("difference", 1, None),
    "almost_unchanged": ("growth", 1, None),
    "growth": ("growth", 1, None),
    "growth_above": ("growth", 1, "above"),
    "growth_some": ("growth", 1, "above"),
    "decline": ("growth", -1, None),
    "decline_above": ("growth", -1, "below"),
    "decline_some": ("growth", -1, "below"),
    "times": ("times", 1, None),
    "times_above": ("times", 1, "above"),
    "times_below": ("times", 1, "below"),
    "doublings": ("doublings", 1, None),
    "nearly_doublings": ("doublings", 1, "near"),
    "share": ("share", 1, None),
    "yearly_growth": ("yearly_growth", 1, None),
    "rank": ("rank", 1, None),
    "rank_joint": ("rank", 1, None),
    "equal": ("gap", 1, None),
    **{
        f"{word}{bound}": (kind, sign, qualifier)
        for kind, sign, words in (
            ("difference", 1, ("increase", "points_up")),
            ("difference", -1, ("decrease", "points_down")),
            ("gap", 1, ("above", "above_points")),
            ("gap", -1, ("below", "below_points")),
        )
        for word in words
        for bound, qualifier in (
            ("", None),
            ("_above", "above" if sign > 0 else "below"),
            ("_some", "above" if sign > 0 else "below"),
        )
    },
}


@dataclass(frozen=True)
class Statement:
    """A phrase of our own as printed (Markdown), where it stands, and the claim it makes with its verdict."""

    words: str
    chapter: str
    section: str
    number: int
    place: Placeholder
    audited: Audited

    @property
    def anchor(self) -> str:
        """Where the audit page shows the statement: by its section and its number there."""
        return f"statement-{self.section}-{self.number}"

    @property
    def is_sound(self) -> bool:
        """Whether the figures bear the statement out."""
        return self.audited.verdict in SOUND

    def as_data(self, units: dict[str, Unit]) -> dict:
        """The statement for other programs."""
        claim, (value, unit) = self.audited.claim, self._recomputed(units)
        return {
            "chapter": self.chapter,
            "section": self.section,
            "number": self.number,
            "file": claim.file,
            "line": claim.line,
            "kind": claim["kind"],
            "stated": float(claim["stated"]),
            "stated_unit": claim["stated_unit"],
            "recomputed": None if value is None else float(value),
            "recomputed_unit": unit,
            "verdict": self.audited.verdict,
            "rests_on": [fact.anchor for fact in self.audited.recomputed.facts],
        }

    def fault(self, units: dict[str, Unit]) -> Fault:
        """What is wrong with a statement that is not sound."""
        claim, (value, unit) = self.audited.claim, self._recomputed(units)
        said = f"{claim['kind']} {claim['stated']}{claim['stated_unit']}, {self.audited.verdict}"
        expected = "figures to recompute it from" if value is None else f"{value:.2f}{unit}, as recomputed"
        return Fault(claim.file, claim.line, str(self.place.column), f"a statement of ours ({said})", expected)

    def _recomputed(self, units: dict[str, Unit]) -> tuple[Decimal | None, str]:
        return in_stated_terms(self.audited.claim, self.audited.recomputed, units)


def read_back(
    chapter: str, text: Text, block: Block, answers: Placeholders, audited: Callable[[Row], Audited]
) -> Iterator[Statement]:
    """What a section says of two figures; `audited` recomputes a claim from the figures the section may use."""
    number = 0
    for place in (*block.heading, *block.body):
        if not isinstance(place, Placeholder):
            continue
        before = len(answers.comparisons)
        fill((place,), answers.vocabulary(), text.file)
        for compared in answers.comparisons[before:]:
            claim = claim_of(compared, text.file, place.line)
            if claim:
                number += 1
                yield Statement(compared.words, chapter, block.anchor, number, place, audited(claim))


def unmarked_quotations(text: Text, block: Block, audited: dict[str, Audited]) -> Iterator[Fault]:
    """Statements of the original that a section repeats although they do not hold, without saying so."""
    calls = [piece for piece in (*block.heading, *block.body) if isinstance(piece, Placeholder)]
    marked = {claim for call in calls if call.name == "verdict" for claim in _arguments(call)}
    for call in calls:
        for claim in _arguments(call) if call.name == "stated" else ():
            if audited[claim].verdict not in SOUND and claim not in marked:
                found = f"the statement {quoted(claim)} of the original ({audited[claim].verdict})"
                expected = f"its verdict in the same section: {{{{ verdict({claim!r}) }}}}"
                yield Fault(text.file, call.line, str(call.column), found, expected)


def claim_of(compared: Compared, file: str, line: int) -> Row | None:
    """The claim a phrase makes, with the columns that rules of claims read; None where it makes none (数据缺失)."""
    key = compared.phrase.key.partition(".")[0]
    if key not in READINGS:
        return None
    kind, sign, qualifier = READINGS[key]
    new, old = compared.new, compared.old
    bases = {f"base_{each}": getattr(old, each) for each in ("indicator", "area", "period")}
    if kind == "rank":
        # By value and not by growth: only the area within which is ranked.
        bases |= {"base_indicator": None, "base_period": None}
    own = {each: getattr(new, each) for each in ("indicator", "area", "period")}
    cells = {
        **own,
        **bases,
        "kind": kind,
        "qualifier": qualifier,
        "direction": None,
        "stated": sign * _stated(compared, kind),
        "stated_unit": expected_unit({"kind": kind}, new.quantity.unit),
        "source": None,
    }
    return Row(cells, file, line)


def _arguments(call: Placeholder) -> tuple[str, ...]:
    return (*call.arguments, *(value for _, value in call.options))


def _stated(compared: Compared, kind: str) -> Decimal:
    """The number as printed, in the unit printed; words without one say more or less than nothing."""
    phrase, unit = compared.phrase, compared.new.quantity.unit
    if phrase.doublings is not None:
        return Decimal(phrase.doublings)
    number = phrase.number if phrase.number is not None else Decimal(0)
    return number / unit.per_base if kind in IN_OWN_UNIT else number
