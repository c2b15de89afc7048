"""Periods: a year, a month, a day, or a span of years, as tables hold them and as a language writes them."""

from datetime import date

from diaoyan.catalogue import Catalogue


def show_period(period: str, catalogue: Catalogue) -> str:
    """2022 as 2022年; 2023-06-15 as 2023年6月15日 or 15 June 2023; 2020/2022 as 2020—2022年."""
    if "/" in period:
        first, last = period.split("/")
        if not last:
            return catalogue("period.since", first=first)
        return catalogue("period.span", first=first, last=last)
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 1:
        return catalogue("period.year", year=parts[0])
    month = catalogue(f"months.{parts[1]}")
    if len(parts) == 2:
        return catalogue("period.month", year=parts[0], month=month)
    return catalogue("period.day", year=parts[0], month=month, day=parts[2])


def is_year(period: str) -> bool:
    """Whether the period is one whole year."""
    return len(period) == len("2023") and period.isdigit()


def is_real(period: str) -> bool:
    """Whether the period can be: a day of the calendar (not 31 September), a span whose end is not before its start."""
    if "/" in period:
        first, last = period.split("/")
        return not last or first <= last
    if len(period) < len("2023-01-01"):
        return True
    try:
        date.fromisoformat(period)
    except ValueError:
        return False
    return True
