"""The modules that processes are forked with, by what the forks are for.

What runs one of them is forked as soon as that one is loaded.
"""

# What checks and chapters load.
REPORT_MODULES = (
    "altair",
    "frictionless.formats",
    "frictionless.portals",
    "frictionless.schemes",
    "diaoyan.report",
    "diaoyan.first_uses",
)
# What only cells load that readers write themselves; and Snakemake, which looks whether it was given such a table.
READERS_MODULES = ("pandas",)
# What a kernel loads as it starts.
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
)
CHECKING_MODULES = (*REPORT_MODULES, "diaoyan.checking")
PLANNING_MODULES = ("snakemake.report", "smart_open", *READERS_MODULES, "diaoyan.snakemake_here")
EXECUTION_MODULES = (
    *KERNEL_MODULES,
    "papermill",
    "diaoyan.warm_kernels",
    "diaoyan.first_uses_of_kernels",
    "diaoyan.execute",
    "ipykernel_launcher",
)
BOOK_MODULES = (
    "diaoyan.vega",
    "diaoyan.cli",
    "diaoyan.data_workbook",
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
    "diaoyan.sphinx_extension",
    "diaoyan.first_uses_of_books",
    "diaoyan.book",
    "diaoyan.jupyter_book_command",
    "diaoyan.site",
)
# Each in the order it is asked for: by a kernel that belongs to no build, by the chapters of a book, by a book that is
# made by itself, by a build.
LONE_KERNEL_MODULES = (*REPORT_MODULES, *KERNEL_MODULES, *READERS_MODULES, "ipykernel_launcher")
CHAPTER_MODULES = (*REPORT_MODULES, *EXECUTION_MODULES)
LONE_BOOK_MODULES = (*CHAPTER_MODULES, *BOOK_MODULES)
BUILD_MODULES = (*CHECKING_MODULES, *PLANNING_MODULES, *EXECUTION_MODULES, *BOOK_MODULES)
