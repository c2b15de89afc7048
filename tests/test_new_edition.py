"""A new edition is valid from the start, holds nothing of the other city, and stays within its folder."""

from pathlib import Path

import pytest

from diaoyan.catalogue import languages
from diaoyan.checking import check, left_out
from diaoyan.cli import main
from diaoyan.edition import Edition
from diaoyan.faults import Faults
from diaoyan.inputs import chapter_names
from diaoyan.new_edition import NewEdition, make_edition
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
    assert found == "from: found 'kaifeng-1999', expected one of anyang-2023"
    assert fault_of(kaifeng(names={"zh": "开封"}), folder.path) == (
        "city: found a city that no table knows, 'kaifeng', expected its names: --name-en"
    )
    assert fault_of(kaifeng(parent="asia"), folder.path).startswith("parent: found 'asia', expected one of beijing, ")
    assert fault_of(kaifeng(report_year="24"), folder.path) == "report-year: found '24', expected a year such as 2024"
    assert "a year not after the report's day 2025-12-31" in fault_of(kaifeng(report_year="2026"), folder.path)
    assert "a year before 2024" in fault_of(kaifeng(base_year="2024"), folder.path)
