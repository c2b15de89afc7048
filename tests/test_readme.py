"""What the READMEs state is what the audit gives."""

import re

import pytest
from proofread_drafts import views_of

from diaoyan.catalogue import load_catalogue
from diaoyan.claims import VERDICTS, counts
from diaoyan.edition import Edition
from diaoyan.paths import DATA, ROOT
from diaoyan.report import Report

READMES = pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
# | overstated | 1 | high-tech enterprises … |
ROW = re.compile(r"^\| *([^|]+?) *\| *(\d+) *\|", re.MULTILINE)
TOTAL = {"en": r"makes (\d+) quantitative statements", "zh": r"共有(\d+)条数量表述"}


@pytest.fixture(scope="module")
def counted():
    """How many statements of the report on Anyang have each verdict."""
    return counts(Report(Edition.load("anyang-2023"), "zh").audited)


@READMES
def test_the_table_of_verdicts_states_what_the_audit_gives(counted, name, language):
    words = load_catalogue(DATA, language)
    verdicts = {words(f"verdicts.{verdict}.name"): verdict for verdict in VERDICTS}
    rows = ROW.findall((ROOT / name).read_text(encoding="utf-8"))
    assert {verdicts[words]: int(count) for words, count in rows} == counted


@READMES
def test_the_number_of_statements_is_that_of_the_audit(counted, name, language):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert int(re.search(TOTAL[language], text)[1]) == sum(counted.values())


@READMES
def test_what_proof_reading_is_said_to_print_is_what_it_prints(name, language):
    heading = {"en": "## Proof-read a draft", "zh": "## 校核文稿"}[language]
    section = (ROOT / name).read_text(encoding="utf-8").partition(f"{heading}\n")[2].partition("\n## ")[0]
    draft, printed = re.findall(r"```text\n(.*?)\n```", section, re.DOTALL)
    assert printed.split() == views_of(draft).as_text().split()
