"""Input as nobody should write it: real files edited at random, and a watch over what is done with them."""

import csv
import io
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

# How many times as many cases; the same ones each time where nobody asks.
TIMES = int(os.environ.get("DIAOYAN_CASES", "0"))
# No case takes a second; what takes this long would never end.
MOST_SECONDS = 60
# What has broken programs that read tables and texts: forms of numbers, formulas, markup, marks nobody sees.
ODD = (
    *("", " ", "\0", "\t", "\r", "\n", "\v", "\x1b[2J", "\x85", "\u2028", "\ufeff", "\u200b", "\u202e", "\u2066"),
    *("\U000e0041", "\ufffe", "\U0001f468\u200d\U0001f469", "e\u0301", "é", "ﬁ", "％", "аnyang", "anyаng", "ǅ", "ß"),
    *(
        "NaN",
        "inf",
        "-inf",
        "1e400",
        "-1e400",
        "1e-400",
        "0x1F",
        "１２",
        "٣",
        "²",
        "½",
        "-0",
        "1_000",
        "+1",
        ".5",
        "5.",
    ),
    *("[" * 3000, "{a: " * 99, "a: &a [*a]", "`" * 99, "=" * 99, '"\\0"', '"\\u202e"', "|\n a\n b\n", "{{ x"),
    *("9" * 24, "9" * 25, "9" * 5000, "0." + "0" * 40 + "1", "-1", "0", "1", "100", "0000", "9999", "10000-01-01"),
    *("2022-02-30", "2022-13", "2023/2022", "2020/", "/2020", "0000-00-00", "0001-01-01", "9999-12-31", "2022-06-15"),
    *(
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "＝1",
        "'=1",
        '"',
        "'",
        '"a',
        "a,b",
        "a|b",
        "\\",
        "\\N",
    ),
    *(
        "{{ x }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% for i in x %}",
        "{#",
        "{{",
        "}}",
        "{{ value() }}",
        "{x}",
        "%s",
    ),
    *("<script>", "<!--", "```{include} /etc/passwd\n```", "$x$", "[a](b)", "[^1]", "**", "# ", "- ", "| a |", "---"),
    *("../../x", "/etc/passwd", "C:\\x", "con", ".", "~", "https://[", "http://a b", "javascript:x", "file:///etc"),
    *("!!python/object/apply:os.system [id]", "&a [*a]", "*a", "<<: {a: b}", "? [a]", "null", "~", "yes", "2023-99-99"),
)
odd = st.sampled_from(ODD) | st.text(max_size=12) | st.integers().map(str) | st.decimals(allow_nan=True).map(str)
# What is done to the rows of a table, the likely ones several times.
KINDS = ("cell", "cell", "cell", "copied", "copied", "moved", "row", "gone", "column", "head")
# A place in something whose length is only known later.
places = st.floats(0, 1, exclude_max=True)


def cases(fewest: int) -> settings:
    """So many cases of a property, the same each time; or others, as many times as many as DIAOYAN_CASES asks for."""
    return settings(
        max_examples=fewest * (TIMES or 1),
        derandomize=not TIMES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        # A case is a few edits already, and takes too long to be tried again and again for fewer.
        phases=(Phase.explicit, Phase.generate),
    )


@st.composite
def edited_bytes(draw, source: bytes) -> bytes:
    """The bytes with some of them taken away, exchanged, doubled or put in between; or quite others."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=200) | odd.map(_encoded))
    for _ in range(draw(st.integers(1, 4))):
        first = int(draw(places) * len(source))
        last = first + draw(st.sampled_from((0, 1, 2, 7, 60, 10**6)))
        new = draw(odd.map(_encoded) | st.binary(max_size=4) | st.just(source[first:last] * 2))
        source = source[:first] + new + source[last:]
    return source


@st.composite
def edited_rows(draw, source: str, most: int = 3) -> list[list[str]]:
    """The rows of a CSV table with cells changed, and rows and columns exchanged, doubled or taken away."""
    rows = list(csv.reader(io.StringIO(source, newline="")))
    for _ in range(draw(st.integers(1, most))):
        if len(rows) < 2 or not rows[0]:
            break
        row, other = (1 + int(draw(places) * (len(rows) - 1)) for _ in range(2))
        column, instead = (int(draw(places) * len(rows[0])) for _ in range(2))
        match draw(st.sampled_from(KINDS)):
            case "cell":
                rows[row] = [*rows[row][:column], draw(odd), *rows[row][column + 1 :]]
            case "copied" if column < len(rows[other]):
                rows[row] = [*rows[row][:column], rows[other][column], *rows[row][column + 1 :]]
            case "moved":
                rows[row], rows[other] = rows[other], rows[row]
            case "row":
                rows.insert(row, list(rows[other]))
            case "gone":
                del rows[row]
            case "column" if column < instead:
                rows = [[*each[:column], *each[column + 1 :]] for each in rows]
            case "head":
                rows[0][column] = draw(odd | st.just(rows[0][instead]))
    return rows


def as_csv(rows: list[list[str]], separator: str = ",") -> str:
    """The rows as the text of a CSV file."""
    written = io.StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def files_below(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file below a folder."""
    files = ((path, path.stat(follow_symlinks=False)) for path in folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): (about.st_size, about.st_mtime_ns) for path, about in files}


class Watch:
    """Counts the cases of each property, ends those that hang, and sees what is written where."""

    # Where something is made, moved or taken away: how many of the arguments of the event are paths.
    EVENTS: ClassVar = {"os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "shutil.rmtree": 1, "os.rename": 2, "os.link": 2}
    NO_FOLDER = (-1, None)
    WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def __init__(self) -> None:
        self.tried: Counter[str] = Counter()
        self._written: list[str] | None = None
        # There is no way to take a hook away, so one serves all cases.
        sys.addaudithook(self._see)

    @contextmanager
    def case(self, name: str, allowed: Path | None = None) -> Iterator[None]:
        """One case: it ends in time, and writes nothing but below `allowed`."""
        self.tried[name] += 1
        self._written = []
        try:
            with _in_time(), _temporary_files_in(allowed):
                yield
        finally:
            written, self._written = self._written, None
        outside = [path for path in written if not (allowed and Path(path).is_relative_to(allowed))]
        assert not outside, f"written elsewhere: {outside}"

    def _see(self, event: str, arguments: tuple) -> None:
        if self._written is None:
            return
        if event == "open":
            path, _, flags = arguments
            # Modules that a case is the first to need are compiled.
            if flags & self.WRITING and not isinstance(path, int) and "__pycache__" not in str(path):
                self._written.append(os.fspath(path))
        # A name within an open folder: that folder is taken away as a whole, which is an event of its own.
        elif event in self.EVENTS and arguments[-1] in self.NO_FOLDER:
            self._written += map(os.fspath, arguments[: self.EVENTS[event]])


@contextmanager
def _in_time() -> Iterator[None]:
    """Ends what takes too much of the processor's time, however busy the machine is."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _too_long(_signal: int, _frame: object) -> None:
    raise AssertionError(f"not done after {MOST_SECONDS} seconds")


@contextmanager
def _temporary_files_in(folder: Path | None) -> Iterator[None]:
    """Libraries write sheets into files of the system's before they pack them."""
    before = tempfile.tempdir
    tempfile.tempdir = str(folder) if folder else before
    try:
        yield
    finally:
        tempfile.tempdir = before
