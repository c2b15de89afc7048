"""What a text may ask for: every public method here is a placeholder, `{{ value('high_tech_enterprises') }}`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from diaoyan import phrases
from diaoyan.claims import Audited, claim_anchor, counts
from diaoyan.edition import Edition
from diaoyan.facts import Fact, UnknownFact
from diaoyan.figure_lists import FigureLists
from diaoyan.markup import escape, link
from diaoyan.phrases import Phrase
from diaoyan.translations import in_language, localised
from diaoyan.wording import DATA_PAGE, Wording

# Sources published after the report's date may speak only in sections marked as later data.
LATER = "-later"
DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
NO_PLACEHOLDERS = ("vocabulary", "comparisons")
# What a paragraph may depend on beside the rows of a table.
LISTS = ("levels", "distances", "shortfalls", "newer", "sources")
PARTICULARS = ("meeting", "addressee", "led_by")


@dataclass(frozen=True)
class Compared:
    """A phrase that was said of two figures."""

    phrase: Phrase
    new: Fact | None
    old: Fact | None
    words: str


class Placeholders:
    """Answers for one language; with `later` false, facts published after the edition's date do not exist."""

    def __init__(self, edition: Edition, wording: Wording, audited: list[Audited], later: bool):
        self._edition = edition
        self._wording = wording
        self._audited = audited
        self._later = later
        self._comparisons: list[Compared] = []

    def vocabulary(self) -> dict[str, Callable]:
        """All placeholders by the name a text uses."""
        public = (name for name in vars(Placeholders) if not name.startswith("_"))
        return {name: getattr(self, name) for name in public if name not in NO_PLACEHOLDERS}

    @property
    def comparisons(self) -> list[Compared]:
        """What has been said of two figures so far."""
        return list(self._comparisons)

    def value(self, indicator: str, period: str = "report", area: str = "city") -> str:
        """A figure with its unit: 303家."""
        return self._wording.level(self._fact(indicator, period, area))

    def when(self, indicator: str, period: str = "report", area: str = "city") -> str:
        """The period of a figure: 2023年6月15日."""
        return self._wording.period(self._fact(indicator, period, area).period)

    def change(self, indicator: str, base: str = "base", period: str = "report", area: str = "city") -> str:
        """How a figure changed since the base, in the words the rules choose: 为2018年的3.5倍."""
        new, old = self._pair(indicator, base, period, area)
        return self._said(phrases.change(new, old), new, old)

    def difference(
        self, indicator: str, base: str = "base", period: str = "report", area: str = "city", named: bool = True
    ) -> str:
        """By how much a figure rose or fell since the base: 比2018年增加152家; without `named`, 增加152家."""
        new, old = self._pair(indicator, base, period, area)
        return self._said(phrases.difference(new, old), new, old, named)

    def gap(self, indicator: str, other: str, period: str = "report", area: str = "city") -> str:
        """How far a figure lies above or below another area's: 低于全国0.76个百分点."""
        own = self._fact(indicator, period, area)
        benchmark = self._find(indicator, period, other)
        return self._said(phrases.gap(own, benchmark), own, benchmark)

    def share(self, indicator: str, whole: str, period: str = "report", whole_period: str = "report") -> str:
        """A figure as a percentage of another of the same dimension: 29.9%."""
        part, of = self._fact(indicator, period, "city"), self._fact(whole, whole_period, "city")
        return self._said(phrases.share(part, of), part, of)

    def pace(self, indicator: str, period: str, since: str = "report") -> str:
        """The average yearly growth from one figure to a later one, as a target takes it: 7.2%."""
        old, new = self._fact(indicator, since, "city"), self._fact(indicator, period, "city")
        return self._said(phrases.yearly_growth(new, old), new, old)

    def in_step(self, indicator: str, other: str, area: str, base: str = "base", period: str = "report") -> str:
        """What a figure would have become, had it grown since the base as another area's figure did: 超过10.28亿元."""
        own = self._fact(indicator, base, "city")
        new, old = self._fact(other, period, area), self._fact(other, base, area)
        phrase = phrases.in_step(own, new, old)
        if phrase is None:
            raise UnknownFact(f"growth of {other} · {new.area} from {old.period} to {new.period}")
        return self._wording.in_step(phrase, own, new, old)

    def year(self, which: str = "report") -> str:
        """The base or the report year."""
        return self._wording.period(self._particular(f"{which}_year"))

    def date(self, key: str = "as_of") -> str:
        """A day of edition.yml, such as the day the report was delivered, or its month."""
        day = self._particular(key)
        if not isinstance(day, str) or not DATE.fullmatch(day):
            raise UnknownFact(f"a day {key} in edition.yml")
        return self._wording.period(day)

    def about(self, key: str) -> str:
        """A particular of edition.yml in the language: title, body, meeting, addressee, led_by."""
        words = self._particular(key)
        words = in_language(words, self._wording.catalogue.language) if isinstance(words, dict) else words
        if not isinstance(words, str):
            raise UnknownFact(f"words {key} in edition.yml")
        return escape(words)

    def edition(self) -> str:
        """The id of the edition, as commands take it."""
        return self._edition.id

    def area(self, name: str = "city") -> str:
        """The name of an area."""
        return self._wording.area(self._area(name))

    def peers(self) -> str:
        """The names of the areas that the city is held against: 全省、全国."""
        return self._wording.peers(self._edition.meta["peers"])

    def count(self, table: str, **where: str) -> str:
        """The number of rows of a table, of those with the given cells: count('visits', area='hua-county')."""
        return self._wording.counted(len(self._rows(table, where)), table, f"{DATA_PAGE}#data-{table}")

    def names(self, table: str, **where: str) -> str:
        """The names of the rows of a table, joined as the language joins them; policies in their quotation marks."""
        rows = self._rows(table, where, "name_zh")
        return self._joined([self._named(table, row) for row in rows])

    def places(self) -> str:
        """The places visited, area by area: 高新区的……；殷都区的……."""
        visits = self._edition.tables["visits"]
        catalogue = self._wording.catalogue
        parts = []
        for area in dict.fromkeys(row["area"] for row in visits):
            names = self._joined([self._named("visits", row) for row in visits if row["area"] == area])
            parts.append(catalogue("list.of_area", area=self._wording.area(area), names=names))
        return catalogue("list.clauses").join(parts)

    def verdicts(self) -> str:
        """How many claims have each verdict: 偏高1条，成立6条."""
        catalogue = self._wording.catalogue
        parts = [
            catalogue("verdicts_counted", name=self._wording.verdict(verdict), count=self._claims_counted(count))
            for verdict, count in counts(self._audited).items()
        ]
        return catalogue("list.phrases").join(parts)

    def areas(self, table: str) -> str:
        """The names of the areas in a table, each once, in order."""
        names = dict.fromkeys(row["area"] for row in self._rows(table, {}, "area"))
        return self._joined([self._wording.area(name) for name in names])

    def months(self, kind: str) -> str:
        """The months of the fieldwork of one kind: 3月、5月."""
        rows = self._rows("fieldwork", {"kind": kind})
        catalogue = self._wording.catalogue
        return self._joined([catalogue(f"months.{int(row['period'][5:7])}") for row in rows])

    def policy(self, policy: str) -> str:
        """A policy's name in its quotation marks: 《…》 for a document, “…” for a programme."""
        row = self._edition.tables["policies"].by_key().get(policy)
        if row is None:
            raise UnknownFact(policy)
        return self._named("policies", row)

    def stated(self, claim: str) -> str:
        """What the original states, as printed, linked to its row in the audit."""
        return link(self._wording.stated(self._claim(claim).claim), f"audit.ipynb#{claim_anchor(claim)}")

    def verdict(self, claim: str) -> str:
        """The verdict on a claim, in words, linked to its row in the audit."""
        found = self._claim(claim)
        shown = self._wording.verdict(found.verdict)
        return link(escape(shown), f"audit.ipynb#{claim_anchor(claim)}")

    def claims(self, verdict: str = "") -> str:
        """How many claims there are, in all or with one verdict."""
        if verdict and not self._wording.catalogue.has(f"verdicts.{verdict}.name"):
            raise UnknownFact(verdict)
        return self._claims_counted(sum(1 for one in self._audited if verdict in ("", one.verdict)))

    def _claims_counted(self, count: int) -> str:
        return self._wording.counted(count, "audit", "audit.ipynb#audit-claims")

    def levels(self) -> str:
        """A list of the city's figures, each with its change since the base year."""
        return _listed(self._lists.levels())

    def distances(self) -> str:
        """A list of the figures that can be held against other areas: gap, share, place."""
        return _listed(self._lists.distances())

    def shortfalls(self) -> str:
        """A list of the rates on the worse side of a peer's."""
        return _listed(self._lists.shortfalls())

    def newer(self) -> str:
        """A list of what was published after the report of the rates in it."""
        return _listed(self._lists.newer())

    def sources(self) -> str:
        """A list of the sources of the city's figures."""
        return _listed(self._lists.sources())

    def given(self, what: str) -> bool:
        """Whether an edition has what a paragraph is about: rows of a table, a particular, or lines of a list."""
        if what in LISTS:
            return bool(getattr(FigureLists(self._edition, self._wording, self._wording.phrase), what)())
        if what in self._edition.tables:
            return len(self._edition.tables[what]) > 0
        if what not in PARTICULARS:
            raise UnknownFact(what)
        return what in self._edition.meta

    def lacking(self, what: str) -> bool:
        """Whether an edition lacks what a paragraph is about."""
        return not self.given(what)

    @property
    def _lists(self) -> FigureLists:
        return FigureLists(self._edition, self._wording, self._said)

    def _said(self, phrase: Phrase | None, new: Fact | None, old: Fact | None, named: bool = True) -> str:
        """A phrase written out, and kept to be read back as a statement of ours."""
        if phrase is None:
            named = " and ".join(" · ".join((fact.indicator, fact.area, fact.period)) for fact in (new, old))
            raise UnknownFact(f"figures that can be compared so: {named}")
        words = self._wording.phrase(phrase, new, old, named)
        self._comparisons.append(Compared(phrase, new, old, words))
        return words

    def _fact(self, indicator: str, period: str, area: str) -> Fact:
        fact = self._find(indicator, period, area)
        if fact is None:
            raise UnknownFact(f"{indicator} · {self._area(area)} · {self._period(period)}")
        return fact

    def _find(self, indicator: str, period: str, area: str) -> Fact | None:
        area = self._area(area)
        if period in ("newest", "target"):
            series = self._edition.facts.series(indicator, area)
            chosen = [fact for fact in series if (fact.qualifier == "target") == (period == "target")]
            spoken = [fact for fact in chosen if self._edition.speaks(fact, self._later)]
            return spoken[-1] if spoken else None
        fact = self._edition.facts.find(indicator, area, self._period(period))
        return fact if fact and self._edition.speaks(fact, self._later) else None

    def _pair(self, indicator: str, base: str, period: str, area: str) -> tuple[Fact | None, Fact | None]:
        new, old = self._find(indicator, period, area), self._find(indicator, base, area)
        if new is None and old is None:
            raise UnknownFact(f"{indicator} · {self._area(area)} · {self._period(base)}, {self._period(period)}")
        return new, old

    def _period(self, period: str) -> str:
        return self._edition.meta[f"{period}_year"] if period in ("base", "report") else period

    def _area(self, area: str) -> str:
        area = self._edition.meta["city"] if area == "city" else area
        if area not in self._edition.tables["areas"].by_key():
            raise UnknownFact(str(area))
        return area

    def _particular(self, key: str):
        if key not in self._edition.meta:
            raise UnknownFact(f"{key} in edition.yml")
        return self._edition.meta[key]

    def _claim(self, claim: str) -> Audited:
        for audited in self._audited:
            if audited.claim["claim"] == claim:
                return audited
        raise UnknownFact(claim)

    def _rows(self, table: str, where: dict, *columns: str) -> list:
        """The rows with the given cells, of a table that has these columns."""
        tables = self._edition.tables
        if table not in tables or any(column not in tables[table].columns for column in (*where, *columns)):
            raise UnknownFact(" ".join((table, *where, *columns)))
        return [row for row in tables[table] if all(row[column] == cell for column, cell in where.items())]

    def _named(self, table: str, row) -> str:
        name = escape(localised(row, "name", self._wording.catalogue.language))
        return self._wording.catalogue(f"policy.{row['kind']}", name=name) if table == "policies" else name

    def _joined(self, names: list[str]) -> str:
        catalogue = self._wording.catalogue
        if not names:
            raise UnknownFact("no row")
        if len(names) < 2:
            return "".join(names)
        return catalogue("list.separator").join(names[:-1]) + catalogue("list.last") + names[-1]


def _listed(lines: list[str]) -> str:
    """Lines as a list of Markdown; UnknownFact for none."""
    if not lines:
        raise UnknownFact("no figure")
    return "\n".join(f"- {line}" for line in lines)
