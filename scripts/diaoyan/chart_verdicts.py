"""The chart of verdicts: a square for each claim, by verdict, faults first."""

from diaoyan.chart_subject import Drawing, Subject
from diaoyan.chart_theme import CITY, GAP, MUTED, PROVINCE, WIDTH, down, layer, panel, pixels, text, widest
from diaoyan.claims import SOUND, counts

SQUARE = 20
BETWEEN = 5
ROW = 34


def verdicts(subject: Subject) -> Drawing | None:
    """A row of squares for each verdict that claims have; None without claims."""
    counted = counts(subject.audited)
    if not counted:
        return None
    names = {verdict: subject.wording.catalogue(f"verdicts.{verdict}.name") for verdict in counted}
    start = widest(list(names.values())) + GAP
    # Many claims take smaller squares.
    most = max(counted.values())
    step = min(SQUARE + BETWEEN, (WIDTH - start - widest([str(most)]) - 2 * GAP) / most)
    height = ROW * len(counted)
    layers = []
    for number, (verdict, count) in enumerate(counted.items()):
        colour = _colour(verdict)
        y = ROW * number + ROW / 2
        squares = [{"x": start + step * (each + 0.5), "y": y} for each in range(count)]
        marks = layer(squares).mark_point(shape="square", size=(step * 0.8) ** 2, filled=True, color=colour, opacity=1)
        end = {"x": start + step * count + GAP / 2, "y": y, "label": str(count)}
        layers += [
            marks.encode(x=pixels("x"), y=down("y", height)),
            text([end], "label", pixels("x"), down("y", height), colour=colour, fontWeight="bold"),
            text([{"label": names[verdict], "y": y}], "label", 0, down("y", height)),
        ]
    said = [
        subject.wording.catalogue("verdicts_counted", name=names[verdict], count=count)
        for verdict, count in counted.items()
    ]
    return Drawing([panel(height, *layers)], [], [subject("alt.list").join(said)], [])


def _colour(verdict: str) -> str:
    """Sound claims in blue, those nobody can recompute in grey, faults in the colour that calls."""
    if verdict in SOUND:
        return PROVINCE
    return MUTED if verdict == "not_recomputable" else CITY
