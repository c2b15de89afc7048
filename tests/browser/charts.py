"""Pages with charts, opened in a browser and brought to life."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

CHART = ".diaoyan-drawing"
LIVE = ".diaoyan-is-live"
RANKING = "#chart-problems-intensity-ranking"
PROVINCES = "#chart-outlook-provinces"
MULTIPLES = "#chart-outlook-multiples"
BOXES = """
    Array.from(document.querySelectorAll(".diaoyan-frame"), (frame) => {
      const { left, top, width, height } = frame.getBoundingClientRect();
      return [left, top + window.scrollY, width, height].map(Math.round);
    })
"""
SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) {
        window.shifts += shift.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Visit:
    """An open page, what it asked for and what it complained of."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def opened(browser: Browser, address: str, name: str, **options) -> Visit:
    """A chapter's page in a browser of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
    visit = Visit(context.new_page(), address)
    visit.page.on("request", lambda asked: visit.requests.append(asked.url))
    visit.page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.add_init_script(SHIFTS)
    visit.page.add_init_script(f"document.addEventListener('DOMContentLoaded', () => {{ window.boxes = {BOXES}; }})")
    visit.page.goto(f"{address}/chapters/{name}.html")
    return visit


def enlivened(page: Page) -> Page:
    """The page once its reader has come past every chart."""
    for chart in page.locator(CHART).all():
        chart.scroll_into_view_if_needed()
        chart.locator(".diaoyan-live svg").wait_for()
    return page
