"""The sheets of a form that came back: by their names in any language, told by those of one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from diaoyan.catalogue import Catalogue
from diaoyan.edition_content import own_tables
from diaoyan.faults import Fault, quoted
from diaoyan.form_columns import bare, form_columns, known_as, sheet_title
from diaoyan.grids import Grid
from diaoyan.table_intake import find_head
from diaoyan.worksheets import sheet_names


class FormSheets:
    """Finds sheets, and says what is wrong with their names in one language."""

    def __init__(self, schema: dict, catalogues: Mapping[str, Catalogue], language: str):
        self._schema, self._catalogues = schema, catalogues
        self._language, self._words = language, catalogues[language]

    def is_form(self, grids: list[Grid]) -> bool:
        """Whether there are sheets of a form, and not only a table by itself."""
        names = ["edition", *own_tables(self._schema), "texts"]
        return sum(any(self.is_titled(grid.name, name) for name in names) for grid in grids) > 1

    def tables_like(self, grids: list[Grid]) -> list[str]:
        """The tables whose heads a sheet has, as many of them as any."""
        found = {}
        for name, shape in own_tables(self._schema).items():
            columns = form_columns(name, shape, self._catalogues)
            heads = [find_head(grid.rows, columns) for grid in grids]
            places = max((head[1].keys() for head in heads if head), key=len, default=set())
            if all(column.name in places for column in columns if column.is_required):
                found[name] = len(places)
        return [name for name, count in found.items() if count == max(found.values())]

    def options(self, names: Iterable[str]) -> str:
        """Tables as a command takes them, with what the form calls them."""
        titles = {name: self.title(name, self._language) for name in names}
        return ", ".join(self._words("faults.written", name=name, written=title) for name, title in titles.items())

    def title(self, name: str, language: str) -> str:
        """What a sheet is called in a language."""
        return sheet_names([sheet_title(self._catalogues[language], name)])[0]

    def of(self, grids: list[Grid], name: str) -> Grid | None:
        """The sheet of that name in any language, called as a reader of faults knows it and finds it in the file."""
        grid = next((grid for grid in grids if self.is_titled(grid.name, name)), None)
        return replace(grid, name=known_as(self.title(name, self._language), grid.name, self._words)) if grid else None

    def missing(self, names: list[str], strange: list[str], file: str) -> list[Fault]:
        """Sheets that are not there: each with the one that may have been it, the others in one line."""
        expected, faults, gone = "every sheet of the form under its name", [], []
        for name in names:
            titles = [self.title(name, language) for language in self._catalogues]
            near = next((each for title in titles for each in get_close_matches(title, strange, 1, 0.4)), "")
            title = self.title(name, self._language)
            if near:
                faults.append(Fault(file, 0, "", f"no sheet {quoted(title)} but one called {quoted(near)}", expected))
            else:
                gone.append(title)
        if gone:
            faults.append(Fault(file, 0, "", f"no sheet '{self._words('faults.list').join(gone)}'", expected))
        return faults

    def is_titled(self, title: str, name: str) -> bool:
        """Whether a title is that of a sheet in any language, or its name in the program."""
        return bare(title) in {name, *(bare(self.title(name, language)) for language in self._catalogues)}
