"""What offices type into cells, brought into the form of our tables; what cannot be understood stays as typed."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, localcontext

# Excel shows no more digits of a number, so 0.1 + 0.2 is 0.3 to whoever typed it.
DIGITS_SHOWN = 15
# More than the largest number of a cell has.
MOST_DIGITS = 400
# The formats of numbers that fix their decimals: 0.00, #,##0.0.
FIXED_DECIMALS = re.compile(r"(?:#,##)?0\.(0+)(?:_ )?")
# Written by offices where there is nothing to write: dashes of all kinds, strokes, dots.
MISSING = re.compile(r"[-‐‑‒–—―−－─ー_/／\\…·.]+|无|暂无|缺|n/?a|nil|none", re.IGNORECASE)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
# They come along with what is pasted from pages and mails, and nobody who typed them knows.
PASTED = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]")
# Dashes and signs that NFKC leaves alone.
MINUS = str.maketrans("−–—―", "----")
NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(.*)", re.ASCII | re.DOTALL)
LARGE = {"万": 4, "亿": 8}
YEAR, MONTH, DAY = r"((?:1[0-9]|2[0-9])\d\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
SEPARATOR = r"\s*[-./年]\s*"
ONE_YEAR = re.compile(rf"{YEAR}\s*年?(?:度|末|底)?")
ONE_MONTH = re.compile(rf"{YEAR}{SEPARATOR}{MONTH}\s*月?(?:份|末|底)?")
ONE_DAY = re.compile(rf"{YEAR}{SEPARATOR}{MONTH}\s*[-./月]\s*{DAY}\s*日?(?:\s+0{{1,2}}:00(?::00)?)?")
SINCE = re.compile(rf"(?:自)?{YEAR}\s*年?\s*(?:以来|至今|起|/|since)")
SPAN = re.compile(rf"{YEAR}\s*年?\s*(?:-|/|~|至|到)\s*{YEAR}\s*年?")


@dataclass(frozen=True)
class Amount:
    """A number as digits, and the words that were typed behind it: 1.54 and 亿元."""

    digits: str
    unit: str


def tidy(text: str) -> str:
    """The text without blanks around it and marks nobody sees, its lines ended alike."""
    return PASTED.sub("", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def plain(text: str) -> str:
    """Letters, digits and punctuation at half width, blanks single: for numbers, times, ids and names to look up."""
    return " ".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).split())


def is_missing(text: str) -> bool:
    """Whether a cell says that there is nothing: blank, —, －, /."""
    written = INVISIBLE.sub("", text).strip()
    return not written or bool(MISSING.fullmatch(written))


def as_typed(value: object, number_format: str = "General") -> str:
    """The value of a cell of Excel as the text its reader sees, decimals in full."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _digits(value, number_format)
    if isinstance(value, (datetime, date)):
        return _day(value, number_format)
    if isinstance(value, time):
        return value.isoformat()
    return str(value)


def amount(text: str) -> Amount | None:
    """The number and the unit behind it; None for what is no number. 1,170家, １.５４亿元, 12.5 %."""
    found = NUMBER.fullmatch(plain(text).replace("，", ",").replace("、", ",").translate(MINUS))
    if not found:
        return None
    sign, whole, fraction, unit = found.groups()
    unit = unit.strip()
    # Digits further on: a slip (1,17) or two numbers. Letters: another slip, 6OO is no 6 of a unit OO.
    if re.search(r"[\d,.A-Za-z]", unit):
        return None
    return Amount(f"{'-' if sign == '-' else ''}{whole.replace(',', '')}{fraction or ''}", unit)


def with_unit(typed: Amount, unit: str, units: dict[str, str]) -> tuple[str, str] | None:
    """Digits and unit of a number typed with a unit behind it, beside a column of units; None where the two disagree.

    `units` gives the dimension of each unit: 1.54亿 beside 元 is 1.54亿元, 2.2万 beside 家 is 22000家.
    """
    written = typed.unit.removeprefix("个") if typed.unit.removeprefix("个") in units else typed.unit
    if not written or written == unit:
        return typed.digits, unit
    if not unit and written in units:
        return typed.digits, written
    large, of = written[:1], written[1:]
    if large not in LARGE or (of not in ("", unit) and unit):
        return None
    base = of or unit
    if f"{large}{base}" in units:
        return typed.digits, f"{large}{base}"
    if not of and unit.startswith(large):
        return typed.digits, unit
    if units.get(base) != "count":
        return None
    return f"{Decimal(typed.digits).scaleb(LARGE[large]):f}", base


def period(text: str) -> str:
    """A time as our tables write it: 2023-06-15 for 2023年6月15日, 2020/ for 2020年以来; else as typed."""
    written = plain(text).translate(MINUS)
    if found := ONE_YEAR.fullmatch(written):
        return found[1]
    if found := SPAN.fullmatch(written):
        return f"{found[1]}/{found[2]}"
    if found := SINCE.fullmatch(written):
        return f"{found[1]}/"
    if found := ONE_MONTH.fullmatch(written):
        return f"{found[1]}-{int(found[2]):02}"
    if found := ONE_DAY.fullmatch(written):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return written


def _digits(value: float, number_format: str) -> str:
    """The number with the digits Excel shows; a percentage with its sign."""
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{DIGITS_SHOWN}g}")
    if "%" in number_format:
        return f"{_shortest(exact * 100):f}%"
    shown = _shortest(exact) if isinstance(value, float) else exact
    # 19.30 is shown with two decimals and stored without; a format never hides digits that are there.
    if found := FIXED_DECIMALS.fullmatch(number_format):
        with localcontext(prec=MOST_DIGITS):
            shown = shown.quantize(Decimal(1).scaleb(-max(len(found[1]), -shown.as_tuple().exponent)))
    return f"{shown:f}"


def _shortest(value: Decimal) -> Decimal:
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def _day(value: date, number_format: str) -> str:
    """A day, or the month or year that its format shows: Excel makes a day of whatever looks like one."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    if "y" in shown and "d" not in shown:
        return value.strftime("%Y-%m" if "m" in shown else "%Y")
    return value.strftime("%Y-%m-%d")
