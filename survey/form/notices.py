"""What belongs to a link beside its form: the privacy sheet, the logo. No Streamlit."""

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.errors import DatabaseProblem, NotFound
from data.store import Store
from survey.form.doorway import Doorway, wording_of
from survey.form.kiosk import EMPTY_AFTER, kiosk_headers, kiosk_way
from survey.form.links import Links
from survey.form.logos import logo_answer
from survey.form.replies import reply, told
from survey.form.sheet import privacy_sheet
from survey.form.style import sheet_style
from survey.invitations import readable_code
from survey.privacy_sheet import Sheets


class Notices:
    """Answers the requests for what a form names."""

    def __init__(
        self, store: Store, links: Links, doorway: Doorway, now: Callable[[], datetime]
    ) -> None:
        """Read this store; wrong codes are counted at the same doorway as the form's."""
        self._store = store
        self._links = links
        self._sheets = Sheets(store)
        self._doorway = doorway
        self._now = now

    def routes(self) -> list[Route]:
        """What the server should answer."""
        return [
            Route("/q/{code}/privacy", self.inform, methods=["GET"]),
            Route("/q/{code}/logo", self.depict, methods=["GET"]),
        ]

    async def inform(self, request: Request) -> Response:
        """The wave's privacy sheet."""
        return await run_in_threadpool(self._guarded, request, self._inform)

    async def depict(self, request: Request) -> Response:
        """The logo of the organisation that asks."""
        return await run_in_threadpool(self._guarded, request, self._depict)

    def _guarded(self, request: Request, answer: Callable[[Request, str], Response]) -> Response:
        refusal = self._doorway.refusal(request)
        if refusal:
            return refusal
        try:
            return answer(request, readable_code(request.path_params["code"]))
        except NotFound:
            return self._doorway.unknown(request)
        except DatabaseProblem:
            say = wording_of(request)
            return told(say, "form.trouble_title", [say("form.trouble_open")], status=503)

    def _inform(self, request: Request, code: str) -> Response:
        link = self._links.find(code)
        invitation = link.invitation
        say, today = wording_of(request, link), self._now().astimezone().date()
        html = privacy_sheet(say, self._sheets.of(invitation.wave), code, today)
        kiosk = kiosk_way(invitation, dict(request.query_params))
        emptied = kiosk_headers(code, say.language, kiosk, EMPTY_AFTER)
        return reply(
            html, sheet_style(invitation.wave.organisation.profile.accent), headers=emptied
        )

    def _depict(self, request: Request, code: str) -> Response:
        organisation = self._links.find(code).invitation.wave.organisation
        return logo_answer(self._store, organisation, request.query_params.get("v", ""))
