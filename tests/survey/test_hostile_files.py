"""What is uploaded on a screen to harm the server is refused there, in words."""

import io
import zipfile

import pytest
from streamlit.runtime.context import ContextProxy

from data.store import Store
from survey.screens.places import SCREENS
from tests.data.test_uploads import repacked, workbook
from tests.survey.everybody import CONSULTANT, OPEN, cookies_of
from tests.survey.test_screen_logic import visit, words

UPLOADERS = ("setup", "departments", "invitations")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def bomb() -> bytes:
    """A workbook of some kB whose sheet unpacks to 200 MB."""
    sheet = b"<worksheet><sheetData/>" + b" " * 200 * 2**20 + b"</worksheet>"
    return repacked(workbook({(0, 0): "a"}), xl__worksheets__sheet1_dot_xml=sheet)


def archive_of_text() -> bytes:
    """A zip that holds no workbook."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/passwd", "x" * 1000)
    return file.getvalue()


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("screen_name", UPLOADERS)
@pytest.mark.parametrize(
    ("file", "text"),
    [
        (("liste.csv", b"a;b\n" * (50 * 2**20 // 4), "text/csv"), "MB"),
        (("liste.xlsx", bomb(), XLSX), "beim Entpacken"),
        (("liste.xlsx", archive_of_text(), XLSX), "nicht als Tabelle"),
        (("liste.csv", bytes(2000), "text/csv"), "keine lesbare Tabelle"),
    ],
    ids=["50 MB", "bomb", "no workbook", "no text"],
)
def test_a_hostile_list_is_refused_in_words(
    screen_name: str, file: tuple[str, bytes, str], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every screen that reads lists."""
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(CONSULTANT))
    screen = visit(screen_name, wave=OPEN, organisation="1")
    screen.file_uploader[0].set_value(file).run()
    assert not screen.exception
    assert text in words(screen)
    assert "liste." in words(screen).replace("\\", "")


def test_every_screen_with_an_uploader_is_tried(
    started: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one is entered above; a logo is `tests/survey/test_organisation_screen.py`'s."""
    assert started
    monkeypatch.setattr(ContextProxy, "cookies", cookies_of(CONSULTANT))
    found = {
        name for name in SCREENS if visit(name, wave=OPEN, organisation="1").get("file_uploader")
    }
    assert found == {*UPLOADERS, "organisation"}
