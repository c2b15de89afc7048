"""Tables as a reader sees them: names instead of ids, words instead of codes, every row with an anchor."""

from collections.abc import Iterator
from dataclasses import dataclass

from diaoyan.catalogue import languages
from diaoyan.claims import VERDICTS, Audited, counts
from diaoyan.edition import Edition
from diaoyan.facts import anchor, observation_anchor
from diaoyan.markup import escape, link, table
from diaoyan.placeholders import claim_anchor
from diaoyan.quantities import digits, rounded
from diaoyan.tables import Row, Table
from diaoyan.wording import DATA_PAGE, Wording, arithmetic, localised

RECOMPUTED_DECIMALS = 2
# Columns that name a row of another table.
REFERENCES = {
    "indicator": "indicators",
    "indicators": "indicators",
    "area": "areas",
    "areas": "areas",
    "base_area": "areas",
    "comparison_area": "areas",
    "parent": "areas",
}
# Columns that name an item of the report, which has its title in the texts.
ITEMS = ("item", "problem", "recommendation")
# Tables whose key is shown by that title.
TITLED = ("items", "problems", "recommendations")
PERIODS = ("period", "base_period")


@dataclass(frozen=True)
class TableView:
    """A table ready to be shown: Markdown, caption, and an anchor per row or per cell."""

    name: str
    caption: str
    markdown: str
    anchors: tuple[str | None, ...] = ()
    cell_anchors: tuple[tuple[str | None, ...], ...] = ()


class TableViews:
    """The views of an edition's tables in one language; `titles` are the headings of the texts by anchor."""

    def __init__(self, edition: Edition, wording: Wording, audited: list[Audited], titles: dict[str, str]):
        self._edition = edition
        self._titles = titles
        self._wording = wording
        self._audited = audited
        self._words = wording.catalogue
        self._languages = languages(edition.data)

    def get(self, name: str) -> list[TableView]:
        """Views by name: `audit`, `verdicts`, `benchmarks`, `revisions`, a table of the schema; none for others."""
        special = {
            "audit": self._audit,
            "verdicts": self._verdicts,
            "benchmarks": self._benchmarks,
            "revisions": self._revisions,
            "observations": self._observations,
        }
        if name in special:
            return list(special[name]())
        if name not in self._edition.tables:
            return []
        return [self._plain(name, list(self._edition.tables[name]))]

    def _audit(self) -> Iterator[TableView]:
        """Every claim as stated and as recomputed, faults first."""
        order = sorted(self._audited, key=lambda one: VERDICTS.index(one.verdict))
        rows, anchors = [], []
        for one in order:
            claim = one.claim
            rows.append(
                [
                    self._quote(claim),
                    escape(claim["locator"]),
                    self._words(f"kinds.{claim['kind']}"),
                    self._wording.stated(claim),
                    self._recomputed(one),
                    self._arithmetic(one),
                    f"**{self._words(f'verdicts.{one.verdict}.name')}**",
                ]
            )
            anchors.append(claim_anchor(claim["claim"]))
        columns = ("wording", "locator", "kind", "stated", "recomputed", "arithmetic", "verdict")
        yield self._view("audit", "table-audit", columns, rows, anchors)

    def _verdicts(self) -> Iterator[TableView]:
        """How many claims have each verdict, and what the verdict means."""
        rows = [
            [self._words(f"verdicts.{verdict}.name"), str(count), self._words(f"verdicts.{verdict}.meaning")]
            for verdict, count in counts(self._audited).items()
        ]
        yield self._view("verdicts", "table-verdicts", ("verdict", "count", "meaning"), rows, [None] * len(rows))

    def _observations(self) -> Iterator[TableView]:
        own = [row for row in self._edition.tables["observations"] if self._is_own(row)]
        yield self._plain("observations", own)

    def _revisions(self) -> Iterator[TableView]:
        rows = [row for row in self._edition.tables["observations"] if row["vintage"] != "first_published"]
        yield self._plain("observations", [row for row in rows if not self._is_own(row)], name="revisions")

    def _benchmarks(self) -> Iterator[TableView]:
        """One matrix of areas by years for each benchmark indicator, in the order of the table."""
        rows = [row for row in self._edition.tables["observations"] if not self._is_own(row)]
        rows = [row for row in rows if row["vintage"] == "first_published"]
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
            caption = self._words("tables.benchmarks", indicator=self._wording.indicator(indicator), unit=escape(unit))
            head = [self._words("columns.area"), *periods]
            yield TableView(f"table-{anchor(indicator)}", caption, table(head, body), cell_anchors=tuple(anchors))

    def _plain(self, source: str, rows: list[Row], name: str = "") -> TableView:
        """A table of the schema as it is, the columns of other languages left out."""
        found = self._edition.tables[source]
        ascii_keys = all(str(row[column]).isascii() for row in rows for column in found.key)
        columns = [column for column in found.columns if self._is_shown(column)]
        heads = [column.removesuffix(f"_{self._words.language}") for column in columns]
        id_column = found.key[0] if len(found.key) == 1 and ascii_keys and source not in TITLED else None
        if id_column:
            # A reader looks for names; the id that texts and commands use comes last.
            columns = [column for column in columns if column != id_column] + [id_column]
            heads = [head for head in heads if head != id_column] + ["id"]
        body, anchors = [], []
        for position, row in enumerate(rows, 1):
            body.append([self._cell(row, column, found, column == id_column) for column in columns])
            key = [str(row[column]) for column in found.key] if ascii_keys else [str(position)]
            anchors.append(observation_anchor(row) if source == "observations" else anchor(source, *key))
        return self._view(name or source, f"table-{name or source}", heads, body, anchors)

    def _view(self, words: str, name: str, columns, rows, anchors) -> TableView:
        head = [self._words(f"columns.{column}") for column in columns]
        return TableView(name, self._words(f"tables.{words}"), table(head, rows), tuple(anchors))

    def _is_shown(self, column: str) -> bool:
        """A column in several languages is shown in the reader's only."""
        language = column.rpartition("_")[2]
        return language == self._words.language or language not in self._languages

    def _cell(self, row: Row, column: str, found: Table, is_id: bool) -> str:
        value = row[column]
        if value is None:
            return ""
        if is_id:
            return f"`{value}`"
        if column in found.allowed:
            return self._words(f"values.{value}")
        if column in ITEMS:
            return self._title(value)
        if column in REFERENCES:
            names = [self._reference(REFERENCES[column], key) for key in value.split()]
            return self._words("list.separator").join(names)
        if column == "source":
            return link(escape(value), f"#{anchor('sources', value)}")
        if column == "url":
            return link(escape(value), value)
        if column in PERIODS and value[:4].isdigit():
            return self._wording.period(value)
        return escape(value)

    def _reference(self, table: str, key: str) -> str:
        return link(self._wording.name(self._edition.tables[table], key), f"#{anchor(table, key)}")

    def _title(self, item: str) -> str:
        """An item by the heading it has in the text, as a link to it; by its id where no text has it."""
        chapter = self._edition.tables["items"].by_key()[item]["part"]
        if item not in self._titles:
            return f"`{item}`"
        return link(self._titles[item], f"{chapter}.ipynb#{item}")

    def _is_own(self, row: Row) -> bool:
        return row.file.startswith(f"data/editions/{self._edition.id}/")

    def _quote(self, claim: Row) -> str:
        return escape(localised(claim, "wording", self._words.language))

    def _recomputed(self, one: Audited) -> str:
        """The recomputed value in the claim's own terms; empty where there is none."""
        recomputed, claim = one.recomputed, one.claim
        if recomputed.value is None:
            return ""
        if claim["kind"] in ("doublings", "times"):
            number = digits(rounded(recomputed.value, RECOMPUTED_DECIMALS), "")
            return self._words("recomputed.ratio", number=number)
        return self._wording.recomputed(recomputed, claim)

    def _arithmetic(self, one: Audited) -> str:
        """The arithmetic with links to the rows it rests on, or what is missing."""
        recomputed, claim = one.recomputed, one.claim
        if one.verdict.startswith("unit_"):
            printed = escape(f"{claim['stated']}{claim['stated_unit'] or ''}")
            own = self._edition.facts.get(claim["indicator"], claim["area"], claim["period"])
            return self._words("missing.unit", printed=printed, unit=escape(own.quantity.unit.name))
        if recomputed.missing:
            return self._words(
                f"missing.{recomputed.missing}",
                indicator=self._wording.indicator(claim["indicator"]),
                area=self._wording.area(claim["base_area"] or claim["area"]),
                period=self._wording.period(claim["period"]),
                base=self._wording.period(claim["base_period"]) if claim["base_period"] else "",
            )
        facts = recomputed.facts
        if recomputed.operator in ("÷", "÷ −1", "−"):
            written = arithmetic(recomputed.operator, *facts, self._words)
            return link(escape(written), f"{DATA_PAGE}#{facts[0].anchor}", self._wording.cite(facts[0]))
        return ", ".join(self._wording.level(fact) for fact in facts)
