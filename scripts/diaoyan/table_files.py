"""Tables read from CSV files: as bytes, checked cell by cell and against each other, turned into rows."""

import csv
import io
from decimal import Decimal
from pathlib import Path

from diaoyan.catalogue import languages
from diaoyan.edition_folders import shown
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.files import read_text
from diaoyan.schema import read_schema, table_paths, translated
from diaoyan.table_checks import cell_faults, foreign_key_faults, frictionless_faults
from diaoyan.tables import Row, Table

# A report has some hundred rows, and all provinces in all years have some hundred more.
MOST_ROWS = 10_000


def load_tables(data: Path, edition: Path) -> dict[str, Table]:
    """All tables that the edition in a folder sees, shared ones included; raises Faults naming every fault."""
    schema, spoken = read_schema(data), languages(data)
    faults: list[Fault] = []
    raw: dict[str, list[Row]] = {}
    for name, shape in schema.items():
        raw[name] = []
        for path in table_paths(shape, data, edition):
            if shape.get("optional") and path.is_relative_to(edition) and not path.exists():
                continue
            try:
                raw[name] += read_rows(path, shown(path, data), shape, spoken)
            except Faults as found:
                faults += found.faults
    if faults:
        # Foreign keys of half-read tables would only report the same fault many times.
        raise Faults(faults)
    schema = {name: _with_translations(shape, raw[name], spoken) for name, shape in schema.items()}
    for name, rows in raw.items():
        for row in rows:
            faults += cell_faults(row, schema[name])
    seen = {(fault.file, fault.row, fault.column) for fault in faults}
    for fault in (*frictionless_faults(schema, raw), *foreign_key_faults(schema, raw)):
        if (fault.file, fault.row, fault.column) not in seen:
            seen.add((fault.file, fault.row, fault.column))
            faults.append(fault)
    if faults:
        raise Faults(faults)
    return {name: _typed(name, schema[name], rows) for name, rows in raw.items()}


def _with_translations(shape: dict, rows: list[Row], spoken: list[str]) -> dict:
    """The shape of a table with the translations that its files have; rows of another file get empty cells for them."""
    used = {column for row in rows for column in row}
    fields = [field for name, field in translated(shape, spoken).items() if name in used]
    for row in rows:
        for field in fields:
            row.cells.setdefault(field["name"], "")
    return {**shape, "fields": [*shape["fields"], *fields]}


def read_rows(path: Path, shown: str, shape: dict, spoken: list[str]) -> list[Row]:
    """The rows of one file with their cells as text, translations among them; raises Faults."""
    columns = [field["name"] for field in shape["fields"]]
    # A missing file is named together with what belongs in it.
    if not path.is_file():
        expected = "a table with the columns " + ", ".join(columns)
        raise Faults([Fault(shown, 0, "", "no file", expected)])
    reader = csv.reader(io.StringIO(read_text(path, shown), newline=""), strict=True)
    rows, faults, end_of_previous = [], [], 0
    try:
        header = [column.strip() for column in next(reader, [])]
        columns += [column for column in translated(shape, spoken) if column in header]
        faults += _header_faults(header, columns, shown)
        if faults:
            raise Faults(faults)
        end_of_previous = reader.line_num
        for cells in reader:
            line, end_of_previous = end_of_previous + 1, reader.line_num
            # Blanks around a cell are a spreadsheet's or a slip of the keyboard, and say nothing.
            cells = [cell.strip() for cell in cells]
            # Spreadsheets leave empty rows behind; they say nothing.
            if not any(cells):
                continue
            if len(cells) != len(header):
                faults.append(Fault(shown, line, "", f"{len(cells)} cells", f"{len(header)} cells"))
                continue
            by_column = dict(zip(header, cells, strict=True))
            if len(rows) == MOST_ROWS:
                raise Faults([Fault(shown, line, "", f"more than {MOST_ROWS} rows", f"at most {MOST_ROWS} rows")])
            rows.append(Row({column: by_column[column] for column in columns}, shown, line))
    except csv.Error as error:
        # The reader notices at the end of the file what went wrong where the row began.
        found = f"a row that cannot be read ({error})"
        fault = Fault(shown, end_of_previous + 1, "", found, "cells in matching quotation marks")
        raise Faults([*faults, fault]) from None
    if faults:
        raise Faults(faults)
    return rows


def _header_faults(header: list[str], columns: list[str], shown: str) -> list[Fault]:
    if not any(header):
        return [Fault(shown, 1, "", "no names of columns", ", ".join(columns))]
    faults = []
    for column in header:
        if column not in columns:
            expected = "one of " + ", ".join(columns)
            faults.append(Fault(shown, 1, column, f"an unknown column {quoted(column)}", expected))
        elif header.count(column) > 1:
            faults.append(Fault(shown, 1, column, f"the column {header.count(column)} times", "once"))
    for column in columns:
        if column not in header:
            faults.append(Fault(shown, 1, column, "no such column", "the column"))
    return faults


def _typed(name: str, shape: dict, rows: list[Row]) -> Table:
    types = {"number": Decimal, "integer": int}
    convert = {field["name"]: types.get(field["type"], str) for field in shape["fields"]}
    typed = tuple(Row({c: convert[c](v) if v else None for c, v in row.items()}, row.file, row.line) for row in rows)
    constraints = {field["name"]: field.get("constraints", {}) for field in shape["fields"]}
    allowed = {column: tuple(found["enum"]) for column, found in constraints.items() if "enum" in found}
    return Table(name, tuple(convert), tuple(shape["primaryKey"]), allowed, typed)
