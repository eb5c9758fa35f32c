"""Makes personal links: from a list of people, or so many for each department. No Streamlit."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from data.accounts import Account
from data.audit import AuditAct
from data.departments import split_path
from data.errors import ImportProblem, Problem, SetUpProblem
from data.invited import Invited, hash_code
from data.model import Department, DepartmentPath, Wave
from data.store import Store
from data.tables import Row
from survey.auditing import note
from survey.exporting import harmless
from survey.invitations import department_codes, form_address, new_personal_code
from survey.wording import Wording

MOST_LINKS = 20_000
MOST_FINDINGS = 20

_LONGEST_ADDRESS = 254
_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who gets a link: an address, a department, both or neither."""

    address: str | None
    department: Department | None


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """A link that is known now and never again."""

    address: str
    department: str
    link: str


def read_people(
    rows: Sequence[Row], departments: Iterable[Department], separator: str
) -> tuple[Person, ...]:
    """A list: an e-mail address a row, and the department's path beside it where it is known.

    Either cell may be empty. The first row is a heading if neither cell fits. Raises
    `ImportProblem` with a finding for every row that cannot be taken.
    """
    known = {d.path: d for d in departments}
    listed = rows[1:] if _is_heading(rows, known, separator) else rows
    found: list[Person] = []
    findings: list[Problem] = []
    seen: dict[str, int] = {}
    for row in listed:
        try:
            found.append(_person(row, known, separator, seen))
        except SetUpProblem as problem:
            findings.append(problem)
    if len(findings) > MOST_FINDINGS:
        more = Problem("error.import_more", number=len(findings) - MOST_FINDINGS)
        findings = [*findings[:MOST_FINDINGS], more]
    if findings:
        raise ImportProblem("error.people", findings)
    if not found:
        raise ImportProblem("error.people_none")
    return tuple(found)


def has_heading(rows: Sequence[Row], departments: Iterable[Department], separator: str) -> bool:
    """Whether `read_people` takes the first row for a heading."""
    return _is_heading(rows, {d.path: d for d in departments}, separator)


def people_for(department: Department | None, number: int) -> tuple[Person, ...]:
    """So many people without an address."""
    return (Person(None, department),) * number


def add_department_links(store: Store, account: Account, wave: Wave) -> int:
    """A link for each department that has none yet; how many that were."""
    with store.together():
        linked = {i.department.id for i in store.invitations.of(wave) if i.department}
        missing = [d for d in store.waves.departments(wave) if d.id not in linked]
        store.invitations.add(wave, department_codes(missing))
        note(store, account.label, AuditAct.INVITED, wave.organisation.id, wave.title)
    return len(missing)


def make_links(
    store: Store, account: Account, wave: Wave, people: Sequence[Person], origin: str
) -> tuple[PersonalLink, ...]:
    """Store a personal invitation for each, and tell their links this once.

    `SetUpProblem`, `NotAllowed`: nothing was stored.
    """
    if len(people) > MOST_LINKS:
        raise SetUpProblem("error.people_many", most=MOST_LINKS)
    coded = {new_personal_code(): person for person in people}
    with store.together():
        store.personal.add(
            wave,
            [
                Invited(hash_code(code), p.department.id if p.department else None, p.address)
                for code, p in coded.items()
            ],
        )
        note(store, account.label, AuditAct.INVITED, wave.organisation.id, wave.title)
    separator = wave.organisation.separator
    return tuple(
        PersonalLink(
            address=p.address or "",
            department=separator.join(p.department.path) if p.department else "",
            link=form_address(origin, code),
        )
        for code, p in coded.items()
    )


def links_files(say: Wording, links: Iterable[PersonalLink]) -> Mapping[str, bytes]:
    """The links as CSV (UTF-8 with a mark, semicolons) and as XLSX, by the files' names."""
    heading = (
        say("invite.column_address"),
        say("invite.column_department"),
        say("wave.column_link"),
    )
    rows = [heading, *((one.address, one.department, one.link) for one in links)]
    return {"personal.csv": _as_csv(rows), "personal.xlsx": _as_xlsx(rows)}


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _as_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """Every cell is text, whatever it begins with; nothing of it touches the disk."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        sheet.set_column(0, 1, 32)
        sheet.set_column(2, 2, 60)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _person(
    row: Row, known: Mapping[DepartmentPath, Department], separator: str, seen: dict[str, int]
) -> Person:
    address, path = row.cell(0).lower(), split_path(row.cell(1), separator)
    if address and not _valid(address):
        raise SetUpProblem("error.person_address", row=str(row.line), address=row.cell(0)[:80])
    if path and path not in known:
        name = row.cell(1)[:200]
        raise SetUpProblem("error.person_department", row=str(row.line), department=name)
    if address in seen:
        first = str(seen[address])
        raise SetUpProblem("error.person_twice", row=str(row.line), address=address, first=first)
    if address:
        seen[address] = row.line
    return Person(address or None, known.get(path))


def _valid(address: str) -> bool:
    local = address.partition("@")[0]
    return (
        len(address) <= _LONGEST_ADDRESS and len(local) <= 64 and bool(_ADDRESS.fullmatch(address))
    )


def _is_heading(
    rows: Sequence[Row], known: Mapping[DepartmentPath, Department], separator: str
) -> bool:
    if not rows:
        return False
    first, second = rows[0].cell(0), split_path(rows[0].cell(1), separator)
    return bool(first) and "@" not in first and second not in known
