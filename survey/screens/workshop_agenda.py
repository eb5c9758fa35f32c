"""The agenda as the consultant edits it: order, what takes part, minutes, notes.

Steps of one dimension that follow each other are one part, with one switch. Each
change is kept at once.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from textwrap import shorten

import streamlit as st

from data.accounts import Account
from data.model import Instrument
from data.workshops import Step, Workshop, WorkshopPlan, WorkshopState
from survey.screens.frame import escaped
from survey.screens.workshop_edits import field, save_act, save_typed
from survey.tables import render
from survey.wording import Wording
from survey.workshop.acts import LONGEST_NOTES, MOST_MINUTES
from survey.workshop.planning import (
    TWO_HOURS,
    minutes,
    moved,
    runs,
    starts,
    talked_about,
    with_dimension,
    with_step,
)
from survey.workshop.words import dimension_name, kind_name, step_name

_SHOWN_OF_NOTES = 80


@dataclass(frozen=True, slots=True)
class Agenda:
    """What every row of the agenda needs. `seen`: the workshop as it is drawn."""

    say: Wording
    account: Account
    seen: Workshop
    instrument: Instrument
    starts: Mapping[int, int]

    def key(self, what: str, step: Step) -> str:
        """The name of a field of a step in the session."""
        return f"agenda_{what}_{self.seen.code}_{step.id}"

    def name(self, step: Step) -> str:
        """What a step is called where its dimension is not beside it."""
        return step_name(self.say, step, self.instrument)

    def here(self, step: Step) -> bool:
        """Whether the room is in this step now."""
        return self.seen.state is WorkshopState.RUNNING and self.seen.at == step.id


def show(say: Wording, account: Account, workshop: Workshop, instrument: Instrument) -> None:
    """How long it takes, and each part in its order."""
    steps = workshop.plan.steps
    agenda = Agenda(say, account, workshop, instrument, starts(steps))
    st.header(say("workshop.agenda"))
    st.html(render("status.html", text=how_long(say, steps)))
    st.caption(say("workshop.saved_at_once"))
    with st.container(key="agenda", gap="small"):
        known: set[str] = set()
        for run in runs(steps):
            dimension = run[0].dimension
            if not dimension:
                _step(agenda, run[0])
            else:
                _dimension(agenda, run, again=dimension in known)
            known.add(dimension)


def how_long(say: Wording, steps: Collection[Step]) -> str:
    """The minutes of all that takes part, and what that means against two hours."""
    taken = minutes(steps)
    part = sum(not step.skipped for step in steps)
    if taken > TWO_HOURS:
        over = say.count("workshop.over", taken - TWO_HOURS)
        return f"{say.count('workshop.long', part, minutes=taken)} {over}"
    left = say.count("workshop.left", TWO_HOURS - taken) if taken < TWO_HOURS else ""
    return f"{say.count('workshop.long', part, minutes=taken)} {left}".strip()


def _dimension(agenda: Agenda, run: tuple[Step, ...], *, again: bool) -> None:
    """The steps of a dimension under its switch; only the switch where it is skipped."""
    say, dimension = agenda.say, run[0].dimension
    title = dimension_name(say, dimension, agenda.instrument)
    on = talked_about(agenda.seen.plan.steps, dimension)
    with st.container(border=True, key=f"agenda_part_{run[0].id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container():
                text = say(
                    "workshop.talk_about" if on else "workshop.not_talked_about", dimension=title
                )
                if again:
                    st.markdown(f"**{text}**")
                else:
                    _switch(agenda, dimension, text, on=on)
            with st.container(horizontal=True, width="content", gap="xsmall"):
                _move(agenda, "part", run, title)
        for step in run if on else ():
            _step(agenda, step, inside=True)


def _switch(agenda: Agenda, dimension: str, text: str, *, on: bool) -> None:
    key = field(f"agenda_on_{agenda.seen.code}_{dimension}", on)

    def switched(plan: WorkshopPlan, value: bool) -> WorkshopPlan:
        return with_dimension(plan, dimension, skipped=not value)

    st.toggle(text, key=key, on_change=save_typed, args=_args(agenda, key, switched))


def _step(agenda: Agenda, step: Step, *, inside: bool = False) -> None:
    """One row: whether it takes part, its minutes, earlier, later, notes."""
    key = f"agenda_{'here' if agenda.here(step) else 'step'}_{step.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=key):
        with st.container(gap="xxsmall"):
            _takes_part(agenda, step, inside=inside)
        with st.container(horizontal=True, width="content", gap="xsmall"):
            _minutes(agenda, step)
            _notes(agenda, step)
            _move(agenda, "step", (step,), agenda.name(step))


def _takes_part(agenda: Agenda, step: Step, *, inside: bool) -> None:
    say, key = agenda.say, field(agenda.key("part", step), not step.skipped)
    name = kind_name(say, step.kind) if inside else agenda.name(step)
    begins = say("workshop.from_minute", time=_clock(agenda.starts[step.id]))
    here = [say("workshop.here")] if agenda.here(step) else []
    marks = [name, *([] if step.skipped else [begins]), *here]

    def changed(plan: WorkshopPlan, value: bool) -> WorkshopPlan:
        return with_step(plan, replace(_found(plan, step), skipped=not value))

    st.checkbox(" · ".join(marks), key=key, on_change=save_typed, args=_args(agenda, key, changed))
    if step.notes:
        st.caption(escaped(shorten(step.notes, _SHOWN_OF_NOTES, placeholder=" …")))


def _minutes(agenda: Agenda, step: Step) -> None:
    say, key = agenda.say, field(agenda.key("minutes", step), step.minutes)

    def changed(plan: WorkshopPlan, value: int) -> WorkshopPlan:
        return with_step(plan, replace(_found(plan, step), minutes=value))

    st.number_input(
        say("workshop.of_step", setting=say("workshop.minutes"), step=agenda.name(step)),
        min_value=0,
        max_value=MOST_MINUTES,
        icon=":material/timer:",
        key=key,
        width=128,
        label_visibility="collapsed",
        on_change=save_typed,
        args=_args(agenda, key, changed),
    )


def _move(agenda: Agenda, what: str, going: Collection[Step], name: str) -> None:
    """Two arrows; what they move is read aloud. `what`: a "step" or a whole "part"."""
    say, ids = agenda.say, frozenset(step.id for step in going)
    for by, where, label in (
        (-1, "up", say("workshop.earlier", step=name)),
        (1, "down", say("workshop.later", step=name)),
    ):
        st.button(
            label,
            key=f"agenda_{where}_{what}_{min(ids)}",
            disabled=moved(agenda.seen.plan, ids, by) == agenda.seen.plan,
            on_click=save_act,
            args=(agenda.account, agenda.seen.code, partial(moved, moving=ids, by=by)),
        )


def _notes(agenda: Agenda, step: Step) -> None:
    say, key = agenda.say, field(agenda.key("notes", step), step.notes)

    def changed(plan: WorkshopPlan, value: str) -> WorkshopPlan:
        return with_step(plan, replace(_found(plan, step), notes=value))

    with st.popover(say("workshop.notes"), key=f"agenda_notes_{step.id}"):
        st.text_area(
            say("workshop.of_step", setting=say("workshop.notes"), step=agenda.name(step)),
            key=key,
            max_chars=LONGEST_NOTES,
            placeholder=say("workshop.notes_house"),
            width=420,
            on_change=save_typed,
            args=_args(agenda, key, changed),
        )


def _args(
    agenda: Agenda, key: str, change: Callable[..., WorkshopPlan]
) -> tuple[Account, Workshop, str, Callable[..., WorkshopPlan]]:
    return (agenda.account, agenda.seen, key, change)


def _found(plan: WorkshopPlan, step: Step) -> Step:
    return next(one for one in plan.steps if one.id == step.id)


def _clock(after: int) -> str:
    return f"{after // 60}:{after % 60:02d}"
