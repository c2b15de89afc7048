"""The page on a draft in a real browser: it serves those who read otherwise, is led through by keys, and prints."""

import pytest
from proofread_drafts import FAULTY, views_of

from browser.test_accessibility import page, violations  # noqa: F401
from diaoyan.proofread_page import proofread_page

# A paragraph that a telephone cannot show at once, with a word that it has to break.
LONG = "全市上下深入贯彻落实创新驱动发展战略，" * 30 + "x" * 200 + "。"
IS_SEEN = "each => { const box = each.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder with the page on a draft in each language."""
    folder = tmp_path_factory.mktemp("proofread")
    for language in ("zh", "en"):
        views = views_of(f"{LONG}\n{FAULTY}{LONG}\n", language, file=f"{'a' * 80}.txt")
        (folder / f"{language}.html").write_text(proofread_page(views), encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_serves_those_who_read_otherwise(page, written, language):  # noqa: F811
    complaints = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto((written / f"{language}.html").as_uri())
    page.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
    assert complaints == []


def test_keys_lead_from_the_list_to_the_words_on_to_the_remark_and_back(desktop, written):
    desktop.goto((written / "zh.html").as_uri())
    assert not desktop.locator("mark").first.evaluate(IS_SEEN)
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**#fault-1")
    assert desktop.locator("mark").first.evaluate(IS_SEEN)
    for place in ("#remark-1", "#fault-1"):
        desktop.keyboard.press("Tab")
        desktop.keyboard.press("Enter")
        desktop.wait_for_url(f"**{place}")


def test_remarks_stand_beside_the_text_on_a_desktop_and_below_it_on_a_telephone(desktop, written):
    desktop.goto((written / "zh.html").as_uri())
    for width, is_beside in ((1280, True), (390, False)):
        desktop.set_viewport_size({"width": width, "height": 844})
        text = desktop.locator(".passage:has(mark) > p").first.bounding_box()
        remark = desktop.locator(".remark").first.bounding_box()
        assert (remark["x"] > text["x"] + text["width"] - 1) == is_beside
        assert (remark["y"] > text["y"] + text["height"] - 1) != is_beside


def test_in_print_marks_are_told_from_the_text_without_backgrounds(desktop, written):
    desktop.goto((written / "zh.html").as_uri())
    desktop.emulate_media(media="print", color_scheme="dark")
    ink, paper = desktop.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    line = "each => [getComputedStyle(each).borderBottomStyle, parseFloat(getComputedStyle(each).borderBottomWidth)]"
    looks = [desktop.locator(f".passage .{each}").first.evaluate(line) for each in ("fault", "sound", "open")]
    assert looks == [["solid", 2], ["solid", 1], ["dotted", 1]]
