"""The columns of a form: what each is called, what it says of itself, and of what kind its cells are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from diaoyan.catalogue import Catalogue
from diaoyan.cells import REFERENCES
from diaoyan.office_values import plain

# Columns that name a row of a table whose rows have names of their own.
NAMED = {**REFERENCES, "unit": "units"}
# Of these a cell may name several.
LISTS = ("indicators", "areas")
PERIODS = ("period", "base_period", "since", "date")


@dataclass(frozen=True)
class FormColumn:
    """A column of a table in the form."""

    table: str
    field: dict
    is_key: bool
    catalogues: Mapping[str, Catalogue]

    @property
    def name(self) -> str:
        """What the table calls it."""
        return self.field["name"]

    @cached_property
    def language(self) -> str:
        """The language its words are in; empty for a column that serves all."""
        last = self.name.rpartition("_")[2]
        return last if last in self.catalogues else ""

    @property
    def stem(self) -> str:
        """Its name without the language."""
        return self.name.removesuffix(f"_{self.language}") if self.language else self.name

    @property
    def is_required(self) -> bool:
        """Whether no cell of it may be empty."""
        return bool(self.field.get("constraints", {}).get("required"))

    @property
    def allowed(self) -> tuple[str, ...]:
        """The values it allows; empty where any will do."""
        return tuple(self.field.get("constraints", {}).get("enum", ()))

    @property
    def reference(self) -> str:
        """The table whose rows its cells name, where these rows have names."""
        # The units of a claim are as printed, not as the units are called; a key of such a table names itself.
        table = NAMED.get(self.name, "")
        return "" if table == self.table and self.is_key else table

    @property
    def kind(self) -> str:
        """`code`, `list`, `reference`, `number`, `integer`, `period` or `text`."""
        if self.allowed:
            return "code"
        if self.reference:
            return "list" if self.name in LISTS else "reference"
        if self.field["type"] in ("number", "integer"):
            return self.field["type"]
        return "period" if self.name in PERIODS else "text"

    def bare_head(self, language: str) -> str:
        """What it is called in a language, without the mark of what is required."""
        words = self.catalogues[language]
        head = words(f"columns.{self.stem}")
        if not self.language:
            return head
        return words("form.in_language", head=head, language=language_name(self.language, words, self.catalogues))

    def head(self, language: str) -> str:
        """Its head in a form."""
        head = self.bare_head(language)
        return self.catalogues[language]("form.required", head=head) if self.is_required else head

    def explanation(self, language: str) -> str:
        """What to write into it."""
        return explanation(self.catalogues[language], self.table, self.stem)

    def has_explanation(self, language: str) -> bool:
        """Whether the form says what to write into it: shared tables are there to read."""
        words = self.catalogues[language]
        return any(words.has(f"form.columns.{key}") for key in (f"{self.table}-{self.stem}", self.stem))

    def is_called(self, head: str) -> bool:
        """Whether a head in a file that came back is this one, in any language or by the name in the table."""
        written = bare(head)
        return written == self.name or written in {bare(self.bare_head(language)) for language in self.catalogues}


def sheet_title(words: Catalogue, name: str) -> str:
    """What the sheet of a table or of anything else in a form is called; a reference to read begins `shared-`."""
    if name.startswith("shared-"):
        return words("form.reference", name=sheet_title(words, name.removeprefix("shared-")))
    for key in (f"form.short.{name}", f"tables.{name}"):
        if words.has(key):
            return words(key)
    return words(f"form.{name}")


def known_as(name: str, written: str, words: Catalogue) -> str:
    """A sheet or a head by its name in the language of the words, with how the file writes it where that is another."""
    return written.strip() if bare(written) == bare(name) else words("faults.written", name=name, written=written)


def language_name(language: str, words: Catalogue, catalogues: Mapping[str, Catalogue]) -> str:
    """What a language is called in another; one that this does not know by a word, as it calls itself."""
    own = f"form.languages.{language}"
    return words(own) if words.has(own) else catalogues[language]("language")


def explanation(words: Catalogue, table: str, stem: str) -> str:
    """What to write into a column or an entry: its own words in that table, else those it has everywhere."""
    own = f"form.columns.{table}-{stem}"
    return words(own if words.has(own) else f"form.columns.{stem}")


def form_columns(table: str, shape: dict, catalogues: Mapping[str, Catalogue]) -> list[FormColumn]:
    """The columns of a table in their order."""
    return [FormColumn(table, field, field["name"] in shape["primaryKey"], catalogues) for field in shape["fields"]]


def bare(head: str) -> str:
    """A head as it is compared: half width, without stars and blanks, small letters."""
    return plain(head).replace("*", "").replace(" ", "").lower()
