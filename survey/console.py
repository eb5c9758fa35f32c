"""What every command stands on: the store, lent, and what went wrong, in words. No Streamlit."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

import click

from data.errors import Problem
from data.sqlite import open_store
from data.store import Store
from survey.running import keep_time
from survey.settings import command_line_language, database_path
from survey.web.upkeep import look_after
from survey.wording import wording

say = wording(command_line_language())

FILE = click.Path(path_type=Path)


class Refused(click.ClickException):
    """It could not be done; exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say why, in the person's language."""
        click.echo(say("cli.refused", reason=self.message), file=file, err=file is None)


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """Say what went wrong in words, never as a traceback."""
    try:
        yield
    except Problem as problem:
        raise Refused(say.problem(problem)) from problem


@contextlib.contextmanager
def opened(*, tidy: bool = True) -> Iterator[Store]:
    """Lend the store, looked after first; say what went wrong in words."""
    with in_words(), contextlib.closing(open_store(database_path())) as store:
        if tidy:
            keep_time(store, datetime.now(UTC))
            look_after(store, date.today())
        yield store
