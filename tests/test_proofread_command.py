"""The command `diaoyan proofread`: what it prints and writes, how it ends, and what it leaves alone."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import typst
from proofread_drafts import FAULTS, FAULTY, OTHERS, SOUND, views_of
from word_drafts import packed

from diaoyan import proofread_copies
from diaoyan.cli import main
from diaoyan.drafts import SAID, read_draft
from diaoyan.fault_words import FaultWords
from diaoyan.paths import ROOT

FINDING = {"start", "end", "text", "kind", "claimed", "recomputed", "verdict", "suggestion"}
# Names of formats and encodings, which Chinese writes so too.
LATIN = re.compile(r"Word|WPS|PDF|RTF|XML|UTF|GB18030|\.(?:docx?|pdf|txt|md|rtf)")


def word_of(text: str) -> bytes:
    """A Word file with a paragraph for each line."""
    file, saved = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        file.add_paragraph(line)
    file.save(saved)
    return saved.getvalue()


def pdf_of(text: str) -> bytes:
    """A PDF with a paragraph for each line."""
    return typst.compile(('#set text(font: "Noto Sans CJK SC")\n' + text.replace("\n", "\n\n")).encode())


WRITTEN = {
    ".txt": str.encode,
    ".md": lambda text: text.replace("\n", "\n\n").encode(),
    ".docx": word_of,
    ".pdf": pdf_of,
}


@pytest.fixture
def draft(tmp_path):
    """Makes a draft from a text, of the kind its name says; blanks and Chinese stand in the path."""
    folder = tmp_path / "文稿 1"
    folder.mkdir()

    def make(text: str = FAULTY, name: str = "草 稿.txt") -> Path:
        path = folder / name
        path.write_bytes(WRITTEN[path.suffix](text))
        return path

    return make


@pytest.fixture
def opened(monkeypatch) -> list[Path]:
    """The files that are opened, in the place of programs that open them."""
    found = []
    monkeypatch.setattr(proofread_copies, "_is_opened", lambda path: found.append(path) is None)
    return found


def ended(capsys, *arguments: object) -> tuple[int, str, str]:
    """The exit code of the command, what it printed, and what it printed as faults."""
    code = main(["proofread", *map(str, arguments)])
    return code, *capsys.readouterr()


def files(folder: Path) -> dict[str, bytes]:
    """What is in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("text", "code"), [(FAULTY, 1), (SOUND, 0), ("没有数字的一段。", 0)])
def test_the_exit_code_is_one_where_a_fault_is_found_and_zero_where_none_is(capsys, draft, text, code):
    assert ended(capsys, draft(text)) == (code, views_of(text).as_text() + "\n", "")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx", "a.pdf"])
def test_every_kind_of_file_is_read(capsys, draft, name):
    code, out, err = ended(capsys, draft(name=name), "--json")
    data = json.loads(out)
    assert (code, err, data["file"], len(data["findings"])) == (1, "", name, FAULTS + OTHERS)
    verdicts = [each["verdict"] for each in data["findings"]]
    assert verdicts == ["overstated", "holds", "contradicted", "not_recomputable"]


def test_json_has_every_finding_with_what_is_claimed_and_what_comes_out(capsys, draft):
    code, out, _ = ended(capsys, draft(), "--json")
    data = json.loads(out)
    assert code == 1
    assert data.keys() >= {"file", "findings"}
    assert all(each.keys() >= FINDING for each in data["findings"])
    assert [FAULTY[each["start"] : each["end"]] for each in data["findings"]] == [
        each["text"] for each in data["findings"]
    ]
    first = data["findings"][0]
    assert (first["kind"], first["text"], first["suggestion"]) == (
        "doublings",
        "较2018年（87家）翻了两番",
        "为2018年的3.5倍",
    )
    assert first["recomputed"] == pytest.approx(303 / 87)
    assert data["findings"][3]["recomputed"] is None


def test_a_text_of_another_encoding_is_read(capsys, draft):
    path = draft()
    path.write_bytes(FAULTY.encode("gb18030"))
    assert ended(capsys, path) == (1, views_of(FAULTY).as_text() + "\n", "")


def test_other_programs_read_json_without_faults_too(capsys, draft):
    code, out, _ = ended(capsys, draft("没有数字的一段。"), "--json")
    assert (code, json.loads(out)["findings"]) == (0, [])


def test_the_given_file_is_never_changed(capsys, draft, tmp_path, opened):
    for name in ("a.txt", "a.docx"):
        path = draft(name=name)
        before, times = path.read_bytes(), path.stat().st_mtime_ns
        ended(capsys, path, "--json", "--html", tmp_path / "a.html")
        ended(capsys, path, "--open")
        assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, times)
    assert len(opened) == 2


@pytest.mark.parametrize("option", ["--html", "--word"])
def test_nothing_is_written_onto_the_draft(capsys, draft, tmp_path, option):
    path = draft(name="d.docx")
    before = files(path.parent)
    (tmp_path / "other.docx").symlink_to(path)
    for target in (path, path.parent / ".." / path.parent.name / path.name, tmp_path / "other.docx"):
        line = f"“{target.name}”：文稿本身，应为另一个文件名\n"
        assert ended(capsys, path, option, target) == (2, "", line)
    assert files(path.parent) == before


@pytest.mark.parametrize("option", ["--html", "--word"])
def test_a_place_that_nothing_can_be_written_to_is_one_line(capsys, draft, tmp_path, option):
    path = draft(name="d.docx")
    (tmp_path / "folder").mkdir()
    for target, reason in (
        (tmp_path / "no" / "a", "No such file or directory"),
        (tmp_path / "folder", "Is a directory"),
    ):
        line = f"“{target.name}”：无法写入（{reason}），应为可以写入的文件\n"
        assert ended(capsys, path, option, target) == (2, "", line)
    assert [*tmp_path.glob(".*")] == []


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.docx", b"PK\3\4broken", "不是Word文件，或者文件已损坏，应为Word能打开、另存为.docx的文件"),
        ("a.docx", packed({"a.xml": "<a/>"}), "不是Word文件，或者文件已损坏，应为Word能打开、另存为.docx的文件"),
        ("a.pdf", b"%PDF-1.7 broken", "不是PDF，或者文件已损坏，应为能打开的PDF，或者原来的Word文件"),
        ("a.txt", b"", "空文件，应为有文字的文稿"),
        ("a.txt", b"\0\1\2", "不是文字的内容，应为UTF-8或GB18030编码的文字，或者另存为.docx的文件"),
        ("a.png", b"\x89PNG", "其他类型的文件，应为.docx、.pdf、.txt或.md文稿，其他的请另存为.docx"),
    ],
)
def test_a_draft_that_cannot_be_read_is_one_line_and_another_exit_code(capsys, tmp_path, name, content, line):
    (tmp_path / name).write_bytes(content)
    assert ended(capsys, tmp_path / name) == (2, "", f"“{name}”：{line}\n")


def test_a_draft_that_is_not_there_is_one_line_in_the_language_asked_for(capsys, tmp_path):
    assert ended(capsys, tmp_path / "a.txt") == (2, "", "“a.txt”：没有这个文件，应为文件\n")
    assert ended(capsys, tmp_path / "a.txt", "--lang", "en") == (2, "", "a.txt: found no file, expected a file\n")
    assert ended(capsys, tmp_path, "--lang", "en")[::2] == (2, f"{tmp_path.name}: found a folder, expected a file\n")


def test_comments_on_a_draft_that_is_not_of_word_are_one_line(capsys, draft, tmp_path):
    path = draft()
    line = "“草 稿.txt”：不是Word文件，或者文件已损坏，应为Word能打开、另存为.docx的文件\n"
    assert ended(capsys, path, "--word", tmp_path / "a.docx") == (2, "", line)
    assert not (tmp_path / "a.docx").exists()


def test_whatever_a_draft_can_be_told_as_has_words_in_chinese(zh, en):
    words = FaultWords({"zh": zh, "en": en}, "zh")
    for pair in SAID.values():
        for written in pair:
            assert re.search("[A-Za-z]", LATIN.sub("", words.message(written))) is None, written


def test_a_process_ends_as_the_command_does_and_shows_no_traceback(draft, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": "C", "PYTHONUTF8": "0"}

    def run(*arguments: object) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "diaoyan.cli", "proofread", *map(str, arguments)]
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
        return done.returncode, done.stdout, done.stderr

    assert run(draft()) == (1, views_of(FAULTY).as_text() + "\n", "")
    assert run(draft(SOUND)) == (0, views_of(SOUND).as_text() + "\n", "")
    assert run(tmp_path / "a.txt") == (2, "", "“a.txt”：没有这个文件，应为文件\n")


@pytest.mark.parametrize(("language", "word"), [("zh", "（校核）"), ("en", " (proof-read)")])
def test_a_word_draft_is_opened_as_a_copy_with_comments_beside_it(capsys, draft, opened, language, word):
    path = draft(name="草 稿.docx")
    assert ended(capsys, path, "--open", "--lang", language)[::2] == (1, "")
    copy = path.with_name(f"草 稿{word}.docx")
    assert opened == [copy]
    assert {each.name for each in path.parent.iterdir()} == {path.name, copy.name}
    comments = list(docx.Document(str(copy)).comments)
    assert len(comments) == FAULTS
    assert read_draft(copy).text == read_draft(path).text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.pdf"])
def test_any_other_draft_is_opened_as_a_page_beside_it(capsys, draft, opened, name):
    path = draft(name=name)
    assert ended(capsys, path, "--open")[0] == 1
    assert opened == [path.with_name(f"{path.stem}（校核）.html")]
    assert opened[0].read_text(encoding="utf-8").count("<mark") == FAULTS


def test_files_that_are_there_are_never_written_over(capsys, draft, opened):
    path = draft(name="草稿.docx")
    for name in ("草稿（校核）.docx", "草稿（校核2）.docx"):
        path.with_name(name).write_text("somebody's")
    ended(capsys, path, "--open")
    ended(capsys, path, "--open")
    assert [each.name for each in opened] == ["草稿（校核3）.docx", "草稿（校核4）.docx"]
    assert opened[0].read_bytes() == opened[1].read_bytes()
    assert (
        path.with_name("草稿（校核）.docx").read_text()
        == path.with_name("草稿（校核2）.docx").read_text()
        == "somebody's"
    )


def test_several_drafts_are_each_checked_whatever_is_wrong_with_the_others(capsys, draft, opened, tmp_path):
    paths = [draft(), tmp_path / "none.docx", draft(SOUND, "d.docx")]
    code, out, err = ended(capsys, *paths, "--open")
    assert code == 2
    assert out == f"草 稿.txt\n{views_of(FAULTY).as_text()}\nd.docx\n{views_of(SOUND).as_text()}\n"
    assert err == "“none.docx”：没有这个文件，应为文件\n"
    assert [each.name for each in opened] == ["草 稿（校核）.html", "d（校核）.docx"]


@pytest.mark.parametrize("option", [["--json"], ["--html", "a.html"], ["--word", "a.docx"]])
def test_what_there_is_only_one_of_is_asked_of_one_draft(capsys, draft, tmp_path, monkeypatch, option):
    monkeypatch.chdir(tmp_path)
    line = "“proofread”：2份文稿，应为一份文稿（使用--json、--html或--word时）\n"
    assert ended(capsys, draft(), draft(name="d.docx"), *option) == (2, "", line)
    assert [*tmp_path.glob("a.*")] == []


def test_a_copy_that_cannot_be_written_leaves_nothing_and_is_one_line(capsys, draft, opened, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(proofread_copies, "write_whole", full)
    path = draft()
    code, _, err = ended(capsys, path, "--open")
    assert (code, err) == (2, "“草 稿（校核）.html”：无法写入（No space left on device），应为可以写入的文件\n")
    assert (opened, [*path.parent.iterdir()]) == ([], [path])


def test_where_no_program_opens_the_copy_it_stays_and_a_line_names_it(capsys, draft, monkeypatch):
    monkeypatch.setattr(proofread_copies.shutil, "which", lambda name: None)
    path = draft()
    code, _, err = ended(capsys, path, "--open")
    assert (code, err) == (
        2,
        "“草 稿（校核）.html”：没有能打开这类文件的程序，应为能打开这类文件的程序（也可自行打开）\n",
    )
    assert path.with_name("草 稿（校核）.html").exists()


def test_on_windows_the_system_opens_the_copy(capsys, draft, monkeypatch):
    found = []
    monkeypatch.setattr(proofread_copies.sys, "platform", "win32")
    monkeypatch.setattr(proofread_copies.os, "startfile", found.append, raising=False)
    path = draft(name="草 稿.docx")
    assert ended(capsys, path, "--open")[0] == 1
    assert found == [path.with_name("草 稿（校核）.docx")]


def test_elsewhere_the_desktop_opens_the_copy(draft, tmp_path, monkeypatch):
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/told"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    proofread_copies.open_file(draft())
    assert (tmp_path / "told").read_text() == str(draft())


def test_the_file_to_drop_drafts_on_is_one_that_windows_reads():
    attributes = subprocess.run(
        ["git", "check-attr", "eol", "proofread.cmd"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert attributes.stdout == "proofread.cmd: eol: crlf\n"
    lines = (ROOT / "proofread.cmd").read_bytes().decode("utf-8").splitlines()
    # Before the code page is that of UTF-8, and outside of what is said, there is ASCII only.
    assert lines[:2] == ["@echo off", "chcp 65001 >nul"]
    assert all(line.isascii() or line.startswith("  echo ") for line in lines)


def test_the_file_to_drop_drafts_on_calls_the_command_with_all_that_is_dropped(capsys, draft, opened):
    text = (ROOT / "proofread.cmd").read_bytes().decode("utf-8")
    (called,) = re.findall(r'^"%~dp0\.venv\\Scripts\\python\.exe" -m diaoyan\.cli (.*) %\*\r?$', text, re.MULTILINE)
    assert main([*called.split(), str(draft(SOUND)), str(draft(SOUND, "d.docx"))]) == 0
    assert len(opened) == 2
