"""The form of a measure: what the person saw, what they typed, and saving it.

What is typed stays on an error, and when somebody else was faster.
"""

from dataclasses import replace
from datetime import date

import streamlit as st

from data.accounts import Account
from data.errors import Conflict, MeasureProblem, NotFound, Problem
from data.measures import LONGEST_RESPONSIBLE, LONGEST_WHAT, Measure, MeasureState, Plan
from data.model import DepartmentPath, Organisation, Wave
from survey import measures
from survey.house import house
from survey.measure_card import department_name, dimension_title
from survey.measure_subjects import Subjects, subjects
from survey.measures import TypedPlan, state_name
from survey.screens.frame import escaped, show_problem
from survey.screens.measure_forms import Entry, close, keep, tell, typed_in, typed_of
from survey.screens.today import today
from survey.wording import Wording

_WIDTH = 720


def form(say: Wording, account: Account, entry: Entry, now: Measure | None) -> None:
    """The fields with their buttons. `now`: the changed measure as it is kept, None if gone."""
    about = subjects(house().store, entry.occasion)
    if entry.seen and now and not typed_in(entry):
        # They have been elsewhere since: nothing that they typed is left.
        entry = keep(replace(entry, shown=typed_of(now.plan), seen=now))
    if entry.seen:
        _meanwhile(say, about, entry, now)
    with st.form(entry.name, enter_to_submit=False, border=now is None, width=_WIDTH):
        typed = _fields(say, about, entry)
        if about.everybody_reads:
            st.caption(say("measure.everybody_sees"))
        with st.container(horizontal=True):
            save = st.form_submit_button(say("measure.save"), type="primary")
            cancel = st.form_submit_button(say("measure.cancel"))
        if save:
            _save(say, account, entry, typed)
        if cancel:
            close(entry)


def _fields(say: Wording, about: Subjects, entry: Entry) -> TypedPlan:
    shown = entry.shown
    what = st.text_area(
        say("measure.what"),
        shown.what,
        placeholder=say("measure.what_example"),
        max_chars=LONGEST_WHAT,
        key=entry.key("what"),
    )
    dimension = _dimension(say, about, entry)
    path = _department(say, about, entry)
    responsible = st.text_input(
        say("measure.role"),
        shown.responsible,
        max_chars=LONGEST_RESPONSIBLE,
        placeholder=say("measure.role_example"),
        key=entry.key("responsible"),
    )
    due: date | None = st.date_input(
        say("measure.due"), shown.due, format="DD.MM.YYYY", key=entry.key("due")
    )
    state = _state(say, entry) if entry.seen else shown.state
    return TypedPlan(path, dimension, what, responsible, due, state)


def _dimension(say: Wording, about: Subjects, entry: Entry) -> str:
    ids = [dimension.id for dimension in about.dimensions]
    chosen = st.selectbox(
        say("measure.dimension"),
        ids,
        index=ids.index(entry.shown.dimension) if entry.shown.dimension in ids else None,
        format_func=lambda one: dimension_title(say, about.dimensions, one),
        placeholder=say("measure.choose"),
        key=entry.key("dimension"),
    )
    return chosen or ""


def _department(say: Wording, about: Subjects, entry: Entry) -> DepartmentPath:
    # Without a wave nothing keeps the tree: the place of what was agreed may be gone.
    own = [entry.shown.path] if entry.seen else []
    paths: list[DepartmentPath] = [*dict.fromkeys([(), *about.paths, *own])]
    return st.selectbox(
        say("measure.department"),
        paths,
        index=paths.index(entry.shown.path) if entry.shown.path in paths else 0,
        format_func=lambda path: " / ".join(path) or say("group.organisation"),
        key=entry.key("path"),
    )


def _state(say: Wording, entry: Entry) -> MeasureState:
    states = list(MeasureState)
    return st.radio(
        say("measure.state"),
        states,
        index=states.index(entry.shown.state),
        format_func=lambda state: state_name(say, state),
        horizontal=True,
        key=entry.key("state"),
    )


def _meanwhile(say: Wording, about: Subjects, entry: Entry, now: Measure | None) -> None:
    """What somebody else changed meanwhile is told, not taken over."""
    if now == entry.seen:
        return
    if now is None:
        st.warning(say("measure.gone_meanwhile"))
        return
    before = {} if entry.seen is None else _lines(say, about, entry.seen.plan)
    after = _lines(say, about, now.plan)
    text = "\n".join(
        f"- {escaped(say('editing.other_line', setting=n, before=before.get(n, ''), after=value))}"
        for n, value in after.items()
        if before.get(n) != value
    )
    st.warning(f"**{say('editing.other_title')}**\n\n{text}\n\n{say('expectations.other_how')}")
    with st.container(horizontal=True):
        if st.button(say("editing.mine"), key=f"{entry.name}_mine"):
            keep(replace(entry, seen=now))
            st.rerun()
        if st.button(say("editing.theirs"), key=f"{entry.name}_theirs"):
            keep(replace(entry, shown=typed_of(now.plan), seen=now, turn=entry.turn + 1))
            st.rerun()


def _lines(say: Wording, about: Subjects, plan: Plan) -> dict[str, str]:
    """The fields of a plan by their labels, as they are told in one line each."""
    return {
        say("measure.what"): " ".join(plan.what.split()),
        say("measure.dimension"): dimension_title(say, about.dimensions, plan.dimension),
        say("measure.department"): department_name(say, plan),
        say("measure.responsible"): plan.responsible,
        say("measure.due"): say.day(plan.due),
        say("measure.state"): state_name(say, plan.state),
    }


def _save(say: Wording, account: Account, entry: Entry, typed: TypedPlan) -> None:
    """Keep all of what is typed, or nothing."""
    try:
        _keep(account, entry, typed)
    except MeasureProblem as problem:
        _show(say, problem)
    except Conflict:
        st.rerun()  # what the other person saved is shown then, above what is typed
    except Problem as problem:
        show_problem(say, problem)
    else:
        tell("saved")
        close(entry)


def _keep(account: Account, entry: Entry, typed: TypedPlan) -> None:
    """Change what was seen; where that is gone, or there was none, agree on a new one."""
    store, occasion = house().store, entry.occasion
    firm = occasion if isinstance(occasion, Organisation) else occasion.organisation
    kept = {measure.id for measure in store.measures.of(firm)}
    if entry.seen and entry.seen.id in kept:
        measures.change(store, account, entry.seen, typed)
    elif isinstance(occasion, Organisation):
        raise NotFound("conflict.measure_gone")
    elif isinstance(occasion, Wave):
        measures.add(store, account, occasion, typed, today())
    else:
        measures.agree(store, account, occasion, typed, today())


def _show(say: Wording, problem: MeasureProblem) -> None:
    """Every field that lacks something, by its label."""
    labels = {
        "what": say("measure.what"),
        "dimension": say("measure.dimension"),
        "path": say("measure.department"),
        "responsible": say("measure.role"),
        "due": say("measure.due"),
    }
    lines = [
        f"- **{labels[str(one.values['field'])]}**: {escaped(say.problem(one))}"
        for one in problem.findings
    ]
    st.error("\n".join((say("error.measure_incomplete"), "", *lines)))
