"""Where files come from: the last commit that changed any of them, and what has changed since."""

import os
import subprocess
import sys

import pytest

from diaoyan import commits
from diaoyan.commits import origin_of

KEPT = (commits._origin_of, commits._committed)


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """An empty folder in place of the project, of which nothing is known yet."""
    forget()
    monkeypatch.setattr(commits, "ROOT", tmp_path)
    yield tmp_path
    forget()


def forget():
    """What one build finds out once is found out anew."""
    for kept in KEPT:
        kept.cache_clear()


def write(folder, **files):
    """Writes files by their names."""
    forget()
    for name, text in files.items():
        (folder / name).write_text(text)


def commit(folder):
    """Commits all files of a folder, which becomes a repository; gives the commit."""
    git("init", "--quiet", folder=folder)
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message", "a change", folder=folder)
    return git("rev-parse", "HEAD", folder=folder)


def git(*arguments, folder):
    """What git says in a folder, as somebody whose settings play no part."""
    who = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_files_come_from_the_commit_that_last_changed_one_of_them(project):
    write(project, table="1", text="a")
    first = commit(project)
    write(project, other="b")
    second = commit(project)
    assert origin_of(["table", "text"]) == (first, ())
    assert origin_of(["table", "other"]) == (second, ())


def test_files_that_no_commit_has_as_they_are_are_named_and_no_others(project):
    write(project, table="1", text="a", other="b")
    last = commit(project)
    write(project, table="2", other="c", new="d")
    assert origin_of(["table", "text", "new"]) == (last, ("new", "table"))


def test_what_git_was_told_to_pass_over_is_in_no_commit_either(project):
    write(project, table="1")
    last = commit(project)
    (project / ".git" / "info" / "exclude").write_text("own\n")
    write(project, own="a")
    assert origin_of(["own", "table"]) == (last, ("own",))


def test_a_name_is_no_pattern_of_names(project):
    write(project, **{"a*": "1"})
    first = commit(project)
    write(project, ab="2")
    commit(project)
    assert origin_of(["a*"]) == (first, ())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give files no such names")
def test_a_name_in_another_encoding_is_a_name(project):
    # As an archive from Chinese Windows unpacks it: 数据, in GBK.
    name = os.fsdecode("数据".encode("gbk"))
    write(project, **{name: "1", "table": "1"})
    last = commit(project)
    write(project, **{name: "2", f"{name}2": "1"})
    assert origin_of(["table"]) == (last, ())
    assert origin_of([name, f"{name}2", "table"]) == (last, (name, f"{name}2"))


def test_a_project_within_a_larger_repository_has_the_same_names(project, monkeypatch):
    (project / "within").mkdir()
    write(project / "within", table="1", text="a")
    last = commit(project)
    write(project / "within", table="2")
    monkeypatch.setattr(commits, "ROOT", project / "within")
    assert origin_of(["table", "text"]) == (last, ("table",))


def test_without_a_history_nothing_is_known(project):
    write(project, table="1")
    assert origin_of(["table"]) == ("", ())


def test_without_git_nothing_is_known(project, monkeypatch):
    write(project, table="1")
    commit(project)
    monkeypatch.setenv("PATH", str(project))
    assert origin_of(["table"]) == ("", ())
