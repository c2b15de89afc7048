"""Amounts in running text: numbers as reports write them, in digits or words, with unit and qualifier."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

import cn2an

from diaoyan.quantities import Unit

# Thousands are parted by a comma, or in yearbooks by a blank.
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d.])|\d+(?:\.\d+)?"
WORDS = "零一二两三四五六七八九十百千万亿廿"
# No number has more words.
IN_WORDS = f"[{WORDS}]{{1,24}}"
CHINESE = rf"{IN_WORDS}(?:点[零一二三四五六七八九]{{1,12}})?"
# Numbers that belong to a name, a document, an address: G107, 5G, 〔2023〕15号, 第12条, 0372-2550000, 3.5.2.
NOT_BEFORE = rf"(?<![A-Za-z0-9.\-/〔\[【第#{WORDS}])"
# 0.76和0.08个百分点: what is said once holds for both.
AND, SHARED = re.compile("[和、及与]|， | and "), ("rate", "points", "times")
NO_GROUPS = str.maketrans("", "", ", ")
RANGE = re.compile("[-–—―~～至到]{1,2}")
PERCENT = Unit("%", "percent", Decimal(1), {})
PER_MILLE = Unit("‰", "percent", Decimal("0.1"), {})
RATES = {"%": PERCENT, "‰": PER_MILLE}
POINTS = Unit(
    "百分点", "percentage_point", Decimal(1), {"singular_en": "percentage point", "plural_en": "percentage points"}
)
TIMES = Unit("倍", "ratio", Decimal(1), {})
DOUBLINGS = Unit("番", "ratio", Decimal(1), {})
# A name of its own, for a claim without any unit would miss one.
NO_UNIT = Unit("1", "none", Decimal(1), dict.fromkeys(("singular_zh", "plural_zh", "singular_en", "plural_en"), ""))
NEVER = "(?!)"
NOTHING: Mapping[str, str] = MappingProxyType({})
# A longer row of digits is the number of a card or a file.
MOST_DIGITS = 24
# Said of things in passing (一个平台, 两项工作): a count only beside another.
FEW = 10


@dataclass(frozen=True)
class Amount:
    """An amount: where it stands in the plain text, its number as printed, its unit, near/above/below/about or None.

    `kind` is `level` for what is counted or measured, or `rate`, `points`, `times`, `doublings`, `bare` (no unit);
    `noun` is the unit without its 万 or 亿; what is said in passing is `weak`, one end of 3至5家 `in_range`.
    """

    start: int
    end: int
    number: Decimal
    unit: Unit
    kind: str
    noun: str
    qualifier: str | None = None
    weak: bool = False
    in_range: bool = False


class Amounts:
    """Finds amounts by the units and qualifiers of a grammar."""

    def __init__(self, units: dict, qualifiers: dict):
        self._nouns = dict(_nouns(units))
        self._magnitudes = {word: Decimal(str(value)) for word, value in units["magnitudes"].items()}
        self._weak = set(units["weak"])
        self._before = {word: name for name, words in qualifiers["before"].items() for word in words}
        self._after = {word: name for name, words in qualifiers["after"].items() for word in words}
        nouns, magnitudes = _any_of(self._nouns), _any_of(self._magnitudes)
        # 签约149个 is no 约149个.
        before = _any_of(self._before, qualifiers.get("not_behind", {}))
        after = _any_of(self._after)
        number = rf"(?:(?P<digits>{ARABIC})|(?P<words>{CHINESE}))"
        inner = r"(?P<inner>[余多])?"
        self._rates = units["rates"]
        # 1.36 billion yuan, but 13.6亿元.
        self._between = units["between"]
        # What completes a number of money that lacks its unit.
        self.money = self._between + next(iter(units["money"]))
        said, self._multiplied = units["said"], units.get("multiplied", {})
        self._pattern = re.compile(
            rf"(?P<before>{before})?(?:"
            rf"(?P<multiplied>{_any_of(self._multiplied) or NEVER})(?![a-z])"
            rf"|(?P<once>{said['once']})|(?P<half>{said['half']})"
            rf"|(?P<of>{IN_WORDS})分之(?P<parts>{ARABIC}|{CHINESE})"
            rf"|{NOT_BEFORE}{number}{inner}(?: ?(?:"
            rf"(?P<points>{units['points']})|(?P<rate>{_any_of(self._rates)})|(?P<tenths>{units['tenths']})"
            rf"|(?P<times>{units['times']})|(?P<doublings>{units['doublings']})"
            rf"|(?P<magnitude>{magnitudes})(?P<inner2>[余多])?(?: ?(?P<noun>{nouns}))?|(?P<only_noun>{nouns})))?"
            rf")(?:(?P<after>{after})(?!\d))?"
        )

    def find(self, text: str, taken: list[tuple[int, int]]) -> list[Amount]:
        """The amounts of a plain text in its order; what lies in spans that are taken (dates) is none."""
        found = list(self._find(text, taken))
        for place in reversed(range(len(found) - 1)):
            first, second = found[place : place + 2]
            between = text[first.end : second.start]
            if RANGE.fullmatch(between) and not text[: first.start].endswith(("由", "从", "自")):
                found[place : place + 2] = replace(first, in_range=True), replace(second, in_range=True)
            elif second.kind in SHARED and first.noun in ("", "个") and AND.fullmatch(between):
                found[place] = replace(first, kind=second.kind, unit=second.unit, noun=second.noun)
            elif second.kind == "level" and first.kind == "bare" and AND.fullmatch(between):
                found[place] = self._with_noun(first, second)
        return found

    def _with_noun(self, first: Amount, second: Amount) -> Amount:
        """7.01万亿、7.66万亿和8.24万亿元: an amount with the noun that is said once for all."""
        if first.unit is NO_UNIT:
            return replace(first, kind="level", unit=second.unit, noun=second.noun)
        dimension, per_base, _ = self._nouns[second.noun]
        unit = Unit(first.unit.name + second.noun, dimension, first.unit.per_base * per_base, {})
        return replace(first, kind="level", unit=unit, noun=second.noun)

    def _find(self, text: str, taken: list[tuple[int, int]]) -> Iterator[Amount]:
        position = 0
        while found := self._pattern.search(text, position):
            start, end = found.span()
            overlap = next((span for span in taken if span[0] < end and start < span[1]), None)
            if overlap:
                position = max(overlap[1], start + 1)
                continue
            amount = self._amount(found)
            position = end if amount else start + 1
            if amount and not _is_part_of_name(text, found, amount):
                yield amount

    def qualifier(self, word: str) -> str | None:
        """What a word before an amount says of it: near, above, below, about; None for no such word."""
        return self._before.get(word)

    def count(self, words: str) -> int | None:
        """A small number in digits or words."""
        number = Decimal(words) if words.isdigit() else in_words(words)
        return None if number is None else int(number)

    def alike(self, first: str, second: str) -> bool:
        """Whether two nouns may count the same things: 家 and 户, 名 and 人."""
        return first == second or bool(self._groups(first) & self._groups(second))

    def _groups(self, noun: str) -> set:
        return self._nouns[noun][2] if noun in self._nouns else set()

    def _amount(self, found: re.Match) -> Amount | None:
        """The amount of a match; None where it is no number, or a word without a unit."""
        qualifier = self._before.get(found["before"] or "") or self._after.get(found["after"] or "")
        start, end = found.span()
        if found["multiplied"]:
            return Amount(start, end, Decimal(self._multiplied[found["multiplied"]]), TIMES, "times", "倍", qualifier)
        if found["once"]:
            return Amount(start, end, Decimal(1), DOUBLINGS, "doublings", "番", qualifier)
        if found["half"]:
            return Amount(start, end, Decimal(50), PERCENT, "rate", "%", qualifier or "about")
        if found["of"]:
            return _fraction(found, qualifier)
        if found["digits"] and len(found["digits"]) > MOST_DIGITS:
            return None
        number = Decimal(found["digits"].translate(NO_GROUPS)) if found["digits"] else in_words(found["words"])
        if number is None:
            return None
        if found["inner"] or found["inner2"]:
            qualifier = qualifier or "above"
        if found["tenths"]:
            return Amount(start, end, number.scaleb(1), PERCENT, "rate", "%", qualifier)
        if found["rate"]:
            unit = RATES[self._rates[found["rate"]]]
            return Amount(start, end, number, unit, "rate", unit.name, qualifier)
        for kind, unit in (("points", POINTS), ("times", TIMES), ("doublings", DOUBLINGS)):
            if found[kind]:
                return Amount(start, end, number, unit, kind, unit.name, qualifier)
        noun, magnitude = found["noun"] or found["only_noun"] or "", (found["magnitude"] or "").strip()
        if not noun and not found["digits"]:
            return None
        if not noun and not magnitude:
            return Amount(start, end, number, NO_UNIT, "bare", "", qualifier)
        dimension, per_base, _ = self._nouns.get(noun, ("count", Decimal(1), set()))
        parts = filter(None, (magnitude, noun))
        unit = Unit(self._between.join(parts), dimension, per_base * self._magnitudes.get(magnitude, 1), {})
        few = (not found["digits"] and number <= FEW) or (noun in self._weak and number <= FEW and not magnitude)
        return Amount(start, end, number, unit, "level" if noun else "bare", noun, qualifier, few)


def in_words(words: str) -> Decimal | None:
    """The number that Chinese words or digits say; None where they say none (千, 三五成群)."""
    if not set(words) & set("零一二两三四五六七八九十廿"):
        return None
    try:
        return Decimal(str(cn2an.cn2an(words.replace("两", "二").replace("廿", "二十"), "smart")))
    except (ValueError, KeyError):
        # The library looks 万亿一 up as one word.
        return None


def _fraction(found: re.Match, qualifier: str | None) -> Amount | None:
    """百分之十五 as it is, 三分之一 as about 33 %."""
    whole = Decimal(100) if found["of"] == "百" else Decimal(1000) if found["of"] == "千" else in_words(found["of"])
    parts = found["parts"]
    number = Decimal(parts.translate(NO_GROUPS)) if parts[0].isdigit() else in_words(parts)
    if not whole or number is None:
        return None
    start, end = found.span()
    if found["of"] in "百千":
        return Amount(start, end, number, PERCENT if found["of"] == "百" else PER_MILLE, "rate", "%", qualifier)
    percent = (number / whole * 100).quantize(Decimal("0.1"))
    return Amount(start, end, percent, PERCENT, "rate", "%", qualifier or "about")


def _is_part_of_name(text: str, found: re.Match, amount: Amount) -> bool:
    """Whether what follows makes the number a name: 5G, 15号, 107国道, 3D; a bare number beside a letter or sign."""
    follows = text[amount.end : amount.end + 2]
    if amount.unit is not NO_UNIT:
        return bool(amount.noun in ("个", "级", "点", "条", "次", "期", "日") and follows[:1] == "届")
    return bool(re.match(r"[A-Za-z号岁年月日届路国省县环中小街栋楼室版季世]|[-–—~～/.]\d", follows))


def _nouns(units: dict) -> Iterator[tuple[str, tuple[str, Decimal, set]]]:
    """Every noun of the grammar's units: its dimension, how many base units it is, the groups it counts in."""
    groups: dict[str, set] = {}
    for number, group in enumerate(units["counted"]):
        for noun in group:
            groups.setdefault(noun, set()).add(number)
    for noun, found in groups.items():
        yield noun, ("count", Decimal(1), found)
    for noun, value in units["money"].items():
        yield noun, ("money", Decimal(str(value)), {"money"})
    for noun in units["foreign"]:
        yield noun, (noun, Decimal(1), {noun})
    for dimension, nouns in units["measured"].items():
        for noun, value in nouns.items():
            group = noun if dimension == "per_head" else dimension
            yield noun, (group, Decimal(str(value)), {group})


def _any_of(words: Iterable[str], not_behind: Mapping[str, str] = NOTHING) -> str:
    """A pattern for any of the words, the longest first; none right behind the characters that make it another word."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join((f"(?<![{not_behind[word]}])" if word in not_behind else "") + re.escape(word) for word in longest)
