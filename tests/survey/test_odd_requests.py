"""Whatever is sent to a route, the answer is one in words: never a traceback, never a 500."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from survey.visitors import COOKIE
from survey.web.forms import FORM_COOKIE
from tests.survey.everybody import NOBODY, OPEN, OWNER, app_of_a_start, cookies_of
from tests.survey.test_who_sees_what import ROUTES

PLACES = sorted({address for _, address in ROUTES})
QUERIES = (
    *("lang", "code", "kiosk", "next", "organisation", "who", "department", "link", "proof"),
    *("wave", "gap", "question", "order"),
)
HEADERS = ("origin", "host", "accept-language", "x-forwarded-for", "sec-fetch-site", "user-agent")
FIELDS = ("token", "email", "password", "again", "next", "ticket", "department", "switch", "name")
NASTY = st.sampled_from(
    [
        "",
        "\0",
        "../../etc/passwd",
        "a\r\nSet-Cookie: x=1",
        "http://[",
        "//evil.example",
        "\\\\evil.example",
        "9" * 5000,
        "-1",
        "1" * 19,
        "٣",
        "\u202e\ufeff",
        "%00%ff",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "x" * 20_000,
    ]
)
TEXTS = NASTY | st.text(max_size=30)
LATIN = TEXTS.map(lambda text: "".join(c for c in text if "\x20" <= c < "\x7f")[:8000])


@pytest.fixture
def doors(started: object) -> dict[str, TestClient]:
    """The routes, for nobody and for the owner."""
    assert started
    app = app_of_a_start()
    return {
        person: TestClient(app, follow_redirects=False, cookies=cookies_of(person))
        for person in (NOBODY, OWNER)
    }


@given(
    person=st.sampled_from((NOBODY, OWNER)),
    method=st.sampled_from(("GET", "POST", "HEAD")),
    place=st.sampled_from(PLACES),
    part=st.none() | TEXTS,
    query=st.dictionaries(st.sampled_from(QUERIES), TEXTS, max_size=3),
    headers=st.dictionaries(st.sampled_from(HEADERS), LATIN, max_size=2),
    cookies=st.dictionaries(st.sampled_from((COOKIE, FORM_COOKIE, "x")), LATIN, max_size=2),
    body=st.binary(max_size=60) | st.dictionaries(st.sampled_from(FIELDS), TEXTS, max_size=4),
)
@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(OWNER, "GET", "/download/audit.csv", None, {"organisation": "9" * 5000}, {}, {}, b"")
@example(OWNER, "GET", "/picture/muster25/gaps", None, {"gap": "9" * 5000}, {}, {}, b"")
@example(OWNER, "GET", "/picture/muster25/gaps", "gaps\0", {"lang": "</script>"}, {}, {}, b"")
@example(NOBODY, "POST", "/sign-in", None, {}, {"origin": "http://["}, {FORM_COOKIE: "x"}, b"")
@example(NOBODY, "GET", "/sign-in", None, {}, {"host": "["}, {}, b"")
@example(NOBODY, "GET", "/sign-in", None, {}, {"host": "[1:]"}, {}, b"")
@example(NOBODY, "GET", "/sign-in", None, {}, {"host": "a:99999"}, {}, b"")
@example(OWNER, "GET", "/password", None, {"lang": "de\r\nx: y"}, {"host": "a]b["}, {}, b"")
@example(NOBODY, "GET", "/password/guessed", "", {"next": "/"}, {"host": "evil.example"}, {}, b"")
@example(NOBODY, "GET", "/healthz", "healthz/", {}, {"host": "evil.example"}, {}, b"")
@example(NOBODY, "GET", f"/q/{OPEN}", "x" * 20_000, {}, {}, {}, b"")
def test_odd_requests_get_an_answer(
    doors: dict[str, TestClient],
    person: str,
    method: str,
    place: str,
    part: str | None,
    query: dict[str, str],
    headers: dict[str, str],
    cookies: dict[str, str],
    body: bytes | dict[str, str],
) -> None:
    """Any path, query, header, cookie and body."""
    if part is not None:
        place = place.rpartition("/")[0] + "/" + quote(part, safe="")
    sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
    answer = doors[person].request(
        method,
        place,
        params=query,
        headers={**headers, **({"cookie": sent} if sent else {})},
        **({"content": body} if isinstance(body, bytes) else {"data": body}),  # type: ignore[arg-type]
    )
    assert answer.status_code < 500
    assert "Traceback" not in answer.text
    assert "x" not in answer.cookies
    if "location" in answer.headers:
        assert answer.headers["location"].startswith("/")
        assert not answer.headers["location"].startswith(("//", "/\\"))


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "umfrage.example", "[::1]:80", "a_b.local"])
def test_hosts_as_they_are_get_in(doors: dict[str, TestClient], host: str) -> None:
    """By name, by number, with and without a port."""
    assert doors[NOBODY].get("/sign-in", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "place", ["/sign-in", f"/q/{OPEN}", f"/q/{OPEN}/privacy", "/healthz", "/picture/nosuch/gaps"]
)
def test_a_slash_too_many_leads_to_the_page(doors: dict[str, TestClient], place: str) -> None:
    """On this server, whatever the Host header says, with what was asked."""
    answer = doors[NOBODY].get(f"{place}/?lang=en", headers={"host": "evil.example"})
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{place}?lang=en"


def test_a_websocket_of_an_odd_origin_is_closed(doors: dict[str, TestClient]) -> None:
    """Before Streamlit sees it, without a traceback in the log."""
    for origin in ("http://[", "null", "http://testserver.evil.example", "", "//testserver@evil"):
        with (
            pytest.raises(WebSocketDisconnect) as closed,
            doors[OWNER].websocket_connect("/_stcore/stream", headers={"origin": origin}),
        ):
            pass
        assert closed.value.code == 1008
