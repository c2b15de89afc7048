"""Whatever bytes come in, what comes out is a report or a list of faults: no traceback, no hang, no file elsewhere.

Run as any other test, each property is tried with some tens of cases, the same each time. DIAOYAN_CASES asks for
others, so many times as many, and for their counts at the end; 50 make more than ten thousand:

    DIAOYAN_CASES=50 pytest tests/test_any_input.py -s
"""

import io
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from broken_input import TIMES, Watch, as_csv, cases, edited_bytes, edited_rows, files_below, odd, places
from filled_form import bytes_of
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.utils.exceptions import IllegalCharacterError

from diaoyan.checking import check, left_out
from diaoyan.claims import as_data
from diaoyan.data_package import write_data_package
from diaoyan.data_workbook import write_data_workbook
from diaoyan.edition import Edition
from diaoyan.edition_content import load_catalogues, read_content
from diaoyan.edition_import import import_form, import_returns
from diaoyan.fault_words import FaultWords, Said
from diaoyan.faults import Faults
from diaoyan.grids import read_grids
from diaoyan.paths import DATA
from diaoyan.placeholders import Placeholders
from diaoyan.recomputation import RULES
from diaoyan.report import Report
from diaoyan.schema import read_schema
from diaoyan.workbook_form import write_form

ANYANG = "anyang-2023"
UNPAID = "unpaid_science_technology_funds"
SCHEMA = read_schema(DATA)
OWN = DATA / "editions" / ANYANG
TABLES = {name: OWN / shape["path"] for name, shape in SCHEMA.items() if (OWN / shape["path"]).is_file()}
SHARED = [DATA / shape["path"] for shape in SCHEMA.values() if shape["home"] == "shared"]
TEXTS = sorted((OWN / "text").rglob("*.md"))
CHAPTERS = ("achievements", "problems", "recommendations", "data", "audit")
WORDS = {language: FaultWords(load_catalogues(DATA), language) for language in ("zh", "en")}


@pytest.fixture(scope="module")
def watch():
    """Watches over all cases of this module."""
    watch = Watch()
    yield watch
    if TIMES:
        print()
        for name, count in [*watch.tried.items(), ("in all", watch.tried.total())]:
            print(f"{name}: {count} cases")


@contextmanager
def faults_only():
    """What ends in faults ends in lines: each on one line, in every language, and fit to be printed."""
    try:
        yield
    except Said as found:
        lines = found.lines
    except Faults as found:
        lines = [str(fault) for fault in found.faults]
        lines += [words.said(fault) for fault in found.faults for words in WORDS.values()]
    else:
        return
    assert lines
    for line in lines:
        assert line.encode("utf-8")
        assert line.isprintable(), line


@contextmanager
def in_place_of(path: Path, content: bytes):
    """Another content of a file for a while."""
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(before)


def copied(path: Path, data: Path) -> Path:
    """The file of the copy of the data."""
    return data / path.relative_to(DATA)


def checked(watch, name: str, data: Path) -> bool:
    """Whether the edition has no faults; nothing is written meanwhile."""
    before = files_below(data.parent)
    is_sound = False
    with watch.case(name), faults_only():
        check(ANYANG, data)
        left_out(ANYANG, data)
        is_sound = True
    assert files_below(data.parent) == before
    return is_sound


@given(data=st.data())
@cases(40)
def test_any_bytes_of_a_table_are_an_edition_or_faults(folder, watch, data):
    path = data.draw(st.sampled_from([*TABLES.values(), *SHARED]))
    with in_place_of(copied(path, folder.path), data.draw(edited_bytes(path.read_bytes()))):
        checked(watch, "bytes of tables", folder.path)


@given(data=st.data())
@cases(8)
def test_any_cells_of_a_table_are_an_edition_or_faults_and_an_edition_can_be_published(folder, tmp_path, watch, data):
    path = data.draw(st.sampled_from([*TABLES.values(), *SHARED]))
    rows = data.draw(edited_rows(path.read_text(encoding="utf-8")))
    with in_place_of(copied(path, folder.path), as_csv(rows).encode("utf-8", "surrogatepass")):
        if checked(watch, "cells of tables", folder.path):
            published(watch, folder.path, tmp_path / "out")


def published(watch, data: Path, out: Path) -> None:
    """Writes what an edition without faults is published as."""
    out.mkdir(exist_ok=True)
    with watch.case("editions published", out):
        edition = Edition.load(ANYANG, data)
        write_data_package(edition, out / "data")
        for language in ("zh", "en"):
            write_data_workbook(edition, language, out / language / "data.xlsx")
            report = Report(edition, language)
            for chapter in edition.chapters:
                report.outputs(chapter, pictures=False)
            as_data(edition.id, edition.vintage, language, report.audited, edition.units)
            assert report.unsound() is not None


claims = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(sorted(RULES)),
        "qualifier": st.sampled_from(("", "", "near", "above", "below")),
        "direction": st.sampled_from(("", "above", "below")),
        "stated": st.sampled_from(("0", "1", "2", "3", "-1", "0.01", "100", "303", "2.54", "9" * 24)) | odd,
        "stated_unit": st.sampled_from(("", "家", "%", "倍", "番", "亿", "亿元", "万元", "百分点", "个")) | odd,
        "base_period": st.sampled_from(("", "2018", "2021", "2022", "2020/")) | odd,
        "base_area": st.sampled_from(("", "", "china", "henan", "anyang")) | odd,
    }
)


@given(data=st.data(), changes=st.lists(claims, min_size=1, max_size=3))
@cases(20)
def test_any_claims_are_audited_or_faults(folder, watch, data, changes):
    path = TABLES["claims"]
    head, *rows = edited = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    observed = [line.split(",")[:3] for line in TABLES["observations"].read_text(encoding="utf-8").splitlines()[1:]]
    for change in changes:
        row = data.draw(st.sampled_from(rows))
        place = dict(zip(("indicator", "area", "period"), data.draw(st.sampled_from(observed)), strict=True))
        for column in data.draw(st.sets(st.sampled_from(sorted(change)))):
            row[head.index(column)] = change[column]
        for column, cell in place.items() if data.draw(st.booleans()) else ():
            row[head.index(column)] = cell
    place = in_place_of(folder.file("claims"), as_csv(edited).encode("utf-8", "surrogatepass"))
    with place, watch.case("claims"), faults_only():
        edition = Edition.load(ANYANG, folder.path)
        report = Report(edition, "en")
        as_data(edition.id, edition.vintage, "en", report.audited, edition.units)
        report.outputs("audit", pictures=False)
        report.unsound()


@given(data=st.data())
@cases(30)
def test_any_bytes_of_the_particulars_are_an_edition_or_faults(folder, watch, data):
    path = folder.own("edition.yml")
    with in_place_of(path, data.draw(edited_bytes((OWN / "edition.yml").read_bytes()))):
        before = files_below(folder.path.parent)
        with watch.case("particulars"), faults_only():
            Edition.load(ANYANG, folder.path)
        with faults_only():
            read_content(folder.path, ANYANG)
        assert files_below(folder.path.parent) == before


@given(data=st.data())
@cases(40)
def test_any_bytes_of_a_text_are_a_chapter_or_faults(folder, edition, watch, data):
    path = data.draw(st.sampled_from(TEXTS))
    place = in_place_of(copied(path, folder.path), data.draw(edited_bytes(path.read_bytes())))
    with place, watch.case("texts"), faults_only():
        Report(replace(edition, data=folder.path), path.parent.name).outputs(path.stem, pictures=False)


WRITTEN = (
    *(
        "'rd_intensity'",
        "'base'",
        "'newest'",
        "'china'",
        "'visits'",
        "''",
        "'\\n'",
        "'\\ud800'",
        "none",
        "true",
        "1",
        "-1",
    ),
    *(
        "area='china'",
        "period='2018'",
        "named=none",
        "where=1",
        "[]",
        "'a' ~ 'b'",
        "x",
        "'x'.upper()",
        "1e400",
        "('a',)",
    ),
)
arguments = st.lists(st.sampled_from(WRITTEN) | odd.map(lambda text: repr(text).replace("\\x", "x")), max_size=4)


@given(data=st.data(), name=st.text(max_size=3) | st.just(""))
@cases(30)
def test_any_placeholder_is_answered_or_a_fault(folder, edition, watch, data, name):
    report = Report(replace(edition, data=folder.path), data.draw(st.sampled_from(("zh", "en"))))
    names = st.just(name) if name else st.sampled_from(sorted(Placeholders.__dict__))
    calls = data.draw(st.lists(st.tuples(names, arguments), min_size=1, max_size=3))
    words = " ".join(f"{{{{ {called}({', '.join(given)}) }}}}" for called, given in calls)
    text = f"# Problems {{#problems}}\n\nWords {words}\n".encode("utf-8", "surrogatepass")
    place = in_place_of(folder.own(f"text/{report.language}/problems.md"), text)
    with place, watch.case("placeholders"), faults_only():
        report.outputs("problems", pictures=False)


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory) -> list[bytes]:
    """A form as it is exported, and a small workbook with whatever offices use beside; that is read faster."""
    file = tmp_path_factory.mktemp("form") / "form.xlsx"
    write_form(DATA, ANYANG, "zh", file)
    book = openpyxl.Workbook()
    for row in (["指标", "数值", None], ["高新技术企业", 303, "=B2*2"], [date(2023, 6, 15), 1.54, True]):
        book.active.append(row)
    book.active.merge_cells("A4:C5")
    book.active["A1"].comment = Comment("说明", "某科")
    book.active["B2"].number_format = "0.00"
    book.create_sheet("第二页")["A1"] = "#REF!"
    small = io.BytesIO()
    book.save(small)
    return [small.getvalue()] * 4 + [file.read_bytes()]


@given(data=st.data())
@cases(40)
def test_any_bytes_of_a_workbook_are_sheets_or_faults(workbooks, tmp_path, watch, data):
    file = tmp_path / "form.xlsx"
    is_whole, workbook = data.draw(st.booleans()), data.draw(st.sampled_from(workbooks))
    file.write_bytes(data.draw(edited_bytes(workbook)) if is_whole else repacked(workbook, data))
    with watch.case("bytes of workbooks"), faults_only():
        read_grids(file)


def repacked(workbook: bytes, data) -> bytes:
    """A workbook with one of its parts edited and the names of some parts changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        edited = data.draw(st.sampled_from(source.namelist()))
        for name in source.namelist():
            content = source.read(name)
            renamed = name
            if name == edited:
                content = data.draw(edited_bytes(content) | st.just(content))
                renamed = data.draw(st.just(name) | st.sampled_from(("../" + name, "/" + name, name.upper(), "a")))
            target.writestr(renamed, content)
    return packed.getvalue()


typed = (
    odd
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.booleans()
    | st.none()
    | st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30))
    | st.dates(date(1900, 3, 1), date(9999, 12, 30))
    | st.times()
    | st.timedeltas(timedelta(0), timedelta(10**5))
)


def workbook_of(rows: list[list[str]], data, file: Path) -> None:
    """A workbook of one sheet with these rows, some cells of which somebody typed over."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    for _ in range(data.draw(st.integers(0, 4))):
        place = [1 + int(data.draw(places) * count) for count in (len(rows) + 2, len(rows[0]) + 1 if rows else 1)]
        value = data.draw(typed)
        # A sheet takes no control characters, and no times of other calendars.
        with suppress(ValueError, IllegalCharacterError):
            book.active.cell(*place).value = value
        book.active.cell(*place).number_format = data.draw(st.sampled_from(("General", "0.00", "0%", "yyyy-mm", "@")))
    book.save(file)


def taken_in(watch, name: str, data: Path, take) -> None:
    """An import changes the edition's folder or nothing, and leaves nothing behind."""
    own = data / "editions" / ANYANG
    before = bytes_of(data)
    was_taken = False
    with watch.case(name, data.parent), faults_only():
        take()
        was_taken = True
    after = bytes_of(data)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert all(was_taken and (data / path).is_relative_to(own) for path in changed)
    assert not list(data.parent.glob(".diaoyan-*")), "folders of the import were left"


@contextmanager
def put_back(data: Path):
    """Undoes what happens to the edition's own files."""
    own = data / "editions" / ANYANG
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    try:
        yield
    finally:
        for path in {*before, *(path for path in own.rglob("*") if path.is_file())}:
            if path not in before:
                path.unlink()
            elif not path.exists() or path.read_bytes() != before[path]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(before[path])


@given(data=st.data())
@cases(3)
def test_any_cells_of_a_workbook_are_taken_in_or_faults(folder, tmp_path, watch, data):
    name = data.draw(st.sampled_from(sorted(TABLES)))
    file = tmp_path / "table.xlsx"
    workbook_of(data.draw(edited_rows(TABLES[name].read_text(encoding="utf-8"))), data, file)
    with put_back(folder.path):
        taken_in(watch, "cells of workbooks", folder.path, lambda: import_form(ANYANG, file, folder.path, "zh", name))


RETURNED = """各县（市、区）未拨付科技资金统计表（截至2023年6月15日）,,,
单位：万元,,,
县（市、区）,日期,金额,单位
滑县,2023-06-15,1200.3,万元
内黄县,2023年6月15日,"１，８００",
殷都区,2023.6.15,0.05亿元,
高新区,,2000,万元
合计,2023-06-15,5985.4,
"""


@given(data=st.data())
@cases(3)
def test_any_returns_of_counties_are_taken_in_or_faults(folder, tmp_path, watch, data):
    rows = data.draw(edited_rows(RETURNED, most=5))
    file = tmp_path / data.draw(st.sampled_from(("returns.xlsx", "returns.csv")))
    if file.suffix == ".xlsx":
        workbook_of(rows, data, file)
    else:
        separator, encoding = data.draw(st.sampled_from(",;\t")), data.draw(st.sampled_from(("utf-8", "gb18030")))
        content = as_csv(rows, separator).encode(encoding, "backslashreplace")
        file.write_bytes(data.draw(edited_bytes(content) | st.just(content)))
    with put_back(folder.path):
        taken_in(watch, "returns", folder.path, lambda: import_returns(ANYANG, file, folder.path, "zh", UNPAID))
