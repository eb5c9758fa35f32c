"""An organisation's accent colour, made readable in light and in dark. No Streamlit.

Contrast as in WCAG 2.2: text needs 4.5 : 1 (success criterion 1.4.3). Lightness
is changed in OKLCh, so that the hue stays what was chosen.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from coloraide import Color

from data.errors import SetUpProblem

READABLE = 4.5
"""The least contrast of text."""

HOUSE_LIGHT, HOUSE_DARK = "#0b6477", "#7fd0e0"
"""The accent where an organisation has none of its own."""

LIGHT_GROUNDS = ("#ffffff", "#f4f6f6")
"""What stands on, under or beside the accent in light pages: white text, cards, the page."""

DARK_GROUNDS = ("#1a2326", "#101719", "#06252c")
"""The same in dark pages: cards, the page, dark text."""

_HEX = re.compile(r"#[0-9a-f]{6}")
_STEP = 0.005
_SAFE = READABLE + 0.05
"""A little more than is asked for, as a colour of 8 bits a channel is a rounded one."""


@dataclass(frozen=True, slots=True)
class Accent:
    """An accent as "#rrggbb" in light and in dark pages, and the one that was chosen."""

    light: str
    dark: str
    chosen: str

    @property
    def darkened(self) -> bool:
        """Whether the chosen colour was too light for white text."""
        return self.light != self.chosen


HOUSE_ACCENT = Accent(HOUSE_LIGHT, HOUSE_DARK, HOUSE_LIGHT)


@lru_cache(maxsize=256)
def accent_of(chosen: str | None) -> Accent:
    """The accent made of a chosen colour, the house's own for None. `SetUpProblem`: no colour."""
    if chosen is None:
        return HOUSE_ACCENT
    chosen = chosen.strip().lower()
    if not _HEX.fullmatch(chosen):
        raise SetUpProblem("error.accent", colour=chosen)
    return Accent(
        light=_moved(chosen, LIGHT_GROUNDS, -_STEP),
        dark=_moved(chosen, DARK_GROUNDS, _STEP),
        chosen=chosen,
    )


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours, 1…21."""
    return float(Color(one).contrast(other, method="wcag21"))


def _moved(chosen: str, grounds: tuple[str, ...], step: float) -> str:
    """The nearest lightness at which a colour can be read on all grounds."""
    colour, found = Color(chosen).convert("oklch"), chosen
    while min(contrast(found, ground) for ground in grounds) < _SAFE:
        colour["lightness"] += step
        found = colour.convert("srgb").fit(method="raytrace").to_string(hex=True)
    return found
