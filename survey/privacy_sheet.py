"""What the works council reads about one wave: collected from its settings, log and release.

No Streamlit. How it looks is the template's business (`survey/form/sheet.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.errors import DatabaseProblem
from data.model import Dimension, Wave, WaveState
from data.questionnaires import load_instrument
from data.results import GroupKind, Release
from data.settings_log import LogAct, LogEntry, broken_at, disagrees, ends_elsewhere, release_digest
from data.store import Store
from scoring.audit import Audit, audit


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures (group × item) of one kind of group."""

    shown: int = 0
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class Trust:
    """What the log and the release say about tampering: all is well where nothing is set."""

    broken_at: int | None = None
    disagrees: bool = False
    ends_elsewhere: bool = False
    other_figures: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing points to tampering."""
        return self == Trust()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One wave's privacy sheet.

    `tallies`: what was published and withheld, by kind of group; empty before the
    release. `audit`: of the release, None before it or when the answers it was
    made of are deleted. `deleted`: whether they are. `personal`: whether people were
    invited by links of their own.
    """

    wave: Wave
    dimensions: tuple[Dimension, ...]
    departments: int
    tallies: Mapping[str, Tally]
    audit: Audit | None
    deleted: bool
    log: tuple[LogEntry, ...]
    trust: Trust
    personal: bool = False

    @property
    def retention(self) -> int:
        """Days after the release until the answers are deleted."""
        return self.wave.settings.retention_days

    @property
    def due_on(self) -> date | None:
        """When the answers are deleted, once that is known."""
        return self.wave.due_on


class Sheets:
    """Collects sheets; a release's audit is done once, as neither side of it can change."""

    def __init__(self, store: Store) -> None:
        """Read from this store."""
        self._store = store
        self._audits: dict[tuple[str, str], Audit] = {}

    def of(self, wave: Wave) -> Sheet:
        """The sheet of a wave as it is now."""
        log, unreadable = self._log(wave)
        release = self._release(wave)
        instrument = load_instrument(wave.settings.instrument)
        checked = self._audit(wave, release) if release else None
        return Sheet(
            wave=wave,
            dimensions=instrument.asked(wave.settings.items),
            departments=len(self._store.waves.departments(wave)),
            tallies=_tallies(release) if release else {},
            audit=checked,
            deleted=release is not None and checked is None,
            log=log,
            trust=_trust(wave, log, release, unreadable),
            personal=self._store.personal.counts(wave).made > 0,
        )

    def trust(self, wave: Wave) -> Trust:
        """What a wave's log and release say about tampering, as on its sheet."""
        log, unreadable = self._log(wave)
        return _trust(wave, log, self._release(wave), unreadable)

    def _log(self, wave: Wave) -> tuple[tuple[LogEntry, ...], int | None]:
        """The log; or the number of the entry that cannot be read, 0 where it has none."""
        try:
            return self._store.waves.log(wave), None
        except DatabaseProblem as problem:
            if problem.key != "error.log_unreadable":
                raise
            number = problem.values["number"]
            return (), number if isinstance(number, int) else 0

    def _release(self, wave: Wave) -> Release | None:
        released = wave.state is WaveState.RELEASED
        return self._store.releases.load(wave) if released else None

    def _audit(self, wave: Wave, release: Release) -> Audit | None:
        """None where the answers are deleted."""
        if wave not in self._store.answers.kept():
            return None
        key = (wave.code, release_digest(release))
        if key not in self._audits:
            counts = self._store.answers.counts(wave)
            self._audits[key] = audit(release, counts, wave.settings.smallest_group)
        return self._audits[key]


def _trust(
    wave: Wave, log: tuple[LogEntry, ...], release: Release | None, unreadable: int | None
) -> Trust:
    stated = next((e.details.get("digest") for e in log if e.act is LogAct.RELEASED), None)
    digest = release_digest(release) if release and stated else None
    return Trust(
        broken_at=broken_at(wave.code, log) if unreadable is None else unreadable,
        disagrees=disagrees(log, wave.settings),
        ends_elsewhere=ends_elsewhere(log, wave.state),
        other_figures=digest != stated if release else False,
    )


_KINDS = {
    GroupKind.ORGANISATION: "group.organisation",
    GroupKind.DEPARTMENT: "sheet.withheld_departments",
    GroupKind.POSITION: "results.position",
    GroupKind.CONTACT: "results.contact",
}


def _tallies(release: Release) -> dict[str, Tally]:
    """By kind of group, in the order of the release; remainders are never withheld."""
    found: dict[str, Tally] = {}
    for group in release.groups:
        key = "sheet.withheld_rest" if group.without else _KINDS[group.kind]
        shown = len(release.histograms.get(group, {}))
        hidden = 0 if group.without else len(release.items) - shown
        before = found.get(key, Tally())
        found[key] = Tally(before.shown + shown, before.withheld + hidden)
    return found
