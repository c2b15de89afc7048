"""What a built site tells of the machine, the person and the time that built it."""

import calendar
import re
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

# From the first time zone to the last.
ZONES = [timedelta(hours=hours) for hours in (-12, 0, 14)]


def traces_in(folder: Path, names: list[str], started: datetime, ended: datetime) -> list[str]:
    """Each file in which one of the names stands, or the day or second of the build, with what stands there."""
    told = re.compile("|".join([*map(re.escape, names), *_days(started, ended), *_seconds(started, ended)]))
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for part, text in _parts(path.read_bytes()):
                found += [f"{path.relative_to(folder)}{part}: {each[0]}" for each in told.finditer(text)]
    return found


def _parts(content: bytes) -> list[tuple[str, str]]:
    """All that a file says, in the parts that it is made of."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as file:
            members = [(f"!{each.filename}", file.read(each), each.date_time) for each in file.infolist()]
        return [(part, f"{datetime(*time).isoformat()} {_text(said)}") for part, said, time in members]
    if content.startswith(b"%PDF"):
        file = PdfReader(BytesIO(content))
        # Of its pages the first, since that is where documents are dated.
        return [("", _text(content)), ("!metadata", str(file.metadata)), ("!page", file.pages[0].extract_text())]
    return [("", _text(content))]


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _days(started: datetime, ended: datetime) -> list[str]:
    """The day of a build in the forms that are written, whatever the time zone; as regular expressions."""
    forms = []
    for day in {(moment.astimezone(UTC) + zone).date() for moment in (started, ended) for zone in ZONES}:
        month = f"(?:{calendar.month_name[day.month]}|{calendar.month_abbr[day.month]})"
        forms += [
            rf"{day.year}[-/.:]0?{day.month}[-/.:]0?{day.day}(?!\d)",
            rf"(?<![\w.]){day:%Y%m%d}(?=\D|\d{{6}}(?!\d))",
            rf"{day.year}年0?{day.month}月0?{day.day}日",
            rf"(?<!\d)0?{day.day} {month},? {day.year}",
            rf"{month} 0?{day.day},? {day.year}",
        ]
    return forms


def _seconds(started: datetime, ended: datetime) -> list[str]:
    """The seconds since 1970 in which a build ran, to the thousand; as regular expressions."""
    thousands = {int(moment.timestamp()) // 1000 for moment in (started, ended)}
    return [rf"(?<![\w.+/]){thousand}\d{{3}}(?![\w+/])" for thousand in sorted(thousands)]
