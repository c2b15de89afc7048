"""Both languages have words for everything that the program or a table can ask for."""

import re
from pathlib import Path

import pytest
import yaml

import diaoyan
from diaoyan.catalogue import languages, load_catalogue, parts_of
from diaoyan.claims import VERDICTS
from diaoyan.doublings import MOST as MOST_DOUBLINGS
from diaoyan.faults import Faults
from diaoyan.paths import DATA
from diaoyan.schema import read_schema

# A call for words with a key written out, with or without a section before it.
ASKED = re.compile(r'(?P<who>catalogue|_words|words|subject)\(\s*"(?P<key>[a-z_.]+)"')


@pytest.fixture(params=languages(DATA))
def catalogue(request):
    """The catalogue of each language in turn."""
    return load_catalogue(DATA, request.param)


def test_the_languages_are_chinese_and_english():
    assert languages(DATA) == ["en", "zh"]


def test_a_copy_of_a_catalogue_is_no_language(tmp_path):
    (tmp_path / "catalogue").mkdir()
    for name in ("fr", "fr - 副本", "fr 2", "x;touch y", "FR"):
        (tmp_path / "catalogue" / f"{name}.yml").touch()
    assert languages(tmp_path) == ["fr"]


def test_every_language_has_the_same_words_with_the_same_parts(zh, en):
    # Where a figure stands in a Chinese source needs other words only in other languages.
    assert zh.words.keys() == {key for key in en.words if not key.startswith("locators.")}
    assert {key for key in zh.words if parts_of(zh.words[key]) != parts_of(en.words[key])} == set()


def test_every_language_has_forms_of_numbers(zh, en):
    optional = {"large_count"}
    assert zh.numbers.keys() - optional == en.numbers.keys() - optional
    for catalogue in (zh, en):
        steps = [step["from"] for step in catalogue.numbers["money"]]
        assert steps == sorted(steps, reverse=True)
        assert steps[-1] == 1


def test_no_words_are_empty_but_those_between_sentences(catalogue):
    assert {key for key, words in catalogue.words.items() if not words} <= {"charts.sentences"}


def test_every_verdict_has_words(catalogue):
    for verdict in VERDICTS:
        assert catalogue(f"verdicts.{verdict}.name")
        assert catalogue(f"verdicts.{verdict}.meaning")


def test_every_entry_of_an_edition_has_a_word(catalogue):
    entries = yaml.safe_load((DATA / "edition.schema.yml").read_text(encoding="utf-8"))["properties"]
    assert [entry for entry in entries if not catalogue.has(f"columns.{entry}")] == []


def test_every_table_column_and_value_of_the_schema_has_words(catalogue):
    missing = []
    for table, shape in read_schema(DATA).items():
        keys = [f"tables.{table}"]
        for field in shape["fields"]:
            stem = re.sub(f"_({'|'.join(languages(DATA))})$", "", field["name"])
            keys.append(f"columns.{stem}")
            keys += [f"values.{value}" for value in field.get("constraints", {}).get("enum", [])]
        missing += [key for key in keys if not catalogue.has(key)]
    assert missing == []


def test_every_kind_of_policy_and_activity_has_words(catalogue, edition):
    assert all(catalogue.has(f"policy.{kind}") for kind in edition.tables["policies"].allowed["kind"])
    assert all(catalogue.has(f"charts.activities.{kind}") for kind in edition.tables["fieldwork"].allowed["kind"])


def test_every_month_and_every_number_of_doublings_has_words(catalogue):
    for month in range(1, 13):
        assert catalogue(f"months.{month}")
        assert catalogue(f"charts.months.{month}")
    for count in range(1, MOST_DOUBLINGS + 1):
        assert catalogue(f"phrases.doublings_words.{count}")
        assert catalogue(f"phrases.nearly_doublings_words.{count}")
    assert not catalogue.has(f"phrases.doublings_words.{MOST_DOUBLINGS + 1}")


def test_whatever_a_recomputation_may_miss_has_words(catalogue):
    source = Path(diaoyan.__file__).with_name("recomputation.py").read_text(encoding="utf-8")
    reasons = set(re.findall(r'missing="([a-z_]+)"', source))
    assert len(reasons) == 7
    assert all(catalogue.has(f"missing.{reason}") for reason in reasons)


def test_every_key_written_out_in_the_program_is_in_the_catalogue(catalogue):
    asked = set()
    for path in Path(diaoyan.__file__).parent.glob("*.py"):
        for match in ASKED.finditer(path.read_text(encoding="utf-8")):
            asked.add(f"charts.{match['key']}" if match["who"] == "subject" else match["key"])
    assert len(asked) > 20
    assert {key for key in asked if not catalogue.has(key)} == set()


def test_an_unknown_language_is_named_with_those_there_are():
    with pytest.raises(Faults) as raised:
        load_catalogue(DATA, "fr")
    assert str(raised.value) == "lang: found 'fr', expected one of en, zh"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("title: [\n", ":2: found text that cannot be read ("),
        ("- a list\n", ": found \"['a list']\", expected keys with values"),
        ("", ": found nothing, expected keys with values"),
        ("title: 调研\n", ":numbers: found no such key, expected the forms of numbers"),
        ("numbers: 5\n", ":numbers: found '5', expected the forms of numbers"),
        ("a: 1\nb: \x07\n", ":2: found a control character (U+0007), expected plain text"),
    ],
)
def test_a_file_that_is_no_catalogue_is_one_line(tmp_path, content, line):
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "zh.yml").write_text(content, encoding="utf-8")
    with pytest.raises(Faults) as raised:
        load_catalogue(tmp_path, "zh")
    assert str(raised.value).startswith(f"data/catalogue/zh.yml{line}")
    assert "\n" not in str(raised.value)


def test_every_fault_the_catalogue_can_say_is_one_that_the_program_or_a_schema_writes(en):
    files = [*Path(diaoyan.__file__).parent.glob("*.py"), DATA / "schema.yml", DATA / "edition.schema.yml"]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    said = {key: words for key, words in en.words.items() if key.startswith("faults.said.")}
    assert len(said) > 100
    for key, words in said.items():
        literal = words.format_map(dict.fromkeys(parts_of(words), "\n"))
        longest = max(literal.split("\n"), key=len)
        assert longest.strip() in source, key


def test_every_column_and_sheet_of_a_form_is_explained(catalogue):
    for table, shape in read_schema(DATA).items():
        if shape["home"] == "shared":
            continue
        assert catalogue.has(f"form.sheets.{table}")
        for field in shape["fields"]:
            stem = re.sub(f"_({'|'.join(languages(DATA))})$", "", field["name"])
            assert catalogue.has(f"form.columns.{table}-{stem}") or catalogue.has(f"form.columns.{stem}")
