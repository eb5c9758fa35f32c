"""Makes a safe, small logo of an uploaded file. No Streamlit.

What is kept is drawn anew: a PNG of at most 480 × 160 pixels that holds the
picture and nothing else of the file, neither place nor maker nor hidden parts.
"""

import struct
from io import BytesIO

from PIL import Image, ImageOps

from data.errors import SetUpProblem

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_PIXELS = 20_000_000
"""What is opened at all: a tiny file can claim to be a picture that fills the memory."""

SIZE = (480, 160)
_FORMATS = ("PNG", "JPEG", "WEBP")
_HEAVY = 60_000
"""Bytes beyond which a logo gets along with 256 colours; phones load it before they answer."""

_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, struct.error)
"""What Pillow raises of files that are no images, or not whole."""


def prepare_logo(file: bytes) -> bytes:
    """The PNG to keep. `SetUpProblem` says what is wrong with the file."""
    if len(file) > LARGEST_FILE:
        raise SetUpProblem("error.logo_heavy", largest=LARGEST_FILE // 1024 // 1024)
    if b"<svg" in file[:2048].lower():
        raise SetUpProblem("error.logo_svg")
    try:
        return _drawn_anew(file)
    except Image.DecompressionBombError as error:
        raise SetUpProblem("error.logo_pixels", most=LARGEST_PIXELS // 1_000_000) from error
    except _BROKEN as error:
        raise SetUpProblem("error.logo_unreadable") from error


def _drawn_anew(file: bytes) -> bytes:
    with Image.open(BytesIO(file), formats=_FORMATS) as opened:
        if opened.width * opened.height > LARGEST_PIXELS:
            raise SetUpProblem("error.logo_pixels", most=LARGEST_PIXELS // 1_000_000)
        opened.load()
        # Only then turned: a phone's photo says by its metadata which way is up.
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    picture.thumbnail(SIZE, Image.Resampling.LANCZOS)
    if picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    packed = _packed(picture)
    return packed if len(packed) <= _HEAVY else _packed(picture.quantize(256, method=2))


def _packed(picture: Image.Image) -> bytes:
    picture.info.clear()
    packed = BytesIO()
    picture.save(packed, "PNG", optimize=True)
    return packed.getvalue()
