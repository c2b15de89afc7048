"""Kernels that start warm: taken by name, as good as those that start anew."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager, start_new_kernel
from jupyter_client.provisioning import LocalProvisioner
from processes import KERNEL_SECONDS

from diaoyan import forks, warm_kernels
from diaoyan.forks import Fork, is_possible
from diaoyan.paths import CHAPTERS, ROOT
from diaoyan.warm_kernels import KERNEL_NAME, WarmProvisioner, kernel_name

only_where_it_forks = pytest.mark.skipif(not is_possible(), reason="forks are for Linux")


@pytest.fixture
def kernel():
    """Starts a kernel by name; gives its manager and a function that runs a cell and gives what it prints."""
    started = []

    def start(name=KERNEL_NAME, **settings):
        manager, client = start_new_kernel(startup_timeout=KERNEL_SECONDS, kernel_name=name, **settings)
        started.append((manager, client))

        def cell(source):
            said = []

            def hear(message):
                content = message["content"]
                said.append(content.get("text") or content.get("ename", ""))

            client.execute_interactive(source, store_history=False, output_hook=hear, timeout=KERNEL_SECONDS)
            return "".join(said).strip()

        return manager, cell

    yield start
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@only_where_it_forks
def test_the_kernel_by_name_is_a_fork_with_everything_loaded(kernel):
    manager, cell = kernel()
    assert isinstance(manager.provisioner.process, Fork)
    loaded = cell("import sys; print(*(name in sys.modules for name in ('pandas', 'altair', 'diaoyan.report')))")
    assert loaded == "True True True"
    assert int(cell("import os; print(os.getpid())")) == manager.provisioner.pid


@only_where_it_forks
def test_a_kernel_that_has_been_started_can_be_reached_at_once():
    manager = KernelManager(kernel_name=KERNEL_NAME)
    manager.start_kernel()
    try:
        socket.create_connection((manager.ip, manager.shell_port)).close()
    finally:
        manager.shutdown_kernel(now=True)


def test_each_kernel_has_memory_a_folder_and_an_environment_of_its_own(kernel, tmp_path):
    _, first = kernel(cwd=str(tmp_path), env={**os.environ, "GIVEN": "first"})
    _, second = kernel(cwd=str(CHAPTERS))
    assert first("import os, pandas; pandas.changed = kept = 1; print(os.getcwd(), os.environ['GIVEN'])") == (
        f"{tmp_path} first"
    )
    assert second("import os, pandas; print(os.getcwd(), os.environ.get('GIVEN'), hasattr(pandas, 'changed'))") == (
        f"{CHAPTERS} None False"
    )
    assert second("kept") == "NameError"


def test_a_kernel_is_interrupted_restarted_and_shut_down_as_any(kernel):
    manager, cell = kernel()
    source = """
import os, signal, threading
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
import time
time.sleep(60)
"""
    assert cell(source) == "KeyboardInterrupt"
    before = manager.provisioner.pid
    manager.restart_kernel(now=True)
    assert manager.is_alive()
    assert manager.provisioner.pid != before
    manager.shutdown_kernel()
    assert not manager.is_alive()


def test_a_kernel_that_ends_by_itself_is_seen_to_be_dead(kernel):
    manager, cell = kernel()
    assert manager.is_alive()
    cell("import os, threading; threading.Timer(0.1, os._exit, [3]).start()")
    assert asyncio.run(asyncio.wait_for(manager.provisioner.wait(), KERNEL_SECONDS)) == 3
    assert not manager.is_alive()


@only_where_it_forks
def test_what_a_kernel_writes_to_its_streams_goes_where_it_was_sent(kernel, tmp_path):
    with (tmp_path / "errors.txt").open("w") as errors:
        manager, cell = kernel(stdout=subprocess.DEVNULL, stderr=errors)
        assert isinstance(manager.provisioner.process, Fork)
        cell("import os; os.write(1, b'output'); os.write(2, b'an error')")
    assert (tmp_path / "errors.txt").read_text().endswith("an error")


def test_a_kernel_does_not_say_that_it_is_nobodys(kernel, tmp_path):
    with (tmp_path / "said.txt").open("w") as said:
        kernel(stdout=said, stderr=said)
    lines = (tmp_path / "said.txt").read_text().splitlines()
    # This every kernel says.
    assert [line for line in lines if "Kernel is running over TCP without encryption" not in line] == []


def test_papermill_makes_the_same_of_a_chapter_with_either_kernel(tmp_path):
    made = {}
    for name in ("python3", KERNEL_NAME):
        papermill.execute_notebook(
            CHAPTERS / "reproduce.ipynb",
            tmp_path / f"{name}.ipynb",
            {"lang": "en"},
            kernel_name=name,
            progress_bar=False,
            cwd=str(CHAPTERS),
        )
        notebook = nbformat.read(tmp_path / f"{name}.ipynb", as_version=4)
        made[name] = [(cell.source, cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]
    assert any(outputs for _, outputs in made["python3"])
    assert made["python3"] == made[KERNEL_NAME]


def test_nbval_validates_a_chapter_with_the_kernel_by_name():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "chapters/reproduce.ipynb"]
    done = subprocess.run([*command, "--nbval-kernel-name", KERNEL_NAME], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


@pytest.mark.parametrize(
    ("command", "settings"),
    [
        ([sys.executable, "-m", "another_kernel", "-f", "x"], {}),
        (["/usr/bin/another-python", "-m", warm_kernels.KERNEL_MODULE, "-f", "x"], {}),
        ([sys.executable, "-m", warm_kernels.KERNEL_MODULE, "-f", "x"], {"stdout": subprocess.PIPE}),
    ],
)
def test_a_kernel_that_cannot_be_forked_is_started_as_any_other(command, settings, monkeypatch):
    assert started_in_the_ordinary_way(command, settings, monkeypatch) == [command]


def test_where_nothing_forks_kernels_are_started_as_any_other(monkeypatch):
    command = [sys.executable, "-m", warm_kernels.KERNEL_MODULE, "-f", "x"]
    monkeypatch.setattr(forks.sys, "platform", "darwin")
    assert started_in_the_ordinary_way(command, {}, monkeypatch) == [command]
    monkeypatch.setattr(forks.sys, "platform", "linux")
    monkeypatch.setenv(forks.ADDRESS, "/nowhere/zygote")
    assert started_in_the_ordinary_way(command, {}, monkeypatch) == [command]


def started_in_the_ordinary_way(command, settings, monkeypatch):
    """The commands that the ordinary provisioner was left with."""
    commands = []

    async def launch(self, cmd, **given):
        commands.append(cmd)
        return {}

    monkeypatch.setattr(LocalProvisioner, "launch_kernel", launch)
    asyncio.run(WarmProvisioner().launch_kernel(command, **settings))
    return commands


def test_the_warm_kernel_is_taken_where_its_kernelspec_is_installed_and_else_the_ordinary_one(monkeypatch):
    assert kernel_name() == KERNEL_NAME
    monkeypatch.setattr(KernelSpecManager, "find_kernel_specs", lambda self: {"python3": "somewhere"})
    assert kernel_name() == "python3"


def test_the_installed_kernelspec_is_the_one_of_the_project():
    folder = Path(KernelSpecManager().find_kernel_specs()[KERNEL_NAME])
    own = ROOT / "scripts/diaoyan/kernel/diaoyan/kernel.json"
    assert json.loads((folder / "kernel.json").read_text()) == json.loads(own.read_text())
