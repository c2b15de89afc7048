"""What a draft says of its figures: by how much one differs from another, and what several add up to."""

from dataclasses import dataclass
from decimal import Decimal

from diaoyan.draft_amounts import Amount
from diaoyan.draft_levels import Level, Pair
from diaoyan.draft_sentences import Sentence
from diaoyan.draft_times import Moment


@dataclass(frozen=True)
class Said:
    """A statement: its kind as claims name it, where it stands in the marked text, by how much, and of which levels.

    `falls` where it says less; `base` is what it is measured against, in its own words, `base_moment` and `moment` the
    times of the base and of what it is about; `years` how many years it speaks of, `obstacle` why it cannot be checked,
    `rate` the name of a rate (合格率).
    """

    kind: str
    sentence: Sentence
    start: int
    end: int
    by: Amount
    falls: bool = False
    new: Level | None = None
    old: Level | None = None
    base: str = ""
    base_moment: Moment | None = None
    moment: Moment | None = None
    years: int | None = None
    obstacle: str = ""
    rate: str = ""

    @property
    def is_listed(self) -> bool:
        """Whether it is one of a list (下降2.4个、3.5个和0.9个百分点), and stands where its amount does."""
        return self.end == self.start + 1

    @property
    def span(self) -> tuple[int, int]:
        """Where in the draft it stands."""
        return self.sentence.span(self.start, self.end)


@dataclass(frozen=True)
class SaidSum:
    """A sum: where its statement stands in the marked text, its parts, the total, and whether the parts are all.

    The `total` is None for shares, whose sum may not exceed 100 %.
    """

    sentence: Sentence
    start: int
    end: int
    parts: tuple[Decimal, ...]
    total: Decimal | None
    is_whole: bool
    total_level: Level | None = None
    rounding: Decimal = Decimal(0)

    @property
    def span(self) -> tuple[int, int]:
        """Where in the draft it stands."""
        return self.sentence.span(self.start, self.end)

    @property
    def sum(self) -> Decimal:
        """What the parts add up to."""
        return sum(self.parts, Decimal(0))

    @property
    def is_wrong(self) -> bool:
        """Whether the parts cannot make the total."""
        limit = Decimal(100) if self.total is None else self.total
        excess = self.sum - limit
        return excess > self.rounding or (self.is_whole and -excess > self.rounding)

    @property
    def is_right(self) -> bool:
        """Whether the parts make the total."""
        return self.total is not None and abs(self.sum - self.total) <= self.rounding


@dataclass(frozen=True)
class ReadSentence:
    """A sentence with the levels, statements and pairs it gives."""

    sentence: Sentence
    levels: list[Level]
    said: list[Said]
    pairs: list[Pair]
