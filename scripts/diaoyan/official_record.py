"""What a build keeps of the formal document: the files that could be made, and why others could not."""

from collections.abc import Iterable
from pathlib import Path

from diaoyan.paths import BUILD

# A complaint is a fault of the user's making, or fonts that this machine lacks.
FAULT, FONTS = "fault", "fonts"


def official_folder(edition: str, language: str) -> Path:
    """The files of the document that a build made."""
    return BUILD / "official" / edition / language / "files"


def official_record(edition: str, language: str) -> Path:
    """What was said about the document when it was made."""
    return BUILD / "official" / edition / language / "record.txt"


def write_record(path: Path, kind: str, lines: Iterable[str]) -> None:
    """Keeps complaints of one kind, none for a document that is whole."""
    path.write_text("".join(f"{kind}\t{line}\n" for line in lines), encoding="utf-8", newline="\n")


def complaints(editions: Iterable[str], languages: Iterable[str], *kinds: str) -> list[str]:
    """The complaints of some kinds about the documents of a build, each once: editions share their languages' words."""
    records = [official_record(edition, language) for edition in editions for language in languages]
    # A book without the three parts has no document and no record.
    texts = [record.read_text(encoding="utf-8") for record in records if record.is_file()]
    lines = [line.split("\t", 1) for text in texts for line in text.splitlines()]
    return list(dict.fromkeys(said for kind, said in lines if kind in kinds))
