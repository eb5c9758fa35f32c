"""Plain pages with a form: how they look, what they may load, what was typed into them.

No JavaScript, no Streamlit; in the light form's style.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response

from survey.form.page import TEMPLATES
from survey.form.style import plain_style
from survey.settings import public_url
from survey.templating import template
from survey.web.forms import FORM_COOKIE, FORM_SECONDS, FormGuard
from survey.wording import LANGUAGES, Wording, accepted_languages, choose_language, wording

_HERE = Path(__file__).parent
_STYLE = plain_style((_HERE / "plain.css").read_text(encoding="utf-8"))
_LARGEST_FORM = 16 * 1024
_LONGEST_SENDING = 30
_FEW = CapacityLimiter(2)
_Outcome = TypeVar("_Outcome")
NO_STORE = {
    "Cache-Control": "no-store",
    # With "no-referrer" browsers would hide from us that a form came from our own page.
    "Referrer-Policy": "same-origin",
}


def spoken(request: Request) -> Wording:
    """The wording of the language in the address, else of the browser's."""
    asked = request.query_params.get("lang", "")
    accepted = accepted_languages(request.headers.get("accept-language", ""))
    return wording(choose_language([asked, *accepted]))


def page(
    request: Request,
    forms: FormGuard,
    name: str,
    /,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> Response:
    """A page from a template, with what its form must carry."""
    say, cookie = spoken(request), forms.cookie(request)
    html = template(_HERE / "templates", name, TEMPLATES).render(
        say=say,
        css=_STYLE.css,
        others=[wording(other) for other in LANGUAGES if other != say.language],
        sign=lambda path: forms.token(cookie, path),
        path=request.url.path,
        **{"trouble": None, **values},
    )
    policies = {"Content-Security-Policy": _STYLE.policy, **NO_STORE}
    answer = HTMLResponse(html, status_code=status, headers={**policies, **(headers or {})})
    keep_cookie(request, answer, FORM_COOKIE, cookie, FORM_SECONDS)
    return answer


def notice(request: Request, forms: FormGuard, title: str, text: str, *, status: int) -> Response:
    """A page that says one thing and leads on to signing in."""
    return page(request, forms, "notice.html", status=status, title=title, text=text)


async def in_turn(act: Callable[[], _Outcome]) -> _Outcome:
    """Do something slow in another thread, few at a time: answers do not wait for passwords."""
    return await to_thread.run_sync(act, limiter=_FEW)


async def typed(request: Request) -> Mapping[str, str]:
    """What was typed into a form; nothing where it is too large or never arrives."""
    body = b""
    try:
        async with asyncio.timeout(_LONGEST_SENDING):
            async for chunk in request.stream():
                body += chunk
                if len(body) > _LARGEST_FORM:
                    return {}
    except (ClientDisconnect, TimeoutError):
        return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def own_path(text: str) -> str:
    """An address of this house to go on to; "/" for everything that leads elsewhere."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    leads_here = text.startswith("/") and not text.startswith("//") and not parts.netloc
    plain = text.isascii() and text.isprintable() and "\\" not in text and " " not in text
    return text if leads_here and plain and not parts.scheme else "/"


def keep_cookie(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    """Set a cookie that no script can read and no other site sends along."""
    answer.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="lax", secure=is_secure(request)
    )


def is_secure(request: Request) -> bool:
    """Whether people reach this server by https."""
    return "https" in {request.url.scheme, (public_url() or "").partition(":")[0]}
