"""The contract of the shelf of workshops: what phones send, and what comes of it."""

from dataclasses import replace
from functools import partial

import pytest

from data.errors import NotAllowed
from data.model import Organisation
from data.store import Store
from data.workshops import (
    MOST_CONTRIBUTIONS,
    MOST_PHONES,
    Round,
    kept_counts,
)
from tests.data.rooms import (
    CHOICES,
    CODE,
    DOTS,
    FIVE,
    IDEAS,
    TALK,
    VOTE,
    WELCOME,
    at,
    begun,
    now,
    open_round,
    planned,
    refused,
    reveal,
    vote,
    vote_all,
    written,
)
from tests.data.samples import at_once, nonce

# Voting


def test_what_a_phone_votes_is_told_to_nobody_else(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """A room knows how many voted; a phone knows its own vote; no count is told."""
    room = begun(fresh_store, small_firm)
    vote(fresh_store, room, 1, {"CP1": 4, "EO1": 0})
    vote(fresh_store, room, 2, {"CP1": 2})
    voted = fresh_store.workshops.voted
    after = fresh_store.workshops.room(CODE)
    assert after.current == replace(room.current, voters=2)  # type: ignore[type-var]
    assert voted(room.workshop, open_round(room), nonce(1)) == {"CP1": 4, "EO1": 0}
    assert voted(room.workshop, open_round(room), nonce(3)) == {}
    assert fresh_store.workshops.tallies(room.workshop) == {}


def test_a_phone_that_votes_again_replaces_its_vote(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """It counts once; an item that it leaves out is taken back; nothing takes all back."""
    room = begun(fresh_store, small_firm)
    for values in ({"CP1": 4, "EO1": 1}, {"CP1": 5}):
        vote(fresh_store, room, 1, values)
    asked = open_round(room)
    assert fresh_store.workshops.voted(room.workshop, asked, nonce(1)) == {"CP1": 5}
    assert fresh_store.workshops.room(CODE).rounds[0].voters == 1
    vote(fresh_store, room, 1, {})
    assert fresh_store.workshops.room(CODE).rounds[0].voters == 0


def test_voting_does_not_move_the_version(fresh_store: Store, small_firm: Organisation) -> None:
    """Else phones would load anew with every vote, and the facilitator's key would not act."""
    room = begun(fresh_store, small_firm)
    fresh_store.workshops.join(room.workshop, nonce(1))
    vote_all(fresh_store, room, *FIVE)
    assert fresh_store.workshops.version(CODE) == room.workshop.version
    fresh_store.workshops.reveal(room.workshop)


@pytest.mark.parametrize(
    ("step", "values"),
    [
        (VOTE, {"TB1": 3}),
        (VOTE, {"CP1": 6}),
        (VOTE, {"CP1": -1}),
        (VOTE, {"CP1": 3, "'; DROP TABLE": 3}),
        (DOTS, {"idea z": 1}),
        (DOTS, {"idea a": 2, "idea b": 2}),
        (DOTS, {"idea a": 4}),
        (DOTS, {"idea a": 0}),
        (DOTS, {"idea a": -1, "idea b": 4}),
        (IDEAS, {"CP1": 3}),
        (IDEAS, {}),
    ],
)
def test_a_vote_fits_what_is_asked(
    fresh_store: Store, small_firm: Organisation, step: int, values: dict[str, int]
) -> None:
    """Its items, its choices, the scale, and no more dots than there are; else it changes none."""
    room = begun(fresh_store, small_firm, step)
    fitting = {VOTE: {"CP1": 3}, DOTS: {"idea a": 2, "idea c": 1}}.get(step)
    if fitting:
        vote(fresh_store, room, 1, fitting)
    refused(lambda: vote(fresh_store, room, 1, values), "error.vote_unfit")
    kept = fresh_store.workshops.voted(room.workshop, open_round(room), nonce(1))
    assert kept == (fitting or {})


def test_a_vote_counts_in_the_round_that_is_open_at_the_present_step(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Not after reveal, not in a round left open behind, not at another workshop's."""
    room = begun(fresh_store, small_firm)
    other = begun(fresh_store, small_firm, code="AAAAAA")
    late = partial(vote, fresh_store, room, 9, {"CP1": 1})
    foreign = partial(
        fresh_store.workshops.vote, room.workshop, open_round(other), nonce(9), {"CP1": 1}
    )
    refused(foreign, "error.round_closed")
    vote_all(fresh_store, room, *FIVE)
    at(fresh_store, CODE, TALK)
    refused(late, "error.round_closed")
    at(fresh_store, CODE, VOTE)
    reveal(fresh_store)
    refused(late, "error.round_closed")
    fresh_store.workshops.again(now(fresh_store))
    refused(late, "error.round_closed")
    vote(fresh_store, fresh_store.workshops.room(CODE), 9, {"CP1": 1})
    assert fresh_store.workshops.room("AAAAAA").rounds[0].voters == 0
    assert [one.voters for one in fresh_store.workshops.room(CODE).rounds] == [5, 1]


# Revealing


def test_a_revealed_round_is_its_counts(fresh_store: Store, small_firm: Organisation) -> None:
    """Six phones, counted by hand; of an item that only four could judge, nothing is kept."""
    room = begun(fresh_store, small_firm)
    firsts, seconds = (1, 2, 2, 5, 0, 5), (3, 3, 3, 3, 0, None)
    ballots = [
        {"CP1": one} if two is None else {"CP1": one, "EO1": two}
        for one, two in zip(firsts, seconds, strict=True)
    ]
    vote_all(fresh_store, room, *ballots)
    revealed = reveal(fresh_store)
    assert revealed.current is not None
    assert (revealed.current.closed, revealed.current.voters) == (True, 6)
    assert revealed.workshop.version > room.workshop.version
    tallies = fresh_store.workshops.tallies(revealed.workshop)
    assert tallies == {revealed.current.id: {"CP1": {0: 1, 1: 1, 2: 2, 5: 2}}}


def test_the_votes_of_a_revealed_round_are_deleted(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Not even the phone that voted is told any more what it said."""
    room = begun(fresh_store, small_firm)
    vote_all(fresh_store, room, *FIVE)
    asked = open_round(room)
    reveal(fresh_store)
    for phone in range(5):
        assert fresh_store.workshops.voted(room.workshop, asked, nonce(phone)) == {}


def test_a_unanimous_round_may_be_revealed(fresh_store: Store, small_firm: Organisation) -> None:
    """The room sees itself, and is told so before."""
    vote_all(fresh_store, begun(fresh_store, small_firm), *[{"CP1": 4}] * 5)
    reveal(fresh_store)
    (tally,) = fresh_store.workshops.tallies(now(fresh_store)).values()
    assert tally == {"CP1": {4: 5}}


@pytest.mark.parametrize("step", [VOTE, DOTS])
def test_below_k_nothing_is_revealed(
    fresh_store: Store, small_firm: Organisation, step: int
) -> None:
    """It is told how many are missing; the round stays open and keeps its votes."""
    room = begun(fresh_store, small_firm, step)
    values = {"CP1": 3} if step == VOTE else {"idea a": 3}
    vote_all(fresh_store, room, *[values] * 4)
    with pytest.raises(NotAllowed) as problem:
        fresh_store.workshops.reveal(room.workshop)
    assert problem.value.key == "error.round_too_few"
    assert problem.value.values == {"smallest": 5, "missing": 1}
    assert now(fresh_store) == room.workshop
    vote(fresh_store, room, 4, values)
    assert reveal(fresh_store).current == replace(room.current, closed=True, voters=5)  # type: ignore[type-var]


def test_a_round_that_too_few_could_judge_is_closed_with_nothing(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Five voted, but no item was rated by five.

    A refusal would tell of votes while they can still be counted one by one.
    """
    room = begun(fresh_store, small_firm)
    vote_all(fresh_store, room, *[{"CP1": 0, "EO1": 3}] * 4, {"CP1": 3, "EO1": 0})
    revealed = reveal(fresh_store)
    assert revealed.current == Round(open_round(room), VOTE, 1, closed=True, voters=5)
    assert fresh_store.workshops.tallies(room.workshop) == {}
    fresh_store.workshops.again(revealed.workshop)
    assert open_round(fresh_store.workshops.room(CODE)) != open_round(room)


def test_dots_are_added_up(fresh_store: Store, small_firm: Organisation) -> None:
    """By choice, over all phones; a choice without one is not counted."""
    room = begun(fresh_store, small_firm, DOTS)
    given = ({"idea a": 3}, {"idea a": 1, "idea c": 2}, {"idea c": 1})
    vote_all(fresh_store, room, *given, {"idea a": 1}, {"idea c": 3})
    revealed = reveal(fresh_store)
    assert revealed.current is not None
    assert revealed.current.voters == 5
    tallies = fresh_store.workshops.tallies(revealed.workshop)
    assert tallies == {revealed.current.id: {"idea a": {1: 5}, "idea c": {1: 6}}}


def test_what_is_revealed_stays(fresh_store: Store, small_firm: Organisation) -> None:
    """A second key press finds nothing to close; the next round counts for itself."""
    vote_all(fresh_store, begun(fresh_store, small_firm), *FIVE)
    first = reveal(fresh_store)
    refused(lambda: fresh_store.workshops.reveal(first.workshop), "error.round_closed")
    before = dict(fresh_store.workshops.tallies(first.workshop))
    fresh_store.workshops.again(first.workshop)
    room = fresh_store.workshops.room(CODE)
    assert room.current is not None
    assert (room.current.number, room.current.closed, room.current.voters) == (2, False, 0)
    vote_all(fresh_store, room, *[{"CP1": 5}] * 6)
    after = fresh_store.workshops.tallies(reveal(fresh_store).workshop)
    assert {one: after[one] for one in before} == before
    assert after[room.current.id] == {"CP1": {5: 6}}


def test_a_round_is_asked_again_once_it_is_revealed(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Not while it is open, and not before the workshop runs."""
    seen = planned(fresh_store, small_firm)
    refused(lambda: fresh_store.workshops.again(seen), "error.round_open")
    room = at(fresh_store, CODE, DOTS)
    refused(lambda: fresh_store.workshops.again(room.workshop), "error.round_open")
    vote_all(fresh_store, room, *[{"idea a": 3}] * 5)
    fresh_store.workshops.again(reveal(fresh_store).workshop, CHOICES[1:])
    current = fresh_store.workshops.room(CODE).current
    assert current is not None
    assert (current.number, current.choices) == (2, CHOICES[1:])


def test_kept_counts_by_hand() -> None:
    """Of six voters with k = 5: five judged the first item, four the second."""
    counts = {"CP1": {0: 1, 3: 5}, "EO1": {0: 2, 1: 4}}
    assert kept_counts(counts, 6, 5) == {"CP1": {0: 1, 3: 5}}
    assert kept_counts(counts, 4, 5) == {}


# Ideas and questions


def test_ideas_are_read_once_their_round_is_closed(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Any number may be closed, also none; until then only how many came is told."""
    room = begun(fresh_store, small_firm, IDEAS)
    assert written(fresh_store, room, 1, "Rückrufe am selben Tag")
    assert written(fresh_store, room, 2, "Besuchstag")
    current = fresh_store.workshops.room(CODE).current
    assert current is not None
    assert current.voters == 2
    assert fresh_store.workshops.contributions(room.workshop) == ()
    closed = reveal(fresh_store)
    assert closed.current == replace(current, closed=True)
    ideas = fresh_store.workshops.contributions(closed.workshop)
    assert {(one.text, one.step, one.shown, one.group) for one in ideas} == {
        ("Rückrufe am selben Tag", IDEAS, False, ""),
        ("Besuchstag", IDEAS, False, ""),
    }
    fresh_store.workshops.again(closed.workshop)
    assert reveal(fresh_store).rounds[1].voters == 0


def test_questions_can_be_asked_at_every_step(fresh_store: Store, small_firm: Organisation) -> None:
    """They are there at once, but on nobody's wall."""
    for number, step in enumerate((WELCOME, VOTE, TALK)):
        room = begun(fresh_store, small_firm, step) if not number else at(fresh_store, CODE, step)
        assert written(fresh_store, room, number, f"Frage {number}", 0)
    found = fresh_store.workshops.contributions(now(fresh_store))
    assert {(one.text, one.step, one.shown) for one in found} == {
        (f"Frage {number}", 0, False) for number in range(3)
    }


def test_what_is_sent_twice_is_kept_once(fresh_store: Store, small_firm: Organisation) -> None:
    """By its key, whatever it says then; also when the round was closed in between."""
    room = begun(fresh_store, small_firm, IDEAS)
    assert written(fresh_store, room, 1, "Besuchstag")
    assert not written(fresh_store, room, 1, "Besuchstag")
    reveal(fresh_store)
    assert not written(fresh_store, room, 1, "Etwas anderes")
    (only,) = fresh_store.workshops.contributions(room.workshop)
    assert only.text == "Besuchstag"


@pytest.mark.parametrize("step", [VOTE, DOTS, TALK, 99])
def test_ideas_are_collected_at_their_step_only(
    fresh_store: Store, small_firm: Organisation, step: int
) -> None:
    """Neither for another step, nor while the room is elsewhere, nor after reveal."""
    room = begun(fresh_store, small_firm, IDEAS)
    refused(lambda: written(fresh_store, room, 1, "Idee", step), "error.round_closed")
    at(fresh_store, CODE, VOTE)
    refused(lambda: written(fresh_store, room, 1, "Idee"), "error.round_closed")
    at(fresh_store, CODE, IDEAS)
    reveal(fresh_store)
    refused(lambda: written(fresh_store, room, 1, "Idee"), "error.round_closed")


def test_contributions_come_in_no_order_of_arrival(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """By their random keys: the same ones, written in another order, are listed the same."""
    listed = []
    for code, order in (("AAAAAA", range(30)), ("BBBBBB", range(29, -1, -1))):
        room = begun(fresh_store, small_firm, IDEAS, code)
        for number in order:
            written(fresh_store, room, number, f"Idee {number}")
        listed.append(fresh_store.workshops.contributions(reveal(fresh_store, code).workshop))
    assert listed[0] == listed[1]
    assert [one.text for one in listed[0]] != [f"Idee {number}" for number in range(30)]


def test_ideas_are_shown_and_put_on_heaps(fresh_store: Store, small_firm: Organisation) -> None:
    """Nothing else of them changes, and those that nobody knows are left."""
    room = begun(fresh_store, small_firm, IDEAS)
    for number, text in enumerate(("Besuchstag", "Rückrufe")):
        written(fresh_store, room, number, text)
    version = reveal(fresh_store).workshop.version
    one, other = fresh_store.workshops.contributions(room.workshop)
    wanted = replace(one, shown=True, group="Beim Kunden")
    forged = [replace(wanted, text="Anders", step=0), replace(wanted, id="00" * 16)]
    fresh_store.workshops.arrange(room.workshop, forged)
    assert fresh_store.workshops.contributions(room.workshop) == (wanted, other)
    assert fresh_store.workshops.version(CODE) > version


def test_another_workshops_ideas_are_not_arranged(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Not even by their keys."""
    room = begun(fresh_store, small_firm, IDEAS)
    written(fresh_store, room, 1, "Besuchstag")
    reveal(fresh_store)
    mine = fresh_store.workshops.contributions(room.workshop)
    other = begun(fresh_store, small_firm, IDEAS, "AAAAAA").workshop
    fresh_store.workshops.arrange(other, [replace(one, shown=True) for one in mine])
    assert fresh_store.workshops.contributions(room.workshop) == mine


# Joining, and limits


def test_a_phone_joins_once(fresh_store: Store, small_firm: Organisation) -> None:
    """A reload does not count it twice; another workshop does not know it."""
    room, other = (
        begun(fresh_store, small_firm, WELCOME, code).workshop for code in ("AAAAAA", "BBBBBB")
    )
    assert [fresh_store.workshops.join(room, nonce(n)) for n in (1, 1, 2)] == [True, False, True]
    assert fresh_store.workshops.joined(room, nonce(1))
    assert not fresh_store.workshops.joined(other, nonce(1))
    assert [now(fresh_store, one.code).phones for one in (room, other)] == [2, 0]


def test_a_workshop_is_full_some_day(fresh_store: Store, small_firm: Organisation) -> None:
    """Phones and texts are limited; those who are in stay in, and questions sent twice are told."""
    room = begun(fresh_store, small_firm, WELCOME)
    with fresh_store.together():
        for number in range(MOST_PHONES):
            fresh_store.workshops.join(room.workshop, nonce(number))
        for number in range(MOST_CONTRIBUTIONS):
            written(fresh_store, room, number, "Frage", 0)
    more = nonce(MOST_CONTRIBUTIONS)
    refused(lambda: fresh_store.workshops.join(room.workshop, more), "error.workshop_full")
    refused(
        lambda: written(fresh_store, room, MOST_CONTRIBUTIONS, "Frage", 0), "error.workshop_full"
    )
    assert not fresh_store.workshops.join(room.workshop, nonce(1))
    assert not written(fresh_store, room, 1, "Frage", 0)


# All at once


def test_two_hundred_votes_at_once_are_each_counted_once(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Eight threads, each with 25 phones that vote twice."""
    room = begun(fresh_store, small_firm)

    def crowd(thread: int) -> None:
        for phone in range(thread * 25, thread * 25 + 25):
            vote(fresh_store, room, phone, {"CP1": 1})
            vote(fresh_store, room, phone, {"CP1": 1 + phone % 5})

    at_once(crowd)
    revealed = reveal(fresh_store)
    (tally,) = fresh_store.workshops.tallies(revealed.workshop).values()
    assert tally == {"CP1": dict.fromkeys((1, 2, 3, 4, 5), 40)}


def test_a_vote_beside_the_reveal_is_counted_or_refused(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Never lost: as many are counted as were told that they are."""
    room = begun(fresh_store, small_firm)
    vote_all(fresh_store, room, *[{"CP1": 3}] * 5)

    def act(thread: int) -> int:
        if not thread:
            fresh_store.workshops.reveal(room.workshop)
            return 0
        taken = 0
        for phone in range(100 * thread, 100 * thread + 10):
            try:
                vote(fresh_store, room, phone, {"CP1": 3})
            except NotAllowed:
                continue
            taken += 1
        return taken

    taken = sum(at_once(act))
    (tally,) = fresh_store.workshops.tallies(room.workshop).values()
    assert tally == {"CP1": {3: 5 + taken}}
    assert fresh_store.workshops.room(CODE).rounds[0].voters == 5 + taken


def test_one_phone_that_votes_from_eight_places_counts_once(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Double taps that arrive together: one whole ballot stands, not a mixture."""
    room = begun(fresh_store, small_firm)
    values = [{"CP1": 1 + n % 5, "EO1": 1 + n % 5} for n in range(8)]
    at_once(lambda n: vote(fresh_store, room, 1, values[n]))
    assert fresh_store.workshops.voted(room.workshop, open_round(room), nonce(1)) in values
    assert fresh_store.workshops.room(CODE).rounds[0].voters == 1


def test_an_idea_sent_from_eight_threads_is_kept_once(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """And told as new once."""
    room = begun(fresh_store, small_firm, IDEAS)
    assert sorted(at_once(lambda _: written(fresh_store, room, 1, "Idee"))) == [False] * 7 + [True]
    assert len(fresh_store.workshops.contributions(reveal(fresh_store).workshop)) == 1
