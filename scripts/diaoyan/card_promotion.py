"""Cards and downloads of a notebook as their page shows them: lists of the site, and in print plain tables."""

import json
import re
from itertools import pairwise
from typing import Any

from diaoyan.claims import VERDICTS
from diaoyan.markup_check import forbidden_line_markup, forbidden_table_markup
from diaoyan.rewriting import BACKTICK_IN_JSON, rewritten_line, rewritten_table

CARDS, DOWNLOADS = "cards", "downloads"
KINDS = (CARDS, DOWNLOADS)
# Names of parts become classes of the page.
PART = re.compile(r"[a-z]+")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# A file beside the book's pages, or of the edition's tables beside the books.
FILE = re.compile(r"(\.\./data/)?([a-z_]+/)?[A-Za-z0-9_-]+\.[a-z]+")
FENCE = "````"


def faults_of(mark: dict, markdown: str) -> list[str]:
    """What forbids to show a marked output of these kinds."""
    if mark["kind"] == DOWNLOADS:
        return [] if _are_entries(mark.get("entries")) else ["downloads that are no list of files with names"]
    faults = [f"line {line}: {what}" for line, what in forbidden_table_markup(markdown)]
    cards = mark.get("cards")
    if not mark.get("caption"):
        faults.append("cards without caption")
    if not isinstance(cards, list) or not all(map(_is_card, cards)):
        return [*faults, f"the cards {mark.get('name')!r} are none"]
    return faults + [what for card in cards for _, words in card["parts"] for what in forbidden_line_markup(words)]


def promoted(mark: dict, markdown: str, in_print: bool) -> str:
    """The MyST of an output that has no faults."""
    if mark["kind"] == DOWNLOADS:
        # Files to load are no matter of paper.
        return "" if in_print else _directive("diaoyan-downloads", mark["entries"], "")
    if in_print:
        return rewritten_table(markdown, mark["name"], mark["caption"], [])
    about = [
        {
            "parts": [name for name, _ in card["parts"]],
            "verdict": card.get("verdict", ""),
            "trend": card.get("trend", []),
        }
        for card in mark["cards"]
    ]
    return _directive("diaoyan-cards", {"name": mark["name"], "cards": about}, "\n\n".join(map(_item, mark["cards"])))


def _item(card: dict) -> str:
    """A card as an item of a list, each part a paragraph of it."""
    return "- " + "\n\n  ".join(rewritten_line(words.strip()) for _, words in card["parts"])


def _directive(name: str, about: Any, content: str) -> str:
    """A directive of ours; what it needs to know as JSON in ASCII, which no option of it could end."""
    option = json.dumps(about).replace("`", BACKTICK_IN_JSON).replace("'", "''")
    return f"{FENCE}{{{name}}}\n:about: '{option}'\n\n{content}\n{FENCE}"


def _is_card(card: Any) -> bool:
    parts = card.get("parts") if isinstance(card, dict) else None
    if not isinstance(parts, list) or not parts or not all(map(_is_part, parts)):
        return False
    return card.get("verdict", "") in ("", *VERDICTS) and _is_trend(card.get("trend", []))


def _is_part(part: Any) -> bool:
    is_pair = isinstance(part, list) and len(part) == 2 and all(isinstance(each, str) for each in part)
    return is_pair and bool(PART.fullmatch(part[0])) and bool(part[1].strip()) and "\n" not in part[1]


def _is_trend(trend: Any) -> bool:
    if not isinstance(trend, list) or len(trend) == 1:
        return False
    is_point = [isinstance(p, list) and len(p) == 2 and type(p[0]) is int and _is_number(p[1]) for p in trend]
    return all(is_point) and all(before[0] < after[0] for before, after in pairwise(trend))


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and bool(NUMBER.fullmatch(value))


def _are_entries(entries: Any) -> bool:
    return isinstance(entries, list) and all(
        isinstance(entry, dict)
        and all(isinstance(entry.get(key), str) for key in ("name", "type"))
        and isinstance(entry.get("files"), list)
        and all(_is_file(file) for file in entry["files"])
        for entry in entries
    )


def _is_file(file: Any) -> bool:
    return isinstance(file, dict) and isinstance(file.get("name"), str) and bool(FILE.fullmatch(str(file.get("file"))))
