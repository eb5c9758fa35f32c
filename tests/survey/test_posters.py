"""Posters: a scanner finds the address, a reader finds everything else."""

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from data.model import Department, Invitation, Organisation, Profile, Wave, WaveState
from survey.posters import drawing
from survey.posters.content import make_posters
from survey.posters.drawing import draw_posters
from tests.data.samples import short_settings

ORIGIN = "https://umfrage.muster.example"
CLOSES = datetime(2026, 3, 20, 18, tzinfo=ZoneInfo("Europe/Berlin"))
PROFILE = Profile(contact="Eva Beispiel, Telefon 123", accent="#b03060")
FIRM = Organisation(1, "Waagenbau Łódź GmbH", profile=PROFILE)
WAVE = Wave(1, "k7m2p9qx", FIRM, replace(short_settings(), closes_at=CLOSES), WaveState.OPEN)
DEPARTMENTS = (
    Department(1, ("Łódź",)),
    Department(2, ("Ελλάδα", "Αθήνα")),
    Department(3, ("Київ",)),
    Department(4, ("Þórshöfn & <b>Söhne</b>",)),
)
LINKS = (
    Invitation("k7m2p9qx", WAVE),
    *(Invitation(f"abcd234{d.id}", WAVE, d) for d in DEPARTMENTS),
)


def opened(wave: Wave = WAVE, links: tuple[Invitation, ...] = LINKS) -> pypdfium2.PdfDocument:
    """The PDF, opened by another program than the one that made it."""
    return pypdfium2.PdfDocument(draw_posters(make_posters(wave, links, ORIGIN)))


def text_of(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_bounded().split())


def test_there_is_an_a4_page_for_each_link() -> None:
    """Portrait."""
    document = opened()
    assert len(document) == len(LINKS)
    for page in document:
        assert [round(side) for side in page.get_size()] == [595, 842]


def test_the_qr_code_leads_to_the_links_form() -> None:
    """Read by a scanner from the drawn page, small as on a photo from afar."""
    for page, link in zip(opened(), LINKS, strict=True):
        for scale in (1, 3):
            found = zxingcpp.read_barcodes(page.render(scale=scale).to_pil())
            assert [code.text for code in found] == [f"{ORIGIN}/q/{link.code}"]


def test_names_print_in_every_european_script() -> None:
    """As text, not as boxes, and never as markup."""
    for page, link in zip(opened(), LINKS, strict=True):
        said = text_of(page)
        assert "Waagenbau Łódź GmbH" in said
        assert link.code[:4] + "-" + link.code[4:] in said
        if link.department:
            assert " / ".join(link.department.path) in said


def test_a_poster_says_what_people_ask() -> None:
    """What, how long, how anonymous, until when, whom to ask, where to type; in both languages."""
    said = text_of(opened()[1])
    for part in (
        "Kundenkompass 2026",
        "5 Aussagen, keine drei Minuten",
        "5 statements, under three minutes",
        "Ohne Namen",
        "Bis 20. März 2026, 18:00 Uhr",
        "Until 20 March 2026, 18:00",
        "Eva Beispiel, Telefon 123",
        "umfrage.muster.example/q",
    ):
        assert part in said


def test_the_wave_decides_the_languages_and_the_organisation_their_order() -> None:
    """One language alone, or the organisation's first."""
    german = replace(WAVE, settings=replace(WAVE.settings, languages=("de",)))
    assert "statements" not in text_of(opened(german)[0])
    english = replace(WAVE, organisation=replace(FIRM, profile=Profile(language="en")))
    said = text_of(opened(english)[0])
    assert said.index("statements") < said.index("Aussagen")


def test_the_swiss_spell_without_a_sharp_s() -> None:
    """On their posters and everywhere else that we wrote; names stay."""
    swiss = replace(WAVE, organisation=replace(FIRM, name="Groß AG", profile=Profile(swiss=True)))
    assert "Groß AG" in text_of(opened(swiss)[0])


def test_long_names_become_smaller_and_nothing_is_lost() -> None:
    """120 signs of title, four deep departments of 200, 600 signs of contact: one page."""
    long = replace(
        WAVE,
        organisation=Organisation(1, "N" * 120, profile=Profile(contact="Wort " * 120 + "Ende")),
        settings=replace(WAVE.settings, title="Titel " * 20),
    )
    deep = Department(9, tuple(f"{n}{'Abteilung ' * 19}" for n in range(4)))
    document = opened(long, (Invitation("k7m2p9qx", long, deep),))
    assert len(document) == 1
    said = text_of(document[0])
    assert "Ende" in said
    assert "3Abteilung" in said
    assert zxingcpp.read_barcodes(document[0].render(scale=1).to_pil())


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_drawn(kind: str) -> None:
    """On the right above; one that cannot be read is left out, and the poster is there."""
    picture = io.BytesIO()
    Image.new("RGB", (400, 100), "#ff0000").save(picture, kind)
    posters = make_posters(WAVE, LINKS[:1], ORIGIN)
    page = pypdfium2.PdfDocument(draw_posters(posters, picture.getvalue()))[0]
    corner = page.render(scale=1).to_pil().crop((400, 20, 560, 90))
    assert any(r > 200 and g < 60 for r, g, _ in corner.convert("RGB").getdata())
    assert draw_posters(posters, b"no picture").startswith(b"%PDF")


def test_the_accent_is_the_organisations() -> None:
    """A bar across the top; ours where it has none."""
    page = opened()[0].render(scale=1).to_pil().convert("RGB")
    assert page.getpixel((300, 5)) == (0xB0, 0x30, 0x60)
    plain = replace(WAVE, organisation=replace(FIRM, profile=Profile()))
    page = opened(plain)[0].render(scale=1).to_pil().convert("RGB")
    assert page.getpixel((300, 5)) == (0x0B, 0x64, 0x77)


def test_the_fonts_travel_with_their_licence() -> None:
    """Inside the package, so that they are in the wheel."""
    fonts = Path(drawing.__file__).parent / "fonts"
    assert {file.suffix for file in fonts.iterdir()} == {".ttf", ""}
    assert "Bitstream" in (fonts / "LICENSE").read_text(encoding="utf-8")
