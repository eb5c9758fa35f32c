"""Personal links: from a list or by number, in a file that no spreadsheet runs."""

import csv
import io
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook

from data.accounts import Account, Role
from data.audit import AuditAct
from data.errors import ImportProblem, NotFound, SetUpProblem
from data.invited import hash_code
from data.model import Department, Wave
from data.store import Store
from data.tables import read_table
from survey.exporting import harmless
from survey.invitations import (
    ALPHABET,
    PERSONAL_LENGTH,
    new_personal_code,
    readable_code,
    spaced_code,
)
from survey.inviting import (
    MOST_LINKS,
    Person,
    PersonalLink,
    add_department_links,
    has_heading,
    links_files,
    make_links,
    people_for,
    read_people,
)
from survey.wording import wording

OWNER = Account(1, "o@x.example", "O", Role.OWNER)
ORIGIN = "https://umfrage.muster.example"
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def people(text: str, departments: tuple[Department, ...] = ()) -> tuple[Person, ...]:
    """What a pasted list means."""
    return read_people(read_table("list.csv", text.encode()), departments, "/")


def test_a_personal_code_has_128_bits_and_no_look_alikes() -> None:
    """From the alphabet of all codes, so that it can be typed and found like them."""
    code = new_personal_code()
    assert len(ALPHABET) ** PERSONAL_LENGTH >= 2**128
    assert len(code) == PERSONAL_LENGTH
    assert set(code) <= set(ALPHABET)
    assert readable_code(spaced_code(code).upper()) == code
    assert len({new_personal_code() for _ in range(1000)}) == 1000


def test_a_row_is_an_address_a_department_or_both(small_tree: tuple[Department, ...]) -> None:
    """Addresses in lower case, departments by their whole path, a heading left out."""
    north = small_tree[1]
    text = "E-Mail;Bereich\nEva@Muster.example;Vertrieb / Nord\nuwe@muster.example;\n;Lager\n"
    assert people(text, small_tree) == (
        Person("eva@muster.example", north),
        Person("uwe@muster.example", None),
        Person(None, small_tree[3]),
    )
    rows = read_table("list.csv", text.encode())
    assert has_heading(rows, small_tree, "/")
    assert not has_heading(rows[1:], small_tree, "/")


@pytest.mark.parametrize(
    "wrong",
    [
        "eva@",
        "@muster.example",
        "eva@muster",
        "eva muster@muster.example",
        "eva@@muster.example",
        "eva@-muster.example",
        ".eva@muster.example",
        "eva@muster..example",
        "e" * 65 + "@muster.example",
        "eva@" + "a." * 130 + "example",
        "eva@muster.example>",
        "Eva <eva@muster.example>",
        "ëva@muster.example",
    ],
)
def test_a_wrong_address_is_named_with_its_row(wrong: str) -> None:
    """And nothing of the list is taken."""
    with pytest.raises(ImportProblem) as problem:
        people(f"first@muster.example\n{wrong}\n")
    (finding,) = problem.value.findings
    assert finding.key == "error.person_address"
    assert finding.values["row"] == "2"


def test_every_wrong_row_is_named(small_tree: tuple[Department, ...]) -> None:
    """Twice in the list, an unknown department, a wrong address; many are counted."""
    text = "a@x.example;Lager\nA@X.example;\nb@x.example;Vertreib\nc@;\n"
    with pytest.raises(ImportProblem) as problem:
        people(text, small_tree)
    found = [(f.key, f.values["row"]) for f in problem.value.findings]
    assert found == [
        ("error.person_twice", "2"),
        ("error.person_department", "3"),
        ("error.person_address", "4"),
    ]
    with pytest.raises(ImportProblem) as many:
        people("a@x.example\n" + "wrong@\n" * 50)
    assert len(many.value.findings) == 21
    with pytest.raises(ImportProblem):
        people("E-Mail;Bereich\n")


def test_each_link_is_told_once_and_kept_as_a_hash(
    fresh_store: Store, draft_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """A draft's too; whoever made them is in the audit log."""
    crowd = (*people_for(small_tree[1], 3), Person("eva@muster.example", None))
    links = make_links(fresh_store, OWNER, draft_wave, crowd, ORIGIN)
    assert [(link.department, link.address) for link in links] == [
        *[("Vertrieb/Nord", "")] * 3,
        ("", "eva@muster.example"),
    ]
    for link, person in zip(links, crowd, strict=True):
        found = fresh_store.invitations.find(link.link.removeprefix(f"{ORIGIN}/q/"))
        assert found.department == person.department
        assert found.personal
    entry = fresh_store.audit.read(1)[0]
    assert (entry.act, entry.subject) == (AuditAct.INVITED, draft_wave.title)
    assert entry.at <= datetime.now(UTC)


def test_too_many_links_or_an_address_that_has_one_change_nothing(
    fresh_store: Store, draft_wave: Wave
) -> None:
    """All or none; the audit log says nothing either."""
    make_links(fresh_store, OWNER, draft_wave, people("eva@muster.example\n"), ORIGIN)
    for crowd in (
        people_for(None, MOST_LINKS + 1),
        people("new@muster.example\neva@muster.example\n"),
    ):
        with pytest.raises(SetUpProblem):
            make_links(fresh_store, OWNER, draft_wave, crowd, ORIGIN)
    assert fresh_store.personal.counts(draft_wave).made == 1
    assert len(fresh_store.audit.read()) == 1
    with pytest.raises(NotFound):
        fresh_store.invitations.find(hash_code("eva").hex())


def test_departments_without_a_link_get_one(
    fresh_store: Store, draft_wave: Wave, small_tree: tuple[Department, ...]
) -> None:
    """Those that have one keep it."""
    assert add_department_links(fresh_store, OWNER, draft_wave) == len(small_tree)
    before = fresh_store.invitations.of(draft_wave)
    assert add_department_links(fresh_store, OWNER, draft_wave) == 0
    assert fresh_store.invitations.of(draft_wave) == before


# The file


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_is_run_as_a_formula(sign: str) -> None:
    """In CSV an apostrophe stands before it; in XLSX it is text, as it was."""
    evil = f"{sign}HYPERLINK(1)"
    assert harmless(evil) == f"'{evil}"
    link = PersonalLink("eva@muster.example", evil, f"{ORIGIN}/q/abc")
    files = links_files(wording("de"), [link])
    text = files["personal.csv"].decode("utf-8-sig")
    _, row = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert row == ["eva@muster.example", f"'{evil}", f"{ORIGIN}/q/abc"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["personal.xlsx"]))
    _, cells = book.get_sheet_by_index(0).to_python()
    assert isinstance(cells[1], str)
    assert cells[1].strip() == evil.strip()
    assert cells[2] == f"{ORIGIN}/q/abc"


@pytest.mark.parametrize("plain", ["", "Vertrieb", "1=1", "a@x.example", "'quoted", " =1"])
def test_other_text_stays_as_it_is(plain: str) -> None:
    """Nothing is escaped that needs no escaping."""
    assert harmless(plain) == plain


def test_the_files_open_in_a_german_spreadsheet() -> None:
    """UTF-8 with a mark, semicolons, a heading in words; links are no formulas in XLSX."""
    link = PersonalLink("eva@muster.example", "Größe/Łódź", f"{ORIGIN}/q/abc")
    files = links_files(wording("de"), [link])
    assert files["personal.csv"].startswith(b"\xef\xbb\xbfE-Mail;Bereich;Link\r\n")
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["personal.xlsx"]))
    assert book.get_sheet_by_index(0).to_python()[1][1] == "Größe/Łódź"
    for content in files.values():
        assert b"HYPERLINK" not in content
