"""A draft as a page of its own with what was found in it marked, and the same as a part of a notebook."""

from collections.abc import Sequence
from html import escape

from diaoyan.faults import visible
from diaoyan.proofread_passages import Passage, passages, printable, shortened
from diaoyan.proofread_views import ProofreadViews
from diaoyan.proofreading import Finding
from diaoyan.site_pages import site_fragment, site_page

PAGE, FRAGMENT = "proofread.html", "proofread_fragment.html"
STYLE, PAGE_STYLE = "proofread.css", "proofread_page.css"
# Characters; of a longer text a notebook shows the paragraphs with faults only.
LONGEST_SHOWN = 20_000


def proofread_page(views: ProofreadViews) -> str:
    """The page: a summary, a list of the faults, and the draft with remarks beside it."""
    shown = passages(views)
    values = _values(views, shown)
    return printable(site_page(PAGE, STYLE, PAGE_STYLE, file=visible(views.draft.file), is_linked=True, **values))


def proofread_fragment(views: ProofreadViews) -> str:
    """The draft with its remarks for a notebook, whose looks it leaves alone."""
    if not views.draft.paragraphs:
        return f"<p>{escape(views.say('proofread.page.empty'))}</p>"
    shown, note = passages(views), ""
    length = sum(paragraph.end - paragraph.start for paragraph in views.draft.paragraphs)
    if length > LONGEST_SHOWN:
        shown = [passage for passage in shown if passage.faults]
        note = views.say("proofread.page.long", characters=length, paragraphs=len(shown))
    return printable(site_fragment(FRAGMENT, style=STYLE, note=note, is_linked=False, **_values(views, shown)))


def _values(views: ProofreadViews, shown: Sequence[Passage]) -> dict:
    return {
        "say": views.say,
        "views": views,
        "passages": shown,
        "faults": [each for passage in shown for each in passage.faults],
        "others": [each for passage in shown for each in passage.marked if each.sort != "fault"],
        "shortened": shortened,
        "arithmetic": lambda finding: _arithmetic(views, finding),
    }


def _arithmetic(views: ProofreadViews, finding: Finding) -> str:
    """The arithmetic where the reason does not say it already."""
    written = views.words.recomputed(finding)
    return "" if written in views.words.reason(finding) else written
