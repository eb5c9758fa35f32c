"""`/password`: a new password of one's own, for those who know the present one. No Streamlit."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from data.accounts import Account
from data.errors import DatabaseProblem, Problem
from survey.house import House
from survey.visitors import COOKIE
from survey.web.plain import NO_STORE, in_turn, notice, page, spoken, typed
from survey.web.sign_in import let_in, waiting


class OwnPassword:
    """Changes the password of whoever is signed in."""

    def __init__(self, house: House, now: Callable[[], datetime]) -> None:
        """Serve this house."""
        self._house = house
        self._now = now

    def routes(self) -> list[Route]:
        """What the server should answer."""
        return [
            Route("/password", self.ask, methods=["GET"]),
            Route("/password", self.receive, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """The form; those who are not signed in do that first."""
        return await self._with_visitor(request, lambda me: self._form(request, me))

    async def receive(self, request: Request) -> Response:
        """Change it, end every session of the account, and let this browser in again."""
        fields, say = await typed(request), spoken(request)

        def change(me: Account) -> Response:
            if not self._house.forms.accepts(request, fields.get("token", "")):
                return self._form(request, me, say("sign_in.stale"), 403)
            if fields.get("password") != fields.get("again"):
                return self._form(request, me, say("password.differ"), 422)
            wait = self._house.patience.take(request, me.email)
            if wait:
                later = {"Retry-After": str(wait)}
                return self._form(request, me, waiting(say, wait), 429, later)
            current, password = fields.get("current", ""), fields.get("password", "")
            try:
                cookie = self._house.reception.change_password(me, current, password, self._now())
            except Problem as problem:
                return self._form(request, me, say.problem(problem), 422)
            if cookie is None:
                return self._form(request, me, say("password.current_wrong"), 403)
            answer = let_in(request, cookie, "/account")
            self._house.patience.forgive(request, answer, me.email)
            return answer

        return await self._with_visitor(request, change)

    async def _with_visitor(self, request: Request, act: Callable[[Account], Response]) -> Response:
        def find_and_act() -> Response:
            visitor = self._house.visitors.visitor(request.cookies.get(COOKIE), self._now())
            if visitor is None:
                there = f"/sign-in?next=/password&lang={spoken(request).language}"
                return RedirectResponse(there, status_code=303, headers=NO_STORE)
            return act(visitor)

        try:
            return await in_turn(find_and_act)
        except DatabaseProblem as problem:
            say = spoken(request)
            title, text = say("notice.trouble_title"), say.problem(problem)
            return notice(request, self._house.forms, title, text, status=503)

    def _form(
        self,
        request: Request,
        me: Account,
        trouble: str | None = None,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Response:
        return page(
            request,
            self._house.forms,
            "own_password.html",
            status=status,
            headers=headers,
            email=me.email,
            trouble=trouble,
        )
