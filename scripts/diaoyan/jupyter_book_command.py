"""Jupyter Book's command as a module that can be run: `python -m diaoyan.jupyter_book_command build ...`."""

import gc

from jupyter_book.cli.main import main

if __name__ == "__main__":
    # Nothing is left of this process once the book is made; to look for what it could give back before takes a sixth
    # of its time.
    gc.disable()
    main()
