"""`/w/script`: what asks, on a phone's page, whether the room has moved on. No Streamlit.

Its address changes with its content, so that browsers keep it for good.
"""

import gzip
import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

_CONTENT = (Path(__file__).parent / "follow.js").read_bytes()
_PACKED = gzip.compress(_CONTENT, mtime=0)
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}

SCRIPT = f"/w/script?of={hashlib.sha256(_CONTENT).hexdigest()[:16]}"
"""Where a page finds it."""


def send_script(request: Request) -> Response:
    """The script, zipped for whoever takes it so."""
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    return Response(
        _PACKED if zipped else _CONTENT,
        media_type="text/javascript",
        headers={**_KEPT, **({"Content-Encoding": "gzip"} if zipped else {})},
    )
