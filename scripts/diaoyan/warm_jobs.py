"""What the jobs of a build share, so that each is spared its start: a process to be forked from, and one that draws."""

import atexit
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from diaoyan import forks, painter
from diaoyan.execute import KERNEL_ENVIRONMENT
from diaoyan.warm_kernels import KERNEL_MODULES

# What the jobs of a build load, in the order in which they are run.
EXECUTION_MODULES = ("papermill", "diaoyan.checking", "diaoyan.warm_kernels")
BOOK_MODULES = (
    "snakemake.cli",
    "snakemake.report",
    "smart_open",
    "sphinx.cmd.build",
    "sphinx.search.zh",
    "sphinx.transforms.post_transforms.code",
    "sphinx_book_theme",
    "myst_nb.sphinx_ext",
    "diaoyan.jupyter_book_command",
    "diaoyan.sphinx_extension",
    "diaoyan.data_workbook",
    "diaoyan.cli",
    "diaoyan.site",
)


@contextmanager
def warm_jobs() -> Iterator[None]:
    """Lets the jobs started here be forked from a zygote, and draw by a painter, which start while the rest goes on."""
    os.environ.update(KERNEL_ENVIRONMENT)
    with ExitStack() as at_end:
        if painter.is_possible():
            at_end.enter_context(_told(painter.ADDRESS, painter.painter()))
        if forks.is_possible():
            modules = (*KERNEL_MODULES, *EXECUTION_MODULES)
            at_end.enter_context(_told(forks.ADDRESS, forks.zygote(modules, BOOK_MODULES)))
        yield


@contextmanager
def _told(name: str, helper: AbstractContextManager[str]) -> Iterator[None]:
    """Tells the processes started here the address of a helper for as long as it is there."""
    with helper as address:
        os.environ[name] = address
        try:
            yield
        finally:
            del os.environ[name]


def keep_jobs_warm() -> None:
    """The same for as long as this process runs."""
    at_end = ExitStack()
    at_end.enter_context(warm_jobs())
    atexit.register(at_end.close)
