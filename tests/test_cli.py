"""The command line: what it prints, where to, and how it ends."""

import json
import subprocess
import sys

import pytest

from diaoyan.cli import main

AUDIT_KEYS = {"claim", "locator", "kind", "stated", "recomputed", "verdict"}


def test_an_edition_without_faults_is_said_to_be_so(folder, capsys):
    assert main(["check", "anyang-2023", "--data", str(folder.path)]) == 0
    assert capsys.readouterr() == ("anyang-2023: no faults\n", "")


def test_all_editions_are_checked_when_none_is_named(folder, capsys):
    assert main(["check", "--data", str(folder.path)]) == 0
    assert capsys.readouterr().out == "anyang-2023: no faults\n"


def test_faults_go_to_standard_error_one_line_each_with_exit_code_one(folder, capsys):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", "NaN")
    folder.change_cell("visits", "sitong-group", "kind", "shop")
    assert main(["check", "--data", str(folder.path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "data/editions/anyang-2023/observations.csv:8:value: found 'NaN', expected a number",
        "data/editions/anyang-2023/visits.csv:12:kind: found 'shop', "
        "expected one of enterprise, platform, public_service",
    ]


def test_a_fault_of_a_text_is_found_by_check(folder, capsys):
    text = folder.own("text/zh/problems.md")
    folder.replace(text, "研发经费逐年增加", "研发经费303万元逐年增加，{{ value('rd_intensity', area='asia') }}")
    folder.replace(folder.own("text/en/problems.md"), "Spending on R&D rises", "Spending on R&D {{ rises() }}")
    assert main(["check", "--data", str(folder.path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(
        "data/editions/anyang-2023/text/en/problems.md:17:17: found '{{ rises() }}', expected one of"
    )
    assert lines[1].startswith("data/editions/anyang-2023/text/zh/problems.md:17:5: found a figure typed in the text")


def test_a_placeholder_that_names_no_fact_is_found_by_check(folder, capsys):
    text = folder.own("text/zh/problems.md")
    folder.replace(text, "研发经费逐年增加", "研发经费{{ value('rd_intensity', 'base') }}逐年增加")
    assert main(["check", "--data", str(folder.path)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "data/editions/anyang-2023/text/zh/problems.md:17:5: found value('rd_intensity', 'base'), "
        "which names nothing: rd_intensity · anyang · 2018, expected a placeholder that names a fact"
    ]


def test_a_figure_published_later_is_a_fault_outside_the_sections_of_later_data(folder, capsys):
    text = folder.own("text/zh/problems.md")
    folder.replace(text, "研发经费逐年增加", "目标是{{ value('high_tech_enterprises', 'target') }}，研发经费逐年增加")
    assert main(["check", "--data", str(folder.path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(
        "data/editions/anyang-2023/text/zh/problems.md:17:4: found value('high_tech_enterprises'"
    )


def test_an_unknown_edition_is_one_line(capsys):
    assert main(["check", "kaifeng-1999"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("edition: found 'kaifeng-1999', expected one of anyang-2023")
    assert err.count("\n") == 1


def test_a_folder_without_editions_is_one_line(tmp_path, capsys):
    assert main(["check", "--data", str(tmp_path)]) == 1
    assert (
        capsys.readouterr().err == f"{tmp_path.as_posix()}: found no editions, expected a folder editions with some\n"
    )


def test_an_audit_as_data_has_every_claim_with_what_is_stated_and_what_comes_out(capsys):
    assert main(["audit", "anyang-2023", "--json"]) == 0
    audit = json.loads(capsys.readouterr().out)
    assert (audit["edition"], audit["vintage"], len(audit["claims"])) == ("anyang-2023", "first_published", 14)
    assert all(claim.keys() >= AUDIT_KEYS for claim in audit["claims"])
    claims = {claim["claim"]: claim for claim in audit["claims"]}
    doublings = claims["high-tech-enterprises-doublings"]
    assert (doublings["kind"], doublings["stated"], doublings["locator"]) == ("doublings", 2, "一（二）1")
    assert doublings["recomputed"] == pytest.approx(303 / 87)
    assert doublings["verdict"] == "overstated"
    assert doublings["rests_on"] == [f"obs-high-tech-enterprises-anyang-{year}" for year in (2022, 2018)]
    assert (claims["intensity-change"]["recomputed"], claims["intensity-change"]["missing"]) == (None, "base")


@pytest.mark.parametrize(("language", "recomputed"), [("zh", "5874家"), ("en", "5,874")])
def test_an_audit_shows_what_comes_out_as_the_report_would_print_it(capsys, language, recomputed):
    assert main(["audit", "zhengzhou-2025", "--lang", language]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [cells[3:] for cells in lines if cells[0] == "platforms-sum"] == [[recomputed, "holds"]]


def test_an_audit_in_the_latest_figures_has_other_gaps(capsys):
    assert main(["audit", "anyang-2023", "--json", "--vintage", "latest"]) == 0
    audit = json.loads(capsys.readouterr().out)
    verdicts = {claim["claim"]: claim["verdict"] for claim in audit["claims"]}
    assert audit["vintage"] == "latest"
    assert verdicts["intensity-gap-nation"] == verdicts["intensity-gap-province"] == "understated"


def test_an_audit_to_read_has_a_line_for_each_claim_and_one_for_the_verdicts(capsys):
    assert main(["audit", "anyang-2023", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 15
    assert lines[4] == "high-tech-enterprises-doublings\t一（二）1\tquadrupled (two doublings)\t3.48 times\toverstated"
    assert lines[-1] == "overstated 1, unit_missing 2, not_recomputable 5, holds 6"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["audit", "kaifeng-1999"], "edition: found 'kaifeng-1999', expected one of "),
        (
            ["audit", "anyang-2023", "--vintage", "newest"],
            "vintage: found 'newest', expected one of first_published, latest",
        ),
    ],
)
def test_an_audit_of_what_there_is_not_is_one_line(capsys, arguments, line):
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(line)


def test_refreshing_what_is_no_chapter_names_those_there_are(capsys):
    assert main(["refresh", "nosuch", "summary"]) == 1
    assert capsys.readouterr() == (
        "",
        "chapter: found 'nosuch', expected one of achievements, audit, data, investigation, outlook, problems, "
        "proofreading, recommendations, reproduce, summary\n",
    )


def test_a_schema_that_cannot_be_read_is_one_line(folder, capsys):
    (folder.path / "schema.yml").write_text("units: [\n", encoding="utf-8")
    assert main(["check", "--data", str(folder.path)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("data/schema.yml:2: found text that cannot be read")


def test_a_catalogue_that_cannot_be_read_is_one_line(folder, capsys):
    (folder.path / "catalogue" / "zh.yml").write_text("numbers: {\n", encoding="utf-8")
    assert main(["check", "--data", str(folder.path)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("data/catalogue/zh.yml:2: found text that cannot be read")


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["audit", "--help"], ["refresh", "--help"]])
def test_help_is_given(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: diaoyan")


def test_a_command_run_by_hand_shows_no_traceback(folder):
    folder.file("visits").unlink()
    command = [sys.executable, "-m", "diaoyan.cli", "check", "--data", str(folder.path)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.startswith(
        "data/editions/anyang-2023/visits.csv: found no file, expected a table with the columns"
    )
    assert run.stderr.count("\n") == 1


def test_a_chart_without_figures_is_named_though_it_is_no_fault(folder, capsys):
    line = folder.change_cell("charts", "problems-intensity", "periods", "2032")
    assert main(["check", "anyang-2023", "--data", str(folder.path)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown == [
        f"data/editions/anyang-2023/charts.csv:{line}: left out: the chart problems-intensity has no figures to draw",
        "anyang-2023: no faults",
    ]
