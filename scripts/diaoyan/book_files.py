"""Where a build keeps a book while it makes it: as pages, in print, and what was wrong with either."""

from pathlib import Path

from diaoyan.paths import BUILD

# The outcome of printing a book.
MADE, FAILED = "made", "failed"


def executed_folder(edition: str, language: str) -> Path:
    """The executed chapters of a book."""
    return BUILD / "executed" / edition / language


def book_folder(edition: str, language: str) -> Path:
    """Where a book is made: its source, its log and its output."""
    return BUILD / "books" / edition / language


def html_folder(edition: str, language: str) -> Path:
    """The pages of a book that was made."""
    return book_folder(edition, language) / "output" / "_build" / "html"


def missing_pictures_file(edition: str, language: str) -> Path:
    """The faults of a book that was made all the same, one a line."""
    return book_folder(edition, language) / "missing-pictures.txt"


def missing_pictures(edition: str, language: str) -> list[str]:
    """The faults of a book that was made without some of its pictures."""
    path = missing_pictures_file(edition, language)
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def print_folder(edition: str, language: str) -> Path:
    """Where a book is made for print: its source, its logs and its output."""
    return BUILD / "print" / edition / language


def report_file(edition: str, language: str) -> Path:
    """The printed book that was made; no file when it could not be."""
    return print_folder(edition, language) / "report.pdf"


def outcome_file(edition: str, language: str) -> Path:
    """How the last attempt ended: a digest of the book, or its faults."""
    return print_folder(edition, language) / "printed.txt"


def print_faults(edition: str, language: str) -> list[str]:
    """The faults for which there is no printed book; none where it was made or never asked for."""
    path = outcome_file(edition, language)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [rest for event, _, rest in (line.partition("\t") for line in lines) if event == FAILED]
