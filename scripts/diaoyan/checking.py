"""Checks an edition as a whole: its tables, its texts in every language, and that they belong together."""

import argparse
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from diaoyan.catalogue import languages, load_catalogue
from diaoyan.city_figures import key_fact
from diaoyan.consistency import MEMBERS
from diaoyan.edition import PARTS, Edition
from diaoyan.edition_folders import shown
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.first_screen import FIGURES
from diaoyan.job_lines import tell_done, tell_failed
from diaoyan.paths import DATA
from diaoyan.placeholders import LATER
from diaoyan.report import TABLE_CHAPTERS, Report
from diaoyan.target_views import SECTION
from diaoyan.targets import aims
from diaoyan.texts import Text

# A link within the book as a text writes it: (page.ipynb#anchor), (page.ipynb) or (#anchor).
INTERNAL = re.compile(r"\]\((?:([a-z_-]+)\.ipynb)?(?:#([a-z0-9-]+))?\)")


def check(edition: str, data: Path = DATA) -> None:
    """Loads an edition and writes its texts in every language; raises Faults naming every fault found."""
    loaded = Edition.load(edition, data)
    faults = []
    for language in languages(data):
        report = Report(loaded, language)
        anchors = {}
        chapters = {*loaded.chapters, *loaded.chapters_with_words(language)}
        for chapter in sorted(chapters):
            try:
                report.texts(chapter)
                text = report.text(chapter)
                anchors[chapter] = [block.anchor for block in report.sections(chapter)]
                faults += _later_faults(report, chapter, text)
            except Faults as found:
                faults += found.faults
        if len(anchors) == len(chapters):
            faults += _item_faults(report, anchors)
            faults += _link_faults(report, anchors)
            faults += _chart_faults(report, anchors)
            faults += _target_faults(report, anchors)
            faults += _highlight_faults(report, anchors)
    if faults:
        raise Faults(faults)


def _later_faults(report: Report, chapter: str, text: Text) -> Iterator[Fault]:
    """A section of later data says in its heading that it is one."""
    words = report.wording_of(chapter).catalogue("later")
    for block in text.blocks:
        heading = "".join(piece for piece in block.heading if isinstance(piece, str))
        if block.anchor.endswith(LATER) and not heading.startswith(words):
            yield Fault(text.file, block.line, "", f"the heading {quoted(heading)}", f"one that begins with {words}")


def left_out(edition: str, data: Path = DATA) -> list[str]:
    """A line for each chart and target without the figures it takes: no fault in a report still being filled in."""
    loaded = Edition.load(edition, data)
    report = Report(loaded, languages(data)[0])
    lines = []
    for row in loaded.tables["charts"]:
        drawn = [chart.name for chart in report.charts(row["section"])]
        # What counties return may never come; a report is whole without it.
        if f"chart-{row['chart']}" not in drawn and row["areas"] != MEMBERS:
            lines.append(f"{row.file}:{row.line}: left out: the chart {row['chart']} has no figures to draw")
    for language in languages(data):
        blank = load_catalogue(data, language)("new.blank")
        for key in ("title", "body"):
            if blank in loaded.particular(key, language):
                lines.append(f"{shown(loaded.folder / 'edition.yml', data)}: to be filled in: {key}, {language}")
        for chapter in loaded.chapters:
            spoken = loaded.text_language(language, chapter)
            if spoken != language:
                file = loaded.text_file(language, chapter)[1]
                shows = f"the chapter {chapter} shows these words in the language {language}"
                lines.append(f"{file}: not translated: {shows}")
    with_figures = {aim.row["target"] for aim in aims(loaded)}
    for row in loaded.tables["targets"]:
        if row["target"] not in with_figures:
            reason = "has no exact yearly figures to start from and to reach"
            lines.append(f"{row.file}:{row.line}: left out: the target {row['target']} {reason}")
    for row in loaded.tables["highlights"]:
        if key_fact(loaded, row["indicator"]) is None:
            reason = "has no figure of the city published by the report's date"
            lines.append(f"{row.file}:{row.line}: left out: the key figure {row['indicator']} {reason}")
    return lines


def _item_faults(report: Report, anchors: dict[str, list[str]]) -> Iterator[Fault]:
    """Items without words, words without an item, or both in another order."""
    for part in sorted(report.edition.own_texts(report.language) & {*PARTS}):
        rows = [row for row in report.edition.tables["items"] if row["part"] == part]
        rows.sort(key=lambda row: row["position"])
        file = report.edition.text_file(report.language, part)[1]
        written = anchors[part][1:]
        for row in rows:
            if row["item"] not in written:
                yield row.fault("item", quoted(row["item"]), f"a heading {{#{row['item']}}} in {file}")
        items = [row["item"] for row in rows]
        for anchor in written:
            if anchor not in items:
                yield Fault(file, 0, "", f"a heading {{#{anchor}}}", "a row of items with that id")
        if sorted(items) == sorted(written) and items != written:
            yield Fault(file, 0, "", "the items in another order", "the order of items.csv: " + ", ".join(items))


def _link_faults(report: Report, anchors: dict[str, list[str]]) -> Iterator[Fault]:
    """Links typed in a text that lead to no page, heading or row of the book."""
    known = {chapter: {"", *found} for chapter, found in anchors.items()}
    for chapter in known.keys() & {*TABLE_CHAPTERS}:
        for view in report.tables(chapter):
            rows = view.cell_anchors or [view.anchors]
            known[chapter] |= {anchor for row in rows for anchor in row if anchor}
    for chapter in anchors:
        text = report.text(chapter)
        for block in text.blocks:
            written = "".join(piece for piece in block.body if isinstance(piece, str))
            for page, anchor in INTERNAL.findall(written):
                if anchor not in known.get(page or chapter, ()):
                    found = f"a link to {quoted(f'{page}.ipynb#{anchor}' if page else f'#{anchor}')}"
                    yield Fault(text.file, block.line, "", found, "a page, heading or row of the book")


def _chart_faults(report: Report, anchors: dict[str, list[str]]) -> Iterator[Fault]:
    known = {block.anchor for chapter in anchors for block in report.text(chapter).blocks}
    for row in report.edition.tables["charts"]:
        if row["section"] not in known:
            yield row.fault("section", quoted(row["section"]), "the anchor of a heading in a text")


def _target_faults(report: Report, anchors: dict[str, list[str]]) -> Iterator[Fault]:
    """Targets whose table has no section to stand in, while recommendations lead to it."""
    if aims(report.edition) and SECTION not in anchors.get("outlook", ()):
        file = report.edition.text_file(report.language, "outlook")[1]
        yield Fault(file, 0, "", "targets without their section", f"a heading {{#{SECTION}}}")


def _highlight_faults(report: Report, anchors: dict[str, list[str]]) -> Iterator[Fault]:
    """Key figures whose cards have no section to stand in; one without a card to show yet is written all the same."""
    written = [block.anchor for block in report.text("summary").blocks] if "summary" in anchors else []
    if len(report.edition.tables["highlights"]) and FIGURES not in written:
        file = report.edition.text_file(report.language, "summary")[1]
        yield Fault(file, 0, "", "key figures without their section", f"a heading {{#{FIGURES}}}")


def main(arguments: list[str] | None = None) -> int:
    """One job of the build: tells the build on standard output how it went."""
    parser = argparse.ArgumentParser(prog="python -m diaoyan.checking", description=__doc__)
    parser.add_argument("edition")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        check(options.edition)
    except Faults as found:
        for line in str(found).splitlines():
            tell_failed(line)
        return 1
    tell_done("check", options.edition, started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
