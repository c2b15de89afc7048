"""Cards: short entries of the first screen, each of named parts in Markdown, that read as a table in a notebook."""

from dataclasses import dataclass
from decimal import Decimal

from diaoyan.markup import table
from diaoyan.outputs import Output


@dataclass(frozen=True)
class Card:
    """An entry: its `parts` as Markdown by name, the verdict it shows by colour too, and the points of its trend."""

    parts: dict[str, str]
    verdict: str = ""
    # Years and values in base units, at least two.
    trend: tuple[tuple[int, Decimal], ...] = ()

    def as_data(self) -> dict:
        """The card as a notebook keeps it; empty parts are left out."""
        # In pairs: a notebook keeps the order of a list, not that of keys.
        data = {"parts": [[name, words] for name, words in self.parts.items() if words]}
        if self.verdict:
            data["verdict"] = self.verdict
        if self.trend:
            data["trend"] = [[year, f"{value:f}"] for year, value in self.trend]
        return data


@dataclass(frozen=True)
class Deck:
    """Cards of one kind, with the caption and the heads that they have as a table."""

    name: str
    caption: str
    heads: dict[str, str]
    cards: list[Card]

    def output(self) -> Output:
        """The cards as an output of a chapter; parts that no card has are no column of the table."""
        names = [name for name in self.heads if any(card.parts.get(name) for card in self.cards)]
        rows = [[card.parts.get(name, "") for name in names] for card in self.cards]
        markdown = table([self.heads[name] for name in names], rows)
        about = {"kind": "cards", "name": f"cards-{self.name}", "caption": self.caption}
        about["cards"] = [card.as_data() for card in self.cards]
        return Output({"text/markdown": markdown, "text/plain": markdown}, about)
