"""Setting up an organisation: name it, list its departments, open a wave."""

from datetime import timedelta

import streamlit as st

from data.accounts import Account
from data.departments import Headcounts, is_heading, read_departments
from data.errors import Problem
from data.model import DEFAULT_SMALLEST_GROUP
from data.uploads import read_upload
from survey import running
from survey.house import house
from survey.running import Extent
from survey.screens.frame import escaped, show_problem
from survey.screens.guard import guarded
from survey.screens.places import go
from survey.screens.today import today
from survey.wording import Wording

_SEPARATOR = "/"
# Streamlit's file uploader speaks English only: what it says is replaced.
_UPLOADER_SPEAKS = """<style>
[data-testid="stFileUploaderDropzone"] button p {font-size: 0}
[data-testid="stFileUploaderDropzone"] button p::after {content: "%s"; font-size: 1rem}
[data-testid="stFileUploaderDropzoneInstructions"] {display: none}
</style>"""
_UNTIL_RESULTS = timedelta(weeks=4)


@guarded
def show(say: Wording, _: Account) -> None:
    """One page, from the name to the open wave."""
    st.title(say("setup.title"))
    st.write(say("setup.intro"))
    name = st.text_input(say("setup.name"), max_chars=running.LONGEST_TITLE)
    headcounts = _departments(say)
    st.header(say("setup.wave"))
    title = st.text_input(
        say("setup.wave_title"),
        value=say("setup.wave_default", year=str(today().year)),
        max_chars=running.LONGEST_TITLE,
    )
    results_on = st.date_input(
        say("setup.results_on"),
        value=today() + _UNTIL_RESULTS,
        min_value=today(),
        format="DD.MM.YYYY",
    )
    smallest = st.number_input(
        say("setup.smallest"), 5, 20, DEFAULT_SMALLEST_GROUP, help=say("setup.smallest_help")
    )
    position, contact = _groups(say)
    st.info(say("setup.asks"))
    if st.button(say("setup.create"), type="primary", disabled=headcounts is None):
        settings = running.short_form(
            title, smallest, results_on, position=position, contact=contact
        )
        try:
            wave = running.set_up(house().store, name, headcounts or {}, settings, today())
        except Problem as problem:
            show_problem(say, problem)
        else:
            go(say, "wave", wave=wave.code)


def _groups(say: Wording) -> tuple[Extent, Extent]:
    """For whom position and contact are published."""
    st.subheader(say("setup.groups"))
    st.write(say("setup.groups_text"))
    names = {
        Extent.ORGANISATION: say("setup.pair_organisation"),
        Extent.DIVISIONS: say("setup.pair_divisions"),
        Extent.NONE: say("setup.pair_none"),
    }
    position, contact = (
        st.radio(say(key), list(names), format_func=names.__getitem__, key=key, horizontal=True)
        for key in ("setup.position", "setup.contact")
    )
    return position, contact


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
