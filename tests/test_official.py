"""The formal document made by command and by the build: what can be made is there, what cannot is one line."""

from contextlib import nullcontext

import pytest
from conftest import ANYANG

from diaoyan import build, cli, font_files, fonts, last_build, official, official_record, warm_jobs
from diaoyan.inputs import official_inputs
from diaoyan.official_record import FAULT, FONTS, complaints, write_record


@pytest.fixture
def workshop(tmp_path, monkeypatch, executed):
    """A build folder of its own with the real parts executed; gives the folder."""
    for module in (official_record, build):
        monkeypatch.setattr(module, "BUILD", tmp_path)
    monkeypatch.setattr(official, "executed_folder", lambda edition, language: executed[language])
    return tmp_path


@pytest.fixture
def without_fandol(monkeypatch):
    """A machine that lacks the default fonts."""
    found = {"Noto": fonts.find_font("NotoS*CJK-Regular.ttc")}
    monkeypatch.setattr(fonts, "find_font", lambda name: found.get(name[:4]))


def run_job(folder):
    """The build's job for the Chinese document; gives its exit code and what was recorded."""
    record = folder / "official" / ANYANG / "zh" / "record.txt"
    return official.main([ANYANG, "zh", str(record)]), record.read_text(encoding="utf-8")


def names(folder):
    """The files of a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_the_command_writes_both_files(workshop, capsys):
    target = workshop / "out"
    arguments = ["official", ANYANG, "--lang", "en", "--signed-by", "A", "--printed", "2024-01-02"]
    assert cli.main([*arguments, "--output", str(target)]) == 0
    assert names(target) == ["official.docx", "official.pdf"]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "edition: found 'nowhere', expected one of "),
        ([ANYANG, "--printed", "soon"], "--printed: found 'soon', expected a day such as 2023-10-25"),
        ([ANYANG, "--lang", "fr"], "diaoyan official: argument --lang: invalid choice: 'fr'"),
        ([ANYANG, "--fonts", "arial"], "diaoyan official: argument --fonts: invalid choice: 'arial'"),
    ],
)
def test_what_is_wrong_with_a_command_is_one_line(workshop, capsys, arguments, said):
    try:
        code = cli.main(["official", *arguments, "--output", str(workshop / "out")])
    except SystemExit as ended:
        code = ended.code
    assert code == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(said)


def test_founder_fonts_that_are_not_there_are_one_line_and_the_word_file_is_made(workshop, capsys, monkeypatch):
    # Nothing but what Typst brings.
    monkeypatch.setattr(fonts.typst, "Fonts", lambda **_: type("None_", (), {"families": lambda self: []})())
    code = cli.main(["official", ANYANG, "--fonts", "founder", "--output", str(workshop / "out")])
    (line,) = capsys.readouterr().err.splitlines()
    assert code == 1
    assert line.startswith("--fonts: found no FZXiaoBiaoSong-B05S on this machine, expected the font to be installed")
    assert names(workshop / "out") == ["official.docx"]


def test_founder_fonts_are_taken_by_either_name(monkeypatch):
    there = ["FZXiaoBiaoSong-B05", "FZFangSong-Z02S", "FZHei-B01", "FZKai-Z03", "FZShuSong-Z01S", "Noto Sans CJK SC"]
    monkeypatch.setattr(fonts.typst, "Fonts", lambda **_: type("Some", (), {"families": lambda self: there})())
    families = fonts.font_set("founder").families
    assert families["title"] == ("FZXiaoBiaoSong-B05", "Noto Sans CJK SC")
    assert families["body"] == ("FZFangSong-Z02S", "Noto Sans CJK SC")


def test_the_build_makes_both_files_and_has_nothing_to_say(workshop):
    assert run_job(workshop) == (0, "")
    assert names(official_record.official_folder(ANYANG, "zh")) == ["official.docx", "official.pdf"]


def test_a_machine_without_the_fonts_still_gets_the_word_file(workshop, without_fandol):
    code, said = run_job(workshop)
    assert code == 0
    assert said == ("fonts\tofficial.pdf: found no Fandol fonts, expected those of the package texlive-lang-chinese\n")
    assert names(official_record.official_folder(ANYANG, "zh")) == ["official.docx"]


def test_a_fault_leaves_no_stale_file_and_is_recorded(workshop, monkeypatch, parts):
    assert run_job(workshop) == (0, "")
    folder = parts(problems={"problems": "# 问题\n\n缺🧿。"})
    monkeypatch.setattr(official, "executed_folder", lambda edition, language: folder)
    code, said = run_job(workshop)
    assert code == 0
    assert said.startswith(f"fault\tdata/editions/{ANYANG}/text/zh/problems.md:1:problems: found '🧿' (U+1F9FF), ")
    assert names(official_record.official_folder(ANYANG, "zh")) == ["official.docx"]


def test_complaints_are_told_apart_and_told_once(workshop):
    for language, kind, lines in [("zh", FAULT, ["one", "two"]), ("en", FONTS, ["fonts"])]:
        record = official_record.official_record(ANYANG, language)
        record.parent.mkdir(parents=True)
        write_record(record, kind, lines)
    everything = ([ANYANG, "unbuilt", ANYANG], ["zh", "en"])
    assert complaints(*everything, FAULT) == ["one", "two"]
    assert complaints(*everything, FONTS) == ["fonts"]
    assert complaints([ANYANG], ["en"], FAULT) == []


@pytest.mark.parametrize(("kind", "code"), [(FAULT, 1), (FONTS, 0)])
def test_a_build_ends_with_what_could_not_be_made(workshop, monkeypatch, capsys, kind, code):
    record = official_record.official_record(ANYANG, "zh")
    record.parent.mkdir(parents=True)
    write_record(record, kind, ["why"])
    monkeypatch.setattr(warm_jobs, "warm_jobs", nullcontext)
    monkeypatch.setattr(build, "build", lambda *asked: "built")
    monkeypatch.setattr(build, "print_faults", lambda edition, language: [])
    monkeypatch.setattr(last_build, "RECORD", workshop / "last-build.txt")
    assert build.main([ANYANG, "--lang", "zh"]) == code
    assert capsys.readouterr().err == "why\n"
    # Whoever asks for the document alone has nothing without it.
    assert build.main([ANYANG, "--lang", "zh", "--only", "official"]) == 1
    assert capsys.readouterr().err == "why\n"
    assert build.main([ANYANG, "--lang", "zh", "--only", "html"]) == 0
    assert capsys.readouterr().err == ""


def test_texts_words_and_layout_make_it_anew():
    inputs = official_inputs(ANYANG, "zh")
    for path in (
        f"data/editions/{ANYANG}/edition.yml",
        f"data/editions/{ANYANG}/text/zh/problems.md",
        "data/catalogue/zh.yml",
        "scripts/diaoyan/official_docx.py",
        "scripts/diaoyan/templates/official/official.typ",
        "scripts/diaoyan/templates/official/docx/word/styles-zh.xml",
    ):
        assert path in inputs
    assert [path for path in inputs if "/en" in path or "chart" in path] == []


def test_fonts_unpacked_by_setting_up_come_before_the_systems(tmp_path, monkeypatch):
    (tmp_path / "fandol").mkdir()
    own = tmp_path / "fandol" / font_files.FANDOL_FILES[0]
    own.write_bytes(b"")
    monkeypatch.setattr(font_files, "OWN_FONTS", tmp_path)
    assert font_files.find_font(own.name) == own
    assert font_files.find_font("No font of this name.otf") is None
