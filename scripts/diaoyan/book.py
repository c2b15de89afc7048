"""Makes the book of one edition in one language from its executed chapters."""

import argparse
import os
import re
import shutil
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import yaml

from diaoyan.book_files import book_folder, executed_folder, html_folder, missing_pictures_file
from diaoyan.edition import Edition
from diaoyan.inputs import book_inputs, chapter_pictures, digest
from diaoyan.job_lines import tell_done, tell_failed
from diaoyan.missing_pictures import MISSING
from diaoyan.module_runs import run
from diaoyan.paths import ROOT

# Sphinx has its own names for languages.
SPHINX_LANGUAGES = {"zh": "zh_CN"}
TOC_FORMAT = "jb-book"
# A page of warnings hides the first one.
MOST_LINES = 20


class BookFailed(Exception):
    """Jupyter Book refused the book; its text is what to show, one fault a line."""


class EndedFromOutside(Exception):
    """Whatever was to make the book was killed, which says nothing about the book; its text is what to show."""

    def __init__(self, what: str):
        super().__init__(f"found {what} ended from outside, expected it to run; build again")


def configuration(base: dict, edition: Edition, language: str, siblings: Sequence[str] = ()) -> dict:
    """The book's `_config.yml`: that of the root with the title of one edition and its languages in the site."""
    meta = edition.meta
    city = edition.city_name(language)
    year = meta["as_of"][:4]
    config = {**base["sphinx"]["config"]}
    config["language"] = SPHINX_LANGUAGES.get(language, language)
    config["diaoyan_edition"] = edition.id
    config["diaoyan_site_languages"] = sorted({language, *siblings})
    if config["html_baseurl"]:
        config["html_baseurl"] = f"{config['html_baseurl'].rstrip('/')}/{edition.id}/{language}/"
    return {
        **base,
        "title": f"{edition.particular('title', language)} · {city} {year}",
        "author": edition.particular("body", language),
        "copyright": year,
        "sphinx": {**base["sphinx"], "config": config},
    }


def make_book(edition: str, language: str, siblings: Sequence[str] = ()) -> bool:
    """Makes the book; False when the one that is there was made from the same content.

    `siblings` are the languages in which the site has the same edition, which its pages then lead to.
    """
    folder = book_folder(edition, language)
    source = folder / "source"
    loaded = Edition.load(edition)
    stage(loaded, language, source, siblings)
    staged = (path for path in source.rglob("*") if path.is_file())
    made_from = digest([*staged, *book_inputs(edition, language)])
    record = folder / "made-from.txt"
    if record.is_file() and record.read_text() == made_from and html_folder(edition, language).is_dir():
        return False
    record.unlink(missing_ok=True)
    # Sphinx kept from before would leave titles of changed chapters in pages that did not change.
    shutil.rmtree(folder / "output", ignore_errors=True)
    log = run_jupyter_book(folder, timestamp(loaded))
    missing = [line.removeprefix(MISSING) for line in log.splitlines() if line.startswith(MISSING)]
    lines = "".join(f"{edition} {language} {line}\n" for line in missing)
    missing_pictures_file(edition, language).write_text(lines, encoding="utf-8")
    record.write_text(made_from)
    return True


def stage(edition: Edition, language: str, source: Path, siblings: Sequence[str] = ()) -> None:
    """Lays out the book's source as the root has it, with this edition's chapters and settings."""
    base = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    settings = configuration(base, edition, language, siblings)
    root, *others = (f"chapters/{name}" for name in edition.chapters)
    toc = {"format": TOC_FORMAT, "root": root, "chapters": [{"file": file} for file in others]}
    shutil.rmtree(source, ignore_errors=True)
    copy_chapters(executed_folder(edition.id, language), source)
    for name, content in (("_config.yml", settings), ("_toc.yml", toc)):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (source / name).write_text(text, encoding="utf-8")


def copy_chapters(executed: Path, source: Path) -> None:
    """Lays executed chapters, with the pictures that lie beside them in the project, into the source of a book."""
    shutil.copytree(executed, source / "chapters")
    for picture in chapter_pictures():
        target = source / picture.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, target)


def warnings_in(log: str, source: Path) -> list[str]:
    """Sphinx's warnings and errors, each once, with paths as they are in the repository."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", log)
    lines = [line.strip() for line in plain.splitlines() if re.search(r"WARNING|ERROR|Error: ", line)]
    shown = (line.replace(f"{source}{os.sep}", "").replace(f"{ROOT}{os.sep}", "") for line in lines)
    return list(dict.fromkeys(shown))


def run_jupyter_book(folder: Path, seconds: str, builder: str = "html") -> str:
    """Runs Jupyter Book with warnings as errors; gives its log, which is also kept beside the book.

    Raises BookFailed, or EndedFromOutside.
    """
    source, output, log = folder / "source", folder / "output", folder / "build.log"
    options = ["-W", "-n", "--keep-going", "--builder", builder, "--path-output", str(output), str(source)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": seconds, "PYTHONHASHSEED": "0"}
    with log.open("wb") as said:
        code = run("diaoyan.jupyter_book_command", ["build", *options], environment, said)
    text = log.read_text(encoding="utf-8", errors="replace")
    if code < 0:
        raise EndedFromOutside("Jupyter Book")
    if code:
        lines = text.strip().splitlines() or [f"exit code {code}"]
        found = warnings_in(text, source) or lines[-1:]
        more = len(found) - MOST_LINES
        shown = found[:MOST_LINES] + ([f"and {more} more in {log.relative_to(ROOT)}"] if more > 0 else [])
        raise BookFailed("\n".join(shown))
    return text


def timestamp(edition: Edition) -> str:
    """The edition's date in seconds since 1970, which Sphinx then takes for today."""
    return str(int(datetime.fromisoformat(edition.last_day).replace(tzinfo=UTC).timestamp()))


def main(arguments: list[str] | None = None) -> int:
    """One job of the build: tells the build on standard output how it went."""
    parser = argparse.ArgumentParser(prog="python -m diaoyan.book", description=__doc__)
    parser.add_argument("edition")
    parser.add_argument("lang")
    parser.add_argument("output", type=Path)
    parser.add_argument("--siblings", nargs="*", default=[])
    options = parser.parse_args(arguments)
    place = f"{options.edition} {options.lang}"
    started = time.monotonic()
    try:
        made = make_book(options.edition, options.lang, options.siblings)
    except (BookFailed, EndedFromOutside) as failure:
        for line in str(failure).splitlines():
            tell_failed(f"{place}: {line}")
        return 1
    record = book_folder(options.edition, options.lang) / "made-from.txt"
    shutil.copyfile(record, options.output)
    if made:
        tell_done("book", place, started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
