"""An organisation's name and logo on a screen, and its own words as plain text."""

import streamlit as st
from markupsafe import escape

from data.model import Organisation


def heading_of(organisation: Organisation, code: str) -> None:
    """The name with its logo, as above an employee's form. `code`: of a wave of it."""
    name = escape(organisation.name)
    st.html(f'<p class="of">{_logo(organisation, code)}<span>{name}</span></p>')


def logo_of(organisation: Organisation, code: str) -> None:
    """Its logo where it has one, above a heading that names it."""
    if organisation.logo:
        st.html(_logo(organisation, code))


def own_words(text: str) -> None:
    """What an organisation wrote, with its lines and as nothing but text."""
    st.html(f'<p class="own">{escape(text)}</p>')


def _logo(organisation: Organisation, code: str) -> str:
    if organisation.logo is None:
        return ""
    address = f"/q/{escape(code)}/logo?v={escape(organisation.logo)}"
    return f'<img class="logo" src="{address}" alt="" height="40">'
