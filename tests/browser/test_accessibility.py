"""axe-core finds nothing on any page: in both languages, on a light desktop and on a dark telephone."""

from pathlib import Path

import axe_playwright_python
import pytest

from diaoyan.inputs import chapter_names

AXE = Path(axe_playwright_python.__path__[0]) / "axe.min.js"
PAGES = [*(f"chapters/{name}" for name in chapter_names()), "search"]
DEVICES = {"light": (1280, 800), "dark": (360, 740)}


@pytest.fixture(scope="module", params=DEVICES)
def page(request, browser):
    """A page of a device in its colours."""
    width, height = DEVICES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=request.param)
    yield context.new_page()
    context.close()


# Rows of a table that are the same but for their words have the same colours; of each kind one stays on odd and on even
# places, for stripes.
LEAVE_ONE_ROW_OF_A_KIND = """() => {
  const look = each => [each.tagName, each.getAttribute('class'), each.getAttribute('style')].join();
  for (const body of document.querySelectorAll('tbody')) {
    const rows = [...body.rows], kinds = new Set();
    const alike = rows.filter((row, place) => {
      const kind = [place % 2, ...[row, ...row.querySelectorAll('*')].map(look)].join(';');
      return kinds.size === kinds.add(kind).size;
    });
    // Hidden and not removed: the others keep their places.
    alike.forEach(row => { row.style.display = 'none' });
  }
}"""
# What is behind each word takes axe-core a quarter of a minute on the page of the data.
CONTRAST = "color-contrast"


def violations(page) -> list[str]:
    """What axe-core finds, a line for each rule and element: of contrasts once for rows that look the same."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = found_by(page, {"rules": {CONTRAST: {"enabled": False}}})
    page.evaluate(LEAVE_ONE_ROW_OF_A_KIND)
    return found + found_by(page, {"runOnly": [CONTRAST]})


def found_by(page, rules: dict) -> list[str]:
    """What some of its rules find."""
    found = page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], ...rules})", rules)
    assert found["testEngine"]["name"] == "axe-core"
    assert found["passes"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_serves_those_who_read_otherwise(page, books, language, name):
    page.goto((books / "anyang-2023" / language / f"{name}.html").as_uri())
    assert violations(page) == []


def test_an_open_menu_open_code_and_results_serve_them_too(page, books):
    page.goto((books / "anyang-2023" / "zh" / "chapters" / "problems.html").as_uri())
    page.locator("details.diaoyan-code summary").click()
    if page.locator(".topbar-chapters").is_visible():
        page.locator(".topbar-chapters").click()
    assert violations(page) == []
    page.goto((books / "anyang-2023" / "zh" / "search.html").as_uri() + "?q=企业")
    page.wait_for_selector(".search-results li")
    assert violations(page) == []


def test_axe_would_find_a_picture_without_words(page, books):
    page.goto((books / "anyang-2023" / "zh" / "chapters" / "summary.html").as_uri())
    page.evaluate("document.querySelector('article').append(new Image())")
    assert [line.partition(":")[0] for line in violations(page)] == ["image-alt"]


def test_axe_would_find_pale_words_in_one_row_of_many(page, books):
    page.goto((books / "anyang-2023" / "zh" / "chapters" / "audit.html").as_uri())
    # A grey that is too near to white and to black alike, and none of the first rows of its kind.
    pale = "row => row.querySelectorAll('*').forEach(each => { each.style = 'color: #777; background: #888' })"
    page.locator("tbody tr:nth-child(9)").first.evaluate(pale)
    assert {line.partition(":")[0] for line in violations(page)} == {CONTRAST}
