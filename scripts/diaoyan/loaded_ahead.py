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
# What the jobs of a build load.
EXECUTION_MODULES = ("papermill", "diaoyan.checking", "diaoyan.warm_kernels")
BOOK_MODULES = (
    "diaoyan.snakemake_here",
    "snakemake.report",
    "smart_open",
    "diaoyan.data_workbook",
    "diaoyan.cli",
    "diaoyan.site",
    "diaoyan.jupyter_book_command",
    "diaoyan.sphinx_extension",
    # What these load only once they are at work on a book.
    "docutils.languages.en",
    "docutils.languages.zh_cn",
    "docutils.parsers.rst.directives.admonitions",
    "docutils.parsers.rst.directives.tables",
    "docutils.parsers.rst.languages.zh_cn",
    "jupyter_book.sphinx",
    "myst_nb.sphinx_ext",
    "myst_parser.sphinx_ext.directives",
    "myst_parser.sphinx_ext.mathjax",
    "myst_parser.sphinx_ext.myst_refs",
    "sphinx.jinja2glue",
    "sphinx.search.zh",
    "sphinx_book_theme",
    "sphinx_comments",
    "sphinx_external_toc.collectors",
    "sphinx_external_toc.events",
    "sphinx_multitoc_numbering",
    # Nothing is forked for a quarter of a second while this is loaded: it comes after what jobs need sooner.
    "diaoyan.first_uses_of_books",
    *READERS_MODULES,
)
