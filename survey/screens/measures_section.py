"""What was agreed after a wave and before it: a part of other screens."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.measures import Measure, MeasureState
from data.model import DepartmentPath, Wave
from data.store import Store
from data.workshops import Workshop
from survey import measures
from survey.house import house
from survey.measure_card import measure_card
from survey.measures import Agreed, TypedPlan, agreed, state_name
from survey.plain_text import one_line
from survey.results import Results
from survey.screens.frame import escaped, show_problem
from survey.screens.measure_form import form
from survey.screens.measure_forms import (
    DIMENSION,
    NEW,
    Entry,
    begin,
    changing,
    left_alone,
    open_form,
    said,
    tell,
)
from survey.screens.places import download_address, link
from survey.screens.results_view import Seen, results_for
from survey.screens.today import today
from survey.views.scene import asked_place, path_text

_FEW = 20
_TROUBLE = "measure_trouble"
_SHOWN = "measures_shown"
_TURN = "measure_turn"
"""What session_state holds: which measure could not be changed and why, until it is told; the
measures as they were shown; and how often somebody tapped a state."""


def show(seen: Seen, path: DepartmentPath | None = None) -> None:
    """The measures of this wave and of those before; `path`: of one department and those below."""
    say, store = seen.say, house().store
    said(say)
    kept = store.measures.of(seen.wave.organisation)
    found = [one for one in agreed(store, seen.wave, path or ()) if one.measures]
    st.header(say("measure.title"))
    _new(seen, path)
    for entry in left_alone(seen.wave.organisation, kept):
        form(say, seen.account, entry, None)
    _gone(seen, kept)
    if not found:
        st.info(_nothing(seen, path))
        return
    st.caption(say("measure.explained"))
    for one in found:
        _of_wave(seen, one)
    st.link_button(say("measure.download"), download_address(seen.wave, "measures.csv", say))


def _nothing(seen: Seen, path: DepartmentPath | None) -> str:
    """What to do where nothing is agreed."""
    if path:
        return seen.say("measure.none_here")
    listed = path is None and seen.results.priorities
    return seen.say("measure.none_of_list" if listed else "measure.none")


def asked_for(seen: Seen) -> bool:
    """The form that the address opens, as a link from a finding does; whether it does."""
    if seen.scene.asked.get(NEW) != "1":
        return False
    say = seen.say
    st.header(say("measure.new_title"))
    typed = _prefilled(seen, asked_place(seen.scene).path)
    name = f"measure_new_{seen.wave.code}_{'/'.join(typed.path)}_{typed.dimension}"
    form(say, seen.account, begin(Entry(name, seen.wave, typed, asked=True)), None)
    return True


def _prefilled(seen: Seen, path: DepartmentPath) -> TypedPlan:
    ids = [dimension.id for dimension in seen.results.dimensions]
    return TypedPlan(path, seen.scene.chosen(DIMENSION, ids, ""))


def _new(seen: Seen, path: DepartmentPath | None) -> None:
    """The way to a new measure; on a department's screen it leads to where they are agreed."""
    say, name = seen.say, f"measure_new_{seen.wave.code}"
    if path is not None:
        query = {"department": path_text(path)} if path else {}
        with st.container(key="step_measure"):
            link(say, "priorities", say("measure.new"), wave=seen.wave.code, new="1", **query)
        return
    entry = open_form(name)
    if entry:
        st.subheader(say("measure.new_title"))
        form(say, seen.account, entry, None)
    elif st.button(say("measure.new"), key="measure_new", type="primary"):
        begin(Entry(name, seen.wave, _prefilled(seen, asked_place(seen.scene).path)))
        st.rerun()


def _of_wave(seen: Seen, one: Agreed) -> None:
    """What was agreed after one wave: what is to be done, then what is done, folded."""
    say, wave = seen.say, one.wave
    if wave:
        st.subheader(say("measure.of_wave", wave=escaped(wave.title)))
    else:
        st.subheader(say("measure.of_no_wave"))
        st.caption(say("measure.of_no_wave_explained"))
    undone = [m for m in one.measures if m.plan.state is not MeasureState.DONE]
    done = [m for m in one.measures if m.plan.state is MeasureState.DONE]
    late = sum(measure.plan.overdue(today()) for measure in undone)
    if late:
        st.markdown(f"**{say.count('measure.late', late)}**")
    _cards(seen, wave, undone, "undone")
    if done:
        with st.expander(say.count("measure.done", len(done))):
            _cards(seen, wave, done, "done")


def _cards(seen: Seen, wave: Wave | None, listed: Sequence[Measure], name: str) -> None:
    then = results_for(wave) if wave else None
    if len(listed) > _FEW:
        label = seen.say("measure.all", number=len(listed))
        if not st.toggle(label, key=f"measures_{wave.code if wave else ''}_{name}"):
            listed = listed[:_FEW]
    for measure in listed:
        with st.container(border=True, key=f"measure_card_{measure.id}"):
            _card(seen, then, measure)


def _card(seen: Seen, then: Results | None, measure: Measure) -> None:
    say, workshop = seen.say, _workshops(seen).get(measure.workshop)
    asked = changing(then.wave if then else workshop or seen.wave.organisation, measure)
    entry = open_form(asked.name)
    if entry:
        form(say, seen.account, entry, measure)
        return
    before = _as_seen(measure)
    st.html(measure_card(say, measure, then, seen.results, today(), workshop))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _state(seen, before, measure)
        if st.button(say("measure.edit"), key=f"measure_{measure.id}_edit"):
            begin(asked)
            _as_seen_no_more(measure)
            st.rerun()
        _removal(seen, before)
    _trouble(seen, measure.id)


def _workshops(seen: Seen) -> Mapping[str, Workshop]:
    """The organisation's workshops by their codes; one that was deleted is not there."""
    return {one.code: one for one in house().store.workshops.of(seen.wave.organisation)}


def _as_seen(measure: Measure) -> Measure:
    """The measure as this person saw it before they did anything; from now on, as it is."""
    shown: dict[int, Measure] = st.session_state.setdefault(_SHOWN, {})
    before = shown.get(measure.id, measure)
    shown[measure.id] = measure
    return before


def _as_seen_no_more(measure: Measure) -> None:
    """What becomes of it is this person's own doing, or told by its form."""
    st.session_state.get(_SHOWN, {}).pop(measure.id, None)


def _state(seen: Seen, before: Measure, measure: Measure) -> None:
    """One tap says how far it is."""
    states, turn = list(MeasureState), st.session_state.get(_TURN, 0)
    chosen = st.radio(
        seen.say("measure.state"),
        states,
        index=states.index(before.plan.state),
        format_func=lambda state: state_name(seen.say, state),
        horizontal=True,
        key=f"measure_{measure.id}_{before.plan.state.value}_{turn}",
    )
    if chosen is not before.plan.state:
        # The next time it is another field, which begins with what is kept then.
        st.session_state[_TURN] = turn + 1
        change = partial(measures.set_state, state=chosen)
        _act(before, "saved", change, seen)
    if before.plan.state is not measure.plan.state:
        st.rerun()


def _act(
    measure: Measure, what: str, change: Callable[[Store, Account, Measure], object], seen: Seen
) -> None:
    """Change a measure, and say it or why it could not be at the next run."""
    try:
        change(house().store, seen.account, measure)
    except Problem as problem:
        st.session_state[_TROUBLE] = (measure.id, problem)
    else:
        _as_seen_no_more(measure)
        tell(what)
    st.rerun()


def _removal(seen: Seen, measure: Measure) -> None:
    say = seen.say
    with st.popover(say("measure.remove")):
        st.write(say("measure.remove_sure"))
        if st.button(say("measure.remove_yes"), key=f"measure_{measure.id}_remove", type="primary"):
            _act(measure, "removed", measures.remove, seen)


def _trouble(seen: Seen, number: int) -> None:
    """Why this measure could not be changed, once."""
    if st.session_state.get(_TROUBLE, (0, None))[0] == number:
        show_problem(seen.say, st.session_state.pop(_TROUBLE)[1])


def _gone(seen: Seen, kept: Sequence[Measure]) -> None:
    """What this person saw and somebody else has removed since, once."""
    shown: dict[int, Measure] = st.session_state.get(_SHOWN, {})
    there = {measure.id for measure in kept}
    for measure in tuple(shown.values()):
        if measure.organisation == seen.wave.organisation.id and measure.id not in there:
            del shown[measure.id]
            what = escaped(one_line(measure.plan.what))
            st.warning(seen.say("measure.gone", what=what))
