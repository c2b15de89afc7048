"""Pages of a printed book as a reader finds them."""

import re
from functools import cache

import pytest
from pypdf import PdfReader

from diaoyan.tex import missing_packages

ANYANG = "anyang-2023"
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
needs_tex = pytest.mark.skipif(bool(missing_packages()), reason="TeX is not installed, and may not be installed here")


def as_notebook(outputs):
    """A chapter as its execution leaves it."""
    shown = [
        {"output_type": "display_data", "data": output.data, "metadata": {"diaoyan": output.about}}
        for output in outputs
    ]
    cell = {"cell_type": "code", "source": "report.chapter()", "outputs": shown, "metadata": {}, "execution_count": 1}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@cache
def texts(file):
    """The text of each page; taking it out of a file is slow, and many tests read the same."""
    return [page.extract_text() for page in PdfReader(file).pages]


def squeezed(text):
    """The words of a page without the spaces that stand for glue."""
    return re.sub(r"\s+", "", text.translate(LIGATURES))
