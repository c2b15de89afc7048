"""Markdown as the outputs carry it: escaped values, links, tables. Whatever comes from a table is escaped here."""

import re

# Every character that starts anything in CommonMark or MyST; digits, full stops and hyphens stay readable.
SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#~$|&!^@:%+=])")
NUMERIC = re.compile(r"[−-]?[0-9][0-9,]*(\.[0-9]+)?")


def escape(text: str) -> str:
    """The text as literal Markdown on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def link(shown: str, target: str, title: str = "") -> str:
    """A link with an optional title; `shown` is Markdown already."""
    if not title:
        return f"[{shown}]({target})"
    # A bar would end the cell of a table; &lt; would become what it stands for.
    quoted = re.sub(r'([\\"|&])', r"\\\1", " ".join(title.split()))
    return f'[{shown}]({target} "{quoted}")'


def table(head: list[str], rows: list[list[str]]) -> str:
    """A pipe table of Markdown cells; columns of numbers are set flush right."""
    rules = ["--:" if _is_numeric(cells) else "---" for cells in zip(*rows, strict=True)] or ["---"] * len(head)
    lines = [head, rules, *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _is_numeric(cells: tuple[str, ...]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(NUMERIC.fullmatch(cell) for cell in filled)
