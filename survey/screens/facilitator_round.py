"""What the present step asks the phones, and once it is revealed what came of it."""

from collections.abc import Iterator

import streamlit as st

from data.questionnaires import load_instrument
from data.results import Release
from data.workshops import POLLS, Room, Round, Step, StepKind, WorkshopState
from scoring.histogram import mean
from survey.house import house
from survey.screens.frame import escaped
from survey.screens.results_view import results_for
from survey.wording import Wording
from survey.workshop.findings import Finding, dots_given, findings
from survey.workshop.words import choice_name, statement


def show(say: Wording, room: Room) -> None:
    """Nothing where phones are asked nothing."""
    step, current = room.workshop.step, room.current
    with st.container(key="facilitator_round"):
        if step is None or current is None or room.workshop.state is not WorkshopState.RUNNING:
            return
        if step.kind in POLLS:
            _list(say("facilitator.asked"), _statements(say, room, step, current))
        elif step.kind is StepKind.DOTS:
            title = say("facilitator.ranking" if current.closed else "facilitator.choices")
            _list(title, _choices(say, room, current))


def _list(title: str, lines: Iterator[str]) -> None:
    text = "\n".join(f"- {line}" for line in lines)
    if text:
        st.markdown(f"**{title}**\n\n{text}")


def _statements(say: Wording, room: Room, step: Step, current: Round) -> Iterator[str]:
    """Each statement, with its means once they are revealed."""
    instrument = load_instrument(room.workshop.plan.instrument)
    found = {one.item: one for one in _found(room, step)} if current.closed else {}
    for item in step.items:
        text = escaped(statement(say, item, instrument))
        told = _means(say, found[item]) if item in found else ""
        yield f"{text} {told}".strip()


def _found(room: Room, step: Step) -> tuple[Finding, ...]:
    store = house().store
    return findings(room, step, store.workshops.tallies(room.workshop), _release(room))


def _release(room: Room) -> Release | None:
    wave = room.workshop.wave
    return results_for(house().store.waves.find(wave)).release if wave else None


def _means(say: Wording, found: Finding) -> str:
    """The room's mean, beside the vote before and the survey where there are such."""
    if found.counted is None:
        return say("facilitator.too_few_judged")
    pairs = (
        (say("facilitator.room"), found.counted),
        (say("wall.before"), found.before),
        (say("wall.survey"), found.survey),
    )
    known = [(name, mean(counts)) for name, counts in pairs if counts is not None]
    told = (f"{name} {say.number(value, 1)}" for name, value in known if value is not None)
    return f"**{', '.join(told)}**"


def _choices(say: Wording, room: Room, current: Round) -> Iterator[str]:
    """What dots can be given to; once they are revealed with the dots, most first."""
    instrument = load_instrument(room.workshop.plan.instrument)
    if not current.closed:
        yield from (escaped(choice_name(say, one, instrument)) for one in current.choices)
        return
    tally = house().store.workshops.tallies(room.workshop).get(current.id, {})
    for choice, dots in dots_given(current, tally):
        name = escaped(choice_name(say, choice, instrument))
        yield say.count("facilitator.with_dots", dots, choice=name)
