"""The page of licences says of every locked package what its own metadata say."""

import re
import sys
from email.message import Message
from types import SimpleNamespace

import pytest

from diaoyan import licences
from diaoyan.licences import COPYLEFT, LOCKS, PAGE, home_of, installed, licence_of, locked, page, rows, systems_of
from diaoyan.slurm import PLUGIN_FOLDER

# Each lets a package be used for any purpose; whoever passes it on keeps its notices.
PERMISSIVE = re.compile(r"\b(0BSD|Apache|BSD|CC0|ISC|MIT|PSF|Python Software Foundation|Public Domain|W3C|Zlib)\b")


@pytest.fixture(scope="module")
def written():
    """The page as it is committed."""
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def table(written):
    """Its rows as lists of cells."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in written.splitlines() if line.startswith("| ")]


def package(*lines, files=()):
    """A package with lines of metadata, and files of a name and a text."""
    metadata = Message()
    for line in lines:
        name, _, value = line.partition(": ")
        metadata[name] = value
    return SimpleNamespace(
        metadata=metadata, files=[SimpleNamespace(name=name, read_text=lambda text=text: text) for name, text in files]
    )


def test_the_page_lists_what_the_locks_pin_and_nothing_else(table):
    pinned = [[name, str(pin.specifier).removeprefix("==")] for name, pin in locked(*LOCKS).items()]
    assert len(pinned) > 100
    assert [row[:2] for row in table[1:]] == pinned


def test_the_page_is_as_the_installed_packages_make_it(written):
    assert page(installed(*sys.path, str(PLUGIN_FOLDER)), written) == written


def test_every_package_states_a_licence_that_lets_it_be_used(table):
    unclear = {name: licence for name, _, licence, *_ in table[1:] if not PERMISSIVE.search(licence)}
    assert set(unclear) == {"certifi", "enum-tools", "hypothesis", "text-unidecode"}
    assert all(COPYLEFT.search(licence) for licence in unclear.values())


def test_packages_with_copyleft_are_named_with_the_reason_why_they_may_be_used(table, written):
    names = [name for name, _, licence, *_ in table[1:] if COPYLEFT.search(licence)]
    assert {"certifi", "docutils", "enum-tools", "hypothesis", "text-unidecode", "tqdm"} == set(names)
    assert f"These are copyleft: {', '.join(names)}." in written


def test_what_is_never_installed_is_left_out_and_what_one_system_has_names_it(tmp_path):
    lock = tmp_path / "lock"
    lock.write_text(
        "one==1.0 \\\n    --hash=sha256:00\n"
        "for-windows==2 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
        "later==3 ; python_full_version == '3.12.*' \\\n    --hash=sha256:00\n"
    )
    pins = locked(lock)
    assert {name: systems_of(pin) for name, pin in pins.items()} == {
        "for-windows": ["Windows"],
        "one": ["Linux", "macOS", "Windows"],
    }


def test_a_row_of_a_package_that_is_not_installed_here_stays_until_its_version_changes(tmp_path, monkeypatch):
    lock = tmp_path / "lock"
    monkeypatch.setattr(licences, "LOCKS", (lock,))
    row = "| one | 1.0 | MIT | https://one.example |  |"
    lock.write_text("one==1.0 \\\n")
    assert rows({}, f"{row}\n") == {"one": row}
    lock.write_text("one==1.1 \\\n")
    assert rows({}, f"{row}\n") == {"one": "| one | 1.1 |  |  |  |"}


@pytest.mark.parametrize(
    ("lines", "text", "licence"),
    [
        (["License-Expression: MIT", "Classifier: License :: OSI Approved :: BSD License"], "", "MIT"),
        (["Classifier: License :: OSI Approved :: BSD License", "License: a text"], "", "BSD License"),
        (["Classifier: License :: OSI Approved", "License: W3C-20150513"], "", "W3C-20150513"),
        (["Classifier: Topic :: Text", "License: Apache 2.0"], "MIT License\n\nCopyright", "Apache 2.0"),
        (["License: " + "x" * 61], "MIT License\n\nCopyright", "MIT License"),
        (["Name: one"], "", ""),
    ],
)
def test_the_licence_is_what_says_most_of_it(lines, text, licence):
    assert licence_of(package(*lines, files=[("LICENSE", text)])) == licence


def test_the_home_page_is_the_best_of_the_addresses():
    urls = ("Project-URL: Documentation, https://doc.example", "Project-URL: Homepage, https://home.example")
    assert home_of(package(*urls)) == "https://home.example"
    assert home_of(package("Home-page: UNKNOWN", urls[0])) == "https://doc.example"
    assert home_of(package("Home-page: https://own.example", *urls)) == "https://own.example"
    assert home_of(package("Project-URL: Funding, https://give.example")) == ""
