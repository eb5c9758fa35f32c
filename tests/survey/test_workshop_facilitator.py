"""The facilitator's second view: it counts, never tells, and loses nothing that is typed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.accounts import Account, Role
from data.errors import Conflict, NotFound
from data.measures import Measure, MeasureState
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.store import Store
from data.workshops import (
    POLLS,
    Contribution,
    Step,
    StepKind,
    Workshop,
    WorkshopPlan,
    WorkshopState,
)
from survey import measures
from survey.measures import TypedPlan
from survey.results import load_results
from survey.screens.today import now, today
from survey.wording import wording
from survey.workshop import acts, agenda
from survey.workshop.briefing import briefing
from survey.workshop.pace import pace
from survey.workshop.prompts import prompts
from survey.workshop.replanning import skip, write_notes
from tests.survey.everybody import all_words
from tests.survey.test_measures_screen import errors, filled
from tests.survey.test_names_are_text import HTML, IMAGE, NASTY, shown
from tests.survey.test_screen_logic import demo_house, empty_house, visit
from tests.survey.visitors import sign_in

__all__ = ["demo_house", "empty_house"]

DE, EN = wording("de"), wording("en")
CODE = "K7M4XR"
OWNER = Account(7, "ada@example.org", "Ada", Role.OWNER, {})
RELEASED = "muster25"
NEXT_YEAR = today() + timedelta(days=365)
IDEAS = ("Rückrufe am selben Tag", "Ein Besuchstag beim Kunden", "Weniger Formulare")
HOW = load_instrument(FIVE_QUESTIONS)


@pytest.fixture
def ada(demo_house: Store, monkeypatch: pytest.MonkeyPatch) -> Account:
    """A consultant of the demo's organisation, who is signed in."""
    assert demo_house
    return sign_in(monkeypatch, Role.CONSULTANT, {1: ()})


@pytest.fixture
def from_a_wave(demo_house: Store, ada: Account) -> Store:
    """With a workshop that starts from the demo's released wave, not begun."""
    assert ada
    wave = demo_house.waves.find(RELEASED)
    results = load_results(demo_house, wave)
    steps = agenda.steps_after(results, agenda.proposed(results))
    plan = WorkshopPlan("Leitungen *im* Gespräch", steps, FIVE_QUESTIONS, 5)
    demo_house.workshops.add(wave.organisation, wave, plan, CODE)
    return demo_house


@pytest.fixture
def from_nothing(demo_house: Store, ada: Account) -> Store:
    """With a workshop that starts from no wave, not begun."""
    assert ada
    steps = agenda.steps_from_nothing(HOW, ["customer_perspective"])
    plan = WorkshopPlan("Ohne Befragung", steps, FIVE_QUESTIONS, 5)
    firm = demo_house.organisations.all()[0]
    demo_house.workshops.add(firm, None, plan, CODE)
    return demo_house


def the(store: Store) -> Workshop:
    """The workshop as it stands now."""
    return store.workshops.room(CODE).workshop


def step_of(store: Store, kind: StepKind) -> Step:
    """The first step of a kind that is not skipped."""
    return next(s for s in the(store).plan.steps if s.kind is kind and not s.skipped)


def to(store: Store, kind: StepKind, *, voters: int = 0) -> Step:
    """Move to a step of this kind with 12 phones in the room, of which some vote."""
    step = step_of(store, kind)
    choices = acts.dot_choices(store, the(store)) if kind is StepKind.DOTS else ()
    store.workshops.go(the(store), step.id, today(), choices)
    for phone in phones(12):
        store.workshops.join(the(store), phone)
    round_ = store.workshops.room(CODE).current
    for phone in phones(voters):
        assert round_
        asked = dict.fromkeys(step.items, 4) if kind in POLLS else {round_.choices[0].key: 2}
        store.workshops.vote(the(store), round_.id, phone, asked)
    return step


def phones(number: int) -> Sequence[bytes]:
    """Keys of so many phones."""
    return [bytes([one]) * 16 for one in range(number)]


def with_ideas(store: Store, texts: Sequence[str] = IDEAS, *, close: bool = True) -> None:
    """These ideas were written; the round is closed."""
    step = to(store, StepKind.IDEAS)
    for number, text in enumerate(texts):
        store.workshops.contribute(the(store), step.id, bytes([number + 1]) * 16, text)
    if close:
        store.workshops.reveal(the(store))


def ask(store: Store, text: str, number: int = 200) -> None:
    """Somebody asks the facilitator."""
    store.workshops.contribute(the(store), 0, bytes([number]) * 16, text)


def facilitator() -> AppTest:
    """The screen of the workshop."""
    screen = visit("facilitator", workshop=CODE)
    assert not screen.exception
    return screen


def press(screen: AppTest, label: str, *, place: int = 0) -> AppTest:
    """Press a button of this label."""
    [b for b in screen.button if b.label == label][place].click().run()
    assert not screen.exception
    return screen


def tick(screen: AppTest, *texts: str) -> AppTest:
    """Tick ideas."""
    for text in texts:
        next(box for box in screen.checkbox if box.label.startswith(text)).check()
    return screen


def arranged(store: Store) -> dict[str, Contribution]:
    """The ideas by their texts."""
    return {one.text: one for one in store.workshops.contributions(the(store)) if one.step}


def agreed(store: Store) -> list[Measure]:
    """What was agreed in the workshop."""
    found = store.measures.of(the(store).organisation)
    return [one for one in found if one.workshop == CODE]


def labels(screen: AppTest) -> list[str]:
    """What the buttons say, without the marks that keep Markdown from reading it."""
    return [button.label.replace("\\", "") for button in screen.button]


# Who may


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.LEADER])
def test_nobody_sees_a_workshop_that_they_do_not_run(
    from_a_wave: Store, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    """A consultant of another organisation and a leader of this one learn nothing of it."""
    assert from_a_wave
    sign_in(monkeypatch, role, {77: ()} if role is Role.CONSULTANT else {1: ()})
    said = all_words(visit("facilitator", workshop=CODE))
    assert "Leitungen" not in said
    assert DE("facilitator.notes") not in said


@pytest.mark.usefixtures("ada")
def test_without_a_workshop_in_the_address_there_is_a_way_on() -> None:
    """To the list of workshops."""
    screen = visit("facilitator")
    assert not screen.exception
    assert DE("facilitator.nowhere") in all_words(screen)


@pytest.mark.usefixtures("from_a_wave")
def test_an_unknown_code_is_said_to_be_unknown() -> None:
    """In words, with a way home."""
    screen = visit("facilitator", workshop="NNNNNN")
    assert not screen.exception
    assert "NNNNNN" in errors(screen)


def test_what_people_wrote_is_shown_as_text(from_a_wave: Store, ada: Account) -> None:
    """Title, notes, ideas, groups, questions and measures: no tag in HTML, no image in Markdown."""
    with_ideas(from_a_wave, [NASTY])
    (idea,) = arranged(from_a_wave).values()
    acts.arrange(from_a_wave, ada, the(from_a_wave), (replace(idea, shown=True, group=NASTY[:60]),))
    ask(from_a_wave, NASTY)
    plan = replace(the(from_a_wave).plan, title=NASTY)
    acts.replan(from_a_wave, ada, the(from_a_wave), plan)
    write_notes(from_a_wave, ada, CODE, step_of(from_a_wave, StepKind.IDEAS), NASTY)
    typed = TypedPlan((), "customer_perspective", NASTY, NASTY[:120], NEXT_YEAR)
    measures.agree(from_a_wave, ada, the(from_a_wave), typed, today())
    texts = [*shown(facilitator())]
    assert sum("Nasty" in text for _, text in texts) >= 7
    for kind, text in texts:
        assert (HTML if kind == "html" else IMAGE) not in text, kind


# Where we are


def test_the_head_tells_step_phase_phones_votes_and_time(from_a_wave: Store) -> None:
    """Counts of votes, and how many are missing; never what was voted."""
    to(from_a_wave, StepKind.VOTE, voters=3)
    said = all_words(facilitator())
    assert DE("facilitator.votes_in", votes=3, phones=12) in said
    assert DE.count("facilitator.missing", 2, smallest=5) in said
    assert DE("workshop.place", number=4, of=16) in said
    assert "Erfahrungen teilen" in said
    assert DE("facilitator.room") not in said.split()


def test_what_the_room_voted_is_told_once_it_is_revealed(from_a_wave: Store) -> None:
    """With the survey beside it."""
    to(from_a_wave, StepKind.VOTE, voters=6)
    assert "Raum 4,0" not in all_words(facilitator())
    from_a_wave.workshops.reveal(the(from_a_wave))
    said = all_words(facilitator())
    assert "Raum 4,0, Befragung" in said
    assert DE.count("facilitator.revealed", 6) in said


def test_the_rest_is_what_is_planned_and_not_skipped(from_nothing: Store) -> None:
    """A running timer says how long the present step still takes; one that is over, nothing."""
    moment = now()
    to(from_nothing, StepKind.VOTE)
    workshop = the(from_nothing)
    left = [s.minutes for s in workshop.plan.steps if not s.skipped][2:]
    planned = pace(workshop, moment)
    assert (planned.number, planned.minutes, planned.ahead) == (2, 3, sum(left))
    assert planned.ends == moment + timedelta(minutes=3 + sum(left))
    for minutes, rest in ((10, 10), (-4, 0)):
        running = replace(workshop, timer_ends=moment + timedelta(minutes=minutes))
        assert pace(running, moment).ends == moment + timedelta(minutes=rest + sum(left))


def test_a_skipped_step_counts_only_while_the_room_is_there(from_nothing: Store) -> None:
    """Whoever jumps to one sees it numbered among the others."""
    workshop = the(from_nothing)
    skipped = next(step for step in workshop.plan.steps if step.skipped)
    assert pace(replace(workshop, at=skipped.id), now()).of == pace(workshop, now()).of + 1


# Going on


def test_the_keys_go_on_reveal_and_go_back(from_a_wave: Store) -> None:
    """The same as on the projector; and the rest of the screen follows."""
    screen = press(facilitator(), DE("workshop.begin"))
    assert the(from_a_wave).step == step_of(from_a_wave, StepKind.WELCOME)
    press(screen, DE("workshop.on"))
    assert the(from_a_wave).step == step_of(from_a_wave, StepKind.GUESS)
    assert prompts(DE, StepKind.GUESS)[0] in all_words(screen)
    press(screen, DE("workshop.back"))
    assert prompts(DE, StepKind.WELCOME)[0] in all_words(screen)


def test_it_is_said_that_somebody_else_was_faster(from_a_wave: Store) -> None:
    """What was pressed then did nothing."""
    screen = press(facilitator(), DE("workshop.begin"))
    guess = to(from_a_wave, StepKind.GUESS)
    press(screen, DE("workshop.on"))
    assert the(from_a_wave).step == guess
    assert any("inzwischen" in one.value for one in screen.warning)


def test_one_click_goes_to_any_step(from_a_wave: Store) -> None:
    """Also to one that is left out."""
    screen = facilitator()
    ideas = step_of(from_a_wave, StepKind.IDEAS)
    screen.button(key=f"agenda_{ideas.id}_go").click().run()
    assert the(from_a_wave).step == ideas
    skipped = next(step for step in the(from_a_wave).plan.steps if step.skipped)
    screen.button(key=f"agenda_{skipped.id}_go").click().run()
    assert the(from_a_wave).step == skipped
    assert not screen.exception


def test_coming_steps_can_be_left_out_and_taken_in(from_a_wave: Store) -> None:
    """Also after the room has moved on since the screen was drawn."""
    questions = step_of(from_a_wave, StepKind.QUESTIONS)
    to(from_a_wave, StepKind.WELCOME)
    screen = facilitator()
    to(from_a_wave, StepKind.GUESS)
    screen.button(key=f"agenda_{questions.id}_skip").click().run()
    kept = {step.id: step for step in the(from_a_wave).plan.steps}
    assert kept[questions.id].skipped
    screen.button(key=f"agenda_{questions.id}_skip").click().run()
    assert step_of(from_a_wave, StepKind.QUESTIONS) == questions


def test_ending_says_what_is_deleted_and_what_stays(from_a_wave: Store) -> None:
    """Then it can be resumed where it was."""
    step = to(from_a_wave, StepKind.VOTE, voters=7)
    screen = facilitator()
    assert "**Gelöscht** wird, was nicht aufgedeckt ist" in all_words(screen)
    press(screen, DE("facilitator.end_yes"))
    assert the(from_a_wave).state is WorkshopState.ENDED
    assert DE("facilitator.end") not in labels(screen)
    press(screen, DE("workshop.resume"))
    assert the(from_a_wave).state is WorkshopState.RUNNING
    assert the(from_a_wave).step == step


def test_the_timer_is_started_given_more_and_stopped(from_a_wave: Store) -> None:
    """With the step's minutes; whoever gives it more adds to what another screen gave."""
    to(from_a_wave, StepKind.TALK)
    screen = press(facilitator(), DE.count("facilitator.timer_start", 12))
    first = the(from_a_wave).timer_ends
    assert first
    assert timedelta(minutes=11) < first - now() <= timedelta(minutes=12)
    acts.extend_timer(from_a_wave, OWNER, the(from_a_wave), 1, now())
    press(screen, DE("facilitator.timer_more", minutes=5))
    assert the(from_a_wave).timer_ends == first + timedelta(minutes=6)
    press(screen, DE("facilitator.timer_stop"))
    assert the(from_a_wave).timer_ends is None


def test_a_timer_whose_time_is_up_runs_on_from_now(from_a_wave: Store) -> None:
    """Five minutes more are five minutes."""
    to(from_a_wave, StepKind.TALK)
    moment = now()
    from_a_wave.workshops.set_timer(the(from_a_wave), moment - timedelta(minutes=9))
    assert "**Zeit ist um**" in all_words(facilitator())
    acts.extend_timer(from_a_wave, OWNER, the(from_a_wave), 5, moment)
    assert the(from_a_wave).timer_ends == moment + timedelta(minutes=5)


# Notes


def test_every_kind_of_step_has_prompts_in_both_languages() -> None:
    """Two to four things to do."""
    for kind in StepKind:
        for say in (DE, EN):
            assert 2 <= len(prompts(say, kind)) <= 4, kind


def test_the_survey_says_two_to_four_sentences_about_a_dimension(from_a_wave: Store) -> None:
    """Of every dimension that was asked; nothing where a step needs none of it."""
    results = load_results(from_a_wave, from_a_wave.waves.find(RELEASED))
    for step in the(from_a_wave).plan.steps:
        told = briefing(DE, results, step)
        if step.dimension:
            assert 2 <= len(told) <= 4
            assert told[0].startswith("Mittelwert der ganzen Organisation")
        elif step.kind in {StepKind.QUESTIONS, StepKind.CLOSING}:
            assert told == ()
        else:
            assert 1 <= len(told) <= 4


def test_what_the_facilitator_wrote_stands_instead_of_the_prompts(from_a_wave: Store) -> None:
    """As text, line by line; empty notes bring the prompts back."""
    step = to(from_a_wave, StepKind.TALK)
    screen = press(facilitator(), DE("facilitator.notes_change"))
    screen.text_area[0].set_value("Zuerst *Frau K.* fragen\nDann alle").run()
    press(screen, DE("facilitator.notes_save"))
    assert step_of(from_a_wave, StepKind.TALK).notes == "Zuerst *Frau K.* fragen\nDann alle"
    said = all_words(screen)
    assert r"Zuerst \*Frau K\.\* fragen" in said
    assert prompts(DE, StepKind.TALK)[0] not in said
    assert not screen.text_area
    press(screen, DE("facilitator.notes_change"))
    screen.text_area[0].set_value("").run()
    press(screen, DE("facilitator.notes_save"))
    assert prompts(DE, StepKind.TALK)[0] in all_words(screen)
    assert step_of(from_a_wave, StepKind.TALK) == step


def test_notes_stay_with_their_step_when_the_room_moves_on(from_a_wave: Store) -> None:
    """What is typed is saved where it was begun."""
    to(from_a_wave, StepKind.TALK)
    screen = press(facilitator(), DE("facilitator.notes_change"))
    screen.text_area[0].set_value("Beispiele sammeln").run()
    to(from_a_wave, StepKind.REVOTE)
    screen.run()
    assert screen.text_area[0].value == "Beispiele sammeln"
    assert "Sprechen" in screen.text_area[0].label
    press(screen, DE("facilitator.notes_save"))
    assert step_of(from_a_wave, StepKind.TALK).notes == "Beispiele sammeln"
    assert step_of(from_a_wave, StepKind.REVOTE).notes == ""


def test_notes_that_somebody_else_changed_are_shown_and_what_is_typed_stays(
    from_a_wave: Store, ada: Account
) -> None:
    """Saved once more, mine hold."""
    step = to(from_a_wave, StepKind.TALK)
    screen = press(facilitator(), DE("facilitator.notes_change"))
    screen.text_area[0].set_value("Meine").run()
    write_notes(from_a_wave, ada, CODE, step, "Ihre")
    press(screen, DE("facilitator.notes_save"))
    (warning,) = screen.warning
    assert "Ihre" in warning.value
    assert screen.text_area[0].value == "Meine"
    assert step_of(from_a_wave, StepKind.TALK).notes == "Ihre"
    press(screen, DE("facilitator.notes_save"))
    assert step_of(from_a_wave, StepKind.TALK).notes == "Meine"


def test_single_steps_are_changed_by_whoever_runs_the_workshop(
    from_a_wave: Store, ada: Account
) -> None:
    """Notes as they were seen only; for others there is no such workshop."""
    step = step_of(from_a_wave, StepKind.TALK)
    stranger = Account(8, "x@example.org", "X", Role.CONSULTANT, {77: ()})
    write_notes(from_a_wave, ada, CODE, step, "Eins")
    with pytest.raises(Conflict):
        write_notes(from_a_wave, ada, CODE, step, "Zwei")
    with pytest.raises(NotFound):
        skip(from_a_wave, stranger, CODE, step, skipped=True)


# Ideas


def test_while_ideas_are_collected_only_their_number_is_told(from_a_wave: Store) -> None:
    """Not to the facilitator either."""
    with_ideas(from_a_wave, close=False)
    screen = facilitator()
    assert DE.count("facilitator.ideas_coming", 3) in all_words(screen)
    assert not screen.checkbox


def test_ticked_ideas_go_to_the_wall_and_back(from_a_wave: Store) -> None:
    """Several at once; afterwards nothing is ticked."""
    with_ideas(from_a_wave)
    screen = tick(facilitator(), IDEAS[0], IDEAS[2])
    press(screen, DE("facilitator.put_on_wall"))
    assert [arranged(from_a_wave)[text].shown for text in IDEAS] == [True, False, True]
    assert not any(box.value for box in screen.checkbox)
    press(tick(screen, IDEAS[0]), DE("facilitator.take_back"))
    assert [arranged(from_a_wave)[text].shown for text in IDEAS] == [False, False, True]
    press(screen, DE("facilitator.ideas_all"))
    assert all(one.shown for one in arranged(from_a_wave).values())


def test_ideas_are_put_into_groups_and_taken_out(from_a_wave: Store) -> None:
    """Into a new one by its name, into an existing one at one click; the wall stays as it was."""
    with_ideas(from_a_wave)
    screen = tick(facilitator(), IDEAS[0])
    screen.text_input[0].set_value(" Beim   *Kunden* ")
    press(screen, DE("facilitator.group_new"))
    assert arranged(from_a_wave)[IDEAS[0]].group == "Beim *Kunden*"
    press(tick(screen, IDEAS[1]), r"Zu „Beim \*Kunden\*“")
    assert arranged(from_a_wave)[IDEAS[1]].group == "Beim *Kunden*"
    press(tick(screen, IDEAS[0]), DE("facilitator.group_out"))
    assert [arranged(from_a_wave)[text].group for text in IDEAS] == ["", "Beim *Kunden*", ""]
    assert not any(one.shown for one in arranged(from_a_wave).values())


def test_without_a_tick_or_a_name_it_is_said_what_is_missing(from_a_wave: Store) -> None:
    """And what is ticked stays so."""
    with_ideas(from_a_wave)
    screen = press(facilitator(), DE("facilitator.put_on_wall"))
    assert [warning.value for warning in screen.warning] == [DE("facilitator.ideas_tick")]
    press(tick(screen, IDEAS[0]), DE("facilitator.group_new"))
    assert [warning.value for warning in screen.warning] == [DE("facilitator.group_unnamed")]
    assert [box.label for box in screen.checkbox if box.value] == [IDEAS[0]]


def test_phones_and_wall_follow_what_is_arranged(from_a_wave: Store) -> None:
    """The version grows."""
    with_ideas(from_a_wave)
    before = the(from_a_wave).version
    press(tick(facilitator(), IDEAS[0]), DE("facilitator.put_on_wall"))
    assert the(from_a_wave).version > before


# Questions


def test_new_questions_are_announced_until_somebody_looks(from_a_wave: Store) -> None:
    """Whoever has unfolded them reads them; folded again, only what comes later is news."""
    to(from_a_wave, StepKind.TALK)
    for number in range(3):
        ask(from_a_wave, f"Frage {number}", 200 + number)
    screen = facilitator()
    assert DE.count("facilitator.questions_new", 3) in all_words(screen)
    press(screen, DE("facilitator.questions_look"))
    assert "neue Frage" not in all_words(screen)
    to(from_a_wave, StepKind.REVOTE)
    ask(from_a_wave, "Noch eine", 250)
    screen.run()
    assert DE.count("facilitator.questions_new", 1) in all_words(screen)


def test_a_question_goes_to_the_wall_and_back(from_a_wave: Store) -> None:
    """By one button."""
    to(from_a_wave, StepKind.TALK)
    ask(from_a_wave, "Wer *sieht* das?")
    screen = facilitator()
    assert r"Wer \*sieht\* das?" in all_words(screen)
    for on_wall in (True, False):
        key = f"question_{(bytes([200]) * 16).hex().upper()}"
        screen.button(key=key).click().run()
        (question,) = from_a_wave.workshops.contributions(the(from_a_wave))
        assert question.shown is on_wall


# Dots and measures


def dotted(store: Store) -> None:
    """Ideas are on the wall, and dots were given and revealed."""
    with_ideas(store)
    every = arranged(store).values()
    store.workshops.arrange(the(store), [replace(one, shown=True) for one in every])
    to(store, StepKind.DOTS, voters=6)


def test_dots_are_counted_and_ranked_once_revealed(from_a_wave: Store) -> None:
    """Before that only what there is to choose from."""
    dotted(from_a_wave)
    said = all_words(facilitator())
    assert DE("facilitator.votes_in", votes=6, phones=12) in said
    assert all(text in said for text in IDEAS)
    assert "(12 Punkte)" not in said
    from_a_wave.workshops.reveal(the(from_a_wave))
    assert "(12 Punkte)" in all_words(facilitator())


def test_a_measure_is_taken_from_the_top_dots_at_one_click(from_a_wave: Store) -> None:
    """It begins as improved together; phones are told, and it is listed with its workshop."""
    dotted(from_a_wave)
    from_a_wave.workshops.reveal(the(from_a_wave))
    to(from_a_wave, StepKind.MEASURES)
    screen = facilitator()
    top = next(label for label in labels(screen) if label.endswith("(12 Punkte)"))
    before = the(from_a_wave).version
    next(b for b in screen.button if b.label.replace("\\", "") == top).click().run()
    assert screen.text_area[0].value == top.removesuffix(" (12 Punkte)")
    filled(screen, dimension="customer_perspective", responsible="Leitung", due=NEXT_YEAR)
    press(screen, DE("measure.save"))
    (kept,) = agreed(from_a_wave)
    assert (kept.wave, kept.plan.state) == (RELEASED, MeasureState.IMPROVED)
    assert the(from_a_wave).version > before
    assert DE.count("facilitator.measures_agreed", 1) in all_words(screen)
    assert not screen.text_area


def test_a_measure_is_made_of_ticked_ideas(from_a_wave: Store) -> None:
    """Their texts below each other, in a form of their own beside one that is open already."""
    with_ideas(from_a_wave)
    screen = press(facilitator(), DE("measure.new"))
    press(tick(screen, IDEAS[0], IDEAS[1]), DE("facilitator.as_measure"))
    assert screen.text_area[0].value == ""
    assert set(screen.text_area[1].value.splitlines()) == set(IDEAS[:2])


def test_a_measure_begins_with_the_dimension_that_is_talked_about(from_a_wave: Store) -> None:
    """And an error keeps all that is typed, and names all that is missing."""
    step = to(from_a_wave, StepKind.TALK)
    screen = press(facilitator(), DE("measure.new"))
    values = {box.label: box.value for box in screen.selectbox}
    assert values[DE("measure.dimension")] == step.dimension
    filled(screen, what="Mitfahren")
    press(screen, DE("measure.save"))
    for label in ("measure.role", "measure.due"):
        assert f"**{DE(label)}**" in errors(screen)
    assert screen.text_area[0].value == "Mitfahren"
    assert agreed(from_a_wave) == []


def test_a_measure_form_stays_open_when_the_room_moves_on(from_a_wave: Store) -> None:
    """Moving on folds nothing that somebody writes in; what is typed a browser test looks at."""
    to(from_a_wave, StepKind.TALK)
    screen = press(facilitator(), DE("measure.new"))
    to(from_a_wave, StepKind.REVOTE)
    screen.run()
    assert [area.label for area in screen.text_area] == [DE("measure.what")]
    assert screen.session_state["facilitator_measures"] is True


def test_a_workshop_from_nothing_agrees_on_measures_too(from_nothing: Store) -> None:
    """The only dimension that is talked about is there; departments are those of today."""
    to(from_nothing, StepKind.MEASURES)
    screen = press(facilitator(), DE("measure.new"))
    values = {box.label: box for box in screen.selectbox}
    assert values[DE("measure.dimension")].value == "customer_perspective"
    assert len(values[DE("measure.department")].options) > 3
    filled(screen, what="Mitfahren", responsible="Leitung", due=NEXT_YEAR)
    press(screen, DE("measure.save"))
    (kept,) = agreed(from_nothing)
    assert (kept.wave, kept.plan.dimension) == ("", "customer_perspective")


def test_a_measure_is_changed_and_removed_and_phones_are_told(
    from_nothing: Store, ada: Account
) -> None:
    """Every change grows the version."""
    to(from_nothing, StepKind.MEASURES)
    typed = TypedPlan((), "customer_perspective", "Mitfahren", "Leitung", NEXT_YEAR)
    measures.agree(from_nothing, ada, the(from_nothing), typed, today())
    seen = the(from_nothing).version
    screen = press(facilitator(), DE("measure.edit"))
    press(filled(screen, what="Öfter mitfahren"), DE("measure.save"))
    assert [one.plan.what for one in agreed(from_nothing)] == ["Öfter mitfahren"]
    changed = the(from_nothing).version
    press(screen, DE("measure.remove_yes"))
    assert agreed(from_nothing) == []
    assert seen < changed < the(from_nothing).version


def test_a_measure_that_somebody_else_changed_is_not_removed_unseen(
    from_nothing: Store, ada: Account
) -> None:
    """It is said, and it stays."""
    to(from_nothing, StepKind.MEASURES)
    typed = TypedPlan((), "customer_perspective", "Mitfahren", "Leitung", NEXT_YEAR)
    kept = measures.agree(from_nothing, ada, the(from_nothing), typed, today())
    screen = facilitator()
    measures.change(from_nothing, ada, kept, replace(typed, what="Etwas anderes"))
    press(screen, DE("measure.remove_yes"))
    assert DE("conflict.measure") in errors(screen)
    assert [one.plan.what for one in agreed(from_nothing)] == ["Etwas anderes"]
