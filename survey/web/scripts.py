"""`/picture-script/<name>`: the two scripts of the picture page, from this server. No Streamlit.

Their addresses change with their content, so that browsers keep them for good.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plotly
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

_FILES = {
    "plotly.js": Path(plotly.__file__).parent / "package_data" / "plotly.min.js",
    "drawing.js": Path(__file__).parent / "drawing.js",
}
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


@dataclass(frozen=True, slots=True)
class _Script:
    content: bytes
    packed: bytes
    digest: str


def script_address(name: str) -> str:
    """Where a page finds a script."""
    return f"/picture-script/{name}?of={_script(name).digest}"


def script_route() -> Route:
    """Answers with a script, zipped for whoever takes it so."""
    return Route("/picture-script/{name}", _send, methods=["GET"])


async def _send(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        return PlainTextResponse("", status_code=404)
    script = await run_in_threadpool(_script, name)
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    return Response(
        script.packed if zipped else script.content,
        media_type="text/javascript",
        headers={**_KEPT, **({"Content-Encoding": "gzip"} if zipped else {})},
    )


@cache
def _script(name: str) -> _Script:
    """Read and zipped once, when it is first wanted."""
    content = _FILES[name].read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return _Script(content, gzip.compress(content, mtime=0), digest)
