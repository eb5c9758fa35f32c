"""Departments read from a list: a file or what is pasted; what changes is shown first."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import streamlit as st

from data.accounts import Account
from data.department_columns import Field, Layout, find_layout
from data.department_lists import Reading, read_list
from data.errors import Conflict, Problem
from data.model import Department, Organisation
from data.tables import Row
from data.tree import ChangeKind, Entry, changes, entries, merged
from data.uploads import LARGEST_FILE, read_upload
from survey.changes import change_table
from survey.departments import save
from survey.house import house
from survey.screens.department_table import SAVED
from survey.screens.frame import escaped, show_problem
from survey.wording import Wording

# Streamlit's file uploader speaks English only: what it says is replaced.
_UPLOADER_SPEAKS = """<style>
[data-testid="stFileUploaderDropzone"] button p {font-size: 0}
[data-testid="stFileUploaderDropzone"] button p::after {content: "%s"; font-size: 1rem}
[data-testid="stFileUploaderDropzoneInstructions"] {display: none}
</style>"""
_FEW_ROWS = 20
_SEEN = "department_import_seen"
_ROUND = "department_import_round"

_FIELDS = {
    Field.PATH: "departments.field_path",
    Field.ID: "departments.field_id",
    Field.PARENT: "departments.field_parent",
    Field.NAME: "departments.field_name",
    Field.HEADCOUNT: "departments.field_headcount",
    Field.CONTACT: "departments.field_contact",
}


def read(say: Wording, account: Account, organisation: Organisation) -> None:
    """From the list to the tree, in one column of steps."""
    now = house().store.organisations.departments(organisation)
    seen = st.session_state.get(_SEEN)
    try:
        rows = _rows(say)
        if rows:
            _take(say, account, organisation, rows, now, seen)
    except Problem as problem:
        show_problem(say, problem)
    st.session_state[_SEEN] = now


def _rows(say: Wording) -> tuple[Row, ...]:
    """What was pasted or uploaded; nothing yet where neither was."""
    st.write(say("departments.list_how"))
    with st.expander(say("departments.examples")):
        st.code(say("departments.example_paths"), language=None)
        st.code(say("departments.example_ids"), language=None)
    turn = st.session_state.get(_ROUND, 0)
    pasted = st.text_area(
        say("setup.paste"),
        placeholder=say("setup.paste_example"),
        height=160,
        key=f"departments_pasted_{turn}",
    )
    st.html(_UPLOADER_SPEAKS % say("setup.choose_file"))
    uploaded = st.file_uploader(
        say("departments.upload", most=LARGEST_FILE // 2**20),
        type=["csv", "txt", "xlsx"],
        key=f"departments_file_{turn}",
    )
    if uploaded:
        return read_upload(uploaded.name, uploaded.getvalue())
    return read_upload(f"{say('setup.paste')}.txt", pasted.encode()) if pasted.strip() else ()


def _take(
    say: Wording,
    account: Account,
    organisation: Organisation,
    rows: Sequence[Row],
    now: tuple[Department, ...],
    seen: tuple[Department, ...] | None,
) -> None:
    layout, separator = _columns(say, organisation, rows)
    ways = {False: say("departments.add"), True: say("departments.replace")}
    whole = bool(
        st.radio(say("departments.way"), list(ways), format_func=ways.__getitem__) if now else False
    )
    known = {} if whole else {d.path: d.headcount for d in now}
    reading = read_list(rows, layout, separator, known)
    wanted = merged(now, reading.entries, whole=whole)
    found = changes(now, wanted)
    st.success(say.count("setup.departments_read", len(reading.entries)))
    if layout.heading:
        st.caption(say("setup.heading_read", heading=escaped(" · ".join(rows[0].cells)[:200])))
    if not found:
        st.info(say("departments.no_changes"))
        return
    st.header(say("departments.changes"))
    st.html(change_table(say, found))
    if any(change.kind is ChangeKind.REMOVED for change in found):
        st.warning(say("departments.removed_means"))
    ready = _without_headcount(say, reading)
    if st.button(say("departments.save"), type="primary", disabled=not ready):
        _save(say, account, organisation, wanted, now, seen)


def _columns(say: Wording, organisation: Organisation, rows: Sequence[Row]) -> tuple[Layout, str]:
    """What each column is: as recognised, until the person says otherwise."""
    guess = find_layout(rows[0])
    mark = sha256(repr(rows[0].cells).encode()).hexdigest()[:12]
    with st.expander(say("departments.columns"), expanded=not guess.usable):
        heading = st.checkbox(
            say("departments.heading"), value=guess.heading, key=f"heading_{mark}"
        )
        columns: dict[Field, int] = {}
        for field, key in _FIELDS.items():
            chosen = _column(say(key), rows[0], guess.columns, field, mark)
            if chosen is not None:
                columns[field] = chosen
        separator = st.text_input(
            say("departments.separator"), value=organisation.separator, max_chars=3
        )
    return Layout(columns, heading=heading), separator.strip()


def _column(
    label: str, first: Row, guess: Mapping[Field, int], field: Field, mark: str
) -> int | None:
    names: dict[int | None, str] = {None: "–"}
    names |= {i: f"{i + 1}: {cell.strip()[:40]}" for i, cell in enumerate(first.cells)}
    return st.selectbox(
        label,
        list(names),
        index=list(names).index(guess.get(field)),
        format_func=names.__getitem__,
        key=f"column_{field}_{mark}",
    )


def _without_headcount(say: Wording, reading: Reading) -> bool:
    """Whether to go on: departments without a headcount are taken only knowingly."""
    if not reading.without:
        return True
    few = [str(row) for row in reading.without[:_FEW_ROWS]]
    rows = ", ".join(few) + (" …" if len(reading.without) > _FEW_ROWS else "")
    told = say.count("departments.without_headcount", len(reading.without))
    st.warning(f"{told} {say('departments.rows', rows=rows)}")
    return st.checkbox(say("departments.without_headcount_yes"))


def _save(
    say: Wording,
    account: Account,
    organisation: Organisation,
    wanted: tuple[Entry, ...],
    now: tuple[Department, ...],
    seen: tuple[Department, ...] | None,
) -> None:
    """Save what was shown when the button was pressed, and nothing else."""
    if seen is not None and seen != now:
        st.warning(say("departments.import_conflict"))
        st.html(change_table(say, changes(seen, entries(now))))
        return
    try:
        save(house().store, account, organisation, now, wanted)
    except Conflict:
        st.warning(say("departments.import_conflict"))
        return
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[SAVED] = True
    st.rerun()
