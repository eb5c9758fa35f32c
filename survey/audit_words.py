"""What the audit log says, in words and as a file. No Streamlit."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC

from data.audit import AuditAct, AuditEntry
from survey.auditing import COMMAND_LINE
from survey.exporting import spreadsheet_cell
from survey.wording import Wording

ACTS: Mapping[AuditAct, str] = {
    AuditAct.SIGNED_IN: "audit.signed_in",
    AuditAct.SIGN_IN_REFUSED: "audit.sign_in_refused",
    AuditAct.SIGNED_OUT_EVERYWHERE: "audit.signed_out_everywhere",
    AuditAct.ACCOUNT_ADDED: "audit.account_added",
    AuditAct.ACCOUNT_CHANGED: "audit.account_changed",
    AuditAct.ACCOUNT_REMOVED: "audit.account_removed",
    AuditAct.PASSWORD_LINK_MADE: "audit.password_link_made",
    AuditAct.PASSWORD_SET: "audit.password_set",
    AuditAct.ORGANISATION_ADDED: "audit.organisation_added",
    AuditAct.ORGANISATION_CHANGED: "audit.organisation_changed",
    AuditAct.ORGANISATION_ERASED: "audit.organisation_erased",
    AuditAct.DEPARTMENTS_CHANGED: "audit.departments_changed",
    AuditAct.WAVE_ADDED: "audit.wave_added",
    AuditAct.WAVE_CHANGED: "audit.wave_changed",
    AuditAct.WAVE_REMOVED: "audit.wave_removed",
    AuditAct.WAVE_OPENED: "audit.wave_opened",
    AuditAct.WAVE_CLOSED: "audit.wave_closed",
    AuditAct.WAVE_REOPENED: "audit.wave_reopened",
    AuditAct.WAVE_RELEASED: "audit.wave_released",
    AuditAct.GROUP_RAISED: "audit.group_raised",
    AuditAct.TARGETS_SET: "audit.targets_set",
    AuditAct.PREDICTED: "audit.predicted",
    AuditAct.MEASURE_ADDED: "audit.measure_added",
    AuditAct.MEASURE_CHANGED: "audit.measure_changed",
    AuditAct.MEASURE_REMOVED: "audit.measure_removed",
    AuditAct.WORKSHOP_ADDED: "audit.workshop_added",
    AuditAct.WORKSHOP_BEGUN: "audit.workshop_begun",
    AuditAct.WORKSHOP_ENDED: "audit.workshop_ended",
    AuditAct.WORKSHOP_REMOVED: "audit.workshop_removed",
    AuditAct.INVITED: "audit.invited",
    AuditAct.REMINDED: "audit.reminded",
    AuditAct.EXPORTED: "audit.exported",
    AuditAct.PURGED: "audit.purged",
    AuditAct.IMPORTED: "audit.imported",
    AuditAct.DEMO_ADDED: "audit.demo_added",
    AuditAct.BACKED_UP: "audit.backed_up",
    AuditAct.RESTORED: "audit.restored",
}
"""What each act is called; a test holds it complete."""

COLUMNS = ("at_utc", "who", "act", "act_in_words", "organisation_id", "organisation", "subject")


def who_name(say: Wording, who: str) -> str:
    """A person as the log keeps them; what acts by itself by its own name."""
    return say("audit.by_itself") if who == COMMAND_LINE else who


def as_csv(say: Wording, entries: Iterable[AuditEntry], names: Mapping[int, str]) -> str:
    """Entries as CSV (RFC 4180, comma, UTF-8), times in UTC; `names`: of organisations by id.

    What a spreadsheet would run as a formula gets an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        [
            spreadsheet_cell(cell)
            for cell in (
                entry.at.astimezone(UTC).isoformat(timespec="seconds"),
                who_name(say, entry.who),
                entry.act.value,
                say(ACTS[entry.act]),
                entry.organisation,
                names.get(entry.organisation or 0, ""),
                entry.subject,
            )
        ]
        for entry in entries
    )
    return text.getvalue()
