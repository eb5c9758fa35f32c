"""Generated organisations: tables of answers for the command line, and a tree of departments."""

import csv
from datetime import date
from pathlib import Path
from random import Random

from data.departments import Headcounts
from data.model import DEFAULT_SMALLEST_GROUP, DepartmentPath
from data.questionnaires import FIVE_QUESTIONS, load_instrument
from data.sqlite import open_store
from survey import running
from tests.load.server import Cost, run_command

ORGANISATION = "Lastprobe AG"
_FUNCTIONS = (
    "Vertrieb",
    "Kundendienst",
    "Einkauf",
    "Fertigung",
    "Entwicklung",
    "Logistik",
    "Finanzen",
    "Personal",
    "Informatik",
    "Qualität",
)
_REGIONS = (
    "Nord",
    "Süd",
    "Mitte",
    "West",
    "Ost",
    "Alpen",
    "Küste",
    "Rhein",
    "Donau",
    "Ausland",
)
_TEAMS = (
    "Leitstelle",
    "Innendienst",
    "Außendienst",
    "Großkunden",
    "Planung",
    "Werkstatt",
    "Abrechnung",
    "Schulung",
    "Projekte",
)
_COMMENTS = (
    "Die Übergabe zwischen den Schichten kostet uns oft den halben Vormittag.",
    "Beschwerden kommen an, aber wir erfahren selten, was aus ihnen wird.",
    "Kunden erreichen uns gut, seit es die neue Rufnummer gibt.",
)
_DIVISIONS = tuple(f"{function} {region}" for region in _REGIONS for function in _FUNCTIONS)


def departments(number: int) -> list[DepartmentPath]:
    """Divisions, each followed by its nine teams: the first so many of 1,000."""
    paths: list[DepartmentPath] = []
    for division in _DIVISIONS:
        paths += [(division,), *((division, team) for team in _TEAMS)]
    return paths[:number]


def write_answers(
    file: Path, people: int, in_departments: int, random: Random, commenting: float = 0
) -> None:
    """A CSV of answers: departments that differ, position, contact, one column an item.

    `commenting`: the share of people who write something about the first dimension.
    """
    instrument = load_instrument(FIVE_QUESTIONS)
    items, subject = instrument.short_form(), instrument.dimensions[0].id
    paths = departments(in_departments)
    levels = {path: random.gauss(3.4, 0.4) for path in paths}
    with file.open("w", encoding="utf-8", newline="") as text:
        table = csv.writer(text)
        table.writerow(["department", "position", "contact", *items, f"comment_{subject}"])
        for _ in range(people):
            path = random.choice(paths)
            position = "leads" if random.random() < 0.12 else "works"
            contact = "customer" if random.random() < 0.4 else "internal"
            values = [_answer(levels[path], random) for _ in items]
            said = random.choice(_COMMENTS) if random.random() < commenting else ""
            table.writerow(["/".join(path), position, contact, *values, said])


def import_wave(database: Path, file: Path, title: str, *more: str) -> Cost:
    """`kundenkompass import` of a file into a new wave of the organisation. `more`: options."""
    columns = ("--department=department", "--position=position", "--contact=contact")
    names = (f"--organisation={ORGANISATION}", f"--wave={title}")
    return run_command(database, "import", str(file), *names, *columns, *more)


def close_wave(database: Path, title: str) -> Cost:
    """`kundenkompass close`."""
    return run_command(database, "close", title)


def release_wave(database: Path, title: str) -> Cost:
    """`kundenkompass release`."""
    return run_command(database, "release", title)


def set_up_survey(database: Path, number: int) -> str:
    """An organisation with this many departments and an open wave; the wave's code."""
    store = open_store(database)
    try:
        settings = running.short_form("Standortbestimmung", DEFAULT_SMALLEST_GROUP)
        tree: Headcounts = dict.fromkeys(departments(number))
        name = f"{ORGANISATION} mit {number} Abteilungen"
        return running.set_up(store, name, tree, settings, date.today()).code
    finally:
        store.close()


def _answer(level: float, random: Random) -> str:
    """Can't judge (an empty cell) now and then, else a point around the department's level."""
    if random.random() < 0.04:
        return ""
    return str(min(5, max(1, round(random.gauss(level, 1.0)))))
