"""Wording: facts and phrases written out in one language, each number a link to the row it comes from."""

from dataclasses import dataclass, field
from decimal import Decimal

from diaoyan.catalogue import Catalogue
from diaoyan.claims import in_stated_terms
from diaoyan.edition import Edition
from diaoyan.facts import Comparison, Fact
from diaoyan.locators import show_locator
from diaoyan.markup import escape, link
from diaoyan.numbers import Count, Number, Numbers
from diaoyan.periods import show_period
from diaoyan.phrases import Phrase
from diaoyan.quantities import Quantity, Unit, digits, rounded, show
from diaoyan.recomputation import RULES, Recomputed
from diaoyan.tables import Row, Table
from diaoyan.translations import localised

DATA_PAGE = "data.ipynb"
# Results of these are percentages.
IN_PER_CENT = ("÷ −1", "÷ %", "^ −1")
# The arithmetic beside a number is shown one digit finer than the number itself.
RATIO_DECIMALS = 2
# Between a calculation and its result, by what the figures prove.
SIGNS = {"exact": "=", "lower": ">", "upper": "<", "unknown": "≈"}


@dataclass(frozen=True)
class Wording:
    """Writes in one language, about one city; the tables give the names, `units` those of derived numbers.

    `numbers` keeps what the numbers it has written rest on.
    """

    catalogue: Catalogue
    units: dict[str, Unit]
    areas: Table
    indicators: Table
    sources: Table
    city: str
    numbers: Numbers = field(default_factory=Numbers, compare=False, repr=False)

    @classmethod
    def about(cls, edition: Edition, catalogue: Catalogue) -> "Wording":
        """The wording of an edition in the language of a catalogue."""
        tables = (edition.tables[name] for name in ("areas", "indicators", "sources"))
        return cls(catalogue, edition.units, *tables, edition.meta["city"])

    def name(self, table: Table, key: str) -> str:
        """The name of a row in the language, escaped."""
        return escape(self.plain_name(table, key))

    def plain_name(self, table: Table, key: str) -> str:
        """The name of a row in the language, as it is."""
        return localised(table.by_key()[key], "name", self.catalogue.language)

    def area(self, area: str) -> str:
        """The name of an area; the city's own province and the nation as one says them at home (全省, 全国)."""
        row = self.areas.by_key()[area]
        own = {self.areas.by_key()[self.city]["parent"]: "area.province"} if row["level"] == "province" else {}
        key = "area.nation" if row["level"] == "nation" else own.get(area)
        return self.catalogue(key) if key else self.name(self.areas, area)

    def peers(self, areas: list[str]) -> str:
        """The names of the areas that the city is held against: 全省、全国."""
        return self.catalogue("area.between").join(map(self.area, areas)) or self.catalogue("area.others")

    def indicator(self, indicator: str) -> str:
        """The name of an indicator."""
        return self.name(self.indicators, indicator)

    def period(self, period: str) -> str:
        """The period as the language writes it."""
        return show_period(period, self.catalogue)

    def amount(self, fact: Fact) -> str:
        """The fact's value with its unit and qualifier, without a link: 超过1000亿元."""
        return _qualified(fact, self.catalogue)

    def level(self, fact: Fact) -> str:
        """The fact's value as a link to its row, with period and locator as the link's title."""
        amount, title = self.amount(fact), self.cite(fact)
        return self._linked(amount, fact, title, Number(amount, fact.quantity.unit, (fact,)))

    def derived(self, shown: str, number: Number) -> str:
        """A number as a link to the row of its first fact, with its arithmetic and what it is between as the title."""
        figures = self.catalogue("list.separator").join(self.told_apart(number.facts))
        title = self.catalogue("cards.title", formula=number.formula, figures=figures) if figures else number.formula
        return self._linked(shown, number.facts[0], title, number)

    def counted(self, count: int, table: str, to: str) -> str:
        """A number of rows as a link to where they are listed; none at all are listed nowhere."""
        if not count:
            return str(count)
        caption = self.catalogue(f"tables.{table}")
        formula = self.catalogue("cards.counted", table=caption)
        self.numbers.keep(to, formula, str(count), Count(str(count), caption, formula))
        return link(str(count), to, formula)

    def cite(self, fact: Fact) -> str:
        """Where a fact comes from, on one line: period · locator · source."""
        source = self.plain_name(self.sources, fact.source)
        return " · ".join(filter(None, (self.period(fact.period), self.locator(fact), source)))

    def locator(self, fact: Fact) -> str:
        """Where in its source a fact stands."""
        return show_locator(fact.locator, self.catalogue)

    def told_apart(self, facts: tuple[Fact, ...]) -> list[str]:
        """Each fact by what not all have in common: 2022年 and 2018年, 安阳 and 全国; none where nothing differs."""
        vintages = {fact.vintage: self.catalogue(f"values.{fact.vintage}") for fact in facts}
        names = [
            [self.plain_name(self.areas, fact.area) for fact in facts],
            [self.period(fact.period) for fact in facts],
            [self.plain_name(self.indicators, fact.indicator) for fact in facts],
            [vintages[fact.vintage] for fact in facts],
        ]
        differing = [each for each in names if len(set(each)) > 1]
        return [" ".join(parts) for parts in zip(*differing, strict=True)]

    def phrase(
        self, phrase: Phrase, new: Fact | None, old: Fact | None, named: bool = True, alone: bool = False
    ) -> str:
        """A phrase with its number as a link to the new fact's row and its arithmetic as the link's title.

        Where the sentence names the base already, `named` is false; `alone` it stands in no sentence.
        """
        base = self.period(old.period) if old else ""
        since = self.catalogue("phrases.since", base=base) if named else ""
        parts = {"base": base, "since": since, "area": self.area(old.area) if old else ""}
        if phrase.number is not None:
            shown = self.number(phrase, new)
            value = self.catalogue("recomputed.ratio", number=shown) if phrase.operator == "÷" else shown
            value = self.catalogue(f"qualifier.{phrase.qualifier}", amount=value) if phrase.qualifier else value
            parts["number"] = self.derived(shown, self._compared(value, phrase, new, old))
        if phrase.doublings is not None:
            words = self.catalogue(f"phrases.{phrase.key}_words.{phrase.doublings}")
            parts["words"] = self.derived(words, self._compared(words, phrase, new, old))
        key = f"phrases.alone.{phrase.key}"
        written = self.catalogue(key if alone and self.catalogue.has(key) else f"phrases.{phrase.key}", **parts)
        return written + (self.mixed_vintage(new, old) if phrase.operator not in (None, "#") else "")

    def mixed_vintage(self, new: Fact, old: Fact) -> str:
        """A note where only one of two compared figures has been revised; empty otherwise."""
        # A target is never revised.
        if new.vintage == old.vintage or "target" in (new.qualifier, old.qualifier):
            return ""
        unrevised = new if new.vintage == "first_published" else old
        area, period = self.area(unrevised.area), self.period(unrevised.period)
        return self.catalogue("phrases.mixed_vintage", area=area, period=period)

    def in_step(self, phrase: Phrase, own: Fact, new: Fact, old: Fact) -> str:
        """What a figure would have become with another's growth, linked to the figure it starts from."""
        unit = own.quantity.unit
        number = show(Quantity(phrase.number / unit.per_base, unit), self.catalogue)
        sign = SIGNS[Comparison(new, old).bound]
        formula = f"{self.amount(own)} × ({self.amount(new)} ÷ {self.amount(old)}) {sign} {number}"
        value = self.catalogue(f"qualifier.{phrase.qualifier}", amount=number) if phrase.qualifier else number
        linked = self.derived(number, Number(value, unit, (own, new, old), formula))
        return self.catalogue(f"phrases.{phrase.key}", number=linked)

    def verdict(self, verdict: str) -> str:
        """The name of a verdict."""
        return self.catalogue(f"verdicts.{verdict}.name")

    def percent(self, value: Decimal) -> str:
        """A percentage as the language writes it."""
        return show(Quantity(value, self.units["%"]), self.catalogue)

    def stated(self, claim: Row) -> str:
        """What a claim states, as printed, in the language's form: 增长188%, 0.24个百分点, 翻了近两番, 超过1万家."""
        kind, unit = claim["kind"], claim["stated_unit"] or ""
        if kind == "doublings":
            manner = "nearly_doublings" if claim["qualifier"] == "near" else "doublings"
            return escape(self.catalogue(f"phrases.{manner}_words.{int(claim['stated'])}"))
        if kind == "first":
            return escape(self.catalogue("stated.first"))
        if kind == "gap" and claim["qualifier"] and not claim["stated"]:
            return escape(self.catalogue(f"stated.gap_{claim['direction']}"))
        number = digits(abs(claim["stated"]), self.catalogue.numbers["thousands"])
        is_growth = kind in ("growth", "yearly_growth") and unit in ("%", "倍")
        amount = number + unit
        if kind == "rank":
            amount = self.catalogue("stated.rank", number=number)
        elif unit == "倍":
            amount = number if is_growth else self.catalogue("recomputed.ratio", number=number)
        elif unit in self.units:
            amount = show(Quantity(abs(claim["stated"]), self.units[unit]), self.catalogue)
        if claim["qualifier"]:
            amount = self.catalogue(f"qualifier.{claim['qualifier']}", amount=amount)
        if not is_growth:
            return escape(amount if claim["stated"] >= 0 else f"−{amount}")
        form = "growth_times" if unit == "倍" else kind
        direction = "growth" if claim["stated"] >= 0 else "decline"
        return escape(self.catalogue(f"stated.{form.replace('growth', direction)}", amount=amount))

    def recomputed(self, recomputed: Recomputed, claim: Row) -> str:
        """A recomputed value in the claim's own terms, not escaped: 188.27%, 152家, 0.76个百分点, 第2位."""
        value, unit = in_stated_terms(claim, recomputed, self.units)
        if claim["kind"] == "rank":
            return self.catalogue("stated.rank", number=digits(value, ""))
        if claim["kind"] == "first":
            return self.catalogue("recomputed.first", number=digits(value, ""))
        if unit in ("", "倍"):
            number = digits(rounded(abs(value), RATIO_DECIMALS if unit else 0), self.catalogue.numbers["thousands"])
            shown = self.catalogue("recomputed.ratio", number=number) if unit else number
        elif RULES[claim["kind"]].result == "percent":
            shown = self.percent(rounded(abs(value), RATIO_DECIMALS))
        else:
            shown = show(Quantity(abs(value), self.units[unit]), self.catalogue)
        return shown if value >= 0 else f"−{shown}"

    def unit_of(self, operator: str, new: Fact) -> Unit | None:
        """The unit of what comes out of two figures; None for a multiple."""
        if operator == "÷":
            return None
        if operator in IN_PER_CENT:
            return self.units["%"]
        return self.units["百分点"] if new.quantity.unit.dimension == "percent" else new.quantity.unit

    def number(self, phrase: Phrase, new: Fact) -> str:
        """The number of a phrase with its unit: a percentage, a multiple, points, a place, or an amount."""
        if phrase.operator == "#":
            return self.catalogue("stated.rank", number=digits(phrase.number, ""))
        if phrase.operator in IN_PER_CENT:
            return self.percent(phrase.number)
        if phrase.operator == "÷":
            return digits(phrase.number, self.catalogue.numbers["thousands"])
        if new.quantity.unit.dimension == "percent":
            return show(Quantity(phrase.number, self.units["百分点"]), self.catalogue)
        return show(Quantity(phrase.number / new.quantity.unit.per_base, new.quantity.unit), self.catalogue)

    def _compared(self, value: str, phrase: Phrase, new: Fact, old: Fact) -> Number:
        """The number of a phrase with the arithmetic behind it: 303 ÷ 87 = 3.48."""
        if phrase.operator == "#":
            return Number(value, None, (new,), self.catalogue("cards.ranked", area=self.area(old.area)))
        formula = arithmetic(phrase.operator, new, old, self.catalogue)
        return Number(value, self.unit_of(phrase.operator, new), (new, old), formula)

    def _linked(self, shown: str, fact: Fact, title: str, number: Number) -> str:
        to = f"{DATA_PAGE}#{fact.anchor}"
        self.numbers.keep(to, title, shown, number)
        return link(escape(shown), to, title)


def arithmetic(operator: str, new: Fact, old: Fact, catalogue: Catalogue) -> str:
    """The calculation between two facts written out with its result, in the units they were recorded in.

    What is only known to lie above a bound comes out above it (超过1000亿元 ÷ 149.7亿元 > 6.68), rounded to that side.
    """
    comparison = Comparison(new, old)
    left, right = _qualified(new, catalogue), _qualified(old, catalogue)
    sign, side = SIGNS[comparison.bound], "exact" if comparison.bound == "unknown" else comparison.bound
    if operator == "−":
        unit = new.quantity.unit
        result = Quantity(comparison.difference / unit.per_base, unit)
        # Points stand without their unit here: the number beside them has it.
        shown = f"{result.value:f}" if unit.dimension == "percent" else show(result, catalogue)
        return f"{left} − {right} {sign} {_with_minus(shown)}"
    ratio = comparison.ratio
    if operator == "÷":
        return f"{left} ÷ {right} {sign} {rounded(ratio, RATIO_DECIMALS, side)}"
    if operator == "÷ %":
        return f"{left} ÷ {right} {sign} {_percent(ratio, side)}"
    if operator == "^ −1":
        growth = _percent(comparison.yearly_growth, side)
        return f"({left} ÷ {right}) ^ (1 ÷ {comparison.years}) − 1 {sign} {growth}"
    return f"{left} ÷ {right} − 1 {sign} {_percent(ratio - 1, side)}"


def _qualified(fact: Fact, catalogue: Catalogue) -> str:
    """A fact's value with its unit and qualifier."""
    amount = show(fact.quantity, catalogue)
    key = f"qualifier.{fact.qualifier}"
    return catalogue(key, amount=amount) if catalogue.has(key) else amount


def _percent(part: Decimal, side: str) -> str:
    return _with_minus(str(rounded(part * 100, RATIO_DECIMALS, side))) + "%"


def _with_minus(number: str) -> str:
    return number.replace("-", "−")
