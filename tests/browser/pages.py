"""The pages of the site."""

import time

from playwright.sync_api import Page

from diaoyan.inputs import chapter_names

LANGUAGES = ("zh", "en")
PAGES = [*(f"chapters/{name}" for name in chapter_names()), "search"]


def wait_until(page: Page, expression: str, arg=None, seconds: float = 30) -> None:
    """Waits until JavaScript says yes of a page.

    It is asked from outside, again and again: a page under its policy may not evaluate text itself, as the browser
    driver's own waiting has it do from the second time on.
    """
    ends = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < ends, f"not within {seconds} seconds: {expression}"
        page.wait_for_timeout(50)


def opened(page: Page, address: str, until: str = "load") -> Page:
    """The page at an address, loaded."""
    page.goto(address, wait_until=until)
    return page
