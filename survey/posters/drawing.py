"""Draws posters: one A4 page each, everything as vectors and real letters."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import segno
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, KeepInFrame, Paragraph, Spacer

from survey.posters.content import Poster

_FONTS = Path(__file__).parent / "fonts"
_PLAIN, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_WIDTH, _HEIGHT = A4
_MARGIN = 18 * mm
_INSIDE = _WIDTH - 2 * _MARGIN
_QR = 76 * mm
_QR_BOTTOM = 84 * mm
_BESIDE = _MARGIN + _QR + 12 * mm
_SOFT = HexColor("#4a5a5f")
_INK = HexColor("#1b2a2e")
_SMALLEST = 11
_BORDER = 4
"""The modules of quiet around a QR code; the page is white there anyway."""
_LOGO = (52 * mm, 16 * mm)


def draw_posters(posters: Sequence[Poster], logo: bytes | None = None) -> bytes:
    """A PDF with a page for each poster. `logo`: a PNG or JPEG; one that cannot be read is not."""
    _register_fonts()
    file = io.BytesIO()
    language = posters[0].said[0].language if posters else None
    canvas = Canvas(file, pagesize=A4, lang=language)
    canvas.setTitle(f"{posters[0].organisation}: {posters[0].title}" if posters else "")
    canvas.setCreator("Kundenkompass")
    for poster in posters:
        _draw(canvas, poster, logo)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@cache
def _register_fonts() -> None:
    for name in (_PLAIN, _BOLD):
        pdfmetrics.registerFont(TTFont(name, _FONTS / f"{name}.ttf"))


def _draw(canvas: Canvas, poster: Poster, logo: bytes | None) -> None:
    canvas.setFillColor(HexColor(poster.accent))
    canvas.rect(0, _HEIGHT - 7 * mm, _WIDTH, 7 * mm, stroke=0, fill=1)
    _draw_head(canvas, poster, logo)
    top = _HEIGHT - 36 * mm
    _fill(canvas, _invitation(poster), _QR_BOTTOM + _QR + 14 * mm, top)
    _draw_code(canvas, poster.address)
    _draw_way(canvas, poster)
    canvas.setStrokeColor(HexColor(poster.accent))
    canvas.setLineWidth(1.2)
    canvas.line(_MARGIN, _QR_BOTTOM - 12 * mm, _WIDTH - _MARGIN, _QR_BOTTOM - 12 * mm)
    _fill(canvas, _facts(poster), 12 * mm, _QR_BOTTOM - 14 * mm)


def _draw_head(canvas: Canvas, poster: Poster, logo: bytes | None) -> None:
    """The organisation's name, and its logo on the right."""
    width, height = _LOGO
    picture = _picture(logo)
    if picture:
        canvas.drawImage(
            picture,
            _WIDTH - _MARGIN - width,
            _HEIGHT - 30 * mm,
            width,
            height,
            mask="auto",
            preserveAspectRatio=True,
            anchor="e",
        )
    name = Paragraph(escape(poster.organisation), _style(14, bold=True, soft=True))
    inside = _INSIDE - (width + 6 * mm if picture else 0)
    frame = Frame(_MARGIN, _HEIGHT - 32 * mm, inside, 20 * mm, 0, 0, 0, 0)
    frame.addFromList([KeepInFrame(inside, 20 * mm, [name], mode="shrink")], canvas)


def _picture(logo: bytes | None) -> ImageReader | None:
    try:
        return ImageReader(io.BytesIO(logo)) if logo else None
    except OSError:
        return None


def _invitation(poster: Poster) -> list[Flowable]:
    """Title, for whom, and what it is about."""
    story: list[Flowable] = [Paragraph(escape(poster.title), _style(32, bold=True))]
    for number, said in enumerate(poster.said):
        story += [
            Spacer(0, 5 * mm),
            Paragraph(escape(said.whom), _style(15 if number else 19, bold=True, soft=number > 0)),
            Spacer(0, 2 * mm),
            Paragraph(escape(said.about), _style(12 if number else 15, soft=number > 0)),
        ]
    return story


def _draw_code(canvas: Canvas, address: str) -> None:
    """The QR code as squares, dark on white, with the quiet zone that scanners need."""
    modules = list(segno.make(address, error="m", micro=False).matrix_iter(border=0))
    side = _QR / len(modules)
    quiet = _BORDER * side
    canvas.setFillColor(white)
    canvas.rect(
        _MARGIN - quiet, _QR_BOTTOM - quiet, _QR + 2 * quiet, _QR + 2 * quiet, stroke=0, fill=1
    )
    canvas.setFillColor(black)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                x = _MARGIN + column * side
                y = _QR_BOTTOM + _QR - (row + 1) * side
                # A little larger than it is, so that no seam shows between two.
                canvas.rect(x, y, side * 1.02, side * 1.02, stroke=0, fill=1)


def _draw_way(canvas: Canvas, poster: Poster) -> None:
    """Beside the QR code: what to do, for those who scan and those who type."""
    width = _WIDTH - _MARGIN - _BESIDE
    story: list[Flowable] = []
    for number, said in enumerate(poster.said):
        story.append(Paragraph(escape(said.scan), _way(number)))
    story.append(Spacer(0, 7 * mm))
    for number, said in enumerate(poster.said):
        story.append(Paragraph(escape(said.type), _way(number)))
    story += [
        Spacer(0, 3 * mm),
        Paragraph(escape(poster.typing), _style(_fitting(poster.typing, 17, width), bold=True)),
        Spacer(0, 5 * mm),
        Paragraph(escape(poster.code), _style(_fitting(poster.code, 34, width), bold=True)),
    ]
    frame = Frame(_BESIDE, _QR_BOTTOM, width, _QR, 0, 0, 0, 0)
    frame.addFromList([KeepInFrame(width, _QR, story, mode="shrink")], canvas)


def _facts(poster: Poster) -> list[Flowable]:
    """How long it takes, until when, what becomes of it, whom to ask."""
    story: list[Flowable] = []
    for number, said in enumerate(poster.said):
        lines = (said.length, said.until, said.names, said.contact)
        story += [Paragraph(escape(line), _fact(number)) for line in lines if line]
        story.append(Spacer(0, 3 * mm))
    return story


def _fill(canvas: Canvas, story: list[Flowable], bottom: float, top: float) -> None:
    """Write between two heights; what is too long for them is made smaller."""
    height = top - bottom
    frame = Frame(_MARGIN, bottom, _INSIDE, height, 0, 0, 0, 0)
    frame.addFromList([KeepInFrame(_INSIDE, height, story, mode="shrink")], canvas)


def _fitting(text: str, size: float, width: float) -> float:
    """The size at which a text fits one line, unless it became too small to read from afar."""
    natural = float(pdfmetrics.stringWidth(text, _BOLD, size))
    return max(_SMALLEST, min(size, size * width / natural * 0.99))


def _way(number: int) -> ParagraphStyle:
    return _style(11 if number else 14, soft=number > 0)


def _fact(number: int) -> ParagraphStyle:
    return _style(10 if number else 12.5, soft=number > 0)


def _style(size: float, *, bold: bool = False, soft: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}-{bold}-{soft}",
        fontName=_BOLD if bold else _PLAIN,
        fontSize=size,
        leading=size * 1.3,
        textColor=_SOFT if soft else _INK,
        splitLongWords=1,
    )
