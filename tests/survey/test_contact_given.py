"""Departments whose tree says whether their people work with customers: nobody is asked again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.model import Department, Invitation, Organisation, Wave
from data.store import Store
from data.tree import Entry
from survey.form.routes import LightForm
from survey.submission import YES, Draft, FormSigner, submit
from survey.wording import wording
from tests.data.samples import DAY, NOON, SHORT_FORM, nonce, short_settings

say = wording("de")
ANSWERS = dict.fromkeys(SHORT_FORM, "3")
CODES = {"vertrieb": "sales222", "lager": "store222", "büro": "unsaid22"}


@pytest.fixture
def told_wave(fresh_store: Store, small_firm: Organisation) -> Wave:
    """Vertrieb works with customers, Lager does not, of Büro nobody knows; a link for each."""
    wanted = (Entry(("Vertrieb",), 9, True), Entry(("Lager",), 9, False), Entry(("Büro",)))
    tree = fresh_store.organisations.replace_departments(small_firm, (), wanted)
    draft = fresh_store.waves.add(small_firm, short_settings(), "k7m2p9qx")
    fresh_store.invitations.add(draft, dict(zip(CODES.values(), tree, strict=True)))
    return fresh_store.waves.open(draft, DAY)


@pytest.fixture
def client(fresh_store: Store, told_wave: Wave) -> Iterator[TestClient]:
    """A phone with the light form."""
    assert told_wave
    form = LightForm(fresh_store, FormSigner("a secret of this house"), lambda: NOON)
    with TestClient(Starlette(routes=form.routes()), follow_redirects=False) as phone:
        yield phone


def sent(client: TestClient, code: str, **fields: str) -> int:
    """The status of a form that was filled in and sent, whatever it asked for."""
    page = client.get(f"/q/{code}?lang=de").text
    token = page.split('name="token" value="')[1].split('"')[0]
    return client.post(f"/q/{code}", data={"token": token, **ANSWERS, **fields}).status_code


def customers(store: Store, wave: Wave) -> list[tuple[tuple[str, ...], bool]]:
    """Of each answer to one item, the department and whether it counts as a customer's side."""
    return [(c.path, c.customer) for c in store.answers.counts(wave) if c.item == "CP1"]


@pytest.mark.parametrize(("code", "told"), [("sales222", "yes"), ("store222", "no")])
def test_the_form_tells_what_is_given_and_does_not_ask(
    client: TestClient, code: str, told: str
) -> None:
    """The other fact is still asked."""
    page = client.get(f"/q/{code}?lang=de").text
    sentences = {"yes": say("form.contact_given_yes"), "no": say("form.contact_given_no")}
    assert sentences[told] in page
    assert say("form.contact") not in page
    assert 'name="contact"' not in page
    assert 'name="position"' in page


@pytest.mark.parametrize("code", ["k7m2p9qx", "unsaid22"])
def test_everybody_else_is_asked_as_before(client: TestClient, code: str) -> None:
    """On the open link, and where the tree says nothing."""
    page = client.get(f"/q/{code}?lang=de").text
    assert 'name="contact"' in page
    assert say("form.contact_given_yes") not in page
    assert say("form.contact_given_no") not in page


@pytest.mark.parametrize("forged", ["yes", "no", "skip", ""])
def test_a_forged_field_changes_nothing(
    client: TestClient, fresh_store: Store, told_wave: Wave, forged: str
) -> None:
    """The tree's word counts, whatever is sent."""
    assert sent(client, "sales222", contact=forged) == 303
    assert sent(client, "store222", contact=forged) == 303
    assert set(customers(fresh_store, told_wave)) == {(("Vertrieb",), True), (("Lager",), False)}


def test_people_of_such_a_department_are_believed_on_the_open_link(
    client: TestClient, fresh_store: Store, told_wave: Wave
) -> None:
    """They were asked there, and may know better."""
    lager = fresh_store.waves.departments(told_wave)[1]
    assert sent(client, "k7m2p9qx", department=str(lager.id), contact="yes") == 303
    assert sent(client, "unsaid22", contact="yes") == 303
    assert set(customers(fresh_store, told_wave)) == {(("Lager",), True), (("Büro",), True)}


def test_a_wave_that_does_not_ask_for_contact_keeps_none(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Not even where the tree knows it."""
    tree = fresh_store.organisations.replace_departments(small_firm, (), (Entry(("A",), 9, True),))
    assert tree
    settings = replace(short_settings(), contact=False)
    wave = fresh_store.waves.open(fresh_store.waves.add(small_firm, settings, "k7m2p9qx"), DAY)
    (department,) = fresh_store.waves.departments(wave)
    draft = Draft(answers=ANSWERS, contact=YES)
    assert submit(fresh_store, Invitation("link2222", wave, department), draft, nonce(1), NOON)
    assert customers(fresh_store, wave) == [(("A",), False)]


def test_what_the_tree_says_later_does_not_reach_an_open_wave(
    client: TestClient, fresh_store: Store, told_wave: Wave
) -> None:
    """Two people of one department are asked alike."""
    firm = told_wave.organisation
    seen = fresh_store.organisations.departments(firm)
    turned = tuple(Entry(d.path, d.headcount, not d.contact, d.id) for d in seen)
    fresh_store.organisations.replace_departments(firm, seen, turned)
    assert sent(client, "sales222") == 303
    assert customers(fresh_store, told_wave) == [(("Vertrieb",), True)]
    own: tuple[Department, ...] = fresh_store.waves.departments(told_wave)
    assert [d.contact for d in own] == [True, False, None]
