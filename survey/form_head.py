"""How the top of an organisation's form looks, in light and in dark, as HTML. No Streamlit."""

import base64
from pathlib import Path

from data.model import Organisation
from survey.colours import Accent
from survey.templating import template
from survey.wording import Wording, wording_for

_TEMPLATES = Path(__file__).parent / "templates"


def form_head(say: Wording, organisation: Organisation, accent: Accent, logo: bytes | None) -> str:
    """The two previews. `say` speaks to the consultant; the form speaks for itself."""
    return template(_TEMPLATES, "form_head.html").render(
        say=wording_for(organisation, organisation.profile.language),
        light=say("organisation.preview_light"),
        dark=say("organisation.preview_dark"),
        title=say("organisation.preview_title"),
        organisation=organisation,
        accent=accent,
        logo=picture(logo) if logo else None,
    )


def picture(image: bytes) -> str:
    """A PNG as a data address."""
    return f"data:image/png;base64,{base64.b64encode(image).decode()}"
