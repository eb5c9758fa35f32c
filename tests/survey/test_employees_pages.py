"""What employees see of their organisation, over HTTP: its logo, accent, words and language."""

import base64
import hashlib
import html
import re
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data.model import Address, Organisation, Wave
from data.store import Store
from survey.colours import accent_of
from survey.form.routes import LightForm
from survey.submission import FormSigner
from survey.web.headers import PageHeaders
from tests.data.samples import DAY, NOON, SHORT_FORM, short_settings
from tests.survey.test_address import FORMAL
from tests.survey.test_logo import picture

CODE = "k7m2p9qx"
PAGES = ("", "/privacy")
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "**fett** _kursiv_",
    "[Klick](javascript:alert(1))",
    "{organisation} {0} {x.__class__}",
    "{{ 7 * 7 }} {% raw %}",
)


@pytest.fixture
def served(fresh_store: Store) -> TestClient:
    """The light form behind our headers."""
    form = LightForm(fresh_store, FormSigner("a secret of this house"), lambda: NOON)
    app = Starlette(routes=form.routes(), middleware=[Middleware(PageHeaders)])
    return TestClient(app, follow_redirects=False)


def speaking(store: Store, firm: Organisation, **profile: object) -> Organisation:
    """The organisation with another profile."""
    return store.profiles.change(firm, firm.name, replace(firm.profile, **profile))


def answered(served: TestClient, **fields: str) -> httpx.Response:
    """A submission of everything, as a browser sends it."""
    page = served.get(f"/q/{CODE}")
    token = html.unescape(re.search(r'name="token" value="([^"]+)"', page.text)[1])
    answers = dict.fromkeys(SHORT_FORM, "3")
    return served.post(f"/q/{CODE}", data={"token": token, **answers, **fields})


def shown(page: httpx.Response) -> str:
    """The text of a page, as a person reads it."""
    body = re.sub("<style>.*?</style>", "", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", body)).split())


# The language


@pytest.mark.parametrize(
    ("query", "browser", "language"),
    [
        ("?lang=de", "en", "de"),
        ("", "de-AT,en;q=0.5", "de"),
        ("", "fr-FR,fr", "en"),
        ("", "", "en"),
        ("?lang=xx", "fr", "en"),
    ],
)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("open_wave")
def test_the_address_decides_then_the_browser_then_the_organisation(
    served: TestClient,
    fresh_store: Store,
    small_firm: Organisation,
    query: str,
    browser: str,
    language: str,
    page: str,
) -> None:
    """An organisation whose language is English, and people who read this and that."""
    speaking(fresh_store, small_firm, language="en")
    answer = served.get(f"/q/{CODE}{page}{query}", headers={"accept-language": browser})
    assert f'<html lang="{language}">' in answer.text


# Sie, du and Swiss spelling


@pytest.mark.usefixtures("open_wave", "small_tree")
def test_an_organisation_that_says_du_never_says_sie(
    served: TestClient, fresh_store: Store, small_firm: Organisation
) -> None:
    """On the form, with what is missing, in the thanks, on the sheet, and once it is over."""
    speaking(fresh_store, small_firm, address=Address.DU)
    missing = answered(served, CP1="")
    thanks = served.get(answered(served, department="none").headers["location"])
    pages = [served.get(f"/q/{CODE}"), missing, thanks, served.get(f"/q/{CODE}/privacy")]
    pages.append(served.post(f"/q/{CODE}", content=b"x" * 200_000))
    assert [page.status_code for page in pages] == [200, 422, 200, 200, 413]
    for page in pages:
        assert FORMAL.findall(shown(page)) == []
    assert "Deine Antworten sind gespeichert" in shown(thanks)


@pytest.mark.usefixtures("open_wave")
def test_changing_the_language_on_the_form_keeps_du(
    served: TestClient, fresh_store: Store, small_firm: Organisation
) -> None:
    """There and back again."""
    speaking(fresh_store, small_firm, address=Address.DU)
    english = answered(served, switch="en")
    german = answered(served, switch="de")
    assert "would like to know" in shown(english)
    assert FORMAL.findall(shown(german)) == []


@pytest.mark.parametrize("page", PAGES)
def test_swiss_pages_hold_no_sharp_s_of_ours(
    served: TestClient, fresh_store: Store, small_firm: Organisation, page: str
) -> None:
    """The statements, the privacy box and the sheet; a title that somebody typed stays theirs."""
    speaking(fresh_store, small_firm, swiss=True)
    settings = replace(short_settings("Große Umfrage"), items=("EO7", "CP1"))
    fresh_store.waves.open(fresh_store.waves.add(small_firm, settings, CODE), DAY)
    answer = served.get(f"/q/{CODE}{page}")
    assert '<html lang="de-CH">' in answer.text
    assert "dieselben Massstäbe" in shown(answer)
    assert "Große Umfrage" in shown(answer)
    assert "ß" not in shown(answer).replace("Große Umfrage", "")


# The logo


@pytest.mark.usefixtures("open_wave")
def test_the_logo_is_a_request_of_its_own_that_browsers_keep(
    served: TestClient, fresh_store: Store, small_firm: Organisation
) -> None:
    """The form names it by its digest; another logo is another address."""
    image = picture("PNG", (60, 20))
    firm = fresh_store.profiles.set_logo(small_firm, image)
    address = f"/q/{CODE}/logo?v={firm.logo}"
    for page in PAGES:
        assert f'src="{address}"' in served.get(f"/q/{CODE}{page}").text
    thanks = served.get(answered(served).headers["location"])
    assert f'src="{address}"' in thanks.text
    logo = served.get(address)
    assert logo.content == image
    assert logo.headers["content-type"] == "image/png"
    assert logo.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in logo.headers["cache-control"]
    assert logo.headers["content-security-policy"] == "default-src 'none'"


@pytest.mark.usefixtures("open_wave")
def test_under_another_digest_the_logo_is_not_kept(
    served: TestClient, fresh_store: Store, small_firm: Organisation
) -> None:
    """So that nobody can put an old picture into a browser under a new address."""
    fresh_store.profiles.set_logo(small_firm, picture("PNG", (60, 20)))
    assert served.get(f"/q/{CODE}/logo?v=older").headers["cache-control"] == "no-store"


def test_without_a_logo_or_a_link_there_is_none(
    served: TestClient, fresh_store: Store, open_wave: Wave
) -> None:
    """And the form does not ask for one."""
    assert served.get(f"/q/{open_wave.code}/logo").status_code == 404
    assert "/logo" not in served.get(f"/q/{open_wave.code}").text
    firm = fresh_store.organisations.add("Andere GmbH")
    fresh_store.profiles.set_logo(firm, picture("PNG", (60, 20)))
    assert served.get("/q/nosuchcode/logo").status_code == 404
    assert served.get(f"/q/{open_wave.code}/logo").status_code == 404


# The accent


@pytest.mark.parametrize("accent", [None, "#7a1f5c", "#ffd000"])
@pytest.mark.usefixtures("open_wave")
def test_every_page_has_the_policy_of_its_own_style(
    served: TestClient, fresh_store: Store, small_firm: Organisation, accent: str | None
) -> None:
    """A browser draws a style only if the policy holds its hash; each accent has another."""
    speaking(fresh_store, small_firm, accent=accent)
    thanks = answered(served).headers["location"]
    for address in (f"/q/{CODE}", f"/q/{CODE}/privacy", thanks, "/q/nosuchcode"):
        page = served.get(address)
        style = re.search("<style>(.*?)</style>", page.text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in page.headers["content-security-policy"]
        if accent and "nosuch" not in address:
            assert f"--accent:{accent_of(accent).light}" in style
            assert f"--accent:{accent_of(accent).dark}" in style


def test_two_organisations_do_not_wear_each_others_accent(
    served: TestClient, fresh_store: Store, small_firm: Organisation, open_wave: Wave
) -> None:
    """Pages are kept for a moment, but for one organisation each."""
    speaking(fresh_store, small_firm, accent="#7a1f5c")
    other = fresh_store.organisations.add("Andere GmbH")
    fresh_store.waves.open(fresh_store.waves.add(other, short_settings("B"), "andere22"), DAY)
    assert "#7a1f5c" in served.get(f"/q/{open_wave.code}").text
    assert "#7a1f5c" not in served.get("/q/andere22").text


# What the organisation wrote itself


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("open_wave")
def test_contact_and_privacy_text_are_shown_with_their_lines(
    served: TestClient, fresh_store: Store, small_firm: Organisation, page: str
) -> None:
    """On the form and on the sheet."""
    speaking(fresh_store, small_firm, contact="Anna Muster\nTel. 12", privacy="Erst.\n\nDann.")
    text = served.get(f"/q/{CODE}{page}").text
    assert '<p class="own">Anna Muster\nTel. 12</p>' in text
    assert '<p class="own">Erst.\n\nDann.</p>' in text


@pytest.mark.usefixtures("open_wave")
def test_what_nobody_wrote_leaves_no_empty_heading(served: TestClient) -> None:
    """Neither on the form nor on the sheet."""
    for page in PAGES:
        assert "Wer Fragen beantwortet" not in served.get(f"/q/{CODE}{page}").text


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_an_organisation_writes_is_text(
    served: TestClient, fresh_store: Store, attack: str
) -> None:
    """As its name, its contact, its privacy text and a wave's title, on every page."""
    firm = fresh_store.organisations.add(attack)
    speaking(fresh_store, firm, contact=attack, privacy=attack)
    fresh_store.waves.open(fresh_store.waves.add(firm, short_settings(attack), CODE), DAY)
    thanks = answered(served).headers["location"]
    for address in (f"/q/{CODE}", f"/q/{CODE}/privacy", thanks):
        page = served.get(address)
        assert page.status_code == 200
        assert attack in html.unescape(page.text)
        assert "<script" not in page.text
        assert "<img src=x" not in page.text


def test_an_erased_organisations_link_is_unknown_and_takes_no_answer(
    served: TestClient, fresh_store: Store, small_firm: Organisation, open_wave: Wave
) -> None:
    """Somebody was just filling in the form when it was erased."""
    page = served.get(f"/q/{open_wave.code}")
    token = html.unescape(re.search(r'name="token" value="([^"]+)"', page.text)[1])
    fresh_store.profiles.erase(small_firm)
    fields = {"token": token, **dict.fromkeys(SHORT_FORM, "3")}
    answer = served.post(f"/q/{open_wave.code}", data=fields)
    assert answer.status_code == 404
    assert "Diesen Link gibt es nicht" in shown(answer)
