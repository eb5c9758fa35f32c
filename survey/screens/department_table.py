"""The tree as a table to edit; what changes is shown before it is saved.

Streamlit keeps what was typed as changes to the table as it was first shown. So
that is remembered with it, and every save says which tree the person saw.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from data.accounts import Account
from data.errors import Conflict, ImportProblem, Problem
from data.model import Department, Organisation
from data.rebasing import rebased
from data.tree import ChangeKind, Entry, changes, entries
from data.typed_tree import edited, read_typed, unused_separator
from survey.changes import change_table
from survey.departments import save
from survey.house import house
from survey.screens.frame import show_problem
from survey.wording import LANGUAGES, Wording, wording

SAVED = "departments_saved"
"""Where a save leaves word for the next time the screen is drawn."""

_FEW_ROWS = 12
_HIGH = 520


@dataclass(frozen=True, slots=True)
class _Draft:
    """The tree that the person saw, and what the table showed at first."""

    seen: tuple[Department, ...]
    shown: tuple[Entry, ...]
    version: int

    @property
    def touched_before(self) -> bool:
        """Whether the table began with changes that are not saved."""
        return self.shown != entries(self.seen)


def edit(say: Wording, account: Account, organisation: Organisation) -> None:
    """The table, what it would change, and the button that does."""
    now = house().store.organisations.departments(organisation)
    draft = _draft(organisation, now)
    separator = unused_separator(draft.shown, organisation.separator)
    st.caption(say("departments.table_how", separator=separator))
    _table(say, organisation, draft, separator)
    try:
        wanted = _typed(organisation, draft, separator)
    except ImportProblem as problem:
        show_problem(say, problem)
        wanted = None
    if now != draft.seen:
        _meanwhile(say, organisation, draft, wanted, now)
    elif wanted is not None:
        _offer(say, account, organisation, draft, wanted)


def _table(say: Wording, organisation: Organisation, draft: _Draft, separator: str) -> None:
    words: dict[bool | None, str] = {True: say("departments.yes"), False: say("departments.no")}
    st.data_editor(
        {
            "path": _column(f" {separator} ".join(entry.path) for entry in draft.shown),
            "headcount": _column(entry.headcount for entry in draft.shown),
            "contact": _column(words.get(entry.contact) for entry in draft.shown),
        },
        key=_key(organisation, draft),
        num_rows="dynamic",
        hide_index=True,
        placeholder="–",
        height="content" if len(draft.shown) <= _FEW_ROWS else _HIGH,
        column_config={
            "path": st.column_config.TextColumn(say("setup.column_department"), width=180),
            "headcount": st.column_config.NumberColumn(
                say("setup.column_headcount"), min_value=0, step=1, width=95
            ),
            "contact": st.column_config.SelectboxColumn(
                say("departments.contact"), options=list(words.values()), width=110
            ),
        },
    )


def _column(values: Iterable[object]) -> "np.ndarray[Any, np.dtype[np.object_]]":
    """A column that may be empty or lack values without becoming one of fractions."""
    return np.array(list(values), dtype=object)


def _typed(organisation: Organisation, draft: _Draft, separator: str) -> tuple[Entry, ...]:
    """The tree as it stands in the table. `ImportProblem`."""
    said: dict[str, bool] = {}
    for spoken in map(wording, LANGUAGES):  # The language may change while a person types.
        said |= {spoken("departments.yes"): True, spoken("departments.no"): False}
    state: Mapping[str, Any] = st.session_state[_key(organisation, draft)]

    def cells(row: Mapping[str, Any]) -> dict[str, Any]:
        found = {name: value for name, value in row.items() if not name.startswith("_")}
        if "contact" in found:
            found["contact"] = said.get(found["contact"])
        if found.get("headcount") is not None:
            found["headcount"] = int(found["headcount"])
        return found

    return read_typed(
        draft.shown,
        edited(
            draft.shown,
            separator,
            {int(row): cells(changed) for row, changed in state["edited_rows"].items()},
            [cells(row) for row in state["added_rows"]],
            state["deleted_rows"],
        ),
    )


def _offer(
    say: Wording,
    account: Account,
    organisation: Organisation,
    draft: _Draft,
    wanted: tuple[Entry, ...],
) -> None:
    """What changes, and to save it."""
    found = changes(draft.seen, wanted)
    if not found:
        return
    st.header(say("departments.changes"))
    st.html(change_table(say, found))
    if any(change.kind is ChangeKind.REMOVED for change in found):
        st.warning(say("departments.removed_means"))
    with st.container(horizontal=True):
        if st.button(say("departments.save"), type="primary", key="departments_save"):
            _save(say, account, organisation, draft, wanted)
        if st.button(say("departments.discard"), key="departments_discard"):
            _begin(organisation, draft.seen, draft.version + 1)
            st.rerun()


def _save(
    say: Wording,
    account: Account,
    organisation: Organisation,
    draft: _Draft,
    wanted: tuple[Entry, ...],
) -> None:
    try:
        tree = save(house().store, account, organisation, draft.seen, wanted)
    except Conflict:
        # Drawn anew, the screen says what the other person changed.
        st.rerun()
    except Problem as problem:
        show_problem(say, problem)
        return
    _begin(organisation, tree, draft.version + 1)
    st.session_state[SAVED] = True
    st.rerun()


def _meanwhile(
    say: Wording,
    organisation: Organisation,
    draft: _Draft,
    wanted: tuple[Entry, ...] | None,
    now: tuple[Department, ...],
) -> None:
    """Somebody else saved another tree: what they changed, and how to go on without losing it."""
    st.warning(say("departments.conflict"))
    st.html(change_table(say, changes(draft.seen, entries(now))))
    with st.container(horizontal=True):
        if st.button(say("departments.both"), type="primary", disabled=wanted is None):
            both = rebased(draft.seen, wanted or (), now)
            _begin(organisation, now, draft.version + 1, both)
            st.rerun()
        if st.button(say("departments.theirs")):
            _begin(organisation, now, draft.version + 1)
            st.rerun()


def _draft(organisation: Organisation, now: tuple[Department, ...]) -> _Draft:
    """What the person is working on; begun anew with the tree as it is while nothing is typed."""
    draft = st.session_state.get(_name(organisation))
    if not isinstance(draft, _Draft):
        return _begin(organisation, now, 0)
    typed = st.session_state.get(_key(organisation, draft)) or {}
    if draft.seen != now and not draft.touched_before and not any(typed.values()):
        return _begin(organisation, now, draft.version + 1)
    return draft


def _begin(
    organisation: Organisation,
    seen: tuple[Department, ...],
    version: int,
    shown: tuple[Entry, ...] | None = None,
) -> _Draft:
    draft = _Draft(seen, entries(seen) if shown is None else shown, version)
    st.session_state[_name(organisation)] = draft
    return draft


def _name(organisation: Organisation) -> str:
    return f"departments_{organisation.id}"


def _key(organisation: Organisation, draft: _Draft) -> str:
    return f"departments_{organisation.id}_{draft.version}"
