"""Phones in a workshop: joining, voting, dots, ideas and questions, and following the room."""

import gzip
import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.measures import Plan
from data.model import Address, Organisation, Profile
from data.questionnaires import FIVE_QUESTIONS
from data.sqlite import SqliteStore
from data.workshops import Choice, Room, Round, Step, StepKind, WorkshopPlan
from survey.form.guesses import Guesses
from survey.phone.routes import PhoneForm
from survey.workshop.phones import COOKIE, Phones

CODE, OTHER = "K7M4XR", "PPP333"
TODAY = date(2026, 11, 22)
SIGNED_BY = "whoever runs this test"
HOSTILE = "</textarea><script>alert(1)</script> & \"Zitat\" 'so'"
STEPS = (
    Step(1, StepKind.WELCOME),
    Step(2, StepKind.GUESS, items=("CP1", "EO1")),
    Step(3, StepKind.RESULT, items=("CP1", "EO1")),
    Step(4, StepKind.VOTE, "customer_perspective", ("CP1", "CP2")),
    Step(5, StepKind.TALK, "customer_perspective"),
    Step(6, StepKind.REVOTE, "customer_perspective", ("CP1", "CP2")),
    Step(7, StepKind.QUESTIONS),
    Step(8, StepKind.IDEAS),
    Step(9, StepKind.DOTS),
    Step(10, StepKind.MEASURES),
    Step(11, StepKind.CLOSING),
)
WELCOME, GUESS, RESULT, VOTE, TALK, REVOTE, QUESTIONS, IDEAS, DOTS, MEASURES, CLOSING = range(1, 12)
CHOICES = (Choice("group Beim Kunden", "Beim Kunden"), Choice(f"idea {1:032X}", HOSTILE))


class Facilitator:
    """Whoever leads the workshop: moves the room, and lets others vote."""

    def __init__(self, store: SqliteStore, code: str = CODE) -> None:
        """Lead the workshop of this code."""
        self.store, self.code = store, code

    @property
    def room(self) -> Room:
        """The room as it stands."""
        return self.store.workshops.room(self.code)

    @property
    def round(self) -> Round:
        """The latest round of the present step."""
        found = self.room.current
        assert found is not None
        return found

    def go(self, step: int) -> None:
        """Move to a step."""
        choices = CHOICES if step == DOTS else ()
        self.store.workshops.go(self.room.workshop, step, TODAY, choices)

    def reveal(self) -> None:
        """Close the present round."""
        self.store.workshops.reveal(self.room.workshop)

    def again(self) -> None:
        """Ask the present step once more."""
        self.store.workshops.again(self.room.workshop)

    def others_vote(self, people: int, **values: int) -> None:
        """Let so many other phones vote alike."""
        for number in range(people):
            key = f"other {number:010d}".encode()
            self.store.workshops.vote(self.room.workshop, self.round.id, key, values)

    def texts(self, *, questions: bool = False) -> list[str]:
        """What was written and may be read: questions, or ideas of closed rounds."""
        found = self.store.workshops.contributions(self.room.workshop)
        return sorted(one.text for one in found if bool(one.step) is not questions)


class Phone:
    """A browser with its cookies, and the page it shows."""

    def __init__(self, client: TestClient, code: str = CODE) -> None:
        """Open nothing yet."""
        self.client, self.code, self.page = client, code, ""

    def open(self, address: str = "", **headers: str) -> Response:
        """Ask for the room's page, or for what is below it."""
        return self._shows(self.client.get(f"/w/{self.code}{address}", headers=headers))

    def send(self, act: str, address: str = "", **fields: str) -> Response:
        """Send the form of the page that is shown, filled in; then follow where it leads."""
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.page))
        data = {**hidden, "act": act, **fields}
        answer = self.client.post(f"/w/{self.code}{address}", data=data)
        if answer.status_code != 303:
            return self._shows(answer)
        return self._shows(self.client.get(answer.headers["location"]))

    def join(self) -> "Phone":
        """Open the room and press the one button."""
        self.open()
        assert self.send("join").status_code == 200
        return self

    @property
    def text(self) -> str:
        """What the page says, without its tags."""
        body = self.page.partition("<main>")[2]
        return " ".join(html.unescape(re.sub("<[^>]*>", " ", body)).split())

    @property
    def chosen(self) -> dict[str, str]:
        """What is checked on the page, by the fields' names."""
        found = re.findall(r'type="radio" name="(\w+)" value="(\d+)" checked', self.page)
        return dict(found)

    def _shows(self, answer: Response) -> Response:
        self.page = answer.text
        return answer


def plan(title: str = "Workshop der Leitungen", dots: int = 3) -> WorkshopPlan:
    """A plan with a step of every kind."""
    return WorkshopPlan(title, STEPS, FIVE_QUESTIONS, 5, dots)


@pytest.fixture
def guesses() -> Guesses:
    """Nobody is suspected yet."""
    return Guesses()


@pytest.fixture
def new_phone(
    fresh_store: SqliteStore, small_firm: Organisation, guesses: Guesses
) -> Iterator[Callable[[], Phone]]:
    """Makes phones in front of a planned workshop, each with cookies of its own."""
    fresh_store.workshops.add(small_firm, None, plan(), CODE)
    form = PhoneForm(fresh_store, Phones(SIGNED_BY), guesses)
    with TestClient(Starlette(routes=form.routes()), follow_redirects=False) as first:

        def another() -> Phone:
            client = TestClient(first.app, follow_redirects=False)
            client.portal = first.portal
            return Phone(client)

        yield another


@pytest.fixture
def leader(new_phone: Callable[[], Phone], fresh_store: SqliteStore) -> Facilitator:
    """Who leads it; it has begun with the welcome."""
    del new_phone
    found = Facilitator(fresh_store)
    found.go(WELCOME)
    return found


@pytest.fixture
def phone(new_phone: Callable[[], Phone], leader: Facilitator) -> Phone:
    """A phone that has joined."""
    del leader
    return new_phone().join()


def voted(leader: Facilitator) -> dict[str, dict[int, int]]:
    """What a round counted in the end, five others having answered "3"."""
    items = leader.room.workshop.step
    assert items is not None
    leader.others_vote(5, **dict.fromkeys(items.items, 3))
    leader.reveal()
    tally = leader.store.workshops.tallies(leader.room.workshop)[leader.round.id]
    return {item: dict(values) for item, values in tally.items()}


# The way in


@pytest.mark.parametrize("typed", ["K7M4XR", "k7m4xr", " k7m-4xr ", "K7M\u00a04XR", "k-7-m-4-x-r"])
def test_a_code_may_be_typed_in_any_way(new_phone: Callable[[], Phone], typed: str) -> None:
    """It is read from a wall: case, blanks and hyphens do not matter."""
    answer = new_phone().client.get("/w", params={"code": typed, "lang": "de"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/w/{CODE}?lang=de")


@pytest.mark.parametrize("typed", ["K7M4X", "K7M4XR7", "K7M4XO", "Ä7M4XR", "<b>", "K7M4X٣"])
def test_what_can_be_no_code_is_said_at_once_and_counts_as_no_guess(
    new_phone: Callable[[], Phone], guesses: Guesses, typed: str
) -> None:
    """Who mistypes a letter does not make the whole room wait."""
    client = new_phone().client
    for _ in range(30):
        answer = client.get("/w", params={"code": typed})
        assert answer.status_code == 422
    assert "Der Code hat 6 Zeichen" in answer.text
    assert "<b>" not in answer.text
    assert guesses.wait("testclient") == 0


def test_an_unknown_code_is_told_and_counted(
    new_phone: Callable[[], Phone], leader: Facilitator
) -> None:
    """Twenty are too many; then right codes are not told either, in no way."""
    del leader
    stranger = new_phone()
    for number in range(20):
        answer = stranger.client.get(f"/w/PPP{number:03d}" + ("/now" if number % 2 else ""))
        assert answer.status_code == 404
    for address in (f"/w/{CODE}", f"/w/{OTHER}", f"/w/{CODE}/now", f"/w/{OTHER}/now", "/w"):
        assert stranger.client.get(address).status_code == 429
    assert stranger.client.post(f"/w/{CODE}", data={"act": "join"}).status_code == 429


def test_who_is_in_the_room_does_not_wait_for_who_guesses(
    phone: Phone, new_phone: Callable[[], Phone], leader: Facilitator
) -> None:
    """They often have one address."""
    guesser = new_phone()
    for number in range(21):
        guesser.client.get(f"/w/PPP{number:03d}")
    leader.go(VOTE)
    assert phone.open().status_code == 200
    assert phone.client.get(f"/w/{CODE}/now").status_code == 200
    assert phone.send("vote", CP1="4", CP2="4").status_code == 200
    assert "Ihre Stimme ist gezählt" in phone.text


def test_phones_of_a_workshop_that_was_deleted_do_not_guess(
    new_phone: Callable[[], Phone], phone: Phone, leader: Facilitator, guesses: Guesses
) -> None:
    """A roomful of them asks once more; the next workshop's door behind that address stays open."""
    leader.store.workshops.remove(leader.room.workshop)
    for _ in range(30):
        for address in ("", "/now"):
            assert phone.open(address).status_code == 404
            assert new_phone().open(address).status_code == 404
    assert guesses.wait("testclient") == 0


def test_before_it_begins_a_phone_waits(new_phone: Callable[[], Phone]) -> None:
    """It looks again by itself; nobody can join yet."""
    phone = new_phone()
    assert phone.open().status_code == 200
    assert "Gleich geht es los" in phone.text
    assert f'http-equiv="refresh" content="5;url=/w/{CODE}?lang=de"' in phone.page
    assert phone.send("join").status_code == 409
    assert "läuft gerade nicht" in phone.text


def test_whoever_comes_reads_the_rules_joins_by_one_button_and_is_asked_no_name(
    new_phone: Callable[[], Phone], leader: Facilitator
) -> None:
    """Latecomers too, who then see the present step."""
    leader.go(VOTE)
    late = new_phone()
    assert late.open().status_code == 200
    for told in ("erst ab 5 Stimmen", "Antworten alle gleich", "nicht zurücknehmen", "Kein Name"):
        assert told in late.text
    assert "CP1" not in late.page
    assert set(re.findall(r"<(input|textarea|select)[^>]*>", late.page)) == {"input"}
    assert 'type="radio"' not in late.page
    late.send("join")
    assert 'name="CP1"' in late.page
    assert leader.room.workshop.phones == 1
    late.client.post(f"/w/{CODE}", data={"act": "join"})
    assert leader.room.workshop.phones == 1


# What a phone shows


@pytest.mark.parametrize(
    ("step", "says", "asks"),
    [
        (WELCOME, "Sie sind dabei", None),
        (GUESS, "Was glauben Sie: Wie hat die Belegschaft im Mittel geantwortet?", "CP1"),
        (RESULT, "Das Ergebnis", None),
        (VOTE, "Kundensicht", "CP2"),
        (TALK, "Denken wir aus der Sicht unserer Kunden?", None),
        (REVOTE, "Wie sehen Sie es nach dem Gespräch?", "CP1"),
        (QUESTIONS, "Was ist offen geblieben?", None),
        (IDEAS, "eine Idee nach der anderen", "idea"),
        (DOTS, "Beim Kunden", None),
        (MEASURES, "Noch ist nichts vereinbart", None),
        (CLOSING, "Noch ist nichts vereinbart", None),
    ],
)
def test_every_step_has_its_page_and_a_way_to_ask(
    phone: Phone, leader: Facilitator, step: int, says: str, asks: str | None
) -> None:
    """Light enough for a bad line; loaded anew without a script only where nothing is typed."""
    leader.go(step)
    answer = phone.open()
    assert answer.status_code == 200
    assert says in phone.text
    assert asks is None or f'name="{asks}"' in phone.page
    assert 'name="question"' in phone.page
    assert "Die Moderation sieht Ihre Frage sofort" in phone.text
    assert ('http-equiv="refresh"' in phone.page) == (
        step not in {GUESS, VOTE, REVOTE, QUESTIONS, IDEAS, DOTS}
    )
    assert 'http-equiv="refresh"' not in phone.open("?ask=1").text
    assert len(gzip.compress(answer.content)) < 6_000


def test_a_guess_has_no_way_out_and_a_vote_has(phone: Phone, leader: Facilitator) -> None:
    """Everybody can guess, but not everybody can judge."""
    leader.go(GUESS)
    phone.open()
    assert "Kann ich nicht beurteilen" not in phone.text
    leader.go(VOTE)
    phone.open()
    assert phone.text.count("Kann ich nicht beurteilen") == 2


def test_an_open_round_says_nothing_of_other_phones(phone: Phone, leader: Facilitator) -> None:
    """Not even how many have voted: the page is the same to the letter."""
    leader.go(VOTE)

    def page() -> str:
        phone.open()
        return re.sub(r'name="nonce" value="[^"]*"', "", phone.page)

    before = page()
    leader.others_vote(9, CP1=1, CP2=5)
    assert page() == before


def test_a_revealed_round_is_shown_in_counts_and_its_average(
    phone: Phone, leader: Facilitator
) -> None:
    """After the re-vote with the average before; what too few could judge is said, not shown."""
    leader.go(VOTE)
    phone.open()
    phone.send("vote", CP1="1", CP2="5")
    assert voted(leader)["CP1"] == {1: 1, 3: 5}
    leader.go(REVOTE)
    phone.open()
    phone.send("vote", CP1="5", CP2="0")
    leader.others_vote(4, CP1=5, CP2=5)
    leader.reveal()
    phone.open()
    assert "Aufgedeckt" in phone.text
    assert "5,0 von 5, am nächsten bei „trifft völlig zu“ 5 Stimmen. Vorher: 2,7." in phone.text
    assert "Dazu konnten weniger als 5 etwas sagen" in phone.text
    assert 'type="radio"' not in phone.page


def test_revealed_dots_are_shown_most_first(phone: Phone, leader: Facilitator) -> None:
    """Every choice with its dots."""
    leader.go(DOTS)
    leader.others_vote(5, **{CHOICES[1].key: 2})
    leader.reveal()
    phone.open()
    assert phone.text.index("Zitat") < phone.text.index("Beim Kunden")
    assert re.search(r"'so' 10 Beim Kunden 0", phone.text)


def test_measures_that_were_agreed_here_are_shown_to_the_end_and_after(
    phone: Phone, leader: Facilitator, new_phone: Callable[[], Phone], small_firm: Organisation
) -> None:
    """Even to a phone that never joined, which cannot join any more; no others are shown."""
    store = leader.store
    agreed = Plan((), "customer_perspective", "Mitfahren", "Leitung Vertrieb", date(2027, 1, 31))
    store.measures.agree(leader.room.workshop, agreed)
    other = store.workshops.add(small_firm, None, plan(), OTHER)
    store.measures.agree(
        other, Plan((), "customer_perspective", "Anderswo", "Wer", date(2027, 1, 1))
    )
    for step in (MEASURES, CLOSING):
        leader.go(step)
        phone.open()
        for told in ("Mitfahren", "Kundensicht", "Leitung Vertrieb", "31. Januar 2027"):
            assert told in phone.text
        assert "Anderswo" not in phone.text
    store.workshops.end(leader.room.workshop)
    stranger = new_phone()
    assert "set-cookie" not in stranger.open().headers
    assert "Der Workshop ist zu Ende" in stranger.text
    assert "Mitfahren" in stranger.text
    assert stranger.send("join").status_code == 409
    assert 'value="join"' not in stranger.page


# Votes


def test_a_vote_counts_once_however_often_it_is_sent_and_the_last_one_stands(
    phone: Phone, leader: Facilitator
) -> None:
    """A double tap, a reload of the form, and a change of mind."""
    leader.go(VOTE)
    phone.open()
    first = phone.page
    for _ in range(2):
        phone.page = first
        phone.send("vote", CP1="1", CP2="2")
    assert "Ihre Stimme ist gezählt" in phone.text
    assert phone.chosen == {"CP1": "1", "CP2": "2"}
    assert leader.round.voters == 1
    phone.send("vote", CP1="5", CP2="0")
    assert phone.chosen == {"CP1": "5", "CP2": "0"}
    assert voted(leader) == {"CP1": {3: 5, 5: 1}, "CP2": {0: 1, 3: 5}}


@pytest.mark.parametrize("wrong", [None, "", "6", "-1", "٣", "3.0", "9" * 5000, "x"])
def test_a_vote_needs_an_answer_to_every_statement(
    phone: Phone, leader: Facilitator, wrong: str | None
) -> None:
    """What is missing is named, what was chosen is still there, and nothing is stored."""
    leader.go(VOTE)
    phone.open()
    sent = {"CP1": "4"} if wrong is None else {"CP1": "4", "CP2": wrong}
    assert phone.send("vote", **sent).status_code == 422
    assert "Aussage 2: Bitte wählen Sie eine Antwort" in phone.text
    assert 'id="finding-CP2"' in phone.page
    assert phone.chosen == {"CP1": "4"}
    assert "data-unsent" in phone.page
    assert leader.round.voters == 0


def test_a_guess_is_of_the_scale(phone: Phone, leader: Facilitator) -> None:
    """A forged "can't judge" is none."""
    leader.go(GUESS)
    phone.open()
    assert phone.send("vote", CP1="0", EO1="3").status_code == 422
    assert "Aussage 1: Bitte wählen Sie aus, was Sie vermuten." in phone.text


def test_only_what_is_asked_is_kept_of_a_vote(phone: Phone, leader: Facilitator) -> None:
    """A statement of another step, sent along, counts nowhere."""
    leader.go(VOTE)
    phone.open()
    phone.send("vote", CP1="4", CP2="4", SO1="5", act2="x")
    assert set(voted(leader)) == {"CP1", "CP2"}


@pytest.mark.parametrize("moved", ["revealed", "next step", "another round"])
def test_a_late_vote_is_told_so_and_not_counted(
    phone: Phone, leader: Facilitator, moved: str
) -> None:
    """Whatever the facilitator did meanwhile; the page shows what the room does now."""
    leader.go(VOTE)
    phone.open()
    leader.others_vote(5, CP1=3, CP2=3)
    leader.reveal()
    if moved == "next step":
        leader.go(REVOTE)
    if moved == "another round":
        leader.again()
    assert phone.send("vote", CP1="4", CP2="4").status_code == 409
    assert "Diese Runde ist schon aufgedeckt" in phone.text
    assert ("Abstimmen" in phone.text) == (moved != "revealed")
    assert ("data-unsent" in phone.page) == (moved == "another round")
    assert phone.chosen == ({"CP1": "4", "CP2": "4"} if moved == "another round" else {})
    tallies = leader.store.workshops.tallies(leader.room.workshop)
    assert [tally["CP1"] for tally in tallies.values()] == [{3: 5}]
    assert leader.round.voters == (5 if moved == "revealed" else 0)


def test_a_vote_for_another_workshops_round_counts_in_neither(
    phone: Phone, leader: Facilitator, small_firm: Organisation
) -> None:
    """Both are open, and the round's number is right there."""
    leader.store.workshops.add(small_firm, None, plan(), OTHER)
    other = Facilitator(leader.store, OTHER)
    other.go(VOTE)
    leader.go(VOTE)
    phone.open()
    for round_id in (str(other.round.id), "", "0", "x", "9" * 30):
        assert phone.send("vote", round=round_id, CP1="4", CP2="4").status_code == 409
    assert (leader.round.voters, other.round.voters) == (0, 0)


def test_a_phone_that_has_not_joined_is_sent_to_the_way_in_and_keeps_its_choices(
    new_phone: Callable[[], Phone], leader: Facilitator
) -> None:
    """Nothing counts before; afterwards what was chosen is there to be sent."""
    leader.go(VOTE)
    phone = new_phone()
    phone.open()
    sent = {"round": str(leader.round.id), "CP1": "4", "CP2": "2"}
    assert phone.send("vote", **sent).status_code == 403
    assert "noch nicht dabei" in phone.text
    assert leader.round.voters == 0
    assert phone.send("join").status_code == 200
    assert phone.chosen == {"CP1": "4", "CP2": "2"}
    assert leader.round.voters == 0
    assert phone.send("vote", CP1="4", CP2="2").status_code == 200
    assert leader.round.voters == 1


@pytest.mark.parametrize("cookie", [None, "forged", "a.b.c", "\u00e9", "x" * 5000])
def test_without_our_cookie_nothing_is_counted_and_the_page_says_why(
    phone: Phone, leader: Facilitator, cookie: str | None
) -> None:
    """What was chosen is kept on the page, and a cookie comes with it."""
    leader.go(VOTE)
    phone.open()
    phone.client.cookies.clear()
    headers = {"cookie": f"{COOKIE}={cookie}".encode("latin-1")} if cookie else {}
    data = {"act": "vote", "round": str(leader.round.id), "CP1": "4", "CP2": "4"}
    answer = phone.client.post(f"/w/{CODE}", data=data, headers=headers)
    assert answer.status_code == 403
    assert "Cookie" in answer.text
    assert 'name="CP1" value="4"' in answer.text
    assert COOKIE in answer.headers["set-cookie"]
    assert leader.round.voters == 0


def test_a_form_on_another_site_counts_nothing_and_changes_no_cookie(
    phone: Phone, leader: Facilitator
) -> None:
    """Even where a browser sends the cookie along."""
    leader.go(VOTE)
    data = {"act": "vote", "round": str(leader.round.id), "CP1": "4", "CP2": "4"}
    headers = {"sec-fetch-site": "cross-site"}
    answer = phone.client.post(f"/w/{CODE}", data=data, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert leader.round.voters == 0


# Dots


def dots(page: str) -> list[str]:
    """The names of the choices' fields, in order."""
    return list(dict.fromkeys(re.findall(r'name="(dots_\w+)"', page)))


def test_dots_are_shared_out_and_may_be_moved(phone: Phone, leader: Facilitator) -> None:
    """Several on one, none on another; the last ones stand."""
    leader.go(DOTS)
    phone.open()
    first, second = dots(phone.page)
    assert phone.chosen == {first: "0", second: "0"}
    phone.send("dots", **{first: "1", second: "0"})
    assert "Vergeben sind 1 von 3 Punkten." in phone.text
    phone.send("dots", **{first: "3", second: "0"})
    assert "Ihre Stimme ist gezählt" in phone.text
    assert phone.chosen == {first: "3", second: "0"}
    phone.send("dots", **{first: "1", second: "2"})
    leader.others_vote(4, **{CHOICES[0].key: 1})
    leader.reveal()
    tally = leader.store.workshops.tallies(leader.room.workshop)[leader.round.id]
    assert {key: dict(given) for key, given in tally.items()} == {
        CHOICES[0].key: {1: 5},
        CHOICES[1].key: {1: 2},
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("3", "1"), "Vergeben sind 4 Punkte, möglich sind höchstens 3. Nehmen Sie 1 davon zurück"),
        (("0", "0"), "Vergeben Sie mindestens einen Punkt."),
        (("4", "0"), "Die Auswahl hat sich inzwischen geändert"),
        (("-1", "3"), "Die Auswahl hat sich inzwischen geändert"),
        (("1.5", "1"), "Die Auswahl hat sich inzwischen geändert"),
    ],
)
def test_too_many_or_no_dots_are_told_and_what_was_given_is_still_there(
    phone: Phone, leader: Facilitator, given: tuple[str, str], told: str
) -> None:
    """Nothing is stored."""
    leader.go(DOTS)
    phone.open()
    fields = dict(zip(dots(phone.page), given, strict=True))
    assert phone.send("dots", **fields).status_code == 422
    assert told in phone.text
    possible = {name: text for name, text in fields.items() if text in "0123"}
    assert phone.chosen == possible
    assert leader.round.voters == 0


def test_dots_for_what_is_no_choice_count_nowhere(phone: Phone, leader: Facilitator) -> None:
    """Nor do the others that came with them: the person sees what there is to choose now."""
    leader.go(DOTS)
    phone.open()
    name = dots(phone.page)[0]
    assert phone.send("dots", **{name: "1", "dots_0123456789ab": "1"}).status_code == 422
    assert leader.round.voters == 0


# Ideas and questions


def test_ideas_come_one_after_the_other_and_once_each(phone: Phone, leader: Facilitator) -> None:
    """A double tap is one idea; another text from the same form is another."""
    leader.go(IDEAS)
    phone.open()
    first = phone.page
    for idea in ("Rückruf am selben Tag", "Rückruf am selben Tag", "Ein Blatt reicht"):
        phone.page = first
        phone.send("idea", idea=f"  {idea}\r\n ")
        assert "Ihre Idee ist angekommen" in phone.text
    phone.open()
    assert "angekommen" not in phone.text
    leader.reveal()
    assert leader.texts() == ["Ein Blatt reicht", "Rückruf am selben Tag"]
    phone.open()
    assert "Schauen Sie nach vorn" in phone.text
    assert "Rückruf" not in phone.text


def test_an_idea_that_comes_too_late_is_not_lost(phone: Phone, leader: Facilitator) -> None:
    """It stands there to be copied; in another round it is in the form again."""
    leader.go(IDEAS)
    phone.open()
    before = phone.page
    leader.reveal()
    assert phone.send("idea", idea=HOSTILE).status_code == 409
    assert "Ihre Idee wurde nicht abgeschickt" in phone.text
    assert f"readonly> {HOSTILE}" in html.unescape(" ".join(phone.page.split()))
    assert "<script>alert" not in phone.page
    leader.again()
    phone.page = before
    assert phone.send("idea", idea="Doch noch").status_code == 409
    assert re.search(r'<textarea id="idea"[^>]*>\s*Doch noch</textarea>', phone.page)
    assert phone.send("idea", idea="Doch noch").status_code == 200
    leader.reveal()
    assert leader.texts() == ["Doch noch"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Schreiben Sie etwas"),
        ("\u202e \u200b\n", "Schreiben Sie etwas"),
        ("x" * 281, "281 Zeichen"),
    ],
)
def test_an_idea_has_1_to_280_characters(
    phone: Phone, leader: Facilitator, text: str, told: str
) -> None:
    """A question too; what was typed is still there."""
    leader.go(IDEAS)
    phone.open()
    for act, field in (("idea", "idea"), ("ask", "question")):
        assert phone.send(act, **{field: text}).status_code == 422
        assert told in phone.text
        assert text.strip() in phone.page
    leader.reveal()
    assert leader.texts() + leader.texts(questions=True) == []


def test_a_question_may_be_asked_at_any_time(phone: Phone, leader: Facilitator) -> None:
    """Once for a double tap; it is escaped wherever it is shown again."""
    for step in (WELCOME, VOTE, QUESTIONS, CLOSING):
        leader.go(step)
        phone.open()
        first = phone.page
        for _ in range(2):
            phone.page = first
            assert phone.send("ask", question=f"Frage {step}? {HOSTILE}").status_code == 200
            assert "Ihre Frage ist angekommen" in phone.text
            assert "<script>alert" not in phone.page
    asked = leader.texts(questions=True)
    assert asked == sorted(f"Frage {n}? {HOSTILE}" for n in (WELCOME, VOTE, QUESTIONS, CLOSING))


def test_what_is_not_sent_yet_stays_when_something_else_is(
    phone: Phone, leader: Facilitator
) -> None:
    """Choices, when a question is sent; a question, when choices are."""
    leader.go(VOTE)
    phone.open()
    phone.send("ask", question="Wer fragt?", CP1="4")
    assert "Ihre Frage ist angekommen" in phone.text
    assert phone.chosen == {"CP1": "4"}
    assert "Wer fragt?" not in phone.page
    phone.send("vote", question="Noch nicht fertig", CP1="4", CP2="4")
    assert phone.chosen == {"CP1": "4", "CP2": "4"}
    assert "Noch nicht fertig" in phone.page
    assert (leader.round.voters, leader.texts(questions=True)) == (1, ["Wer fragt?"])


def test_ideas_and_questions_of_others_are_on_no_phone(
    phone: Phone, new_phone: Callable[[], Phone], leader: Facilitator
) -> None:
    """They are on the wall, if the facilitator puts them there."""
    leader.go(IDEAS)
    other = new_phone().join()
    other.send("idea", idea="Geheimplan")
    other.open()
    other.send("ask", question="Geheimfrage")
    for _ in range(2):
        phone.open()
        assert "Geheim" not in phone.page
        if not leader.round.closed:
            leader.reveal()


def test_a_flood_of_one_phone_ends_after_ten_a_minute(phone: Phone, leader: Facilitator) -> None:
    """What was typed last is still there; another phone goes on writing."""
    leader.go(IDEAS)
    phone.open()
    for number in range(10):
        assert phone.send("idea", idea=f"Idee {number}").status_code == 200
    answer = phone.send("idea", idea="Die elfte")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert "Die elfte" in phone.page
    assert phone.send("ask", question="Darf ich?").status_code == 429
    leader.reveal()
    assert len(leader.texts()) == 10


def test_a_room_behind_one_address_gets_in(
    new_phone: Callable[[], Phone], leader: Facilitator
) -> None:
    """300 phones in a minute."""
    for _ in range(300):
        new_phone().join()
    assert leader.room.workshop.phones == 300


def test_one_address_does_not_fill_the_room(
    new_phone: Callable[[], Phone], phone: Phone, leader: Facilitator
) -> None:
    """A stranger with the code takes 500 places of 1,000; who is in by then stays in."""
    for _ in range(499):
        new_phone().join()
    late = new_phone()
    late.open()
    assert late.send("join").status_code == 429
    assert "Mobilfunknetz" in late.text
    assert leader.room.workshop.phones == 500
    assert phone.send("join").status_code == 200
    assert phone.send("ask", question="Wer ist noch hier?").status_code == 200


# Following the room


def test_the_mark_changes_when_phones_have_something_new_to_show(
    phone: Phone, new_phone: Callable[[], Phone], leader: Facilitator
) -> None:
    """Not when others vote, or when something moves on the wall; it is the same for everybody."""

    def mark() -> str:
        phone.open()
        (found,) = re.findall(r'data-mark="(\w+)"', phone.page)
        answer = new_phone().client.get(f"/w/{CODE}/now")
        assert (answer.text, answer.headers["cache-control"]) == (found, "no-store")
        assert "set-cookie" not in answer.headers
        return found

    marks = [mark()]
    for act in (
        lambda: leader.go(VOTE),
        lambda: leader.others_vote(5, CP1=3, CP2=3),
        leader.reveal,
        leader.again,
        lambda: leader.store.workshops.touch(leader.room.workshop),
        lambda: leader.go(MEASURES),
        lambda: leader.store.workshops.touch(leader.room.workshop),
        lambda: leader.store.workshops.end(leader.room.workshop),
    ):
        act()
        marks.append(mark())
    same = [a == b for a, b in pairwise(marks)]
    assert same == [False, True, False, False, True, False, False, False]


def test_the_script_is_kept_for_good_under_the_address_of_its_content(phone: Phone) -> None:
    """It is asked for after the page, and has no text of its own."""
    phone.open()
    (address,) = re.findall(r'<script src="(/w/script\?of=\w+)" defer></script>', phone.page)
    answer = phone.client.get(address)
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    plain = phone.client.get(address, headers={"accept-encoding": "identity"})
    assert plain.content == answer.content
    assert "Der Raum ist weiter" in phone.text
    assert "Raum" not in plain.text


def test_pages_may_run_that_script_and_ask_this_server_and_nothing_else(
    phone: Phone, new_phone: Callable[[], Phone]
) -> None:
    """Pages without the script may not even do that; none is kept by a browser."""
    answer = phone.open()
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("script-src 'self'; connect-src 'self'")
    assert answer.headers["cache-control"] == "no-store"
    outside = new_phone()
    for page in (outside.client.get("/w"), outside.open()):
        assert "script-src" not in page.headers["content-security-policy"]
        assert "<script" not in page.text


def test_the_cookie_is_for_phones_pages_only(new_phone: Callable[[], Phone]) -> None:
    """No script reads it, no other site sends it along, and https keeps it."""
    client = new_phone().client
    cookie = client.get(f"/w/{CODE}").headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=lax", "Path=/w", "Max-Age=259200"):
        assert part in cookie
    assert "Secure" not in cookie
    assert "set-cookie" not in client.get(f"/w/{CODE}").headers
    client.cookies.clear()
    assert "Secure" in client.get(f"https://testserver/w/{CODE}").headers["set-cookie"]


def test_the_organisations_logo_is_kept_under_its_digest(
    phone: Phone, leader: Facilitator, small_firm: Organisation
) -> None:
    """It is on the page where there is one, and can be had by the code of a workshop only."""
    phone.open()
    assert "<img" not in phone.page
    assert phone.client.get(f"/w/{CODE}/logo").status_code == 404
    leader.store.profiles.set_logo(small_firm, b"a picture")
    leader.go(TALK)
    phone.open()
    (address,) = re.findall(r'<img class="logo" src="([^"]+)"', phone.page)
    answer = phone.client.get(address)
    assert (answer.content, answer.headers["content-type"]) == (b"a picture", "image/png")
    assert "immutable" in answer.headers["cache-control"]
    assert phone.client.get(address.replace(CODE, OTHER)).status_code == 404


# Languages


def test_a_phone_speaks_its_persons_language(phone: Phone, leader: Facilitator) -> None:
    """The browser's, unless the address names another; forms keep to it."""
    leader.go(VOTE)
    phone.open(**{"accept-language": "en-GB,en;q=0.9"})
    assert "How far does this hold where you work?" in phone.text
    assert 'action="?lang=en"' in phone.page
    phone.open("?lang=de", **{"accept-language": "en-GB,en;q=0.9"})
    assert "Wie sehr trifft das bei Ihnen zu?" in phone.text


def test_changing_the_language_keeps_what_was_chosen(phone: Phone, leader: Facilitator) -> None:
    """And counts nothing."""
    leader.go(VOTE)
    phone.open()
    assert phone.send("", switch="en", CP2="2", question="Wer?").status_code == 200
    assert "How far does this hold" in phone.text
    assert phone.chosen == {"CP2": "2"}
    assert "Wer?" in phone.page
    assert leader.round.voters == 0


def test_an_organisation_that_says_du_says_it_on_phones(
    phone: Phone, leader: Facilitator, small_firm: Organisation
) -> None:
    """And spells as the Swiss do, where it does."""
    profile = Profile(address=Address.DU, swiss=True)
    leader.store.profiles.change(small_firm, "Grossmann AG", profile)
    leader.go(VOTE)
    phone.open()
    assert "Wie sehr trifft das bei euch zu?" in phone.text
    assert "Grossmann AG" in phone.text
    assert '<html lang="de-CH">' in phone.page
    assert not re.search(r"\b(Sie|Ihnen|Ihre?)\b", phone.text)


# When things go wrong


def test_what_cannot_be_kept_now_is_there_to_be_sent_again(
    phone: Phone, leader: Facilitator
) -> None:
    """The database is gone for a moment; nothing typed is."""
    leader.go(IDEAS)
    phone.open()
    path = Path(leader.store.connections.path)
    away = path.with_suffix(".away")
    path.rename(away)
    assert phone.send("idea", idea=HOSTILE).status_code == 503
    assert "steht aber auf dieser Seite bereit" in phone.text
    assert "<script>alert" not in phone.page
    assert phone.client.get(f"/w/{CODE}").status_code == 503
    away.rename(path)
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', phone.page)
    }
    assert phone.client.post(f"/w/{CODE}", data=fields).status_code == 303
    leader.reveal()
    assert leader.texts() == [HOSTILE]


def test_what_is_far_too_much_is_refused(phone: Phone) -> None:
    """Before it is read to its end."""
    assert phone.send("ask", question="x" * 200_000).status_code == 413


def test_an_act_that_nobody_knows_changes_nothing(phone: Phone, leader: Facilitator) -> None:
    """Nor one that does not fit the step."""
    leader.go(TALK)
    phone.open()
    for act in ("", "reveal", "vote", "dots", "idea", "x" * 1000):
        assert phone.send(act, idea="Idee", CP1="3").status_code == 409
