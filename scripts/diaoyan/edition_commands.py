"""Commands for whoever makes an edition: `diaoyan new`, `diaoyan export`, `diaoyan import`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from diaoyan.catalogue import languages, load_catalogue
from diaoyan.edition_folders import edition_ids
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.paths import DATA


def add_edition_commands(commands: argparse._SubParsersAction) -> None:
    """Adds the three commands to the command line."""
    command = commands.add_parser("new", help="make the folder of a new edition, to be filled in")
    command.add_argument("edition", metavar="EDITION", help="such as kaifeng-2025: the city and the year of the report")
    command.add_argument(
        "--from", dest="template", required=True, metavar="EDITION", help="the edition it is to be like"
    )
    command.add_argument("--city", default="", metavar="AREA", help="id of the city (default: that of the edition)")
    command.add_argument("--name-zh", default="", metavar="NAME", help="name of a city that no edition knows yet: 开封")
    command.add_argument("--name-en", default="", metavar="NAME", help="the same in English: Kaifeng")
    command.add_argument("--parent", default="", metavar="AREA", help="its province (default: that of the other city)")
    command.add_argument("--report-year", default="", metavar="YEAR", help="reported on (default: the one before)")
    command.add_argument("--base-year", default="", metavar="YEAR", help="compared with (default: as far as the other)")
    command.set_defaults(run=_in_words(_new))
    _add_shared(command)

    command = commands.add_parser("export", help="write an edition into a workbook to be filled in")
    command.add_argument("edition", metavar="EDITION")
    command.add_argument("file", type=Path, metavar="FILE.xlsx")
    command.set_defaults(run=_in_words(_export))
    _add_shared(command)

    command = commands.add_parser("import", help="take a workbook or a table back in, all of it or nothing")
    command.add_argument("edition", metavar="EDITION")
    command.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .csv")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--table", default="", metavar="NAME", help="the file is this table, such as observations")
    what.add_argument("--returns", default="", metavar="INDICATOR", help="the file is what counties returned of it")
    command.add_argument("--source", default="", metavar="ID", help="source of the returns (default: the report)")
    command.set_defaults(run=_in_words(_import))
    _add_shared(command)


def _in_words(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command whose faults are told in the language asked for."""

    def said(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except Faults as found:
            # Words are loaded when there is something to say.
            from diaoyan.edition_content import load_catalogues
            from diaoyan.fault_words import FaultWords, Said

            if isinstance(found, Said):
                raise
            words = FaultWords(load_catalogues(options.data), options.lang)
            raise Said([words.said(fault) for fault in found.faults]) from None

    return said


def _add_shared(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=languages(DATA), default="zh", help="language to speak (default: zh)")
    command.add_argument("--data", type=Path, default=DATA, metavar="FOLDER", help="another data folder")


def _new(options: argparse.Namespace) -> int:
    from diaoyan.edition_draft import NewEdition
    from diaoyan.new_edition import make_edition

    wanted = NewEdition(
        options.edition,
        options.template,
        options.city,
        {"zh": options.name_zh, "en": options.name_en},
        options.parent,
        options.report_year,
        options.base_year,
    )
    print(make_edition(wanted, options.data, options.lang), end="")
    return 0


def _export(options: argparse.Namespace) -> int:
    # Excel takes its time to load, and most commands do without it.
    from diaoyan.workbook_form import write_form

    _known(options.edition, options.data)
    if options.file.suffix.lower() != ".xlsx":
        raise Faults([Fault(str(options.file), 0, "", "a file of another kind", "a name that ends in .xlsx")])
    if options.file.exists():
        # Somebody may have filled it in.
        raise Faults([Fault(str(options.file), 0, "", "a file that is there already", "a new name")])
    write_form(options.data, options.edition, options.lang, options.file)
    return 0


def _import(options: argparse.Namespace) -> int:
    from diaoyan.edition_import import import_form, import_returns

    if options.returns:
        names = (options.returns, options.source)
        done = import_returns(options.edition, options.file, options.data, options.lang, *names)
    else:
        done = import_form(options.edition, options.file, options.data, options.lang, options.table)
    words = load_catalogue(options.data, options.lang)
    separator = words("form.list")
    lines = [words("import.unchanged", edition=options.edition)]
    if done.changed:
        lines = [words("import.changed", edition=options.edition, files=separator.join(done.changed))]
    if done.without_value:
        lines.append(words("import.without_value", count=done.without_value))
    if done.ignored:
        lines.append(words("import.ignored", names=separator.join(done.ignored)))
    lines += [words("import.returned", time=time, count=count) for time, count in done.returned.items()]
    if done.returned:
        key = "import.complete" if done.counties else "import.incomplete"
        lines.append(words(key, **({"counties": done.counties} if done.counties else {})))
    print("\n".join(lines))
    return 0


def _known(edition: str, data: Path) -> None:
    if edition not in edition_ids(data):
        raise Faults([Fault("edition", 0, "", quoted(edition), "one of " + ", ".join(edition_ids(data)))])
