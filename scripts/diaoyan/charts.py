"""Charts: a row of charts.csv drawn as Vega-Lite, with its caption, its source and its finding in words."""

from dataclasses import dataclass

from altair.utils.schemapi import debug_mode

from diaoyan.chart_bars import bars
from diaoyan.chart_lines import benchmark_lines
from diaoyan.chart_multiples import multiples
from diaoyan.chart_pairs import dumbbell, slope
from diaoyan.chart_paths import paths
from diaoyan.chart_pictogram import pictogram
from diaoyan.chart_ranking import ranking
from diaoyan.chart_subject import DataTable, Drawing, PlainWording, Subject, titled
from diaoyan.chart_table import fact_points, fact_table
from diaoyan.chart_theme import specification
from diaoyan.chart_timeline import timeline
from diaoyan.chart_verdicts import verdicts
from diaoyan.claims import Audited
from diaoyan.edition import Edition
from diaoyan.facts import Fact
from diaoyan.tables import Row
from diaoyan.translations import localised
from diaoyan.wording import Wording

KINDS = {
    "slope": slope,
    "dumbbell": dumbbell,
    "bars": bars,
    "multiples": multiples,
    "benchmark_lines": benchmark_lines,
    "paths": paths,
    "ranking": ranking,
    "pictogram": pictogram,
    "timeline": timeline,
    "verdicts": verdicts,
}
# Fewer areas can be pointed at as well.
FEWEST_CHOICES = 5
# More names than these in a note would say less than "the others".
MOST_AREAS_NAMED = 3


@dataclass(frozen=True)
class Chart:
    """A drawn chart: all words plain text, `alt` states the finding, `facts` are those drawn."""

    name: str
    spec: dict
    caption: str
    note: str
    alt: str
    facts: tuple[Fact, ...]
    table: DataTable


def draw(row: Row, edition: Edition, wording: Wording, audited: list[Audited], later: bool) -> Chart | None:
    """The chart of a row; None where there are not the figures it takes, of the city too where it names the city."""
    subject = Subject(row, edition, PlainWording.of(wording), later, audited)
    # Each part by itself would be held against the schema, the chart as a whole is in the tests.
    with debug_mode(False):
        drawing = KINDS[row["kind"]](subject)
    if drawing is None or _lacks_city(subject, drawing):
        return None
    finding = subject("alt.sentence", finding=subject("alt.and").join(map(titled, drawing.sentences)))
    return Chart(
        name=f"chart-{row['chart']}",
        spec=specification(drawing.panels, finding, drawing.parameters, _said(subject, drawing)),
        caption=_caption(subject, drawing.periods),
        note=_note(subject, drawing),
        alt=finding,
        facts=tuple(drawing.facts),
        table=drawing.table or fact_table(subject, drawing.facts),
    )


def _lacks_city(subject: Subject, drawing: Drawing) -> bool:
    """Whether other areas' figures stand under a title that promises the city's among them."""
    return (
        subject.city in subject.areas
        and bool(drawing.facts)
        and all(fact.area != subject.city for fact in drawing.facts)
    )


def _said(subject: Subject, drawing: Drawing) -> dict:
    """What the page's script says of each row of data by its `anchor`, and the areas it offers to be chosen."""
    points = {**fact_points(subject, drawing.facts), **drawing.points}
    # Hundreds of figures have few names and sources: each line stands once, by number.
    said = dict.fromkeys(line for lines in points.values() for line in lines)
    numbers = {line: number for number, line in enumerate(said)}
    # A list, for a notebook keeps no order of keys, and readers go through the figures in theirs; a line of it each.
    numbered = [" ".join([anchor, *(str(numbers[line]) for line in lines)]) for anchor, lines in points.items()]
    choices = [[area, subject.wording.area(area)] for area in drawing.choices]
    return {
        "lines": list(said),
        "points": numbered,
        **({"choices": choices} if len(choices) >= FEWEST_CHOICES else {}),
    }


def _caption(subject: Subject, periods: list[str]) -> str:
    """The row's title with the periods drawn."""
    title = localised(subject.row, "title", subject.wording.catalogue.language)
    if not periods:
        return title
    first, last = (subject.wording.period(periods[end]) for end in (0, -1))
    form = {1: "one", 2: "two"}.get(len(periods), "span")
    return subject(f"caption.{form}", title=title, first=first, last=last)


def _note(subject: Subject, drawing: Drawing) -> str:
    """Sources, vintage, and what the reader must know of the scales."""
    language = subject.wording.catalogue.language
    sources = subject.edition.tables["sources"].by_key()
    used = dict.fromkeys(fact.source for fact in drawing.facts) or [subject.edition.meta["source"]]
    titles = [subject("source", title=localised(sources[source], "title", language)) for source in used]
    parts = [subject("sources", sources=subject("list").join(titles))]
    parts += [_vintage(subject, drawing.facts)] if drawing.facts else []
    parts += [subject("own_scales")] if drawing.has_own_scales else []
    return subject("sentences").join([*parts, *drawing.notes])


def _vintage(subject: Subject, facts: list[Fact]) -> str:
    """Which edition of the figures is drawn; an area without revised figures is named beside them."""
    if subject.edition.vintage == "first_published":
        return subject("vintage.first_published")
    revised = {fact.area for fact in facts if fact.vintage == "latest"}
    others = [area for area in dict.fromkeys(fact.area for fact in facts) if area not in revised]
    if any(subject.edition.facts.find(fact.indicator, fact.area, fact.period) is not fact for fact in facts):
        return subject("vintage.alike")
    if not revised:
        return subject("vintage.no_revision")
    if not others or len(others) > MOST_AREAS_NAMED:
        return subject("vintage.latest")
    names = subject("list").join(map(subject.wording.area, others))
    return subject("vintage.latest_except", areas=names)
