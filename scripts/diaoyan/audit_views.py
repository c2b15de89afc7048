"""The tables of the audit: verdicts, claims, findings, what is left unanswered, what another vintage would change."""

from diaoyan.claims import VERDICTS, Audited, claim_anchor, counts, expected_unit
from diaoyan.edition import Edition
from diaoyan.locators import place_link
from diaoyan.markup import escape, link, table
from diaoyan.numbers import Number
from diaoyan.recomputation import base_of
from diaoyan.remarks import Remarks
from diaoyan.statements import Statement
from diaoyan.table_views import TableView, view
from diaoyan.tables import Row
from diaoyan.translations import localised
from diaoyan.wording import Wording, arithmetic

# Arithmetic between two figures; the rest is of many.
OF_TWO = ("÷", "÷ −1", "÷ %", "^ −1", "−")
ANSWERED = "✓"


class AuditViews:
    """Views of an edition's audit in one language; `otherwise` is the audit on the other vintage."""

    def __init__(
        self,
        edition: Edition,
        wording: Wording,
        audited: list[Audited],
        otherwise: list[Audited],
        statements: list[Statement],
        titles: dict[str, str],
    ):
        self._edition = edition
        self._wording = wording
        self._words = wording.catalogue
        self._audited = audited
        self._otherwise = otherwise
        self._statements = statements
        self._titles = titles

    def get(self, name: str) -> list[TableView]:
        """The view of that name, if there is one and it has rows."""
        views = {
            "verdicts": self._verdicts,
            "claims": self._claims,
            "vintages": self._vintages,
            "statements": self._own,
            "findings": self._findings,
            "matrix": self._matrix,
        }
        found = views[name]() if name in views else None
        return [found] if found else []

    def _verdicts(self) -> TableView:
        """How many claims have each verdict, and what the verdict means."""
        rows = [
            [self._verdict(verdict), str(count), self._words(f"verdicts.{verdict}.meaning")]
            for verdict, count in counts(self._audited).items()
        ]
        return view(self._words, "verdicts", ["verdict", "count", "meaning"], rows, [None] * len(rows))

    def _claims(self) -> TableView:
        """Every claim as stated and as recomputed, faults first."""
        rows, anchors = [], []
        for one in sorted(self._audited, key=lambda one: VERDICTS.index(one.verdict)):
            rows.append(
                [
                    f"**{self._verdict(one.verdict)}**",
                    self._quote(one),
                    self._wording.stated(one.claim),
                    self._recomputed(one),
                    self._arithmetic(one),
                    place_link(one.claim["locator"], self._edition.tables["items"], self._words),
                ]
            )
            anchors.append(claim_anchor(one.claim["claim"]))
        columns = ["verdict", "wording", "stated", "recomputed", "arithmetic", "locator"]
        return view(self._words, "audit", columns, rows, anchors)

    def _vintages(self) -> TableView | None:
        """Claims that would read differently on the other vintage; None where none would."""
        rows = []
        for one, other in zip(self._audited, self._otherwise, strict=True):
            if (one.verdict, one.recomputed.value) != (other.verdict, other.recomputed.value):
                results = [self._result(each) for each in (one, other)]
                rows.append([link(self._quote(one), f"#{claim_anchor(one.claim['claim'])}"), *results])
        return (
            view(self._words, "vintages", ["wording", "here", "otherwise"], rows, [None] * len(rows)) if rows else None
        )

    def _own(self) -> TableView | None:
        """What our own texts say of two figures, with the arithmetic and the verdict."""
        rows = []
        for statement in self._statements:
            section = link(self._titles[statement.section], f"{statement.chapter}.ipynb#{statement.section}")
            calculated = self._arithmetic(statement.audited)
            subject = self._subject(statement.audited.claim)
            rows.append([subject, statement.words, calculated, self._verdict(statement.audited.verdict), section])
        columns = ["indicator", "words", "arithmetic", "verdict", "section"]
        anchors = [statement.anchor for statement in self._statements]
        return view(self._words, "statements", columns, rows, anchors) if rows else None

    def _subject(self, claim: Row) -> str:
        """The indicator a claim is about, and the area where it is not the city."""
        indicator = self._wording.indicator(claim["indicator"])
        if claim["area"] == self._edition.meta["city"]:
            return indicator
        return self._words("recomputed.subject", area=self._wording.area(claim["area"]), indicator=indicator)

    def _findings(self) -> TableView | None:
        """Every problem with what the figures say of it; those that only people can judge say so."""
        remarks = Remarks(self._edition, self._wording, self._audited)
        rows = []
        for row in self._edition.tables["problems"]:
            said = [remarks.finding(finding) for finding in remarks.findings(row["problem"])]
            written = self._words("list.clauses").join(said) or self._words("findings.states.people")
            rows.append([self._title("problems", row["problem"]), written])
        return view(self._words, "findings", ["problem", "finding"], rows, [None] * len(rows)) if rows else None

    def _matrix(self) -> TableView | None:
        """Problems by recommendations: a row without a mark is a problem left unanswered."""
        answers = {(row["problem"], row["recommendation"]) for row in self._edition.tables["answers"]}
        recommendations = [row["recommendation"] for row in self._edition.tables["recommendations"]]
        rows = []
        for row in self._edition.tables["problems"]:
            marks = [ANSWERED if (row["problem"], each) in answers else "" for each in recommendations]
            rows.append([self._title("problems", row["problem"]), *marks])
        if not rows or not recommendations:
            return None
        heads = [self._words("columns.problem"), *(self._title("recommendations", each) for each in recommendations)]
        return TableView("table-matrix", self._words("tables.matrix"), table(heads, rows), (None,) * len(rows))

    def _result(self, one: Audited) -> str:
        """The recomputed value and the verdict: 0.78个百分点（偏低）."""
        return self._words("recomputed.result", value=self._recomputed(one), verdict=self._verdict(one.verdict))

    def _verdict(self, verdict: str) -> str:
        return self._wording.verdict(verdict)

    def _title(self, part: str, item: str) -> str:
        return link(self._titles.get(item, item), f"{part}.ipynb#{item}")

    def _quote(self, one: Audited) -> str:
        return escape(localised(one.claim, "wording", self._words.language))

    def _recomputed(self, one: Audited) -> str:
        """The recomputed value in the claim's own terms; empty where there is none."""
        return "" if one.recomputed.value is None else escape(self._wording.recomputed(one.recomputed, one.claim))

    def _arithmetic(self, one: Audited) -> str:
        """The arithmetic with links to the rows it rests on, or what is missing."""
        recomputed, claim = one.recomputed, one.claim
        if one.verdict.startswith("unit_"):
            printed = escape(f"{claim['stated']}{claim['stated_unit'] or ''}")
            own = self._edition.facts.get(claim["indicator"], claim["area"], claim["period"])
            return self._words("missing.unit", printed=printed, unit=escape(expected_unit(claim, own.quantity.unit)))
        if recomputed.missing:
            indicator, area, base = base_of(claim)
            tested = [fact.period for fact in recomputed.facts if fact.area == claim["area"]][1:]
            return self._words(
                f"missing.{recomputed.missing}",
                indicator=self._wording.indicator(indicator),
                area=self._wording.area(area),
                period=self._wording.period(claim["period"]),
                base=self._wording.period(base),
                tested=self._words("list.separator").join(map(self._wording.period, tested)),
            )
        facts = recomputed.facts
        if recomputed.operator in OF_TWO:
            written = arithmetic(recomputed.operator, *facts, self._words)
            unit = self._wording.unit_of(recomputed.operator, facts[0])
            value = self._wording.recomputed(recomputed, claim)
            return self._wording.derived(written, Number(value, unit, facts, written))
        levels = [self._wording.level(fact) for fact in facts]
        if recomputed.operator == "+":
            total = escape(self._wording.recomputed(recomputed, claim))
            return f"{' + '.join(levels)} = {total}"
        return self._words("list.separator").join(levels)
