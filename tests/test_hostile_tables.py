"""Tables and folders made to do harm: formulas, absurd numbers, look-alikes, a million rows, links that lead away."""

import csv
import os
import subprocess
import sys
import time

import pytest
from filled_form import ANYANG, Form
from openpyxl.utils import get_column_letter

from diaoyan.checking import check
from diaoyan.cli import main
from diaoyan.data_package import write_data_package
from diaoyan.edition_content import load_catalogues
from diaoyan.fault_words import FaultWords
from diaoyan.faults import Fault, Faults
from diaoyan.paths import DATA
from diaoyan.table_files import MOST_ROWS
from diaoyan.workbook_form import write_form

OWN = f"data/editions/{ANYANG}"
FORMULA = "expected a text that does not begin with = + - @, as a formula of a spreadsheet does"


def lines_of(folder, capsys) -> list[str]:
    """What `diaoyan check` says of the edition, the edition's own folder shortened to `…`."""
    assert main(["check", ANYANG, "--data", str(folder.path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    return err.replace(f"{OWN}/", "…/").splitlines()


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "＝1+1",
        "＋x",
        "－x",
        "＠x",
        "- a",
        "+86 372",
        "=",
        "-",
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_refused_at_the_door(folder, capsys, text):
    line = folder.change_cell("visits", "sitong-group", "name_en", text)
    assert lines_of(folder, capsys) == [f"…/visits.csv:{line}:name_en: found {text!r}, {FORMULA}"]


@pytest.mark.parametrize("text", ["\t=1+1", "\r=1+1", " =1+1"])
def test_what_stands_before_a_formula_hides_none(folder, capsys, text):
    line = folder.change_cell("visits", "sitong-group", "name_en", text)
    found = "a control character (U+000D), expected plain text"
    expected = f"…/visits.csv:{line}: found {found}"
    if text[0] != "\r":
        expected = f"…/visits.csv:{line}:name_en: found '=1+1', {FORMULA}"
    assert lines_of(folder, capsys) == [expected]


def test_a_formula_typed_into_a_form_as_text_is_told_where_it_stands(form):
    form.set("走访单位", form.row("走访单位", "sitong-group"), "名称（英文）", "=1+1")
    row = form.row("走访单位", "sitong-group")
    cell = form.book["走访单位"].cell(row, form.column("走访单位", "名称（英文）"))
    cell.data_type = "s"
    place = f"“走访单位”第{row}行“名称（英文）”"
    assert form.faults() == [f"{place}：填的是“=1+1”，应为不以= + - @开头的文字，这样开头的会被电子表格当作公式"]
    start = f"Places visited (走访单位), row {row}, Name (English) (名称（英文）): found “=1+1”, "
    assert form.faults("en") == [f"{start}{FORMULA}"]


@pytest.mark.parametrize("text", ["-0.5%", "+5%", "-3", "—", "——", "'=1+1", "a=1", "“=1”", "#N/A", "%a", "|a", "，=1"])
def test_a_number_with_its_sign_and_all_else_is_published_as_it_was_written(folder, tmp_path, text):
    folder.change_cell("visits", "sitong-group", "name_en", text)
    write_data_package(folder.load(), tmp_path)
    with (tmp_path / "visits.csv").open(encoding="utf-8", newline="") as file:
        assert [row["name_en"] for row in csv.DictReader(file) if row["visit"] == "sitong-group"] == [text]


def test_formulas_as_particulars_are_texts_in_the_form(folder, tmp_path):
    folder.replace(folder.own("edition.yml"), "  en: Li Wentao", "  en: =cmd|' /C calc'!A0")
    folder.load()
    write_form(folder.path, ANYANG, "en", tmp_path / "form.xlsx")
    cells = [cell for sheet in Form(tmp_path / "form.xlsx", folder.path).book for row in sheet for cell in row]
    assert [cell.data_type for cell in cells if str(cell.value).startswith("=cmd")] == ["s"]
    assert not any(cell.data_type == "f" for cell in cells)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("NaN", "a number"),
        ("inf", "a number"),
        ("-Infinity", "a number"),
        ("1e400", "a number"),
        ("1e-400", "a number"),
        ("0x1F", "a number"),
        ("1_000", "a number"),
        ("٣", "a number"),
        ("９" * 24, f"{'9' * 24} in half-width digits without separators"),
        ("９" * 25, "a number"),
        ("9" * 25, "at most 24 digits"),
        ("9" * 5000, "at most 24 digits"),
    ],
)
def test_what_is_no_number_of_a_report_is_one_line(folder, capsys, value, expected):
    line = folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", value)
    shown = value if len(value) <= 60 else value[:60] + "…"
    assert lines_of(folder, capsys) == [f"…/observations.csv:{line}:value: found {shown!r}, expected {expected}"]


@pytest.mark.parametrize(
    ("table", "column", "id"),
    [
        ("visits", "visit", "sitong-gr\u043eup"),
        ("visits", "visit", "ｓitong-group"),
        ("visits", "visit", "../sitong-group"),
        ("visits", "visit", "Sitong-group"),
        ("charts", "chart", "../../x"),
        ("themes", "theme", "/etc/passwd"),
        ("claims", "claim", "a/b"),
        ("policies", "policy", "e\u0301cole"),
    ],
)
def test_an_id_of_other_letters_or_that_leads_elsewhere_is_one_line(folder, capsys, table, column, id):
    with folder.file(table).open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))[column]
    line = folder.change_cell(table, first, column, id)
    said = [
        said for said in lines_of(folder, capsys) if said.startswith(f"…/{folder.file(table).name}:{line}:{column}:")
    ]
    assert len(said) == 1
    assert f"found {id!r}, expected an id of small letters, digits and hyphens such as " in said[0]


def test_a_name_that_only_looks_like_another_names_nothing(folder, capsys):
    # The last letter is Cyrillic.
    folder.change_cell("visits", "sitong-group", "area", "hua-count\u0443")
    (line,) = lines_of(folder, capsys)
    assert line.endswith("area: found 'hua-count\u0443', expected a row of areas")


@pytest.mark.parametrize("name", ["caf\u00e9", "cafe\u0301", "ﬁrma", "名\u3000称"])
def test_a_name_keeps_the_form_that_it_was_written_in(folder, tmp_path, name):
    folder.change_cell("visits", "sitong-group", "name_en", name)
    edition = folder.load()
    assert edition.tables["visits"].by_key()["sitong-group"]["name_en"] == name
    write_data_package(edition, tmp_path)
    assert f",{name},".encode() in (tmp_path / "visits.csv").read_bytes()


def test_ten_thousand_rows_are_checked_and_one_more_is_refused(folder):
    path = folder.file("visits")
    text = path.read_text(encoding="utf-8")
    there = text.count("\n") - 1
    more = [
        f"visit-{number},{number + 100},hua-county,某公司,Some Co.,enterprise\n" for number in range(MOST_ROWS - there)
    ]
    path.write_text(text + "".join(more), encoding="utf-8")
    began = time.process_time()
    check(ANYANG, folder.path)
    assert time.process_time() - began < 30
    path.write_text(f"{text}{''.join(more)}one-more,1,hua-county,某公司,Some Co.,enterprise\n", encoding="utf-8")
    assert folder.faults() == ["…/visits.csv:10002: found more than 10000 rows, expected at most 10000 rows"]


CHECK = """
import resource, sys
from pathlib import Path
from diaoyan.cli import main
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert main(["check", "anyang-2023", "--data", sys.argv[1]]) == 1
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units")
def test_a_million_rows_are_refused_in_seconds_and_little_memory(folder):
    import resource

    path = folder.file("visits")
    rows = path.read_text(encoding="utf-8") + "a,1,b,c,d,e\n" * 1_000_000
    path.write_text(rows, encoding="utf-8")
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([sys.executable, "-c", CHECK, folder.path], capture_output=True, text=True, timeout=300)
    assert done.stderr == f"{OWN}/visits.csv:10002: found more than 10000 rows, expected at most 10000 rows\n"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began < 30
    # In kB: less than twenty times the file.
    assert int(done.stdout) < 20 * len(rows) / 1024


@pytest.mark.parametrize("name", ["themes.csv", "edition.yml", "text/zh/problems.md", "text/zh", "text"])
def test_a_link_out_of_the_edition_is_not_followed(folder, tmp_path, capsys, name):
    path = folder.own(name)
    path.rename(tmp_path / "outside")
    path.symlink_to(tmp_path / "outside")
    assert lines_of(folder, capsys) == [
        f"…/{name}: found a link to elsewhere, expected a file or folder of the edition itself"
    ]


def test_a_link_in_place_of_the_edition_is_not_followed(folder, tmp_path, capsys):
    path = folder.own("")
    path.rename(tmp_path / "outside")
    path.symlink_to(tmp_path / "outside", target_is_directory=True)
    expected = "expected a file or folder of the edition itself"
    assert lines_of(folder, capsys) == [f"{OWN}: found a link to elsewhere, {expected}"]


@pytest.mark.skipif(os.name == "nt", reason="a system that gives files no such names")
@pytest.mark.parametrize("name", ["..md", "a b.md", "x\ny.md", "-later.md", "\udcff.md", "=1+1.md", "../outside"])
def test_a_text_named_as_no_chapter_is_a_text_or_a_line_whatever_it_is_called(folder, name):
    path = folder.own("text/zh") / name
    path.write_text("# 题目\n\n<b>\n", encoding="utf-8")
    try:
        check(ANYANG, folder.path)
    except Faults as found:
        assert all(str(fault).isprintable() for fault in found.faults)


def test_a_fault_is_one_line_that_can_be_printed_in_every_language():
    fault = Fault("a\n\udcff\u202eb.csv", 1, "c\x1b[2J", "'d'", "a text")
    assert str(fault) == r"a\n\udcff\u202eb.csv:1:c\x1b[2J: found 'd', expected a text"
    words = FaultWords(load_catalogues(DATA), "zh")
    assert words.said(fault) == r"“a \udcff\u202eb.csv”第1行“c\x1b[2J”：填的是“d”，应为文字"


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ("[summary, ../../x]", "found '../../x', expected a chapter such as summary, audit"),
        ("[summary, /etc/passwd]", "found '/etc/passwd', expected a chapter such as summary, audit"),
        ("[summary, nosuch]", "found 'nosuch', expected one of summary, "),
    ],
)
def test_a_chapter_that_leads_elsewhere_is_one_line(folder, capsys, chapters, said):
    path = folder.own("edition.yml")
    path.write_text(f"{path.read_text(encoding='utf-8')}\nchapters: {chapters}\n", encoding="utf-8")
    (line,) = lines_of(folder, capsys)
    assert line.partition(":chapters: ")[2].startswith(said)


def test_marks_in_a_form_are_left_out_where_they_say_nothing_and_told_where_they_turn_words_round(form, folder):
    row = form.row("走访单位", "sitong-group")
    form.set("走访单位", row, "名称（英文）", "Sitong\u200b \ufeffGroup")
    assert form.take_in().changed == ["visits.csv"]
    assert folder.load().tables["visits"].by_key()["sitong-group"]["name_en"] == "Sitong Group"
    form.set("走访单位", row, "名称（英文）", "Sitong \u202epuorG")
    letter = get_column_letter(form.column("走访单位", "名称（英文）"))
    assert form.faults() == [f"“走访单位”第{row}行“{letter}”：看不见的字符（U+202E），应为普通文字"]
    assert form.faults("en") == [
        f"走访单位, row {row}, {letter}: found an invisible character (U+202E), expected plain text"
    ]
