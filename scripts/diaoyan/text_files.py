"""Where the words of a chapter are: in files of the edition's own, or in those that serve every edition."""

from pathlib import Path

from diaoyan.files import not_text
from diaoyan.translations import FALLBACKS


def chapters_in(folder: Path, language: str) -> set[str]:
    """The chapters that have words in a language, in the folder of an edition or of the texts for all."""
    return {path.stem for path in (folder / "text" / language).glob("*.md") if not not_text(path.stem)}


def text_language(data: Path, edition: Path, language: str, chapter: str) -> str:
    """The language in which a chapter has words: the reader's, or where nobody has translated them another.

    The edition's own words in any language come before those that serve every edition.
    """
    order = dict.fromkeys((language, *FALLBACKS))
    found = (each for folder in (edition, data) for each in order if _file(folder, each, chapter).is_file())
    return next(found, language)


def text_file(data: Path, edition: Path, language: str, chapter: str) -> Path:
    """The file of a chapter's words; the one that would serve every edition where there is none."""
    spoken = text_language(data, edition, language, chapter)
    own = _file(edition, spoken, chapter)
    return own if own.exists() else _file(data, spoken, chapter)


def _file(folder: Path, language: str, chapter: str) -> Path:
    return folder / "text" / language / f"{chapter}.md"
