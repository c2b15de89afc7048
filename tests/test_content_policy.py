"""The policy of every page: what it allows, and that the one style of a page is the one it has."""

import base64
import hashlib
import re

import pytest

from diaoyan.content_policy import content_policy
from diaoyan.site_pages import site_page

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


def directives(policy):
    """The sources of each directive."""
    return {name: sources for name, *sources in (each.split() for each in policy.split(";"))}


def test_a_page_may_load_its_own_files_and_nothing_else():
    allowed = directives(content_policy())
    assert allowed["default-src"] == ["'none'"]
    assert allowed["script-src"] == allowed["style-src"] == ["'self'"]
    every = {source for sources in allowed.values() for source in sources}
    assert every <= {"'none'", "'self'", "data:"}


def test_small_drawings_of_style_sheets_are_the_only_data_in_addresses():
    assert [name for name, sources in directives(content_policy()).items() if "data:" in sources] == ["img-src"]


def test_the_one_style_of_a_page_is_allowed_by_its_digest_and_no_other():
    allowed = directives(content_policy("p { color: red }"))["style-src"]
    # printf 'p { color: red }' | openssl dgst -sha256 -binary | base64
    assert allowed == ["'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='"]


@pytest.mark.parametrize("template", ["index.html", "made.html"])
def test_a_page_of_the_site_has_the_style_that_its_policy_names(zh, template):
    values = {"editions": [], "words": {"zh": zh}, "say": zh, "others": [], "title": "", "edition": "", "commit": ""}
    values |= {"uncommitted": [], "chapters": [], "packages": {}}
    page = site_page(template, **values)
    policy = POLICY.search(page)[1].replace("&#39;", "'")
    digest = base64.b64encode(hashlib.sha256(STYLE.search(page)[1].encode()).digest()).decode()
    assert directives(policy)["style-src"] == [f"'sha256-{digest}'"]
    assert "<script" not in page
