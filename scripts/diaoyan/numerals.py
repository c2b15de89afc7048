"""Numerals: every numeral of the original and the cell that holds it, as proof that no figure was left out."""

import re
from collections.abc import Iterator
from decimal import Decimal

from diaoyan.consistency import PARTICULARS_TABLE
from diaoyan.edition import Edition
from diaoyan.tables import Row

CHINESE_DIGITS = {digit: Decimal(value) for value, digit in enumerate("零一二三四五六七八九")} | {"两": Decimal(2)}
# 第二, 三番, 两次, 近两番: a digit with the word that counts; 近 is recorded as a qualifier.
IN_WORDS = re.compile(rf"(近?)第?([{''.join(CHINESE_DIGITS)}])[番次]?")
PARTS_OF_A_DAY = ("year", "month", "day")


def unbound(edition: Edition) -> list[str]:
    """A line for each numeral that the cell named beside it does not hold."""
    return [
        f"{row['numeral']} ({row['locator']}): {why}"
        for row in edition.tables["numerals"]
        for why in _why(edition, row)
    ]


def _why(edition: Edition, numeral: Row) -> Iterator[str]:
    """Why a numeral is not bound; nothing where it is."""
    try:
        held, qualifier = _held(edition, numeral)
    except LookupError as error:
        yield f"no cell {error}"
        return
    words = IN_WORDS.fullmatch(numeral["numeral"])
    if words:
        expected, is_same = CHINESE_DIGITS[words[2]], (words[1] == "近") == (qualifier == "near")
        if held != expected or not is_same:
            yield f"the cell holds {qualifier or ''} {held}".replace("  ", " ")
    elif numeral["part"] in PARTS_OF_A_DAY:
        # 5 is printed of 2023-05.
        if held is None or held.lstrip("0") != numeral["numeral"].lstrip("0"):
            yield f"the cell holds {held}"
    elif str(held) != numeral["numeral"]:
        yield f"the cell holds {held}"


def _held(edition: Edition, numeral: Row) -> tuple[object, str | None]:
    """What the cell holds, or the part of it that is meant, and the row's qualifier; LookupError for no cell."""
    qualifier = None
    if numeral["table"] == PARTICULARS_TABLE:
        held = edition.meta
        for key in numeral["row"].split("."):
            # Below a text or a list there are no keys.
            if not isinstance(held, dict):
                raise LookupError(repr(numeral["row"]))
            held = held[key]
    else:
        table = edition.tables[numeral["table"]]
        if numeral["part"] == "count":
            return len(table), None
        key = tuple(numeral["row"].split("|"))
        row = table.by_key()[key if len(table.key) > 1 else numeral["row"]]
        held, qualifier = row[numeral["column"]], row.get("qualifier")
    if numeral["part"] in PARTS_OF_A_DAY:
        held = _part_of_day(held, numeral["part"])
    return held, qualifier


def _part_of_day(held: object, part: str) -> str | None:
    """A part of a date, of a span that of its first year; None where the cell holds none."""
    numbers = str(held).split("/")[0].split("-")
    place = PARTS_OF_A_DAY.index(part)
    return numbers[place] if place < len(numbers) else None
