"""Signing in and out over HTTP, and everything that must not let anybody in."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data.accounts import Account, Role, TicketKind
from data.audit import AuditAct
from data.sqlite import SqliteStore, open_store
from survey.house import House, furnished
from survey.visitors import COOKIE, IDLE_LENGTH, SESSION_LENGTH, Visitors
from survey.web.forms import FORM_COOKIE
from survey.web.gate import Gate
from survey.web.headers import PageHeaders
from survey.web.limits import Attempts
from survey.web.own_password import OwnPassword
from survey.web.password_links import PasswordLinks
from survey.web.patience import DEVICE_COOKIE
from survey.web.plain import own_path
from survey.web.sign_in import NEXT_COOKIE, SignIn
from survey.web.single_sign_on import signed_on_route
from tests.people import OTHER_PASSWORD, PASSWORD, form_of, quick_passwords, somebody

NOON = datetime(2026, 3, 2, 12)
SECRET = "a secret for signing"  # noqa: S105 - a sample
ADA = "owner@example.org"


@pytest.fixture
def lent_house(tmp_path: Path) -> Iterator[House]:
    """A house in which Ada is the owner; hashing costs next to nothing."""
    store = open_store(tmp_path / "house.db")
    house = furnished(store, SECRET, quick_passwords())
    store.accounts.set_password(somebody(store), house.reception.passwords.hashed(PASSWORD))
    yield house
    store.close()


@pytest.fixture
def ada(lent_house: House) -> Account:
    """The owner."""
    return lent_house.store.accounts.find(ADA)


@pytest.fixture
def browser(lent_house: House) -> TestClient:
    """A browser that has never been here."""
    return browser_of(lent_house)


def browser_of(house: House, now: Callable[[], datetime] = lambda: NOON) -> TestClient:
    """A client of everything plain, behind our middleware."""
    app = Starlette(
        routes=[
            *SignIn(house, now).routes(),
            *OwnPassword(house, now).routes(),
            *PasswordLinks(house, now).routes(),
            signed_on_route(house, now),
        ],
        middleware=[
            Middleware(PageHeaders),
            Middleware(Gate, house.visitors, now, frozenset({"/"})),
        ],
    )
    return TestClient(app, follow_redirects=False, headers={"accept-language": "de"})


def sign_in(
    client: TestClient, email: str = ADA, password: str = PASSWORD, next_: str = "/"
) -> ...:
    """Open the form and send it."""
    fields = {**form_of(client, "/sign-in"), "email": email, "password": password, "next": next_}
    return client.post("/sign-in", data=fields)


def cookie_of(client: TestClient) -> str | None:
    """The session's cookie, as the server reads it."""
    value = client.cookies.get(COOKIE)
    return value.strip('"') if value else None


def acts(house: House) -> list[tuple[str, AuditAct, str]]:
    """The audit log, oldest first."""
    return [(e.who, e.act, e.subject) for e in reversed(house.store.audit.read())]


# In and out


def test_the_right_password_lets_in_and_leads_on(browser: TestClient, lent_house: House) -> None:
    """To the page that was asked for; it is written down."""
    answer = sign_in(browser, f"  {ADA.upper()} ", next_="/results?wave=muster25")
    assert (answer.status_code, answer.headers["location"]) == (303, "/results?wave=muster25")
    ada = lent_house.store.accounts.find(ADA)
    assert lent_house.visitors.visitor(cookie_of(browser), NOON) == ada
    assert acts(lent_house) == [(ada.label, AuditAct.SIGNED_IN, "")]


def test_no_script_and_no_other_site_gets_the_cookie(browser: TestClient) -> None:
    """HttpOnly and SameSite=Lax, and only ever over https once it came that way."""
    cookie = sign_in(browser).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    browser.cookies.clear()
    browser.base_url = "https://testserver"  # type: ignore[assignment]
    for line in sign_in(browser).headers.get_list("set-cookie"):
        assert "secure" in line.lower()


def test_no_page_of_accounts_is_kept_by_anybody(browser: TestClient, lent_house: House) -> None:
    """Cache-Control, a policy that sends forms to ourselves only, no frame."""
    link = lent_house.visitors.offer(TicketKind.PASSWORD, lent_house.store.accounts.find(ADA), NOON)
    for path in ("/sign-in", "/sign-out", f"/password/{link}", "/set-up/none", "/password"):
        answer = browser.get(path)
        assert answer.headers["cache-control"] == "no-store", path
        if answer.status_code != 303:
            policy = answer.headers["content-security-policy"]
            assert "form-action 'self'" in policy
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy


def test_signing_out_ends_the_session_itself(browser: TestClient, lent_house: House) -> None:
    """A copy of the cookie is worth nothing afterwards."""
    sign_in(browser)
    copied = cookie_of(browser)
    assert browser.post("/sign-out", data=form_of(browser, "/sign-out")).status_code == 200
    assert cookie_of(browser) is None
    assert lent_house.visitors.visitor(copied, NOON) is None


def test_signing_out_everywhere_ends_every_session_of_that_account(
    browser: TestClient, lent_house: House, ada: Account
) -> None:
    """Somebody else's stays."""
    other = browser_of(lent_house)
    sign_in(browser)
    sign_in(other)
    eve = lent_house.visitors.sign_in(somebody(lent_house.store, email="eve@example.org"), NOON)
    page = browser.get("/sign-out").text
    tokens = re.findall(r'name="token" value="([^"]+)"', page)
    assert browser.post("/sign-out-everywhere", data={"token": tokens[1]}).status_code == 200
    assert lent_house.visitors.visitor(cookie_of(other), NOON) is None
    assert lent_house.visitors.visitor(eve, NOON) is not None
    assert acts(lent_house)[-1] == (ada.label, AuditAct.SIGNED_OUT_EVERYWHERE, "")


@pytest.mark.parametrize(
    "next_",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/ /evil.example",
        "/x\r\nSet-Cookie: a=b",
        "http:evil.example",
        "//[evil",
        "",
    ],
)
def test_signing_in_leads_nowhere_else(browser: TestClient, next_: str) -> None:
    """Whatever an address says, only paths of our own are gone to."""
    assert own_path(next_) == "/"
    assert sign_in(browser, next_=next_).headers["location"] == "/"


# Wrong cookies


def test_no_cookie_but_ours_is_anybody(lent_house: House, ada: Account) -> None:
    """Forged, cut, signed by another house, of another kind, or from nobody."""
    visitors = lent_house.visitors
    good = visitors.sign_in(ada, NOON)
    assert visitors.visitor(good, NOON) == ada
    payload, signature = good.rsplit(".", 1)
    foreign = Visitors(lent_house.store, "another secret").sign_in(ada, NOON)
    form = lent_house.forms.token(payload, "/sign-in")
    bad = ["", ".", "x", payload, f"{good}x", f"x{good}", f"{payload}.{signature[::-1]}"]
    bad += [foreign, form, '"anything".signed-by-nobody', "\x00", "ä" * 5000, "\ud800"]
    assert [cookie for cookie in [None, *bad] if visitors.visitor(cookie, NOON)] == []


def test_a_session_ends_by_itself(lent_house: House, ada: Account) -> None:
    """After half a day without a visit, and after a month of visits."""
    visitors = lent_house.visitors
    idle = visitors.sign_in(ada, NOON)
    second = timedelta(seconds=1)
    assert visitors.visitor(idle, NOON + IDLE_LENGTH) is None
    busy, now = visitors.sign_in(ada, NOON), NOON
    while now < NOON + SESSION_LENGTH - IDLE_LENGTH:
        now += IDLE_LENGTH / 2
        assert visitors.visitor(busy, now) == ada
    now = NOON + SESSION_LENGTH - second
    assert visitors.visitor(busy, now) == ada
    assert visitors.visitor(busy, now + second) is None


def test_a_session_that_was_there_before_is_not_the_one_after(
    browser: TestClient, lent_house: House, ada: Account
) -> None:
    """A cookie put into the browser by somebody else is neither kept nor good afterwards."""
    eve = somebody(lent_house.store, Role.LEADER)
    planted = lent_house.visitors.sign_in(eve, NOON)
    browser.cookies.set(COOKIE, planted)
    sign_in(browser)
    mine = [c.value for c in browser.cookies.jar if c.name == COOKIE and c.domain != ""]
    assert planted not in [value and value.strip('"') for value in mine]
    assert lent_house.visitors.visitor(planted, NOON) is None
    assert ada in [lent_house.visitors.visitor((v or "").strip('"'), NOON) for v in mine]


def test_signing_in_again_begins_another_session(browser: TestClient, lent_house: House) -> None:
    """The one before ends."""
    sign_in(browser)
    first = cookie_of(browser)
    sign_in(browser)
    assert cookie_of(browser) != first
    assert lent_house.visitors.visitor(first, NOON) is None


# Forms that are not ours

FORMS = ("/sign-in", "/sign-out", "/sign-out-everywhere", "/password", "/set-up", "/password-link")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "attack", ["no token", "no cookie", "another browser", "another form", "origin", "site"]
)
def test_a_form_that_is_not_this_browsers_does_nothing(
    browser: TestClient, lent_house: House, ada: Account, form: str, attack: str
) -> None:
    """No session begins or ends, and no password changes."""
    path, before = _path(lent_house, ada, form), lent_house.visitors.sign_in(ada, NOON)
    kept = lent_house.store.accounts.password(ada)
    shown = "/sign-out" if path.startswith("/sign-out") else path
    browser.cookies.set(COOKIE, before)
    fields = {"email": ADA, "password": PASSWORD, "again": PASSWORD, "current": PASSWORD}
    fields |= form_of(browser, shown) | {"name": "Eve"}
    headers: dict[str, str] = {}
    if attack == "no token":
        del fields["token"]
    elif attack == "no cookie":
        browser.cookies.delete(FORM_COOKIE)
    elif attack == "another browser":
        fields["token"] = form_of(browser_of(lent_house), "/sign-in")["token"]
    elif attack == "another form":
        cookie = browser.cookies[FORM_COOKIE].strip('"')
        fields["token"] = lent_house.forms.token(cookie, "/elsewhere")
    elif attack == "origin":
        headers["origin"] = "https://evil.example"
    else:
        headers["sec-fetch-site"] = "cross-site"
    answer = browser.post(path, data=fields, headers=headers)
    assert answer.status_code in {403, 422}
    assert "kam nicht von hier" in answer.text
    assert COOKIE not in answer.headers.get("set-cookie", "")
    assert lent_house.visitors.visitor(before, NOON) == ada
    assert lent_house.store.accounts.password(ada) == kept


def _path(house: House, ada: Account, form: str) -> str:
    """Where a form is sent to, with a link made for it where it needs one."""
    if form == "/set-up":
        with house.store.connections.writing() as db:  # type: ignore[attr-defined]
            db.execute("UPDATE account SET password = NULL")
        return f"/set-up/{house.visitors.offer(TicketKind.SET_UP, None, NOON)}"
    if form == "/password-link":
        return f"/password/{house.visitors.offer(TicketKind.PASSWORD, ada, NOON)}"
    return form


def test_a_form_that_stayed_open_too_long_says_so_and_keeps_the_email(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirteen hours later it is shown again; sent again, it works."""
    fields = {**form_of(browser, "/sign-in"), "email": ADA, "password": PASSWORD}
    now = time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 13 * 3600)
    answer = browser.post("/sign-in", data=fields)
    assert answer.status_code == 403
    assert f'value="{ADA}"' in answer.text
    assert sign_in(browser).status_code == 303


# Wrong passwords


def test_what_is_said_tells_nobody_whether_an_account_exists(lent_house: House) -> None:
    """The same status and the same words, with and without an account, and without a password."""
    somebody(lent_house.store, Role.LEADER)
    said = []
    for email in (ADA, "leader@example.org", "nobody@example.org", "no e-mail", ""):
        for _ in range(7):
            client = browser_of(lent_house)
            answer = sign_in(client, email, OTHER_PASSWORD)
            text = re.sub(r'value="[^"]*"| autofocus|\d+ Sekunden', "", answer.text)
            said.append((email, answer.status_code, text))
    by_email: dict[str, list[tuple[int, str]]] = {}
    for email, status, text in said:
        by_email.setdefault(email, []).append((status, text))
    (first, *rest) = by_email.values()
    assert [status for status, _ in first] == [403] * 5 + [429] * 2
    assert all(other == first for other in rest)


def test_time_tells_nobody_whether_an_account_exists(tmp_path: Path) -> None:
    """With real hashes, an unknown e-mail takes as long as a wrong password."""
    store = open_store(tmp_path / "slow.db")
    reception = furnished(store, SECRET).reception
    store.accounts.set_password(somebody(store), reception.passwords.hashed(PASSWORD))
    taken: dict[str, list[float]] = {ADA: [], "nobody@example.org": []}
    for _ in range(5):
        for email, times in taken.items():
            began = time.perf_counter()
            assert reception.sign_in(email, OTHER_PASSWORD, None, NOON) is None
            times.append(time.perf_counter() - began)
    known, unknown = (statistics.median(times) for times in taken.values())
    store.close()
    assert 0.5 < known / unknown < 2


def test_a_refusal_is_written_down_without_what_was_typed(
    browser: TestClient, lent_house: House, ada: Account
) -> None:
    """The e-mail only if it is an account's: somebody may have typed the password there."""
    sign_in(browser, ADA, "secret-1-that-was-typed")
    sign_in(browser, "secret-2-that-was-typed", "secret-3-that-was-typed")
    assert acts(lent_house) == [
        ("–", AuditAct.SIGN_IN_REFUSED, ada.email),
        ("–", AuditAct.SIGN_IN_REFUSED, ""),
    ]
    kept = b"".join(f.read_bytes() for f in _files(lent_house))
    assert b"that-was-typed" not in kept


def test_a_thousand_wrong_passwords_are_tried_a_few_times_only(
    lent_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a quarter of an hour, 20 are compared; then the right one is let in again."""
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now)
    compared = 0
    client = browser_of(lent_house)
    for number in range(1000):
        now += 0.9
        answer = sign_in(client, ADA, f"{OTHER_PASSWORD} {number}")
        compared += answer.status_code == 403
        if answer.status_code == 429:
            assert 1 <= int(answer.headers["retry-after"]) <= 15 * 60
            assert "Bitte warten Sie" in answer.text
    assert compared <= 20
    assert len(acts(lent_house)) == compared
    refused = sign_in(client)
    assert refused.status_code == 429, "the right one has to wait, too"
    now += int(refused.headers["retry-after"]) + 1
    assert sign_in(client).status_code == 303


def test_a_stranger_who_locks_an_account_does_not_lock_out_its_person(
    lent_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their own browser is counted by itself; and nobody's wait exceeds 15 minutes."""
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now)
    mine, strangers = browser_of(lent_house), browser_of(lent_house)
    assert sign_in(mine).status_code == 303
    assert DEVICE_COOKIE in mine.cookies
    for _ in range(300):
        sign_in(strangers, ADA, OTHER_PASSWORD)
        now += 5
    assert sign_in(strangers).status_code == 429
    assert sign_in(mine).status_code == 303
    for _ in range(30):
        sign_in(mine, ADA, OTHER_PASSWORD)
    assert sign_in(mine).status_code == 429


def test_a_known_browser_is_known_for_its_own_account_only(lent_house: House) -> None:
    """Signing in to one's own account in between buys no further tries at another one."""
    eve = somebody(lent_house.store, Role.LEADER)
    hashed = lent_house.reception.passwords.hashed(OTHER_PASSWORD)
    lent_house.store.accounts.set_password(eve, hashed)
    client = browser_of(lent_house)
    tried = []
    for _ in range(7):
        assert sign_in(client, eve.email, OTHER_PASSWORD).status_code == 303
        tried.append(sign_in(client, ADA, "wrong wrong wrong").status_code)
    assert tried == [403] * 5 + [429] * 2


def test_many_accounts_are_not_tried_at_once(lent_house: House) -> None:
    """A list of addresses is stopped by what all have together."""
    client = browser_of(lent_house)
    fields = form_of(client, "/sign-in") | {"password": OTHER_PASSWORD}
    statuses = [
        client.post("/sign-in", data=fields | {"email": f"{n}@example.org"}).status_code
        for n in range(80)
    ]
    assert statuses == [403] * 60 + [429] * 20


def test_waiting_grows_and_trying_meanwhile_does_not_prolong_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three windows; who keeps knocking waits as long as who does not."""
    now = 1000.0
    monkeypatch.setattr("time.time", lambda: now)
    attempts = Attempts("2 per 1 minute", "4 per 10 minute")
    assert [attempts.take("x") for _ in range(4)] == [0, 0, 60, 60]
    now += 59
    assert attempts.take("x") == 1
    now += 2
    assert [attempts.take("x") for _ in range(2)] == [0, 0]
    assert attempts.take("x") == 600 - 61
    assert attempts.take("y") == 0
    attempts.forget("x")
    assert attempts.take("x") == 0


# Links


def test_looking_at_a_link_does_not_use_it_up(browser: TestClient, lent_house: House) -> None:
    """Neither HEAD nor GET, as chat programs ask to show a preview."""
    ada = lent_house.store.accounts.find(ADA)
    path = f"/password/{lent_house.visitors.offer(TicketKind.PASSWORD, ada, NOON)}"
    for _ in range(3):
        assert browser.head(path).status_code == 200
        assert browser.get(path).status_code == 200
    fields = form_of(browser, path) | {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    assert browser.post(path, data=fields).status_code == 303
    assert browser.get(path).status_code == 403
    assert browser.post(path, data=fields).status_code == 403


def test_a_new_password_ends_every_session_but_the_new_one(
    browser: TestClient, lent_house: House, ada: Account
) -> None:
    """The old password is worth nothing any more."""
    other = browser_of(lent_house)
    sign_in(other)
    path = f"/password/{lent_house.visitors.offer(TicketKind.PASSWORD, ada, NOON)}"
    fields = form_of(browser, path) | {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    assert browser.post(path, data=fields).headers["location"] == "/"
    assert lent_house.visitors.visitor(cookie_of(other), NOON) is None
    assert lent_house.visitors.visitor(cookie_of(browser), NOON) == ada
    assert sign_in(other).status_code == 403
    assert sign_in(other, ADA, OTHER_PASSWORD).status_code == 303


@pytest.mark.parametrize("path", ["set-up", "password"])
@pytest.mark.parametrize("token", ["", "x", "..%2F..%2Fetc%2Fpasswd", "%00", "a" * 5000, "%F0%9F"])
def test_a_guessed_link_opens_nothing(browser: TestClient, path: str, token: str) -> None:
    """No form and no session, in words."""
    fields = form_of(browser, "/sign-in") | {"password": PASSWORD, "again": PASSWORD}
    for answer in (
        browser.get(f"/{path}/{token}"),
        browser.post(f"/{path}/{token}", data=fields | {"name": "Eve", "email": "e@e.org"}),
    ):
        assert answer.status_code in {303, 307, 403, 404}
        assert COOKIE not in answer.headers.get("set-cookie", "")


def test_a_link_runs_out_after_three_days(lent_house: House, ada: Account) -> None:
    """And a set-up link after one."""
    link = lent_house.visitors.offer(TicketKind.PASSWORD, ada, NOON)
    late = browser_of(lent_house, lambda: NOON + timedelta(days=3))
    early = browser_of(lent_house, lambda: NOON + timedelta(days=3, seconds=-1))
    assert early.get(f"/password/{link}").status_code == 200
    assert late.get(f"/password/{link}").status_code == 403


def test_a_set_up_link_is_worth_nothing_once_there_is_an_owner(
    browser: TestClient, lent_house: House
) -> None:
    """Also one that was printed before."""
    link = lent_house.visitors.offer(TicketKind.SET_UP, None, NOON)
    assert browser.get(f"/set-up/{link}").status_code == 403
    fields = form_of(browser, "/sign-in") | {"name": "Eve", "email": "eve@example.org"}
    cookie = browser.cookies[FORM_COOKIE].strip('"')
    fields |= {"token": lent_house.forms.token(cookie, f"/set-up/{link}")}
    fields |= {"password": PASSWORD, "again": PASSWORD}
    assert browser.post(f"/set-up/{link}", data=fields).status_code == 403
    assert len(lent_house.store.accounts.all()) == 1


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("kurz", "zu kurz"),
        ("x" * 201, "zu lang"),
        (ADA.upper(), "E-Mail-Adresse ist kein gutes Passwort"),
        ("aaaaaaaaaaaaaaaa", "leicht zu erraten"),
        ("123456789012", "leicht zu erraten"),
        ("abcdefghijklmnop", "leicht zu erraten"),
        ("9876543210987", "leicht zu erraten"),
    ],
)
def test_a_bad_new_password_is_refused_with_the_reason_and_the_link_stays_good(
    browser: TestClient, lent_house: House, ada: Account, password: str, word: str
) -> None:
    """Nothing is changed."""
    path = f"/password/{lent_house.visitors.offer(TicketKind.PASSWORD, ada, NOON)}"
    fields = form_of(browser, path) | {"password": password, "again": password}
    answer = browser.post(path, data=fields)
    assert answer.status_code == 422
    assert word in answer.text
    assert sign_in(browser_of(lent_house)).status_code == 303
    assert browser.get(path).status_code == 200


def test_ones_own_password_changes_with_the_present_one_only(
    browser: TestClient, lent_house: House, ada: Account
) -> None:
    """A browser left alone is not enough; guessing there has to wait as well."""
    assert browser.get("/password").headers["location"].startswith("/sign-in?next=/password")
    browser.cookies.set(COOKIE, lent_house.visitors.sign_in(ada, NOON))
    fields = form_of(browser, "/password") | {"password": OTHER_PASSWORD, "again": OTHER_PASSWORD}
    tried = [
        browser.post("/password", data=fields | {"current": "wrong"}).status_code for _ in range(7)
    ]
    assert tried == [403] * 5 + [429] * 2
    lent_house.patience._accounts.forget("account", _key(ADA))
    assert browser.post("/password", data=fields | {"current": PASSWORD}).status_code == 303
    assert lent_house.reception.sign_in(ADA, OTHER_PASSWORD, None, NOON)


def _key(email: str) -> str:
    from survey.web.patience import _key  # noqa: PLC0415 - what is counted, looked at from inside

    return _key(email)


def test_a_sign_on_link_works_once_in_its_browser_and_for_a_minute(
    browser: TestClient, lent_house: House, ada: Account
) -> None:
    """Not in another one, not by a preview, not later; Streamlit's cookies go."""
    browser.get("/sign-in")
    mine = browser.cookies[FORM_COOKIE].strip('"')

    def link() -> str:
        return f"/signed-on/{lent_house.visitors.offer(TicketKind.SIGN_ON, ada, NOON, mine)}"

    path = link()
    stranger = browser_of(lent_house)
    assert stranger.get(path).status_code == 403
    stranger.get("/sign-in")
    assert stranger.get(path).status_code == 403
    late = browser_of(lent_house, lambda: NOON + timedelta(seconds=60))
    late.cookies.set(FORM_COOKIE, mine)
    assert late.get(path).status_code == 403
    assert browser.head(link()).status_code == 200
    path = link()
    browser.cookies.set("_streamlit_user", "x")
    browser.cookies.set("_streamlit_user_tokens_0", "x")
    browser.cookies.set(NEXT_COOKIE, "//evil.example")
    answer = browser.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    gone = [line for line in answer.headers.get_list("set-cookie") if "Max-Age=0" in line]
    assert {line.split("=")[0] for line in gone} == {
        "_streamlit_user",
        "_streamlit_user_tokens_0",
        NEXT_COOKIE,
    }
    assert lent_house.visitors.visitor(cookie_of(browser), NOON) == ada
    assert browser.get(path).status_code == 403


# At rest


def test_the_file_holds_hashes_only(browser: TestClient, lent_house: House, ada: Account) -> None:
    """No token, no cookie and no password is in it, nor in its log."""
    link = lent_house.visitors.offer(TicketKind.PASSWORD, ada, NOON)
    sign_in(browser)
    cookie = cookie_of(browser) or ""
    kept = b"".join(file.read_bytes() for file in _files(lent_house))
    secret = [link, cookie, cookie.split(".")[0], PASSWORD, SECRET]
    secret += [str(value) for value in browser.cookies.values()]
    assert [one for one in secret if one.strip('"').encode() in kept] == []
    assert b"$argon2id$" in kept


def test_a_password_is_hashed_anew_when_the_parameters_change(
    lent_house: House, ada: Account
) -> None:
    """At the next sign-in, and it still fits."""
    stronger = furnished(lent_house.store, SECRET).reception
    before = lent_house.store.accounts.password(ada)
    assert stronger.sign_in(ADA, PASSWORD, None, NOON)
    after = lent_house.store.accounts.password(ada) or ""
    assert after != before
    assert "m=65536" in after
    assert stronger.passwords.fits(after, PASSWORD)
    assert not stronger.passwords.fits("garbage", PASSWORD)
    assert not stronger.passwords.fits(None, PASSWORD)


def _files(house: House) -> list[Path]:
    store = house.store
    assert isinstance(store, SqliteStore)
    folder = store.connections.path.parent
    return [file for file in folder.iterdir() if file.is_file()]
