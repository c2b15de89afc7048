"""What a chapter reads is what it declares; anything else is a fault, for it would not be executed again."""

import pytest

from diaoyan.chapter_reads import RUNNING, ChapterReads, check_declarations, reads_of
from diaoyan.edition import Edition
from diaoyan.edition_folders import edition_ids
from diaoyan.faults import Faults
from diaoyan.inputs import chapter_names
from diaoyan.recipes import called
from diaoyan.report import open_report

EDITIONS = [*edition_ids(), "henan-2023"]


@pytest.fixture(scope="module", autouse=True)
def made_by_recipe():
    called("provinces/2023")


@pytest.fixture
def declared(tmp_path):
    """Declarations written anew for two chapters; gives their folder."""
    for name in ("data", "summary"):
        (tmp_path / f"{name}.ipynb").touch()

    def write(text):
        (tmp_path / "reads.yml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_chapter_of_every_edition_reads_only_what_it_declares(edition, language, monkeypatch):
    for chapter in Edition.load(edition).chapters:
        monkeypatch.setenv(RUNNING, chapter)
        assert open_report(edition, language).outputs(chapter, pictures=False)


@pytest.mark.parametrize("chapter", chapter_names())
def test_every_table_and_text_that_a_chapter_declares_for_itself_is_read_in_some_edition(chapter, monkeypatch):
    tables, texts = set(), set()
    check_table, check_text = ChapterReads.check_table, ChapterReads.check_text
    monkeypatch.setattr(ChapterReads, "check_table", lambda reads, name: tables.add(name) or check_table(reads, name))
    monkeypatch.setattr(ChapterReads, "check_text", lambda reads, name: texts.add(name) or check_text(reads, name))
    monkeypatch.setenv(RUNNING, chapter)
    for edition in EDITIONS:
        if chapter in Edition.load(edition).chapters:
            open_report(edition, "zh").outputs(chapter, pictures=False)
    declared = reads_of(chapter)
    assert declared.tables - reads_of("a-new-chapter").tables <= tables
    assert declared.all_texts == bool(texts - {chapter})


def test_a_table_that_a_chapter_does_not_declare_cannot_be_read(monkeypatch):
    monkeypatch.setenv(RUNNING, "achievements")
    tables = Edition.load("anyang-2023").tables
    assert len(tables["policies"])
    with pytest.raises(Faults) as found:
        tables["visits"]
    assert str(found.value) == (
        "chapters/reads.yml:achievements: found a read of the table visits, expected it among the tables"
    )


def test_the_text_of_another_chapter_can_be_read_only_where_that_is_declared(monkeypatch):
    monkeypatch.setenv(RUNNING, "achievements")
    report = open_report("anyang-2023", "zh")
    assert report.text("achievements").blocks
    with pytest.raises(Faults) as found:
        report.text("problems")
    assert str(found.value) == (
        "chapters/reads.yml:achievements: found a read of the text of problems, expected texts: all"
    )
    monkeypatch.setenv(RUNNING, "summary")
    assert open_report("anyang-2023", "zh").text("problems").blocks


def test_a_chapter_that_declares_nothing_reads_what_all_read():
    assert "observations" in reads_of("a-new-chapter").tables
    assert "visits" not in reads_of("a-new-chapter").tables
    assert not reads_of("a-new-chapter").all_texts


def test_outside_of_a_build_everything_can_be_read(monkeypatch):
    monkeypatch.delenv(RUNNING, raising=False)
    assert {"visits", "policies", "numerals"} <= {*Edition.load("anyang-2023").tables}
    assert len(Edition.load("anyang-2023").tables["visits"])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tables: [visit]\nchapters: {}\n", "tables.0"),
        ("tables: []\n", ""),
        ("tables: []\nchapters: {summary: {table: []}}\n", "chapters.summary"),
        ("tables: []\nchapters: {summary: {texts: own}}\n", "chapters.summary.texts"),
    ],
)
def test_a_declaration_that_cannot_be_meant_is_a_fault_with_its_place(declared, text, place):
    with pytest.raises(Faults) as found:
        reads_of("summary", declared(text))
    (fault,) = found.value.faults
    assert (fault.file, fault.column) == ("chapters/reads.yml", place)


def test_declarations_for_a_chapter_that_is_not_there_are_a_fault(declared):
    folder = declared("tables: []\nchapters: {data: {}, sumary: {tables: [visits]}}\n")
    with pytest.raises(Faults) as found:
        check_declarations(folder)
    assert str(found.value) == "chapters/reads.yml:chapters: found 'sumary', expected one of data, summary"
    check_declarations(declared("tables: []\nchapters: {data: {}, summary: {tables: [visits]}}\n"))


def test_declarations_are_taken_as_they_stand(declared):
    reads = reads_of("summary", declared("tables: [areas]\nchapters: {summary: {tables: [visits], texts: all}}\n"))
    assert (reads.tables, reads.all_texts) == ({"areas", "visits"}, True)
