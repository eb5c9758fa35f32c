"""The commands of whoever runs the server: purge, backup, restore. No Streamlit."""

import contextlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from data.audit import AuditAct
from data.errors import NotAllowed
from data.model import Wave, WaveState
from data.sqlite import restoring
from data.store import Store
from survey.auditing import COMMAND_LINE, note
from survey.console import FILE, in_words, opened, say
from survey.settings import database_path
from survey.web.upkeep import purge_due


@click.command(help=say("cli.purge.help"))
@click.option("--wave", help=say("cli.purge.wave"))
@click.option("--yes", is_flag=True, help=say("cli.purge.yes"))
def purge(wave: str | None, yes: bool) -> None:
    """Delete the raw answers whose time is over, or those of one released wave."""
    with opened(tidy=False) as store:
        if wave is None:
            _purge_due(store, date.today())
        else:
            _purge_now(store, store.waves.find(wave), yes=yes)


def _purge_due(store: Store, today: date) -> None:
    deleted = purge_due(store, today)
    _tell_purged(deleted)
    if not deleted:
        click.echo(say("cli.purge.nothing"))
    for wave in store.answers.kept()[:1]:
        click.echo(say("cli.purge.next", wave=wave.title, day=wave.due_on))


def _purge_now(store: Store, wave: Wave, *, yes: bool) -> None:
    if wave.state is not WaveState.RELEASED:
        raise NotAllowed("error.wave_not_released", wave=wave.title)
    if wave not in store.answers.kept():
        click.echo(say("cli.purge.empty", wave=wave.title))
        return
    if not yes:
        click.echo(say("cli.purge.sure", wave=wave.title), err=True)
        with contextlib.suppress(click.Abort):
            yes = click.prompt(say("cli.purge.type", code=wave.code), err=True) == wave.code
    if not yes:
        raise NotAllowed("error.purge_unconfirmed", code=wave.code)
    with store.together():
        deleted = store.answers.purge_wave(wave, date.today())
        note(store, COMMAND_LINE, AuditAct.PURGED, wave.organisation.id, wave.title)
    _tell_purged({wave: deleted})


def _tell_purged(deleted: Mapping[Wave, int]) -> None:
    for wave, responses in deleted.items():
        click.echo(say.count("cli.purge.done", responses, wave=wave.title))


@click.command(help=say("cli.backup.help"))
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write a copy of the database."""
    with opened() as store:
        store.back_up(file)
        note(store, COMMAND_LINE, AuditAct.BACKED_UP, subject=file.name)
        click.echo(say("cli.backup.done", file=file))


@click.command(help=say("cli.restore.help"))
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Put a backup in the place of the database."""
    with in_words():
        restored = restoring.restore(database_path(), file, date.today())
    click.echo(say("cli.restore.done", file=file))
    _tell_purged(restored.purged)
    if restored.purged:
        click.echo(say("cli.restore.backup_keeps", file=file))
    if restored.kept:
        key = "cli.restore.kept" if restored.readable else "cli.restore.kept_damaged"
        click.echo(say(key, file=restored.kept))
    with opened(tidy=False) as store:
        note(store, COMMAND_LINE, AuditAct.RESTORED, subject=file.name)
