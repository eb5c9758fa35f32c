"""axe-core on every screen, light and dark, phone and desktop; and no sideways scrolling."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import DESKTOP, PHONE, settled
from tests.browser.server import Server

THIRD_PARTY = {
    # Streamlit's file uploader: a <section role="presentation"> with an aria-label.
    ("presentation-role-conflict", '[data-testid="stFileUploaderDropzone"]'),
}

SCREENS = (
    "/",
    "/setup",
    "/departments",
    "/departments?organisation=1",
    "/wave?wave=muster26",
    "/wave?wave=muster25",
    "/results",
    "/results?gap=leadership",
    "/expectations?wave=muster26",
    "/expectations?wave=muster25",
    "/method",
    "/answer?wave=muster26",
)
PAGES = (
    "/q/muster26",
    "/q/nosuchcode",
    "/q/muster25",
    "/q/muster26/thanks",
    "/q/muster25/privacy",
    "/q/muster26/privacy",
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    real_browser: Browser,
    demo_server: Server,
    owner_state: Path,
    viewport: dict[str, int],
    dark: bool,
) -> None:
    """No violation on any screen, but for the named ones in widgets that are not ours."""
    context = real_browser.new_context(
        storage_state=owner_state,
        viewport=viewport,
        color_scheme="dark" if dark else "light",
        locale="de-DE",
        reduced_motion="reduce",
    )
    page = context.new_page()
    found = []
    for address in (*SCREENS, *PAGES):
        page.goto(demo_server.url + address)
        if address in SCREENS:
            settled(page)
        wide = page.evaluate(
            "() => { const e = document.querySelector('[data-testid=stMain]')"
            " || document.documentElement; return e.scrollWidth - e.clientWidth; }"
        )
        if wide > 0:
            found.append((address, "scrolls sideways", wide))
        for violation in Axe().run(page).response["violations"]:
            found += [
                (address, violation["id"], node["html"][:200])
                for node in violation["nodes"]
                if not _third_party(violation["id"], node["html"])
            ]
    context.close()
    assert found == []


def _third_party(rule: str, html: str) -> bool:
    return any(
        rule == known and selector.strip("[]").replace('"', "") in html.replace('"', "")
        for known, selector in THIRD_PARTY
    )
