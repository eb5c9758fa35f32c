"""The HTTP routes of `/w/<code>`: a phone's way into a workshop. No Streamlit.

/w                  where a code is typed
/w/<code>           GET what the room does now; POST joining, votes, ideas, questions
/w/<code>/now       the workshop's version, for the page to ask whether it is still so
/w/script           what asks it
"""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.store import Store
from survey.form.guesses import Guesses
from survey.workshop.phones import Phones


class PhoneForm:
    """Answers the requests of phones."""

    def __init__(
        self, store: Store, phones: Phones, guesses: Guesses, now: Callable[[], datetime]
    ) -> None:
        """Read and write this store; wrong codes are counted with those of other forms."""
        self._store = store
        self._phones = phones
        self._guesses = guesses
        self._now = now

    def routes(self) -> list[Route]:
        """What the server should answer."""
        return [
            Route("/w", self.ask, methods=["GET"]),
            Route("/w/script", self.ask, methods=["GET"]),
            Route("/w/{code}", self.ask, methods=["GET"]),
            Route("/w/{code}", self.ask, methods=["POST"]),
            Route("/w/{code}/now", self.ask, methods=["GET"]),
        ]

    async def ask(self, request: Request) -> Response:
        """To be built."""
        del request
        return PlainTextResponse("", status_code=404)
