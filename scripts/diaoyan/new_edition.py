"""A new edition like another: its structure without that city's figures, claims and words, and what is to be done."""

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from diaoyan.catalogue import Catalogue
from diaoyan.checking import check
from diaoyan.consistency import EARLIEST_YEAR
from diaoyan.edition_content import (
    Cells,
    Content,
    asked_indicators,
    csv_text,
    load_catalogues,
    own_tables,
    read_content,
    shared_rows,
    spoken_schema,
    text_languages,
)
from diaoyan.edition_draft import NEW_ID, Draft, NewEdition
from diaoyan.edition_folders import edition_ids
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.files import read_text
from diaoyan.particulars import with_particulars
from diaoyan.recipes import recipe_of
from diaoyan.text_rows import Piece, pieces_in, text_of

AREA_ID = re.compile(r"[a-z]+(-[a-z]+)*")
YEAR = re.compile(r"[0-9]{4}")
# What stands between the letters of a name: 石河子·东, Xi'an, St. Petersburg.
NAME_SIGNS = re.compile("[ '’.·-]")
LONGEST_NAME = 40
# Local people's congresses have had standing committees since then; a report deals with the years just before it.
EARLIEST_REPORT, MOST_YEARS_BEHIND = 1979, 10
TODO = "TODO.md"
# Files in the order in which they are best filled in.
STEPS = ("edition", "areas", "sources", "observations", "items", "problems", "claims", "fieldwork", "charts", "texts")


def make_edition(wanted: NewEdition, data: Path, language: str) -> str:
    """Makes the folder, valid and with a list of what is to be done, and returns that list; raises Faults."""
    _refuse(wanted, data)
    stored, shared = read_content(data, wanted.template), shared_rows(data, spoken_schema(data))
    content = Draft(wanted, data, stored, shared).content()
    catalogues, place = load_catalogues(data), data / "editions" / wanted.id
    todo = _todo(wanted, content, catalogues[language], {row["indicator"]: row for row in shared["indicators"]})
    with tempfile.TemporaryDirectory(prefix=".diaoyan-new-", dir=data.resolve().parent) as scratch:
        trial = Path(scratch) / "data"
        shutil.copytree(data, trial, ignore=lambda folder, names: names if Path(folder) == data / "editions" else [])
        _write(content, data / "editions" / wanted.template / "edition.yml", trial, wanted.id)
        (trial / "editions" / wanted.id / TODO).write_text(todo, encoding="utf-8", newline="\n")
        check(wanted.id, trial)
        (trial / "editions" / wanted.id).rename(place)
    return todo


def _refuse(wanted: NewEdition, data: Path) -> None:
    """Names that lead elsewhere or are none, ids that are taken, years that cannot be."""
    if not NEW_ID.fullmatch(wanted.id):
        expected = "a name such as kaifeng-2025: a city in small letters and the year of the report"
        raise Faults([Fault("edition", 0, "", quoted(wanted.id), expected)])
    faults = []
    place = data / "editions" / wanted.id
    if place.exists() or place.is_symlink():
        faults.append(Fault(f"data/editions/{wanted.id}", 0, "", "something there already", "a new name"))
    elif recipe := recipe_of(wanted.id, data):
        faults.append(
            Fault("edition", 0, "", f"an id that the recipe {recipe} makes {quoted(wanted.id)}", "another id")
        )
    if wanted.template not in edition_ids(data):
        expected = "one of " + ", ".join(edition_ids(data))
        faults.append(Fault("--from", 0, "", quoted(wanted.template), expected))
    if wanted.city and not AREA_ID.fullmatch(wanted.city):
        faults.append(Fault("--city", 0, "", quoted(wanted.city), "an id of small letters and hyphens"))
    for language, name in wanted.names.items():
        if name and not is_name(name):
            expected = f"letters, blanks and hyphens, at most {LONGEST_NAME}"
            faults.append(Fault(f"--name-{language}", 0, "", quoted(name), expected))
    faults += _year_faults(wanted)
    if faults:
        raise Faults(faults)


def is_name(name: str) -> bool:
    """Whether it may be the name of a place: words of letters, joined by blanks, hyphens, dots or apostrophes."""
    letters = NAME_SIGNS.sub("", name)
    is_word = bool(letters) and all(unicodedata.category(each)[0] in "LM" for each in letters)
    return is_word and len(name) <= LONGEST_NAME and name.isprintable()


def _year_faults(wanted: NewEdition) -> Iterator[Fault]:
    """A report of this time, on a year not long before it, held against an earlier one."""
    year, latest = int(NEW_ID.fullmatch(wanted.id)[2]), date.today().year + 1
    if not EARLIEST_REPORT <= year <= latest:
        yield Fault("edition", 0, "", quoted(wanted.id), f"a year from {EARLIEST_REPORT} to {latest} at the end")
        return
    for option, given in (("--report-year", wanted.report_year), ("--base-year", wanted.base_year)):
        if given and not YEAR.fullmatch(given):
            yield Fault(option, 0, "", quoted(given), "a year such as 2024")
            return
    report = int(wanted.report_year or year - 1)
    if not year - MOST_YEARS_BEHIND <= report <= year:
        yield Fault("--report-year", 0, "", quoted(report), f"a year from {year - MOST_YEARS_BEHIND} to {year}")
    elif wanted.base_year and not EARLIEST_YEAR <= int(wanted.base_year) < report:
        yield Fault("--base-year", 0, "", quoted(wanted.base_year), f"a year from {EARLIEST_YEAR} to {report - 1}")


def _write(content: Content, template: Path, data: Path, edition: str) -> None:
    """All files of the edition, tables without rows included, so that there is a head to write below."""
    own = data / "editions" / edition
    own.mkdir(parents=True)
    for name, shape in own_tables(spoken_schema(data)).items():
        if content.tables[name] or not shape.get("optional"):
            text = csv_text(shape, content.tables[name])
            (own / shape["path"]).write_text(text, encoding="utf-8", newline="\n")
    source = with_particulars(read_text(template, template.name), content.particulars)
    (own / "edition.yml").write_text(source, encoding="utf-8", newline="\n")
    for chapter in dict.fromkeys(row.chapter for row in content.texts):
        for language in text_languages(data):
            pieces: list[Piece] = pieces_in((row for row in content.texts if row.chapter == chapter), language)
            if not pieces:
                continue
            path = own / "text" / language / f"{chapter}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text_of(pieces), encoding="utf-8", newline="\n")


def _todo(wanted: NewEdition, content: Content, words: Catalogue, indicators: dict[str, Cells]) -> str:
    """What must be filled in, file by file, in an order that makes sense."""
    asked = (name for name in asked_indicators(content) if name in indicators)
    names = words("form.list").join(indicators[name][f"name_{words.language}"] for name in asked)
    years = {"base": content.particulars["base_year"], "report": content.particulars["report_year"]}
    lines = [f"# {words('new.todo.title', edition=wanted.id)}", "", words("new.todo.how", edition=wanted.id), ""]
    lines += [f"- [ ] {words(f'new.todo.{step}', edition=wanted.id, indicators=names, **years)}" for step in STEPS]
    return "\n".join([*lines, "", words("new.todo.end", edition=wanted.id), ""])
