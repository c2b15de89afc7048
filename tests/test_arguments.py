"""The command lines: one line for a fault, UTF-8 whatever the locale."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from diaoyan.arguments import OneLineParser
from diaoyan.cli import main

# The console script stands beside the interpreter.
CONSOLE_SCRIPT = [str(Path(sys.executable).with_name("diaoyan"))]
COMMANDS = pytest.mark.parametrize("command", [CONSOLE_SCRIPT, [sys.executable, "-m", "diaoyan.cli"]])


def run(command, *arguments, **environment):
    """Exit code, output and errors of a command, its streams read as UTF-8."""
    done = subprocess.run([*command, *arguments], env={**os.environ, **environment}, capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@COMMANDS
def test_a_command_without_a_name_is_one_line(command):
    assert run(command) == (1, "", "diaoyan: the following arguments are required: COMMAND" + os.linesep)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["audit"], "diaoyan audit: the following arguments are required: EDITION"),
        (
            ["audit", "anyang-2023", "--lang", "fr"],
            "diaoyan audit: argument --lang: invalid choice: 'fr' (choose from 'en', 'zh')",
        ),
        (["check", "--fast"], "diaoyan: unrecognized arguments: --fast"),
    ],
)
def test_a_wrong_command_line_is_one_line(capsys, arguments, line):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 1
    assert capsys.readouterr() == ("", f"{line}\n")


@COMMANDS
def test_an_audit_is_utf8_under_a_locale_that_has_no_chinese(command):
    code, output, errors = run(command, "audit", "anyang-2023", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert (code, errors) == (0, "")
    assert "一（二）1\t翻了两番" in output


def test_a_message_of_several_lines_becomes_one(capsys):
    with pytest.raises(SystemExit) as ended:
        OneLineParser(prog="diaoyan").parse_args(["--new\nline"])
    assert ended.value.code == 1
    assert capsys.readouterr().err == "diaoyan: unrecognized arguments: --new line\n"
