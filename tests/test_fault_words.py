"""Whatever can be wrong when an edition is made, exported or imported has words in every language."""

import ast
import re
from collections.abc import Iterator

import pytest

from diaoyan.edition_content import load_catalogues
from diaoyan.fault_words import FaultWords
from diaoyan.faults import Fault
from diaoyan.inputs import code_behind
from diaoyan.markup_check import NAMES
from diaoyan.paths import DATA
from diaoyan.vocabulary import Vocabulary

# Faults of the program's own files, of the statements that only an audit tells, and of what other commands are given:
# drafts and editions to compare.
OTHERS = {"catalogue.py", "chapter_reads.py", "comparison.py", "drafts.py", "recipes.py", "schema.py", "statements.py"}
# Commands, names of formats and what is typed as it stands.
LATIN = re.compile(
    r"diaoyan export|--\w+|Excel|HTML|XML|UTF|YAML|GB18030|\.xlsx?|schema\.yml|# Title|#chapter|[a-z]+-20\d\d"
)


@pytest.fixture(scope="module")
def words():
    """Faults said in Chinese."""
    return FaultWords(load_catalogues(DATA), "zh")


def written(node: ast.AST, names: dict[str, list[ast.AST]]) -> Iterator[str]:
    """What an expression can say, with 9 for every part that is only known later."""
    if isinstance(node, ast.Name):
        for value in names.get(node.id, []):
            yield from written(value, names)
    elif isinstance(node, ast.IfExp):
        yield from written(node.body, names)
        yield from written(node.orelse, names)
    elif isinstance(node, ast.BinOp):
        for left in written(node.left, names):
            yield from (left + right for right in [*written(node.right, names)] or ["9"])
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "9" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def messages() -> set[str]:
    """What the modules behind the three commands write into faults."""
    found = set()
    for path in code_behind("edition_import", "new_edition", "workbook_form", "edition_commands"):
        functions = [] if path.name in OTHERS else ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for function in functions:
            if not isinstance(function, ast.FunctionDef):
                continue
            names: dict[str, list[ast.AST]] = {}
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    names.setdefault(node.targets[0].id, []).append(node.value)
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("Fault", "fault"):
                    found |= {said for part in node.args[-2:] for said in written(part, names) if said}
    return found


def test_every_fault_that_new_export_and_import_write_has_words(words):
    found = messages() | {*NAMES.values()}
    assert len(found) > 120
    said = {each: LATIN.sub("", words.message(each)) for each in found}
    assert {each for each, shown in said.items() if re.search("[A-Za-z]{2}", shown)} == set()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("a whole number of at least 1, not empty, only once", "整数，不小于1，不能为空，不能重复"),
        ("a time such as 2022, 2022-06, not empty", "时间，例如2022、2022-06，不能为空"),
        ("HTML '<b>'", "HTML标记“<b>”"),
        ("one of first_published, latest", "下列之一：初次公布、最新修订"),
        ("one of first_published, zhu", "下列之一：first_published、zhu"),
        ("value('a'), which names nothing: no row", "value('a')，没有对应的数据：没有这样的行"),
        ("words that nobody wrote", "words that nobody wrote"),
    ],
)
def test_a_message_is_said_part_by_part_and_stays_as_it_is_where_nobody_knows_it(words, found, said):
    assert words.message(found) == said


def test_ids_in_messages_are_told_by_their_names():
    catalogues = load_catalogues(DATA)
    tables = {name: [] for name in ("areas", "sources")}
    tables["indicators"] = [{"indicator": "rd_intensity", "name_zh": "强度", "name_en": "intensity"}]
    tables["units"] = [{"unit": "亿元", "name_zh": "亿元", "name_en": "100 million yuan"}]
    fault = Fault("a", 2, "b", "'家'", "a unit of money such as 亿元")
    year = "a year with a target of rd_intensity elsewhere"
    for language, line, message in (
        ("zh", "“a”第2行“b”：填的是“家”，应为金额的计量单位，例如亿元", "有目标数的年份（强度 · elsewhere）"),
        (
            "en",
            "a, row 2, b: found “家”, expected a unit of money such as 100 million yuan",
            "a year with a target of intensity · elsewhere",
        ),
    ):
        named = FaultWords(catalogues, language).naming(Vocabulary(catalogues, tables))
        assert (named.said(fault), named.message(year)) == (line, message)
