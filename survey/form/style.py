"""How employees' pages look: their style sheets in an organisation's accent, and their policies.

The styles stand in the page, so that it is one request; its policy names them by hash.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from survey.colours import accent_of

_HERE = Path(__file__).parent
_FORM = (_HERE / "form.css").read_text(encoding="utf-8")
_OVERVIEW = (_HERE / "overview.css").read_text(encoding="utf-8")
_SHEET = (_HERE / "sheet.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Style:
    """What stands in a page's <style>, and the Content-Security-Policy that goes with it."""

    css: Markup
    policy: str


@lru_cache(maxsize=256)
def form_style(accent: str | None = None) -> Style:
    """The style of the form and its messages. `accent`: of an organisation's profile."""
    return _style(_FORM + _accent(accent))


@lru_cache(maxsize=256)
def sheet_style(accent: str | None = None) -> Style:
    """The style of the privacy sheet, which is printed in black."""
    return _style(_FORM + _accent(accent) + _SHEET)


@lru_cache(maxsize=256)
def preview_style(accent: str | None = None) -> Style:
    """The form's style where our own screens show it in a frame."""
    return _style(_FORM + _accent(accent), framed_by="'self'")


@lru_cache(maxsize=256)
def overview_style(accent: str | None = None) -> Style:
    """The style of what employees see of a release."""
    return _style(_FORM + _accent(accent) + _OVERVIEW)


def plain_style(more: str, accent: str | None = None) -> Style:
    """The form's style with more of a page's own, in the house's accent or an organisation's."""
    return _style(_FORM + _accent(accent) + more)


def _accent(chosen: str | None) -> str:
    if chosen is None:
        return ""
    accent = accent_of(chosen)
    return (
        f":root{{--accent:{accent.light}}}"
        f"@media(prefers-color-scheme:dark){{:root{{--accent:{accent.dark}}}}}"
    )


def _style(css: str, framed_by: str = "'none'") -> Style:
    """The policy lets a page show itself, send its form, and do nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return Style(
        css=Markup(css),  # noqa: S704 - our own files, and colours that were checked
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:;"
        f" form-action 'self'; base-uri 'none'; frame-ancestors {framed_by}",
    )
