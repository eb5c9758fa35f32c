"""The command line: `kundenkompass --help`; `keeping` has more of it. No Streamlit.

Exit codes: 0 done, 1 it could not be done (the message says why), 2 the call
itself was wrong.
"""

import contextlib
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import click

from data.audit import AuditAct
from data.departments import split_path
from data.errors import SetUpProblem
from data.importing import Mapped
from data.model import DEFAULT_SMALLEST_GROUP, LARGEST_SMALLEST_GROUP, Wave
from data.tables import Row
from survey import checking, expecting, exporting, keeping, releasing, running
from survey.auditing import COMMAND_LINE, note
from survey.console import FILE, opened, say
from survey.extracts import EXTRACTS
from survey.results import load_results
from survey.sentences import headline_sentences
from survey.settings import database_path, public_url, signing_secret
from survey.typed import means, pairs


@click.group(help=say("cli.help"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kundenkompass")
def main() -> None:
    """Ask, release, export: each command opens the database and closes it again."""


for command in (keeping.purge, keeping.backup, keeping.restore, checking.check):
    main.add_command(command)


@main.command(help=say("cli.demo.help"))
def demo() -> None:
    """Create the demo organisation."""
    with opened() as store:
        for wave in running.demo(store):
            _tell(wave)


@main.command(name="import", help=say("cli.import.help"))
@click.argument("file", type=FILE)
@click.option("--organisation", required=True, help=say("cli.import.organisation"))
@click.option("--wave", required=True, help=say("cli.import.wave"))
@click.option("--department", required=True, help=say("cli.import.department"))
@click.option("--position", help=say("cli.import.position"))
@click.option("--contact", help=say("cli.import.contact"))
@click.option("--map", "items", multiple=True, metavar="COLUMN=ITEM", help=say("cli.import.map"))
@click.option(
    "--map-value",
    "values",
    multiple=True,
    metavar="COLUMN:THEIRS=OURS",
    help=say("cli.import.map_value"),
)
@click.option("--headcount", type=FILE, help=say("cli.import.headcount"))
@click.option("--separator", default="/", show_default=True, help=say("cli.import.separator"))
@click.option(
    "--smallest-group",
    type=click.IntRange(DEFAULT_SMALLEST_GROUP, LARGEST_SMALLEST_GROUP),
    help=say("cli.import.smallest_group"),
)
@click.option("--by-division", is_flag=True, help=say("cli.import.by_division"))
def import_(
    file: Path,
    organisation: str,
    wave: str,
    department: str,
    position: str | None,
    contact: str | None,
    items: tuple[str, ...],
    values: tuple[str, ...],
    headcount: Path | None,
    separator: str,
    smallest_group: int | None,
    by_division: bool,
) -> None:
    """Import a table of answers."""
    with opened() as store, contextlib.ExitStack() as bars:
        mapped = Mapped(department, position, contact, pairs(items), values, separator)
        groups = running.Groups(smallest_group or DEFAULT_SMALLEST_GROUP, by_division)
        chosen = groups if smallest_group or by_division else None
        imported = running.import_file(
            store,
            file,
            organisation,
            wave,
            mapped,
            headcount,
            date.today(),
            _progress(bars),
            chosen,
        )
        bars.close()
        click.echo(say.count("cli.import.done", imported.responses))
        if imported.without_department:
            click.echo(say.count("cli.import.without_department", imported.without_department))
        if imported.unused:
            click.echo(say("cli.import.unused", columns=", ".join(imported.unused)))
        _tell(imported.wave)


@main.command(help=say("cli.close.help"))
@click.argument("wave")
def close(wave: str) -> None:
    """Close an open wave."""
    with opened() as store:
        with store.together():
            closed = store.waves.close(store.waves.find(wave), date.today())
            note(store, COMMAND_LINE, AuditAct.WAVE_CLOSED, closed.organisation.id, closed.title)
        _tell(closed)


@main.command(help=say("cli.release.help"))
@click.argument("wave")
def release(wave: str) -> None:
    """Release a closed wave."""
    with opened() as store:
        found = store.waves.find(wave)
        click.echo(say("cli.release.working"), err=True)
        with click.progressbar(
            length=len(found.settings.items), label=say("cli.release.checking"), file=sys.stderr
        ) as bar:
            released = releasing.release(
                store, found, date.today(), lambda done, _: bar.update(done - bar.pos)
            )
        _tell(released)


@main.command(help=say("cli.export.help"))
@click.argument("wave")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["csv", "json"]),
    default="csv",
    show_default=True,
    help=say("cli.export.format"),
)
@click.option(
    "--table",
    "extract",
    type=click.Choice(list(EXTRACTS)),
    default="scores",
    show_default=True,
    help=say("cli.export.table"),
)
@click.option("--output", type=FILE, help=say("cli.export.output"))
def export(wave: str, kind: str, extract: str, output: Path | None) -> None:
    """Export a release."""
    with opened() as store:
        found = load_results(store, store.waves.find(wave))
        note(store, COMMAND_LINE, AuditAct.EXPORTED, found.wave.organisation.id, found.wave.title)
        as_text = exporting.as_csv if kind == "csv" else exporting.as_json
        text = as_text(found, extract)
        if output is None:
            click.echo(text, nl=False)
        else:
            _write(output, text)
            click.echo(say("cli.export.done", file=output), err=True)


@main.command(help=say("cli.findings.help"))
@click.argument("wave")
def findings(wave: str) -> None:
    """Print the headlines of a release."""
    with opened() as store:
        for sentence in headline_sentences(say, load_results(store, store.waves.find(wave))):
            click.echo(sentence)


@main.command(help=say("cli.target.help"))
@click.argument("wave")
@click.argument("values", nargs=-1, metavar="DIMENSION=MEAN...")
@click.option("--department", default="", help=say("cli.target.department"))
def target(wave: str, values: tuple[str, ...], department: str) -> None:
    """Set the targets of a wave, or of one of its departments."""
    with opened() as store:
        found = store.waves.find(wave)
        path = split_path(department, found.organisation.separator)
        expecting.set_targets(store, found, path, means(values))
        done = say("cli.target.done" if values else "cli.target.removed", wave=found.title)
        click.echo(done)


@main.command(help=say("cli.predict.help"))
@click.argument("wave")
@click.argument("values", nargs=-1, required=True, metavar="DIMENSION=MEAN...")
@click.option("--by", required=True, help=say("cli.predict.by"))
def predict(wave: str, values: tuple[str, ...], by: str) -> None:
    """Enter what leadership predicts of a wave."""
    with opened() as store:
        found = store.waves.find(wave)
        expecting.predict(store, found, means(values), by, date.today())
        click.echo(say("cli.predict.done", wave=found.title))


def _address() -> str:
    return public_url() or "http://127.0.0.1:8501"


@main.command(name="owner-link", help=say("cli.owner_link.help"))
@click.option("--url", default=_address, show_default=_address(), help=say("cli.owner_link.url"))
def owner_link(url: str) -> None:
    """Print a new one-time owner link."""
    from survey.ownership import Ownership  # noqa: PLC0415 - only this command needs it

    with opened() as store:
        ownership = Ownership(store, signing_secret(database_path()))
        click.echo(f"{url.rstrip('/')}/owner/{ownership.offer()}")


def _tell(wave: Wave) -> None:
    state = say.state(wave.state)
    click.echo(say("cli.wave", wave=wave.title, code=wave.code, state=state))


def _progress(bars: contextlib.ExitStack) -> Callable[[Sequence[Row]], Callable[[], None]]:
    """A bar over the rows, shown where somebody is watching."""

    def watch(rows: Sequence[Row]) -> Callable[[], None]:
        bar = click.progressbar(
            length=len(rows),
            label=say("cli.import.reading"),
            file=sys.stderr,
            update_min_steps=500,
        )
        bars.enter_context(bar)
        return lambda: bar.update(1)

    return watch


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise SetUpProblem("error.file_unwritable", file=path) from error
