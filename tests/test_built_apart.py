"""A site that was built without a network, on a machine and by a person of made-up names: it is whole, and silent."""

import getpass
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import apart
import pytest
from pypdf import PdfWriter
from small_project import copy_of_project
from traces import traces_in

from diaoyan.paths import ROOT
from diaoyan.tex import missing_packages

PERSON = "made-up-person-of-a-test"
can_be_apart = pytest.mark.skipif(not apart.is_possible(), reason="this machine lets a test have no namespaces")


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The real edition in all its forms, built apart where that is possible: the folder, what was said, and when."""
    folder = tmp_path_factory.mktemp("real")
    tree, home = copy_of_project(folder / "tree"), folder / PERSON
    home.mkdir()
    started = datetime.now(UTC)
    process = tree.start(
        *("anyang-2023", "--cores", "2"),
        within=apart.APART if apart.is_possible() else (),
        **dict.fromkeys(("USER", "LOGNAME", "LNAME", "USERNAME"), PERSON),
        HOME=str(home),
    )
    code, output, errors = tree.finish(process)
    site = tree.root / "_build" / "site"
    return SimpleNamespace(
        tree=tree, site=site, code=code, output=output, errors=errors, started=started, ended=datetime.now(UTC)
    )


def test_the_real_edition_is_built_in_both_languages_without_a_warning(real):
    assert (real.code, real.errors) == (0, [])
    assert "built 1 edition, 2 books, 20 chapters (20 executed)" in real.output[-1]
    names = {"index.html", "notebooks/data.ipynb", "official.docx", "official.pdf", "data.xlsx", "audit.json"}
    for language in ("zh", "en"):
        book = real.site / "anyang-2023" / language
        assert {name for name in names if not (book / name).is_file()} == set()
        assert (book / "report.pdf").is_file() or missing_packages()


def test_its_pages_load_nothing_from_elsewhere(real):
    loads = re.compile(
        r"""<(?:script|img|iframe|source|video|audio|embed|link)\b[^>]*\s(?:src|href)=["']?"""
        r"""(?:https?:)?//[^"'>\s]*|@import[^;]*//[^;]*|url\(\s*["']?(?:https?:)?//[^)]*"""
    )
    pages = [path for path in real.site.rglob("*") if path.suffix in (".html", ".css")]
    assert len(pages) > 20
    found = [(path.name, each[0]) for path in pages for each in loads.finditer(path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_site_tells_nothing_of_the_machine_the_person_or_the_time(real):
    names = [str(real.tree.root), str(ROOT), sys.prefix, f"{Path.home()}/", f"{tempfile.gettempdir()}/", PERSON]
    names += [apart.HOST] if apart.is_possible() else []
    # Such names of this machine as can be told from words.
    names += [name for name in (getpass.getuser(), socket.gethostname()) if len(name) > len("localhost")]
    assert traces_in(real.site, names, real.started, real.ended) == []


def test_whatever_the_site_would_tell_is_found(tmp_path):
    started = datetime(2031, 4, 5, 23, 30, tzinfo=UTC)
    ended = started + timedelta(minutes=1)
    told = {
        "a.html": "<p>/some/where/page.ipynb</p>",
        "b.svg": "<text>somebody</text>",
        "c.json": '{"built": "2031-04-05T23:30:01Z", "at": 1933198212.5}',
        "d.csv": "2031年4月6日,2031/4/5,5 April 2031,Apr 05, 2031,20310406,20310405233001",
        "e.txt": "2031-04-15 2031-04-051 somewhere 19331982125 x20310405 1933198212345",
    }
    for name, text in told.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "f.docx", "w") as file:
        file.writestr(zipfile.ZipInfo("docProps/core.xml", (2031, 4, 5, 23, 30, 0)), "by somebody")
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "somebody", "/CreationDate": "D:20310405233000Z"})
    writer.write(tmp_path / "g.pdf")
    found = traces_in(tmp_path, ["/some/where", "somebody"], started, ended)
    lines = {}
    for line in found:
        place, _, trace = line.partition(": ")
        lines.setdefault(place, []).append(trace)
    assert lines.pop("g.pdf!metadata") == ["somebody", "20310405"]
    lines.pop("g.pdf", None)
    assert lines == {
        "a.html": ["/some/where"],
        "b.svg": ["somebody"],
        "c.json": ["2031-04-05", "1933198212"],
        "d.csv": ["2031年4月6日", "2031/4/5", "5 April 2031", "Apr 05, 2031", "20310406", "20310405"],
        "f.docx!docProps/core.xml": ["2031-04-05", "somebody"],
    }


@can_be_apart
def test_without_a_network_the_same_bytes_are_built(tree):
    before = tree.site()
    for name in ("_build", ".snakemake"):
        shutil.rmtree(tree.root / name)
    code, lines, errors = tree.finish(tree.start("--lang", "zh", "--only", "html", "--cores", "2", within=apart.APART))
    assert (code, errors) == (0, [])
    assert "(2 executed)" in lines[-1]
    assert tree.site() == before


@can_be_apart
def test_what_is_built_apart_has_no_network_and_another_name():
    asked = "import socket; print(socket.gethostname(), socket.if_nameindex())"
    done = subprocess.run([*apart.APART, sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == f"{apart.HOST} [(1, 'lo')]\n"
