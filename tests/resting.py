"""What rests on a row of the edition and what a report shows, piece by piece.

What rests on a row is found without looking at values: by the placeholders of a text, the facts of a chart, the facts
of a recomputed claim, and the row's own anchor on the data page.
"""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache

from diaoyan.claims import VERDICTS
from diaoyan.edition import Edition
from diaoyan.facts import observation_anchor
from diaoyan.findings import findings
from diaoyan.inputs import chapter_names
from diaoyan.key_figures import key_fact
from diaoyan.markup import escape, link
from diaoyan.passages import proofread_passages
from diaoyan.placeholders import LATER, Placeholders
from diaoyan.report import Report
from diaoyan.targets import aims
from diaoyan.texts import Placeholder

LANGUAGES = ("zh", "en")
REAL = Edition.load("anyang-2023")
OBSERVATIONS = REAL.tables["observations"]
OWN = [row for row in OBSERVATIONS if "/editions/" in row.file]
# Of the benchmarks those that the report speaks of, and one that it does not.
USED = [("rd_intensity", area, period) for area in ("china", "henan") for period in ("2022", "2023")]
BENCHMARKS = [row for row in OBSERVATIONS if row not in OWN and tuple(row.values())[:3] in USED]
UNUSED = OBSERVATIONS.by_key()["rd_expenditure", "tibet", "2013", "first_published"]
CASES = [(row, "first_published") for row in [*OWN, *BENCHMARKS, UNUSED]]
CASES += [(row, "latest") for row in [*BENCHMARKS, *[row for row in OWN if row["indicator"] == "rd_intensity"]]]
# Placeholders that speak of figures, with the figures they take; all others speak of names, dates and claims.
PAIR = {"base": "base", "period": "report", "area": "city"}
FIGURES = {
    "value": ({"period": "report", "area": "city"}, lambda a: [(a["indicator"], a["area"], a["period"])]),
    "change": (PAIR, lambda a: [(a["indicator"], a["area"], a[period]) for period in ("base", "period")]),
    "difference": (PAIR, lambda a: [(a["indicator"], a["area"], a[period]) for period in ("base", "period")]),
    "gap": (
        {"period": "report", "area": "city"},
        lambda a: [(a["indicator"], area, a["period"]) for area in (a["area"], a["other"])],
    ),
    "share": (
        {"period": "report", "whole_period": "report"},
        lambda a: [(a["indicator"], "city", a["period"]), (a["whole"], "city", a["whole_period"])],
    ),
    "in_step": (
        {"base": "base", "period": "report"},
        lambda a: [
            (a["indicator"], "city", a["base"]),
            *((a["other"], a["area"], a[period]) for period in ("base", "period")),
        ],
    ),
    "pace": ({"since": "report"}, lambda a: [(a["indicator"], "city", a[period]) for period in ("since", "period")]),
}
OF_CLAIMS = ("claims", "verdict", "verdicts")
OF_NAMES = ("about", "area", "areas", "count", "date", "edition", "months", "names", "places", "policy")
OF_NAMES += ("stated", "when", "year")
# Of texts that serve every edition, which have tests of their own.
FOR_ALL = ("levels", "distances", "shortfalls", "newer", "sources", "given", "lacking", "peers")


class Words(Report):
    """A report without its charts, which take most of the time and have tests of their own."""

    def charts(self, section):
        """No charts."""
        return []

    def text(self, chapter):
        """The words, read once: they are the same whatever the figures."""
        return text_of(self.language, chapter)


@cache
def text_of(language, chapter):
    """A text of the real report."""
    return Report(REAL, language).text(chapter)


def changed(value):
    """Another value with as many decimals, far enough away to be seen wherever it is shown."""
    step = Decimal(1).scaleb(value.as_tuple().exponent)
    return max((value * Decimal("1.37")).quantize(step), value + step)


def with_changes(edition, rows):
    """The edition with the values of some rows changed."""
    table = edition.tables["observations"]
    new = tuple(replace(row, cells={**row, "value": changed(row["value"])}) if row in rows else row for row in table)
    return replace(edition, tables={**edition.tables, "observations": replace(table, rows=new)})


def pieces_of(report):
    """All a report shows, in the smallest pieces that have a name of their own."""
    pieces = {}
    for chapter in chapter_names():
        for output in report.outputs(chapter, pictures=False):
            about, shown = output.about, output.data["text/plain"]
            if about["kind"] == "text":
                pieces["text", about.get("name") or about["anchors"][0]] = shown
            elif about["kind"] == "chart":
                pieces["chart", about["name"]] = output.data, about
            elif about["kind"] == "cards":
                pieces |= {card_name(about["name"], card["parts"][0][1]): card for card in about["cards"]}
            elif about["kind"] == "table":
                pieces |= rows_of(about, shown.split("\n"))
    return pieces


def card_name(deck, title):
    """A card by the deck it is in and its title, without where a link in it leads."""
    return "card", deck, re.sub(r"\[(.*?)\]\(.*?\)", r"\1", title)


def rows_of(about, lines):
    """The rows of a table by anchor, or its cells where they have anchors."""
    head, _, *body = lines
    pieces = {("head", about["name"]): (about["caption"], head)}
    for number, line in enumerate(body):
        if "cell_anchors" in about:
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            for anchor, cell in zip(about["cell_anchors"][number], cells, strict=True):
                pieces["row", anchor or (about["name"], number)] = cell
        else:
            pieces["row", about["anchors"][number] or (about["name"], line.split("|")[1])] = line
    return pieces


def anchors_of(edition, placeholder, later):
    """Anchors of the rows a placeholder takes its figures from."""
    if placeholder.name not in FIGURES:
        return set()
    defaults, needs = FIGURES[placeholder.name]
    names = list(vars(Placeholders)[placeholder.name].__code__.co_varnames)[1:]
    arguments = {**defaults, **dict(zip(names, placeholder.arguments, strict=False)), **dict(placeholder.options)}
    facts = [the_fact(edition, *needed, later) for needed in needs(arguments)]
    # Where one is missing, the text says no more than that.
    return {fact.anchor for fact in facts} if all(facts) else set()


def the_fact(edition, indicator, area, period, later):
    """The fact meant by the words a text uses for areas and periods."""
    area = edition.meta["city"] if area == "city" else area
    if period in ("newest", "target"):
        known = [fact for fact in edition.facts.series(indicator, area) if edition.speaks(fact, later)]
        return [fact for fact in known if (fact.qualifier == "target") == (period == "target")][-1]
    return edition.facts.find(indicator, area, edition.meta.get(f"{period}_year", period))


def blocks_of(report):
    """The blocks of all texts with their placeholders."""
    for chapter in chapter_names():
        for block in report.text(chapter).blocks:
            yield block, [piece for piece in (*block.heading, *block.body) if isinstance(piece, Placeholder)]


def resting_on(report, row):
    """Names of the pieces that rest on a row directly."""
    anchor = observation_anchor(row)
    found = {("row", anchor)}
    for block, placeholders in blocks_of(report):
        if any(anchor in anchors_of(report.edition, each, block.anchor.endswith(LATER)) for each in placeholders):
            found.add(("text", block.anchor))
    for finding in findings(report.edition):
        figures = [each for each in (finding.then, finding.now) if each]
        facts = [fact for each in figures for fact in (each.own, each.other) if fact]
        if anchor in {fact.anchor for fact in facts}:
            problem = finding.evidence["problem"]
            found |= {("text", f"{problem}-findings"), ("row", ("table-findings", first_cell(report, problem)))}
    for one in report.audited:
        if one.recomputed.value is not None and anchor in {fact.anchor for fact in one.recomputed.facts}:
            found.add(("row", f"claim-{one.claim['claim']}"))
    for statement in report.statements:
        if anchor in {fact.anchor for fact in statement.audited.recomputed.facts}:
            found.add(("row", statement.anchor))
    for aim in aims(report.edition):
        of_path = [aim.path.newest, aim.path.since] if aim.path else [aim.stated_goal]
        if anchor in {fact.anchor for fact in (aim.start, *of_path) if fact}:
            found.add(("row", f"target-{aim.row['target']}"))
    for fact in key_facts(report.edition):
        if anchor in anchors_of_card(report.edition, fact):
            found.add(name_of_card(report, fact))
    return found


def key_facts(edition):
    """The figures on the cards of the summary."""
    rows = sorted(edition.tables["highlights"], key=lambda row: row["position"])
    return [key_fact(edition, row["indicator"]) for row in rows]


def anchors_of_card(edition, fact):
    """Anchors of the rows a card takes its figures from."""
    facts = [fact, edition.facts.find(fact.indicator, fact.area, edition.meta["base_year"])]
    if fact.quantity.unit.dimension == "percent":
        facts += [edition.facts.find(fact.indicator, peer, fact.period) for peer in edition.meta["peers"]]
    aim = next((aim for aim in aims(edition) if aim.row["indicator"] == fact.indicator), None)
    if aim:
        facts += [aim.start, aim.stated_goal, *([aim.path.newest, aim.path.since] if aim.path else [])]
    return {each.anchor for each in facts if each}


def name_of_card(report, fact):
    """How the card of a figure is called."""
    name = report.edition.tables["indicators"].by_key()[fact.indicator][f"name_{report.language}"]
    title = escape(name[0].upper() + name[1:])
    period = report.wording.period(fact.period)
    return card_name("cards-figures", report.wording.catalogue("first_screen.dated", name=title, period=period))


def gravest(audited, fact):
    """What a card says of the claims about its figure."""
    place = (fact.indicator, fact.area, fact.period)
    about = [one for one in audited if tuple(one.claim[key] for key in ("indicator", "area", "period")) == place]
    found = sorted((VERDICTS.index(one.verdict), number) for number, one in enumerate(about))
    return (about[found[0][1]].claim["claim"], found[0][0]) if found else None


def first_claims(audited):
    """The first claim with each verdict, to which its count leads, and how many there are."""
    counted = Counter(one.verdict for one in audited)
    return {
        (verdict, next(one.claim["claim"] for one in audited if one.verdict == verdict), n)
        for verdict, n in counted.items()
    }


def rows_of_passages(report, claims):
    """Rows of the passages that make one of these claims, beside which the audit's verdict stands."""
    found, told = set(), set()
    for one in proofread_passages(report.edition.tables["passages"], report.audited):
        passage = one.passage["passage"]
        if one.audited and one.audited.claim["claim"] in claims:
            quoted = escape(one.passage["wording_zh"])
            if report.language == "en":
                quoted = f"{quoted} “{escape(one.passage['wording_en'])}”"
            found.add(("row", ("table-passage-findings", f" {quoted} ") if passage in told else f"passage-{passage}"))
        told.add(passage)
    return found


def first_cell(report, problem):
    """How the table of findings names a problem."""
    title = next(block.heading[0] for block in report.text("problems").blocks if block.anchor == problem)
    return f" {link(title, f'problems.ipynb#{problem}')} "


def resting_on_another_vintage(report, row, shown):
    """Rows of the table of what would change on the other vintage, of those that are shown before or after."""
    anchor, found = observation_anchor(row), set()
    for vintage in ("first_published", "latest"):
        for one in report.audited_on(vintage):
            facts = {fact.anchor for fact in one.recomputed.facts}
            wording = escape(one.claim[f"wording_{report.language}"])
            cell = f" {link(wording, '#claim-' + one.claim['claim'])} "
            if anchor in facts and ("row", ("table-vintages", cell)) in shown:
                found.add(("row", ("table-vintages", cell)))
    return found


def resting_on_verdicts(report, before, after):
    """Names of the pieces that tell of verdicts, where those of two audits differ."""
    count_before, count_after = (Counter(one.verdict for one in audited) for audited in (before, after))
    verdicts = {verdict for verdict in count_before | count_after if count_before[verdict] != count_after[verdict]}
    words = report.wording.catalogue
    found = {("row", ("table-verdicts", f" {words(f'verdicts.{verdict}.name')} ")) for verdict in verdicts}
    of_claim = {one.claim["claim"] for one, new in zip(before, after, strict=True) if one.verdict != new.verdict}
    found |= rows_of_passages(report, of_claim)
    items = {row["locator"]: row["item"] for row in report.edition.tables["items"]}
    found |= {("text", f"{items[one.claim['locator']]}-claims") for one in before if one.claim["claim"] in of_claim}
    for fact in key_facts(report.edition):
        if gravest(before, fact) != gravest(after, fact):
            found.add(name_of_card(report, fact))
    for verdict, _, _ in first_claims(before) ^ first_claims(after):
        found.add(card_name("cards-audit", escape(words(f"verdicts.{verdict}.name"))))
    for block, placeholders in blocks_of(report):
        for each in placeholders:
            of_all = each.name == "verdicts" and bool(verdicts)
            if of_all or (each.name in OF_CLAIMS and each.arguments and each.arguments[0] in verdicts | of_claim):
                found.add(("text", block.anchor))
    return found
