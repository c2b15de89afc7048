"""Faults of the user's making: one line each, saying where, what was found and what was expected."""

from collections.abc import Iterable
from dataclasses import dataclass

# A cell can hold a whole document by mistake; the line must stay one line on a screen.
LONGEST_QUOTE = 60


@dataclass(frozen=True, order=True)
class Fault:
    """One fault; `row` counts lines of the file from 1, 0 when the fault is of the whole file."""

    file: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = self.file
        if self.row:
            place += f":{self.row}"
        if self.column:
            place += f":{self.column}"
        return visible(f"{place}: found {self.found}, expected {self.expected}")


class Faults(Exception):
    """All faults found at once; its text is one line per fault, in file order."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def visible(line: str) -> str:
    """The line with what cannot be printed spelled out: a file may be named by any bytes, line ends among them."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line)


def quoted(text: object) -> str:
    """The text in quotes on one line, control characters made visible, shortened when very long."""
    shown = str(text)
    if len(shown) > LONGEST_QUOTE:
        shown = shown[:LONGEST_QUOTE] + "…"
    return repr(shown)


def suggesting(expected: str, names: list[str]) -> str:
    """What was expected, with what may have been meant."""
    return f"{expected} (perhaps {' / '.join(names)})" if names else expected
