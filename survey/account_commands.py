"""`kundenkompass account add|reset|list`: accounts, for whoever runs the server. No Streamlit."""

from datetime import datetime

import click

from data.accounts import Account, Role
from data.departments import split_path
from data.errors import NotFound, SetUpProblem
from data.model import Organisation
from data.store import Store
from survey import accounts
from survey.accounts import Grants
from survey.auditing import COMMAND_LINE
from survey.console import opened, say
from survey.settings import database_path, public_url, signing_secret
from survey.visitors import Visitors


def _address() -> str:
    return public_url() or "http://127.0.0.1:8501"


_ROLES = click.Choice([role.value for role in Role])
_URL = click.option("--url", default=_address, show_default=_address(), help=say("cli.account.url"))


@click.group(help=say("cli.account.help"))
def account() -> None:
    """Who may sign in."""


@account.command(help=say("cli.account.add.help"))
@click.argument("email")
@click.option("--name", required=True, help=say("cli.account.name"))
@click.option(
    "--role",
    type=_ROLES,
    required=True,
    help=say("cli.account.role"),
)
@click.option("--organisation", "names", multiple=True, help=say("cli.account.organisation"))
@click.option("--department", default="", help=say("cli.account.department"))
@_URL
def add(
    email: str, name: str, role: str, names: tuple[str, ...], department: str, url: str
) -> None:
    """Create an account and print the link for its first password."""
    with opened() as store:
        grants = _grants(store, names, department)
        added = accounts.add(store, COMMAND_LINE, email, name, Role(role), grants)
        _print_link(store, added, url)


@account.command(help=say("cli.account.reset.help"))
@click.argument("email")
@_URL
def reset(email: str, url: str) -> None:
    """Print the link for a new password."""
    with opened() as store:
        _print_link(store, store.accounts.find(email), url)


@account.command(name="list", help=say("cli.account.list.help"))
def list_() -> None:
    """Print every account."""
    with opened() as store:
        names = {one.id: one.name for one in store.organisations.all()}
        for one in store.accounts.all():
            theirs = (_grant(names[number], path) for number, path in one.grants.items())
            role = accounts.role_name(say, one.role)
            click.echo("\t".join((one.email, one.name, role, ", ".join(theirs))))


def _print_link(store: Store, one: Account, url: str) -> None:
    visitors = Visitors(store, signing_secret(database_path()))
    now = datetime.now()
    click.echo(say("cli.account.link", email=one.email), err=True)
    click.echo(accounts.password_address(store, visitors, COMMAND_LINE, one, url, now))


def _grants(store: Store, names: tuple[str, ...], department: str) -> Grants:
    if department and len(names) != 1:
        raise SetUpProblem("error.grant_one")
    known = {one.name: one for one in store.organisations.all()}
    for name in names:
        if name not in known:
            raise NotFound("error.organisation_named", organisation=name)
    return {known[name].id: _path(known[name], department) for name in names}


def _path(organisation: Organisation, department: str) -> tuple[str, ...]:
    return split_path(department, organisation.separator)


def _grant(organisation: str, path: tuple[str, ...]) -> str:
    return f"{organisation} ({' / '.join(path)})" if path else organisation
