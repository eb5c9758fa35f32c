"""How much room a text takes, and lines that fit. No Streamlit."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

_FONT = Path(__file__).parents[1] / "posters" / "fonts" / "DejaVuSans.ttf"
"""As wide as what browsers draw charts with in bold, so what fits in it fits in theirs."""

_MEASURED_AT = 100


def width(text: str, size: float) -> float:
    """The room a text takes on one line, in pixels, at this size of type; rather too much."""
    return _font().getlength(text) * size / _MEASURED_AT


def lines(text: str, size: float, room: float) -> list[str]:
    """A text in lines that are at most `room` pixels wide; a longer word goes on below."""
    found, line = [], ""
    for word in text.split():
        if line and width(f"{line} {word}", size) > room:
            found.append(line)
            line = ""
        *pieces, rest = _pieces(word, size, room)
        found += pieces
        line = f"{line} {rest}" if line else rest
    return [*found, line] if line else found


def _pieces(word: str, size: float, room: float) -> list[str]:
    """A word as it is, or cut where it would be wider than the room."""
    if width(word, size) <= room:
        return [word]
    found = [""]
    for letter in word:
        if found[-1] and width(found[-1] + letter, size) > room:
            found.append("")
        found[-1] += letter
    return found


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, _MEASURED_AT)
