"""Where editions lie: stored below `data/`, or made by a recipe below `_build/`, where nobody writes by hand."""

import re
from pathlib import Path

from diaoyan.faults import Fault
from diaoyan.paths import BUILD, DATA

EDITION_ID = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def edition_ids(data: Path = DATA) -> list[str]:
    """Ids of the stored editions."""
    return sorted(name for name in folders_in(data / "editions") if EDITION_ID.fullmatch(name))


def known_ids(data: Path = DATA) -> list[str]:
    """Ids of the stored editions and of those that recipes have made."""
    return sorted({*edition_ids(data), *folders_in(made_editions(data))})


def edition_folder(edition: str, data: Path = DATA) -> Path:
    """The files of an edition; one that is stored comes before one that was made."""
    stored = data / "editions" / edition
    return stored if stored.is_dir() else made_editions(data) / edition


def made_editions(data: Path = DATA) -> Path:
    """Where recipes make their editions: beside the data they are made from."""
    return data.parent / BUILD.name / "editions"


def leading_elsewhere(edition: str, data: Path = DATA) -> list[Fault]:
    """Links in an edition's folder, or in its place: what they lead to is nobody's to read, publish or write.

    So do pipes and devices, of which there may be no end.
    """
    folder = edition_folder(edition, data)
    there = sorted((folder, *folder.rglob("*")))
    expected = "a file or folder of the edition itself"
    links = [Fault(shown(path, data), 0, "", "a link to elsewhere", expected) for path in there if path.is_symlink()]
    others = (path for path in there if not path.is_symlink() and not path.is_file() and not path.is_dir())
    return [*links, *(Fault(shown(path, data), 0, "", "no file", "a file") for path in others)]


def shown(path: Path, data: Path = DATA) -> str:
    """A file of the data or of an edition as a reader knows it."""
    return path.relative_to(data.parent).as_posix()


def folders_in(folder: Path) -> list[str]:
    """The names of the folders in a folder; none where there is no such folder."""
    return [each.name for each in folder.iterdir() if each.is_dir()] if folder.is_dir() else []
