"""The shelf of profiles: nothing is overwritten unseen, and what is erased is gone."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.audit import AuditAct, AuditEntry
from data.errors import Conflict, NotAllowed, NotFound, SetUpProblem
from data.measures import Plan
from data.model import Address, Organisation, Profile, Wave
from data.profiles import Holdings
from data.sqlite import SqliteStore, open_store
from data.sqlite.erasing import _tables_with
from data.store import Store
from survey import releasing, running
from tests.data.files import run_sql
from tests.data.samples import DAY, NEXT_DAY, response, short_settings

CHANGED = Profile("en", Address.DU, True, "#7a1f5c", 8, 30, "Anna Muster, Tel. 12", "Zeile 1\n2")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


# The profile


def test_a_changed_profile_is_what_everybody_reads(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """Every field of it, wherever the organisation is read."""
    changed = fresh_store.profiles.change(small_firm, "Muster AG", CHANGED)
    assert (changed.name, changed.profile) == ("Muster AG", CHANGED)
    assert fresh_store.organisations.all() == (changed,)
    assert fresh_store.profiles.find(small_firm.id) == changed


def test_a_profile_that_somebody_else_changed_is_not_overwritten(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """The later one is told, and the database keeps what the first one saved."""
    first = fresh_store.profiles.change(small_firm, "Muster AG", small_firm.profile)
    with pytest.raises(Conflict):
        fresh_store.profiles.change(small_firm, "Muster GmbH", CHANGED)
    assert fresh_store.profiles.find(small_firm.id) == first


def test_a_name_is_given_once(fresh_store: Store, small_firm: Organisation) -> None:
    """Two organisations of one name could not be told apart."""
    other = fresh_store.organisations.add("Andere GmbH")
    with pytest.raises(SetUpProblem):
        fresh_store.profiles.change(other, small_firm.name, other.profile)
    assert fresh_store.profiles.find(other.id) == other


# The logo


def test_a_logo_is_kept_replaced_and_removed(fresh_store: Store, small_firm: Organisation) -> None:
    """Its digest is another for another image, so that browsers may keep it."""
    first = fresh_store.profiles.set_logo(small_firm, PNG)
    assert fresh_store.profiles.logo(first) == PNG
    second = fresh_store.profiles.set_logo(first, PNG + b"2")
    assert second.logo not in {None, first.logo}
    assert fresh_store.profiles.logo(second) == PNG + b"2"
    none = fresh_store.profiles.set_logo(second, None)
    assert none.logo is None
    assert fresh_store.profiles.logo(none) is None


def test_a_logo_that_somebody_else_changed_is_not_overwritten(
    fresh_store: Store, small_firm: Organisation
) -> None:
    """The same rule as for the profile."""
    fresh_store.profiles.set_logo(small_firm, PNG)
    with pytest.raises(Conflict):
        fresh_store.profiles.set_logo(small_firm, PNG + b"2")


# Erasing

SECRETS = (
    "Geheimwerk",
    "Geheimabteilung",
    "Geheimtitel",
    "Geheimkommentar",
    "Geheimkontakt",
    "Geheimhinweis",
    "Geheimlogo",
    "Geheimeintrag",
    "Geheimvorhersage",
    "Geheimmassnahme",
    "Geheimrolle",
    "geheimcode",
)


def _secret_firm(store: SqliteStore) -> tuple[Organisation, Wave, Wave]:
    """Something in every room: a released wave, an open one, targets, a log, a logo, a grant."""
    firm = store.organisations.add("Geheimwerk AG")
    profile = replace(CHANGED, contact="Geheimkontakt", privacy="Geheimhinweis", smallest_group=5)
    firm = store.profiles.change(firm, firm.name, profile)
    firm = store.profiles.set_logo(firm, PNG + b"Geheimlogo")
    (team,) = store.organisations.save_departments(firm, {("Geheimabteilung",): 30})
    store.audit.write(
        AuditEntry(datetime.now(UTC), "x", AuditAct.WAVE_ADDED, firm.id, "Geheimeintrag")
    )
    first = store.waves.add(firm, short_settings("Geheimtitel 1"), "geheimcode1")
    store.expectations.set_targets(first, ("Geheimabteilung",), {"customer_perspective": 4.0})
    store.expectations.predict(first, {"customer_perspective": 3.0}, "Geheimvorhersage", DAY)
    first = store.waves.open(first, DAY)
    second = store.waves.open(
        store.waves.add(firm, short_settings("Geheimtitel 2"), "geheimcode2"), DAY
    )
    store.invitations.add(second, {"geheimcode3": store.waves.departments(second)[0]})
    said = {"customer_perspective": "Geheimkommentar"}
    for wave in (first, second):
        team = store.waves.departments(wave)[0]
        people = [response(n, team, 1 + n % 5, comments=said) for n in range(20)]
        store.answers.add_many(wave, people, DAY)
        store.answers.participation(wave, datetime.now(UTC))
    first = releasing.release(store, store.waves.close(first, NEXT_DAY), NEXT_DAY)
    agreed = Plan((team.name,), "customer_perspective", "Geheimmassnahme", "Geheimrolle", DAY)
    store.measures.add(first, agreed)
    return firm, first, second


def _grant(path: Path, organisation: Organisation) -> None:
    """An account that runs the organisation."""
    run_sql(
        path,
        "INSERT INTO account (id, email, name, role) VALUES (1, 'a@b.ch', 'Berater', 'consultant')",
        f"INSERT INTO account_grant VALUES (1, {organisation.id}, 'Geheimabteilung')",  # noqa: S608
    )


@pytest.fixture
def two_firms(tmp_path: Path) -> Iterator[tuple[SqliteStore, Organisation]]:
    """The demo, and beside it a firm full of secrets."""
    with contextlib.closing(open_store(tmp_path / "two.db")) as store:
        running.demo(store)
        firm, _, _ = _secret_firm(store)
        _grant(tmp_path / "two.db", firm)
        yield store, firm


def _contents(path: Path, without: int) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for those of one organisation and its waves."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        waves = {
            w for (w,) in db.execute("SELECT id FROM wave WHERE organisation_id = ?", [without])
        }
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for name in names:
            cursor = db.execute(f"SELECT * FROM {name}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor]
            if name == "organisation":
                rows = [r for r in rows if r["id"] != without]
            rows = [r for r in rows if r.get("organisation_id") != without]
            found[name] = [tuple(r.values()) for r in rows if r.get("wave_id") not in waves]
        return found


def _bytes_of(path: Path) -> bytes:
    """The database and whatever lies beside it."""
    return b"".join(f.read_bytes() for f in path.parent.iterdir() if f.name.startswith(path.name))


def test_what_is_erased_is_in_no_byte_of_the_files(
    two_firms: tuple[SqliteStore, Organisation], tmp_path: Path
) -> None:
    """No name, title, comment, department, text, code, logo or log entry, in no page and no log."""
    store, firm = two_firms
    before = _bytes_of(tmp_path / "two.db")
    assert all(secret.encode() in before for secret in SECRETS)
    store.profiles.erase(firm)
    after = _bytes_of(tmp_path / "two.db")
    assert [secret for secret in SECRETS if secret.encode() in after] == []


def test_erasing_leaves_every_other_row_as_it_was(
    two_firms: tuple[SqliteStore, Organisation], tmp_path: Path
) -> None:
    """Other organisations, and the accounts; only their part in the erased one goes."""
    store, firm = two_firms
    path = tmp_path / "two.db"
    kept = _contents(path, firm.id)
    store.profiles.erase(firm)
    assert _contents(path, firm.id) == kept
    assert run_sql(path, "SELECT name FROM account") == [("Berater",)]
    assert run_sql(path, "SELECT * FROM account_grant") == []
    assert run_sql(path, "PRAGMA foreign_key_check") == []


def test_no_table_keeps_a_row_of_an_erased_organisation(
    two_firms: tuple[SqliteStore, Organisation], tmp_path: Path
) -> None:
    """Whatever table names a wave or an organisation, today's and tomorrow's."""
    store, firm = two_firms
    store.profiles.erase(firm)
    with store.connections.borrow() as db:
        of_waves, of_firms = _tables_with(db, "wave_id"), _tables_with(db, "organisation_id")
    path = tmp_path / "two.db"
    assert {"response", "answer", "settings_log", "personal_invitation"} <= set(of_waves)
    assert {"department", "logo", "account_grant", "audit"} <= set(of_firms)
    for table in of_waves:
        lost = f"SELECT * FROM {table} WHERE wave_id NOT IN (SELECT id FROM wave)"  # noqa: S608
        assert run_sql(path, lost) == [], table
    for table in of_firms:
        lost = f"SELECT * FROM {table} WHERE organisation_id = {firm.id}"  # noqa: S608
        assert run_sql(path, lost) == [], table


def test_what_would_be_erased_is_counted(two_firms: tuple[SqliteStore, Organisation]) -> None:
    """So that a person knows before."""
    store, firm = two_firms
    assert store.profiles.holdings(firm) == Holdings(2, 1, 40, 40, 1)
    store.profiles.erase(firm)
    assert store.profiles.holdings(firm) == Holdings()


def test_an_erased_organisation_is_not_found_again(
    two_firms: tuple[SqliteStore, Organisation],
) -> None:
    """Whoever still has it open is told, and changes nothing of anybody's."""
    store, firm = two_firms
    wave = next(w for w in store.waves.all() if w.organisation == firm and w.state == "open")
    store.profiles.erase(firm)
    for act in (
        lambda: store.profiles.erase(firm),
        lambda: store.profiles.change(firm, "Neu", CHANGED),
        lambda: store.profiles.set_logo(firm, PNG),
        lambda: store.waves.close(wave, NEXT_DAY),
        lambda: store.answers.add(wave, response(99), DAY),
    ):
        with pytest.raises(NotFound):
            act()


def test_an_erasure_that_breaks_off_erases_nothing(
    two_firms: tuple[SqliteStore, Organisation],
) -> None:
    """One transaction, also with what a caller writes beside it."""
    store, firm = two_firms
    held = store.profiles.holdings(firm)
    with contextlib.suppress(NotAllowed), store.together():
        store.profiles.erase(firm)
        raise NotAllowed("error.wave_gone")
    assert store.profiles.find(firm.id) == firm
    assert store.profiles.holdings(firm) == held
