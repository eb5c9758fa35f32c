"""Opens the house once per process: the store, the secret, and what stands on them."""

from dataclasses import dataclass, field
from functools import cache

from data.sqlite import open_store
from data.store import Store
from survey.form.guesses import Guesses
from survey.handout import Handouts
from survey.passwords import Passwords
from survey.reception import Reception
from survey.settings import database_path, signing_secret
from survey.submission import FormSigner
from survey.visitors import Visitors
from survey.web.forms import FormGuard
from survey.web.limits import Attempts
from survey.web.patience import Patience
from survey.workshop.phones import Phones

ONCE = "1 per 15 minute"
"""Longer than a provider's statement counts (`survey.screens.company`)."""


@dataclass(frozen=True, slots=True)
class House:
    """What the server and the screens share."""

    store: Store
    signer: FormSigner
    visitors: Visitors
    reception: Reception
    forms: FormGuard
    patience: Patience
    phones: Phones
    statements: Attempts
    """Which statements of an identity provider have let somebody in already."""
    handouts: Handouts = field(default_factory=Handouts)
    guesses: Guesses = field(default_factory=Guesses)


@cache
def house() -> House:
    """The house of this process's database. `DatabaseProblem` if it cannot be opened."""
    path = database_path()
    return furnished(open_store(path), signing_secret(path))


def furnished(store: Store, secret: str, passwords: Passwords | None = None) -> House:
    """A house on this store, which signs with this secret."""
    visitors = Visitors(store, secret)
    return House(
        store=store,
        signer=FormSigner(secret),
        visitors=visitors,
        reception=Reception(store, visitors, passwords or Passwords()),
        forms=FormGuard(secret),
        patience=Patience(secret),
        phones=Phones(secret),
        statements=Attempts(ONCE),
    )
