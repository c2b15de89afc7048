"""The chart of multiples: how many times its earlier self each figure is, so that unlike things compare."""

from diaoyan.chart_subject import Drawing, Subject, periods_of, titled
from diaoyan.chart_theme import (
    CITY,
    GAP,
    LINE,
    PEER,
    WIDEST_NAME,
    WIDTH,
    across,
    down,
    layer,
    panel,
    rule,
    scale,
    text,
    widest,
    wrapped,
)
from diaoyan.facts import Comparison, Fact
from diaoyan.phrases import MULTIPLIED, one_decimal
from diaoyan.quantities import digits

BAR = 22
BETWEEN = 14


def multiples(subject: Subject) -> Drawing | None:
    """A bar for each indicator and area whose first and last figures have a ratio, largest first."""
    pairs = [pair for group in subject.groups if (pair := _pair(subject, *group))]
    if not pairs:
        return None
    pairs.sort(key=lambda pair: -pair.ratio)
    rows, heads, y = [], [], 0
    names = [_name(subject, pair.new) for pair in pairs]
    labels = [_label(subject, pair) for pair in pairs]
    start = widest([line for name in names for line in wrapped(name, WIDEST_NAME)]) + GAP
    end = WIDTH - widest(labels) - GAP
    for pair, name, label in zip(pairs, names, labels, strict=True):
        lines = wrapped(name, WIDEST_NAME)
        height = max(BAR, len(lines) * LINE)
        heads.append({"name": lines, "y": y + (height - (len(lines) - 1) * LINE) / 2})
        is_city = pair.new.area == subject.city
        row = {
            "ratio": float(pair.ratio),
            "y": y + height / 2,
            "label": label,
            "anchor": pair.new.anchor,
            "base_anchor": pair.old.anchor,
        }
        rows.append({**row, "colour": CITY if is_city else PEER})
        y += height + BETWEEN
    height = y - BETWEEN
    x, place = across("ratio", scale([row["ratio"] for row in rows], start, end)), down("y", height)
    layers = []
    for colour in dict.fromkeys(row["colour"] for row in rows):
        chosen = [row for row in rows if row["colour"] == colour]
        marks = layer(chosen).mark_bar(orient="horizontal", size=BAR, color=colour)
        emphasis = {"colour": CITY, "fontWeight": "bold"} if colour == CITY else {}
        layers += [marks.encode(x=x, y=place), text(chosen, "label", x, place, dx=8, **emphasis)]
    drawing = panel(height, *layers, rule([{}], start, 0, y2=height), text(heads, "name", 0, place))
    facts = [fact for pair in pairs for fact in (pair.old, pair.new)]
    said = [subject("alt.amount", name=name, amount=label) for name, label in zip(names, labels, strict=True)]
    first, last = (subject.wording.period(pairs[0].old.period), subject.wording.period(pairs[0].new.period))
    sentence = subject("alt.multiples", first=first, last=last, list=subject("alt.list").join(said))
    return Drawing([drawing], facts, [sentence], periods_of(facts))


def _pair(subject: Subject, indicator: str, area: str) -> Comparison | None:
    """The first and the last figure of the row's periods, where one is a multiple of the other."""
    found = subject.series(indicator, area)
    if len(found) < 2 or found[0].quantity.unit.dimension not in MULTIPLIED:
        return None
    pair = Comparison(found[-1], found[0])
    return pair if pair.ratio is not None and pair.bound != "unknown" else None


def _name(subject: Subject, fact: Fact) -> str:
    """The indicator; with the area, where it is not the city."""
    name = titled(subject.indicator(fact.indicator))
    return name if fact.area == subject.city else f"{name} · {subject.wording.area(fact.area)}"


def _label(subject: Subject, pair: Comparison) -> str:
    """The multiple as the text writes it: 3.5倍, 超过6.6倍."""
    number = one_decimal(pair.ratio, pair.bound)
    amount = subject("multiple", number=digits(number, subject.wording.catalogue.numbers["thousands"]))
    qualifier = {"exact": None, "lower": "above", "upper": "below"}[pair.bound]
    return subject.wording.catalogue(f"qualifier.{qualifier}", amount=amount) if qualifier else amount
