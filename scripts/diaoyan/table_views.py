"""Tables as a reader sees them: names instead of ids, words instead of codes, every row with an anchor."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from diaoyan.catalogue import Catalogue, languages
from diaoyan.cells import REFERENCES, Cells
from diaoyan.consistency import PARTICULARS_TABLE
from diaoyan.edition import Edition
from diaoyan.edition_folders import shown
from diaoyan.facts import anchor, observation_anchor
from diaoyan.markup import table
from diaoyan.quantities import digits
from diaoyan.tables import Row
from diaoyan.translations import localised
from diaoyan.wording import Wording

RECOMPUTED_DECIMALS = 2
# Tables whose key says something to a reader: a title, or the unit itself.
SPEAKING_KEYS = ("items", "problems", "recommendations", "units")


@dataclass(frozen=True)
class TableView:
    """A table ready to be shown: Markdown, caption, and an anchor per row or per cell."""

    name: str
    caption: str
    markdown: str
    anchors: tuple[str | None, ...] = ()
    cell_anchors: tuple[tuple[str | None, ...], ...] = ()

    @property
    def has_rows(self) -> bool:
        """Whether there is anything below the head."""
        return bool(self.anchors or self.cell_anchors)


def view(words: Catalogue, name: str, columns: list[str], rows: list[list[str]], anchors: list) -> TableView:
    """A view with the heads and the caption that the language has for it."""
    head = [words(f"columns.{column}") for column in columns]
    return TableView(f"table-{name}", words(f"tables.{name}"), table(head, rows), tuple(anchors))


class TableViews:
    """The views of an edition's tables in one language; `titles` are the headings of the texts by anchor."""

    def __init__(self, edition: Edition, wording: Wording, titles: dict[str, str]):
        self._edition = edition
        self._cells = Cells(edition, wording, titles)
        self._wording = wording
        self._words = wording.catalogue
        self._languages = languages(edition.data)

    def get(self, name: str) -> list[TableView]:
        """Views by name: `benchmarks`, `revisions`, `later`, or a table of the schema; none for others."""
        special = {
            "benchmarks": self._benchmarks,
            "revisions": self._revisions,
            "observations": self._observations,
            "later": self._later,
            "numerals": self._numerals,
        }
        if name in special:
            return list(special[name]())
        if name not in self._edition.tables:
            return []
        return [self._plain(name, list(self._edition.tables[name]))]

    def rows_of(self, name: str) -> tuple[str, list[Row]]:
        """The table of the schema behind the views of that name, and those of its rows that they show."""
        if name in self._parted_observations:
            return "observations", self._parted_observations[name]
        return name, list(self._edition.tables[name]) if name in self._edition.tables else []

    @cached_property
    def _parted_observations(self) -> dict[str, list[Row]]:
        """The observations by the view that shows them."""
        folder = f"{shown(self._edition.folder, self._edition.data)}/"
        parted = {name: [] for name in ("observations", "later", "benchmarks", "revisions")}
        for row in self._edition.tables["observations"]:
            if row.file.startswith(folder):
                parted["observations" if self._edition.row_speaks(row) else "later"].append(row)
            else:
                parted["benchmarks" if row["vintage"] == "first_published" else "revisions"].append(row)
        return parted

    def _observations(self) -> Iterator[TableView]:
        """The edition's own figures that had been published by the report's date."""
        yield self._plain(*self.rows_of("observations"))

    def _later(self) -> Iterator[TableView]:
        """The edition's own figures that were published later."""
        _, rows = self.rows_of("later")
        if rows:
            yield self._plain("observations", rows, name="later")

    def _revisions(self) -> Iterator[TableView]:
        yield self._plain(*self.rows_of("revisions"), name="revisions")

    def _benchmarks(self) -> Iterator[TableView]:
        """One matrix of areas by years for each benchmark indicator, in the order of the table."""
        _, rows = self.rows_of("benchmarks")
        for indicator in dict.fromkeys(row["indicator"] for row in rows):
            cells = {(row["area"], row["period"]): row for row in rows if row["indicator"] == indicator}
            periods = sorted({period for _, period in cells})
            body, anchors = [], []
            for area in dict.fromkeys(area for area, _ in cells):
                found = [cells.get((area, period)) for period in periods]
                name = self._wording.name(self._edition.tables["areas"], area)
                body.append([name, *(digits(row["value"], "") if row else "" for row in found)])
                anchors.append((None, *(observation_anchor(row) if row else None for row in found)))
            unit = next(iter(cells.values()))["unit"]
            # A caption is plain words, unlike a cell.
            name = localised(self._edition.tables["indicators"].by_key()[indicator], "name", self._words.language)
            caption = self._words("tables.benchmarks", indicator=name, unit=self._cells.unit(unit))
            head = [self._words("columns.area"), *periods]
            yield TableView(f"table-{anchor(indicator)}", caption, table(head, body), cell_anchors=tuple(anchors))

    def _numerals(self) -> Iterator[TableView]:
        """The original's numerals, each with the row and the column that hold it."""
        found = self._edition.tables["numerals"]
        columns = ["numeral", "occurrence", "locator", "row", "column", "note"]
        body, anchors = [], []
        for row in found:
            cells = {column: self._cells.cell(row, column, found) for column in (*columns, "part")}
            cells["row"] = self._cells.row_name(row["table"], row["row"])
            # Of an entry in several languages its first word: title, of title.zh.
            field = row["row"].split(".")[0] if row["table"] == PARTICULARS_TABLE else row["column"]
            # What is counted are rows, in no column.
            held = [self._words(f"columns.{self._head_of(field)}") if field else "", cells["part"]]
            cells["column"] = self._words("list.separator").join(filter(None, held))
            body.append([cells[column] for column in columns])
            anchors.append(anchor("numerals", *(str(row[column]) for column in found.key)))
        yield view(self._words, "numerals", columns, body, anchors)

    def _plain(self, source: str, rows: list[Row], name: str = "") -> TableView:
        """A table of the schema as it is, the columns of other languages left out."""
        found = self._edition.tables[source]
        _, heads, body = self.shaped(source, rows)
        anchors = []
        for row in rows:
            own = anchor(source, *(str(row[column]) for column in found.key))
            anchors.append(observation_anchor(row) if source == "observations" else own)
        return view(self._words, name or source, heads, body, anchors)

    def shaped(self, source: str, rows: list[Row]) -> tuple[list[str], list[str], list[list[str]]]:
        """Rows of a table as a reader sees them: the columns shown, the keys of their heads, the cells as Markdown."""
        found = self._edition.tables[source]
        # A column in several languages is shown once, in the reader's.
        shown = (self._in_own_language(column, found.columns) for column in found.columns)
        columns = list(filter(None, dict.fromkeys(shown)))
        heads = [column.removesuffix(f"_{self._words.language}") for column in columns]
        # The key of another table's row is shown by that row's name.
        is_name = REFERENCES.get(found.key[0], source) != source
        id_column = found.key[0] if len(found.key) == 1 and source not in SPEAKING_KEYS and not is_name else None
        if id_column:
            # A reader looks for names; the id that texts and commands use comes last.
            columns = [column for column in columns if column != id_column] + [id_column]
            heads = [head for head in heads if head != id_column] + ["id"]
        body = []
        for row in rows:
            cells = [self._cells.cell(row, column, found) for column in columns if column != id_column]
            body.append([*cells, f"`{row[id_column]}`"] if id_column else cells)
        return columns, heads, body

    def _head_of(self, column: str) -> str:
        """The column without its language."""
        base, _, language = column.rpartition("_")
        return base if base and language in self._languages else column

    def _in_own_language(self, column: str, columns: tuple[str, ...]) -> str:
        """The column of the reader's language in place of that of another; none of what only the other has use for."""
        base, _, language = column.rpartition("_")
        if not base or language not in self._languages:
            return column
        own = f"{base}_{self._words.language}"
        return own if {own, f"{base}_zh"} & {*columns} else ""
