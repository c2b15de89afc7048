"""An edition: one report's tables and particulars, loaded and validated once, at the door."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import jsonschema
import yaml

from diaoyan.chapter_reads import ChapterReads, reads_of_running_chapter
from diaoyan.consistency import consistency_faults
from diaoyan.edition_folders import (
    EDITION_ID,
    edition_folder,
    edition_ids,
    folders_in,
    known_ids,
    leading_elsewhere,
    shown,
)
from diaoyan.facts import Fact, Facts
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.files import LARGEST_TEXT, read_text
from diaoyan.inputs import chapters_of
from diaoyan.kept import kept
from diaoyan.paths import DATA
from diaoyan.quantities import Unit, read_units
from diaoyan.table_checks import such
from diaoyan.table_files import load_tables
from diaoyan.tables import Row, Table
from diaoyan.text_files import chapters_in, text_file, text_language
from diaoyan.translations import in_language, localised
from diaoyan.yaml_files import read_scalars

# The chapters that are the report itself; their sections are rows of the table `items`.
PARTS = ("achievements", "problems", "recommendations")


@dataclass(frozen=True)
class Edition:
    """One report: `meta` as in edition.yml (all scalars text), `tables` by name, `facts` in one vintage."""

    id: str
    data: Path
    vintage: str
    meta: dict
    tables: Mapping[str, Table] = field(repr=False)
    reads: ChapterReads | None = None

    @classmethod
    def load(cls, id: str, data: Path = DATA, vintage: str = "first_published") -> "Edition":
        """The edition with everything in it checked; raises Faults naming every fault found."""
        if id not in known_ids(data):
            raise Faults([Fault("edition", 0, "", quoted(id), "one of " + ", ".join(edition_ids(data)))])
        if links := leading_elsewhere(id, data):
            raise Faults(links)
        faults, meta, lines, tables = [], {}, {}, {}
        try:
            meta, lines = _read_meta(data, id)
        except Faults as found:
            faults += found.faults
        try:
            tables = load_tables(data, edition_folder(id, data))
        except Faults as found:
            faults += found.faults
        if not faults:
            vintages = tables["observations"].allowed["vintage"]
            if vintage not in vintages:
                faults.append(Fault("vintage", 0, "", quoted(vintage), "one of " + ", ".join(vintages)))
            file = shown(edition_folder(id, data) / "edition.yml", data)
            faults += consistency_faults(meta, file, lines, tables, read_units(tables["units"]))
        if faults:
            raise Faults(faults)
        reads = reads_of_running_chapter()
        return cls(id, data, vintage, meta, reads.limit(tables) if reads else tables, reads)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units by name."""
        return read_units(self.tables["units"])

    @cached_property
    def facts(self) -> Facts:
        """The facts in this edition's vintage."""
        return Facts(self.tables["observations"], self.units, self.vintage)

    @kept
    def facts_by_date(self, vintage: str) -> Facts:
        """The facts published by the report's date: later data prove and refute nothing that was said before them."""
        return Facts(self.tables["observations"], self.units, vintage, partial(self.speaks, later=False))

    @property
    def other_vintage(self) -> str:
        """The vintage this edition is not loaded in."""
        return next(each for each in self.tables["observations"].allowed["vintage"] if each != self.vintage)

    @property
    def folder(self) -> Path:
        """Where the edition's own files are."""
        return edition_folder(self.id, self.data)

    def particular(self, key: str, language: str) -> str:
        """A particular in words: title, body, meeting …; empty where the edition has none."""
        return in_language(self.meta.get(key, {}), language)

    def city_name(self, language: str) -> str:
        """The name of the city."""
        return localised(self.tables["areas"].by_key()[self.meta["city"]], "name", language)

    @property
    def last_day(self) -> str:
        """The day of the report; where only its month is known, the last of the month."""
        year, month, *day = self.meta["as_of"].split("-")
        return self.meta["as_of"] if day else f"{year}-{month}-{monthrange(int(year), int(month))[1]}"

    @property
    def chapters(self) -> list[str]:
        """The chapters of its book in reading order."""
        return chapters_of(self.meta)

    def speaks(self, fact: Fact, later: bool) -> bool:
        """Whether a fact may be used: published by the report's date, or asked for as later data.

        A revision of a figure that had been published by then is the choice of the vintage, not later data.
        """
        return later or self.row_speaks(self.facts.first_published(fact).row)

    def row_speaks(self, row: Row) -> bool:
        """Whether an observation had been published by the report's date."""
        date = self._published(row)
        # Of a month or a year only its end is sure to have seen it.
        return date + "-12-31"[len(date) - 4 :] <= self.last_day

    @cached_property
    def newest_source_date(self) -> str:
        """The day, month or year of the newest source that a figure of the edition comes from."""
        return max((self._published(row) for row in self.tables["observations"]), default=self.meta["as_of"])

    def _published(self, row: Row) -> str:
        """When an observation was published: a day, a month or a year."""
        date = self.tables["sources"].by_key()[row["source"]]["date"]
        # A yearly series: each figure came out in the year after the one it reports on.
        return str(int(row["period"][:4]) + 1) if "/" in date else date

    def chapters_with_words(self, language: str) -> set[str]:
        """Chapters that have a text in the language: the edition's own, and those for all that its book may have."""
        shared = chapters_in(self.data, language)
        return self.own_texts(language) | {name for name in shared if name in self.meta.get("chapters", [name])}

    def own_texts(self, language: str) -> set[str]:
        """Chapters whose words in the language are the edition's own, and not those that serve every edition."""
        return chapters_in(self.folder, language)

    def text_language(self, language: str, chapter: str) -> str:
        """The language in which the chapter has words: the reader's, or where nobody has translated them another."""
        return text_language(self.data, self.folder, language, chapter)

    def text_file(self, language: str, chapter: str) -> tuple[Path, str]:
        """The chapter's words, to be read: the edition's own file, else the one that serves every edition."""
        if self.reads:
            self.reads.check_text(chapter)
        path = text_file(self.data, self.folder, language, chapter)
        return path, shown(path, self.data)


def misnamed(data: Path = DATA) -> list[Fault]:
    """Folders below `editions` whose names cannot be an edition's, which would otherwise be passed over."""
    expected = "a name such as anyang-2023: small letters and digits, parts joined by hyphens"
    wrong = (name for name in folders_in(data / "editions") if not EDITION_ID.fullmatch(name))
    return [Fault(f"data/editions/{name}", 0, "", quoted(name), expected) for name in wrong]


def _read_meta(data: Path, id: str) -> tuple[dict, dict[str, int]]:
    """edition.yml as plain text values, and the line of each top-level key; raises Faults."""
    path = edition_folder(id, data) / "edition.yml"
    file = shown(path, data)
    source = read_text(path, file, LARGEST_TEXT)
    schema = yaml.load((data / "edition.schema.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    meta, root = read_scalars(source, file)
    if not isinstance(meta, dict):
        found = "nothing" if meta is None else quoted(meta)
        expected = "keys with values: " + ", ".join(schema["required"])
        raise Faults([Fault(file, 0, "", found, expected)])
    faults, lines = [], {}
    for key, _ in root.value:
        line = key.start_mark.line + 1
        if key.value in lines:
            faults.append(Fault(file, line, key.value, "the key a second time", "each key once"))
        lines[key.value] = line
    for error in jsonschema.Draft202012Validator(schema).iter_errors(meta):
        key = str(error.path[0]) if error.path else ""
        faults.append(Fault(file, lines.get(key, 0), key, *_said(error, schema)))
    if not faults and meta["id"] != id:
        faults.append(Fault(file, lines["id"], "id", quoted(meta["id"]), f"the folder's name {quoted(id)}"))
    if faults:
        raise Faults(faults)
    return meta, lines


def _said(error: jsonschema.ValidationError, schema: dict) -> tuple[str, str]:
    """What a schema error found and what it expected, in words."""
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        return "no " + ", ".join(missing), "all of " + ", ".join(error.validator_value)
    if error.validator == "additionalProperties":
        unknown = [name for name in error.instance if name not in schema["properties"]]
        return "an unknown key " + ", ".join(map(quoted, unknown)), "one of " + ", ".join(schema["properties"])
    if error.validator == "pattern":
        return quoted(error.instance), such(error.schema)
    if error.validator == "uniqueItems":
        return quoted(" ".join(error.instance)), "each of them once"
    is_type = error.validator == "type"
    return quoted(error.instance), f"a value of the type {error.validator_value}" if is_type else "a text, not empty"
