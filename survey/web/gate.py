"""Middleware in front of Streamlit: what of it strangers may not touch, and unknown addresses.

Streamlit serves its page at every address, lets every session upload files,
shows its metrics, and asks the outside for its own address when a websocket
comes from elsewhere. None of that is meant here. No Streamlit in this room.
"""

import re
from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from survey.form.page import CONTENT_SECURITY_POLICY, message
from survey.visitors import COOKIE, Visitors
from survey.web.client import host_of, is_host
from survey.wording import accepted_languages, choose_language, wording

_CLOSED = ("/_stcore/metrics", "/_stcore/agent")
_UPLOAD = "/_stcore/upload_file"
_NOT_PAGES = (
    "/static/",
    "/media/",
    "/component/",
    "/healthz",
    "/set-up/",
    "/password/",
    "/signed-on/",
    "/picture-script/",
)
_PLAIN = ("/sign-in", "/sign-out", "/sign-out-everywhere", "/password")
_FORM = re.compile(
    r"/w(/[^/]+(/now|/logo)?)?|/q/?|/q/[^/]+(/thanks|/privacy|/logo)?|/preview/[^/]+"
)
_FILE = re.compile(
    r"/download/([^/]+/[^/]+|audit\.csv)|/picture/[^/]+/[^/]+|/workshop-file/[^/]+/[^/]+"
)


class Gate:
    """Turns away what has no business here."""

    def __init__(
        self,
        app: ASGIApp,
        visitors: Visitors,
        now: Callable[[], datetime],
        pages: frozenset[str],
    ) -> None:
        """Stand in front of `app`; `pages` are the addresses of screens."""
        self._app = app
        self._visitors = visitors
        self._now = now
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer in the app's place."""
        if scope["type"] == "websocket" and _from_elsewhere(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = await self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        path: str = scope["path"]
        if not is_host(Headers(scope=scope).get("host", "localhost")):
            return PlainTextResponse("", status_code=400)
        if path.startswith(_CLOSED):
            return PlainTextResponse("", status_code=404)
        if path.startswith(_UPLOAD):
            cookie = HTTPConnection(scope).cookies.get(COOKIE)
            if await run_in_threadpool(self._visitors.visitor, cookie, self._now()) is None:
                return PlainTextResponse("", status_code=403)
        shorter = path.rstrip("/")
        if path not in {"/", "/q/", shorter} and self._is_ours(shorter):
            return _redirect(shorter, scope["query_string"].decode("latin-1"))
        if self._leads_nowhere(path):
            return _nothing_here(Headers(scope=scope))
        return None

    def _is_ours(self, path: str) -> bool:
        known = path in self._pages or path in _PLAIN or path.startswith(_NOT_PAGES)
        return known or bool(_FORM.fullmatch(path) or _FILE.fullmatch(path))

    def _leads_nowhere(self, path: str) -> bool:
        if self._is_ours(path):
            return False
        if path.startswith(("/download/", "/picture/", "/workshop-file/")):
            return True
        return "_stcore" not in path and "." not in path.rpartition("/")[2]


def _from_elsewhere(headers: Headers) -> bool:
    """Whether a websocket was opened by a page of another host."""
    origin = headers.get("origin")
    return origin is not None and host_of(origin) != headers.get("host")


def _redirect(path: str, query: str) -> Response:
    """On to a page of ours; the router would make an address of what stands in the Host header."""
    return RedirectResponse(f"{path}?{query}" if query else path)


def _nothing_here(headers: Headers) -> Response:
    spoken = accepted_languages(headers.get("accept-language", ""))
    say = wording(choose_language(spoken))
    return HTMLResponse(
        message(say, say("form.unknown_title"), [say("form.unknown")]),
        status_code=404,
        headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY},
    )
