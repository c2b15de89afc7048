"""The Content-Security-Policy in a real browser: every page lives with it, and what it forbids does not happen."""

import pytest

from browser.pages import LANGUAGES
from browser.sites import EDITION
from diaoyan.content_policy import content_policy

POLICY = "document.querySelector('meta[http-equiv=Content-Security-Policy]').content"
# What a page would do if hostile text had come to life in it; gives what the browser refused, by directive.
ATTEMPTS = """
    async (expected) => {
      const refused = new Set();
      document.addEventListener("securitypolicyviolation", (event) => refused.add(event.effectiveDirective));
      const add = (name, parts) => document.body.append(Object.assign(document.createElement(name), parts));
      add("script", { textContent: "window.hit = 'script'" });
      add("script", { src: "https://example.org/script.js" });
      add("style", { textContent: "body { display: none }" });
      add("img", { src: "https://example.org/picture.png" });
      add("iframe", { src: "https://example.org/" });
      add("base", { href: "https://example.org/" });
      document.body.insertAdjacentHTML("beforeend", "<p onclick=\\"window.hit = 'handler'\\" id=clicked>.</p>");
      document.getElementById("clicked").click();
      setTimeout("window.hit = 'eval'");
      await fetch("https://example.org/").catch(() => {});
      // A refusal is told when the browser comes to it: a frame's after the page's own.
      for (let waits = 0; waits < 100 && !expected.every((directive) => refused.has(directive)); waits += 1)
        await new Promise((done) => setTimeout(done, 50));
      return [window.hit ?? "", getComputedStyle(document.body).display, document.baseURI, [...refused].sort()];
    }
"""
REFUSED = ["base-uri", "connect-src", "frame-src", "img-src"]
REFUSED += ["script-src", "script-src-attr", "script-src-elem", "style-src-elem"]
OUTSIDE = ["../index.html", "made/zh.html", "made/en.html"]


@pytest.mark.parametrize("page", OUTSIDE)
def test_pages_that_are_in_no_book_live_with_their_policy(desktop, server, page):
    complaints = []
    desktop.on("console", lambda said: complaints.append(said.text))
    desktop.goto(f"{server}/{page}")
    assert desktop.evaluate(POLICY).startswith("default-src 'none'; ")
    assert desktop.evaluate("getComputedStyle(document.body).maxWidth") == "960px"
    assert complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_finds_with_the_policy_in_force(desktop, server, language):
    complaints = []
    desktop.on("console", lambda said: complaints.append(said.text))
    desktop.goto(f"{server}/{language}/chapters/summary.html")
    assert desktop.evaluate(POLICY) == content_policy()
    desktop.locator("input[type=search]").fill("303")
    desktop.keyboard.press("Enter")
    desktop.locator("main li a").first.wait_for()
    assert complaints == []


@pytest.mark.parametrize("page", ["zh/chapters/outlook.html", "zh/search.html", *OUTSIDE])
def test_what_a_page_may_not_do_does_not_happen(desktop, server, page):
    desktop.goto(f"{server}/{page}")
    hit, display, base, refused = desktop.evaluate(ATTEMPTS, REFUSED)
    assert hit == ""
    assert display != "none"
    assert base == desktop.url
    assert set(refused) >= set(REFUSED)


def test_every_page_of_the_site_has_a_policy(books):
    pages = [path for path in books.rglob("*.html") if path != books / EDITION / path.parent.name / "index.html"]
    assert len(pages) > 20
    assert [path for path in pages if 'http-equiv="Content-Security-Policy"' not in path.read_text()] == []
