"""Executes one chapter for one edition and language; the same inputs give the same bytes."""

import argparse
import ast
import json
import sys
import time
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from diaoyan.chapter_reads import RUNNING
from diaoyan.environments import KERNEL_ENVIRONMENT, environment
from diaoyan.files import write_whole
from diaoyan.job_lines import tell_done, tell_failed
from diaoyan.paths import CHAPTERS, ROOT

# Of one cell; a chapter has one that works.
TIME_LIMIT_SECONDS = 120
# Written by papermill and the kernel: times, paths and the patch level of Python.
UNSTABLE_METADATA = ("papermill", "execution")


class ChapterFailed(Exception):
    """A chapter did not run to its end; its text is what to show, without a traceback."""


class ChapterFaults(ChapterFailed):
    """Faults of the user's making that stopped a chapter: lines that name their own place."""


def execute(source: Path, parameters: dict[str, str]) -> NotebookNode:
    """The chapter with its outputs, executed with the values put into its parameters cell."""
    # A third of a second that no other command needs.
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from diaoyan.warm_kernels import PromptManager, kernel_name

    notebook = _read(source)
    _set_parameters(notebook, parameters, source)
    # IPython would take a folder for temporary files where it cannot make its own, and say so.
    Path(KERNEL_ENVIRONMENT["IPYTHONDIR"]).mkdir(parents=True, exist_ok=True)
    try:
        with environment({**KERNEL_ENVIRONMENT, RUNNING: source.stem}):
            executed = papermill.execute_notebook(
                notebook,
                None,
                kernel_name=kernel_name(),
                kernel_manager_class=PromptManager,
                progress_bar=False,
                execution_timeout=TIME_LIMIT_SECONDS,
                cwd=str(source.parent),
                # The kernel remarks on talking over TCP, which stays within this machine, and on its end. What it was
                # told before nobody will ask it for.
                extra_arguments=["--log-level=CRITICAL", "--HistoryManager.enabled=False"],
                # There is nothing a kernel of ours would have to do at its end.
                shutdown_kernel="immediate",
            )
    except PapermillExecutionError as error:
        said = error.evalue.strip()
        if error.ename == "Faults":
            raise ChapterFaults(said) from None
        raise ChapterFailed(f"{error.ename}: {said.splitlines()[-1] if said else ''}") from None
    except CellTimeoutError:
        raise ChapterFailed(f"a cell ran for more than {TIME_LIMIT_SECONDS} s, which is the limit") from None
    except DeadKernelError:
        raise ChapterFailed("the kernel died, perhaps for lack of memory") from None
    return _stable(executed)


def write_notebook(notebook: NotebookNode, target: Path) -> None:
    """Writes a notebook whole or not at all, ending in a newline."""
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, nbformat.writes(notebook).rstrip("\n") + "\n")


def _read(source: Path) -> NotebookNode:
    """The notebook as stored, with an id for every cell: its own, or one from its place."""
    try:
        stored = json.loads(source.read_bytes())
        for number, cell in enumerate(stored["cells"], 1):
            cell.setdefault("id", f"cell-{number}")
            # What it showed the last time, with its pictures, would only be read and thrown away.
            if cell["cell_type"] == "code":
                cell["outputs"] = []
        stored["nbformat_minor"] = max(stored["nbformat_minor"], 5)
        return nbformat.reads(json.dumps(stored), as_version=4)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ChapterFaults(f"{_shown(source)}: found no notebook, expected one") from None


def _shown(source: Path) -> str:
    """The chapter's file as the reader knows it."""
    return source.relative_to(ROOT).as_posix() if source.is_relative_to(ROOT) else source.name


def _set_parameters(notebook: NotebookNode, parameters: dict[str, str], source: Path) -> None:
    """Puts the values into the parameters cell itself, so that the cell shown is the cell run."""
    set_here = set()
    for cell in notebook.cells:
        if "parameters" not in cell.metadata.get("tags", []):
            continue
        lines = cell.source.splitlines()
        for statement in ast.parse(cell.source).body:
            if not isinstance(statement, ast.AnnAssign) or statement.target.id not in parameters:
                continue
            value = statement.value
            # Columns of the syntax tree count bytes.
            line = lines[value.lineno - 1].encode()
            given = json.dumps(parameters[statement.target.id]).encode()
            line = line[: value.col_offset] + given + line[value.end_col_offset :]
            lines[value.lineno - 1] = line.decode()
            set_here.add(statement.target.id)
        cell.source = "\n".join(lines)
    if lacking := sorted(parameters.keys() - set_here):
        raise ChapterFaults(
            f"{_shown(source)}: found no parameter {', '.join(lacking)}, "
            "expected `name: type = value` in the cell tagged parameters"
        )


def _stable(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what changes from run to run or from machine to machine."""
    for metadata in (notebook.metadata, *(cell.metadata for cell in notebook.cells)):
        for key in UNSTABLE_METADATA:
            metadata.pop(key, None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        # papermill adds an empty list of tags to every cell.
        if cell.metadata.get("tags") == []:
            del cell.metadata["tags"]
    return notebook


def main(arguments: list[str] | None = None) -> int:
    """One job of the build: tells the build on standard output how it went."""
    parser = argparse.ArgumentParser(prog="python -m diaoyan.execute", description=__doc__)
    for name in ("chapter", "edition", "lang"):
        parser.add_argument(name)
    parser.add_argument("output", type=Path)
    options = parser.parse_args(arguments)
    place = f"{options.edition} {options.lang} {options.chapter}"
    started = time.monotonic()
    try:
        notebook = execute(
            CHAPTERS / f"{options.chapter}.ipynb",
            {"edition": options.edition, "lang": options.lang},
        )
    except ChapterFailed as failure:
        where = "" if isinstance(failure, ChapterFaults) else f"{place}: "
        for line in str(failure).splitlines():
            tell_failed(f"{where}{line}")
        return 1
    write_notebook(notebook, options.output)
    tell_done("execute", place, started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
