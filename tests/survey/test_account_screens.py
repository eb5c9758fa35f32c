"""The screens of accounts, without a browser; and the same acts on the command line."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import streamlit as st
from click.testing import CliRunner, Result
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from data.accounts import Account, Role, TicketKind
from data.audit import AuditAct
from data.errors import SetUpProblem
from data.store import Store
from survey import accounts
from survey.cli import main
from survey.house import house
from survey.visitors import COOKIE
from tests.people import somebody
from tests.survey.test_screen_logic import pressed, visit, words


@pytest.fixture
def two_firms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A house with two organisations and an owner who is signed in."""
    monkeypatch.setenv("KUNDENKOMPASS_DATABASE", str(tmp_path / "kundenkompass.db"))
    monkeypatch.delenv("KUNDENKOMPASS_URL", raising=False)
    house.cache_clear()
    st.cache_data.clear()
    store = house().store
    apple = store.organisations.add("Apfel")
    store.organisations.add("Birne")
    store.organisations.save_departments(apple, {("Vertrieb",): 20, ("Lager",): 9})
    cookie = house().visitors.sign_in(somebody(store), datetime.now())
    monkeypatch.setattr(ContextProxy, "cookies", {COOKIE: cookie})
    yield store
    store.close()
    house.cache_clear()


def acts(store: Store) -> list[tuple[AuditAct, str]]:
    return [(entry.act, entry.subject) for entry in reversed(store.audit.read())]


def field(screen: AppTest, label: str, number: int = 0) -> TextInput:
    """The text field of this label; the first form's is number 0."""
    return [one for one in screen.text_input if one.label == label][number]


def test_an_owner_adds_an_account_and_gives_out_its_link(two_firms: Store) -> None:
    """The link is shown once; the fields are empty again; both acts are written down."""
    screen = visit("accounts")
    assert "allein hier" in words(screen)
    field(screen, "E-Mail-Adresse").set_value("Lea@Example.org")
    field(screen, "Name").set_value("Lea <b>x</b>")
    screen.radio[0].set_value(Role.LEADER).run()
    screen.multiselect[0].set_value([1]).run()
    screen.selectbox[0].set_value(("Lager",))
    pressed(screen, "Konto anlegen").run()
    assert not screen.exception
    lea = two_firms.accounts.find("lea@example.org")
    assert (lea.name, lea.role, lea.grants) == ("Lea <b>x</b>", Role.LEADER, {1: ("Lager",)})
    (link,) = (code.value for code in screen.code)
    token = link.rpartition("/password/")[2]
    ticket = house().visitors.offered(token, TicketKind.PASSWORD, datetime.now())
    assert ticket
    assert ticket.account == lea
    assert field(screen, "E-Mail-Adresse").value == ""
    assert not screen.run().code
    assert acts(two_firms) == [
        (AuditAct.ACCOUNT_ADDED, lea.label),
        (AuditAct.PASSWORD_LINK_MADE, lea.email),
    ]
    table = "".join(element.proto.body for element in screen.get("html"))
    assert "<b>x</b>" not in table


@pytest.mark.parametrize(
    ("email", "name", "said"),
    [
        ("", "Lea", "keine E-Mail-Adresse"),
        ("lea", "Lea", "keine E-Mail-Adresse"),
        ("lea@a b", "Lea", "keine E-Mail-Adresse"),
        ("<lea@example.org>", "Lea", "keine E-Mail-Adresse"),
        ("owner@example.org", "Lea", "gibt es schon ein Konto"),
        ("lea@example.org", " \u200b ", "einen Namen"),
    ],
)
def test_what_cannot_be_an_account_is_said_and_stays_in_its_field(
    two_firms: Store, email: str, name: str, said: str
) -> None:
    """Nothing is added."""
    screen = visit("accounts")
    field(screen, "E-Mail-Adresse").set_value(email)
    field(screen, "Name").set_value(name)
    pressed(screen, "Konto anlegen").run()
    assert said in words(screen).replace("\\", "")
    assert field(screen, "E-Mail-Adresse").value == email
    assert len(two_firms.accounts.all()) == 1


def chosen(screen: AppTest, account: Account) -> AppTest:
    """The screen with an account chosen to be changed."""
    screen.selectbox(key="accounts_chosen").set_value(account.id).run()
    return screen


def test_an_account_is_changed_and_removed(two_firms: Store) -> None:
    """A role and grants; removing asks first, and signs out."""
    carl = somebody(two_firms, Role.CONSULTANT, {1: ()})
    cookie = house().visitors.sign_in(carl, datetime.now())
    screen = chosen(visit("accounts"), carl)
    screen.multiselect(key=f"change_{carl.id}_organisations").set_value([1, 2])
    pressed(screen, "Speichern").run()
    assert not screen.exception
    assert "ist gespeichert" in words(screen)
    assert two_firms.accounts.find(carl.email).grants == {1: (), 2: ()}
    assert house().visitors.visitor(cookie, datetime.now()) == two_firms.accounts.find(carl.email)
    pressed(screen, "Ja, entfernen").run()
    assert not screen.exception
    assert "ist entfernt" in words(screen)
    assert [one.role for one in two_firms.accounts.all()] == [Role.OWNER]
    assert house().visitors.visitor(cookie, datetime.now()) is None
    assert [act for act, _ in acts(two_firms)] == [
        AuditAct.ACCOUNT_CHANGED,
        AuditAct.ACCOUNT_REMOVED,
    ]


def test_the_later_of_two_owners_is_told_and_loses_nothing(two_firms: Store) -> None:
    """What they typed is still there; after reloading, the other's change is."""
    carl = somebody(two_firms, Role.CONSULTANT)
    screen = chosen(visit("accounts"), carl)
    changed = accounts.change(two_firms, "other", carl, "Carla", Role.CONSULTANT, {2: ()})
    screen.text_input(key=f"change_{carl.id}_name").set_value("Karl")
    pressed(screen, "Speichern").run()
    assert "Jemand anders hat das Konto" in words(screen)
    assert screen.text_input(key=f"change_{carl.id}_name").value == "Karl"
    assert two_firms.accounts.find(carl.email) == changed
    pressed(screen, "Neu laden und eigene Eingaben verwerfen").run()
    assert not screen.exception
    assert screen.text_input(key=f"change_{carl.id}_name").value == "Carla"


def test_the_last_owner_can_neither_leave_nor_step_down(two_firms: Store) -> None:
    """Why is said."""
    (owner,) = two_firms.accounts.all()
    screen = chosen(visit("accounts"), owner)
    pressed(screen, "Ja, entfernen").run()
    assert "das letzte Konto" in words(screen)
    screen.radio(key=f"change_{owner.id}_role").set_value(Role.LEADER).run()
    pressed(screen, "Speichern").run()
    assert "das letzte Konto" in words(screen)
    assert two_firms.accounts.all() == (owner,)


def test_everybody_changes_their_own_name_and_nothing_else(
    two_firms: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Role and grants stay what an owner made them."""
    carl = somebody(two_firms, Role.CONSULTANT, {2: ()})
    cookie = house().visitors.sign_in(carl, datetime.now())
    monkeypatch.setattr(ContextProxy, "cookies", {COOKIE: cookie})
    screen = visit("account")
    assert "Birne" in words(screen)
    assert "Apfel" not in words(screen)
    screen.text_input[0].set_value("Carla")
    pressed(screen, "Speichern").run()
    assert "Ihr Name ist gespeichert" in words(screen)
    changed = two_firms.accounts.find(carl.email)
    assert (changed.name, changed.role, changed.grants) == ("Carla", Role.CONSULTANT, {2: ()})


def test_only_a_leader_has_a_part_of_a_tree_and_only_one_that_is_there(two_firms: Store) -> None:
    """What is kept fits the role."""
    grants = {1: ("Lager",)}
    for role, kept in ((Role.OWNER, {}), (Role.CONSULTANT, {1: ()}), (Role.LEADER, grants)):
        one = accounts.add(two_firms, "x", f"{role}2@example.org", "X", role, grants)
        assert one.grants == kept
    with pytest.raises(SetUpProblem):
        accounts.add(two_firms, "x", "y@example.org", "Y", Role.LEADER, {1: ("Küche",)})


# The command line


def run(*words_: str) -> Result:
    """`kundenkompass account …`."""
    return CliRunner().invoke(main, ["account", *words_])


def test_an_account_is_added_listed_and_reset_on_the_command_line(two_firms: Store) -> None:
    """The link alone is on the standard output, so that it can be piped."""
    added = run(
        *("add", "Lea@example.org", "--name", "Lea", "--role", "leader"),
        *("--organisation", "Apfel", "--department", "Vertrieb", "--url", "https://kk.example/"),
    )
    assert added.exit_code == 0, added.output
    assert re.fullmatch(r"https://kk\.example/password/[\w-]{43}\n", added.stdout)
    lea = two_firms.accounts.find("lea@example.org")
    assert (lea.role, lea.grants) == (Role.LEADER, {1: ("Vertrieb",)})
    token = added.stdout.strip().rpartition("/")[2]
    assert house().visitors.offered(token, TicketKind.PASSWORD, datetime.now())
    again = run("reset", "lea@example.org").stdout.strip().rpartition("/")[2]
    assert house().visitors.offered(again, TicketKind.PASSWORD, datetime.now())
    assert not house().visitors.offered(token, TicketKind.PASSWORD, datetime.now())
    listed = run("list").stdout.splitlines()
    assert [line.split("\t")[0] for line in listed] == ["lea@example.org", "owner@example.org"]
    assert "Apfel (Vertrieb)" in listed[0]
    who = {entry.who for entry in two_firms.audit.read()}
    assert who == {"kundenkompass"}


@pytest.mark.usefixtures("two_firms")
@pytest.mark.parametrize(
    "call",
    [
        ("reset", "nobody@example.org"),
        ("add", "owner@example.org", "--name", "X", "--role", "owner"),
        ("add", "no e-mail", "--name", "X", "--role", "owner"),
        ("add", "x@example.org", "--name", " ", "--role", "owner"),
        ("add", "x@example.org", "--name", "X", "--role", "leader", "--organisation", "Pflaume"),
        ("add", "x@example.org", "--name", "X", "--role", "leader", "--department", "Lager"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_1(call: tuple[str, ...]) -> None:
    """In words, without a link."""
    result = run(*call)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
