"""The text of a PDF, page by page, without the numbers of the pages."""

import io
import logging
import re
import unicodedata
from collections import Counter

import pypdf
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from diaoyan.packages import UNREADABLE, NotPlain

# What pypdf finds amiss and mends it tells to a log; where nobody keeps one, that would be lines among ours.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
# A page of text has some thousand operators; all that a file of a hundred pages has are read in seconds.
MOST_PAGES, MOST_OPERATORS, MOST_OPERATORS_OF_FILE = 1000, 150_000, 1_000_000
LIMITS = {
    "stream_parsing_work_maximum_count": 8 * MOST_OPERATORS,
    "zlib_maximum_output_length": 32 * 2**20,
    "array_based_stream_maximum_output_length": 32 * 2**20,
    "stream_decoding_work_maximum_length": 128 * 2**20,
    "page_tree_maximum_entries": 10 * MOST_PAGES,
    "xform_maximum_invocations_per_extraction": 500,
}
# Fonts of Word and WPS give 月 and 日 as the radicals that look alike.
RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6))}
DASHES = r"[-‐‑‒–—―－─·•\s]*"
PAGE_NUMBER = re.compile(
    rf"{DASHES}(\d{{1,4}}){DASHES}|第\s*(\d{{1,4}})\s*页(?:[\s,，/]*共\s*\d+\s*页)?|(\d{{1,4}})\s*/\s*\d{{1,4}}"
    r"|[Pp]age\s*(\d{1,4})(?:\s*of\s*\d+)?"
)
NO_TEXT = re.compile("[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]")
DASHED = re.compile(r"[-‐‑‒–—―－─第Pp]")


def read_pages(content: bytes) -> list[str]:
    """The text of each page; raises NotPlain for a file that is broken, locked or without text."""
    try:
        with pypdf.apply_configuration(**LIMITS):
            reader = pypdf.PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not _opens(reader):
                raise NotPlain("encrypted_pdf")
            if len(reader.pages) > MOST_PAGES:
                raise NotPlain("too_large")
            budget = Budget()
            pages = [_text_of(page, budget) for page in reader.pages]
    except LimitReachedError:
        raise NotPlain("too_slow") from None
    except (*UNREADABLE, PyPdfError):
        raise NotPlain("no_pdf") from None
    if pages and not any(page.strip() for page in pages):
        raise NotPlain("scan")
    return _without_numbers(pages)


def _opens(reader: pypdf.PdfReader) -> bool:
    """Whether a file with a password opens without one, as those do that only forbid to print or change them."""
    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


class Budget:
    """Counts the operators of all pages; raises NotPlain where there are more than can be read in seconds."""

    def __init__(self) -> None:
        self.left = MOST_OPERATORS_OF_FILE

    def spend(self, *_about: object) -> None:
        """Counts one operator."""
        self.left -= 1
        if self.left < 0:
            raise NotPlain("too_slow")


def _text_of(page: pypdf.PageObject, budget: Budget) -> str:
    """The text of a page, with simple line ends and the characters that are meant."""
    text = page.extract_text(visitor_operand_before=budget.spend).replace("\r\n", "\n").replace("\r", "\n")
    # Halves of characters and such are no text, and no other program takes them.
    return NO_TEXT.sub("", text.translate(RADICALS))


def _without_numbers(pages: list[str]) -> list[str]:
    """The pages without their numbers: lines at the head or foot with dashes, or that go on from page to page."""
    lines = [page.split("\n") for page in pages]
    found = [(index, place, number, line) for index in range(len(lines)) for place, number, line in _ends(lines[index])]
    steps = Counter((place > 0, number - index) for index, place, number, _ in found)
    for index, place, number, line in sorted(found, key=lambda each: each[:2], reverse=True):
        if DASHED.search(line) or steps[place > 0, number - index] > 1:
            del lines[index][place]
    return ["\n".join(each) for each in lines]


def _ends(lines: list[str]) -> list[tuple[int, int, str]]:
    """The first and the last line with something in it, where each is a number: its place, number and words."""
    written = [place for place, line in enumerate(lines) if line.strip()]
    found = []
    for place in sorted({*written[:1], *written[-1:]}):
        if number := PAGE_NUMBER.fullmatch(lines[place].strip()):
            found.append((place, int(next(filter(None, number.groups()))), lines[place]))
    return found
