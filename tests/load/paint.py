"""When somebody sees something of the overview in Chromium, its files being there already."""

import statistics
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.load.server import Server

_VISITS = 7
_FINDING = ".kk-findings li"
_NOTED = f"""new MutationObserver((_, watch) => {{
  if (!document.querySelector("{_FINDING}")) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => {{ window.finding = performance.now(); }}));
}}).observe(document, {{ childList: true, subtree: true }});"""
"""Notes the moment after the frame in which the first finding is drawn."""

_FIRST = 'performance.getEntriesByName("first-contentful-paint")[0]?.startTime'


@dataclass(frozen=True, slots=True)
class Paint:
    """Milliseconds after the address was asked for."""

    first: float
    finding: float


def of_overview(server: Server, code: str, cookie: str) -> Paint | None:
    """Medians of some visits after the first; None without a Chromium."""
    chromium = find_chromium()
    if chromium is None:
        return None
    name, _, value = cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": name, "value": value, "url": server.url}])
        context.add_init_script(_NOTED)
        address = f"{server.url}/results?wave={code}"
        _, *paints = [_paint(context, address) for _ in range(1 + _VISITS)]
        browser.close()
    return Paint(
        statistics.median(paint.first for paint in paints),
        statistics.median(paint.finding for paint in paints),
    )


def _paint(context: BrowserContext, address: str) -> Paint:
    page = context.new_page()
    page.goto(address)
    # A finding may stand in the page a moment before the browser says that it has painted.
    page.wait_for_function(f"() => window.finding && {_FIRST}")
    first, finding = page.evaluate(f"() => [{_FIRST}, window.finding]")
    page.close()
    return Paint(first, finding)
