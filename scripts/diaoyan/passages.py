"""Passages of the original: what the proof-reader finds in each by itself, beside the audit of the claim it makes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diaoyan.claims import VERDICTS, Audited
from diaoyan.draft_slips import Slip
from diaoyan.drafts import as_draft
from diaoyan.proofreading import OPEN, Finding, proofread
from diaoyan.tables import Row

# In place of a verdict, where nothing is found in a passage.
SILENT = "silent"
ORDER = (*VERDICTS, SILENT)


@dataclass(frozen=True)
class Proofread:
    """A finding in a passage, none where there is nothing to find, and the audit of the claim that it is on."""

    passage: Row
    finding: Finding | None
    audited: Audited | None

    @property
    def verdict(self) -> str:
        """The verdict of the proof-reader, or `silent`."""
        return self.finding.verdict if self.finding else SILENT

    @property
    def is_disputed(self) -> bool:
        """Whether the proof-reader and the audit both have a verdict, and not the same."""
        verdicts = {self.verdict, self.audited.verdict if self.audited else self.verdict}
        return len(verdicts) > 1 and verdicts.isdisjoint((OPEN, SILENT))


def proofread_passages(passages: Iterable[Row], audited: Iterable[Audited]) -> list[Proofread]:
    """What is found in passages, those with the gravest findings first."""
    claims = {one.claim["claim"]: one for one in audited}
    found = [list(_in(passage, claims.get(passage["claim"]))) for passage in passages]
    found.sort(key=lambda each: min(ORDER.index(one.verdict) for one in each))
    return [one for each in found for one in each]


def counts(found: Iterable[Proofread]) -> dict[str, int]:
    """How many findings have each verdict, and how many passages none; a slip that two of a place share counts once."""
    told = {}
    for number, one in enumerate(found):
        is_slip = one.finding is not None and isinstance(one.finding.said, Slip)
        told[(one.passage["locator"], one.finding.kind, one.finding.text) if is_slip else number] = one.verdict
    return {verdict: list(told.values()).count(verdict) for verdict in ORDER if verdict in told.values()}


def _in(passage: Row, audited: Audited | None) -> Iterator[Proofread]:
    findings = sorted(proofread(as_draft(passage["wording_zh"])), key=lambda each: VERDICTS.index(each.verdict))
    for finding in findings:
        yield Proofread(passage, finding, audited if audited and _is_on(finding, audited.claim) else None)
    if not findings:
        yield Proofread(passage, None, audited)


def _is_on(finding: Finding, claim: Row) -> bool:
    """Whether a finding is on the claim that its passage makes: a slip is on a figure as such."""
    return claim["kind"] == ("level" if isinstance(finding.said, Slip) else finding.kind)
