"""A new workshop: from a released wave or from nothing, its title, what it talks about."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.model import DEFAULT_SMALLEST_GROUP, Instrument, Organisation, Wave
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.schedule import LONGEST_TITLE
from data.workshops import Step, WorkshopPlan
from survey.house import house
from survey.releasing import released_waves
from survey.results import Results
from survey.screens.frame import escaped, show_problem
from survey.screens.places import go
from survey.screens.results_view import results_for
from survey.screens.workshop_agenda import how_long
from survey.wording import Wording
from survey.workshop import acts
from survey.workshop.agenda import PROPOSED, proposed, ranked, steps_after, steps_from_nothing
from survey.workshop.reasons import reason
from survey.workshop.words import dimension_name


def show(say: Wording, account: Account, organisation: Organisation, wanted: Wave | None) -> None:
    """The form. `wanted`: the wave that one came from."""
    st.header(say("workshop.new"))
    with st.container(width=736):
        wave = _source(say, account, organisation, wanted)
        title = st.text_input(
            say("workshop.title"),
            value=_suggested(say, wave),
            max_chars=LONGEST_TITLE,
            key=f"workshop_new_title_{wave.code if wave else ''}",
        )
        results = results_for(wave) if wave else None
        instrument = load_instrument(wave.settings.instrument if wave else FIVE_QUESTIONS)
        chosen = _dimensions(say, organisation, instrument, results)
        steps = _steps(instrument, results, chosen)
        smallest = _smallest(organisation, wave)
        st.markdown(f"**{how_long(say, steps)}**")
        st.markdown(say("workshop.smallest", smallest=smallest))
        if st.button(say("workshop.create"), type="primary", disabled=not chosen):
            plan = WorkshopPlan(title, steps, instrument.id, smallest)
            _create(say, account, organisation, wave, plan)


def _source(
    say: Wording, account: Account, organisation: Organisation, wanted: Wave | None
) -> Wave | None:
    """The released wave it starts from, None for nothing."""
    released = [
        wave
        for wave in released_waves(house().store, account)
        if wave.organisation.id == organisation.id
    ]
    options: list[Wave | None] = [*reversed(released), None]
    chosen: Wave | None = st.radio(
        say("workshop.from"),
        options,
        index=options.index(wanted) if wanted and wanted in options else 0,
        format_func=lambda wave: (
            say("workshop.from_wave", wave=escaped(wave.title))
            if wave
            else say("workshop.from_nothing_long")
        ),
    )
    if not released:
        st.caption(say("workshop.none_released"))
    return chosen


def _suggested(say: Wording, wave: Wave | None) -> str:
    text = say("workshop.title_of", wave=wave.title) if wave else say("workshop.title_plain")
    return text[:LONGEST_TITLE].rstrip()


def _smallest(organisation: Organisation, wave: Wave | None) -> int:
    """Below how many votes nothing is revealed."""
    if wave:
        return wave.settings.smallest_group
    return max(organisation.profile.smallest_group, DEFAULT_SMALLEST_GROUP)


def _steps(
    instrument: Instrument, results: Results | None, chosen: Sequence[str]
) -> tuple[Step, ...]:
    return steps_after(results, chosen) if results else steps_from_nothing(instrument, chosen)


def _dimensions(
    say: Wording, organisation: Organisation, instrument: Instrument, results: Results | None
) -> tuple[str, ...]:
    """What is talked about, in this order; proposed with its reason."""
    source = results.wave.code if results else str(organisation.id)
    order_key = f"workshop_new_order_{source}"
    every = ranked(results) if results else tuple(one.id for one in instrument.dimensions)
    first = proposed(results) if results else every[:PROPOSED]
    order: list[str] = st.session_state.setdefault(order_key, list(every))
    st.subheader(say("workshop.what_about"), anchor=False)
    st.caption(say("workshop.what_about_text") if results else say("workshop.what_about_plain"))
    with st.container(key="agenda_new", gap="small"):
        chosen = [
            one
            for place, one in enumerate(order)
            if _row(say, instrument, results, one, order_key, place, one in first)
        ]
    if not chosen:
        st.warning(say("workshop.choose_one"))
    return tuple(chosen)


def _row(
    say: Wording,
    instrument: Instrument,
    results: Results | None,
    dimension: str,
    order_key: str,
    place: int,
    proposed_first: bool,
) -> bool:
    """One dimension: whether it is talked about, why, earlier, later."""
    title = dimension_name(say, dimension, instrument)
    last = len(st.session_state[order_key]) - 1
    with st.container(horizontal=True, vertical_alignment="center", key=f"agenda_new_{dimension}"):
        with st.container(gap="xxsmall"):
            chosen = st.checkbox(
                title,
                value=proposed_first,
                key=f"{order_key}_{dimension}",
            )
            if results:
                about = next(one for one in results.dimensions if one.id == dimension)
                st.caption(escaped(reason(say, results, about)))
        with st.container(horizontal=True, width="content", gap="xsmall"):
            for by, what, label in (
                (-1, "up", say("workshop.earlier", step=title)),
                (1, "down", say("workshop.later", step=title)),
            ):
                st.button(
                    label,
                    key=f"agenda_{what}_new_{dimension}",
                    disabled=not 0 <= place + by <= last,
                    on_click=partial(_move, order_key, dimension, by),
                )
    return chosen


def _move(order_key: str, dimension: str, by: int) -> None:
    order: list[str] = st.session_state[order_key]
    at = order.index(dimension)
    order.insert(max(0, at + by), order.pop(at))


def _create(
    say: Wording,
    account: Account,
    organisation: Organisation,
    wave: Wave | None,
    plan: WorkshopPlan,
) -> None:
    try:
        made = acts.plan(house().store, account, organisation, wave, plan)
    except Problem as problem:
        show_problem(say, problem)
    else:
        go(say, "workshop", workshop=made.code)
