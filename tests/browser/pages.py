"""The pages of the site."""

from playwright.sync_api import Page

from diaoyan.inputs import chapter_names

LANGUAGES = ("zh", "en")
PAGES = [*(f"chapters/{name}" for name in chapter_names()), "search"]


def opened(page: Page, address: str, until: str = "load") -> Page:
    """The page at an address, loaded."""
    page.goto(address, wait_until=until)
    return page
