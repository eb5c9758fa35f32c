"""The HTTP routes of `/q/<code>`: the light form, the thanks, the privacy sheet. No Streamlit."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from data.errors import DatabaseProblem, NotAllowed, NotFound, SubmissionProblem
from data.model import Invitation, Wave, WaveState
from data.store import Store
from survey.form.links import Link, Links
from survey.form.overview import shown_to_staff, staff_overview
from survey.form.page import (
    CONTENT_SECURITY_POLICY,
    OVERVIEW_SECURITY_POLICY,
    SHEET_SECURITY_POLICY,
    empty_questionnaire,
    message,
    questionnaire,
)
from survey.form.postbox import Postbox
from survey.form.sheet import privacy_sheet
from survey.invitations import readable_code
from survey.privacy_sheet import Sheets
from survey.staff_overview import StaffOverviews
from survey.submission import Draft, FormSigner, new_nonce, submit
from survey.wording import LANGUAGES, Wording, accepted_languages, choose_language, wording

Fields = Mapping[str, str]
_Answer = Callable[[Wording, Link, Fields], Response]

LARGEST_SUBMISSION = 128 * 1024
LONGEST_SUBMISSION = 60
"""Seconds that sending may take; a bad connection is slow, but not that slow."""

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Going back shows the same form with the same key, so resending stores nothing twice.
    "Cache-Control": "private, max-age=0",
    "Vary": "Accept-Language",
}


class LightForm:
    """Answers the requests of people who fill in a questionnaire."""

    def __init__(self, store: Store, signer: FormSigner, today: Callable[[], date]) -> None:
        """Read and write this store; `today` tells the day a response is counted to."""
        self._store = store
        self._links = Links(store)
        self._postbox: Postbox[Response] = Postbox(store)
        self._sheets = Sheets(store)
        self._overviews = StaffOverviews(store)
        self._signer = signer
        self._today = today

    def routes(self) -> list[Route]:
        """What the server should answer with this form."""
        return [
            Route("/q/{code}", self.show, methods=["GET"]),
            Route("/q/{code}", self.receive, methods=["POST"]),
            Route("/q/{code}/thanks", self.thank, methods=["GET"]),
            Route("/q/{code}/privacy", self.inform, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The empty form; after the release the overview, where employees may see it."""
        return await self._guarded(request, self._show, {})

    async def receive(self, request: Request) -> Response:
        """Store a submission, or show the form again with what is missing."""
        say = _wording(request)
        try:
            async with asyncio.timeout(LONGEST_SUBMISSION):
                body = await _body(request)
        except (ClientDisconnect, TimeoutError):
            return _message(say, "form.trouble_title", [say("form.trouble_open")], status=408)
        if body is None:
            return _message(say, "form.trouble_title", [say("form.too_large")], status=413)
        fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return await self._guarded(request, self._receive, fields)

    async def thank(self, request: Request) -> Response:
        """Say that the answers are stored and when results come."""
        return await self._guarded(request, self._thank, dict(request.query_params))

    async def inform(self, request: Request) -> Response:
        """The wave's privacy sheet."""
        return await run_in_threadpool(self._inform, request)

    async def _guarded(self, request: Request, answer: _Answer, fields: Fields) -> Response:
        """Find the link, and turn what can go wrong into a page."""
        say, code = _wording(request), readable_code(request.path_params["code"])
        try:
            link = self._links.remembered(code)
            if link is None:
                link = await run_in_threadpool(self._links.find, code)
            if request.method != "POST":
                if shown_to_staff(link.invitation.wave):  # what reads a release takes its time
                    return await run_in_threadpool(answer, say, link, fields)
                return answer(say, link, fields)
            return await self._postbox.put(partial(answer, say, link, fields))
        except NotFound:
            return _message(say, "form.unknown_title", [say("form.unknown")], status=404)
        except DatabaseProblem:
            posted = request.method == "POST"
            text = say("form.trouble") if posted else say("form.trouble_open")
            resend = fields if posted else None
            return _message(say, "form.trouble_title", [text], status=503, resend=resend)

    def _show(self, say: Wording, link: Link, _: Fields) -> Response:
        invitation = link.invitation
        if shown_to_staff(invitation.wave):
            html = staff_overview(say, self._overviews.of(invitation.wave), invitation.code)
            policy = {"Content-Security-Policy": OVERVIEW_SECURITY_POLICY}
            return HTMLResponse(html, headers=_HEADERS | policy)
        if invitation.wave.state is not WaveState.OPEN:
            return _not_open(say, invitation.wave)
        token = self._signer.sign(invitation.code, new_nonce())
        html = empty_questionnaire(say, invitation, link.choices, token)
        return HTMLResponse(html, headers=_HEADERS)

    def _receive(self, say: Wording, link: Link, fields: Fields) -> Response:
        invitation = link.invitation
        if invitation.wave.state is not WaveState.OPEN:
            return _not_open(say, invitation.wave, status=409)
        draft, token = _draft(invitation, fields), fields.get("token", "")
        if fields.get("switch") in LANGUAGES:
            return self._page(wording(fields["switch"]), link, token, draft)
        try:
            nonce = self._signer.read(token, invitation.code)
        except SubmissionProblem as problem:
            fresh = self._signer.sign(invitation.code, new_nonce())
            return self._page(say, link, fresh, draft, problem)
        try:
            stored = submit(self._store, invitation, draft, nonce, self._today(), link.departments)
        except SubmissionProblem as problem:
            return self._page(say, link, token, draft, problem)
        except NotAllowed:
            return _not_open(say, invitation.wave, status=409)
        proof = self._signer.sign_thanks(invitation.code)
        again = "" if stored else "&again=1"
        thanks = f"/q/{invitation.code}/thanks?lang={say.language}&proof={proof}{again}"
        return RedirectResponse(thanks, status_code=303)

    def _thank(self, say: Wording, link: Link, fields: Fields) -> Response:
        invitation = link.invitation
        form = f"/q/{invitation.code}?lang={say.language}"
        if not self._signer.thanks(fields.get("proof", ""), invitation.code):
            return RedirectResponse(form, status_code=303)
        planned = invitation.wave.settings.results_on
        results = (
            say("form.thanks_results_on", day=planned) if planned else say("form.thanks_results")
        )
        stood = "form.thanks_again" if "again" in fields else "form.thanks_stored"
        lines = [say(stood), results]
        demo = invitation.wave.organisation.demo
        return _message(say, "form.thanks_title", lines, demo=demo, next_person=form)

    def _inform(self, request: Request) -> Response:
        say, code = _wording(request), readable_code(request.path_params["code"])
        try:
            wave = self._links.find(code).invitation.wave
            html = privacy_sheet(say, self._sheets.of(wave), code, self._today())
        except NotFound:
            return _message(say, "form.unknown_title", [say("form.unknown")], status=404)
        except DatabaseProblem:
            return _message(say, "form.trouble_title", [say("form.trouble_open")], status=503)
        policy = {"Content-Security-Policy": SHEET_SECURITY_POLICY}
        return HTMLResponse(html, headers=_HEADERS | policy)

    def _page(
        self,
        say: Wording,
        link: Link,
        token: str,
        draft: Draft,
        problem: SubmissionProblem | None = None,
    ) -> Response:
        html = questionnaire(say, link.invitation, link.choices, token, draft, problem)
        return HTMLResponse(html, status_code=422 if problem else 200, headers=_HEADERS)


async def _body(request: Request) -> bytes | None:
    """What was sent; None where it is more than a questionnaire can hold."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_SUBMISSION:
            return None
    return body


def _not_open(say: Wording, wave: Wave, *, status: int = 200) -> Response:
    draft = wave.state is WaveState.DRAFT
    key = "form.not_open_draft" if draft else "form.not_open_over"
    lines = [say(key, wave=wave.title)]
    demo = wave.organisation.demo
    return _message(say, "form.not_open_title", lines, status=status, demo=demo)


def _draft(invitation: Invitation, fields: Mapping[str, str]) -> Draft:
    prefix = "comment_"
    return Draft(
        department=fields.get("department", ""),
        position=fields.get("position", ""),
        contact=fields.get("contact", ""),
        answers={item: fields.get(item, "") for item in invitation.wave.settings.items},
        comments={
            name.removeprefix(prefix): text.replace("\r\n", "\n")
            for name, text in fields.items()
            if name.startswith(prefix)
        },
    )


def _wording(request: Request) -> Wording:
    asked = request.query_params.get("lang", "")
    spoken = accepted_languages(request.headers.get("accept-language", ""))
    return wording(choose_language([asked, *spoken]))


def _message(
    say: Wording,
    title: str,
    lines: list[str],
    *,
    status: int = 200,
    demo: bool = False,
    next_person: str | None = None,
    resend: Fields | None = None,
) -> Response:
    html = message(say, say(title), lines, demo=demo, next_person=next_person, resend=resend)
    return HTMLResponse(html, status_code=status, headers=_HEADERS)
