"""Files that offices send, and files that nobody should open."""

import csv
import io
import os
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from diaoyan.faults import Faults
from diaoyan.grids import MOST_BYTES_UNPACKED, Grid, read_grids

SHEET = "xl/worksheets/sheet1.xml"


def workbook(path: Path, *rows: list) -> openpyxl.worksheet.worksheet.Worksheet:
    """A sheet with these rows, saved; returned to be changed and saved again."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return book.active


def with_part(path: Path, name: str, content: bytes, kind: int = zipfile.ZIP_DEFLATED) -> Path:
    """A workbook with one part put in place of another or added."""
    workbook(path, ["a", 1])
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    with zipfile.ZipFile(path, "w", kind) as package:
        for entry, data in {**parts, name: content}.items():
            package.writestr(entry, data)
    return path


def fault_of(path: Path) -> str:
    """The one line that reading a file ends with."""
    with pytest.raises(Faults) as raised:
        read_grids(path)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_sheet_is_read_as_its_reader_sees_it(tmp_path):
    workbook(tmp_path / "a.xlsx", ["数值", "日期"], [0.1 + 0.2, "1,170"], [None, None])
    (grid,) = read_grids(tmp_path / "a.xlsx")
    assert (grid.name, grid.rows, grid.wrong) == ("Sheet", [["数值", "日期"], ["0.3", "1,170"]], {})


def test_merged_cells_all_hold_what_the_first_holds(tmp_path):
    sheet = workbook(tmp_path / "a.xlsx", ["名称", None], ["中文", "英文"])
    sheet.merge_cells("A1:B1")
    sheet.parent.save(tmp_path / "a.xlsx")
    assert read_grids(tmp_path / "a.xlsx")[0].rows == [["名称", "名称"], ["中文", "英文"]]


def test_a_formula_without_a_result_and_an_error_are_no_empty_cells(tmp_path):
    sheet = workbook(tmp_path / "a.xlsx", ["a"])
    sheet["B1"] = "=SUM(A1:A2)"
    sheet["C1"] = "#REF!"
    sheet.parent.save(tmp_path / "a.xlsx")
    assert read_grids(tmp_path / "a.xlsx")[0].wrong == {(1, 2): "=SUM(A1:A2)", (1, 3): "#REF!"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_table_is_read_in_the_encodings_and_with_the_separators_of_offices(tmp_path, encoding, separator):
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows([["地区", "数值"], ["滑县", "1,170"]])
    (tmp_path / "a.csv").write_bytes(written.getvalue().encode(encoding))
    assert read_grids(tmp_path / "a.csv")[0].rows == [["地区", "数值"], ["滑县", "1,170"]]


def test_a_zip_bomb_is_refused_by_what_it_says_of_itself(tmp_path):
    path = with_part(tmp_path / "bomb.xlsx", "xl/media/a.bin", b"\0" * (MOST_BYTES_UNPACKED + 1))
    assert path.stat().st_size < 300_000
    assert fault_of(path).startswith("bomb.xlsx: found a file too large to be a filled-in form")


def test_a_bomb_that_understates_itself_is_unpacked_no_further(tmp_path):
    path = with_part(tmp_path / "bomb.xlsx", "xl/theme/theme1.xml", b"<a>" + b" " * 5_000_000)
    content = bytearray(path.read_bytes())
    size = (5_000_003).to_bytes(4, "little")
    assert content.count(size) == 2
    path.write_bytes(bytes(content).replace(size, (3).to_bytes(4, "little")))
    assert fault_of(path) == "bomb.xlsx: found no Excel workbook, expected a workbook saved as .xlsx"


def test_too_many_cells_parts_or_merged_cells_are_refused(tmp_path):
    cells = b"<worksheet><sheetData><row>" + b"<c/>" * 500_001 + b"</row></sheetData></worksheet>"
    assert "too large" in fault_of(with_part(tmp_path / "a.xlsx", SHEET, cells))
    merged = b'<worksheet><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    assert "too large" in fault_of(with_part(tmp_path / "b.xlsx", SHEET, merged))
    with zipfile.ZipFile(tmp_path / "c.xlsx", "w") as package:
        for number in range(2001):
            package.writestr(f"{number}.xml", "")
    assert "too large" in fault_of(tmp_path / "c.xlsx")
    far = workbook(tmp_path / "d.xlsx", ["a"])
    far["A20001"] = "b"
    far.parent.save(tmp_path / "d.xlsx")
    assert "too large" in fault_of(tmp_path / "d.xlsx")


@pytest.mark.parametrize(
    "part",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a>',
    ],
)
def test_xml_that_defines_entities_or_hides_them_is_refused(tmp_path, part):
    assert "XML with definitions of its own" in fault_of(with_part(tmp_path / "a.xlsx", SHEET, part))


MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ALL_CELLS = (
    b'<a:mergeCell\nxmlns:a="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ref="A1&#58;XFD1048576"/>'
)
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (b"<worksheet %s><sheetData><row>%s</row></sheetData></worksheet>" % (MAIN, b"<c\n/>" * 500_001), "a file too"),
        (b"<worksheet %s><mergeCells>%s</mergeCells></worksheet>" % (MAIN, ALL_CELLS), "a file too large"),
        (b"<worksheet %s>%s</worksheet>" % (MAIN, b"<a/>" * 4_000_001), "a file too large"),
        (LAUGHS + b"<worksheet/>", "XML with definitions of its own"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>', "XML with definitions of its own"),
        (b'<?xml version="1.0" encoding = "cp037"?>' + LAUGHS.decode().encode("cp037"), "XML with definitions"),
        (b'\xef\xbb\xbf<?xml version="1.0" encoding="cp037"?><a/>', "XML with definitions of its own"),
    ],
)
@pytest.mark.parametrize("name", ["sheet1.xml", "sheet1.dat"])
def test_a_sheet_is_seen_through_however_it_is_written_and_called(tmp_path, sheet, found, name):
    path = with_part(tmp_path / "a.xlsx", f"xl/worksheets/{name}", sheet)
    parts = {}
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry).replace(b"sheet1.xml", name.encode()) for entry in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, content in parts.items():
            package.writestr(entry, content)
    assert fault_of(path).startswith(f"a.xlsx: found {found}")


def test_half_a_million_cells_are_read_and_one_more_is_not(tmp_path):
    # Two are in the sheet itself; what is in no sheet is counted all the same.
    for count in (499_998, 499_999):
        part = b"<worksheet %s><sheetData><row>%s</row></sheetData></worksheet>" % (MAIN, b"<c/>" * count)
        path = with_part(tmp_path / f"{count}.xlsx", "xl/worksheets/other.xml", part)
    assert len(read_grids(tmp_path / "499998.xlsx")) == 1
    assert "too large" in fault_of(path)


def test_one_part_is_not_as_many_sheets_as_a_workbook_says(tmp_path):
    workbook(tmp_path / "a.xlsx", ["a"])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        book = package.read("xl/workbook.xml")
    again = book.replace(b"</sheets>", book[book.index(b"<sheet ") : book.index(b"</sheets>")] + b"</sheets>")
    assert again != book
    assert "no Excel workbook" in fault_of(with_part(tmp_path / "b.xlsx", "xl/workbook.xml", again))


@pytest.mark.parametrize("name", ["../../outside", "/etc/passwd", "C:\\outside", "a" * 40])
def test_a_sheet_whose_name_leads_elsewhere_is_refused_or_only_called_so(tmp_path, name):
    workbook(tmp_path / "a.xlsx", ["a"])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        book = package.read("xl/workbook.xml")
    path = with_part(tmp_path / "b.xlsx", "xl/workbook.xml", book.replace(b'name="Sheet"', f'name="{name}"'.encode()))
    if name.startswith("a"):
        assert [grid.name for grid in read_grids(path)] == [name]
    else:
        assert fault_of(path) == "b.xlsx: found no Excel workbook, expected a workbook saved as .xlsx"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


@pytest.mark.parametrize("kind", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_parts_compressed_as_no_workbook_is_are_not_unpacked(tmp_path, kind):
    path = with_part(tmp_path / "a.xlsx", "docProps/app.xml", b"<a/>" * 100, kind)
    assert fault_of(path) == "a.xlsx: found no Excel workbook, expected a workbook saved as .xlsx"


def test_a_part_named_to_lead_elsewhere_is_written_nowhere(tmp_path):
    path = with_part(tmp_path / "folder.xlsx", "../../../outside.xml", b"<a/>")
    assert [grid.name for grid in read_grids(path)] == ["Sheet"]
    assert list(tmp_path.rglob("outside*")) == []


@pytest.mark.parametrize(
    ("name", "content", "place", "found"),
    [
        ("a.xls", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "a.xls", "a file of Excel 97–2003 (.xls)"),
        ("a.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, "a.xlsx", "a file of Excel 97–2003 (.xls)"),
        (
            "a.xlsx",
            bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "a workbook with a password",
        ),
        ("a.xlsx", b"PK\x03\x04 and nothing more", "a.xlsx", "no Excel workbook"),
        ("a.xlsx", b"a,b\n1,2\n", "a.xlsx", "no Excel workbook"),
        ("a.csv", b"\xff\xff\xff\x80", "a.csv", "bytes that are no text"),
        ("a.csv", b"a\0b,c\n", "a.csv", "bytes that are no text"),
        ("a.csv", b" \n\n", "a.csv", "an empty file"),
        ("a.csv", b'a,"b\n', "a.csv:1", "a row that cannot be read"),
    ],
)
def test_what_is_no_workbook_and_no_table_is_one_line(tmp_path, name, content, place, found):
    (tmp_path / name).write_bytes(content)
    assert fault_of(tmp_path / name).startswith(f"{place}: found {found}, expected ")


def test_a_zip_of_something_else_is_no_workbook(tmp_path):
    for name, content in (("readme.txt", "nothing"), ("[Content_Types].xml", "<Types/>")):
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
            package.writestr(name, content)
        assert fault_of(tmp_path / "a.xlsx").startswith("a.xlsx: found no Excel workbook")


@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_with_slips_in_its_parts_is_read_or_refused_in_one_line(tmp_path, seed):
    chance = random.Random(seed)
    workbook(tmp_path / "a.xlsx", ["数值", 1.5, "=A1"], ["2023-06-15", None, "—"])
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        parts = {name: bytearray(package.read(name)) for name in package.namelist()}
    for part in chance.sample(sorted(parts), 3):
        for _ in range(chance.randint(1, 3)):
            parts[part][chance.randrange(len(parts[part]))] = chance.choice(b'<>"/09azA= \x00\xff')
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        for name, content in parts.items():
            package.writestr(name, bytes(content))
    try:
        assert all(isinstance(grid, Grid) for grid in read_grids(tmp_path / "a.xlsx"))
    except Faults as found:
        assert len(found.faults) == 1


def test_a_folder_and_a_missing_file_are_one_line(tmp_path):
    assert fault_of(tmp_path).endswith("found a folder, expected a file")
    assert fault_of(tmp_path / "b.xlsx") == "b.xlsx: found no file, expected a file"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files in folders")
def test_nobody_waits_for_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    assert fault_of(tmp_path / "a.csv") == "a.csv: found no file, expected a file"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may read everything is refused nothing")
def test_a_file_nobody_may_read_is_one_line(tmp_path):
    workbook(tmp_path / "a.xlsx", ["a"])
    (tmp_path / "a.xlsx").chmod(0)
    assert fault_of(tmp_path / "a.xlsx") == "a.xlsx: found Permission denied, expected a readable file"


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("\x0b", "a control character (U+000B)"),
        ("\u2028", "a control character (U+2028)"),
        ("\u202e", "an invisible character (U+202E)"),
        ("\ufffe", "an invisible character (U+FFFE)"),
    ],
)
def test_a_cell_with_what_no_file_may_hold_is_told_by_its_line_and_letter(tmp_path, mark, said):
    (tmp_path / "a.csv").write_text(f"地区,数值\n滑县,1{mark}2\n", encoding="utf-8")
    assert fault_of(tmp_path / "a.csv") == f"a.csv:2:B: found {said}, expected plain text"


def test_lines_and_tabs_in_a_cell_and_marks_pasted_with_it_are_no_fault(tmp_path):
    (tmp_path / "a.csv").write_text('地区,"数\n值"\n\ufeff滑县\u200b,"1\t2"\n', encoding="utf-8")
    assert len(read_grids(tmp_path / "a.csv")[0].rows) == 2
