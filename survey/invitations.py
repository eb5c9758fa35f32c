"""Links to a wave: their codes, their addresses, and QR codes of these."""

import secrets
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import urlsplit

import segno

from data.model import Department

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""What codes are made of: nothing that looks like something else (no i, l, o, 0, 1)."""

CODE_LENGTH = 8

PERSONAL_LENGTH = 27
"""Signs of a personal code: 31 to the 27th is more than 2 to the 133rd."""


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A short code that can be read from a wall and typed on a phone."""
    return "".join(choose(ALPHABET) for _ in range(CODE_LENGTH))


def new_personal_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A code that nobody guesses."""
    return "".join(choose(ALPHABET) for _ in range(PERSONAL_LENGTH))


def department_codes(departments: Iterable[Department]) -> dict[str, Department]:
    """One new code for each department."""
    return {new_code(): department for department in departments}


def readable_code(typed: str) -> str:
    """A code as it is stored, however it was typed: no blanks or hyphens, lower case."""
    return "".join(typed.split()).replace("-", "").lower()


def spaced_code(code: str) -> str:
    """A code as people read it: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def form_address(origin: str, code: str) -> str:
    """The address of the light form for a link, as links and QR codes carry it."""
    return f"{origin}/q/{code}"


def is_local(origin: str) -> bool:
    """Whether an address means the very device it is opened on."""
    return urlsplit(origin).hostname in {"localhost", "127.0.0.1", "::1"}


def typing_address(origin: str) -> str:
    """Where a code can be typed, as a poster says it: without https://."""
    return f"{origin.partition('://')[2]}/q"


@lru_cache(maxsize=64)
def qr(address: str) -> str:
    """The QR code as a data address, dark on white in dark mode too."""
    return str(segno.make(address, error="m").svg_data_uri(scale=8, border=4, light="white"))


def sheet_address(code: str, language: str) -> str:
    """The address of a wave's privacy sheet, on this server."""
    return f"/q/{code}/privacy?lang={language}"
