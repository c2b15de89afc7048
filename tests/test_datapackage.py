"""The edition is a Data Package by the standard's own tool, not only by ours."""

import pytest
from frictionless import Package

from diaoyan.paths import DATA
from diaoyan.schema import read_schema
from diaoyan.table_checks import package


@pytest.fixture(scope="module")
def descriptor(edition):
    """The edition as a Data Package with its rows inside."""
    rows = {
        name: [{column: None if cell is None else str(cell) for column, cell in row.items()} for row in table]
        for name, table in edition.tables.items()
    }
    return package(read_schema(DATA), rows).to_descriptor()


def test_an_edition_is_a_valid_data_package(descriptor):
    report = Package(descriptor).validate()
    assert report.valid, report.flatten(["title", "note"])
    assert report.stats["tasks"] == len(read_schema(DATA))


def test_every_table_of_the_package_has_types_a_key_and_its_foreign_keys(descriptor):
    for resource in descriptor["resources"]:
        schema = resource["schema"]
        assert schema["primaryKey"], resource["name"]
        assert {field["type"] for field in schema["fields"]} <= {"string", "integer", "number"}
    observations = next(each for each in descriptor["resources"] if each["name"] == "observations")
    keys = {each["fields"][0]: each["reference"]["resource"] for each in observations["schema"]["foreignKeys"]}
    assert keys == {"indicator": "indicators", "area": "areas", "unit": "units", "source": "sources"}


def test_the_standards_own_tool_sees_a_broken_package(descriptor):
    broken = {**descriptor, "resources": [dict(each) for each in descriptor["resources"]]}
    areas = next(each for each in broken["resources"] if each["name"] == "areas")
    areas["data"] = [row for row in areas["data"] if row[0] != "henan"]
    found = Package(broken).validate().flatten(["type", "cells"])
    assert found
    assert {kind for kind, _ in found} == {"foreign-key"}


def test_the_provenance_of_every_figure_is_given(edition):
    assert all(row["source"] and row["locator"] for row in edition.tables["observations"])
