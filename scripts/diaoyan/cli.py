"""The command line: `diaoyan check`, `audit`, `diff`, `official`, `verify`, `refresh`, and those on editions."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from diaoyan.arguments import OneLineParser, fall_silent, speak_utf8
from diaoyan.catalogue import languages, load_catalogue
from diaoyan.checking import check, left_out
from diaoyan.claims import Audited, as_data, counts
from diaoyan.comparison import as_it_was, compare
from diaoyan.comparison_data import comparison_data
from diaoyan.comparison_text import ComparisonText
from diaoyan.edition import Edition, misnamed
from diaoyan.edition_commands import add_edition_commands
from diaoyan.edition_folders import edition_ids
from diaoyan.execute import ChapterFailed
from diaoyan.faults import Fault, Faults
from diaoyan.fonts import FAMILIES, MissingFonts
from diaoyan.official_text import SignOff
from diaoyan.paths import DATA
from diaoyan.proofread_command import add_proofread_command
from diaoyan.recipes import called
from diaoyan.refresh import refresh
from diaoyan.report import Report
from diaoyan.translations import localised
from diaoyan.verify import verify
from diaoyan.wording import Wording


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; faults of the user's making go to standard error, one line each, with exit code 1."""
    speak_utf8()
    options = _parser().parse_args(arguments)
    try:
        code = options.run(options)
        sys.stdout.flush()
        return code
    except (Faults, ChapterFailed, MissingFonts) as found:
        print(found, file=sys.stderr)
        return 1
    except BrokenPipeError:
        fall_silent()
        return 0
    except OSError as error:
        print(f"{error.filename}: found {error.strerror}, expected a file or folder to use", file=sys.stderr)
        return 1


def _check(options: argparse.Namespace) -> int:
    named = [id for name in options.editions for id in called(name, options.data)]
    editions, faults = named or edition_ids(options.data), [] if named else misnamed(options.data)
    if not editions:
        raise Faults([Fault(options.data.as_posix(), 0, "", "no editions", "a folder editions with some")])
    for edition in editions:
        try:
            check(edition, options.data)
        except Faults as found:
            faults += found.faults
        else:
            print("\n".join([*left_out(edition, options.data), f"{edition}: no faults"]))
    if faults:
        raise Faults(faults)
    return 0


def _audit(options: argparse.Namespace) -> int:
    edition = Edition.load(options.edition, options.data, options.vintage)
    report = Report(edition, options.lang)
    audited = report.audited
    if options.json:
        data = as_data(edition.id, edition.vintage, options.lang, audited, edition.units)
        data["statements"] = [statement.as_data(edition.units) for statement in report.statements]
        written = json.dumps(data, ensure_ascii=False, indent=2)
    else:
        written = "\n".join([*(_line(one, report.wording) for one in audited), _counted(audited)])
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(written + "\n", encoding="utf-8", newline="\n")
    else:
        print(written)
    if options.strict:
        faults = [fault for language in languages(options.data) for fault in Report(edition, language).unsound()]
        if faults:
            raise Faults(faults)
    return 0


def _line(one: Audited, wording: Wording) -> str:
    claim = one.claim
    recomputed = "" if one.recomputed.value is None else wording.recomputed(one.recomputed, claim)
    stated = localised(claim, "wording", wording.catalogue.language)
    return "\t".join([claim["claim"], claim["locator"], stated, recomputed, one.verdict])


def _counted(audited: list[Audited]) -> str:
    return ", ".join(f"{verdict} {count}" for verdict, count in counts(audited).items())


def _diff(options: argparse.Namespace) -> int:
    first = as_it_was(options.first, options.against) if options.against else Edition.load(options.first, options.data)
    differences = compare(first, Edition.load(options.second or options.first, options.data))
    text = ComparisonText(differences, load_catalogue(options.data, options.lang))
    print(json.dumps(comparison_data(text), ensure_ascii=False, indent=2) if options.json else text.as_text())
    return 0


def _official(options: argparse.Namespace) -> int:
    # What writes Word and PDF takes longer to load than another command to run.
    from diaoyan.official import make_official

    sign_off = SignOff(options.signed_by, options.proof_read_by, options.printed_by, options.printed)
    make_official(options.edition, options.lang, options.output, sign_off, options.fonts)
    return 0


def _verify(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="diaoyan-") as folder:
        found = verify(options.editions, options.folder or Path(folder) / "again")
    print("\n".join(found) or "the published site is the same, byte for byte, when it is made again")
    return 1 if found else 0


def _refresh(options: argparse.Namespace) -> int:
    refresh(options.chapters or None)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(prog="diaoyan", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("check", help="validate the tables and texts of editions")
    command.add_argument("editions", nargs="*", metavar="EDITION", help="default: all")
    command.set_defaults(run=_check)
    _add_data(command)

    command = commands.add_parser("audit", help="recompute every claim of an edition")
    command.add_argument("edition", metavar="EDITION")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument("--strict", action="store_true", help="exit 1 when a statement in the texts does not hold")
    command.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to the screen")
    command.add_argument("--lang", choices=languages(DATA), default="zh", help="language of the wording (default: zh)")
    command.add_argument("--vintage", default="first_published", help="first_published (default) or latest")
    command.set_defaults(run=_audit)
    _add_data(command)

    command = commands.add_parser("diff", help="say in what two editions, or one and its older tables, differ")
    command.add_argument("first", metavar="EDITION")
    command.add_argument("second", nargs="?", metavar="EDITION", help="default: the same, with --against")
    command.add_argument("--against", type=Path, metavar="FOLDER", help="the data folder that holds the first edition")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument("--lang", choices=languages(DATA), default="zh", help="language of the words (default: zh)")
    command.set_defaults(run=_diff)
    _add_data(command)

    command = commands.add_parser("official", help="write the formal document of a built edition as Word and PDF")
    command.add_argument("edition", metavar="EDITION")
    command.add_argument("--lang", choices=languages(DATA), default="zh", help="its language (default: zh)")
    command.add_argument("--signed-by", default="", metavar="NAME", help="who signs it off (default: blank)")
    command.add_argument("--proof-read-by", default="", metavar="NAME", help="who has proof-read it (default: blank)")
    command.add_argument("--printed-by", default="", metavar="OFFICE", help="who has it printed (default: blank)")
    command.add_argument("--printed", default="", metavar="DAY", help="when, such as 2023-10-25 (default: blank)")
    command.add_argument("--fonts", choices=sorted(FAMILIES), default="fandol", help="of the PDF (default: fandol)")
    command.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="where the two files go")
    command.set_defaults(run=_official)

    command = commands.add_parser("verify", help="make the published site again elsewhere and list files that differ")
    command.add_argument("editions", nargs="*", metavar="EDITION", help="default: all that are published")
    command.add_argument("--folder", type=Path, help="where, a new folder, which then stays (default: one that goes)")
    command.set_defaults(run=_verify)

    command = commands.add_parser("refresh", help="re-execute the committed chapters in place")
    command.add_argument("chapters", nargs="*", metavar="CHAPTER", help="default: all")
    command.set_defaults(run=_refresh)

    add_edition_commands(commands)
    add_proofread_command(commands)
    return parser


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, default=DATA, metavar="FOLDER", help="another data folder")


if __name__ == "__main__":
    sys.exit(main())
