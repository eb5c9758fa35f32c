"""`/signed-on/<token>`: the last step of signing in with a company account. No Streamlit.

The link is made by `survey.screens.company` for one browser, and good for 60 seconds.
"""

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.errors import DatabaseProblem
from survey.house import House
from survey.visitors import COOKIE
from survey.web.forms import FORM_COOKIE
from survey.web.plain import NO_STORE, notice, own_path, spoken
from survey.web.sign_in import NEXT_COOKIE, let_in

_THEIRS = "_streamlit_user"
"""How the names of Streamlit's own cookies of who is signed in begin."""


def signed_on_route(house: House, now: Callable[[], datetime]) -> Route:
    """Turns a good link into a session of ours, in the browser it was made for."""

    async def enter(request: Request) -> Response:
        if request.method == "HEAD":  # a preview must not use the link up
            return Response(headers=NO_STORE)
        token, browser = request.path_params["token"], request.cookies.get(FORM_COOKIE, "")
        before, say = request.cookies.get(COOKIE), spoken(request)
        try:
            cookie = await run_in_threadpool(house.reception.sign_on, token, browser, before, now())
        except DatabaseProblem as problem:
            title, text = say("notice.trouble_title"), say.problem(problem)
            return notice(request, house.forms, title, text, status=503)
        if cookie is None:
            title, text = say("link.used_title"), say("company.stale")
            return notice(request, house.forms, title, text, status=403)
        answer = let_in(request, cookie, own_path(request.cookies.get(NEXT_COOKIE, "/")))
        for name in (NEXT_COOKIE, *filter(_is_theirs, request.cookies)):
            answer.delete_cookie(name)
        return answer

    return Route("/signed-on/{token}", enter, methods=["GET"])


def _is_theirs(cookie: str) -> bool:
    return cookie.startswith(_THEIRS)
