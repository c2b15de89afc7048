"""How well and how fast drafts are proof-read: `python benchmarks/proofreading.py`.

Precision and recall of contradictions on the labelled sentences of `tests/proofreading`, and the time for a draft of a
hundred pages. `--development` also says what was missed in the half that the grammar was written with.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from labelled_sentences import HALVES, labelled, scored

from diaoyan.drafts import as_draft
from diaoyan.proofreading import proofread

# A printed page of such a report: 22 lines of 28 characters.
CHARACTERS_PER_PAGE, PAGES, TIMES = 22 * 28, 100, 5


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--development", action="store_true", help="say what was missed in the development half")
    options = parser.parse_args()
    for is_chinese in (True, False):
        for half in HALVES:
            _print_score(half, is_chinese)
    if options.development:
        print("\n".join(line for is_chinese in (True, False) for line in scored("development", is_chinese).said))
    _print_time()
    return 0


def _print_score(half: str, is_chinese: bool) -> None:
    score = scored(half, is_chinese)
    texts = len(labelled(half))
    language = "Chinese" if is_chinese else "English"
    print(f"\n{language}, {half.replace('_', ' ')} half (of {texts} texts in both languages)\n")
    print("| kind | faults | found | findings | of them faults |\n|---|---|---|---|---|")
    for kind in sorted({*score.false, *score.right, *score.alarms}):
        findings = score.right[kind] + score.alarms[kind]
        print(f"| {kind} | {score.false[kind]} | {score.found[kind]} | {findings} | {score.right[kind]} |")
    findings = score.right.total() + score.alarms.total()
    print(f"| all | {score.false.total()} | {score.found.total()} | {findings} | {score.right.total()} |")
    print(f"\nprecision {score.precision:.1%}, recall {score.recall:.1%}")


def _print_time() -> None:
    """The time for a hundred pages made of the texts of both halves."""
    texts = [each["text"] for half in HALVES for each in labelled(half)]
    lines: list[str] = []
    while sum(map(len, lines)) < CHARACTERS_PER_PAGE * PAGES:
        lines += texts
    draft = as_draft("\n".join(lines)[: CHARACTERS_PER_PAGE * PAGES])
    seconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        found = len(proofread(draft))
        seconds.append(time.perf_counter() - started)
    print(f"\n{PAGES} pages, {len(draft.text)} characters, {found} findings: {statistics.median(seconds):.2f} s")


if __name__ == "__main__":
    sys.exit(main())
