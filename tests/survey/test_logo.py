"""A logo is a small picture and nothing else, whatever was uploaded."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from data.errors import SetUpProblem
from survey.logo import LARGEST_FILE, SIZE, prepare_logo

HIDDEN = "Koordinaten 47.37 8.54"
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)


def picture(kind: str, size: tuple[int, int] = (900, 300), mode: str = "RGB") -> bytes:
    """A red picture as a file of this kind."""
    packed = BytesIO()
    Image.new(mode, size, "red").save(packed, kind)
    return packed.getvalue()


def opened(file: bytes) -> Image.Image:
    """The picture in a file."""
    return Image.open(BytesIO(file))


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a PNG file."""
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is as large as this."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n"
    pixels = zlib.compress(bytes(1_000_000))
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_png_jpeg_and_webp_become_a_small_png(kind: str) -> None:
    """At most 480 × 160 pixels, in the proportions they had."""
    logo = opened(prepare_logo(picture(kind)))
    assert (logo.format, logo.size) == ("PNG", SIZE)


@pytest.mark.parametrize(
    ("size", "kept"), [((100, 40), (100, 40)), ((4000, 100), (480, 12)), ((100, 4000), (4, 160))]
)
def test_a_logo_is_never_enlarged_or_stretched(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    """A small one stays as it is."""
    assert opened(prepare_logo(picture("PNG", size))).size == kept


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_every_kind_of_colour_is_taken(mode: str) -> None:
    """Grey, with a palette, see-through."""
    packed = BytesIO()
    Image.new("RGB", (90, 30), "white").convert(mode).save(packed, "PNG")
    assert opened(prepare_logo(packed.getvalue())).size == (90, 30)


def test_what_is_see_through_stays_so() -> None:
    """A logo stands on light and on dark pages."""
    packed = BytesIO()
    Image.new("RGBA", (90, 30), (255, 0, 0, 0)).save(packed, "PNG")
    assert opened(prepare_logo(packed.getvalue())).convert("RGBA").getpixel((5, 5))[3] == 0


def test_nothing_of_the_file_but_its_picture_is_kept() -> None:
    """No place, no maker, no colour profile, no text that a program may have hidden in it."""
    source = Image.new("RGB", (900, 300), "red")
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", HIDDEN)
    exif = source.getexif()
    exif[0x010E] = HIDDEN
    packed = BytesIO()
    source.save(packed, "PNG", pnginfo=texts, exif=exif, icc_profile=HIDDEN.encode())
    file = packed.getvalue() + HIDDEN.encode()
    logo = prepare_logo(file)
    assert HIDDEN.encode() in file
    assert HIDDEN.encode() not in logo
    names = {name for name in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP") if name in logo}
    assert names == set()


def test_a_photo_is_turned_the_right_way_up() -> None:
    """Phones write down which way is up instead of turning the picture."""
    source = Image.new("RGB", (300, 100), "red")
    exif = source.getexif()
    exif[0x0112] = 6
    packed = BytesIO()
    source.save(packed, "JPEG", exif=exif)
    assert opened(prepare_logo(packed.getvalue())).size == (53, 160)


def test_a_detailed_logo_is_still_light() -> None:
    """Phones load it before anybody answers."""
    packed = BytesIO()
    Image.effect_noise((1000, 340), 90).convert("RGB").save(packed, "JPEG")
    assert len(prepare_logo(packed.getvalue())) < 100_000


@pytest.mark.parametrize(
    ("file", "key"),
    [
        pytest.param(b"", "error.logo_unreadable", id="empty"),
        pytest.param(b"%PDF-1.7 ...", "error.logo_unreadable", id="a pdf"),
        pytest.param(picture("PNG")[:300], "error.logo_unreadable", id="cut off"),
        pytest.param(picture("GIF"), "error.logo_unreadable", id="a gif"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(300), "error.logo_unreadable", id="garbage"),
        pytest.param(SVG, "error.logo_svg", id="svg"),
        pytest.param(bytes(5 * 1024 * 1024), "error.logo_heavy", id="5 MB"),
        pytest.param(claiming(6000, 6000), "error.logo_pixels", id="36 million pixels"),
        pytest.param(claiming(60000, 60000), "error.logo_pixels", id="a bomb"),
        pytest.param(claiming(0, 10), "error.logo_unreadable", id="no width"),
    ],
)
def test_what_cannot_be_a_logo_is_refused_in_words(file: bytes, key: str) -> None:
    """Before it fills the memory, and never with a traceback."""
    with pytest.raises(SetUpProblem) as refused:
        prepare_logo(file)
    assert refused.value.key == key


def test_a_file_as_large_as_allowed_is_looked_at() -> None:
    """The limit itself is allowed."""
    file = picture("PNG")
    whole = file + bytes(LARGEST_FILE - len(file))
    assert opened(prepare_logo(whole)).size == SIZE
