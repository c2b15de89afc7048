"""Snakemake as it builds on this machine: `python -m diaoyan.snakemake_here ARGUMENT...`.

It looks for jobs again a second after each that it has started, and at its end would wait for the last of these looks.
"""

import sys
import threading

from snakemake.cli import main


def looks_no_more() -> None:
    """Calls off what would be done later."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.cancel()


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        looks_no_more()
