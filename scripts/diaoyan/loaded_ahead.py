"""The modules that processes are forked with, by what the forks are for."""

# What a kernel loads as it starts, and what the chapters load.
KERNEL_MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "sqlite3",
    "tornado.platform.asyncio",
    "altair",
    "frictionless.formats",
    "frictionless.portals",
    "frictionless.schemes",
    "diaoyan.report",
    "diaoyan.first_uses",
)
# What only cells load that readers write themselves; no chapter of a build waits for it.
READERS_MODULES = ("pandas",)
# What the jobs of a build load, in the order in which they are run.
EXECUTION_MODULES = ("papermill", "diaoyan.checking", "diaoyan.warm_kernels")
BOOK_MODULES = (
    "diaoyan.snakemake_here",
    "snakemake.report",
    "smart_open",
    "diaoyan.data_workbook",
    "diaoyan.cli",
    "diaoyan.jupyter_book_command",
    "diaoyan.sphinx_extension",
    "diaoyan.site",
    # Takes a quarter of a second, in which nothing is forked.
    "diaoyan.first_uses_of_books",
    *READERS_MODULES,
)
