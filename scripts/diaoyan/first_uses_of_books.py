"""What makers of books find out when first used, found out once for all books of a build."""

from importlib import import_module

from nbformat.validator import get_validator
from pygments.lexers import get_lexer_by_name
from pygments.styles import get_all_styles
from sphinx.application import builtin_extensions

from diaoyan.inputs import BOOK_CODE, code_behind
from diaoyan.manifest import packages

# What every Sphinx sets about a book with.
for extension in builtin_extensions:
    import_module(extension)
# The plugins there are.
list(get_all_styles())
# The language of the cells of a notebook.
get_lexer_by_name("ipython3")
# A validator of the notebooks that pages are made of.
get_validator(4, 4)
# The modules that a book is made by and the packages that are installed, of which its manifest tells.
code_behind(*BOOK_CODE)
packages()
