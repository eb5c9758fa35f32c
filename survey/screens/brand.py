"""An organisation's name, logo and accent on a screen, and its own words as plain text."""

import streamlit as st
from markupsafe import escape

from data.model import Organisation
from survey.colours import accent_of

_ACCENTED = """<style>
[data-testid="stMain"] {{--accent: light-dark({light}, {dark})}}
[data-testid="stMain"] a {{color: var(--accent)}}
[data-testid="stMain"] button[kind="primaryFormSubmit"],
[data-testid="stRadioOption"][data-selected="true"] > div > div:first-child {{
  background: var(--accent); border-color: var(--accent); color: light-dark(#ffffff, #06252c)
}}
[data-testid="stRadioOption"][data-selected="true"] > div > div:first-child > div {{
  background: light-dark(#ffffff, #06252c)
}}
</style>"""


def heading_of(organisation: Organisation, code: str) -> None:
    """The name with its logo, as above an employee's form. `code`: of a wave of it."""
    name = escape(organisation.name)
    st.html(f'<p class="of">{_logo(organisation, code)}<span>{name}</span></p>')


def logo_of(organisation: Organisation, code: str) -> None:
    """Its logo where it has one, above a heading that names it."""
    if organisation.logo:
        st.html(_logo(organisation, code), width="content")


def accented(organisation: Organisation) -> None:
    """Its accent on the buttons and links of this screen, where it has one."""
    if organisation.profile.accent:
        accent = accent_of(organisation.profile.accent)
        st.html(_ACCENTED.format(light=accent.light, dark=accent.dark))


def own_words(text: str) -> None:
    """What an organisation wrote, with its lines and as nothing but text."""
    st.html(f'<p class="own">{escape(text)}</p>')


def _logo(organisation: Organisation, code: str) -> str:
    if organisation.logo is None:
        return ""
    address = f"/q/{escape(code)}/logo?v={escape(organisation.logo)}"
    return f'<img class="logo" src="{address}" alt="" height="40">'
