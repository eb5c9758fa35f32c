"""Measures: agreed while the room listens, from the top dots, an idea, or from nothing.

A measure of a workshop begins as "improved together": in its talks the room has shared
what it knows, and with votes, ideas and dots improved it; carrying it out comes after.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.measures import LONGEST_WHAT, Measure, MeasureState
from data.questionnaires import load_instrument
from data.workshops import Choice, Room, StepKind, Workshop
from survey import measures
from survey.access import still
from survey.house import house
from survey.measure_card import plain_card
from survey.measure_subjects import subjects
from survey.measures import TypedPlan
from survey.screens.facilitator_folds import MEASURES, want
from survey.screens.frame import escaped, show_problem
from survey.screens.measure_form import form
from survey.screens.measure_forms import (
    Entry,
    begin,
    begun,
    changing,
    left_alone,
    open_form,
    said,
    tell,
)
from survey.screens.today import today
from survey.wording import Wording
from survey.workshop.acts import DIMENSION, dot_choices
from survey.workshop.findings import closed, dots_given
from survey.workshop.words import choice_name

_TROUBLE = "facilitator_measure_trouble"
"""What session_state holds: why a measure could not be removed, until it is told."""

_FEW = 6
"""Of what a measure can be taken from so many are offered."""

_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class _Offer:
    """What a measure can be taken from, with the dots it got; None where none were given."""

    choice: Choice
    dots: int | None = None


def show(say: Wording, account: Account, room: Room) -> None:
    """What can be agreed on, what is being agreed on, and what was agreed in this workshop."""
    workshop = room.workshop
    said(say)
    with st.expander(say("facilitator.measures"), key=MEASURES, on_change="rerun"):
        _offers(say, room)
        for entry in begun(workshop.code):
            if entry.seen:
                continue
            st.markdown(f"**{say('measure.new_title')}**")
            form(say, account, entry, None)
        kept = house().store.measures.of(workshop.organisation)
        for entry in left_alone(workshop.organisation, kept):
            form(say, account, entry, None)
        _agreed(say, account, workshop, measures.of_workshop(house().store, workshop))


def begin_with(workshop: Workshop, what: str, dimension: str = "") -> None:
    """Open a form for a new measure; forms that are open keep what is typed in them."""
    want(MEASURES)
    typed = TypedPlan(
        dimension=dimension or _talked_about(workshop),
        what=what[:LONGEST_WHAT],
        state=MeasureState.IMPROVED,
    )
    begin(Entry(f"measure_new_{workshop.code}_{dimension}_{what}", workshop, typed))


def writing(workshop: Workshop) -> bool:
    """Whether a form is open."""
    return bool(begun(workshop.code))


def _talked_about(workshop: Workshop) -> str:
    """The dimension of the present step, else the only one that is talked about."""
    if workshop.step and workshop.step.dimension:
        return workshop.step.dimension
    talked = {step.dimension for step in workshop.plan.steps if not step.skipped} - {""}
    return talked.pop() if len(talked) == 1 else ""


def _offers(say: Wording, room: Room) -> None:
    """The top dots, or what is on the wall; each begins a measure at one click."""
    workshop = room.workshop
    offers = [*_offered(room)][:_FEW]
    if offers:
        st.markdown(f"**{say('facilitator.take_from')}**")
    with st.container(key="facilitator_offers", gap="xsmall"):
        for offer in offers:
            _offer(say, workshop, offer)
        label, nothing = say("measure.new"), (workshop, "")
        st.button(label, key="offer_nothing", type="primary", on_click=begin_with, args=nothing)


def _offer(say: Wording, workshop: Workshop, offer: _Offer) -> None:
    choice = offer.choice
    name = choice_name(say, choice, load_instrument(workshop.plan.instrument))
    label = escaped(name if len(name) <= _LONGEST_LABEL else f"{name[:_LONGEST_LABEL]}…")
    if offer.dots is not None:
        label = say.count("facilitator.with_dots", offer.dots, choice=label)
    about = choice.key.startswith(f"{DIMENSION} ")
    typed = (workshop, "", choice.title) if about else (workshop, name)
    st.button(label, key=f"offer_{choice.key}", on_click=begin_with, args=typed)


def _offered(room: Room) -> Iterator[_Offer]:
    """What got dots when they were given last, most first; else what they could be given to."""
    for step in reversed(room.workshop.plan.steps):
        latest = closed(room, step)
        if step.kind is StepKind.DOTS and latest is not None:
            tally = house().store.workshops.tallies(room.workshop).get(latest.id, {})
            yield from (_Offer(one, dots) for one, dots in dots_given(latest, tally) if dots)
            return
    yield from map(_Offer, dot_choices(house().store, room.workshop))


def _agreed(say: Wording, account: Account, workshop: Workshop, listed: Sequence[Measure]) -> None:
    problem = st.session_state.pop(_TROUBLE, None)
    if problem is not None:
        show_problem(say, problem)
    if not listed:
        st.write(say("facilitator.measures_none"))
        return
    st.markdown(f"**{say.count('facilitator.measures_agreed', len(listed))}**")
    for measure in listed:
        with st.container(border=True, key=f"measure_card_{measure.id}"):
            _card(say, account, workshop, measure)


def _card(say: Wording, account: Account, workshop: Workshop, measure: Measure) -> None:
    entry = open_form(changing(workshop, measure).name)
    if entry:
        form(say, account, entry, measure)
        return
    dimensions = subjects(house().store, workshop).dimensions
    st.html(plain_card(say, measure, dimensions, today()))
    with st.container(horizontal=True):
        st.button(
            say("measure.edit"),
            key=f"measure_{measure.id}_edit",
            on_click=_change,
            args=(workshop, measure),
        )
        with st.popover(say("measure.remove")):
            st.write(say("facilitator.measure_remove_sure"))
            st.button(
                say("measure.remove_yes"),
                key=f"measure_{measure.id}_remove",
                type="primary",
                on_click=partial(_remove, account, measure),
            )


def _change(workshop: Workshop, seen: Measure) -> None:
    begin(changing(workshop, seen))


def _remove(account: Account, seen: Measure) -> None:
    """Remove what was seen; what somebody else changed meanwhile stays, and that is told."""
    if not still(account):
        return
    try:
        measures.remove(house().store, account, seen)
    except Problem as problem:
        st.session_state[_TROUBLE] = problem
    else:
        tell("removed")
