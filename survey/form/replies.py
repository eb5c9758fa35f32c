"""Answers to requests at `/q/…`: pages with the policy of their style. No Streamlit."""

from collections.abc import Mapping

from starlette.responses import HTMLResponse, Response

from data.model import Invitation, WaveState
from survey.form.page import message
from survey.form.sent import Fields
from survey.form.style import Style, form_style
from survey.wording import Wording

HEADERS = {
    # Going back shows the same form with the same key, so resending stores nothing twice.
    "Cache-Control": "private, max-age=0",
    "Vary": "Accept-Language",
}


def reply(
    html: str,
    style: Style,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page in this style."""
    policy = {"Content-Security-Policy": style.policy}
    return HTMLResponse(html, status_code=status, headers={**HEADERS, **policy, **(headers or {})})


def told(
    say: Wording,
    title: str,
    lines: list[str],
    *,
    status: int = 200,
    invitation: Invitation | None = None,
    next_person: str | None = None,
    resend: Fields | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page that says one thing. The rest as in `survey.form.page.message`."""
    html = message(
        say, say(title), lines, invitation=invitation, next_person=next_person, resend=resend
    )
    return reply(html, style_of(invitation), status=status, headers=headers)


def style_of(invitation: Invitation | None) -> Style:
    """The form's style in the accent of the organisation that asks."""
    return form_style(invitation.wave.organisation.profile.accent if invitation else None)


def not_open(say: Wording, invitation: Invitation, *, status: int = 200) -> Response:
    """Why there is no form."""
    draft = invitation.wave.state is WaveState.DRAFT
    key = "form.not_open_draft" if draft else "form.not_open_over"
    lines = [say(key, wave=invitation.wave.title)]
    return told(say, "form.not_open_title", lines, status=status, invitation=invitation)


def used(say: Wording, invitation: Invitation, *, status: int = 200) -> Response:
    """A personal link has done what it is for."""
    lines = [say("form.used", wave=invitation.wave.title)]
    return told(say, "form.used_title", lines, status=status, invitation=invitation)
