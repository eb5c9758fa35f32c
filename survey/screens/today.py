"""The clock of the screens."""

from datetime import UTC, date, datetime


def today() -> date:
    """Today, where the server is."""
    return date.today()


def now() -> datetime:
    """This moment, with its time zone."""
    return datetime.now(UTC)
