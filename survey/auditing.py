"""Writes down who did what. Call it in the transaction of the act: `with store.together():`."""

from datetime import UTC, datetime

from data.audit import BY_ITSELF, AuditAct, AuditEntry
from data.store import Store

COMMAND_LINE = BY_ITSELF
"""Who acts where no account does: whoever runs commands on the server."""

SOMEBODY = "–"
"""Who acts where nobody has said who they are."""


def note(
    store: Store, who: str, act: AuditAct, organisation: int | None = None, subject: str = ""
) -> None:
    """Write an act down. `who`: an account's `label`, or `COMMAND_LINE`."""
    store.audit.write(AuditEntry(datetime.now(UTC), who, act, organisation, subject))
