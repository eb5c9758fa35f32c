"""Setting up an organisation: name it, list its departments, go on to its first wave's draft."""

import streamlit as st

from data.accounts import Account
from data.departments import Headcounts, is_heading, read_departments
from data.errors import Problem
from data.model import Address, Profile
from data.schedule import LONGEST_TITLE
from data.uploads import read_upload
from survey import drafting
from survey.house import house
from survey.screens.frame import escaped, show_problem
from survey.screens.guard import guarded
from survey.screens.places import go
from survey.screens.today import today
from survey.wording import LANGUAGES, Wording, wording

_SEPARATOR = "/"
# Streamlit's file uploader speaks English only: what it says is replaced.
_UPLOADER_SPEAKS = """<style>
[data-testid="stFileUploaderDropzone"] button p {font-size: 0}
[data-testid="stFileUploaderDropzone"] button p::after {content: "%s"; font-size: 1rem}
[data-testid="stFileUploaderDropzoneInstructions"] {display: none}
</style>"""


@guarded
def show(say: Wording, account: Account) -> None:
    """One page, from the name to a draft; nothing opens here."""
    st.title(say("setup.title"))
    st.write(say("setup.intro"))
    name = st.text_input(say("setup.name"), max_chars=LONGEST_TITLE)
    profile = _profile(say)
    headcounts = _departments(say)
    if st.button(say("setup.create"), type="primary", disabled=headcounts is None):
        title = say("setup.wave_default", year=str(today().year))
        try:
            wave = drafting.found(house().store, name, profile, headcounts or {}, title, account)
        except Problem as problem:
            show_problem(say, problem)
        else:
            go(say, "wave", wave=wave.code)


def _profile(say: Wording) -> Profile:
    """How the organisation speaks to its people; all of it can be changed later."""
    with st.expander(say("setup.speech")):
        language = st.radio(
            say("setup.language"),
            LANGUAGES,
            format_func=lambda one: wording(one)("language.name"),
            horizontal=True,
        )
        names = {Address.SIE: say("setup.sie"), Address.DU: say("setup.du")}
        address = st.radio(
            say("setup.address"), list(names), format_func=names.__getitem__, horizontal=True
        )
    return Profile(language=language, address=address)


def _departments(say: Wording) -> Headcounts | None:
    """The list as read so far; None while something in it is wrong."""
    st.header(say("setup.departments"))
    st.write(say("setup.departments_how"))
    pasted = st.text_area(say("setup.paste"), placeholder=say("setup.paste_example"), height=180)
    st.html(_UPLOADER_SPEAKS % say("setup.choose_file"))
    uploaded = st.file_uploader(say("setup.upload"), type=["csv", "txt", "xlsx"])
    if not uploaded and not pasted.strip():
        st.caption(say("setup.departments_none"))
        return {}
    try:
        if uploaded:
            rows = read_upload(uploaded.name, uploaded.getvalue())
        else:
            rows = read_upload(f"{say('setup.paste')}.txt", pasted.encode())
        headcounts = read_departments(rows, _SEPARATOR)
    except Problem as problem:
        show_problem(say, problem)
        return None
    if is_heading(rows[0]):
        st.info(say("setup.heading_read", heading=escaped(" · ".join(rows[0].cells))))
    if not headcounts:
        return None
    st.success(say.count("setup.departments_read", len(headcounts)))
    st.dataframe(
        {
            say("setup.column_department"): [" / ".join(path) for path in headcounts],
            say("setup.column_headcount"): list(headcounts.values()),
        },
        hide_index=True,
        height="content" if len(headcounts) <= 12 else 420,
    )
    return headcounts
