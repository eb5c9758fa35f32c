"""How often a password may be tried: per account, for everybody together, and per known browser.

A browser that has signed in to an account before is counted by itself, so that a
stranger who locks the account does not lock out the person. No Streamlit.
"""

import hashlib
import secrets

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from survey.web.limits import Attempts
from survey.web.plain import keep_cookie

DEVICE_COOKIE = "kundenkompass_browser"
_YEAR = 365 * 24 * 3600
PER_ACCOUNT = ("5 per 1 minute", "10 per 5 minute", "20 per 15 minute")
"""Waits grow with the tries, to 15 minutes at most."""
TOGETHER = ("60 per 1 minute", "300 per 15 minute")


class Patience:
    """Counts tries to sign in."""

    def __init__(self, secret: str) -> None:
        """Know browsers again by a cookie signed with this secret."""
        self._serializer = URLSafeSerializer(secret, salt="browser")
        self._accounts = Attempts(*PER_ACCOUNT)
        self._together = Attempts(*TOGETHER)

    def take(self, request: Request, email: str) -> int:
        """Count a try; the seconds to wait where there were too many, else 0."""
        browser = self._known(request, email)
        if browser:
            return self._accounts.take("browser", browser)
        return self._accounts.take("account", _key(email)) or self._together.take("everybody")

    def forgive(self, request: Request, answer: Response, email: str) -> None:
        """Begin to count anew after the right password, and know this browser from now on."""
        browser = self._known(request, email)
        if browser:
            self._accounts.forget("browser", browser)
            return
        self._accounts.forget("account", _key(email))
        value = str(self._serializer.dumps([secrets.token_urlsafe(16), _key(email)]))
        keep_cookie(request, answer, DEVICE_COOKIE, value, _YEAR)

    def _known(self, request: Request, email: str) -> str | None:
        try:
            browser, whose = self._serializer.loads(request.cookies.get(DEVICE_COOKIE, ""))
        except (BadSignature, ValueError, TypeError):
            return None
        return str(browser) if whose == _key(email) else None


def _key(email: str) -> str:
    """Whatever was typed, in few characters."""
    return hashlib.sha256(email.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()
