"""The values of the audit log: who did what and when. Imports nothing of the house.

It holds acts of accounts, never an answer, a comment or who took part.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

BY_ITSELF = "kundenkompass"
"""Who acts where no account does: the server at a wave's time, or whoever runs commands on it."""


class AuditAct(StrEnum):
    """What somebody did."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT_EVERYWHERE = "signed_out_everywhere"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_REMOVED = "account_removed"
    PASSWORD_LINK_MADE = "password_link_made"  # noqa: S105 - an act, not a password
    PASSWORD_SET = "password_set"  # noqa: S105
    ORGANISATION_ADDED = "organisation_added"
    ORGANISATION_CHANGED = "organisation_changed"
    ORGANISATION_ERASED = "organisation_erased"
    DEPARTMENTS_CHANGED = "departments_changed"
    WAVE_ADDED = "wave_added"
    WAVE_CHANGED = "wave_changed"
    WAVE_REMOVED = "wave_removed"
    WAVE_OPENED = "wave_opened"
    WAVE_CLOSED = "wave_closed"
    WAVE_REOPENED = "wave_reopened"
    WAVE_RELEASED = "wave_released"
    GROUP_RAISED = "group_raised"
    TARGETS_SET = "targets_set"
    PREDICTED = "predicted"
    MEASURE_ADDED = "measure_added"
    MEASURE_CHANGED = "measure_changed"
    MEASURE_REMOVED = "measure_removed"
    WORKSHOP_ADDED = "workshop_added"
    WORKSHOP_BEGUN = "workshop_begun"
    WORKSHOP_ENDED = "workshop_ended"
    WORKSHOP_REMOVED = "workshop_removed"
    INVITED = "invited"
    REMINDED = "reminded"
    EXPORTED = "exported"
    PURGED = "purged"
    IMPORTED = "imported"
    DEMO_ADDED = "demo_added"
    BACKED_UP = "backed_up"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. `who`: the name and e-mail at the time, or what acted by itself.

    `organisation`: the id of the organisation concerned, None where there is none.
    `subject`: what was acted on, as plain text (a wave's title, an account's e-mail).
    """

    at: datetime
    who: str
    act: AuditAct
    organisation: int | None = None
    subject: str = ""
