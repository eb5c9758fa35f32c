"""`/workshop-file/<code>/<file>`: what came of a workshop, to take away. No Streamlit.

protocol.md   votes before and after, priorities and measures
votes.csv     every revealed round, counted
"""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.store import Store
from survey.visitors import Visitors


class WorkshopFiles:
    """Answers the requests for files of workshops."""

    def __init__(self, store: Store, visitors: Visitors, now: Callable[[], datetime]) -> None:
        """Read from this store; `visitors` know whose a cookie is."""
        self._store = store
        self._visitors = visitors
        self._now = now

    def route(self) -> Route:
        """What the server should answer."""
        return Route("/workshop-file/{code}/{file}", self.fetch, methods=["GET"])

    async def fetch(self, request: Request) -> Response:
        """To be built."""
        del request
        return PlainTextResponse("", status_code=404)
