"""Charts of single counts: a dot for every one, so that a number can be seen."""

import altair as alt

from diaoyan.chart_subject import Drawing, Subject, periods_of, titled
from diaoyan.chart_theme import CITY, LINE, TEXT, WIDTH, down, layer, panel, pixels, text
from diaoyan.facts import Fact

# Forty to a line can still be counted in fours; beyond a thousand a dot is no longer a thing but a texture.
DOTS_A_LINE = 40
MOST_DOTS = 1000
HEAD = 2 * LINE
DOT_AREA = 64


def pictogram(subject: Subject) -> Drawing | None:
    """A panel for each indicator: its newest figure as a field of dots, with name and value above."""
    series = [subject.series(indicator, area) for indicator, area in subject.groups]
    facts = [facts[-1] for facts in series if facts and _is_countable(facts[-1])]
    if not facts:
        return None
    sentences = [
        subject("alt.amount", name=subject.indicator(fact.indicator), amount=subject.wording.amount(fact))
        for fact in facts
    ]
    return Drawing([_field(subject, fact) for fact in facts], facts, sentences, periods_of(facts))


def _field(subject: Subject, fact: Fact) -> dict:
    step = WIDTH / DOTS_A_LINE
    places = [divmod(number, DOTS_A_LINE) for number in range(int(fact.quantity.value))]
    rows = [{"x": step * (column + 0.5), "y": HEAD + step * (line + 0.5)} for line, column in places]
    height = HEAD + step * (places[-1][0] + 1)
    head = {
        "name": titled(subject.indicator(fact.indicator)),
        "amount": subject.wording.amount(fact),
        "anchor": fact.anchor,
    }
    x, y = pixels("x"), down("y", height)
    marks = layer(rows).mark_point(shape="circle", filled=True, color=CITY, size=DOT_AREA, opacity=1)
    return panel(
        height,
        # What a reader points at is the field: hundreds of dots all say the same.
        layer([{"y": HEAD, "end": height, "anchor": fact.anchor}])
        .mark_rect(opacity=0)
        .encode(x=alt.XValue(0), x2=alt.X2Value(WIDTH), y=y, y2=alt.Y2("end")),
        marks.encode(x=x, y=y),
        text([head], "name", 0, TEXT / 2, fontWeight="bold"),
        text([head], "amount", WIDTH, TEXT / 2, align="right", colour=CITY, fontWeight="bold"),
    )


def _is_countable(fact: Fact) -> bool:
    value, unit = fact.quantity.value, fact.quantity.unit
    return unit.dimension == "count" and value == int(value) and 0 < value <= MOST_DOTS and fact.bound == "exact"
