"""What processes are forked with is there, and no fault of the data keeps them from being forked."""

import datetime
import runpy
import shutil
from importlib.util import find_spec

import pytest

from diaoyan import table_checks, yaml_files
from diaoyan.catalogue import load_catalogue
from diaoyan.edition import Edition
from diaoyan.faults import Faults
from diaoyan.loaded_ahead import BUILD_MODULES
from diaoyan.paths import DATA
from diaoyan.table_checks import cell_readers


@pytest.mark.parametrize("name", BUILD_MODULES)
def test_a_module_that_is_loaded_ahead_can_be_found(name):
    assert find_spec(name)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Schema and catalogues of a project of its own."""
    shutil.copytree(DATA / "catalogue", tmp_path / "catalogue")
    shutil.copyfile(DATA / "schema.yml", tmp_path / "schema.yml")
    monkeypatch.setattr("diaoyan.paths.DATA", tmp_path)
    return tmp_path


def test_a_catalogue_that_cannot_be_read_leaves_the_others_kept(data, monkeypatch):
    chinese = data / "catalogue" / "zh.yml"
    chinese.write_text(chinese.read_text(encoding="utf-8") + "# of this test\n", encoding="utf-8")
    (data / "catalogue" / "en.yml").write_text("[", encoding="utf-8")
    runpy.run_module("diaoyan.first_uses")
    monkeypatch.setattr(yaml_files.yaml, "load", None)
    assert load_catalogue(data, "zh").has("language")
    with pytest.raises(Faults, match=r"data/catalogue/en\.yml"):
        load_catalogue(data, "en")


@pytest.mark.parametrize(
    "field",
    [
        "{name: noted, type: number, constraints: {required: yes please}}",
        "{name: noted, type: string, constraints: {pattern: '['}}",
    ],
)
def test_a_schema_that_no_reader_can_be_made_of_keeps_nothing_from_being_forked(data, field):
    schema = (data / "schema.yml").read_text(encoding="utf-8")
    (data / "schema.yml").write_text(schema.replace("  fields:\n", f"  fields:\n    - {field}\n", 1), encoding="utf-8")
    runpy.run_module("diaoyan.first_uses")


def test_an_edition_is_opened_by_the_rules_that_were_kept(monkeypatch):
    runpy.run_module("diaoyan.first_uses")
    monkeypatch.setattr(table_checks, "Schema", None)
    assert Edition.load("anyang-2023").tables["observations"].rows


def test_cells_are_read_by_the_rules_of_their_own_columns():
    loose = [{"name": "year", "type": "integer"}]
    strict = [{"name": "year", "type": "integer", "constraints": {"minimum": 1979}}]
    for _ in range(2):
        assert cell_readers(loose)["year"]("1978") == (1978, None)
        assert [bool(cell_readers(strict)["year"](cell)[1]) for cell in ("1978", "1979")] == [True, False]


def test_a_rule_may_hold_any_value_that_yaml_has():
    assert cell_readers([{"name": "day", "type": "string", "since": datetime.date(2023, 1, 1)}])
