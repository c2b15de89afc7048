"""What an edition in the site says of its making: manifest, RO-Crate, citation and page agree with what was made."""

import hashlib
import json

import pytest
import yaml

from diaoyan import manifest, provenance
from diaoyan.edition import Edition
from diaoyan.inputs import chapter_names
from diaoyan.paths import ROOT
from diaoyan.provenance import FILES, write_provenance

BOTH = {"zh": ("html", "pdf"), "en": ("html",)}


@pytest.fixture(scope="module")
def edition():
    """The first edition."""
    return Edition.load("anyang-2023")


@pytest.fixture
def folder(tmp_path):
    """The folder of an edition in a site, with a little of what books have."""
    for language in BOTH:
        for name in (*(f"notebooks/{each}.ipynb" for each in chapter_names()), "index.html", "chapters/data.html"):
            path = tmp_path / "edition" / language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{language} {name}")
    (tmp_path / "edition" / "zh" / "report.pdf").write_text("report")
    (tmp_path / "edition" / "data").mkdir()
    (tmp_path / "edition" / "data" / "items.csv").write_text("items")
    return tmp_path / "edition"


def written(edition, folder, made=BOTH, published=None):
    """The manifest's parts after everything was written."""
    write_provenance(edition, made, folder, published or folder.parent / "nothing")
    return manifest.read_manifest(folder)


def named(value):
    """What a description refers to, however deep."""
    if isinstance(value, dict) and value.keys() == {"@id"}:
        yield value["@id"]
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from named(each)


def sha256(text):
    """A digest as `sha256sum` gives it."""
    return hashlib.sha256(text).hexdigest()


def test_every_file_of_the_edition_stands_in_its_manifest_with_its_digest(edition, folder):
    parts = written(edition, folder)
    there = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    # No file can hold its own digest.
    assert there.pop("manifest.json")
    assert {"CITATION.cff", "Snakefile", "made/zh.html", "ro-crate-metadata.json"} < set(there)
    told = {file: digest for part in parts.values() for file, digest in part["outputs"].items()}
    assert told == {file: sha256(content) for file, content in there.items()}


def test_every_part_names_the_files_it_is_made_from_with_their_digests(edition, folder):
    parts = written(edition, folder)
    assert set(parts) == {"data", "en/html", "made", "zh/html", "zh/pdf"}
    for part in parts.values():
        assert {file: sha256((ROOT / file).read_bytes()) for file in part["inputs"]} == part["inputs"]
    observations = "data/editions/anyang-2023/observations.csv"
    assert all(observations in part["inputs"] for part in parts.values())
    assert "data/text/en/summary.md" in parts["en/html"]["inputs"]
    assert "data/text/en/summary.md" not in parts["zh/html"]["inputs"]
    assert all("Snakefile" in part["inputs"] for part in parts.values())
    # What is run by its name, and what writes into a page when it is published.
    for name in ("jupyter_book_command.py", "templates/downloads.html"):
        assert f"scripts/diaoyan/{name}" in parts["zh/html"]["inputs"]
    # What prints plays no part in pages.
    assert "scripts/diaoyan/print_book.py" in parts["zh/pdf"]["inputs"]
    assert "scripts/diaoyan/print_book.py" not in parts["zh/html"]["inputs"]


def test_packages_are_those_that_are_pinned_and_installed(edition, folder):
    packages = written(edition, folder)["zh/html"]["packages"]
    assert f"altair=={packages['altair']} " in (ROOT / "requirements.lock").read_text()
    assert "pip" not in packages


def test_a_product_that_is_not_made_now_says_what_it_said(edition, folder, tmp_path):
    published = tmp_path / "published"
    published.mkdir()
    before = {"commit": "before", "uncommitted": [], "packages": {"altair": "1"}, "inputs": {"a": "b"}, "outputs": {}}
    manifest.write_manifest(edition.id, {"zh/html": before, "zh/pdf": before}, published)
    parts = written(edition, folder, {"zh": ("html",)}, published)
    assert parts["zh/pdf"] == {**before, "outputs": {"zh/report.pdf": sha256(b"report")}}
    assert parts["zh/html"]["commit"] != "before"
    # Of what was published before there were manifests nothing is known.
    assert parts["en/html"] == {**provenance.UNKNOWN, "outputs": parts["en/html"]["outputs"]}


def test_each_executed_chapter_is_an_action_on_what_it_read(edition, folder):
    parts = written(edition, folder)
    graph = {each["@id"]: each for each in json.loads((folder / FILES[1]).read_text())["@graph"]}
    actions = [each for each in graph.values() if each["@type"] == "CreateAction" and each["@id"] != "#build"]
    assert {each["result"]["@id"] for each in actions} == {
        f"{language}/notebooks/{chapter}.ipynb" for language in BOTH for chapter in chapter_names()
    }
    for chapter in parts["zh/html"]["chapters"]:
        action = graph[f"#zh-{chapter['notebook'].removeprefix('chapters/').removesuffix('.ipynb')}"]
        given = [graph[each["@id"]] for each in action["object"]]
        assert {each["name"]: each["value"] for each in given if each["@type"] == "PropertyValue"} == {
            "edition": "anyang-2023",
            "lang": "zh",
        }
        assert [each["name"] for each in given if each["@type"] == "CreativeWork"] == chapter["reads"]


def test_a_chapter_that_was_executed_before_is_an_action_on_what_was_read_then(edition, folder, tmp_path):
    table, published = "data/editions/anyang-2023/observations.csv", tmp_path / "published"
    published.mkdir()
    before = written(edition, folder)
    now = before["zh/html"]["inputs"][table]
    before["en/html"]["inputs"][table] = "0" * 64
    manifest.write_manifest(edition.id, before, published)
    written(edition, folder, {"zh": ("html",)}, published)
    graph = {each["@id"]: each for each in json.loads((folder / FILES[1]).read_text())["@graph"]}
    for language, digest in (("zh", now), ("en", "0" * 64)):
        read = [graph[each["@id"]] for each in graph[f"#{language}-data"]["object"]]
        assert [each["sha256"] for each in read if each["name"] == table] == [digest]


def test_everything_that_the_crate_names_is_described_in_it(edition, folder):
    written(edition, folder)
    graph = json.loads((folder / FILES[1]).read_text())["@graph"]
    described = {each["@id"] for each in graph}
    assert len(described) == len(graph)

    assert set(named(graph)) - described == {"https://w3id.org/ro/crate/1.1"}
    files = {each["@id"] for each in graph if "File" in each["@type"]}
    assert all((folder / file).is_file() for file in files)


def test_the_citation_names_the_original_and_its_body(edition, folder):
    written(edition, folder)
    told = yaml.safe_load((folder / "CITATION.cff").read_text())
    assert told["cff-version"] == "1.2.0"
    graph = json.loads((folder / FILES[1]).read_text())["@graph"]
    assert [told["commit"]] == [each["version"] for each in graph if each["@id"] == "Snakefile"]
    assert told["references"][0]["authors"] == [{"name": "安阳市人大常委会教科文卫工委"}]
    assert "安阳" in told["title"]


def test_the_page_leads_to_each_executed_chapter_and_names_what_it_read(edition, folder):
    parts = written(edition, folder)
    page = (folder / "made" / "zh.html").read_text()
    for chapter in parts["zh/html"]["chapters"]:
        name = chapter["notebook"].removeprefix("chapters/").removesuffix(".ipynb")
        assert f'<h3 id="{name}">' in page
        assert f'href="../zh/notebooks/{name}.ipynb"' in page
        assert all(f"<code>{file}</code>" in page for file in chapter["reads"])
    assert 'href="en.html"' in page
    assert "本报告怎样生成" in page


def test_the_same_is_written_a_second_time(edition, folder, tmp_path):
    written(edition, folder)
    first = {name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()}
    made = (folder / "made" / "zh.html").read_bytes()
    for name in first:
        (folder / name).unlink()
    written(edition, folder)
    assert {name: (folder / name).read_bytes() for name in first} == first
    assert (folder / "made" / "zh.html").read_bytes() == made
