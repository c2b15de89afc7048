"""Files written to do harm: values that grow or run as they are read, marks nobody sees, texts that take for ever."""

import os
import time

import pytest
from filled_form import ANYANG

from diaoyan import inputs
from diaoyan.catalogue import load_catalogue
from diaoyan.checking import check
from diaoyan.cli import main
from diaoyan.edition_content import load_catalogues
from diaoyan.fault_words import FaultWords
from diaoyan.faults import Faults
from diaoyan.files import LARGEST_FILE, LARGEST_TEXT
from diaoyan.paths import DATA
from diaoyan.texts import LONGEST_ANSWER, LONGEST_LINE, MOST_PLACEHOLDERS, fill, read_chapter_text
from diaoyan.yaml_files import MOST_LEVELS

BOMB = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9 if n else ['x'] * 9)}]" for n in range(9))
OTHER_FORM = "found a value of another form than its tag says, expected YAML"


@pytest.fixture(scope="module")
def in_chinese():
    """Faults said in Chinese."""
    words = FaultWords(load_catalogues(DATA), "zh")
    return lambda found: [words.said(fault) for fault in found.faults]


# What is appended to edition.yml, its last line being 44, and what is said of it.
YAML = [
    ("a: " + "[" * 60_000, ":45: found values within values, expected at most 20 levels"),
    ("a: " + "{b: " * 60, ":45: found values within values, expected at most 20 levels"),
    (BOMB, ":46: found a reference to several values at once '*a0', expected each value written out"),
    ("a: &a [*a]", ":45: found a reference to several values at once '*a', expected each value written out"),
    ('a: "\\0"', ":45: found a control character (U+0000), expected plain text"),
    ('a: "\\u202e"', ":45: found an invisible character (U+202E), expected plain text"),
    ("? [a]\n: b", ":45: found text that cannot be read (found unhashable key), expected YAML"),
]


@pytest.mark.parametrize(("lines", "said"), YAML)
def test_particulars_that_grow_or_run_or_hide_something_are_one_line(folder, lines, said):
    path = folder.own("edition.yml")
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text("\n".join([*text.split("\n")[:44], lines, ""]), encoding="utf-8")
    began = time.process_time()
    found = [line.replace("…/edition.yml", "") for line in folder.faults()]
    assert [line for line in found if line.startswith(said.partition(" found")[0])] == [said]
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a: " + "[" * 60_000, "data/catalogue/en.yml:1: found values within values, expected at most 20 levels"),
        (BOMB, "data/catalogue/en.yml:2: found a reference to several values at once '*a0', expected each value"),
        ("a: 2023-99-99", f"data/catalogue/en.yml: {OTHER_FORM}"),
        ("a: !!int x", f"data/catalogue/en.yml: {OTHER_FORM}"),
        ("a: !!bool x", f"data/catalogue/en.yml: {OTHER_FORM}"),
        ("a: !!timestamp x", f"data/catalogue/en.yml: {OTHER_FORM}"),
        (
            "a: !!python/object/apply:os.system [id]",
            "data/catalogue/en.yml:1: found text that cannot be read (could not determine a constructor for the tag",
        ),
    ],
)
def test_a_catalogue_that_grows_or_runs_is_one_line(folder, content, said):
    (folder.path / "catalogue" / "en.yml").write_text(content + "\n", encoding="utf-8")
    with pytest.raises(Faults) as raised:
        load_catalogue(folder.path, "en")
    assert str(raised.value).startswith(said)
    assert "\n" not in str(raised.value)


def test_values_just_as_deep_as_they_may_be_and_references_to_single_ones_are_read(folder):
    # The file itself is the first level.
    path = folder.path / "catalogue" / "xx.yml"
    path.write_text(f"numbers: {{}}\na: &a b\nc: *a\nd: {'[' * (MOST_LEVELS - 1)}{']' * (MOST_LEVELS - 1)}\n")
    assert load_catalogue(folder.path, "xx").words["c"] == "b"
    path.write_text(f"numbers: {{}}\nd: {'[' * MOST_LEVELS}{']' * MOST_LEVELS}\n")
    with pytest.raises(Faults, match=r"xx\.yml:2: found values within values, expected at most 20 levels"):
        load_catalogue(folder.path, "xx")


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\u200f", "U+200F"),
        ("\u200b", "U+200B"),
        ("\ufeff", "U+FEFF"),
        ("\u00ad", "U+00AD"),
        ("\U000e0041", "U+E0041"),
        ("\ufffe", "U+FFFE"),
        ("\ufdd0", "U+FDD0"),
        ("\U0001ffff", "U+1FFFF"),
    ],
)
def test_a_mark_that_nobody_sees_is_named_with_its_line(folder, in_chinese, mark, code):
    line = folder.change_cell("visits", "sitong-group", "name_zh", f"四通{mark}集团")
    with pytest.raises(Faults) as raised:
        folder.load()
    place = f"data/editions/{ANYANG}/visits.csv"
    assert str(raised.value) == f"{place}:{line}: found an invisible character ({code}), expected plain text"
    assert in_chinese(raised.value) == [f"“{place}”第{line}行：看不见的字符（{code}），应为普通文字"]


def test_joiners_stand_where_letters_and_pictures_need_them(folder):
    folder.change_cell("visits", "sitong-group", "name_zh", "می\u200cخواهم \U0001f468\u200d\U0001f469")
    assert folder.load().tables["visits"].by_key()["sitong-group"]["name_zh"].count("\u200d") == 1


def test_a_text_and_the_particulars_are_of_the_size_that_people_write(folder):
    path = folder.own("text/zh/problems.md")
    text = path.read_bytes()
    path.write_bytes(text + b"\n" * (LARGEST_TEXT - len(text)))
    check(ANYANG, folder.path)
    path.write_bytes(text + b"\n" * (LARGEST_TEXT - len(text) + 1))
    with pytest.raises(Faults, match=r"problems\.md: found a file of 65537 bytes, expected at most 65536 bytes"):
        check(ANYANG, folder.path)
    path.write_bytes(text)
    path = folder.own("edition.yml")
    path.write_bytes(path.read_bytes() + b"#" * LARGEST_TEXT)
    assert folder.faults() == [
        f"…/edition.yml: found a file of {path.stat().st_size} bytes, expected at most 65536 bytes"
    ]


def test_a_table_larger_than_any_is_not_even_read(folder):
    path = folder.own("visits.csv")
    os.truncate(path, LARGEST_FILE + 1)
    assert folder.faults() == ["…/visits.csv: found a file of 33554433 bytes, expected at most 33554432 bytes"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes among its files")
def test_a_pipe_is_no_file_and_nobody_waits_for_it(folder):
    folder.own("edition.yml").unlink()
    os.mkfifo(folder.own("edition.yml"))
    assert folder.faults() == ["…/edition.yml: found no file, expected a file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes among its files")
def test_a_pipe_that_nobody_asks_for_is_no_file_to_be_copied_either(folder, tmp_path, capsys):
    assert main(["export", ANYANG, str(tmp_path / "form.xlsx"), "--data", str(folder.path)]) == 0
    os.mkfifo(folder.own("pipe"))
    assert folder.faults() == ["…/pipe: found no file, expected a file"]
    assert main(["import", ANYANG, str(tmp_path / "form.xlsx"), "--data", str(folder.path), "--lang", "en"]) == 1
    assert capsys.readouterr().err == f"data/editions/{ANYANG}/pipe: found no file, expected a file\n"


def test_a_line_is_as_long_as_a_paragraph_may_be(folder):
    path = folder.own("text/zh/problems.md")
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{'企' * LONGEST_LINE}\n", encoding="utf-8")
    check(ANYANG, folder.path)
    path.write_text(f"{text}\n{'企' * (LONGEST_LINE + 1)}\n", encoding="utf-8")
    line = text.count("\n") + 2
    with pytest.raises(Faults) as raised:
        check(ANYANG, folder.path)
    place = f"data/editions/{ANYANG}/text/zh/problems.md:{line}"
    assert str(raised.value) == f"{place}: found a line of 5001 characters, expected at most 5000 characters"


def asking(tmp_path, numbers, names, times, line="{{ value('x') }}"):
    """A text that asks so many times."""
    path = tmp_path / "text.md"
    path.write_text("# 题 {#chapter}\n\n" + f"{line}\n" * times, encoding="utf-8")
    return read_chapter_text(path, "text.md", names, numbers)


def test_a_text_asks_for_as_many_figures_as_a_chapter_may_hold(tmp_path, zh):
    names = {"value": lambda indicator: indicator}
    asking(tmp_path, zh.numbers, names, MOST_PLACEHOLDERS)
    with pytest.raises(Faults) as raised:
        asking(tmp_path, zh.numbers, names, MOST_PLACEHOLDERS + 1)
    line = MOST_PLACEHOLDERS + 3
    assert str(raised.value) == f"text.md:{line}: found 201 placeholders, expected at most 200 placeholders"


def test_an_answer_is_as_long_as_a_list_may_be(tmp_path, zh, in_chinese):
    names = {"value": lambda indicator: "企" * LONGEST_ANSWER, "longer": lambda: "企" * (LONGEST_ANSWER + 1)}
    text = asking(tmp_path, zh.numbers, names, 1)
    assert fill(text.blocks[0].body, names, "text.md").count("企") == LONGEST_ANSWER
    text = asking(tmp_path, zh.numbers, names, 1, "{{ longer() }}")
    with pytest.raises(Faults) as raised:
        fill(text.blocks[0].body, names, "text.md")
    found = "longer with an answer of 131073 characters"
    assert str(raised.value) == f"text.md:3:1: found {found}, expected at most 131072 characters"
    assert in_chinese(raised.value) == ["“text.md”第3行“1”：longer引出131073个字符，应为最多131072个字符"]


# Each of these took from ten seconds to hours when a text, or a line of one, could be of any size.
ENDLESS = {
    "blanks of a heading": "# " + " " * 4990 + "x",
    "definitions of links": "[a]: b\n" * 9000,
    "footnotes that are none": "[^" * 2400,
    "numerals": "一" * 4999,
    "brackets": "[" * 4999,
    "pictures": "![" * 2400,
    "stars": "*a **b " * 700,
    "backticks": "".join("`" * length + " " for length in range(1, 98)),
    "braces": "{{ a" * 1200,
    "statements": "{%" * 2400,
    "brackets within brackets": "[" * 1200 + "a" + "](b)" * 900,
    "lists within lists": "\n".join(" " * (2 * depth) + "- a" for depth in range(240)),
    "parts of a placeholder": "{{ value(" + "(" * 4900 + " }}",
    "arguments": "{{ value(" + "1," * 2400 + ") }}",
    "signs": "{{ value(" + "-" * 4900 + "1) }}",
    "digits": "{{ value(" + "1" * 4900 + ") }}",
    "tags": '<a href="' * 500,
    "tables": "|a|\n|-|\n" + "|a" * 2400,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_a_text_made_to_take_for_ever_is_read_or_refused_in_seconds(tmp_path, zh, name):
    one = ENDLESS[name]
    path = tmp_path / "text.md"
    # As often as a text of the largest size holds it.
    path.write_text(("# 题 {#chapter}\n\n" + f"{one}\n\n" * (LARGEST_TEXT // len(one)))[: LARGEST_TEXT // 3])
    began = time.process_time()
    try:
        read_chapter_text(path, "text.md", {"value": lambda indicator: indicator}, zh.numbers)
    except Faults as found:
        assert all(len(str(fault)) < 400 for fault in found.faults)
    # A tenth of it where it was measured.
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "{{ cycler.__init__.__globals__ }}",
            "1: found '{{ cycler.__init__.__globals__ }}', expected a placeholder such as {{ value('indicator') }}",
        ),
        ("{% for i in range(9) %}", "1: found '{% for i in range(9) %}', expected {{ placeholder }} on one line"),
        (
            "{{ value('x').__class__ }}",
            "1: found \"{{ value('x').__class__ }}\", expected a placeholder such as {{ value('indicator') }}",
        ),
        ("{{ value('\\n') }}", "1: found \"{{ value('\\\\n') }}\", expected plain text"),
        ("{{ value('\\ud800') }}", "1: found \"{{ value('\\\\ud800') }}\", expected plain text"),
    ],
)
def test_what_would_leave_a_template_engine_is_a_fault_since_none_runs(folder, capsys, written, said):
    path = folder.own("text/en/problems.md")
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n{written}\n", encoding="utf-8")
    assert main(["check", ANYANG, "--data", str(folder.path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    line = text.count("\n") + 2
    assert f"data/editions/{ANYANG}/text/en/problems.md:{line}:{said}\n" in err
    # The digit of `range(9)` is a fault of its own.
    assert err.count("\n") == (2 if "range" in written else 1)


@pytest.mark.parametrize("source", ["[" * 60_000, "a: &a [1]\nb: *a\n", "\udc80", "chapters: x\0"])
def test_what_is_asked_of_particulars_before_they_are_checked_is_nothing_where_they_are_broken(
    tmp_path, monkeypatch, source
):
    (tmp_path / "edition.yml").write_bytes(source.encode(errors="surrogatepass"))
    monkeypatch.setattr(inputs, "edition_folder", lambda edition: tmp_path)
    assert inputs.particulars_of("broken") == {}
    (tmp_path / "edition.yml").write_text("city: anyang\nbase_year: 2018\n")
    assert inputs.particulars_of("whole") == {"city": "anyang", "base_year": "2018"}
