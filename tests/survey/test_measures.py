"""Measures: who may agree on them, what is checked, and what is written down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.accounts import Account, Role
from data.audit import AuditAct
from data.errors import Conflict, MeasureProblem, NotAllowed, NotFound, Problem
from data.measures import Measure, MeasureState, Plan
from data.model import Organisation, Wave
from data.results import Group, GroupKind, Release
from data.store import Store
from data.tree import Entry
from data.workshops import StepKind, Workshop, WorkshopPlan
from survey import measures
from survey.measures import TypedPlan, agreed
from survey.wording import LANGUAGES, wording
from tests.data.samples import DAY, NEXT_DAY, SHORT_FORM, short_settings
from tests.survey.held import WORKSHOP, entered, planned

TODAY = date(2026, 4, 1)
TYPED = TypedPlan(
    path=("Vertrieb", "Süd"),
    dimension="customer_perspective",
    what="Einmal im Monat zu einem Kunden mitfahren.",
    responsible="Leitung Vertrieb Süd",
    due=date(2026, 9, 30),
)
NOTHING_SHOWN = Release(SHORT_FORM, (Group(GroupKind.ORGANISATION),), {})


def released_in(store: Store, firm: Organisation, code: str, day: date = DAY) -> Wave:
    """A wave of the firm that asked on this day, released."""
    wave = store.waves.open(store.waves.add(firm, short_settings(f"Welle {code}"), code), day)
    return store.releases.save(store.waves.close(wave, day), NOTHING_SHOWN, day)


@pytest.fixture
def released_wave(fresh_store: Store, small_firm: Organisation, living_tree: object) -> Wave:
    """A released wave of the small firm with its four departments."""
    assert living_tree
    return released_in(fresh_store, small_firm, "k7m2p9qx")


def of_firm(role: Role, firm: Organisation) -> Account:
    """Somebody whose organisation it is."""
    return Account(1, f"{role}@x.example", role.title(), role, {firm.id: ()})


def stranger(role: Role) -> Account:
    """Somebody of another organisation."""
    return Account(2, f"strange-{role}@x.example", "Fremd", role, {77: ()})


@pytest.fixture
def leader(small_firm: Organisation) -> Account:
    """A leader of the small firm."""
    return of_firm(Role.LEADER, small_firm)


# Who may


@pytest.mark.parametrize("role", list(Role))
def test_whoever_reads_the_release_agrees_changes_and_removes(
    fresh_store: Store, released_wave: Wave, role: Role
) -> None:
    """Owners, its consultants and its leaders; each act is in the audit log with its wave."""
    account = of_firm(role, released_wave.organisation)
    kept = measures.add(fresh_store, account, released_wave, TYPED, TODAY)
    kept = measures.change(fresh_store, account, kept, replace(TYPED, what="Öfter."))
    kept = measures.set_state(fresh_store, account, kept, MeasureState.DONE)
    measures.remove(fresh_store, account, kept)
    assert fresh_store.measures.of(released_wave.organisation) == ()
    entries = fresh_store.audit.read(None, organisation=released_wave.organisation.id)
    told = [(entry.act, entry.who, entry.subject) for entry in entries]
    changed = (AuditAct.MEASURE_CHANGED, account.label, "Welle k7m2p9qx: Öfter.")
    assert sorted(told) == sorted(
        [
            (
                AuditAct.MEASURE_ADDED,
                account.label,
                "Welle k7m2p9qx: Einmal im Monat zu einem Kunden mitfahren.",
            ),
            changed,
            changed,
            (AuditAct.MEASURE_REMOVED, account.label, "Welle k7m2p9qx: Öfter."),
        ]
    )


Act = Callable[[Store, Account, Measure], object]
ACTS: tuple[Act, ...] = (
    lambda store, account, seen: measures.change(store, account, seen, TYPED),
    lambda store, account, seen: measures.set_state(store, account, seen, MeasureState.DONE),
    measures.remove,
)


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.LEADER])
def test_nobody_touches_another_organisations_measures(
    fresh_store: Store, released_wave: Wave, leader: Account, role: Role
) -> None:
    """They are told as if there were none; nothing is changed, and nothing written down."""
    kept = measures.add(fresh_store, leader, released_wave, TYPED, TODAY)
    before, foreign = fresh_store.audit.count(), stranger(role)
    with pytest.raises(NotFound):
        measures.add(fresh_store, foreign, released_wave, TYPED, TODAY)
    for act in ACTS:
        with pytest.raises(NotFound):
            act(fresh_store, foreign, kept)
    assert fresh_store.measures.of(released_wave.organisation) == (kept,)
    assert fresh_store.audit.count() == before


def test_a_foreign_measure_is_not_had_by_calling_it_ones_own(
    fresh_store: Store, released_wave: Wave, leader: Account
) -> None:
    """The number of one's own organisation on another's measure changes nothing."""
    kept = measures.add(fresh_store, leader, released_wave, TYPED, TODAY)
    theirs = fresh_store.organisations.add("Andere AG")
    wave = released_in(fresh_store, theirs, "fremde22")
    foreign = of_firm(Role.LEADER, theirs)
    for forged in (
        replace(kept, organisation=theirs.id),
        replace(kept, organisation=theirs.id, wave=wave.code),
    ):
        for act in ACTS:
            with pytest.raises((NotFound, Conflict, MeasureProblem)):
                act(fresh_store, foreign, forged)
    assert fresh_store.measures.of(released_wave.organisation) == (kept,)


def test_a_wave_that_is_not_released_has_no_measures(
    fresh_store: Store, open_wave: Wave, leader: Account
) -> None:
    """Not even for those whose it is; the refusal leaves no trace in the audit log."""
    before = fresh_store.audit.count()
    with pytest.raises(NotAllowed):
        measures.add(fresh_store, leader, open_wave, replace(TYPED, path=()), TODAY)
    assert fresh_store.audit.count() == before


# What is typed


WRONG = {
    "nothing": (replace(TYPED, what=" \n\u200b "), "what", "error.measure_what"),
    "too much": (replace(TYPED, what="x" * 501), "what", "error.measure_long"),
    "nobody": (replace(TYPED, responsible="\t"), "responsible", "error.measure_responsible"),
    "a long role": (replace(TYPED, responsible="x" * 121), "responsible", "error.measure_long"),
    "no day": (replace(TYPED, due=None), "due", "error.measure_due"),
    "yesterday": (replace(TYPED, due=TODAY - timedelta(1)), "due", "error.measure_past"),
    "no dimension": (replace(TYPED, dimension=""), "dimension", "error.measure_dimension"),
    "no such one": (replace(TYPED, dimension="<b>"), "dimension", "error.measure_dimension"),
    "no department": (replace(TYPED, path=("Süd",)), "path", "error.measure_department"),
}


@pytest.mark.parametrize(("typed", "field", "key"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_kept_names_its_field(
    fresh_store: Store,
    released_wave: Wave,
    leader: Account,
    typed: TypedPlan,
    field: str,
    key: str,
) -> None:
    """One finding, in every language, and nothing is stored."""
    with pytest.raises(MeasureProblem) as problem:
        measures.add(fresh_store, leader, released_wave, typed, TODAY)
    (finding,) = problem.value.findings
    assert (finding.key, finding.values["field"]) == (key, field)
    for language in LANGUAGES:
        assert wording(language).problem(finding)
    assert fresh_store.measures.of(released_wave.organisation) == ()


def test_everything_that_is_wrong_is_told_at_once(
    fresh_store: Store, released_wave: Wave, leader: Account
) -> None:
    """An empty form lacks four things, in their order; the whole organisation is a place."""
    with pytest.raises(MeasureProblem) as problem:
        measures.add(fresh_store, leader, released_wave, TypedPlan(), TODAY)
    fields = [finding.values["field"] for finding in problem.value.findings]
    assert fields == ["what", "dimension", "responsible", "due"]


def test_what_is_typed_is_kept_without_what_cannot_be_seen(
    fresh_store: Store, released_wave: Wave, leader: Account
) -> None:
    """Line breaks stay in what is done; marks that turn a text around do not."""
    typed = replace(TYPED, what=" Erst\r\ndann\u202e \n", responsible=" Leitung \n Vertrieb\u200b")
    kept = measures.add(fresh_store, leader, released_wave, typed, TODAY)
    assert kept.plan.what == "Erst\ndann"
    assert kept.plan.responsible == "Leitung Vertrieb"


def test_today_is_a_day_and_an_old_measure_keeps_its_own(
    fresh_store: Store, released_wave: Wave, leader: Account
) -> None:
    """Only a new measure cannot be due before it is agreed."""
    kept = measures.add(fresh_store, leader, released_wave, replace(TYPED, due=TODAY), TODAY)
    late = replace(TYPED, due=TODAY - timedelta(30))
    assert measures.change(fresh_store, leader, kept, late).plan.due == late.due


def test_the_later_of_two_people_is_told(
    fresh_store: Store, released_wave: Wave, leader: Account
) -> None:
    """What the first one saved stays, and one act is written down."""
    seen = measures.add(fresh_store, leader, released_wave, TYPED, TODAY)
    now = measures.set_state(fresh_store, leader, seen, MeasureState.IMPROVED)
    before = fresh_store.audit.count()
    problems: list[Problem] = []
    for act in ACTS:
        with pytest.raises(Conflict) as problem:
            act(fresh_store, leader, seen)
        problems.append(problem.value)
    assert {one.key for one in problems} == {"conflict.measure"}
    assert fresh_store.measures.of(released_wave.organisation) == (now,)
    assert fresh_store.audit.count() == before


# Which are shown


def test_a_wave_shows_its_own_measures_and_those_of_waves_before(
    fresh_store: Store, small_firm: Organisation, living_tree: object, leader: Account
) -> None:
    """This one first, then the last one before it; not those of later ones or other firms."""
    assert living_tree
    days = (DAY, NEXT_DAY, date(2027, 3, 2))
    waves = [released_in(fresh_store, small_firm, f"welle{n}22", day) for n, day in enumerate(days)]
    other = released_in(fresh_store, fresh_store.organisations.add("Andere AG"), "fremde22")
    plan = Plan((), "customer_perspective", "Etwas", "Leitung", DAY)
    kept = [fresh_store.measures.add(wave, plan) for wave in (*waves, other)]
    assert [(one.wave, one.measures) for one in agreed(fresh_store, waves[1])] == [
        (waves[1], (kept[1],)),
        (waves[0], (kept[0],)),
    ]
    assert [one.wave for one in agreed(fresh_store, waves[2])] == [waves[2], waves[1], waves[0]]
    measures.remove(fresh_store, leader, kept[1])
    assert [one.wave for one in agreed(fresh_store, waves[2])] == [waves[2], waves[0]]


def test_a_department_has_its_own_measures_and_those_below_it(
    fresh_store: Store, released_wave: Wave
) -> None:
    """Not those of the whole organisation, nor of one whose name begins alike."""
    places = ((), ("Vertrieb",), ("Vertrieb", "Süd"), ("Vertrieb Süd",), ("Lager",))
    kept = {
        path: fresh_store.measures.add(
            released_wave, Plan(path, "customer_perspective", "Etwas", "Leitung", DAY)
        )
        for path in places
    }
    (here,) = agreed(fresh_store, released_wave, ("Vertrieb",))
    assert here.measures == (kept["Vertrieb",], kept["Vertrieb", "Süd"])
    (everywhere,) = agreed(fresh_store, released_wave)
    assert len(everywhere.measures) == len(places)


# Of workshops


@pytest.fixture
def workshop(fresh_store: Store, small_firm: Organisation, living_tree: object) -> Workshop:
    """A workshop of the small firm that started from no wave."""
    assert living_tree
    return planned(fresh_store, small_firm)


@pytest.mark.parametrize("role", list(Role))
def test_what_a_workshop_without_a_wave_agreed_is_looked_after_like_any_other(
    fresh_store: Store, workshop: Workshop, role: Role
) -> None:
    """Changed, set to another state and removed, by whoever reads the organisation."""
    account = of_firm(role, workshop.organisation)
    kept = measures.agree(fresh_store, account, workshop, TYPED, TODAY)
    assert (kept.wave, kept.workshop) == ("", WORKSHOP)
    kept = measures.change(fresh_store, account, kept, replace(TYPED, what="Öfter."))
    kept = measures.set_state(fresh_store, account, kept, MeasureState.DONE)
    assert (kept.plan.what, kept.plan.state) == ("Öfter.", MeasureState.DONE)
    with pytest.raises(NotFound):
        measures.set_state(fresh_store, stranger(Role.LEADER), kept, MeasureState.SHARED)
    measures.remove(fresh_store, account, kept)
    assert fresh_store.measures.of(workshop.organisation) == ()


def test_a_measure_stays_where_its_department_is_no_more(
    fresh_store: Store, workshop: Workshop, leader: Account
) -> None:
    """Without a wave nothing keeps the old tree; another place must be one of now."""
    kept = measures.agree(fresh_store, leader, workshop, TYPED, TODAY)
    firm, tree = workshop.organisation, fresh_store.organisations
    tree.replace_departments(firm, tree.departments(firm), (Entry(("Lager",), 9),))
    kept = measures.change(fresh_store, leader, kept, replace(TYPED, what="Öfter."))
    assert kept.plan.path == TYPED.path
    with pytest.raises(MeasureProblem):
        measures.change(fresh_store, leader, kept, replace(TYPED, path=("Vertrieb", "Nord")))
    assert measures.change(fresh_store, leader, kept, replace(TYPED, path=("Lager",)))
    with pytest.raises(MeasureProblem):
        measures.agree(fresh_store, leader, workshop, TYPED, TODAY)


def test_what_no_wave_came_before_stands_at_the_end_of_every_wave(
    fresh_store: Store, workshop: Workshop, small_firm: Organisation, leader: Account
) -> None:
    """Of its own organisation, and on a department's screen only where it is of that one."""
    waves = [
        released_in(fresh_store, small_firm, f"welle{n}22", day)
        for n, day in enumerate((DAY, NEXT_DAY))
    ]
    other = released_in(fresh_store, fresh_store.organisations.add("Andere AG"), "fremde22")
    kept = measures.agree(fresh_store, leader, workshop, TYPED, TODAY)
    after = measures.add(fresh_store, leader, waves[0], TYPED, TODAY)
    assert [(one.wave, one.measures) for one in agreed(fresh_store, waves[1])] == [
        (waves[1], ()),
        (waves[0], (after,)),
        (None, (kept,)),
    ]
    assert agreed(fresh_store, waves[0])[-1].measures == (kept,)
    assert agreed(fresh_store, waves[0], ("Lager",))[-1].measures == ()
    assert agreed(fresh_store, waves[0], ("Vertrieb",))[-1].measures == (kept,)
    assert [one.wave for one in agreed(fresh_store, other)] == [other]


def test_what_a_workshop_after_a_wave_agreed_belongs_to_that_wave(
    fresh_store: Store, released_wave: Wave, leader: Account
) -> None:
    """It is listed there, and with the wave's own departments and dimensions."""
    plan = WorkshopPlan("Runde", (), "five_questions", 5)
    workshop = fresh_store.workshops.add(released_wave.organisation, released_wave, plan, WORKSHOP)
    kept = measures.agree(fresh_store, leader, workshop, TYPED, TODAY)
    assert (kept.wave, kept.workshop) == (released_wave.code, WORKSHOP)
    assert [(one.wave, one.measures) for one in agreed(fresh_store, released_wave)] == [
        (released_wave, (kept,))
    ]


def test_a_workshop_that_is_deleted_leaves_its_measures(
    fresh_store: Store, workshop: Workshop, leader: Account
) -> None:
    """They do not know any more where they were agreed, and can be looked after as before."""
    kept = measures.agree(fresh_store, leader, workshop, TYPED, TODAY)
    entered(fresh_store, workshop, StepKind.MEASURES)
    fresh_store.workshops.remove(fresh_store.workshops.room(WORKSHOP).workshop)
    (left,) = fresh_store.measures.of(workshop.organisation)
    assert left == replace(kept, workshop="")
    assert measures.set_state(fresh_store, leader, left, MeasureState.DONE)
