"""What people type, without what cannot be seen. Pure."""

import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co"}


def one_line(text: str) -> str:
    """Without what cannot be seen, and with single blanks."""
    return " ".join(plain_text(text).split())


def plain_text(text: str) -> str:
    """Without characters that cannot be seen or that turn the text around; lines are kept."""
    lines = text.replace("\r\n", "\n")
    kept = (c for c in lines if c == "\n" or unicodedata.category(c) not in _UNSEEN)
    return "".join(kept).strip()
