"""Charts of then and now: slopes and dumbbells, two figures of each indicator."""

from dataclasses import dataclass

import altair as alt

from diaoyan import phrases
from diaoyan.chart_subject import Drawing, Subject, periods_of, titled
from diaoyan.chart_theme import (
    CITY,
    GAP,
    HAIRLINE,
    LINE,
    MUTED,
    PAPER,
    SMALL,
    WIDEST_NAME,
    WIDTH,
    across,
    dots,
    down,
    layer,
    panel,
    rule,
    scale,
    text,
    widest,
    wrapped,
)
from diaoyan.facts import Fact

# Beyond this many times the smallest, the small ones would be specks on a common scale.
WIDEST_COMMON_SCALE = 20
LARGE = 18
SLOPE = 96
ROW = 66
# From a dot to the middle of its label, and on to the period of the label.
LABEL = 20
PERIOD = 41


@dataclass(frozen=True)
class Pair:
    """The first and the last figure of one indicator and area, their labels, and the change in words."""

    name: str
    facts: tuple[Fact, Fact]
    amounts: tuple[str, str]
    periods: tuple[str, str]
    change: str

    @property
    def values(self) -> tuple[float, float]:
        """Both values in the base unit."""
        old, new = self.facts
        return float(old.quantity.in_base), float(new.quantity.in_base)


def slope(subject: Subject) -> Drawing | None:
    """Each indicator in a panel of its own, on a scale of its own that starts at zero."""
    pairs = _pairs(subject)
    left = widest([label for pair in pairs for label in (pair.amounts[0], pair.periods[0])]) + GAP
    right = widest([label for pair in pairs for label in (pair.amounts[1], pair.periods[1])], LARGE) + GAP
    panels = [_slope_panel(pair, (left, WIDTH - right)) for pair in pairs]
    return _drawing(subject, pairs, panels, len(pairs) > 1)


def dumbbell(subject: Subject) -> Drawing | None:
    """A row per indicator from zero; on a common scale where dimension and sizes allow it."""
    pairs = _pairs(subject)
    dimensions = {fact.quantity.unit.dimension for pair in pairs for fact in pair.facts}
    sizes = [max(pair.values) for pair in pairs]
    is_common = len(dimensions) == 1 and max(sizes, default=0) <= WIDEST_COMMON_SCALE * min(sizes, default=0)
    groups = [pairs] if is_common else [[pair] for pair in pairs]
    names = widest([line for pair in pairs for line in wrapped(titled(pair.name), WIDEST_NAME)])
    inset = widest([label for pair in pairs for label in pair.amounts + pair.periods]) / 2
    ends = names + GAP + inset, WIDTH - inset - GAP
    panels = [_dumbbell_panel(group, ends, group is groups[0]) for group in groups if group]
    return _drawing(subject, pairs, panels, len(groups) > 1)


def _pairs(subject: Subject) -> list[Pair]:
    """Indicators with a figure at both ends; one with a single figure has no change to show."""
    pairs = []
    for indicator, area in subject.groups:
        series = subject.series(indicator, area)
        ends = tuple(series[:1] + series[-1:])
        if subject.periods:
            ends = tuple(subject.fact(indicator, area, subject.periods[end]) for end in (0, -1))
        if len(ends) < 2 or None in ends or ends[0].period == ends[1].period:
            continue
        amounts = tuple(subject.wording.amount(fact) for fact in ends)
        periods = tuple(subject.wording.period(fact.period) for fact in ends)
        old, new = ends
        change = subject.wording.phrase(phrases.change(new, old), new, old)
        pairs.append(Pair(subject.name(indicator, area), ends, amounts, periods, change))
    return pairs


def _drawing(subject: Subject, pairs: list[Pair], panels: list[dict], has_own_scales: bool) -> Drawing | None:
    if not pairs:
        return None
    facts = [fact for pair in pairs for fact in pair.facts]
    sentences = [_sentence(subject, pair) for pair in pairs]
    return Drawing(panels, facts, sentences, periods_of(facts), has_own_scales)


def _sentence(subject: Subject, pair: Pair) -> str:
    """One change: then, now, and the words the rules choose for it."""
    return subject(
        "alt.pair",
        name=pair.name,
        old=pair.amounts[0],
        old_period=pair.periods[0],
        new=pair.amounts[1],
        new_period=pair.periods[1],
        change=pair.change,
    )


def _slope_panel(pair: Pair, ends: tuple[float, float]) -> dict:
    """A line between two labelled points; the labels stand beside it, where it never runs."""
    left, right = ends
    top, bottom = 3 * LINE, 3 * LINE + SLOPE
    old, new = (
        {"end": end, "value": value, "amount": amount, "period": period, "anchor": fact.anchor}
        for end, (fact, value, amount, period) in enumerate(
            zip(pair.facts, pair.values, pair.amounts, pair.periods, strict=True)
        )
    )
    x = alt.X("end", type="quantitative", scale=alt.Scale(domain=[0, 1], range=[left, right]), axis=None)
    y = alt.Y("value", type="quantitative", scale=scale(pair.values, bottom, top), axis=None)
    return panel(
        bottom + LINE,
        text([{"name": titled(pair.name)}], "name", 0, LINE / 2, fontWeight="bold"),
        text([{"change": pair.change}], "change", 0, 1.5 * LINE, colour=MUTED, size=SMALL),
        rule([{}], left, bottom, x2=right),
        layer([old, new]).mark_line(color=CITY, strokeWidth=3).encode(x=x, y=y),
        dots([old], x, y, PAPER),
        dots([new], x, y, CITY),
        text([old], "amount", left - GAP, y, align="right"),
        text([new], "amount", right + GAP, y, colour=CITY, size=LARGE, fontWeight="bold"),
        text([old, new], "period", x, bottom + 14, align="center", colour=MUTED, size=SMALL),
    )


def _dumbbell_panel(pairs: list[Pair], ends: tuple[float, float], is_first: bool) -> dict:
    """Rows on one scale; the first row of the chart also says which dot is which year."""
    largest = max(max(pair.values) for pair in pairs) or 1
    head = LABEL + PERIOD if is_first else 2 * LABEL
    # Labels of close dots stand on either side of the line instead of next to each other.
    is_close = [
        abs(pair.values[1] - pair.values[0]) / largest * (ends[1] - ends[0])
        < sum(widest(list(labels)) for labels in zip(pair.amounts, pair.periods, strict=True)) / 2 + GAP
        for pair in pairs
    ]
    below = PERIOD - LABEL if is_first and is_close[0] else 0
    rows, names = [], []
    for number, pair in enumerate(pairs):
        y = head + ROW * number - LINE / 2 + (below if number else 0)
        lines = wrapped(titled(pair.name), WIDEST_NAME)
        names.append({"name": lines, "y": y - (len(lines) - 1) * LINE / 2, "low": y - 7, "high": y + 7})
        for is_new, fact in enumerate(pair.facts):
            side = 1 if is_close[number] and not is_new else -1
            rows.append(
                {
                    "value": pair.values[is_new],
                    "other": pair.values[0],
                    "zero": 0,
                    "y": y,
                    "amount": pair.amounts[is_new],
                    "amount_y": y + side * LABEL,
                    "period": pair.periods[is_new],
                    "period_y": y + side * PERIOD,
                    "anchor": fact.anchor,
                }
            )
    height = rows[-1]["y"] + LABEL + 8 + (below if len(pairs) == 1 else 0)
    x = across("value", scale([row["value"] for row in rows], *ends))
    y, amount_y, period_y = (down(field, height) for field in ("y", "amount_y", "period_y"))
    old, new = rows[::2], rows[1::2]
    longest = [max(both, key=lambda row: row["value"]) for both in zip(old, new, strict=True)]
    periods = [
        text(each, "period", x, period_y, align="center", colour=MUTED, size=SMALL)
        for each in (old[:1], new[:1])
        if is_first
    ]
    return panel(
        height,
        rule(names, ends[0], down("low", height), y2="high"),
        rule(longest, x, y, HAIRLINE, 2, x2="zero"),
        rule(new, x, y, CITY, 4, x2="other"),
        dots(old, x, y, PAPER),
        dots(new, x, y, CITY),
        text(names, "name", 0, y),
        text(old, "amount", x, amount_y, align="center"),
        text(new, "amount", x, amount_y, align="center", colour=CITY, fontWeight="bold"),
        *periods,
    )
