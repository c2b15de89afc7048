"""Makes the book of one edition in one language for print, report.pdf, from its executed chapters."""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import yaml
from sphinx.util.texescape import escape
from sphinx.util.texescape import init as init_escape

from diaoyan.book import (
    SPHINX_LANGUAGES,
    TOC_FORMAT,
    BookFailed,
    EndedFromOutside,
    configuration,
    copy_chapters,
    run_jupyter_book,
    timestamp,
)
from diaoyan.book_files import FAILED, MADE, executed_folder, print_folder, report_file
from diaoyan.catalogue import Catalogue, load_catalogue
from diaoyan.edition import Edition
from diaoyan.files import NO_SPACE, is_full
from diaoyan.inputs import digest, print_inputs
from diaoyan.job_lines import tell_done, tell_failed
from diaoyan.paths import BUILD, DATA, ROOT
from diaoyan.periods import show_period
from diaoyan.print_log import LOG_LINE_LENGTH, faults_in
from diaoyan.print_transforms import LONGEST_HEADING

# Below a page of its own all chapters are alike; the site's first page is a chapter, and Sphinx drops its heading.
ROOT_PAGE = "book/index"
STYLE = Path(__file__).parent / "templates" / "diaoyanprint.sty"
# A book takes a few seconds; TeX caught in a loop would take for ever.
LONGEST_SECONDS = 300
# How latexmk tells of what it ran: exit codes of TeX as such, of others as the system has them, times 256.
RETURN_CODE = re.compile(r"Command for '(\w+)' gave return code ([\d.]+)")
# From here on exit codes are a shell's for a process that a signal has ended.
LEAST_OF_SIGNALS = 128
ELEMENTS = {
    "papersize": "a4paper",
    "pointsize": "11pt",
    # A chapter may open on any page, or every second one would be followed by a blank page.
    "extraclassoptions": "openany",
    # ctex brings the fonts; babel and polyglossia would bring words of their own.
    "babel": "",
    "polyglossia": "",
    "fontenc": "",
    "fncychap": "",
    "cmappkg": "",
    "geometry": r"\usepackage[hmargin=25mm,top=27mm,bottom=26mm,headsep=6mm,footskip=12mm]{geometry}",
    "figure_align": "!htbp",
    "maketitle": r"\diaoyantitlepage",
    # Pages are counted from the first, so that those on the right are odd without a blank page.
    "tableofcontents": "\\tableofcontents\n\\clearpage",
    "makeindex": "",
    "printindex": "",
    "hyperref": "\\usepackage{hyperref}\n\\usepackage{hypcap}",
}


def make_report(edition: str, language: str) -> bool:
    """Makes report.pdf; False when the one that is there was made from the same content. Raises BookFailed."""
    folder = print_folder(edition, language)
    source, report = folder / "source", report_file(edition, language)
    loaded = Edition.load(edition)
    stage(loaded, language, executed_folder(edition, language), source)
    staged = (path for path in source.rglob("*") if path.is_file())
    made_from = digest([*staged, *print_inputs(edition, language)])
    record = folder / "made-from.txt"
    if record.is_file() and record.read_text() == made_from and report.is_file():
        return False
    for path in (record, report):
        path.unlink(missing_ok=True)
    shutil.rmtree(folder / "output", ignore_errors=True)
    shutil.copyfile(compile_staged(folder, timestamp(loaded)), report)
    record.write_text(made_from)
    return True


def compile_staged(folder: Path, seconds: str) -> Path:
    """The PDF of the source staged in `folder`, dated as many seconds after 1970; raises BookFailed."""
    run_jupyter_book(folder, seconds, "latex")
    latex = folder / "output" / "_build" / "latex"
    typeset(latex, seconds)
    return latex / "report.pdf"


def stage(edition: Edition, language: str, executed: Path, source: Path) -> None:
    """Lays out the source of the printed book: the chapters below one page, and its settings."""
    base = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    words = load_catalogue(DATA, language)
    settings = print_configuration(base, edition, language, words)
    chapters = [{"file": f"chapters/{name}"} for name in edition.chapters]
    shutil.rmtree(source, ignore_errors=True)
    copy_chapters(executed, source)
    (source / ROOT_PAGE).parent.mkdir()
    (source / f"{ROOT_PAGE}.md").write_text(f"# {edition.id}\n", encoding="utf-8")
    shutil.copyfile(STYLE, source / STYLE.name)
    for name, content in (
        ("_toc.yml", {"format": TOC_FORMAT, "root": ROOT_PAGE, "chapters": chapters}),
        ("_config.yml", settings),
    ):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (source / name).write_text(text, encoding="utf-8")


def print_configuration(base: dict, edition: Edition, language: str, words: Catalogue) -> dict:
    """The settings of the book with those of print: the look, and the words of the title page."""
    settings = configuration(base, edition, language)
    init_escape()
    title = _latex(edition.particular("title", language))
    document = [ROOT_PAGE, "report.tex", title, _latex(edition.particular("body", language)), "manual", True]
    config = {
        **settings["sphinx"]["config"],
        "diaoyan_print": True,
        # LaTeX knows few languages by name; the words are all our own.
        "language": SPHINX_LANGUAGES.get(language, "en"),
        # Figures and tables are counted through the book.
        "numfig": False,
        "latex_documents": [document],
        "latex_elements": {**ELEMENTS, **_elements(edition, language, words)},
        "latex_additional_files": [STYLE.name],
        "latex_table_style": ["booktabs"],
        "latex_show_urls": "footnote",
        "numfig_format": {kind: words(f"print.{kind}", number="%s") for kind in ("figure", "table", "code-block")},
    }
    return {**settings, "title": title, "sphinx": {**settings["sphinx"], "config": config}}


def typeset(folder: Path, seconds: str) -> None:
    """Runs xelatex until the references are settled; raises BookFailed with what its log complains of.

    Raises EndedFromOutside where it was killed.
    """
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": seconds,
        "FORCE_SOURCE_DATE": "1",
        "max_print_line": str(LOG_LINE_LENGTH),
    }
    # What somebody has set for all their papers is no input of a book, nor is what Sphinx sets for an index.
    options = ["-norc", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "-file-line-error"]
    options += ["-no-shell-escape"]
    with subprocess.Popen(
        ["latexmk", *options, "report.tex"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            output, _ = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            # TeX itself, which latexmk has started and would leave behind.
            for each in [*psutil.Process(process.pid).children(recursive=True), process]:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            raise BookFailed(f"found TeX still at work after {LONGEST_SECONDS} s, expected it to be done") from None
    (folder / "latexmk.log").write_text(output, encoding="utf-8")
    log, latex = folder / "report.log", folder / "report.tex"
    # TeX has nothing to say before it has a log to say it in.
    if process.returncode < 0 or not log.is_file() or _was_killed(output):
        raise EndedFromOutside("TeX")
    said = log.read_text(encoding="utf-8", errors="replace")
    found = faults_in(said, latex.read_text(encoding="utf-8"))
    if not found and (process.returncode or not (folder / "report.pdf").is_file()):
        lines = output.strip().splitlines() or [f"exit code {process.returncode}"]
        found = [f"TeX stopped: {lines[-1]}"]
    if found:
        raise BookFailed("\n".join(found))


def _was_killed(output: str) -> bool:
    """Whether a signal has ended what latexmk ran, as it tells."""
    found = ((name, float(code)) for name, code in RETURN_CODE.findall(output))
    codes = [os.waitstatus_to_exitcode(int(code * 256 if name == "xelatex" else code)) for name, code in found]
    return any(code < 0 or code >= LEAST_OF_SIGNALS for code in codes)


def _elements(edition: Edition, language: str, words: Catalogue) -> dict[str, str]:
    """What Sphinx puts into the LaTeX file for this edition: the words of the title page and of the furniture."""
    meta = edition.meta
    city = edition.city_name(language)
    for key in {"title", "body", "meeting"} & meta.keys():
        if (length := len(edition.particular(key, language))) > LONGEST_HEADING:
            raise BookFailed(f"title page: {key}: found {length} characters, expected at most {LONGEST_HEADING}")
    said = {
        "title": edition.particular("title", language),
        "place": words("print.place", city=city, year=meta["as_of"][:4]),
        "body": edition.particular("body", language),
        "meeting": words("print.meeting", meeting=edition.particular("meeting", language)) if "meeting" in meta else "",
        "date": show_period(meta["as_of"], words),
        "mark": words("site.not_official"),
        "contents": words("print.contents"),
    }
    macros = [rf"\newcommand{{\diaoyanlanguage}}{{{words('print.language_code')}}}"]
    macros += [rf"\newcommand{{\diaoyan{name}}}{{{_latex(text)}}}" for name, text in said.items()]
    chapter = _latex(words("print.chapter", number="\0")).replace("\0", "#1")
    macros.append(rf"\newcommand{{\diaoyanchaptername}}[1]{{{chapter}}}")
    chinese = language == "zh"
    macros.append(rf"\newif\ifdiaoyanchinese\diaoyanchinese{'true' if chinese else 'false'}")
    scheme = "chinese" if chinese else "plain"
    return {
        "fontpkg": rf"\usepackage[UTF8,fontset=none,heading=false,scheme={scheme}]{{ctex}}",
        "preamble": "\n".join([*macros, rf"\usepackage{{{STYLE.stem}}}"]),
    }


def _latex(text: str) -> str:
    return escape(text, "xelatex")


def main(arguments: list[str] | None = None) -> int:
    """One job of the build; faults of a book are its outcome and no failure, so that everything else comes out."""
    parser = argparse.ArgumentParser(prog="python -m diaoyan.print_book", description=__doc__)
    parser.add_argument("edition")
    parser.add_argument("lang")
    parser.add_argument("output", type=Path)
    options = parser.parse_args(arguments)
    place = f"{options.edition} {options.lang}"
    started = time.monotonic()
    try:
        made = make_report(options.edition, options.lang)
        content = hashlib.sha256(report_file(options.edition, options.lang).read_bytes()).hexdigest()
        outcome = f"{MADE}\t{content}\n"
    except BookFailed as failure:
        if is_full(BUILD, str(failure)):
            # It would stand as a fault of the book when there is space again.
            tell_failed(f"{place} report.pdf: {NO_SPACE}")
            return 1
        made = False
        outcome = "".join(f"{FAILED}\t{place} report.pdf: {line}\n" for line in str(failure).splitlines())
    except EndedFromOutside as failure:
        tell_failed(f"{place} report.pdf: {failure}")
        return 1
    options.output.write_text(outcome, encoding="utf-8")
    if made:
        tell_done("report_pdf", place, started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
