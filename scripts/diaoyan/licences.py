"""The licences of all packages that the locks name, as each states its own: writes docs/licences.md."""

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from diaoyan.inputs import LOCK
from diaoyan.paths import ROOT
from diaoyan.slurm import PLUGIN_FOLDER

LOCKS = (LOCK, ROOT / "requirements-slurm.lock")
PAGE = ROOT / "docs" / "licences.md"
# The one Python that the locks are for, on each system the project runs on; a pin for none of them is never installed.
SYSTEMS = {
    name: {"python_full_version": "3.11.0", "implementation_name": "cpython", "sys_platform": platform}
    for name, platform in (("Linux", "linux"), ("macOS", "darwin"), ("Windows", "win32"))
}
# Who has changed something under such a licence and passes it on has to pass on the changes.
COPYLEFT = re.compile(r"\b(MPL|Mozilla|GPL|GNU|Artistic)")
# Where a package may say that it is at home, the best first.
HOMES = ("homepage", "home", "source", "repository", "source code", "github", "documentation")
# More than that is the text of a licence and no name.
LONGEST_NAME = 60
HEAD = "| package | version | licence | home page | installed on |\n|---|---|---|---|---|\n"
INTRODUCTION = """\
# Licences

Of all packages in `requirements.lock` and `requirements-slurm.lock`, as each states its own. Written by
`.venv/bin/python -m diaoyan.licences`; what is installed on other systems only stays as it was written there.

These are copyleft: {copyleft}.
They are tools that are run as they are, neither changed nor passed on here, and their terms do not reach what is
made with them.

What pages and documents carry of others may be passed on with them: scripts of Vega (BSD), styles of Sphinx, its themes
and MyST-NB (BSD) with those of Font Awesome (MIT); in PDF files the fonts Noto CJK and Libertinus (SIL OFL 1.1), TeX
Gyre (GUST Font License) and Fandol (GPL with an exception for documents).

"""


def locked(*locks: Path) -> dict[str, Requirement]:
    """What locks pin for any of the systems, by name."""
    lines = [line for lock in locks for line in lock.read_text(encoding="utf-8").splitlines() if line[:1].isalnum()]
    pins = [Requirement(line.removesuffix("\\")) for line in lines]
    return {pin.name: pin for pin in sorted(pins, key=lambda pin: pin.name) if systems_of(pin)}


def systems_of(pin: Requirement) -> list[str]:
    """The systems on which a pinned package is installed."""
    return [name for name, system in SYSTEMS.items() if not pin.marker or pin.marker.evaluate(system)]


def installed(*folders: str) -> dict[str, Distribution]:
    """The packages that are installed in folders, by the names that locks have for them."""
    return {canonicalize_name(each.metadata["Name"]): each for each in distributions(path=list(folders))}


def licence_of(package: Distribution) -> str:
    """The licence that a package states: in its metadata, or in the first line of a file."""
    said = package.metadata
    classified = [line.split(" :: ")[-1] for line in said.get_all("Classifier") or [] if line.startswith("License ::")]
    # Which of them was approved, it leaves unsaid.
    named = [name for name in classified if name != "OSI Approved"]
    if found := said["License-Expression"] or ", ".join(named):
        return found
    files = [file.read_text() for file in package.files or [] if re.match(r"LICEN[CS]E|COPYING", file.name)]
    first_lines = [text.strip().partition("\n")[0] for text in (said["License"] or "", *files)]
    return next((name for name in first_lines if 0 < len(name) <= LONGEST_NAME), "")


def home_of(package: Distribution) -> str:
    """The address where a package is at home."""
    said = package.metadata
    named = dict(line.split(", ", 1) for line in said.get_all("Project-URL") or [])
    pages = {label.casefold(): address for label, address in named.items()}
    own = said["Home-page"]
    return own if own and own != "UNKNOWN" else next((pages[label] for label in HOMES if label in pages), "")


def rows(there: dict[str, Distribution], written: str) -> dict[str, str]:
    """By name a row for each package of the locks; of one that is not installed here the row as it is written."""
    found = {}
    for name, pin in locked(*LOCKS).items():
        start = f"| {name} | {str(pin.specifier).removeprefix('==')} | "
        on = systems_of(pin)
        where = "" if len(on) == len(SYSTEMS) else ", ".join(on)
        if name in there:
            found[name] = f"{start}{licence_of(there[name])} | {home_of(there[name])} | {where} |"
        else:
            kept = (line for line in written.splitlines() if line.startswith(start))
            found[name] = next(kept, f"{start} |  | {where} |")
    return found


def page(there: dict[str, Distribution], written: str) -> str:
    """The page, given the packages that are installed here and the page as it is written."""
    found = rows(there, written)
    copyleft = ", ".join(name for name, row in found.items() if COPYLEFT.search(row))
    return INTRODUCTION.format(copyleft=copyleft) + HEAD + "".join(f"{row}\n" for row in found.values())


def main() -> int:
    """Writes the page anew."""
    written = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    PAGE.write_text(page(installed(*sys.path, str(PLUGIN_FOLDER)), written), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
