"""The address at which other devices reach this server, which links and QR codes carry."""

from urllib.parse import urlsplit

import streamlit as st

from survey.invitations import is_local
from survey.settings import public_url
from survey.wording import Wording


def public_origin() -> str:
    """As the operator set it, else as this browser's address bar has it."""
    here = urlsplit(st.context.url or "")
    return public_url() or f"{here.scheme}://{here.netloc}"


def warn_if_local(say: Wording) -> None:
    """Say so where the address leads nobody but this very device here."""
    if is_local(public_origin()):
        st.warning(say("wave.link_local"))
