"""In front of the forms: who may try a code now, and the page where one is typed."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from survey.form.guesses import Guesses
from survey.form.page import CONTENT_SECURITY_POLICY, message, typing_page
from survey.invitations import readable_code
from survey.settings import proxies
from survey.web.client import client_of
from survey.wording import Wording, accepted_languages, choose_language, wording

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Going back shows the same form with the same key, so resending stores nothing twice.
    "Cache-Control": "private, max-age=0",
    "Vary": "Accept-Language",
}


class Doorway:
    """Counts the wrong codes of each client."""

    def __init__(self, guesses: Guesses) -> None:
        """Count with these; which proxies are ours the surroundings decide."""
        self._guesses = guesses
        self._proxies = proxies()

    def routes(self) -> list[Route]:
        """`/q`, which a poster names for those who cannot scan."""
        return [Route(path, self.ask, methods=["GET"]) for path in ("/q", "/q/")]

    async def ask(self, request: Request) -> Response:
        """The page to type a code, or the way to its form."""
        say = wording_of(request)
        refusal = self.refusal(request, say)
        if refusal:
            return refusal
        code = readable_code("".join(request.query_params.get("code", "").split()))
        if code.isascii() and code.isalnum():
            return RedirectResponse(f"/q/{code}?lang={say.language}", 303, HEADERS)
        return HTMLResponse(typing_page(say), headers=HEADERS)

    def refusal(self, request: Request, say: Wording) -> Response | None:
        """What those get who have tried too many wrong codes; None: go on."""
        seconds = self._guesses.wait(client_of(request, self._proxies))
        if not seconds:
            return None
        text = say.count("form.too_many", -(-seconds // 60))
        return HTMLResponse(
            message(say, say("form.too_many_title"), [text]),
            status_code=429,
            headers=HEADERS | {"Cache-Control": "no-store", "Retry-After": str(seconds)},
        )

    def unknown(self, request: Request, say: Wording) -> Response:
        """Count a code that does not exist, and say that it does not."""
        self._guesses.wrong(client_of(request, self._proxies))
        html = message(say, say("form.unknown_title"), [say("form.unknown")])
        return HTMLResponse(html, status_code=404, headers=HEADERS)


def wording_of(request: Request) -> Wording:
    """The language that the address asks for, else the browser's."""
    asked = request.query_params.get("lang", "")
    spoken = accepted_languages(request.headers.get("accept-language", ""))
    return wording(choose_language([asked, *spoken]))
