"""How soon a page's text and drawings are seen on a slow telephone: `python benchmarks/pages.py` after a build.

The published site is served from this machine; Chromium is slowed down to WebPageTest's 4G (9 Mbit/s, 170 ms there and
back) and to a quarter of the processor. Each page is opened anew five times; shown are medians in milliseconds.
"""

import argparse
import gzip
import shutil
import statistics
import threading
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from diaoyan.inputs import chapter_names
from diaoyan.site import SITE

TIMES = 5
SLOWER = 4
BYTES_PER_SECOND = 9_000_000 / 8
ROUND_TRIP_MS = 170
TELEPHONE = {"width": 360, "height": 740}
# The largest thing seen first, be it text or a drawing, and how much has been moved since.
WATCH = """
window.seen = {largest: 0, moved: 0};
new PerformanceObserver(list => { for (const each of list.getEntries()) seen.largest = each.startTime })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => { for (const each of list.getEntries()) seen.moved += each.value })
  .observe({type: 'layout-shift', buffered: true});
"""


@cache
def compressed(path: str) -> bytes:
    """A file as web servers send it."""
    return gzip.compress(Path(path).read_bytes())


class Quiet(SimpleHTTPRequestHandler):
    """Serves compressed files without a line for each."""

    def do_GET(self) -> None:
        """Sends a file; nothing else is asked for."""
        path = self.translate_path(self.path)
        content = compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Nothing."""


def measured(browser: Browser, address: str) -> tuple[float, float, float, float]:
    """First paint and largest paint in ms, shift, and kilobytes of one visit."""
    context = browser.new_context(viewport=TELEPHONE, device_scale_factor=2, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": BYTES_PER_SECOND,
            "uploadThroughput": BYTES_PER_SECOND,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes = []
    session.on("Network.loadingFinished", lambda done: sizes.append(done["encodedDataLength"]))
    page.add_init_script(WATCH)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(1000)
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    seen = page.evaluate("seen")
    context.close()
    return first, seen["largest"], seen["moved"], sum(sizes) / 1000


def main() -> None:
    """Prints a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", nargs="?", default="anyang-2023/zh")
    book = parser.parse_args().book
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    handler = partial(Quiet, directory=SITE)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        print("page               first ms  largest ms  shift   kB")
        for name in chapter_names():
            address = f"http://127.0.0.1:{server.server_port}/{book}/chapters/{name}.html"
            visits = [measured(browser, address) for _ in range(TIMES)]
            first, largest, moved, size = (statistics.median(each) for each in zip(*visits, strict=True))
            print(f"{name:18} {first:8.0f} {largest:11.0f}  {moved:.3f} {size:7.0f}", flush=True)
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
