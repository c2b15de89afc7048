"""The chart of all provinces in order, with the city's and the nation's values across."""

import altair as alt

from diaoyan.chart_subject import Drawing, Subject
from diaoyan.chart_theme import (
    CITY,
    GAP,
    INK,
    LINE,
    MUTED,
    PEER,
    PROVINCE,
    SMALL,
    WIDTH,
    across,
    down,
    layer,
    panel,
    rule,
    scale,
    text,
    widest,
)
from diaoyan.facts import Fact

ROW = 22
BAR = 15
FEWEST_PROVINCES = 2


def ranking(subject: Subject) -> Drawing | None:
    """All provinces in order, with the city's and the nation's values as rules across."""
    if not subject.indicators:
        return None
    indicator = subject.indicators[0]
    period = subject.periods[-1] if subject.periods else subject.edition.meta["report_year"]
    ranked = subject.of_level("province")
    # The nation's rate is a yardstick for its provinces; its total is their sum and would dwarf them.
    nation = subject.of_level("nation") if subject.is_rate(indicator) else []
    lines = [area for area in dict.fromkeys([*subject.areas, *nation]) if area not in ranked]
    found = [fact for area in [*ranked, *lines] if (fact := subject.fact(indicator, area, period))]
    if len({fact.vintage for fact in found if fact.area in ranked}) > 1:
        # A revised figure among unrevised ones would change places for no reason of its own.
        found = [subject.edition.facts.first_published(fact) for fact in found]
    provinces = [fact for fact in found if fact.area in ranked]
    provinces.sort(key=lambda fact: -fact.quantity.in_base)
    lines = [fact for fact in found if fact.area in lines]
    if len(provinces) < FEWEST_PROVINCES:
        return None
    panels = [_ranking_panel(subject, provinces, lines)]
    sentences = _ranking_sentences(subject, provinces, lines)
    choices = [fact.area for fact in provinces]
    return Drawing(panels, [*provinces, *lines], sentences, [period], choices=choices)


def _ranking_panel(subject: Subject, provinces: list[Fact], lines: list[Fact]) -> dict:
    """Names and amounts in columns on the left, so that no rule runs through an amount."""
    wording, home = subject.wording, subject.province()
    names = [wording.area(fact.area) for fact in provinces]
    amounts = [wording.amount(fact) for fact in provinces]
    column = widest(names, SMALL) + GAP + widest(amounts, SMALL)
    head = LINE * len(lines) + 6
    height = head + ROW * len(provinces)
    rows = [
        {
            "value": float(fact.quantity.in_base),
            "y": head + ROW * (number + 0.5),
            "name": names[number],
            "amount": amounts[number],
            "kind": "city" if fact.area == subject.city else "home" if fact.area == home else "peer",
            "anchor": fact.anchor,
            "group": fact.area,
        }
        for number, fact in enumerate(provinces)
    ]
    values = [float(fact.quantity.in_base) for fact in [*provinces, *lines]]
    start, end = column + GAP, WIDTH - 2
    x, y = across("value", scale(values, start, end)), down("y", height)
    layers = []
    for kind, colour, weight in (
        ("peer", PEER, "normal"),
        ("home", PROVINCE, "bold"),
        ("city", CITY, "bold"),
    ):
        chosen = [row for row in rows if row["kind"] == kind]
        ink = INK if kind == "peer" else colour
        style = {"colour": ink, "size": SMALL, "fontWeight": weight}
        marks = layer(chosen).mark_bar(orient="horizontal", size=BAR, color=colour)
        if chosen:
            layers.append(marks.encode(x=x, x2=alt.X2Datum(0), y=y))
            layers.append(text(chosen, "name", 0, y, **style))
            layers.append(text(chosen, "amount", column, y, align="right", **style))
    return panel(height, *layers, *_rules(subject, lines, x, height))


def _rules(subject: Subject, lines: list[Fact], x: alt.X, height: float) -> list[alt.Chart]:
    """A rule down the panel for each area that is no province, with its name to the left of its head.

    The largest comes first and so highest, so that no rule runs through another's name.
    """
    layers = []
    for number, fact in enumerate(sorted(lines, key=lambda fact: -fact.quantity.in_base)):
        named = {"name": subject.wording.area(fact.area), "amount": subject.wording.amount(fact)}
        row = {
            "value": float(fact.quantity.in_base),
            "label": subject("name_amount", **named),
            "anchor": fact.anchor,
            "group": fact.area,
        }
        is_city = fact.area == subject.city
        colour, dash = (CITY, [1, 0]) if is_city else (MUTED, [5, 3])
        top = LINE * number
        style = {"align": "right", "colour": colour, "fontWeight": "bold", "dx": -6}
        layers += [
            rule([row], x, top, colour, 2.5, y2=height, strokeDash=dash),
            text([row], "label", x, top + LINE / 2, **style),
        ]
    return layers


def _ranking_sentences(subject: Subject, provinces: list[Fact], lines: list[Fact]) -> list[str]:
    """First and last, the own province's place, and how many provinces each rule leaves behind."""
    wording, home = subject.wording, subject.province()
    first, last = provinces[0], provinces[-1]
    sentences = [
        subject(
            "alt.range",
            name=subject.indicator(first.indicator),
            count=len(provinces),
            first_area=wording.area(first.area),
            first=wording.amount(first),
            last_area=wording.area(last.area),
            last=wording.amount(last),
        )
    ]
    values = [fact.quantity.in_base for fact in provinces]
    for fact in provinces:
        if fact.area == home:
            place = 1 + sum(value > fact.quantity.in_base for value in values)
            key = "alt.place_joint" if values.count(fact.quantity.in_base) > 1 else "alt.place"
            named = {"area": wording.area(fact.area), "amount": wording.amount(fact)}
            sentences.append(subject(key, place=place, **named))
    for fact in lines:
        lower = sum(value < fact.quantity.in_base for value in values)
        named = {"area": wording.area(fact.area), "amount": wording.amount(fact)}
        sentences.append(subject("alt.lower", count=lower, **named))
    return sentences
