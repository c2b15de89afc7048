"""Editions made from a recipe: all provinces of a year, with what two indicators allow."""

import csv
import json
import re
import shutil

import pytest

from diaoyan.checking import check
from diaoyan.edition import Edition
from diaoyan.edition_folders import edition_ids, known_ids, made_editions
from diaoyan.faults import Faults
from diaoyan.markup_check import plain
from diaoyan.paths import DATA
from diaoyan.recipes import called
from diaoyan.report import Report


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A copy of all data, whose recipes make their editions beside it."""
    path = tmp_path_factory.mktemp("project") / "data"
    shutil.copytree(DATA, path)
    return path


def said_of(edition, data, chapter, language="zh"):
    """The words of a chapter."""
    outputs = Report(Edition.load(edition, data), language).outputs(chapter, pictures=False)
    lines = [line for output in outputs for line in output.data.get("text/markdown", "").splitlines()]
    return "\n".join(plain(line) for line in lines if line.strip() and not line.startswith("|"))


def test_a_year_has_an_edition_for_each_province(data):
    made = called("provinces/2023", data)
    assert len(made) == len(set(made)) == 31
    assert {"henan-2023", "beijing-2023", "tibet-2023"} < set(made)


def test_all_years_have_372(data):
    assert len(set(called("provinces", data))) == 31 * 12


def test_what_is_made_is_known_and_not_stored(data):
    called("provinces/2022", data)
    assert "henan-2022" in known_ids(data)
    assert "henan-2022" not in edition_ids(data)


def test_a_fault_of_a_made_edition_names_the_file_that_was_made(data):
    called("provinces/2022", data)
    path = made_editions(data) / "henan-2022" / "edition.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("peers: [china]", "peers: [asia]"), encoding="utf-8")
    with pytest.raises(Faults) as raised:
        check("henan-2022", data)
    path.write_text(text, encoding="utf-8")
    line = text.splitlines().index("peers: [china]") + 1
    place = f"_build/editions/henan-2022/edition.yml:{line}:peers"
    assert str(raised.value) == f"{place}: found 'asia', expected a row of areas"


@pytest.mark.parametrize("edition", ["beijing-2012", "tibet-2012", "henan-2023", "inner-mongolia-2020"])
def test_an_edition_has_no_faults_in_its_first_and_last_years(data, edition):
    called(f"provinces/{edition[-4:]}", data)
    check(edition, data)


def test_a_book_says_level_change_gap_share_and_place_and_leaves_out_other_chapters(data):
    called("provinces/2023", data)
    # 2.05 − 1.86 = 0.19; 2.65 − 2.05 = 0.60; 1211.7 ÷ 1143.3 − 1 = 6.0 %; 1211.7 ÷ 33357.1 = 3.6 %.
    assert Edition.load("henan-2023", data).chapters == ["summary", "outlook", "data", "reproduce"]
    said = said_of("henan-2023", data, "summary")
    assert "2023年为2.05%，比2022年提高0.19个百分点" in said
    assert "低于全国0.60个百分点，居全国第17位" in said
    assert "2023年为1211.7亿元，占全国的3.6%" in said
    assert "没有" not in said


def test_provinces_with_the_same_rate_share_their_place(data):
    called("provinces/2022", data)
    # Liaoning and Sichuan had 2.14 in 2022, behind twelve others: the last of them Hubei with 2.33.
    assert "并列居全国第13位" in said_of("liaoning-2022", data, "summary")
    assert "并列" not in said_of("henan-2022", data, "summary")
    assert "tied at rank 13 in the nation" in said_of("sichuan-2022", data, "summary", "en")
    sichuan = Edition.load("sichuan-2022", data)
    for language, said in (("zh", "四川为2.14%，并列第13位"), ("en", "Sichuan, at 2.14%, is tied at number 13")):
        (ranking,) = Report(sichuan, language).charts("outlook-distance")
        assert said in ranking.alt


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_province_is_held_against_the_nation_only_in_every_word_of_its_book(data, language):
    called("provinces/2023", data)
    report = Report(Edition.load("henan-2023", data), language)
    said = "".join(
        json.dumps(output.about, ensure_ascii=False) + output.data.get("text/markdown", "")
        for chapter in ("summary", "outlook")
        for output in report.outputs(chapter, pictures=False)
    )
    assert {"zh": "与全国相比", "en": "Against the nation"}[language] in said
    assert not re.search(
        {"zh": "全省|差距测算", "en": "[Tt]he province |province and|What it would take"}[language], said
    )


def test_a_place_is_that_among_all_provinces(data):
    with (data / "benchmarks" / "observations.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    of_year = [
        float(row["value"])
        for row in rows
        if (row["indicator"], row["period"], row["vintage"]) == ("rd_intensity", "2023", "first_published")
        and row["area"] != "china"
    ]
    assert len(of_year) == 31
    assert sum(value > 2.05 for value in of_year) == 16


def test_made_again_an_edition_keeps_its_files_and_loses_strange_ones(data):
    called("provinces/2021", data)
    folder = made_editions(data) / "henan-2021"
    before = (folder / "edition.yml").stat().st_mtime_ns
    (folder / "stray.csv").write_text("x", encoding="utf-8")
    (folder / "charts.csv").write_text("x", encoding="utf-8")
    called("provinces/2021", data)
    assert (folder / "edition.yml").stat().st_mtime_ns == before
    assert not (folder / "stray.csv").exists()
    assert (folder / "charts.csv").read_text(encoding="utf-8") != "x"


@pytest.mark.parametrize("year", ["2011", "2024", "x", "2023/1"])
def test_a_year_without_data_is_a_fault(data, year):
    with pytest.raises(Faults, match="expected a year from 2012 to 2023"):
        called(f"provinces/{year}", data)


@pytest.mark.parametrize("name", ["anyang-2023", "../provinces", "provinces..", "", "/etc"])
def test_other_names_are_left_to_be_found_as_editions(data, name):
    assert called(name, data) == [name]


def test_a_recipe_never_takes_the_place_of_a_stored_edition(data):
    shutil.copytree(data / "editions" / "anyang-2023", data / "editions" / "hebei-2019")
    with pytest.raises(Faults, match="'hebei-2019' of a stored edition"):
        called("provinces/2019", data)
    shutil.rmtree(data / "editions" / "hebei-2019")


@pytest.mark.parametrize("written", ["id: x\n", "- a\n", "id: x\nlevel: province\nyears: {first: a, last: 2}\n"])
def test_a_broken_recipe_is_one_line(data, written):
    recipe = data / "recipes" / "provinces" / "recipe.yml"
    before = recipe.read_text(encoding="utf-8")
    recipe.write_text(written, encoding="utf-8")
    try:
        with pytest.raises(Faults, match=r"^data/recipes/provinces/recipe.yml: ?.*found .*, expected .*$"):
            called("provinces/2023", data)
    finally:
        recipe.write_text(before, encoding="utf-8")


@pytest.mark.parametrize(
    "id", ["../../..", "..", "<area>/../../../x", "/<area>-<year>", "<area>-<year>/", "", "<name_zh>"]
)
def test_a_recipe_makes_nothing_elsewhere_and_removes_nothing_there(data, id):
    recipe = data / "recipes" / "provinces" / "recipe.yml"
    before = recipe.read_text(encoding="utf-8")
    recipe.write_text(f"id: '{id}'\nlevel: province\nyears: {{first: 2023, last: 2023}}\n", encoding="utf-8")
    there = set(data.parent.rglob("*"))
    try:
        with pytest.raises(Faults) as raised:
            called("provinces/2023", data)
    finally:
        recipe.write_text(before, encoding="utf-8")
    found = str(raised.value)
    assert found.startswith("data/recipes/provinces/recipe.yml:id: found '")
    assert found.endswith("', expected an id such as henan-2023 for every area and year")
    assert set(data.parent.rglob("*")) == there


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (
            "../../x,province,china,,x,x\n",
            "recipes/provinces/recipe.yml:id: found '../../x-2023', expected an id such as",
        ),
        ("x,province\n", "areas.csv:34: found 2 cells, expected 6 cells"),
        ("x,province,china,,x,x,,,\n", "areas.csv:34: found 9 cells, expected 6 cells"),
    ],
)
def test_an_area_that_leads_elsewhere_or_is_none_is_one_line(data, row, found):
    areas = data / "areas.csv"
    before = areas.read_text(encoding="utf-8")
    areas.write_text(before + row, encoding="utf-8")
    try:
        with pytest.raises(Faults) as raised:
            called("provinces/2023", data)
    finally:
        areas.write_text(before, encoding="utf-8")
    assert str(raised.value).startswith(f"data/{found}")
    assert "\n" not in str(raised.value)


def test_a_book_leads_to_no_chapter_that_it_does_not_have(data):
    called("provinces/2023", data)
    report = Report(Edition.load("henan-2023", data), "zh")
    for chapter in report.edition.chapters:
        outputs = report.outputs(chapter, pictures=False)
        shown = "".join(json.dumps(output.about) + output.data.get("text/markdown", "") for output in outputs)
        # The command that runs a chapter by hand names notebooks too.
        pages = set(re.findall(r"[\"(]([a-z_]+)\.ipynb", shown))
        assert pages <= {*report.edition.chapters}, chapter
