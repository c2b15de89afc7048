"""The chart of the fieldwork: its months, a lane for each kind of activity."""

from diaoyan.chart_subject import DataTable, Drawing, Subject
from diaoyan.chart_theme import (
    CITY,
    GAP,
    HAIRLINE,
    MUTED,
    RULE,
    WIDTH,
    dots,
    down,
    panel,
    pixels,
    rule,
    text,
    widest,
)

LANE = 38
FOOT = 28


def timeline(subject: Subject) -> Drawing | None:
    """The months of the fieldwork as dots, a lane for each kind of activity."""
    lanes = {}
    for activity in subject.edition.tables["fieldwork"]:
        lanes.setdefault(activity["kind"], []).append(activity["period"])
    if not lanes:
        return None
    wording = subject.wording
    names = [subject(f"activities.{kind}") for kind in lanes]
    sentences = [
        subject("alt.of", name=name, list=subject("alt.list").join(map(wording.period, months)))
        for name, months in zip(names, lanes.values(), strict=True)
    ]
    years = sorted({month[:4] for months in lanes.values() for month in months})
    drawn = _timeline_panel(subject, names, list(lanes.values()))
    columns = subject.wording.catalogue("columns.activity"), subject.wording.catalogue("columns.period")
    done = [
        (name, wording.period(month))
        for name, months in zip(names, lanes.values(), strict=True)
        for month in dict.fromkeys(months)
    ]
    points = {_key(number, month): [names[number], wording.period(month)] for number, month in _stops(lanes)}
    return Drawing([drawn], [], sentences, years, table=DataTable(columns, tuple(done)), points=points)


def _stops(lanes: dict[str, list[str]]) -> list[tuple[int, str]]:
    """The number of the lane and the month of each dot."""
    return [(number, month) for number, months in enumerate(lanes.values()) for month in months]


def _key(lane: int, month: str) -> str:
    return f"{lane}-{month}"


def _timeline_panel(subject: Subject, names: list[str], lanes: list[list[str]]) -> dict:
    months = _months(min(map(min, lanes)), max(map(max, lanes)))
    start = widest(names) + 3 * GAP
    step = (WIDTH - start - 2 * GAP) / max(1, len(months) - 1)
    bottom = LANE * len(lanes)
    places = {
        month: {
            "x": start + step * number,
            "label": subject(f"months.{int(month[5:])}"),
            "is_busy": any(month in lane for lane in lanes),
        }
        for number, month in enumerate(months)
    }
    heads = [{"y": LANE * (number + 0.5), "name": name} for number, name in enumerate(names)]
    points = [
        {**places[month], "y": LANE * (number + 0.5), "period": month, "anchor": _key(number, month)}
        for number, lane in enumerate(lanes)
        for month in lane
    ]
    busy = [place for place in places.values() if place["is_busy"]]
    # Where months stand close, only those in which something happened keep their name.
    room = widest([place["label"] for place in places.values()]) + GAP / 2
    quiet = [place for place in places.values() if not place["is_busy"] and step > room]
    x, y = pixels("x"), down("y", bottom + FOOT)
    foot = bottom + FOOT / 2
    return panel(
        bottom + FOOT,
        rule(list(places.values()), x, 0, HAIRLINE, y2=bottom),
        rule(heads, start - GAP, y, RULE, x2=WIDTH - GAP),
        dots(points, x, y, CITY),
        text(heads, "name", 0, y),
        text(busy, "label", x, foot, align="center", fontWeight="bold"),
        *([text(quiet, "label", x, foot, align="center", colour=MUTED)] if quiet else []),
    )


def _months(first: str, last: str) -> list[str]:
    """Every month from the first to the last: 2023-03, 2023-04 …"""
    (year, month), months = map(int, first.split("-")), []
    while (found := f"{year:04}-{month:02}") <= last:
        months.append(found)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months
