"""The route that the console's one-time link leads to. No Streamlit."""

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from data.errors import DatabaseProblem
from survey.form.page import CONTENT_SECURITY_POLICY, message
from survey.ownership import COOKIE, SESSION_LENGTH, Ownership
from survey.settings import public_url
from survey.wording import accepted_languages, choose_language, wording


def owner_route(ownership: Ownership, now: Callable[[], datetime]) -> Route:
    """`/owner/<token>`: makes this browser the owner's, once."""

    async def enter(request: Request) -> Response:
        if request.method == "HEAD":  # a preview must not use the link up
            return Response(headers={"Cache-Control": "no-store"})
        if await run_in_threadpool(ownership.recognises, request.cookies.get(COOKIE), now()):
            return RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
        token = request.path_params["token"]
        try:
            cookie = await run_in_threadpool(ownership.redeem, token, now())
        except DatabaseProblem as problem:
            return _page(request, "owner.trouble_title", problem, status=503)
        if cookie is None:
            return _page(request, "owner.used_title", None, status=403)
        answer = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
        answer.set_cookie(
            COOKIE,
            cookie,
            max_age=int(SESSION_LENGTH.total_seconds()),
            httponly=True,
            samesite="lax",
            secure="https" in {request.url.scheme, (public_url() or "").partition(":")[0]},
        )
        return answer

    return Route("/owner/{token}", enter, methods=["GET"])


def _page(
    request: Request, title: str, problem: DatabaseProblem | None, *, status: int
) -> Response:
    say = wording(choose_language(accepted_languages(request.headers.get("accept-language", ""))))
    line = say.problem(problem) if problem else say("owner.used")
    return HTMLResponse(
        message(say, say(title), [line]),
        status_code=status,
        headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-store"},
    )
