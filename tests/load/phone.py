"""What a cold phone downloads before a person can answer."""

import asyncio
import re

from playwright.sync_api import Request, sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.load.light import Answer, connect
from tests.load.server import Server

_REFERENCED = re.compile(r'<(?:script|img|link|iframe)[^>]*?(?:src|href)="(?!data:)')


def bytes_on_the_wire(server: Server, code: str) -> int:
    """Headers and zipped body of the light form."""
    return asyncio.run(_page(server, code)).wire


def requests_of_browser(server: Server, code: str) -> tuple[int, str]:
    """How many, and who counted: Chromium, or without one the page's own HTML."""
    chromium = find_chromium()
    if chromium is None:
        html = asyncio.run(_page(server, code)).page.decode()
        return 1 + len(_REFERENCED.findall(html)), "counted in the HTML"
    seen: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("http"):
            seen.append(request.url)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.on("request", note)
        page.goto(f"{server.url}/q/{code}", wait_until="networkidle")
        browser.close()
    return len(seen), "Chromium"


async def _page(server: Server, code: str) -> Answer:
    connection = await connect(server)
    try:
        answer = await connection.get(f"/q/{code}")
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"no form: {answer.status}")
    return answer
