"""Builds the site: checks the editions first, then makes what their content asks for."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from diaoyan import last_build, slurm
from diaoyan.arguments import OneLineParser, show, speak_utf8
from diaoyan.book_files import missing_pictures, print_faults
from diaoyan.build_failures import WANTED_FOLDER, refused_folders, shown, why
from diaoyan.catalogue import languages
from diaoyan.chapter_reads import check_declarations
from diaoyan.checked_editions import check_changed
from diaoyan.edition_folders import edition_ids, known_ids
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.fonts import found_files
from diaoyan.inputs import chapters_of, particulars_of
from diaoyan.jobs import Progress, run_snakemake
from diaoyan.official_record import FAULT, FONTS, complaints
from diaoyan.paths import BUILD, DATA, ROOT, SITE
from diaoyan.products import PRODUCTS
from diaoyan.recipes import called
from diaoyan.tex import found_packages, missing_packages
from diaoyan.whole_folder import mend

LOG = BUILD / "build.log"
PUBLISHED = BUILD / "published.txt"


class BuildFailed(Exception):
    """The build did not come to its end; its text is what to show, without a traceback."""


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The command line of `scripts/build`."""
    parser = OneLineParser(prog="build", description=__doc__)
    parser.add_argument("editions", nargs="*", metavar="EDITION", help="default: all that are stored")
    parser.add_argument("--lang", choices=languages(DATA), help="default: all")
    parser.add_argument("--only", choices=list(PRODUCTS), help="default: all there are")
    where = "where jobs run: here, or as jobs of Slurm; default: local"
    parser.add_argument("--executor", choices=["local", "slurm"], default="local", help=where)
    cores = f"how many jobs at once; default: one for each core here, {slurm.MOST_JOBS} with Slurm"
    parser.add_argument("--cores", type=_at_least_one, metavar="N", help=cores)
    return parser.parse_args(arguments)


def known(names: list[str]) -> list[str]:
    """The editions of the names on the command line, all that are stored for none; raises Faults for unknown ones."""
    editions = list(dict.fromkeys(id for name in names for id in called(name))) or edition_ids()
    there = known_ids()
    faults = [
        Fault("edition", 0, "", quoted(edition), "one of " + ", ".join(edition_ids()))
        for edition in editions
        if edition not in there
    ]
    if faults:
        raise Faults(faults)
    return editions


def wanted_products(only: str | None) -> list[str]:
    """What is to be made: all that can be, or what was asked for by name; raises BuildFailed where that cannot be."""
    wanted = [only] if only else list(PRODUCTS)
    lacking = " ".join(package.name for package in missing_packages()) if "pdf" in wanted else ""
    if not lacking:
        return wanted
    if only:
        raise BuildFailed(f"report.pdf: found no TeX to make it with; install {lacking} and run this again")
    show(f"report.pdf is left out: found no TeX to make it with; install {lacking} to have it")
    return [product for product in wanted if product != "pdf"]


def build_as_asked(options: argparse.Namespace, wanted_languages: list[str], products: list[str], lock: IO) -> None:
    """Builds and says so; raises Faults, or BuildFailed with all that could not be made."""
    # What has to be loaded for it would double the time of finding that nothing has changed.
    from diaoyan.warm_jobs import warm_jobs

    with warm_jobs([lock.fileno()]):
        check_declarations()
        editions = known(options.editions)
        built = build(editions, wanted_languages, products, options.cores, options.executor, lock)
    faults = left_out(editions, wanted_languages, products, options.only)
    # Where only what could not be made was wanted, nothing was built; pages are there but for their pictures.
    if not faults or options.only in (None, "html"):
        show(built)
    if faults:
        raise BuildFailed("\n".join(faults))


def build(
    editions: list[str], wanted_languages: list[str], products: list[str], cores: int | None, executor: str, lock: IO
) -> str:
    """Makes and publishes these products of the editions; gives what to say. Raises BuildFailed, the site untouched."""
    started = time.monotonic()
    mend(SITE)
    if not (SITE / "index.html").is_file():
        PUBLISHED.unlink(missing_ok=True)
    here = os.cpu_count() or 1
    at_once = cores or (slurm.MOST_JOBS if executor == "slurm" else here)
    slurm.cancel_left_over()
    progress = Progress(LOG)
    # Checks are made here, whatever is made elsewhere.
    check_changed(editions, min(at_once, here), progress)
    if progress.failures:
        raise BuildFailed("\n".join(progress.failures))
    settings = {"editions": editions, "languages": wanted_languages, "products": products}
    if code := run_snakemake(settings, at_once, executor, progress, lock):
        raise BuildFailed(why(code, progress.failures or progress.lost[-1:], LOG))
    books = len(editions) * len(wanted_languages)
    chapters = sum(len(chapters_of(particulars_of(edition))) for edition in editions) * len(wanted_languages)
    counts = (
        _count(len(editions), "edition"),
        _count(books, "book"),
        f"{_count(chapters, 'chapter')} ({len(progress.done['execute'])} executed)",
    )
    return f"built {', '.join(counts)} in {time.monotonic() - started:.1f} s: {shown_site()}"


def shown_site() -> str:
    """The first page of the site as a reader knows it."""
    return (SITE / "index.html").relative_to(ROOT).as_posix()


def left_out(editions: list[str], wanted_languages: list[str], products: list[str], only: str | None) -> list[str]:
    """The faults for which some books lack a picture, or their printed or formal form; all else has been published."""
    faults = []
    books = [(edition, language) for edition in editions for language in wanted_languages]
    if "html" in products:
        faults += [fault for edition, language in books for fault in missing_pictures(edition, language)]
    if "pdf" in products:
        faults += [fault for edition, language in books for fault in print_faults(edition, language)]
    if "official" in products:
        faults += complaints(editions, wanted_languages, FAULT)
        fonts = complaints(editions, wanted_languages, FONTS)
        # Fonts are this machine's affair and not the edition's, unless they were all that was wanted.
        if only:
            return faults + fonts
        for line in fonts:
            print(line, file=sys.stderr)
    return faults


@contextmanager
def only_build() -> Iterator[IO]:
    """Keeps other builds of this folder out; the system lets go of the lock with the process."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("a") as lock:
        try:
            _take(lock)
        except OSError:
            raise BuildFailed("another build is running here; wait until it has ended") from None
        yield lock


def _take(lock: IO) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _at_least_one(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a whole number from 1")
    return int(text)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def main(arguments: list[str] | None = None) -> int:
    """Runs the build; a fault of the user's making is one line and exit code 1."""
    speak_utf8()
    options = parse(arguments)
    # Being asked to end is no different from Ctrl-C: the jobs have to go as well.
    for asked in (signal.SIGTERM, signal.SIGINT):
        # A background job of a shell starts with Ctrl-C ignored.
        signal.signal(asked, signal.default_int_handler)
    wanted = [options.lang] if options.lang else languages(DATA)
    try:
        if options.executor == "slurm" and (lacking := slurm.lacking()):
            raise BuildFailed(lacking)
        products = wanted_products(options.only)
        asked = {"editions": options.editions, "languages": wanted, "products": products, "fonts": found_files()}
        asked["packages"] = found_packages() if "pdf" in products else []
        with only_build() as lock:
            made_from = last_build.made_from()
            if last_build.is_as_left(asked, made_from):
                show(f"nothing has changed: {shown_site()}")
                return 0
            if lines := refused_folders():
                raise BuildFailed(lines)
            last_build.forget()
            build_as_asked(options, wanted, products, lock)
            last_build.keep(asked, made_from)
    except (Faults, BuildFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    except OSError as error:
        place = Path(error.filename) if error.filename else BUILD
        print(f"{shown(place)}: found {error.strerror or error}, {WANTED_FOLDER}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the last good site is as it was", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
