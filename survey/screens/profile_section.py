"""An organisation's profile on a screen: fields, preview, and saving without losing anybody's."""

import hashlib
from dataclasses import dataclass, replace

import streamlit as st

from data.accounts import Account
from data.errors import Conflict, Problem, SetUpProblem
from data.model import Organisation
from survey.colours import HOUSE_ACCENT, accent_of
from survey.form_head import form_head
from survey.house import house
from survey.profiles import change_profile, changed_fields, merged
from survey.screens import profile_fields
from survey.screens.frame import escaped, show_problem
from survey.wording import Wording

_EDITING = "organisation_editing"
_SHORT = 60


@dataclass(frozen=True, slots=True)
class _Editing:
    """What somebody edits: as they saw it, and what the fields begin with.

    `said`: what came of saving. `fresh`: on its way to the screen, not yet shown.
    """

    seen: Organisation
    begun: Organisation
    said: str = ""
    conflict: bool = False
    fresh: bool = False

    @property
    def key(self) -> str:
        """Ends the fields' keys: fields begin anew where they begin with something else.

        A browser that comes back to a restarted server thus keeps what was typed only if
        nobody changed the organisation meanwhile; so nothing is overwritten unseen.
        """
        return hashlib.sha256(repr((self.seen, self.begun)).encode()).hexdigest()[:16]


def show(say: Wording, account: Account, now: Organisation, logo: bytes | None) -> None:
    """Every field, what they look like, and one button for all."""
    editing = _editing(now)
    typed = profile_fields.show(say, editing.begun, editing.key)
    _preview(say, typed, logo)
    if editing.said and (editing.conflict or editing.fresh):
        (st.warning if editing.conflict else st.success)(editing.said)
    if st.button(say("organisation.save"), type="primary"):
        _save(say, account, editing, typed)


def _editing(now: Organisation) -> _Editing:
    """What was begun on this page; begun anew for whoever just came."""
    kept: _Editing | None = st.session_state.get(_EDITING)
    same = kept is not None and kept.seen.id == now.id
    if kept is None or not same or not (kept.fresh or profile_fields.drawn(kept.key)):
        kept = _Editing(now, now)
    st.session_state[_EDITING] = replace(kept, fresh=False)
    return kept


def _save(say: Wording, account: Account, editing: _Editing, typed: Organisation) -> None:
    try:
        saved = change_profile(house().store, account, editing.seen, typed.name, typed.profile)
        editing = _Editing(saved, saved, say("organisation.saved"), fresh=True)
    except Conflict:
        now = house().store.profiles.find(editing.seen.id)
        begun = merged(editing.seen, typed, now)
        said = _told(say, editing.seen, typed, now)
        editing = _Editing(now, begun, said, conflict=True, fresh=True)
    except Problem as problem:
        show_problem(say, problem)
        return
    st.session_state[_EDITING] = editing
    st.rerun()


def _told(say: Wording, seen: Organisation, typed: Organisation, now: Organisation) -> str:
    """What somebody else changed meanwhile, and what became of it here."""
    theirs, mine = changed_fields(seen, now), changed_fields(seen, typed)
    names = profile_fields.names(say)
    both = [f for f in names if f in theirs & mine & changed_fields(typed, now)]
    taken = [names[field] for field in names if field in theirs and field not in both]
    lines = [say("organisation.conflict")]
    if taken:
        lines.append(say("organisation.conflict_taken", fields=say.listed(taken)))
    lines += [
        say(
            "organisation.conflict_both",
            field=names[field],
            value=escaped(profile_fields.told(say, now, field)[:_SHORT]),
        )
        for field in both
    ]
    return "\n\n".join([*lines, say("organisation.conflict_next")])


def _preview(say: Wording, typed: Organisation, logo: bytes | None) -> None:
    st.header(say("organisation.preview"))
    try:
        accent = accent_of(typed.profile.accent)
    except SetUpProblem:
        accent = HOUSE_ACCENT
    st.html(form_head(say, typed, accent, logo))
