"""The grammar of quantitative statements in running text, read from data/grammar: words, units, forms."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from diaoyan.draft_amounts import Amount, Amounts
from diaoyan.draft_times import Moment
from diaoyan.yaml_files import read_yaml

# What stands in the place of each amount and time while forms are looked for: one private character each.
MARKS = {
    "level": "\ue000",
    "weak": "\ue001",
    "rate": "\ue002",
    "points": "\ue003",
    "times": "\ue004",
    "doublings": "\ue005",
    "bare": "\ue006",
    "range": "\ue007",
    "time": "\ue008",
}
ALL = "".join(MARKS.values())
NO_TIME = ALL.replace(MARKS["time"], "")
STOPS = "，。：；！？、"
# Slots by name. A slot of one mark is a group of its name: {old:level} is the group `old`.
SLOTS = {
    "amount": f"[{MARKS['level']}{MARKS['weak']}{MARKS['bare']}]",
    "level": f"[{MARKS['level']}{MARKS['weak']}{MARKS['rate']}{MARKS['bare']}]",
    "rate": MARKS["rate"],
    "points": MARKS["points"],
    "times": MARKS["times"],
    "doublings": MARKS["doublings"],
    "bare": MARKS["bare"],
    "time": MARKS["time"],
    "mark": ALL,
    "any": f"[{NO_TIME}]",
    "moved": f"[{MARKS['level']}{MARKS['weak']}{MARKS['bare']}{MARKS['rate']}{MARKS['points']}]",
}
BASE = f"[{MARKS['level']}{MARKS['rate']}{MARKS['bare']}]"
SLOT = re.compile(r"\{([a-z_]+)(?::([a-z_]+))?\}")


@dataclass(frozen=True)
class Form:
    """A form of statement: its name, its pattern over marked text, an example and what is read from it."""

    name: str
    pattern: re.Pattern
    example: str
    reads: dict[str, str]


@dataclass(frozen=True)
class Grammar:
    """The grammar of a language; `exclusive` are kinds whose members do not overlap."""

    amounts: Amounts
    words: dict[str, re.Pattern]
    forms: dict[str, Form]
    exclusive: tuple[re.Pattern, ...]


@cache
def load_grammar(data: Path, language: str) -> Grammar:
    """The grammar of a language; raises Faults for a file that is none."""
    tree = read_yaml(data / "grammar" / f"{language}.yml", f"data/grammar/{language}.yml")
    words, parts = tree["words"], _parts(tree["reach"])
    forms = {
        each["form"]: Form(
            each["form"], re.compile(_filled(each["pattern"], words, parts)), each["example"], each["reads"]
        )
        for each in tree["forms"]
    }
    compiled = {name: re.compile(_filled(pattern, words, parts)) for name, pattern in words.items()}
    exclusive = tuple(map(re.compile, tree["exclusive"]))
    return Grammar(Amounts(tree["units"], tree["qualifiers"]), compiled, forms, exclusive)


def mark(item: Amount | Moment) -> str:
    """What stands for an amount or a time in marked text."""
    if isinstance(item, Moment):
        return MARKS["time"]
    if item.in_range:
        return MARKS["range"]
    return MARKS["weak" if item.weak and item.kind == "level" else item.kind]


def _parts(reach: int) -> dict[str, str]:
    """Parts of patterns, in which words go on for so many characters."""
    word = f"[^{NO_TIME}，。：；！？（）]"
    level = f"{BASE}{word}{{0,16}}?"
    return {
        # Words without amounts, stops or brackets; times may stand among them.
        "gap": f"{word}{{0,{reach}}}?",
        "wide_gap": f"{word}{{0,{reach}}}",
        # The same with one level among them, times on either side of it.
        "phrase": f"{word}{{0,{reach}}}?(?:{level})?",
        # A phrase of one character at least, which no adverb may take away (比我市多), with one level or two in a list.
        "some_phrase": f"(?:{word}{{1,{reach}}}?(?:{level}(?:[、和与及]{word}{{0,8}}?{level})?)?|{level})",
        "aside": "(?P<aside>（[^（）]{0,40}）)?",
        "after": "(?P<after>（[^（）]{0,40}）)?",
    }


def _filled(pattern: str, words: dict[str, str], parts: dict[str, str]) -> str:
    """A pattern with its names in braces replaced by what they stand for."""

    def part(found: re.Match) -> str:
        name, of = found.groups()
        if of:
            return f"(?P<{name}>{SLOTS[of]})"
        return SLOTS.get(name) or parts.get(name) or f"(?:{_filled(words[name], words, parts)})"

    return SLOT.sub(part, pattern)
