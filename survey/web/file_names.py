"""What files to take away are called."""

from urllib.parse import quote

_FORBIDDEN = '\\/:*?"<>|'


def safe(name: str) -> str:
    """A name that every system takes: without signs that mean something in paths."""
    return "".join(c if c.isprintable() and c not in _FORBIDDEN else "-" for c in name)


def attachment(name: str) -> str:
    """The Content-Disposition of a file.

    The name in plain letters for old programs, and as it is for the others (RFC 6266).
    """
    whole = safe(name)
    plain = "".join(c if c.isascii() and c not in "%;" else "_" for c in whole)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"
