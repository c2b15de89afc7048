"""The search in a real browser: from a web server's subfolder and from a folder on disk, in both languages."""

import pytest

from browser.pages import wait_until

# What is asked for, and a section among the first results: its title and where its link leads.
FUNDING = ("增加财政投入，培育科技企业", "achievements.html#achievements-funding")
INTENSITY = ("研发投入强度低于全省和全国", "problems.html#problems-research-intensity")
ASKED = {
    "zh": {
        "高新技术企业": FUNDING,
        "研发经费": INTENSITY,
        "投入强度": INTENSITY,
        "孵化器": ("孵化器专业服务水平不高", "problems.html#problems-incubator-services"),
        # An abbreviation that the report itself does not use.
        "科创院": ("搭建市科技创新研究院", "achievements.html#achievements-institute"),
        "奖补": ("奖补资金没有足额兑现", "problems.html#problems-unpaid-incentives"),
        "新技术企": FUNDING,
        "技术合同 高新技术": FUNDING,
    },
    "en": {
        "incubator": ("Weak services in incubators", "problems.html#problems-incubator-services"),
        "High-Tech Enterprise": ("Public money and technology enterprises", "achievements.html#achievements-funding"),
        "R&D intensity": ("R&D intensity below the province and the nation", INTENSITY[1]),
        "commissioners": ("Science and technology commissioners", "achievements.html#achievements-commissioners"),
    },
}
QUERIES = [(language, query) for language, queries in ASKED.items() for query in queries]
MOST_READ = 5


@pytest.fixture(scope="module")
def page(browser):
    """A telephone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.fixture(params=["server", "disk"])
def home(request, server, books):
    """Where the books are: on a web server, or in a folder."""
    return server if request.param == "server" else (books / "anyang-2023").as_uri()


def results(page) -> dict[str, str]:
    """The results' titles and links, in their order."""
    wait_until(page, "document.querySelector('.search-count').textContent")
    links = page.locator(".search-results a")
    return {link.inner_text(): link.get_attribute("href").removeprefix("chapters/") for link in links.all()}


@pytest.mark.parametrize(("language", "query"), QUERIES)
def test_a_search_finds_the_section(page, home, language, query):
    page.goto(f"{home}/{language}/chapters/outlook.html")
    # The field is for wider screens; on a phone the button leads to the page with a larger one.
    page.locator(".topbar-search button").click()
    page.wait_for_url("**/search.html?q=")
    field = page.locator(".search-form input")
    field.fill(query)
    field.press("Enter")
    title, link = ASKED[language][query]
    found = results(page)
    assert list(found.items())[:MOST_READ].count((title, link)) == 1, found
    assert page.locator(".search-results mark").count() > 0
    page.locator(".search-results a", has_text=title).first.click()
    page.wait_for_url(f"**/{language}/chapters/{link}")
    anchor = link.partition("#")[2]
    assert page.locator(f'[id="{anchor}"]').bounding_box()["y"] < 740


def test_results_are_counted_and_quoted_in_the_language_of_the_page(page, server):
    page.goto(f"{server}/zh/search.html?q=孵化器专业")
    found = results(page)
    assert next(iter(found)) == "孵化器专业服务水平不高"
    assert page.locator(".search-count").inner_text() == f"“孵化器专业”见于{len(found)}节"
    assert page.locator(".search-where").first.inner_text() == "存在问题 › 平台建设滞后，创新动力不足"
    assert page.locator(".search-results mark").first.inner_text() == "孵化器专业"
    # The words around, not the whole section.
    assert 20 < len(page.locator(".search-results li").first.locator("p").last.inner_text()) < 130
    page.goto(f"{server}/en/search.html?q=quantum")
    wait_until(page, "document.querySelector('.search-count').textContent")
    assert page.locator(".search-count").inner_text() == "Nothing found for “quantum”"


def test_the_field_of_a_wide_page_asks_the_page_of_the_search(browser, server):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{server}/zh/chapters/data.html")
    page.locator(".topbar-search input").fill("研发经费")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh/search.html?q=*")
    assert INTENSITY[0] in list(results(page))[:MOST_READ]
    page.close()


def test_a_plural_finds_the_singular_and_words_are_found_from_their_beginning(page, server):
    page.goto(f"{server}/en/search.html?q=incubators")
    assert "Weak services in incubators" in results(page)
    page.goto(f"{server}/en/search.html?q=cubators")
    wait_until(page, "document.querySelector('.search-count').textContent")
    assert results(page) == {}


def test_a_query_is_words_and_never_markup_or_a_pattern(page, books):
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    home = (books / "anyang-2023" / "zh" / "search.html").as_uri()
    for query in ("%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "(%5B", "%7Bcount%7D", ".*"):
        page.goto(f"{home}?q={query}")
        wait_until(page, "document.querySelector('.search-count').textContent")
        assert results(page) == {}
        assert page.locator(".search-page img").count() == 0
    assert page.locator(".search-count").inner_text() == "没有找到“.*”"
    assert said == []


def test_without_scripts_the_page_says_that_it_cannot_search(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/zh/search.html?q=企业")
    assert "JavaScript" in page.locator(".search-page noscript").inner_text()
    context.close()
