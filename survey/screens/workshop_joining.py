"""How phones come into a workshop: QR code, address, six-character code, and words to send."""

import streamlit as st

from data.workshops import Workshop, WorkshopState
from survey.screens.frame import escaped
from survey.screens.origin import public_origin, warn_if_local
from survey.wording import Wording
from survey.workshop.joining import door, join_address


def show(say: Wording, workshop: Workshop) -> None:
    """What the room will see on the projector, to try it and to announce it before."""
    way = door(public_origin(), workshop.code)
    st.header(say("workshop.joining"))
    warn_if_local(say)
    st.html(f'<img src="{way["qr"]}" alt="{say("workshop.qr")}" width="168" height="168">')
    st.markdown(say("workshop.typed", address=escaped(way["address"]), code=escaped(way["code"])))
    if workshop.state is not WorkshopState.RUNNING:
        st.caption(say("workshop.joining_when"))
    with st.expander(say("workshop.invitation")):
        address = join_address(public_origin(), workshop.code)
        text = say("workshop.invitation_text", title=workshop.plan.title, address=address)
        st.code(text, language=None, wrap_lines=True)
