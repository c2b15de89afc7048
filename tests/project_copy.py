"""Copies what a build of the project reads."""

import compileall
import py_compile
import shutil
from pathlib import Path

from diaoyan.paths import ROOT
from diaoyan.stock import FOLDER as STOCK

FOLDERS = ("data", "scripts", "chapters", "profiles")
FILES = ("Snakefile", "_config.yml", "_toc.yml", "requirements.lock")


def copy_project(root: Path, *left_out: str) -> None:
    """Copies the project, without what is made by running it and without folders of the names left out."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", *left_out)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in FILES:
        shutil.copyfile(ROOT / name, root / name)
    # Once for the many processes of many builds, and for the copies of the copy, whatever their times.
    compileall.compile_dir(root / "scripts", quiet=1, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    # What was drawn is right wherever it was drawn from the same.
    STOCK.mkdir(parents=True, exist_ok=True)
    (root / STOCK.relative_to(ROOT)).parent.mkdir()
    (root / STOCK.relative_to(ROOT)).symlink_to(STOCK)
