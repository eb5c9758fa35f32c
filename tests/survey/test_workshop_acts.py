"""What facilitators do with workshops: whose they are, what is noted, who was faster."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from data.accounts import Account
from data.audit import AuditAct
from data.errors import Conflict, NotAllowed, NotFound, SetUpProblem
from data.store import Store
from data.workshops import (
    CODE_LENGTH,
    CODE_SIGNS,
    MOST_DOTS,
    Choice,
    Contribution,
    Room,
    Step,
    StepKind,
    Workshop,
    WorkshopState,
)
from survey.house import house
from survey.workshop import acts, joining
from survey.workshop.planning import with_dimension, with_step
from tests.survey.everybody import (
    ADDRESS,
    CONSULTANT,
    LEADER,
    OPEN,
    OWNER,
    RELEASED,
    STRANGER,
    prepared_workshop,
)

TODAY = date(2026, 11, 22)


@pytest.fixture
def room(started: Store) -> Room:
    """The demo's workshop, prepared."""
    return started.workshops.room(prepared_workshop())


@pytest.fixture
def consultant(started: Store) -> Account:
    """Who runs the demo organisation."""
    return started.accounts.find(ADDRESS[CONSULTANT])


def account_of(person: str) -> Account:
    """One of everybody."""
    return house().store.accounts.find(ADDRESS[person])


def step_of(room: Room, kind: StepKind) -> Step:
    """The first step of a kind that takes part."""
    return next(s for s in room.workshop.plan.steps if s.kind is kind and not s.skipped)


def noted(store: Store) -> list[AuditAct]:
    """What the audit log says of workshops, oldest first."""
    known = (
        AuditAct.WORKSHOP_ADDED,
        AuditAct.WORKSHOP_BEGUN,
        AuditAct.WORKSHOP_ENDED,
        AuditAct.WORKSHOP_REMOVED,
    )
    return [one.act for one in store.audit.read() if one.act in known][::-1]


# Codes


def test_a_code_has_six_signs_that_look_like_nothing_else() -> None:
    """No vowels, which would make words, and none of 0 O 1 I L 2 Z 5 S 8 B U V."""
    code = joining.new_workshop_code()
    assert len(code) == CODE_LENGTH == 6
    assert set(code) <= set(CODE_SIGNS)
    assert not set(CODE_SIGNS) & set("0O1IL2Z5S8BUVAE")
    assert len(set(CODE_SIGNS)) == len(CODE_SIGNS) == 20


def test_a_code_is_found_however_it_is_typed(room: Room, consultant: Account) -> None:
    """In small letters, with blanks or hyphens."""
    code = room.workshop.code.lower()
    assert joining.typed_code(f" {code[:3]}-{code[3:]} ") == room.workshop.code
    entered = acts.enter(house().store, consultant, f"{code[:3]} {code[3:]}")
    assert entered.workshop == room.workshop


def test_no_code_is_given_twice(started: Store, room: Room) -> None:
    """The store refuses one that is used."""
    codes = {joining.free_code(started) for _ in range(50)}
    assert room.workshop.code not in codes
    firm, plan = room.workshop.organisation, room.workshop.plan
    with pytest.raises(SetUpProblem, match="code_used"):
        started.workshops.add(firm, None, plan, room.workshop.code)


# Whose it is

ACTS: dict[str, Callable[[Store, Account, Room], object]] = {
    "revise": lambda store, who, room: acts.revise(
        store, who, room.workshop, replace(room.workshop.plan, title="X")
    ),
    "replan": lambda store, who, room: acts.replan(store, who, room.workshop, room.workshop.plan),
    "remove": lambda store, who, room: acts.remove(store, who, room.workshop),
    "go": lambda store, who, room: acts.go(store, who, room, room.workshop.plan.steps[0], TODAY),
    "reveal": acts.reveal,
    "again": acts.again,
    "end": acts.end,
    "start_timer": lambda store, who, room: acts.start_timer(
        store, who, room.workshop, 5, datetime.now(UTC)
    ),
    "stop_timer": lambda store, who, room: acts.stop_timer(store, who, room.workshop),
    "arrange": lambda store, who, room: acts.arrange(store, who, room.workshop, ()),
}


@pytest.mark.parametrize("person", [LEADER, STRANGER])
@pytest.mark.parametrize("act", list(ACTS))
def test_nobody_leads_a_workshop_that_is_not_theirs(
    started: Store, room: Room, act: str, person: str
) -> None:
    """It is told as if there were none, and nothing changes."""
    with pytest.raises(NotFound, match="workshop_unknown"):
        ACTS[act](started, account_of(person), room)
    assert started.workshops.room(room.workshop.code) == room


@pytest.mark.parametrize(
    ("person", "runs", "reads"),
    [
        (LEADER, False, True),
        (STRANGER, False, False),
        (CONSULTANT, True, True),
        (OWNER, True, True),
    ],
)
def test_leaders_read_what_came_of_it_and_consultants_lead(
    started: Store, room: Room, person: str, runs: bool, reads: bool
) -> None:
    """Another consultant learns not even that it is there."""
    for to_run, allowed in ((True, runs), (False, reads)):
        if allowed:
            code = room.workshop.code
            assert acts.enter(started, account_of(person), code, to_run=to_run) == room
        else:
            with pytest.raises(NotFound, match="workshop_unknown"):
                acts.enter(started, account_of(person), room.workshop.code, to_run=to_run)


@pytest.mark.parametrize("person", [LEADER, STRANGER])
def test_nobody_plans_a_workshop_for_others(started: Store, room: Room, person: str) -> None:
    """Nor from a wave of another organisation than it is for."""
    firm, plan = room.workshop.organisation, room.workshop.plan
    with pytest.raises(NotFound):
        acts.plan(started, account_of(person), firm, None, plan)
    other = next(one for one in started.organisations.all() if one.id != firm.id)
    wave = started.waves.find(RELEASED)
    with pytest.raises(NotFound):
        acts.plan(started, account_of(OWNER), other, wave, plan)


def test_a_workshop_starts_from_a_released_wave_only(
    started: Store, room: Room, consultant: Account
) -> None:
    """An open one has no results yet."""
    firm, wave = room.workshop.organisation, started.waves.find(OPEN)
    with pytest.raises(NotAllowed, match="wave_not_released"):
        acts.plan(started, consultant, firm, wave, room.workshop.plan)
    assert noted(started) == []


# What is kept


def test_begin_end_and_removal_are_noted(started: Store, consultant: Account, room: Room) -> None:
    """With who did it and the workshop's name; each step within it is not."""
    made = acts.plan(started, consultant, room.workshop.organisation, None, room.workshop.plan)
    planned = started.workshops.room(made.code)
    acts.go(started, consultant, planned, planned.workshop.plan.steps[0], TODAY)
    begun = started.workshops.room(made.code)
    acts.go(started, consultant, begun, begun.workshop.plan.steps[1], TODAY)
    ended = acts.end(started, consultant, started.workshops.room(made.code))
    acts.remove(started, consultant, ended)
    assert noted(started) == [
        AuditAct.WORKSHOP_ADDED,
        AuditAct.WORKSHOP_BEGUN,
        AuditAct.WORKSHOP_ENDED,
        AuditAct.WORKSHOP_REMOVED,
    ]
    latest = started.audit.read(1)[0]
    assert latest.who == consultant.label
    assert latest.subject == made.plan.title


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"title": "  "}, "workshop_unnamed"),
        ({"title": "x" * 500}, "workshop_unnamed"),
        ({"dots": 0}, "workshop_dots"),
        ({"dots": MOST_DOTS + 1}, "workshop_dots"),
    ],
)
def test_what_nobody_can_mean_is_refused(
    started: Store, consultant: Account, room: Room, changed: dict[str, str], key: str
) -> None:
    """And nothing of it is kept."""
    wanted = replace(room.workshop.plan, **changed)  # type: ignore[arg-type]
    with pytest.raises(SetUpProblem, match=key):
        acts.revise(started, consultant, room.workshop, wanted)
    assert started.workshops.room(room.workshop.code) == room


def test_an_agenda_keeps_a_step(started: Store, consultant: Account, room: Room) -> None:
    """One in which all is skipped cannot be led."""
    steps = tuple(replace(step, skipped=True) for step in room.workshop.plan.steps)
    with pytest.raises(NotAllowed, match="workshop_empty"):
        acts.revise(started, consultant, room.workshop, replace(room.workshop.plan, steps=steps))


def test_steps_come_neither_in_nor_out(started: Store, consultant: Account, room: Room) -> None:
    """Rounds belong to them."""
    fewer = replace(room.workshop.plan, steps=room.workshop.plan.steps[1:])
    with pytest.raises(NotAllowed, match="workshop_steps"):
        acts.replan(started, consultant, room.workshop, fewer)


# Who was faster


def renamed(room: Room, title: str) -> Workshop:
    """The workshop under another name, kept by the owner."""
    wanted = replace(room.workshop.plan, title=title)
    return acts.revise(house().store, account_of(OWNER), room.workshop, wanted)


def test_what_was_seen_must_still_be_so(started: Store, consultant: Account, room: Room) -> None:
    """To replace the whole plan, to move on, to delete."""
    renamed(room, "Neu")
    for act in ("replan", "remove", "go"):
        with pytest.raises(Conflict):
            ACTS[act](started, consultant, room)


def test_another_change_meanwhile_is_no_conflict(
    started: Store, consultant: Account, room: Room
) -> None:
    """Notes that were typed while the workshop got another name, and moved on, are kept."""
    talk = replace(step_of(room, StepKind.TALK), notes="Nachfragen")
    begun = acts.go(started, consultant, room, room.workshop.plan.steps[0], TODAY)
    renamed(Room(begun, ()), "Neu")
    kept = acts.revise(started, consultant, room.workshop, with_step(room.workshop.plan, talk))
    assert kept.plan == replace(with_step(room.workshop.plan, talk), title="Neu")
    assert kept.state is WorkshopState.RUNNING


def test_the_same_changed_meanwhile_is_a_conflict_until_one_insists(
    started: Store, consultant: Account, room: Room
) -> None:
    """Nothing of anybody's is overwritten without a word."""
    renamed(room, "Neu")
    wanted = replace(room.workshop.plan, title="Anders")
    with pytest.raises(Conflict):
        acts.revise(started, consultant, room.workshop, wanted)
    assert started.workshops.room(room.workshop.code).workshop.plan.title == "Neu"
    kept = acts.revise(started, consultant, room.workshop, wanted, insist=True)
    assert kept.plan.title == "Anders"


# Steps and dots


def test_arrows_pass_skipped_steps_by(room: Room) -> None:
    """Forwards and backwards; before the first and after the last there is none."""
    taken = [step for step in room.workshop.plan.steps if not step.skipped]
    assert len(taken) < len(room.workshop.plan.steps)
    assert acts.beside(room.workshop, 1) == taken[0]
    for before, after in pairwise(taken):
        assert acts.beside(replace(room.workshop, at=before.id), 1) == after
        assert acts.beside(replace(room.workshop, at=after.id), -1) == before
    assert acts.beside(replace(room.workshop, at=taken[0].id), -1) is None
    assert acts.beside(replace(room.workshop, at=taken[-1].id), 1) is None


def test_a_skipped_step_that_one_is_in_has_neighbours(room: Room) -> None:
    """Somebody skips it while the room is there."""
    talk = step_of(room, StepKind.TALK)
    skipped = with_dimension(room.workshop.plan, talk.dimension, skipped=True)
    there = replace(room.workshop, at=talk.id, plan=skipped)
    before, after = acts.beside(there, -1), acts.beside(there, 1)
    assert before is not None
    assert after is not None
    assert not {before.dimension, after.dimension} & {talk.dimension}


def test_dots_go_to_what_is_talked_about_where_nothing_is_on_the_wall(
    started: Store, room: Room
) -> None:
    """Skipped dimensions are not offered."""
    talked = [s.dimension for s in room.workshop.plan.steps if s.dimension and not s.skipped]
    expected = tuple(Choice(f"{acts.DIMENSION} {one}", one) for one in dict.fromkeys(talked))
    assert acts.dot_choices(started, room.workshop) == expected


def test_dots_go_to_groups_and_to_ideas_in_no_group(
    started: Store, consultant: Account, room: Room
) -> None:
    """Of what is on the wall; what was not shown, and questions, are not offered."""
    code = room.workshop.code
    ideas = step_of(room, StepKind.IDEAS)
    running = acts.go(started, consultant, room, ideas, TODAY)
    started.workshops.join(running, b"1" * 16)
    for number, text in enumerate(("Besuch", "Besuchstag", "Rückruf", "Versteckt")):
        started.workshops.contribute(running, ideas.id, bytes([number]) * 16, text)
    started.workshops.contribute(running, 0, b"q" * 16, "Eine Frage")
    closed = acts.reveal(started, consultant, started.workshops.room(code))
    written = {one.text: one for one in started.workshops.contributions(closed)}
    shown = tuple(
        replace(written[text], shown=True, group="Kunden" if "Besuch" in text else "")
        for text in ("Besuch", "Besuchstag", "Rückruf")
    )
    question = replace(written["Eine Frage"], shown=True)
    acts.arrange(started, consultant, closed, (*shown, question))
    now = started.workshops.room(code).workshop
    assert [one.title for one in acts.dot_choices(started, now)] == ["Kunden", "Rückruf"]


def test_a_groups_name_fits_on_the_wall(started: Store, consultant: Account, room: Room) -> None:
    """The message says how long it may be."""
    long = Contribution("00", 1, "x", shown=True, group="x" * (acts.LONGEST_GROUP + 1))
    with pytest.raises(SetUpProblem, match="group_long"):
        acts.arrange(started, consultant, room.workshop, (long,))


def test_a_timer_ends_so_many_minutes_from_now(
    started: Store, consultant: Account, room: Room
) -> None:
    """And can be stopped."""
    now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    acts.start_timer(started, consultant, room.workshop, 12, now)
    timed = started.workshops.room(room.workshop.code).workshop
    assert timed.timer_ends == now + timedelta(minutes=12)
    acts.stop_timer(started, consultant, timed)
    assert started.workshops.room(room.workshop.code).workshop.timer_ends is None
