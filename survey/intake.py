"""Importing a table of answers into a wave, for the command line. No Streamlit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.audit import AuditAct
from data.departments import Headcounts, read_departments
from data.errors import ImportProblem, NotAllowed, SetUpProblem
from data.importing import Columns, ImportedResponse, Mapped, find_columns, read_responses
from data.model import (
    Organisation,
    Response,
    Wave,
    WaveSettings,
    WaveState,
)
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.store import Store
from data.tables import Row, read_file
from data.tree import too_small
from survey.auditing import COMMAND_LINE, note
from survey.invitations import new_code
from survey.running import check_title


@dataclass(frozen=True, slots=True)
class Groups:
    """What an import may choose for a new wave: k, and pairs for each division.

    `smallest_group`: None for what the organisation's new waves begin with.
    """

    smallest_group: int | None = None
    by_division: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    wave: Wave
    responses: int
    without_department: int
    unused: tuple[str, ...]


def import_file(
    store: Store,
    path: Path,
    organisation: str,
    title: str,
    mapped: Mapped,
    headcounts: Path | None,
    today: date,
    watch: Callable[[Sequence[Row]], Callable[[], None]] = lambda _: lambda: None,
    groups: Groups | None = None,
) -> Imported:
    """Import a table of responses into a wave, creating what is missing; all or nothing.

    Departments that an open wave does not have yet are added to its own tree and to the
    organisation's; a headcount that the wave knows already stays as it is there.
    `groups`: what a new wave publishes; a wave that is there already keeps its
    own, and other ones are refused. `watch` is given the rows and returns what to
    call once a row. Everything is read and checked before anything is written.
    """
    check_title("error.organisation_unnamed", organisation)
    check_title("error.wave_unnamed", title)
    if not mapped.separator:
        raise SetUpProblem("error.separator_empty")
    organisation, title = organisation.strip(), title.strip()
    rows = read_file(path)
    columns = find_columns(rows[0], mapped, load_instrument(FIVE_QUESTIONS))
    responses = read_responses(rows[1:], columns, mapped.separator, watch(rows[1:]))
    counts: Headcounts = {}
    if headcounts:
        known = _headcounts(store, organisation)
        counts = read_departments(read_file(headcounts), mapped.separator, known)
    with store.together():
        return _store_import(
            store, organisation, title, mapped.separator, columns, responses, counts, today, groups
        )


def _store_import(
    store: Store,
    organisation: str,
    title: str,
    separator: str,
    columns: Columns,
    responses: Sequence[ImportedResponse],
    headcounts: Headcounts,
    today: date,
    groups: Groups | None,
) -> Imported:
    owner = _organisation(store, organisation) or store.organisations.add(
        organisation, separator=separator
    )
    wave = _wave(store, owner, title)
    if wave:
        _check_fits(wave, columns, groups)
    there = {d.path: d.headcount for d in store.waves.departments(wave)} if wave else {}
    paths = {r.path: None for r in responses if r.path and r.path not in there}
    store.organisations.save_departments(owner, {**paths, **headcounts})
    wave = wave or _new_wave(store, owner, title, columns, today, groups or Groups())
    departments = store.waves.add_departments(wave, _joining(there, {**paths, **headcounts}))
    ids = {department.path: department.id for department in departments}
    stored = store.answers.add_many(wave, (_stored(r, ids) for r in responses), today)
    note(store, COMMAND_LINE, AuditAct.IMPORTED, owner.id, wave.title)
    return Imported(
        wave=wave,
        responses=stored,
        without_department=sum(not response.path for response in responses),
        unused=columns.unused,
    )


def _joining(there: Headcounts, headcounts: Headcounts) -> Headcounts:
    """What a wave's own tree gets. `ImportProblem` where it does not fit what the wave knows."""
    known = {path: heads for path, heads in there.items() if heads is not None}
    if findings := too_small({**headcounts, **known}):
        raise ImportProblem("error.departments", findings)
    return headcounts


def _new_wave(
    store: Store,
    owner: Organisation,
    title: str,
    columns: Columns,
    today: date,
    groups: Groups,
) -> Wave:
    settings = WaveSettings(
        title=title,
        instrument=FIVE_QUESTIONS,
        items=tuple(columns.items),
        position=columns.position is not None,
        contact=columns.contact is not None,
        smallest_group=groups.smallest_group or owner.profile.smallest_group,
        retention_days=owner.profile.retention_days,
        position_by_division=groups.by_division and columns.position is not None,
        contact_by_division=groups.by_division and columns.contact is not None,
    )
    return store.waves.open(store.waves.add(owner, settings, new_code()), today)


def _stored(response: ImportedResponse, ids: Mapping[tuple[str, ...], int]) -> Response:
    return Response(
        nonce=response.nonce,
        department=ids[response.path] if response.path else None,
        leads=response.leads,
        customer=response.customer,
        answers=response.answers,
        comments=response.comments,
    )


def _headcounts(store: Store, organisation: str) -> Headcounts:
    """What is known of an organisation's headcounts already, if there is such an organisation."""
    found = _organisation(store, organisation)
    return {d.path: d.headcount for d in store.organisations.departments(found)} if found else {}


def _organisation(store: Store, name: str) -> Organisation | None:
    return next((o for o in store.organisations.all() if o.name == name), None)


def _wave(store: Store, organisation: Organisation, title: str) -> Wave | None:
    waves = (w for w in store.waves.all() if w.organisation == organisation and w.title == title)
    return next(waves, None)


def _check_fits(wave: Wave, columns: Columns, groups: Groups | None) -> None:
    """More rows may join a wave that is open and asks the same; its groups are fixed."""
    if wave.state is not WaveState.OPEN:
        raise NotAllowed("error.wave_not_open", wave=wave.title, state=wave.state)
    if set(wave.settings.items) != set(columns.items):
        raise ImportProblem(
            "error.import_other_items",
            wave=wave.title,
            items=", ".join(wave.settings.items),
            found=", ".join(columns.items),
        )
    if groups is not None:
        raise NotAllowed("error.wave_groups_fixed", wave=wave.title)
