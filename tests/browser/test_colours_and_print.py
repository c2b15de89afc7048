"""Colours follow the system or the reader; paper is white and has the text alone."""

import pytest

from browser.pages import opened, wait_until


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_from_the_first_moment(browser, server, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.add_init_script(
        "new MutationObserver(() => {"
        " if (document.body && !window.first) window.first = document.documentElement.dataset.theme"
        "}).observe(document, {childList: true, subtree: true})"
    )
    opened(page, f"{server}/zh/chapters/summary.html")
    assert page.evaluate("window.first") == scheme
    other = {"light": "dark", "dark": "light"}[scheme]
    page.emulate_media(color_scheme=other)
    wait_until(page, f"document.documentElement.dataset.theme === '{other}'")
    context.close()


def test_a_chosen_colour_stays_on_other_pages_and_may_be_given_up_again(browser, server):
    context = browser.new_context(color_scheme="light")
    page = opened(context.new_page(), f"{server}/zh/chapters/summary.html")
    button = page.locator(".topbar-colour")
    assert button.get_attribute("aria-label") == "显示模式：跟随系统"
    button.click()
    button.click()
    assert button.get_attribute("aria-label") == "显示模式：深色"
    opened(page, f"{server}/en/chapters/problems.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".topbar-colour").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    context.close()


def test_on_paper_there_is_the_text_and_no_furniture(desktop, server):
    opened(desktop, f"{server}/zh/chapters/achievements.html")
    desktop.emulate_media(media="print")
    for hidden in (".topbar", "#chapters", "#contents", ".neighbours", ".diaoyan-rerun", "a.headerlink >> nth=0"):
        assert not desktop.locator(hidden).is_visible(), hidden
    assert desktop.locator("article figure").first.is_visible()
    assert desktop.evaluate("getComputedStyle(document.querySelector('article figure')).breakInside") == "avoid"
    after = "Array.from(document.querySelectorAll('article a'), a => getComputedStyle(a, '::after').content)"
    assert set(desktop.evaluate(after)) <= {"none", "normal"}
    assert "2023年10月26日" in desktop.locator("footer.colophon").inner_text()


def test_a_dark_page_is_printed_on_white_and_dark_again_after(browser, server):
    context = browser.new_context(color_scheme="dark")
    page = opened(context.new_page(), f"{server}/zh/chapters/problems.html")
    printed = (
        "window.addEventListener('beforeprint', () => { window.printed = document.documentElement.dataset.theme })"
    )
    page.evaluate(printed)
    page.pdf()
    assert page.evaluate("window.printed") == "light"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    context.close()
