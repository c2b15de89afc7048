"""The chart of multiples: how many times its earlier self each figure is, so that unlike things compare."""

from diaoyan.chart_subject import DataTable, Drawing, Subject, periods_of, titled
from diaoyan.chart_table import columned, dated, named, source, source_titles, unit_name
from diaoyan.chart_theme import (
    CITY,
    GAP,
    LINE,
    PAPER,
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
from diaoyan.facts import QUALIFIERS, Comparison, Fact
from diaoyan.phrases import MULTIPLIED, one_decimal
from diaoyan.quantities import digits, shortest

BAR = 22
BETWEEN = 14
DASHES = [4, 3]
BEFORE_AREA = " · "


def multiples(subject: Subject) -> Drawing | None:
    """A bar for each indicator and area that has grown from the first to the last period, largest first."""
    periods = _periods(subject)
    pairs = [pair for group in subject.groups if (pair := _pair(subject, *group, *periods))] if periods else []
    if not pairs:
        return None
    pairs.sort(key=lambda pair: -pair.ratio)
    rows, heads, y = [], [], 0
    names = [_name(subject, pair.new) for pair in pairs]
    labels = [_label(subject, pair) for pair in pairs]
    start = widest([line for name in names for line in _lines(name)]) + GAP
    end = WIDTH - widest(labels) - GAP
    for pair, name, label in zip(pairs, names, labels, strict=True):
        lines = _lines(name)
        height = max(BAR, len(lines) * LINE)
        heads.append({"name": lines, "y": y + (height - (len(lines) - 1) * LINE) / 2})
        is_city = pair.new.area == subject.city
        row = {
            "ratio": float(pair.ratio),
            "y": y + height / 2,
            "label": label,
            "anchor": pair.new.anchor,
            "base_anchor": pair.old.anchor,
            "group": pair.new.anchor,
        }
        rows.append({**row, "colour": CITY if is_city else PEER, "is_open": pair.bound != "exact"})
        y += height + BETWEEN
    height = y - BETWEEN
    x, place = across("ratio", scale([row["ratio"] for row in rows], start, end)), down("y", height)
    layers = []
    for colour, is_open in dict.fromkeys((row["colour"], row["is_open"]) for row in rows):
        chosen = [row for row in rows if (row["colour"], row["is_open"]) == (colour, is_open)]
        # Nobody knows where a bar ends that is longer than drawn: it is an outline.
        style = (
            {"fill": PAPER, "stroke": colour, "strokeWidth": 2, "strokeDash": DASHES} if is_open else {"color": colour}
        )
        marks = layer(chosen).mark_bar(orient="horizontal", size=BAR, **style)
        emphasis = {"colour": CITY, "fontWeight": "bold"} if colour == CITY else {}
        layers += [marks.encode(x=x, y=place), text(chosen, "label", x, place, dx=8, **emphasis)]
    drawing = panel(height, *layers, rule([{}], start, 0, y2=height), text(heads, "name", 0, place))
    facts = [fact for pair in pairs for fact in (pair.old, pair.new)]
    said = [subject("alt.amount", name=name, amount=label) for name, label in zip(names, labels, strict=True)]
    first, last = map(subject.wording.period, periods)
    sentence = subject("alt.multiples", first=first, last=last, list=subject("alt.list").join(said))
    notes = [subject("counted_otherwise")] if len(pairs) > 1 else []
    table = _table(subject, pairs, (first, last))
    points = {pair.new.anchor: _point(subject, pair, label) for pair, label in zip(pairs, labels, strict=True)}
    return Drawing([drawing], facts, [sentence], periods_of(facts), notes=notes, table=table, points=points)


def _table(subject: Subject, pairs: list[Comparison], ends: tuple[str, str]) -> DataTable:
    """The figures of both periods in the unit of the newer one, and the multiple between them, all as numbers."""
    words, multiple = subject.wording.catalogue, subject.wording.catalogue("chart_tools.multiple")
    columns = {
        words("columns.indicator"): [subject.indicator(pair.new.indicator) for pair in pairs],
        words("columns.area"): [subject.wording.area(pair.new.area) for pair in pairs],
        words("columns.unit"): [unit_name(subject, pair.new) for pair in pairs],
    }
    cells = {
        ends[0]: [(_in_unit_of(pair.old, pair.new), pair.old.qualifier) for pair in pairs],
        ends[1]: [(_in_unit_of(pair.new, pair.new), pair.new.qualifier) for pair in pairs],
        multiple: [(f"{one_decimal(pair.ratio, pair.bound):f}", QUALIFIERS[pair.bound]) for pair in pairs],
    }
    for head, found in cells.items():
        columns[head] = [number for number, _ in found]
        qualified = words("chart_tools.qualifier_of", head=head)
        columns[qualified] = [words(f"values.{qualifier}") if qualifier else "" for _, qualifier in found]
    columns[words("columns.source")] = [source_titles(subject, (pair.old, pair.new)) for pair in pairs]
    return columned(columns, *cells)


def _in_unit_of(fact: Fact, other: Fact) -> str:
    """The fact's value in the other's unit, as recorded where it is its own."""
    is_own = fact.quantity.unit == other.quantity.unit
    value = fact.quantity.value if is_own else shortest(fact.quantity.in_base / other.quantity.unit.per_base)
    return f"{value:f}"


def _point(subject: Subject, pair: Comparison, label: str) -> list[str]:
    """What is said of a bar: both figures, the multiple, where the newer one comes from."""
    figures = [dated(subject, fact) for fact in (pair.old, pair.new)]
    return [named(subject, pair.new), *figures, label, source(subject, pair.new)]


def _periods(subject: Subject) -> tuple[str, str] | None:
    """The first and the last of the row's periods; where it names none, of all there are."""
    known = [fact for group in subject.groups for fact in subject.series(*group) if fact.qualifier != "target"]
    periods = sorted(subject.periods) or periods_of(known)
    return (periods[0], periods[-1]) if len(periods) > 1 else None


def _pair(subject: Subject, indicator: str, area: str, first: str, last: str) -> Comparison | None:
    """The figures of both periods, where the last is more than the first; a target is no figure."""
    old, new = (subject.fact(indicator, area, period) for period in (first, last))
    if old is None or new is None or "target" in (old.qualifier, new.qualifier):
        return None
    pair = Comparison(new, old)
    is_multiple = new.quantity.unit.dimension in MULTIPLIED and pair.ratio is not None and pair.ratio > 1
    return pair if is_multiple and pair.bound != "unknown" else None


def _name(subject: Subject, fact: Fact) -> str:
    """The indicator; with the area, where it is not the city."""
    name = titled(subject.indicator(fact.indicator))
    return name if fact.area == subject.city else f"{name}{BEFORE_AREA}{subject.wording.area(fact.area)}"


def _lines(name: str) -> list[str]:
    """The name in lines; an area stands in its own where one line does not hold both."""
    whole = wrapped(name, WIDEST_NAME)
    return (
        whole if len(whole) == 1 else [line for part in name.split(BEFORE_AREA) for line in wrapped(part, WIDEST_NAME)]
    )


def _label(subject: Subject, pair: Comparison) -> str:
    """The multiple as the text writes it: 3.5倍, 超过6.6倍."""
    number = one_decimal(pair.ratio, pair.bound)
    amount = subject("multiple", number=digits(number, subject.wording.catalogue.numbers["thousands"]))
    qualifier = QUALIFIERS[pair.bound]
    return subject.wording.catalogue(f"qualifier.{qualifier}", amount=amount) if qualifier else amount
