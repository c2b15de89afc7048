"""A form brought into its edition's folder: checked as a whole elsewhere, then put in place, or nothing at all."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from diaoyan.county_returns import is_return, with_returns
from diaoyan.edition_content import (
    Content,
    load_catalogues,
    own_tables,
    particulars_schema,
    read_content,
    shared_rows,
    spoken_schema,
    write_content,
)
from diaoyan.edition_folders import edition_ids, leading_elsewhere
from diaoyan.fault_words import FaultWords, Said
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.grids import Grid, read_grids
from diaoyan.trial import Trial
from diaoyan.workbook_intake import FormReader, Intake


@dataclass(frozen=True)
class Imported:
    """What an import did: files changed, below the edition's folder, and what was left out."""

    changed: list[str] = field(default_factory=list)
    without_value: int = 0
    ignored: list[str] = field(default_factory=list)
    # Of counties: how many returned a figure, by time, and how many the city has where all of them are listed.
    returned: dict[str, int] = field(default_factory=dict)
    counties: int = 0


def import_form(edition: str, file: Path, data: Path, language: str, table: str = "") -> Imported:
    """Takes a form in, or one table; raises Faults, the edition unchanged, when anything is wrong."""

    def take(reader: FormReader) -> Intake:
        names = own_tables(reader.schema)
        asked = next((name for name in names if reader.sheets.is_titled(table, name)), None)
        if table and not asked:
            raise Faults([Fault("--table", 0, "", quoted(table), f"one of {reader.sheets.options(names)}")])
        grids = read_grids(file)
        if asked:
            return reader.read_table(grids, asked, file.name)
        if not reader.sheets.is_form(grids):
            raise Faults([Fault(file.name, 0, "", "no workbook of all tables", _option(reader, grids))])
        return reader.read_form(grids, file.name)

    return _import(edition, data, language, take)


def _option(reader: FormReader, grids: list[Grid]) -> str:
    """The option that a table by itself needs: its own where its heads fit no other table."""
    fitting = reader.sheets.tables_like(grids)
    if len(fitting) == 1:
        return f"the option --table {fitting[0]}, whose heads it has"
    if any(is_return(grid, reader) for grid in grids):
        return "the option --returns and an indicator, as counties return it"
    return f"the option --table with one of {reader.sheets.options(own_tables(reader.schema))}"


def import_returns(edition: str, file: Path, data: Path, language: str, indicator: str, source: str = "") -> Imported:
    """Takes in what counties returned of an indicator, as observations; raises Faults, the edition unchanged."""
    return _import(
        edition, data, language, lambda reader: with_returns(reader, read_grids(file), file.name, indicator, source)
    )


def _import(edition: str, data: Path, language: str, take: Callable[[FormReader], Intake]) -> Imported:
    known = edition_ids(data)
    if edition not in known:
        raise Faults([Fault("edition", 0, "", quoted(edition), "one of " + ", ".join(known))])
    catalogues = load_catalogues(data)
    words = FaultWords(catalogues, language)
    folder, schema = data / "editions" / edition, spoken_schema(data)
    if links := leading_elsewhere(edition, data):
        raise Said([words.said(fault) for fault in links])
    try:
        stored, shared = read_content(data, edition), shared_rows(data, schema)
        reader = FormReader(schema, particulars_schema(data), catalogues, shared, stored, language)
        intake = take(reader)
    except Faults as found:
        raise Said([words.said(fault) for fault in found.faults]) from None
    words = words.naming(reader.vocabulary(intake.content.tables))
    # Beside the data, so that the folder can be put in place by renaming.
    with tempfile.TemporaryDirectory(prefix=".diaoyan-import-", dir=data.resolve().parent) as scratch:
        trial = Path(scratch) / "data"
        others = [each for each in known if each != edition]
        shutil.copytree(data, trial, symlinks=False, ignore=_only(data / "editions", others))
        changed = write_content(intake.content, trial, edition)
        if faults := Trial(intake, trial, edition, words, reader).faults():
            raise Said([words.said(fault) for fault in faults])
        if changed:
            _put_in_place(trial / "editions" / edition, folder, Path(scratch) / "before")
    times = sorted(time for _, time in intake.returned)
    without_value = sum(each.without_value for each in intake.tables.values())
    return Imported(
        changed, without_value, intake.ignored, {time: times.count(time) for time in times}, _counties(stored)
    )


def _counties(content: Content) -> int:
    """How many areas lie directly in the city; none unless all of them are listed."""
    areas, city = content.tables["areas"], content.particulars["city"]
    listed = sum(row["parent"] == city for row in areas)
    return listed if any(row["area"] == city and row["members"] == str(listed) for row in areas) else 0


def _only(editions: Path, others: list[str]) -> Callable[[str, list[str]], list[str]]:
    """What a copy of the data for a trial leaves out: the other editions."""
    return lambda folder, names: [name for name in names if Path(folder) == editions and name in others]


def _put_in_place(made: Path, place: Path, before: Path) -> None:
    """Exchanges a folder for another; where that fails, it is as it was."""
    place.rename(before)
    try:
        made.rename(place)
    except OSError:
        before.rename(place)
        raise
