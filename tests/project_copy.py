"""Copies what a build of the project reads."""

import shutil
from pathlib import Path

from diaoyan.paths import ROOT

FOLDERS = ("data", "scripts", "chapters", "profiles")
FILES = ("Snakefile", "_config.yml", "_toc.yml", "requirements.lock")


def copy_project(root: Path, *left_out: str) -> None:
    """Copies the project, without what is made by running it and without folders of the names left out."""
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", *left_out)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in FILES:
        shutil.copyfile(ROOT / name, root / name)
