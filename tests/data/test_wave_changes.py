"""Waves are changed as they were seen, thrown away as drafts, and move at their time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from data.audit import BY_ITSELF, AuditAct
from data.changes import CHANGEABLE, differing
from data.errors import Conflict, NotAllowed, NotFound, SetUpProblem
from data.model import Department, Organisation, Wave, WaveSettings, WaveState
from data.schedule import moment, obstacles, takes_answers
from data.settings_log import LogAct, broken_at
from data.store import Store
from tests.data.samples import DAY, NEXT_DAY, NEXT_NOON, NOON, at_once, response, short_settings

HOUR = timedelta(hours=1)
OTHERS: dict[str, Any] = {
    "title": "Anders",
    "instrument": "another",
    "items": ("CP1",),
    "position": False,
    "contact": False,
    "position_by_division": True,
    "contact_by_division": True,
    "languages": ("de",),
    "opens_at": NEXT_NOON,
    "zone": "Europe/London",
    "retention_days": 30,
    "introduction": "Warum wir fragen",
}
LATER: dict[str, Any] = {"closes_at": NEXT_NOON, "results_on": NEXT_DAY, "staff_overview": True}


def with_settings(wave: Wave, **wanted: Any) -> WaveSettings:
    """The wave's settings but for these."""
    return replace(wave.settings, **wanted)


def scheduled(store: Store, wave: Wave, **wanted: Any) -> Wave:
    """The wave with these settings stored."""
    return store.waves.change(wave, with_settings(wave, **wanted), DAY)


# Changing


def test_the_samples_name_every_setting() -> None:
    """A setting that is added later must be sorted into fixed or changeable."""
    every = set(WaveSettings.__dataclass_fields__)
    assert every == set(OTHERS) | set(LATER) | {"smallest_group"}
    assert set(LATER) == CHANGEABLE


def test_a_draft_may_change_in_everything(fresh_store: Store, draft_wave: Wave) -> None:
    """And what is read afterwards is what was wanted, times as moments."""
    wanted = with_settings(draft_wave, **OTHERS, **LATER, smallest_group=9)
    changed = fresh_store.waves.change(draft_wave, wanted, DAY)
    assert changed == fresh_store.waves.find(draft_wave.code)
    assert differing(changed.settings, wanted) == ()
    assert fresh_store.waves.log(changed) == ()


@pytest.mark.parametrize("state", [WaveState.OPEN, WaveState.CLOSED])
@pytest.mark.parametrize("name", [*OTHERS])
def test_what_people_were_promised_is_fixed_by_the_opening(
    fresh_store: Store, open_wave: Wave, name: str, state: WaveState
) -> None:
    """Each setting is refused with a reason of its own; nothing else of it is kept either."""
    wave = open_wave
    if state is WaveState.CLOSED:
        wave = fresh_store.waves.close(wave, NEXT_DAY)
    with pytest.raises(NotAllowed, match="fixed_"):
        fresh_store.waves.change(wave, with_settings(wave, **{name: OTHERS[name]}, **LATER), DAY)
    assert fresh_store.waves.find(wave.code) == wave


@pytest.mark.parametrize("state", [WaveState.OPEN, WaveState.CLOSED])
def test_the_end_and_what_is_told_of_results_change_until_the_release(
    fresh_store: Store, open_wave: Wave, state: WaveState
) -> None:
    """Also a larger smallest group, which the settings log states."""
    wave = open_wave
    if state is WaveState.CLOSED:
        wave = fresh_store.waves.close(wave, NEXT_DAY)
    wanted = with_settings(wave, **LATER, smallest_group=7)
    changed = fresh_store.waves.change(wave, wanted, NEXT_DAY)
    assert differing(changed.settings, wanted) == ()
    log = fresh_store.waves.log(changed)
    assert (log[-1].act, log[-1].details) == (LogAct.GROUP_RAISED, {"smallest_group": 7})
    with pytest.raises(SetUpProblem, match="group_not_raised"):
        fresh_store.waves.change(changed, with_settings(changed, smallest_group=6), NEXT_DAY)


@pytest.mark.parametrize("name", [*OTHERS, *LATER])
def test_nothing_changes_after_the_release(
    fresh_store: Store, closed_wave: Wave, name: str
) -> None:
    """Released is final."""
    from survey import releasing  # noqa: PLC0415 - the one way to a release

    released = releasing.release(fresh_store, closed_wave, NEXT_DAY)
    wanted = with_settings(released, **{name: (OTHERS | LATER)[name]})
    with pytest.raises(NotAllowed, match="wave_final"):
        fresh_store.waves.change(released, wanted, NEXT_DAY)


def test_the_later_of_two_is_told_and_nothing_of_theirs_is_stored(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """Both saw the same draft; the first one's change stands."""
    first = scheduled(fresh_store, draft_wave, title="Vom ersten")
    with pytest.raises(Conflict, match="wave_changed"):
        scheduled(fresh_store, draft_wave, introduction="Vom zweiten")
    assert fresh_store.waves.find(draft_wave.code) == first


def test_of_many_at_once_one_is_stored(fresh_store: Store, draft_wave: Wave) -> None:
    """Each of eight saw the same draft."""

    def change(number: int) -> bool:
        try:
            scheduled(fresh_store, draft_wave, title=f"Titel {number}")
        except Conflict:
            return False
        return True

    assert sum(at_once(change)) == 1


def test_a_state_that_moved_meanwhile_is_a_conflict(fresh_store: Store, draft_wave: Wave) -> None:
    """A draft that opened cannot be edited as a draft any more."""
    fresh_store.waves.open(draft_wave, DAY)
    with pytest.raises(Conflict, match="wave_moved"):
        scheduled(fresh_store, draft_wave, title="Zu spät")


def test_a_title_that_the_organisation_has_already_is_refused(
    fresh_store: Store, small_firm: Organisation, draft_wave: Wave
) -> None:
    """It is named; the draft stays as it was."""
    fresh_store.waves.add(small_firm, short_settings("Schon da"), "zweiter2")
    with pytest.raises(SetUpProblem, match="wave_exists"):
        scheduled(fresh_store, draft_wave, title="Schon da")
    assert fresh_store.waves.find(draft_wave.code) == draft_wave


# Removing


def test_a_draft_goes_with_its_links_and_targets(
    fresh_store: Store, draft_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """Nothing of it is left; its title and its place are free again."""
    fresh_store.invitations.add(draft_wave, {"abcdefgh": small_tree[0]})
    fresh_store.expectations.set_targets(draft_wave, (), {"customer_perspective": 4})
    fresh_store.expectations.predict(draft_wave, {"customer_perspective": 3}, "Ada", DAY)
    fresh_store.waves.remove(draft_wave)
    assert fresh_store.waves.all() == ()
    for code in (draft_wave.code, "abcdefgh"):
        with pytest.raises(NotFound):
            fresh_store.invitations.find(code)
    again = fresh_store.waves.add(draft_wave.organisation, draft_wave.settings, "anewwave")
    assert fresh_store.expectations.targets(again) == {}
    with pytest.raises(Conflict, match="draft_gone"):
        scheduled(fresh_store, draft_wave, title="Weg")


def test_what_was_ever_open_is_not_removed(fresh_store: Store, closed_wave: Wave) -> None:
    """People have answered it, or may have."""
    with pytest.raises(NotAllowed, match="not_removable"):
        fresh_store.waves.remove(closed_wave)


def test_a_draft_that_somebody_changed_is_not_removed(fresh_store: Store, draft_wave: Wave) -> None:
    """Their work would be lost without a word."""
    changed = scheduled(fresh_store, draft_wave, introduction="Neu")
    with pytest.raises(Conflict):
        fresh_store.waves.remove(draft_wave)
    assert fresh_store.waves.all() == (changed,)


# Time


def test_a_draft_opens_and_an_open_wave_closes_at_its_time(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """Not a second sooner; both logs say so, and who did it."""
    scheduled(fresh_store, draft_wave, opens_at=NOON, closes_at=NEXT_NOON)
    assert fresh_store.waves.keep_time(NOON - timedelta(seconds=1)) == ()
    (opened,) = fresh_store.waves.keep_time(NOON)
    assert (opened.state, opened.opened_on) == (WaveState.OPEN, DAY)
    assert fresh_store.waves.keep_time(NOON + HOUR) == ()
    (closed,) = fresh_store.waves.keep_time(NEXT_NOON)
    assert (closed.state, closed.closed_on) == (WaveState.CLOSED, NEXT_DAY)
    assert fresh_store.waves.keep_time(NEXT_NOON + HOUR) == ()
    log = fresh_store.waves.log(closed)
    assert [entry.act for entry in log] == [LogAct.OPENED, LogAct.CLOSED]
    assert broken_at(closed.code, log) is None
    noted = [(entry.act, entry.who) for entry in reversed(fresh_store.audit.read())]
    assert noted == [(AuditAct.WAVE_OPENED, BY_ITSELF), (AuditAct.WAVE_CLOSED, BY_ITSELF)]


def test_the_day_of_opening_is_the_waves_own(fresh_store: Store, draft_wave: Wave) -> None:
    """Half past eleven at night in London is the next day in Auckland."""
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    scheduled(fresh_store, draft_wave, opens_at=late, zone="Pacific/Auckland")
    (opened,) = fresh_store.waves.keep_time(late)
    assert opened.opened_on == NEXT_DAY


def test_what_was_missed_while_nobody_watched_is_caught_up(
    fresh_store: Store, small_firm: Organisation, draft_wave: Wave
) -> None:
    """Days later the one still opens and the other closes; answers are not lost by it."""
    other = fresh_store.waves.add(small_firm, short_settings("Andere"), "zweiter2")
    other = fresh_store.waves.open(scheduled(fresh_store, other, closes_at=NOON), DAY)
    fresh_store.answers.add(other, response(1), DAY)
    scheduled(fresh_store, draft_wave, opens_at=NOON)
    moved = fresh_store.waves.keep_time(NOON + timedelta(days=9))
    assert {wave.title: wave.state for wave in moved} == {
        draft_wave.title: WaveState.OPEN,
        "Andere": WaveState.CLOSED,
    }
    assert sum(fresh_store.answers.per_day(other).values()) == 1


def test_a_draft_that_cannot_open_stays_one_and_stops_no_other(
    fresh_store: Store, small_firm: Organisation, draft_wave: Wave
) -> None:
    """One without statements, one whose end is past, one of an unknown questionnaire."""
    scheduled(fresh_store, draft_wave, opens_at=NOON, items=())
    for code, wrong in (("pastpast", {"closes_at": NOON}), ("unknownn", {"instrument": "gone"})):
        wave = fresh_store.waves.add(small_firm, short_settings(code), code)
        scheduled(fresh_store, wave, opens_at=NOON - HOUR, **wrong)
    good = fresh_store.waves.add(small_firm, short_settings("Gut"), "goodgood")
    scheduled(fresh_store, good, opens_at=NOON)
    assert [wave.title for wave in fresh_store.waves.keep_time(NOON + HOUR)] == ["Gut"]
    states = {wave.state for wave in fresh_store.waves.all() if wave.title != "Gut"}
    assert states == {WaveState.DRAFT}


def test_several_processes_at_once_move_a_wave_once(fresh_store: Store, draft_wave: Wave) -> None:
    """Eight look at the clock together; one entry in the log."""
    scheduled(fresh_store, draft_wave, opens_at=NOON)
    moved = at_once(lambda _: fresh_store.waves.keep_time(NOON))
    assert sum(len(waves) for waves in moved) == 1
    assert len(fresh_store.waves.log(draft_wave)) == 1


def test_looking_at_the_clock_writes_nothing(fresh_store: Store, draft_wave: Wave) -> None:
    """Where nothing is due, nobody who writes is waited for."""
    assert draft_wave.state is WaveState.DRAFT

    def look(_: int) -> tuple[Wave, ...]:
        return fresh_store.waves.keep_time(NOON)

    with fresh_store.together():
        fresh_store.waves.add(draft_wave.organisation, short_settings("Offen"), "waitwait")
        assert at_once(look, threads=2) == [(), ()]


def test_answers_stop_at_the_moment_whatever_the_state_says(open_wave: Wave) -> None:
    """The end itself is too late."""
    ending = replace(open_wave, settings=with_settings(open_wave, closes_at=NOON))
    assert takes_answers(ending, NOON - timedelta(microseconds=1))
    assert not takes_answers(ending, NOON)
    assert takes_answers(open_wave, NOON + timedelta(days=999))


def test_what_keeps_a_wave_from_opening_is_all_named(draft_wave: Wave) -> None:
    """A title, a statement, a language that exists, an end to come."""
    wrong = with_settings(draft_wave, title=" ", items=("XX9",), languages=("tlh",), closes_at=NOON)
    keys = [problem.key for problem in obstacles(wrong, NOON)]
    assert keys == [
        "error.wave_unnamed",
        "error.closes_past",
        "error.items_missing",
        "error.language_missing",
    ]
    assert obstacles(draft_wave.settings, NOON) == ()


def test_times_are_typed_in_the_waves_zone_and_kept_as_moments(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """Six in the evening in Berlin is four in summer and five in winter, in UTC."""
    for day, hour in ((date(2026, 7, 1), 16), (date(2026, 12, 1), 17)):
        typed = moment(day, time(18), "Europe/Berlin")
        assert typed == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        draft_wave = scheduled(fresh_store, draft_wave, closes_at=typed)
        kept = draft_wave.settings.closes_at
        assert kept is not None
        assert (kept, kept.time()) == (typed, time(18))


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2026, 3, 29), "error.time_skipped"), (date(2026, 10, 25), "error.time_twice")],
)
def test_a_time_that_clocks_skip_or_show_twice_is_told(day: date, key: str) -> None:
    """Half past two on the nights when clocks change; an hour later it is plain again."""
    with pytest.raises(SetUpProblem) as refused:
        moment(day, time(2, 30), "Europe/Berlin")
    assert refused.value.key == key
    assert moment(day, time(3, 30), "Europe/Berlin").hour == 3
    assert moment(day, time(2, 30), "UTC").hour == 2
