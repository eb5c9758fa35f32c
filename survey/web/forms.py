"""Forms that only this browser can have got from us: a signed double-submit cookie. No Streamlit.

The cookie is set where the form is shown; the form carries the same value, signed for
its own address. A page of somebody else's knows neither.
"""

import re
import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request

from survey.web.client import host_of

FORM_COOKIE = "kundenkompass_form"
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
FORM_SECONDS = 12 * 3600
"""How long a form may stay open before it is sent."""


class FormGuard:
    """Signs forms, and tells whether one that was sent is ours and this browser's."""

    def __init__(self, secret: str) -> None:
        """Sign with this secret."""
        self._serializer = URLSafeTimedSerializer(secret, salt="form-guard")

    def cookie(self, request: Request) -> str:
        """What this browser's cookie holds, or shall hold from now on."""
        kept = request.cookies.get(FORM_COOKIE, "")
        return kept if _TOKEN.fullmatch(kept) else secrets.token_urlsafe(32)

    def token(self, cookie: str, path: str) -> str:
        """What a form sent to this address must carry."""
        return str(self._serializer.dumps([cookie, path]))

    def accepts(self, request: Request, token: str) -> bool:
        """Whether the form was shown here, to this browser, for this address, not long ago."""
        cookie = request.cookies.get(FORM_COOKIE)
        if not cookie or not _from_here(request):
            return False
        try:
            return bool(
                self._serializer.loads(token, max_age=FORM_SECONDS) == [cookie, request.url.path]
            )
        except BadSignature:
            return False


def _from_here(request: Request) -> bool:
    """What the browser itself says about the page that sent the form, where it says anything."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or host_of(origin) == request.headers.get("host")
