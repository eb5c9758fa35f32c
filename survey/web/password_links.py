"""`/set-up/<token>` and `/password/<token>`: where one-time links lead. No Streamlit.

Opening a link uses nothing up; sending its form does.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.errors import DatabaseProblem, NotFound, Problem, SetUpProblem
from survey.house import House
from survey.web.plain import in_turn, notice, page, spoken, typed
from survey.web.sign_in import let_in


class PasswordLinks:
    """The first owner's account, and new passwords."""

    def __init__(self, house: House, now: Callable[[], datetime]) -> None:
        """Serve this house."""
        self._house = house
        self._now = now

    def routes(self) -> list[Route]:
        """What the server should answer."""
        return [
            Route("/set-up/{token}", self.ask_set_up, methods=["GET"]),
            Route("/set-up/{token}", self.set_up, methods=["POST"]),
            Route("/password/{token}", self.ask_password, methods=["GET"]),
            Route("/password/{token}", self.set_password, methods=["POST"]),
        ]

    async def ask_set_up(self, request: Request) -> Response:
        """The form of the first owner."""
        return await run_in_threadpool(self._set_up_form, request, {}, None)

    async def set_up(self, request: Request) -> Response:
        """Make the first owner, and let them in."""
        fields, reception = await typed(request), self._house.reception
        show = partial(self._set_up_form, request, fields)
        act = partial(
            reception.set_up,
            request.path_params["token"],
            fields.get("name", ""),
            fields.get("email", ""),
            fields.get("password", ""),
            self._now(),
        )
        return await in_turn(lambda: self._receive(request, fields, show, act))

    async def ask_password(self, request: Request) -> Response:
        """The form of a new password."""
        return await run_in_threadpool(self._password_form, request, None)

    async def set_password(self, request: Request) -> Response:
        """Set it, end every session of the account, and let this browser in."""
        fields, reception = await typed(request), self._house.reception
        show = partial(self._password_form, request)
        token, password = request.path_params["token"], fields.get("password", "")
        act = partial(reception.set_password, token, password, self._now())
        return await in_turn(lambda: self._receive(request, fields, show, act))

    def _receive(
        self,
        request: Request,
        fields: Mapping[str, str],
        show: Callable[[str | None], Response],
        act: Callable[[], str | None],
    ) -> Response:
        """Let in, or show the form again with what is wrong."""
        say = spoken(request)
        if not self._house.forms.accepts(request, fields.get("token", "")):
            return show(say("sign_in.stale"))
        if fields.get("password") != fields.get("again"):
            return show(say("password.differ"))
        try:
            cookie = act()
        except (SetUpProblem, DatabaseProblem) as problem:
            return show(say.problem(problem))
        except NotFound:
            cookie = None
        return let_in(request, cookie, "/") if cookie else self._used(request)

    def _set_up_form(
        self, request: Request, fields: Mapping[str, str], trouble: str | None
    ) -> Response:
        try:
            good = self._house.reception.set_up_is_open(request.path_params["token"], self._now())
        except DatabaseProblem as problem:
            return self._trouble(request, problem)
        if not good:
            return self._used(request)
        return page(
            request,
            self._house.forms,
            "set_up.html",
            status=422 if trouble else 200,
            name=fields.get("name", ""),
            email=fields.get("email", ""),
            trouble=trouble,
        )

    def _password_form(self, request: Request, trouble: str | None) -> Response:
        try:
            link = self._house.reception.link_of(request.path_params["token"], self._now())
        except DatabaseProblem as problem:
            return self._trouble(request, problem)
        if link is None or link.account is None:
            return self._used(request)
        return page(
            request,
            self._house.forms,
            "password.html",
            status=422 if trouble else 200,
            email=link.account.email,
            trouble=trouble,
        )

    def _used(self, request: Request) -> Response:
        say = spoken(request)
        title, text = say("link.used_title"), say("link.used")
        return notice(request, self._house.forms, title, text, status=403)

    def _trouble(self, request: Request, problem: Problem) -> Response:
        say = spoken(request)
        title, text = say("notice.trouble_title"), say.problem(problem)
        return notice(request, self._house.forms, title, text, status=503)
