"""At rest: what is in the database's files when nobody is looking."""

import asyncio
import contextlib
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from data.accounts import TicketKind
from data.invited import Delivery, Invited, hash_code
from data.model import Wave
from data.results import Group, GroupKind, Release
from data.sqlite import SqliteStore, open_store
from survey import running
from survey.form.routes import LightForm
from survey.house import furnished
from survey.invitations import new_personal_code
from survey.submission import FormSigner
from survey.visitors import COOKIE, Visitors
from survey.web.forms import FORM_COOKIE
from survey.web.gate import Gate
from survey.web.headers import PageHeaders
from survey.web.password_links import PasswordLinks
from survey.web.sign_in import SignIn
from survey.web.upkeep import keep_up
from tests.data.files import crowd, log_of, run_sql, store_crowd
from tests.data.samples import DAY, NEXT_DAY, SHORT_FORM, nonce, response, short_settings
from tests.people import PASSWORD, form_of

PAGE = 4096
LEAF_PAGE = 0x0A
CROWD = 300
ARRIVALS = {
    "one after the other": tuple(range(CROWD)),
    "mixed up": tuple(sorted(range(CROWD), key=lambda n: n * 101 % CROWD)),
}
GONE = "Das darf nach dem Loeschen nirgends mehr stehen."


@pytest.fixture
def running_store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store in `running.db`, with short patience."""
    with contextlib.closing(open_store(tmp_path / "running.db", patience=0.1)) as store:
        yield store


# What the tables keep


def test_tables_of_answers_keep_no_number_of_arrival(running_store: SqliteStore) -> None:
    """WITHOUT ROWID: SQLite's own row number would count people as they came."""
    with running_store.connections.borrow() as db:
        for select in (
            "SELECT rowid FROM response",
            "SELECT rowid FROM answer",
            "SELECT rowid FROM comment",
            "SELECT rowid FROM personal_invitation",
            "SELECT rowid FROM personal_code",
        ):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                db.conn.execute(select)


def test_answers_know_no_time_link_or_browser(running_store: SqliteStore) -> None:
    """Whoever adds a column here has to think about this test first."""
    path = running_store.connections.path

    def columns(table: str) -> set[object]:
        return {row[1] for row in run_sql(path, f"PRAGMA table_info({table})")}

    assert columns("response") == {"wave_id", "nonce", "department_id", "leads", "customer"}
    assert columns("answer") == {"wave_id", "nonce", "item", "value"}
    assert columns("comment") == {"wave_id", "id", "department_id", "dimension", "text"}
    assert columns("personal_invitation") == {
        *("id", "wave_id", "department_id", "address", "delivery", "due", "used")
    }
    assert columns("personal_code") == {"hash", "invitation_id"}
    assert columns("mailing") == {"wave_id", "at"}
    assert columns("day_count") == {"wave_id", "day", "responses"}
    tables = {str(name) for (name,) in run_sql(path, "SELECT name FROM pragma_table_list")}
    assert {table for table in tables if "nonce" in columns(table)} == {"response", "answer"}


def test_the_comments_of_one_person_have_nothing_in_common(running_store: SqliteStore) -> None:
    """Neither with each other nor with their answers, beside wave and department."""
    given = response(1, comments={"customer_perspective": "eins", "top_down_bottom_up": "zwei"})
    store_crowd(running_store, [given])
    rows = run_sql(
        running_store.connections.path, "SELECT id, dimension, text FROM comment ORDER BY text"
    )
    assert [row[1:] for row in rows] == [
        ("customer_perspective", "eins"),
        ("top_down_bottom_up", "zwei"),
    ]
    first, second = (row[0] for row in rows)
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert len({first[:4], second[:4], given.nonce[:4]}) == 3


def closed_file(path: Path, order: Sequence[int]) -> bytes:
    """The bytes at rest after people came in this order; when the file was made is blanked."""
    with contextlib.closing(open_store(path)) as store:
        store_crowd(store, crowd(order))
        at_rest = path.read_bytes()
        assert log_of(path) == b""
    for (made_at,) in run_sql(path, "SELECT applied_at FROM _sqlite_migrations"):
        at_rest = at_rest.replace(str(made_at).encode(), b"*" * len(str(made_at)))
    return at_rest


def test_closing_leaves_no_trace_of_who_came_first(tmp_path: Path) -> None:
    """Two waves with the same people in another order are the same file, byte for byte."""
    one, other = (
        closed_file(tmp_path / f"{number}.db", order)
        for number, order in enumerate(ARRIVALS.values())
    )
    assert one.count(crowd([0])[0].nonce) >= 1 + len(SHORT_FORM)
    assert one == other


@pytest.mark.parametrize("order", ARRIVALS.values(), ids=ARRIVALS.keys())
def test_responses_lie_in_the_file_sorted_by_their_key(
    tmp_path: Path, order: Sequence[int]
) -> None:
    """Page after page the keys stand in their own order, whoever came first.

    SQLite fills a page from its end. A page of responses holds each key once, a
    page of answers five times; of 300 keys, two lie in the nodes above the leaves.
    """
    at_rest = closed_file(tmp_path / "sorted.db", order)
    any_key = re.compile(b"|".join(re.escape(person.nonce) for person in crowd(order)))
    lying: list[bytes] = []
    for start in range(0, len(at_rest), PAGE):
        page = at_rest[start : start + PAGE]
        keys = any_key.findall(page)
        if page[0] == LEAF_PAGE and len(keys) == len(set(keys)):
            lying += reversed(keys)
    assert len(lying) >= CROWD - 2
    assert lying == sorted(lying)


def test_closing_empties_the_log_under_a_running_server(tmp_path: Path) -> None:
    """The command line closes a wave while the server has the file open too."""
    path = tmp_path / "shared.db"
    with contextlib.closing(open_store(path)) as server, contextlib.closing(open_store(path)) as me:
        server.organisations.all()
        store_crowd(me, crowd(range(20)))
        assert log_of(path) == b""
        assert len(server.answers.counts(server.waves.find("k7m2p9qx"))) > 0


def test_closing_together_with_other_things_tidies_up_as_well(tmp_path: Path) -> None:
    """Inside `together` the tidying waits for the end, and is not forgotten."""
    files = []
    for number, order in enumerate(ARRIVALS.values()):
        path = tmp_path / f"{number}.db"
        with contextlib.closing(open_store(path)) as store:
            with store.together():
                store_crowd(store, crowd(order))
            assert log_of(path) == b""
            files.append(path.read_bytes())
    keys = [person.nonce for person in crowd(range(CROWD))]
    one, other = ([file.find(key) for key in keys] for file in files)
    assert one == other


def test_the_log_is_emptied_on_demand_while_a_wave_is_open(running_store: SqliteStore) -> None:
    """Its frames keep the order of arrival, so the server empties it on a timer."""
    path = running_store.connections.path
    owner = running_store.organisations.add("Muster GmbH")
    wave = running_store.waves.add(owner, short_settings(), "k7m2p9qx")
    wave = running_store.waves.open(wave, DAY)
    (person,) = crowd([1])
    running_store.answers.add(wave, person, DAY)
    assert person.nonce in log_of(path)
    running_store.truncate_log()
    assert log_of(path) == b""
    assert person.nonce in path.read_bytes()


def test_purged_answers_are_gone_from_the_disk(running_store: SqliteStore) -> None:
    """Not only from the tables: no byte of a comment or a key is left in file or log."""
    path = running_store.connections.path
    (person,) = crowd([1])
    said = response(2, comments={"customer_perspective": GONE})
    store_crowd(running_store, [person, said])
    wave = running_store.waves.find("k7m2p9qx")
    kept = Release(SHORT_FORM, (Group(GroupKind.ORGANISATION),), {})
    running_store.releases.save(wave, kept, date(2026, 3, 4))
    for trace in (GONE.encode(), person.nonce, said.nonce):
        assert trace in path.read_bytes()
    assert list(running_store.answers.purge(date(2026, 6, 2)).values()) == [2]
    for trace in (GONE.encode(), person.nonce, said.nonce):
        assert trace not in path.read_bytes()
        assert trace not in log_of(path)


# Through the real form

ADDRESS = "203.0.113.77"
BROWSER = "Merkmal-Browser/77.7"
HEADERS = {
    "user-agent": BROWSER,
    "x-forwarded-for": "203.0.113.88",
    "referer": "https://intranet.example/merkmal",
    "accept-language": "de-LI",
    "cookie": "merkmal=1234567890",
}
COMMENT = "Ein Satz, den nur eine Person geschrieben hat."
SECRET = "a secret for signing"  # noqa: S105 - a sample
NOON = datetime(2026, 3, 2, 12)


def served(store: SqliteStore, every: float | None = None) -> TestClient:
    """A client of the form and the sign-in, on a server with upkeep so often, or none."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        upkeep = asyncio.create_task(keep_up(store, every)) if every else None
        yield
        if upkeep:
            upkeep.cancel()

    lent = furnished(store, SECRET)
    app = Starlette(
        routes=[
            *LightForm(lent.store, lent.signer, NOON.astimezone).routes(),
            *SignIn(lent, lambda: NOON).routes(),
            *PasswordLinks(lent, lambda: NOON).routes(),
        ],
        middleware=[
            Middleware(PageHeaders),
            Middleware(Gate, lent.visitors, lambda: NOON, frozenset({"/"})),
        ],
        lifespan=lifespan,
    )
    return TestClient(app, client=(ADDRESS, 50007), headers=HEADERS, follow_redirects=False)


@pytest.fixture
def asked_firm(running_store: SqliteStore) -> Wave:
    """An open wave of a firm with two departments, each with a link of its own."""
    heads = {("Vertrieb",): 20, ("Lager",): 20}
    return running.set_up(running_store, "Muster", heads, short_settings(), DAY)


def token_of(client: TestClient, code: str) -> str:
    """Open the form; the token that the server signed into it."""
    found = re.search(r'name="token" value="([^"]+)"', client.get(f"/q/{code}").text)
    assert found
    return found[1]


def send(client: TestClient, code: str, token: str, **more: str) -> None:
    """Fill the form in and send it."""
    fields = {"token": token, "department": "none", **dict.fromkeys(SHORT_FORM, "4"), **more}
    assert client.post(f"/q/{code}", data=fields).status_code == 303


def nonce_in(token: str, code: str) -> bytes:
    return FormSigner(SECRET).read(token, code)


def all_bytes(store: SqliteStore) -> bytes:
    """Everything in the database's folder: the file, its log, whatever else is there."""
    folder = store.connections.path.parent
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_what_a_browser_sends_beside_the_answers_is_nowhere(
    running_store: SqliteStore, asked_firm: Wave
) -> None:
    """Neither while the wave is open nor after it: no address, token, cookie, link or password.

    Twelve people open their forms one after the other and send them in another order.
    """
    codes = [i.code for i in running_store.invitations.of(asked_firm)]
    with served(running_store) as client:
        link = Visitors(running_store, SECRET).offer(TicketKind.SET_UP, None, NOON)
        owner = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}
        first = {**form_of(client, f"/set-up/{link}"), **owner, "again": PASSWORD}
        sent = {"cookie": f"merkmal=1; {FORM_COOKIE}={client.cookies[FORM_COOKIE]}"}
        assert client.post(f"/set-up/{link}", data=first, headers=sent).status_code == 303
        session = client.cookies[COOKIE].strip('"')
        browser, form = client.cookies[FORM_COOKIE], first["token"]
        forms = [(code, token_of(client, code)) for code in codes for _ in range(4)]
        for code, token in forms[::-2] + forms[::2]:
            send(client, code, token, comment_customer_perspective=COMMENT)
    nonces = [nonce_in(token, code) for code, token in forms]
    traces = [ADDRESS, "203.0.113.88", "50007", BROWSER, "Merkmal", "merkmal", "intranet.example"]
    traces += [link, session, session.split(".")[0], SECRET, "de-LI", browser, form, PASSWORD]
    traces += [part for _, token in forms for part in (token, *token.split("."))]
    traces += [key.hex() for key in nonces]
    for _ in range(2):
        kept = all_bytes(running_store)
        assert [trace for trace in traces if trace.encode() in kept] == []
        assert COMMENT.encode() in kept
        assert all(key in kept for key in nonces)
        if running_store.waves.find(asked_firm.code).closed_on is None:
            running_store.waves.close(asked_firm, NEXT_DAY)


def test_no_response_knows_its_link(running_store: SqliteStore, asked_firm: Wave) -> None:
    """Who came by the department's link and who chose it from the list cannot be told apart."""
    everyone, department, _ = running_store.invitations.of(asked_firm)
    assert department.department
    with served(running_store) as client:
        chosen = {"department": str(department.department.id)}
        send(client, everyone.code, token_of(client, everyone.code), **chosen)
        send(client, department.code, token_of(client, department.code))
    path = running_store.connections.path
    rows = run_sql(path, "SELECT wave_id, department_id, leads, customer FROM response")
    assert len(rows) == 2
    assert rows[0] == rows[1]
    naming = run_sql(
        path,
        "SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE c.name LIKE '%code%'"
        " OR c.name LIKE '%invit%' OR c.name LIKE '%link%' ORDER BY 1",
    )
    assert naming == [("invitation",), ("personal_code",), ("wave",), ("workshop",)]


def test_people_of_the_form_leave_no_order_behind(tmp_path: Path) -> None:
    """Each key lies at the same place of the file, whoever sent first."""
    places = []
    for number, order in enumerate((range(120), range(119, -1, -1))):
        path = tmp_path / str(number) / "order.db"
        with contextlib.closing(open_store(path)) as store:
            firm = store.organisations.add("Muster")
            wave = store.waves.open(store.waves.add(firm, short_settings(), "k7m2p9qx"), DAY)
            with served(store) as client:
                for person in order:
                    token = FormSigner(SECRET).sign(wave.code, nonce(person))
                    send(client, wave.code, token)
            store.waves.close(wave, NEXT_DAY)
            assert log_of(path) == b""
            kept = path.read_bytes()
        places.append([kept.find(nonce(person)) for person in range(120)])
        assert [file.name for file in path.parent.iterdir()] == ["order.db"]
    assert -1 not in places[0]
    assert places[0] == places[1]


def test_no_time_of_day_is_kept_of_anybody(running_store: SqliteStore, asked_firm: Wave) -> None:
    """Days are counted; the only clock times are when the file was made and bands were counted."""
    with served(running_store) as client:
        for _ in range(12):
            send(client, asked_firm.code, token_of(client, asked_firm.code))
    looked = datetime(2026, 3, 2, 12, 34, 56, tzinfo=UTC)
    running_store.answers.participation(asked_firm, looked)
    running_store.waves.close(asked_firm, NEXT_DAY)
    path = running_store.connections.path
    known = {str(at)[11:19] for (at,) in run_sql(path, "SELECT applied_at FROM _sqlite_migrations")}
    clocks = {c.decode() for c in re.findall(rb"\d\d:\d\d:\d\d", all_bytes(running_store))}
    assert clocks == known | {"12:34:56"}
    assert run_sql(path, "SELECT day, responses FROM day_count") == [("2026-03-02", 12)]


def test_nothing_is_left_of_deleted_rows(running_store: SqliteStore, asked_firm: Wave) -> None:
    """After closing no band, after a purge no answer; and no free page that could hold one."""
    path = running_store.connections.path
    with served(running_store) as client:
        token = token_of(client, asked_firm.code)
        send(client, asked_firm.code, token, comment_customer_perspective=COMMENT)
    key = nonce_in(token, asked_firm.code)
    running_store.answers.participation(asked_firm, datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert len(run_sql(path, "SELECT * FROM participation")) == 2
    closed = running_store.waves.close(asked_firm, NEXT_DAY)
    assert run_sql(path, "SELECT * FROM participation") == []
    assert run_sql(path, "PRAGMA freelist_count") == [(0,)]
    kept = Release(SHORT_FORM, (Group(GroupKind.ORGANISATION),), {})
    final = running_store.releases.save(closed, kept, NEXT_DAY)
    assert COMMENT.encode() in all_bytes(running_store)
    assert running_store.answers.purge_wave(final, NEXT_DAY) == 1
    for trace in (COMMENT.encode(), key):
        assert trace not in all_bytes(running_store)
    assert run_sql(path, "PRAGMA freelist_count") == [(0,)]


def test_closing_writes_no_copy_into_a_temporary_folder(running_store: SqliteStore) -> None:
    """SQLite deletes such a file's name at once, so the open files are looked at meanwhile."""
    firm = running_store.organisations.add("Muster")
    wave = running_store.waves.add(firm, short_settings(), "k7m2p9qx")
    wave = running_store.waves.open(wave, DAY)
    running_store.answers.add_many(wave, crowd(range(30_000)), DAY)
    opened: set[str] = set()

    def look() -> None:
        for handle in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(OSError):
                opened.add(str(handle.readlink()))

    with running_store.connections.borrow() as db:
        db.conn.set_progress_handler(look, 20_000)
    running_store.waves.close(wave, NEXT_DAY)
    assert any("running.db" in name for name in opened)
    assert [name for name in opened if "etilqs" in name] == []


def soon(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it comes true within this time; looked at again and again, without a rest."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
    return False


def test_a_running_server_empties_the_log_by_itself(
    running_store: SqliteStore, asked_firm: Wave
) -> None:
    """Its frames keep the order of arrival: the real timer empties it while the wave is open."""
    path = running_store.connections.path
    with served(running_store, every=0.05) as client:
        for _ in range(3):
            token = token_of(client, asked_firm.code)
            send(client, asked_firm.code, token)
            key = nonce_in(token, asked_firm.code)
            assert soon(lambda: log_of(path) == b"")
            assert key in path.read_bytes()
        assert running_store.waves.find(asked_firm.code).closed_on is None


def test_without_upkeep_the_log_would_keep_the_order(
    running_store: SqliteStore, asked_firm: Wave
) -> None:
    """What the timer is for: the frames tell who came first until it has run."""
    running_store.truncate_log()
    with served(running_store) as client:
        tokens = [token_of(client, asked_firm.code) for _ in range(5)]
        for token in tokens:
            send(client, asked_firm.code, token)
        log = log_of(running_store.connections.path)
    places = [log.find(nonce_in(token, asked_firm.code)) for token in tokens]
    assert -1 not in places
    assert places == sorted(places)


# Personal links


def used_links(path: Path, order: Sequence[int], shift: int) -> bytes:
    """The bytes at rest after people came in this order, each by the link so many further on."""
    codes = [f"{number:027d}" for number in range(CROWD)]
    people = crowd(range(CROWD))
    with contextlib.closing(open_store(path)) as store:
        wave = store.waves.add(store.organisations.add("Muster GmbH"), short_settings(), "k7m2p9qx")
        store.personal.add(wave, [Invited(hash_code(code)) for code in codes])
        wave = store.waves.open(wave, DAY)
        for number in order:
            code = codes[(number + shift) % CROWD]
            assert store.answers.add(wave, people[number], DAY, hash_code(code))
        store.waves.close(wave, NEXT_DAY)
        assert log_of(path) == b""
        at_rest = path.read_bytes()
    for (made_at,) in run_sql(path, "SELECT applied_at FROM _sqlite_migrations"):
        at_rest = at_rest.replace(str(made_at).encode(), b"*" * len(str(made_at)))
    return at_rest


def test_a_used_link_knows_neither_its_response_nor_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same people in another order, or each through another's link: the same file.

    Byte for byte, so nothing in it can tell these apart.
    """
    one_after_the_other, mixed_up = ARRIVALS.values()
    files = []
    for order, shift in ((one_after_the_other, 0), (mixed_up, 0), (one_after_the_other, 7)):
        monkeypatch.setattr("secrets.token_bytes", Random(7).randbytes)  # noqa: S311 - a sample
        files.append(used_links(tmp_path / f"{len(files)}.db", order, shift))
    assert hash_code(f"{0:027d}") in files[0]
    assert files[0] == files[1]
    assert files[0] == files[2]


def test_the_file_holds_no_personal_code(running_store: SqliteStore) -> None:
    """Not while it is made, used and mailed; only its SHA-256."""
    owner = running_store.organisations.add("Muster GmbH")
    wave = running_store.waves.add(owner, short_settings(), "k7m2p9qx")
    wave = running_store.waves.open(wave, DAY)
    code, later = new_personal_code(), new_personal_code()
    running_store.personal.add(wave, [Invited(hash_code(code), address="eva@muster.example")])
    assert running_store.personal.renew(wave, "eva@muster.example", hash_code(later))
    with served(running_store) as client:
        send(client, code, token_of(client, code))
    kept = all_bytes(running_store)
    assert hash_code(code) in kept
    assert code.encode() not in kept
    assert later.encode() not in kept


def test_the_release_leaves_no_address(running_store: SqliteStore) -> None:
    """Addresses, deliveries and used flags are gone from file and log; the hashes stay."""
    path = running_store.connections.path
    owner = running_store.organisations.add("Muster GmbH")
    wave = running_store.waves.add(owner, short_settings(), "k7m2p9qx")
    wave = running_store.waves.open(wave, DAY)
    address = "eva.beispiel@muster.example"
    running_store.personal.add(wave, [Invited(hash_code("eva"), address=address)])
    running_store.personal.deliver(wave, address, Delivery.SENT, datetime(2026, 3, 2, tzinfo=UTC))
    running_store.answers.add(wave, response(1), DAY, hash_code("eva"))
    wave = running_store.waves.close(wave, NEXT_DAY)
    assert address.encode() in path.read_bytes()
    kept = Release(SHORT_FORM, (Group(GroupKind.ORGANISATION),), {})
    running_store.releases.save(wave, kept, date(2026, 3, 4))
    assert address.encode() not in path.read_bytes()
    assert address.encode() not in log_of(path)
    rows = run_sql(path, "SELECT address, delivery, due, used FROM personal_invitation")
    assert rows == [(None, None, 0, 0)]
    assert run_sql(path, "SELECT * FROM mailing") == []
    assert running_store.invitations.find("eva").personal == hash_code("eva")
