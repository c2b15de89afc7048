"""The command line: `diaoyan check`, `diaoyan audit`, `diaoyan refresh`."""

import argparse
import json
import sys
from pathlib import Path

from diaoyan.catalogue import languages
from diaoyan.checking import check
from diaoyan.claims import Audited, counts
from diaoyan.edition import Edition, edition_ids
from diaoyan.execute import ChapterFailed
from diaoyan.faults import Fault, Faults
from diaoyan.paths import DATA
from diaoyan.refresh import refresh
from diaoyan.report import Report


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; faults of the user's making go to standard error, one line each, with exit code 1."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (Faults, ChapterFailed) as found:
        print(found, file=sys.stderr)
        return 1


def _check(options: argparse.Namespace) -> int:
    editions, faults = options.editions or edition_ids(options.data), []
    if not editions:
        raise Faults([Fault(options.data.as_posix(), 0, "", "no editions", "a folder editions with some")])
    for edition in editions:
        try:
            check(edition, options.data)
        except Faults as found:
            faults += found.faults
        else:
            print(f"{edition}: no faults")
    if faults:
        raise Faults(faults)
    return 0


def _audit(options: argparse.Namespace) -> int:
    edition = Edition.load(options.edition, options.data, options.vintage)
    report = Report(edition, options.lang)
    if options.json:
        print(json.dumps(audit_json(report), ensure_ascii=False, indent=2))
        return 0
    for one in report.audited:
        claim = one.claim
        words = claim[f"wording_{options.lang}"]
        recomputed = "" if one.recomputed.value is None else f"{one.recomputed.value:.2f}"
        print("\t".join([claim["claim"], claim["locator"], words, recomputed, one.verdict]))
    print(", ".join(f"{verdict} {count}" for verdict, count in counts(report.audited).items()))
    return 0


def audit_json(report: Report) -> dict:
    """The audit as data: every claim with what is stated, what comes out, the verdict and the rows it rests on."""
    return {
        "edition": report.edition.id,
        "vintage": report.edition.vintage,
        "counts": counts(report.audited),
        "claims": [_claim_json(one) for one in report.audited],
    }


def _claim_json(one: Audited) -> dict:
    claim, value = one.claim, one.recomputed.value
    return {
        "claim": claim["claim"],
        "locator": claim["locator"],
        "kind": claim["kind"],
        "stated": float(claim["stated"]),
        "stated_unit": claim["stated_unit"] or "",
        "wording": claim["wording_zh"],
        "recomputed": None if value is None else float(value),
        "verdict": one.verdict,
        "missing": one.recomputed.missing,
        "rests_on": [fact.anchor for fact in one.recomputed.facts],
    }


def _refresh(options: argparse.Namespace) -> int:
    refresh(options.chapters or None)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="diaoyan", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("check", help="validate the tables and texts of editions")
    command.add_argument("editions", nargs="*", metavar="EDITION", help="default: all")
    command.set_defaults(run=_check)
    _add_data(command)

    command = commands.add_parser("audit", help="recompute every claim of an edition")
    command.add_argument("edition", metavar="EDITION")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument("--lang", choices=languages(DATA), default="zh", help="language of the wording (default: zh)")
    command.add_argument("--vintage", default="first_published", help="first_published (default) or latest")
    command.set_defaults(run=_audit)
    _add_data(command)

    command = commands.add_parser("refresh", help="re-execute the committed chapters in place")
    command.add_argument("chapters", nargs="*", metavar="CHAPTER", help="default: all")
    command.set_defaults(run=_refresh)
    return parser


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, default=DATA, metavar="FOLDER", help="another data folder")


if __name__ == "__main__":
    sys.exit(main())
