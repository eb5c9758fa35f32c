"""Tables from files that somebody uploads: looked at before they are read.

A small file can claim to be huge: a zip archive that unpacks to gigabytes, or a
sheet with one cell in its first and one in its last row. Imports errors and tables only.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from xml.parsers import expat

from data.errors import ImportProblem
from data.tables import Row, read_table

LARGEST_FILE = 10 * 2**20
LARGEST_UNPACKED = 60 * 2**20
MOST_ROWS = 20_000
MOST_COLUMNS = 500
_PIECE = 2**16
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \r\n\t"
_WORKBOOK = "xl/workbook.xml"


def read_upload(name: str, content: bytes) -> tuple[Row, ...]:
    """The rows of an uploaded CSV or XLSX. `ImportProblem` if it is too large or no such file."""
    if len(content) > LARGEST_FILE:
        raise ImportProblem("error.file_large", file=name, most=LARGEST_FILE // 2**20)
    if name.lower().endswith(".xlsx"):
        _check_workbook(name, content)
    elif not name.lower().endswith((".csv", ".txt")):
        raise ImportProblem("error.file_kind", file=name)
    elif content.startswith(b"PK\3\4"):
        raise ImportProblem("error.file_not_text", file=name)
    rows = read_table(name, content, most=MOST_ROWS)
    if len(rows) > MOST_ROWS:
        raise ImportProblem("error.file_rows", file=name, most=MOST_ROWS)
    return rows


def _check_workbook(name: str, content: bytes) -> None:
    """`ImportProblem` unless it is an XLSX that stays small when it is unpacked and laid out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if _WORKBOOK not in {member.filename for member in members}:
                raise ImportProblem("error.file_unreadable", file=name)
            left = LARGEST_UNPACKED
            for member in members:
                left -= _check_member(archive, member, left)
                if left < 0:
                    raise ImportProblem("error.file_bomb", file=name)
    except _TooFar as error:
        raise ImportProblem("error.file_rows", file=name, most=MOST_ROWS) from error
    except _UNREADABLE as error:
        raise ImportProblem("error.file_unreadable", file=name) from error


# What zipfile and expat raise on a damaged or unknown file: `NotImplementedError` is zipfile's
# answer to a kind of compression it does not know, `RuntimeError` to a password.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


class _TooFar(Exception):
    """A sheet with a cell farther out than any list of departments goes."""


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """Unpack a member piece by piece, whatever it claims; its size, or more than is left."""
    size = 0
    parser: expat.XMLParserType | None = None
    for piece in _pieces(archive, member):
        if not size and piece.lstrip(_BEFORE_XML).startswith(b"<"):
            parser = _cell_parser()
        size += len(piece)
        if size > left:
            return size
        if parser:
            parser.Parse(piece)
    return size


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as opened:
        while piece := opened.read(_PIECE):
            yield piece


def _cell_parser() -> expat.XMLParserType:
    """Raises `_TooFar` at a row or cell that says it is beyond the limits."""
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        place = attributes.get("r", "")
        if tag.rpartition(":")[2] not in ("c", "row") or not place:
            return
        letters = place.rstrip("0123456789")
        if int(place[len(letters) :][:9] or 0) > MOST_ROWS or len(letters) > 3:
            raise _TooFar
        if _column(letters) > MOST_COLUMNS:
            raise _TooFar

    parser.StartElementHandler = start
    return parser


def _column(letters: str) -> int:
    """The number of a column from 1: A is 1, AA is 27."""
    number = 0
    for letter in islice(letters.upper(), 3):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
