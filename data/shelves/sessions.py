"""What a store must know of signed-in browsers and of one-time links. See `data.store`."""

from datetime import datetime, timedelta
from typing import Protocol

from data.accounts import Account, Ticket, TicketKind


class Sessions(Protocol):
    """Which browsers are whose, and which links are good. Only hashes are kept."""

    def begin(self, session: bytes, account: Account, now: datetime, until: datetime) -> None:
        """Sign a browser in, until then at the latest. `NotFound` if the account is gone."""
        ...

    def account(self, session: bytes, now: datetime, idle: timedelta) -> Account | None:
        """Whose session it is; None if it is unknown, over, or was not used for `idle`.

        Using it is written down once a minute at most.
        """
        ...

    def end(self, session: bytes) -> None:
        """Sign this browser out."""
        ...

    def end_all(self, account: Account) -> None:
        """Sign all browsers of an account out."""
        ...

    def offer(
        self, ticket: bytes, kind: TicketKind, account: Account | None, until: datetime
    ) -> None:
        """Make a one-time link good until then.

        Earlier ones of the same kind and account end, but for those that sign on.
        `NotFound` if the account is gone.
        """
        ...

    def offered(self, ticket: bytes, kind: TicketKind, now: datetime) -> Ticket | None:
        """What a link of this kind stands for if it is good; it stays good."""
        ...

    def redeem(self, ticket: bytes, kind: TicketKind, now: datetime) -> Ticket | None:
        """What a link of this kind stood for if it was good; from now on it is not."""
        ...
