"""Numbers that a reader questions: a card on hover, on focus and at a tap, in both languages and without scripts."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from diaoyan.inputs import chapter_names

ANYANG = "anyang-2023"
CARD = ".number-card"
SOURCES = {
    "zh": "关于全市科技工作情况的调研报告（市十五届人大常委会第五次会议文件10）",
    "en": "Investigation report on the city's science and technology work (document 10 of the fifth meeting)",
}


@pytest.fixture(scope="module")
def pages(books) -> dict[str, Path]:
    """The chapters' pages by language."""
    return {language: books / ANYANG / language / "chapters" for language in ("zh", "en")}


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    """A reader at a desk, whose every page must be without errors."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True, reduced_motion="reduce")
    complaints = []
    context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert complaints == []


@pytest.fixture
def phone(browser) -> Iterator[BrowserContext]:
    """A reader with a finger on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    yield context
    context.close()


def opened(context: BrowserContext, book: Path, chapter: str) -> Page:
    """A chapter's page."""
    page = context.new_page()
    page.goto((book / f"{chapter}.html").as_uri())
    return page


def number(page: Page, words: str, anchor: str) -> Locator:
    """The first link with these words to the row of a figure."""
    return page.locator(f"article a.fact[href$='#{anchor}']", has_text=re.compile(f"^{re.escape(words)}$")).first


def rows_of(card: Locator) -> dict[str, str]:
    """What a card says, by label; lines one below the other."""
    rows = card.locator(".number-card-row")
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows.all()}


def cards_in(page: str) -> list[dict]:
    """The cards a page has as data."""
    found = re.findall(r'<script type="application/json" class="diaoyan-number-cards">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[0]) if found else []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_of_every_page_has_a_card_with_its_value_its_year_and_its_source(pages, zh, en, language):
    words, numbers = {"zh": zh, "en": en}[language], 0
    # On the page of the data the row itself says it all.
    for chapter in set(chapter_names()) - {"data"}:
        page = (pages[language] / f"{chapter}.html").read_text(encoding="utf-8")
        cards = cards_in(page)
        for tag, shown in re.findall(r"<a ([^>]*#obs-[^>]*)>(.*?)</a>", page):
            found = re.search(r'class="fact card-(\d+) ', tag)
            assert found, f"{chapter}: {tag}"
            card = cards[int(found[1])]
            labels = {label: lines for label, *lines in card["rows"]}
            shown = html.unescape(shown)
            # In the audit the calculation itself is the link.
            assert shown in card["value"] or [shown] in labels[words("cards.formula")], shown
            # A bare number says its unit beside it, all others with it.
            assert words("cards.unit") in labels or not re.fullmatch(r"[\d,.]+", card["value"]), card
            assert words("cards.period") in labels or len(labels[words("cards.figures")]) > 1
            assert words("cards.vintage") in labels
            assert all(len(line) == 1 or line[1] for line in labels[words("cards.source")])
            assert card["foot"] or (words("cards.formula") in labels and words("cards.figures") in labels)
            numbers += 1
    assert numbers > 100


@pytest.mark.parametrize(
    ("language", "words", "value", "said"),
    [
        (
            "zh",
            "303家",
            "303家",
            {"时间": "2022年", "数据版本": "初次公布", "原文位置": "一（二）1", "备注": "有效期内"},
        ),
        (
            "en",
            "303",
            "303",
            {"Unit": "number", "Period": "2022", "Where in the source": "part 1, sec. 2, item 1"},
        ),
    ],
)
def test_resting_on_a_figure_shows_value_unit_year_vintage_source_and_place(
    context, pages, language, words, value, said
):
    page = opened(context, pages[language], "achievements")
    number(page, words, "obs-high-tech-enterprises-anyang-2022").hover()
    card = page.locator(CARD)
    card.wait_for()
    assert card.locator(".number-card-value").inner_text() == value
    rows = rows_of(card)
    assert said.items() <= rows.items()
    source = rows["来源" if language == "zh" else "Source"].splitlines()
    assert source[0] == SOURCES[language]
    assert ("2023年10月26日" if language == "zh" else "26 October 2023") in " ".join(source)
    # What the original makes of it, with the verdict.
    assert ("“翻了两番”（偏高）" if language == "zh" else "“quadrupled (two doublings)” (overstated)") in str(rows)
    page.mouse.move(5, 5)
    card.wait_for(state="detached")


@pytest.mark.parametrize(
    ("language", "chapter", "words", "anchor", "value", "formula", "inputs"),
    [
        # 303 ÷ 87 = 3.4827…
        (
            "zh",
            "achievements",
            "3.5",
            "obs-high-tech-enterprises-anyang-2022",
            "3.5倍",
            "303家 ÷ 87家 = 3.48",
            {"303家（2022年）": "-anyang-2022", "87家（2018年）": "-anyang-2018"},
        ),
        # 207 − 55 = 152
        (
            "en",
            "achievements",
            "152",
            "obs-research-platforms-provincial-or-higher-anyang-2022",
            "152",
            "207 − 55 = 152",
            {"207 (2022)": "-anyang-2022", "55 (2018)": "-anyang-2018"},
        ),
        # 1.78 − 1.86 = −0.08
        (
            "zh",
            "outlook",
            "0.08个百分点",
            "obs-rd-intensity-anyang-2022",
            "0.08个百分点",
            "1.78% − 1.86% = −0.08",
            {"1.78%（安阳）": "-anyang-2022", "1.86%（河南）": "-henan-2022"},
        ),
        # (2.05 − 1.40) ÷ 5 = 0.13
        (
            "en",
            "outlook",
            "0.130 percentage points",
            "obs-rd-intensity-henan-2018",
            "0.130 percentage points",
            "(2.05% − 1.40%) ÷ 5 = 0.130 percentage points",
            {"1.40% (2018)": "-henan-2018", "2.05% (2023)": "-henan-2023"},
        ),
    ],
)
def test_a_derived_number_says_how_it_was_calculated_and_leads_to_every_figure_used(
    context, pages, language, chapter, words, anchor, value, formula, inputs
):
    page = opened(context, pages[language], chapter)
    number(page, words, anchor).hover()
    card = page.locator(CARD)
    card.wait_for()
    assert card.locator(".number-card-value").inner_text() == value
    rows = rows_of(card)
    assert rows["算式" if language == "zh" else "Calculation"] == formula
    used = card.locator(".number-card-row", has_text="所用数据" if language == "zh" else "Inputs").locator("a")
    found = {link.inner_text(): link.get_attribute("href") for link in used.all()}
    assert found.keys() == inputs.keys()
    assert all(found[each].startswith("data.html#obs-") and found[each].endswith(end) for each, end in inputs.items())


def test_a_card_of_what_the_book_says_leads_to_its_row_in_the_audit_and_to_the_original_s(context, pages):
    page = opened(context, pages["zh"], "achievements")
    number(page, "3.5", "obs-high-tech-enterprises-anyang-2022").hover()
    card = page.locator(CARD)
    card.wait_for()
    assert rows_of(card)["本书核对"] == "成立"
    leads = [link.get_attribute("href") for link in card.locator("a").all()]
    assert any(each.startswith("audit.html#statement-") for each in leads)
    assert any(each.startswith("audit.html#claim-") for each in leads)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_of_a_card_has_its_target(pages, language):
    pages = {name: (pages[language] / f"{name}.html").read_text(encoding="utf-8") for name in chapter_names()}
    ids = {name: set(re.findall(r'\bid="([^"]+)"', page)) for name, page in pages.items()}
    for name, page in pages.items():
        cards = cards_in(page)
        lines = [line for card in cards for _, *lines in card["rows"] for line in lines]
        for line in [*lines, *(line for card in cards for line in card["foot"])]:
            if len(line) > 1 and not line[1].startswith("http"):
                target, _, anchor = line[1].partition("#")
                assert anchor in ids[target.removesuffix(".html") or name], (name, line)


def test_the_keyboard_opens_a_card_walks_through_it_and_leaves_it_where_it_was(context, pages):
    page = opened(context, pages["zh"], "achievements")
    link = page.locator("article a.fact").first
    link.focus()
    # A focus by script shows no ring until the keyboard was used.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    card = page.locator(CARD)
    card.wait_for()
    assert link.get_attribute("aria-describedby") == "number-card-name number-card-about"
    page.keyboard.press("Escape")
    card.wait_for(state="detached")
    assert link.evaluate("each => document.activeElement === each")
    assert link.get_attribute("aria-describedby") is None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    card.wait_for()
    stops = card.locator("a, button").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
        assert card.evaluate("each => each.contains(document.activeElement)")
    page.keyboard.press("Tab")
    card.wait_for(state="detached")
    # On to what follows the number in the text.
    follows = """() => {
      const links = [...document.querySelectorAll('article a[href], article summary')];
      return links.indexOf(document.activeElement) - links.indexOf(document.querySelector('article a.fact'));
    }"""
    assert page.evaluate(follows) == 1


def test_escape_within_a_card_gives_focus_back_to_its_number(context, pages):
    page = opened(context, pages["zh"], "achievements")
    link = page.locator("article a.fact").first
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.locator(CARD).wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.locator(CARD).wait_for(state="detached")
    assert link.evaluate("each => document.activeElement === each")


def test_a_number_within_a_card_s_reach_stays_a_link_for_mouse_and_keyboard(context, pages):
    page = opened(context, pages["zh"], "achievements")
    link = number(page, "303家", "obs-high-tech-enterprises-anyang-2022")
    link.hover()
    page.locator(CARD).wait_for()
    link.click()
    page.wait_for_url("**/data.html#obs-high-tech-enterprises-anyang-2022")


def test_a_pointer_may_go_from_the_number_into_its_card(context, pages):
    page = opened(context, pages["zh"], "achievements")
    number(page, "303家", "obs-high-tech-enterprises-anyang-2022").hover()
    card = page.locator(CARD)
    card.wait_for()
    card.locator(".number-card-foot a").hover()
    # Longer than a card waits for the pointer to come back.
    page.wait_for_timeout(500)
    card.locator(".number-card-foot a").click()
    page.wait_for_url("**/data.html#obs-high-tech-enterprises-anyang-2022")


def test_the_first_tap_opens_the_card_and_the_card_leads_to_the_row(phone, pages):
    page = opened(phone, pages["en"], "achievements")
    link = number(page, "303", "obs-high-tech-enterprises-anyang-2022")
    link.tap()
    card = page.locator(CARD)
    card.wait_for()
    assert page.url.endswith("achievements.html")
    assert card.evaluate("each => document.activeElement === each")
    seen = card.bounding_box()
    assert (seen["x"], seen["width"]) == (0, 360)
    assert seen["y"] + seen["height"] == pytest.approx(740, abs=1)
    number_box = link.bounding_box()
    assert number_box["y"] >= 0
    assert number_box["y"] + number_box["height"] <= seen["y"]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    card.locator(".number-card-foot a").tap()
    page.wait_for_url("**/data.html#obs-high-tech-enterprises-anyang-2022")


@pytest.mark.parametrize("where", ["number", "cross", "text"])
def test_a_second_tap_the_cross_or_a_tap_beside_it_closes_the_card(phone, pages, where):
    page = opened(phone, pages["zh"], "achievements")
    link = number(page, "303家", "obs-high-tech-enterprises-anyang-2022")
    link.tap()
    card = page.locator(CARD)
    card.wait_for()
    if where == "text":
        page.touchscreen.tap(4, link.bounding_box()["y"] + 4)
    else:
        {"number": link, "cross": card.get_by_role("button", name="关闭")}[where].tap()
    card.wait_for(state="detached")
    assert page.url.endswith("achievements.html")


def test_without_scripts_a_number_is_the_link_to_its_row_and_its_title_says_what_it_is(browser, pages):
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, pages["zh"], "achievements")
    link = number(page, "3.5", "obs-high-tech-enterprises-anyang-2022")
    assert link.get_attribute("title") == "303家 ÷ 87家 = 3.48（2022年、2018年）"
    link.click()
    page.wait_for_url("**/data.html#obs-high-tech-enterprises-anyang-2022")
    context.close()


def test_a_card_is_not_printed(context, pages):
    page = opened(context, pages["zh"], "achievements")
    number(page, "303家", "obs-high-tech-enterprises-anyang-2022").hover()
    page.locator(CARD).wait_for()
    page.emulate_media(media="print")
    assert not page.locator(CARD).is_visible()


def test_only_pages_with_numbers_carry_cards(pages):
    with_script = [name for name in chapter_names() if "number_cards.js" in (pages["zh"] / f"{name}.html").read_text()]
    with_cards = [name for name in chapter_names() if cards_in((pages["zh"] / f"{name}.html").read_text())]
    assert with_script == with_cards
    assert "reproduce" not in with_cards
