"""`/preview/<code>`: a wave's questionnaire as people will see it, for those who run the wave.

It checks what is filled in as the real one does, and stores nothing. No Streamlit.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from data.accounts import Account
from data.errors import DatabaseProblem, NotFound, SubmissionProblem
from data.model import Invitation
from data.store import Store
from survey.form.doorway import wording_of
from survey.form.links import Link, Links
from survey.form.page import message, questionnaire
from survey.form.replies import reply
from survey.form.routes import LONGEST_SUBMISSION
from survey.form.sent import Fields, draft_of, read_fields
from survey.form.style import preview_style
from survey.invitations import readable_code
from survey.languages import offered
from survey.submission import Draft, checked, new_nonce
from survey.visitors import COOKIE
from survey.wording import Wording, wording_for

Visitor = Callable[[str | None, datetime], Account | None]

_HEADERS = {
    # Only our own screens may show it in a frame; everything else may be shown in none.
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "no-store",
}


class Preview:
    """Answers the requests of consultants who look at a questionnaire."""

    def __init__(self, store: Store, visitor: Visitor, now: Callable[[], datetime]) -> None:
        """Read this store; `visitor` knows the account of a cookie."""
        self._links = Links(store)
        self._visitor = visitor
        self._now = now

    def route(self) -> Route:
        """What the server should answer with this form."""
        return Route("/preview/{code}", self.answer, methods=["GET", "POST"])

    async def answer(self, request: Request) -> Response:
        """The empty form, or what sending it would have led to."""
        say = wording_of(request)
        try:
            link = await run_in_threadpool(self._link, request)
        except NotFound:
            return _told(say, "form.unknown_title", "form.unknown", 404)
        except DatabaseProblem:
            return _told(say, "form.trouble_title", "form.trouble_open", 503)
        say = wording_of(request, link)
        if request.method != "POST":
            return _form(say, link, Draft())
        try:
            async with asyncio.timeout(LONGEST_SUBMISSION):
                fields = await read_fields(request)
        except (ClientDisconnect, TimeoutError):
            return _told(say, "form.trouble_title", "form.trouble_open", 408)
        if fields is None:
            return _told(say, "form.trouble_title", "form.too_large", 413)
        return _sent(say, link, fields)

    def _link(self, request: Request) -> Link:
        """The link in the address. `NotFound`: unknown, or of somebody else's wave.

        The two are told alike, so that nobody learns by guessing what others have.
        """
        account = self._visitor(request.cookies.get(COOKIE), self._now())
        code = readable_code(request.path_params["code"])
        if account is None:
            raise NotFound("error.link_unknown", code=code)
        link = self._links.find(code)
        if not account.runs(link.invitation.wave.organisation.id):
            raise NotFound("error.link_unknown", code=code)
        return link


def _form(
    say: Wording, link: Link, draft: Draft, problem: SubmissionProblem | None = None
) -> Response:
    html = questionnaire(say, link.invitation, link.choices, "", draft, problem, preview=True)
    return _page(html, link.invitation, 422 if problem else 200)


def _sent(say: Wording, link: Link, fields: Fields) -> Response:
    """The other language, what is missing, or the thanks; stored is nothing."""
    invitation = link.invitation
    draft = draft_of(invitation, fields)
    if fields.get("switch") in offered(invitation.wave):
        return _form(wording_for(invitation.wave.organisation, fields["switch"]), link, draft)
    try:
        checked(invitation, draft, new_nonce(), link.departments)
    except SubmissionProblem as problem:
        return _form(say, link, draft, problem)
    planned = invitation.wave.settings.results_on
    results = say("form.thanks_results_on", day=planned) if planned else say("form.thanks_results")
    html = message(
        say,
        say("form.thanks_title"),
        [say("preview.thanks"), results],
        invitation=invitation,
        preview=True,
        next_person=f"/preview/{invitation.code}?lang={say.language}",
    )
    return _page(html, invitation)


def _told(say: Wording, title: str, text: str, status: int) -> Response:
    return _page(message(say, say(title), [say(text)]), None, status)


def _page(html: str, invitation: Invitation | None, status: int = 200) -> Response:
    accent = invitation.wave.organisation.profile.accent if invitation else None
    return reply(html, preview_style(accent), status=status, headers=_HEADERS)
