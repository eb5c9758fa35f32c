"""What a store must know of the owner's browsers. See `data.store`."""

from datetime import datetime
from typing import Protocol


class Sessions(Protocol):
    """Which browsers are the owner's. Only hashes are kept."""

    def offer(self, link: bytes) -> None:
        """Make this the one owner link that is good; earlier ones are not any more."""
        ...

    def redeem(self, link: bytes, session: bytes, until: datetime) -> bool:
        """Turn an owner link into a session, once; False if the link is not good."""
        ...

    def known(self, session: bytes, now: datetime) -> bool:
        """Whether this session is the owner's and has not run out."""
        ...

    def end(self, session: bytes) -> None:
        """Sign this browser out."""
        ...
