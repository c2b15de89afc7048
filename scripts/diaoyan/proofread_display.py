"""A text that was proof-read, as Jupyter shows it."""

from diaoyan.catalogue import load_catalogue
from diaoyan.drafts import as_draft
from diaoyan.paths import DATA
from diaoyan.proofread_page import proofread_fragment
from diaoyan.proofread_views import ProofreadViews
from diaoyan.proofreading import Finding, proofread


class ProofreadText:
    """What was found in a text: in a notebook the text with its remarks, elsewhere a line for each finding."""

    def __init__(self, text: str, lang: str):
        if not isinstance(text, str):
            raise TypeError(f"found {type(text).__name__}, expected a text; `diaoyan proofread` reads files")
        draft = as_draft(text)
        self.views = ProofreadViews(draft, proofread(draft), load_catalogue(DATA, lang))

    @property
    def faults(self) -> list[Finding]:
        """The findings that are faults, in the order of the text."""
        return self.views.faults

    def __repr__(self) -> str:
        return self.views.as_text() if self.views.draft.paragraphs else self.views.say("proofread.page.empty")

    def _repr_html_(self) -> str:
        return proofread_fragment(self.views)
