"""Editions are checked before a build: those that have changed, and whatever becomes of the checks."""

import pytest

from diaoyan import checked_editions
from diaoyan.jobs import Progress


@pytest.fixture
def checked(monkeypatch, tmp_path):
    """The faults that a build hears of, and the editions checked, from what each check says and its exit code."""
    monkeypatch.setattr(checked_editions, "FOLDER", tmp_path / "checked")
    monkeypatch.setattr(checked_editions, "checked_inputs", lambda edition: [])

    def check(outcomes):
        asked = []

        def run(module, arguments, environment, output):
            said, code = outcomes[arguments[0]]
            asked.append(arguments[0])
            output.write(said.encode())
            return code

        monkeypatch.setattr(checked_editions, "run", run)
        progress = Progress(tmp_path / "build.log")
        checked_editions.check_changed(list(outcomes), 1, progress)
        return progress.failures, asked

    return check


def test_a_check_that_ends_without_a_word_is_a_fault_beside_those_of_others(checked):
    failures, _ = checked({"one": ("failed\tone: a fault\n", 1), "other": ("", -9)})
    assert failures == ["one: a fault", "other: the check ended with exit code -9"]


def test_an_edition_without_faults_is_checked_once_and_one_with_faults_again(checked):
    outcomes = {"good": ("check\tgood\t0.1\n", 0), "bad": ("failed\tbad: a fault\n", 1)}
    assert checked(outcomes) == (["bad: a fault"], ["good", "bad"])
    assert checked(outcomes) == (["bad: a fault"], ["bad"])
