"""What the jobs of a build share, so that each is spared its start: a process to be forked from, and one that draws."""

import atexit
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

from diaoyan import forks, painter
from diaoyan.environments import KERNEL_ENVIRONMENT, environment
from diaoyan.forks import NoZygote
from diaoyan.loaded_ahead import BUILD_MODULES, LONE_BOOK_MODULES
from diaoyan.zygote_lease import zygote


@contextmanager
def warm_jobs(held: Sequence[int] = (), modules: Sequence[str] = BUILD_MODULES) -> Iterator[None]:
    """Lets the jobs started here be forked from a zygote, and draw by a painter, which start while the rest goes on.

    The zygote loads `modules`, and holds the files `held` open as long as it lives.
    """
    with ExitStack() as at_end:
        at_end.enter_context(environment(KERNEL_ENVIRONMENT))
        if painter.is_possible():
            address = at_end.enter_context(painter.painter())
            at_end.enter_context(environment({painter.ADDRESS: address}))
        if forks.is_possible():
            with suppress(NoZygote):
                address = at_end.enter_context(zygote(modules, held))
                at_end.enter_context(environment({forks.ADDRESS: address}))
        yield


def keep_jobs_warm() -> None:
    """The same for a book that is made by itself, as long as this process runs."""
    at_end = ExitStack()
    at_end.enter_context(warm_jobs(modules=LONE_BOOK_MODULES))
    atexit.register(at_end.close)
