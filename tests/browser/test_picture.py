"""The picture page: both files from a real browser, and what they hold."""

from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image
from playwright.sync_api import Browser, Download, Page, expect

from tests.browser.server import Server

ADDRESS = "/picture/muster25/gaps?gap=department&lang=de"


def opened(page: Page, server: Server, address: str = ADDRESS) -> Page:
    """The page, once the picture is drawn."""
    page.goto(server.url + address)
    expect(page.locator("#picture")).to_be_visible()
    return page


def saved(page: Page, button: str) -> Download:
    """The file that pressing a button saves, by keyboard."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).press("Enter")
    return download.value


def test_a_png_is_saved_as_large_as_talks_need_it(owner_page: Page, demo_server: Server) -> None:
    """Twice 1600 × 900 or taller, on white, with something drawn on it, and a telling name."""
    file = saved(opened(owner_page, demo_server), "PNG speichern")
    assert file.suggested_filename.startswith("Kundenkompass Apfel & Birne")
    assert file.suggested_filename.endswith(".png")
    picture = Image.open(Path(file.path())).convert("RGB")
    assert picture.width == 3200
    assert picture.height >= 1800
    assert {picture.getpixel(at) for at in ((2, 2), (3197, picture.height - 3))} == {(255,) * 3}
    colours = picture.getcolors(maxcolors=1 << 24) or []
    drawn = sum(count for count, colour in colours if colour != (255, 255, 255))
    assert drawn > 0.02 * picture.width * picture.height


def test_an_svg_says_what_it_shows_and_where_it_is_from(
    owner_page: Page, demo_server: Server
) -> None:
    """Finding, unit and source are text in it."""
    opened(owner_page, demo_server)
    file = saved(owner_page, "SVG speichern")
    assert file.suggested_filename.endswith(".svg")
    tree = ET.parse(Path(file.path())).getroot()  # noqa: S314 - our own file
    assert float(tree.attrib["width"]) == 1600
    said = "".join("".join(tree.itertext()).split())
    for place in ("h1", ".unit", ".source"):
        assert "".join(owner_page.inner_text(place).split()) in said


def test_nothing_is_loaded_from_elsewhere(owner_page: Page, demo_server: Server) -> None:
    """Nor does the page's policy stop anything that it needs."""
    asked: list[str] = []
    said: list[str] = []
    owner_page.on("request", lambda request: asked.append(request.url))
    owner_page.on("console", lambda message: said.append(message.text))
    opened(owner_page, demo_server)
    saved(owner_page, "PNG speichern")
    assert [url for url in asked if not url.startswith((demo_server.url, "data:", "blob:"))] == []
    assert said == []


def test_without_javascript_the_page_says_so(
    real_browser: Browser, demo_server: Server, owner_state: Path
) -> None:
    """And shows the figures as a table."""
    context = real_browser.new_context(
        storage_state=owner_state, java_script_enabled=False, locale="de-DE"
    )
    page = context.new_page()
    page.goto(demo_server.url + ADDRESS)
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator("#picture")).to_be_hidden()
    expect(page.locator("#ways")).to_be_hidden()
    assert page.locator(".table td").count() > 10
    context.close()
