"""The HTTP routes of `/q/<code>`: form, thanks, privacy sheet, logo. No Streamlit."""

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
from data.model import Invitation, WaveState
from data.store import Store
from survey.form.links import Link, Links
from survey.form.logos import logo_answer
from survey.form.page import empty_questionnaire, message, questionnaire
from survey.form.postbox import Postbox
from survey.form.sheet import privacy_sheet
from survey.form.style import form_style, sheet_style
from survey.invitations import readable_code
from survey.privacy_sheet import Sheets
from survey.submission import Draft, FormSigner, new_nonce, submit
from survey.wording import (
    LANGUAGES,
    Wording,
    accepted_languages,
    choose_language,
    wording,
    wording_for,
)

Fields = Mapping[str, str]
_Answer = Callable[[Wording, Link, Fields], Response]

LARGEST_SUBMISSION = 128 * 1024
LONGEST_SUBMISSION = 60
"""Seconds that sending may take; a bad connection is slow, but not that slow."""

_HEADERS = {
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
        self._signer = signer
        self._today = today

    def routes(self) -> list[Route]:
        """What the server should answer with this form."""
        return [
            Route("/q/{code}", self.show, methods=["GET"]),
            Route("/q/{code}", self.receive, methods=["POST"]),
            Route("/q/{code}/thanks", self.thank, methods=["GET"]),
            Route("/q/{code}/privacy", self.inform, methods=["GET"]),
            Route("/q/{code}/logo", self.depict, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The empty form."""
        return await self._guarded(request, self._show, {})

    async def receive(self, request: Request) -> Response:
        """Store a submission, or show the form again with what is missing."""
        known = self._links.remembered(readable_code(request.path_params["code"]))
        say = _wording(request, known)
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

    async def depict(self, request: Request) -> Response:
        """The logo of the organisation that asks."""
        return await run_in_threadpool(self._depict, request)

    async def _guarded(self, request: Request, answer: _Answer, fields: Fields) -> Response:
        """Find the link, and turn what can go wrong into a page."""
        code = readable_code(request.path_params["code"])
        link = self._links.remembered(code)
        try:
            if link is None:
                link = await run_in_threadpool(self._links.find, code)
            say = _wording(request, link)
            if request.method != "POST":
                return answer(say, link, fields)
            return await self._postbox.put(partial(answer, say, link, fields))
        except NotFound:
            return _unknown(request)
        except DatabaseProblem:
            say = _wording(request, link)
            posted = request.method == "POST"
            text = say("form.trouble") if posted else say("form.trouble_open")
            resend = fields if posted else None
            return _message(say, "form.trouble_title", [text], status=503, resend=resend)

    def _show(self, say: Wording, link: Link, _: Fields) -> Response:
        invitation = link.invitation
        if invitation.wave.state is not WaveState.OPEN:
            return _not_open(say, invitation)
        token = self._signer.sign(invitation.code, new_nonce())
        html = empty_questionnaire(say, invitation, link.choices, token)
        return _page(html, invitation)

    def _receive(self, say: Wording, link: Link, fields: Fields) -> Response:
        invitation = link.invitation
        if invitation.wave.state is not WaveState.OPEN:
            return _not_open(say, invitation, status=409)
        draft, token = _draft(invitation, fields), fields.get("token", "")
        if fields.get("switch") in LANGUAGES:
            say = wording_for(invitation.wave.organisation, fields["switch"])
            return self._page(say, link, token, draft)
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
            return _not_open(say, invitation, status=409)
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
        return _message(say, "form.thanks_title", lines, invitation=invitation, next_person=form)

    def _inform(self, request: Request) -> Response:
        code = readable_code(request.path_params["code"])
        try:
            link = self._links.find(code)
            wave = link.invitation.wave
            html = privacy_sheet(
                _wording(request, link), self._sheets.of(wave), code, self._today()
            )
        except NotFound:
            return _unknown(request)
        except DatabaseProblem:
            say = _wording(request, None)
            return _message(say, "form.trouble_title", [say("form.trouble_open")], status=503)
        policy = sheet_style(wave.organisation.profile.accent).policy
        return HTMLResponse(html, headers=_HEADERS | {"Content-Security-Policy": policy})

    def _depict(self, request: Request) -> Response:
        code = readable_code(request.path_params["code"])
        try:
            organisation = self._links.find(code).invitation.wave.organisation
            return logo_answer(self._store, organisation, request.query_params.get("v", ""))
        except NotFound:
            return Response(status_code=404)
        except DatabaseProblem:
            return Response(status_code=503)

    def _page(
        self,
        say: Wording,
        link: Link,
        token: str,
        draft: Draft,
        problem: SubmissionProblem | None = None,
    ) -> Response:
        html = questionnaire(say, link.invitation, link.choices, token, draft, problem)
        return _page(html, link.invitation, status=422 if problem else 200)


async def _body(request: Request) -> bytes | None:
    """What was sent; None where it is more than a questionnaire can hold."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_SUBMISSION:
            return None
    return body


def _unknown(request: Request) -> Response:
    say = _wording(request, None)
    return _message(say, "form.unknown_title", [say("form.unknown")], status=404)


def _not_open(say: Wording, invitation: Invitation, *, status: int = 200) -> Response:
    wave = invitation.wave
    draft = wave.state is WaveState.DRAFT
    key = "form.not_open_draft" if draft else "form.not_open_over"
    lines = [say(key, wave=wave.title)]
    return _message(say, "form.not_open_title", lines, status=status, invitation=invitation)


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


def _wording(request: Request, link: Link | None) -> Wording:
    """In the language of the address, else the browser's, else the organisation's."""
    asked = request.query_params.get("lang", "")
    wanted = [asked, *accepted_languages(request.headers.get("accept-language", ""))]
    if link is None:
        return wording(choose_language(wanted))
    organisation = link.invitation.wave.organisation
    return wording_for(organisation, choose_language([*wanted, organisation.profile.language]))


def _message(
    say: Wording,
    title: str,
    lines: list[str],
    *,
    status: int = 200,
    invitation: Invitation | None = None,
    next_person: str | None = None,
    resend: Fields | None = None,
) -> Response:
    html = message(
        say, say(title), lines, invitation=invitation, next_person=next_person, resend=resend
    )
    return _page(html, invitation, status=status)


def _page(html: str, invitation: Invitation | None, *, status: int = 200) -> Response:
    """A page with the policy of its organisation's style."""
    accent = invitation.wave.organisation.profile.accent if invitation else None
    policy = {"Content-Security-Policy": form_style(accent).policy}
    return HTMLResponse(html, status_code=status, headers=_HEADERS | policy)
