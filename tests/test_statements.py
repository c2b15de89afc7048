"""What our own texts say of two figures is read back and recomputed; what does not hold is said by `audit --strict`."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_wording import plain

from diaoyan import phrases
from diaoyan.claims import audit_claim
from diaoyan.cli import main
from diaoyan.edition import Edition
from diaoyan.facts import Facts
from diaoyan.phrases import Phrase
from diaoyan.placeholders import Compared
from diaoyan.report import Report
from diaoyan.statements import READINGS, claim_of
from diaoyan.tables import Row

EDITION = Edition.load("anyang-2023")
BLANK = dict.fromkeys(EDITION.tables["observations"].columns)


def facts_of(*observations):
    """Facts written by hand: (value, qualifier, area, period) in a unit."""
    rows = []
    for value, unit, qualifier, area, period in observations:
        cells = {"indicator": "x", "area": area, "period": period, "vintage": "first_published", "source": "s"}
        cells |= {"value": Decimal(value), "unit": unit, "qualifier": qualifier}
        rows.append(Row({**BLANK, **cells}, "by hand", 1))
    return Facts(rows, EDITION.units, "first_published")


def verdict_on(phrase, facts, new, old):
    """The verdict on a phrase, None where it makes no claim."""
    claim = claim_of(Compared(phrase, facts.get("x", *new), facts.get("x", *old), "in words"), "by hand", 1)
    if claim is None:
        return None
    return audit_claim(claim, facts, EDITION.tables, EDITION.units).verdict


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("vintage", ["first_published", "latest"])
def test_every_statement_of_the_real_texts_holds(language, vintage):
    report = Report(Edition.load("anyang-2023", vintage=vintage), language)
    # Six of the achievements, two gaps of the problems, and those of outlook and summary.
    assert len(report.statements) > 20
    assert {statement.audited.verdict for statement in report.statements} <= {"holds", "approximate"}
    assert report.unsound() == []


@pytest.mark.parametrize(
    ("key", "number", "verdict"),
    [
        # 303 / 87 = 3.483.
        ("times.count", "3.5", "holds"),
        ("times.count", "3.6", "overstated"),
        ("times.count", "3.4", "understated"),
        ("growth", "248.3", "holds"),
        ("growth", "248.4", "overstated"),
        ("decline", "248.3", "contradicted"),
        ("increase", "216", "holds"),
        ("increase", "217", "overstated"),
    ],
)
def test_a_phrase_with_another_number_does_not_hold(key, number, verdict):
    facts = facts_of(("87", "家", None, "anyang", "2018"), ("303", "家", None, "anyang", "2022"))
    phrase = Phrase(key, Decimal(number))
    assert verdict_on(phrase, facts, ("anyang", "2022"), ("anyang", "2018")) == verdict


def test_two_doublings_do_not_hold_of_3_48_times():
    facts = facts_of(("87", "家", None, "anyang", "2018"), ("303", "家", None, "anyang", "2022"))
    places = ("anyang", "2022"), ("anyang", "2018")
    assert verdict_on(Phrase("doublings", doublings=2), facts, *places) == "overstated"
    assert verdict_on(Phrase("doublings", doublings=1), facts, *places) == "understated"


def test_every_phrase_of_the_catalogue_is_read_or_says_that_nothing_is_said(zh):
    said = {key.split(".")[1] for key in zh.words if key.startswith("phrases.")}
    silent = {"since", "no_value", "no_base", "no_benchmark", "zero_base", "not_comparable", "mixed_vintage"}
    # These stand for words within a phrase, or for what would have been: a supposition, no statement.
    within = {"doublings_words", "nearly_doublings_words", "in_step", "in_step_above", "in_step_below", "alone"}
    assert said - silent - within == set(READINGS)


# Words of every language that say which way a phrase goes; a gap goes up where the own figure is the higher.
UP = re.compile("增长|提高|增加|多|高于|翻了|倍|\\bup\\b|more|above|times|doubled|quadrupled|increase")
DOWN = re.compile("下降|减少|少|低于|\\bdown\\b|fewer|less|below|lower|decrease")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("rule", "new", "old", "unit", "rises"),
    [
        (phrases.change, "120", "100", "家", True),
        (phrases.change, "80", "100", "家", False),
        (phrases.change, "350", "100", "家", True),
        (phrases.change, "420", "100", "亿元", True),
        (phrases.change, "1.9", "1.8", "%", True),
        (phrases.change, "1.7", "1.8", "%", False),
        (phrases.difference, "120", "100", "家", True),
        (phrases.difference, "80", "100", "家", False),
        (phrases.gap, "1.9", "1.8", "%", True),
        (phrases.gap, "1.7", "1.8", "%", False),
        (phrases.gap, "120", "100", "家", True),
        (phrases.gap, "80", "100", "家", False),
    ],
)
def test_the_words_printed_go_the_way_the_figures_go(fact, language, rule, new, old, unit, rises):
    pair = fact(new, unit), fact(old, unit, period="2018", area="anyang")
    written = plain(Report(EDITION, language).wording.phrase(rule(*pair), *pair))
    right, wrong = (UP, DOWN) if rises else (DOWN, UP)
    assert right.search(written), written
    assert not wrong.search(written), written


VALUES = st.one_of(st.decimals("0", "99999", places=0), st.decimals("0", "99", places=2))
QUALIFIERS = st.sampled_from([None, None, "above", "below", "near"])


@settings(max_examples=300, deadline=None)
@given(VALUES, VALUES, QUALIFIERS, QUALIFIERS, st.sampled_from(["家", "%", "万元", "亿元"]))
def test_whatever_the_figures_what_the_rules_say_of_them_holds(new, old, of_new, of_old, unit):
    facts = facts_of((old, unit, of_old, "anyang", "2018"), (new, unit, of_new, "anyang", "2022"))
    places = ("anyang", "2022"), ("anyang", "2018")
    pair = [facts.get("x", *place) for place in places]
    for rule in (phrases.change, phrases.difference, phrases.share, phrases.yearly_growth):
        phrase = rule(*pair)
        if phrase is not None and phrase.operator:
            assert verdict_on(phrase, facts, *places) in ("holds", "approximate"), phrase


@settings(max_examples=200, deadline=None)
@given(VALUES, VALUES, QUALIFIERS, QUALIFIERS, st.sampled_from(["家", "%", "亿元"]))
def test_whatever_the_figures_what_the_rules_say_of_a_gap_holds(own, other, of_own, of_other, unit):
    facts = facts_of((own, unit, of_own, "anyang", "2022"), (other, unit, of_other, "china", "2022"))
    places = ("anyang", "2022"), ("china", "2022")
    phrase = phrases.gap(*(facts.get("x", *place) for place in places))
    if phrase.operator:
        assert verdict_on(phrase, facts, *places) in ("holds", "approximate"), phrase


def test_strict_passes_on_the_real_texts(capsys):
    assert main(["audit", "anyang-2023", "--strict"]) == 0
    assert capsys.readouterr().err == ""


def test_strict_refuses_a_statement_of_the_original_that_is_repeated_without_its_verdict(folder, capsys):
    text = folder.own("text/zh/problems.md")
    folder.replace(text, "研发经费逐年", "高新技术企业{{ stated('high-tech-enterprises-doublings') }}，研发经费逐年")
    command = ["audit", "anyang-2023", "--data", str(folder.path)]
    assert main(command) == 0
    capsys.readouterr()
    assert main([*command, "--strict"]) == 1
    out, err = capsys.readouterr()
    assert "overstated 1" in out
    assert err.splitlines() == [
        "data/editions/anyang-2023/text/zh/problems.md:17:7: found the statement 'high-tech-enterprises-doublings' "
        "of the original (overstated), expected its verdict in the same section: "
        "{{ verdict('high-tech-enterprises-doublings') }}"
    ]


def test_strict_reads_the_texts_of_every_language(folder, capsys):
    text = folder.own("text/en/problems.md")
    folder.replace(text, "Spending on R&D", "{{ stated('high-tech-enterprises-doublings') }}. Spending on R&D")
    assert main(["audit", "anyang-2023", "--strict", "--lang", "zh", "--data", str(folder.path)]) == 1
    assert "text/en/problems.md:17:1: found the statement" in capsys.readouterr().err


def test_strict_accepts_it_with_its_verdict_and_a_statement_that_holds_without(folder):
    text = folder.own("text/zh/problems.md")
    quoted = "{{ stated('high-tech-enterprises-doublings') }}（{{ verdict('high-tech-enterprises-doublings') }}）"
    folder.replace(text, "研发经费逐年增加", quoted + "，{{ stated('platforms-difference') }}，研发经费逐年增加")
    assert main(["audit", "anyang-2023", "--strict", "--data", str(folder.path)]) == 0


def test_strict_names_the_place_of_a_statement_that_does_not_hold(monkeypatch, capsys):
    # A rule that has gone wrong: it says one and a half times as much as the figures do.
    rule = phrases.difference
    monkeypatch.setattr(phrases, "difference", lambda *pair: inflated(rule(*pair)))
    assert main(["audit", "anyang-2023", "--strict"]) == 1
    assert capsys.readouterr().err.splitlines()[0] == (
        "data/editions/anyang-2023/text/en/achievements.md:29:206: found a statement of ours "
        "(difference 228.0家, overstated), expected 152.00家, as recomputed"
    )


def inflated(phrase):
    """The phrase with half as much again."""
    return replace(phrase, number=phrase.number * Decimal("1.5"))


def test_the_audit_for_programs_holds_our_own_statements(capsys):
    assert main(["audit", "anyang-2023", "--json"]) == 0
    statements = json.loads(capsys.readouterr().out)["statements"]
    first = next(each for each in statements if each["section"] == "achievements-pilot-testing")
    assert (first["kind"], first["stated"], first["verdict"]) == ("doublings", 2, "holds")
    assert first["rests_on"] == [
        "obs-research-platforms-provincial-or-higher-anyang-2022",
        "obs-research-platforms-provincial-or-higher-anyang-2018",
    ]


def test_the_audit_chapter_lists_them_with_their_arithmetic(edition):
    outputs = {output.about.get("name"): output for output in Report(edition, "zh").outputs("audit", pictures=False)}
    table = outputs["table-statements"]
    row = table.data["text/plain"].split("\n")[2 + table.about["anchors"].index("statement-achievements-funding-3")]
    assert "3.5" in row
    assert "303家 ÷ 87家 = 3.48" in row
    assert "成立" in row
