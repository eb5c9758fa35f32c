"""Files to take away, each for accounts that may have it only. No Streamlit.

    /download/<wave>/posters.pdf[?department=<id> | ?link=open]
    /download/<wave>/results-<table>.csv | .json
    /download/<wave>/measures.csv
    /download/<wave>/personal.csv | .xlsx      (POST: handed out once)

What does not exist and what is not theirs are answered alike, so that nobody
learns by guessing what others have.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.accounts import Account
from data.audit import AuditAct
from data.errors import NotFound, Problem
from data.model import Invitation, Wave, WaveState
from data.store import Store
from survey import exporting, measure_file
from survey.auditing import note
from survey.extracts import EXTRACTS
from survey.handout import Handouts
from survey.measures import agreed
from survey.posters.content import make_posters
from survey.posters.drawing import draw_posters
from survey.results import load_results
from survey.settings import public_url
from survey.visitors import COOKIE, Visitors
from survey.web.file_answers import CSV, File, given, nothing, spoken, trouble
from survey.web.plain import typed
from survey.wording import Wording

PDF = "application/pdf"
JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_RESULTS = "results-"


class Downloads:
    """Answers the requests for files."""

    def __init__(
        self,
        store: Store,
        visitors: Visitors,
        handouts: Handouts,
        now: Callable[[], datetime],
    ) -> None:
        """Read from this store; `visitors` know whose a cookie is."""
        self._store = store
        self._visitors = visitors
        self._handouts = handouts
        self._now = now

    def routes(self) -> list[Route]:
        """What the server should answer with a file."""
        return [
            Route("/download/{code}/{file}", self.fetch, methods=["GET"]),
            Route("/download/{code}/{file}", self.hand_out, methods=["POST"]),
        ]

    async def fetch(self, request: Request) -> Response:
        """A file that can be made again at any time."""
        return await run_in_threadpool(self._answer, request, self._find)

    async def hand_out(self, request: Request) -> Response:
        """A file that there is once."""
        ticket = (await typed(request)).get("ticket", "")

        def find(request: Request, account: Account, wave: Wave) -> File:
            return self._handed_out(request, account, wave, ticket)

        return await run_in_threadpool(self._answer, request, find)

    def _answer(self, request: Request, find: Callable[[Request, Account, Wave], File]) -> Response:
        """The file; a page in words where there is none for this account."""
        try:
            account = self._visitors.visitor(request.cookies.get(COOKIE), self._now())
            if account is None:
                return nothing(request)
            wave = self._store.waves.find(request.path_params["code"])
            if wave.code != request.path_params["code"]:
                return nothing(request)
            file = find(request, account, wave)
            if request.method != "HEAD":
                subject = f"{wave.title}: {file.name}"
                note(
                    self._store,
                    account.label,
                    AuditAct.EXPORTED,
                    wave.organisation.id,
                    subject,
                )
        except NotFound:
            return nothing(request)
        except Problem as problem:
            return trouble(request, problem)
        return given(file)

    def _find(self, request: Request, account: Account, wave: Wave) -> File:
        name = request.path_params["file"]
        if name == "posters.pdf" and account.runs(wave.organisation.id):
            return self._posters(request, wave)
        if name == "measures.csv" and account.reads(wave.organisation.id):
            return self._measures(spoken(request), wave)
        if name.startswith(_RESULTS) and account.reads(wave.organisation.id):
            return self._results(spoken(request), wave, name.removeprefix(_RESULTS))
        raise NotFound("error.wave_unknown", wave=wave.code)

    def _posters(self, request: Request, wave: Wave) -> File:
        say = spoken(request)
        chosen = _chosen(self._store.invitations.of(wave), request.query_params)
        origin = public_url() or f"{request.url.scheme}://{request.url.netloc}"
        logo = self._store.profiles.logo(wave.organisation)
        content = draw_posters(make_posters(wave, chosen, origin), logo)
        name = f"{say('download.posters')} {wave.organisation.name} {wave.title}"
        if len(chosen) == 1 and chosen[0].department:
            name += f" {chosen[0].department.name}"
        return File(content, PDF, f"{name}.pdf")

    def _results(self, say: Wording, wave: Wave, table: str) -> File:
        extract, _, ending = table.rpartition(".")
        if extract not in EXTRACTS or wave.state is not WaveState.RELEASED:
            raise NotFound("error.wave_unknown", wave=wave.code)
        results = load_results(self._store, wave)
        name = f"Kundenkompass {wave.organisation.name} {wave.title} {_TABLES[extract](say)}"
        if ending == "csv":
            text = exporting.as_csv(results, extract)
            return File(text.encode("utf-8-sig"), CSV, f"{name}.csv")
        if ending == "json":
            return File(exporting.as_json(results, extract).encode(), JSON, f"{name}.json")
        raise NotFound("error.wave_unknown", wave=wave.code)

    def _measures(self, say: Wording, wave: Wave) -> File:
        if wave.state is not WaveState.RELEASED:
            raise NotFound("error.wave_unknown", wave=wave.code)
        found = agreed(self._store, wave)
        workshops = {w.code: w.plan.title for w in self._store.workshops.of(wave.organisation)}
        text = measure_file.as_csv(
            found, cache(partial(load_results, self._store)), wave, workshops
        )
        name = f"Kundenkompass {wave.organisation.name} {wave.title} {say('measure.title')}"
        return File(text.encode("utf-8-sig"), CSV, f"{name}.csv")

    def _handed_out(self, request: Request, account: Account, wave: Wave, ticket: str) -> File:
        name = request.path_params["file"]
        kinds = {"personal.csv": CSV, "personal.xlsx": XLSX}
        if not account.runs(wave.organisation.id) or name not in kinds:
            raise NotFound("error.wave_unknown", wave=wave.code)
        content = self._handouts.take(ticket, account.id, wave.code, name)
        if content is None:
            raise NotFound("error.wave_unknown", wave=wave.code)
        say = spoken(request)
        ending = name.rpartition(".")[2]
        called = f"{say('download.personal')} {wave.organisation.name} {wave.title}.{ending}"
        return File(content, kinds[name], called)


_TABLES: Mapping[str, Callable[[Wording], str]] = {
    "scores": lambda say: say("results.file_scores"),
    "gaps": lambda say: say("results.file_gaps"),
    "priorities": lambda say: say("results.file_priorities"),
    "reliability": lambda say: say("download.file_reliability"),
    "spread": lambda say: say("download.file_spread"),
}


def _chosen(
    invitations: tuple[Invitation, ...], asked: Mapping[str, str]
) -> tuple[Invitation, ...]:
    """The links that posters were asked for: all of them, the open one, or one department's."""
    if asked.get("link") == "open":
        return invitations[:1]
    department = asked.get("department")
    if department is None:
        return invitations
    found = tuple(i for i in invitations if i.department and str(i.department.id) == department)
    if not found:
        raise NotFound("error.link_unknown", code=department)
    return found
