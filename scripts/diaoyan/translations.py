"""Words in the reader's language; what nobody has translated stands in another one, marked with that one's code."""

from collections.abc import Mapping

# A reader of some third language is likelier to know the first of these.
FALLBACKS = ("en", "zh")


def localised(row: Mapping, column: str, language: str) -> str:
    """A row's text in the language, or marked in another; empty where the row has none in any."""
    return in_language({each: row.get(f"{column}_{each}") for each in (language, *FALLBACKS)}, language)


def in_language(words: Mapping[str, str | None], language: str) -> str:
    """The words of a mapping by language, or marked in another; empty where there are none."""
    if own := words.get(language):
        return own
    found = next((each for each in FALLBACKS if words.get(each)), None)
    return marked(words[found], found) if found else ""


def marked(text: str, language: str) -> str:
    """A text with the code of the language it is in."""
    return f"{text} [{language}]"
