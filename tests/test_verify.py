"""Verifying: the published site is made again in another place and environment; every file that differs is named."""

import os
import subprocess
import sys

import pytest
from small_project import copy_of_project

from diaoyan import cli, verify
from diaoyan.verify import differences

SAME = "the published site is the same, byte for byte, when it is made again"


def verified(tree, *arguments):
    """Exit code, lines beside those of the build, and lines of errors of `diaoyan verify` in a copy of the project."""
    done = subprocess.run(
        [sys.executable, "-m", "diaoyan.cli", "verify", *arguments],
        cwd=tree.root,
        env={**os.environ, "PYTHONPATH": str(tree.root / "scripts")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    lines = done.stdout.splitlines()
    built = next((number for number, line in enumerate(lines, 1) if line.startswith("built ")), 0)
    return done.returncode, lines[built:], done.stderr.splitlines()


def commit_all(root):
    """Makes a repository of a folder."""
    (root / ".gitignore").write_text("_build\n.snakemake\n__pycache__\n")
    who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init"], ["add", "--all"], [*who, "commit", "--message", "all"]):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)


def test_only_what_was_not_made_by_the_build_differs_when_a_site_with_a_history_is_made_again(tree, tmp_path):
    commit_all(tree.root)
    # An input that git passes over, and a file of no concern whose name is 数据 as Chinese Windows writes it.
    (tree.root / ".git" / "info" / "exclude").write_text("data/own.csv\n")
    (tree.root / "data" / "own.csv").write_text("own\n")
    (tree.root / os.fsdecode("数据".encode("gbk"))).touch()
    table = tree.root / "data/editions/anyang-2023/observations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",600,", ",604,", 1), encoding="utf-8")
    assert tree.build()[0] == 0
    published = tree.root / "_build" / "site" / "anyang-2023"
    told = (published / "made" / "zh.html").read_text(encoding="utf-8")
    assert "<code>data/editions/anyang-2023/observations.csv</code></li>" in told.partition("<h3")[0]
    page = published / "zh" / "chapters" / "data.html"
    page.write_text(page.read_text(encoding="utf-8").replace("604", "605"), encoding="utf-8")
    (published / "zh" / "stray.html").write_text("stray")
    (published.parent / "index.html").write_text("stray")
    differing = [
        "anyang-2023/zh/chapters/data.html: found other bytes when made again, expected the same",
        "anyang-2023/zh/stray.html: found in the published site only, expected when made again too",
        "index.html: found other bytes when made again, expected the same",
    ]
    assert verified(tree, "anyang-2023", "--folder", "../kept") == (1, differing, [])
    assert "604" in (tmp_path / "kept" / page.relative_to(tree.root)).read_text(encoding="utf-8")


def test_a_site_that_is_the_same_when_it_is_made_again_is_said_to_be(monkeypatch, capsys):
    monkeypatch.setattr(cli, "verify", lambda editions, folder: [])
    assert cli.main(["verify"]) == 0
    assert capsys.readouterr().out == f"{SAME}\n"


def test_what_is_not_published_is_one_line(tree, tmp_path):
    found = "edition: found 'kaifeng-2025', expected one of anyang-2023"
    assert verified(tree, "kaifeng-2025") == (1, [], [found])
    found = "--folder: found something there already, expected a new folder"
    assert verified(tree, "--folder", str(tmp_path)) == (1, [], [found])


def test_without_a_site_there_is_nothing_to_verify(tmp_path):
    empty = copy_of_project(tmp_path / "empty")
    found = "_build/site: found no site, expected one; run ./scripts/build first"
    assert verified(empty) == (1, [], [found])


def test_it_is_made_again_in_the_forms_and_languages_that_are_published(tmp_path, monkeypatch):
    forms = ("index.html", "report.pdf", "official.docx")
    files = [f"whole-2023/{language}/{name}" for language in ("zh", "en") for name in forms]
    files += [
        "part-2023/zh/index.html",
        "part-2023/en/index.html",
        "part-2023/zh/official.docx",
        "print-2023/en/report.pdf",
    ]
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    monkeypatch.setattr(verify, "SITE", tmp_path)
    assert verify._builds(["part-2023", "print-2023", "whole-2023"]) == {
        ("--only", "html"): ["part-2023"],
        ("--only", "official", "--lang", "zh"): ["part-2023"],
        ("--only", "pdf", "--lang", "en"): ["print-2023"],
        (): ["whole-2023"],
    }


@pytest.fixture
def folders(tmp_path):
    """Two folders with the same two files."""
    for name in ("published", "again"):
        (tmp_path / name / "zh").mkdir(parents=True)
        for file in ("index.html", "zh/data.html"):
            (tmp_path / name / file).write_text(file)
    return tmp_path / "published", tmp_path / "again"


def test_folders_with_the_same_bytes_do_not_differ(folders):
    assert list(differences(*folders, "")) == []


def test_each_file_that_differs_or_is_missing_is_named_with_where_it_is(folders):
    published, again = folders
    # As long and as old as before.
    (again / "zh" / "data.html").write_text("zh/data.htmL")
    (published / "old.html").write_text("old")
    (again / "new.html").write_text("new")
    assert list(differences(published, again, "anyang-2023/")) == [
        "anyang-2023/new.html: found when made again only, expected in the published site too",
        "anyang-2023/old.html: found in the published site only, expected when made again too",
        "anyang-2023/zh/data.html: found other bytes when made again, expected the same",
    ]
