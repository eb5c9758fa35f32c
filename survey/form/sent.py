"""What a browser sent: the fields of a questionnaire, and what was filled in. No Streamlit."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from data.model import Invitation
from survey.submission import Draft

Fields = Mapping[str, str]

LARGEST_SUBMISSION = 128 * 1024


async def read_fields(request: Request) -> Fields | None:
    """The fields of a form; None where they are more than a questionnaire can hold."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_SUBMISSION:
            return None
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def draft_of(invitation: Invitation, fields: Fields) -> Draft:
    """What a person filled in, right or wrong."""
    prefix = "comment_"
    return Draft(
        department=fields.get("department", ""),
        position=fields.get("position", ""),
        contact=fields.get("contact", ""),
        answers={item: fields.get(item, "") for item in invitation.wave.settings.items},
        comments={
            name.removeprefix(prefix): text.replace("\r\n", "\n")
            for name, text in fields.items()
            if name.startswith(prefix)
        },
    )
