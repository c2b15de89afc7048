"""What makers of books find out when first used, found out once for all books of a build."""

from importlib import import_module

import yaml
from pygments.styles import get_all_styles
from sphinx.application import builtin_extensions

from diaoyan.inputs import code_behind
from diaoyan.paths import ROOT

# What Sphinx and Jupyter Book load as they set about a book, and docutils and Sphinx when a page first asks for it.
LATER = (
    "docutils.languages.en",
    "docutils.languages.zh_cn",
    "docutils.parsers.rst.directives.admonitions",
    "docutils.parsers.rst.directives.tables",
    "docutils.parsers.rst.languages.zh_cn",
    "jupyter_book.config",
    "jupyter_book.pdf",
    "jupyter_book.sphinx",
    "myst_parser.sphinx_ext.directives",
    "myst_parser.sphinx_ext.mathjax",
    "myst_parser.sphinx_ext.myst_refs",
    "sphinx.ext.mathjax",
    "sphinx.jinja2glue",
    "sphinx.search.zh",
    "sphinx.transforms.post_transforms.code",
    "sphinx_multitoc_numbering",
)
extensions = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]["extensions"]
for name in (*builtin_extensions, *extensions, *LATER):
    import_module(name)
# The plugins there are.
list(get_all_styles())
# The modules that a book is made by, which its digest tells of.
code_behind("book", "jupyter_book_command", "sphinx_extension")
