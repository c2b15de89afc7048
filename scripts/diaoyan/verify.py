"""Verifies the published site: makes it again elsewhere, in another environment, and compares file by file."""

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from diaoyan.catalogue import languages
from diaoyan.edition_folders import made_editions
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.inputs import all_inputs
from diaoyan.paths import DATA, ROOT, SITE
from diaoyan.products import PRODUCTS, product_files, published_editions

# What the other build finds different from this one; nothing of it may be seen in what is made.
OTHER_ENVIRONMENT = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "C",
    "LC_ALL": "C",
    "USER": "somebody",
    "LOGNAME": "somebody",
    "PYTHONHASHSEED": "4711",
}
OTHER_CORES = 1
# Of a project without a history what is no part of it.
NOT_COPIED = (".*", "_build", "__pycache__", "*.egg-info")


def verify(editions: Sequence[str], scratch: Path) -> list[str]:
    """Makes what is published of some editions, of all for none, in an empty folder; a line for each file that differs.

    Raises Faults for an edition that is not published.
    """
    published = published_editions()
    if not published:
        raise Faults([Fault(SITE.relative_to(ROOT).as_posix(), 0, "", "no site", "one; run ./scripts/build first")])
    if unknown := [each for each in editions if each not in published]:
        expected = "one of " + ", ".join(published)
        raise Faults([Fault("edition", 0, "", quoted(each), expected) for each in unknown])
    if scratch.exists():
        raise Faults([Fault("--folder", 0, "", "something there already", "a new folder")])
    chosen, scratch = list(editions) or published, scratch.resolve()
    copy_project(scratch)
    _build(scratch, chosen)
    again = scratch / SITE.relative_to(ROOT)
    # Pages that lead to all editions, or compare them, can only be made of all.
    places = [""] if set(chosen) == set(published) else [f"{edition}/" for edition in chosen]
    return [line for place in places for line in differences(SITE / place, again / place, place)]


def differences(published: Path, again: Path, place: str) -> Iterator[str]:
    """A line for each file of two folders that differs or is in one of them only; `place` goes before its name."""
    there, made = _files(published), _files(again)
    for file in sorted(there | made):
        if file not in made:
            yield f"{place}{file}: found in the published site only, expected when made again too"
        elif file not in there:
            yield f"{place}{file}: found when made again only, expected in the published site too"
        elif not filecmp.cmp(published / file, again / file, shallow=False):
            yield f"{place}{file}: found other bytes when made again, expected the same"


def copy_project(target: Path) -> None:
    """Lays the files of the project as they are now, with its history where it has one, into an empty folder."""
    listing = ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    # Without git, or where it may not read the history, the site was made without one too.
    if (ROOT / ".git").exists() and (listed := _said_by(listing)) is not None:
        subprocess.run(["git", "clone", "--quiet", "--shared", ROOT, target], check=True)
        # What it is made from is part of it, even if git was told to pass it over.
        inputs = (path.relative_to(ROOT).as_posix() for path in all_inputs())
        _copy({*filter(None, listed.split("\0")), *inputs}, target)
    else:
        shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*NOT_COPIED), dirs_exist_ok=True)
    # What recipes have made is asked for by its own name here.
    made = made_editions(DATA)
    if made.is_dir():
        shutil.copytree(made, target / made.relative_to(ROOT))


def _said_by(command: list) -> str | None:
    """What a command says, names of files as they are; None where it cannot be run or fails."""
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None


def _copy(names: Iterable[str], target: Path) -> None:
    """Copies files of the project; one that is gone goes there too."""
    for name in names:
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
        else:
            (target / name).unlink(missing_ok=True)


def _build(scratch: Path, editions: list[str]) -> None:
    """Makes the same products in the same languages; a fault of theirs is told by the build, and by what is missing."""
    (scratch / "home").mkdir()
    elsewhere = {"PYTHONPATH": str(scratch / "scripts"), "HOME": str(scratch / "home")}
    for asked, those in _builds(editions).items():
        subprocess.run(
            [sys.executable, "-m", "diaoyan.build", *those, *asked, "--cores", str(OTHER_CORES)],
            cwd=scratch,
            env={**os.environ, **OTHER_ENVIRONMENT, **elsewhere},
            check=False,
        )


def _builds(editions: list[str]) -> dict[tuple[str, ...], list[str]]:
    """The options of the builds that make what is published and nothing else, each with its editions."""
    found: dict[tuple[str, ...], list[str]] = {}
    every = languages(DATA)
    for edition in editions:
        made = {
            product: [language for language in every if product_files(SITE / edition / language, product)]
            for product in PRODUCTS
        }
        if all(spoken == every for spoken in made.values()):
            found.setdefault((), []).append(edition)
            continue
        for product, spoken in made.items():
            for one in [()] if spoken == every else [("--lang", language) for language in spoken]:
                found.setdefault(("--only", product, *one), []).append(edition)
    return found


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
