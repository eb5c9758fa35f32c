"""The HTTP routes of `/q/<code>`: the light form and the thanks. No Streamlit."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from data.errors import DatabaseProblem, NotAllowed, NotFound, SubmissionProblem
from data.schedule import takes_answers
from data.store import Store
from survey.form.doorway import Doorway, wording_of
from survey.form.guesses import Guesses
from survey.form.kiosk import (
    EMPTY_AFTER,
    KIOSK,
    NEXT_AFTER,
    kiosk_address,
    kiosk_headers,
    kiosk_way,
)
from survey.form.links import Link, Links
from survey.form.notices import Notices
from survey.form.overview import shown_to_staff, staff_overview
from survey.form.page import empty_questionnaire, questionnaire
from survey.form.postbox import Postbox
from survey.form.replies import not_open, reply, style_of, told, used
from survey.form.sent import Fields, draft_of, read_fields
from survey.form.style import overview_style
from survey.invitations import readable_code
from survey.languages import offered
from survey.staff_overview import StaffOverviews
from survey.submission import Draft, FormSigner, new_nonce, submit
from survey.wording import Wording, wording_for

_Answer = Callable[[Wording, Link, Fields], Response]

LONGEST_SUBMISSION = 60
"""Seconds that sending may take; a bad connection is slow, but not that slow."""


class LightForm:
    """Answers the requests of people who fill in a questionnaire."""

    def __init__(
        self,
        store: Store,
        signer: FormSigner,
        now: Callable[[], datetime],
        guesses: Guesses | None = None,
    ) -> None:
        """Read and write this store; `now` has a time zone and tells what still counts.

        `guesses`: counts wrong codes, here and wherever else codes are tried.
        """
        self._store = store
        self._links = Links(store)
        self._postbox: Postbox[Response] = Postbox(store)
        self._overviews = StaffOverviews(store)
        self._signer = signer
        self._now = now
        self._doorway = Doorway(guesses or Guesses())

    def routes(self) -> list[Route]:
        """What the server should answer with this form."""
        notices = Notices(self._store, self._links, self._doorway, self._now)
        return [
            *self._doorway.routes(),
            Route("/q/{code}", self.show, methods=["GET"]),
            Route("/q/{code}", self.receive, methods=["POST"]),
            Route("/q/{code}/thanks", self.thank, methods=["GET"]),
            *notices.routes(),
        ]

    async def show(self, request: Request) -> Response:
        """The empty form; after the release the overview, where employees may see it."""
        return await self._guarded(request, self._show, dict(request.query_params))

    async def receive(self, request: Request) -> Response:
        """Store a submission, or show the form again with what is missing."""
        say = wording_of(
            request, self._links.remembered(readable_code(request.path_params["code"]))
        )
        try:
            async with asyncio.timeout(LONGEST_SUBMISSION):
                fields = await read_fields(request)
        except (ClientDisconnect, TimeoutError):
            return told(say, "form.trouble_title", [say("form.trouble_open")], status=408)
        if fields is None:
            return told(say, "form.trouble_title", [say("form.too_large")], status=413)
        return await self._guarded(request, self._receive, fields)

    async def thank(self, request: Request) -> Response:
        """Say that the answers are stored and when results come."""
        return await self._guarded(request, self._thank, dict(request.query_params))

    async def _guarded(self, request: Request, answer: _Answer, fields: Fields) -> Response:
        """Find the link, and turn what can go wrong into a page."""
        code = readable_code(request.path_params["code"])
        refusal = self._doorway.refusal(request)
        if refusal and not self._was_here(code, fields):
            return refusal
        link = self._links.remembered(code)
        try:
            if link is None:
                link = await run_in_threadpool(self._links.find, code)
            say = wording_of(request, link)
            if request.method != "POST":
                if shown_to_staff(link.invitation.wave):  # what reads a release takes its time
                    return await run_in_threadpool(answer, say, link, fields)
                return answer(say, link, fields)
            return await self._postbox.put(partial(answer, say, link, fields))
        except NotFound:
            return self._doorway.unknown(request)
        except DatabaseProblem:
            say = wording_of(request, link)
            posted = request.method == "POST"
            text = say("form.trouble") if posted else say("form.trouble_open")
            resend = fields if posted else None
            return told(say, "form.trouble_title", [text], status=503, resend=resend)

    def _was_here(self, code: str, fields: Fields) -> bool:
        """Whether somebody brings a form back: what they filled in is not refused."""
        token, proof = fields.get("token", ""), fields.get("proof", "")
        return self._signer.signed(token, code) or self._signer.thanks(proof, code)

    def _show(self, say: Wording, link: Link, fields: Fields) -> Response:
        invitation = link.invitation
        if shown_to_staff(invitation.wave):
            html = staff_overview(say, self._overviews.of(invitation.wave), invitation.code)
            return reply(html, overview_style(invitation.wave.organisation.profile.accent))
        if not takes_answers(invitation.wave, self._now()):
            return not_open(say, invitation)
        if invitation.used:
            return used(say, invitation)
        token = self._signer.sign(invitation.code, new_nonce())
        kiosk = kiosk_way(invitation, fields)
        html = empty_questionnaire(say, invitation, link.choices, token, kiosk)
        emptied = kiosk_headers(invitation.code, say.language, kiosk, EMPTY_AFTER)
        return reply(html, style_of(invitation), headers=emptied)

    def _receive(self, say: Wording, link: Link, fields: Fields) -> Response:
        invitation = link.invitation
        if not takes_answers(invitation.wave, self._now()):
            return not_open(say, invitation, status=409)
        draft, token = draft_of(invitation, fields), fields.get("token", "")
        kiosk = kiosk_way(invitation, fields)
        if fields.get("switch") in offered(invitation.wave):
            say = wording_for(invitation.wave.organisation, fields["switch"])
            return self._page(say, link, token, draft, kiosk)
        try:
            nonce = self._signer.read(token, invitation.code)
        except SubmissionProblem as problem:
            fresh = self._signer.sign(invitation.code, new_nonce())
            return self._page(say, link, fresh, draft, kiosk, problem)
        return self._store_draft(say, link, draft, nonce, fields)

    def _store_draft(
        self, say: Wording, link: Link, draft: Draft, nonce: bytes, fields: Fields
    ) -> Response:
        invitation, kiosk = link.invitation, kiosk_way(link.invitation, fields)
        try:
            stored = submit(self._store, invitation, draft, nonce, self._now(), link.departments)
        except SubmissionProblem as problem:
            return self._page(say, link, fields["token"], draft, kiosk, problem)
        except NotAllowed as problem:
            if problem.key == "error.link_used":
                return used(say, invitation, status=409)
            return not_open(say, invitation, status=409)
        proof = self._signer.sign_thanks(invitation.code)
        again = "" if stored else "&again=1"
        thanks = f"/q/{invitation.code}/thanks?lang={say.language}&proof={proof}{again}"
        thanks += f"&kiosk={KIOSK}" if kiosk else ""
        return RedirectResponse(thanks, status_code=303)

    def _thank(self, say: Wording, link: Link, fields: Fields) -> Response:
        invitation = link.invitation
        kiosk = kiosk_way(invitation, fields)
        form = f"/q/{invitation.code}?lang={say.language}"
        if not self._signer.thanks(fields.get("proof", ""), invitation.code):
            return RedirectResponse(form, status_code=303)
        planned = invitation.wave.settings.results_on
        results = (
            say("form.thanks_results_on", day=planned) if planned else say("form.thanks_results")
        )
        stood = "form.thanks_again" if "again" in fields else "form.thanks_stored"
        lines = [say(stood), results]
        if kiosk:
            form = kiosk_address(invitation.code, say.language)
            lines.append(say("form.kiosk_thanks", seconds=NEXT_AFTER))
        return told(
            say,
            "form.thanks_title",
            lines,
            invitation=invitation,
            next_person=None if invitation.personal else form,
            headers=kiosk_headers(invitation.code, say.language, kiosk, NEXT_AFTER),
        )

    def _page(
        self,
        say: Wording,
        link: Link,
        token: str,
        draft: Draft,
        kiosk: str,
        problem: SubmissionProblem | None = None,
    ) -> Response:
        html = questionnaire(say, link.invitation, link.choices, token, draft, problem, kiosk)
        emptied = kiosk_headers(link.invitation.code, say.language, kiosk, EMPTY_AFTER)
        status = 422 if problem else 200
        return reply(html, style_of(link.invitation), status=status, headers=emptied)
