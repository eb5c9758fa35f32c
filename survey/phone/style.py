"""How phones' pages look, and what they may load: themselves, and one script of this server."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from survey.form.style import Style, plain_style

_OWN = (Path(__file__).parent / "phone.css").read_text(encoding="utf-8")
_FOLLOWING = "; script-src 'self'; connect-src 'self'"


@lru_cache(maxsize=256)
def phone_style(accent: str | None = None) -> Style:
    """The light form's style. `accent`: of an organisation's profile."""
    return plain_style(_OWN, accent)


@lru_cache(maxsize=256)
def following_style(accent: str | None = None) -> Style:
    """The same, of a page with the script that follows the room."""
    plain = phone_style(accent)
    return replace(plain, policy=plain.policy + _FOLLOWING)
