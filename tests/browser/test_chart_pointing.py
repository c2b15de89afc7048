"""A reader points at a chart, chooses from its list, goes through it by keys or taps it."""

from playwright.sync_api import Page

from browser.charts import MULTIPLES, PROVINCES, RANKING, enlivened
from browser.pages import wait_until


def test_a_reader_points_at_a_figure_and_reads_its_value_unit_year_and_source(open_page):
    page = enlivened(open_page("problems"))
    frame = page.locator("#chart-problems-intensity .diaoyan-frame")
    frame.scroll_into_view_if_needed()
    # Henan's is the bar in the middle.
    box = frame.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    note = frame.locator(".diaoyan-note")
    assert note.locator("p").all_text_contents() == [
        "河南 · 全社会研发经费投入强度",
        "1.86%（2022年）",
        "来源：《2022年全国科技经费投入统计公报》",
    ]
    page.mouse.move(5, 5)
    assert not note.is_visible()


def opacities(page: Page, chart: str, words: str) -> set[str]:
    """How strongly the words of a chart's marks are drawn."""
    return {each.get_attribute("opacity") for each in page.locator(f"{chart} .diaoyan-live text", has_text=words).all()}


def test_pointing_at_a_province_lets_the_others_step_back(open_page):
    page = enlivened(open_page("problems"))
    page.locator(f"{RANKING} .diaoyan-live text", has_text="北京").hover()
    wait_until(
        page,
        f"[...document.querySelectorAll('{RANKING} .diaoyan-live text[opacity=\"0.2\"]')].some("
        "(each) => each.textContent === '西藏')",
    )
    assert opacities(page, RANKING, "北京") == {"1"}
    page.mouse.move(5, 5)
    wait_until(page, f"!document.querySelector('{RANKING} .diaoyan-live text[opacity=\"0.2\"]')")


def test_a_province_chosen_from_the_list_stands_out_until_another_is(open_page):
    page = enlivened(open_page("outlook"))
    page.locator(f"{PROVINCES} select").select_option("上海")
    strong = f"{PROVINCES} .diaoyan-live path[stroke='#1F2328'][opacity='1']"
    page.wait_for_selector(strong)
    assert page.locator(strong).count() == 1
    # 4.44 is of 2022; the newest of the chart is of 2023.
    note = page.locator(f"{PROVINCES} .diaoyan-note p").all_text_contents()
    assert note[:2] == ["上海 · 全社会研发经费投入强度", "4.34%（2023年）"]
    assert opacities(page, PROVINCES, "北京") == {"0.2"}
    page.locator(f"{PROVINCES} select").select_option("全部")
    wait_until(page, f"!document.querySelector({strong!r})")
    assert opacities(page, PROVINCES, "北京") == {"1"}


def test_a_click_makes_a_choice_stay_and_escape_ends_it(open_page):
    page = enlivened(open_page("problems"))
    page.locator(f"{RANKING} .diaoyan-live text", has_text="北京").click()
    page.mouse.move(5, 5)
    assert page.locator(f"{RANKING} select").input_value() == "beijing"
    page.wait_for_selector(f"{RANKING} .diaoyan-live text[opacity='0.2']")
    page.keyboard.press("Escape")
    wait_until(page, f"!document.querySelector('{RANKING} .diaoyan-live text[opacity=\"0.2\"]')")
    assert page.locator(f"{RANKING} select").input_value() == ""


def test_the_arrow_keys_go_from_figure_to_figure_and_say_each(open_page):
    page = enlivened(open_page("outlook"))
    frame = page.locator("#chart-outlook-intensity-over-time .diaoyan-frame")
    frame.focus()
    said = []
    # China in 2011 and 2012, Henan in 2012, and the last of all: the city's only year.
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "End"):
        page.keyboard.press(key)
        said.append(frame.locator("[role=status]").text_content().split(" · ")[:3:2])
    assert said == [
        ["全国", "1.84%（2011年）"],
        ["全国", "1.98%（2012年）"],
        ["河南", "1.05%（2012年）"],
        ["安阳", "1.78%（2022年）"],
    ]
    assert frame.locator(".diaoyan-note").is_visible()
    page.keyboard.press("Escape")
    assert not frame.locator(".diaoyan-note").is_visible()


def test_each_multiple_says_both_of_its_figures(open_page):
    page = enlivened(open_page("outlook"))
    frame = page.locator(f"{MULTIPLES} .diaoyan-frame")
    frame.focus()
    page.keyboard.press("ArrowRight")
    assert frame.locator(".diaoyan-note p").all_text_contents()[1:4] == [
        "2000万元（2018年）",
        "2亿元（2022年）",
        "10倍",
    ]


def test_a_tap_shows_what_a_mark_says(browser, book):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{book.as_uri()}/chapters/problems.html")
    enlivened(page)
    page.locator(f"{RANKING} .diaoyan-live text", has_text="北京").tap()
    note = page.locator(f"{RANKING} .diaoyan-note")
    assert note.locator("p").nth(1).text_content() == "6.83%（2022年）"
    assert note.is_visible()
    context.close()
