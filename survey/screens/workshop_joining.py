"""How phones come into a workshop: QR code, address, six-character code, and words to send."""

from urllib.parse import urlsplit

import segno
import streamlit as st

from data.workshops import Workshop, WorkshopState
from survey.invitations import is_local, typing_address
from survey.screens.frame import escaped
from survey.settings import public_url
from survey.wording import Wording


def show(say: Wording, workshop: Workshop) -> None:
    """What the room will see on the projector, to try it and to announce it before."""
    origin = public_url() or _origin()
    address, code = f"{origin}/w/{workshop.code}", spaced(workshop.code)
    st.header(say("workshop.joining"))
    if is_local(origin):
        st.warning(say("wave.link_local"))
    picture = segno.make(address, error="m").svg_data_uri(scale=6, border=4, light="white")
    st.html(f'<img src="{picture}" alt="{say("workshop.qr")}" width="168" height="168">')
    typed = typing_address(origin).removesuffix("/q") + "/w"
    st.markdown(say("workshop.typed", address=escaped(typed), code=escaped(code)))
    if workshop.state is not WorkshopState.RUNNING:
        st.caption(say("workshop.joining_when"))
    with st.expander(say("workshop.invitation")):
        text = say("workshop.invitation_text", title=workshop.plan.title, address=address)
        st.code(text, language=None, wrap_lines=True)


def spaced(code: str) -> str:
    """A code as people read it: in two groups of three."""
    return f"{code[:3]}\N{NO-BREAK SPACE}{code[3:]}"


def _origin() -> str:
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}"
