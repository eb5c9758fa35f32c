"""How phones find a workshop: its code, its address, its QR code. No Streamlit."""

import secrets
from collections.abc import Callable

from data.errors import NotFound
from data.store import Store
from data.workshops import CODE_LENGTH, CODE_SIGNS
from survey.invitations import qr, readable_code


def new_workshop_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A code that can be read from a wall and typed on a phone."""
    return "".join(choose(CODE_SIGNS) for _ in range(CODE_LENGTH))


def typed_code(typed: str) -> str:
    """A workshop's code as it is stored, however it was typed."""
    return readable_code(typed).upper()


def free_code(store: Store) -> str:
    """One that no workshop has; of 64 million, the first is nearly always free."""
    while True:
        code = new_workshop_code()
        try:
            store.workshops.version(code)
        except NotFound:
            return code


def join_address(origin: str, code: str) -> str:
    """The address that QR codes carry."""
    return f"{origin}/w/{code}"


def door(origin: str, code: str) -> dict[str, str]:
    """The way in, as it is shown: the code in two groups, where to type it without https://."""
    return {
        "qr": qr(join_address(origin, code)),
        "code": f"{code[:3]}\N{NO-BREAK SPACE}{code[3:]}",
        "address": f"{origin.partition('://')[2]}/w",
    }
