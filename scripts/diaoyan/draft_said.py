"""What a draft says of its figures: statements of a kind, by how much, of which two levels."""

from dataclasses import dataclass

from diaoyan.draft_amounts import Amount
from diaoyan.draft_levels import Level, Pair
from diaoyan.draft_sentences import Sentence
from diaoyan.draft_times import Moment


@dataclass(frozen=True)
class Said:
    """A statement: its kind as claims name it, where it stands in the marked text, by how much, and of which levels.

    `falls` where it says less; `base` is what it is measured against, in its own words, `base_moment` and `moment` the
    times of the base and of what it is about; `years` how many years it speaks of, `obstacle` why it cannot be checked.
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

    @property
    def span(self) -> tuple[int, int]:
        """Where in the draft it stands."""
        return self.sentence.span(self.start, self.end)


@dataclass(frozen=True)
class ReadSentence:
    """A sentence with the levels, statements and pairs it gives."""

    sentence: Sentence
    levels: list[Level]
    said: list[Said]
    pairs: list[Pair]
