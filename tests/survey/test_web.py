"""The server's own routes and headers, asked over HTTP without a browser."""

import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from data.sqlite import SqliteStore, open_store
from survey.visitors import COOKIE, Visitors
from survey.web.gate import Gate
from survey.web.headers import PageHeaders
from survey.web.health import health_route
from tests.people import owners_cookie

NOW = datetime(2026, 11, 21, 12)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title><script>\n  one\n</script></head>'
    "<noscript><p>You need</p></noscript></html>"
)


@pytest.fixture
def new_store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store of its own."""
    store = open_store(tmp_path / "web.db")
    yield store
    store.close()


@pytest.fixture
def new_visitors(new_store: SqliteStore) -> Visitors:
    """Who visits that store's house."""
    return Visitors(new_store, "secret")


def served(*routes: Route) -> TestClient:
    """A client of an app with these routes behind our middleware."""
    app = Starlette(routes=list(routes), middleware=[Middleware(PageHeaders)])
    return TestClient(app, follow_redirects=False)


def page(request: Request) -> Response:
    """Streamlit's page, packed if the browser takes it so, as Streamlit sends it."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            gzip.compress(PAGE.encode()),
            media_type="text/html",
            headers={"Content-Encoding": "gzip", "ETag": "x"},
        )
    return HTMLResponse(PAGE)


@pytest.mark.parametrize("packed", ["gzip", "identity"])
def test_streamlits_page_gets_its_language_and_a_policy_with_its_scripts_hash(packed: str) -> None:
    """Packed or not: lang, title, the German notice, and the hash of the inline script."""
    headers = {"accept-language": "de-AT,de;q=0.9,en;q=0.5", "accept-encoding": packed}
    answer = served(Route("/", page)).get("/", headers=headers)
    assert '<html lang="de">' in answer.text
    assert "<title>Kundenkompass</title>" in answer.text
    assert "Diese Seite braucht JavaScript" in answer.text
    # printf '\n  one\n' | openssl dgst -sha256 -binary | base64
    assert (
        "'sha256-b6NZqXYfGreG/0HETDQPBtILhgRWDSTaa7ahjCji53c='"
        in (answer.headers["content-security-policy"])
    )
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert "etag" not in answer.headers


def test_the_address_decides_the_language_before_the_browser() -> None:
    """?lang=en in a German browser is English."""
    answer = served(Route("/", page)).get("/?lang=en", headers={"accept-language": "de"})
    assert '<html lang="en">' in answer.text


def test_every_answer_carries_the_safety_headers() -> None:
    """Also what is no page: no sniffing, no referrer, no framing, and nothing may be loaded."""
    answer = served(Route("/x", lambda _: PlainTextResponse("x"))).get("/x")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["content-security-policy"] == "default-src 'none'"


def test_a_host_header_cannot_write_into_the_policy() -> None:
    """A host with a semicolon in it is left out."""
    answer = served(Route("/", page)).get("/", headers={"host": "evil; script-src *"})
    assert "evil" not in answer.headers["content-security-policy"]


def test_health_is_bad_when_the_database_is_gone(new_store: SqliteStore, tmp_path: Path) -> None:
    """200 with a database; 503 with a reason once its file is garbage."""
    client = served(health_route(new_store))
    assert client.get("/healthz").json() == {"status": "ok"}
    new_store.close()
    for file in tmp_path.glob("web.db*"):
        file.write_bytes(b"garbage" * 1000)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "reason": "error.database_damaged"}


GATED = frozenset({"/", "/results"})


@pytest.fixture
def gated_client(new_visitors: Visitors) -> TestClient:
    """A client of something that answers everywhere, behind the gate."""

    async def everywhere(request: Request) -> Response:
        return PlainTextResponse(f"app: {request.url.path}")

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close()

    routes = [
        WebSocketRoute("/_stcore/stream", socket),
        Route("/{path:path}", everywhere, methods=["GET", "PUT"]),
    ]
    gate = Middleware(Gate, new_visitors, lambda: NOW, GATED)
    return TestClient(Starlette(routes=routes, middleware=[gate]))


@pytest.mark.parametrize(
    "path",
    ["/", "/results", "/q", "/q/abc", "/q/abc/thanks", "/download/abc/posters.pdf", "/static/a.js"],
)
def test_known_addresses_pass_the_gate(gated_client: TestClient, path: str) -> None:
    """Screens, the form and what they load."""
    assert gated_client.get(path).text == f"app: {path}"


@pytest.mark.parametrize(
    "path",
    ["/nix", "/a/b/c", "/q/abc/x", "/download/abc", "/download/a/b/c.csv", "/_stcore/metrics"],
)
def test_other_addresses_lead_to_a_page_in_words_or_nowhere(
    gated_client: TestClient, path: str
) -> None:
    """Not to Streamlit's page, which would open at every address."""
    answer = gated_client.get(path)
    assert answer.status_code == 404
    assert "app:" not in answer.text


def test_only_who_is_signed_in_may_upload(
    gated_client: TestClient, new_store: SqliteStore, new_visitors: Visitors
) -> None:
    """A stranger's file is refused before it is read, and so is that of who signed out."""
    upload = "/_stcore/upload_file/session/file"
    assert gated_client.put(upload, content=b"x").status_code == 403
    gated_client.cookies.set(COOKIE, owners_cookie(new_store, new_visitors, NOW))
    assert gated_client.put(upload, content=b"x").status_code == 200
    new_visitors.sign_out_everywhere(new_store.accounts.all()[0])
    assert gated_client.put(upload, content=b"x").status_code == 403


def test_a_websocket_from_another_host_is_closed_before_streamlit_sees_it(
    gated_client: TestClient,
) -> None:
    """Ours opens, another page's does not."""
    with gated_client.websocket_connect("/_stcore/stream", headers={"origin": "http://testserver"}):
        pass
    foreign = gated_client.websocket_connect(
        "/_stcore/stream", headers={"origin": "http://evil.example"}
    )
    with pytest.raises(WebSocketDisconnect), foreign:
        pass
