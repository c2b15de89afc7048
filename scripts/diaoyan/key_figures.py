"""Key figures: what a card says of each figure that sums the report up, chosen by rule from the tables."""

from diaoyan import phrases
from diaoyan.cards import Card
from diaoyan.city_figures import base_fact, key_fact, peer_facts, period_form
from diaoyan.claims import VERDICTS, Audited, claim_anchor
from diaoyan.edition import Edition
from diaoyan.facts import Fact, anchor
from diaoyan.markup import escape, link
from diaoyan.periods import is_year
from diaoyan.target_views import SECTION, TargetViews
from diaoyan.targets import aims
from diaoyan.translations import localised
from diaoyan.wording import Wording


class KeyFigures:
    """The key figures of an edition in one language; `titles` are the headings of the texts by anchor."""

    def __init__(self, edition: Edition, wording: Wording, audited: list[Audited], titles: dict[str, str]):
        self._edition = edition
        self._wording = wording
        self._words = wording.catalogue
        self._audited = audited
        self._targets = TargetViews(edition, wording, titles)

    def cards(self) -> list[Card]:
        """A card for each indicator of the table whose figure is known, in the order of the positions."""
        rows = sorted(self._edition.tables["highlights"], key=lambda row: row["position"])
        facts = (key_fact(self._edition, row["indicator"]) for row in rows)
        return [self._card(fact) for fact in facts if fact]

    def _card(self, fact: Fact) -> Card:
        claim, standing = self.claim_about(fact), self._standing(fact)
        parts = {
            "name": self._name(fact),
            "value": self._wording.level(fact),
            "change": self._change(fact, standing),
            "standing": standing,
            "claim": self._claim(claim) if claim else "",
            "target": self._target(fact),
        }
        trend = tuple((int(each.period), each.quantity.in_base) for each in self._trend(fact))
        return Card(parts, claim.verdict if claim else "", trend)

    def claim_about(self, fact: Fact) -> Audited | None:
        """The claim of the original about this very figure that a reader should know first: faults before all else."""
        about = [one for one in self._audited if one.is_about(fact)]
        return min(about, key=lambda one: VERDICTS.index(one.verdict), default=None)

    def _name(self, fact: Fact) -> str:
        """The indicator as the title of a card, with the period: 高新技术企业（2022年）."""
        name = localised(self._edition.tables["indicators"].by_key()[fact.indicator], "name", self._words.language)
        title = escape(name[:1].upper() + name[1:])
        form = "part_of_year" if period_form(self._edition, fact) == "part_of_year" else "dated"
        return self._words(f"first_screen.{form}", name=title, period=self._wording.period(fact.period))

    def _change(self, fact: Fact, standing: str) -> str:
        """How the figure stands to that of the base year; that there is none is said where nothing else is."""
        old = base_fact(self._edition, fact)
        if old is None and standing:
            return ""
        return self._wording.phrase(phrases.change(fact, old), fact, old, alone=True)

    def _standing(self, fact: Fact) -> str:
        """How far a rate lies from those of the peers; areas of different size are compared by rates only."""
        known = peer_facts(self._edition, fact)
        said = [self._wording.phrase(phrases.gap(fact, other), fact, other) for other in known]
        return self._words("list.phrases").join(said)

    def _claim(self, one: Audited) -> str:
        wording = escape(localised(one.claim, "wording", self._words.language))
        row = f"audit.ipynb#{claim_anchor(one.claim['claim'])}"
        return self._words("first_screen.claim", wording=link(wording, row), verdict=self._wording.verdict(one.verdict))

    def _target(self, fact: Fact) -> str:
        """The first target for the indicator, marked as later data, and whether it is reached or the pace it takes."""
        found = [aim for aim in aims(self._edition) if aim.row["indicator"] == fact.indicator]
        if not found:
            return ""
        aim = found[0]
        name = escape(localised(aim.row, "name", self._words.language))
        parts = {
            "later": self._words("later"),
            "name": link(name, f"outlook.ipynb#{anchor('target', aim.row['target'])}"),
            "period": self._wording.period(aim.row["period"]),
            "goal": self._targets.goal(aim),
        }
        if aim.is_reached:
            said = self._words("first_screen.target_reached", **parts)
        else:
            said = self._words("first_screen.target", pace=self._targets.pace(aim), **parts)
        if len(found) == 1:
            return said
        more = link(self._words("first_screen.paths", count=len(found)), f"outlook.ipynb#{SECTION}")
        return self._words("list.clauses").join([said, more])

    def _trend(self, fact: Fact) -> list[Fact]:
        """The exact yearly figures up to this one, where there are at least two."""
        series = self._edition.facts.series(fact.indicator, fact.area)
        yearly = [each for each in series if is_year(each.period) and each.period <= fact.period]
        known = [each for each in yearly if each.bound == "exact" and self._edition.speaks(each, later=False)]
        return known if len(known) > 1 and known[-1] == fact else []
