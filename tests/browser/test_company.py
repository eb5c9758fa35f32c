"""Signing in with a company account: the real server, a real browser, a real local provider."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from data.accounts import Role
from data.sqlite import open_store
from survey.visitors import COOKIE
from tests.browser.conftest import settled
from tests.browser.provider import CLIENT, CLIENT_SECRET, Provider, providing
from tests.browser.server import Server, free_port, serving
from tests.people import somebody

SECRETS = """[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a secret of more than thirty-two letters"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """The identity provider of a company."""
    with providing(free_port()) as found:
        yield found


@pytest.fixture(scope="module")
def company_server(
    provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server that knows this provider, with accounts of an owner and a leader."""
    folder = tmp_path_factory.mktemp("company")
    store = open_store(folder / "kundenkompass.db")
    store.accounts.set_password(somebody(store), "no hash of anything")
    somebody(store, Role.LEADER)
    store.close()
    port, file = free_port(), folder / "secrets.toml"
    values = {"port": port, "client": CLIENT, "secret": CLIENT_SECRET, "provider": provider.url}
    file.write_text(SECRETS.format(**values), encoding="utf-8")
    with serving(folder / "kundenkompass.db", port, f"--secrets.files={file}") as server:
        yield server


@pytest.fixture
def visitor(real_browser: Browser) -> Iterator[Page]:
    """A browser that has never been here."""
    context = real_browser.new_context(locale="de-DE")
    yield context.new_page()
    context.close()


def go(page: Page, server: Server, asked: str = "/") -> None:
    """From the page that was asked for to the provider, by the button."""
    page.goto(f"{server.url}/sign-in?next={asked}")
    page.get_by_role("link", name="Mit Firmenkonto anmelden").click()


def cookies(page: Page) -> set[str]:
    return {str(cookie["name"]) for cookie in page.context.cookies()}


def test_a_verified_email_of_an_account_lets_in(
    company_server: Server, provider: Provider, visitor: Page
) -> None:
    """On to the page that was asked for, without Streamlit's own cookies."""
    provider.claims = {"email": "Leader@Example.org", "email_verified": True}
    go(visitor, company_server, "/account")
    expect(visitor.get_by_role("heading", name="Mein Konto")).to_be_visible(timeout=20_000)
    assert COOKIE in cookies(visitor)
    assert not [name for name in cookies(visitor) if name.startswith("_streamlit_user")]
    visitor.reload()
    expect(settled(visitor).get_by_text("leader@example.org")).to_be_visible()
    visitor.get_by_role("link", name="Abmelden", exact=True).click()
    visitor.get_by_role("button", name="Abmelden", exact=True).click()
    visitor.goto(company_server.url)
    expect(settled(visitor).get_by_role("link", name="Anmelden")).to_be_visible()


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"email": "eve@example.org", "email_verified": True}, "noch kein Konto"),
        ({"email": "owner@example.org", "email_verified": False}, "nicht bestätigt"),
        ({"email": "owner@example.org"}, "nicht bestätigt"),
        ({"email": "owner@example.org", "email_verified": "no"}, "nicht bestätigt"),
        ({}, "nicht bestätigt"),
    ],
)
def test_who_is_unknown_or_unverified_is_told_so_and_stays_outside(
    company_server: Server,
    provider: Provider,
    visitor: Page,
    claims: dict[str, object],
    said: str,
) -> None:
    """No session of ours; a way to try another account."""
    provider.claims = claims
    go(visitor, company_server)
    expect(visitor.get_by_text(said).first).to_be_visible(timeout=20_000)
    expect(visitor.get_by_role("link", name="anderen Firmenkonto")).to_be_visible()
    assert COOKIE not in cookies(visitor)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody else"},
        {"nonce": "another"},
        {"exp": 1},
    ],
    ids=["issuer", "audience", "nonce", "expired"],
)
def test_a_statement_that_is_not_for_us_lets_nobody_in(
    company_server: Server, provider: Provider, visitor: Page, claims: dict[str, object]
) -> None:
    """The door, as if nothing had happened."""
    provider.claims = {"email": "owner@example.org", "email_verified": True, **claims}
    go(visitor, company_server)
    expect(visitor.get_by_text("melden Sie sich mit Ihrem Konto an")).to_be_visible(timeout=20_000)
    assert COOKIE not in cookies(visitor)


def test_a_copy_of_streamlits_cookie_lets_nobody_in(
    company_server: Server, provider: Provider, visitor: Page, real_browser: Browser
) -> None:
    """What the provider said has been used; a copy is worth nothing, however fresh."""
    copied: list[str] = []
    visitor.on(
        "response",
        lambda answer: copied.extend(
            one["value"]
            for one in answer.headers_array()
            if "oauth2callback" in answer.url and one["name"].lower() == "set-cookie"
        ),
    )
    provider.claims = {"email": "leader@example.org", "email_verified": True}
    go(visitor, company_server, "/account")
    expect(visitor.get_by_role("heading", name="Mein Konto")).to_be_visible(timeout=20_000)
    pairs = [line.partition(";")[0].partition("=") for line in copied]
    assert any(name.startswith("_streamlit_user") for name, _, _ in pairs)
    context = real_browser.new_context(locale="de-DE")
    thief = context.new_page()
    thief.goto(f"{company_server.url}/sign-in")
    context.add_cookies(
        [{"name": n, "value": v, "url": company_server.url} for n, _, v in pairs if v.strip('"')]
    )
    thief.goto(company_server.url)
    expect(thief.get_by_text("Bitte beginnen Sie die Anmeldung noch einmal")).to_be_visible()
    assert COOKIE not in cookies(thief)
    context.close()


def test_an_old_statement_lets_nobody_in(
    company_server: Server, provider: Provider, visitor: Page
) -> None:
    """Streamlit's cookie lives for a month; what it says counts for ten minutes."""
    long_ago = int(time.time()) - 3600
    provider.claims = {"email": "owner@example.org", "email_verified": True, "iat": long_ago}
    go(visitor, company_server)
    expect(visitor.get_by_text("melden Sie sich mit Ihrem Konto an")).to_be_visible(timeout=20_000)
    assert COOKIE not in cookies(visitor)
