"""Re-executes the committed chapters in place, as they are: their own edition, in Chinese."""

import time

from diaoyan.execute import execute, write_notebook
from diaoyan.faults import Fault, Faults, quoted
from diaoyan.paths import CHAPTERS


def refresh(chapters: list[str] | None = None) -> None:
    """Executes the named chapters, or all, a line for each; raises ChapterFailed at a fault, Faults for unknown names.

    A chapter that fails keeps the outputs it had.
    """
    known = sorted(path.stem for path in CHAPTERS.glob("*.ipynb"))
    names = chapters or known
    if unknown := [name for name in names if name not in known]:
        raise Faults(Fault("chapter", 0, "", quoted(name), "one of " + ", ".join(known)) for name in unknown)
    for number, name in enumerate(names, 1):
        path = CHAPTERS / f"{name}.ipynb"
        started = time.monotonic()
        before = path.read_bytes()
        write_notebook(execute(path, {}), path)
        change = "unchanged" if path.read_bytes() == before else "changed"
        seconds = time.monotonic() - started
        print(f"[{number}/{len(names)}] {name}  {change}  {seconds:.1f} s", flush=True)
