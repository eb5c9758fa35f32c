"""A wave's links, to hand out."""

from urllib.parse import urlsplit

import segno
import streamlit as st

from data.model import Wave
from survey.house import house
from survey.invitations import form_address
from survey.screens.places import link
from survey.settings import public_url
from survey.tables import link_table
from survey.wording import Wording


def show_links(say: Wording, wave: Wave) -> None:
    """The open link with its QR code, and one for each department."""
    origin = public_url() or _origin()
    everyone, *departments = house().store.invitations.of(wave)
    address = form_address(origin, everyone.code)
    st.header(say("wave.link"))
    st.write(say("wave.link_text"))
    if urlsplit(origin).hostname in {"localhost", "127.0.0.1", "::1"}:
        st.warning(say("wave.link_local"))
    code, text = st.columns([1, 4])
    code.html(f'<img src="{_qr(address)}" alt="{say("wave.qr")}" width="168" height="168">')
    with text:
        st.code(address, language=None)
        st.link_button(say("wave.link_try"), address)
        with st.container(key="step_answer"):
            link(say, "answer", say("wave.link_screen"), wave=wave.code)
    if departments:
        with st.expander(say("wave.department_links")):
            st.write(say("wave.department_links_text"))
            links = {
                " / ".join(i.department.path): form_address(origin, i.code)
                for i in departments
                if i.department
            }
            st.html(link_table(say, links))


def _qr(address: str) -> str:
    """The QR code as a data address, dark on white in dark mode too."""
    return segno.make(address, error="m").svg_data_uri(scale=6, border=4, light="white")


def _origin() -> str:
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}"
