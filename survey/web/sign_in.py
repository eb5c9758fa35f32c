"""`/sign-in`, `/sign-out` and `/sign-out-everywhere`: plain pages, no JavaScript. No Streamlit."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from data.accounts import Account
from data.errors import DatabaseProblem
from survey.house import House
from survey.visitors import COOKIE, SESSION_LENGTH
from survey.web.plain import NO_STORE, in_turn, keep_cookie, notice, own_path, page, spoken, typed
from survey.wording import Wording

NEXT_COOKIE = "kundenkompass_next"
_AWAY_SECONDS = 3600
"""Where to go after signing in, kept while somebody is with the identity provider."""


class SignIn:
    """Lets people in and out."""

    def __init__(
        self,
        house: House,
        now: Callable[[], datetime],
        *,
        single_sign_on: bool = False,
    ) -> None:
        """Serve this house; `single_sign_on`: offer the identity provider's way, too."""
        self._house = house
        self._now = now
        self._single_sign_on = single_sign_on

    def routes(self) -> list[Route]:
        """What the server should answer."""
        return [
            Route("/sign-in", self.ask, methods=["GET"]),
            Route("/sign-in", self.sign_in, methods=["POST"]),
            Route("/sign-out", self.ask_out, methods=["GET"]),
            Route("/sign-out", self.sign_out, methods=["POST"]),
            Route("/sign-out-everywhere", self.sign_out_everywhere, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """The empty form."""
        try:
            visitor = await run_in_threadpool(self._visitor, request)
        except DatabaseProblem as problem:
            return self._trouble(request, problem)
        next_ = own_path(request.query_params.get("next", "/"))
        answer = self._form(request, next_, who=visitor.name if visitor else "")
        if self._single_sign_on:
            keep_cookie(request, answer, NEXT_COOKIE, next_, _AWAY_SECONDS)
        return answer

    async def sign_in(self, request: Request) -> Response:
        """Check e-mail and password; the same words for every reason to refuse."""
        say, fields = spoken(request), await typed(request)
        email, next_ = fields.get("email", "").strip(), own_path(fields.get("next", "/"))
        if not self._house.forms.accepts(request, fields.get("token", "")):
            return self._form(request, next_, email, say("sign_in.stale"), 403)
        wait = self._house.patience.take(request, email)
        if wait:
            later = {"Retry-After": str(wait)}
            return self._form(request, next_, email, waiting(say, wait), 429, later)
        before, password = request.cookies.get(COOKIE), fields.get("password", "")
        reception = self._house.reception
        try:
            cookie = await in_turn(lambda: reception.sign_in(email, password, before, self._now()))
        except DatabaseProblem as problem:
            return self._form(request, next_, email, say.problem(problem), 503)
        if cookie is None:
            return self._form(request, next_, email, say("sign_in.refused"), 403)
        answer = let_in(request, cookie, next_)
        self._house.patience.forgive(request, answer, email)
        return answer

    async def ask_out(self, request: Request) -> Response:
        """The question whether to leave, here or everywhere."""
        try:
            visitor = await run_in_threadpool(self._visitor, request)
        except DatabaseProblem as problem:
            return self._trouble(request, problem)
        if visitor is None:
            return self._gone(request)
        return page(request, self._house.forms, "sign_out.html", who=visitor.label)

    async def sign_out(self, request: Request) -> Response:
        """Forget this browser."""
        return await self._leave(request, self._house.visitors.sign_out)

    async def sign_out_everywhere(self, request: Request) -> Response:
        """Forget every browser of this account."""

        def leave(_: str | None) -> None:
            visitor = self._visitor(request)
            if visitor:
                self._house.reception.sign_out_everywhere(visitor)

        return await self._leave(request, leave)

    async def _leave(self, request: Request, act: Callable[[str | None], None]) -> Response:
        fields = await typed(request)
        if not self._house.forms.accepts(request, fields.get("token", "")):
            say = spoken(request)
            title, text = say("sign_out.title"), say("sign_in.stale")
            return notice(request, self._house.forms, title, text, status=403)
        try:
            await run_in_threadpool(act, request.cookies.get(COOKIE))
        except DatabaseProblem as problem:
            return self._trouble(request, problem)
        answer = self._gone(request)
        answer.delete_cookie(COOKIE)
        return answer

    def _visitor(self, request: Request) -> Account | None:
        return self._house.visitors.visitor(request.cookies.get(COOKIE), self._now())

    def _gone(self, request: Request) -> Response:
        say = spoken(request)
        title, text = say("sign_out.done_title"), say("sign_out.done")
        return notice(request, self._house.forms, title, text, status=200)

    def _trouble(self, request: Request, problem: DatabaseProblem) -> Response:
        say = spoken(request)
        title, text = say("notice.trouble_title"), say.problem(problem)
        return notice(request, self._house.forms, title, text, status=503)

    def _form(
        self,
        request: Request,
        next_: str,
        email: str = "",
        trouble: str | None = None,
        status: int = 200,
        headers: dict[str, str] | None = None,
        who: str = "",
    ) -> Response:
        return page(
            request,
            self._house.forms,
            "sign_in.html",
            status=status,
            headers=headers,
            next=next_,
            query=urlencode({"next": next_}) if next_ != "/" else "",
            email=email[:254],
            trouble=trouble,
            who=who,
            single_sign_on=self._single_sign_on,
        )


def let_in(request: Request, cookie: str, next_: str) -> Response:
    """Go on, signed in."""
    answer = RedirectResponse(next_, status_code=303, headers=NO_STORE)
    keep_cookie(request, answer, COOKIE, cookie, int(SESSION_LENGTH.total_seconds()))
    return answer


def waiting(say: Wording, seconds: int) -> str:
    """That there were too many tries, and how long to wait."""
    if seconds < 60:
        return say.count("sign_in.wait_seconds", seconds)
    return say.count("sign_in.wait_minutes", -(-seconds // 60))
