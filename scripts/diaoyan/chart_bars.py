"""The chart of sizes: a bar for each of a few figures."""

import altair as alt

from diaoyan import phrases
from diaoyan.chart_members import newest, total_notes
from diaoyan.chart_subject import Drawing, Subject, periods_of, titled
from diaoyan.chart_targets import target_sentences
from diaoyan.chart_theme import (
    CITY,
    GAP,
    LINE,
    PAPER,
    PEER,
    PROVINCE,
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
from diaoyan.facts import Fact

BAR = 26
BETWEEN_BARS = 6
BETWEEN_GROUPS = 14
# Where names and amounts would leave less to the bars, the names stand above them.
SHORTEST_SCALE = 160
# What an outline takes beyond its bar.
EDGE = 2


def bars(subject: Subject) -> Drawing | None:
    """Values as bars from zero, largest first; a panel per dimension, periods of a group together."""
    groups = [found for group in subject.groups if (found := subject.series(*group))]
    if subject.is_of_members:
        groups = newest(subject, groups)
    if not groups:
        return None
    groups.sort(key=lambda group: -max(fact.quantity.in_base for fact in group))
    dimensions = dict.fromkeys(_dimension(group) for group in groups)
    ordered = [[group for group in groups if _dimension(group) == each] for each in dimensions]
    facts = [fact for panel_groups in ordered for group in panel_groups for fact in group]
    names = {fact.anchor: subject.name(fact.indicator, fact.area) for fact in facts}
    start = widest([line for name in names.values() for line in wrapped(titled(name), WIDEST_NAME)]) + GAP
    periods = {fact.period for fact in facts}
    labels = {fact.anchor: _label(subject, fact, len(periods) > 1) for fact in facts}
    end = WIDTH - widest(list(labels.values())) - GAP
    is_above = end - start < SHORTEST_SCALE
    ends = (EDGE, end - EDGE) if is_above else (start, end)
    panels = [_bar_panel(subject, each, names, labels, ends, is_above) for each in ordered]
    sentences = [*target_sentences(subject, facts), *_bar_sentences(subject, facts, names)]
    totals = total_notes(subject, facts) if subject.is_of_members else []
    notes = [subject("alt.sentence", finding=titled(total)) for total in totals]
    return Drawing(panels, facts, [*sentences, *totals], periods_of(facts), len(panels) > 1, notes=notes)


def _dimension(group: list[Fact]) -> str:
    return group[0].quantity.unit.dimension


def _label(subject: Subject, fact: Fact, with_period: bool) -> str:
    """The amount at a bar's end; with its period where the bars have different ones."""
    amount = subject.wording.amount(fact)
    if not with_period:
        return amount
    return subject("amount_period", amount=amount, period=subject.wording.period(fact.period))


def _bar_panel(
    subject: Subject,
    groups: list[list[Fact]],
    names: dict[str, str],
    labels: dict[str, str],
    ends: tuple[float, float],
    is_above: bool,
) -> dict:
    """The groups one below the other, their names beside the bars or above them."""
    rows, heads, axes, y = [], [], [], 0
    for group in groups:
        lines = wrapped(titled(names[group[0].anchor]), WIDTH if is_above else WIDEST_NAME)
        inside = len(group) * (BAR + BETWEEN_BARS) - BETWEEN_BARS
        height = inside if is_above else max(inside, len(lines) * LINE)
        middle = y + (LINE if is_above else height - (len(lines) - 1) * LINE) / 2
        heads.append({"name": lines, "y": middle})
        y += len(lines) * LINE + BETWEEN_BARS if is_above else 0
        axes.append({"y": y, "end": y + height})
        for number, fact in enumerate(group):
            rows.append(
                {
                    "value": float(fact.quantity.in_base),
                    "y": y + (height - inside) / 2 + number * (BAR + BETWEEN_BARS) + BAR / 2,
                    "label": labels[fact.anchor],
                    "kind": _kind(subject, fact),
                    "anchor": fact.anchor,
                }
            )
        y += height + BETWEEN_GROUPS
    height = y - BETWEEN_GROUPS
    # One axis for all, unless it would run through the names.
    axes = axes if is_above else [{"y": 0, "end": height}]
    values = [row["value"] for row in rows]
    x = across("value", scale(values, *ends))
    place = down("y", height)
    layers = []
    for kind, fill in (("city", CITY), ("part", CITY), ("home", PROVINCE), ("peer", PEER), ("target", PAPER)):
        chosen = [row for row in rows if row["kind"] == kind]
        if not chosen:
            continue
        # A target is not there yet: an outline.
        style = {"stroke": CITY, "strokeWidth": 2, "strokeDash": [5, 3]} if kind == "target" else {}
        marks = layer(chosen).mark_bar(orient="horizontal", size=BAR, color=fill, **style)
        layers.append(marks.encode(x=x, x2=alt.X2Datum(0), y=place))
        ink = PROVINCE if kind == "home" else CITY
        emphasis = {} if kind in ("peer", "part") else {"colour": ink, "fontWeight": "bold"}
        layers.append(text(chosen, "label", x, place, dx=8, **emphasis))
    axis = rule(axes, ends[0], place, y2="end")
    return panel(height, *layers, axis, text(heads, "name", 0, place))


def _kind(subject: Subject, fact: Fact) -> str:
    if fact.qualifier == "target":
        return "target"
    if fact.area == subject.city:
        return "city"
    if subject.is_of_members:
        return "part"
    return "home" if fact.area == subject.province() else "peer"


def _bar_sentences(subject: Subject, facts: list[Fact], names: dict[str, str]) -> list[str]:
    """The bars from the top, and how far the city is from the others."""
    with_period = len({fact.period for fact in facts}) > 1
    parts = [
        subject("alt.amount", name=names[fact.anchor], amount=_label(subject, fact, with_period)) for fact in facts
    ]
    sentences = [subject("alt.list").join(parts)]
    if len(subject.indicators) == 1 and (len(subject.areas) > 1 or subject.is_of_members):
        head = subject.indicator(subject.indicators[0])
        sentences = [subject("alt.of", name=head, list=sentences[0])]
    for fact in facts:
        others = [other for other in facts if _same_question(fact, other) and other is not fact]
        if fact.area == subject.city and others:
            gaps = [subject.wording.phrase(phrases.gap(fact, other), fact, other) for other in others]
            joined = subject("alt.clauses").join(gaps)
            period = subject.wording.period(fact.period)
            sentences.append(subject("alt.gap", area=subject.wording.area(fact.area), period=period, gaps=joined))
    return sentences


def _same_question(one: Fact, other: Fact) -> bool:
    return (one.indicator, one.period) == (other.indicator, other.period)
