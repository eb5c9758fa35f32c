"""Middleware: security headers on every answer, and the page's language on Streamlit's page."""

import base64
import gzip
import hashlib
import re

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from survey.wording import accepted_languages, choose_language, wording

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_NO_SCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]{1,255}")


class PageHeaders:
    """Adds what browsers need to keep a page safe; routes may bring their own policy."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app behind it."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on; look at answers on their way out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        page = _StreamlitPage(scope, send)
        await self._app(scope, receive, page.send)


class _StreamlitPage:
    """One answer: held back as a whole if it is Streamlit's page, passed through otherwise."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _EVERYWHERE.items():
                headers.setdefault(name, value)
            ours = "content-security-policy" in headers
            if headers.get("content-type", "").startswith("text/html") and not ours:
                self._start = message
                return
            headers.setdefault("Content-Security-Policy", "default-src 'none'")
        elif self._start and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish()
            return
        await self._send(message)

    async def _finish(self) -> None:
        start = self._start or {}
        headers = MutableHeaders(scope=start)
        language = _language(self._scope)
        packed = headers.get("content-encoding") == "gzip"
        page = gzip.decompress(self._body) if packed else self._body
        body = page.replace(b'<html lang="en">', f'<html lang="{language}">'.encode())
        body = body.replace(
            b"<title>Streamlit</title>", f"<title>{wording(language)('app.name')}</title>".encode()
        )
        notice = f"<noscript>{wording(language)('trouble.no_javascript')}</noscript>".encode()
        body = _NO_SCRIPT.sub(lambda _: notice, body)
        headers["Content-Security-Policy"] = _policy(body, Headers(scope=self._scope))
        headers["Content-Language"] = language
        if packed:
            body = gzip.compress(body, compresslevel=6)
        if self._scope["method"] != "HEAD":
            headers["Content-Length"] = str(len(body))
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def _language(scope: Scope) -> str:
    asked = QueryParams(scope.get("query_string", b"")).get("lang", "")
    spoken = accepted_languages(Headers(scope=scope).get("accept-language", ""))
    return choose_language([asked, *spoken])


def _policy(page: bytes, request: Headers) -> str:
    """What Streamlit's page may load: itself, its inline scripts by hash, its own websocket."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(page)
    )
    host = request.get("host", "")
    # Older Safari does not count a websocket to the same host as 'self'.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline';"
        f" img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{sockets};"
        " worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self';"
        " frame-ancestors 'none'"
    )
