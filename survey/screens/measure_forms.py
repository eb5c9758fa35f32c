"""The open forms of measures: what the session remembers of them, and what was just done."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from data.measures import Measure, Plan
from data.model import Organisation
from survey.measure_subjects import Occasion
from survey.measures import TypedPlan
from survey.wording import Wording

NEW, DIMENSION = "new", "dimension"
"""What opens a form by the address, and what it is about."""

_FORMS = "measure_forms"
_SAID = "measure_said"
"""What session_state holds: the open forms by their names, and what was just done."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An open form. `name`: what it is called in the session.

    `occasion`: what is agreed on here is agreed after this wave, or in this workshop. The
    organisation: what it was agreed in is gone.
    `shown`: what its fields began with. `seen`: the measure that is changed, as the
    person saw it; None for a new one. `turn`: how often its fields began anew.
    `asked`: whether the address opened it.
    """

    name: str
    occasion: Occasion
    shown: TypedPlan
    seen: Measure | None = None
    turn: int = 0
    asked: bool = False

    def key(self, field: str) -> str:
        """The name of a field's value in the session."""
        return f"{self.name}_{self.turn}_{field}"


def begin(entry: Entry) -> Entry:
    """Open a form, or go on with it where it is open already."""
    forms: dict[str, Entry] = st.session_state.setdefault(_FORMS, {})
    return forms.setdefault(entry.name, entry)


def changing(occasion: Occasion, seen: Measure) -> Entry:
    """The form that changes a measure."""
    return Entry(f"measure_{seen.id}", occasion, typed_of(seen.plan), seen)


def open_form(name: str) -> Entry | None:
    """The form of this name, if it is open."""
    forms: dict[str, Entry] = st.session_state.get(_FORMS, {})
    return forms.get(name)


def begun(code: str) -> tuple[Entry, ...]:
    """The open forms of the wave or workshop of this code."""
    forms: dict[str, Entry] = st.session_state.get(_FORMS, {})
    return tuple(
        entry
        for entry in forms.values()
        if not isinstance(entry.occasion, Organisation) and entry.occasion.code == code
    )


def left_alone(organisation: Organisation, kept: Iterable[Measure]) -> tuple[Entry, ...]:
    """The open forms whose measure somebody else has removed, with what is typed in them."""
    there = {measure.id for measure in kept}
    forms: dict[str, Entry] = st.session_state.get(_FORMS, {})
    return tuple(
        entry
        for entry in forms.values()
        if entry.seen and entry.seen.organisation == organisation.id
        if entry.seen.id not in there and typed_in(entry)
    )


def typed_of(plan: Plan) -> TypedPlan:
    """A plan as it stands in the fields."""
    return TypedPlan(plan.path, plan.dimension, plan.what, plan.responsible, plan.due, plan.state)


def said(say: Wording) -> None:
    """What was just done, once."""
    key = st.session_state.pop(_SAID, None)
    if key == "saved":
        st.toast(say("measure.saved"))
    elif key == "removed":
        st.toast(say("measure.removed"))


def tell(what: str) -> None:
    """Say at the next run that a measure was "saved" or "removed"."""
    st.session_state[_SAID] = what


def typed_in(entry: Entry) -> bool:
    """Whether the fields of a form were there when this run began, with what is typed in them."""
    return entry.key("what") in st.session_state


def keep(entry: Entry) -> Entry:
    """Go on with a form as it is now."""
    st.session_state[_FORMS][entry.name] = entry
    return entry


def close(entry: Entry) -> None:
    """The form is not wanted any more; where the address opened it, not by that either."""
    st.session_state.get(_FORMS, {}).pop(entry.name, None)
    for name in (NEW, DIMENSION) if entry.asked else ():
        if name in st.query_params:
            del st.query_params[name]
    st.rerun()
