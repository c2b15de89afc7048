"""How fast reports are made, beside what one would do otherwise: `python benchmarks/speed.py` after `./scripts/build`.

Every case is run several times in copies of the project, ours and the plain way in turn; shown are medians in seconds
and the ratio. The plain way is a loop of `papermill`, each chapter with the ordinary kernel, and `jupyter-book build`
of what it made; or Jupyter Book's own execution with its cache. Nothing kept from an earlier run helps either side.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import yaml

from diaoyan.inputs import chapters_of, particulars_of
from diaoyan.paths import ROOT
from diaoyan.recipes import called

EDITION = "anyang-2023"
OBSERVATIONS = Path("data", "editions", EDITION, "observations.csv")
LANGUAGES = ("zh", "en")
PROVINCES = "provinces/2023"
PACKAGES = (
    "papermill",
    "jupyter-book",
    "sphinx",
    "nbval",
    "ipykernel",
    "altair",
    "vl-convert-python",
    "typst",
    "snakemake",
)
COPIED = ("data", "scripts", "chapters", "Snakefile", "_config.yml", "_toc.yml", "requirements.lock", "pyproject.toml")
BOOK = "from jupyter_book.cli.main import main; main()"
STAGE = """
import sys, pathlib, diaoyan.book as book
from diaoyan.edition import Edition
book.stage(Edition.load(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]))
"""
# As the build runs its jobs, one after the other, but for what makes books.
EXECUTE = """
import subprocess, sys
from diaoyan.loaded_ahead import CHAPTER_MODULES
from diaoyan.warm_jobs import warm_jobs
edition, language, *chapters = sys.argv[1:]
with warm_jobs(modules=CHAPTER_MODULES):
    for chapter in chapters:
        output = f"_build/executed/{edition}/{language}/{chapter}.ipynb"
        job = [sys.executable, "-m", "diaoyan.job", "diaoyan.execute", chapter, edition, language, output]
        subprocess.run(job, check=True, stdout=subprocess.DEVNULL)
"""


class Copy:
    """A copy of the project in which commands are run."""

    def __init__(self, root: Path):
        self.root = root
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
            else:
                shutil.copyfile(source, root / name)

    def run(self, *command: str, cores: int = 2) -> None:
        """Runs a Python command; raises CalledProcessError with what it said."""
        environment = {**os.environ, "PYTHONPATH": str(self.root / "scripts")}
        allowed = sorted(os.sched_getaffinity(0))[:cores]
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, allowed),
        )
        if done.returncode:
            print(done.stdout, file=sys.stderr)
            done.check_returncode()

    def clean(self) -> None:
        """Removes all that was ever made here, but not the editions made by recipes, and takes a change back."""
        shutil.copyfile(ROOT / OBSERVATIONS, self.root / OBSERVATIONS)
        made = (path for path in (self.root / "_build").glob("*") if path.name != "editions")
        for path in (self.root / ".snakemake", *made):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def change_an_observation(self, number: int) -> None:
        """Gives the first observation of the edition another value."""
        path = self.root / OBSERVATIONS
        header, first, *others = path.read_text(encoding="utf-8").splitlines()
        cells = first.split(",")
        cells[header.split(",").index("value")] = str(90000 + number)
        path.write_text("\n".join([header, ",".join(cells), *others]) + "\n", encoding="utf-8")

    def papermill(self, edition: str, language: str, cores: int = 2) -> None:
        """The chapters of an edition through papermill, one by one."""
        folder = self.root / "_build" / "executed" / edition / language
        folder.mkdir(parents=True, exist_ok=True)
        for chapter in chapters_of(particulars_of(edition)):
            output = str(folder / f"{chapter}.ipynb")
            parameters = ["-p", "edition", edition, "-p", "lang", language, "--cwd", "chapters", "-k", "python3"]
            options = [*parameters, "--no-progress-bar"]
            self.run("-m", "papermill", f"chapters/{chapter}.ipynb", output, *options, cores=cores)

    def stage(self, edition: str, language: str) -> Path:
        """Lays out the source of a book from the executed chapters, which takes no part in any time."""
        source = self.root / "_build" / "plain" / edition / language
        self.run("-c", STAGE, edition, language, str(source))
        return source

    def jupyter_book(self, source: Path, *options: str) -> None:
        """The pages of a book."""
        self.run("-c", BOOK, "build", *options, str(source))

    def build(self, *arguments: str) -> None:
        """Our own way to pages."""
        self.run("-m", "diaoyan.build", "--only", "html", "--cores", "2", *arguments)


def seconds(action: Callable[[], None]) -> float:
    """How long an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def plain_books(copy: Copy, editions: list[str], languages: tuple[str, ...]) -> float:
    """The plain way to the pages of some editions; what lays out the sources is not counted."""
    taken = 0.0
    for edition in editions:
        for language in languages:
            taken += seconds(lambda e=edition, lang=language: copy.papermill(e, lang))
            source = copy.stage(edition, language)
            taken += seconds(lambda s=source: copy.jupyter_book(s, "-W", "-n", "--keep-going"))
    return taken


def plain_books_side_by_side(copy: Copy, editions: list[str]) -> float:
    """The plain way to the Chinese pages of some editions, two at once, until no two of its kernels take one port."""
    while True:
        try:
            with ThreadPoolExecutor(2) as pool:
                return max(pool.map(lambda half: plain_books(copy, half, ("zh",)), (editions[0::2], editions[1::2])))
        except subprocess.CalledProcessError as failed:
            if "Address already in use" not in failed.stdout:
                raise
            print("two kernels of the plain way took the same port; once more", flush=True)


def with_own_cache(copy: Copy) -> Path:
    """The source of the Chinese book for Jupyter Book to execute itself, keeping what it executed."""
    source = copy.root / "_build" / "cached"
    shutil.copytree(copy.stage(EDITION, "zh"), source)
    for path in (copy.root / "chapters").glob("*.*"):
        shutil.copy(path, source / "chapters")
    settings = yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))
    settings["execute"] = {"execute_notebooks": "cache", "timeout": 300}
    (source / "_config.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return source


def measured(ours: Copy, plain: Copy, provinces: list[str], number: int) -> Iterator[tuple[str, float, float]]:
    """One round: for each case what it took us, and the plain way."""
    chapters = chapters_of(particulars_of(EDITION))
    for copy in (ours, plain):
        copy.clean()
    mine = seconds(lambda: ours.run("-c", EXECUTE, EDITION, "zh", *chapters, cores=1))
    yield (
        "execute all chapters of one edition, one core",
        mine,
        seconds(lambda: plain.papermill(EDITION, "zh", cores=1)),
    )

    nbval = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "chapters"]
    mine = seconds(lambda: ours.run(*nbval, "--nbval-kernel-name", "diaoyan"))
    yield "nbval of all chapters", mine, seconds(lambda: plain.run(*nbval))

    for copy in (ours, plain):
        copy.clean()
    mine = seconds(lambda: ours.build(EDITION))
    yield "whole edition, cold, both languages, HTML", mine, plain_books(plain, [EDITION], LANGUAGES)

    own_cache = with_own_cache(plain)
    cold = seconds(lambda: plain.jupyter_book(own_cache))
    ours.build(EDITION, "--lang", "zh")
    mine = seconds(lambda: ours.build(EDITION, "--lang", "zh"))
    yield "nothing changed, one language", mine, plain_books(plain, [EDITION], ("zh",))
    yield "the same, beside Jupyter Book's own cache", mine, seconds(lambda: plain.jupyter_book(own_cache))

    ours.clean()
    mine = seconds(lambda: ours.build(EDITION, "--lang", "zh"))
    yield "one language, cold, beside Jupyter Book's own execution", mine, cold

    for copy in (ours, plain):
        copy.change_an_observation(number)
    mine = seconds(lambda: ours.build(EDITION, "--lang", "zh"))
    yield "one observation changed, HTML of one language", mine, plain_books(plain, [EDITION], ("zh",))

    for copy in (ours, plain):
        copy.clean()
    mine = seconds(lambda: ours.build("--lang", "zh", *provinces))
    yield f"{len(provinces)} provinces, two cores", mine, plain_books_side_by_side(plain, provinces)


def main() -> None:
    """Runs the rounds and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--provinces", type=int, default=31, help="how many of the 31")
    parser.add_argument("--json", type=Path, help="where to keep every time taken")
    options = parser.parse_args()
    provinces = called(PROVINCES)[: options.provinces]
    taken: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        ours, plain = Copy(Path(folder) / "ours"), Copy(Path(folder) / "plain")
        for copy in (ours, plain):
            shutil.copytree(ROOT / "_build" / "editions", copy.root / "_build" / "editions")
        for number in range(1, options.rounds + 1):
            for case, mine, theirs in measured(ours, plain, provinces, number):
                taken.setdefault(case, []).append((mine, theirs))
                print(f"[{number}/{options.rounds}] {case}: {mine:.1f} s, plain {theirs:.1f} s", flush=True)
    print(f"\n{platform.platform()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in PACKAGES))
    print(f"medians of {options.rounds}\n\n| case | ours, s | plain, s | ratio |\n|---|---|---|---|")
    for case, times in taken.items():
        mine, theirs = (statistics.median(each) for each in zip(*times, strict=True))
        print(f"| {case} | {mine:.1f} | {theirs:.1f} | {theirs / mine:.1f} |")
    if options.json:
        options.json.write_text(json.dumps(taken, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
