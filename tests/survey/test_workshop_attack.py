"""Attacks on a workshop: what a curious facilitator or a clever phone tries, and does not get.

An open round tells how many voted and nothing else. So the same phones vote, then all
vote otherwise, and every method, page, file and screen there is has to say the same.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from itsdangerous import URLSafeSerializer
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from data.accounts import Role
from data.model import Organisation
from data.shelves.workshops import Workshops
from data.sqlite import SqliteStore
from data.workshops import Room
from survey.house import house
from survey.settings import signing_secret
from survey.workshop.phones import COOKIE, ballot_key, member_key
from tests.data.files import run_sql
from tests.data.rooms import (
    CODE,
    DOTS,
    ELSEWHERE,
    IDEAS,
    ITEMS,
    VOTE,
    at,
    begun,
    open_round,
    planned,
    reveal,
    vote,
    written,
)
from tests.data.samples import nonce
from tests.survey.everybody import OWNER, app_of_a_start, browser_of
from tests.survey.test_screen_logic import visit
from tests.survey.test_workshop_phones import Phone
from tests.survey.visitors import sign_in

VOTERS = range(1, 8)
SCREENS = ("workshops", "workshop", "projector", "facilitator", "protocol")
FILES = ("protocol.md", "votes.csv")
Phones = Mapping[str, Mapping[str, str]]
"""Who looks, and the cookies of their phones."""

Read = Callable[[SqliteStore, Room], object]
READS: Mapping[str, Read] = {
    "of": lambda store, room: store.workshops.of(room.workshop.organisation),
    "room": lambda store, _: store.workshops.room(CODE),
    "version": lambda store, _: store.workshops.version(CODE),
    "tallies": lambda store, room: store.workshops.tallies(room.workshop),
    "contributions": lambda store, room: store.workshops.contributions(room.workshop),
    "joined": lambda store, room: store.workshops.joined(room.workshop, nonce(99)),
    "voted": lambda store, room: store.workshops.voted(room.workshop, open_round(room), nonce(99)),
}
WRITES = frozenset(
    {
        *("add", "replan", "remove", "go", "reveal", "again", "end", "end_forgotten", "set_timer"),
        *("touch", "join", "vote", "contribute", "arrange"),
    }
)


@pytest.fixture
def store(started: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    """The demo's store; whoever opens a screen is an owner."""
    sign_in(monkeypatch, Role.OWNER)
    return started


@pytest.fixture
def firm(store: SqliteStore) -> Organisation:
    """The demo organisation."""
    return store.organisations.all()[0]


@pytest.fixture
def new_phone(store: SqliteStore) -> Callable[[], Phone]:
    """A phone that has not been here."""
    store.check()
    app = app_of_a_start()
    return lambda: Phone(TestClient(app, follow_redirects=False), CODE)


def after_a_start(cookies: Mapping[str, str]) -> Phone:
    """A phone that sends these cookies to a server that remembers nothing."""
    return Phone(TestClient(app_of_a_start(), follow_redirects=False, cookies=cookies), CODE)


def everything(store: SqliteStore, phones: Phones) -> dict[str, object]:
    """All that anybody is told: the shelf's readers, pages of phones, files and screens."""
    room, owner = store.workshops.room(CODE), browser_of(OWNER)
    told: dict[str, object] = {name: read(store, room) for name, read in READS.items()}
    for who, cookies in phones.items():
        phone = after_a_start(cookies)
        for address in ("", "/now"):
            told[f"{address} of {who}"] = _answer(phone.open(address))
    for file in FILES:
        told[file] = _answer(owner.get(f"/workshop-file/{CODE}/{file}"))
    for name in SCREENS:
        screen = visit(name, workshop=CODE)
        assert not screen.exception
        told[name] = _elements(screen)
    return told


def _answer(answer: Any) -> tuple[object, ...]:
    """Status, headers and text, but for what is new in every answer."""
    headers = {name: text for name, text in answer.headers.items() if name != "set-cookie"}
    page = re.sub(r'name="nonce" value="[^"]*"', "", answer.text)
    return answer.status_code, headers, page


def _elements(screen: AppTest) -> list[str]:
    """Everything that is sent to the browser, but for the time of day."""
    nodes = (*screen.main, *screen.sidebar)
    told = (str(node.proto) for node in nodes if hasattr(node, "proto"))
    return [re.sub(r"\d{1,2}:\d{2}", "", one) for one in told]


@pytest.fixture
def watching(new_phone: Callable[[], Phone]) -> Callable[[], Phones]:
    """Somebody who has not joined, and somebody who has, but did not vote."""

    def phones() -> Phones:
        member = new_phone().join().client.cookies[COOKIE].strip('"')
        return {"a stranger": {}, "a member": {COOKIE: member}}

    return phones


# What an open round tells


def test_every_method_of_the_shelf_was_thought_of() -> None:
    """Whoever adds one says here whether it reads; what reads is compared below."""
    methods = {name for name in vars(Workshops) if not name.startswith("_")}
    assert methods == READS.keys() | WRITES


@pytest.mark.parametrize(
    ("step", "one", "other"),
    [
        (VOTE, {"CP1": 1, "EO1": 5}, {"CP1": 5, "EO1": 0}),
        (VOTE, {"CP1": 3, "EO1": 3}, {"CP1": 3}),
        (DOTS, {"idea a": 3}, {"idea b": 1, "idea c": 1}),
    ],
    ids=["other answers", "an item left out", "dots"],
)
def test_an_open_round_tells_nothing_but_how_many_voted(
    store: SqliteStore,
    firm: Organisation,
    watching: Callable[[], Phones],
    step: int,
    one: dict[str, int],
    other: dict[str, int],
) -> None:
    """Two rooms with other votes by as many phones are the same, to the letter."""
    room, phones = begun(store, firm, step), watching()
    told = []
    for values in (one, other):
        for phone in VOTERS:
            vote(store, room, phone, values)
        told.append(everything(store, phones))
    assert told[0] == told[1]
    current = store.workshops.room(CODE).current
    assert current is not None
    assert current.voters == len(VOTERS)


def test_what_was_revealed_before_says_nothing_of_the_round_that_is_open(
    store: SqliteStore, firm: Organisation, watching: Callable[[], Phones]
) -> None:
    """Beside the first round's counts, the second one's votes stay hidden."""
    room, phones = begun(store, firm), watching()
    for phone in VOTERS:
        vote(store, room, phone, {"CP1": 2, "EO1": 2})
    store.workshops.again(reveal(store).workshop)
    room, told = store.workshops.room(CODE), []
    for value in (1, 4):
        for phone in VOTERS:
            vote(store, room, phone, dict.fromkeys(ITEMS, value))
        told.append(everything(store, phones))
    assert told[0] == told[1]


def test_ideas_are_on_no_screen_before_their_round_is_closed(
    store: SqliteStore, firm: Organisation, watching: Callable[[], Phones]
) -> None:
    """Only how many there are: whatever they say, everything looks the same."""
    room, phones = begun(store, firm, IDEAS), watching()
    for number in VOTERS:
        written(store, room, number, f"Idee {number}")
    before = everything(store, phones)
    run_sql(store.connections.path, "UPDATE workshop_contribution SET text = 'Anders ' || text")
    assert everything(store, phones) == before


def test_below_k_the_refusal_tells_how_many_are_missing_and_nothing_else(
    store: SqliteStore, firm: Organisation
) -> None:
    """Also where all of the few agree, or none of them could judge."""
    room, refusals = begun(store, firm), set()
    for value in (0, 3):
        for phone in range(4):
            vote(store, room, phone, dict.fromkeys(ITEMS, value))
        with pytest.raises(Exception, match="round_too_few") as problem:
            store.workshops.reveal(room.workshop)
        refusals.add(str(problem.value))
    assert len(refusals) == 1


# A clever phone


def sign(secret: str, token: str, salt: str = "phone") -> str:
    """A cookie as it would be signed."""
    return str(URLSafeSerializer(secret, salt=salt).dumps(token))


def voters(store: SqliteStore, code: str = CODE) -> int:
    """How many voted in the round that is open."""
    current = store.workshops.room(code).current
    assert current is not None
    return current.voters


@pytest.mark.parametrize(
    "cookie",
    [
        "made-up",
        '"made-up"',
        sign("another secret", "made-up"),
        "Im1hZGUtdXAi." + sign("another secret", "made-up").partition(".")[2],
        "{secret of another salt}",
        ".",
        "%00",
    ],
)
def test_a_cookie_that_is_not_ours_votes_for_nobody(
    store: SqliteStore, firm: Organisation, new_phone: Callable[[], Phone], cookie: str
) -> None:
    """Not even one that the server signed for something else, or with its signature cut off."""
    asked = open_round(begun(store, firm))
    if "salt" in cookie:
        cookie = sign(signing_secret(store.connections.path), "made-up", "form")
    client, sent = new_phone().client, {"Cookie": f"{COOKIE}={cookie}"}
    for fields in ({"act": "join"}, {"act": "vote", "round": str(asked), "CP1": "1", "EO1": "1"}):
        client.cookies.clear()
        assert client.post(f"/w/{CODE}", data=fields, headers=sent).status_code == 403
    assert store.workshops.room(CODE).workshop.phones == 0
    assert voters(store) == 0


def test_a_copied_cookie_is_the_same_phone(
    store: SqliteStore, firm: Organisation, new_phone: Callable[[], Phone]
) -> None:
    """In however many browsers: it has one vote, the last one."""
    begun(store, firm)
    first = new_phone().join()
    for value in "12345":
        copy = new_phone()
        copy.client.cookies.set(COOKIE, first.client.cookies[COOKIE].strip('"'))
        copy.open()
        assert copy.send("vote", CP1=value, EO1=value).status_code == 200
    assert voters(store) == 1
    first.open()
    assert first.chosen == {"CP1": "5", "EO1": "5"}


def test_nobody_sees_or_changes_what_another_phone_votes(
    store: SqliteStore, firm: Organisation, new_phone: Callable[[], Phone]
) -> None:
    """Another member's page chooses nothing, and sending it leaves the first vote alone."""
    begun(store, firm)
    one, other = new_phone().join(), new_phone().join()
    one.open()
    one.send("vote", CP1="5", EO1="4")
    other.open()
    assert other.chosen == {}
    other.send("vote", CP1="1", EO1="1")
    one.open()
    assert one.chosen == {"CP1": "5", "EO1": "4"}
    assert voters(store) == 2


def test_a_member_of_one_workshop_is_a_stranger_in_another(
    store: SqliteStore, firm: Organisation, new_phone: Callable[[], Phone]
) -> None:
    """Neither room lets it vote in the other's round."""
    begun(store, firm)
    theirs = begun(store, firm, code=ELSEWHERE)
    phone = new_phone().join()
    there = Phone(phone.client, ELSEWHERE)
    there.open()
    answer = there.send("vote", round=str(open_round(theirs)), CP1="1", EO1="1")
    assert answer.status_code == 403
    phone.open()
    answer = phone.send("vote", round=str(open_round(theirs)), CP1="1", EO1="1")
    assert answer.status_code == 409
    assert voters(store) == voters(store, ELSEWHERE) == 0


def test_keys_of_one_phone_have_nothing_in_common(store: SqliteStore, firm: Organisation) -> None:
    """By none of them is told that one phone joined, voted, and voted again, here or there."""
    workshops = [begun(store, firm, code=code) for code in (CODE, ELSEWHERE)]
    token = house().phones.token(house().phones.new_cookie())
    assert token is not None
    keys = [member_key(token, room.workshop) for room in workshops]
    for room in workshops:
        assert room.current is not None
        for number in range(20):
            asked = replace(room.current, id=room.current.id + 100 * number)
            keys.append(ballot_key(token, room.workshop, asked))
    assert len({key[:4] for key in keys}) == len({key[-4:] for key in keys}) == 42
    assert all(token.encode()[:8] not in key for key in keys)


def test_the_mark_that_phones_ask_for_tells_only_that_the_room_moved(
    store: SqliteStore, firm: Organisation, new_phone: Callable[[], Phone]
) -> None:
    """It is the same for everybody, and stays while others join, vote, write and ask."""
    planned(store, firm)
    room = at(store, CODE, VOTE)
    marks = [_mark()]
    for number in VOTERS:
        store.workshops.join(room.workshop, nonce(number))
        vote(store, room, number, {"CP1": number % 6})
        written(store, room, number, f"Frage {number}", 0)
        marks.append(_mark())
    member = new_phone().join().client.cookies[COOKIE].strip('"')
    marks.append(_mark({COOKIE: member}))
    assert len(set(marks)) == 1
    reveal(store)
    assert _mark() not in marks


def _mark(cookies: Mapping[str, str] | None = None) -> str:
    return after_a_start(cookies or {}).open("/now").text
