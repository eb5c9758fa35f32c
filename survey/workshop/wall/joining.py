"""How phones find a workshop: its address, its QR code, its code as it is read aloud."""

from functools import lru_cache

import segno


def join_address(origin: str, code: str) -> str:
    """The address that QR codes carry."""
    return f"{origin}/w/{code}"


def typing_address(origin: str) -> str:
    """Where a code can be typed, as a wall says it: without https://."""
    return f"{origin.partition('://')[2]}/w"


def spaced(code: str) -> str:
    """A code as people read it: in two groups of three."""
    return f"{code[:3]} {code[3:]}"


@lru_cache(maxsize=64)
def qr(address: str) -> str:
    """The QR code as a data address, dark on white in dark mode too."""
    return str(segno.make(address, error="m").svg_data_uri(scale=8, border=3, light="white"))


def door(origin: str, code: str) -> dict[str, str]:
    """The way in, as templates show it."""
    return {
        "qr": qr(join_address(origin, code)),
        "code": spaced(code),
        "address": typing_address(origin),
    }
