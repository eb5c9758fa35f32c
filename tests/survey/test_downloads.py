"""Files: for accounts that may have them, told alike to everybody else, and written down."""

import csv
import io
from datetime import date, datetime

import pypdfium2
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.accounts import Account, Role
from data.audit import AuditAct
from data.measures import Plan
from data.model import Wave
from data.store import Store
from survey import running
from survey.handout import SECONDS, Handouts
from survey.visitors import COOKIE
from survey.web.downloads import Downloads
from tests.survey.visitors import Cookies

NOON = datetime(2026, 3, 2, 12)
RESULTS = tuple(
    f"results-{table}.{ending}"
    for table in ("scores", "gaps", "priorities", "reliability", "spread")
    for ending in ("csv", "json")
)
MEASURES = "measures.csv"


@pytest.fixture
def two_waves(fresh_store: Store) -> tuple[Wave, Wave]:
    """The demo's latest: one released, one open."""
    _, released, still_open = running.demo(fresh_store)
    return released, still_open


@pytest.fixture
def cabinet(fresh_store: Store, two_waves: tuple[Wave, Wave]) -> TestClient:
    """A client of the files; cookies are called like the accounts they are for."""
    firm = two_waves[0].organisation.id
    other = fresh_store.organisations.add("Andere GmbH").id
    accounts = {
        "owner": Account(1, "o@x.example", "O", Role.OWNER),
        "consultant": Account(2, "c@x.example", "C", Role.CONSULTANT, {firm: ()}),
        "leader": Account(3, "l@x.example", "L", Role.LEADER, {firm: ()}),
        "stranger": Account(4, "s@x.example", "S", Role.CONSULTANT, {other: ()}),
        "strange leader": Account(5, "t@x.example", "T", Role.LEADER, {other: ()}),
    }
    files = Downloads(fresh_store, Cookies(NOON, fresh_store, accounts), Handouts(), lambda: NOON)
    return TestClient(Starlette(routes=files.routes()))


def status(cabinet: TestClient, who: str | None, address: str) -> int:
    """What somebody gets at an address."""
    cabinet.cookies.clear()
    if who:
        cabinet.cookies.set(COOKIE, f'"{who}"' if " " in who else who)
    return cabinet.get(address).status_code


def test_only_their_own_files_are_given(cabinet: TestClient, two_waves: tuple[Wave, Wave]) -> None:
    """Posters to those who run the wave, results to those who read it."""
    runners = {"owner", "consultant"}
    readers = {*runners, "leader"}
    files = {"posters.pdf": runners, **dict.fromkeys((*RESULTS, MEASURES), readers)}
    for file, allowed in files.items():
        for who in ("owner", "consultant", "leader", "stranger", "strange leader", "forged", None):
            found = status(cabinet, who, f"/download/{two_waves[0].code}/{file}")
            assert found == (200 if who in allowed else 404), (file, who)


def test_unknown_and_not_theirs_are_told_alike(
    cabinet: TestClient, two_waves: tuple[Wave, Wave]
) -> None:
    """The very same page, whether the wave exists or not; titles are no addresses."""
    cabinet.cookies.set(COOKIE, "stranger")
    pages = {
        cabinet.get(f"/download/{code}/{file}").text
        for code in (two_waves[0].code, two_waves[0].title, "nosuch")
        for file in ("posters.pdf", "results-scores.csv", MEASURES, "nosuch.pdf", "results-.csv")
    }
    assert len(pages) == 1
    cabinet.cookies.set(COOKIE, "owner")
    assert cabinet.get(f"/download/{two_waves[0].title}/posters.pdf").status_code == 404


def test_an_open_wave_has_no_results(cabinet: TestClient, two_waves: tuple[Wave, Wave]) -> None:
    """Not for the owner either."""
    for file in (*RESULTS, MEASURES):
        assert status(cabinet, "owner", f"/download/{two_waves[1].code}/{file}") == 404


def test_a_file_is_called_what_it_is(cabinet: TestClient, two_waves: tuple[Wave, Wave]) -> None:
    """Umlauts as RFC 6266 has them, a plain name for old programs, and nothing is kept."""
    cabinet.cookies.set(COOKIE, "owner")
    german = {"accept-language": "de"}
    answer = cabinet.get(f"/download/{two_waves[1].code}/posters.pdf", headers=german)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="Aush_nge ')
    assert "filename*=UTF-8''Aush%C3%A4nge%20Apfel%20%26%20Birne" in disposition
    answer = cabinet.get(f"/download/{two_waves[0].code}/results-scores.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_measures_are_a_file_of_one_organisation_without_formulas(
    cabinet: TestClient, two_waves: tuple[Wave, Wave], fresh_store: Store
) -> None:
    """What a spreadsheet would run is text; taking the file is written down."""
    plan = Plan((), "customer_perspective", "=HYPERLINK(1)\n+2", "@Leitung", date(2030, 1, 31))
    fresh_store.measures.add(two_waves[0], plan)
    cabinet.cookies.set(COOKIE, "leader")
    before = fresh_store.audit.count()
    answer = cabinet.get(f"/download/{two_waves[0].code}/{MEASURES}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert (row["what"], row["responsible"]) == ("'=HYPERLINK(1)\n+2", "'@Leitung")
    assert (row["wave"], row["due"], row["state"]) == (two_waves[0].code, "2030-01-31", "shared")
    assert fresh_store.audit.count() == before + 1
    assert fresh_store.audit.read(1)[0].act is AuditAct.EXPORTED


def test_posters_of_all_of_one_or_of_the_open_link(
    cabinet: TestClient, two_waves: tuple[Wave, Wave], fresh_store: Store
) -> None:
    """A department of somebody else's has none."""
    cabinet.cookies.set(COOKIE, "owner")
    everyone, first, *rest = fresh_store.invitations.of(two_waves[1])
    address = f"/download/{two_waves[1].code}/posters.pdf"

    def pages(query: str) -> int:
        return len(pypdfium2.PdfDocument(cabinet.get(address + query).content))

    assert first.department
    assert pages("") == 2 + len(rest)
    assert pages("?link=open") == 1
    assert pages(f"?department={first.department.id}") == 1
    assert cabinet.get(f"{address}?department=999999").status_code == 404
    assert cabinet.get(f"{address}?department=x").status_code == 404
    assert everyone.department is None


def test_posters_carry_the_organisations_logo(
    cabinet: TestClient, two_waves: tuple[Wave, Wave], fresh_store: Store
) -> None:
    """Uploaded once, it is on the right above of every poster."""
    picture = io.BytesIO()
    Image.new("RGB", (400, 100), "#ff0000").save(picture, "PNG")
    fresh_store.profiles.set_logo(two_waves[1].organisation, picture.getvalue())
    cabinet.cookies.set(COOKIE, "owner")
    answer = cabinet.get(f"/download/{two_waves[1].code}/posters.pdf?link=open")
    corner = pypdfium2.PdfDocument(answer.content)[0].render().to_pil().crop((400, 20, 560, 90))
    assert any(red > 200 and green < 60 for red, green, _ in corner.convert("RGB").getdata())


def test_every_file_that_is_taken_is_written_down(
    cabinet: TestClient, two_waves: tuple[Wave, Wave], fresh_store: Store
) -> None:
    """Who, when, which file of which wave; a look at the address is no taking."""
    cabinet.cookies.set(COOKIE, "leader")
    address = f"/download/{two_waves[0].code}/results-gaps.csv"
    before = len(fresh_store.audit.read(100))
    assert cabinet.head(address).status_code == 200
    assert cabinet.get(f"/download/{two_waves[0].code}/posters.pdf").status_code == 404
    assert len(fresh_store.audit.read(100)) == before
    assert cabinet.get(address).status_code == 200
    entry = fresh_store.audit.read(100)[0]
    assert (entry.act, entry.who) == (AuditAct.EXPORTED, "L <l@x.example>")
    assert entry.organisation == two_waves[0].organisation.id
    assert two_waves[0].title in entry.subject


# Files that there are once


@pytest.fixture
def one_handout(fresh_store: Store, two_waves: tuple[Wave, Wave]) -> tuple[TestClient, str]:
    """A client, and the ticket for a file that the consultant made for the open wave."""
    firm = two_waves[1].organisation.id
    accounts = {
        "consultant": Account(2, "c@x.example", "C", Role.CONSULTANT, {firm: ()}),
        "colleague": Account(3, "d@x.example", "D", Role.CONSULTANT, {firm: ()}),
    }
    handouts = Handouts()
    ticket = handouts.offer(2, two_waves[1].code, {"personal.csv": b"c", "personal.xlsx": b"x"})
    files = Downloads(fresh_store, Cookies(NOON, fresh_store, accounts), handouts, lambda: NOON)
    return TestClient(Starlette(routes=files.routes())), ticket


def test_a_file_is_handed_out_once(
    one_handout: tuple[TestClient, str], two_waves: tuple[Wave, Wave]
) -> None:
    """In one format, to the one who made it, by pressing the button."""
    client, ticket = one_handout
    address = f"/download/{two_waves[1].code}/personal.csv"
    client.cookies.set(COOKIE, "colleague")
    assert client.post(address, data={"ticket": ticket}).status_code == 404
    client.cookies.set(COOKIE, "consultant")
    assert client.get(f"{address}?ticket={ticket}").status_code == 404
    assert client.post(address, data={"ticket": "guessed"}).status_code == 404
    elsewhere = f"/download/{two_waves[0].code}/personal.csv"
    assert client.post(elsewhere, data={"ticket": ticket}).status_code == 404
    taken = client.post(address, data={"ticket": ticket})
    assert (taken.status_code, taken.content) == (200, b"c")
    assert client.post(address, data={"ticket": ticket}).status_code == 404
    again = address.replace("csv", "xlsx")
    assert client.post(again, data={"ticket": ticket}).status_code == 404


def test_a_large_request_is_not_read(
    one_handout: tuple[TestClient, str], two_waves: tuple[Wave, Wave]
) -> None:
    """Nor are odd ones: each is a page in words."""
    client, _ = one_handout
    client.cookies.set(COOKIE, "consultant")
    address = f"/download/{two_waves[1].code}/personal.csv"
    for content in (b"x" * 1_000_000, b"", b"\xff\xfe", b"ticket"):
        assert client.post(address, content=content).status_code == 404


def test_a_file_waits_half_an_hour() -> None:
    """Then nobody gets it."""
    now = [0.0]
    handouts = Handouts(lambda: now[0])
    ticket = handouts.offer(1, "w", {"a": b"a"})
    assert handouts.waiting(1, "w") == (ticket,)
    now[0] = SECONDS
    assert handouts.waiting(1, "w") == ()
    assert handouts.take(ticket, 1, "w", "a") is None


def test_many_files_of_one_account_crowd_out_nobody_elses() -> None:
    """Links that are lost cannot be told again."""
    handouts = Handouts()
    mine = handouts.offer(1, "w", {"a": b"a"})
    theirs = [handouts.offer(2, "w", {"a": b"a"}) for _ in range(60)]
    assert handouts.waiting(1, "w") == (mine,)
    assert handouts.waiting(2, "w") == tuple(theirs[-10:])
