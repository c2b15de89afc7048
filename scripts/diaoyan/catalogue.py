"""The words of the book in one language: captions, table heads, connecting phrases, number forms."""

import re
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from diaoyan.faults import Fault, Faults, quoted
from diaoyan.yaml_files import read_yaml

# As addresses of pages and names of folders have it.
LANGUAGE = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Catalogue:
    """One language's words; `words` maps a dotted key to a template with {named} parts."""

    language: str
    words: dict[str, str]
    numbers: dict

    def __call__(self, key: str, **parts: str) -> str:
        """The words of a key with its parts filled in; KeyError for a key or part the catalogue lacks."""
        return self.words[key].format_map(parts)

    def has(self, key: str) -> bool:
        """Whether the catalogue has the key."""
        return key in self.words


def languages(data: Path) -> list[str]:
    """Languages that have a catalogue, by file name; a copy that somebody keeps beside it is none."""
    return sorted(path.stem for path in (data / "catalogue").glob("*.yml") if LANGUAGE.fullmatch(path.stem))


def require_language(data: Path, language: str) -> None:
    """Raises Faults for a language that has no catalogue."""
    known = languages(data)
    if language not in known:
        raise Faults([Fault("lang", 0, "", quoted(language), "one of " + ", ".join(known))])


def load_catalogue(data: Path, language: str) -> Catalogue:
    """The catalogue of a language; raises Faults for an unknown language or a file that is no catalogue."""
    require_language(data, language)
    shown = f"data/catalogue/{language}.yml"
    tree = read_yaml(data / "catalogue" / f"{language}.yml", shown)
    numbers = tree.pop("numbers", None)
    if not isinstance(numbers, dict):
        found = "no such key" if numbers is None else quoted(numbers)
        raise Faults([Fault(shown, 0, "numbers", found, "the forms of numbers")])
    return Catalogue(language, dict(_flat(tree, "")), numbers)


def parts_of(template: str) -> set[str]:
    """Names of the {parts} of a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def _flat(tree: dict, prefix: str):
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
