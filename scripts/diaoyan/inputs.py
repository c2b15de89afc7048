"""What each step of the build is made from: files, and a digest of their content."""

import ast
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from diaoyan.paths import DATA, ROOT

PACKAGE = Path(__file__).parent
LOCK = ROOT / "requirements.lock"


def chapter_names() -> list[str]:
    """The chapters in reading order, as `_toc.yml` gives them."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    entries = [entry for part in [toc, *toc.get("parts", [])] for entry in part.get("chapters", [])]
    return [Path(file).name for file in (toc["root"], *(entry["file"] for entry in entries))]


def chapter_inputs(chapter: str, edition: str, language: str) -> list[str]:
    """A chapter, and the data, words and code it may use: the shared and its edition's."""
    files = [path for path in DATA.rglob("*") if path.is_file() and not _is_stray(path)]
    own = DATA / "editions" / edition
    return _shown(
        [
            ROOT / "chapters" / f"{chapter}.ipynb",
            *(
                path
                for path in files
                if (path.is_relative_to(own) or not path.is_relative_to(DATA / "editions")) and _serves(path, language)
            ),
            *code_behind("execute", "report"),
            LOCK,
        ]
    )


def book_inputs(edition: str, language: str) -> list[str]:
    """What makes a book out of executed chapters."""
    return _shown(
        [
            ROOT / "_config.yml",
            ROOT / "_toc.yml",
            DATA / "editions" / edition / "edition.yml",
            DATA / "catalogue" / f"{language}.yml",
            *code_behind("book", "sphinx_extension"),
            *_files_of(PACKAGE / "static"),
            LOCK,
        ]
    )


def site_inputs() -> list[str]:
    """What the page of all editions is made from."""
    particulars = (DATA / "editions").glob("*/edition.yml")
    return _shown([*particulars, *code_behind("site"), *_files_of(PACKAGE / "templates")])


def code_behind(*modules: str) -> set[Path]:
    """The package's modules that the named ones import, directly or not, and themselves."""
    found: set[Path] = set()
    waiting = [PACKAGE / f"{name}.py" for name in modules]
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("diaoyan"):
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                waiting += [PACKAGE / f"{name.partition('.')[2]}.py" for name in names]
    return found


def digest(files: Iterable[str | Path]) -> str:
    """A digest of names and content; neither time nor size plays a part."""
    whole = hashlib.sha256()
    for name in _shown(ROOT / file for file in files):
        whole.update(f"{name}\0{_digest_of(ROOT / name)}\n".encode())
    return whole.hexdigest()


@cache
def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _serves(path: Path, language: str) -> bool:
    """Whether a file of words is of this language; tables serve every language."""
    if path.parent.name == "catalogue":
        return path.stem == language
    return path.parent.parent.name != "text" or path.parent.name == language


def _is_stray(path: Path) -> bool:
    """Whether a file was left by an editor or a file manager, Excel's lock file among them."""
    return path.name.startswith((".", "~")) or path.name.endswith("~")


def _files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not _is_stray(path)]


def _shown(paths: Iterable[Path]) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)
