"""What TeX's log says is wrong with the printed book, each fault with the chapter and the section it is in."""

import re
from dataclasses import dataclass

# TeX calls a line too wide by a hair what no eye sees; from here on it shows in the margin.
LARGEST_OVERFULL_PT = 3.0
# A line of the log that was cut would hide what stands at its end (see `print_book`).
LOG_LINE_LENGTH = 10000

MISSING = re.compile(r"^Missing character: There is no (\S+)")
OVERFULL = re.compile(
    r"^Overfull \\([hv])box \((\d+(?:\.\d+)?|\d*\.\d+)pt too (?:wide|high)\)(?:.*?(?:lines? )(\d+)(?:--(\d+))?)?"
)
PAGE_DONE = re.compile(r"\[(\d+)(?=[\]\s<{]|$)")
UNRESOLVED = re.compile(r"(?:Reference|Citation|Hyper reference) [`']([^']*)' on page \S+ undefined")
NO_FILE = re.compile(r"File [`']([^']*)' not found")
TWICE = re.compile(r"Label [`']([^']*)' multiply defined")
ERROR = re.compile(r"^(?:!|(?:(?:\./)?report\.tex:(\d+)|[^\s:]+:\d+):) (.+)")
# Between these the lines that are numbered are those of the contents and not of the book.
CONTENTS_START, CONTENTS_END = "(./report.toc", r"\tf@toc"
AT_LINE = re.compile(r"^l\.(\d+) ")
LABEL = re.compile(r"\\label\{\\detokenize\{chapters/([\w-]+):([^}]*)\}\}")
HEADING = re.compile(r"\\(?:chapter|(?:sub)*section)\{")
TABLE_START, TABLE_END = r"\begin{longtable}", r"\end{longtable}"


@dataclass(frozen=True)
class Source:
    """The book's LaTeX, to tell where in the book a line of it stands."""

    lines: list[str]

    def place(self, line: int) -> str:
        """The chapter and the section of a line, counted from 1."""
        chapter, section = "", ""
        # The anchor of a heading is on the line after it.
        last = line + 1 if HEADING.match(self.lines[line - 1] if line else "") else line
        for text in self.lines[:last]:
            for name, label in LABEL.findall(text):
                chapter = name
                if not label.startswith((":", "table-", "chart-", "obs-", "id")):
                    section = label
        return f"{chapter}: {section}" if chapter else "title page"

    def is_in_table(self, line: int) -> bool:
        """Whether a line is a table's."""
        before = "\n".join(self.lines[:line])
        return before.rfind(TABLE_START) > before.rfind(TABLE_END)

    def first_with(self, text: str) -> int:
        """The first line that holds a text, of the book's body where it does; 0 when none does."""
        body = next((number for number, line in enumerate(self.lines, 1) if r"\begin{document}" in line), 0)
        found = [number for number, line in enumerate(self.lines, 1) if text in line]
        return next((number for number in found if number >= body), next(iter(found), 0))


def faults_in(log: str, latex: str) -> list[str]:
    """One line for each fault: where it is, what was found, what was expected."""
    source = Source(latex.splitlines())
    faults = []
    lines = log.splitlines()
    in_contents = False
    for number, line in enumerate(lines):
        in_contents = CONTENTS_START in line or (in_contents and not line.startswith(CONTENTS_END))
        if found := MISSING.match(line):
            faults.append(_missing(found[1], source))
        elif found := OVERFULL.match(line):
            faults.append(_overfull(found, source, lines[:number], in_contents))
        elif found := UNRESOLVED.search(line):
            place = source.place(source.first_with(found[1]))
            faults.append(f"{place}: found a reference to {found[1]!r}, expected one that is in the book")
        elif found := TWICE.search(line):
            place = source.place(source.first_with(found[1]))
            faults.append(f"{place}: found the anchor {found[1]!r} twice, expected it once in the book")
        elif found := NO_FILE.search(line):
            place = source.place(source.first_with(found[1].rsplit(".", 1)[0]))
            faults.append(f"{place}: found no file {found[1]!r}, expected the picture")
        elif found := ERROR.match(line):
            faults.append(_error(found, source, lines[number:]))
    return list(dict.fromkeys(filter(None, faults)))


def _missing(character: str, source: Source) -> str:
    shown = character if character.isprintable() else "?"
    code = " ".join(f"U+{ord(each):04X}" for each in character)
    place = source.place(source.first_with(character))
    return f"{place}: found the character {shown} ({code}), which no font of the book has; expected another"


def _overfull(found: re.Match, source: Source, before: list[str], in_contents: bool) -> str:
    direction, amount, first, last = found.groups()
    if float(amount) <= LARGEST_OVERFULL_PT:
        return ""
    if direction == "v":
        page = next((found[-1] for line in reversed(before) if (found := PAGE_DONE.findall(line))), "0")
        return f"page {int(page) + 1}: found matter {amount} pt too high for the page, expected less"
    if in_contents:
        return f"contents: found a line {amount} pt too wide for the page, expected one that fits"
    line = int(last or first or 0)
    what = "a table" if source.is_in_table(line) else "a line"
    return f"{source.place(line)}: found {what} {amount} pt too wide for the page, expected one that fits"


def _error(found: re.Match, source: Source, following: list[str]) -> str:
    line = found[1] or next((at[1] for text in following[:12] if (at := AT_LINE.match(text))), None)
    place = source.place(int(line)) if line else "title page"
    return f"{place}: found what TeX cannot set: {found[2]}"
