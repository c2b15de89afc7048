"""Command lines whose faults are one line, and streams that take any character."""

import argparse
import io
import os
import sys
from typing import NoReturn


class OneLineParser(argparse.ArgumentParser):
    """A command line whose faults are one line, like all others."""

    def error(self, message: str) -> NoReturn:
        """Says what is wrong, without the usage."""
        self.exit(1, f"{self.prog}: {' '.join(message.split())}\n")


def speak_utf8() -> None:
    """Writes UTF-8 whatever the locale: an audit is Chinese, and a pipe would else take the system's encoding."""
    for stream in (sys.stdout, sys.stderr):
        # A program that calls the command may have put something else in place.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def show(line: str) -> None:
    """Writes a line at once, or nothing to whoever has had enough of them."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        fall_silent()


def fall_silent() -> None:
    """For when whoever reads the output has enough of it: nothing more is written, not even at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
