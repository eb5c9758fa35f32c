"""What leadership expects of a wave: targets, and a prediction; locked by the release."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from data.accounts import Account
from data.errors import Conflict, Problem
from data.model import DepartmentPath, Dimension, Wave, WaveState
from data.questionnaires import load_instrument
from data.results import Targets
from scoring.sides import target_of
from survey import expecting
from survey.house import house
from survey.screens.frame import escaped, show_problem
from survey.screens.guard import asked_wave, guarded
from survey.screens.places import START, link
from survey.screens.today import today
from survey.sentences import agreed
from survey.tables import expectation_table
from survey.typed import mean
from survey.wording import Wording

_SAVED = "expectations_saved"
_SEEN = "_seen"
_WIDTH = 420


@dataclass(frozen=True, slots=True)
class _Entry:
    """One form: the numbers that the person saw in it. `turn`: how often its fields began anew."""

    form: str
    seen: Mapping[str, float]
    turn: int = 0

    def key(self, dimension: Dimension) -> str:
        """The name of a field's value in the session."""
        return f"{self.form}_{self.turn}_{dimension.id}"


@guarded
def show(say: Wording, account: Account) -> None:
    """Two short forms while the wave is not released, and a table once it is."""
    wave = asked_wave(account, to_run=False)
    st.title(say("nav.expectations"))
    if wave is None:
        st.info(say("wave.none_chosen"))
        with st.container(key="step_home"):
            link(say, START, say("nav.start"))
        return
    st.markdown(f"{escaped(wave.organisation.name)} · **{escaped(wave.title)}**")
    if wave.organisation.demo:
        st.badge(say("demo.badge"), color="orange")
    if account.runs(wave.organisation.id):
        with st.container(key="step_wave"):
            link(say, "wave", say("expectations.back"), wave=wave.code)
    if st.session_state.pop(_SAVED, False):
        st.toast(say("expectations.saved"))
    if wave.state is WaveState.RELEASED:
        st.info(say("expectations.locked"))
    else:
        st.write(say("expectations.intro"))
        _targets(say, account, wave)
        _predictions(say, account, wave)
    _overview(say, wave)


def _targets(say: Wording, account: Account, wave: Wave) -> None:
    st.header(say("expectations.targets"))
    st.write(say("expectations.targets_how"))
    departments = house().store.waves.departments(wave)
    paths: list[DepartmentPath] = [(), *(department.path for department in departments)]
    path = st.selectbox(
        say("expectations.for_whom"),
        paths,
        format_func=lambda path: " / ".join(path) or say("group.organisation"),
    )
    targets = house().store.expectations.targets(wave)
    form = f"targets_{wave.code}_{'/'.join(path)}"
    entry = _entry(say, wave, form, targets.get(path, {}))
    with st.form(form):
        typed = _fields(say, wave, entry, _above(targets, path, wave))
        if st.form_submit_button(say("expectations.save_targets"), type="primary"):
            set_targets = partial(expecting.set_targets, house().store, wave, path)
            _save(say, wave, entry, typed, partial(set_targets, who=account.label))


def _above(targets: Targets, path: DepartmentPath, wave: Wave) -> Mapping[str, float]:
    """What holds for a department as long as it has no targets of its own."""
    if not path:
        return {}
    found = {d.id: target_of(targets, path[:-1], d.id) for d in _dimensions(wave)}
    return {dimension: value for dimension, value in found.items() if value is not None}


def _predictions(say: Wording, account: Account, wave: Wave) -> None:
    st.header(say("expectations.prediction"))
    st.write(say("expectations.prediction_how"))
    entered = house().store.expectations.predictions(wave)
    form = f"prediction_{wave.code}"
    entry = _entry(say, wave, form, {d: p.value for d, p in entered.items()})
    with st.form(form):
        typed = _fields(say, wave, entry, {})
        st.caption(say("expectations.by_you", name=escaped(account.name)))
        if st.form_submit_button(say("expectations.save_prediction"), type="primary"):
            predict = partial(expecting.predict, house().store, wave)
            named = partial(predict, by=account.name, today=today(), who=account.label)
            _save(say, wave, entry, typed, named)


def _entry(say: Wording, wave: Wave, form: str, stored: Mapping[str, float]) -> _Entry:
    """What this person is editing; what somebody else stored meanwhile is told, not taken over."""
    entry: _Entry = st.session_state.setdefault(form + _SEEN, _Entry(form, stored))
    if entry.seen == stored:
        return entry
    if entry.key(_dimensions(wave)[0]) not in st.session_state:
        # They have been elsewhere since: nothing that they typed is left.
        st.session_state[form + _SEEN] = entry = replace(entry, seen=stored)
        return entry
    changed = [d for d in _dimensions(wave) if entry.seen.get(d.id) != stored.get(d.id)]
    lines = [
        say(
            "expectations.other_line",
            title=_title(say, d),
            before=_shown(say, entry.seen.get(d.id)),
            after=_shown(say, stored.get(d.id)),
        )
        for d in changed
    ]
    text = "\n".join(f"- {escaped(line)}" for line in lines)
    st.warning(f"**{say('editing.other_title')}**\n\n{text}\n\n{say('expectations.other_how')}")
    with st.container(horizontal=True):
        if st.button(say("editing.mine"), key=f"{form}_mine"):
            st.session_state[form + _SEEN] = replace(entry, seen=stored)
            st.rerun()
        if st.button(say("editing.theirs"), key=f"{form}_theirs"):
            st.session_state[form + _SEEN] = _Entry(form, stored, entry.turn + 1)
            st.rerun()
    return entry


def _shown(say: Wording, value: float | None) -> str:
    return say("expectations.none") if value is None else agreed(say, value)


def _fields(
    say: Wording, wave: Wave, entry: _Entry, inherited: Mapping[str, float]
) -> dict[str, str]:
    """What is typed for each dimension.

    Text fields: a browser's number fields read a comma in a language of their
    own, or drop it.
    """
    typed: dict[str, str] = {}
    for dimension in _dimensions(wave):
        hint = say("expectations.none")
        if dimension.id in inherited:
            hint = say("expectations.inherited", value=agreed(say, inherited[dimension.id]))
        now = entry.seen.get(dimension.id)
        typed[dimension.id] = st.text_input(
            _title(say, dimension),
            value="" if now is None else agreed(say, now),
            key=entry.key(dimension),
            placeholder=hint,
            width=_WIDTH,
        )
    return typed


def _save(
    say: Wording,
    wave: Wave,
    entry: _Entry,
    typed: Mapping[str, str],
    store: Callable[..., None],
) -> None:
    """Store what is typed, all of it or nothing; an empty field is no number."""
    values: dict[str, float] = {}
    wrong: list[str] = []
    for dimension in _dimensions(wave):
        try:
            if typed[dimension.id].strip():
                values[dimension.id] = mean(typed[dimension.id])
        except Problem as problem:
            wrong.append(f"{_title(say, dimension)}: {say.problem(problem)}")
    if wrong:
        st.error("  \n".join(escaped(line) for line in (*wrong, say("expectations.not_saved"))))
        return
    try:
        store(values=values, seen=entry.seen)
    except Conflict:
        st.rerun()  # what the other person stored is shown then, above what is typed
    except Problem as problem:
        show_problem(say, problem)
    else:
        st.session_state[entry.form + _SEEN] = replace(entry, seen=values)
        st.session_state[_SAVED] = True
        st.rerun()


def _title(say: Wording, dimension: Dimension) -> str:
    return dimension.title.get(say.language, dimension.id)


def _overview(say: Wording, wave: Wave) -> None:
    """What is agreed so far, or was when the wave was released."""
    targets = house().store.expectations.targets(wave)
    predictions = house().store.expectations.predictions(wave)
    if not targets and not predictions:
        if wave.state is WaveState.RELEASED:
            st.write(say("expectations.nothing"))
        return
    st.header(say("expectations.agreed"))
    st.html(expectation_table(say, _dimensions(wave), targets, predictions))
    first = next(iter(predictions.values()), None)
    if first:
        st.caption(say("expectations.entered", name=escaped(first.by), day=first.on))


def _dimensions(wave: Wave) -> tuple[Dimension, ...]:
    return load_instrument(wave.settings.instrument).asked(wave.settings.items)
