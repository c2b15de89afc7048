"""Locators: where in its source a figure stands, in the reader's language where the catalogue knows the form."""

import re
from collections.abc import Iterable

from diaoyan.catalogue import Catalogue
from diaoyan.markup import escape, link
from diaoyan.tables import Row

NUMERALS = "一二三四五六七八九十"
# The numbers of a locator; a form of the catalogue has # in their place. Characters count only as parts and sections.
NUMBER = re.compile(rf"[0-9]+|[{NUMERALS}]+(?=（)|(?<=（)[{NUMERALS}]+(?=）)")


def show_locator(locator: str, words: Catalogue) -> str:
    """A locator in words, 一（二）1 as part 1, sec. 2, item 1; as it stands where the language has no form for it."""
    key = f"locators.{NUMBER.sub('#', locator)}"
    if not words.has(key):
        return locator
    numbers = iter(_number(found) for found in NUMBER.findall(locator))
    return re.sub("#", lambda _: next(numbers), words(key))


def place_link(locator: str, items: Iterable[Row], words: Catalogue) -> str:
    """A place in the original, as a link to the item that regenerates it where there is one."""
    shown = escape(show_locator(locator, words))
    for row in items:
        if row["locator"] == locator:
            return link(shown, f"{row['part']}.ipynb#{row['item']}")
    return shown


def _number(digits: str) -> str:
    """A number in figures: 十二 as 12."""
    if digits.isascii():
        return digits
    tens, ten, units = digits.rpartition("十")
    ones = NUMERALS.index(units) + 1 if units else 0
    return str((NUMERALS.index(tens) + 1 if tens else 1) * 10 + ones if ten else ones)
