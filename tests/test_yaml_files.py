"""What YAML files say is found out once for each content."""

import pytest

from diaoyan import yaml_files
from diaoyan.faults import Fault, Faults
from diaoyan.yaml_files import read_yaml


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "words.yml"
    path.write_text("words: {a: b}\n", encoding="utf-8")
    return path


@pytest.fixture
def parsed(monkeypatch):
    """The texts that are parsed, as they come."""
    texts, load = [], yaml_files.yaml.load

    def noted(source, **settings):
        texts.append(source)
        return load(source, **settings)

    monkeypatch.setattr(yaml_files.yaml, "load", noted)
    return texts


def without_letters(tree):
    return [] if "letters" in tree else [Fault("words.yml", 0, "", "no letters", "letters")]


def test_a_content_is_parsed_once_and_each_who_reads_it_has_a_copy_of_his_own(path, parsed):
    path.write_text("words: {a: parsed once}\n", encoding="utf-8")
    read_yaml(path, "words.yml")["words"]["a"] = "c"
    assert read_yaml(path, "words.yml") == {"words": {"a": "parsed once"}}
    assert parsed == ["words: {a: parsed once}\n"]


def test_a_file_that_changes_is_read_anew(path):
    for word in ("b", "c", "b"):
        path.write_text(f"a: {word}\n", encoding="utf-8")
        assert read_yaml(path, "words.yml") == {"a": word}


def test_what_is_wrong_with_a_content_is_told_each_time(path):
    for _ in range(2):
        with pytest.raises(Faults, match="found no letters, expected letters"):
            read_yaml(path, "words.yml", without_letters)
    assert read_yaml(path, "words.yml") == {"words": {"a": "b"}}


def test_a_fault_has_the_name_of_the_file_that_was_asked_for(path):
    path.write_text("- a\n", encoding="utf-8")
    for name in ("one.yml", "other.yml"):
        with pytest.raises(Faults, match=name):
            read_yaml(path, name)
