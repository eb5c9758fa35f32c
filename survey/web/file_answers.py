"""How files to take away are answered: the file, or in words why there is none. No Streamlit.

What does not exist and what is not theirs are answered alike.
"""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from data.errors import Problem
from survey.form.page import CONTENT_SECURITY_POLICY, message
from survey.web.file_names import attachment
from survey.wording import Wording, accepted_languages, choose_language, wording

CSV = "text/csv; charset=utf-8"

_NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class File:
    """A file: what it holds, of what kind it is, and what it is called."""

    content: bytes
    kind: str
    name: str


def given(file: File) -> Response:
    """The file, to be saved and kept nowhere on the way."""
    headers = {**_NO_STORE, "Content-Disposition": attachment(file.name)}
    return Response(file.content, media_type=file.kind, headers=headers)


def nothing(request: Request) -> Response:
    """A page that says that there is no such file for whoever asks."""
    say = spoken(request)
    return _page(say, say("download.unknown_title"), say("download.unknown"), status=404)


def trouble(request: Request, problem: Problem) -> Response:
    """A page that says why the file cannot be made now."""
    say = spoken(request)
    return _page(say, say("download.trouble_title"), say.problem(problem), status=503)


def spoken(request: Request) -> Wording:
    """The language in the address, else the browser's."""
    asked = request.query_params.get("lang", "")
    accepted = accepted_languages(request.headers.get("accept-language", ""))
    return wording(choose_language([asked, *accepted]))


def _page(say: Wording, title: str, line: str, *, status: int) -> Response:
    policy = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
    html = message(say, title, [line])
    return HTMLResponse(html, status_code=status, headers=_NO_STORE | policy)
