"""Sentences on the figures that two editions are compared by."""

from collections.abc import Iterator

from diaoyan import phrases
from diaoyan.comparison_words import ComparisonWords, Line
from diaoyan.edition import Edition
from diaoyan.facts import Comparison, Fact
from diaoyan.figure_pairs import FigurePair


class FigureSentences:
    """Writes a line for a pair of figures, or for a figure that only one edition has."""

    def __init__(self, words: ComparisonWords):
        self._words = words
        self._say = words.catalogue

    def of_years(self, pair: FigurePair) -> Line:
        """How a city's figure changed, and how each of the two stands to other areas."""
        said = [self._words.phrase(phrases.change(pair.second, pair.first), pair.second, pair.first)]
        said += [self._beside(pair, *others) for others in pair.beside]
        return self._line(pair, self._dated(pair), self._say("list.clauses").join(said))

    def of_cities(self, pair: FigurePair) -> Line:
        """The gap between two cities, or the growth of each."""
        if pair.manner == "growth":
            dated = [
                self._say("diff.between").join([written, *self._growth(fact, base)])
                for written, fact, base in zip(self._dated(pair), (pair.first, pair.second), pair.bases, strict=True)
            ]
            return self._line(pair, dated, self._say("diff.own_growth"))
        gap = self._words.phrase(phrases.gap(pair.first, pair.second), pair.first, pair.second)
        key = "gap" if pair.first.period == pair.second.period else "gap_of_periods"
        said = [self._say(f"diff.{key}", area=self._area(pair.first), gap=gap), *self._why_older(pair)]
        return self._line(pair, self._dated(pair), self._say("list.clauses").join(said))

    def not_compared(self, pair: FigurePair) -> Line:
        """Both figures, and why they are not compared."""
        facts = zip((pair.first, pair.second), pair.bases, strict=True)
        areas = dict.fromkeys(self._area(fact) for fact, base in facts if base is None)
        reason = self._say(f"diff.reasons.{pair.manner}", areas=self._say("list.separator").join(areas))
        return self._line(pair, self._dated(pair), reason)

    def alone(self, fact: Fact, edition: Edition) -> Line:
        """A figure that the other edition has nothing beside."""
        parts = {"indicator": self._words.indicator(fact.indicator), "figure": self._words.dated(fact, edition)}
        return Line(self._say("diff.only", sources=self._words.sources(fact), **parts), fact)

    def _line(self, pair: FigurePair, dated: list[str], said: str) -> Line:
        """The sentence, and its parts for a table."""
        name, sides = self._words.indicator(pair.second.indicator), dated
        if self._words.kind == "cities":
            sides = [
                self._say("diff.of_city", city=self._area(fact), figure=written)
                for fact, written in zip((pair.first, pair.second), dated, strict=True)
            ]
        figures = self._say("list.clauses" if pair.manner == "growth" else "diff.between").join(sides)
        others = (other for both in (pair.bases, *pair.beside) for other in both if other)
        sources = self._words.sources(pair.first, pair.second, *others)
        text = self._say("diff.figure", indicator=name, figures=figures, said=said, sources=sources)
        return Line(text, pair, (name, *dated, said, sources))

    def _dated(self, pair: FigurePair) -> list[str]:
        facts = zip((pair.first, pair.second), self._words.editions, strict=True)
        return [self._words.dated(fact, edition) for fact, edition in facts]

    def _growth(self, fact: Fact, base: Fact) -> Iterator[str]:
        """How a figure stands to its base, and the average change a year where there is one."""
        yield self._words.phrase(phrases.change(fact, base), fact, base)
        yearly = phrases.yearly_growth(fact, base)
        # Over a single year it would say the same again.
        if yearly and yearly.number and Comparison(fact, base).years > 1:
            number = self._words.wording.percent(abs(yearly.number))
            yield self._say("diff.yearly_decline" if yearly.number < 0 else "diff.yearly_growth", number=number)

    def _why_older(self, pair: FigurePair) -> Iterator[str]:
        """Up to when each city has figures, where an older period is compared."""
        if pair.newest:
            first, second = pair.newest
            yield self._say(
                "diff.newest_of_both",
                first=self._area(first),
                first_period=self._words.wording.period(first.period),
                second=self._area(second),
                second_period=self._words.wording.period(second.period),
                period=self._words.wording.period(pair.first.period),
            )

    def _beside(self, pair: FigurePair, before: Fact, now: Fact) -> str:
        """How each figure stands to another area's: 2021年高于全国0.01个百分点，2024年高于全国0.16个百分点."""
        said = []
        for fact, other in ((pair.first, before), (pair.second, now)):
            is_rate = fact.quantity.unit.dimension == "percent"
            phrase = phrases.gap(fact, other) if is_rate else phrases.share(fact, other)
            if phrase:
                written = self._words.phrase(phrase, fact, other)
                parts = {"period": self._words.wording.period(fact.period), "said": written}
                area = self._words.wording.area(other.area)
                said.append(self._say("diff.standing" if is_rate else "diff.share", area=area, **parts))
        return self._say("diff.between").join(said)

    def _area(self, fact: Fact) -> str:
        return self._words.area(fact.area)
