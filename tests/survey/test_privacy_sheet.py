"""The privacy sheet over HTTP: what it says at each step, and what it says of tampering."""

import gzip
import html
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.model import RETENTION_DAYS, Department, Wave, WaveState
from data.results import Release
from data.store import Store
from survey import releasing, running
from survey.form.routes import LightForm
from survey.form.style import sheet_style
from survey.submission import FormSigner
from survey.wording import wording
from tests.data.samples import DAY, NEXT_DAY, NEXT_NOON, response, short_settings

OPEN_CODE, NORTH_CODE = "k7m2p9qx", "n3rdw4yz"
LANGUAGES = ("de", "en")

Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(fresh_store: Store) -> Ask:
    """Asks for the sheet of a link's code."""
    form = LightForm(fresh_store, FormSigner("a secret of this house"), lambda: NEXT_NOON)
    client = TestClient(Starlette(routes=form.routes()))

    def get(code: str = OPEN_CODE, language: str = "de") -> httpx.Response:
        return client.get(f"/q/{code}/privacy?lang={language}")

    return get


@dataclass(frozen=True, slots=True)
class Steps:
    """Takes the small firm's wave from one state to the next."""

    store: Store
    draft: Wave

    def at(self, state: WaveState) -> Wave:
        """The wave in this state; 29 people answered while it was open, of Süd too few."""
        if state is WaveState.DRAFT:
            return self.draft
        wave = self.store.waves.open(self.draft, DAY)
        if state is WaveState.OPEN:
            return wave
        self._answer(wave)
        wave = self.store.waves.close(wave, NEXT_DAY)
        if state is WaveState.CLOSED:
            return wave
        return releasing.release(self.store, wave, NEXT_DAY)

    def _answer(self, wave: Wave) -> None:
        sales, north, south, store = self.store.waves.departments(wave)
        places = [sales] * 5 + [north] * 12 + [south] * 3 + [store] * 9
        items = wave.settings.items
        self.store.answers.add_many(
            wave,
            [
                response(
                    n,
                    place,
                    {item: 1 + (n * (i + 1) + n // 5) % 5 for i, item in enumerate(items)},
                    leads=n % 3 == 0,
                    customer=n % 2 == 0,
                )
                for n, place in enumerate(places)
            ],
            DAY,
        )


@pytest.fixture
def steps(fresh_store: Store, draft_wave: Wave, small_tree: tuple[Department, ...]) -> Steps:
    """The small firm's wave, with a link for Nord."""
    fresh_store.invitations.add(draft_wave, {NORTH_CODE: small_tree[1]})
    return Steps(fresh_store, draft_wave)


@pytest.fixture
def released_wave(steps: Steps) -> Wave:
    """The wave, released."""
    return steps.at(WaveState.RELEASED)


@pytest.fixture
def database(tmp_path: Path, fresh_store: Store) -> Iterator[sqlite3.Connection]:
    """The store's file, as somebody opens it who has no use for our triggers."""
    assert fresh_store.waves is not None
    with closing(sqlite3.connect(tmp_path / "fresh.db")) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            db.execute(f"DROP TRIGGER {name}")
        db.commit()
        db.isolation_level = None
        yield db


def read(answer: httpx.Response) -> str:
    """The page as a person reads it."""
    assert answer.status_code == 200
    return html.unescape(answer.text)


# What it says, step by step


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [OPEN_CODE, NORTH_CODE])
@pytest.mark.parametrize("state", list(WaveState))
def test_the_sheet_is_there_at_every_step_for_everybody_who_has_a_link(
    steps: Steps, ask: Ask, state: WaveState, code: str, language: str
) -> None:
    """k, the groups, the promises and the retention, in the language asked for."""
    wave, say = steps.at(state), wording(language)
    page = read(ask(code, language))
    assert f'<html lang="{language}"' in page
    for text in (
        say("sheet.as_of", day=NEXT_DAY, state=say.state(wave.state)),
        say("sheet.smallest", smallest=5),
        say("sheet.promise_sum", smallest=5),
        say("sheet.promise_certain"),
        say("sheet.groups_tree", number=4),
        say("sheet.groups_position"),
        say("sheet.groups_contact"),
        say("sheet.deleted_days", days=RETENTION_DAYS),
    ):
        assert text in page
    released = state is WaveState.RELEASED
    due = NEXT_DAY + timedelta(days=RETENTION_DAYS)
    assert (say("sheet.deleted_due", day=due) in page) == released
    assert (say("sheet.withheld_not_yet") in page) != released
    assert (say("sheet.log_none") in page) == (state is WaveState.DRAFT)
    assert (say("sheet.log_whole") in page) == (state is not WaveState.DRAFT)
    assert "alarm" not in page.split("</style>")[1]


def test_groups_are_those_of_the_settings(fresh_store: Store, ask: Ask) -> None:
    """Pairs by division are named; what is not asked is not, and no tree where there is none."""
    owner = fresh_store.organisations.add("Ohne")
    settings = replace(short_settings(smallest_group=7), contact=False, position_by_division=True)
    fresh_store.waves.open(fresh_store.waves.add(owner, settings, OPEN_CODE), DAY)
    say, page = wording("de"), read(ask())
    assert say("sheet.smallest", smallest=7) in page
    assert say("sheet.groups_position_divisions") in page
    assert say("sheet.groups_alone") in page
    for key in ("groups_contact", "asked_contact", "asked_department"):
        assert say(f"sheet.{key}") not in page


@pytest.mark.usefixtures("released_wave")
def test_the_tallies_add_up_to_the_release(steps: Steps, ask: Ask) -> None:
    """Shown and withheld of each kind make groups × items, and the counter-check saw every one."""
    release = steps.store.releases.load(steps.draft)
    page = read(ask())
    rows = re.findall(r'<td class="number">(\d+)</td><td class="number">(\d+)</td>', page)
    shown, withheld = (sum(int(row[n]) for row in rows) for n in (0, 1))
    figures = sum(map(len, release.histograms.values()))
    assert shown == figures > 0
    assert withheld > 0
    candidates = [group for group in release.groups if not group.without]
    rests = sum(len(items) for group, items in release.histograms.items() if group.without)
    assert rests > 0
    assert shown + withheld == len(candidates) * len(release.items) + rests
    assert wording("de")("sheet.audit_clean", figures=figures, smallest=5) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_purge_the_counter_check_cannot_be_repeated(
    released_wave: Wave, steps: Steps, ask: Ask, language: str
) -> None:
    """The tallies stay; the answers' end is in the log."""
    steps.store.answers.purge(NEXT_DAY + timedelta(days=RETENTION_DAYS))
    say, page = wording(language), read(ask(language=language))
    for text in ("sheet.audit_gone", "sheet.deleted_done", "sheet.log_whole"):
        assert say(text) in page
    assert say("sheet.act_purged", responses=29) in page
    assert '<td class="number">' in page
    assert released_wave.title in page


@pytest.mark.parametrize("code", ["nosuchcd", "x" * 300, "%00", "<script>"])
def test_an_unknown_code_is_a_page_in_words(steps: Steps, ask: Ask, code: str) -> None:
    """404, not somebody else's sheet."""
    answer = ask(code)
    assert answer.status_code == 404
    assert wording("de")("form.unknown") in html.unescape(answer.text)
    assert steps.draft.title not in answer.text
    assert "<script>" not in answer.text


def test_a_raised_smallest_group_is_on_the_sheet_and_in_the_log(steps: Steps, ask: Ask) -> None:
    """The new value counts, the old one stays written down, and nothing is alarmed."""
    wave = steps.at(WaveState.OPEN)
    steps.store.waves.raise_smallest_group(wave, 8, NEXT_DAY)
    say, page = wording("de"), read(ask())
    assert say("sheet.smallest", smallest=8) in page
    assert say("sheet.set_smallest", number=5) in page
    assert say("sheet.act_group_raised", smallest=8) in page
    assert say("sheet.log_whole") in page


# Tampering, past our triggers


LOG = "UPDATE settings_log SET"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("attacks", "alarms"),
    [
        (
            (f"{LOG} details = replace(details, 'group\": 5', 'group\": 9')",),
            ("log_broken:1", "log_disagrees"),
        ),
        ((f"{LOG} day = '2020-01-01' WHERE number = 2",), ("log_broken:2",)),
        (("DELETE FROM settings_log WHERE number = 2",), ("log_broken:3",)),
        (("DELETE FROM settings_log WHERE number = 3",), ("log_ends_elsewhere",)),
        (("UPDATE wave SET smallest_group = 20",), ("log_disagrees", "audit_failed")),
        (("UPDATE wave SET position = 0",), ("log_disagrees",)),
        (("UPDATE wave SET items = '[\"CP1\"]'",), ("log_disagrees",)),
        (("UPDATE wave SET items = '[]'",), ("log_disagrees",)),
        (("UPDATE wave SET state = 'closed'",), ("log_ends_elsewhere",)),
        (
            ("UPDATE release_histogram SET n3 = n3 + 1 WHERE number = 0 AND item = 'CP1'",),
            ("log_digest", "audit_failed"),
        ),
    ],
)
@pytest.mark.usefixtures("released_wave")
def test_whoever_goes_past_the_log_is_told_of_on_the_sheet(
    ask: Ask,
    database: sqlite3.Connection,
    attacks: tuple[str, ...],
    alarms: tuple[str, ...],
    language: str,
) -> None:
    """Each trace by its own sentence, and no word of a whole chain beside it."""
    for attack in attacks:
        assert database.execute(attack).rowcount > 0
    say, page = wording(language), read(ask(language=language))
    found = [html.unescape(a) for a in re.findall(r'role="alert">([^<]*)</p>', page)]
    for alarm in alarms:
        key, _, number = alarm.partition(":")
        start = say(f"sheet.{key}", number=number, **ALARM_VALUES).split("\0")[0]
        assert [text for text in found if text.startswith(start)], (start, found)
    assert say("sheet.log_whole") not in page


ALARM_VALUES = {"wrong": "\0", "exposures": "\0", "certainties": "\0", "state": "\0"}
"""What the beginning of an alarm is cut off at."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("attack", "number"),
    [
        ("details = '{'", 2),
        ("details = '[1, 2]'", 2),
        ("details = ''", 2),
        ('details = \'{"smallest_group": [5], "items": 3}\'', 2),
        ("act = 'nonsense'", 2),
        ("day = 'yesterday'", 2),
        ("number = 'second'", 3),
        ("number = 'second', act = 'nonsense'", 0),
    ],
)
@pytest.mark.usefixtures("released_wave")
def test_a_log_that_cannot_be_read_is_still_a_sheet(
    ask: Ask, database: sqlite3.Connection, attack: str, number: int, language: str
) -> None:
    """The entry is named as the broken one; it does not say that nothing is in the log."""
    database.execute(f"{LOG} {attack} WHERE number = 2")
    say, page = wording(language), read(ask(language=language))
    assert say("sheet.log_broken", number=number) in page
    assert say("sheet.log_none") not in page
    assert say("sheet.log_whole") not in page
    assert say("sheet.promise_certain") in page


@pytest.mark.usefixtures("released_wave")
def test_a_log_that_is_gone_is_no_whole_log(ask: Ask, database: sqlite3.Connection) -> None:
    """Without an entry nothing is vouched for, and a wave that was opened is told to have none."""
    database.execute("DELETE FROM settings_log")
    say, page = wording("de"), read(ask())
    assert say("sheet.log_whole") not in page
    assert say("sheet.log_missing") in page


# The page itself


def test_names_cannot_write_into_the_page(fresh_store: Store, ask: Ask) -> None:
    """Organisation and wave are text, whatever is in them."""
    evil = "<script>alert(1)</script>"
    owner = fresh_store.organisations.add(evil)
    fresh_store.waves.add(owner, short_settings(f"{evil} 2026"), OPEN_CODE)
    answer = ask()
    assert "<script" not in answer.text
    assert answer.text.count("&lt;script&gt;") >= 2


def test_the_page_may_load_and_run_nothing(steps: Steps, ask: Ask) -> None:
    """Its policy names its own style only; there is no script in it."""
    answer = ask()
    assert steps.draft.title in answer.text
    assert answer.headers["content-security-policy"] == sheet_style().policy
    assert "default-src 'none'" in sheet_style().policy
    assert "script-src" not in sheet_style().policy
    assert "<script" not in answer.text
    assert not re.search(r"\son\w+=", answer.text)


def test_the_demos_sheet_is_light(fresh_store: Store, ask: Ask) -> None:
    """At most 15 kB on the way, with the whole log and the counter-check."""
    _, released, _ = running.demo(fresh_store)
    release: Release = fresh_store.releases.load(released)
    answer = ask(released.code)
    assert str(sum(map(len, release.histograms.values()))) in answer.text
    assert len(gzip.compress(answer.content)) <= 15_000
