"""Names of what cells refer to, in every language: from ids to what a clerk reads, and back from what a clerk types."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from diaoyan.catalogue import Catalogue
from diaoyan.consistency import GROUPS_OF_AREAS
from diaoyan.form_columns import NAMED, FormColumn
from diaoyan.office_values import plain

# name[id], where several things have the name.
WITH_ID = re.compile(r".*\[([^\[\]]+)\]")
BETWEEN_NAMES = r"\s*[、;；\n]\s*"


class Vocabulary:
    """What can be named: rows of the shared tables and of the edition, and the values that columns allow."""

    def __init__(self, catalogues: Mapping[str, Catalogue], tables: Mapping[str, Iterable[Mapping]]):
        self._catalogues = catalogues
        self._names: dict[str, dict[str, dict[str, str]]] = {}
        self._keys: dict[str, dict[str, set[str]]] = {}
        for table in set(NAMED.values()):
            rows = {row[_key_of(table)]: row for row in tables[table] if row[_key_of(table)]}
            # Where there is no translation, the name in the language of the originals.
            first = next(iter(catalogues))
            names = {
                each: {key: row.get(f"name_{each}") or row[f"name_{first}"] for key, row in rows.items()}
                for each in catalogues
            }
            if table == "areas":
                for language, words in catalogues.items():
                    names[language] |= {group: words(key) for group, key in GROUPS_OF_AREAS.items()}
            self._names[table] = names
            self._keys[table] = {}
            for of_language in names.values():
                for key, name in of_language.items():
                    self._keys[table].setdefault(plain(name), set()).add(key)

    def label(self, table: str, key: str, language: str) -> str:
        """The name of a row where only that row has it, else with its id behind it; an unknown id as it is."""
        name = self._names[table][language].get(key)
        if not name:
            return key
        if self._keys[table][plain(name)] == {key} and plain(name) not in self._names[table][language].keys() - {key}:
            return name
        return self._catalogues[language]("form.same_name", name=name, id=key)

    def labels(self, table: str, language: str) -> list[str]:
        """The labels of all rows of a table, in their order."""
        return [self.label(table, key, language) for key in self._names[table][language] if key not in GROUPS_OF_AREAS]

    def key(self, table: str, typed: str) -> str | None:
        """The id of what was typed: an id, a name that only one row has, or a name with the id; None for others."""
        written, known = plain(typed), next(iter(self._names[table].values()))
        if written in known:
            return written
        if (found := WITH_ID.fullmatch(written)) and found[1] in known:
            return found[1]
        keys = self._keys[table].get(written, set())
        return next(iter(keys)) if len(keys) == 1 else None

    def keys(self, table: str, typed: str) -> str | None:
        """The ids of several names, joined by spaces as tables hold them; None where one is unknown."""
        for separator in (BETWEEN_NAMES, r"\s*[、;；\n,，]\s*", r"\s+"):
            found = [self.key(table, each) for each in re.split(separator, typed.strip()) if each]
            if found and None not in found:
                return " ".join(found)
        return None

    def unknown(self, column: FormColumn, typed: str) -> list[str]:
        """What was typed into a cell that names one row, or several, and is the name of none."""
        if column.kind != "list":
            return [] if self.key(column.reference, typed) else [typed]
        if self.keys(column.reference, typed):
            return []
        names = [each for each in re.split(BETWEEN_NAMES, typed.strip()) if each]
        return [each for each in names if not self.keys(column.reference, each)]

    def similar(self, table: str, typed: str, language: str) -> list[str]:
        """Labels that look like what was typed, for somebody who meant one of them."""
        written = plain(typed)
        labels = [label for each in sorted(self._catalogues, key=language.__ne__) for label in self.labels(table, each)]
        ambiguous = [self.label(table, key, language) for key in sorted(self._keys[table].get(written, ()))]
        near = get_close_matches(written, labels, n=2, cutoff=0.5)
        return ambiguous or near or [label for label in labels if written and written in label][:2]

    def word(self, value: str, language: str) -> str:
        """The word for a value that a column allows."""
        words = self._catalogues[language]
        return words(f"values.{value}") if words.has(f"values.{value}") else value

    def shown(self, column: FormColumn, cell: str, language: str) -> str:
        """A cell as a clerk reads it: names for ids, words for codes."""
        if column.kind == "code":
            return self.word(cell, language) if cell in column.allowed else cell
        if column.kind == "reference":
            return self.label(column.reference, cell, language) if cell else ""
        if column.kind == "list":
            named = (self.label(column.reference, each, language) for each in cell.split())
            return self._catalogues[language]("form.list").join(named)
        return cell

    def value(self, allowed: Iterable[str], typed: str) -> str | None:
        """The allowed value that was typed, by its code or its word in any language; None for others."""
        written = plain(typed).lower()
        for value in allowed:
            if written in {value, *(plain(self.word(value, language)).lower() for language in self._catalogues)}:
                return value
        return None


def _key_of(table: str) -> str:
    return table.removesuffix("s")
