"""Builds on a real Slurm, of one machine: what they make, what they survive, and what they say when they cannot."""

import re
import shutil
import signal
import time
from contextlib import suppress

import one_machine_slurm
import psutil
import pytest
from small_project import Tree, write_chapter

from diaoyan.slurm import PLUGIN_FOLDER, SUBMITTED_IN, is_cold_step, reason

lacking = one_machine_slurm.lacking() + ["plugin for Snakemake"] * (not PLUGIN_FOLDER.is_dir())
needs_slurm = pytest.mark.skipif(
    bool(lacking), reason=f"found no {', '.join(lacking)}; ./scripts/test, run by root, installs what there is of Slurm"
)
# A test looks more often than it would be polite to look at a cluster.
IMPATIENT = "slurm-init-seconds-before-status-checks: 1\n"
PATIENCE_SECONDS = 60
BUSY = "another build is running here; wait until it has ended"


@pytest.fixture(scope="module")
def slurm(tmp_path_factory):
    """A running Slurm."""
    with one_machine_slurm.one_machine_slurm(tmp_path_factory.mktemp("slurm") / "cluster") as running:
        yield running


@pytest.fixture
def start(slurm, tree, tmp_path):
    """Starts a build on Slurm with settings of its user's own; whatever happens, nothing of it is left at the end."""
    started = []

    def start(settings="", **changed):
        profile = tmp_path / "profile"
        profile.mkdir(exist_ok=True)
        (profile / "config.yaml").write_text(IMPATIENT + settings)
        environment = {**slurm.environment(), "SNAKEMAKE_PROFILE": str(profile), **changed}
        arguments = ("--lang", "zh", "--only", "html", "--executor", "slurm")
        started.append(tree.start(*arguments, **environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
    for job in slurm.jobs():
        slurm.says("scancel", job)


def until_said(process, pattern):
    """Reads what a build says up to a line that begins so."""
    for line in process.stdout:
        if re.match(pattern, line):
            return
    raise AssertionError(f"the build never said {pattern}: {process.stderr.read()}")


def one_running_job(slurm):
    """The number of the only job that runs, once it has processes."""
    limit = time.monotonic() + PATIENCE_SECONDS
    while not slurm.processes():
        assert time.monotonic() < limit, "no job ran"
        time.sleep(0.1)
    (job,) = slurm.jobs("running")
    return job


def what_they_are(processes):
    """The command lines of those processes that still run."""
    found = []
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            if process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.cmdline())
    return found


def as_if_never_built(tree):
    """The tree without anything that builds have made; gives the site that was there."""
    site = tree.site()
    for name in ("_build", ".snakemake"):
        shutil.rmtree(tree.root / name)
    return site


@needs_slurm
def test_after_a_killed_job_and_a_killed_node_the_site_is_the_one_made_here(slurm, start, tree, tmp_path, monkeypatch):
    made_here = as_if_never_built(tree)
    build = start()
    first = one_running_job(slurm)
    for process in slurm.processes():
        with suppress(psutil.NoSuchProcess):
            if "slurmstepd" not in "".join(process.cmdline()):
                process.kill()
    until_said(build, r"\[1/2\] anyang-2023 zh ")
    second = one_running_job(slurm)
    assert second != first
    slurm.kill_node()
    slurm.start_node()
    code, lines, errors = tree.finish(build)
    assert (code, errors) == (0, [])
    assert lines[-1].startswith("built 1 edition, 1 book, 2 chapters (2 executed)")
    assert tree.site() == made_here
    assert first in slurm.jobs("failed")
    assert second in slurm.jobs("completed")
    assert "Restarts=1" in slurm.says("scontrol", "show", "job", second)
    log = (tree.root / "_build/build.log").read_text(encoding="utf-8")
    assert f"lost\tanyang-2023 zh: job {first} of Slurm ended as FAILED" in log
    # One before the node was killed, two after: nothing that a job says is lost.
    assert log.count("execute\tanyang-2023 zh ") >= 3
    # What was made elsewhere is as good as what is made here, where the settings for a cluster say nothing.
    (tree.root / "_build/last-build.txt").unlink()
    monkeypatch.setenv("SNAKEMAKE_PROFILE", str(tmp_path / "profile"))
    code, lines, _ = tree.build()
    assert (code, len(lines)) == (0, 1)
    assert "2 chapters (0 executed)" in lines[0]


@needs_slurm
def test_a_fault_in_a_job_is_the_line_that_it_is_here_and_the_site_stays(slurm, start, tree):
    before = tree.site()
    write_chapter(tree.root / "chapters/data.ipynb", "[][1]")
    code, _, errors = tree.finish(start("retries: 0\n"))
    assert (code, errors) == (1, ["anyang-2023 zh data: IndexError: list index out of range"])
    assert tree.site() == before


@needs_slurm
def test_a_job_that_slurm_refuses_is_one_line(slurm, start, tree):
    as_if_never_built(tree)
    code, _, errors = tree.finish(start("retries: 0\ndefault-resources:\n  - slurm_partition=nowhere\n"))
    refused = "anyang-2023 zh: Slurm refused the job: sbatch: error: Batch job submission failed: "
    assert (code, errors) == (1, [refused + "Invalid partition name specified"])


@needs_slurm
def test_a_submission_that_is_not_understood_is_one_line(slurm, start, tree, tmp_path):
    as_if_never_built(tree)
    sbatch = tmp_path / "bin" / "sbatch"
    sbatch.parent.mkdir()
    sbatch.write_text("#!/bin/sh\necho submission failed, says a script of the house >&2\n")
    sbatch.chmod(0o755)
    path = f"{sbatch.parent}:{slurm.environment()['PATH']}"
    code, _, errors = tree.finish(start("retries: 0\n", PATH=path))
    assert (code, len(errors)) == (1, 1)
    assert errors[0].startswith("anyang-2023 zh: Job submission failed with exception: ")
    assert errors[0].endswith("submission failed, says a script of the house")


@needs_slurm
def test_a_slurm_that_does_not_answer_is_one_line(start, tmp_path):
    nobody = tmp_path / "slurm.conf"
    nobody.touch()
    code, lines, errors = Tree.finish(start(SLURM_CONF=str(nobody)))
    assert (code, lines, len(errors)) == (1, [], 1)
    assert errors[0].startswith("--executor slurm: found a Slurm that does not answer (sinfo: ")


@needs_slurm
def test_a_build_that_is_stopped_leaves_no_job(slurm, start, tree):
    as_if_never_built(tree)
    build = start()
    one_running_job(slurm)
    running = slurm.processes()
    build.send_signal(signal.SIGINT)
    code, _, errors = tree.finish(build)
    assert (code, errors) == (130, ["stopped; the last good site is as it was"])
    limit = time.monotonic() + PATIENCE_SECONDS
    while (left := what_they_are(running) + slurm.jobs()) and time.monotonic() < limit:
        time.sleep(0.1)
    assert left == []


@pytest.mark.parametrize(
    ("environment", "is_so"),
    [
        ({"SLURM_JOB_ID": "8", SUBMITTED_IN: ""}, True),
        ({"SLURM_JOB_ID": "8", SUBMITTED_IN: "7"}, True),
        # The build itself, started in a job of its user's own, and what it runs there.
        ({"SLURM_JOB_ID": "7", SUBMITTED_IN: "7"}, False),
        ({"SLURM_JOB_ID": "7"}, False),
        ({}, False),
    ],
)
def test_only_a_step_of_a_job_that_the_build_has_submitted_starts_what_jobs_share(monkeypatch, environment, is_so):
    for name in ("SLURM_JOB_ID", "SLURM_STEP_ID", SUBMITTED_IN):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    # The script of a job waits for its step.
    assert not is_cold_step()
    monkeypatch.setenv("SLURM_STEP_ID", "0")
    assert is_cold_step() == is_so


@needs_slurm
def test_after_a_killed_build_the_next_one_is_as_if_it_had_not_been(slurm, start, tree):
    made_here = as_if_never_built(tree)
    build = start()
    one_running_job(slurm)
    build.kill()
    build.wait()
    limit = time.monotonic() + PATIENCE_SECONDS
    while (outcome := tree.finish(start()))[2] == [BUSY] and time.monotonic() < limit:
        time.sleep(0.1)
    assert (outcome[0], outcome[2]) == (0, [])
    assert tree.site() == made_here
    assert slurm.jobs() == []


def test_without_slurm_a_build_on_it_is_one_line(tree, tmp_path):
    before = tree.site()
    code, lines, errors = tree.finish(tree.start("--executor", "slurm", PATH=str(tmp_path)))
    line = "--executor slurm: found no sbatch, squeue, scancel, sinfo on the path, expected the commands of Slurm"
    assert (code, lines, errors) == (1, [], [line])
    assert tree.site() == before


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "SLURM sbatch failed. The error message was 'sbatch: error: QOSMaxSubmitJobPerUserLimit\n"
            "sbatch: error: Batch job submission failed: Job violates policy'.\n    sbatch call:\n        sbatch\n",
            "Slurm refused the job: sbatch: error: Batch job submission failed: Job violates policy",
        ),
        (
            "SLURM-job '12' failed, SLURM status is: 'TIMEOUT'. Reason: Unknown.For further error details see the log",
            "job 12 of Slurm ended as TIMEOUT",
        ),
        (
            "SLURM-job '7' failed due to a node failure, SLURM status is: 'NODE_FAIL'. Failed nodes will be excluded",
            "job 7 of Slurm ended as NODE_FAIL",
        ),
        (
            "Job submission failed with exception: no such thing\nmore",
            "Job submission failed with exception: no such thing",
        ),
        ("", "the job failed"),
    ],
)
def test_why_a_job_failed_is_one_line(said, told):
    assert reason(said) == told
