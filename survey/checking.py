"""The command that looks whether everything is as it should be, and changes nothing. No Streamlit.

A line a check, in words; exit code 1 if anything is wrong.
"""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from data.errors import Problem
from data.model import Wave, WaveState
from data.sqlite import open_store
from data.sqlite.checking import FileState, look_through
from data.store import Store
from survey.console import in_words, say
from survey.privacy_sheet import Sheets, Trust
from survey.settings import database_path

_FINE, _WRONG = "[ok]", "[!!]"
"""Before each line; in letters that every terminal has."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check came to, in words."""

    fine: bool
    text: str


@click.command(help=say("cli.check.help"))
def check() -> None:
    """Look through the database, and say of each check what it came to."""
    path, fine = database_path(), True
    with in_words():
        for finding in checked(path):
            fine = fine and finding.fine
            click.echo(f"{_FINE if finding.fine else _WRONG} {finding.text}")
    click.echo(say("cli.check.all_fine" if fine else "cli.check.not_fine", file=path))
    if not fine:
        sys.exit(1)


def checked(path: Path) -> Iterator[Finding]:
    """One check after another. `DatabaseProblem` where there is no database of ours."""
    state = look_through(path)
    yield from _file(state)
    if not state.readable:
        yield Finding(False, say("cli.check.stopped"))
        return
    with contextlib.closing(open_store(path, to_read=True)) as store:
        yield from _waves(store)
        yield from _audit(store)


def _file(state: FileState) -> Iterator[Finding]:
    if state.damage:
        number, first = len(state.damage), state.damage[0].splitlines()[-1]
        yield Finding(False, say.count("cli.check.damaged", number, first=first))
        return
    yield Finding(True, say("cli.check.whole"))
    if state.astray:
        tables = ", ".join(sorted(state.astray))
        number = sum(state.astray.values())
        yield Finding(False, say.count("cli.check.astray", number, tables=tables))
    else:
        yield Finding(True, say("cli.check.references"))
    if state.unknown:
        yield Finding(False, say("cli.check.newer", steps=", ".join(state.unknown)))
    elif state.pending:
        yield Finding(False, say("cli.check.older", steps=", ".join(state.pending)))
    else:
        yield Finding(True, say("cli.check.schema"))


def _waves(store: Store) -> Iterator[Finding]:
    """A line for each wave with something wrong, or one for all of them."""
    try:
        waves = store.waves.all()
        wrong = [Finding(False, text) for wave in waves for text in _wrong_with(store, wave)]
    except (Problem, ValueError, KeyError) as error:
        yield _unreadable(error, say("cli.check.waves_unreadable"))
        return
    yield from wrong or [Finding(True, say.count("cli.check.waves", len(waves)))]


def _wrong_with(store: Store, wave: Wave) -> Iterator[str]:
    try:
        trust = Sheets(store).trust(wave)
        logged = trust.broken_at is not None or bool(store.waves.log(wave))
    except Problem as problem:
        yield say("cli.check.wave", wave=wave.title, code=wave.code, wrong=say.problem(problem))
        return
    found = [*_distrust(trust, wave)]
    if not logged and wave.state is not WaveState.DRAFT:
        found.append(say("sheet.log_missing"))
    for wrong in found:
        told = say("cli.check.wave", wave=wave.title, code=wave.code, wrong=wrong)
        yield f"{told} {say('cli.check.tampered')}"


def _distrust(trust: Trust, wave: Wave) -> Iterator[str]:
    if trust.broken_at is not None:
        yield say("sheet.log_broken", number=trust.broken_at)
    if trust.disagrees:
        yield say("sheet.log_disagrees")
    if trust.ends_elsewhere:
        yield say("sheet.log_ends_elsewhere", state=wave.state)
    if trust.other_figures:
        yield say("sheet.log_digest")


def _audit(store: Store) -> Iterator[Finding]:
    try:
        number = len(store.audit.read(None))
    except Problem as problem:
        yield Finding(False, say("cli.check.audit_unreadable", reason=say.problem(problem)))
        return
    yield Finding(True, say.count("cli.check.audit", number))


def _unreadable(error: Exception, otherwise: str) -> Finding:
    """A value that no version wrote ends up as whatever error its reading meets."""
    return Finding(False, say.problem(error) if isinstance(error, Problem) else otherwise)
