"""The shelf of personal invitations: one link, one answer, and nothing about anybody."""

from datetime import UTC, datetime, timedelta

import pytest

from data.errors import NotAllowed, NotFound, SetUpProblem
from data.invited import Delivery, Invited, InvitedCounts, hash_code
from data.model import Department, Wave
from data.results import Group, GroupKind, Release
from data.store import Store
from tests.data.samples import DAY, NEXT_DAY, SHORT_FORM, at_once, nonce, response

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=48)


def address(number: int) -> str:
    """The address of a sample person."""
    return f"p{number:02d}@muster.example"


def people(number: int) -> list[Invited]:
    """So many invitations with the codes "0", "1", …, and addresses."""
    return [Invited(hash_code(str(n)), address=address(n)) for n in range(number)]


def invite_all(store: Store, wave: Wave, number: int) -> None:
    """Add so many, and mail them all at NOON."""
    store.personal.add(wave, people(number))
    for one in store.personal.to_invite(wave):
        store.personal.deliver(wave, one, Delivery.SENT, NOON)


def test_a_personal_code_is_found_like_a_shared_one(
    fresh_store: Store, draft_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """With its wave and its department; the invitation says that it is personal."""
    sales = small_tree[0]
    fresh_store.personal.add(draft_wave, [Invited(hash_code("geheim"), sales.id)])
    found = fresh_store.invitations.find("geheim")
    assert (found.wave, found.department) == (draft_wave, sales)
    assert found.personal == hash_code("geheim")
    assert not found.used
    assert fresh_store.invitations.find(draft_wave.code).personal is None
    with pytest.raises(NotFound):
        fresh_store.invitations.find(hash_code("geheim").hex())


def test_a_personal_link_is_used_once(fresh_store: Store, open_wave: Wave) -> None:
    """A second response with another key is refused and not stored."""
    fresh_store.personal.add(open_wave, people(1))
    assert fresh_store.answers.add(open_wave, response(1), DAY, hash_code("0"))
    assert fresh_store.invitations.find("0").used
    with pytest.raises(NotAllowed) as refused:
        fresh_store.answers.add(open_wave, response(2), DAY, hash_code("0"))
    assert refused.value.key == "error.link_used"
    assert fresh_store.answers.per_day(open_wave) == {DAY: 1}


def test_the_same_form_sent_again_is_stored_once(fresh_store: Store, open_wave: Wave) -> None:
    """A double click is no second response, whatever the link says."""
    fresh_store.personal.add(open_wave, people(1))
    assert fresh_store.answers.add(open_wave, response(1), DAY, hash_code("0"))
    assert not fresh_store.answers.add(open_wave, response(1), DAY, hash_code("0"))
    assert fresh_store.answers.per_day(open_wave) == {DAY: 1}


def test_of_many_at_once_one_gets_through(fresh_store: Store, open_wave: Wave) -> None:
    """Eight phones with the same personal link at the same moment."""
    fresh_store.personal.add(open_wave, people(1))

    def answer(number: int) -> bool:
        try:
            return fresh_store.answers.add(open_wave, response(number), DAY, hash_code("0"))
        except NotAllowed:
            return False

    assert sum(at_once(answer)) == 1
    assert fresh_store.answers.per_day(open_wave) == {DAY: 1}


def test_a_link_is_not_used_up_by_a_response_that_is_not_stored(
    fresh_store: Store, open_wave: Wave
) -> None:
    """Closed before it arrived: reopened, the link is as good as before."""
    fresh_store.personal.add(open_wave, people(1))
    fresh_store.waves.close(open_wave, NEXT_DAY)
    with pytest.raises(NotAllowed):
        fresh_store.answers.add(open_wave, response(1), NEXT_DAY, hash_code("0"))
    again = fresh_store.waves.open(open_wave, NEXT_DAY)
    assert fresh_store.answers.add(again, response(1), NEXT_DAY, hash_code("0"))


def test_a_code_of_another_wave_is_worth_nothing(fresh_store: Store, open_wave: Wave) -> None:
    """Nor one that nobody made."""
    with pytest.raises(NotAllowed):
        fresh_store.answers.add(open_wave, response(1), DAY, hash_code("nobody's"))
    assert fresh_store.answers.per_day(open_wave) == {}


def test_an_address_is_invited_once_a_wave(fresh_store: Store, open_wave: Wave) -> None:
    """All of a list or none of it; people without an address are as many as one likes."""
    fresh_store.personal.add(open_wave, people(2))
    new = [Invited(hash_code("new"), address="new@muster.example")]
    again = [Invited(hash_code("again"), address=address(1))]
    with pytest.raises(SetUpProblem) as refused:
        fresh_store.personal.add(open_wave, new + again)
    assert refused.value.values["address"] == address(1)
    assert fresh_store.personal.counts(open_wave).made == 2
    fresh_store.personal.add(open_wave, [Invited(hash_code("a")), Invited(hash_code("b"))])
    assert fresh_store.personal.counts(open_wave) == InvitedCounts(made=4, addressed=2)


def test_nobody_is_invited_to_a_wave_that_is_over(fresh_store: Store, closed_wave: Wave) -> None:
    """The problem names the wave."""
    with pytest.raises(NotAllowed):
        fresh_store.personal.add(closed_wave, people(1))


def test_only_a_drafts_links_can_be_discarded(fresh_store: Store, draft_wave: Wave) -> None:
    """Once it is open, somebody may have answered by one."""
    fresh_store.personal.add(draft_wave, people(3))
    assert fresh_store.personal.discard(draft_wave) == 3
    with pytest.raises(NotFound):
        fresh_store.invitations.find("0")
    fresh_store.personal.add(draft_wave, people(1))
    opened = fresh_store.waves.open(draft_wave, DAY)
    with pytest.raises(NotAllowed):
        fresh_store.personal.discard(opened)


def test_nobody_is_told_how_many_links_were_used(fresh_store: Store, open_wave: Wave) -> None:
    """Of one department's links that would be its participation: an answer changes no count."""
    fresh_store.personal.add(open_wave, people(30))
    before = fresh_store.personal.counts(open_wave)
    fresh_store.answers.add(open_wave, response(1), DAY, hash_code("0"))
    assert fresh_store.invitations.find("0").used
    assert fresh_store.personal.counts(open_wave) == before


def test_what_was_delivered_is_not_sent_again(fresh_store: Store, open_wave: Wave) -> None:
    """What failed is, and is listed with its reason."""
    fresh_store.personal.add(open_wave, people(3))
    fresh_store.personal.deliver(open_wave, address(0), Delivery.SENT, NOON)
    fresh_store.personal.deliver(open_wave, address(1), Delivery.REFUSED, NOON)
    assert fresh_store.personal.to_invite(open_wave) == (address(1), address(2))
    assert fresh_store.personal.failures(open_wave) == {address(1): Delivery.REFUSED}
    counts = fresh_store.personal.counts(open_wave)
    assert (counts.addressed, counts.sent, counts.failed, counts.waiting) == (3, 1, 1, 2)


def test_a_renewed_link_and_the_one_before_are_good_for_one_answer(
    fresh_store: Store, open_wave: Wave
) -> None:
    """Whichever mail somebody finds first; used, there is no further code."""
    fresh_store.personal.add(open_wave, people(1))
    assert fresh_store.personal.renew(open_wave, address(0), hash_code("newer"))
    assert fresh_store.invitations.find("0").personal
    assert fresh_store.answers.add(open_wave, response(1), DAY, hash_code("newer"))
    assert fresh_store.invitations.find("0").used
    with pytest.raises(NotAllowed):
        fresh_store.answers.add(open_wave, response(2), DAY, hash_code("0"))
    assert not fresh_store.personal.renew(open_wave, address(0), hash_code("newest"))


def test_codes_are_sent_for_open_waves_only(fresh_store: Store, draft_wave: Wave) -> None:
    """A draft can be prepared, not sent."""
    fresh_store.personal.add(draft_wave, people(1))
    with pytest.raises(NotAllowed):
        fresh_store.personal.renew(draft_wave, address(0), hash_code("newer"))


def test_reminders_go_to_those_who_have_not_answered(fresh_store: Store, open_wave: Wave) -> None:
    """And who got the invitation; somebody who answers meanwhile is left out."""
    invite_all(fresh_store, open_wave, 12)
    fresh_store.answers.add(open_wave, response(1), DAY, hash_code("3"))
    fresh_store.personal.begin_reminding(open_wave, LATER)
    due = fresh_store.personal.to_remind(open_wave)
    assert sorted(due) == [address(n) for n in range(12) if n != 3]
    fresh_store.answers.add(open_wave, response(2), DAY, hash_code("5"))
    assert address(5) not in fresh_store.personal.to_remind(open_wave)


def test_an_interrupted_round_goes_on_where_it_was(fresh_store: Store, open_wave: Wave) -> None:
    """Without waiting; when it is done, the next one waits again."""
    invite_all(fresh_store, open_wave, 10)
    fresh_store.personal.begin_reminding(open_wave, LATER)
    first, *rest = fresh_store.personal.to_remind(open_wave)
    fresh_store.personal.remind(open_wave, first, LATER)
    assert fresh_store.personal.counts(open_wave).reminding
    fresh_store.personal.begin_reminding(open_wave, LATER)
    assert sorted(fresh_store.personal.to_remind(open_wave)) == sorted(rest)
    for one in rest:
        fresh_store.personal.remind(open_wave, one, LATER)
    assert not fresh_store.personal.counts(open_wave).reminding
    with pytest.raises(NotAllowed) as soon:
        fresh_store.personal.begin_reminding(open_wave, LATER + timedelta(hours=47))
    assert soon.value.key == "error.remind_soon"


def test_nobody_is_reminded_soon_after_the_last_mail(fresh_store: Store, open_wave: Wave) -> None:
    """48 hours, to the second."""
    invite_all(fresh_store, open_wave, 10)
    with pytest.raises(NotAllowed):
        fresh_store.personal.begin_reminding(open_wave, LATER - timedelta(seconds=1))
    fresh_store.personal.begin_reminding(open_wave, LATER)


def test_few_are_not_reminded(fresh_store: Store, open_wave: Wave) -> None:
    """Of one invitation, "0 reminded" would say that this person has answered."""
    invite_all(fresh_store, open_wave, 9)
    with pytest.raises(NotAllowed) as few:
        fresh_store.personal.begin_reminding(open_wave, LATER)
    assert few.value.key == "error.remind_few"


def test_a_round_leaves_no_trace_of_who_was_reminded(fresh_store: Store, open_wave: Wave) -> None:
    """After the release everybody who was invited by mail has as many codes as everybody else."""
    invite_all(fresh_store, open_wave, 10)
    fresh_store.answers.add(open_wave, response(1), DAY, hash_code("3"))
    fresh_store.personal.begin_reminding(open_wave, LATER)
    for number, one in enumerate(fresh_store.personal.to_remind(open_wave)):
        assert fresh_store.personal.renew(open_wave, one, hash_code(f"second {number}"))
        fresh_store.personal.remind(open_wave, one, LATER)
    with fresh_store.connections.borrow() as db:  # type: ignore[attr-defined]
        codes = db.execute("SELECT count(*) FROM personal_code GROUP BY invitation_id").fetchall()
    assert codes == [(2,)] * 10


def test_the_release_forgets_everybody(fresh_store: Store, closed_wave: Wave) -> None:
    """No address, no delivery, nothing used; the link still leads to its wave."""
    opened = fresh_store.waves.open(closed_wave, NEXT_DAY)
    invite_all(fresh_store, opened, 12)
    fresh_store.answers.add(opened, response(1), DAY, hash_code("0"))
    closed = fresh_store.waves.close(opened, NEXT_DAY)
    assert fresh_store.invitations.find("0").used
    release = Release(SHORT_FORM, (Group(GroupKind.ORGANISATION),), {})
    released = fresh_store.releases.save(closed, release, NEXT_DAY)
    assert fresh_store.personal.counts(released) == InvitedCounts(made=12)
    assert not fresh_store.invitations.find("0").used
    assert fresh_store.invitations.find("0").wave == released


def test_the_key_of_a_response_is_none_of_a_links(fresh_store: Store, open_wave: Wave) -> None:
    """Using a link stores the response under its own key and nothing else of the link."""
    fresh_store.personal.add(open_wave, people(1))
    fresh_store.answers.add(open_wave, response(1), DAY, hash_code("0"))
    with fresh_store.connections.borrow() as db:  # type: ignore[attr-defined]
        rows = db.execute("SELECT * FROM response").fetchall()
    assert rows == [(open_wave.id, nonce(1), None, 0, 0)]
