"""A chapter executed: the same bytes every time, and one line when it fails."""

import json
import os

import nbformat
import pytest

from diaoyan import refresh as refreshing
from diaoyan.execute import ChapterFailed, ChapterFaults, execute, write_notebook
from diaoyan.paths import CHAPTERS
from diaoyan.refresh import refresh

PARAMETERS = 'edition: str = "anyang-2023"  # 哪一期\nlang: str = "zh"  # zh 或 en'


@pytest.fixture
def chapter(tmp_path):
    """Writes a chapter of a parameters cell and the given cells."""

    def write(*cells, parameters=PARAMETERS):
        path = tmp_path / "chapters" / "summary.ipynb"
        path.parent.mkdir(exist_ok=True)
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in (parameters, *cells)],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        )
        notebook.cells[0].metadata["tags"] = ["parameters"]
        nbformat.write(notebook, path)
        return path

    return write


def test_a_chapter_executed_twice_gives_the_same_bytes(chapter, tmp_path):
    # The order of a set of words is another in each process unless it is fixed.
    source = chapter("print(edition, lang, {'研发', '专利', '企业', '平台', '人才'})")
    for name in ("first", "second"):
        executed = execute(source, {"edition": "anyang-2023", "lang": "en"})
        write_notebook(executed, tmp_path / f"{name}.ipynb")
    first, second = ((tmp_path / f"{name}.ipynb").read_bytes() for name in ("first", "second"))
    assert b"anyang-2023 en {" in first
    assert first == second


def test_values_stand_in_the_parameters_cell_and_its_comments_stay(chapter):
    executed = execute(chapter("lang"), {"lang": "en"})
    assert executed.cells[0].source == PARAMETERS.replace('"zh"', '"en"')
    assert executed.cells[1].outputs[0].data["text/plain"] == "'en'"
    assert len(executed.cells) == 2


def test_a_value_after_chinese_characters_is_found_at_its_place(chapter):
    parameters = "名称: str = '安阳'; lang: str = 'zh'  # 语言"
    executed = execute(chapter("lang", parameters=parameters), {"lang": "en"})
    assert executed.cells[0].source == "名称: str = '安阳'; lang: str = \"en\"  # 语言"


def test_no_time_path_or_version_is_left_in_an_executed_chapter(chapter, tmp_path):
    write_notebook(execute(chapter("1 + 1"), {}), tmp_path / "out.ipynb")
    text = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    stored = json.loads(text)
    assert text.endswith("}\n")
    assert "papermill" not in text
    assert str(tmp_path) not in text
    assert "version" not in stored["metadata"]["language_info"]
    assert [cell["metadata"] for cell in stored["cells"]] == [{"tags": ["parameters"]}, {}]


def test_cells_without_ids_get_them_by_place(chapter):
    source = chapter("1")
    stored = json.loads(source.read_bytes())
    for cell in stored["cells"]:
        del cell["id"]
    source.write_text(json.dumps({**stored, "nbformat_minor": 4}))
    assert [cell.id for cell in execute(source, {}).cells] == ["cell-1", "cell-2"]


def test_an_exception_in_a_chapter_is_one_line(chapter):
    with pytest.raises(ChapterFailed) as failure:
        execute(chapter("raise ValueError('first line\\nno such year')"), {})
    assert str(failure.value) == "ValueError: no such year"


def test_faults_found_by_a_chapter_are_shown_as_they_are(chapter):
    source = chapter(
        "from diaoyan.faults import Fault, Faults\n"
        "raise Faults([Fault('a.csv', 2, 'value', \"'x'\", 'a number'),"
        " Fault('b.csv', 0, '', 'nothing', 'a file')])"
    )
    with pytest.raises(ChapterFaults) as failure:
        execute(source, {})
    assert str(failure.value).splitlines() == [
        "a.csv:2:value: found 'x', expected a number",
        "b.csv: found nothing, expected a file",
    ]


def test_a_parameter_the_chapter_does_not_have_is_named(chapter):
    with pytest.raises(ChapterFaults, match=r"^summary.ipynb: found no parameter language, expected"):
        execute(chapter("1"), {"language": "en"})


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    source = tmp_path / "summary.ipynb"
    source.write_text("<html>")
    with pytest.raises(ChapterFaults, match=r"^summary.ipynb: found no notebook, expected one$"):
        execute(source, {})


def test_refreshing_twice_changes_nothing_the_second_time(chapter, monkeypatch, capsys):
    source = chapter("print(edition)")
    monkeypatch.setattr(refreshing, "CHAPTERS", source.parent)
    refresh()
    assert capsys.readouterr().out.startswith("[1/1] summary  changed  ")
    assert "anyang-2023\\n" in source.read_text(encoding="utf-8")
    refresh(["summary"])
    assert capsys.readouterr().out.startswith("[1/1] summary  unchanged  ")


def test_a_chapter_that_fails_keeps_what_it_had(chapter, monkeypatch):
    source = chapter("1 / 0")
    before = source.read_bytes()
    monkeypatch.setattr(refreshing, "CHAPTERS", source.parent)
    with pytest.raises(ChapterFailed, match=r"^ZeroDivisionError: division by zero$"):
        refresh()
    assert source.read_bytes() == before


def test_executing_a_chapter_leaves_the_environment_as_it_was():
    before = dict(os.environ)
    execute(CHAPTERS / "reproduce.ipynb", {})
    assert dict(os.environ) == before
