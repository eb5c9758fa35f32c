"""Opens the house once per process: the store, the secret, and what stands on them."""

from dataclasses import dataclass, field
from functools import cache

from data.sqlite import open_store
from data.store import Store
from survey.form.guesses import Guesses
from survey.handout import Handouts
from survey.ownership import Ownership
from survey.settings import database_path, signing_secret
from survey.submission import FormSigner


@dataclass(frozen=True, slots=True)
class House:
    """What the server and the screens share."""

    store: Store
    signer: FormSigner
    ownership: Ownership
    handouts: Handouts = field(default_factory=Handouts)
    guesses: Guesses = field(default_factory=Guesses)


@cache
def house() -> House:
    """The house of this process's database. `DatabaseProblem` if it cannot be opened."""
    path = database_path()
    store = open_store(path)
    secret = signing_secret(path)
    return House(store, FormSigner(secret), Ownership(store, secret))
