"""Sentences with what is right and wrong in them, and how the proof-reader's findings stand to that.

`proofreading/development.jsonl` is what the grammar was written with; nobody who wrote it has read
`proofreading/held_back.jsonl`. Each line is a text with its statements: the words, the kind, and `true`, `false` or
`open` (cannot be checked from the text).
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from diaoyan.drafts import as_draft
from diaoyan.plain_text import CHINESE
from diaoyan.proofreading import proofread

FOLDER = Path(__file__).parent / "proofreading"
HALVES = ("development", "held_back")


@dataclass
class Score:
    """How many contradictions were found, by kind, and how many findings are no contradictions."""

    false: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)
    alarms: Counter = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the faults found, the part that are faults."""
        return self.right.total() / (self.right.total() + self.alarms.total())

    @property
    def recall(self) -> float:
        """Of the faults there are, the part that was found."""
        return self.found.total() / self.false.total()

    def add(self, text: str, statements: list[dict]) -> None:
        """Holds the findings in a text against its statements."""
        faults = [finding for finding in proofread(as_draft(text)) if finding.is_fault]
        wrong = [each for each in statements if each["verdict"] == "false"]
        for finding in faults:
            is_right = any(_meet(finding, text, each) for each in wrong)
            (self.right if is_right else self.alarms)[finding.kind] += 1
            if not is_right:
                self.said.append(f"no fault: {finding.text!r} ({finding.verdict}) in {text}")
        for each in wrong:
            self.false[each["kind"]] += 1
            if any(_meet(finding, text, each) for finding in faults):
                self.found[each["kind"]] += 1
            else:
                self.said.append(f"not found: {each['says']!r} ({each['kind']}) in {text}")


def labelled(half: str) -> list[dict]:
    """The texts of a half with their statements."""
    with (FOLDER / f"{half}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def scored(half: str, is_chinese: bool) -> Score:
    """How the findings in the Chinese, or the English, texts of a half stand to their statements."""
    score = Score()
    for each in labelled(half):
        if bool(CHINESE.search(each["text"])) == is_chinese:
            score.add(each["text"], each["statements"])
    return score


def _meet(finding, text: str, statement: dict) -> bool:
    start = text.index(statement["says"])
    return finding.start < start + len(statement["says"]) and start < finding.end
