"""Remarks: what the audit and the figures say of an item of the report, written below its words."""

from diaoyan import phrases
from diaoyan.claims import Audited, claim_anchor
from diaoyan.edition import Edition
from diaoyan.findings import COMPARING, Figures, Finding, findings
from diaoyan.markup import escape, link
from diaoyan.target_views import SECTION
from diaoyan.targets import aims
from diaoyan.translations import localised
from diaoyan.wording import Wording


class Remarks:
    """Writes the remarks of an edition in one language."""

    def __init__(self, edition: Edition, wording: Wording, audited: list[Audited]):
        self._items = edition.tables["items"].by_key()
        self._wording = wording
        self._words = wording.catalogue
        self._audited = audited
        self._findings = findings(edition)
        # A target without figures is in no table that could be led to.
        self._aimed_at = {aim.row["recommendation"] for aim in aims(edition)}

    def findings(self, problem: str) -> list[Finding]:
        """The findings on a problem."""
        return [finding for finding in self._findings if finding.evidence["problem"] == problem]

    def of(self, item: str) -> dict[str, str]:
        """The paragraphs below an item: `findings` of the figures, `claims` of the original, `targets`."""
        if item not in self._items:
            return {}
        paragraphs = {}
        if found := self.findings(item):
            written = self._words("list.clauses").join(self.finding(finding) for finding in found)
            paragraphs["findings"] = self._words("findings.remark", evidence=written)
        claims = [one for one in self._audited if one.claim["locator"] == self._items[item]["locator"]]
        if claims:
            written = self._words("list.separator").join(self.claim(one) for one in claims)
            paragraphs["claims"] = self._words("remarks.claims", claims=written)
        if item in self._aimed_at:
            paragraphs["targets"] = self._words("targets.remark", target=f"outlook.ipynb#{SECTION}")
        return paragraphs

    def finding(self, finding: Finding) -> str:
        """A finding in one clause: 低于全省0.08个百分点，数据印证."""
        state = self._words(f"findings.states.{finding.state}")
        if finding.now is None:
            indicator = self._wording.indicator(finding.evidence["indicator"])
            return self._words("findings.one", statement=indicator, state=state)
        parts = [self._statement(finding, finding.then)] if finding.then else []
        if finding.then != finding.now:
            parts.append(self._statement(finding, finding.now))
        return self._words("findings.one", statement=self._words("list.clauses").join(parts), state=state)

    def claim(self, one: Audited) -> str:
        """A statement of the original, linked to its row in the audit, with its verdict."""
        wording = escape(localised(one.claim, "wording", self._words.language))
        target = f"audit.ipynb#{claim_anchor(one.claim['claim'])}"
        verdict = self._wording.verdict(one.verdict)
        return self._words("remarks.claim", wording=link(wording, target), verdict=verdict)

    def _statement(self, finding: Finding, figures: Figures) -> str:
        indicator = self._wording.indicator(finding.evidence["indicator"])
        if finding.evidence["rule"] in COMPARING:
            said = self._wording.phrase(phrases.gap(figures.own, figures.other), figures.own, figures.other)
        else:
            said = self._wording.level(figures.own)
        period = self._wording.period(figures.own.period)
        form = "compared" if finding.evidence["rule"] in COMPARING else "outstanding"
        return self._words(f"findings.{form}", period=period, indicator=indicator, said=said)
