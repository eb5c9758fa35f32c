"""The audit log as owners see it: on its screen and as a file, and nobody else sees it."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.accounts import Role
from data.audit import AuditAct, AuditEntry
from data.sqlite import open_store
from data.store import Store
from survey import running
from survey.audit_words import ACTS, COLUMNS
from survey.auditing import COMMAND_LINE
from survey.cli import main
from survey.house import house
from survey.visitors import COOKIE
from survey.web.audit_download import PATH, audit_route
from survey.wording import LANGUAGES, wording
from tests.data.samples import DAY, NEXT_DAY, response
from tests.survey.test_screen_logic import demo_house, empty_house, visit, words
from tests.survey.visitors import sign_in, sign_out

__all__ = ["demo_house", "empty_house"]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ADA, EVE = "Ada <ada@example.org>", "<b>Eve</b> <eve@example.org>"


@pytest.fixture
def busy_house(demo_house: Store) -> Store:
    """The demo, and 60 acts: Ada's about it, Eve's about nothing, with names that bite."""
    for n in range(60):
        who, firm = (ADA, 1) if n % 2 else (EVE, None)
        at = NOON + timedelta(minutes=n)
        demo_house.audit.write(AuditEntry(at, who, AuditAct.WAVE_CHANGED, firm, f"=1+{n}"))
    return demo_house


@pytest.fixture
def client(empty_house: Store) -> Iterator[TestClient]:
    """Asks for the file over HTTP."""
    assert house().store is empty_house
    app = Starlette(routes=[audit_route(house(), datetime.now)])
    with TestClient(app) as client:
        yield client


def rows(client: TestClient, query: str = "") -> list[dict[str, str]]:
    """The file's rows."""
    text = client.get(f"{PATH}?lang=de&{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def table(where: str = "audit", **query: str) -> str:
    """The screen's table."""
    return "".join(str(e.proto.body) for e in visit(where, **query).get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_has_words(language: str) -> None:
    """One text an act, in every language, none twice."""
    texts = [wording(language)(ACTS[act]) for act in AuditAct]
    assert len(set(texts)) == len(texts)
    assert not any(text.startswith("audit.") for text in texts)


@pytest.mark.usefixtures("empty_house")
def test_an_empty_log_says_what_will_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """No table, no file to download."""
    sign_in(monkeypatch, Role.OWNER)
    assert "Noch nichts" in words(visit("audit"))


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.LEADER])
@pytest.mark.usefixtures("busy_house")
def test_only_owners_see_the_log(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even those whose organisation it is about."""
    sign_in(monkeypatch, role, {1: ()})
    screen = visit("audit")
    assert "Ada" not in table()
    assert not screen.selectbox


@pytest.mark.usefixtures("busy_house")
def test_entries_are_shown_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """63 entries: 50 and 13; a page beyond is the last one, nonsense the first one."""
    sign_in(monkeypatch, Role.OWNER)
    assert [table(page=page).count("<tr>") - 1 for page in ("", "2", "9", "x", "-1")] == [
        50,
        13,
        13,
        50,
        50,
    ]
    assert "Seite 1 von 2" in words(visit("audit"))
    assert "UTC" in words(visit("audit")) or "Europe" in words(visit("audit"))


@pytest.mark.usefixtures("busy_house")
def test_the_address_says_whose_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """By organisation and by person; of somebody who did nothing there is nothing."""
    sign_in(monkeypatch, Role.OWNER)
    assert table(organisation="1").count("<tr>") == 1 + 33
    assert "eve@" not in table(who=ADA)
    assert "keinen Eintrag" in words(visit("audit", who="Niemand"))
    assert "99" in visit("audit", organisation="99").error[0].value


@pytest.mark.usefixtures("busy_house")
def test_names_in_the_log_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never HTML, whoever chose them."""
    sign_in(monkeypatch, Role.OWNER)
    assert "<b>" not in table()
    assert "&lt;b&gt;Eve" in table()


@pytest.mark.usefixtures("busy_house")
def test_the_file_holds_every_entry_and_runs_no_formula(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newest first, times in UTC, an apostrophe before what a spreadsheet would run."""
    sign_in(monkeypatch, Role.OWNER)
    found = rows(client)
    assert tuple(found[0]) == COLUMNS
    assert len(found) == 63
    ada = next(row for row in found if row["who"] == ADA)
    assert ada["at_utc"] == "2026-03-02T12:59:00+00:00"
    assert (ada["act"], ada["act_in_words"]) == ("wave_changed", "Befragung geändert")
    assert all(row["subject"].startswith("'=") for row in found if row["act"] == "wave_changed")
    assert len(rows(client, "organisation=1")) == 33


@pytest.mark.usefixtures("busy_house")
def test_taking_the_file_is_an_act_itself(
    client: TestClient, empty_house: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of whoever took it; looking ahead is none."""
    account = sign_in(monkeypatch, Role.OWNER)
    client.head(PATH)
    assert empty_house.audit.read(1)[0].act is AuditAct.WAVE_CHANGED
    client.get(PATH)
    newest = empty_house.audit.read(1)[0]
    assert (newest.act, newest.who) == (AuditAct.EXPORTED, account.label)


@pytest.mark.usefixtures("busy_house")
def test_the_file_is_for_owners_only(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Strangers, forged cookies, consultants and leaders get a page that says so."""
    answers = [client.get(PATH), client.get(PATH, headers={"Cookie": f"{COOKIE}=forged"})]
    for role in (Role.CONSULTANT, Role.LEADER):
        sign_in(monkeypatch, role, {1: ()})
        answers.append(client.get(f"{PATH}?organisation=1"))
    sign_out(monkeypatch)
    answers.append(client.get(PATH))
    for answer in answers:
        assert answer.status_code == 403
        assert "Ada" not in answer.text
        assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize("query", ["x", "1 OR 1=1", "٣", "9" * 40, "-1"])
def test_nonsense_in_the_address_is_no_traceback(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    """A page that says what to do."""
    sign_in(monkeypatch, Role.OWNER)
    assert client.get(PATH, params={"organisation": query}).status_code == 404


def acts(store: Store) -> list[AuditAct]:
    """What was done, oldest first."""
    return [entry.act for entry in store.audit.read(None)][::-1]


def test_commands_write_down_what_they_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its wave; what fails leaves no entry."""
    path = tmp_path / "kundenkompass.db"
    monkeypatch.setenv("KUNDENKOMPASS_DATABASE", str(path))
    with closing(open_store(path)) as store:
        wave = running.set_up(
            store, "Muster GmbH", {("Nord",): 12}, running.short_form("Welle 1", 5), DAY
        )
        store.answers.add_many(wave, (response(n, answers=1 + n % 5) for n in range(10)), DAY)
    answers = tmp_path / "answers.csv"
    answers.write_text("Bereich;CP1\nNord;4\n", encoding="utf-8")
    calls: list[tuple[str, ...]] = [
        ("target", wave.code, "customer_perspective=4"),
        ("predict", wave.code, "customer_perspective=4", "--by", "Ada"),
        ("release", wave.code),  # refused: it is open
        ("close", wave.code),
        ("close", wave.code),  # refused: it is closed
        ("release", wave.code),
        ("export", wave.code),
        ("purge", "--wave", wave.code, "--yes"),
        ("backup", str(tmp_path / "copy.db")),
        (
            "import",
            str(answers),
            "--organisation",
            "Neu AG",
            "--wave",
            "W",
            "--department",
            "Bereich",
        ),
        ("restore", str(tmp_path / "copy.db")),
    ]
    codes = [CliRunner().invoke(main, list(call)).exit_code for call in calls]
    assert codes == [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    with closing(open_store(path)) as store:
        assert acts(store) == [
            AuditAct.TARGETS_SET,
            AuditAct.PREDICTED,
            AuditAct.WAVE_CLOSED,
            AuditAct.WAVE_RELEASED,
            AuditAct.EXPORTED,
            AuditAct.PURGED,
            AuditAct.RESTORED,
        ]
        assert {entry.who for entry in store.audit.read()} == {COMMAND_LINE}
        assert store.audit.read()[1].subject == "Welle 1"
    [kept] = tmp_path.glob("*before-restore*")
    with closing(open_store(kept)) as store:
        assert acts(store)[-2:] == [AuditAct.BACKED_UP, AuditAct.IMPORTED]


def test_what_is_deleted_by_itself_is_written_down(demo_house: Store) -> None:
    """The demo's first wave is long due: the server's upkeep says that it deleted its answers."""
    from survey.web.upkeep import look_after  # noqa: PLC0415 - beside its only use

    look_after(demo_house, NEXT_DAY + timedelta(days=900))
    newest = demo_house.audit.read(1)[0]
    assert (newest.act, newest.who) == (AuditAct.PURGED, COMMAND_LINE)
