"""The grammar of proof-reading: every form reads its own example as it says."""

import pytest

from diaoyan.draft_sentences import sentences
from diaoyan.grammar import load_grammar
from diaoyan.paths import DATA
from diaoyan.plain_text import plain_text

GRAMMARS = {language: load_grammar(DATA, language) for language in ("zh", "en")}
EXAMPLES = [(language, name) for language, grammar in GRAMMARS.items() for name in grammar.forms]


@pytest.mark.parametrize(("language", "name"), EXAMPLES)
def test_a_form_reads_its_example_as_it_says(language, name):
    grammar = GRAMMARS[language]
    form = grammar.forms[name]
    [sentence] = sentences(plain_text(form.example, 0, len(form.example)), grammar)
    match = form.pattern.search(sentence.marked)
    assert match, sentence.marked
    assert {group: sentence.words(*match.span(group)) for group in form.reads} == form.reads
    assert form.reads


def test_a_form_without_an_amount_it_moves_by_gives_levels_only():
    forms = GRAMMARS["zh"].forms
    assert "by" in forms["change"].pattern.groupindex
    assert "by" not in forms["pair"].pattern.groupindex
