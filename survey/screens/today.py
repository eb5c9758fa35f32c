"""The clock of the screens."""

from datetime import date


def today() -> date:
    """Today, where the server is."""
    return date.today()
