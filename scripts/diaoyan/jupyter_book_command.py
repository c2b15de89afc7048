"""Jupyter Book's command as a module that can be run: `python -m diaoyan.jupyter_book_command build ...`."""

from jupyter_book.cli.main import main

if __name__ == "__main__":
    main()
