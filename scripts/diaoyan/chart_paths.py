"""The chart of paths: where city and benchmarks stand, and what yearly rise brings the city level with them.

In print it shows the rows of `targets` as named paths; on a page a reader moves a path of his own (`chart_paths_live`).
"""

from decimal import Decimal

from diaoyan.chart_lines import gap_sentences
from diaoyan.chart_paths_lines import PathLines
from diaoyan.chart_paths_live import LivePaths
from diaoyan.chart_paths_panel import PathsPanel
from diaoyan.chart_paths_table import lines_table
from diaoyan.chart_subject import Drawing, Subject, periods_of
from diaoyan.quantities import digits, rounded
from diaoyan.targets import GOAL_DECIMALS, PACE_DECIMALS, Aim, aims, letters


def paths(subject: Subject) -> Drawing | None:
    """The paths of the row's indicator to its areas (all, where it names none) that lie ahead; None without one.

    A rate that is to come down has none: the reader moves a rise.
    """
    known = aims(subject.edition) if subject.later else []
    lettered = letters(known)
    wanted = [area for area in subject.areas if area != subject.city]
    ahead = [
        (lettered[aim.row["target"]], aim)
        for aim in known
        if aim.row["target"] in lettered
        and aim.row["indicator"] in subject.indicators
        and aim.row["comparison_area"] in (wanted or [aim.row["comparison_area"]])
        and aim.direction != "down"
    ]
    return _drawing(PathLines(subject, ahead)) if ahead else None


def _drawing(lines: PathLines) -> Drawing:
    named = [_named_sentence(lines, letter, aim) for letter, aim in lines.named]
    live = LivePaths(lines)
    return Drawing(
        panels=[PathsPanel(lines, live).drawn(named)],
        facts=lines.facts,
        sentences=[*_finding(lines), *named],
        periods=[*periods_of(lines.facts), max(aim.row["period"] for _, aim in lines.named)],
        parameters=live.parameters(),
        table=lines_table(lines),
    )


def _finding(lines: PathLines) -> list[str]:
    """How far the city is from the others, and which of the named paths take the lowest and the highest rise."""
    subject, start = lines.subject, lines.start
    sentences = gap_sentences(subject, {**lines.history, start.area: [start]})
    ordered = sorted(lines.named, key=lambda named: named[1].yearly_points)
    (nearest, lowest), (furthest, highest) = ordered[0], ordered[-1]
    low, high = _points(lowest.yearly_points), _points(highest.yearly_points)
    if low != high:
        sentences.append(subject("alt.paths", nearest=nearest, low=low, furthest=furthest, high=high))
    return sentences


def _named_sentence(lines: PathLines, letter: str, aim: Aim) -> str:
    """A named path in words: its letter, its name, its goal and the rise it takes."""
    wording = lines.subject.wording
    return lines.subject(
        "paths.named",
        letter=letter,
        name=lines.name(aim),
        year=wording.period(aim.row["period"]),
        goal=wording.percent(rounded(aim.goal, GOAL_DECIMALS)),
        points=_points(aim.yearly_points),
    )


def _points(yearly: Decimal) -> str:
    return digits(rounded(yearly, PACE_DECIMALS), "")
