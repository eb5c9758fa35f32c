"""Wrong codes: who tries many waits, everybody else goes on, and nothing of it is kept."""

import logging

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from data.model import Wave
from data.sqlite import SqliteStore
from survey.form.guesses import Guesses
from survey.form.routes import LightForm
from survey.submission import FormSigner
from survey.web.client import client_of, read_proxies
from tests.data.samples import NOON, SHORT_FORM

GUESSER, CANTEEN = "203.0.113.7", "198.51.100.9"
SIGNER = FormSigner("a secret")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def slow_clock() -> Clock:
    return Clock()


@pytest.fixture
def open_form(fresh_store: SqliteStore, slow_clock: Clock) -> Starlette:
    """The form; the guesses' clock stands still."""
    guesses = Guesses(slow_clock)
    return Starlette(routes=LightForm(fresh_store, SIGNER, lambda: NOON, guesses).routes())


def client(app: Starlette, address: str) -> TestClient:
    """A browser at an address."""
    return TestClient(app, client=(address, 50007), follow_redirects=False)


def test_twenty_wrong_codes_are_free_and_then_one_waits(slow_clock: Clock) -> None:
    """A minute at first, twice as long each time, an hour at most."""
    guesses = Guesses(slow_clock)
    for _ in range(19):
        guesses.wrong(GUESSER)
    assert guesses.wait(GUESSER) == 0
    waits = []
    for _ in range(8):
        guesses.wrong(GUESSER)
        waits.append(guesses.wait(GUESSER))
        slow_clock.now += waits[-1]
        assert guesses.wait(GUESSER) == 0
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert guesses.wait(CANTEEN) == 0


def test_in_a_flood_one_wrong_code_is_enough(slow_clock: Clock) -> None:
    """300 wrong codes from everywhere: from then on nobody has twenty."""
    guesses = Guesses(slow_clock)
    for number in range(300):
        guesses.wrong(f"203.0.113.{number}")
        assert guesses.wait(f"203.0.113.{number}") == 0
    guesses.wrong("the next one")
    assert guesses.wait("the next one") == 60


def test_a_thousand_wrong_codes_find_nothing(open_form: Starlette, open_wave: Wave) -> None:
    """After the twentieth even the right code is not told; others answer meanwhile."""
    with client(open_form, GUESSER) as guesser, client(open_form, CANTEEN) as other:
        statuses = [guesser.get(f"/q/wrong{number:03d}").status_code for number in range(1000)]
        assert statuses == [404] * 20 + [429] * 980
        refused = guesser.get(f"/q/{open_wave.code}", headers={"accept-language": "de"})
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "60"
        assert "in einer Minute" in refused.text
        for path in ("/q", f"/q/{open_wave.code}/privacy", f"/q/{open_wave.code}/thanks"):
            assert guesser.get(path).status_code == 429
        assert other.get(f"/q/{open_wave.code}").status_code == 200


def test_right_codes_do_not_count(open_form: Starlette, open_wave: Wave) -> None:
    """A canteen behind one address: hundreds come, and nobody waits."""
    with client(open_form, CANTEEN) as canteen:
        for _ in range(400):
            assert canteen.get(f"/q/{open_wave.code}").status_code == 200


def test_who_has_a_form_open_is_not_stopped(open_form: Starlette, open_wave: Wave) -> None:
    """Somebody behind the same address guesses; what others filled in is stored."""
    token = SIGNER.sign(open_wave.code, b"0123456789abcdef")
    fields = {"token": token, **dict.fromkeys(SHORT_FORM, "4")}
    with client(open_form, CANTEEN) as canteen:
        for number in range(30):
            canteen.get(f"/q/wrong{number}")
        sent = canteen.post(f"/q/{open_wave.code}", data=fields)
        assert sent.status_code == 303
        assert canteen.get(sent.headers["location"]).status_code == 200
        assert canteen.post("/q/wrong", data=fields).status_code == 429
        forged = {**fields, "token": "forged"}
        assert canteen.post(f"/q/{open_wave.code}", data=forged).status_code == 429


def test_wrong_codes_that_are_sent_count_too(open_form: Starlette) -> None:
    """Not only those that are opened; also their privacy sheets and thanks."""
    with client(open_form, GUESSER) as guesser:
        for _ in range(7):
            guesser.post("/q/nosuchcode", data={})
            guesser.get("/q/nosuchcode/privacy")
            guesser.get("/q/nosuchcode/thanks")
        assert guesser.get("/q").status_code == 429


def test_neither_database_nor_log_holds_an_address(
    open_form: Starlette, fresh_store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    """Addresses are in memory only."""
    caplog.set_level(logging.DEBUG)
    with client(open_form, GUESSER) as guesser:
        for number in range(50):
            guesser.get(f"/q/wrong{number}", headers={"x-forwarded-for": CANTEEN})
    folder = fresh_store.connections.path.parent
    kept = b"".join(file.read_bytes() for file in folder.iterdir())
    for address in (GUESSER, CANTEEN):
        assert address.encode() not in kept
        assert address not in caplog.text


def test_a_typed_code_leads_to_its_form(open_form: Starlette) -> None:
    """However it was typed; nonsense leads back to the page, nothing leads elsewhere."""
    with client(open_form, CANTEEN) as canteen:
        typed = canteen.get("/q", params={"code": " K7M2-p9 qx"})
        assert typed.headers["location"].partition("?")[0] == "/q/k7m2p9qx"
        for nonsense in ("", "//evil.example", "../x", "k7m2p9qx/thanks", "ä", "a?b"):
            answer = canteen.get("/q", params={"code": nonsense})
            assert answer.status_code == 200
            assert 'name="code"' in answer.text


# Whose address counts


def request(peer: str, port: int = 50007, forwarded: str | None = None) -> Request:
    """A request as the server sees it."""
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return Request({"type": "http", "client": (peer, port), "headers": headers})


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "client"),
    [
        ("", "203.0.113.7", "1.1.1.1", "203.0.113.7"),
        ("10.0.0.0/8", "203.0.113.7", "1.1.1.1", "203.0.113.7"),
        ("10.0.0.0/8", "10.0.0.2", "1.1.1.1", "1.1.1.1"),
        ("10.0.0.0/8", "10.0.0.2", "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        ("10.0.0.0/8", "10.0.0.2", "1.1.1.1, 10.0.0.9", "1.1.1.1"),
        ("10.0.0.2, 10.0.0.9", "10.0.0.2", None, "10.0.0.2"),
        ("nonsense", "203.0.113.7", "1.1.1.1", "203.0.113.7"),
        ("", "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
    ],
)
def test_only_our_own_proxies_are_believed(
    proxies: str, peer: str, forwarded: str | None, client: str
) -> None:
    """And of what they say only the last address that is not a proxy's; IPv6 by the home."""
    assert client_of(request(peer, forwarded=forwarded), read_proxies(proxies)) == client


def test_an_address_the_server_took_from_a_header_counts_for_nothing() -> None:
    """It believes proxies on its own machine; it shows in the port that is missing then."""
    taken = request("6.6.6.6", 0, "6.6.6.6")
    assert client_of(taken, read_proxies("")) == "127.0.0.1"
    assert client_of(taken, read_proxies("127.0.0.1")) == "6.6.6.6"
