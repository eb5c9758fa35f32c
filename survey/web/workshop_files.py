"""`/workshop-file/<code>/<file>`: what came of a workshop, to take away. No Streamlit.

protocol.md   votes before and after, priorities and measures
votes.csv     every revealed round, counted

What does not exist and what is not theirs are answered alike, so that nobody
learns by guessing what others have.
"""

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.accounts import Account
from data.audit import AuditAct
from data.errors import NotFound, Problem
from data.store import Store
from data.workshops import Room, Workshop
from survey.auditing import note
from survey.visitors import COOKIE, Visitors
from survey.web.file_answers import CSV, File, given, nothing, spoken, trouble
from survey.wording import Wording
from survey.workshop import acts, votes_file
from survey.workshop.markdown import as_markdown
from survey.workshop.protocol import protocol_of
from survey.workshop.protocol_words import document

MARKDOWN = "text/markdown; charset=utf-8"


class WorkshopFiles:
    """Answers the requests for files of workshops."""

    def __init__(self, store: Store, visitors: Visitors, now: Callable[[], datetime]) -> None:
        """Read from this store; `visitors` know whose a cookie is."""
        self._store = store
        self._visitors = visitors
        self._now = now

    def route(self) -> Route:
        """What the server should answer."""
        return Route("/workshop-file/{code}/{file}", self.fetch, methods=["GET"])

    async def fetch(self, request: Request) -> Response:
        """A file of what was revealed until now; it can be made again at any time."""
        return await run_in_threadpool(self._answer, request)

    def _answer(self, request: Request) -> Response:
        """The file; a page in words where there is none for this account."""
        try:
            account = self._visitors.visitor(request.cookies.get(COOKIE), self._now())
            if account is None:
                return nothing(request)
            room = self._room(account, request.path_params["code"])
            file = self._find(spoken(request), room, request.path_params["file"])
            if request.method != "HEAD":
                self._note(account, room.workshop, file)
        except NotFound:
            return nothing(request)
        except Problem as problem:
            return trouble(request, problem)
        return given(file)

    def _room(self, account: Account, code: str) -> Room:
        """A workshop of theirs that has begun. `NotFound`; other spellings are no addresses."""
        room = acts.enter(self._store, account, code, to_run=False)
        if room.workshop.code != code or room.workshop.day is None:
            raise NotFound("error.workshop_unknown", code=code)
        return room

    def _find(self, say: Wording, room: Room, name: str) -> File:
        found = protocol_of(self._store, room)
        if name == "protocol.md":
            text = as_markdown(document(say, found, self._now().date()))
            called = f"{_called(say('protocol.file_protocol'), room.workshop)}.md"
            return File(text.encode(), MARKDOWN, called)
        if name == "votes.csv":
            text = votes_file.as_csv(say, found)
            called = f"{_called(say('protocol.file_votes'), room.workshop)}.csv"
            return File(text.encode("utf-8-sig"), CSV, called)
        raise NotFound("error.workshop_unknown", code=room.workshop.code)

    def _note(self, account: Account, workshop: Workshop, file: File) -> None:
        subject = f"{workshop.plan.title}: {file.name}"
        note(self._store, account.label, AuditAct.EXPORTED, workshop.organisation.id, subject)


def _called(what: str, workshop: Workshop) -> str:
    """What it is, whose, and of which day."""
    return f"{what}-{workshop.organisation.name}-{workshop.day}"
