"""Setting up: what is missing is installed or named, what was fetched is what was asked for."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from diaoyan.licences import LOCKS, installed, locked
from diaoyan.paths import ROOT
from diaoyan.slurm import PLUGIN_FOLDER


@pytest.fixture
def bootstrap():
    """scripts/bootstrap.py, which is no part of the package."""
    path = ROOT / "scripts/bootstrap.py"
    specification = importlib.util.spec_from_file_location("bootstrap", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_missing_system_packages_are_listed_in_one_line(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "apt_command", lambda: None)
    there = bootstrap.SystemPackage("bash", "scripts", lambda: True)
    font = bootstrap.SystemPackage("a-font", "the charts", lambda: False)
    browser = bootstrap.SystemPackage("a-browser", "browser tests", lambda: False)
    assert bootstrap.missing([there, font]) == [font]
    with pytest.raises(bootstrap.CannotSetUp) as failure:
        bootstrap.install_system_packages([there, font, browser])
    assert str(failure.value) == (
        "missing: a-font (the charts), a-browser (browser tests); install it and run this again"
    )


def test_packages_that_are_welcome_are_installed_where_that_is_allowed(bootstrap, monkeypatch, capsys):
    tried = []

    def install(packages):
        tried.append([package.name for package in packages])
        if packages == [tex]:
            raise bootstrap.CannotSetUp("apt-get could not install a-tex: no network")

    tex = bootstrap.SystemPackage("a-tex", "print", lambda: False)
    font = bootstrap.SystemPackage("a-font", "the charts", lambda: True)
    for name, value in (
        ("install_system_packages", install),
        ("set_up_environment", lambda: None),
        ("set_up_fandol", lambda: None),
    ):
        monkeypatch.setattr(bootstrap, name, value)
    monkeypatch.setattr(bootstrap, "apt_command", lambda: None)
    # Not allowed: nothing is tried, and the build says what it does without.
    assert bootstrap.set_up([font], [tex])
    assert tried == [["a-font"]]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(bootstrap, "apt_command", lambda: ["apt-get"])
    # Allowed, and it fails: told, and no reason to stop, nor to leave others out.
    cluster = bootstrap.SystemPackage("a-cluster", "tests", lambda: False)
    assert bootstrap.set_up([font], [tex], [cluster])
    assert tried[1:] == [["a-font"], ["a-tex"], ["a-cluster"]]
    assert capsys.readouterr().err == "apt-get could not install a-tex: no network\n"


def test_another_python_is_one_line(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "PYTHON", (2, 6))
    with pytest.raises(bootstrap.CannotSetUp, match=r"^found Python 3\.\d+, expected Python 2\.6: "):
        bootstrap.find_python()


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="packages are Debian's")
def test_only_the_wanted_files_are_taken_out_of_a_package(bootstrap, tmp_path):
    content = tmp_path / "content"
    for name in ("fonts/Wanted.otf", "fonts/Other.otf", "DEBIAN/control"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(
            "Package: a\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b.c>\nDescription: a\n"
        )
    package = tmp_path / "a.deb"
    subprocess.run(["dpkg-deb", "--build", content, package], check=True, capture_output=True)
    bootstrap.unpack(package, ("Wanted.otf", "Lacking.otf"), tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Wanted.otf"]


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="packages are Debian's")
def test_fonts_that_cannot_be_fetched_are_one_line_and_stop_nothing(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "find_font", lambda name: None)
    failed = subprocess.CompletedProcess([], 100, "", "E: Unable to locate package a\n")
    monkeypatch.setattr(bootstrap, "download", lambda name, folder: failed)
    bootstrap.set_up_fandol()
    assert capsys.readouterr().err == "could not fetch texlive-lang-chinese: E: Unable to locate package a\n"


def test_pins_and_hashes_name_the_same_packages_and_no_host(bootstrap):
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert requirements[-1] == "-e ."
    pins = [line.removesuffix(" \\") for line in lock.splitlines() if "==" in line[:80].split(";")[0]]
    assert pins == requirements[:-1]
    assert "://" not in lock + "".join(requirements)
    setuptools = bootstrap.locked("setuptools").splitlines()
    assert setuptools[0].startswith("setuptools==")
    assert all(line.strip().startswith("--hash=sha256:") for line in setuptools[1:])


@pytest.fixture
def environment(bootstrap, monkeypatch, tmp_path):
    """An environment that is there; gives a function that sets it up and tells what pip was asked, and what of it."""
    folder = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", folder)
    packages = folder / ("Lib/site-packages" if os.name == "nt" else "lib/python3.11/site-packages")
    python = bootstrap.environment_python()
    for path in (packages, python.parent):
        path.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(bootstrap, "works", lambda python: True)
    monkeypatch.setattr(bootstrap, "in_environment", lambda *arguments, installs: None)

    def set_up(*names):
        for name in names:
            (packages / f"{name}-1.dist-info").mkdir()
            (packages / f"{name}-1.dist-info" / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\n")
        asked = []
        files = lambda arguments: [Path(file).read_text() for file in arguments if file.endswith((".txt", ".lock"))]  # noqa: E731
        monkeypatch.setattr(bootstrap, "pip", lambda *arguments: asked.append((arguments, files(arguments))))
        bootstrap.set_up_environment()
        return asked

    return set_up


def test_whatever_is_installed_has_a_hash_to_be_held_to(environment):
    asked = [(arguments, files) for arguments, files in environment() if arguments[0] == "install"]
    *packages, (itself, _) = asked
    assert itself[1:] == ("--no-deps", "--no-build-isolation", "--use-pep517", "-e", ".")
    assert len(packages) == 2
    for arguments, files in packages:
        assert arguments[1] == "--require-hashes"
        assert len(files) == 1
        pins = re.split(r"\n(?=\S)", files[0].strip())
        assert all(re.match(r"[^\s=]+==\S+[^\n]* \\\n    --hash=sha256:[0-9a-f]{64}", pin) for pin in pins)


def test_what_the_lock_does_not_name_is_taken_out(environment):
    asked = environment("Jinja2", "jupyter_core", "pip", "diaoyan", "jieba", "Zope.Old_one")
    assert [arguments for arguments, _ in asked if arguments[0] != "install"] == [
        ("uninstall", "--yes", "jieba", "zope-old-one")
    ]


def test_nothing_is_taken_out_where_all_is_locked(environment):
    assert {arguments[0] for arguments, _ in environment("Jinja2", "pip", "diaoyan")} == {"install"}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-slurm.lock"])
def test_every_pin_has_hashes(lock):
    pins = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip())
    assert all(re.fullmatch(r"[^\s=]+==\S+[^\n]*( \\\n    --hash=sha256:[0-9a-f]{64})+", pin) for pin in pins)


def test_what_is_installed_is_what_the_locks_pin():
    own = next(path for path in sys.path if path.endswith("site-packages"))
    for folders, lock in (((own,), LOCKS[0]), ((str(PLUGIN_FOLDER),), LOCKS[1])):
        pins = locked(lock)
        found = {name: package.version for name, package in installed(*folders).items()}
        others = {name for name in found if name not in pins} - {"pip", "diaoyan"}
        assert others == set()
        assert [name for name, version in found.items() if name in pins and version not in pins[name].specifier] == []


def test_what_builds_on_a_cluster_take_is_pinned_apart(bootstrap):
    pins = bootstrap.SLURM_LOCK.read_text(encoding="utf-8")
    names = [line.partition("==")[0] for line in pins.splitlines() if "==" in line]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert names == project["optional-dependencies"]["slurm"]
    assert not set(names) & {line.partition("==")[0] for line in bootstrap.LOCK.read_text().splitlines()}
    assert "://" not in pins


def test_what_a_build_on_a_cluster_takes_is_installed_once(bootstrap, monkeypatch, tmp_path):
    tried = []

    def install(*arguments):
        tried.append(arguments)
        bootstrap.SLURM_FOLDER.mkdir()

    monkeypatch.setattr(bootstrap, "pip", install)
    monkeypatch.setattr(bootstrap, "SLURM_FOLDER", tmp_path / "slurm")
    monkeypatch.setattr(bootstrap, "SLURM_LOCK", tmp_path / "slurm.lock")
    bootstrap.SLURM_LOCK.write_text("a==1\n")
    bootstrap.set_up_slurm()
    bootstrap.set_up_slurm()
    assert len(tried) == 1
    bootstrap.SLURM_LOCK.write_text("a==2\n")
    bootstrap.set_up_slurm()
    assert len(tried) == 2
