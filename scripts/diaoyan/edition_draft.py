"""What a new edition holds as far as it follows from the one it is to be like: structure, no figures, no words."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from diaoyan.catalogue import Catalogue
from diaoyan.consistency import BACKGROUND, MEMBERS
from diaoyan.edition_content import (
    Cells,
    Content,
    filled,
    is_words,
    load_catalogues,
    own_tables,
    particulars_schema,
    required_particulars,
    rows_on_disk,
    shared_texts,
    spoken_schema,
)
from diaoyan.edition_folders import edition_ids
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.first_screen import SECTIONS
from diaoyan.inputs import chapter_names
from diaoyan.particulars import Value
from diaoyan.text_rows import TextRow

NEW_ID = re.compile(r"([a-z]+(?:-[a-z]+)*)-([0-9]{4})")

# The languages that every edition must be in; others are translations.
NAMED_IN = ("zh", "en")


@dataclass(frozen=True)
class NewEdition:
    """What is asked for; what is left empty follows from the id and from the edition it is to be like."""

    id: str
    template: str
    city: str = ""
    names: dict[str, str] = field(default_factory=dict)
    parent: str = ""
    report_year: str = ""
    base_year: str = ""


class Draft:
    """The content of a new edition in the making."""

    def __init__(self, wanted: NewEdition, data: Path, stored: Content, shared: dict[str, list[Cells]]):
        self._data, self._wanted, self._stored, self._shared = data, wanted, stored, shared
        self._schema = spoken_schema(data)
        self._shared_texts = shared_texts(data)
        self._catalogues: dict[str, Catalogue] = load_catalogues(data)
        city, self._year = NEW_ID.fullmatch(wanted.id).groups()
        self._city = wanted.city or city
        about = stored.particulars
        self._report = wanted.report_year or str(int(self._year) - 1)
        span = int(about["report_year"]) - int(about["base_year"])
        self._base = wanted.base_year or str(int(self._report) - span)
        self._areas = {row["area"]: row for row in [*shared["areas"], *self._areas_of_editions()]}
        self._own_area = self._area()
        self._old = self._areas[about["city"]]

    def content(self) -> Content:
        """Particulars to be filled in, charts and key figures without figures, headings without words."""
        empty: dict[str, list[Cells]] = {name: [] for name in own_tables(self._schema)}
        texts = self._texts()
        anchors = {row.anchor for row in [*texts, *self._shared_texts] if row.level}
        tables = empty | {
            "areas": [] if self._city in {row["area"] for row in self._shared["areas"]} else [self._own_area],
            "sources": self._source(),
            "charts": [self._chart(row) for row in self._charts() if row["section"] in anchors],
            "highlights": [dict(row) for row in self._stored.tables["highlights"]],
        }
        return Content(self._particulars(), tables, texts)

    def _areas_of_editions(self) -> list[Cells]:
        shape = self._schema["areas"]
        folders = {id: self._data / "editions" / id for id in edition_ids(self._data)}
        rows = [row for id, own in folders.items() for row in rows_on_disk(own, f"data/editions/{id}", shape)]
        return filled(shape, rows)

    def _area(self) -> Cells:
        """The city's row; a city nobody knows needs its names, and its province where it is another."""
        if self._city in self._areas:
            # How many areas lie in it is for its own table to say, when they are listed there.
            return dict(self._areas[self._city]) | {"members": ""}
        missing = [f"--name-{language}" for language in NAMED_IN if not self._wanted.names.get(language, "").strip()]
        if missing:
            found = f"a city that no table knows, {quoted(self._city)}"
            raise Faults([Fault("--city", 0, "", found, f"its names: {', '.join(missing)}")])
        parent = self._wanted.parent or self._areas[self._stored.particulars["city"]]["parent"]
        provinces = [row["area"] for row in self._shared["areas"] if row["level"] == "province"]
        if parent not in provinces:
            raise Faults([Fault("--parent", 0, "", quoted(parent), "one of " + ", ".join(provinces))])
        row = dict.fromkeys((field["name"] for field in self._schema["areas"]["fields"]), "")
        names = {f"name_{language}": name.strip() for language, name in self._wanted.names.items()}
        return row | {"area": self._city, "level": "city", "parent": parent} | names

    def _particulars(self) -> dict[str, Value]:
        """What must be there, the other city's words replaced by what says that they are missing."""
        peers, above = [], self._own_area["parent"]
        while above:
            peers.append(above)
            above = self._areas[above]["parent"]
        particulars: dict[str, Value] = {
            "id": self._wanted.id,
            "city": self._city,
            "as_of": f"{self._year}-12-31",
            "base_year": self._base,
            "report_year": self._report,
            "peers": peers,
            "source": self._wanted.id,
        }
        for name, entry in particulars_schema(self._data).items():
            if is_words(entry) and name in required_particulars(self._data):
                particulars[name] = {each: self._catalogues[each]("new.blank") for each in NAMED_IN}
        title = self._stored.particulars["title"]
        if not any(self._old[f"name_{each}"] in title[each] for each in NAMED_IN):
            particulars["title"] = {each: title[each] for each in NAMED_IN}
        return {name: particulars[name] for name in particulars_schema(self._data) if name in particulars}

    def _source(self) -> list[Cells]:
        """The report itself as a source, unless every edition knows it."""
        if self._wanted.id in {row["source"] for row in self._shared["sources"]}:
            return []
        row = dict.fromkeys((field["name"] for field in self._schema["sources"]["fields"]), "")
        row |= {"source": self._wanted.id, "date": f"{self._year}-12-31", "trust": "original"}
        for language in NAMED_IN:
            words = self._catalogues[language]
            city = self._own_area[f"name_{language}"]
            row[f"name_{language}"] = words("new.source", city=city, year=self._year)
            row |= {f"{each}_{language}": words("new.blank") for each in ("publisher", "title", "covers")}
        return [row]

    def _charts(self) -> list[Cells]:
        """Charts that show nothing but the base and the report year, or whatever there is, and rest on no targets."""
        about = self._stored.particulars
        years = {about["base_year"], about["report_year"]}
        return [
            row
            for row in self._stored.tables["charts"]
            if set(row["periods"].split()) <= years
            and row["kind"] != "paths"
            and set(row["areas"].split()) <= {about["city"], *about["peers"], BACKGROUND, MEMBERS}
        ]

    def _chart(self, row: Cells) -> Cells:
        """The chart with this city and its years in place of the other's."""
        about = self._stored.particulars
        years = {about["base_year"]: self._base, about["report_year"]: self._report}
        areas = {about["city"]: self._city, **dict(zip(about["peers"], self._peers(), strict=False))}
        made = dict(row) | {
            "periods": " ".join(years[each] for each in row["periods"].split()),
            "areas": " ".join(areas.get(each, each) for each in row["areas"].split()),
        }
        for language in NAMED_IN:
            made[f"title_{language}"] = self._renamed(row[f"title_{language}"], language)
        return made

    def _peers(self) -> list[str]:
        return self._particulars()["peers"]

    def _renamed(self, words: str, language: str) -> str:
        """Words with the names of this city and its peers in place of the other's."""
        about = self._stored.particulars
        pairs = [
            (about["city"], self._own_area),
            *zip(about["peers"], map(self._areas.get, self._peers()), strict=False),
        ]
        for old, new in pairs:
            words = words.replace(self._areas[old][f"name_{language}"], new[f"name_{language}"])
        return words

    def _all_renamed(self, words: dict[str, str]) -> dict[str, str]:
        return {language: self._renamed(said, language) for language, said in words.items() if language in NAMED_IN}

    def _texts(self) -> list[TextRow]:
        """The titles of chapters that no shared text gives, and their headings above charts and cards."""
        with_charts = {row["section"] for row in self._charts()}
        items = {row["item"] for row in self._stored.tables["items"]}
        shared = {row.chapter for row in self._shared_texts}
        return [
            TextRow(row.chapter, row.level, row.anchor, self._all_renamed(row.words))
            for row in self._stored.texts
            if row.chapter in set(chapter_names()) - shared
            and row.anchor not in items
            and (row.level == 1 or (row.level > 1 and row.anchor in with_charts | {*SECTIONS}))
            and not any("{{" in words for words in row.words.values())
        ]
