"""A draft's questionnaire, looked at before anybody gets it: by whom, and what comes of it."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data.accounts import Account, Role
from data.model import Department, Wave
from data.store import Store
from survey.form.preview import Preview
from survey.form.routes import LightForm
from survey.submission import FormSigner
from survey.visitors import COOKIE
from survey.web.headers import PageHeaders
from tests.data.samples import NOON, SHORT_FORM

BANNER = "Vorschau: Beim Absenden wird nichts gespeichert."
UNKNOWN = "Diesen Link gibt es nicht"


@pytest.fixture
def previews(
    fresh_store: Store, draft_wave: Wave, small_tree: tuple[Department, ...]
) -> TestClient:
    """Routes that know three accounts by their cookies."""
    assert small_tree
    theirs = {draft_wave.organisation.id: ()}
    others = {draft_wave.organisation.id + 1: ()}
    accounts = {
        "owner": Account(1, "o@example.org", "O", Role.OWNER),
        "consultant": Account(2, "c@example.org", "C", Role.CONSULTANT, theirs),
        "elsewhere": Account(3, "e@example.org", "E", Role.CONSULTANT, others),
        "leader": Account(4, "l@example.org", "L", Role.LEADER, theirs),
    }
    preview = Preview(fresh_store, lambda cookie, _: accounts.get(cookie or ""), lambda: NOON)
    form = LightForm(fresh_store, FormSigner("a secret"), lambda: NOON)
    routes = [preview.route(), *form.routes()]
    app = Starlette(routes=routes, middleware=[Middleware(PageHeaders)])
    return TestClient(app, headers={"Accept-Language": "de"}, follow_redirects=False)


def as_account(previews: TestClient, who: str) -> TestClient:
    previews.cookies.set(COOKIE, who)
    return previews


@pytest.mark.parametrize("who", ["owner", "consultant"])
def test_those_who_run_the_wave_see_its_questionnaire(
    previews: TestClient, draft_wave: Wave, who: str
) -> None:
    """The real one, with a banner; and it may be framed by our own screens only."""
    page = as_account(previews, who).get(f"/preview/{draft_wave.code}")
    assert page.status_code == 200
    assert BANNER in page.text
    assert page.text.count('role="radiogroup"') == len(SHORT_FORM)
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("who", ["", "forged", "elsewhere", "leader"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everybody_else_is_told_what_an_unknown_code_is_told(
    previews: TestClient, draft_wave: Wave, who: str, method: str
) -> None:
    """Nobody learns by guessing which drafts there are."""
    client = as_account(previews, who)
    real = client.request(method, f"/preview/{draft_wave.code}")
    unknown = client.request(method, "/preview/nosuchcd")
    assert real.status_code == unknown.status_code == 404
    assert real.text == unknown.text
    assert UNKNOWN in real.text


def test_sending_a_preview_checks_it_and_stores_nothing(
    previews: TestClient, fresh_store: Store, draft_wave: Wave
) -> None:
    """What is missing is named as for everybody; complete, it is thanked for."""
    client = as_account(previews, "owner")
    incomplete = client.post(f"/preview/{draft_wave.code}", data={"CP1": "4"})
    assert incomplete.status_code == 422
    assert incomplete.text.count("Bitte wählen Sie") >= len(SHORT_FORM)
    full = {"department": "none", **dict.fromkeys(SHORT_FORM, "4")}
    for wave in (draft_wave, fresh_store.waves.open(draft_wave, NOON.date())):
        thanks = client.post(f"/preview/{wave.code}", data=full)
        assert thanks.status_code == 200
        assert BANNER in thanks.text
        assert "Danke" in thanks.text
        assert fresh_store.answers.per_day(wave) == {}


def test_the_preview_speaks_the_other_language_too(previews: TestClient, draft_wave: Wave) -> None:
    """By its button, with what was filled in."""
    page = as_account(previews, "owner").post(
        f"/preview/{draft_wave.code}", data={"switch": "en", "CP1": "4"}
    )
    assert 'lang="en"' in page.text
    assert 'name="CP1" value="4" checked' in page.text


def test_the_real_questionnaire_still_may_not_be_framed(
    previews: TestClient, fresh_store: Store, draft_wave: Wave
) -> None:
    """Neither by strangers nor by our own screens."""
    fresh_store.waves.open(draft_wave, NOON.date())
    page = previews.get(f"/q/{draft_wave.code}")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
