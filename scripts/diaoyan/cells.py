"""Cells of tables as a reader sees them: names instead of ids, words instead of codes, links to what is named."""

from diaoyan.catalogue import Catalogue
from diaoyan.consistency import GROUPS_OF_AREAS, PARTICULARS_TABLE
from diaoyan.edition import Edition
from diaoyan.facts import anchor, observation_anchor
from diaoyan.locators import show_locator
from diaoyan.markup import escape, link
from diaoyan.periods import is_year
from diaoyan.tables import Row, Table
from diaoyan.translations import localised
from diaoyan.wording import Wording

# Columns that name a row of another table.
REFERENCES = {
    "indicator": "indicators",
    "indicators": "indicators",
    "base_indicator": "indicators",
    "part_of": "indicators",
    "area": "areas",
    "areas": "areas",
    "base_area": "areas",
    "comparison_area": "areas",
    "parent": "areas",
    "source": "sources",
}
# Columns that name an item of the report, which has its title in the texts.
ITEMS = ("item", "problem", "recommendation")
PERIODS = ("period", "base_period", "date")
# Columns that name a row, the first that its table has; failing these, columns that together say what it is about.
NAMING = ("wording", "title", "name")
TELLING = (*ITEMS, "indicator", "area", "kind", "period")


class Cells:
    """The cells of an edition's tables in one language; `titles` are the headings of the texts by anchor."""

    def __init__(self, edition: Edition, wording: Wording, titles: dict[str, str]):
        self._edition = edition
        self._wording = wording
        self._words: Catalogue = wording.catalogue
        self._titles = titles

    def cell(self, row: Row, column: str, table: Table, linked: bool = True) -> str:
        """The Markdown of one cell, its names as links or as words."""
        base = column.removesuffix(f"_{self._words.language}")
        if base != column:
            return escape(localised(row, base, self._words.language))
        value = row[column]
        if value is None:
            return ""
        if column in table.allowed:
            return self._words(f"values.{value}")
        if column == "claim" and table.name != "claims":
            return self.row_name("claims", value)
        if column in ITEMS:
            return self._item(value, linked)
        if column == "section":
            return self._titles.get(value) or f"`{value}`"
        if column in REFERENCES:
            names = [self._name(REFERENCES[column], key, linked) for key in value.split()]
            return self._words("list.separator").join(names)
        if column == "unit" and table.name != "units":
            return escape(self.unit(value))
        if column == "url":
            return link(escape(value), value)
        if column == "locator":
            return escape(show_locator(value, self._words))
        if column == "periods":
            return self._words("list.separator").join(self._wording.period(period) for period in value.split())
        if column in PERIODS and is_year(value[:4]):
            return self._wording.period(value)
        return escape(value)

    def unit(self, unit: str) -> str:
        """The unit by its name in the language."""
        return localised(self._edition.tables["units"].by_key()[unit], "name", self._words.language)

    def row_name(self, table: str, key: str) -> str:
        """A row by what it is about, as a link to it; `key` is the values of the primary key joined by a bar."""
        if table == PARTICULARS_TABLE:
            return self._words(f"tables.{PARTICULARS_TABLE}")
        found = self._edition.tables[table]
        row = found.by_key()[tuple(key.split("|")) if len(found.key) > 1 else key]
        naming = next((name for name in NAMING if localised(row, name, self._words.language)), None)
        if naming:
            name = escape(localised(row, naming, self._words.language))
        else:
            cells = [self.cell(row, column, found, linked=False) for column in TELLING if column in row]
            name = self._words("list.separator").join(filter(None, cells))
        place = observation_anchor(row) if table == "observations" else anchor(table, *key.split("|"))
        return link(name, f"#{place}")

    def _name(self, table: str, key: str, linked: bool) -> str:
        if key in GROUPS_OF_AREAS:
            return escape(self._words(GROUPS_OF_AREAS[key]))
        name = self._wording.name(self._edition.tables[table], key)
        return link(name, f"#{anchor(table, key)}") if linked else name

    def _item(self, item: str, linked: bool) -> str:
        """An item by the heading it has in the text; by its id where no text has it."""
        if item not in self._titles:
            return f"`{item}`"
        chapter = self._edition.tables["items"].by_key()[item]["part"]
        return link(self._titles[item], f"{chapter}.ipynb#{item}") if linked else self._titles[item]
