"""`/download/audit.csv`: the audit log as a file, for owners. No Streamlit."""

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from data.accounts import Role
from data.audit import AuditAct
from data.errors import DatabaseProblem
from survey.audit_words import as_csv
from survey.auditing import note
from survey.form.page import CONTENT_SECURITY_POLICY, message
from survey.house import House
from survey.visitors import COOKIE
from survey.wording import Wording, accepted_languages, choose_language, wording

PATH = "/download/audit.csv"
_NEVER_KEPT = {"Cache-Control": "no-store"}


def audit_route(house: House, now: Callable[[], datetime]) -> Route:
    """The route; `organisation` and `who` in its address choose entries, as on the screen."""

    async def download(request: Request) -> Response:
        try:
            return await run_in_threadpool(_download, house, request, now())
        except DatabaseProblem as problem:
            say = _wording(request)
            return _page(say, say("form.trouble_title"), say.problem(problem), status=503)

    return Route(PATH, download, methods=["GET"])


def _download(house: House, request: Request, now: datetime) -> Response:
    say = _wording(request)
    account = house.visitors.visitor(request.cookies.get(COOKIE), now)
    if account is None or account.role is not Role.OWNER:
        return _page(say, say("audit.refused_title"), say("audit.refused"), status=403)
    organisation = request.query_params.get("organisation", "")
    # Longer ones are no number of an organisation, and Python reads no endless ones.
    plain = organisation.isascii() and organisation.isdigit() and len(organisation) < 19
    chosen = int(organisation) if plain else None
    if organisation and chosen is None:
        return _page(say, say("audit.refused_title"), say("audit.unknown"), status=404)
    who = request.query_params.get("who", "")
    names = {one.id: one.name for one in house.store.organisations.all()}
    entries = house.store.audit.read(None, organisation=chosen, who=who)
    if request.method == "GET":  # a look ahead takes nothing out
        note(house.store, account.label, AuditAct.EXPORTED, chosen, say("nav.audit"))
    return Response(
        as_csv(say, entries, names).encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers=_NEVER_KEPT
        | {"Content-Disposition": f'attachment; filename="{say("audit.file")}-{now:%Y-%m-%d}.csv"'},
    )


def _page(say: Wording, title: str, line: str, *, status: int) -> Response:
    policy = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
    html = message(say, title, [line])
    return HTMLResponse(html, status_code=status, headers=_NEVER_KEPT | policy)


def _wording(request: Request) -> Wording:
    asked = request.query_params.get("lang", "")
    spoken = accepted_languages(request.headers.get("accept-language", ""))
    return wording(choose_language([asked, *spoken]))
