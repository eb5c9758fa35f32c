"""The store's contract: what every database behind Kundenkompass must do.

A store has one shelf for each kind of thing, described in `data/shelves`. The
SQLite store (`data/sqlite`) fulfils the contract today; its tests are written
against this module, so that a second store can be held to the same.

Every method may raise `DatabaseProblem`. All writes are whole or not at all,
and are on disk when the method returns.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from data.shelves.accounts import Accounts
from data.shelves.answers import Answers
from data.shelves.audit import AuditLog
from data.shelves.expectations import Expectations
from data.shelves.invitations import Invitations
from data.shelves.measures import Measures
from data.shelves.organisations import Organisations
from data.shelves.personal import PersonalInvitations
from data.shelves.profiles import Profiles
from data.shelves.releases import Releases
from data.shelves.sessions import Sessions
from data.shelves.waves import Waves
from data.shelves.workshops import Workshops


class Store(Protocol):
    """Everything that is kept."""

    @property
    def organisations(self) -> Organisations:
        """The shelf of clients."""
        ...

    @property
    def profiles(self) -> Profiles:
        """The shelf of how clients speak and look."""
        ...

    @property
    def waves(self) -> Waves:
        """The shelf of waves."""
        ...

    @property
    def invitations(self) -> Invitations:
        """The shelf of links."""
        ...

    @property
    def personal(self) -> PersonalInvitations:
        """The shelf of links for one person each."""
        ...

    @property
    def answers(self) -> Answers:
        """The shelf of responses."""
        ...

    @property
    def expectations(self) -> Expectations:
        """The shelf of targets and predictions."""
        ...

    @property
    def releases(self) -> Releases:
        """The shelf of results."""
        ...

    @property
    def measures(self) -> Measures:
        """The shelf of what was agreed, after a release or in a workshop."""
        ...

    @property
    def workshops(self) -> Workshops:
        """The shelf of rooms that vote, and of what they said."""
        ...

    @property
    def accounts(self) -> Accounts:
        """The shelf of people who may sign in."""
        ...

    @property
    def sessions(self) -> Sessions:
        """The shelf of browsers that are signed in, and of one-time links."""
        ...

    @property
    def audit(self) -> AuditLog:
        """The shelf of who did what."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Everything that this thread writes in the block is kept, or none of it."""
        ...

    def check(self) -> None:
        """Read and lock the database for a moment; `DatabaseProblem` if that fails."""
        ...

    def truncate_log(self) -> None:
        """Empty the write-ahead log, whose frames keep the order of arrival."""
        ...

    def back_up(self, file: Path) -> None:
        """Write a whole copy to a new file, for its owner only. `SetUpProblem` names the file.

        Answers may go on coming in meanwhile. The copy keeps what it holds.
        """
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
