"""What YAML files say is found out once for each content."""

import pytest

from diaoyan.faults import Fault, Faults
from diaoyan.yaml_files import read_yaml


def test_each_who_reads_a_file_has_what_it_says_for_himself(tmp_path):
    path = tmp_path / "words.yml"
    path.write_text("words: {a: b}\n", encoding="utf-8")
    read_yaml(path, "words.yml")["words"]["a"] = "c"
    assert read_yaml(path, "words.yml") == {"words": {"a": "b"}}


def test_a_file_that_changes_is_read_anew(tmp_path):
    path = tmp_path / "words.yml"
    for word in ("b", "c", "b"):
        path.write_text(f"a: {word}\n", encoding="utf-8")
        assert read_yaml(path, "words.yml") == {"a": word}


def test_what_is_wrong_with_a_file_is_told_each_time_with_the_name_asked_for(tmp_path):
    path = tmp_path / "words.yml"
    path.write_text("a: b\n", encoding="utf-8")

    def without_words(tree):
        return [] if "words" in tree else [Fault("words.yml", 0, "", "no words", "words")]

    for _ in range(2):
        with pytest.raises(Faults, match="found no words, expected words"):
            read_yaml(path, "words.yml", without_words)
    assert read_yaml(path, "words.yml") == {"a": "b"}
    path.write_text("- a\n", encoding="utf-8")
    for name in ("one.yml", "other.yml"):
        with pytest.raises(Faults, match=name):
            read_yaml(path, name)
