"""A shared device: a tablet on the canteen's table. It goes back to an empty form by itself.

Without JavaScript a page cannot tell whether somebody is still typing. So an
abandoned form is emptied after ten minutes, five times what it takes, and says so;
who needs longer asks for a form that waits (WCAG 2.2.1), which is only for them:
after the thanks the device empties itself as before.
"""

from collections.abc import Mapping

from data.model import Invitation

KIOSK = "1"
WAITING = "slow"
WAYS = (KIOSK, WAITING)

EMPTY_AFTER = 600
"""Seconds until an abandoned form is empty again."""

NEXT_AFTER = 10
"""Seconds that the thanks are shown."""


def kiosk_way(invitation: Invitation, fields: Mapping[str, str]) -> str:
    """How a shared device shows the form, "" where it is no such device or a personal link."""
    asked = fields.get("kiosk", "")
    return asked if asked in WAYS and invitation.personal is None else ""


def kiosk_address(code: str, language: str) -> str:
    """The empty form on a shared device."""
    return f"/q/{code}?kiosk={KIOSK}&lang={language}"


def kiosk_headers(code: str, language: str, way: str, seconds: int) -> dict[str, str]:
    """Keeps nothing of the person before, and begins anew after so many seconds."""
    if not way:
        return {}
    headers = {"Cache-Control": "no-store"}
    if way == KIOSK:
        headers["Refresh"] = f"{seconds};url={kiosk_address(code, language)}"
    return headers
