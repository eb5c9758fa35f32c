"""The HTTP routes of `/w/<code>`: a phone's way into a workshop. No Streamlit.

/w                  where a code is typed
/w/<code>           GET what the room does now; POST joining, votes, ideas, questions
/w/<code>/logo      the organisation's logo
/w/<code>/now       a mark, by which the page knows whether the room is still where it was
/w/script           what asks for it
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from data.errors import DatabaseProblem, NotFound, SetUpProblem
from data.store import Store
from data.workshops import CODE_LENGTH, CODE_SIGNS, Room, WorkshopState
from survey.form.doorway import Doorway, wording_of
from survey.form.guesses import Guesses
from survey.form.postbox import Postbox
from survey.form.replies import HEADERS, reply
from survey.form.routes import LONGEST_SUBMISSION
from survey.form.sent import read_fields
from survey.phone.answers import NO_STORE, Answers
from survey.phone.moment import mark_of
from survey.phone.page import told_page, typing_page
from survey.phone.rooms import Rooms
from survey.phone.script import send_script
from survey.phone.sent import Fields
from survey.phone.style import phone_style
from survey.phone.visit import Visit
from survey.settings import proxies
from survey.web.client import client_of
from survey.web.plain import is_secure
from survey.wording import Wording, accepted_languages, choose_language, wording_for
from survey.workshop.joining import typed_code
from survey.workshop.phones import COOKIE, Phones

_Answering = Callable[[Visit], Response]

_COOKIE_SECONDS = 3 * 24 * 3600


class PhoneForm:
    """Answers the requests of phones."""

    def __init__(self, store: Store, phones: Phones, guesses: Guesses) -> None:
        """Read and write this store; wrong codes are counted with those of other forms."""
        self._phones = phones
        self._guesses = guesses
        self._rooms = Rooms(store)
        self._answers = Answers(store)
        self._postbox: Postbox[Response] = Postbox(store)
        self._doorway = Doorway(guesses)
        self._proxies = proxies()

    def routes(self) -> list[Route]:
        """What the server should answer."""
        return [
            Route("/w", self.ask, methods=["GET"]),
            Route("/w/script", send_script, methods=["GET"]),
            Route("/w/{code}", self.show, methods=["GET"]),
            Route("/w/{code}", self.receive, methods=["POST"]),
            Route("/w/{code}/logo", self.depict, methods=["GET"]),
            Route("/w/{code}/now", self.tell, methods=["GET"]),
        ]

    async def ask(self, request: Request) -> Response:
        """The page to type a code, or the way to its room."""
        say, typed = wording_of(request), request.query_params.get("code", "").strip()
        refusal = self._doorway.refusal(request)
        if refusal:
            return refusal
        code = typed_code(typed)
        if len(code) == CODE_LENGTH and set(code) <= set(CODE_SIGNS):
            return RedirectResponse(f"/w/{code}?lang={say.language}", 303, HEADERS)
        problem = SetUpProblem("error.phone_code", signs=CODE_LENGTH) if typed else None
        status = 422 if problem else 200
        return reply(typing_page(say, typed, problem), phone_style(), status=status)

    async def show(self, request: Request) -> Response:
        """What the room does now."""
        return await self._guarded(request, dict(request.query_params), self._answers.show)

    async def depict(self, request: Request) -> Response:
        """The logo of the organisation whose workshop it is."""
        return await self._guarded(request, dict(request.query_params), self._answers.depict)

    async def receive(self, request: Request) -> Response:
        """Keep what a phone sends, or say why not."""
        say = wording_of(request)
        try:
            async with asyncio.timeout(LONGEST_SUBMISSION):
                fields = await read_fields(request)
        except (ClientDisconnect, TimeoutError):
            return _told(say, "form.trouble_title", say("phone.trouble"), 408)
        if fields is None:
            return _told(say, "form.trouble_title", say("phone.too_large"), 413)
        return await self._guarded(request, fields, self._answers.receive)

    async def tell(self, request: Request) -> Response:
        """The mark of what phones show now."""
        code = typed_code(request.path_params["code"])
        refusal = self._doorway.refusal(request)
        try:
            room = self._rooms.remembered(code)
            if room is None:
                room = await run_in_threadpool(self._rooms.find, code)
            if refusal and not await self._is_in(request, room):
                return refusal
        except NotFound:
            return refusal or self._unknown(request, wording_of(request), code)
        except DatabaseProblem:
            return PlainTextResponse("", 503, NO_STORE)
        return PlainTextResponse(mark_of(room), headers=NO_STORE)

    async def _guarded(self, request: Request, fields: Fields, answering: _Answering) -> Response:
        """Find the room, and turn what can go wrong into a page."""
        code, posted = typed_code(request.path_params["code"]), request.method == "POST"
        refusal, say = self._doorway.refusal(request), wording_of(request)
        try:
            room = await run_in_threadpool(self._rooms.find, code)
            say = _spoken(request, room)
            if refusal and not await self._is_in(request, room):
                return refusal
            visit = self._visit(request, say, room, fields)
            if posted:
                answer = await self._postbox.put(partial(self._kept, code, visit, answering))
            else:
                answer = await run_in_threadpool(answering, visit)
        except NotFound:
            return refusal or self._unknown(request, say, code)
        except DatabaseProblem:
            text = say("phone.trouble_sent") if posted else say("phone.trouble")
            resend = fields if posted else None
            html = told_page(say, say("form.trouble_title"), text, resend=resend)
            return reply(html, phone_style(), status=503, headers=NO_STORE)
        self._introduce(request, visit, answer)
        return answer

    def _kept(self, code: str, visit: Visit, answering: _Answering) -> Response:
        """In the transaction that will keep it: the room may have moved on meanwhile."""
        return answering(replace(visit, room=self._rooms.find(code)))

    def _visit(self, request: Request, say: Wording, room: Room, fields: Fields) -> Visit:
        return Visit(say, room, self._token(request), client_of(request, self._proxies), fields)

    def _token(self, request: Request) -> str | None:
        """Which phone it is; nobody's where a page of another site sends its form."""
        if _from_elsewhere(request):
            return None
        return self._phones.token(request.cookies.get(COOKIE))

    async def _is_in(self, request: Request, room: Room) -> bool:
        """Whether this phone has joined: those in the room do not wait for who guesses."""
        token = self._token(request)
        return token is not None and await run_in_threadpool(self._answers.joined, room, token)

    def _introduce(self, request: Request, visit: Visit, answer: Response) -> None:
        """Give a phone that has none a cookie, with a page, while it can still be of use."""
        over = visit.room.workshop.state is WorkshopState.ENDED
        page = answer.media_type == HTMLResponse.media_type
        if visit.token is None and page and not over and not _from_elsewhere(request):
            answer.set_cookie(
                COOKIE,
                self._phones.new_cookie(),
                max_age=_COOKIE_SECONDS,
                path="/w",
                httponly=True,
                samesite="lax",
                secure=is_secure(request),
            )

    def _unknown(self, request: Request, say: Wording, code: str) -> Response:
        if not self._rooms.knew(code):
            self._guesses.wrong(client_of(request, self._proxies))
        text = say("phone.unknown", code=code)
        return _told(say, "phone.unknown_title", text, 404)


def _spoken(request: Request, room: Room) -> Wording:
    """The language that the address asks for, else the browser's, else the organisation's."""
    organisation = room.workshop.organisation
    wanted = [
        request.query_params.get("lang", ""),
        *accepted_languages(request.headers.get("accept-language", "")),
        organisation.profile.language,
    ]
    return wording_for(organisation, choose_language(wanted))


def _from_elsewhere(request: Request) -> bool:
    """Whether a form comes from a page of another site, as far as the browser says."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    return request.method == "POST" and site not in {"same-origin", "none"}


def _told(say: Wording, title: str, text: str, status: int) -> Response:
    html = told_page(say, say(title), text, way="/w", way_name=say("phone.other_code"))
    return reply(html, phone_style(), status=status, headers=NO_STORE)
