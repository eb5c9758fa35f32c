"""axe-core on every screen, light and dark, phone and desktop; and no sideways scrolling."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from data.measures import Plan
from data.questionnaires import FIVE_QUESTIONS
from data.sqlite import open_store
from data.workshops import Step, StepKind, WorkshopPlan
from tests.browser.conftest import DESKTOP, PHONE, settled
from tests.browser.server import Server
from tests.data.samples import short_settings
from tests.survey.held import TALKED, WORKSHOP, asked, planned

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
    "/invitations?wave=muster26",
    "/invitations?wave=muster25",
    "/wave?wave=draftaxe",
    "/wave_new?organisation=1",
    "/results?wave=muster25",
    "/gaps?gap=department&order=tree&all=1",
    "/gaps?gap=target&question=customer_perspective",
    "/gaps?gap=leadership",
    "/gaps?gap=trend",
    "/heatmap",
    "/heatmap?reference=target&numbers=difference&level=1",
    "/distributions",
    "/distributions?question=top_down_bottom_up",
    "/department",
    "/department?department=Kundendienst",
    "/department?department=Gibt+es+nicht",
    "/trend",
    "/trend?question=customer_perspective",
    "/trend?wave=muster24",
    "/comments",
    "/comments?dimension=customer_perspective",
    "/priorities",
    "/priorities?new=1&dimension=customer_perspective&department=Vertrieb",
    "/workshops?organisation=1",
    "/workshops?wave=muster25",
    "/workshop",
    "/workshop?workshop=AXXXXE",
    "/protocol",
    f"/protocol?workshop={WORKSHOP}",
    "/facilitator",
    "/expectations?wave=muster26",
    "/expectations?wave=muster25",
    "/accounts",
    "/account",
    "/audit",
    "/method",
    "/answer?wave=muster26",
)
PAGES = (
    "/preview/draftaxe",
    "/q/muster26",
    "/q/nosuchcode",
    "/q",
    "/q/muster26?kiosk=1",
    "/q/muster25",
    "/q/muster26/thanks",
    "/q/muster25/privacy",
    "/q/muster26/privacy",
    "/w",
    "/w?code=typo",
    "/w/NNNNNN",
    "/w/DDD444",
    "/sign-in",
    "/sign-out",
    "/password",
    "/password/guessed",
    "/picture/muster25/gaps?gap=department",
    "/picture/muster25/profile?department=Kundendienst",
    "/picture/muster25/nothing",
)


@pytest.fixture(scope="module")
def server_with_draft(demo_server: Server) -> Server:
    """The demo's server, where somebody has begun another wave."""
    with closing(open_store(demo_server.database)) as store:
        organisation = store.organisations.all()[0]
        settings = replace(short_settings("Entwurf"), introduction="Warum wir fragen")
        store.waves.add(organisation, settings, "draftaxe")
        released = next(wave for wave in store.waves.all() if wave.code == "muster25")
        agreed = Plan((), "customer_perspective", "Mitfahren", "Leitung", date(2026, 1, 31))
        store.measures.add(released, agreed)
        prepared = store.workshops.of(organisation)[0]
        store.workshops.add(organisation, released, prepared.plan, "AXXXXE")
        workshop = planned(store, organisation, released)
        asked(store, workshop, StepKind.GUESS, "", 1, 2, 3, 4, 5)
        asked(store, workshop, StepKind.VOTE, TALKED[0], 1, 2, 3, 4, 5)
        store.measures.agree(workshop, agreed)
        steps = (Step(1, StepKind.WELCOME),)
        plan = WorkshopPlan("Werkstatt", steps, FIVE_QUESTIONS, 5)
        begun = store.workshops.add(organisation, None, plan, "DDD444")
        store.workshops.go(begun, 1, date(2026, 11, 22))
    return demo_server


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    real_browser: Browser,
    server_with_draft: Server,
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
        page.goto(server_with_draft.url + address)
        _wait_and_unfold(page, address)
        wide = page.evaluate(
            "() => { const e = document.querySelector('[data-testid=stMain]')"
            " || document.documentElement; return e.scrollWidth - e.clientWidth; }"
        )
        if wide > 0:
            found.append((address, "scrolls sideways", wide))
        found += [(address, *violation) for violation in _violations(page)]
    context.close()
    assert found == []


def _wait_and_unfold(page: Page, address: str) -> None:
    """All that there is, once it is drawn: pictures, and what is folded away, too."""
    if address in SCREENS:
        settled(page)
    for place in page.locator("[data-testid=stPlotlyChart]").all():
        place.locator(".main-svg").first.wait_for()
    for picture in page.locator("#picture").all():
        picture.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


def _violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds, and finds again: Streamlit may still be drawing at the first look."""
    first = _found(page)
    again = _found(page) if first else []
    return [violation for violation in again if violation in first]


def _found(page: Page) -> list[tuple[str, str]]:
    return [
        (violation["id"], node["html"][:200])
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
        if not _third_party(violation["id"], node["html"])
    ]


def _third_party(rule: str, html: str) -> bool:
    return any(
        rule == known and selector.strip("[]").replace('"', "") in html.replace('"', "")
        for known, selector in THIRD_PARTY
    )
