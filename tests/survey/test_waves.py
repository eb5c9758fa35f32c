"""Drafts, copies, openings and ends of waves, as screens and the command line ask for them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.testclient import TestClient

from data.accounts import Account, Role
from data.audit import AuditAct
from data.errors import Conflict, NotAllowed, NotFound, SetUpProblem, WaveProblem
from data.importing import Mapped
from data.model import Address, Department, Invitation, Organisation, Profile, Wave, WaveState
from data.store import Store
from survey import drafting, expecting, intake, readiness, releasing, running
from survey.form.routes import LightForm
from survey.readiness import Hint
from survey.submission import Draft, FormSigner, submit
from survey.web.upkeep import keep_waves
from survey.wording import LANGUAGES, wording
from tests.data.samples import DAY, NEXT_DAY, NEXT_NOON, NOON, SHORT_FORM, nonce, short_settings
from tests.people import somebody

WHO = "Ada Apfel <ada@example.org>"
SECOND = timedelta(seconds=1)
FULL = Draft(department="none", answers=dict.fromkeys(SHORT_FORM, "4"))


def acts(store: Store) -> list[AuditAct]:
    """What the audit log says, oldest first; everything in it must be Ada's."""
    entries = list(reversed(store.audit.read()))
    assert {entry.who for entry in entries} <= {WHO}
    return [entry.act for entry in entries]


def changed(store: Store, wave: Wave, **wanted: Any) -> Wave:
    return running.change(store, wave, replace(wave.settings, **wanted), WHO, NOON)


def ada(store: Store, role: Role = Role.OWNER) -> Account:
    """Whose acts these tests are."""
    return store.accounts.add("ada@example.org", "Ada Apfel", role, {})


# Drafts


def test_founding_an_organisation_ends_in_a_draft_and_opens_nothing(fresh_store: Store) -> None:
    """Language, address and departments are kept; every department has a link."""
    profile = Profile(language="en", address=Address.DU, smallest_group=8, retention_days=30)
    heads = {("Lager",): 8, ("Lager", "Nacht"): 3}
    draft = drafting.found(fresh_store, " Neue AG ", profile, heads, "Erste", ada(fresh_store))
    assert (draft.state, draft.organisation.name) == (WaveState.DRAFT, "Neue AG")
    assert (draft.settings.smallest_group, draft.settings.retention_days) == (8, 30)
    assert fresh_store.organisations.all()[0].profile == profile
    assert len(fresh_store.invitations.of(draft)) == 3
    assert acts(fresh_store) == [
        AuditAct.ORGANISATION_ADDED,
        AuditAct.DEPARTMENTS_CHANGED,
        AuditAct.WAVE_ADDED,
    ]


def test_an_organisation_whose_name_is_taken_leaves_nothing_behind(fresh_store: Store) -> None:
    """Neither a second draft nor an entry in the log."""
    account = ada(fresh_store, Role.CONSULTANT)
    drafting.found(fresh_store, "Neue AG", Profile(), {}, "Erste", account)
    before = fresh_store.audit.read()
    with pytest.raises(SetUpProblem, match="organisation_exists"):
        drafting.found(fresh_store, "Neue AG", Profile(), {}, "Zweite", account)
    assert len(fresh_store.waves.all()) == 1
    assert fresh_store.audit.read() == before


def test_what_a_consultant_founds_is_theirs_to_run(fresh_store: Store) -> None:
    """Beside what was theirs before, the demo too; an owner needs no grant."""
    firm = fresh_store.organisations.add("Alte AG")
    consultant = fresh_store.accounts.add("cem@example.org", "Cem", Role.CONSULTANT, {firm.id: ()})
    draft = drafting.found(fresh_store, "Neue AG", Profile(), {}, "Erste", consultant)
    demo, *_ = running.demo(fresh_store, consultant)
    now = fresh_store.accounts.find("cem@example.org")
    assert now.grants == {firm.id: (), draft.organisation.id: (), demo.organisation.id: ()}
    drafting.found(fresh_store, "Dritte AG", Profile(), {}, "Erste", ada(fresh_store))
    assert fresh_store.accounts.find("ada@example.org").grants == {}
    assert {entry.who for entry in fresh_store.audit.read()} == {consultant.label, WHO}


def test_somebody_removed_meanwhile_founds_nothing(fresh_store: Store) -> None:
    """An organisation that nobody was granted would be seen by owners alone."""
    owner, consultant = ada(fresh_store), somebody(fresh_store, Role.CONSULTANT)
    fresh_store.accounts.remove(consultant)
    with pytest.raises(NotFound, match="account_unknown"):
        drafting.found(fresh_store, "Neue AG", Profile(), {}, "Erste", consultant)
    assert fresh_store.organisations.all() == ()
    assert fresh_store.accounts.all() == (owner,)


def test_a_copy_takes_settings_and_targets_and_no_date(
    fresh_store: Store, small_tree: tuple[Department, ...], draft_wave: Wave
) -> None:
    """Also of a released wave; its prediction is not foretold a second time."""
    source = changed(
        fresh_store,
        draft_wave,
        introduction="Warum",
        languages=("de",),
        retention_days=30,
        closes_at=NEXT_NOON,
        opens_at=NOON + SECOND,
        results_on=NEXT_DAY,
    )
    expecting.set_targets(fresh_store, source, (), {"customer_perspective": 4}, who=WHO)
    expecting.set_targets(fresh_store, source, small_tree[0].path, {"customer_perspective": 3})
    expecting.predict(fresh_store, source, {"customer_perspective": 2}, "Ada", DAY)
    source = fresh_store.waves.close(fresh_store.waves.open(source, DAY), DAY)
    source = releasing.release(fresh_store, source, DAY)
    copy = drafting.copy(fresh_store, source, "Zweite", WHO)
    assert copy.state is WaveState.DRAFT
    dated = {"results_on": None, "opens_at": None, "closes_at": None}
    assert copy.settings == replace(source.settings, title="Zweite", **dated)
    assert fresh_store.expectations.targets(copy) == fresh_store.expectations.targets(source)
    assert fresh_store.expectations.predictions(copy) == {}
    assert len(fresh_store.invitations.of(copy)) == 1 + len(small_tree)


def test_a_suggested_title_is_this_years_and_free() -> None:
    """The year moves on, the rest stays, and what is taken gets a number."""
    suggest = drafting.suggested_title
    assert suggest("Kundenkompass 2025", 2026, ["Kundenkompass 2025"]) == "Kundenkompass 2026"
    assert suggest("Herbst", 2026, ["Herbst", "Herbst (2)"]) == "Herbst (3)"
    assert len(suggest("x" * 120, 2026, ["x" * 120])) <= 120


def test_everything_wrong_with_a_draft_is_told_at_once(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """And nothing of it is stored."""
    with pytest.raises(WaveProblem) as refused:
        changed(
            fresh_store,
            draft_wave,
            title=" ",
            opens_at=NOON,
            closes_at=NOON - SECOND,
            introduction="x" * 2001,
            smallest_group=4,
            retention_days=0,
        )
    keys = [finding.key for finding in refused.value.findings]
    assert keys == [
        "error.wave_unnamed",
        "error.opens_past",
        "error.closes_past",
        "error.closes_first",
        "error.introduction_long",
        "error.group_range",
        "error.retention_range",
    ]
    for language in LANGUAGES:
        assert len(wording(language).problem(refused.value).splitlines()) == 1 + len(keys)
    assert fresh_store.waves.find(draft_wave.code) == draft_wave


def test_a_draft_is_thrown_away_with_an_entry_in_the_log(
    fresh_store: Store, draft_wave: Wave
) -> None:
    drafting.remove(fresh_store, draft_wave, WHO)
    assert fresh_store.waves.all() == ()
    assert acts(fresh_store) == [AuditAct.WAVE_REMOVED]


# Opening


def test_a_wave_opens_only_as_the_person_saw_it(fresh_store: Store, draft_wave: Wave) -> None:
    """Somebody changed a setting meanwhile: whoever opens has not agreed to it."""
    changed(fresh_store, draft_wave, introduction="Neu")
    with pytest.raises(Conflict):
        running.open_wave(fresh_store, draft_wave, WHO, NOON)
    assert fresh_store.waves.find(draft_wave.code).state is WaveState.DRAFT
    assert acts(fresh_store) == [AuditAct.WAVE_CHANGED]


def test_opening_names_everything_that_is_in_the_way(fresh_store: Store, draft_wave: Wave) -> None:
    """Statements and end, each with what to do; the draft stays one."""
    wave = changed(fresh_store, draft_wave, items=(), closes_at=NEXT_NOON)
    with pytest.raises(WaveProblem) as refused:
        running.open_wave(fresh_store, wave, WHO, NEXT_NOON)
    keys = [finding.key for finding in refused.value.findings]
    assert keys == ["error.closes_past", "error.items_missing"]
    assert not readiness.look(fresh_store, wave, NEXT_NOON).openable


def test_opening_gives_departments_that_came_later_a_link(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """By hand and by its time alike; nobody gets a second one."""
    by_hand = drafting.add_draft(fresh_store, small_firm, short_settings("Hand"), WHO)
    timed = drafting.add_draft(fresh_store, small_firm, short_settings("Zeit"), WHO)
    timed = changed(fresh_store, timed, opens_at=NOON + SECOND)
    fresh_store.organisations.save_departments(small_firm, {("Neu",): 5})
    assert readiness.look(fresh_store, by_hand, NOON).hints[Hint.LINKS] is False
    opened = running.open_wave(fresh_store, by_hand, WHO, NOON)
    (moved,) = running.keep_time(fresh_store, NEXT_NOON)
    assert moved.id == timed.id
    for wave in (opened, moved):
        assert [i.department and i.department.name for i in fresh_store.invitations.of(wave)] == [
            None,
            "Neu",
        ]


def test_what_a_draft_lacks_is_listed(
    fresh_store: Store, small_firm: Organisation, draft_wave: Wave
) -> None:
    """Nothing of it is needed for the opening."""
    bare = readiness.look(fresh_store, draft_wave, NOON)
    assert bare.openable
    assert [hint for hint, there in bare.hints.items() if there] == [Hint.LINKS]
    fresh_store.organisations.save_departments(small_firm, {("A",): 5})
    fresh_store.expectations.set_targets(draft_wave, (), {"customer_perspective": 4})
    fresh_store.expectations.predict(draft_wave, {"customer_perspective": 4}, "Ada", DAY)
    wave = changed(fresh_store, draft_wave, closes_at=NEXT_NOON)
    running.complete_links(fresh_store, wave)
    assert all(readiness.look(fresh_store, wave, NOON).hints.values())


def test_the_server_opens_a_wave_whose_time_has_come_by_itself(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """Nobody asks for anything; the first round finds it."""
    due = replace(draft_wave.settings, opens_at=datetime.now(UTC) - SECOND)
    fresh_store.waves.change(draft_wave, due, DAY)

    def opened() -> bool:
        return fresh_store.waves.find(draft_wave.code).state is WaveState.OPEN

    async def serve() -> None:
        keeping = asyncio.create_task(keep_waves(fresh_store, every=60))
        async with asyncio.timeout(20):
            while not await run_in_threadpool(opened):
                pass
        keeping.cancel()

    with ThreadPoolExecutor(1) as pool:  # a thread that no browser's event loop runs in
        pool.submit(asyncio.run, serve()).result()


def test_a_new_wave_of_an_import_begins_with_the_organisations_defaults(
    fresh_store: Store, tmp_path: Path
) -> None:
    """K and retention, unless the import says another k."""
    profile = Profile(smallest_group=9, retention_days=30)
    fresh_store.organisations.add("Muster", profile=profile)
    file = tmp_path / "answers.csv"
    file.write_text("Bereich;CP1\nLager;4\n")
    for title, groups, smallest in (("A", None, 9), ("B", intake.Groups(6), 6)):
        imported = intake.import_file(
            fresh_store, file, "Muster", title, Mapped("Bereich"), None, DAY, groups=groups
        )
        kept = imported.wave.settings
        assert (kept.smallest_group, kept.retention_days) == (smallest, 30)


# The end, and after it


def test_no_answer_counts_after_the_end_however_late_upkeep_is(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """The wave is still open in the database; the moment decides, not its state."""
    wave = fresh_store.waves.open(changed(fresh_store, draft_wave, closes_at=NEXT_NOON), DAY)
    invitation = Invitation(wave.code, wave)
    assert submit(fresh_store, invitation, FULL, nonce(1), NEXT_NOON - SECOND)
    with pytest.raises(NotAllowed) as refused:
        submit(fresh_store, invitation, FULL, nonce(2), NEXT_NOON)
    assert refused.value.values["state"] is WaveState.CLOSED
    assert sum(fresh_store.answers.per_day(wave).values()) == 1
    assert fresh_store.waves.find(wave.code).state is WaveState.OPEN


def test_the_light_form_is_closed_from_the_moment_of_the_end(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """It shows no question any more, and what was begun before is not taken."""
    wave = fresh_store.waves.open(changed(fresh_store, draft_wave, closes_at=NEXT_NOON), DAY)
    clock = [NEXT_NOON - SECOND]
    form = LightForm(fresh_store, FormSigner("a secret"), lambda: clock[0])
    client = TestClient(Starlette(routes=form.routes()), follow_redirects=False)
    page = client.get(f"/q/{wave.code}").text
    token = page.split('name="token" value="')[1].split('"')[0]
    clock[0] = NEXT_NOON
    assert "beendet" in client.get(f"/q/{wave.code}?lang=de").text
    late = client.post(f"/q/{wave.code}", data={"token": token, **dict.fromkeys(SHORT_FORM, "4")})
    assert late.status_code == 409
    assert fresh_store.answers.per_day(wave) == {}


def test_a_closed_wave_whose_end_is_past_reopens_with_another_end_or_none(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """Its old end would close it again at once."""
    wave = fresh_store.waves.open(changed(fresh_store, draft_wave, closes_at=NOON + SECOND), DAY)
    closed = running.close(fresh_store, wave, WHO, NEXT_DAY)
    with pytest.raises(SetUpProblem, match="closes_past"):
        running.reopen(fresh_store, closed, closed.settings.closes_at, WHO, NEXT_NOON)
    opened = running.reopen(fresh_store, closed, NEXT_NOON + SECOND, WHO, NEXT_NOON)
    assert (opened.state, opened.settings.closes_at) == (WaveState.OPEN, NEXT_NOON + SECOND)
    assert running.keep_time(fresh_store, NEXT_NOON) == ()
    closed = running.close(fresh_store, opened, WHO, NEXT_DAY)
    assert running.reopen(fresh_store, closed, None, WHO, NEXT_NOON).settings.closes_at is None
    assert acts(fresh_store)[-4:] == [
        AuditAct.WAVE_CLOSED,
        AuditAct.WAVE_REOPENED,
        AuditAct.WAVE_CLOSED,
        AuditAct.WAVE_REOPENED,
    ]


def test_releasing_and_raising_are_noted_with_who_did_it(
    fresh_store: Store, closed_wave: Wave
) -> None:
    running.raise_smallest_group(fresh_store, closed_wave, 6, WHO, NEXT_DAY)
    releasing.release(fresh_store, fresh_store.waves.find(closed_wave.code), NEXT_DAY, who=WHO)
    assert acts(fresh_store) == [AuditAct.GROUP_RAISED, AuditAct.WAVE_RELEASED]


# Targets and predictions


def test_two_who_set_targets_at_once_are_told(fresh_store: Store, open_wave: Wave) -> None:
    """Both saw no targets; the second one's are not stored over the first one's."""
    first = {"customer_perspective": 4.0}
    expecting.set_targets(fresh_store, open_wave, (), first, seen={}, who=WHO)
    with pytest.raises(Conflict, match="targets_changed"):
        expecting.set_targets(fresh_store, open_wave, (), {"customer_perspective": 2.0}, seen={})
    assert fresh_store.expectations.targets(open_wave) == {(): first}
    assert acts(fresh_store) == [AuditAct.TARGETS_SET]
    expecting.set_targets(fresh_store, open_wave, (), {}, seen=first)
    assert fresh_store.expectations.targets(open_wave) == {}


def test_two_who_predict_at_once_are_told(fresh_store: Store, open_wave: Wave) -> None:
    """The first prediction stands, under the first one's name."""
    first = {"customer_perspective": 4.0}
    expecting.predict(fresh_store, open_wave, first, "Ada", DAY, seen={}, who=WHO)
    with pytest.raises(Conflict, match="prediction_changed"):
        expecting.predict(fresh_store, open_wave, {"customer_perspective": 1}, "Bo", DAY, seen={})
    (prediction,) = fresh_store.expectations.predictions(open_wave).values()
    assert (prediction.value, prediction.by) == (4.0, "Ada")


# What people read


@pytest.mark.parametrize(("languages", "offered"), [((), True), (("de",), False)])
def test_the_form_offers_the_waves_languages_and_no_other(
    fresh_store: Store, draft_wave: Wave, languages: tuple[str, ...], offered: bool
) -> None:
    """An English browser is answered in German where there is nothing else."""
    wave = fresh_store.waves.open(changed(fresh_store, draft_wave, languages=languages), DAY)
    form = LightForm(fresh_store, FormSigner("a secret"), lambda: NOON)
    client = TestClient(Starlette(routes=form.routes()), headers={"Accept-Language": "en"})
    page = client.get(f"/q/{wave.code}").text
    assert ('<html lang="en">' in page) == offered
    assert ('name="switch"' in page) == offered
    switched = client.post(f"/q/{wave.code}", data={"switch": "en", "token": ""})
    assert ('<html lang="en">' in switched.text) == offered


def test_an_introduction_is_shown_as_the_text_it_is(fresh_store: Store, draft_wave: Wave) -> None:
    """Neither HTML nor a script in it does anything; its lines stay lines."""
    text = "<script>alert(1)</script>\n**Zeile** zwei"
    wave = fresh_store.waves.open(changed(fresh_store, draft_wave, introduction=text), DAY)
    form = LightForm(fresh_store, FormSigner("a secret"), lambda: NOON)
    page = TestClient(Starlette(routes=form.routes())).get(f"/q/{wave.code}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\n**Zeile** zwei" in page
    assert "<script>" not in page


def test_a_moment_is_told_in_its_own_zone() -> None:
    """With day and time, in both languages."""
    there = datetime(2026, 3, 2, 18, tzinfo=UTC)
    assert wording("de").moment(there) == "2. März 2026, 18:00 Uhr"
    assert wording("en").moment(there) == "2 March 2026, 18:00"
