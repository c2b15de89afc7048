"""A new edition is valid from the start, holds nothing of the other city, and stays within its folder."""

from datetime import date
from pathlib import Path

import pytest

from diaoyan.catalogue import languages
from diaoyan.checking import check, left_out
from diaoyan.cli import main
from diaoyan.edition import Edition
from diaoyan.faults import Faults
from diaoyan.inputs import chapter_names
from diaoyan.new_edition import NewEdition, is_name, make_edition
from diaoyan.recipes import recipe_of
from diaoyan.report import Report

NAMES = {"zh": "开封", "en": "Kaifeng"}


def kaifeng(**others) -> NewEdition:
    """What a newcomer asks for."""
    return NewEdition("kaifeng-2025", "anyang-2023", **{"names": NAMES, **others})


def fault_of(wanted: NewEdition, data: Path) -> str:
    """The lines that a refused edition ends with; nothing may be left behind."""
    before = sorted(path.as_posix() for path in data.parent.rglob("*"))
    with pytest.raises(Faults) as raised:
        make_edition(wanted, data, "zh")
    assert sorted(path.as_posix() for path in data.parent.rglob("*")) == before
    return str(raised.value)


def test_a_new_edition_has_no_faults_and_every_chapter_of_it_can_be_shown(folder):
    make_edition(kaifeng(), folder.path, "zh")
    check("kaifeng-2025", folder.path)
    edition = Edition.load("kaifeng-2025", folder.path)
    assert (edition.meta["city"], edition.meta["as_of"]) == ("kaifeng", "2025-12-31")
    assert (edition.meta["base_year"], edition.meta["report_year"]) == ("2020", "2024")
    assert edition.meta["peers"] == ["henan", "china"]
    for language in languages(folder.path):
        report = Report(edition, language)
        assert all(report.outputs(chapter, pictures=False) for chapter in chapter_names())


def test_nothing_of_the_other_city_is_carried_over(folder):
    make_edition(kaifeng(), folder.path, "zh")
    own = folder.path / "editions" / "kaifeng-2025"
    for path in sorted(own.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert "安阳" not in text
            assert "anyang" not in text.lower()
    for name in ("observations", "claims", "items", "problems", "visits", "policies", "numerals"):
        assert len((own / f"{name}.csv").read_text(encoding="utf-8").splitlines()) == 1
    charts = (own / "charts.csv").read_text(encoding="utf-8")
    assert "china henan kaifeng" in charts
    assert "2018" not in charts


def test_charts_of_the_city_come_with_its_figures_and_are_named_until_then(folder):
    make_edition(kaifeng(), folder.path, "zh")
    own = folder.path / "editions" / "kaifeng-2025"

    def shown() -> list[str]:
        report = Report(Edition.load("kaifeng-2025", folder.path), "zh")
        outputs = (output for chapter in chapter_names() for output in report.outputs(chapter, pictures=False))
        return [output.about["name"] for output in outputs if output.about["kind"] == "chart"]

    assert shown() == []
    waiting = [line for line in left_out("kaifeng-2025", folder.path) if "left out: the chart" in line]
    named = (own / "charts.csv").read_text(encoding="utf-8").count("kaifeng")
    assert named > 0
    assert len(waiting) >= named
    with (own / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("rd_intensity,kaifeng,2022,first_published,1.2,%,,kaifeng-2025,正文,,\n")
    assert "chart-outlook-intensity-over-time" in shown()


@pytest.mark.parametrize(("language", "words"), [("zh", "待办事项"), ("en", "to do")])
def test_what_is_to_be_done_is_told_and_left_in_the_folder_in_the_language_asked_for(folder, capsys, language, words):
    names = ["--name-zh", "开封", "--name-en", "Kaifeng", "--lang", language, "--data", str(folder.path)]
    assert main(["new", "kaifeng-2025", "--from", "anyang-2023", *names]) == 0
    said = capsys.readouterr().out
    assert said == (folder.path / "editions" / "kaifeng-2025" / "TODO.md").read_text(encoding="utf-8")
    assert said.startswith(f"# kaifeng-2025{'：' if language == 'zh' else ': '}{words}\n")
    steps = [line for line in said.splitlines() if line.startswith("- [ ] ")]
    assert len(steps) == 10
    assert "2020" in steps[3]
    assert {"zh": "高新技术企业", "en": "high-tech enterprises"}[language] in steps[3]


def test_years_a_known_city_and_another_province_can_be_chosen(folder):
    wanted = NewEdition("nanjing-2024", "anyang-2023", "", {"zh": "南京", "en": "Nanjing"}, "jiangsu", "2022", "2019")
    make_edition(wanted, folder.path, "en")
    edition = Edition.load("nanjing-2024", folder.path)
    assert (edition.meta["base_year"], edition.meta["report_year"]) == ("2019", "2022")
    assert edition.meta["peers"] == ["jiangsu", "china"]
    assert "Jiangsu" in "".join(row["title_en"] for row in edition.tables["charts"])
    make_edition(NewEdition("anyang-2024", "anyang-2023"), folder.path, "zh")
    assert Edition.load("anyang-2024", folder.path).tables["areas"].by_key()["anyang"]["name_zh"] == "安阳"


BAD_IDS = ["../kaifeng-2025", "/etc/kaifeng-2025", "kaifeng", "kaifeng-25", "Kaifeng-2025", "", "a/b-2025"]


@pytest.mark.parametrize("id", BAD_IDS)
def test_ids_that_lead_elsewhere_or_have_no_year_are_refused(folder, id):
    expected = "a name such as kaifeng-2025: a city in small letters and the year of the report"
    found = fault_of(NewEdition(id, "anyang-2023", names=NAMES), folder.path)
    assert found == f"edition: found {id!r}, expected {expected}"


def test_a_folder_that_is_there_and_a_link_to_nowhere_are_not_overwritten(folder, tmp_path):
    expected = "data/editions/{}: found something there already, expected a new name"
    assert fault_of(NewEdition("anyang-2023", "anyang-2023"), folder.path) == expected.format("anyang-2023")
    (folder.path / "editions" / "kaifeng-2025").symlink_to(tmp_path / "nowhere")
    assert fault_of(kaifeng(), folder.path) == expected.format("kaifeng-2025")


def test_what_cannot_be_is_one_line_each(folder):
    found = fault_of(NewEdition("kaifeng-2025", "kaifeng-1999"), folder.path)
    assert found == "--from: found 'kaifeng-1999', expected one of anyang-2023"
    assert fault_of(kaifeng(names={"zh": "开封"}), folder.path) == (
        "--city: found a city that no table knows, 'kaifeng', expected its names: --name-en"
    )
    assert fault_of(kaifeng(parent="asia"), folder.path).startswith("--parent: found 'asia', expected one of beijing, ")
    assert fault_of(kaifeng(report_year="24"), folder.path) == "--report-year: found '24', expected a year such as 2024"
    assert fault_of(kaifeng(parent="anyang"), folder.path).startswith("--parent: found 'anyang', expected one of ")


THIS_YEAR = date.today().year


@pytest.mark.parametrize(
    ("id", "years", "line"),
    [
        ("kaifeng-1978", {}, f"edition: found 'kaifeng-1978', expected a year from 1979 to {THIS_YEAR + 1} at the end"),
        ("kaifeng-2203", {}, f"edition: found 'kaifeng-2203', expected a year from 1979 to {THIS_YEAR + 1} at the end"),
        ("kaifeng-2025", {"report_year": "2026"}, "--report-year: found '2026', expected a year from 2015 to 2025"),
        ("kaifeng-2025", {"report_year": "2014"}, "--report-year: found '2014', expected a year from 2015 to 2025"),
        ("kaifeng-2025", {"base_year": "2024"}, "--base-year: found '2024', expected a year from 1900 to 2023"),
        ("kaifeng-2025", {"base_year": "1899"}, "--base-year: found '1899', expected a year from 1900 to 2023"),
    ],
)
def test_years_that_cannot_be_are_one_line(folder, id, years, line):
    assert fault_of(NewEdition(id, "anyang-2023", names=NAMES, **years), folder.path) == line


@pytest.mark.parametrize(
    ("id", "years", "made"),
    [
        ("kaifeng-1979", {}, ("1974", "1978")),
        (f"kaifeng-{THIS_YEAR + 1}", {}, (f"{THIS_YEAR - 4}", f"{THIS_YEAR}")),
        ("kaifeng-2025", {"report_year": "2015"}, ("2011", "2015")),
        ("kaifeng-2025", {"report_year": "2025"}, ("2021", "2025")),
        ("kaifeng-2025", {"base_year": "2023"}, ("2023", "2024")),
        ("kaifeng-2025", {"base_year": "1900"}, ("1900", "2024")),
    ],
)
def test_years_just_within_are_taken(folder, id, years, made):
    make_edition(NewEdition(id, "anyang-2023", names=NAMES, **years), folder.path, "zh")
    meta = Edition.load(id, folder.path).meta
    assert (meta["base_year"], meta["report_year"]) == made


def test_the_id_of_an_edition_that_a_recipe_makes_is_refused_and_the_next_year_is_not(folder):
    found = fault_of(NewEdition("henan-2023", "anyang-2023"), folder.path)
    assert found == "edition: found an id that the recipe provinces makes 'henan-2023', expected another id"
    assert recipe_of("henan-2024", folder.path) == ""


@pytest.mark.parametrize(
    ("language", "name"), [("zh", "<script>alert(1)</script>"), ("en", "Kai\nfeng"), ("en", "A" * 41)]
)
def test_names_with_more_than_letters_are_refused(folder, language, name):
    found = fault_of(kaifeng(names=NAMES | {language: name}), folder.path)
    assert found.startswith(f"--name-{language}: found ")
    assert found.endswith(", expected letters, blanks and hyphens, at most 40")
    assert "\n" not in found


@pytest.mark.parametrize("name", ["开封", "Xi'an", "Ürümqi", "A" * 40, "兴安盟·东"])
def test_names_of_letters_are_taken(name):
    assert is_name(name)


@pytest.mark.parametrize(
    ("arguments", "language", "line"),
    [
        (["henan-2023"], "zh", "“edition”：“henan-2023”由provinces自动生成，应为别的标识"),
        (
            ["henan-2023"],
            "en",
            "edition: found an id that the recipe provinces makes “henan-2023”, expected another id",
        ),
        (["kaifeng-2025"], "zh", "“--city”：各表中都没有的城市“kaifeng”，应为填写名称：--name-zh, --name-en"),
        (["anyang-2025", "--base-year", "2024"], "zh", "“--base-year”：填的是“2024”，应为1900年至2023年之间的年份"),
        (
            ["anyang-2025", "--name-zh", "<b>"],
            "zh",
            "“--name-zh”：填的是“<b>”，应为文字，可以有空格和连字符，最多40个字符",
        ),
    ],
)
def test_what_is_refused_is_told_in_the_language_asked_for(folder, capsys, arguments, language, line):
    options = ["--from", "anyang-2023", "--lang", language, "--data", str(folder.path)]
    assert main(["new", *arguments, *options]) == 1
    said = capsys.readouterr().err
    assert said.startswith(line)
    assert said.count("\n") == 1
