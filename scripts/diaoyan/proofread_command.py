"""The command `diaoyan proofread`: checks the arithmetic of any draft."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from diaoyan.catalogue import languages, load_catalogue
from diaoyan.faults import Fault, Faults, visible
from diaoyan.paths import DATA

if TYPE_CHECKING:
    from diaoyan.edition import Edition

# A draft that cannot be read is another matter than one with faults.
FAULTS_FOUND, UNREADABLE = 1, 2
WORD = ".docx"


def add_proofread_command(commands: argparse._SubParsersAction) -> None:
    """Adds the command to the command line."""
    command = commands.add_parser("proofread", help="check the arithmetic of a draft; exit 1 where it is wrong")
    command.add_argument("drafts", type=Path, nargs="+", metavar="DRAFT", help=".docx, .pdf with text, .txt or .md")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument("--html", type=Path, metavar="FILE", help="write a page with the draft's text, faults marked")
    command.add_argument("--word", type=Path, metavar="FILE", help="write the Word file with comments at the faults")
    command.add_argument("--open", action="store_true", help="write one of these beside each draft, and open it")
    command.add_argument("--edition", metavar="EDITION", help="also hold it against the figures of this edition")
    command.add_argument("--data", type=Path, default=DATA, metavar="FOLDER", help="another data folder")
    command.add_argument("--lang", choices=languages(DATA), default="zh", help="language to speak (default: zh)")
    command.set_defaults(run=_proofread)


def _proofread(options: argparse.Namespace) -> int:
    if len(options.drafts) > 1 and (options.json or options.html or options.word):
        found = f"{len(options.drafts)} drafts"
        return _told([Fault("proofread", 0, "", found, "one draft with --json, --html or --word")], options.lang)
    try:
        edition = _edition(options)
    except Faults as found:
        return _told(found.faults, options.lang)
    codes = []
    for path in options.drafts:
        try:
            codes.append(_proofread_one(path, edition, options))
        except Faults as found:
            # What is wrong with one draft keeps nobody from checking the others.
            codes.append(_told(found.faults, options.lang))
    return max(codes)


def _edition(options: argparse.Namespace) -> "Edition | None":
    """The edition whose figures serve, if one is named."""
    if options.edition is None:
        return None
    from diaoyan.edition import Edition

    return Edition.load(options.edition, options.data)


def _proofread_one(path: Path, edition: "Edition | None", options: argparse.Namespace) -> int:
    # What reads Word and PDF takes longer to load than another command to run.
    from diaoyan.drafts import read_draft
    from diaoyan.proofread_copies import open_file, write_beside, write_target
    from diaoyan.proofread_page import proofread_page
    from diaoyan.proofread_views import ProofreadViews
    from diaoyan.proofreading import proofread
    from diaoyan.word_comments import commented

    def in_word() -> bytes:
        author, initials = say("proofread.author"), say("proofread.initials")
        try:
            return commented(path.read_bytes(), views.comments(), author, initials)
        except Faults as found:
            raise Faults([replace(fault, file=draft.file) for fault in found.faults]) from None

    for target in filter(None, (options.html, options.word)):
        _require_another(target, path)
    say = load_catalogue(DATA, options.lang)
    draft = read_draft(path)
    views = ProofreadViews(draft, proofread(draft, edition), say)
    if options.word:
        write_target(options.word, in_word())
    if options.html:
        write_target(options.html, proofread_page(views))
    if len(options.drafts) > 1:
        print(visible(draft.file))
    print(json.dumps(views.as_data(), ensure_ascii=False, indent=2) if options.json else views.as_text(), flush=True)
    if options.open:
        is_word = path.suffix.lower() == WORD
        content = in_word() if is_word else proofread_page(views).encode()
        open_file(write_beside(path, content, WORD if is_word else ".html", say))
    return FAULTS_FOUND if views.faults else 0


def _told(faults: list[Fault], language: str) -> int:
    """Tells what keeps a draft from being checked; gives the exit code for it."""
    from diaoyan.fault_words import WRITTEN, FaultWords

    words = FaultWords({each: load_catalogue(DATA, each) for each in (WRITTEN, language)}, language)
    for fault in faults:
        print(words.said(fault), file=sys.stderr)
    return UNREADABLE


def _require_another(target: Path, draft: Path) -> None:
    """The given file is never changed."""
    if target.exists() and draft.exists() and target.samefile(draft):
        raise Faults([Fault(target.name, 0, "", "the draft itself", "another file to write")])
