"""The wall as data: what the room sees in each step, and what it does not see yet."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest

from data.measures import Plan
from data.model import Organisation
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.results import Histogram
from data.store import Store
from data.workshops import Room, Step, StepKind, Workshop, WorkshopPlan
from survey.results import Results, load_results
from survey.wording import wording
from survey.workshop import agenda
from survey.workshop.acts import dot_choices
from survey.workshop.wall.paint import paint
from survey.workshop.wall.rows import agreement_words
from survey.workshop.wall.scene import look
from tests.survey.everybody import RELEASED

CODE = "K7M4XR"
DAY = date(2026, 3, 2)
INSTRUMENT = load_instrument(FIVE_QUESTIONS)
DIMENSION = INSTRUMENT.dimensions[4]
FIVE = tuple(item.id for item in DIMENSION.items)
ONE = (FIVE[0],)
WELCOME, VOTE, TALK, REVOTE, QUESTIONS, IDEAS, DOTS, MEASURES, CLOSING = range(1, 10)
EVIL = "<script>alert('Köhler & Söhne')</script>"


def steps(items: tuple[str, ...] = ONE) -> tuple[Step, ...]:
    """An agenda without a wave, on one dimension."""
    return (
        Step(WELCOME, StepKind.WELCOME),
        Step(VOTE, StepKind.VOTE, DIMENSION.id, items),
        Step(TALK, StepKind.TALK, DIMENSION.id),
        Step(REVOTE, StepKind.REVOTE, DIMENSION.id, items),
        Step(QUESTIONS, StepKind.QUESTIONS),
        Step(IDEAS, StepKind.IDEAS),
        Step(DOTS, StepKind.DOTS),
        Step(MEASURES, StepKind.MEASURES),
        Step(CLOSING, StepKind.CLOSING),
    )


def planned(
    store: Store, firm: Organisation, items: tuple[str, ...] = ONE, title: str = "Workshop"
) -> Workshop:
    """A workshop that has not begun."""
    plan = WorkshopPlan(title, steps(items), FIVE_QUESTIONS, smallest_group=5)
    return store.workshops.add(firm, None, plan, CODE)


def room(store: Store) -> Room:
    """The workshop as it stands now."""
    return store.workshops.room(CODE)


def go(store: Store, step: int) -> None:
    """Lead the room to a step."""
    seen = room(store).workshop
    store.workshops.go(seen, step, DAY, dot_choices(store, seen) if step == DOTS else ())


def phone(number: int) -> bytes:
    """A phone's key."""
    return number.to_bytes(16, "big")


def join(store: Store, phones: int) -> None:
    """Let phones in."""
    for number in range(phones):
        store.workshops.join(room(store).workshop, phone(number))


def vote(store: Store, votes: Sequence[Mapping[str, int]]) -> None:
    """A phone for each of these votes, in the present round."""
    now = room(store)
    assert now.current is not None
    for number, values in enumerate(votes):
        store.workshops.vote(now.workshop, now.current.id, phone(number), values)


def voted(store: Store, step: int, values: Sequence[int], items: tuple[str, ...] = ONE) -> None:
    """Go to a step, where each phone gives one value to all items, and reveal it."""
    go(store, step)
    vote(store, [dict.fromkeys(items, value) for value in values])
    store.workshops.reveal(room(store).workshop)


def written(store: Store, texts: Sequence[str], step: int = IDEAS) -> None:
    """What phones write."""
    for number, text in enumerate(texts):
        nonce = hashlib.sha256(f"{step} {number}".encode()).digest()[:16]
        store.workshops.contribute(room(store).workshop, step, nonce, text)


def wall(store: Store, language: str = "de") -> str:
    """What the wall shows now."""
    return paint(look(store, language, room(store), "https://kompass.example", no_results))


def no_results(code: str) -> Results:
    """A workshop without a wave asks for none."""
    raise AssertionError(code)


def words(html: str) -> str:
    """What can be read, with single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# What stays hidden


def test_the_open_rounds_wall_is_the_same_whatever_the_votes_are(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Six phones that all say 1, and the same six that say 5 instead: not a byte differs."""
    planned(fresh_store, small_firm, FIVE)
    go(fresh_store, WELCOME)
    join(fresh_store, 8)
    for step in (VOTE, REVOTE):
        if step == REVOTE:
            fresh_store.workshops.reveal(room(fresh_store).workshop)
        go(fresh_store, step)
        seen = set()
        for value in (1, 5, 0, 3):
            vote(fresh_store, [dict.fromkeys(FIVE, value)] * 5 + [{FIVE[0]: 2}])
            seen.add(wall(fresh_store))
        assert len(seen) == 1
        assert "6 von 8 haben abgestimmt" in words(seen.pop())
        vote(fresh_store, [dict.fromkeys(FIVE, 3)] * 6)


def test_dots_that_are_still_given_do_not_show(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """All on the first choice or all on the second: the wall is the same."""
    plan = WorkshopPlan(
        "Workshop",
        (Step(1, StepKind.TALK, INSTRUMENT.dimensions[0].id), *steps()[1:]),
        FIVE_QUESTIONS,
        smallest_group=5,
    )
    fresh_store.workshops.add(small_firm, None, plan, CODE)
    go(fresh_store, DOTS)
    current = room(fresh_store).current
    assert current is not None
    seen = set()
    for choice in current.choices:
        vote(fresh_store, [{choice.key: 3}] * 5)
        seen.add(wall(fresh_store))
    assert len(seen) == 1
    told = words(seen.pop())
    assert "Jedes Handy hat 3 Punkte" in told
    assert "Kundensicht" in told


def test_the_wall_says_how_many_votes_are_missing(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Three of five: two more. From five on it only says that it is hidden."""
    planned(fresh_store, small_firm)
    go(fresh_store, VOTE)
    vote(fresh_store, [dict.fromkeys(ONE, 4)] * 3)
    assert "Noch 2 Stimmen, dann kann aufgedeckt werden" in words(wall(fresh_store))
    vote(fresh_store, [dict.fromkeys(ONE, 4)] * 5)
    told = words(wall(fresh_store))
    assert "Noch" not in told
    assert "Verdeckt, bis aufgedeckt wird" in told


def test_an_item_that_too_few_could_judge_says_so_and_nothing_else(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Six voted on two statements, four of them could judge the second one."""
    two = FIVE[:2]
    planned(fresh_store, small_firm, two)
    go(fresh_store, VOTE)
    vote(fresh_store, [{two[0]: 4, two[1]: 5 if n < 4 else 0} for n in range(6)])
    fresh_store.workshops.reveal(room(fresh_store).workshop)
    html = wall(fresh_store)
    first, second = re.findall(r"<section>.*?</section>", html, re.DOTALL)
    assert "4,0" in words(first)
    assert words(second) == (
        f"{DIMENSION.items[1].text['de']} "
        "Zu wenige konnten das beurteilen: Gezeigt wird es ab 5 Stimmen."
    )


def test_ideas_that_are_still_collected_are_only_counted(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """After the round is closed they wait until the facilitator shows them."""
    planned(fresh_store, small_firm)
    go(fresh_store, IDEAS)
    written(fresh_store, ["Rückrufe am selben Tag", "Besuchstag"])
    written(fresh_store, ["Wer sieht das?"], step=0)
    assert "2 Ideen sind da" in words(wall(fresh_store))
    fresh_store.workshops.reveal(room(fresh_store).workshop)
    html = wall(fresh_store)
    assert "Besuchstag" not in html
    assert "2 Ideen werden noch nicht gezeigt" in words(html)


def test_questions_are_on_the_wall_once_they_are_shown(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """One of two is."""
    planned(fresh_store, small_firm)
    go(fresh_store, QUESTIONS)
    written(fresh_store, ["Wer sieht das?", "Und dann?"], step=0)
    assert "Wer sieht das?" not in wall(fresh_store)
    (one,) = (
        c
        for c in fresh_store.workshops.contributions(room(fresh_store).workshop)
        if c.text == "Wer sieht das?"
    )
    fresh_store.workshops.arrange(room(fresh_store).workshop, [replace(one, shown=True)])
    assert "Wer sieht das?" in wall(fresh_store)
    assert "Und dann?" not in wall(fresh_store)


# What is counted


def test_before_and_after_are_what_a_hand_computes(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """1 1 2 2 3 3 4 4 5 5 is 3.0 on average; 3 3 3 4 4 4 4 5 5 5 is 4.0: one point more.

    r*wg of the second is 1 − s²/2 with s² = 6/9, which is 0.67.
    """
    planned(fresh_store, small_firm)
    voted(fresh_store, VOTE, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    first = words(wall(fresh_store))
    assert "3,0" in first
    assert "vorher" not in first
    voted(fresh_store, REVOTE, [3, 3, 3, 4, 4, 4, 4, 5, 5, 5])
    html = wall(fresh_store)
    told = words(html)
    assert "4,0 +1,0 vorher 3,0" in told
    assert "eher einig (Einigkeit 0,67) 10 Stimmen" in told
    assert "0 0 % 1 0 0 % 2 3 30 % 3 4 40 % 4 3 30 % 5" in told
    # Where the means stand on the line from 1 to 5, and how high the bars are: 40 % is highest.
    assert 'class="diamond" style="left:50.0%"' in html
    assert 'class="dot" style="left:75.0%"' in html
    assert re.findall(r'class="is" style="height:([\d.]+)%"', html) == [
        "0.0", "0.0", "75.0", "100.0", "75.0"
    ]  # fmt: skip
    assert set(re.findall(r'class="was" style="height:([\d.]+)%"', html)) == {"50.0"}


def test_another_round_of_the_same_vote_is_compared_with_the_one_before(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """And while it is open, neither of them is on the wall."""
    planned(fresh_store, small_firm)
    voted(fresh_store, VOTE, [4] * 5)
    fresh_store.workshops.again(room(fresh_store).workshop)
    assert "4,0" not in words(wall(fresh_store))
    vote(fresh_store, [dict.fromkeys(ONE, 2)] * 5)
    fresh_store.workshops.reveal(room(fresh_store).workshop)
    assert "2,0 −2,0 vorher 4,0" in words(wall(fresh_store))


def test_of_fewer_than_ten_votes_the_wall_tells_numbers_but_no_shares_nor_agreement(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Below ten chance alone looks like agreement, and one vote is more than ten per cent."""
    planned(fresh_store, small_firm)
    voted(fresh_store, VOTE, [4, 4, 4, 4, 4, 4, 4, 4, 4])
    html = wall(fresh_store)
    assert "einig" not in html.lower()
    assert "0 1 0 2 0 3 9 4 0 5 4,0 9 Stimmen" in words(html)
    assert "%" not in words(html)


def test_those_who_cannot_judge_are_told_beside_the_votes(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Twelve voted, two of them cannot judge: ten count."""
    planned(fresh_store, small_firm)
    voted(fresh_store, VOTE, [5] * 10 + [0] * 2)
    assert "10 Stimmen · 2 können es nicht beurteilen" in words(wall(fresh_store))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 0, 0, 0, 0, 10), "sehr einig (Einigkeit 1,00)"),
        ((0, 0, 0, 4, 6, 0), "einig (Einigkeit 0,87)"),
        ((0, 5, 0, 0, 0, 5), "zwei Lager (Einigkeit −1,22)"),
        ((0, 3, 3, 4, 1, 1), "uneinig (Einigkeit 0,23)"),
        ((0, 3, 2, 4, 2, 0), "wenig einig (Einigkeit 0,36)"),
        ((0, 4, 0, 0, 0, 5), ""),
    ],
)
def test_agreement_has_its_words(counts: tuple[int, int, int, int, int, int], told: str) -> None:
    """From full agreement to two camps; nine answers are too few to say."""
    assert agreement_words(wording("de"), Histogram(counts)) == told


def test_dots_are_ranked_with_how_many_gave_them(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Three phones give all dots to one idea, two to the other: 9 and 6."""
    planned(fresh_store, small_firm)
    go(fresh_store, IDEAS)
    written(fresh_store, ["Aushang", "Besuchstag"])
    fresh_store.workshops.reveal(room(fresh_store).workshop)
    ideas = fresh_store.workshops.contributions(room(fresh_store).workshop)
    fresh_store.workshops.arrange(
        room(fresh_store).workshop, [replace(one, shown=True) for one in ideas]
    )
    go(fresh_store, DOTS)
    current = room(fresh_store).current
    assert current is not None
    keys = {choice.title: choice.key for choice in current.choices}
    vote(fresh_store, [{keys["Besuchstag"]: 3}] * 3 + [{keys["Aushang"]: 3}] * 2)
    fresh_store.workshops.reveal(room(fresh_store).workshop)
    assert "Besuchstag 9 Aushang 6 5 Handys haben Punkte vergeben" in words(wall(fresh_store))


# The survey beside it


@pytest.fixture
def after_a_wave(started: Store) -> Results:
    """The demo's released wave, and a workshop that starts from it instead of the one there was."""
    wave = next(one for one in started.waves.all() if one.code == RELEASED)
    results = load_results(started, wave)
    made = agenda.steps_after(results, ["systematic_ownership"])
    plan = WorkshopPlan("Workshop", made, FIVE_QUESTIONS, smallest_group=5)
    started.workshops.remove(room(started).workshop)
    started.workshops.add(wave.organisation, wave, plan, CODE)
    return results


def beside_the_survey(store: Store, results: Results) -> str:
    """What the wall shows of a workshop that starts from a wave."""
    return paint(look(store, "de", room(store), "https://kompass.example", lambda _: results))


def test_the_survey_stands_beside_what_the_room_guessed(
    started: Store, after_a_wave: Results
) -> None:
    """The demo's first dimension is 3.6 on average; the room guessed 2, 1.6 too low."""
    store, (_, guess, result, *_) = started, room(started).workshop.plan.steps
    voted(store, guess.id, [2] * 10, guess.items)
    go(store, result.id)
    html = beside_the_survey(store, after_a_wave)
    first = re.findall(r"<section>.*?</section>", html, re.DOTALL)[0]
    assert words(first).startswith("Kundensicht ")
    assert "3,6 +1,6 geraten 2,0 263 Antworten" in words(first)
    assert len(re.findall(r"<section>", html)) == 5
    sentences = html.partition('class="sentences"')[2]
    assert 1 <= sentences.count("<li>") <= 3


def test_the_survey_without_a_guess_stands_alone(started: Store, after_a_wave: Results) -> None:
    """A step that was skipped leaves no gap."""
    go(started, room(started).workshop.plan.steps[2].id)
    told = words(beside_the_survey(started, after_a_wave))
    assert "geraten" not in told
    assert "3,6 263 Antworten" in told


def test_what_the_survey_withholds_has_its_one_reason(
    started: Store, after_a_wave: Results
) -> None:
    """Also beside a room that voted on it."""
    bare = replace(after_a_wave.release, histograms={})
    withheld = replace(after_a_wave, release=bare)
    go(started, room(started).workshop.plan.steps[2].id)
    told = words(beside_the_survey(started, withheld))
    assert told.count("zu wenige oder zu einheitliche Antworten") == 5
    assert "3,6" not in told


def test_of_one_dimension_only_its_own_findings_are_told(
    started: Store, after_a_wave: Results
) -> None:
    """The survey's answers beside the room's vote, and gaps that name this dimension."""
    wanted = [
        step for step in room(started).workshop.plan.steps
        if step.dimension == "systematic_ownership"
    ]  # fmt: skip
    poll, result = wanted[0], wanted[1]
    voted(started, poll.id, [4] * 10, poll.items)
    go(started, result.id)
    html = beside_the_survey(started, after_a_wave)
    assert "im Raum 4,0" in words(html)
    sentences = re.findall(r"<li>(.*?)</li>", html.partition('class="sentences"')[2])
    assert sentences
    assert all("Systematische Verantwortung" in one for one in sentences)


# Everything else that is on it


def test_names_and_texts_are_nothing_but_text(fresh_store: Store, small_firm: Organisation) -> None:
    """The title, an idea, its heap, what was agreed and by whom."""
    planned(fresh_store, small_firm, title=EVIL)
    seen = [wall(fresh_store)]
    go(fresh_store, IDEAS)
    written(fresh_store, [EVIL])
    fresh_store.workshops.reveal(room(fresh_store).workshop)
    (idea,) = fresh_store.workshops.contributions(room(fresh_store).workshop)
    shown = replace(idea, shown=True, group=EVIL)
    fresh_store.workshops.arrange(room(fresh_store).workshop, [shown])
    seen.append(wall(fresh_store))
    go(fresh_store, DOTS)
    seen.append(wall(fresh_store))
    agreed = Plan((), DIMENSION.id, EVIL, EVIL, DAY)
    fresh_store.measures.agree(room(fresh_store).workshop, agreed)
    go(fresh_store, MEASURES)
    seen.append(wall(fresh_store))
    assert all("<script" not in html for html in seen)
    assert all(EVIL in words(html) or EVIL in unescape(html) for html in seen)


def test_sixty_ideas_are_all_there_by_their_heaps(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """The largest heap first, those on none last, and set smaller."""
    planned(fresh_store, small_firm)
    go(fresh_store, IDEAS)
    written(fresh_store, [f"Idee {n}" for n in range(60)])
    fresh_store.workshops.reveal(room(fresh_store).workshop)
    ideas = fresh_store.workshops.contributions(room(fresh_store).workshop)
    heaps = ["klein"] * 10 + ["groß"] * 30 + [""] * 20
    fresh_store.workshops.arrange(
        room(fresh_store).workshop,
        [replace(one, shown=True, group=heap) for one, heap in zip(ideas, heaps, strict=True)],
    )
    html = wall(fresh_store)
    assert html.count("<li>Idee ") == 60
    assert re.findall(r"<h2>(\S.*?) <", html) == ["groß", "klein", "Weitere Ideen"]
    assert 'class="cards denser"' in html


def test_the_wall_says_where_in_the_loop_and_at_which_step_the_room_is(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Steps that are passed by do not count."""
    seen = planned(fresh_store, small_firm)
    left_out = tuple(replace(step, skipped=step.id == TALK) for step in seen.plan.steps)
    fresh_store.workshops.replan(seen, replace(seen.plan, steps=left_out))
    go(fresh_store, REVOTE)
    html = wall(fresh_store)
    assert "Schritt 3 von 8" in words(html)
    assert re.findall(r'aria-current="step"><span>(.*?)<', html) == ["Gemeinsam verbessern"]
    assert html.count("<h1>") == 1


def test_latecomers_find_the_code_in_every_step(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """With its address, a QR code, and how many are in already; in the language asked for."""
    planned(fresh_store, small_firm)
    for step in range(WELCOME, CLOSING + 1):
        go(fresh_store, step)
        html = wall(fresh_store, "en")
        assert "K7M\N{NO-BREAK SPACE}4XR" in html
        assert "kompass.example/w" in html
        assert "data:image/svg+xml" in html
    assert "Closing" in words(html)


def test_what_is_promised_at_the_beginning_names_the_smallest_group(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Five rules, and how many phones have joined."""
    planned(fresh_store, small_firm)
    go(fresh_store, WELCOME)
    join(fresh_store, 3)
    html = wall(fresh_store)
    assert "3 Handys sind dabei" in words(html)
    assert "Unter 5 Stimmen wird nichts aufgedeckt" in words(html)
    rules = html.partition('class="rules"')[2].partition("</ul>")[0]
    assert rules.count("<li>") == 5


def test_an_ended_workshop_says_so_and_how_much_was_agreed(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Nothing of the last step's vote is left on the wall."""
    planned(fresh_store, small_firm)
    voted(fresh_store, VOTE, [4] * 5)
    fresh_store.measures.agree(
        room(fresh_store).workshop, Plan((), DIMENSION.id, "Mitfahren", "Leitung", DAY)
    )
    fresh_store.workshops.end(room(fresh_store).workshop)
    told = words(wall(fresh_store))
    assert "Dieser Workshop ist beendet. Vereinbart: 1 Maßnahme." in told
    assert "4,0" not in told


def test_the_timer_has_its_place_while_it_runs(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Where it is not, its place is not kept free."""
    planned(fresh_store, small_firm)
    go(fresh_store, TALK)
    assert 'class="wall"' in wall(fresh_store)
    fresh_store.workshops.set_timer(room(fresh_store).workshop, datetime.now(UTC))
    assert 'class="wall timed"' in wall(fresh_store)
