"""Files of workshops: for those who read the organisation, told alike to everybody else."""

import csv
import io
from dataclasses import replace
from datetime import datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.accounts import Account, Role
from data.audit import AuditAct
from data.model import Organisation
from data.store import Store
from data.workshops import StepKind, Workshop
from survey.visitors import COOKIE
from survey.web.workshop_files import WorkshopFiles
from survey.workshop.votes_file import COLUMNS
from tests.survey.held import WORKSHOP, asked, entered, planned, put_up, revealed, voted, written
from tests.survey.visitors import Cookies

NOON = datetime(2026, 5, 4, 12)
FILES = ("protocol.md", "votes.csv")
CUSTOMER = "customer_perspective"


@pytest.fixture
def live(fresh_store: Store, small_firm: Organisation) -> Workshop:
    """A workshop from nothing that has begun."""
    workshop = planned(fresh_store, small_firm)
    entered(fresh_store, workshop, StepKind.WELCOME)
    return workshop


@pytest.fixture
def cabinet(fresh_store: Store, small_firm: Organisation) -> TestClient:
    """A client of the files; cookies are called like the accounts they are for."""
    mine = {small_firm.id: ()}
    other = {fresh_store.organisations.add("Andere GmbH").id: ()}
    accounts = {
        "owner": Account(1, "o@x.example", "O", Role.OWNER),
        "consultant": Account(2, "c@x.example", "C", Role.CONSULTANT, mine),
        "leader": Account(3, "l@x.example", "L", Role.LEADER, mine),
        "stranger": Account(4, "s@x.example", "S", Role.CONSULTANT, other),
    }
    files = WorkshopFiles(fresh_store, Cookies(NOON, fresh_store, accounts), lambda: NOON)
    return TestClient(Starlette(routes=[files.route()]))


def status(cabinet: TestClient, who: str | None, address: str) -> int:
    """What somebody gets at an address."""
    cabinet.cookies.clear()
    if who:
        cabinet.cookies.set(COOKIE, who)
    return cabinet.get(address).status_code


def rows(cabinet: TestClient) -> list[dict[str, str]]:
    """The rows of the votes, as the owner gets them."""
    cabinet.cookies.set(COOKIE, "owner")
    text = cabinet.get(f"/workshop-file/{WORKSHOP}/votes.csv?lang=de").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize("file", FILES)
def test_whoever_reads_the_organisation_gets_both(cabinet: TestClient, file: str) -> None:
    """Its leaders, too; nobody of another organisation, and nobody unknown."""
    allowed = {"owner", "consultant", "leader"}
    for who in ("owner", "consultant", "leader", "stranger", "forged", None):
        found = status(cabinet, who, f"/workshop-file/{WORKSHOP}/{file}")
        assert found == (200 if who in allowed else 404), who


@pytest.mark.usefixtures("live")
def test_unknown_and_not_theirs_are_told_alike(cabinet: TestClient) -> None:
    """The very same page; another spelling of the code is no address."""
    cabinet.cookies.set(COOKIE, "stranger")
    pages = {
        cabinet.get(f"/workshop-file/{code}/{file}").text
        for code in (WORKSHOP, "CDFGHJ", "nosuch")
        for file in (*FILES, "nosuch.md")
    }
    assert len(pages) == 1
    for code, file in ((WORKSHOP.lower(), FILES[0]), (WORKSHOP, "nosuch.md"), ("CDFGHJ", FILES[0])):
        assert status(cabinet, "owner", f"/workshop-file/{code}/{file}") == 404


def test_a_workshop_that_has_not_begun_has_no_files(
    cabinet: TestClient, fresh_store: Store, small_firm: Organisation
) -> None:
    """Not for those who plan it either."""
    planned(fresh_store, small_firm)
    assert {status(cabinet, "owner", f"/workshop-file/{WORKSHOP}/{file}") for file in FILES} == {
        404
    }


@pytest.mark.usefixtures("live")
def test_a_file_is_called_after_organisation_and_day(cabinet: TestClient) -> None:
    """In the language that is asked for; nothing is kept on the way."""
    cabinet.cookies.set(COOKIE, "leader")
    german = cabinet.get(f"/workshop-file/{WORKSHOP}/protocol.md?lang=de")
    assert german.headers["content-type"] == "text/markdown; charset=utf-8"
    assert german.headers["cache-control"] == "no-store"
    name = german.headers["content-disposition"]
    assert 'filename="workshop-protokoll-Muster GmbH-2026-05-04.md"' in name
    assert german.text.startswith("# Protokoll: Leitungsrunde\n")
    english = cabinet.get(f"/workshop-file/{WORKSHOP}/protocol.md?lang=en")
    assert "workshop-record-Muster" in english.headers["content-disposition"]
    votes = cabinet.get(f"/workshop-file/{WORKSHOP}/votes.csv?lang=de")
    assert "workshop-abstimmungen-Muster" in votes.headers["content-disposition"]
    assert votes.headers["content-type"] == "text/csv; charset=utf-8"
    assert votes.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.usefixtures("live")
def test_each_file_that_is_taken_is_written_down(
    cabinet: TestClient, fresh_store: Store, small_firm: Organisation
) -> None:
    """Once, with the workshop's title; a look at the head, and what was refused, are not."""
    cabinet.cookies.set(COOKIE, "leader")
    cabinet.head(f"/workshop-file/{WORKSHOP}/protocol.md")
    cabinet.get(f"/workshop-file/{WORKSHOP}/nosuch.md")
    assert fresh_store.audit.count() == 0
    cabinet.get(f"/workshop-file/{WORKSHOP}/votes.csv?lang=de")
    (entry,) = fresh_store.audit.read(None, organisation=small_firm.id)
    assert entry.act is AuditAct.EXPORTED
    assert entry.subject.startswith("Leitungsrunde: workshop-abstimmungen-Muster GmbH-")


def test_the_votes_are_counted_by_round_and_value(
    cabinet: TestClient, fresh_store: Store, live: Workshop
) -> None:
    """Six rows an item, can't judge as 0; the averages are the reader's."""
    asked(fresh_store, live, StepKind.VOTE, CUSTOMER, 2, 2, 4, 4, 5, 0)
    asked(fresh_store, live, StepKind.REVOTE, CUSTOMER, 5, 5, 5, 5, 5)
    found = rows(cabinet)
    assert tuple(found[0]) == COLUMNS
    assert len(found) == 12
    votes = [(one["value"], one["count"]) for one in found if one["kind"] == "vote"]
    assert votes == [("0", "1"), ("1", "0"), ("2", "2"), ("3", "0"), ("4", "2"), ("5", "1")]
    assert {one["voters"] for one in found if one["kind"] == "vote"} == {"6"}
    assert {(one["dimension"], one["item"], one["round"]) for one in found} == {
        (CUSTOMER, "CP1", "1")
    }


def test_an_open_round_is_not_in_the_file(
    cabinet: TestClient, fresh_store: Store, live: Workshop
) -> None:
    """Whoever voted."""
    entered(fresh_store, live, StepKind.VOTE, CUSTOMER)
    voted(fresh_store, live, *[{"CP1": 5}] * 9)
    assert rows(cabinet) == []


def test_a_priority_is_no_formula(cabinet: TestClient, fresh_store: Store, live: Workshop) -> None:
    """Dots have their own rows; what an employee typed is only text to a spreadsheet."""
    step = entered(fresh_store, live, StepKind.IDEAS).workshop.at
    written(fresh_store, live, step, "=1+1", "Besuchstag")
    revealed(fresh_store, live)
    put_up(fresh_store, live, "=1+1")
    put_up(fresh_store, live, "Besuchstag", group="@Kunde")
    room = entered(fresh_store, live, StepKind.DOTS)
    assert room.current is not None
    heap, idea = (choice.key for choice in room.current.choices)
    voted(fresh_store, live, {heap: 3}, *[{idea: 1, heap: 1}] * 4)
    revealed(fresh_store, live)
    found = [(one["item"], one["value"], one["count"], one["voters"]) for one in rows(cabinet)]
    assert found == [("'@Kunde", "", "7", "5"), ("'=1+1", "", "4", "5")]
    fresh_store.workshops.arrange(
        live, [replace(one, shown=False) for one in fresh_store.workshops.contributions(live)]
    )
    assert all("1+1" not in one["item"] for one in rows(cabinet))
