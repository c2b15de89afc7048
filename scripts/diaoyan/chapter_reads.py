"""What each chapter may read, as `chapters/reads.yml` declares it: any other table or text may change without it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jsonschema

from diaoyan.faults import Fault, Faults, quoted
from diaoyan.paths import CHAPTERS, DATA
from diaoyan.schema import read_schema
from diaoyan.tables import Table
from diaoyan.yaml_files import read_yaml

READS_FILE = "chapters/reads.yml"
# Names the chapter that is being executed by a build, to whatever runs in its kernel.
RUNNING = "DIAOYAN_CHAPTER"


@dataclass(frozen=True)
class ChapterReads:
    """The tables that a chapter may read, and whether it reads the texts of other chapters and the grammars too."""

    chapter: str
    tables: frozenset[str]
    all_texts: bool
    grammars: bool = False

    def limit(self, tables: Mapping[str, Table]) -> Mapping[str, Table]:
        """The tables, of which only those declared can be read."""
        return DeclaredTables(tables, self)

    def check_text(self, chapter: str) -> None:
        """Raises Faults for the text of a chapter that may not be read."""
        if not self.all_texts and chapter != self.chapter:
            raise Faults([self._undeclared(f"a read of the text of {chapter}", "texts: all")])

    def check_table(self, name: str) -> None:
        """Raises Faults for a table that may not be read."""
        if name not in self.tables:
            raise Faults([self._undeclared(f"a read of the table {name}", "it among the tables")])

    def _undeclared(self, found: str, expected: str) -> Fault:
        return Fault(READS_FILE, 0, self.chapter, found, expected)


class DeclaredTables(Mapping):
    """Tables by name; reading one that a chapter does not declare is a fault."""

    def __init__(self, tables: Mapping[str, Table], reads: ChapterReads):
        self._tables, self._reads = tables, reads

    def __getitem__(self, name: str) -> Table:
        found = self._tables[name]
        self._reads.check_table(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


def reads_of(chapter: str, chapters: Path = CHAPTERS) -> ChapterReads:
    """What a chapter declares; one that is not named reads what all do, and its own text. Raises Faults."""
    declared = _declared(chapters)
    own = declared["chapters"].get(chapter, {})
    return ChapterReads(
        chapter, frozenset(declared["tables"]) | {*own.get("tables", [])}, "texts" in own, "grammars" in own
    )


def reads_of_running_chapter() -> ChapterReads | None:
    """What the chapter that this kernel executes may read; None outside of a build, where nothing is kept for later."""
    chapter = os.environ.get(RUNNING)
    return reads_of(chapter) if chapter else None


def check_declarations(chapters: Path = CHAPTERS) -> None:
    """Raises Faults for declarations that cannot be meant."""
    _declared(chapters)


@cache
def _declared(chapters: Path) -> dict:
    declared = read_yaml(chapters / Path(READS_FILE).name, READS_FILE)
    tables = {"type": "array", "items": {"enum": list(read_schema(DATA))}}
    chapter = _keys({"tables": tables, "texts": {"const": "all"}, "grammars": {"const": "all"}})
    shape = _keys({"tables": tables, "chapters": {"additionalProperties": chapter}}) | {
        "required": ["tables", "chapters"]
    }
    faults = [
        Fault(READS_FILE, 0, ".".join(map(str, error.path)), quoted(error.message), "tables and texts by chapter")
        for error in jsonschema.Draft202012Validator(shape).iter_errors(declared)
    ]
    if faults := faults or list(_unknown_chapters(declared, chapters)):
        raise Faults(faults)
    return declared


def _unknown_chapters(declared: dict, chapters: Path) -> Iterator[Fault]:
    """Names that no chapter has: what is declared for them would hold for none."""
    names = sorted(path.stem for path in chapters.glob("*.ipynb"))
    for name in declared["chapters"]:
        if name not in names:
            yield Fault(READS_FILE, 0, "chapters", quoted(name), "one of " + ", ".join(names))


def _keys(properties: dict) -> dict:
    """The schema of a mapping with no keys but these."""
    return {"type": "object", "additionalProperties": False, "properties": properties}
