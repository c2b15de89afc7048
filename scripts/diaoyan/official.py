"""Makes the formal document of one edition in one language, as Word and as PDF, from its executed chapters."""

import argparse
import shutil
import sys
import time
from pathlib import Path

from diaoyan.book_files import executed_folder
from diaoyan.catalogue import load_catalogue
from diaoyan.edition import Edition
from diaoyan.faults import Faults
from diaoyan.fonts import MissingFonts, font_set
from diaoyan.job_lines import tell_done
from diaoyan.official_docx import write_official_docx
from diaoyan.official_pdf import write_official_pdf
from diaoyan.official_record import FAULT, FONTS, official_folder, write_record
from diaoyan.official_text import SignOff, compose

DOCX, PDF = "official.docx", "official.pdf"


def make_official(
    edition: str, language: str, folder: Path, sign_off: SignOff | None = None, fonts: str = "fandol"
) -> None:
    """Writes both files; raises Faults or MissingFonts for what cannot be written, the other file being there."""
    loaded = Edition.load(edition)
    words = load_catalogue(loaded.data, language)
    document = compose(loaded, language, executed_folder(edition, language), sign_off)
    folder.mkdir(parents=True, exist_ok=True)
    write_official_docx(document, words, folder / DOCX)
    write_official_pdf(document, loaded, font_set(fonts), folder / PDF)


def main(arguments: list[str] | None = None) -> int:
    """One job of the build: what cannot be made is recorded and leaves the rest of the site as it is."""
    parser = argparse.ArgumentParser(prog="python -m diaoyan.official", description=__doc__)
    parser.add_argument("edition")
    parser.add_argument("lang")
    parser.add_argument("output", type=Path)
    options = parser.parse_args(arguments)
    started = time.monotonic()
    folder = official_folder(options.edition, options.lang)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    kind, lines = FAULT, []
    try:
        make_official(options.edition, options.lang, folder)
    except Faults as found:
        lines = str(found).splitlines()
    except MissingFonts as reason:
        kind, lines = FONTS, [str(reason)]
    write_record(options.output, kind, lines)
    tell_done("official", f"{options.edition} {options.lang}", started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
