"""What was found in a draft, for people at a terminal, for other programs, and as comments for Word."""

from collections import Counter
from collections.abc import Sequence

from diaoyan.catalogue import Catalogue
from diaoyan.claims import VERDICTS
from diaoyan.draft_words import DraftWords
from diaoyan.drafts import Draft
from diaoyan.proofreading import Finding
from diaoyan.word_comments import Comment

# Of a long passage as much as shows which it is.
LONGEST_TEXT = 40


class ProofreadViews:
    """The findings in a draft as they are shown in a language."""

    def __init__(self, draft: Draft, findings: Sequence[Finding], catalogue: Catalogue):
        self.draft = draft
        self.findings = findings
        self.say = catalogue
        self.words = DraftWords(catalogue, self.place)

    @property
    def faults(self) -> list[Finding]:
        """The findings that are faults, in the order of the text."""
        return [finding for finding in self.findings if finding.is_fault]

    def place(self, position: int) -> str:
        """Where in the draft a character stands, as its reader would say."""
        paragraph = self.draft.paragraph_at(position)
        key = "page" if paragraph.page else paragraph.part
        return self.say(f"proofread.places.{key}", paragraph=paragraph.number, page=paragraph.page)

    def verdict(self, finding: Finding) -> str:
        """The name of a verdict."""
        return self.say(f"verdicts.{finding.verdict}.name")

    def summary(self) -> str:
        """How many faults there are, and how many statements hold or cannot be checked."""
        faults = len(self.faults)
        said = self._counted("faults", faults) if faults else self.say("proofread.none")
        others = len(self.findings) - faults
        return self.say("proofread.between").join([said, self._counted("others", others)] if others else [said])

    def as_text(self) -> str:
        """A line for each finding, faults first, and the summary: place, verdict, words, why, what it could read."""
        order = sorted(self.findings, key=lambda each: (not each.is_fault, each.start))
        return "\n".join([*map(self._line, order), self.summary()])

    def as_data(self) -> dict:
        """The findings for other programs; `start` and `end` count characters of the extracted text."""
        counts = Counter(finding.verdict for finding in self.findings)
        return {
            "file": self.draft.file,
            "counts": {verdict: counts[verdict] for verdict in VERDICTS if verdict in counts},
            "findings": [self._finding_as_data(finding) for finding in self.findings],
        }

    def comments(self) -> list[Comment]:
        """A comment for each fault, at its words."""
        return [Comment(each.start, each.end, self.remark(each)) for each in self.faults]

    def remark(self, finding: Finding) -> str:
        """What is said of a finding beside its words."""
        said = self.say("proofread.line", verdict=self.verdict(finding), reason=self.words.reason(finding))
        suggestion = self.words.suggestion(finding)
        lines = [said, self.say("proofread.suggested", words=suggestion)] if suggestion else [said]
        return "\n".join(lines)

    def _line(self, finding: Finding) -> str:
        text = "".join(finding.text.split()) if self.say.language == "zh" else " ".join(finding.text.split())
        shown = text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"
        suggestion = self.words.suggestion(finding)
        cells = [self.place(finding.start), self.verdict(finding), shown, self.words.reason(finding)]
        return "\t".join([*cells, self.say("proofread.suggested", words=suggestion)] if suggestion else cells)

    def _finding_as_data(self, finding: Finding) -> dict:
        paragraph = self.draft.paragraph_at(finding.start)
        return {
            "start": finding.start,
            "end": finding.end,
            "text": finding.text,
            "kind": finding.kind,
            "claimed": self.words.claimed(finding),
            "recomputed": self.words.value(finding),
            "verdict": finding.verdict,
            "suggestion": self.words.suggestion(finding),
            "reason": self.words.reason(finding),
            "arithmetic": self.words.recomputed(finding),
            "page": paragraph.page,
            "paragraph": paragraph.number,
            "part": paragraph.part,
        }

    def _counted(self, name: str, count: int) -> str:
        return self.say(f"proofread.{name}.{'one' if count == 1 else 'other'}", count=count)
