"""The first screen: what follows the sentences of the summary, each under its own heading."""

from diaoyan.cards import Card, Deck
from diaoyan.claims import Audited, claim_anchor, counts
from diaoyan.downloads import downloads_output
from diaoyan.edition import PARTS, Edition
from diaoyan.key_figures import KeyFigures
from diaoyan.markup import escape, link
from diaoyan.outputs import Output
from diaoyan.wording import Wording

FIGURES, AUDIT, DOORS, DOWNLOADS = "summary-figures", "summary-audit", "summary-parts", "summary-downloads"
SECTIONS = (FIGURES, AUDIT, DOORS, DOWNLOADS)
# The column that a part of a card is in, where it is a table.
HEADS = {
    "figures": ("name", "value", "change", "standing", "claim", "target"),
    "audit": ("verdict", "count"),
    "doors": ("part", "content", "extent"),
}


class FirstScreen:
    """The first screen of an edition in one language; `titles` are the headings of the texts by anchor."""

    def __init__(self, edition: Edition, wording: Wording, audited: list[Audited], titles: dict[str, str]):
        self._edition = edition
        self._wording = wording
        self._words = wording.catalogue
        self._audited = audited
        self._titles = titles

    def outputs(self, section: str) -> list[Output]:
        """What belongs below a heading of the summary; nothing where there is nothing to say."""
        if section == DOWNLOADS:
            return [downloads_output(self._words, self._edition.chapters, self._titles)]
        decks = {FIGURES: ("figures", self._figures), AUDIT: ("audit", self._counts), DOORS: ("doors", self._doors)}
        if section not in decks:
            return []
        name, make = decks[section]
        cards = make()
        caption = self._words(f"first_screen.{name}.caption")
        peers = self._wording.peers(self._edition.meta["peers"])
        named = {"standing": {"peers": peers}}
        heads = {part: self._words(f"first_screen.{name}.{part}", **named.get(part, {})) for part in HEADS[name]}
        return [Deck(name, caption, heads, cards).output()] if cards else []

    def _figures(self) -> list[Card]:
        return KeyFigures(self._edition, self._wording, self._audited, self._titles).cards()

    def _counts(self) -> list[Card]:
        """How many claims have each verdict, each leading to the first of them in the audit."""
        first = {one.verdict: one.claim["claim"] for one in reversed(self._audited)}
        return [
            Card({"verdict": self._verdict(verdict, first[verdict]), "count": str(count)}, verdict)
            for verdict, count in counts(self._audited).items()
        ]

    def _verdict(self, verdict: str, claim: str) -> str:
        return link(escape(self._wording.verdict(verdict)), f"audit.ipynb#{claim_anchor(claim)}")

    def _doors(self) -> list[Card]:
        """The three parts: title, what is in them, and how much of it."""
        doors = []
        for part in PARTS:
            extent = self._extent(part)
            title = link(self._titles.get(part, part), f"{part}.ipynb")
            if extent:
                content = self._words(f"first_screen.doors.of.{part}")
                doors.append(Card({"part": title, "content": content, "extent": extent}))
        return doors

    def _extent(self, part: str) -> str:
        """The sections and items of a part: 3个方面12项; empty where it has none."""
        levels = [row["level"] for row in self._edition.tables["items"] if row["part"] == part]
        found = {level: levels.count(level) for level in ("section", "item") if level in levels}
        said = [self._counted(level, number) for level, number in found.items()]
        return self._words("first_screen.doors.between").join(said)

    def _counted(self, level: str, number: int) -> str:
        form = "one" if number == 1 else "other"
        return self._words(f"first_screen.doors.{level}.{form}", number=number)
