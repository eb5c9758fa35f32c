"""In front of the forms: who may try a code now, and the page where one is typed."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from survey.form.guesses import Guesses
from survey.form.links import Link
from survey.form.page import typing_page
from survey.form.replies import HEADERS, reply, told
from survey.form.style import form_style
from survey.invitations import readable_code
from survey.languages import spoken_in
from survey.settings import proxies
from survey.web.client import client_of
from survey.wording import Wording, accepted_languages, choose_language, wording


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
        refusal = self.refusal(request)
        if refusal:
            return refusal
        code = readable_code(request.query_params.get("code", ""))
        if code.isascii() and code.isalnum():
            return RedirectResponse(f"/q/{code}?lang={say.language}", 303, HEADERS)
        return reply(typing_page(say), form_style())

    def refusal(self, request: Request) -> Response | None:
        """What those get who have tried too many wrong codes; None: go on."""
        seconds = self._guesses.wait(client_of(request, self._proxies))
        if not seconds:
            return None
        say = wording_of(request)
        return told(
            say,
            "form.too_many_title",
            [say.count("form.too_many", -(-seconds // 60))],
            status=429,
            headers={"Cache-Control": "no-store", "Retry-After": str(seconds)},
        )

    def unknown(self, request: Request) -> Response:
        """Count a code that does not exist, and say that it does not."""
        self._guesses.wrong(client_of(request, self._proxies))
        say = wording_of(request)
        return told(say, "form.unknown_title", [say("form.unknown")], status=404)


def wording_of(request: Request, link: Link | None = None) -> Wording:
    """The language that the address asks for, else the browser's; as the link's wave speaks it."""
    asked = request.query_params.get("lang", "")
    wanted = [asked, *accepted_languages(request.headers.get("accept-language", ""))]
    return spoken_in(link.invitation.wave, wanted) if link else wording(choose_language(wanted))
