"""The edition as files: valid by the standard's own tool, complete, and the same each time."""

import csv
import json

import pytest
from frictionless import Package

from diaoyan.data_package import write_data_package
from diaoyan.schema import read_schema

OUR_OWN = {"home", "shared_path"}


@pytest.fixture
def written(folder, tmp_path):
    """The loaded edition and the folder it was written to."""
    edition = folder.load()
    write_data_package(edition, tmp_path / "package")
    return edition, tmp_path / "package"


def test_the_written_package_is_valid_with_every_table_checked(written):
    edition, package = written
    report = Package(str(package / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "note"])
    assert report.stats["tasks"] == len(edition.tables)


def test_a_cell_that_names_no_row_makes_the_package_invalid(written):
    _, package = written
    claims = package / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace("high_tech_enterprises,anyang", "high_tech_enterprises,atlantis", 1), "utf-8")
    tasks = Package(str(package / "datapackage.json")).validate().tasks
    assert [(task.name, error.type) for task in tasks for error in task.errors] == [("claims", "foreign-key")]


def test_every_table_comes_back_as_it_was_recorded(written):
    edition, package = written
    files = {path.name for path in package.iterdir()}
    assert files == {"datapackage.json", *(f"{name}.csv" for name in edition.tables)}
    for name, table in edition.tables.items():
        with (package / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert tuple(head) == table.columns
        assert rows == [["" if cell is None else str(cell) for cell in row.values()] for row in table]


def test_numbers_keep_their_digits(folder, tmp_path):
    folder.change_cell("observations", "high_tech_enterprises|anyang|2022", "value", "303.0000000")
    folder.change_cell("observations", "technical_contracts|anyang|2022", "value", "0.0000001")
    write_data_package(folder.load(), tmp_path / "package")
    lines = (tmp_path / "package" / "observations.csv").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("high_tech_enterprises,anyang,2022,first_published,303.0000000,") for line in lines)
    assert any(line.startswith("technical_contracts,anyang,2022,first_published,0.0000001,") for line in lines)


def test_the_descriptor_says_what_it_is_by_whom_and_under_which_licence(written):
    edition, package = written
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert (descriptor["name"], descriptor["title"]) == ("anyang-2023", edition.meta["title"]["zh"])
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert len(descriptor["sources"]) == len(edition.tables["sources"])
    assert all(source["title"] for source in descriptor["sources"])
    for resource in descriptor["resources"]:
        assert resource["path"] == f"{resource['name']}.csv"
        assert not OUR_OWN & (resource.keys() | resource["schema"].keys())
        assert resource["schema"]["fields"] == read_schema(edition.data)[resource["name"]]["fields"]


def test_writing_twice_gives_the_same_bytes_with_plain_line_ends(written, tmp_path):
    edition, package = written
    write_data_package(edition, tmp_path / "again")
    for path in package.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
        assert b"\r" not in path.read_bytes()
