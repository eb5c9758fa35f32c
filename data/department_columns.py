"""Which column of a list of departments holds what. Imports data's values only.

A list names each department by its path, or by its own id and the id of what it
is below. Headings are recognised in German and English.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data.tables import Row


class Field(StrEnum):
    """What a column may hold."""

    PATH = "path"
    ID = "id"
    PARENT = "parent"
    NAME = "name"
    HEADCOUNT = "headcount"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is: columns counted from 0. `heading`: whether the first row is one."""

    columns: Mapping[Field, int]
    heading: bool

    @property
    def by_id(self) -> bool:
        """Whether the list says by ids what is below what."""
        return {Field.ID, Field.PARENT} <= self.columns.keys()

    @property
    def usable(self) -> bool:
        """Whether departments can be told from it."""
        return (Field.NAME if self.by_id else Field.PATH) in self.columns


_HEADINGS = {
    Field.PARENT: (
        "parent parentid parentnumber parentunit parentdepartment reportsto above"
        " uebergeordnet uebergeordneteid uebergeordneterbereich uebergeordneteabteilung"
        " uebergeordnetenr uebergeordneteeinheit oberbereich oberabteilung elternid"
        " gehoertzu gehoertzuid vorgesetzteeinheit mutter"
    ),
    Field.ID: (
        "id nr nummer no number key schluessel kennung bereichsid bereichsnr bereichsnummer"
        " abteilungsid abteilungsnr abteilungsnummer departmentid departmentnumber unitid"
        " orgid kostenstelle costcenter costcentre"
    ),
    Field.HEADCOUNT: (
        "headcount headcounts heads people staff employees size count personen personenzahl"
        " kopfzahl koepfe anzahl anzahlpersonen mitarbeiter mitarbeitende mitarbeiterzahl"
        " mitarbeiteranzahl anzahlmitarbeiter anzahlmitarbeitende beschaeftigte"
    ),
    Field.CONTACT: (
        "contact customercontact customercontacts customers workswithcustomers kontakt"
        " kundenkontakt mitkundenkontakt kundenkontakte kunden"
    ),
    Field.NAME: "name bezeichnung title titel bereichsname abteilungsname departmentname unitname",
    Field.PATH: (
        "path pfad bereich bereiche bereichspfad abteilung abteilungen abteilungspfad"
        " department departments departmentpath unit orgunit organisationseinheit einheit"
        " team"
    ),
}
_WORDS = {field: frozenset(words.split()) for field, words in _HEADINGS.items()}
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def find_layout(first: Row) -> Layout:
    """What the columns are, by a first row that may be a heading.

    Without one, the first column is the path, the second the headcount, the third
    the contact. A heading of which nothing is recognised leaves all of it open.
    """
    found: dict[Field, int] = {}
    for column, cell in enumerate(first.cells):
        field = _field(cell)
        if field is not None and field not in found:
            found[field] = column
    by_id = {Field.ID, Field.PARENT} <= found.keys()
    known = found.keys() & (
        {Field.NAME, Field.PATH} | ({Field.ID, Field.PARENT} if by_id else set())
    )
    if known and (len(found) > 1 or len(first.cells) == 1):
        return Layout(_settled(found, by_id=by_id), heading=True)
    if _is_heading(first):
        return Layout(found, heading=True)
    positions = (Field.PATH, Field.HEADCOUNT, Field.CONTACT)
    return Layout(dict(zip(positions, range(len(first.cells)), strict=False)), heading=False)


def _settled(found: Mapping[Field, int], *, by_id: bool) -> dict[Field, int]:
    """With ids, a column "department" is the name; without, a column "name" is the path."""
    wanted, other = (Field.NAME, Field.PATH) if by_id else (Field.PATH, Field.NAME)
    settled = dict(found)
    if wanted not in settled and other in settled:
        settled[wanted] = settled[other]
    for field in (other, *(() if by_id else (Field.ID, Field.PARENT))):
        settled.pop(field, None)
    return settled


def _field(heading: str) -> Field | None:
    word = "".join(sign for sign in heading.lower().translate(_SPELLED) if sign.isalnum())
    return next((field for field, words in _WORDS.items() if word in words), None)


def _is_heading(row: Row) -> bool:
    """Several columns of which none but the first holds a digit."""
    others = [cell for cell in row.cells[1:] if cell.strip()]
    return bool(others) and not any(sign.isdigit() for cell in others for sign in cell)
