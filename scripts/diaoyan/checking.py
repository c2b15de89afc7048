"""Checks an edition as a whole: its tables, its texts in every language, and that they belong together."""

from collections.abc import Iterator
from pathlib import Path

from diaoyan.catalogue import languages
from diaoyan.edition import Edition
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.inputs import chapter_names
from diaoyan.paths import DATA
from diaoyan.report import PARTS, Report


def check(edition: str, data: Path = DATA) -> None:
    """Loads an edition and writes its texts in every language; raises Faults naming every fault found."""
    loaded = Edition.load(edition, data)
    faults = []
    for language in languages(data):
        report = Report(loaded, language)
        anchors = {}
        chapters = {*chapter_names(), *loaded.chapters_with_words(language)}
        for chapter in sorted(chapters):
            try:
                report.texts(chapter)
                anchors[chapter] = [block.anchor for block in report.text(chapter).blocks]
            except Faults as found:
                faults += found.faults
        if len(anchors) == len(chapters):
            faults += _item_faults(report, anchors)
            faults += _chart_faults(report, anchors)
    if faults:
        raise Faults(faults)


def _item_faults(report: Report, anchors: dict[str, list[str]]) -> Iterator[Fault]:
    """Items without words, words without an item, or both in another order."""
    for part in PARTS:
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


def _chart_faults(report: Report, anchors: dict[str, list[str]]) -> Iterator[Fault]:
    known = {anchor for found in anchors.values() for anchor in found}
    for row in report.edition.tables["charts"]:
        if row["section"] not in known:
            yield row.fault("section", quoted(row["section"]), "the anchor of a heading in a text")
