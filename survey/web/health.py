"""`/healthz`: whether the server can do its work. No Streamlit."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.errors import DatabaseProblem
from data.store import Store


def health_route(store: Store) -> Route:
    """Answers 200 if the database can be read and written, 503 if not."""

    async def health(_: Request) -> Response:
        try:
            await run_in_threadpool(store.check)
        except DatabaseProblem as problem:
            return JSONResponse({"status": "failing", "reason": problem.key}, status_code=503)
        return JSONResponse({"status": "ok"})

    return Route("/healthz", health, methods=["GET"])
