"""The tables of the passages of the original: how many findings have each verdict, and every finding."""

from functools import cached_property

from diaoyan.catalogue import load_catalogue
from diaoyan.claims import Audited, claim_anchor
from diaoyan.draft_words import DraftWords
from diaoyan.edition import Edition
from diaoyan.facts import anchor
from diaoyan.locators import place_link
from diaoyan.markup import escape, link
from diaoyan.passages import SILENT, Proofread, counts, proofread_passages
from diaoyan.table_views import TableView, view
from diaoyan.tables import Row
from diaoyan.translations import in_language
from diaoyan.wording import Wording

# The language of the passages, and so of what they could read instead.
DRAFTED = "zh"


class PassageViews:
    """Views of the passages of an edition in one language, beside the verdicts of its audit."""

    def __init__(self, edition: Edition, wording: Wording, audited: list[Audited]):
        self._edition = edition
        self._wording = wording
        self._words = wording.catalogue
        self._audited = audited

    def get(self, name: str) -> list[TableView]:
        """The view of that name, if there is one."""
        views = {"verdicts": self._verdicts, "passages": self._passages}
        return [views[name]()] if name in views else []

    @cached_property
    def _found(self) -> list[Proofread]:
        return proofread_passages(self._edition.tables["passages"], self._audited)

    def _verdicts(self) -> TableView:
        """How many findings have each verdict."""
        rows = [[self._verdict(verdict), str(count)] for verdict, count in counts(self._found).items()]
        return view(self._words, "passage-verdicts", ["verdict", "found"], rows, [None] * len(rows))

    def _passages(self) -> TableView:
        """Every finding with the words it is in."""
        columns = ["wording", "verdict", "proof", "suggestion", "audited", "locator"]
        rows, anchors = [], []
        for one in self._found:
            own = anchor("passage", one.passage["passage"])
            # Of several findings in a passage the first is where links to it lead.
            anchors.append(None if own in anchors else own)
            rows.append(
                [
                    self._quote(one.passage),
                    f"**{self._verdict(one.verdict)}**",
                    self._proof(one),
                    escape(self._drafted.suggestion(one.finding)) if one.finding else "",
                    self._of_audit(one),
                    place_link(one.passage["locator"], self._edition.tables["items"], self._words),
                ]
            )
        return view(self._words, "passage-findings", columns, rows, anchors)

    def _quote(self, passage: Row) -> str:
        """The words as printed; for readers of another language what they mean beside them, once it is translated."""
        shown, language = escape(passage["wording_zh"]), self._words.language
        meaning = in_language({each: passage.get(f"wording_{each}") for each in (language, "en")}, language)
        if language == DRAFTED or not meaning:
            return shown
        return self._words("passages.meant", words=shown, meaning=escape(meaning))

    def _proof(self, one: Proofread) -> str:
        """The arithmetic, in the units of the passage, or why there is none."""
        if one.finding is None:
            return self._words("passages.silent.reason")
        return escape(self._drafted.recomputed(one.finding) or self._said.reason(one.finding))

    def _of_audit(self, one: Proofread) -> str:
        """The verdict of the audit on the claim, with a word where it is another."""
        if one.audited is None:
            return ""
        verdict = link(self._verdict(one.audited.verdict), f"audit.ipynb#{claim_anchor(one.audited.claim['claim'])}")
        return self._words("passages.disputed", verdict=verdict) if one.is_disputed else verdict

    def _verdict(self, verdict: str) -> str:
        return self._words("passages.silent.name") if verdict == SILENT else self._wording.verdict(verdict)

    @cached_property
    def _said(self) -> DraftWords:
        return DraftWords(self._words, self._place)

    @cached_property
    def _drafted(self) -> DraftWords:
        """The words of findings in the language of the passages."""
        return DraftWords(load_catalogue(self._edition.data, DRAFTED), self._place)

    def _place(self, position: int) -> str:
        """Where in a passage a character stands: it is too short for the words to need a place."""
        return self._words("passages.here")
