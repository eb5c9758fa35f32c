"""The room's ideas: tick some, put them on the wall or take them back, and group them.

All ticks are sent at once, so that sixty ideas are as quick as six.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import streamlit as st

from data.accounts import Account
from data.errors import Problem
from data.workshops import Contribution, Room, StepKind, Workshop
from survey.house import house
from survey.plain_text import one_line
from survey.screens import facilitator_measures
from survey.screens.facilitator_folds import IDEAS
from survey.screens.frame import escaped, show_problem
from survey.wording import Wording
from survey.workshop import acts
from survey.workshop.acts import LONGEST_GROUP
from survey.workshop.wall.written import DENSER

_TURN = "facilitator_ideas_turn"
"""How often ticks began anew, in session_state."""


@dataclass(frozen=True, slots=True)
class _Pressed:
    """What to do with the ideas that are ticked; None leaves that as it is.

    `group`: put them there; "" lacks its name. `alone`: take them out of their groups.
    """

    shown: bool | None = None
    group: str | None = None
    alone: bool = False
    measure: bool = False

    def of(self, one: Contribution) -> Contribution:
        """An idea as it is then."""
        group = "" if self.alone else self.group
        return replace(
            one,
            shown=one.shown if self.shown is None else self.shown,
            group=one.group if group is None else group,
        )


def show(say: Wording, account: Account, room: Room) -> None:
    """The ideas that were collected, those in groups first."""
    with st.expander(say("facilitator.ideas"), key=IDEAS, on_change="rerun"):
        written = house().store.workshops.contributions(room.workshop)
        found = tuple(one for one in written if one.step)
        if _collecting(room):
            st.write(say("facilitator.ideas_wait"))
        elif not found:
            st.write(say("facilitator.ideas_none"))
        if found:
            _all(say, account, room.workshop, found)
            _form(say, account, room.workshop, found)


def _collecting(room: Room) -> bool:
    step, current = room.workshop.step, room.current
    here = step is not None and step.kind is StepKind.IDEAS
    return here and current is not None and not current.closed


def _all(
    say: Wording, account: Account, workshop: Workshop, found: tuple[Contribution, ...]
) -> None:
    hidden = [one for one in found if not one.shown]
    with st.container(horizontal=True, vertical_alignment="center"):
        on_wall = len(found) - len(hidden)
        told = say.count("facilitator.ideas_shown", len(found), shown=on_wall)
        st.markdown(told, width="content")
        if hidden and st.button(say("facilitator.ideas_all"), key="ideas_all"):
            every = (replace(one, shown=True) for one in hidden)
            if _arrange(say, account, workshop, every):
                st.rerun()
    if on_wall > DENSER:
        st.caption(say("facilitator.ideas_many", most=DENSER))


def _form(
    say: Wording, account: Account, workshop: Workshop, found: tuple[Contribution, ...]
) -> None:
    groups = sorted({one.group for one in found if one.group})
    with st.form("facilitator_ideas_form", enter_to_submit=False, border=False):
        ticked = [one for name in (*groups, "") for one in _of_group(say, found, name)]
        pressed = _acts(say, groups)
    if pressed is None:
        return
    if not ticked:
        st.warning(say("facilitator.ideas_tick"))
    elif pressed.group == "":
        st.warning(say("facilitator.group_unnamed"))
    elif pressed.measure:
        facilitator_measures.begin_with(workshop, "\n".join(one.text for one in ticked))
        _begin_anew()
    elif _arrange(say, account, workshop, map(pressed.of, ticked)):
        _begin_anew()


def _of_group(say: Wording, found: Iterable[Contribution], name: str) -> list[Contribution]:
    """The ideas of a group with a box each; which are ticked."""
    here = [one for one in found if one.group == name]
    if here and name:
        st.markdown(f"**{escaped(name)}**")
    elif here:
        st.markdown(f"**{say('facilitator.no_group')}**")
    with st.container(gap=None):
        return [one for one in here if _ticked(say, one)]


def _ticked(say: Wording, one: Contribution) -> bool:
    text = escaped(one_line(one.text))
    label = say("facilitator.idea_on_wall", idea=text) if one.shown else text
    turn = st.session_state.get(_TURN, 0)
    return st.checkbox(label, key=f"idea_{turn}_{one.id}")


def _acts(say: Wording, groups: list[str]) -> _Pressed | None:
    """What can be done with those that are ticked; what was pressed."""
    press = st.form_submit_button
    with st.container(key="facilitator_idea_acts", gap="xsmall"):
        with st.container(horizontal=True, gap="xsmall"):
            buttons = [
                (press(say("facilitator.put_on_wall"), type="primary"), _Pressed(shown=True)),
                (press(say("facilitator.take_back")), _Pressed(shown=False)),
                (press(say("facilitator.as_measure")), _Pressed(measure=True)),
            ]
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            name = _group_name(say)
            buttons.append((press(say("facilitator.group_new")), _Pressed(group=name)))
            for number, group in enumerate(groups):
                label = say("facilitator.group_into", group=escaped(group))
                buttons.append((press(label, key=f"group_into_{number}"), _Pressed(group=group)))
            if groups:
                buttons.append((press(say("facilitator.group_out")), _Pressed(alone=True)))
    return next((what for pressed, what in buttons if pressed), None)


def _group_name(say: Wording) -> str:
    key = f"group_{st.session_state.get(_TURN, 0)}"
    label = say("facilitator.group_name")
    return one_line(st.text_input(label, max_chars=LONGEST_GROUP, key=key, width=260))


def _arrange(
    say: Wording, account: Account, workshop: Workshop, changed: Iterable[Contribution]
) -> bool:
    """Whether it is kept; what cannot be is told."""
    try:
        acts.arrange(house().store, account, workshop, tuple(changed))
    except Problem as problem:
        show_problem(say, problem)
        return False
    return True


def _begin_anew() -> None:
    """With no ticks, and no name of a group."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    st.rerun()
