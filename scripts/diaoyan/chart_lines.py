"""The chart of areas over the years: a line for each, and the city among them."""

from decimal import Decimal

import altair as alt

from diaoyan import phrases
from diaoyan.chart_subject import Drawing, Subject, periods_of, point, yearly
from diaoyan.chart_theme import (
    CITY,
    GAP,
    HAIRLINE,
    INK,
    IS_CHOSEN,
    LINE,
    MUTED,
    PEER,
    PROVINCE,
    SMALL,
    WIDTH,
    dots,
    extent,
    layer,
    panel,
    rule,
    scale,
    spread,
    text,
    ticks,
    widest,
    width_of,
)
from diaoyan.facts import Fact
from diaoyan.quantities import Quantity, shortest, show

TOP = 12
BOTTOM = 292
FOOT = 28


def benchmark_lines(subject: Subject) -> Drawing | None:
    """A line per area and unbroken run of years; a single year, such as the city's, is a point."""
    panels, facts, sentences = [], [], []
    for indicator in subject.indicators:
        lines = {area: yearly(subject.series(indicator, area)) for area in subject.areas}
        lines = {area: found for area, found in lines.items() if found}
        if len({fact.period for found in lines.values() for fact in found}) < 2:
            continue
        others = {area: yearly(subject.series(indicator, area)) for area in subject.background}
        others = {area: found for area, found in others.items() if found}
        panels.append(_lines_panel(subject, lines, others))
        facts += [fact for found in (*lines.values(), *others.values()) for fact in found]
        sentences += [_line_sentence(subject, indicator, lines), *gap_sentences(subject, lines)]
        if others:
            sentences.append(_range_sentence(subject, others))
    if not panels:
        return None
    choices = [area for area in subject.of_level("province") if area in {fact.area for fact in facts}]
    return Drawing(panels, facts, sentences, periods_of(facts), len(panels) > 1, choices=choices)


def _runs(facts: list[Fact]) -> list[list[Fact]]:
    """The facts cut wherever a year is missing, since nothing is known of what lies between."""
    runs = []
    for fact in facts:
        if runs and int(fact.period) == int(runs[-1][-1].period) + 1:
            runs[-1].append(fact)
        else:
            runs.append([fact])
    return runs


def _lines_panel(subject: Subject, lines: dict[str, list[Fact]], others: dict[str, list[Fact]]) -> dict:
    """`lines` are named and coloured, `others` thin lines behind them of which the highest and the lowest are named."""
    facts = [fact for found in (*lines.values(), *others.values()) for fact in found]
    years = sorted({int(fact.period) for fact in facts})
    rounds = ticks([fact.quantity.in_base for fact in facts])
    grid = [{"value": float(each), "label": _amount(subject, each, facts[0])} for each in rounds]
    values = [float(fact.quantity.in_base) for fact in facts] + [row["value"] for row in grid]
    named = {**{area: others[area] for area in _extremes(others)}, **lines}
    labels = {area: _end_label(subject, found[-1], years[-1]) for area, found in named.items()}
    start = widest([row["label"] for row in grid], SMALL) + GAP
    end = WIDTH - widest(list(labels.values())) - 2 * GAP
    of_years = alt.Scale(domain=[years[0], years[-1]], range=[start + GAP, end], nice=False)
    x = alt.X("year", type="quantitative", scale=of_years, axis=None)
    of_values = scale(values, BOTTOM, TOP)
    y = alt.Y("value", type="quantitative", scale=of_values, axis=None)
    # The city comes last and so on top.
    order = sorted(named, key=lambda area: area == subject.city)
    ends = [
        {
            "year": int(named[area][-1].period),
            "value": float(named[area][-1].quantity.in_base),
            "label": labels[area],
            "is_last": int(named[area][-1].period) == years[-1],
            "group": area,
        }
        for area in order
    ]
    return panel(
        BOTTOM + FOOT,
        rule([row for row in grid if row["value"]], start, y, HAIRLINE, x2=end + GAP),
        rule([row for row in grid if not row["value"]], start, y, x2=end + GAP),
        text(grid, "label", start - 8, y, align="right", colour=MUTED, size=SMALL),
        year_labels(subject, years, x, BOTTOM + 16, end - start),
        *(each for found in others.values() for each in _background(found, x, y)),
        *(each for area in order if area in lines for each in _line(subject, area, lines[area], x, y)),
        *_end_labels(subject, ends, extent(values), x, of_values, end + GAP),
    )


def _line(subject: Subject, area: str, facts: list[Fact], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """One area: a line through each run of years, a dot for a year that stands alone."""
    colour, size = _style(subject, area)
    layers = []
    for run in _runs(facts):
        rows = [{**_grouped(fact), "label": subject.wording.amount(fact)} for fact in run]
        marks = layer(rows).mark_line(color=colour, strokeWidth=size, strokeJoin="round")
        alone = dots(rows, x, y, colour, colour)
        layers.append(alone if len(rows) == 1 else marks.encode(x=x, y=y))
    return layers


def _background(facts: list[Fact], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """One of the others: a thin line through each run of years, a strong one where a reader has chosen it."""
    runs = [[_grouped(fact) for fact in run] for run in _runs(facts)]
    colour = alt.StrokeValue(PEER, condition={"test": IS_CHOSEN, "value": INK})
    width = alt.StrokeWidthValue(1, condition={"test": IS_CHOSEN, "value": 3})
    return [layer(rows).mark_line().encode(x=x, y=y, stroke=colour, strokeWidth=width) for rows in runs]


def _grouped(fact: Fact) -> dict:
    return {**point(fact), "group": fact.area}


def _extremes(others: dict[str, list[Fact]]) -> list[str]:
    """The areas highest and lowest in their last year; none without others."""
    ordered = sorted(others, key=lambda area: others[area][-1].quantity.in_base)
    return list(dict.fromkeys([ordered[-1], ordered[0]])) if ordered else []


def _style(subject: Subject, area: str) -> tuple[str, float]:
    """Colour and width of an area's line."""
    if area == subject.city:
        return CITY, 3.5
    return (PROVINCE, 3) if area == subject.province() else (MUTED, 2)


def _end_label(subject: Subject, fact: Fact, last_year: int) -> str:
    """Area and amount; with the year where the line ends before the others."""
    amount = subject.wording.amount(fact)
    if int(fact.period) != last_year:
        period = subject.wording.period(fact.period)
        amount = subject("amount_period", amount=amount, period=period)
    return subject("name_amount", name=subject.wording.area(fact.area), amount=amount)


def _end_labels(
    subject: Subject, ends: list[dict], within: tuple, x: alt.X, of_values: alt.Scale, label_x: float
) -> list[alt.Chart]:
    """The names at the lines' ends, moved apart; a thin line leads to a name that is not beside its end."""
    lowest, highest = within
    y, beside = (alt.Y(field, type="quantitative", scale=of_values, axis=None) for field in ("value", "label_value"))
    per_pixel = (highest - lowest) / (BOTTOM - TOP)
    wanted = [(each["value"] - lowest) / per_pixel for each in ends]
    layers = []
    for each, place in zip(ends, spread(wanted, LINE, (0, BOTTOM - TOP)), strict=True):
        colour, _ = _style(subject, each["group"])
        row = {**each, "label_value": lowest + place * per_pixel}
        if not each["is_last"] or abs(row["label_value"] - each["value"]) > per_pixel:
            layers.append(rule([row], x, y, colour, x2=label_x, y2="label_value"))
        style = {"colour": colour, "fontWeight": "bold", "dx": 4}
        layers.append(text([row], "label", label_x, beside, **style))
    return layers


def year_labels(subject: Subject, years: list[int], x: alt.X, y: float, width: float) -> alt.Chart:
    """Years below the axis, from the last one backwards, as close as their labels allow."""
    label = max(width_of(subject.wording.period(str(year)), SMALL) for year in years)
    per_year = width / max(1, years[-1] - years[0])
    step = next((step for step in (1, 2, 3, 5, 10, 20) if step * per_year > label + 2 * GAP), 50)
    rows = [
        {"year": year, "label": subject.wording.period(str(year))} for year in range(years[-1], years[0] - 1, -step)
    ]
    return text(rows, "label", x, y, align="center", colour=MUTED, size=SMALL)


def _line_sentence(subject: Subject, indicator: str, lines: dict[str, list[Fact]]) -> str:
    """Where each line starts and ends."""
    wording, parts = subject.wording, []
    for area, facts in lines.items():
        first, last = facts[0], facts[-1]
        ends = {
            "name": wording.area(area),
            "first": wording.amount(first),
            "first_period": wording.period(first.period),
            "last": wording.amount(last),
            "last_period": wording.period(last.period),
        }
        if first is last:
            parts.append(subject("alt.point", **ends))
        else:
            change = wording.phrase(phrases.change(last, first), last, first, named=False)
            parts.append(subject("alt.line", **ends, change=change))
    return subject("alt.of", name=subject.indicator(indicator), list=subject("alt.clauses").join(parts))


def gap_sentences(subject: Subject, lines: dict[str, list[Fact]]) -> list[str]:
    """How far the city's newest figure is from those of the other lines in its year."""
    own = lines.get(subject.city, [])[-1:]
    others = [fact for area, facts in lines.items() for fact in facts if area != subject.city]
    sentences = []
    for fact in own:
        beside = [other for other in others if other.period == fact.period]
        gaps = [subject.wording.phrase(phrases.gap(fact, other), fact, other) for other in beside]
        named = {"area": subject.wording.area(fact.area), "period": subject.wording.period(fact.period)}
        sentences += [subject("alt.gap", **named, gaps=subject("alt.clauses").join(gaps))] if gaps else []
    return sentences


def _range_sentence(subject: Subject, others: dict[str, list[Fact]]) -> str:
    """The highest and the lowest of the others in their last year."""
    highest, lowest = (others[area][-1] for area in (_extremes(others)[0], _extremes(others)[-1]))
    ends = {
        "first_area": subject.wording.area(highest.area),
        "first": subject.wording.amount(highest),
        "last_area": subject.wording.area(lowest.area),
        "last": subject.wording.amount(lowest),
    }
    return subject("alt.others", count=len(others), period=subject.wording.period(highest.period), **ends)


def _amount(subject: Subject, value: Decimal, like: Fact) -> str:
    """A round value of the scale as the language writes it."""
    unit = like.quantity.unit
    return show(Quantity(shortest(value / unit.per_base), unit), subject.wording.catalogue)
