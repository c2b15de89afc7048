"""The chart of verdicts: a square for each claim, by verdict, faults first."""

from diaoyan.chart_subject import DataTable, Drawing, Subject
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
    step = SQUARE + BETWEEN
    # Many claims go on in further lines of squares.
    in_line = int((WIDTH - start - widest([str(max(counted.values()))]) - 2 * GAP) / step)
    height = sum(ROW + step * ((count - 1) // in_line) for count in counted.values())
    layers, top = [], 0
    for verdict, count in counted.items():
        colour = _colour(verdict)
        y = top + ROW / 2
        top += ROW + step * ((count - 1) // in_line)
        squares = [
            {"x": start + step * (each % in_line + 0.5), "y": y + step * (each // in_line), "anchor": verdict}
            for each in range(count)
        ]
        marks = layer(squares).mark_point(shape="square", size=SQUARE**2, filled=True, color=colour, opacity=1)
        end = {"x": squares[-1]["x"] + (step + GAP) / 2, "y": squares[-1]["y"], "label": str(count)}
        layers += [
            marks.encode(x=pixels("x"), y=down("y", height)),
            text([end], "label", pixels("x"), down("y", height), colour=colour, fontWeight="bold"),
            text([{"label": names[verdict], "y": y}], "label", 0, down("y", height)),
        ]
    said = [
        subject.wording.catalogue("verdicts_counted", name=names[verdict], count=count)
        for verdict, count in counted.items()
    ]
    columns = (subject.wording.catalogue("columns.verdict"), subject.wording.catalogue("columns.count"))
    table = DataTable(columns, tuple((names[verdict], str(count)) for verdict, count in counted.items()), (1,))
    points = {verdict: [words] for verdict, words in zip(counted, said, strict=True)}
    sentences = [subject("alt.list").join(said)]
    return Drawing([panel(height, *layers)], [], sentences, [], table=table, points=points)


def _colour(verdict: str) -> str:
    """Sound claims in blue, those nobody can recompute in grey, faults in the colour that calls."""
    if verdict in SOUND:
        return PROVINCE
    return MUTED if verdict == "not_recomputable" else CITY
