"""What a cold phone downloads before a person can answer."""

import asyncio
import re
import shutil

from playwright.sync_api import Error, Request, sync_playwright

from tests.load.light import Answer, connect
from tests.load.server import Server

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_REFERENCED = re.compile(r'<(?:script|img|link|iframe)[^>]*?(?:src|href)="(?!data:)')


def bytes_on_the_wire(server: Server, code: str) -> int:
    """Headers and zipped body of the light form."""
    return asyncio.run(_page(server, code)).wire


def requests_of_browser(server: Server, code: str) -> int:
    """Requests of a real Chromium; without one, the page and whatever its HTML refers to."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("http"):
            seen.append(request.url)

    try:
        with sync_playwright() as playwright:
            found = shutil.which("chromium") or playwright.chromium.executable_path
            browser = playwright.chromium.launch(executable_path=found, args=_QUIET)
            page = browser.new_page(viewport={"width": 390, "height": 844})
            page.on("request", note)
            page.goto(f"{server.url}/q/{code}", wait_until="networkidle")
            browser.close()
    except Error:
        html = asyncio.run(_page(server, code)).page.decode()
        return 1 + len(_REFERENCED.findall(html))
    return len(seen)


async def _page(server: Server, code: str) -> Answer:
    connection = await connect(server)
    try:
        answer = await connection.get(f"/q/{code}")
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"no form: {answer.status}")
    return answer
