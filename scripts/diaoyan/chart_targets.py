"""What a chart says of targets: how far the newest figures are from them, and the pace it takes to reach them."""

from decimal import Decimal

from diaoyan import phrases
from diaoyan.chart_subject import Subject
from diaoyan.facts import Fact
from diaoyan.quantities import show
from diaoyan.target_views import TargetViews
from diaoyan.targets import Aim, aims


def target_sentences(subject: Subject, facts: list[Fact]) -> list[str]:
    """A sentence for each target among the facts, and which is nearest and which furthest."""
    drawn = {fact.anchor for fact in facts if fact.qualifier == "target"}
    found = [aim for aim in aims(subject.edition) if aim.stated_goal and aim.stated_goal.anchor in drawn]
    return [*_nearest(subject, found), *(_sentence(subject, aim) for aim in found)]


def _sentence(subject: Subject, aim: Aim) -> str:
    """The newest figure, on which side of the target it is, and the pace."""
    wording, catalogue = subject.wording, subject.wording.catalogue
    parts = {
        "name": subject.indicator(aim.start.indicator),
        "amount": wording.amount(aim.start),
        "period": wording.period(aim.start.period),
        "goal": show(aim.stated_goal.quantity, catalogue),
        "goal_period": wording.period(aim.row["period"]),
    }
    if aim.is_reached:
        return subject("alt.target_reached", **parts)
    said = subject(f"alt.target_{'above' if aim.direction == 'down' else 'below'}", **parts)
    # There is no average growth from nothing.
    if aim.start.quantity.unit.dimension != "percent" and _share(subject, aim) is None:
        return said
    return subject("alt.target_pace", said=said, pace=TargetViews(subject.edition, wording, {}).pace(aim))


def _nearest(subject: Subject, found: list[Aim]) -> list[str]:
    """Of several targets ahead, the nearest and the furthest, by what part of the target there is."""
    ahead = [aim for aim in found if not aim.is_reached and _share(subject, aim)]
    ordered = sorted(ahead, key=_distance)
    if len(ordered) < 2 or _share(subject, ordered[0]) == _share(subject, ordered[-1]):
        return []
    nearest, furthest = ordered[0], ordered[-1]
    names = {"nearest": nearest.start.indicator, "furthest": furthest.start.indicator}
    named = {end: subject.indicator(indicator) for end, indicator in names.items()}
    shares = {"near": _share(subject, nearest), "far": _share(subject, furthest)}
    return [subject("alt.targets", **named, **shares)]


def _distance(aim: Aim) -> Decimal:
    """How many times its target a figure is, or the target the figure: whichever is more than one."""
    ratio = aim.start.quantity.in_base / aim.goal
    return max(ratio, 1 / ratio)


def _share(subject: Subject, aim: Aim) -> str | None:
    """The newest figure as a percentage of the target; None where there is none, as from zero."""
    if aim.start.quantity.value <= 0:
        return None
    phrase = phrases.share(aim.start, aim.stated_goal)
    return phrase and subject.wording.phrase(phrase, aim.start, aim.stated_goal)
