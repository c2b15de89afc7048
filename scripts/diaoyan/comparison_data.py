"""A comparison for other programs: every difference as numbers with units, each with its sentence."""

from decimal import Decimal
from functools import partial

from diaoyan.claims import Audited, in_stated_terms
from diaoyan.comparison import SECTIONS, ClaimChange, Differences, Revision
from diaoyan.comparison_findings import EvidenceChange, ProblemChange, TargetChange
from diaoyan.comparison_text import ComparisonText
from diaoyan.edition import Edition
from diaoyan.facts import Comparison, Fact
from diaoyan.figure_pairs import FigurePair
from diaoyan.findings import Figures
from diaoyan.table_changes import CellChange
from diaoyan.wording import localised


def comparison_data(text: ComparisonText) -> dict:
    """The comparison as JSON takes it; `first` is the older edition or state, or the city named first.

    `kind`: tables (of one edition), years (of one city) or cities. `editions`: edition, city, as_of, base_year,
    report_year of each. `vintage` of the figures. `title`, `basis` and every `sentence` in `language`.
    A figure is indicator, area, period, vintage, value, unit, qualifier, source; null where there is none. By section,
    every entry with its `sentence`:
    - `figures`, `not_compared`: `manner` (see figure_pairs), `first`, `second`, `bases` (figures), `newest` (figures of
      each, where an older period is compared that both have), `beside` (pairs of
      figures of other areas), `difference` (second less first) in `unit`, null where not compared, `ratio`, what the
      two results say (`bound`: exact, lower, upper, unknown); for growth, `growth` of each: `ratio`, `yearly_pct`
    - `revised`: figures `first`, `second`
    - `claims`: `claim`, and of `first`, `second`: wording, verdict, recomputed, recomputed_unit
    - `problems`: `problem`, `state`, `evidence`: evidence, state, and `own`, `other` figures of `first`, `second`
    - `targets`: `target`, `recommendation`, `period`, `goal` in `unit`, `state`, `newest` (figure)
    - `only_first`, `only_second`: `figure`
    - `cells`: `table`, `row`, `column`, `first`, `second`; no column for a row added or removed
    `notes`: sentences on what there is nothing to compare of, by section.
    """
    differences, language = text.differences, text.catalogue.language
    lines = {name: [] for name in SECTIONS} | text.sections
    told = partial(_entry, differences=differences, language=language)
    return {
        "kind": differences.kind,
        "language": language,
        "vintage": differences.second.vintage,
        "title": text.title,
        "basis": text.basis,
        "editions": [_edition(each) for each in (differences.first, differences.second)],
        **{
            name: [told(line.entry) | {"sentence": line.text} for line in lines[name] if line.entry]
            for name in SECTIONS
        },
        "notes": {name: [line.text for line in lines[name] if not line.entry] for name in ("problems", "targets")},
    }


def _edition(edition: Edition) -> dict:
    particulars = ("city", "as_of", "base_year", "report_year")
    return {"edition": edition.id} | {key: edition.meta[key] for key in particulars}


def _entry(entry, differences: Differences, language: str) -> dict:
    makers = {
        FigurePair: _pair,
        Revision: lambda each: {"first": _figure(each.first), "second": _figure(each.second)},
        ClaimChange: lambda each: _claims(each, differences, language),
        ProblemChange: _problem,
        TargetChange: _target,
        Fact: lambda each: {"figure": _figure(each)},
        CellChange: _cell,
    }
    return makers[type(entry)](entry)


def _claims(change: ClaimChange, differences: Differences, language: str) -> dict:
    first = _claim(change.first, differences.first, language)
    return {"claim": change.id, "first": first, "second": _claim(change.second, differences.second, language)}


def _pair(pair: FigurePair) -> dict:
    comparison, is_percent = Comparison(pair.second, pair.first), pair.second.quantity.unit.dimension == "percent"
    compared = pair.manner in ("change", "gap")
    data = {
        "manner": pair.manner,
        "first": _figure(pair.first),
        "second": _figure(pair.second),
        "bases": [_figure(base) for base in pair.bases],
        "newest": [_figure(each) for each in pair.newest],
        "beside": [[_figure(each) for each in both] for both in pair.beside],
        "difference": _number(comparison.difference / pair.second.quantity.unit.per_base) if compared else None,
        "unit": "百分点" if is_percent else pair.second.quantity.unit.name,
        "ratio": _number(comparison.ratio) if pair.manner == "change" and not is_percent else None,
        "bound": comparison.bound,
    }
    if pair.manner == "growth":
        data["growth"] = [_growth(*each) for each in zip((pair.first, pair.second), pair.bases, strict=True)]
    return data


def _growth(fact: Fact, base: Fact) -> dict:
    comparison = Comparison(fact, base)
    yearly = comparison.yearly_growth
    return {"ratio": _number(comparison.ratio), "yearly_pct": None if yearly is None else _number(yearly * 100)}


def _claim(one: Audited | None, edition: Edition, language: str) -> dict | None:
    if one is None:
        return None
    value, unit = in_stated_terms(one.claim, one.recomputed, edition.units)
    wording = localised(one.claim, "wording", language)
    return {"wording": wording, "verdict": one.verdict, "recomputed": _number(value), "recomputed_unit": unit}


def _problem(change: ProblemChange) -> dict:
    evidence = [_evidence(each) for each in change.evidence]
    return {"problem": change.problem, "state": change.state, "evidence": evidence}


def _evidence(change: EvidenceChange) -> dict:
    sides = {"first": _figures(change.first), "second": _figures(change.second)}
    return {"evidence": change.evidence["evidence"], "state": change.state, **sides}


def _figures(figures: Figures | None) -> dict | None:
    return figures and {"own": _figure(figures.own), "other": _figure(figures.other)}


def _target(change: TargetChange) -> dict:
    aim, unit = change.aim, change.aim.start.quantity.unit
    row = {key: aim.row[key] for key in ("target", "recommendation", "period")}
    goal = {"goal": _number(aim.goal / unit.per_base), "unit": unit.name}
    return {**row, **goal, "state": change.state, "newest": _figure(change.newest)}


def _cell(change: CellChange) -> dict:
    return {
        "table": change.table,
        "row": change.key,
        "column": change.column or None,
        "first": change.first,
        "second": change.second,
    }


def _figure(fact: Fact | None) -> dict | None:
    if fact is None:
        return None
    return {
        "indicator": fact.indicator,
        "area": fact.area,
        "period": fact.period,
        "vintage": fact.vintage,
        "value": _number(fact.quantity.value),
        "unit": fact.quantity.unit.name,
        "qualifier": fact.qualifier,
        "source": fact.source,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
