"""Drafts for the tests of proof-reading, with what is wrong in them counted by hand."""

from functools import cache

from diaoyan.catalogue import Catalogue, load_catalogue
from diaoyan.drafts import as_draft
from diaoyan.paths import DATA
from diaoyan.proofread_views import ProofreadViews
from diaoyan.proofreading import proofread

# 303 ÷ 87 = 3.48 is less than four times; 565 ÷ 196 = 2.883, which is 188 % more; 9 September has no 31st day.
FAULTY = (
    "全市高新技术企业达到303家，较2018年（87家）翻了两番。\n"
    "科技型中小企业565家，较2018年（196家），增长了188%。\n"
    "截至2022年9月31日，研发投入强度较2021年提升了0.24个百分点。\n"
)
FAULTS, OTHERS = 2, 2
SOUND = "科技型中小企业565家，较2018年（196家），增长了188%。\n"


@cache
def words(language: str) -> Catalogue:
    """The words of a language, loaded once."""
    return load_catalogue(DATA, language)


def views_of(text: str, language: str = "zh", file: str = "draft.txt") -> ProofreadViews:
    """What is found in a text, in a language."""
    draft = as_draft(text, file)
    return ProofreadViews(draft, proofread(draft), words(language))
