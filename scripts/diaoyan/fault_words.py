"""Faults as a clerk reads them: by sheet, row and column, in the language that was asked for."""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from string import Formatter

from diaoyan.catalogue import Catalogue
from diaoyan.faults import Fault, Faults, visible
from diaoyan.vocabulary import Vocabulary

# The language that the program writes its faults in.
WRITTEN = "en"
QUOTED = re.compile(r"""(['"])(.*)\1(…?)""", re.DOTALL)
PLACE = re.compile(r"(data/\S+?):(\d+)")
# Parts of a message that are messages themselves.
SAID = ("what", "missing")
LISTED = "codes"
# Ids of indicators, areas and units, told by their names.
IDS = "ids"
NAMED = ("indicators", "areas", "units")
# Things to write, and what is typed as it stands: the same in every language.
EXAMPLES = "examples"
TYPED = ("option", "options")
# As texts write it: {#problems-talent}.
ANCHOR = "anchor"
CODE = re.compile(r"[a-z_]+")
# Parts that are no more than a number, or than something in quotation marks.
NARROW = {"count": r"[\d.]+", "least": r"[\d.]+", "quoted": r"'.*'|\".*\""}


class Said(Faults):
    """Faults that are words already."""

    def __init__(self, lines: Iterable[str]):
        self.faults = []
        self.lines = list(lines)
        Exception.__init__(self, "\n".join(self.lines))


class FaultWords:
    """Says faults in one language; messages are those of the English catalogue, by their parts."""

    def __init__(self, catalogues: Mapping[str, Catalogue], language: str):
        self.catalogues, self.language = catalogues, language
        self._words = catalogues[language]
        self._vocabulary: Vocabulary | None = None
        messages = {key: words for key, words in catalogues[WRITTEN].words.items() if key.startswith("faults.said.")}
        # The most particular first.
        ordered = sorted(messages, key=lambda key: (-len(re.sub(r"\{\w+\}", "", messages[key])), key))
        self._patterns = {key: _pattern(messages[key]) for key in ordered}

    def __call__(self, key: str, **parts: str) -> str:
        """Words of the catalogue."""
        return self._words(key, **parts)

    def has(self, key: str) -> bool:
        """Whether the catalogue has words for it."""
        return self._words.has(key)

    def naming(self, vocabulary: Vocabulary) -> "FaultWords":
        """The same with names for the ids that messages hold."""
        other = copy(self)
        other._vocabulary = vocabulary
        return other

    def said(self, fault: Fault) -> str:
        """The fault as one line."""
        place = self.place(fault.file, fault.row, fault.column)
        typed, found = QUOTED.fullmatch(fault.found), self.message(fault.found)
        if typed and typed[2]:
            found = self._words("faults.typed", text=typed[2] + typed[3])
        line = self._words("faults.line", place=place, found=found, expected=self.message(fault.expected))
        return visible(" ".join(line.split()))

    def place(self, sheet: str, row: int, column: str) -> str:
        """A sheet (or file), row and column in words, as far as they are known."""
        form = "sheet" + ("_row" if row else "") + ("_column" if column else "")
        return self._words(f"faults.place.{form}", sheet=sheet, row=row, column=column)

    def message(self, written: str) -> str:
        """A message in the language, as it is where the catalogue does not know it."""
        quoted = QUOTED.fullmatch(written)
        if quoted and not quoted[2]:
            return self._words("faults.said.empty_cell")
        if quoted:
            return self._words("faults.quoted", text=quoted[2] + quoted[3])
        for key, pattern in self._patterns.items():
            if found := pattern.fullmatch(written):
                parts = {name: self._part(name, text) for name, text in found.groupdict().items()}
                return self._words(key, **parts)
        return written

    def either(self, names: Iterable[str]) -> str:
        """Several names of which one is meant."""
        return self._words("faults.either").join(names)

    def with_places(self, message: str, place: Callable[[str, int], str | None]) -> str:
        """The message with lines of files told as places of the form."""
        return PLACE.sub(lambda match: place(match[1], int(match[2])) or match[0], message)

    def _part(self, name: str, text: str) -> str:
        if name in SAID or QUOTED.fullmatch(text):
            return self.message(text)
        if name == IDS:
            return " · ".join(map(self._named, re.split(r" · | ", text)))
        if name in TYPED:
            return text
        if name == ANCHOR:
            return text.strip("{#}")
        if name == EXAMPLES:
            return self._words("faults.list").join(text.split(", "))
        if name == LISTED:
            return self._words("faults.list").join(self._all_codes(text.split(", ")))
        return self._all_codes([text])[0]

    def _named(self, id: str) -> str:
        labels = (self._vocabulary.label(table, id, self.language) for table in NAMED) if self._vocabulary else ()
        return next((label for label in labels if label != id), id)

    def _all_codes(self, texts: list[str]) -> list[str]:
        """Codes, tables or columns by their words where all of them have some of one kind; else as they are."""
        for kind in ("values", "tables", "columns", "form.chapters", "form.languages"):
            if all(CODE.fullmatch(each) and self._words.has(f"{kind}.{each}") for each in texts):
                return [self._words(f"{kind}.{each}") for each in texts]
        return texts


def _pattern(message: str) -> re.Pattern:
    """What matches a message, each part under its name."""
    pieces = []
    for literal, name, _, _ in Formatter().parse(message):
        pieces.append(re.escape(literal))
        if name:
            pieces.append(f"(?P<{name}>{NARROW.get(name, '.+')})")
    return re.compile("".join(pieces), re.DOTALL)
