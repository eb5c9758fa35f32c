"""The command line, as an analyst uses it: every command on a database of its own."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from data.model import WaveState
from data.sqlite import open_store
from data.store import Store
from survey.cli import main, say
from survey.settings import command_line_language
from survey.wording import Wording, wording

HEADER = (
    "group_kind,group,position,contact,except,question,question_kind,status,"
    "respondents,valid,cant_judge,n1,n2,n3,n4,n5,mean,index,favourable,"
    "neutral,unfavourable,cant_judge_rate,headcount,participation,interval_low,interval_high,"
    "interval_basis,margin,r_wg,a_wg,polarised,target"
)
FIGURES = HEADER.split(",")[8:19]

THREE_DEPARTMENTS = """\
Bereich;CP1;EO1;Zeit
Vertrieb;5;1;09:14
Vertrieb;5;2;09:15
Vertrieb;4;2;09:15
Vertrieb;4;3;09:20
Vertrieb;3;3;10:01
Vertrieb;2;3;10:02
Vertrieb;;4;10:02
Lager;1;4;11:30
Lager;2;4;11:30
Lager;3;4;11:31
Lager;3;5;11:32
Lager;4;5;11:40
Lager;5;3;11:41
Büro;2;1;12:00
Büro;2;1;12:00
Büro;4;5;12:00
"""
"""Seven, six and three people. Büro is below five, so Lager stays hidden with it."""

LEADERS = """\
Bereich,Rolle,CP1
,leads,5
,leads,5
,leads,4
,leads,4
,leads,3
,leads,3
,staff,1
,staff,2
,staff,3
,staff,3
,staff,4
,staff,5
"""

Run = Callable[..., Result]


@pytest.fixture
def empty_house(tmp_path: Path) -> Path:
    """Where the database of `run_command` will be."""
    return tmp_path / "house" / "kundenkompass.db"


@pytest.fixture
def run_command(empty_house: Path) -> Run:
    """Runs `kundenkompass` with these words, on a database of its own."""
    runner = CliRunner(env={"KUNDENKOMPASS_DATABASE": str(empty_house)})

    def run(*words: str | Path, typed: str = "") -> Result:
        result = runner.invoke(main, [str(word) for word in words], input=typed)
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.exception
        )
        return result

    return run


@pytest.fixture
def three_departments(tmp_path: Path) -> Path:
    """The file of THREE_DEPARTMENTS."""
    return written(tmp_path / "three.csv", THREE_DEPARTMENTS)


@pytest.fixture
def imported_wave(run_command: Run, three_departments: Path) -> Run:
    """`run_command`, where `Muster GmbH` has the open wave `2026` of these people."""
    assert run_command(*importing(three_departments)).exit_code == 0
    return run_command


@pytest.fixture
def released_wave(imported_wave: Run) -> Run:
    """`run_command`, where the wave `2026` is released."""
    for command in ("close", "release"):
        assert imported_wave(command, "2026").exit_code == 0
    return imported_wave


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def importing(file: Path, *more: str | Path) -> tuple[str | Path, ...]:
    """The words of an import into the wave `2026` of `Muster GmbH`."""
    names = ("--organisation", "Muster GmbH", "--wave", "2026", "--department", "Bereich")
    return ("import", file, *names, *more)


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    with closing(open_store(path)) as store:
        yield store


def is_empty(path: Path) -> bool:
    """Whether the store holds no organisation and no wave."""
    with opened(path) as store:
        return not store.organisations.all() and not store.waves.all()


def table(result: Result) -> list[dict[str, str]]:
    """The rows of an export."""
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))


def row_of(rows: Sequence[dict[str, str]], question: str, **named: str) -> dict[str, str]:
    """The one row of a question and a group with these names."""
    wanted = {"question": question, "group": "", "position": "", "contact": "", **named}
    (found,) = (row for row in rows if wanted.items() <= row.items())
    return found


def figures(row: dict[str, str]) -> list[float | None]:
    return [float(row[name]) if row[name] else None for name in FIGURES]


# There and back


def test_an_export_begins_with_exactly_these_columns(released_wave: Run) -> None:
    """Other people's scripts read them by name and by place."""
    content = released_wave("export", "2026").stdout_bytes
    assert content.splitlines()[0] == HEADER.encode()


def test_an_export_has_every_group_and_question_in_order(released_wave: Run) -> None:
    """The organisation, the tree as it was imported, the remainder; items, dimensions, overall."""
    rows = table(released_wave("export", "2026"))
    assert len(rows) == 5 * 5
    assert [(row["group_kind"], row["group"], row["except"]) for row in rows[::5]] == [
        ("organisation", "", ""),
        ("department", "Vertrieb", ""),
        ("department", "Lager", ""),
        ("department", "Büro", ""),
        ("remainder", "", "Vertrieb"),
    ]
    assert [(row["question"], row["question_kind"]) for row in rows[:5]] == [
        ("CP1", "item"),
        ("EO1", "item"),
        ("customer_perspective", "dimension"),
        ("employee_orientation", "dimension"),
        ("overall", "overall"),
    ]


def test_exported_figures_are_those_computed_by_hand(released_wave: Run) -> None:
    """Sixteen people on CP1: one can't judge, Σ v·n = 49, 7 of 15 answered 4 or 5."""
    rows = table(released_wave("export", "2026"))
    whole = row_of(rows, "CP1", group_kind="organisation")
    assert whole["status"] == "shown"
    assert figures(whole) == pytest.approx(
        [16, 15, 1, 1, 4, 3, 4, 3, 49 / 15, 25 * (49 / 15 - 1), 7 / 15]
    )
    sales = row_of(rows, "EO1", group="Vertrieb")
    assert figures(sales) == pytest.approx(
        [7, 7, 0, 1, 2, 3, 1, 0, 18 / 7, 25 * (18 / 7 - 1), 1 / 7]
    )


def test_a_dimension_of_one_item_is_its_item(released_wave: Run) -> None:
    """Every figure is the same."""
    rows = table(released_wave("export", "2026"))
    for group in ({"group_kind": "organisation"}, {"group": "Vertrieb"}):
        item = row_of(rows, "EO1", **group)
        assert figures(row_of(rows, "employee_orientation", **group)) == figures(item)


def test_the_overall_score_is_the_mean_of_means_without_a_histogram(released_wave: Run) -> None:
    """(49/15 + 50/16) / 2; counts of its own would give single people away."""
    overall = row_of(table(released_wave("export", "2026")), "overall", group_kind="organisation")
    assert float(overall["mean"]) == pytest.approx(3.1958333333)
    assert float(overall["index"]) == pytest.approx(54.8958333333)
    assert overall["respondents"] == "16"
    assert [overall[name] for name in FIGURES if name not in {"respondents", "mean", "index"}] == [
        ""
    ] * 8


@pytest.mark.parametrize("department", ["Lager", "Büro"])
def test_withheld_rows_are_there_and_empty(released_wave: Run, department: str) -> None:
    """Büro has three people, and Lager would give them away by subtraction: no figure at all."""
    rows = [row for row in table(released_wave("export", "2026")) if row["group"] == department]
    assert len(rows) == 5
    for row in rows:
        assert row["status"] == "withheld"
        assert [row[name] for name in FIGURES] == [""] * 11


def test_the_remainder_says_whom_it_leaves_out(released_wave: Run) -> None:
    """Lager and Büro together are everybody except Vertrieb: nine people, Σ v·n = 26."""
    rows = table(released_wave("export", "2026"))
    others = row_of(rows, "CP1", group_kind="remainder")
    assert others["except"] == "Vertrieb"
    assert figures(others) == pytest.approx(
        [9, 9, 0, 1, 3, 2, 2, 1, 26 / 9, 25 * (26 / 9 - 1), 3 / 9]
    )


def test_an_import_chooses_the_groups_of_a_new_wave(
    run_command: Run, tmp_path: Path, empty_house: Path
) -> None:
    """k, and pairs by division for the facts that the file has."""
    file = written(tmp_path / "leaders.csv", LEADERS)
    words = importing(file, "--position", "Rolle", "--smallest-group", "7", "--by-division")
    assert run_command(*words).exit_code == 0
    with opened(empty_house) as store:
        settings = store.waves.find("2026").settings
    assert settings.smallest_group == 7
    assert (settings.position, settings.position_by_division) == (True, True)
    assert (settings.contact, settings.contact_by_division) == (False, False)
    for command in ("close", "release"):
        assert run_command(command, "2026").exit_code == 0
    assert row_of(table(run_command("export", "2026")), "CP1", position="leads")["mean"] == ""


@pytest.mark.parametrize("more", [("--smallest-group", "7"), ("--by-division",)])
def test_an_import_cannot_change_the_groups_of_a_wave_that_is_there(
    imported_wave: Run, three_departments: Path, empty_house: Path, more: tuple[str, ...]
) -> None:
    """Nothing is imported; without such a wish more rows may join."""
    refused = imported_wave(*importing(three_departments, *more))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert say("error.wave_groups_fixed", wave="2026") in refused.stderr
    assert responses_in(empty_house) == 16
    assert imported_wave(*importing(three_departments)).exit_code == 0
    assert responses_in(empty_house) == 32


@pytest.mark.parametrize("number", ["4", "21", "viele"])
def test_a_smallest_group_out_of_range_is_a_wrong_call(
    run_command: Run, three_departments: Path, empty_house: Path, number: str
) -> None:
    """5 to 20, as everywhere; nothing is created."""
    assert run_command(*importing(three_departments, "--smallest-group", number)).exit_code == 2
    assert not empty_house.exists() or is_empty(empty_house)


def test_leaders_and_everyone_else_are_exported_side_by_side(
    run_command: Run, tmp_path: Path
) -> None:
    """Σ 24 of six leaders against Σ 18 of six others; nobody was in a department."""
    file = written(tmp_path / "leaders.csv", LEADERS)
    result = run_command(*importing(file, "--position", "Rolle"))
    assert say.count("cli.import.without_department", 12) in result.stdout
    for command in ("close", "release"):
        run_command(command, "2026")
    rows = table(run_command("export", "2026"))
    assert {row["group_kind"] for row in rows} == {"organisation", "position"}
    leaders = row_of(rows, "CP1", position="leads")
    others = row_of(rows, "CP1", position="others")
    assert figures(leaders) == pytest.approx([6, 6, 0, 0, 0, 2, 2, 2, 4.0, 75.0, 4 / 6])
    assert figures(others) == pytest.approx([6, 6, 0, 1, 1, 2, 1, 1, 3.0, 50.0, 2 / 6])


def test_json_holds_the_same_table(released_wave: Run) -> None:
    """Numbers as numbers, and null where CSV is empty."""
    rows = table(released_wave("export", "2026"))
    objects = json.loads(released_wave("export", "2026", "--format", "json").stdout)
    assert [list(one) for one in objects] == [HEADER.split(",")] * len(rows)
    names = HEADER.split(",")[:8]
    assert [[one[name] for name in names] for one in objects] == [
        [row[name] for name in names] for row in rows
    ]
    assert [[one[name] for name in FIGURES] for one in objects] == [figures(row) for row in rows]


def test_an_export_can_be_written_to_a_file(released_wave: Run, tmp_path: Path) -> None:
    """Byte for byte what standard output would get; the path is said beside it."""
    target = tmp_path / "ergebnis.csv"
    result = released_wave("export", "2026", "--output", target)
    assert target.read_bytes() == released_wave("export", "2026").stdout_bytes
    assert (result.stdout, result.stderr) == ("", say("cli.export.done", file=target) + "\n")


def test_an_export_into_a_missing_folder_is_refused(released_wave: Run, tmp_path: Path) -> None:
    """The target is named, and standard output stays clean."""
    target = tmp_path / "nowhere" / "ergebnis.csv"
    result = released_wave("export", "2026", "--output", target)
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(target) in result.stderr


# Importing


def test_an_import_tells_what_it_did(run_command: Run, three_departments: Path) -> None:
    """How many, what was not used, and the wave with its code and state."""
    result = run_command(*importing(three_departments))
    first, unused, wave = result.stdout.splitlines()
    assert first == say.count("cli.import.done", 16)
    assert unused == say("cli.import.unused", columns="Zeit")
    assert wave.startswith("2026 · ")
    assert wave.endswith(say.state(WaveState.OPEN))


def test_an_imported_wave_asks_what_the_table_held(imported_wave: Run, empty_house: Path) -> None:
    """Two items, no facts, at least five; the departments in the table's order."""
    assert imported_wave("close", "2026").exit_code == 0
    with opened(empty_house) as store:
        (wave,) = store.waves.all()
        assert (wave.settings.items, wave.settings.smallest_group) == (("CP1", "EO1"), 5)
        assert (wave.settings.position, wave.settings.contact) == (False, False)
        departments = store.organisations.departments(wave.organisation)
        assert [d.path for d in departments] == [("Vertrieb",), ("Lager",), ("Büro",)]
        assert sum(store.answers.per_day(wave).values()) == 16


def test_more_rows_can_join_an_open_wave(
    imported_wave: Run, empty_house: Path, tmp_path: Path
) -> None:
    """A second file adds its people and departments to the first one's."""
    late = written(tmp_path / "late.csv", "Bereich,EO1,CP1\nLager,4,4\nWerkstatt,1,2\n")
    assert imported_wave(*importing(late)).exit_code == 0
    with opened(empty_house) as store:
        (wave,) = store.waves.all()
        assert sum(store.answers.per_day(wave).values()) == 18
        assert len(store.organisations.departments(wave.organisation)) == 4


def test_other_questions_do_not_join_a_wave(
    imported_wave: Run, empty_house: Path, tmp_path: Path
) -> None:
    """Half of the people would be missing from an item's mean."""
    other = written(tmp_path / "other.csv", "Bereich,CP1,SO1\nNeu,4,4\n")
    result = imported_wave(*importing(other))
    assert result.exit_code == 1
    expected = say("error.import_other_items", wave="2026", items="CP1, EO1", found="CP1, SO1")
    assert expected in result.stderr
    with opened(empty_house) as store:
        (wave,) = store.waves.all()
        assert len(store.organisations.departments(wave.organisation)) == 3


def test_a_closed_wave_takes_no_import(
    imported_wave: Run, empty_house: Path, tmp_path: Path
) -> None:
    """Nothing of the file is kept, not even its new department."""
    imported_wave("close", "2026")
    late = written(tmp_path / "late.csv", "Bereich,CP1,EO1\nWerkstatt,1,2\n")
    result = imported_wave(*importing(late))
    assert result.exit_code == 1
    assert say("error.wave_not_open", wave="2026", state=WaveState.CLOSED) in result.stderr
    with opened(empty_house) as store:
        (wave,) = store.waves.all()
        assert len(store.organisations.departments(wave.organisation)) == 3
        assert sum(store.answers.per_day(wave).values()) == 16


def test_a_failing_import_names_row_and_column_and_leaves_nothing(
    run_command: Run, empty_house: Path, tmp_path: Path
) -> None:
    """No organisation, no wave, exit code 1, and nothing that looks like success."""
    file = written(tmp_path / "wrong.csv", "Bereich;CP1;EO1\nVertrieb;4;4\nLager;3;7\n")
    result = run_command(*importing(file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert say("error.value", row="3", column="EO1", value="7") in result.stderr
    assert is_empty(empty_house)


@pytest.mark.parametrize(
    "words",
    [
        ("--position", "Rolle"),
        ("--map", "Q7=CP1"),
        ("--map", "Zeit=CP9"),
        ("--map", "Zeit"),
        ("--map", "=CP1"),
        ("--map-value", "CP1"),
        ("--map-value", "Q9:1=2"),
        ("--headcount", "nowhere.csv"),
        ("--separator", ""),
        ("--organisation", " "),
        ("--wave", "x" * 121),
    ],
)
def test_an_import_called_wrongly_leaves_nothing(
    run_command: Run, empty_house: Path, three_departments: Path, words: tuple[str, ...]
) -> None:
    """Whatever is wrong with the call is said in words, and nothing was written."""
    result = run_command(*importing(three_departments, *words))
    assert result.exit_code in {1, 2}
    assert result.stderr
    assert is_empty(empty_house)


@pytest.mark.parametrize(
    ("table", "words"),
    [("answer", ()), ("day_count", ()), ("release_group", ("demo",))],
    ids=["import, answers", "import, counting", "demo, release"],
)
def test_what_breaks_off_in_the_middle_leaves_nothing(
    empty_house: Path, three_departments: Path, table: str, words: tuple[str, ...]
) -> None:
    """A disk that gives out after the organisation was written takes it back as well."""
    with opened(empty_house), closing(sqlite3.connect(empty_house)) as disk:
        disk.execute(
            f"CREATE TRIGGER broken BEFORE INSERT ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'the disk gave out'); END"
        )
    runner = CliRunner(env={"KUNDENKOMPASS_DATABASE": str(empty_house)})
    result = runner.invoke(main, [str(word) for word in words or importing(three_departments)])
    assert result.exit_code == 1
    assert is_empty(empty_house)


def test_wrong_headcounts_stop_the_whole_import(
    run_command: Run, empty_house: Path, three_departments: Path, tmp_path: Path
) -> None:
    """The headcount's row is named, and the answers are not kept either."""
    heads = written(tmp_path / "heads.csv", "Bereich;Köpfe\nVertrieb;12\nLager;zehn\n")
    result = run_command(*importing(three_departments, "--headcount", heads))
    assert result.exit_code == 1
    assert (
        say("error.headcount_wrong", row="3", department="Lager", headcount="zehn") in result.stderr
    )
    assert is_empty(empty_house)


def test_headcounts_come_from_a_table_of_their_own(
    run_command: Run, empty_house: Path, three_departments: Path, tmp_path: Path
) -> None:
    """Departments without answers are added too; those without a headcount have none."""
    heads = written(tmp_path / "heads.csv", "Bereich,Köpfe\nVertrieb,12\nVersand,4\nLager,\n")
    assert run_command(*importing(three_departments, "--headcount", heads)).exit_code == 0
    with opened(empty_house) as store:
        (owner,) = store.organisations.all()
        departments = store.organisations.departments(owner)
        assert {d.name: d.headcount for d in departments} == {
            "Vertrieb": 12,
            "Lager": None,
            "Büro": None,
            "Versand": 4,
        }


def test_headcounts_must_fit_those_imported_before(
    imported_wave: Run, empty_house: Path, tmp_path: Path
) -> None:
    """A department's number counts everybody below it, whichever file says so."""
    more = written(tmp_path / "more.csv", "Bereich,CP1,EO1\nVertrieb/Nord,4,4\n")
    first = written(tmp_path / "first.csv", "Vertrieb,12\n")
    second = written(tmp_path / "second.csv", "Vertrieb/Nord,30\n")
    assert imported_wave(*importing(more, "--headcount", first)).exit_code == 0
    assert imported_wave(*importing(more, "--headcount", second)).exit_code == 1
    with opened(empty_house) as store:
        (wave,) = store.waves.all()
        assert sum(store.answers.per_day(wave).values()) == 17


def test_a_separator_divides_paths_on_the_way_in_and_out(run_command: Run, tmp_path: Path) -> None:
    """A slash inside a name stays one; the export joins with the organisation's own sign."""
    lines = [f"Ein/Aus > Nord;{1 + n % 5}" for n in range(6)]
    lines += [f"Ein/Aus > Süd;{1 + n % 5}" for n in range(7)]
    lines += [f"Ein/Aus;{1 + n % 5}" for n in range(5)]
    file = written(tmp_path / "paths.csv", "\n".join(["Bereich;CP1", *lines]))
    assert run_command(*importing(file, "--separator", ">")).exit_code == 0
    for command in ("close", "release"):
        run_command(command, "2026")
    rows = table(run_command("export", "2026"))
    assert [(row["group"], row["except"], row["respondents"]) for row in rows[::3]] == [
        ("", "", "18"),
        ("Ein/Aus", "", "18"),
        ("Ein/Aus>Nord", "", "6"),
        ("Ein/Aus>Süd", "", "7"),
        ("Ein/Aus", "Ein/Aus>Nord|Ein/Aus>Süd", "5"),
    ]


def test_columns_and_values_can_be_mapped(
    run_command: Run, empty_house: Path, tmp_path: Path
) -> None:
    """Column names may hold equals signs and colons."""
    file = written(tmp_path / "mapped.csv", "KST;F=7: gut?\n4711;9\n4711;5\n")
    result = run_command(
        "import",
        file,
        *("--organisation", "Muster GmbH", "--wave", "2026", "--department", "KST"),
        *("--map", "F=7: gut?=CP1", "--map-value", "F=7: gut?:9=", "--map-value", "KST:4711=Lager"),
    )
    assert result.exit_code == 0, result.stderr
    with opened(empty_house) as store:
        (wave,) = store.waves.all()
        counts = store.answers.counts(wave)
        assert {(c.path, c.item, c.value, c.people) for c in counts} == {
            (("Lager",), "CP1", 0, 1),
            (("Lager",), "CP1", 5, 1),
        }


# States and names


def test_each_step_says_where_the_wave_stands(imported_wave: Run) -> None:
    """Title, code and state in one line, and nothing else on standard output."""
    for command, state in (("close", WaveState.CLOSED), ("release", WaveState.RELEASED)):
        (line,) = imported_wave(command, "2026").stdout.splitlines()
        title, _, reached = line.split(" · ")
        assert (title, reached) == ("2026", say.state(state))


@pytest.mark.parametrize(
    ("before", "command"),
    [
        ((), "release"),
        (("close",), "close"),
        (("close", "release"), "close"),
        (("close", "release"), "release"),
    ],
)
def test_a_step_out_of_turn_is_refused(
    imported_wave: Run, empty_house: Path, before: tuple[str, ...], command: str
) -> None:
    """Exit code 1, the wave is named, and it stays what it was."""
    for step in before:
        imported_wave(step, "2026")
    with opened(empty_house) as store:
        wave = store.waves.find("2026")
    result = imported_wave(command, "2026")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "2026" in result.stderr
    with opened(empty_house) as store:
        assert store.waves.find("2026") == wave


@pytest.mark.parametrize("steps", [(), ("close",)])
def test_nothing_is_exported_before_the_release(imported_wave: Run, steps: tuple[str, ...]) -> None:
    """The refusal says how to get there."""
    for step in steps:
        imported_wave(step, "2026")
    result = imported_wave("export", "2026")
    assert (result.exit_code, result.stdout) == (1, "")
    assert say("error.wave_not_released", wave="2026") in result.stderr


@pytest.mark.parametrize("command", ["close", "release", "export"])
def test_an_unknown_wave_is_named(imported_wave: Run, command: str) -> None:
    """A typo is shown back."""
    result = imported_wave(command, "2025")
    assert (result.exit_code, result.stdout) == (1, "")
    assert say("error.wave_unknown", wave="2025") in result.stderr


def test_an_ambiguous_title_is_answered_with_the_codes(
    imported_wave: Run, three_departments: Path, empty_house: Path
) -> None:
    """Each code with its organisation; the code itself then works."""
    words = importing(three_departments, "--organisation", "Andere KG")
    assert imported_wave(*words).exit_code == 0
    with opened(empty_house) as store:
        codes = {wave.organisation.name: wave.code for wave in store.waves.all()}
    result = imported_wave("close", "2026")
    assert result.exit_code == 1
    for name, code in codes.items():
        assert f"{code} ({name})" in result.stderr
    assert imported_wave("close", codes["Andere KG"]).exit_code == 0
    with opened(empty_house) as store:
        states = {wave.organisation.name: wave.state for wave in store.waves.all()}
    assert states == {"Andere KG": WaveState.CLOSED, "Muster GmbH": WaveState.OPEN}


def test_a_database_that_cannot_be_used_is_named(run_command: Run, empty_house: Path) -> None:
    """In words, with its path, and it stays as it is."""
    empty_house.parent.mkdir()
    written(empty_house, "This is not a database, but somebody's notes.")
    result = run_command("close", "2026")
    assert result.exit_code == 1
    assert say("error.database_damaged", path=empty_house) in result.stderr
    assert empty_house.read_text().endswith("notes.")


@pytest.mark.parametrize(
    "words", [("close",), ("import", "a.csv"), ("export", "2026", "--format", "xlsx"), ("ask",)]
)
def test_a_call_that_is_itself_wrong_ends_with_2(run_command: Run, words: tuple[str, ...]) -> None:
    """As analysts' scripts expect."""
    assert run_command(*words).exit_code == 2


# The demo


def test_the_demo_can_be_exported_at_once(run_command: Run, empty_house: Path) -> None:
    """Two released waves and an open one; a second demo is refused and changes nothing."""
    assert len(run_command("demo").stdout.splitlines()) == 3
    with opened(empty_house) as store:
        waves = store.waves.all()
        (demo,) = store.organisations.all()
    assert [wave.state for wave in waves] == [
        WaveState.RELEASED,
        WaveState.RELEASED,
        WaveState.OPEN,
    ]
    shown = row_of(table(run_command("export", waves[1].code)), "CP1", group_kind="organisation")
    assert shown["status"] == "shown"
    result = run_command("demo")
    assert (result.exit_code, result.stdout) == (1, "")
    assert say("error.organisation_exists", organisation=demo.name) in result.stderr
    with opened(empty_house) as store:
        assert store.waves.all() == waves


# Help and surroundings


def test_every_option_is_explained() -> None:
    """An option without a word of help is not there for a person."""
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in main.commands.items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_command_has_help_in_the_language_asked_for(language: str) -> None:
    """What `--help` prints is the catalogue's text, however the lines are broken."""
    script = (
        "from survey.cli import main\n"
        "for words in ([], *([name] for name in main.commands)):\n"
        "    main([*words, '--help'], standalone_mode=False)\n"
    )
    printed = "".join(in_a_process_of_its_own(script, language).split())
    texts: Wording = wording(language)
    keys = ["cli.help"]
    keys += [f"cli.{name.replace('-', '_')}.help" for name in main.commands]
    keys += [f"cli.import.{name}" for name in ("organisation", "map", "map_value", "headcount")]
    for key in keys:
        assert "".join(texts(key).split()) in printed


@pytest.mark.parametrize("language", ["EN", "en_GB.UTF-8", "DE", "de-AT", "fr", "C", ""])
def test_any_language_can_be_asked_for(language: str) -> None:
    """In capitals, with a country, or one that nobody here speaks: the command line works."""
    spoken = "en" if language.lower().startswith("en") else "de"
    script = "from survey.cli import say; print(say('cli.import.reading'))"
    printed = in_a_process_of_its_own(script, language)
    assert printed.strip() == wording(spoken)("cli.import.reading")


def test_without_a_wish_the_systems_language_counts() -> None:
    """KUNDENKOMPASS_LANGUAGE goes before LANG; German where neither is spoken here."""
    assert command_line_language({"LANG": "en_US.UTF-8"}) == "en"
    assert command_line_language({"LANG": "en_US.UTF-8", "KUNDENKOMPASS_LANGUAGE": "de"}) == "de"
    assert command_line_language({"LANG": "ja_JP.eucJP"}) == "de"
    assert command_line_language({}) == "de"


def test_the_command_line_needs_no_streamlit() -> None:
    """An analyst's command starts without the server's second and megabytes."""
    script = (
        "import sys\n"
        "from survey.cli import main\n"
        "import survey.reception, survey.web.sign_in\n"
        "print('streamlit' in sys.modules)\n"
    )
    assert in_a_process_of_its_own(script, "de").strip() == "False"


def in_a_process_of_its_own(script: str, language: str) -> str:
    """What a script prints; the language is read once, when the command line is loaded."""
    child = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        env={"KUNDENKOMPASS_LANGUAGE": language, "LANG": "C", "COLUMNS": "80"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return child.stdout


# Targets, prediction, findings


def test_targets_and_a_prediction_are_entered_until_the_release(imported_wave: Run) -> None:
    """A comma or a point; afterwards both are refused, and the release keeps them."""
    assert imported_wave("target", "2026", "customer_perspective=3,8").exit_code == 0
    assert (
        imported_wave(
            "target", "2026", "customer_perspective=4.2", "--department", "Vertrieb"
        ).exit_code
        == 0
    )
    assert imported_wave("predict", "2026", "employee_orientation=4", "--by", "Ada").exit_code == 0
    removed = imported_wave("target", "2026", "--department", "Lager")
    assert removed.stdout == say("cli.target.removed", wave="2026") + "\n"
    for command in ("close", "release"):
        assert imported_wave(command, "2026").exit_code == 0
    for words in (("target",), ("predict", "--by", "Ada")):
        late = imported_wave(words[0], "2026", "customer_perspective=1", *words[1:])
        assert late.exit_code == 1
        assert "festgeschrieben" in late.stderr
    rows = table(imported_wave("export", "2026", "--table", "gaps"))
    aims = {(row["kind"], row["group"]): float(row["from_mean"]) for row in rows}
    assert aims["target", ""] == 3.8
    assert aims["target", "Vertrieb"] == 4.2
    assert aims["blind_spot", ""] == 4.0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("target", "2026", "kundensicht=4"), "customer_perspective"),
        (("target", "2026", "customer_perspective=6"), "eine Zahl von 1 bis 5"),
        (("target", "2026", "customer_perspective=viel"), "viel"),
        (("target", "2026", "customer_perspective"), "DIMENSION=MITTELWERT"),
        (("target", "2026", "customer_perspective=nan"), "nan"),
        (("target", "2026", "customer_perspective=3", "customer_perspective=4"), "zweimal"),
        (("target", "2026", "customer_perspective=4", "--department", "Mond"), "Mond"),
        (("predict", "2026", "customer_perspective=4", "--by", " "), "wer die Vorhersage"),
        (("findings", "2026"), "noch nicht freigegeben"),
    ],
)
def test_what_cannot_be_entered_is_named(
    imported_wave: Run, words: tuple[str, ...], said: str
) -> None:
    """Exit code 1, the reason in words, nothing on standard output."""
    result = imported_wave(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_findings_are_printed_a_sentence_a_line(released_wave: Run) -> None:
    """Sixteen people are too few for a test, and that is said."""
    lines = released_wave("findings", "2026").stdout.splitlines()
    assert lines[0].startswith("16 Personen haben geantwortet.")
    assert lines[1].startswith("Kein Abstand ließ sich prüfen")
    assert "zurückgehalten" in lines[2]


@pytest.mark.parametrize("extract", ["scores", "gaps", "priorities", "reliability", "spread"])
def test_every_table_can_be_exported_both_ways(released_wave: Run, extract: str) -> None:
    """The same rows as CSV and as JSON, under the same names."""
    as_csv = released_wave("export", "2026", "--table", extract).stdout
    as_json = json.loads(
        released_wave("export", "2026", "--table", extract, "--format", "json").stdout
    )
    lines = as_csv.splitlines()
    assert len(lines) == 1 + len(as_json)
    assert all(list(row) == lines[0].split(",") for row in as_json)


# Purging, backups, restoring


def let_pass(path: Path, days: int) -> None:
    """Make every release so many days older, as if they had passed."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER released_is_final")
        db.execute("UPDATE wave SET released_on = date(released_on, ?)", [f"-{days} days"])
        db.commit()


def responses_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT count(*) FROM response").fetchone()[0])


def test_a_purge_deletes_what_is_due_and_says_so(released_wave: Run, empty_house: Path) -> None:
    """Before its time it names the next day; afterwards there is nothing left to wait for."""
    with opened(empty_house) as store:
        due = store.waves.find("2026").due_on
    early = released_wave("purge").stdout.splitlines()
    assert early == [say("cli.purge.nothing"), say("cli.purge.next", wave="2026", day=due)]
    let_pass(empty_house, 90)
    assert released_wave("purge").stdout.splitlines() == [
        say.count("cli.purge.done", 16, wave="2026")
    ]
    assert responses_in(empty_house) == 0
    assert released_wave("purge").stdout.splitlines() == [say("cli.purge.nothing")]
    assert table(released_wave("export", "2026"))


def test_one_wave_is_purged_at_once_when_its_code_is_typed(
    released_wave: Run, empty_house: Path
) -> None:
    """Anything else, or nothing, deletes nothing; `--yes` needs no typing; twice is said."""
    with opened(empty_house) as store:
        code = store.waves.find("2026").code
    for typed in ("", "ja\n", "2026\n"):
        refused = released_wave("purge", "--wave", "2026", typed=typed)
        assert refused.exit_code == 1
        assert say("error.purge_unconfirmed", code=code) in refused.stderr
        assert responses_in(empty_house) == 16
    done = released_wave("purge", "--wave", "2026", typed=f"{code}\n")
    assert done.stdout == say.count("cli.purge.done", 16, wave="2026") + "\n"
    assert responses_in(empty_house) == 0
    again = released_wave("purge", "--wave", code, "--yes")
    assert (again.exit_code, again.stdout) == (0, say("cli.purge.empty", wave="2026") + "\n")


def test_yes_purges_without_a_question(released_wave: Run, empty_house: Path) -> None:
    """For scripts."""
    assert released_wave("purge", "--wave", "2026", "--yes").exit_code == 0
    assert responses_in(empty_house) == 0


def test_a_wave_that_is_not_released_is_not_purged(imported_wave: Run, empty_house: Path) -> None:
    """Its results would be lost with its answers; an unknown one is named."""
    for wave, words in (("2026", "noch nicht freigegeben"), ("2027", "„2027“ gibt es nicht")):
        result = imported_wave("purge", "--wave", wave, "--yes")
        assert (result.exit_code, result.stdout) == (1, "")
        assert words in result.stderr
    assert responses_in(empty_house) == 16


def test_a_backup_is_restored_and_each_step_is_told(
    released_wave: Run, empty_house: Path, tmp_path: Path
) -> None:
    """What is due is deleted again, and both files that keep answers are named."""
    spare = tmp_path / "spare.db"
    assert released_wave("backup", spare).stdout == say("cli.backup.done", file=spare) + "\n"
    let_pass(spare, 90)
    lines = released_wave("restore", spare).stdout.splitlines()
    (kept,) = empty_house.parent.glob("kundenkompass.before-restore-*.db")
    assert lines == [
        say("cli.restore.done", file=spare),
        say.count("cli.purge.done", 16, wave="2026"),
        say("cli.restore.backup_keeps", file=spare),
        say("cli.restore.kept", file=kept),
    ]
    assert [responses_in(path) for path in (empty_house, kept, spare)] == [0, 16, 16]
    empty_house.write_bytes(b"garbage" * 1000)
    told = released_wave("restore", spare).stdout.splitlines()[-1]
    assert told.startswith("Die bisherige Datenbank war beschädigt")


def test_what_cannot_be_backed_up_or_restored_is_said_in_words(
    released_wave: Run, empty_house: Path, tmp_path: Path
) -> None:
    """Exit code 1, the file's name, and no traceback."""
    taken = written(tmp_path / "taken.db", "mine")
    for words in (
        ("backup", taken),
        ("backup", tmp_path / "missing" / "spare.db"),
        ("backup", tmp_path / ("x" * 300)),
        ("restore", taken),
        ("restore", tmp_path / "missing.db"),
        ("restore", tmp_path / ("x" * 300)),
        ("restore", taken / "below"),
        ("restore", tmp_path),
        ("restore", empty_house),
    ):
        result = released_wave(*words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert str(words[1]) in result.stderr
    assert taken.read_text(encoding="utf-8") == "mine"
    assert responses_in(empty_house) == 16


def test_a_database_whose_folder_is_a_file_is_not_restored_to(tmp_path: Path) -> None:
    """A typo in KUNDENKOMPASS_DATABASE is said in words, too."""
    house = written(tmp_path / "file", "text") / "kundenkompass.db"
    runner = CliRunner(env={"KUNDENKOMPASS_DATABASE": str(house)})
    result = runner.invoke(main, ["restore", str(tmp_path / "spare.db")])
    assert result.exit_code == 1
    assert str(house) in result.stderr
