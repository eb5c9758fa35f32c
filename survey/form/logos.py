"""Answers the request for an organisation's logo. No Streamlit."""

from starlette.responses import Response

from data.model import Organisation
from data.store import Store

_FOREVER = "private, max-age=31536000, immutable"


def logo_answer(store: Store, organisation: Organisation, version: str) -> Response:
    """The logo; 404 where there is none.

    `version`: the digest in the address. Browsers keep the image as long as they like
    only under the digest that is its own.
    """
    image = store.profiles.logo(organisation)
    if image is None:
        return Response(status_code=404)
    kept = _FOREVER if version == organisation.logo else "no-store"
    headers = {"Cache-Control": kept, "X-Content-Type-Options": "nosniff"}
    return Response(image, media_type="image/png", headers=headers)
